//! Floor 4: dated values. Columns of a table become numbers and dates with proof; dates and numbers become series.

mod change;
mod column;
mod date;
mod duration;
mod grain;
mod measure;
mod number;
mod quality;
mod quantity;

pub use change::{Change, NEUTRAL_SHARE, comparable, previous, year_ago};
pub use column::{Column, Habits};
pub(crate) use date::month_named;
pub use date::{
    AMBIGUOUS_DATE, DateRules, Dates, NOT_A_DATE, Year, date, dates, dates_as, lacks_year, looks_like_dates,
};
pub use duration::durations;
pub use grain::Grain;
pub(crate) use grain::{day as day_of, number as number_of};
pub use measure::Measure;
pub use number::{
    AMBIGUOUS_NUMBER, Decimal, NOT_A_NUMBER, Numbers, number, numbers, numbers_as, proves_comma,
};
pub use quality::{Gap, gaps, jumps};
pub use quantity::{Figure, Quantity, Refused};

use crate::finding::{Code, Finding, Level, Many};
use crate::text::Span;
use crate::words;
use crate::world::Date;

/// One day with two different values: the later line of the file counts.
pub static REPEATED_DATE: Code =
    Code { id: "P415", name: "repeated_date", level: Level::Warning, since: "0.1.0" };

/// A value on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day, or the first day of the period that the value stands for.
    pub date: Date,
    /// The value; `None` when the file says that it is missing.
    pub value: Option<f64>,
    /// Where the value was written.
    pub span: Span,
}

/// Dated values of one thing, in the order of their dates, one value a date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What the values are of: the name of a column or of a thing; may be empty.
    pub name: String,
    /// The values, sorted by date.
    pub points: Vec<Point>,
    /// Unit as people write it: `%`, `h`, `€`; may be empty.
    pub unit: String,
    /// How many decimals the file writes.
    pub decimals: u8,
}

/// How several values of one period become one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aggregate {
    /// The last value: right for levels (followers).
    #[default]
    Last,
    /// The sum: right for what is counted (reach, messages).
    Sum,
    /// The mean of the values.
    Mean,
    /// The greatest value.
    Max,
}

impl Aggregate {
    /// One value from the values of a period in the order of time; `None` when there is none.
    pub fn of(self, values: &[f64]) -> Option<f64> {
        match self {
            Aggregate::Last => values.last().copied(),
            Aggregate::Sum => (!values.is_empty()).then(|| values.iter().sum()),
            Aggregate::Mean => (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64),
            Aggregate::Max => values.iter().copied().reduce(f64::max),
        }
    }
}

impl Series {
    /// A series from points in any order, and what was found: of two values for one date the later in the file stays, with a finding when they differ.
    pub fn new(
        name: impl Into<String>,
        mut points: Vec<Point>,
        unit: impl Into<String>,
        decimals: u8,
    ) -> (Self, Vec<Finding>) {
        let name = name.into();
        let mut findings = Many::default();
        points.retain(|point| point.value.is_none_or(f64::is_finite));
        points.sort_by_key(|point| point.date);
        points.dedup_by(|later, earlier| {
            if later.date != earlier.date {
                return false;
            }
            match (earlier.value, later.value) {
                (Some(first), Some(second)) if first != second => {
                    findings.push(|| repeated(&name, earlier, later, first, second));
                    *earlier = *later;
                }
                (None, Some(_)) => *earlier = *later,
                _ => {}
            }
            true
        });
        (Self { name, points, unit: unit.into(), decimals }, findings.findings())
    }

    /// The points that have a value.
    pub fn known(&self) -> impl DoubleEndedIterator<Item = (Date, f64)> {
        self.points.iter().filter_map(|point| point.value.map(|value| (point.date, value)))
    }

    /// How many points say that their value is missing.
    pub fn missing(&self) -> usize {
        self.points.iter().filter(|point| point.value.is_none()).count()
    }

