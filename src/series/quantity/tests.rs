//! The arithmetic of the six kinds, by examples and by laws.

use proptest::prelude::*;

use super::*;
use crate::text::SourceId;

fn series(values: &[(Date, Option<f64>)]) -> Series {
    let point = |(at, (date, value)): (usize, &(Date, Option<f64>))| Point {
        date: *date,
        value: *value,
        span: Span::new(SourceId(0), at, at + 1),
    };
    Series::new("x", values.iter().enumerate().map(point).collect(), "", 0).0
}

fn daily(values: &[Option<f64>]) -> Series {
    let first = number_of(Date::constant(2026, 1, 20));
    let dated: Vec<_> =
        values.iter().enumerate().map(|(at, value)| (day_of(first + at as i64), *value)).collect();
    series(&dated)
}

fn months(values: &[(i8, f64)]) -> Series {
    let dated: Vec<_> = values
        .iter()
        .map(|(month, value)| (Date::constant(2026, *month, 1).last_of_month(), Some(*value)))
        .collect();
    series(&dated)
}

fn values(quantity: &Quantity) -> Vec<f64> {
    quantity.figures().iter().map(|figure| figure.value).collect()
}

#[test]
fn each_kind_has_its_own_sum() {
    let quarter = |measure| Quantity::of(measure, months(&[(1, 10.0), (2, 20.0), (3, 60.0)]), Grain::Month);
    let joined = |measure| quarter(measure).resampled(Grain::Quarter).map(|quantity| values(&quantity));
    assert_eq!(joined(Measure::Stock), Ok(vec![60.0]));
    assert_eq!(joined(Measure::Flow), Ok(vec![90.0]));
    assert_eq!(joined(Measure::Score), Ok(vec![30.0]));
    assert_eq!(joined(Measure::Unique), Err(Refused::Unique));
    assert_eq!(joined(Measure::Ratio), Err(Refused::Rates));
    assert_eq!(joined(Measure::Duration), Err(Refused::Means));
    let alone = Quantity::of(Measure::Unique, months(&[(1, 10.0), (4, 20.0)]), Grain::Month);
    assert_eq!(values(&alone.resampled(Grain::Quarter).expect("one a quarter")), [10.0, 20.0]);
}

#[test]
fn a_rate_is_the_ratio_of_sums() {
    let clicks = Quantity::of(Measure::Flow, months(&[(1, 1.0), (2, 90.0)]), Grain::Month);
    let views = Quantity::of(Measure::Flow, months(&[(1, 10.0), (2, 100.0)]), Grain::Month);
    let rate = Quantity::ratio(clicks, views, 100.0, "ctr", "%").expect("flows");
    assert_eq!(values(&rate), [10.0, 90.0]);
    let quarter = rate.resampled(Grain::Quarter).expect("flows");
    assert!((values(&quarter)[0] - 9100.0 / 110.0).abs() < 1e-9);
}

#[test]
fn a_rate_over_different_people_is_not_joined() {
    let likes = Quantity::of(Measure::Flow, months(&[(1, 5.0), (2, 9.0)]), Grain::Month);
    let reach = Quantity::of(Measure::Unique, months(&[(1, 50.0), (2, 60.0)]), Grain::Month);
    let rate = Quantity::ratio(likes, reach, 100.0, "err", "%").expect("same months");
    assert_eq!(values(&rate), [10.0, 15.0]);
    assert_eq!(rate.resampled(Grain::Quarter), Err(Refused::Unique));
}

#[test]
fn a_rate_over_a_level_takes_its_last_value() {
    let likes = Quantity::of(Measure::Flow, months(&[(1, 5.0), (2, 9.0)]), Grain::Month);
    let followers = Quantity::of(Measure::Stock, months(&[(1, 100.0), (2, 140.0)]), Grain::Month);
    let rate = Quantity::ratio(likes, followers, 100.0, "er", "%").expect("same months");
    assert_eq!(values(&rate.resampled(Grain::Quarter).expect("joined")), [10.0]);
}

