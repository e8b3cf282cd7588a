//! What may be compared with what: the change between two values, and the days across which nothing is compared.

use super::{Figure, Grain};
use crate::world::Date;

/// Changes below this share of the value before are no change worth a judgement.
pub const NEUTRAL_SHARE: f64 = 0.02;

/// How one value differs from an earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The earlier value.
    pub before: Figure,
    /// Later minus earlier: points for a percentage.
    pub difference: f64,
    /// The difference as a share of the earlier value; `None` when that is not above zero.
    pub relative: Option<f64>,
}

impl Change {
    /// The change from one value to another.
    pub fn between(before: Figure, now: Figure) -> Self {
        let difference = now.value - before.value;
        let relative =
            (before.value > 0.0).then(|| difference / before.value).filter(|share| share.is_finite());
        Self { before, difference, relative }
    }

    /// Whether it is too small to call it better or worse.
    pub fn is_neutral(&self) -> bool {
        self.difference == 0.0 || self.relative.is_some_and(|share| share.abs() < NEUTRAL_SHARE)
    }
}

/// Whether two periods were counted in the same way: no break lies after the first day of the earlier and up to the last day of the later.
pub fn comparable(breaks: &[Date], before: &Figure, now: &Figure) -> bool {
    !breaks.iter().any(|day| *day > before.from && *day <= now.to())
}

/// The value of the period just before this one.
pub fn previous(figures: &[Figure], now: &Figure) -> Option<Figure> {
    of_period(figures, now.grain.after(now.from, -1))
}

/// The value of the same period a year before: for a week, 52 weeks.
pub fn year_ago(figures: &[Figure], now: &Figure) -> Option<Figure> {
    let back = match now.grain {
        Grain::Day => Date::new(now.from.year() - 1, now.from.month(), now.from.day()).ok()?,
        Grain::Week => now.grain.after(now.from, -52),
        Grain::Month => now.grain.after(now.from, -12),
        Grain::Quarter => now.grain.after(now.from, -4),
        // For years the period before and the one a year ago are the same.
        Grain::Year => return None,
    };
    of_period(figures, back)
}

fn of_period(figures: &[Figure], from: Date) -> Option<Figure> {
    figures.iter().rev().find(|figure| figure.from == from).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i16, month: i8, value: f64) -> Figure {
        let from = Date::constant(year, month, 1);
        Figure { grain: Grain::Month, from, newest: from, value, count: None }
    }

    #[test]
    fn changes() {
        let change = Change::between(month(2026, 9, 81.0), month(2026, 10, 95.0));
        assert_eq!(change.difference, 14.0);
        assert!((change.relative.expect("a share") - 0.1728).abs() < 1e-4);
        assert!(!change.is_neutral());
        assert!(Change::between(month(2026, 9, 100.0), month(2026, 10, 101.9)).is_neutral());
        assert_eq!(Change::between(month(2026, 9, 0.0), month(2026, 10, 3.0)).relative, None);
        assert!(!Change::between(month(2026, 9, 0.0), month(2026, 10, 3.0)).is_neutral());
    }

    #[test]
    fn nothing_is_compared_across_a_break() {
        let (before, now) = (month(2026, 2, 1.0), month(2026, 3, 2.0));
        let on = |month, day| comparable(&[Date::constant(2026, month, day)], &before, &now);
        assert!(on(2, 1) && on(1, 15) && on(4, 1));
        assert!(!on(2, 2) && !on(3, 1) && !on(3, 31));
    }

    #[test]
    fn neighbours_in_time() {
        let figures = [month(2025, 10, 1.0), month(2026, 8, 2.0), month(2026, 10, 3.0)];
        assert_eq!(previous(&figures, &figures[2]), None);
        assert_eq!(year_ago(&figures, &figures[2]), Some(figures[0]));
    }
}
