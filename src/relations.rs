//! Floor 5: who points at whom. A relation may be written on either side; the union is taken, and both sides know it by a verb of their own.

use std::collections::BTreeMap;

use crate::finding::Words;
use crate::model::{
    Destination, Edge, Entity, EntityId, Field, Kind, KindId, Kinds, Passage, Resolved, Value,
};
use crate::text::Span;
use crate::words;

/// Index in [`Graph::verbs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerbId(pub u16);

/// A link field seen as a relation: its two verbs and the names under which rules and lists know it.
#[derive(Clone, Debug)]
pub struct Verb {
    /// The kind that declares it; `None` for mentions in prose.
    pub kind: Option<KindId>,
    /// Field, or path in records: `uses`, `targets.metric`.
    pub path: String,
    /// This entity … that one.
    pub forward: Words,
    /// That one … this one.
    pub backward: Words,
    /// Name of the inverse; empty when there is none.
    pub inverse: String,
}

/// One relation as an entity sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// The other entity.
    pub other: EntityId,
    /// Which relation.
    pub verb: VerbId,
    /// Whether this entity is the one that the verb starts from.
    pub forward: bool,
    /// What the relation is for.
    pub note: Option<String>,
    /// Where it was written.
    pub span: Span,
}

/// All relations of a playbook (or of an edition), computed once.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// All relations that kinds declare.
    pub verbs: Vec<Verb>,
    arrows: Vec<Vec<Arrow>>,
}

