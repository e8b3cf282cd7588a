//! What is different between the playbook as it was and as it is, entity by entity. What an edition hides now, or hid then, is not told.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::{Book, Measurement, Measurements, News, Published, Target, news, targets};
use crate::model::{
    Destination, Entity, EntityId, FieldType, Kinds, Playbook, Readership, Record, Resolved, Value,
};
use crate::resolve::alias::{Alias, aliases};
use crate::world::Date;

/// Fields that are told in a way of their own, or say nothing to readers.
const APART: [&str; 10] =
    ["accept", "aliases", "id", "lang", "order", "owner", "reviewed", "seen_by", "status", "targets"];

/// A book without figures.
#[derive(Clone, Copy, Debug)]
pub struct NoFigures;

impl Measurements for NoFigures {
    fn measurement(&self, _: EntityId) -> Option<Measurement<'_>> {
        None
    }

    fn published(&self, _: EntityId) -> Option<&Published> {
        None
    }
}

/// The playbook at two times, each as an edition shows it and as a whole.
#[derive(Clone, Copy)]
pub struct Times<'a> {
    /// Whose edition.
    pub readership: Readership,
    /// What it shows now.
    pub now: Book<'a>,
    /// What it showed then.
    pub then: Book<'a>,
    /// All there is now, hidden or not.
    pub all_now: &'a Playbook<Resolved>,
    /// All there was then.
    pub all_then: &'a Playbook<Resolved>,
    /// The day of what was then.
    pub day: Date,
}

/// What is different.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delta {
    /// Targets that were moved, set or given up.
    pub targets: Vec<MovedTarget>,
    /// Decisions, evaluations and closed incidents since then, the newest first.
    pub news: Vec<News>,
    /// What is new.
    pub added: Vec<EntityId>,
    /// What is there no more: kind and name.
    pub removed: Vec<(String, String)>,
    /// What bears another name: the former one.
    pub renamed: Vec<(EntityId, String)>,
    /// Another state: canonical names, empty where none was written.
    pub states: Vec<(EntityId, String, String)>,
    /// Somebody else in charge: who was and who is; empty where nobody.
    pub owners: Vec<(EntityId, String, String)>,
    /// Other fields that changed, by canonical name; the text of the page is an empty one.
    pub fields: Vec<(EntityId, Vec<String>)>,
}

impl Delta {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A target then and now.
#[derive(Clone, Debug, PartialEq)]
pub struct MovedTarget {
    /// Of which objective.
    pub objective: EntityId,
    /// The metric, as it is called now.
    pub metric: EntityId,
    /// What was wanted; `None` for a new target.
    pub before: Option<Target>,
    /// What is wanted; `None` for one that was given up.
    pub after: Option<Target>,
}

/// Kind and id: what makes an entity the same at both times.
type Key = (String, String);

fn key(kinds: &Kinds, entity: &Entity<Resolved>) -> Key {
    (kinds.kind(entity.kind).map(|kind| kind.name.clone()).unwrap_or_default(), entity.id.clone())
}

/// What is different between two times.
pub fn delta(times: Times<'_>) -> Delta {
    let comparison = Comparison::new(times);
    let mut delta = Delta::default();
    for (id, entity) in times.then.iter() {
        let old = key(times.then.kinds, entity);
        match comparison.present(&old) {
            // Hidden now: nothing is said of it.
            Some(now) if times.now.entity(now).is_none() => {}
            Some(now) => comparison.compare(id, now, &mut delta),
            None if comparison.may_tell_kind(&old.0) => {
                delta.removed.push((old.0, entity.title.clone()));
            }
            None => {}
        }
    }
    for (id, entity) in times.now.iter() {
        let was_there = comparison.former_keys(entity).any(|key| comparison.then.contains_key(&key));
        if !was_there {
            delta.added.push(id);
        }
    }
    delta.news = news(times.now).into_iter().filter(|one| one.on > times.day).collect();
    delta.removed.sort();
    delta
}

/// A playbook at one time: as an edition shows it, or whole.
#[derive(Clone, Copy)]
struct Side<'a> {
    whole: &'a Playbook<Resolved>,
    shown: Option<Book<'a>>,
}

impl<'a> Side<'a> {
    fn entity(self, id: EntityId) -> Option<&'a Entity<Resolved>> {
        match self.shown {
            Some(book) => book.entity(id),
            None => self.whole.entity(id),
        }
    }

    fn kinds(self) -> &'a Kinds {
        &self.whole.kinds
    }
}

struct Comparison<'a> {
    times: Times<'a>,
    now: BTreeMap<Key, EntityId>,
    /// Former names of what is there now.
    former: BTreeMap<Key, EntityId>,
    then: BTreeMap<Key, EntityId>,
}

impl<'a> Comparison<'a> {
    fn new(times: Times<'a>) -> Self {
        let keys = |playbook: &Playbook<Resolved>| {
            playbook.iter().map(|(id, entity)| (key(&playbook.kinds, entity), id)).collect()
        };
        let mut comparison =
            Self { times, now: keys(times.all_now), then: keys(times.all_then), former: BTreeMap::new() };
        for (id, entity) in times.all_now.iter() {
            for former in comparison.former_keys(entity).skip(1).collect::<Vec<_>>() {
                comparison.former.entry(former).or_insert(id);
            }
        }
        comparison
    }

