//! An evaluation: its period, its objectives as they stood at the end of it, the figures that were recorded when it was issued, and what it asks for.

use std::collections::BTreeSet;

use super::fields::Fields;
use super::scorecard::{Aim, Goal, Later, aim, goals};
use super::{Book, Stand, active_objectives, judge, thresholds};
use crate::model::{EntityId, Money, Resolved, Value};
use crate::series::Measure;
use crate::text::Span;
use crate::world::Date;

/// An evaluation.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The entity.
    pub id: EntityId,
    /// First and last day of its period.
    pub period: Option<(Date, Date)>,
    /// The end of its period, today at the latest: the day as of which it looks at figures.
    pub day: Date,
    /// The day on which it was handed over.
    pub issued: Option<Date>,
    /// Its objectives: those that it names, else all active ones.
    pub objectives: Vec<EntityId>,
    /// The decisions that it led to.
    pub decisions: Vec<EntityId>,
    /// What its readers have to decide or provide.
    pub asks: Vec<String>,
    /// What follows.
    pub next: Vec<Step>,
    /// Money planned and spent.
    pub planned: Option<Money>,
    /// What was spent.
    pub spent: Option<Money>,
    /// The figures as issued.
    pub recorded: Vec<Recorded>,
}

/// What follows from an evaluation.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done.
    pub what: String,
    /// By whom.
    pub owner: Option<EntityId>,
    /// By when.
    pub by: Option<Date>,
}

/// A figure as issued.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded {
    /// Of which metric.
    pub metric: EntityId,
    /// Its value.
    pub value: f64,
    /// Decimals as written.
    pub decimals: u8,
    /// Since when it is added up.
    pub since: Option<Date>,
    /// Where the value is written.
    pub span: Span,
}

/// A figure as the data say it now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Its value.
    pub value: f64,
    /// Decimals to show.
    pub decimals: u8,
    /// The newest of the places in which it stands.
    pub place: Option<Span>,
}

/// The lens; `None` for an entity of another kind.
pub fn evaluation(book: Book<'_>, id: EntityId) -> Option<Evaluation> {
    let entity = book.entity(id)?;
    let fields = Fields::of(book.kinds, entity, "evaluation")?;
    let period = match fields.value("period") {
        Some(Value::Period(period)) => period.days(),
        _ => None,
    };
    let seen = |name: &str| -> Vec<EntityId> {
        let all = fields.edges(name).iter().map(|edge| edge.target);
        all.filter(|id| book.entity(*id).is_some()).collect()
    };
    let named = seen("objectives");
    let budget = fields.record("budget");
    let money = |name: &str| budget.as_ref().and_then(|budget| budget.money(name)).cloned();
    let next = fields.records("next").filter_map(|(step, _)| {
        let owner = step.edges("owner").first().map(|edge| edge.target);
        Some(Step {
            what: step.text("do")?.value,
            owner: owner.filter(|owner| book.entity(*owner).is_some()),
            by: step.date("by"),
        })
    });
    Some(Evaluation {
        id,
        period,
        day: period.map_or(book.today, |(_, last)| last.min(book.today)),
        issued: fields.date("issued"),
        objectives: if named.is_empty() { active_objectives(book) } else { named },
        decisions: book.related(id, "decisions"),
        asks: fields.texts("asks").into_iter().map(|ask| ask.value).collect(),
        next: next.collect(),
        planned: money("planned"),
        spent: money("spent"),
        recorded: fields.records("figures").filter_map(|(record, _)| recorded(&record)).collect(),
    })
}

fn recorded(record: &Fields<'_, Resolved>) -> Option<Recorded> {
    let Value::Number { value, decimals } = record.value("value")? else { return None };
    Some(Recorded {
        metric: record.edges("metric").first()?.target,
        value: *value,
        decimals: *decimals,
        since: record.date("since"),
        span: record.span("value")?,
    })
}

/// All evaluations that are no drafts, the latest period last.
pub fn evaluations(book: Book<'_>) -> Vec<Evaluation> {
    let mut all: Vec<Evaluation> = book
        .of_kind("evaluation")
        .filter(|(_, entity)| book.is_active(entity))
        .filter_map(|(id, _)| evaluation(book, id))
        .collect();
    all.sort_by_key(|evaluation| (evaluation.period.map(|(_, last)| last), evaluation.id));
    all
}

impl Evaluation {
    /// Its objectives as they stood, with the figures that were recorded in place of those that the data say now.
    pub fn goals(&self, book: Book<'_>) -> Vec<Goal> {
        let mut goals = goals(book, &self.objectives, self.day);
        for aim in goals.iter_mut().flat_map(|goal| &mut goal.aims) {
            self.hold(book, aim);
        }
        goals
    }