impl Graph {
    /// The relations among these entities; `None` are entities that an edition does not show.
    pub fn of<'e>(
        kinds: &Kinds,
        entities: impl Iterator<Item = Option<&'e Entity<Resolved>>> + Clone,
    ) -> Self {
        let (verbs, known) = verbs(kinds);
        let count = entities.clone().count();
        let mut graph = Self { verbs, arrows: vec![Vec::new(); count] };
        let kind_of: Vec<Option<KindId>> =
            entities.clone().map(|entity| entity.map(|entity| entity.kind)).collect();
        let mut seen: BTreeMap<(VerbId, EntityId, EntityId), usize> = BTreeMap::new();
        let mut edges: Vec<(EntityId, EntityId, VerbId, Option<String>, Span)> = Vec::new();
        let mentions = VerbId(0);
        for (index, entity) in entities.enumerate() {
            let Some(entity) = entity else { continue };
            let Some(kind) = kinds.kind(entity.kind) else { continue };
            let from = EntityId(index as u32);
            let mut found = Vec::new();
            walk(&kind.fields, &entity.record.fields, "", &mut found);
            if let Some(prose) = &entity.prose {
                mentioned(prose, &mut found);
            }
            for (path, edge) in found {
                let Some(Some(target_kind)) = kind_of.get(edge.target.0 as usize) else { continue };
                let (verb, flip) = match path {
                    None => (mentions, false),
                    Some(path) => match canonical(kinds, &known, kind, &path, *target_kind) {
                        Some(canonical) => canonical,
                        None => continue,
                    },
                };
                let (mut a, mut b) = if flip { (edge.target, from) } else { (from, edge.target) };
                let symmetric =
                    graph.verbs.get(usize::from(verb.0)).is_some_and(|verb| verb.inverse == verb.path);
                if symmetric && b < a {
                    (a, b) = (b, a);
                }
                if verb == mentions && a == b {
                    continue;
                }
                match seen.get(&(verb, a, b)).and_then(|index| edges.get_mut(*index)) {
                    Some((_, _, _, note, _)) => {
                        if note.is_none() {
                            *note = edge.note;
                        }
                    }
                    None => {
                        seen.insert((verb, a, b), edges.len());
                        edges.push((a, b, verb, edge.note, edge.span));
                    }
                }
            }
        }
        for (from, to, verb, note, span) in edges {
            let forward = Arrow { other: to, verb, forward: true, note: note.clone(), span };
            let backward = Arrow { other: from, verb, forward: false, note, span };
            if let Some(arrows) = graph.arrows.get_mut(from.0 as usize) {
                arrows.push(forward);
            }
            if let Some(arrows) = graph.arrows.get_mut(to.0 as usize) {
                arrows.push(backward);
            }
        }
        graph
    }

    /// The relations of an entity, in the order in which they were written.
    pub fn arrows(&self, id: EntityId) -> &[Arrow] {
        self.arrows.get(id.0 as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// The verb of an arrow as its entity reads it.
    pub fn verb(&self, arrow: &Arrow) -> Option<&Words> {
        let verb = self.verbs.get(usize::from(arrow.verb.0))?;
        Some(if arrow.forward { &verb.forward } else { &verb.backward })
    }

    /// The verb of an arrow as the entity at its other end reads it.
    pub fn verb_back(&self, arrow: &Arrow) -> Option<&Words> {
        let verb = self.verbs.get(usize::from(arrow.verb.0))?;
        Some(if arrow.forward { &verb.backward } else { &verb.forward })
    }

    /// The name of an arrow as rules and lists of its entity know it: the field's path, or the inverse's name.
    pub fn name(&self, arrow: &Arrow) -> &str {
        match self.verbs.get(usize::from(arrow.verb.0)) {
            Some(verb) if arrow.forward => &verb.path,
            Some(verb) => &verb.inverse,
            None => "",
        }
    }

    /// Whether the arrow is a mention in running text.
    pub fn is_mention(&self, arrow: &Arrow) -> bool {
        self.verbs.get(usize::from(arrow.verb.0)).is_some_and(|verb| verb.kind.is_none())
    }
}

type Known = BTreeMap<(KindId, String), VerbId>;

/// Every link field of every kind; the first is "mentions".
fn verbs(kinds: &Kinds) -> (Vec<Verb>, Known) {
    let mut verbs = vec![Verb {
        kind: None,
        path: "mentions".to_owned(),
        forward: words!("mentions", "menciona"),
        backward: words!("is mentioned in", "se menciona en"),
        inverse: "mentioned_in".to_owned(),
    }];
    let mut known = Known::new();
    for kind in kinds.iter() {
        declare(kind.id, &kind.fields, "", &mut verbs, &mut known);
    }
    (verbs, known)
}

fn declare(kind: KindId, fields: &[Field], prefix: &str, verbs: &mut Vec<Verb>, known: &mut Known) {
    for field in fields {
        let path = join(prefix, &field.name);
        if let Some(relation) = field.shape.relation() {
            let inverse = relation.inverse.as_ref();
            let lower = |words: &Words| Words { en: words.en.to_lowercase(), es: words.es.to_lowercase() };
            let forward =
                if relation.verb.en.is_empty() { lower(&field.label) } else { relation.verb.clone() };
            let backward = inverse.map(|inverse| inverse.verb.clone()).filter(|verb| !verb.en.is_empty());
            let Ok(id) = u16::try_from(verbs.len()) else { return };
            known.insert((kind, path.clone()), VerbId(id));
            verbs.push(Verb {
                kind: Some(kind),
                path,
                forward,
                backward: backward.unwrap_or_else(|| words!("is named by", "aparece en")),
                inverse: inverse.map(|inverse| inverse.name.clone()).unwrap_or_default(),
            });
        } else if let Some(fields) = field.shape.record() {
            declare(kind, fields, &path, verbs, known);
        }
    }
}

/// The one verb for a relation that two fields may write, and whether the edge turns round for it.
fn canonical(
    kinds: &Kinds,
    known: &Known,
    kind: &Kind,
    path: &str,
    target: KindId,
) -> Option<(VerbId, bool)> {
    let own = *known.get(&(kind.id, path.to_owned()))?;
    let other = kind
        .field(path)
        .and_then(|(_, field)| field.shape.relation())
        .and_then(|relation| relation.inverse.as_ref())
        .and_then(|inverse| Some((kinds.kind(target)?, &inverse.name)))
        .filter(|(target, name)| {
            target.field(name).and_then(|(_, field)| field.shape.relation()).is_some_and(|back| {
                back.inverse.as_ref().is_some_and(|inverse| inverse.name == path)
                    && back.to.contains(&kind.id)
            })
        });
    Some(match other {
        Some((target, name)) => {
            let twin = *known.get(&(target.id, name.clone()))?;
            if twin < own { (twin, true) } else { (own, false) }
        }
        None => (own, false),
    })
}

type Found = (Option<String>, Edge<Resolved>);

fn walk(
    fields: &[Field],
    values: &[(u16, crate::model::Item<Resolved>)],
    prefix: &str,
    found: &mut Vec<Found>,
) {
    for (index, item) in values {
        let Some(field) = fields.get(usize::from(*index)) else { continue };
        let inner = field.shape.record().unwrap_or_default();
        visit(&item.value, inner, &join(prefix, &field.name), found);
    }
}

fn visit(value: &Value<Resolved>, fields: &[Field], path: &str, found: &mut Vec<Found>) {
    match value {
        Value::Link(edge) => found.push((Some(path.to_owned()), edge.clone())),
        Value::Links(edges) => {
            found.extend(edges.iter().map(|edge| (Some(path.to_owned()), edge.clone())));
        }
        Value::Record(record) => walk(fields, &record.fields, path, found),
        Value::List(items) => {
            for item in items {
                visit(&item.value, fields, path, found);
            }
        }
        Value::Markdown(passage) => mentioned(passage, found),
        _ => {}
    }
}

fn mentioned(passage: &Passage<Resolved>, found: &mut Vec<Found>) {
    for (hole, end) in passage.prose.holes.iter().zip(&passage.ends) {
        use crate::syntax::Filling::{LinkStart, Picture};
        if let (LinkStart(target) | Picture { target, .. }, Destination::Entity(id, _)) = (&hole.filling, end)
        {
            found.push((None, Edge { target: *id, note: None, span: target.span }));
        }
    }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}
