//! The scorecard: the objectives in the order of their tree, each with its targets as they stand on a day; and what an objective lacks to be judged at all.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Fields;
use super::{Book, Metric, Progress, Reading, Status, Target, progress, reading, targets, thresholds};
use crate::model::{EntityId, Value};
use crate::series::{Grain, Quantity, number_of};
use crate::world::Date;

/// An objective with its targets.
#[derive(Clone, Debug)]
pub struct Goal {
    /// The objective.
    pub id: EntityId,
    /// How many objectives of the list stand above it.
    pub depth: usize,
    /// Its targets; may be none.
    pub aims: Vec<Aim>,
}

/// A target on a day.
#[derive(Clone, Debug)]
pub struct Aim {
    /// What is wanted.
    pub target: Target,
    /// Of which metric.
    pub metric: Metric,
    /// What its figures say; `None` when there is none up to that day.
    pub reading: Option<Reading>,
    /// How far it is.
    pub progress: Progress,
    /// Decimals of its figures.
    pub decimals: u8,
    /// Days from the newest figure to the day.
    pub age: Option<i64>,
    /// For a figure that was recorded when an evaluation was issued: what the data say of that day now, when it is another.
    pub later: Option<Later>,
}

/// What the data say now of a figure that was recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Later {
    /// Nothing any more.
    Gone,
    /// Another value.
    Changed(f64),
}

/// What an objective lacks to be SMART.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// A metric with a value to reach.
    Target,
    /// The value before the work began.
    Baseline,
    /// The day of that value.
    BaselineDate,
    /// The day on which it should be reached.
    Deadline,
    /// Somebody who answers for it.
    Owner,
    /// The objective of the organisation that it serves.
    Parent,
}

impl Lack {
    /// Its key in the words of the site.
    pub fn word(self) -> &'static str {
        match self {
            Lack::Target => "smart_target",
            Lack::Baseline => "smart_baseline",
            Lack::BaselineDate => "smart_baseline_date",
            Lack::Deadline => "smart_deadline",
            Lack::Owner => "smart_owner",
            Lack::Parent => "smart_parent",
        }
    }
}

/// How many targets are in each state, in the order of [`Status::ALL`]; states of none are left out.
pub fn tally(goals: &[Goal]) -> Vec<(Status, usize)> {
    let aims = || goals.iter().flat_map(|goal| &goal.aims);
    let count = |status: Status| aims().filter(|aim| aim.progress.status == status).count();
    Status::ALL.into_iter().map(|status| (status, count(status))).filter(|(_, count)| *count > 0).collect()
}

/// The state of an objective: that of its target that is farthest behind, as far as they can be judged; `None` without targets.
pub fn state(goal: &Goal) -> Option<Status> {
    let judged = |status: &Status| !matches!(status, Status::Stale | Status::NoData | Status::Underway);
    let states = || goal.aims.iter().map(|aim| aim.progress.status);
    states().filter(judged).max().or_else(|| states().max())
}

/// The active objectives.
pub fn active_objectives(book: Book<'_>) -> Vec<EntityId> {
    book.of_kind("objective").filter(|(_, entity)| book.is_active(entity)).map(|(id, _)| id).collect()
}

/// These objectives in the order of their tree (`order:` among siblings), as they stood at the end of a day.
pub fn goals(book: Book<'_>, objectives: &[EntityId], day: Date) -> Vec<Goal> {
    let chosen: BTreeSet<EntityId> = objectives.iter().copied().collect();
    let mut children: BTreeMap<Option<EntityId>, Vec<EntityId>> = BTreeMap::new();
    for id in objectives {
        let parent = parent(book, *id).filter(|parent| chosen.contains(parent) && parent != id);
        children.entry(parent).or_default().push(*id);
    }
    for siblings in children.values_mut() {
        siblings.sort_by_key(|id| (rank(book, *id), *id));
        siblings.dedup();
    }
    let mut ordered: Vec<(EntityId, usize)> = Vec::new();
    let mut seen = BTreeSet::new();
    // Objectives that contribute to each other in a circle hang on no root: they follow at the end.
    let roots = children.get(&None).into_iter().flatten().chain(objectives);
    for root in roots {
        let mut open = vec![(*root, 0)];
        while let Some((id, depth)) = open.pop() {
            if seen.insert(id) {
                ordered.push((id, depth));
                let below = children.get(&Some(id)).into_iter().flatten().rev();
                open.extend(below.map(|child| (*child, depth + 1)));
            }
        }
    }
    ordered.into_iter().map(|(id, depth)| Goal { id, depth, aims: aims(book, id, day) }).collect()
}

