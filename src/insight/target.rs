//! The lens on the targets of objectives.

use super::fields::Fields;
use crate::model::{Entity, EntityId, Kinds, Resolved, Value};
use crate::text::Span;
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
    /// The value before the work began.
    pub baseline: Option<f64>,
    /// The day of that value: as written, else the first day of the objective's period.
    pub since: Option<Date>,
    /// Values expected on the way, in order; none for steady progress.
    pub milestones: Vec<(Date, f64)>,
    /// Whether the value is reached by adding up all periods since the baseline, when the author says so.
    pub total: Option<bool>,
    /// Where it is written.
    pub span: Span,
}

/// The targets of an entity; none for other kinds than objective.
pub fn targets(kinds: &Kinds, entity: &Entity<Resolved>) -> Vec<Target> {
    let Some(fields) = Fields::of(kinds, entity, "objective") else { return Vec::new() };
    let begins = match fields.value("period") {
        Some(Value::Period(period)) => period.days().map(|(first, _)| first),
        _ => None,
    };
    fields
        .records("targets")
        .filter_map(|(target, item)| {
            let Value::Link(edge) = target.value("metric")? else { return None };
            let Value::Band { min, max, decimals } = target.value("value")? else { return None };
            let mut milestones: Vec<(Date, f64)> = target
                .records("milestones")
                .filter_map(|(step, _)| Some((step.date("date")?, step.number("value")?)))
                .collect();
            milestones.sort_by_key(|(date, _)| *date);
            if target.choice("path") == Some("linear") {
                milestones.clear();
            }
            Some(Target {
                metric: edge.target,
                min: *min,
                max: *max,
                decimals: *decimals,
                by: target.date("by"),
                baseline: target.number("baseline"),
                since: target.date("baseline_date").or(begins),
                milestones,
                total: target.choice("counted").map(|counted| counted == "total"),
                span: item.span,
            })
        })
        .collect()
}
