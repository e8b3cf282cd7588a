//! What the figures of a metric say today: the newest value and whether its period is over, how it changed, how it stands against a target, and how far it can be trusted. Pure: the same arguments, the same reading.

use super::{Good, Metric, Target, Thresholds};
use crate::series::{
    Change, Figure, Gap, Grain, Measure, Quantity, Refused, comparable, gaps, jumps, number_of, previous,
    year_ago,
};
use crate::world::Date;

/// Days after which a value is out of date when nothing is said about how often it is due.
const STALE_AFTER: f64 = 60.0;
/// Days without a value at the edge of a period that are taken for a weekend and a holiday.
const SLACK: i64 = 3;

/// A metric, read on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The periods that are compared.
    pub grain: Grain,
    /// The value of each period, in order; the last one may not be over.
    pub figures: Vec<Figure>,
    /// The value of the last period that is over; of the running one when there is no other.
    pub now: Figure,
    /// Whether its period is over.
    pub complete: bool,
    /// The value so far of the period that is running.
    pub so_far: Option<Figure>,
    /// Against the period before.
    pub previous: Comparison,
    /// Against the same period a year before.
    pub year_ago: Comparison,
    /// The day up to which there are values.
    pub newest: Date,
    /// Whether that is too long ago.
    pub stale: bool,
    /// Why the values could not be joined to the periods in which the metric is read.
    pub refused: Option<Refused>,
    /// Periods without a value inside the series.
    pub gaps: Vec<Gap>,
    /// Values that differ from the one before by far more than usual.
    pub jumps: Vec<Figure>,
}

/// A value beside an earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    /// There is no earlier value.
    None,
    /// The way of counting changed on this day, in between.
    Broken(Date),
    /// The change.
    Change(Change),
}

/// Reads a quantity as it was known on a day; `None` when there is no value up to then.
pub fn reading(metric: &Metric, quantity: &Quantity, as_of: Option<Date>, today: Date) -> Option<Reading> {
    let data = quantity.until(today);
    let newest = data.figures().last().copied()?;
    let wished = metric.grain(data.grain);
    let (joined, refused) = match data.resampled(wished) {
        Ok(joined) => (joined, None),
        Err(refused) => (data.clone(), Some(refused)),
    };
    let figures = joined.figures();
    let last = figures.last().copied()?;
    let (cut_first, cut_last) = cut_off(&data, &joined, as_of, today);
    let complete = cut_last.is_none();
    let before = figures.iter().rev().nth(1).copied().filter(|_| !complete);
    let now = before.unwrap_or(last);
    let breaks: Vec<Date> = metric.breaks.iter().map(|(date, _)| *date).collect();
    // A first period that the data enter in the middle is no measure for the others.
    let is_whole = |figure: &Figure| cut_first != Some(figure.from);
    let compared = |earlier: Option<Figure>| match earlier.filter(is_whole) {
        None => Comparison::None,
        // The value of a running period is smaller for that reason alone.
        Some(_) if !complete && before.is_none() => Comparison::None,
        Some(earlier) if comparable(&breaks, &earlier, &now) => {
            Comparison::Change(Change::between(earlier, now))
        }
        Some(earlier) => {
            let between = breaks.iter().copied().filter(|day| *day > earlier.from && *day <= now.to());
            between.max().map_or(Comparison::None, Comparison::Broken)
        }
    };
    let until = data.grain.end(newest.newest).min(today);
    let age = (number_of(today) - number_of(until)) as f64;
    Some(Reading {
        grain: joined.grain,
        now,
        complete: complete || before.is_some(),
        so_far: before.is_some().then_some(last),
        previous: compared(previous(&figures, &now)),
        year_ago: compared(year_ago(&figures, &now)),
        newest: newest.newest,
        stale: age > metric.every.map_or(STALE_AFTER, |days| 2.0 * days),
        refused,
        gaps: gaps(&data.figures()),
        jumps: jumps(
            if complete { &figures } else { figures.get(..figures.len() - 1).unwrap_or_default() },
            &breaks,
        ),
        figures,
    })
}