#[test]
fn a_mean_is_weighted_by_what_is_behind_it() {
    let means = Quantity::means(
        Measure::Duration,
        months(&[(1, 2.0), (2, 8.0), (3, 100.0)]),
        months(&[(1, 30.0), (2, 10.0)]),
        Grain::Month,
    );
    let quarter = means.resampled(Grain::Quarter).expect("weighted").figures();
    assert_eq!(quarter[0].value, (60.0 + 80.0) / 40.0);
    assert_eq!(quarter[0].count, Some(40.0));
}

#[test]
fn a_week_belongs_to_the_month_of_its_thursday() {
    let mondays = [(Date::constant(2026, 6, 22), Some(1.0)), (Date::constant(2026, 6, 29), Some(2.0))];
    let weeks = Quantity::of(Measure::Flow, series(&mondays), Grain::Week);
    let months = weeks.resampled(Grain::Month).expect("a flow");
    assert_eq!(months.figures().iter().map(|figure| figure.from.month()).collect::<Vec<_>>(), [6, 7]);
    assert_eq!(weeks.places(Grain::Month, Date::constant(2026, 7, 1)).len(), 1);
}

#[test]
fn periods_that_hold_two_values_are_shorter() {
    let dates = [(Date::constant(2026, 1, 1), Some(1.0)), (Date::constant(2026, 1, 29), Some(2.0))];
    assert_eq!(Quantity::of(Measure::Unique, series(&dates), Grain::Month).grain, Grain::Week);
}

#[test]
fn totals_and_cuts() {
    let flow = Quantity::of(Measure::Flow, months(&[(1, 10.0), (2, 20.0), (3, 60.0)]), Grain::Month);
    let day = |month, day| Date::constant(2026, month, day);
    assert_eq!(flow.total(day(2, 1), day(3, 31)), Some(80.0));
    assert_eq!(flow.until(day(2, 28)).total(day(1, 1), day(12, 31)), Some(30.0));
    assert_eq!(
        Quantity::of(Measure::Unique, months(&[(1, 1.0)]), Grain::Month).total(day(1, 1), day(12, 31)),
        None
    );
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

fn some() -> impl Strategy<Value = Vec<Option<f64>>> {
    prop::collection::vec(prop::option::weighted(0.9, 0.0..1e6f64), 1..200)
}

const LONGER: [Grain; 4] = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];

