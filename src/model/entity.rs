//! Entities and the playbook, before and after names are resolved. The phase is in the type: nothing can be planned from an unchecked name.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

use super::{KindId, Kinds, Readerships, Value};
use crate::syntax::Prose;
use crate::text::{FilePath, Place, SourceId, Span};

/// What a link is: a name ([`Named`]) or an entity ([`Resolved`]).
pub trait Phase: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// The target of a link.
    type Link: Clone + Debug + PartialEq + Send + Sync;
    /// Where a hole of a prose leads.
    type End: Clone + Debug + PartialEq + Send + Sync;
}

/// As written: links are names.
#[derive(Clone, Debug, PartialEq)]
pub struct Named;

/// Checked: links are entities.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved;

/// No value exists: a named prose has no ends yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Never {}

impl Phase for Named {
    type Link = String;
    type End = Never;
}

impl Phase for Resolved {
    type Link = EntityId;
    type End = Destination;
}

/// Index of an entity in [`Playbook::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Where a link or a picture of a prose leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    /// A hole that is no link.
    None,
    /// A heading of the same text.
    Anchor(String),
    /// An entity, perhaps a heading of it.
    Entity(EntityId, String),
    /// The index page of a kind (a link to a list file or to the folder of a kind).
    Kind(KindId),
    /// The home page.
    Home,
    /// A file that is published as it is.
    File(FilePath),
    /// Nothing: the finding is made, the text stays.
    Nowhere,
    /// Something that the edition does not show: neither its address nor its name may appear.
    Hidden,
}

/// A Markdown text with the ends of its holes, one for each in a resolved playbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage<P: Phase> {
    /// The text.
    pub prose: Arc<Prose>,
    /// Ends of the holes of `prose`, same order; empty before resolving.
    pub ends: Vec<P::End>,
}

/// One end of a relation as written in a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge<P: Phase> {
    /// The other entity.
    pub target: P::Link,
    /// What the relation is for.
    pub note: Option<String>,
    /// Where the name stands.
    pub span: Span,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<P: Phase> {
    /// The value.
    pub value: Value<P>,
    /// Its place.
    pub span: Span,
}

/// Fields by their index in the kind's (or record type's) list, in that order, each at most once.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<P: Phase> {
    /// Index and value.
    pub fields: Vec<(u16, Item<P>)>,
}

impl<P: Phase> Default for Record<P> {
    fn default() -> Self {
        Self { fields: Vec::new() }
    }
}

impl<P: Phase> Record<P> {
    /// The value of the field with this index.
    pub fn value(&self, index: u16) -> Option<&Item<P>> {
        self.fields.iter().find(|(field, _)| *field == index).map(|(_, item)| item)
    }
}

/// One objective, channel, person, page …
#[derive(Clone, Debug, PartialEq)]
pub struct Entity<P: Phase> {
    /// What it is.
    pub kind: KindId,
    /// Its id within the kind; for an article the path without extension.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// The file.
    pub file: FilePath,
    /// The source of that file.
    pub source: SourceId,
    /// What findings about the entity as a whole point at: its title, key or first line.
    pub span: Span,
    /// Whether the file holds nothing else.
    pub alone: bool,
    /// Its fields.
    pub record: Record<P>,
    /// The Markdown below the front matter.
    pub prose: Option<Passage<P>>,
    /// Editions that show it.
    pub seen_by: Readerships,
}

impl<P: Phase> Entity<P> {
    /// Where findings about the entity point.
    pub fn place(&self) -> Place {
        Place::Span(self.span)
    }

    /// The value of a field by its canonical name.
    pub fn field<'a>(&'a self, kinds: &Kinds, name: &str) -> Option<&'a Item<P>> {
        let index = kinds.kind(self.kind)?.index(name)?;
        self.record.value(index)
    }

    /// The text of a text field by its canonical name.
    pub fn text<'a>(&'a self, kinds: &Kinds, name: &str) -> Option<&'a str> {
        match &self.field(kinds, name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// All entities of a playbook.
#[derive(Clone, Debug)]
pub struct Playbook<P: Phase> {
    /// What entities are made of.
    pub kinds: Arc<Kinds>,
    /// The settings, read by the engine of kinds.
    pub settings: Record<P>,
    /// The file of the settings.
    pub settings_span: Option<Span>,
    /// The entities in the order of their files.
    pub entities: Vec<Entity<P>>,
    /// Text of the home page: README or index of the root.
    pub welcome: Option<Entity<P>>,
    /// Fields of entities (by their index in the kind) in which something stands that could not be understood and was told: rules do not ask for it once more.
    pub unsettled: BTreeSet<(EntityId, u16)>,
}

impl<P: Phase> Playbook<P> {
    /// The entity with this id; `None` only for an id of another run.
    pub fn entity(&self, id: EntityId) -> Option<&Entity<P>> {
        self.entities.get(id.0 as usize)
    }

    /// Ids and entities in order.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity<P>)> {
        self.entities.iter().enumerate().map(|(index, entity)| (EntityId(index as u32), entity))
    }

    /// A field of the settings by its canonical name.
    pub fn setting(&self, name: &str) -> Option<&Item<P>> {
        let index = self.kinds.settings.iter().position(|field| field.name == name)?;
        self.settings.value(u16::try_from(index).ok()?)
    }

    /// A text of the settings by its canonical name.
    pub fn setting_text(&self, name: &str) -> Option<&str> {
        match &self.setting(name)?.value {
            Value::Text(text) | Value::Url(text) => Some(text),
            _ => None,
        }
    }

    /// Every Markdown text: of the home page, of entities, of their fields, of the settings.
    pub fn for_each_passage(&self, act: &mut dyn FnMut(&Passage<P>)) {
        for entity in self.welcome.iter().chain(&self.entities) {
            if let Some(passage) = &entity.prose {
                act(passage);
            }
            for (_, item) in &entity.record.fields {
                passages_in(&item.value, act);
            }
        }
        for (_, item) in &self.settings.fields {
            passages_in(&item.value, act);
        }
    }
}

fn passages_in<P: Phase>(value: &Value<P>, act: &mut dyn FnMut(&Passage<P>)) {
    match value {
        Value::Markdown(passage) => act(passage),
        Value::List(items) => items.iter().for_each(|item| passages_in(&item.value, act)),
        Value::Record(record) => record.fields.iter().for_each(|(_, item)| passages_in(&item.value, act)),
        _ => {}
    }
}
