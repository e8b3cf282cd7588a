//! The lens on the targets of objectives.

use crate::model::{Entity, EntityId, Kinds, Resolved, Value};
use crate::world::Date;

/// What an objective wants of a metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The metric.
    pub metric: EntityId,
    /// Lower bound of what is wanted (equal to the upper one for a single number).
    pub min: f64,
    /// Upper bound.
    pub max: f64,
    /// Decimals as written.
    pub decimals: u8,
    /// Until when.
    pub by: Option<Date>,
}

/// The targets of an entity; none for other kinds than objective.
pub fn targets(kinds: &Kinds, entity: &Entity<Resolved>) -> Vec<Target> {
    let Some(kind) = kinds.kind(entity.kind).filter(|kind| kind.name == "objective") else {
        return Vec::new();
    };
    let Some((index, field)) = kind.field("targets") else { return Vec::new() };
    let fields = field.shape.record().unwrap_or_default();
    let part = |name: &str| {
        fields.iter().position(|field| field.name == name).and_then(|index| u16::try_from(index).ok())
    };
    let (Some(metric), Some(value), Some(by)) = (part("metric"), part("value"), part("by")) else {
        return Vec::new();
    };
    let Some(Value::List(items)) = entity.record.value(index).map(|item| &item.value) else {
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item| {
            let Value::Record(record) = &item.value else { return None };
            let Value::Link(edge) = &record.value(metric)?.value else { return None };
            let Value::Band { min, max, decimals } = record.value(value)?.value else { return None };
            let by = match record.value(by).map(|item| &item.value) {
                Some(Value::Date(date)) => Some(*date),
                _ => None,
            };
            Some(Target { metric: edge.target, min, max, decimals, by })
        })
        .collect()
}
