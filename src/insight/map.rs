//! The whole strategy at a glance: goals, the objectives below them, and whom, where and by which figures these are pursued.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Fields;
use super::{Book, chain};
use crate::model::EntityId;

/// Kinds that objectives are pursued with, in the order in which they are shown.
pub const SERVING: &[&str] = &["audience", "channel", "metric"];

/// What is alive of a strategy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StrategyMap {
    /// What everything else is for.
    pub goals: Vec<EntityId>,
    /// What is pursued, those of a goal together, each before what contributes to it.
    pub objectives: Vec<MapAim>,
    /// What objectives are pursued with, for each kind of [`SERVING`] those next to the first objectives first.
    pub serving: Vec<Vec<EntityId>>,
}

/// An objective that is no goal.
#[derive(Clone, Debug, PartialEq)]
pub struct MapAim {
    /// Which.
    pub id: EntityId,
    /// The objective or goal that it contributes to.
    pub parent: Option<EntityId>,
    /// How many objectives stand between it and the goal.
    pub depth: usize,
    /// What it is pursued with.
    pub serving: Vec<EntityId>,
}

impl StrategyMap {
    /// The map of a book: one walk over the objectives and their relations.
    pub fn of(book: Book<'_>) -> Self {
        let mut below: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        let alive = |id: EntityId| book.entity(id).is_some_and(|entity| book.is_active(entity));
        for (id, _) in book.of_kind("objective").filter(|(id, _)| alive(*id)) {
            if let Some(parent) = chain::parent(book, id) {
                below.entry(parent.other).or_default().push(id);
            }
        }
        let mut map = Self::default();
        let mut seen = BTreeSet::new();
        for top in chain::goals(book) {
            if alive(top) && (below.contains_key(&top) || is_goal(book, top)) {
                seen.insert(top);
                map.goals.push(top);
                map.descend(book, top, 0, &below, &mut seen);
            }
        }
        // What contributes to nothing, or to what is retired, is pursued all the same.
        for (id, _) in book.of_kind("objective").filter(|(id, _)| alive(*id)) {
            if seen.insert(id) {
                map.objectives.push(MapAim { id, parent: None, depth: 0, serving: serving(book, id) });
                map.descend(book, id, 1, &below, &mut seen);
            }
        }
        let mut known = BTreeSet::new();
        map.serving = vec![Vec::new(); SERVING.len()];
        for id in map.objectives.iter().flat_map(|aim| &aim.serving) {
            let place = SERVING.iter().position(|kind| *kind == book.kind_of(*id));
            if known.insert(*id)
                && let Some(group) = place.and_then(|place| map.serving.get_mut(place))
            {
                group.push(*id);
            }
        }
        map
    }

    fn descend(
        &mut self,
        book: Book<'_>,
        from: EntityId,
        depth: usize,
        below: &BTreeMap<EntityId, Vec<EntityId>>,
        seen: &mut BTreeSet<EntityId>,
    ) {
        // Not by recursion: a hundred thousand objectives may stand below one another.
        let children = |id: EntityId| below.get(&id).into_iter().flatten().rev();
        let mut open: Vec<(EntityId, EntityId, usize)> =
            children(from).map(|child| (*child, from, depth)).collect();
        while let Some((id, parent, depth)) = open.pop() {
            if seen.insert(id) {
                self.objectives.push(MapAim { id, parent: Some(parent), depth, serving: serving(book, id) });
                open.extend(children(id).map(|child| (*child, id, depth + 1)));
            }
        }
    }

    /// How many there are in all.
    pub fn count(&self) -> usize {
        self.tops() + self.serving.iter().map(Vec::len).sum::<usize>()
    }

    /// How many goals and objectives there are.
    pub fn tops(&self) -> usize {
        self.goals.len() + self.objectives.len()
    }

    /// Whether it tells more than a list of objectives: something contributes to something, or is pursued with something.
    pub fn is_related(&self) -> bool {
        self.objectives.iter().any(|aim| aim.parent.is_some() || !aim.serving.is_empty())
    }
}

fn is_goal(book: Book<'_>, id: EntityId) -> bool {
    let fields = book.entity(id).and_then(|entity| Fields::of(book.kinds, entity, "objective"));
    fields.and_then(|fields| fields.choice("kind")) == Some("organisation")
}

/// What an objective is pursued with, each once.
fn serving(book: Book<'_>, id: EntityId) -> Vec<EntityId> {
    let mut known = BTreeSet::new();
    let arrows = book.graph.arrows(id).iter().filter(|arrow| !book.graph.is_mention(arrow));
    let others = arrows.map(|arrow| arrow.other).filter(|other| {
        SERVING.contains(&book.kind_of(*other))
            && book.entity(*other).is_some_and(|entity| book.is_active(entity))
    });
    others.filter(|other| known.insert(*other)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn goals_objectives_and_what_serves_them() {
        let sample = Sample::new([
            ("playbook.yaml", "title: T"),
            (
                "objectives.yaml",
                "goal:\n  kind: organisation\nsub:\n  kind: communication\n  parent: aim\n\
                 aim:\n  kind: communication\n  parent: goal\n  audiences: [families]\n\
                 alone:\n  kind: communication\n  channels: [web, old]\n\
                 gone:\n  kind: communication\n  parent: goal\n  status: retired\n",
            ),
            ("audiences.yaml", "families:\n  who: all\nnobody:\n  who: none\n"),
            ("channels.yaml", "web:\n  platform: web\nold:\n  platform: x\n  status: retired\n"),
        ]);
        let map = StrategyMap::of(sample.book());
        let objective = |id: &str| sample.id("objective", id);
        assert_eq!(map.goals, [objective("goal")]);
        let told: Vec<_> =
            map.objectives.iter().map(|aim| (aim.id, aim.parent, aim.depth, aim.serving.len())).collect();
        let expected = [
            (objective("aim"), Some(objective("goal")), 0, 1),
            (objective("sub"), Some(objective("aim")), 1, 0),
            (objective("alone"), None, 0, 1),
        ];
        assert_eq!(told, expected);
        assert_eq!(
            map.serving,
            [vec![sample.id("audience", "families")], vec![sample.id("channel", "web")], vec![]]
        );
        assert_eq!((map.tops(), map.count(), map.is_related()), (4, 6, true));
    }

    #[test]
    fn a_circle_of_objectives_ends() {
        let sample = Sample::new([
            ("playbook.yaml", "title: T"),
            (
                "objectives.yaml",
                "a:\n  kind: communication\n  parent: b\nb:\n  kind: communication\n  parent: a\n",
            ),
        ]);
        assert_eq!(StrategyMap::of(sample.book()).tops(), 2);
        assert!(!StrategyMap::of(Sample::new([]).book()).is_related());
    }
}
