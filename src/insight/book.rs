//! What every view and every rule is worked out from: a playbook, or what an edition shows of it, with its relations, its figures and today's date.

use crate::edition::Edition;
use crate::model::{Entity, EntityId, Item, Kinds, Playbook, Resolved};
use crate::relations::Graph;
use crate::series::Quantity;
use crate::world::Date;

use super::Metric;

/// The figures of a metric.
#[derive(Clone, Copy, Debug)]
pub struct Measurement<'a> {
    /// The metric.
    pub metric: &'a Metric,
    /// Its values.
    pub quantity: &'a Quantity,
    /// The day up to which the data were complete when they were exported, where the export says it.
    pub as_of: Option<Date>,
}

/// Who has the figures: whatever reads the data.
pub trait Measurements: Sync {
    /// The figures of a metric that has any.
    fn measurement(&self, metric: EntityId) -> Option<Measurement<'_>>;
    /// What the exports of its platform say that a channel published.
    fn published(&self, channel: EntityId) -> Option<&Published>;
}

/// The posts that an export holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day of each, in order.
    pub days: Vec<Date>,
    /// Up to which day the export tells.
    pub until: Date,
}

impl Published {
    /// How many went out from one day to another; `None` when the export does not reach over all of it.
    pub fn within(&self, first: Date, last: Date) -> Option<usize> {
        let begins = self.days.first().is_some_and(|day| *day <= first);
        (begins && last <= self.until)
            .then(|| self.days.iter().filter(|day| (first..=last).contains(*day)).count())
    }
}

/// A playbook, or what an edition shows of it. Cheap to copy; a view that is given the book of an edition cannot tell more than its pages.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    /// What entities are made of.
    pub kinds: &'a Kinds,
    /// The relations among the entities.
    pub graph: &'a Graph,
    /// The day for which everything is worked out.
    pub today: Date,
    of: Of<'a>,
    figures: &'a dyn Measurements,
}

#[derive(Clone, Copy)]
enum Of<'a> {
    Whole(&'a Playbook<Resolved>),
    Edition(&'a Edition),
}

impl<'a> Book<'a> {
    /// Everything: for rules.
    pub fn whole(
        playbook: &'a Playbook<Resolved>,
        graph: &'a Graph,
        figures: &'a dyn Measurements,
        today: Date,
    ) -> Self {
        Self { kinds: &playbook.kinds, graph, today, of: Of::Whole(playbook), figures }
    }

    /// What an edition shows: for pages.
    pub fn edition(edition: &'a Edition, figures: &'a dyn Measurements, today: Date) -> Self {
        Self { kinds: edition.kinds(), graph: edition.graph(), today, of: Of::Edition(edition), figures }
    }

    /// The same as of another day.
    pub fn on(self, today: Date) -> Self {
        Self { today, ..self }
    }

    /// An entity, if it is to be seen.
    pub fn entity(self, id: EntityId) -> Option<&'a Entity<Resolved>> {
        match self.of {
            Of::Whole(playbook) => playbook.entity(id),
            Of::Edition(edition) => edition.entity(id),
        }
    }

    /// All entities in order.
    pub fn iter(self) -> Box<dyn Iterator<Item = (EntityId, &'a Entity<Resolved>)> + 'a> {
        match self.of {
            Of::Whole(playbook) => Box::new(playbook.iter()),
            Of::Edition(edition) => Box::new(edition.iter()),
        }
    }

    /// All entities of a kind, in order.
    pub fn of_kind(self, kind: &str) -> impl Iterator<Item = (EntityId, &'a Entity<Resolved>)> + use<'a> {
        let id = self.kinds.named(kind).map(|kind| kind.id);
        self.iter().filter(move |(_, entity)| Some(entity.kind) == id)
    }

    /// Whether no entity of a kind is hidden from this book: only then does what is missing in it say anything.
    pub fn shows_all(self, kind: &str) -> bool {
        match (self.of, self.kinds.named(kind)) {
            (Of::Edition(edition), Some(kind)) => edition.shows_all(kind.id),
            _ => true,
        }
    }

    /// Name of an entity's kind.
    pub fn kind_of(self, id: EntityId) -> &'a str {
        self.entity(id).and_then(|entity| self.kinds.kind(entity.kind)).map_or("", |kind| kind.name.as_str())
    }

    /// The entities at the other end of a relation, by the name that it has on this side: a field (`uses`), a path (`targets.metric`) or the name of an inverse (`posts`).
    pub fn related(self, id: EntityId, name: &str) -> Vec<EntityId> {
        let graph = self.graph;
        let mut others: Vec<EntityId> = graph
            .arrows(id)
            .iter()
            .filter(|arrow| graph.name(arrow) == name)
            .map(|arrow| arrow.other)
            .collect();
        others.sort();
        others.dedup();
        others
    }

    /// A field of the settings by its canonical name.
    pub fn setting(self, name: &str) -> Option<&'a Item<Resolved>> {
        match self.of {
            Of::Whole(playbook) => playbook.setting(name),
            Of::Edition(edition) => edition.setting(name),
        }
    }

    /// Whether an entity is alive: neither draft, paused nor retired.
    pub fn is_active(self, entity: &Entity<Resolved>) -> bool {
        super::fields::Fields::any(self.kinds, entity)
            .and_then(|fields| fields.choice("status"))
            .is_none_or(|status| status == "active")
    }

    /// Whether something in this field of an entity could not be understood and was told; nothing more is known of it.
    pub fn is_unsettled(self, id: EntityId, field: u16) -> bool {
        matches!(self.of, Of::Whole(playbook) if playbook.unsettled.contains(&(id, field)))
    }

    /// What the exports of its platform say that a channel published.
    pub fn published(self, channel: EntityId) -> Option<&'a Published> {
        self.figures.published(channel)
    }

    /// The figures of a metric, if they are to be seen.
    pub fn measurement(self, id: EntityId) -> Option<Measurement<'a>> {
        shows_figures(self.kinds, self.entity(id)?).then(|| self.figures.measurement(id))?
    }
}

/// Whether what is left of a metric holds its figures: an edition may hide the fields in which they stand.
pub fn shows_figures(kinds: &Kinds, metric: &Entity<Resolved>) -> bool {
    ["source", "values", "formula"].iter().any(|field| metric.field(kinds, field).is_some())
}