    /// The key of an entity, then those that it had before.
    fn former_keys(&self, entity: &'a Entity<Resolved>) -> impl Iterator<Item = Key> + use<'a> {
        let kinds = &self.times.all_now.kinds;
        let own = key(kinds, entity);
        let kind = own.0.clone();
        let is_article = kind == "article";
        let names =
            aliases(kinds, entity).filter_map(move |(written, _)| match Alias::read(written).ok()? {
                Alias::Name(name) => Some((kind.clone(), name)),
                Alias::File(file) if is_article => {
                    let former = Alias::File(file).address(None, "");
                    Some((kind.clone(), former.trim_end_matches(".html").to_owned()))
                }
                Alias::File(file) => Some((kind.clone(), crate::text::slug(file.name()))),
                Alias::Address(_) => None,
            });
        std::iter::once(own).chain(names)
    }

    /// The entity of now that was this one then.
    fn present(&self, old: &Key) -> Option<EntityId> {
        self.now.get(old).or_else(|| self.former.get(old)).copied()
    }

    /// Whether a kind is still one of which this edition may say that something of it existed.
    fn may_tell_kind(&self, name: &str) -> bool {
        let kind = self.times.all_now.kinds.named(name);
        kind.is_some_and(|kind| kind.seen_by.contains(self.times.readership))
    }

    fn compare(&self, then: EntityId, now: EntityId, delta: &mut Delta) {
        let (Some(before), Some(after)) = (self.times.then.entity(then), self.times.now.entity(now)) else {
            return;
        };
        let (old_kinds, kinds) = (self.times.then.kinds, self.times.now.kinds);
        if before.id != after.id {
            let name = if before.title == after.title { &before.id } else { &before.title };
            delta.renamed.push((now, name.clone()));
        }
        let state = |kinds, entity| {
            let fields = Fields::any(kinds, entity);
            fields.and_then(|fields| fields.choice("status")).unwrap_or_default().to_owned()
        };
        let (was, is) = (state(old_kinds, before), state(kinds, after));
        let plain = |state: &str| state.is_empty() || state == "active";
        if was != is && !(plain(&was) && plain(&is)) {
            delta.states.push((now, was, is));
        }
        self.owners(then, now, delta);
        self.targets(before, now, after, delta);
        let fields = self.fields(then, now);
        if !fields.is_empty() {
            delta.fields.push((now, fields));
        }
    }

    /// Then and now, as the edition shows them or whole.
    fn sides(&self, is_shown: bool) -> (Side<'a>, Side<'a>) {
        let shown = |book: Book<'a>| is_shown.then_some(book);
        (
            Side { whole: self.times.all_then, shown: shown(self.times.then) },
            Side { whole: self.times.all_now, shown: shown(self.times.now) },
        )
    }

    /// Who is in charge, unless the edition hides who was or who is.
    fn owners(&self, then: EntityId, now: EntityId, delta: &mut Delta) {
        let owner = |side: Side<'a>, id: EntityId| {
            let fields = Fields::any(side.kinds(), side.entity(id)?)?;
            side.entity(fields.edges("owner").first()?.target)
        };
        let (old, new) = self.sides(true);
        let (all_old, all_new) = self.sides(false);
        let (was, is) = (owner(old, then), owner(new, now));
        if was.is_some() != owner(all_old, then).is_some() || is.is_some() != owner(all_new, now).is_some() {
            return;
        }
        let present = |side: Side<'a>, entity: &Entity<Resolved>| self.present(&key(side.kinds(), entity));
        let was_whom = was.map(|entity| present(old, entity));
        let is_whom = is.map(|entity| present(new, entity));
        if was_whom != is_whom {
            let name =
                |owner: Option<&Entity<Resolved>>| owner.map(|owner| owner.title.clone()).unwrap_or_default();
            delta.owners.push((now, name(was), name(is)));
        }
    }

    fn targets(&self, before: &Entity<Resolved>, now: EntityId, after: &Entity<Resolved>, delta: &mut Delta) {
        // By the metric as it is known now; one that this edition hides now is not told.
        let mut old: BTreeMap<EntityId, Vec<Target>> = BTreeMap::new();
        for target in targets(self.times.then.kinds, before) {
            let metric = self.times.then.entity(target.metric);
            let present = metric.and_then(|metric| self.present(&key(self.times.then.kinds, metric)));
            if let Some(present) = present.filter(|id| self.times.now.entity(*id).is_some()) {
                old.entry(present).or_default().push(target);
            }
        }
        for target in targets(self.times.now.kinds, after) {
            let metric = target.metric;
            // A metric that was hidden then: the target may have been there all the time.
            let was_hidden = self.times.now.entity(metric).is_some_and(|metric| {
                let key = key(self.times.now.kinds, metric);
                self.then.get(&key).is_some_and(|id| self.times.then.entity(*id).is_none())
            });
            let list = old.entry(metric).or_default();
            let same = |one: &Target| {
                one.min == target.min
                    && one.max == target.max
                    && one.by == target.by
                    && one.baseline == target.baseline
            };
            if let Some(at) = list.iter().position(same) {
                list.remove(at);
            } else if !was_hidden {
                let before = if list.is_empty() { None } else { Some(list.remove(0)) };
                delta.targets.push(MovedTarget { objective: now, metric, before, after: Some(target) });
            }
        }
        for (metric, given_up) in old {
            for before in given_up {
                delta.targets.push(MovedTarget { objective: now, metric, before: Some(before), after: None });
            }
        }
    }