/// The periods of `joined` that the data do not cover whole: the first, when they begin in its middle, and the last, when it is not over or they end in its middle. Levels have none.
pub fn cut_off(
    data: &Quantity,
    joined: &Quantity,
    as_of: Option<Date>,
    today: Date,
) -> (Option<Date>, Option<Date>) {
    let (raw, figures) = (data.figures(), joined.figures());
    let (Some(oldest), Some(newest)) = (raw.first(), raw.last()) else { return (None, None) };
    let (Some(first), Some(last)) = (figures.first(), figures.last()) else { return (None, None) };
    if data.measure == Measure::Stock {
        return (None, None);
    }
    let merged = joined.grain > data.grain;
    let late = number_of(oldest.from) - number_of(first.from) > SLACK;
    let end = last.to();
    let horizon = as_of.map_or(today, |as_of| as_of.min(today));
    let covered = !merged || number_of(end) - number_of(newest.to()) <= SLACK;
    // A value that is dated on the last day of its period is of the whole period.
    let is_over = end < today && end <= horizon || last.newest == end && last.grain > Grain::Day;
    ((merged && late).then_some(first.from), (!(covered && is_over)).then_some(last.from))
}

/// How a metric stands against a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Reached.
    Achieved,
    /// As far as it should be by now.
    OnTrack,
    /// Somewhat behind.
    AtRisk,
    /// Far behind, or the day has passed.
    OffTrack,
    /// Under way, without the dates that would tell how far it should be.
    Underway,
    /// The newest value is too old to tell.
    Stale,
    /// There is no value.
    NoData,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 7] = [
        Status::Achieved,
        Status::OnTrack,
        Status::AtRisk,
        Status::OffTrack,
        Status::Underway,
        Status::Stale,
        Status::NoData,
    ];

    /// Its key in the words of the site, and the tone of its tag.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Status::Achieved => ("status_achieved", "good"),
            Status::OnTrack => ("status_on_track", "good"),
            Status::AtRisk => ("status_at_risk", "warn"),
            Status::OffTrack => ("status_off_track", "bad"),
            Status::Underway => ("status_underway", "info"),
            Status::Stale => ("status_stale", "neutral"),
            Status::NoData => ("status_no_data", "neutral"),
        }
    }
}

/// The way to a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Where it stands.
    pub status: Status,
    /// What is held against the target: the value of the last period, or everything since the baseline.
    pub actual: Option<f64>,
    /// For a target that is reached by adding up: since when.
    pub since: Option<Date>,
    /// What was expected on the day of the value; `None` without baseline or dates.
    pub expected: Option<f64>,
    /// The share of the way from the baseline to the target; `None` without a baseline.
    pub attained: Option<f64>,
}

/// Whether a target adds up all periods since its baseline: as written; else a flow whose baseline is 0 is counted from that day on.
pub fn is_total(measure: Measure, target: &Target) -> bool {
    let meant = target.total.unwrap_or(target.baseline == Some(0.0));
    measure == Measure::Flow && meant && target.since.is_some()
}

/// How a metric stands against a target on a day.
pub fn progress(
    metric: &Metric,
    quantity: Option<&Quantity>,
    reading: Option<&Reading>,
    target: &Target,
    usual: Thresholds,
    today: Date,
) -> Progress {
    let none = Progress { status: Status::NoData, actual: None, since: None, expected: None, attained: None };
    let (Some(quantity), Some(reading)) = (quantity, reading) else { return none };
    let total = is_total(metric.measure, target);
    let since = target.since.filter(|_| total);
    // A level and a sum are as old as the newest value; any other figure as its period.
    let newest = quantity.grain.end(reading.newest).min(today);
    let (actual, on) = match since {
        Some(since) => (quantity.total(since, today), newest),
        None if metric.measure == Measure::Stock => (Some(reading.now.value), newest),
        None => (Some(reading.now.value), reading.now.to().min(today)),
    };
    let Some(actual) = actual else { return none };
    judge(metric, target, Stand { actual, on, since, stale: reading.stale }, usual, today)
}

/// A value that is held against a target.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    /// The value.
    pub actual: f64,
    /// The day to which it belongs.
    pub on: Date,
    /// For a target that is reached by adding up: since when.
    pub since: Option<Date>,
    /// Whether it is too old to tell.
    pub stale: bool,
}

