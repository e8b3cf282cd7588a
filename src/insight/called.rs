//! Which entity a text means by a name.

use std::collections::BTreeMap;

use super::{Book, kind_called};
use crate::model::{EntityId, KindId, Kinds, Value};
use crate::text::slug;

/// Entities by the names that a text may call them: id, other name, title; `kind:id` where only one kind is meant.
#[derive(Clone, Debug, Default)]
pub struct Called {
    by_kind: BTreeMap<(KindId, String), EntityId>,
}

impl Called {
    /// The names of everything in a book; ids win over titles.
    pub fn of(book: Book<'_>) -> Self {
        let mut by_kind = BTreeMap::new();
        for (id, entity) in book.iter() {
            by_kind.insert((entity.kind, entity.id.clone()), id);
        }
        for (id, entity) in book.iter() {
            let aliases = match entity.field(book.kinds, "aliases").map(|item| &item.value) {
                Some(Value::List(items)) => items.as_slice(),
                _ => &[],
            };
            for alias in aliases {
                if let Value::Text(alias) = &alias.value {
                    by_kind.entry((entity.kind, slug(alias))).or_insert(id);
                }
            }
            for title in entity.titles() {
                by_kind.entry((entity.kind, slug(title))).or_insert(id);
            }
        }
        Self { by_kind }
    }

    /// What a text names among these kinds (none: all of them). Of several the first kind counts.
    pub fn find(&self, kinds: &Kinds, among: &[KindId], written: &str) -> Option<EntityId> {
        let (kind, name) = match written.split_once(':') {
            Some((kind, name)) => (kind_called(kinds, kind.trim()), name.trim()),
            None => (None, written.trim()),
        };
        let name = name.split('/').map(slug).collect::<Vec<_>>().join("/");
        let get = |kind: KindId| self.by_kind.get(&(kind, name.clone())).copied();
        match kind {
            Some(kind) => get(kind.id).filter(|_| among.is_empty() || among.contains(&kind.id)),
            None if among.is_empty() => kinds.iter().find_map(|kind| get(kind.id)),
            None => among.iter().find_map(|kind| get(*kind)),
        }
    }

    /// All names among these kinds (none: of all), for suggestions.
    pub fn names<'c>(&'c self, among: &'c [KindId]) -> impl Iterator<Item = &'c str> {
        let of = self.by_kind.keys().filter(|(kind, _)| among.is_empty() || among.contains(kind));
        of.map(|(_, name)| name.as_str())
    }
}
