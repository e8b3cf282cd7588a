//! How long a period is: the calendar steps on which values stand, ticks fall and resampling groups.

use crate::world::Date;

/// Length of the periods that dated values stand for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// A day.
    #[default]
    Day,
    /// A week from Monday.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

impl Grain {
    /// The first day of the period that holds this date.
    pub fn start(self, date: Date) -> Date {
        let month = |month: i8| Date::new(date.year(), month, 1).unwrap_or(date);
        match self {
            Grain::Day => date,
            Grain::Week => day(number(date) - i64::from(date.weekday().to_monday_zero_offset())),
            Grain::Month => month(date.month()),
            Grain::Quarter => month((date.month() - 1) / 3 * 3 + 1),
            Grain::Year => month(1),
        }
    }

    /// The first day of the period `count` periods after the one that holds this date; the date itself at the end of the calendar.
    pub fn after(self, date: Date, count: i32) -> Date {
        let start = self.start(date);
        let months = |months: i32| {
            let index = i32::from(start.year()) * 12 + i32::from(start.month()) - 1 + months;
            let year = i16::try_from(index.div_euclid(12)).unwrap_or(start.year());
            let month = i8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
            Date::new(year, month, 1).unwrap_or(start)
        };
        match self {
            Grain::Day => day(number(start) + i64::from(count)),
            Grain::Week => day(number(start) + 7 * i64::from(count)),
            Grain::Month => months(count),
            Grain::Quarter => months(count.saturating_mul(3)),
            Grain::Year => months(count.saturating_mul(12)),
        }
    }

    /// The last day of the period that holds this date.
    pub fn end(self, date: Date) -> Date {
        day(number(self.after(date, 1)) - 1)
    }

    /// The grain of dates that stand in order: what their smallest distance looks like. A day for fewer than two.
    pub fn between(dates: &[Date]) -> Grain {
        let steps = dates.iter().zip(dates.iter().skip(1)).map(|(a, b)| number(*b) - number(*a));
        match steps.filter(|step| *step > 0).min() {
            None | Some(..=6) => Grain::Day,
            Some(7..=27) => Grain::Week,
            Some(28..=80) => Grain::Month,
            Some(81..=300) => Grain::Quarter,
            Some(_) => Grain::Year,
        }
    }

    /// The period in machine form: `2026-05-31`, `2026-W22`, `2026-05`, `2026-Q2`, `2026`.
    pub fn iso(self, date: Date) -> String {
        let (year, month) = (date.year(), date.month());
        match self {
            Grain::Day => format!("{date}"),
            Grain::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Month => format!("{year:04}-{month:02}"),
            Grain::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Grain::Year => format!("{year:04}"),
        }
    }

    /// The next longer grain; a year stays a year.
    pub fn longer(self) -> Grain {
        match self {
            Grain::Day => Grain::Week,
            Grain::Week => Grain::Month,
            Grain::Month => Grain::Quarter,
            Grain::Quarter | Grain::Year => Grain::Year,
        }
    }
}

/// Days since 1970-01-01, for arithmetic on a line.
pub(crate) fn number(date: Date) -> i64 {
    let year = i64::from(date.year()) - i64::from(date.month() <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month = (i64::from(date.month()) + 9) % 12;
    let of_year = (153 * month + 2) / 5 + i64::from(date.day()) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day number; the ends of the calendar for numbers outside it.
pub(crate) fn day(number: i64) -> Date {
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let edge = if number < 0 { Date::MIN } else { Date::MAX };
    match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
        (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).unwrap_or(edge),
        _ => edge,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn periods() {
        let date = Date::constant(2026, 5, 31);
        assert_eq!(Grain::Week.start(date), Date::constant(2026, 5, 25));
        assert_eq!(Grain::Quarter.start(date), Date::constant(2026, 4, 1));
        assert_eq!(Grain::Month.after(date, 8), Date::constant(2027, 1, 1));
        assert_eq!(Grain::Month.after(date, -5), Date::constant(2025, 12, 1));
        assert_eq!(Grain::Week.iso(Date::constant(2027, 1, 1)), "2026-W53");
        assert_eq!(Grain::Quarter.iso(date), "2026-Q2");
    }

    #[test]
    fn grains_of_month_ends() {
        let dates = [(11, 30), (12, 31)].map(|(month, day)| Date::constant(2025, month, day));
        assert_eq!(Grain::between(&dates), Grain::Month);
        assert_eq!(Grain::between(&[]), Grain::Day);
    }

    proptest! {
        #[test]
        fn numbers_and_days_are_inverse(number_of_day in -4_000_000i64..2_900_000) {
            prop_assert_eq!(number(day(number_of_day)), number_of_day);
        }
    }

    #[test]
    fn the_epoch() {
        assert_eq!(number(Date::constant(1970, 1, 1)), 0);
        assert_eq!(number(Date::constant(2000, 3, 1)), 11_017);
    }
}
