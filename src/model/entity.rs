//! Entities and the playbook, before and after names are resolved. The phase is in the type: nothing can be planned from an unchecked name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::Arc;

use super::{KindId, Kinds, Readerships, Value};
use crate::finding::Words;
use crate::syntax::Prose;
use crate::text::{FilePath, Place, SourceId, Span, Spanned};

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
    /// Where the prose stands: `source`, unless it is translated.
    pub prose_source: SourceId,
    /// Its name in the language of the source, where it bears another: texts may still call it so.
    pub source_title: Option<String>,
    /// Editions that show it.
    pub seen_by: Readerships,
}

impl<P: Phase> Entity<P> {
    /// Where findings about the entity point.
    pub fn place(&self) -> Place {
        Place::Span(self.span)
    }

    /// The names by which a text may call it: its own, and that in the language of the source.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.source_title.as_deref())
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
    /// The further languages of the playbook, in their order.
    pub versions: Vec<Version<P>>,
    /// Which texts are translated, when this is a playbook in a further language ([`Playbook::within`]).
    pub translated: Option<Arc<Translated>>,
    /// Fields of entities (by their index in the kind) in which something stands that could not be understood and was told: rules do not ask for it once more.
    pub unsettled: BTreeSet<(EntityId, u16)>,
    /// Lists of entities of a kind that could not be read whole: what is not found may stand there. The first of each kind.
    pub broken: BTreeMap<KindId, FilePath>,
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

impl Playbook<Resolved> {
    /// The playbook in one of its further languages: the same entities, with the texts that are translated in place of those of the source.
    ///
    /// Who sees what, what points at what and every fact are those of the source.
    pub fn within(&self, version: &Version<Resolved>) -> Playbook<Resolved> {
        let mut playbook = Playbook {
            kinds: self.kinds.clone(),
            settings: version.settings.clone().unwrap_or_else(|| self.settings.clone()),
            settings_span: self.settings_span,
            entities: self
                .iter()
                .map(|(id, entity)| version.entities.get(&id).unwrap_or(entity).clone())
                .collect(),
            welcome: version.welcome.clone().or_else(|| self.welcome.clone()),
            versions: Vec::new(),
            translated: Some(version.translated.clone()),
            unsettled: self.unsettled.clone(),
            broken: self.broken.clone(),
        };
        playbook.mend_anchors(self);
        playbook
    }

    /// A link to a heading that is now called otherwise leads to the heading in its place; where the headings are others, to the top of the page.
    fn mend_anchors(&mut self, source: &Playbook<Resolved>) {
        let mut moved: BTreeMap<EntityId, (Arc<Prose>, Arc<Prose>)> = BTreeMap::new();
        for (id, entity) in self.iter() {
            let old = source.entity(id).and_then(|entity| entity.prose.as_ref());
            if let (Some(old), Some(new)) = (old, &entity.prose)
                && !Arc::ptr_eq(&old.prose, &new.prose)
            {
                moved.insert(id, (old.prose.clone(), new.prose.clone()));
            }
        }
        if moved.is_empty() {
            return;
        }
        let mend = |id: EntityId, anchor: &mut String| {
            if let Some((old, new)) = moved.get(&id).filter(|_| !anchor.starts_with("field:")) {
                *anchor = counterpart(old, new, anchor).unwrap_or_default();
            }
        };
        for (index, entity) in self.entities.iter_mut().enumerate() {
            let own = EntityId(index as u32);
            entity.for_each_passage_mut(&mut |passage| {
                for end in &mut passage.ends {
                    match end {
                        Destination::Entity(id, anchor) => mend(*id, anchor),
                        Destination::Anchor(anchor) => mend(own, anchor),
                        _ => {}
                    }
                }
            });
        }
        let welcome = self.welcome.iter_mut();
        let passages = &mut |passage: &mut Passage<Resolved>| {
            for end in &mut passage.ends {
                if let Destination::Entity(id, anchor) = end {
                    mend(*id, anchor);
                }
            }
        };
        welcome.for_each(|welcome| welcome.for_each_passage_mut(passages));
        self.settings.fields.iter_mut().for_each(|(_, item)| passages_in_mut(&mut item.value, passages));
    }
}

/// The anchor in a translated text of the heading that has this anchor in its source.
pub fn counterpart(source: &Prose, translated: &Prose, anchor: &str) -> Option<String> {
    let is = |heading: &&crate::syntax::Heading| heading.anchor == anchor;
    if let Some(heading) = translated.headings.iter().find(is) {
        return Some(heading.anchor.clone());
    }
    if source.headings.len() != translated.headings.len() {
        return None;
    }
    let place = source.headings.iter().position(|heading| heading.anchor == anchor)?;
    translated.headings.get(place).map(|heading| heading.anchor.clone())
}

impl<P: Phase> Entity<P> {
    fn for_each_passage_mut(&mut self, act: &mut dyn FnMut(&mut Passage<P>)) {
        self.prose.iter_mut().for_each(&mut *act);
        self.record.fields.iter_mut().for_each(|(_, item)| passages_in_mut(&mut item.value, act));
    }
}

/// Which texts of a playbook in a further language are in that language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translated {
    /// The language.
    pub language: String,
    /// The language of all other texts.
    pub from: String,
    /// The files in that language.
    pub sources: BTreeSet<SourceId>,
}

/// A playbook in a further language, as far as it is translated.
#[derive(Clone, Debug)]
pub struct Version<P: Phase> {
    /// The language, and the files in it.
    pub translated: Arc<Translated>,
    /// The entities that are translated, whole: what is not translated in them is that of the source.
    pub entities: BTreeMap<EntityId, Entity<P>>,
    /// The home page, when it is translated.
    pub welcome: Option<Entity<P>>,
    /// The settings, when they are translated.
    pub settings: Option<Record<P>>,
    /// How far everything is translated that has words.
    pub states: Vec<TranslationState>,
}

/// What can be translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Translatable {
    /// The settings.
    Settings,
    /// The home page.
    Welcome,
    /// An entity.
    Entity(EntityId),
}

/// How far something is translated into one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslationState {
    /// What.
    pub of: Translatable,
    /// Its name in the language of the source.
    pub title: String,
    /// Its file.
    pub source: FilePath,
    /// The file with its translation; `None` when there is none, or none of this item of a list.
    pub file: Option<FilePath>,
    /// Where its translation begins, else where it stands itself.
    pub place: Span,
    /// How many texts want a translation.
    pub texts: usize,
    /// The names of the fields whose texts have none; `None` for the text of the file.
    pub missing: Vec<Option<Words>>,
    /// A fingerprint of the texts of the source as they are.
    pub fingerprint: String,
    /// The fingerprint of those from which it was translated, as the translation says.
    pub recorded: Option<Spanned<String>>,
    /// Whether its author says that the translation is a draft: it is not used then.
    pub draft: bool,
}

impl TranslationState {
    /// Whether there is a translation, and the source has changed since.
    pub fn is_stale(&self) -> bool {
        self.recorded.as_ref().is_some_and(|recorded| recorded.value != self.fingerprint)
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

fn passages_in_mut<P: Phase>(value: &mut Value<P>, act: &mut dyn FnMut(&mut Passage<P>)) {
    match value {
        Value::Markdown(passage) => act(passage),
        Value::List(items) => items.iter_mut().for_each(|item| passages_in_mut(&mut item.value, act)),
        Value::Record(record) => {
            record.fields.iter_mut().for_each(|(_, item)| passages_in_mut(&mut item.value, act));
        }
        _ => {}
    }
}
