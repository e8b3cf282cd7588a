//! What is odd about a series: periods that are missing in the middle, and values that jump.

use super::{Figure, Grain};
use crate::world::Date;

/// A change that is further from the usual change than this many times the usual distance is a jump.
const JUMP: f64 = 5.0;
/// Changes that are needed before one can be called unusual.
const LEAST_CHANGES: usize = 8;
/// A jump smaller than this share of the usual value is of no interest.
const LEAST_SHARE: f64 = 0.1;
/// Of the steps, the share that must be of one period for a series to count as regular.
const REGULAR: f64 = 0.75;

/// Values from which on it can be told that some days of the week never have one.
const LEAST_WORKING_DAYS: usize = 10;
/// A series that hardly ever moves is taken to move by this share of its usual value.
const LEAST_SPREAD: f64 = 0.01;

/// Neighbouring periods without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// First day of the first period that is missing.
    pub from: Date,
    /// First day of the last period that is missing.
    pub last: Date,
    /// How many periods.
    pub count: usize,
}

/// The gaps inside a regular series; none in one whose values come when they come. Days on which the week never has a value are no gaps.
pub fn gaps(figures: &[Figure]) -> Vec<Gap> {
    let Some(grain) = figures.first().map(|figure| figure.grain) else { return Vec::new() };
    // Days of the week that never have a value, in a series long enough to know.
    let mut busy = [figures.len() < LEAST_WORKING_DAYS || grain != Grain::Day; 7];
    let weekday = |date: Date| usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default();
    for figure in figures {
        if let Some(busy) = busy.get_mut(weekday(figure.from)) {
            *busy = true;
        }
    }
    let is_idle = |date: Date| busy.get(weekday(date)).is_some_and(|busy| !busy);
    let mut gaps = Vec::new();
    let mut regular = 0_usize;
    for (before, now) in figures.iter().zip(figures.iter().skip(1)) {
        let mut date = grain.after(before.from, 1);
        let mut gap: Option<Gap> = None;
        // A hole of more than a thousand periods is the end of one series and the start of another.
        for _ in 0..1000 {
            if date >= now.from {
                break;
            }
            if !is_idle(date) {
                let (from, count) = gap.map_or((date, 0), |gap| (gap.from, gap.count));
                gap = Some(Gap { from, last: date, count: count + 1 });
            }
            date = grain.after(date, 1);
        }
        regular += usize::from(gap.is_none());
        gaps.extend(gap);
    }
    let steps = figures.len().saturating_sub(1);
    if steps < 4 || (regular as f64) < REGULAR * steps as f64 { Vec::new() } else { gaps }
}

/// Values that differ from the one before by far more than is usual in this series: often a change of definition. Of a peak the way up alone is named. Comparisons across `breaks` are left out.
pub fn jumps(figures: &[Figure], breaks: &[Date]) -> Vec<Figure> {
    let changes: Vec<(f64, &Figure)> = figures
        .iter()
        .zip(figures.iter().skip(1))
        .filter(|(before, now)| super::comparable(breaks, before, now))
        .map(|(before, now)| (now.value - before.value, now))
        .collect();
    if changes.len() < LEAST_CHANGES {
        return Vec::new();
    }
    let usual = median(changes.iter().map(|(change, _)| *change).collect());
    let level = median(figures.iter().map(|figure| figure.value.abs()).collect());
    let spread = median(changes.iter().map(|(change, _)| (change - usual).abs()).collect());
    let spread = spread.max(LEAST_SPREAD * level);
    let mut jumps: Vec<Figure> = Vec::new();
    let mut last: Option<(f64, Date)> = None;
    for (change, figure) in changes {
        let is_jump = (change - usual).abs() > JUMP * spread && change.abs() >= LEAST_SHARE * level;
        let is_way_back = last.is_some_and(|(before, date)| {
            before * change < 0.0 && figure.grain.after(date, 1) == figure.from
        });
        if is_jump && !is_way_back {
            jumps.push(*figure);
        }
        last = is_jump.then_some((change, figure.from));
    }
    jumps
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    if values.len() % 2 == 1 { at(middle) } else { (at(middle.saturating_sub(1)) + at(middle)) / 2.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(values: &[(i8, f64)]) -> Vec<Figure> {
        let figure = |(day, value): &(i8, f64)| {
            let from = Date::constant(2026, 6, *day);
            Figure { grain: Grain::Day, from, newest: from, value: *value, count: None }
        };
        values.iter().map(figure).collect()
    }

    #[test]
    fn a_hole_in_a_daily_series() {
        let figures = days(&[(1, 1.0), (2, 1.0), (3, 1.0), (4, 1.0), (5, 1.0), (8, 1.0), (9, 1.0)]);
        let (from, last) = (Date::constant(2026, 6, 6), Date::constant(2026, 6, 7));
        assert_eq!(gaps(&figures), [Gap { from, last, count: 2 }]);
    }

    #[test]
    fn weekends_without_figures_are_no_holes() {
        // 1 June 2026 is a Monday.
        let working: Vec<(i8, f64)> =
            (1..=19).filter(|day| day % 7 != 6 && day % 7 != 0).map(|day| (day, 1.0)).collect();
        assert_eq!(gaps(&days(&working)), []);
    }

    #[test]
    fn irregular_series_have_no_holes() {
        assert_eq!(gaps(&days(&[(1, 1.0), (4, 1.0), (9, 1.0), (10, 1.0), (20, 1.0), (29, 1.0)])), []);
    }

    #[test]
    fn a_peak_is_told_once_and_a_step_too() {
        let mut values: Vec<(i8, f64)> = (1..=20).map(|day| (day, 100.0 + f64::from(day % 3))).collect();
        values[9].1 = 300.0;
        let peak = jumps(&days(&values), &[]);
        assert_eq!(peak.iter().map(|figure| figure.from.day()).collect::<Vec<_>>(), [10]);
        for value in &mut values[9..] {
            value.1 = 300.0 + f64::from(value.0 % 3);
        }
        let step = jumps(&days(&values), &[]);
        assert_eq!(step.iter().map(|figure| figure.from.day()).collect::<Vec<_>>(), [10]);
        assert_eq!(jumps(&days(&values), &[Date::constant(2026, 6, 10)]), []);
    }

    proptest! {
        #[test]
        fn no_series_is_odd_to_the_end(values in prop::collection::vec((1i8..30, -1e6..1e6f64), 0..40)) {
            let mut values = values;
            values.sort_by_key(|(day, _)| *day);
            values.dedup_by_key(|(day, _)| *day);
            let figures = days(&values);
            let missing: usize = gaps(&figures).iter().map(|gap| gap.count).sum();
            prop_assert!(missing <= 30);
            prop_assert!(jumps(&figures, &[]).len() <= figures.len() / 2);
        }
    }
}
