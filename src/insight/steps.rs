//! The lens on the steps of procedures.

use super::fields::Fields;
use crate::model::{Entity, EntityId, Kinds, Resolved, Value};
use crate::text::Spanned;

/// A step of a procedure with the roles that take part in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub name: Spanned<String>,
    /// Who does it.
    pub responsible: Vec<EntityId>,
    /// Who answers for it.
    pub accountable: Vec<EntityId>,
    /// Who is asked first.
    pub consulted: Vec<EntityId>,
    /// Who is told afterwards.
    pub informed: Vec<EntityId>,
}

/// The steps of an entity; none for other kinds than procedure.
pub fn steps(kinds: &Kinds, entity: &Entity<Resolved>) -> Vec<Step> {
    let Some(fields) = Fields::of(kinds, entity, "procedure") else { return Vec::new() };
    let read = |step: Fields<'_, Resolved>| {
        let raci = step.record("raci");
        let roles = |duty: &str| match raci.as_ref().and_then(|raci| raci.value(duty)) {
            Some(Value::Link(edge)) => vec![edge.target],
            Some(Value::Links(edges)) => edges.iter().map(|edge| edge.target).collect(),
            _ => Vec::new(),
        };
        Some(Step {
            name: step.text("do")?,
            responsible: roles("responsible"),
            accountable: roles("accountable"),
            consulted: roles("consulted"),
            informed: roles("informed"),
        })
    };
    fields.records("steps").filter_map(|(step, _)| read(step)).collect()
}
