//! What each channel costs and what comes of it; which channels were decided against; what hours there are.

use super::fields::Fields;
use super::results::{Level, level};
use super::{Book, Status, active_objectives, aims};
use crate::model::{EntityId, Money, Value};
use crate::series::{Grain, Measure, number_of};
use crate::world::Date;

/// Months over which results are taken.
const MONTHS: usize = 3;
/// Days of a mean month, and weeks.
const DAYS_OF_MONTH: f64 = 30.4375;

/// A channel in use with its cost and its results.
#[derive(Clone, Debug)]
pub struct Outlay {
    /// The channel.
    pub channel: EntityId,
    /// What was decided: `adopt`, `trial`, `keep`; `None` when nothing was.
    pub decision: Option<&'static str>,
    /// Hours a week.
    pub hours_week: Option<f64>,
    /// Money a month.
    pub cost_month: Option<Money>,
    /// What was hoped for.
    pub expected: Option<String>,
    /// Until when the decision holds.
    pub review_by: Option<Date>,
    /// What comes of it, the farthest level first.
    pub results: Vec<Yield>,
    /// Whether it returns what it costs, as far as that can be said.
    pub answer: Answer,
}

/// What a metric of a channel brings in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Yield {
    /// The metric.
    pub metric: EntityId,
    /// Its level.
    pub level: Level,
    /// How many a month: a mean of the last months that are over.
    pub a_month: f64,
    /// Whether it is what a level has grown by.
    pub growth: bool,
    /// Over how many months.
    pub months: usize,
    /// Hours for each; `None` without hours, or when nothing came.
    pub hours_each: Option<f64>,
    /// Money for each, with its currency.
    pub money_each: Option<(f64, String)>,
}

/// Whether a channel returns what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Its results are as far as targets want them.
    Returns,
    /// They are behind.
    Behind,
    /// There are results, and no target says how many are enough.
    Unaimed,
    /// Only what goes out is counted.
    OutputsOnly,
    /// No figure is of this channel.
    NoResult,
    /// Neither hours nor money are known.
    NoCost,
}

impl Answer {
    /// Its key in the words of the site, and its tone.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Answer::Returns => ("cost_returns", "good"),
            Answer::Behind => ("cost_behind", "bad"),
            Answer::Unaimed => ("cost_unaimed", "info"),
            Answer::OutputsOnly => ("cost_outputs_only", "warn"),
            Answer::NoResult => ("cost_no_result", "warn"),
            Answer::NoCost => ("cost_no_cost", "warn"),
        }
    }
}

/// A channel that was decided against.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// The channel.
    pub channel: EntityId,
    /// `pause`, `close` or `avoid`.
    pub decision: &'static str,
    /// Why.
    pub reason: Option<String>,
    /// When that is looked at again.
    pub review_by: Option<Date>,
    /// The decisions that changed it.
    pub decisions: Vec<EntityId>,
}

/// A tool or a campaign that costs money or hours.
#[derive(Clone, Debug)]
pub struct Expense {
    /// Whose it is.
    pub id: EntityId,
    /// The money.
    pub money: Option<Money>,
    /// `month`, `year`, `once` for a tool.
    pub per: Option<String>,
    /// Hours, for a campaign.
    pub hours: Option<f64>,
    /// The channels it serves.
    pub channels: Vec<EntityId>,
}

