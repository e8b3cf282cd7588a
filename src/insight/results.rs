//! The chain of results of each objective: what is put in, what goes out, what people make of it, what changes, and what the organisation has of it; and where the chain stops.

use super::fields::Fields;
use super::{Book, Goal, parent, targets};
use crate::model::EntityId;

/// What a metric measures, from what is put in to what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Money, hours.
    Input,
    /// What was published, and whom it reached.
    Output,
    /// What people noticed or did at once.
    Outtake,
    /// What they know, think or do now.
    Outcome,
    /// What the organisation has of it.
    Impact,
}

impl Level {
    /// All of them, in the order of the chain.
    pub const ALL: [Level; 5] = [Level::Input, Level::Output, Level::Outtake, Level::Outcome, Level::Impact];

    /// Name of the choice in the kind file.
    pub fn name(self) -> &'static str {
        match self {
            Level::Input => "input",
            Level::Output => "output",
            Level::Outtake => "outtake",
            Level::Outcome => "outcome",
            Level::Impact => "impact",
        }
    }
}

/// How a metric belongs to an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// It is in one of its targets.
    Own,
    /// It is of a channel that serves it.
    Channel(EntityId),
    /// It is in a target of an objective that contributes to it.
    Below(EntityId),
    /// It is in a target of the objective to which it contributes.
    Above(EntityId),
}

/// A metric in a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    /// The metric.
    pub metric: EntityId,
    /// Its level.
    pub level: Level,
    /// Why it is in the chain.
    pub via: Via,
    /// Whether it has figures.
    pub measured: bool,
}

/// The chain of an objective.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The objective.
    pub objective: EntityId,
    /// Its metrics, each once, in the order of the levels.
    pub rings: Vec<Ring>,
    /// The farthest level with figures that the objective itself reaches, by its targets, its channels or what contributes to it; what is put in is no result.
    pub reaches: Option<Level>,
}

/// The level of a metric, when its author says it.
pub fn level(book: Book<'_>, metric: EntityId) -> Option<Level> {
    let fields = Fields::of(book.kinds, book.entity(metric)?, "metric")?;
    let name = fields.choice("level")?;
    Level::ALL.into_iter().find(|level| level.name() == name)
}

/// The chains of these objectives.
pub fn chains(book: Book<'_>, goals: &[Goal]) -> Vec<Chain> {
    goals.iter().map(|goal| chain(book, goal.id)).collect()
}

/// The chain of an objective.
pub fn chain(book: Book<'_>, objective: EntityId) -> Chain {
    let mut rings: Vec<Ring> = Vec::new();
    let mut add = |metric: EntityId, via: Via| {
        let lens = book.entity(metric).and_then(|entity| super::metric(book.kinds, entity));
        let is_active = lens.is_some_and(|metric| metric.active);
        if let Some(level) = level(book, metric).filter(|_| is_active)
            && rings.iter().all(|ring| ring.metric != metric)
        {
            rings.push(Ring { metric, level, via, measured: book.measurement(metric).is_some() });
        }
    };
    let wanted = |id: EntityId| {
        let entity = book.entity(id).filter(|entity| book.is_active(entity));
        entity.map(|entity| targets(book.kinds, entity)).unwrap_or_default()
    };
    wanted(objective).iter().for_each(|target| add(target.metric, Via::Own));
    for channel in book.related(objective, "channels") {
        let metrics = book.related(channel, "metrics");
        metrics.into_iter().for_each(|metric| add(metric, Via::Channel(channel)));
    }
    for below in book.related(objective, "subobjectives") {
        wanted(below).iter().for_each(|target| add(target.metric, Via::Below(below)));
    }
    if let Some(above) = parent(book, objective) {
        wanted(above).iter().for_each(|target| add(target.metric, Via::Above(above)));
    }
    rings.sort_by_key(|ring| ring.level);
    let counts =
        |ring: &&Ring| ring.measured && ring.level > Level::Input && !matches!(ring.via, Via::Above(_));
    let reaches = rings.iter().filter(counts).map(|ring| ring.level).max();
    Chain { objective, rings, reaches }
}

#[cfg(test)]
mod tests;
