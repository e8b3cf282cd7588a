//! What the name of an export tells: the days that it is about, and the day on which it was made.

use crate::series::{Grain, day_of};
use crate::text::fold;
use crate::world::Date;

/// What is known of an export from outside its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// First day of the figures.
    pub from: Option<Date>,
    /// Last day of the figures.
    pub to: Option<Date>,
    /// The day of the export, or the latest day that it cannot be before.
    pub as_of: Option<Date>,
    /// The year of its oldest row, when only that is known.
    pub year: Option<i16>,
}

impl Facts {
    /// These facts, and those of another source where these say nothing.
    pub fn or(self, other: Facts) -> Facts {
        Facts {
            from: self.from.or(other.from),
            to: self.to.or(other.to),
            as_of: self.as_of.or(other.as_of),
            year: self.year.or(other.year),
        }
    }

    /// From two days, the first and the last of a period.
    pub fn between(from: Date, to: Date) -> Facts {
        Facts { from: Some(from), to: Some(to), as_of: Some(to), year: None }
    }
}

/// The days in a name: `Content 2026-01-01_2026-02-15`, `Feb-01-2026_Feb-28-2026_112`, `rio_visitors_1785742483724`, `Analytics 2026-09`.
pub fn facts(name: &str) -> Facts {
    let mut days: Vec<Date> = Vec::new();
    let mut month: Option<Date> = None;
    let mut year: Option<i16> = None;
    let mut rest = name;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let begins = !before.is_alphanumeric() || before.is_ascii_digit() != first.is_ascii_digit();
        if begins && first.is_alphanumeric() {
            if let Some((day, length)) = day(rest) {
                days.push(day);
                (before, rest) = ('0', rest.get(length..).unwrap_or_default());
                continue;
            }
            if let Some((first_day, length)) = year_and_month(rest) {
                month.get_or_insert(first_day);
                (before, rest) = ('0', rest.get(length..).unwrap_or_default());
                continue;
            }
            year = year.or_else(|| Some(number(rest, 4)?.0).and_then(plausible));
        }
        before = first;
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
    }
    match (days.as_slice(), month, year) {
        (&[], Some(month), _) => {
            Facts::between(month, day_of(crate::series::number_of(Grain::Month.after(month, 1)) - 1))
        }
        (&[], None, year) => Facts { year, ..Facts::default() },
        (&[day], ..) => Facts { as_of: Some(day), ..Facts::default() },
        (&[from, to, ..], ..) if from <= to => {
            Facts { as_of: days.iter().copied().max(), ..Facts::between(from, to) }
        }
        (days, ..) => Facts { as_of: days.iter().copied().max(), ..Facts::default() },
    }
}

/// A day at the start of a text, and its length.
fn day(text: &str) -> Option<(Date, usize)> {
    milliseconds(text).or_else(|| iso(text)).or_else(|| numeric(text)).or_else(|| named(text))
}

/// Thirteen digits: milliseconds since 1970.
fn milliseconds(text: &str) -> Option<(Date, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = (digits == 13).then(|| text.get(..13)?.parse().ok()).flatten()?;
    let date = day_of(number / 86_400_000);
    (2005..2100).contains(&date.year()).then_some((date, 13))
}

/// `2026-01-31`, `2026_01_31`, `20260131`.
fn iso(text: &str) -> Option<(Date, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 8 {
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
        let date = date(part(0..4)?, part(4..6)?, part(6..8)?)?;
        return Some((date, 8));
    }
    let (year, at) = number(text, 4)?;
    let (month, at) = next(text, at, 2)?;
    let (day, at) = next(text, at, 2)?;
    Some((date(year, month, day)?, at))
}

/// `31-01-2026`, `01-31-2026`; a day that can be read in two ways is not read.
fn numeric(text: &str) -> Option<(Date, usize)> {
    let (first, at) = number(text, 2)?;
    let (second, at) = next(text, at, 2)?;
    let (year, at) = next(text, at, 4)?;
    let found = match (date(year, second, first), date(year, first, second)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    };
    Some((found?, at))
}

/// `Feb-28-2026`, `March 1, 2026`.
fn named(text: &str) -> Option<(Date, usize)> {
    let letters: usize = text.chars().take_while(|letter| letter.is_alphabetic()).map(char::len_utf8).sum();
    let month = crate::series::month_named(&fold(text.get(..letters)?))?;
    let rest = text.get(letters + 1..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count().min(2);
    let (day, _) = number(rest, digits)?;
    let after = rest.get(digits..)?;
    let gap = after.len() - after.trim_start_matches([' ', ',', '-', '_']).len();
    let (year, length) = number(after.get(gap..)?, 4)?;
    Some((date(year, i16::from(month), day)?, letters + 1 + digits + gap + length))
}

/// `2026-09`: the first day of the month.
fn year_and_month(text: &str) -> Option<(Date, usize)> {
    let (year, at) = number(text, 4)?;
    let (month, at) = next(text, at, 2)?;
    Some((date(year, month, 1)?, at))
}

/// Exactly so many digits at the start of a text.
fn number(text: &str, digits: usize) -> Option<(i16, usize)> {
    let there = text.bytes().take_while(u8::is_ascii_digit).count();
    (there == digits && digits > 0).then(|| Some((text.get(..digits)?.parse().ok()?, digits))).flatten()
}

/// The digits behind a hyphen, point or line.
fn next(text: &str, at: usize, digits: usize) -> Option<(i16, usize)> {
    let rest = text.get(at..)?.strip_prefix(['-', '_', '.'])?;
    number(rest, digits).map(|(number, length)| (number, at + 1 + length))
}

fn plausible(year: i16) -> Option<i16> {
    (2000..2100).contains(&year).then_some(year)
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(plausible(year)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> (String, String, String) {
        let facts = facts(name);
        let shown = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        (shown(facts.from), shown(facts.to), shown(facts.as_of))
    }

    #[test]
    fn periods_and_days() {
        let check = |name: &str, from: &str, to: &str, as_of: &str| {
            assert_eq!(told(name), (from.to_owned(), to.to_owned(), as_of.to_owned()), "{name}");
        };
        check("Content 2026-01-01_2026-02-15 Río.zip", "2026-01-01", "2026-02-15", "2026-02-15");
        check("Feb-01-2026_Feb-28-2026_1120345588712345.csv", "2026-02-01", "2026-02-28", "2026-02-28");
        check("01-01-2026_31-01-2026_998877.csv", "2026-01-01", "2026-01-31", "2026-01-31");
        check("tweet_activity_metrics_x_20240201_20240401_en.csv", "2024-02-01", "2024-04-01", "2024-04-01");
        check(
            "account_analytics_content_2026-01-01_2026-01-31.csv",
            "2026-01-01",
            "2026-01-31",
            "2026-01-31",
        );
        check("rio_visitors_1785742483724.xls", "", "", "2026-08-03");
        check("Overview_2026-01-22_1769040000.zip", "", "", "2026-01-22");
        check("Analytics ∙ Río ∙ 2026-09.csv", "2026-09-01", "2026-09-30", "2026-09-30");
        check("Export _ March 1, 2026 – May 31, 2026.csv", "2026-03-01", "2026-05-31", "2026-05-31");
        check("03-04-2026.csv", "", "", "");
        check("Overview.csv", "", "", "");
        assert_eq!(facts("Overview 2025.csv").year, Some(2025));
        assert_eq!(facts("120345588712345.csv"), Facts::default());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(name in ".{0,40}") {
            facts(&name);
        }
    }
}
