//! A playbook in memory for the tests of views and rules.

use std::collections::BTreeMap;

use super::{Book, Measurement, Measurements, Published};
use crate::model::{EntityId, Playbook, Resolved};
use crate::relations::Graph;
use crate::world::{Date, MemoryWorld};

/// A resolved playbook with its relations and without figures.
pub(crate) struct Sample {
    pub playbook: Playbook<Resolved>,
    pub graph: Graph,
    pub today: Date,
    /// What exports say that channels published.
    pub published: BTreeMap<EntityId, Published>,
}

impl Sample {
    /// The playbook of these files on 1 June 2026.
    pub fn new<const N: usize>(files: [(&str, &str); N]) -> Self {
        let today = Date::constant(2026, 6, 1);
        let draft = crate::read::read(&MemoryWorld::new(files, today)).value;
        let playbook = crate::resolve::resolve(draft.playbook, &draft.files).value;
        let graph = Graph::of(&playbook.kinds, playbook.entities.iter().map(Some));
        Self { playbook, graph, today, published: BTreeMap::new() }
    }

    /// What views and rules are worked out from.
    pub fn book(&self) -> Book<'_> {
        Book::whole(&self.playbook, &self.graph, self, self.today)
    }

    /// The entity of a kind with this id.
    pub fn id(&self, kind: &str, id: &str) -> EntityId {
        let mut found = self.book().of_kind(kind).filter(|(_, entity)| entity.id == id);
        found.next().expect("an entity").0
    }
}

impl Measurements for Sample {
    fn measurement(&self, _: EntityId) -> Option<Measurement<'_>> {
        None
    }

    fn published(&self, channel: EntityId) -> Option<&Published> {
        self.published.get(&channel)
    }
}
