//! From values to places: round ticks for numbers, calendar ticks for dates, both with texts that were measured.

use super::Figures;
use super::text::width;
use crate::series::{Grain, number_of};
use crate::world::Date;

/// A range of values that ends on ticks where that costs little room.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    /// Value at the low end.
    pub low: f64,
    /// Value at the high end.
    pub high: f64,
    /// Values of the ticks, rising, within the range.
    pub ticks: Vec<f64>,
    /// Decimals that tell the ticks apart.
    pub decimals: u8,
}

impl Axis {
    /// An axis for values from `low` to `high` with about `count` steps, none shorter than `least`: what is counted in wholes has no half ticks. Equal values get a range around them.
    pub(crate) fn over(low: f64, high: f64, count: usize, least: f64) -> Self {
        let (low, high) = spread(low, high, least);
        let count = count.max(1);
        let step = Step::at_least(((high - low) / count as f64).max(least));
        let first = (low / step.value() + 1e-9).floor();
        let last = (high / step.value() - 1e-9).ceil();
        let steps = (last - first).clamp(1.0, 1000.0) as usize;
        let ticks: Vec<f64> = (0..=steps).map(|index| step.times(first + index as f64)).collect();
        Self {
            low: ticks.first().copied().unwrap_or(low).min(low),
            high: ticks.last().copied().unwrap_or(high).max(high),
            ticks,
            decimals: step.decimals(),
        }
    }
}

impl Axis {
    /// Ends at the greatest value rather than at the tick above it, when that value lies only a little above the tick below: a quarter of the plot is not left empty for one more line.
    pub(crate) fn trimmed(mut self, greatest: f64) -> Self {
        if let [.., below, above] = self.ticks.as_slice() {
            let step = above - below;
            if self.ticks.len() > 3 && greatest < below + step * 0.35 {
                self.high = greatest.max(below + step * 0.1) + step * 0.05;
                self.ticks.pop();
            }
        }
        self
    }
}

/// The shortest step that makes sense for values written with these decimals.
pub(crate) fn least_step(decimals: u8) -> f64 {
    power(-i32::from(decimals))
}

/// Unequal ends for every pair of values.
pub(crate) fn spread(low: f64, high: f64, least: f64) -> (f64, f64) {
    if high > low && (high - low) > high.abs().max(low.abs()) * 1e-9 {
        return (low, high);
    }
    if low == 0.0 {
        return (0.0, least.max(1.0));
    }
    let half = (low.abs() * 0.1).max(least);
    (low - half, low + half)
}

/// 1, 2 or 5 times a power of ten, kept apart so that ticks are the nearest numbers to what is meant.
#[derive(Clone, Copy)]
struct Step {
    mantissa: f64,
    exponent: i32,
}

impl Step {
    fn at_least(width: f64) -> Self {
        let width = if width.is_finite() && width > 0.0 { width } else { 1.0 };
        let mut exponent = 0;
        // Repeated multiplication and not a logarithm: the same on every machine.
        while power(exponent) > width && exponent > -300 {
            exponent -= 1;
        }
        while power(exponent + 1) <= width && exponent < 300 {
            exponent += 1;
        }
        for mantissa in [1.0, 2.0, 5.0] {
            let step = Self { mantissa, exponent };
            if step.value() >= width * 0.999_999 {
                return step;
            }
        }
        Self { mantissa: 1.0, exponent: exponent + 1 }
    }

    fn value(self) -> f64 {
        self.times(1.0)
    }

    fn times(self, count: f64) -> f64 {
        let count = count * self.mantissa + 0.0;
        if self.exponent < 0 { count / power(-self.exponent) } else { count * power(self.exponent) }
    }

    fn decimals(self) -> u8 {
        u8::try_from((-self.exponent).max(0)).unwrap_or(u8::MAX)
    }
}

fn power(exponent: i32) -> f64 {
    let mut value = 1.0;
    for _ in 0..exponent.unsigned_abs() {
        value *= 10.0;
    }
    if exponent < 0 { 1.0 / value } else { value }
}

/// How the figures of one axis are written: one unit for all of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notation {
    divisor: f64,
    suffix: &'static str,
    decimals: u8,
    power: Option<i32>,
    unit: String,
}

impl Notation {
    /// The notation for values up to `greatest` that differ in the last of `decimals`.
    pub(crate) fn new(greatest: f64, decimals: u8, unit: &str) -> Self {
        let greatest = greatest.abs();
        let plain = Self { divisor: 1.0, suffix: "", decimals, power: None, unit: unit.to_owned() };
        if greatest >= 1e13 || decimals > 6 {
            let mut exponent = 0;
            while power(exponent + 1) <= greatest && exponent < 300 {
                exponent += 1;
            }
            while power(exponent) > greatest && greatest > 0.0 && exponent > -300 {
                exponent -= 1;
            }
            let finer = i32::from(decimals) + exponent;
            let decimals = u8::try_from(finer.clamp(0, 3)).unwrap_or(0);
            let decimals = if exponent > 0 { 2 } else { decimals };
            return Self { divisor: power(exponent), power: Some(exponent), decimals, ..plain };
        }
        if greatest >= 1e7 {
            return Self {
                divisor: 1e6,
                suffix: "\u{a0}M",
                decimals: if greatest >= 1e8 { 0 } else { 1 },
                ..plain
            };
        }
        plain
    }