    /// The fields that differ as the edition shows them, and as a whole: what only its visibility makes different is not told.
    fn fields(&self, then: EntityId, now: EntityId) -> Vec<String> {
        let differing = |(old, new): (Side<'a>, Side<'a>)| self.differing(old, then, new, now);
        let whole = differing(self.sides(false));
        let mut fields = differing(self.sides(true));
        fields.retain(|field| whole.contains(field));
        fields
    }

    fn differing(&self, old: Side<'a>, then: EntityId, new: Side<'a>, now: EntityId) -> Vec<String> {
        let (Some(before), Some(after)) = (old.entity(then), new.entity(now)) else { return Vec::new() };
        let (Some(old_kind), Some(kind)) = (old.kinds().kind(before.kind), new.kinds().kind(after.kind))
        else {
            return Vec::new();
        };
        let mut changed = Vec::new();
        if before.title != after.title {
            changed.push("title".to_owned());
        }
        let seen = |seen_by: Option<crate::model::Readerships>| {
            seen_by.is_none_or(|seen_by| seen_by.contains(self.times.readership))
        };
        for field in &kind.fields {
            let is_told =
                !APART.contains(&field.name.as_str()) && field.name != "title" && seen(field.seen_by);
            let former = old_kind.fields.iter().find(|other| other.name == field.name);
            if !is_told || !former.is_none_or(|former| seen(former.seen_by)) {
                continue;
            }
            let was = before.field(old.kinds(), &field.name).zip(former);
            let was = was.map(|(item, former)| self.said(old, &former.shape, &item.value));
            let is = after.field(new.kinds(), &field.name);
            let is = is.map(|item| self.said(new, &field.shape, &item.value));
            if was.unwrap_or_default() != is.unwrap_or_default() {
                changed.push(field.name.clone());
            }
        }
        let prose = |side: Side<'a>, entity: &Entity<Resolved>| {
            let passage = entity.prose.as_ref();
            passage.map(|passage| self.said(side, &FieldType::Text, &Value::Markdown(passage.clone())))
        };
        if prose(old, before).unwrap_or_default() != prose(new, after).unwrap_or_default() {
            changed.push(String::new());
        }
        changed
    }

    /// A value in a form that is the same at both times when it says the same. Places in files and numbers of entities are not in it.
    fn said(&self, side: Side<'_>, shape: &FieldType, value: &Value<Resolved>) -> String {
        let name = |id: EntityId| match side.entity(id).map(|entity| key(side.kinds(), entity)) {
            // By the name of now, so that a rename alone is no change of everything that names it.
            Some(key) => self.present(&key).map_or_else(|| format!("{key:?}"), |id| format!("#{}", id.0)),
            None => String::new(),
        };
        match value {
            Value::Link(edge) => format!("{} {:?}", name(edge.target), edge.note),
            Value::Links(edges) => {
                let mut said: Vec<String> =
                    edges.iter().map(|edge| format!("{} {:?}", name(edge.target), edge.note)).collect();
                said.sort();
                said.join("\n")
            }
            Value::Record(record) => self.said_record(side, shape, record),
            Value::List(items) => {
                let inner = match shape {
                    FieldType::List(inner) => inner,
                    other => other,
                };
                items.iter().map(|item| self.said(side, inner, &item.value)).collect::<Vec<_>>().join("\n")
            }
            Value::Markdown(passage) => {
                let ends = passage.ends.iter().map(|end| match end {
                    Destination::Entity(id, anchor) => format!("{}#{anchor}", name(*id)),
                    _ => String::new(),
                });
                format!("{}\n{}", passage.prose.html, ends.collect::<Vec<_>>().join("\n"))
            }
            Value::Choice(index) => {
                let choice = shape.choices().get(usize::from(*index));
                choice.map(|choice| choice.name.clone()).unwrap_or_default()
            }
            Value::Map(pairs) => {
                let pairs = pairs.iter().map(|(key, text)| format!("{}: {text}", key.value));
                pairs.collect::<Vec<_>>().join("\n")
            }
            other => format!("{other:?}"),
        }
    }

    fn said_record(&self, side: Side<'_>, shape: &FieldType, record: &Record<Resolved>) -> String {
        let fields = shape.record().unwrap_or_default();
        let said = record.fields.iter().filter_map(|(index, item)| {
            let field = fields.get(usize::from(*index))?;
            Some(format!("{}: {}", field.name, self.said(side, &field.shape, &item.value)))
        });
        said.collect::<Vec<_>>().join("\n")
    }
}
