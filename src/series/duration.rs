//! A column of durations → seconds: `0:04:34`, `4:34`, `3h:25m:10s`, `12.5s`, or bare seconds.

use super::Column;
use super::column::bare;
use super::number::{Decimal, Numbers, numbers_as};
use crate::finding::Reported;

/// The seconds of a column and what was found in it.
pub fn durations(column: &Column, decimal: Decimal) -> Reported<Numbers> {
    let clocks: Vec<Option<f64>> = column.cells.iter().map(|(text, _)| seconds(bare(text))).collect();
    let plain = Column {
        name: column.name.clone(),
        cells: column
            .cells
            .iter()
            .zip(&clocks)
            .map(|((text, span), clock)| (if clock.is_some() { "" } else { *text }, *span))
            .collect(),
    };
    let mut reported = numbers_as(&plain, decimal);
    for (value, clock) in reported.value.values.iter_mut().zip(clocks) {
        *value = value.or(clock);
    }
    reported
}

/// The seconds of one duration with marks or letters in it; `None` for a bare number and for what is none.
fn seconds(text: &str) -> Option<f64> {
    let number = |text: &str| {
        let is_number =
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        is_number.then(|| text.replace(',', ".").parse::<f64>().ok()).flatten()
    };
    if text.ends_with(|letter: char| letter.is_ascii_alphabetic()) {
        let mut total = 0.0;
        let mut rest = text;
        while !rest.is_empty() {
            let digits = rest.find(|letter: char| letter.is_alphabetic())?;
            let value = number(rest.get(..digits)?.trim())?;
            let after = rest.get(digits..)?;
            let letters = after.find(|letter: char| !letter.is_alphabetic()).unwrap_or(after.len());
            total += value
                * match after.get(..letters)? {
                    "h" => 3600.0,
                    "m" | "min" => 60.0,
                    "s" | "sec" | "seg" => 1.0,
                    _ => return None,
                };
            rest = after.get(letters..)?.trim_start_matches([':', ' ', ',']);
        }
        return Some(total);
    }
    let parts: Vec<&str> = text.split(':').collect();
    let value = |text: &str| number(text).filter(|value| *value < 1e9);
    match parts.as_slice() {
        [minutes, seconds] => Some(value(minutes)? * 60.0 + value(seconds)?),
        [hours, minutes, seconds] => Some(value(hours)? * 3600.0 + value(minutes)? * 60.0 + value(seconds)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Habits;
    use crate::text::{SourceId, Span, Spanned};

    fn read(cells: &[&str]) -> (Vec<Option<f64>>, usize) {
        let span = Span::new(SourceId(0), 0, 1);
        let name = Spanned::new("duración".to_owned(), span);
        let column = Column { name, cells: cells.iter().map(|text| (*text, span)).collect() };
        let reported = durations(&column, Decimal::Unknown(Habits::of("es")));
        (reported.value.values, reported.findings.len())
    }

    #[test]
    fn forms() {
        let check = |text: &str, seconds: f64| assert_eq!(read(&[text]), (vec![Some(seconds)], 0), "{text}");
        check("0:04:34", 274.0);
        check("4:34", 274.0);
        check("12:04:34", 43_474.0);
        check("3h:25m:10s", 12_310.0);
        check("1 h 2 min", 3_720.0);
        check("12.5s", 12.5);
        check("161", 161.0);
        check("27,46", 27.46);
    }

    #[test]
    fn what_is_none_is_told() {
        for wrong in ["1:2:3:4", "4:x", "abc", "3q", ":", "h"] {
            assert_eq!(read(&[wrong]), (vec![None], 1), "{wrong}");
        }
        assert_eq!(read(&["-", ""]), (vec![None, None], 0));
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".{0,16}") {
            read(&[&text]);
        }

        #[test]
        fn clocks_read_back(seconds in 0u32..1_000_000) {
            let text = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
            proptest::prop_assert_eq!(read(&[&text]).0, vec![Some(f64::from(seconds))]);
        }
    }
}