    fn hold(&self, book: Book<'_>, aim: &mut Aim) {
        let since = added_up(aim);
        let is_of = |recorded: &&Recorded| recorded.metric == aim.target.metric && recorded.since == since;
        let Some(recorded) = self.recorded.iter().find(is_of) else { return };
        let found = aim.progress.actual;
        if found.is_some_and(|found| is_same(found, recorded)) {
            return;
        }
        aim.later = Some(found.map_or(Later::Gone, Later::Changed));
        let stand = Stand { actual: recorded.value, on: self.day, since, stale: false };
        let usual = thresholds(book.kinds, book.setting("thresholds"));
        aim.progress = judge(&aim.metric, &aim.target, stand, usual, self.day);
        aim.decimals = recorded.decimals;
    }

    /// What the data say now of a figure that was recorded; `None` when they say nothing.
    pub fn found(&self, book: Book<'_>, metric: EntityId, since: Option<Date>) -> Option<Found> {
        let measured = book.measurement(metric)?;
        let target = super::Target {
            metric,
            min: 0.0,
            max: 0.0,
            decimals: 0,
            by: None,
            baseline: None,
            since,
            milestones: Vec::new(),
            total: Some(since.is_some()),
            span: Span::new(crate::text::SourceId(0), 0, 0),
        };
        let aim = aim(book, target, self.day)?;
        let reading = aim.reading.as_ref()?;
        let decimals = if since.is_some() { measured.quantity.decimals() } else { aim.decimals };
        let places = measured.quantity.places(reading.grain, reading.now.from);
        Some(Found { value: aim.progress.actual?, decimals, place: places.last().copied() })
    }

    /// The figures that the page shows and that should be recorded: of each metric once for each way of counting.
    pub fn to_record(&self, book: Book<'_>) -> Vec<(EntityId, Option<Date>, Found)> {
        let mut seen = BTreeSet::new();
        let goals = goals(book, &self.objectives, self.day);
        let wanted = goals.iter().flat_map(|goal| &goal.aims).map(|aim| (aim.target.metric, added_up(aim)));
        let wanted = wanted.filter(|figure| seen.insert(*figure));
        wanted.filter_map(|(metric, since)| Some((metric, since, self.found(book, metric, since)?))).collect()
    }

    /// The figures for the first page: targets on headline metrics first, then the others, each metric once.
    pub fn headlines<'g>(&self, goals: &'g [Goal], most: usize) -> Vec<&'g Aim> {
        let mut chosen: Vec<&Aim> = Vec::new();
        let aims = || goals.iter().flat_map(|goal| &goal.aims);
        let figures = |aim: &&Aim| aim.progress.actual.is_some();
        for aim in aims().filter(|aim| aim.metric.headline).chain(aims()).filter(figures) {
            if chosen.len() < most && chosen.iter().all(|known| known.target.metric != aim.target.metric) {
                chosen.push(aim);
            }
        }
        chosen
    }

    /// What stops: decisions to stop that it led to, or that were taken from the first day of its period to the day on which it was issued.
    pub fn stops(&self, book: Book<'_>) -> Vec<EntityId> {
        let until = self.issued.unwrap_or(self.day);
        let in_time = |date: Option<Date>| {
            self.period.zip(date).is_some_and(|((first, _), date)| (first..=until).contains(&date))
        };
        super::decided(book)
            .into_iter()
            .filter(|one| one.kind == Some("stop"))
            .filter(|one| self.decisions.contains(&one.id) || in_time(one.date))
            .map(|one| one.id)
            .collect()
    }

    /// Hours of work in its period: what metrics of hours that are put in add up to, by metric.
    pub fn hours(&self, book: Book<'_>) -> Vec<(EntityId, f64)> {
        let Some((first, _)) = self.period else { return Vec::new() };
        let of = |(id, entity)| {
            let metric = super::metric(book.kinds, entity).filter(|metric| metric.active)?;
            let is_hours = crate::text::fold(&metric.unit).starts_with("ho")
                && metric.measure == Measure::Flow
                && super::level(book, id) == Some(super::Level::Input);
            let measured = book.measurement(id).filter(|_| is_hours)?;
            Some((id, measured.quantity.total(first, self.day)?))
        };
        book.of_kind("metric").filter_map(of).collect()
    }
}

/// Since when the value of a target is added up.
fn added_up(aim: &Aim) -> Option<Date> {
    aim.target.since.filter(|_| super::is_total(aim.metric.measure, &aim.target))
}

/// Whether a value is the recorded one, as far as that was written.
pub fn is_same(found: f64, recorded: &Recorded) -> bool {
    (found - recorded.value).abs() <= 0.5 * 10f64.powi(-i32::from(recorded.decimals)) + 1e-9
}

#[cfg(test)]
mod tests;