    /// One point a day, where an export has one for each item of a day.
    pub fn by_day(&self, aggregate: Aggregate) -> Series {
        self.resampled(Grain::Day, aggregate)
    }

    /// One point a period of this grain, dated on its first day.
    pub fn resampled(&self, grain: Grain, aggregate: Aggregate) -> Series {
        let mut points: Vec<Point> = Vec::new();
        let mut values: Vec<f64> = Vec::new();
        let mut rest = self.points.iter().map(|point| (grain.start(point.date), point)).peekable();
        while let Some((date, point)) = rest.next() {
            values.extend(point.value);
            if rest.peek().is_none_or(|(next, _)| *next != date) {
                points.push(Point { date, value: aggregate.of(&values), span: point.span });
                values.clear();
            }
        }
        Series { name: self.name.clone(), points, unit: self.unit.clone(), decimals: self.decimals }
    }
}

fn repeated(name: &str, earlier: &Point, later: &Point, first: f64, second: f64) -> Finding {
    let date = later.date;
    Finding::new(
        &REPEATED_DATE,
        later.span,
        words!("two values of `{name}` for {date}", "dos valores de `{name}` para el {date}"),
    )
    .mark(words!("{second} here, and this one counts", "aquí {second}, y es el que cuenta"))
    .also(earlier.span, words!("{first} here", "aquí {first}"))
    .why(words!(
        "a date can have one value only; the later line of the file was taken",
        "una fecha solo puede tener un valor; se toma la línea posterior del archivo"
    ))
    .help(words!("delete the line that is out of date", "borra la línea que esté anticuada"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::SourceId;

    fn point(day: i8, value: Option<f64>, at: usize) -> Point {
        Point { date: Date::constant(2026, 5, day), value, span: Span::new(SourceId(0), at, at + 1) }
    }

    #[test]
    fn later_line_counts_and_is_told() {
        let points = vec![point(3, Some(7.0), 0), point(1, Some(1.0), 10), point(3, Some(8.0), 20)];
        let (series, findings) = Series::new("a", points, "", 0);
        assert_eq!(series.known().map(|(_, value)| value).collect::<Vec<_>>(), [1.0, 8.0]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].code.id, "P415");
    }

    #[test]
    fn equal_and_missing_repeats_are_silent() {
        let points =
            vec![point(3, None, 0), point(3, Some(7.0), 5), point(3, Some(7.0), 10), point(3, None, 20)];
        let (series, findings) = Series::new("a", points, "", 0);
        assert_eq!(series.points.len(), 1);
        assert_eq!(series.points[0].value, Some(7.0));
        assert!(findings.is_empty());
    }

    #[test]
    fn resampling() {
        let points = vec![point(1, Some(1.0), 0), point(2, Some(5.0), 1), point(9, Some(3.0), 2)];
        let (series, _) = Series::new("a", points, "", 0);
        let value = |aggregate| series.resampled(Grain::Month, aggregate).points[0].value;
        assert_eq!(value(Aggregate::Last), Some(3.0));
        assert_eq!(value(Aggregate::Sum), Some(9.0));
        assert_eq!(value(Aggregate::Mean), Some(3.0));
        assert_eq!(value(Aggregate::Max), Some(5.0));
        assert_eq!(series.resampled(Grain::Week, Aggregate::Sum).points.len(), 2);
    }

    proptest! {
        #[test]
        fn always_sorted_and_unique(days in prop::collection::vec((1i8..29, prop::option::of(-1e9..1e9f64)), 0..60)) {
            let points = days.iter().enumerate().map(|(at, (day, value))| point(*day, *value, at)).collect();
            let (series, _) = Series::new("a", points, "", 0);
            prop_assert!(series.points.windows(2).all(|pair| pair[0].date < pair[1].date));
            let total: f64 = series.known().map(|(_, value)| value).sum();
            let months: f64 = series.resampled(Grain::Month, Aggregate::Sum).known().map(|(_, value)| value).sum();
            prop_assert!((total - months).abs() <= 1e-6 * total.abs().max(1.0));
        }
    }
}
