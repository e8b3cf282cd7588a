//! A playbook in memory with its figures, for the tests of views that need them.

use super::Book;
use crate::model::EntityId;
use crate::pipeline::{self, Checked};
use crate::world::{Date, MemoryWorld};

/// A playbook with its figures.
pub(crate) struct Sample {
    pub checked: Checked,
    pub today: Date,
}

impl Sample {
    /// The playbook of these files on 22 November 2026.
    pub fn new<const N: usize>(files: [(&str, &str); N]) -> Self {
        let today = Date::constant(2026, 11, 22);
        Self { checked: pipeline::check(&MemoryWorld::new(files, today)), today }
    }

    /// What views and rules are worked out from.
    pub fn book(&self) -> Book<'_> {
        let Checked { playbook, graph, plates, .. } = &self.checked;
        Book::whole(playbook, graph, plates, self.today)
    }

    /// The entity of a kind with this id.
    pub fn id(&self, kind: &str, id: &str) -> EntityId {
        let mut found = self.book().of_kind(kind).filter(|(_, entity)| entity.id == id);
        found.next().expect("an entity").0
    }

    /// Whether a code was found, with the English message.
    pub fn told(&self, code: &str) -> Vec<&str> {
        let of_code = self.checked.findings.iter().filter(|finding| finding.code.id == code);
        of_code.map(|finding| finding.message.en.as_str()).collect()
    }
}