/// How a value stands against a target.
pub fn judge(metric: &Metric, target: &Target, stand: Stand, usual: Thresholds, today: Date) -> Progress {
    let Stand { actual, on, since, stale } = stand;
    let way = Way::of(metric.good, target, actual);
    let expected = way.expected(target, on);
    let attained = way.share(actual);
    let limits = metric.thresholds.unwrap_or(usual);
    let passed = target.by.is_some_and(|by| by < today);
    let status = if stale {
        Status::Stale
    } else if way.is_reached(actual, target) {
        Status::Achieved
    } else if passed {
        Status::OffTrack
    } else {
        match way.kept(actual, expected) {
            None => Status::Underway,
            Some(share) if share >= limits.on_track => Status::OnTrack,
            Some(share) if share >= limits.at_risk => Status::AtRisk,
            Some(_) => Status::OffTrack,
        }
    };
    Progress { status, actual: Some(actual), since, expected, attained }
}

/// The way from a baseline to the bound of a target that counts.
struct Way {
    direction: Good,
    baseline: Option<f64>,
    goal: f64,
}

impl Way {
    fn of(good: Option<Good>, target: &Target, actual: f64) -> Self {
        let is_band = target.min < target.max;
        let direction = match good {
            _ if is_band => Good::Band,
            // A single value to stay at.
            Some(good) => good,
            None => match target.baseline {
                Some(baseline) if baseline > target.min => Good::Down,
                _ => Good::Up,
            },
        };
        let goal = match direction {
            Good::Up => target.min,
            Good::Down => target.max,
            Good::Band if actual > target.max => target.max,
            Good::Band => target.min,
        };
        // On the far side of a band the baseline is no beginning of the way back.
        let baseline = target.baseline.filter(|baseline| match direction {
            Good::Up | Good::Down => true,
            Good::Band => *baseline != goal && (*baseline > goal) == (actual > goal),
        });
        Self { direction, baseline, goal }
    }

    fn is_reached(&self, actual: f64, target: &Target) -> bool {
        match self.direction {
            Good::Up => actual >= target.min,
            Good::Down => actual <= target.max,
            Good::Band => (target.min..=target.max).contains(&actual),
        }
    }

    /// The share of the way that is done.
    fn share(&self, actual: f64) -> Option<f64> {
        let baseline = self.baseline.filter(|baseline| *baseline != self.goal)?;
        Some((actual - baseline) / (self.goal - baseline)).filter(|share| share.is_finite())
    }

    /// The value expected on a day: on the straight line, or that of the last milestone.
    fn expected(&self, target: &Target, on: Date) -> Option<f64> {
        let (baseline, since, by) = (self.baseline?, target.since?, target.by?);
        if by <= since || on >= by {
            return Some(self.goal);
        }
        if !target.milestones.is_empty() {
            let reached = target.milestones.iter().rev().find(|(date, _)| *date <= on);
            return Some(reached.map_or(baseline, |(_, value)| *value));
        }
        let gone = (number_of(on) - number_of(since)).max(0) as f64;
        let whole = (number_of(by) - number_of(since)) as f64;
        Some(baseline + (self.goal - baseline) * gone / whole)
    }

    /// The share of what was expected that is done; of a value to keep, how near it is.
    fn kept(&self, actual: f64, expected: Option<f64>) -> Option<f64> {
        let near = |goal: f64| 1.0 - (actual - goal).abs() / goal.abs().max(f64::MIN_POSITIVE);
        match (self.baseline, expected, self.direction) {
            (Some(baseline), _, _) if baseline == self.goal => Some(near(self.goal)),
            (None, _, Good::Band) => Some(near(self.goal)),
            (Some(baseline), Some(expected), _) => {
                let (done, wanted) = (self.share(actual)?, self.share(expected)?);
                // On the first days nothing is expected yet: then it is enough not to have lost ground.
                Some(if wanted > 0.0 {
                    done / wanted
                } else if done >= 0.0 {
                    1.0
                } else {
                    near(baseline)
                })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
