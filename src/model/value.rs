//! Values of fields, typed; a link is a name before resolving and an entity after.

use jiff::civil::{Date, DateTime};

use super::{Edge, Item, Passage, Phase, Record};
use crate::text::Spanned;

/// What stands in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<P: Phase> {
    /// A line.
    Text(String),
    /// Markdown.
    Markdown(Passage<P>),
    /// A number with as many decimals as were written.
    Number {
        /// The number.
        value: f64,
        /// Decimals to show.
        decimals: u8,
    },
    /// A number (both bounds equal) or two bounds.
    Band {
        /// Lower bound.
        min: f64,
        /// Upper bound.
        max: f64,
        /// Decimals to show.
        decimals: u8,
    },
    /// 12.5 for 12.5 %.
    Percent {
        /// Of a hundred.
        value: f64,
        /// Decimals to show.
        decimals: u8,
    },
    /// An amount.
    Money(Money),
    /// Hours of work.
    Hours(f64),
    /// A day.
    Date(Date),
    /// A day and a time.
    DateTime(DateTime),
    /// A named period.
    Period(Period),
    /// From the first to the second day.
    Span(Date, Date),
    /// A length of time.
    Duration {
        /// How many.
        count: f64,
        /// Of what.
        unit: Unit,
    },
    /// How often.
    Cadence(Cadence),
    /// Yes or no.
    YesNo(bool),
    /// Index in the field's choices.
    Choice(u16),
    /// An http(s) address.
    Url(String),
    /// An e-mail address.
    Email(String),
    /// A telephone number as written.
    Phone(String),
    /// Path of a file relative to the playbook's root.
    File(String),
    /// `#rrggbb`.
    Color(String),
    /// One entity.
    Link(Edge<P>),
    /// Some entities.
    Links(Vec<Edge<P>>),
    /// A map with known fields.
    Record(Record<P>),
    /// A list.
    List(Vec<Item<P>>),
    /// Free keys and texts.
    Map(Vec<(Spanned<String>, String)>),
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// How much.
    pub amount: f64,
    /// Decimals to show.
    pub decimals: u8,
    /// ISO 4217 code.
    pub currency: String,
}

/// Units of durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Working days.
    WorkingDay,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Unit {
    /// Name in words files: `minute`, `hour` …
    pub fn name(self) -> &'static str {
        match self {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::WorkingDay => "working_day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        }
    }

    /// The day that lies this many units after another; units under a day count as none. `None` beyond the calendar.
    pub fn after(self, date: Date, count: f64) -> Option<Date> {
        let count = count.round() as i64;
        let span = match self {
            Unit::Minute | Unit::Hour => jiff::Span::new(),
            Unit::Day | Unit::WorkingDay => jiff::Span::new().try_days(count).ok()?,
            Unit::Week => jiff::Span::new().try_weeks(count).ok()?,
            Unit::Month => jiff::Span::new().try_months(count).ok()?,
            Unit::Year => jiff::Span::new().try_years(count).ok()?,
        };
        date.checked_add(span).ok()
    }
}

/// How often something is promised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cadence {
    /// Times …
    pub times: f64,
    /// … in each of these.
    pub every: Unit,
}

/// A period with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A calendar year.
    Year(i16),
    /// A quarter, 1 to 4.
    Quarter(i16, i8),
    /// A month, 1 to 12.
    Month(i16, i8),
    /// An ISO week.
    Week(i16, i8),
    /// Two days, both included.
    Days(Date, Date),
}

impl Period {
    /// First and last day, both included; `None` for a week that the year does not have.
    pub fn days(self) -> Option<(Date, Date)> {
        let month = |year: i16, first: i8, last: i8| {
            let start = Date::new(year, first, 1).ok()?;
            let end = Date::new(year, last, 1).ok()?.last_of_month();
            Some((start, end))
        };
        match self {
            Period::Year(year) => month(year, 1, 12),
            Period::Quarter(year, quarter) => month(year, quarter * 3 - 2, quarter * 3),
            Period::Month(year, number) => month(year, number, number),
            Period::Week(year, week) => {
                let monday =
                    jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?.date();
                Some((monday, monday.checked_add(jiff::Span::new().days(6)).ok()?))
            }
            Period::Days(from, to) => Some((from, to)),
        }
    }
}
