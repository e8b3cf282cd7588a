//! Readings and states, case by case.

use super::*;
use crate::insight::Figures;
use crate::model::EntityId;
use crate::series::{Point, Series};
use crate::text::{SourceId, Span};

const PLACE: Span = Span { source: SourceId(0), start: 0, end: 0 };

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

fn metric(measure: Measure) -> Metric {
    Metric {
        unit: String::new(),
        measure,
        figures: Figures::None,
        good: None,
        thresholds: None,
        every: None,
        breaks: Vec::new(),
        headline: false,
        active: true,
    }
}

fn quantity(measure: Measure, grain: Grain, values: &[(Date, f64)]) -> Quantity {
    let point = |(date, value): &(Date, f64)| Point { date: *date, value: Some(*value), span: PLACE };
    let (series, _) = Series::new("", values.iter().map(point).collect(), "", 0);
    Quantity::of(measure, series, grain)
}

/// A value at the end of each month from November 2025 to October 2026: 10, 20 … 120.
fn year(measure: Measure) -> Quantity {
    let values: Vec<(Date, f64)> = (0..12)
        .map(|at| (Grain::Month.end(Grain::Month.after(day(2025, 11, 1), at)), 10.0 + 10.0 * f64::from(at)))
        .collect();
    quantity(measure, Grain::Month, &values)
}

fn target(value: f64, baseline: f64) -> Target {
    Target {
        metric: EntityId(0),
        min: value,
        max: value,
        decimals: 0,
        by: Some(day(2026, 12, 31)),
        baseline: Some(baseline),
        since: Some(day(2025, 12, 31)),
        milestones: Vec::new(),
        total: Some(false),
        span: PLACE,
    }
}

/// The state when the newest value is this one.
fn state(good: Option<Good>, target: &Target, actual: f64, on: Date, today: Date) -> Status {
    let metric = Metric { good, ..metric(Measure::Stock) };
    let quantity = quantity(Measure::Stock, Grain::Day, &[(on, actual)]);
    let reading = reading(&metric, &quantity, None, today);
    progress(&metric, Some(&quantity), reading.as_ref(), target, Thresholds::default(), today).status
}

#[test]
fn a_month_that_is_over() {
    let read =
        reading(&metric(Measure::Flow), &year(Measure::Flow), None, day(2026, 11, 22)).expect("values");
    assert_eq!((read.now.value, read.now.from, read.complete), (120.0, day(2026, 10, 1), true));
    assert_eq!(read.so_far, None);
    let Comparison::Change(change) = read.previous else { panic!("{:?}", read.previous) };
    assert_eq!(change.difference, 10.0);
    assert_eq!(read.year_ago, Comparison::None);
    assert!(!read.stale);
}

#[test]
fn a_running_month_is_not_compared() {
    let mut days: Vec<(Date, f64)> = Vec::new();
    let mut date = day(2026, 9, 1);
    while date <= day(2026, 11, 20) {
        days.push((date, 1.0));
        date = Grain::Day.after(date, 1);
    }
    let flow = quantity(Measure::Flow, Grain::Day, &days);
    let read = reading(&metric(Measure::Flow), &flow, None, day(2026, 11, 22)).expect("values");
    assert_eq!((read.grain, read.now.value, read.complete), (Grain::Month, 31.0, true));
    assert_eq!(read.so_far.map(|figure| figure.value), Some(20.0));
    let alone = reading(&metric(Measure::Flow), &flow, None, day(2026, 9, 12)).expect("values");
    assert_eq!((alone.now.value, alone.complete, alone.previous), (12.0, false, Comparison::None));
    // The export of 20 October does not know the end of October, however late it is read.
    let exported = flow.until(day(2026, 10, 20));
    let read = reading(&metric(Measure::Flow), &exported, Some(day(2026, 10, 20)), day(2026, 11, 22));
    assert_eq!(read.expect("values").now.from, day(2026, 9, 1));
}

#[test]
fn a_first_month_that_is_cut_off_is_no_measure() {
    let mut days: Vec<(Date, f64)> = Vec::new();
    let mut date = day(2026, 8, 20);
    while date <= day(2026, 9, 30) {
        days.push((date, 1.0));
        date = Grain::Day.after(date, 1);
    }
    let flow = quantity(Measure::Flow, Grain::Day, &days);
    let read = reading(&metric(Measure::Flow), &flow, None, day(2026, 10, 5)).expect("values");
    assert_eq!((read.now.value, read.previous), (30.0, Comparison::None));
}

#[test]
fn no_comparison_across_a_break() {
    let broken = Metric { breaks: vec![(day(2026, 10, 1), String::new())], ..metric(Measure::Flow) };
    let read = reading(&broken, &year(Measure::Flow), None, day(2026, 11, 22)).expect("values");
    assert_eq!(read.previous, Comparison::Broken(day(2026, 10, 1)));
}

#[test]
fn age() {
    let stale =
        |metric: &Metric, today| reading(metric, &year(Measure::Stock), None, today).expect("values").stale;
    let monthly = Metric { every: Some(30.5), ..metric(Measure::Stock) };
    let yearly = Metric { every: Some(365.25), ..metric(Measure::Stock) };
    assert!(!stale(&metric(Measure::Stock), day(2026, 12, 30)));
    assert!(stale(&metric(Measure::Stock), day(2026, 12, 31)));
    assert!(!stale(&monthly, day(2026, 12, 31)) && stale(&monthly, day(2027, 1, 1)));
    assert!(!stale(&yearly, day(2028, 10, 1)));
}

