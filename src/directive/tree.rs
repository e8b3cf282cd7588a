//! `tree` blocks: what hangs on an entity, along relations and down to a depth.

use super::Directive;
use super::params::{Key, Reader};
use crate::insight::{Facet, sides};
use crate::model::EntityId;
use crate::syntax::Node;
use crate::text::{Spanned, nearest};
use crate::words;

/// What hangs on entities.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// From where.
    pub roots: Vec<EntityId>,
    /// Relations that are followed, by their names in the graph; all when empty.
    pub along: Vec<String>,
    /// How many steps down.
    pub depth: usize,
}

const FROM: Key = &["from", "desde", "de", "of"];
pub(super) const KEYS: &[Key] =
    &[FROM, &["along", "por", "relaciones", "relations"], &["depth", "niveles", "profundidad", "levels"]];
/// Steps down when nothing is said: objective, channel, account.
const USUAL_DEPTH: usize = 2;
const DEEPEST: usize = 6;

pub(super) fn read(reader: &mut Reader<'_>, block: &Spanned<String>, node: &Node) -> Option<Directive> {
    let params = reader.params(block, node, KEYS);
    let depth = reader.count(&params, "depth", DEEPEST).unwrap_or(USUAL_DEPTH);
    let along = match params.get("along") {
        Some(entry) => Reader::texts(&entry.value).iter().flat_map(|name| names(reader, name)).collect(),
        None => Vec::new(),
    };
    let Some(from) = params.get("from") else {
        reader.missing(&params, FROM, words!("the id of an objective", "el id de un objetivo"));
        return None;
    };
    let roots: Vec<EntityId> =
        Reader::texts(&from.value).iter().filter_map(|name| reader.entity(name, &[])).collect();
    (!roots.is_empty()).then_some(Directive::Tree(Tree { roots, along, depth }))
}

/// The names in the graph of a relation that any kind knows by this name.
fn names(reader: &mut Reader<'_>, written: &Spanned<String>) -> Vec<String> {
    let kinds = reader.book.kinds;
    let mut names: Vec<String> = Vec::new();
    for kind in kinds.iter() {
        match Facet::named(kinds, kind, &written.value) {
            Some(Facet::Relation(side)) => names.push(side.name),
            // `channels` of an audience: whatever relates the two.
            Some(Facet::Related(other)) => {
                let reaching = sides(kinds, kind).into_iter().filter(|side| side.to.contains(&other));
                names.extend(reaching.map(|side| side.name));
            }
            Some(Facet::Field(_)) | None => {}
        }
    }
    names.sort();
    names.dedup();
    if names.is_empty() {
        let known: Vec<String> =
            kinds.iter().flat_map(|kind| sides(kinds, kind)).flat_map(|side| side.names).collect();
        reader.unknown_relation(written, nearest(&written.value, known.iter().map(String::as_str)));
    }
    names
}