/// The targets of an objective at the end of a day.
pub fn aims(book: Book<'_>, objective: EntityId, day: Date) -> Vec<Aim> {
    let Some(entity) = book.entity(objective) else { return Vec::new() };
    targets(book.kinds, entity).into_iter().filter_map(|target| aim(book, target, day)).collect()
}

/// A target at the end of a day; `None` when its metric is not to be seen.
pub fn aim(book: Book<'_>, target: Target, day: Date) -> Option<Aim> {
    let metric = super::metric(book.kinds, book.entity(target.metric)?)?;
    let measured = book.measurement(target.metric);
    let known: Option<Quantity> = measured.map(|measured| measured.quantity.until(day));
    // At the end of a day that is past, the period that ends with it is over.
    let seen = if day < book.today { Grain::Day.after(day, 1) } else { day };
    let as_of = measured.and_then(|measured| measured.as_of);
    let read = known.as_ref().and_then(|quantity| reading(&metric, quantity, as_of, seen));
    let usual = thresholds(book.kinds, book.setting("thresholds"));
    let progress = progress(&metric, known.as_ref(), read.as_ref(), &target, usual, day);
    let decimals = match (&known, &read) {
        (Some(quantity), Some(read)) => {
            quantity.resampled(read.grain).map_or(quantity.decimals(), |joined| joined.decimals())
        }
        _ => target.decimals,
    };
    let age = known.as_ref().zip(read.as_ref()).map(|(quantity, read)| {
        let until = quantity.grain.end(read.newest).min(day);
        number_of(day) - number_of(until)
    });
    Some(Aim { target, metric, reading: read, progress, decimals, age, later: None })
}

/// What an objective lacks to be SMART, each once.
pub fn lacks(book: Book<'_>, objective: EntityId) -> Vec<Lack> {
    let Some(entity) = book.entity(objective) else { return Vec::new() };
    let Some(fields) = Fields::of(book.kinds, entity, "objective") else { return Vec::new() };
    let wanted = targets(book.kinds, entity);
    let mut lacks = BTreeSet::new();
    if wanted.is_empty() {
        lacks.insert(Lack::Target);
    }
    lacks.extend(wanted.iter().flat_map(lacks_of_target));
    if fields.edges("owner").is_empty() {
        lacks.insert(Lack::Owner);
    }
    if fields.choice("kind") != Some("organisation") && fields.edges("parent").is_empty() {
        lacks.insert(Lack::Parent);
    }
    lacks.into_iter().collect()
}

/// What a target lacks to tell how far one should be.
pub fn lacks_of_target(target: &Target) -> Vec<Lack> {
    let mut lacks = Vec::new();
    match (target.baseline, target.since) {
        (None, _) => lacks.push(Lack::Baseline),
        (Some(_), None) => lacks.push(Lack::BaselineDate),
        _ => {}
    }
    if target.by.is_none() {
        lacks.push(Lack::Deadline);
    }
    lacks
}

/// The objective above.
pub fn parent(book: Book<'_>, objective: EntityId) -> Option<EntityId> {
    let fields = Fields::of(book.kinds, book.entity(objective)?, "objective")?;
    fields.edges("parent").first().map(|edge| edge.target)
}

/// The wished place among siblings, in thousandths.
fn rank(book: Book<'_>, id: EntityId) -> i64 {
    let fields = book.entity(id).and_then(|entity| Fields::any(book.kinds, entity));
    match fields.as_ref().and_then(|fields| fields.value("order")) {
        Some(Value::Number { value, .. }) => (*value * 1000.0) as i64,
        _ => i64::MAX,
    }
}

#[cfg(test)]
mod tests;
