//! Numbers and days as digits, appended to a text: what `write!` does, in a tenth of its time, for the thousands of them in a drawing and its file.

use crate::world::Date;

/// `1234`.
pub(crate) fn whole(text: &mut String, value: u64) {
    if value >= 10 {
        whole(text, value / 10);
    }
    text.push(char::from(b'0' + (value % 10) as u8));
}

/// With noughts before it up to this width: `07`.
fn padded(text: &mut String, value: u64, width: u32) {
    for place in (1..width).rev() {
        if value < 10u64.pow(place) {
            text.push('0');
        }
    }
    whole(text, value);
}

/// A number of tenths as short as SVG allows: `12`, `12.3`, `-.5`.
pub(crate) fn tenths(text: &mut String, value: i32) {
    let (units, tenth) = (value.unsigned_abs() / 10, value.unsigned_abs() % 10);
    if value < 0 {
        text.push('-');
    }
    if units > 0 || tenth == 0 {
        whole(text, u64::from(units));
    }
    if tenth > 0 {
        text.push('.');
        whole(text, u64::from(tenth));
    }
}

/// A number as `{}` writes it: the shortest that reads back as the same.
pub(crate) fn plain(text: &mut String, value: f64) {
    // Below 2^53 / 1000 a fraction of so few digits is the shortest when dividing gives the value back.
    const EXACT: f64 = 9e12;
    if value.abs() < EXACT && (value != 0.0 || value.is_sign_positive()) {
        for decimals in 0..=3 {
            let scale = 10u64.pow(decimals);
            let scaled = (value.abs() * scale as f64).round();
            if scaled / scale as f64 == value.abs() {
                let scaled = scaled as u64;
                if value < 0.0 {
                    text.push('-');
                }
                whole(text, scaled / scale);
                if decimals > 0 {
                    text.push('.');
                    padded(text, scaled % scale, decimals);
                }
                return;
            }
        }
    }
    text.push_str(&value.to_string());
}

/// `2026-05-31`.
pub(crate) fn day(text: &mut String, date: Date) {
    let (Ok(year), Ok(month), Ok(day)) =
        (u64::try_from(date.year()), u64::try_from(date.month()), u64::try_from(date.day()))
    else {
        text.push_str(&date.to_string());
        return;
    };
    padded(text, year, 4);
    text.push('-');
    padded(text, month, 2);
    text.push('-');
    padded(text, day, 2);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::series::day_of;

    fn shown<T>(write: impl Fn(&mut String, T), value: T) -> String {
        let mut text = String::new();
        write(&mut text, value);
        text
    }

    #[test]
    fn short_numbers() {
        let shown = [0, 5, -5, 120, -123, i32::MIN].map(|value| shown(tenths, value));
        assert_eq!(shown, ["0", ".5", "-.5", "12", "-12.3", "-214748364.8"]);
    }

    #[test]
    fn odd_numbers() {
        for value in
            [0.0, -0.0, 0.1, 0.05, 0.001, -1.25, 1e-7, 8.999_999_999_999e12, 9e12, 1e21, f64::MAX, 0.1 + 0.2]
        {
            assert_eq!(shown(plain, value), value.to_string());
        }
    }

    proptest! {
        #[test]
        fn numbers_as_the_library_writes_them(value in any::<f64>(), digits in -10_000_000_000_000_000i64..10_000_000_000_000_000, scale in 0i32..6) {
            let short = digits as f64 / 10f64.powi(scale);
            for value in [value, short, short / 1e6, value % 1e3] {
                prop_assert_eq!(shown(plain, value), value.to_string());
            }
        }

        #[test]
        fn days_as_the_library_writes_them(number in -5_000_000i64..3_000_000) {
            let date = day_of(number);
            prop_assert_eq!(shown(day, date), date.to_string());
        }
    }
}
