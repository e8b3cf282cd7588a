//! What can be asked of the entities of a kind by a name: a field, a relation under either of its names, whatever is related of another kind. Lists, filters, trees and matrices that authors ask for go through here.

use std::collections::BTreeSet;

use super::Book;
use crate::finding::Words;
use crate::model::{EntityId, Field, Kind, KindId, Kinds};
use crate::text::fold;

/// Something that the entities of a kind have.
#[derive(Clone, Debug, PartialEq)]
pub enum Facet {
    /// The field with this index.
    Field(u16),
    /// A relation, by the name that it has on this side.
    Relation(Side),
    /// Everything of a kind that is related, whichever way.
    Related(KindId),
}

/// A relation as the entities of one kind see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Its name in the graph, seen from here: a field (`uses`), a path (`targets.metric`), the name of an inverse.
    pub name: String,
    /// All names that an author may write, folded.
    pub names: Vec<String>,
    /// For people.
    pub label: Words,
    /// Kinds at the other end; none: any.
    pub to: Vec<KindId>,
}

impl Facet {
    /// What a name means for a kind: a relation, else a field, else a kind that may be related.
    pub fn named(kinds: &Kinds, kind: &Kind, name: &str) -> Option<Self> {
        let folded = fold(name);
        let sides = sides(kinds, kind);
        let named = |side: &&Side| side.names.contains(&folded);
        if let Some(side) = sides.iter().find(named) {
            return Some(Facet::Relation(side.clone()));
        }
        if let Some((index, _)) = kind.field(&folded) {
            return Some(Facet::Field(index));
        }
        let other = kind_called(kinds, &folded)?;
        let reaches = |side: &Side| side.to.is_empty() || side.to.contains(&other.id);
        sides.iter().any(reaches).then_some(Facet::Related(other.id))
    }

    /// Every name that [`Facet::named`] knows in both languages: for suggestions.
    pub fn names(kinds: &Kinds, kind: &Kind) -> Vec<String> {
        let sides = sides(kinds, kind);
        let fields = kind.fields.iter().flat_map(|field| field.names.iter().cloned());
        let reached = sides.iter().flat_map(|side| &side.to).filter_map(|id| kinds.kind(*id));
        let kinds = reached.flat_map(|kind| [fold(&kind.name), fold(&kind.es)]);
        let mut names: Vec<String> =
            fields.chain(kinds).chain(sides.iter().flat_map(|side| side.names.iter().cloned())).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Its name for people.
    pub fn label(&self, kinds: &Kinds, kind: &Kind) -> Words {
        match self {
            Facet::Field(index) => kind.fields.get(usize::from(*index)).map(|field| field.label.clone()),
            Facet::Relation(side) => Some(side.label.clone()),
            Facet::Related(other) => kinds.kind(*other).map(|kind| kind.plural.clone()),
        }
        .unwrap_or_default()
    }

    /// The kinds that are at the other end of it; `None` for a field without a relation, nothing for any kind.
    pub fn ends(&self) -> Option<&[KindId]> {
        match self {
            Facet::Field(_) => None,
            Facet::Relation(side) => Some(&side.to),
            Facet::Related(kind) => Some(std::slice::from_ref(kind)),
        }
    }

    /// Who is related in this way and what for, each once, as written.
    pub fn others<'a>(&self, book: Book<'a>, id: EntityId) -> Vec<(EntityId, Option<&'a str>)> {
        let graph = book.graph;
        let mut others: Vec<(EntityId, Option<&str>)> = Vec::new();
        let mut known = BTreeSet::new();
        for arrow in graph.arrows(id).iter().filter(|arrow| !graph.is_mention(arrow)) {
            let meant = match self {
                Facet::Field(_) => false,
                Facet::Relation(side) => graph.name(arrow) == side.name,
                Facet::Related(kind) => book.entity(arrow.other).is_some_and(|other| other.kind == *kind),
            };
            if meant && known.insert(arrow.other) {
                others.push((arrow.other, arrow.note.as_deref()));
            }
        }
        others
    }
}

/// All relations of a kind, those that its own fields write first, then those that others write.
pub fn sides(kinds: &Kinds, kind: &Kind) -> Vec<Side> {
    let mut sides = Vec::new();
    own(kind, &kind.fields, ("", ""), &mut sides);
    for other in kinds.iter() {
        inverses(other, kind, &other.fields, &mut sides);
    }
    sides
}

/// `prefix`: the names of the records around, in English and in Spanish.
fn own(kind: &Kind, fields: &[Field], prefix: (&str, &str), sides: &mut Vec<Side>) {
    for field in fields {
        let join = |prefix: &str, name: &str| {
            if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
        };
        let (path, spanish) = (join(prefix.0, &field.name), join(prefix.1, &fold(&field.es)));
        if let Some(relation) = field.shape.relation() {
            let mut names = vec![path.clone(), spanish];
            // The last name of a path is enough where the kind has no field of that name.
            let shadowed = |name: &String| !prefix.0.is_empty() && kind.field(name).is_some();
            names.extend(field.names.iter().filter(|name| !shadowed(name)).cloned());
            sides.push(Side { name: path, names, label: field.label.clone(), to: relation.to.clone() });
        } else if let Some(inner) = field.shape.record() {
            own(kind, inner, (&path, &spanish), sides);
        }
    }
}

fn inverses(other: &Kind, kind: &Kind, fields: &[Field], sides: &mut Vec<Side>) {
    for field in fields {
        if let Some(relation) = field.shape.relation() {
            let Some(inverse) = &relation.inverse else { continue };
            if !(relation.to.is_empty() || relation.to.contains(&kind.id)) {
                continue;
            }
            // The same relation may be written by a field of this kind, or be told by several kinds.
            if let Some(known) = sides.iter_mut().find(|side| side.name == inverse.name) {
                if !known.to.is_empty() && !known.to.contains(&other.id) {
                    known.to.push(other.id);
                }
                continue;
            }
            let mut names = vec![fold(&inverse.name)];
            names.extend(inverse.es.iter().map(|name| fold(name)));
            let label = other.plural.clone();
            sides.push(Side { name: inverse.name.clone(), names, label, to: vec![other.id] });
        } else if let Some(inner) = field.shape.record() {
            inverses(other, kind, inner, sides);
        }
    }
}

/// How a kind may be called where a text names one, the plural first.
pub fn names_of_kind(kind: &Kind) -> [&str; 6] {
    [&kind.folder.en, &kind.folder.es, &kind.plural.en, &kind.plural.es, &kind.name, &kind.es]
}

/// The kind that is called so, in the singular or the plural, in either language.
pub fn kind_called<'k>(kinds: &'k Kinds, name: &str) -> Option<&'k Kind> {
    let folded = fold(name);
    let singular = kinds.named(&folded);
    singular.or_else(|| kinds.iter().find(|kind| names_of_kind(kind).iter().any(|name| fold(name) == folded)))
}
