//! Floor 6: what follows from a resolved playbook. Here live the lenses, the only code that names fields of kinds; a test holds them against the kind files.

mod accepted;
mod book;
mod called;
pub mod chain;
#[cfg(test)]
pub(crate) mod checked;
mod crossing;
mod facet;
mod fields;
mod metric;
mod occurrence;
mod reading;
#[cfg(test)]
pub(crate) mod sample;
mod scorecard;
mod selection;
mod steps;
mod target;
mod tree;
mod urgent;

pub use accepted::{Accepted, accepted};
pub use book::{Book, Measurement, Measurements, shows_figures};
pub use called::Called;
pub use crossing::{Crossings, crossings, is_related};
pub use facet::{Facet, Side, kind_called, names_of_kind, sides};
pub use metric::{Figures, Good, Metric, Thresholds, formula_in_words, is_series, metric, thresholds};
pub use occurrence::{OCCURRING, Occurrence, occurrence};
pub use reading::{Comparison, Progress, Reading, Status, cut_off, is_total, progress, reading};
pub use scorecard::{
    Aim, Goal, Lack, active_objectives, aim, aims, goals, lacks, lacks_of_target, parent, state, tally,
};
pub use selection::{Condition, Selection, Wanted};
pub use steps::{Step, steps};
pub use target::{Target, targets};
pub use tree::{Branch, tree};
pub use urgent::{PAIRS, URGENT, is_pair, urgency};

/// Fields that lenses name: kind, path. The test below and the kind files must agree.
pub const NAMED: &[(&str, &str)] = &[
    ("objective", "parent"),
    ("audience", "channels"),
    ("objective", "accept"),
    ("objective", "accept.code"),
    ("objective", "accept.until"),
    ("metric", "source"),
    ("metric", "column"),
    ("metric", "date_column"),
    ("metric", "formula.num"),
    ("metric", "formula.den"),
    ("metric", "formula.text"),
    ("metric", "values"),
    ("metric", "values.date"),
    ("metric", "values.value"),
    ("metric", "unit"),
    ("metric", "kind"),
    ("metric", "good"),
    ("metric", "count_column"),
    ("metric", "frequency"),
    ("metric", "headline"),
    ("metric", "status"),
    ("metric", "thresholds.on_track"),
    ("metric", "thresholds.at_risk"),
    ("metric", "breaks"),
    ("metric", "breaks.date"),
    ("metric", "breaks.note"),
    ("objective", "targets"),
    ("objective", "targets.metric"),
    ("objective", "targets.value"),
    ("objective", "targets.by"),
    ("objective", "targets.baseline"),
    ("objective", "targets.baseline_date"),
    ("objective", "targets.counted"),
    ("objective", "targets.path"),
    ("objective", "targets.milestones"),
    ("objective", "targets.milestones.date"),
    ("objective", "targets.milestones.value"),
    ("objective", "period"),
    ("objective", "parent"),
    ("objective", "owner"),
    ("objective", "kind"),
    ("objective", "order"),
    ("procedure", "steps"),
    ("procedure", "steps.do"),
    ("procedure", "steps.raci"),
    ("procedure", "steps.raci.responsible"),
    ("procedure", "steps.raci.accountable"),
    ("procedure", "steps.raci.consulted"),
    ("procedure", "steps.raci.informed"),
];

#[cfg(test)]
mod tests {
    use crate::model::Field;

    fn has(fields: &[Field], path: &str) -> bool {
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let field = fields.iter().find(|field| field.name == name);
        field.is_some_and(|field| rest.is_empty() || has(field.shape.record().unwrap_or_default(), rest))
    }

    #[test]
    fn lenses_name_fields_that_exist() {
        let kinds = crate::model::builtin(&mut Vec::new());
        let pairs = super::PAIRS.iter().flat_map(|(kind, one, two)| [(*kind, *one), (*kind, *two)]);
        let occurring =
            super::OCCURRING.iter().flat_map(|(kind, first, last)| [(*kind, *first), (*kind, *last)]);
        let named = super::NAMED.iter().chain(super::URGENT).copied().chain(pairs).chain(occurring);
        for (kind, path) in named {
            let kind = kinds.named(kind).expect("a kind");
            assert!(has(&kind.fields, path), "{}.{path}", kind.name);
        }
    }
}