/// The decision of a channel's case.
fn decision(fields: &Fields<'_, crate::model::Resolved>) -> Option<&'static str> {
    let name = fields.record("case")?.choice("decision")?;
    ["adopt", "trial", "keep", "pause", "close", "avoid"].into_iter().find(|known| *known == name)
}

/// Whether a channel is used: alive, and not decided against.
pub fn is_used(book: Book<'_>, channel: EntityId) -> bool {
    let Some(entity) = book.entity(channel) else { return false };
    let Some(fields) = Fields::of(book.kinds, entity, "channel") else { return false };
    book.is_active(entity) && !matches!(decision(&fields), Some("pause" | "close" | "avoid"))
}

/// The channels in use.
pub fn outlays(book: Book<'_>) -> Vec<Outlay> {
    let objectives = active_objectives(book);
    let states: Vec<(EntityId, Status)> = objectives
        .iter()
        .flat_map(|id| aims(book, *id, book.today))
        .map(|aim| (aim.target.metric, aim.progress.status))
        .collect();
    let used = book.of_kind("channel").filter(|(id, _)| is_used(book, *id));
    used.filter_map(|(id, entity)| {
        let fields = Fields::of(book.kinds, entity, "channel")?;
        let case = fields.record("case");
        let case = case.as_ref();
        let hours_week = case.and_then(|case| case.hours("hours_week"));
        let cost_month = case.and_then(|case| case.money("cost_month")).cloned();
        let mut results: Vec<Yield> = book
            .related(id, "metrics")
            .into_iter()
            .filter_map(|metric| result(book, metric, hours_week, cost_month.as_ref()))
            .collect();
        results.sort_by_key(|result| std::cmp::Reverse(result.level));
        let answer = answer(hours_week, cost_month.as_ref(), book, id, &states);
        Some(Outlay {
            channel: id,
            decision: decision(&fields),
            hours_week,
            cost_month,
            expected: case.and_then(|case| case.text("expected_return")).map(|text| text.value),
            review_by: case.and_then(|case| case.date("review_by")),
            results,
            answer,
        })
    })
    .collect()
}

/// Judged by all metrics of the channel that show what people did, and by what objectives want of them.
fn answer(
    hours: Option<f64>,
    money: Option<&Money>,
    book: Book<'_>,
    channel: EntityId,
    states: &[(EntityId, Status)],
) -> Answer {
    let measured: Vec<(EntityId, Level)> = book
        .related(channel, "metrics")
        .into_iter()
        .filter(|metric| book.measurement(*metric).is_some())
        .filter_map(|metric| Some((metric, level(book, metric)?)))
        .filter(|(_, level)| *level > Level::Input)
        .collect();
    let telling = || measured.iter().filter(|(_, level)| *level > Level::Output);
    let judged: Vec<Status> = telling()
        .flat_map(|(metric, _)| states.iter().filter(move |(of, _)| of == metric))
        .map(|(_, status)| *status)
        .filter(|status| *status <= Status::OffTrack)
        .collect();
    if hours.is_none() && money.is_none() {
        Answer::NoCost
    } else if measured.is_empty() {
        Answer::NoResult
    } else if telling().next().is_none() {
        Answer::OutputsOnly
    } else {
        match judged.iter().max() {
            None => Answer::Unaimed,
            Some(Status::Achieved | Status::OnTrack) => Answer::Returns,
            Some(_) => Answer::Behind,
        }
    }
}

/// What a metric brings in a month; `None` where that has no meaning, such as a rate.
fn result(book: Book<'_>, id: EntityId, hours: Option<f64>, money: Option<&Money>) -> Option<Yield> {
    let measured = book.measurement(id).filter(|measured| measured.metric.active)?;
    let level = level(book, id).filter(|level| *level > Level::Input)?;
    let growth = match measured.metric.measure {
        Measure::Flow => false,
        Measure::Stock => true,
        Measure::Unique | Measure::Ratio | Measure::Duration | Measure::Score => return None,
    };
    let data = measured.quantity.until(book.today);
    if data.grain > Grain::Month {
        return None;
    }
    let months = data.resampled(Grain::Month).ok()?;
    let (first, last) = super::cut_off(&data, &months, measured.as_of, book.today);
    let figures: Vec<_> = months
        .figures()
        .into_iter()
        .filter(|figure| Some(figure.from) != first && Some(figure.from) != last)
        .collect();
    let (a_month, months) = if growth {
        let end = figures.last()?;
        let begin = figures.iter().rev().nth(MONTHS).or_else(|| figures.first())?;
        let days = (number_of(end.newest) - number_of(begin.newest)) as f64;
        let months = (days / DAYS_OF_MONTH).round();
        if months < 1.0 {
            return None;
        }
        ((end.value - begin.value) / months, months as usize)
    } else {
        let newest = figures.iter().rev().take(MONTHS);
        let count = newest.clone().count();
        if count == 0 {
            return None;
        }
        (newest.map(|figure| figure.value).sum::<f64>() / count as f64, count)
    };
    let each = |a_month_costs: f64| (a_month > 0.0).then(|| a_month_costs / a_month);
    Some(Yield {
        metric: id,
        level,
        a_month,
        growth,
        months,
        hours_each: hours.filter(|hours| *hours > 0.0).and_then(|hours| each(hours * DAYS_OF_MONTH / 7.0)),
        money_each: money
            .filter(|money| money.amount > 0.0)
            .and_then(|money| Some((each(money.amount)?, money.currency.clone()))),
    })
}

/// The channels that were decided against.
pub fn rejected(book: Book<'_>) -> Vec<Rejected> {
    let of = |(id, entity)| {
        let fields = Fields::of(book.kinds, entity, "channel")?;
        let decision =
            decision(&fields).filter(|decision| matches!(*decision, "pause" | "close" | "avoid"))?;
        let case = fields.record("case")?;
        let mut decisions = book.related(id, "changed_by");
        decisions.retain(|id| book.kind_of(*id) == "decision");
        Some(Rejected {
            channel: id,
            decision,
            reason: case.text("reason").map(|reason| reason.value),
            review_by: case.date("review_by"),
            decisions,
        })
    };
    book.of_kind("channel").filter_map(of).collect()
}

/// When a channel in use, or one that was decided against, has to be looked at again.
pub fn review_by(book: Book<'_>, channel: EntityId) -> Option<Date> {
    let fields = Fields::of(book.kinds, book.entity(channel)?, "channel")?;
    fields.record("case")?.date("review_by")
}

/// The tools that cost something.
pub fn tools(book: Book<'_>) -> Vec<Expense> {
    let of = |(id, entity)| {
        let fields = Fields::of(book.kinds, entity, "tool")?;
        let money = fields.money("cost").cloned()?;
        let accounts = book.related(id, "accounts");
        let mut channels: Vec<EntityId> =
            accounts.into_iter().flat_map(|account| book.related(account, "channel")).collect();
        channels.sort();
        channels.dedup();
        let per = fields.choice("cost_per").map(str::to_owned);
        Some(Expense { id, money: Some(money), per, hours: None, channels })
    };
    book.of_kind("tool").filter(|(_, entity)| book.is_active(entity)).filter_map(of).collect()
}

/// The campaigns that cost something.
pub fn campaigns(book: Book<'_>) -> Vec<Expense> {
    let of = |(id, entity)| {
        let fields = Fields::of(book.kinds, entity, "campaign")?;
        let (money, hours) = (fields.money("budget").cloned(), fields.hours("hours"));
        if money.is_none() && hours.is_none() {
            return None;
        }
        Some(Expense { id, money, per: None, hours, channels: book.related(id, "channels") })
    };
    book.of_kind("campaign").filter_map(of).collect()
}

/// The hours a week of all active roles that say theirs; `None` when none does.
pub fn hours_of_roles(book: Book<'_>) -> Option<f64> {
    let of = |(_, entity)| Fields::of(book.kinds, entity, "role")?.hours("hours_per_week");
    let hours: Vec<f64> =
        book.of_kind("role").filter(|(_, entity)| book.is_active(entity)).filter_map(of).collect();
    (!hours.is_empty()).then(|| hours.iter().sum())
}

/// Amounts added up, each currency by itself, that of the settings first.
pub fn sums<'m>(book: Book<'_>, amounts: impl Iterator<Item = &'m Money>) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for money in amounts {
        match sums.iter_mut().find(|sum| sum.currency == money.currency) {
            Some(sum) => {
                sum.amount += money.amount;
                sum.decimals = sum.decimals.max(money.decimals);
            }
            None => sums.push(money.clone()),
        }
    }
    if let Some(Value::Text(first)) = book.setting("currency").map(|item| &item.value) {
        sums.sort_by_key(|sum| !sum.currency.eq_ignore_ascii_case(first.trim()));
    }
    sums
}

#[cfg(test)]
mod tests;
