//! What hangs on an entity, along relations and down to a depth.

use std::collections::BTreeSet;

use super::Book;
use crate::model::EntityId;
use crate::relations::Arrow;

/// An entity in a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Limb<'a> {
    /// Who.
    pub id: EntityId,
    /// The relation by which it hangs on what is above; `None` at the root.
    pub by: Option<&'a Arrow>,
    /// What hangs on it.
    pub below: Vec<Limb<'a>>,
}

/// The tree below an entity. `along` are relations by their names in the graph, in the order in which they are followed; when empty, all but mentions in texts. Nobody is unfolded twice, so that circles end and the tree is no larger than the playbook.
pub fn tree<'a>(book: Book<'a>, root: EntityId, along: &[String], depth: usize) -> Limb<'a> {
    let mut grower = Grower { book, along, unfolded: BTreeSet::new() };
    let mut above = Vec::new();
    Limb { id: root, by: None, below: grower.below(root, depth, &mut above) }
}

struct Grower<'a, 'n> {
    book: Book<'a>,
    along: &'n [String],
    unfolded: BTreeSet<EntityId>,
}

impl<'a> Grower<'a, '_> {
    fn below(&mut self, id: EntityId, depth: usize, above: &mut Vec<EntityId>) -> Vec<Limb<'a>> {
        if depth == 0 || !self.unfolded.insert(id) {
            return Vec::new();
        }
        above.push(id);
        let mut below = Vec::new();
        let mut listed = BTreeSet::new();
        for arrow in self.arrows(id) {
            if !above.contains(&arrow.other)
                && self.book.entity(arrow.other).is_some()
                && listed.insert(arrow.other)
            {
                let inner = self.below(arrow.other, depth - 1, above);
                below.push(Limb { id: arrow.other, by: Some(arrow), below: inner });
            }
        }
        above.pop();
        below
    }

    fn arrows(&self, id: EntityId) -> Vec<&'a Arrow> {
        let graph = self.book.graph;
        let arrows = graph.arrows(id).iter().filter(|arrow| !graph.is_mention(arrow));
        if self.along.is_empty() {
            return arrows.collect();
        }
        let place = |arrow: &Arrow| self.along.iter().position(|name| name == graph.name(arrow));
        let mut found: Vec<(usize, &Arrow)> =
            arrows.filter_map(|arrow| Some((place(arrow)?, arrow))).collect();
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, arrow)| arrow).collect()
    }
}
