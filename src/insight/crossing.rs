//! Two groups of entities held against each other: which is related to which, and what for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Book, Facet, sides};
use crate::model::{EntityId, Kind, Kinds};

/// Rows by columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crossings<'a> {
    cells: BTreeMap<(EntityId, EntityId), Vec<&'a str>>,
}

impl<'a> Crossings<'a> {
    /// What the relation of a row to a column is for; `None` when they are not related.
    pub fn notes(&self, row: EntityId, column: EntityId) -> Option<&[&'a str]> {
        self.cells.get(&(row, column)).map(Vec::as_slice)
    }
}

/// How rows are related to columns: in this way, or in any when none is named. A mention in a text is no relation.
pub fn crossings<'a>(
    book: Book<'a>,
    rows: &[EntityId],
    columns: &[EntityId],
    by: Option<&Facet>,
) -> Crossings<'a> {
    let columns: BTreeSet<EntityId> = columns.iter().copied().collect();
    let graph = book.graph;
    let mut cells: BTreeMap<(EntityId, EntityId), Vec<&str>> = BTreeMap::new();
    for row in rows {
        for arrow in graph.arrows(*row) {
            let is_meant = match by {
                Some(Facet::Relation(side)) => graph.name(arrow) == side.name,
                Some(Facet::Field(_)) => false,
                Some(Facet::Related(_)) | None => !graph.is_mention(arrow),
            };
            if is_meant && columns.contains(&arrow.other) {
                let notes = cells.entry((*row, arrow.other)).or_default();
                notes.extend(arrow.note.as_deref().filter(|note| !notes.contains(note)));
            }
        }
    }
    Crossings { cells }
}

/// Whether entities of one kind can be related to those of another by a field of either.
pub fn is_related(kinds: &Kinds, kind: &Kind, other: &Kind) -> bool {
    let reaches = |side: &super::Side| side.to.is_empty() || side.to.contains(&other.id);
    sides(kinds, kind).iter().any(reaches)
}