    /// As many decimals as the ticks of an axis need in this notation.
    pub(crate) fn for_ticks(axis: &Axis, unit: &str) -> Self {
        let greatest = axis.high.abs().max(axis.low.abs());
        let mut notation = Self::new(greatest, axis.decimals, unit);
        if notation.divisor != 1.0 {
            // The fewest decimals with which all ticks are exact.
            let exact = |decimals: i32| {
                axis.ticks.iter().all(|tick| {
                    let scaled = tick / notation.divisor * power(decimals);
                    (scaled - scaled.round()).abs() < 1e-6 * scaled.abs().max(1.0)
                })
            };
            notation.decimals = (0..=3u8).find(|decimals| exact(i32::from(*decimals))).unwrap_or(3);
        }
        notation
    }

    /// The value in the page's language.
    pub(crate) fn write(&self, value: f64, words: &dyn Figures) -> String {
        let value = value / self.divisor;
        if let Some(exponent) = self.power {
            if value == 0.0 {
                return words.number(0.0, 0);
            }
            return format!("{}\u{a0}×\u{a0}10{}", words.number(value, self.decimals), raised(exponent));
        }
        match self.unit.as_str() {
            "%" => words.percent(value, self.decimals),
            "€" | "EUR" => money(words, &words.number(value, self.decimals), self.suffix, "€"),
            "$" | "USD" => money(words, &words.number(value, self.decimals), self.suffix, "$"),
            "£" | "GBP" => money(words, &words.number(value, self.decimals), self.suffix, "£"),
            _ if value == 0.0 && !self.suffix.is_empty() => words.number(0.0, 0),
            _ => format!("{}{}", words.number(value, self.decimals), self.suffix),
        }
    }
}

fn money(words: &dyn Figures, number: &str, suffix: &str, sign: &str) -> String {
    match words.language() {
        crate::finding::Language::English => match number.strip_prefix(['-', '\u{2212}']) {
            Some(number) => format!("\u{2212}{sign}{number}{suffix}"),
            None => format!("{sign}{number}{suffix}"),
        },
        crate::finding::Language::Spanish => format!("{number}{suffix}\u{a0}{sign}"),
    }
}

fn raised(exponent: i32) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |character: char| {
        character.to_digit(10).and_then(|digit| digits.get(digit as usize).copied()).unwrap_or('⁻')
    };
    exponent.to_string().chars().map(digit).collect()
}

/// A tick on a calendar boundary: its day, its text, and the year or month below it where that changes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DateTick {
    pub date: Date,
    pub text: String,
    pub below: String,
}

/// The steps between ticks, from fine to coarse.
const STEPS: [(Grain, i32); 14] = [
    (Grain::Day, 1),
    (Grain::Day, 2),
    (Grain::Week, 1),
    (Grain::Week, 2),
    (Grain::Month, 1),
    (Grain::Month, 2),
    (Grain::Quarter, 1),
    (Grain::Month, 6),
    (Grain::Year, 1),
    (Grain::Year, 2),
    (Grain::Year, 5),
    (Grain::Year, 10),
    (Grain::Year, 50),
    (Grain::Year, 100),
];

/// Ticks from `first` to `last` on `length` px, as dense as their texts allow and not finer than `grain`.
pub(crate) fn date_ticks(
    first: Date,
    last: Date,
    grain: Grain,
    length: f64,
    size: f64,
    words: &dyn Figures,
) -> Vec<DateTick> {
    let days = (number_of(last) - number_of(first)).max(0) as f64;
    for (step, count) in STEPS {
        if step < grain {
            continue;
        }
        // Far too many: not worth measuring.
        if days / (days_of(step) * f64::from(count)) > length / 20.0 {
            continue;
        }
        let ticks = labelled(boundaries(first, last, step, count), step, words);
        if days == 0.0 || fit(&ticks, first, days, length, size) {
            return ticks;
        }
    }
    Vec::new()
}

fn days_of(grain: Grain) -> f64 {
    match grain {
        Grain::Day => 1.0,
        Grain::Week => 7.0,
        Grain::Month => 30.4,
        Grain::Quarter => 91.3,
        Grain::Year => 365.2,
    }
}

/// The days between `first` and `last` on which a step of the calendar begins.
fn boundaries(first: Date, last: Date, step: Grain, count: i32) -> Vec<Date> {
    let aligned = |date: Date| match step {
        Grain::Day => (number_of(date) - number_of(first)) % i64::from(count) == 0,
        Grain::Week => (number_of(date) + 3).div_euclid(7) % i64::from(count) == 0,
        Grain::Month => i32::from(date.month() - 1) % count == 0,
        Grain::Quarter => true,
        Grain::Year => i32::from(date.year()) % count == 0,
    };
    let mut dates = Vec::new();
    let mut date = step.start(first);
    while date <= last {
        if date >= first && aligned(date) {
            dates.push(date);
        }
        let next = step.after(date, 1);
        if next <= date {
            break;
        }
        date = next;
    }
    dates
}