proptest! {
    #[test]
    fn months_add_up_to_the_days(days in some(), to in prop::sample::select(&LONGER)) {
        let flow = Quantity::of(Measure::Flow, daily(&days), Grain::Day);
        let whole: f64 = days.iter().flatten().sum();
        let joined: f64 = values(&flow.resampled(to).expect("a flow")).iter().sum();
        prop_assert!(near(whole, joined));
    }

    #[test]
    fn twice_is_once(days in some(), counts in some(), measure in prop::sample::select(&Measure::ALL)) {
        let last = days.iter().flatten().count() > 0;
        prop_assume!(last);
        let quantity = match measure {
            Measure::Ratio => {
                let above = Quantity::of(Measure::Flow, daily(&days), Grain::Day);
                Quantity::ratio(above, Quantity::of(Measure::Flow, daily(&counts), Grain::Day), 1.0, "", "").expect("flows")
            }
            Measure::Duration | Measure::Score => Quantity::means(measure, daily(&days), daily(&counts), Grain::Day),
            Measure::Stock | Measure::Flow | Measure::Unique => Quantity::of(measure, daily(&days), Grain::Day),
        };
        let twice = quantity.resampled(Grain::Month).and_then(|months| months.resampled(Grain::Quarter));
        match (quantity.resampled(Grain::Quarter), twice) {
            (Ok(once), Ok(twice)) => {
                let (once, twice) = (once.figures(), twice.figures());
                prop_assert_eq!(once.len(), twice.len());
                for (a, b) in once.iter().zip(&twice) {
                    prop_assert!(near(a.value, b.value), "{:?} {:?}", a, b);
                    prop_assert_eq!(a.from, b.from);
                }
            }
            (once, twice) => prop_assert!(once.is_err() && twice.is_err()),
        }
    }

    #[test]
    fn different_people_are_never_added(days in some()) {
        let unique = Quantity::of(Measure::Unique, daily(&days), Grain::Day);
        let most = days.iter().flatten().copied().fold(0.0, f64::max);
        if let Ok(joined) = unique.resampled(Grain::Year) {
            prop_assert!(values(&joined).iter().all(|value| *value <= most));
            prop_assert!(days.iter().flatten().count() <= 2, "one a year at most");
        }
    }

    #[test]
    fn rates_are_ratios_of_sums(pairs in prop::collection::vec((0.0..1e6f64, 1.0..1e6f64), 1..300)) {
        let above: Vec<_> = pairs.iter().map(|(above, _)| Some(*above)).collect();
        let below: Vec<_> = pairs.iter().map(|(_, below)| Some(*below)).collect();
        let flow = |values: &[Option<f64>]| Quantity::of(Measure::Flow, daily(values), Grain::Day);
        let rate = Quantity::ratio(flow(&above), flow(&below), 1.0, "", "").expect("flows");
        for figure in rate.resampled(Grain::Year).expect("flows").figures() {
            let within = |days: &[Option<f64>]| flow(days).total(figure.from, figure.to()).expect("values");
            prop_assert!(near(figure.value, within(&above) / within(&below)));
        }
    }

    #[test]
    fn means_lie_between_their_extremes(pairs in prop::collection::vec((0.0..1e3f64, 1.0..1e3f64), 1..300)) {
        let means: Vec<_> = pairs.iter().map(|(mean, _)| Some(*mean)).collect();
        let counts: Vec<_> = pairs.iter().map(|(_, count)| Some(*count)).collect();
        let (low, high) = pairs.iter().fold((f64::MAX, f64::MIN), |(low, high), (mean, _)| (low.min(*mean), high.max(*mean)));
        let quantity = Quantity::means(Measure::Duration, daily(&means), daily(&counts), Grain::Day);
        let years = quantity.resampled(Grain::Year).expect("weighted").figures();
        prop_assert!(years.iter().all(|year| year.value >= low - 1e-9 && year.value <= high + 1e-9));
        let behind: f64 = years.iter().filter_map(|year| year.count).sum();
        prop_assert!(near(behind, pairs.iter().map(|(_, count)| count).sum()));
    }

    #[test]
    fn a_level_is_its_last_value(days in some()) {
        let stock = Quantity::of(Measure::Stock, daily(&days), Grain::Day);
        let last = days.iter().flatten().next_back().copied();
        prop_assert_eq!(values(&stock.resampled(Grain::Year).expect("a stock")).last().copied(), last);
    }
}

#[test]
fn items_of_one_day() {
    let day = |day| Date::constant(2026, 6, day);
    let point =
        |day, value, at| Point { date: day, value: Some(value), span: Span::new(SourceId(0), at, at + 1) };
    let series = |values: [f64; 3]| Series {
        points: vec![point(day(1), values[0], 0), point(day(1), values[1], 1), point(day(2), values[2], 2)],
        ..Series::default()
    };
    let many =
        |measure| Quantity::of_many(measure, series([10.0, 20.0, 5.0]), Grain::Day).map(|many| values(&many));
    assert_eq!(many(Measure::Flow), Ok(vec![30.0, 5.0]));
    assert_eq!(many(Measure::Stock), Ok(vec![20.0, 5.0]));
    assert_eq!(many(Measure::Score), Ok(vec![15.0, 5.0]));
    assert_eq!(many(Measure::Unique), Err(Refused::Unique));
    let means =
        Quantity::means(Measure::Duration, series([10.0, 20.0, 5.0]), series([3.0, 1.0, 2.0]), Grain::Day);
    assert_eq!(values(&means), [12.5, 5.0]);
}