#[test]
fn different_people_are_read_as_they_came() {
    let daily = quantity(Measure::Unique, Grain::Day, &[(day(2026, 11, 1), 5.0), (day(2026, 11, 2), 7.0)]);
    let read = reading(&metric(Measure::Unique), &daily, None, day(2026, 11, 3)).expect("values");
    assert_eq!((read.grain, read.refused, read.now.value), (Grain::Day, Some(Refused::Unique), 7.0));
}

#[test]
fn states_on_the_way_up() {
    // Half of the year has gone: 150 of 100 → 200 are expected.
    let (on, today) = (day(2026, 7, 2), day(2026, 7, 10));
    let up = |actual| state(None, &target(200.0, 100.0), actual, on, today);
    assert_eq!(up(200.0), Status::Achieved);
    assert_eq!(up(146.0), Status::OnTrack);
    assert_eq!(up(144.0), Status::AtRisk);
    assert_eq!(up(136.0), Status::AtRisk);
    assert_eq!(up(134.0), Status::OffTrack);
    assert_eq!(up(90.0), Status::OffTrack);
}

#[test]
fn states_on_the_way_down() {
    let (on, today) = (day(2026, 7, 2), day(2026, 7, 10));
    for good in [None, Some(Good::Down)] {
        let down = |actual| state(good, &target(8.0, 20.0), actual, on, today);
        assert_eq!(down(7.9), Status::Achieved);
        assert_eq!(down(14.2), Status::OnTrack);
        assert_eq!(down(15.2), Status::AtRisk);
        assert_eq!(down(19.0), Status::OffTrack);
    }
}

#[test]
fn bands() {
    let (on, today) = (day(2026, 7, 2), day(2026, 7, 10));
    let band = Target { min: 80.0, max: 100.0, baseline: None, ..target(0.0, 0.0) };
    let within = |actual| state(Some(Good::Band), &band, actual, on, today);
    assert_eq!(within(80.0), Status::Achieved);
    assert_eq!(within(108.0), Status::OnTrack);
    assert_eq!(within(120.0), Status::AtRisk);
    assert_eq!(within(40.0), Status::OffTrack);
    // From outside, the way to the nearer bound counts.
    let from_above = Target { baseline: Some(140.0), ..band };
    assert_eq!(state(None, &from_above, 120.0, on, today), Status::OnTrack);
    assert_eq!(state(None, &from_above, 136.0, on, today), Status::OffTrack);
}

#[test]
fn a_value_to_keep() {
    let (on, today) = (day(2026, 7, 2), day(2026, 7, 10));
    let keep = |actual| state(None, &target(50.0, 50.0), actual, on, today);
    assert_eq!(keep(51.0), Status::Achieved);
    assert_eq!(keep(46.0), Status::OnTrack);
    assert_eq!(keep(40.0), Status::AtRisk);
    assert_eq!(keep(20.0), Status::OffTrack);
}

#[test]
fn milestones_and_dates() {
    let (on, today) = (day(2026, 7, 2), day(2026, 7, 10));
    let steps = Target {
        milestones: vec![(day(2026, 3, 31), 110.0), (day(2026, 9, 30), 190.0)],
        ..target(200.0, 100.0)
    };
    assert_eq!(state(None, &steps, 110.0, on, today), Status::OnTrack);
    let undated = Target { by: None, ..target(200.0, 100.0) };
    assert_eq!(state(None, &undated, 150.0, on, today), Status::Underway);
    assert_eq!(state(None, &undated, 200.0, on, today), Status::Achieved);
    let passed = Target { by: Some(day(2026, 7, 9)), ..target(200.0, 100.0) };
    assert_eq!(state(None, &passed, 199.0, on, today), Status::OffTrack);
    // On the first day nothing is expected yet.
    assert_eq!(
        state(None, &target(200.0, 100.0), 100.0, day(2025, 12, 31), day(2026, 1, 1)),
        Status::OnTrack
    );
}

#[test]
fn old_or_no_figures() {
    assert_eq!(state(None, &target(1.0, 0.0), 2.0, day(2026, 1, 1), day(2026, 7, 10)), Status::Stale);
    let none = progress(
        &metric(Measure::Stock),
        None,
        None,
        &target(1.0, 0.0),
        Thresholds::default(),
        day(2026, 7, 10),
    );
    assert_eq!(none.status, Status::NoData);
}

#[test]
fn what_is_added_up_since_the_baseline() {
    let flow = year(Measure::Flow);
    let since = Target { total: None, since: Some(day(2026, 1, 1)), ..target(900.0, 0.0) };
    let today = day(2026, 11, 22);
    let metric = metric(Measure::Flow);
    let read = reading(&metric, &flow, None, today);
    let found = progress(&metric, Some(&flow), read.as_ref(), &since, Thresholds::default(), today);
    // January to October: 30 + 40 … 120.
    assert_eq!((found.actual, found.since), (Some(750.0), since.since));
    let expected = found.expected.expect("dates");
    assert!((expected - 900.0 * 303.0 / 364.0).abs() < 1e-9, "{expected}");
    assert_eq!(found.status, Status::OnTrack);
    assert!(
        !is_total(Measure::Stock, &since)
            && !is_total(Measure::Flow, &Target { total: Some(false), ..since })
    );
}