fn labelled(dates: Vec<Date>, step: Grain, words: &dyn Figures) -> Vec<DateTick> {
    let mut year = None;
    let mut ticks = Vec::with_capacity(dates.len());
    for date in dates {
        let text = match step {
            Grain::Day | Grain::Week => words.day_month(date),
            Grain::Month | Grain::Quarter => words.month_short(date),
            Grain::Year => date.year().to_string(),
        };
        let below = match step {
            Grain::Year => String::new(),
            _ if year == Some(date.year()) => String::new(),
            _ => date.year().to_string(),
        };
        year = Some(date.year());
        ticks.push(DateTick { date, text, below });
    }
    ticks
}

/// Whether no two neighbours come nearer than a third of an em, and the ticks are not a single one where two would do.
fn fit(ticks: &[DateTick], first: Date, days: f64, length: f64, size: f64) -> bool {
    let place = |date: Date| (number_of(date) - number_of(first)) as f64 / days * length;
    let pairs = ticks.iter().zip(ticks.iter().skip(1));
    pairs.clone().all(|(a, b)| {
        let room = (width(&a.text, size) + width(&b.text, size)) / 2.0 + size;
        place(b.date) - place(a.date) >= room.max(44.0)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{English, Spanish};
    use super::*;
    use crate::series::day_of;

    #[test]
    fn round_ticks() {
        let axis = Axis::over(0.0, 19.3, 5, 0.0);
        assert_eq!(axis.ticks, [0.0, 5.0, 10.0, 15.0, 20.0]);
        let axis = Axis::over(0.0, 0.3, 3, 0.0);
        assert_eq!(axis.ticks, [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(axis.decimals, 1);
        assert_eq!(Axis::over(7.0, 7.0, 5, 0.0).ticks, [6.0, 6.5, 7.0, 7.5, 8.0]);
        assert_eq!(Axis::over(0.0, 0.0, 5, 0.0).ticks, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
    }

    #[test]
    fn notations() {
        let write =
            |value: f64, unit: &str, words: &dyn Figures| Notation::new(value, 0, unit).write(value, words);
        assert_eq!(write(12_000.0, "", &Spanish), "12.000");
        assert_eq!(write(25_000_000.0, "", &Spanish), "25,0\u{a0}M");
        assert_eq!(write(12.0, "%", &Spanish), "12\u{a0}%");
        assert_eq!(write(12.0, "%", &English), "12%");
        assert_eq!(write(40.0, "€", &Spanish), "40\u{a0}€");
        assert_eq!(write(-40.0, "€", &English), "−€40");
        assert_eq!(write(3e15, "", &Spanish), "3,00\u{a0}×\u{a0}10¹⁵");
        assert_eq!(Notation::new(2e-9, 9, "").write(2e-9, &Spanish), "2\u{a0}×\u{a0}10⁻⁹");
    }

    #[test]
    fn month_ticks_with_the_year_below() {
        let ticks = date_ticks(
            Date::constant(2025, 8, 3),
            Date::constant(2026, 10, 26),
            Grain::Week,
            520.0,
            13.0,
            &Spanish,
        );
        assert!(ticks.iter().all(|tick| tick.date.day() == 1), "{ticks:?}");
        assert_eq!(ticks.iter().filter(|tick| !tick.below.is_empty()).count(), 2);
    }

    proptest! {
        #[test]
        fn axes_hold_their_values(a in -1e15..1e15f64, b in -1e15..1e15f64, count in 1usize..9) {
            let (low, high) = (a.min(b), a.max(b));
            let axis = Axis::over(low, high, count, 0.0);
            prop_assert!(axis.low <= low && axis.high >= high);
            prop_assert!(axis.low < axis.high);
            prop_assert!(axis.ticks.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!((2..=count + 3).contains(&axis.ticks.len()), "{:?}", axis);
        }

        #[test]
        fn tiny_axes(low in 0.0..1e-6f64, more in 1e-12..1e-6f64) {
            let axis = Axis::over(low, low + more, 5, 0.0);
            prop_assert!(axis.low <= low && axis.high >= low + more);
        }

        #[test]
        fn ticks_stand_on_the_calendar(start in 0i64..30_000, days in 1i64..20_000, length in 150.0..600.0f64) {
            let (first, last) = (day_of(start), day_of(start + days));
            let ticks = date_ticks(first, last, Grain::Day, length, 13.0, &Spanish);
            for tick in &ticks {
                prop_assert!(tick.date >= first && tick.date <= last);
            }
            if days > 400 {
                prop_assert!(ticks.iter().all(|tick| tick.date.day() == 1));
            }
            prop_assert!(ticks.len() <= 20);
        }
    }
}
