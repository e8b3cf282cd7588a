//! Floor 7: what is legal and yet unwise. One file a rule; rules that are data are evaluated by `rules`.

mod metrics;
mod rules;

pub use metrics::{CODES, check as metrics};

use crate::finding::Finding;
use crate::model::{Playbook, Resolved};
use crate::relations::Graph;

/// All findings about a resolved playbook.
pub fn lint(playbook: &Playbook<Resolved>, graph: &Graph) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules::check(playbook, graph, &mut findings);
    findings
}
