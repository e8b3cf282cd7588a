//! Why something is there: the shortest way from it up to an objective and on to the goal of the organisation, and what hangs on an objective.

use std::collections::BTreeSet;

use super::Book;
use crate::model::EntityId;
use crate::relations::Arrow;

/// Those who do things: a thing is not there for whoever does it.
pub const DOERS: &[&str] = &["role", "person"];
/// What is about those who do things, and has its reason through them.
pub const ABOUT_DOERS: &[&str] = &["role", "person", "skill", "path", "informant"];

/// What looks back at an objective and does not pursue it.
pub const LOOKING_BACK: &[&str] = &["evaluation", "decision", "path", "feedback", "incident", "listening"];

/// Steps from an entity to the nearest objective; what is further away is there for other reasons.
const FURTHEST: u8 = 3;
/// Levels of objectives below one that are unfolded.
const DEEPEST: usize = 3;

/// How far everything is from an objective, worked out once for a whole book.
#[derive(Clone, Debug, Default)]
pub struct Chains {
    distance: Vec<Option<u8>>,
}

/// A place on the way from a goal down to an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung<'a> {
    /// Who stands here.
    pub id: EntityId,
    /// How it hangs on what is above, as it says it itself; `None` at the top.
    pub arrow: Option<&'a Arrow>,
    /// What hangs on it.
    pub below: Vec<Rung<'a>>,
}

/// Why an entity is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons<'a> {
    /// Goals, each with the way down to the entity.
    pub goals: Vec<Rung<'a>>,
    /// Objectives at the end of a way that is not shown.
    pub left_out: usize,
}

impl Chains {
    /// Measures the distances in a book: one walk over all relations.
    pub fn of(book: Book<'_>) -> Self {
        let mut here: Vec<EntityId> = book.of_kind("objective").map(|(id, _)| id).collect();
        let mut chains = Self::default();
        for id in &here {
            chains.set(*id, 0);
        }
        for distance in 1..=FURTHEST {
            let mut next = Vec::new();
            for id in here {
                for arrow in book.graph.arrows(id) {
                    let found = book.entity(arrow.other).is_some() && chains.get(arrow.other).is_none();
                    if found && is_reason(book, arrow.other, id, arrow) {
                        chains.set(arrow.other, distance);
                        next.push(arrow.other);
                    }
                }
            }
            here = next;
        }
        chains
    }

    fn get(&self, id: EntityId) -> Option<u8> {
        self.distance.get(id.0 as usize).copied().flatten()
    }

    fn set(&mut self, id: EntityId, distance: u8) {
        let index = id.0 as usize;
        if self.distance.len() <= index {
            self.distance.resize(index + 1, None);
        }
        if let Some(slot) = self.distance.get_mut(index) {
            *slot = Some(distance);
        }
    }

    /// Why an entity is there, in at most so many ways: what is said of an objective directly first; further away, one way, the most particular.
    pub fn reasons<'a>(&self, book: Book<'a>, id: EntityId, most: usize) -> Reasons<'a> {
        let mut reasons = Reasons::default();
        let Some(distance) = self.get(id) else { return reasons };
        if distance == 0 {
            let way = self.way(book, id);
            if way.len() > 1 {
                join(&mut reasons.goals, way);
            }
            return reasons;
        }
        let mut ways = self.upwards(book, id);
        if distance > 1 {
            // A campaign with one objective says more than a channel with five.
            ways.sort_by_key(|arrow| self.upwards(book, arrow.other).len());
        }
        let most = if distance > 1 { 1 } else { most };
        let mut reached = BTreeSet::new();
        for arrow in ways {
            let mut way = self.way(book, arrow.other);
            let objective = way.iter().rev().find(|(id, _)| book.kind_of(*id) == "objective");
            let is_new = objective.is_some_and(|(objective, _)| reached.insert(*objective));
            if !is_new {
                continue;
            }
            if reached.len() > most {
                reasons.left_out += usize::from(distance == 1);
                continue;
            }
            way.push((id, Some(arrow)));
            join(&mut reasons.goals, way);
        }
        reasons
    }

    /// The arrows of an entity that lead one step nearer to an objective, one for each neighbour.
    fn upwards<'a>(&self, book: Book<'a>, id: EntityId) -> Vec<&'a Arrow> {
        let Some(nearer) = self.get(id).and_then(|distance| distance.checked_sub(1)) else {
            return Vec::new();
        };
        let mut known = BTreeSet::new();
        let arrows = book.graph.arrows(id).iter();
        let arrows = arrows
            .filter(|arrow| self.get(arrow.other) == Some(nearer) && is_reason(book, id, arrow.other, arrow));
        arrows.filter(|arrow| known.insert(arrow.other)).collect()
    }

    /// The way from the topmost goal down to an entity. An objective that contributes to itself ends it.
    fn way<'a>(&self, book: Book<'a>, id: EntityId) -> Vec<(EntityId, Option<&'a Arrow>)> {
        let mut seen = BTreeSet::from([id]);
        let mut way = vec![(id, None)];
        let mut here = id;
        loop {
            let arrow = match self.get(here) {
                Some(0) => parent(book, here),
                _ => self.upwards(book, here).into_iter().next(),
            };
            let Some(arrow) = arrow.filter(|arrow| seen.insert(arrow.other)) else { break };
            if let Some(last) = way.last_mut() {
                last.1 = Some(arrow);
            }
            way.push((arrow.other, None));
            here = arrow.other;
        }
        way.reverse();
        way
    }
}

/// What hangs on an objective: everything that names it or that it names, but not what it hangs on itself, who does it, or what looks back at it. Objectives below it have what hangs on them.
pub fn below<'a>(book: Book<'a>, id: EntityId) -> Vec<Rung<'a>> {
    hanging(book, id, DEEPEST, &mut BTreeSet::from([id]))
}

fn hanging<'a>(book: Book<'a>, id: EntityId, deep: usize, seen: &mut BTreeSet<EntityId>) -> Vec<Rung<'a>> {
    let mut known = BTreeSet::new();
    let mut rungs = Vec::new();
    for arrow in book.graph.arrows(id) {
        let kind = book.kind_of(arrow.other);
        let is_above = kind == "objective" && book.graph.name(arrow) == "parent";
        let pursues = !kind.is_empty() && !DOERS.contains(&kind) && !LOOKING_BACK.contains(&kind);
        let hangs = pursues && !is_above && !book.graph.is_mention(arrow);
        if !hangs || !known.insert((arrow.other, arrow.verb)) {
            continue;
        }
        let below = if kind == "objective" && deep > 0 && seen.insert(arrow.other) {
            hanging(book, arrow.other, deep - 1, seen)
        } else {
            Vec::new()
        };
        rungs.push(Rung { id: arrow.other, arrow: Some(arrow), below });
    }
    // In the order of the navigation, not of the files in which the relations happen to be written.
    rungs.sort_by_key(|rung| {
        let kind = book.entity(rung.id).and_then(|entity| book.kinds.kind(entity.kind));
        kind.map(|kind| (kind.chapter, kind.order))
    });
    rungs
}

/// The goals of a book: objectives that contribute to no other, or only to each other.
pub fn goals(book: Book<'_>) -> Vec<EntityId> {
    let top = |id: EntityId| {
        let mut seen = BTreeSet::from([id]);
        let mut here = id;
        loop {
            match parent(book, here) {
                Some(arrow) if seen.insert(arrow.other) => here = arrow.other,
                // The first of a circle stands for it.
                Some(_) => return seen.iter().next() == Some(&id),
                None => return here == id,
            }
        }
    };
    book.of_kind("objective").map(|(id, _)| id).filter(|id| top(*id)).collect()
}

/// The objective that an objective contributes to, if it is to be seen.
pub fn parent(book: Book<'_>, id: EntityId) -> Option<&Arrow> {
    let arrows = book.graph.arrows(id).iter();
    let mut arrows = arrows.filter(|arrow| book.graph.name(arrow) == "parent");
    arrows.find(|arrow| book.entity(arrow.other).is_some())
}

/// Whether a relation says what `from` is for.
fn is_reason(book: Book<'_>, from: EntityId, to: EntityId, arrow: &Arrow) -> bool {
    let (from, to) = (book.kind_of(from), book.kind_of(to));
    !book.graph.is_mention(arrow) && (!DOERS.contains(&to) || ABOUT_DOERS.contains(&from))
}

/// Adds a way to those that begin like it.
fn join<'a>(rungs: &mut Vec<Rung<'a>>, way: Vec<(EntityId, Option<&'a Arrow>)>) {
    let mut level = rungs;
    for (id, arrow) in way {
        let at = match level.iter().position(|rung| rung.id == id) {
            Some(at) => at,
            None => {
                level.push(Rung { id, arrow, below: Vec::new() });
                level.len() - 1
            }
        };
        let Some(rung) = level.get_mut(at) else { return };
        level = &mut rung.below;
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    /// "goal > objective > *channel" for each way.
    fn told(rungs: &[Rung<'_>], book: Book<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        for rung in rungs {
            let name = book.entity(rung.id).map(|entity| entity.id.clone()).unwrap_or_default();
            if rung.below.is_empty() {
                lines.push(name);
            } else {
                let below = told(&rung.below, book);
                lines.extend(below.into_iter().map(|line| format!("{name} > {line}")));
            }
        }
        lines
    }

    fn why(sample: &Sample, kind: &str, id: &str) -> Vec<String> {
        let book = sample.book();
        let id = sample.id(kind, id);
        told(&Chains::of(book).reasons(book, id, 4).goals, book)
    }

    fn strategy() -> Sample {
        Sample::new([
            ("playbook.yaml", "title: T"),
            ("objectives/river.md", "---\nkind: organisation\nowner: press\n---\n"),
            (
                "objectives/hands.md",
                "---\nkind: communication\nparent: river\naudiences: [volunteers]\n---\n",
            ),
            ("objectives/trust.md", "---\nkind: communication\nparent: river\n---\n"),
            ("audiences/volunteers.md", "---\nwho: They\n---\n"),
            ("channels/letter.md", "---\nuses: [{ objective: hands, for: dates }, trust]\n---\n"),
            ("channels/aimless.md", "---\npurpose: none\nowner: press\n---\n"),
            ("campaigns/winter.md", "---\nobjectives: trust\n---\n"),
            ("posts/one.md", "---\nat: 2026-01-01\nchannels: letter\ncampaign: winter\n---\n"),
            ("roles/press.md", "---\nresponsibilities: [talks]\n---\n"),
        ])
    }

    #[test]
    fn everything_leads_to_a_goal() {
        let sample = strategy();
        assert_eq!(why(&sample, "channel", "letter"), ["river > hands > letter", "river > trust > letter"]);
        assert_eq!(why(&sample, "audience", "volunteers"), ["river > hands > volunteers"]);
        assert_eq!(why(&sample, "objective", "hands"), ["river > hands"]);
        assert_eq!(why(&sample, "role", "press"), ["river > press"]);
        // The campaign serves one objective, the channel two: it says more.
        assert_eq!(why(&sample, "post", "one"), ["river > trust > winter > one"]);
    }

    #[test]
    fn a_thing_is_not_there_for_who_does_it() {
        assert!(why(&strategy(), "channel", "aimless").is_empty());
        assert!(why(&strategy(), "objective", "river").is_empty());
    }

    #[test]
    fn the_note_stands_on_the_way() {
        let sample = strategy();
        let book = sample.book();
        let reasons = Chains::of(book).reasons(book, sample.id("channel", "letter"), 1);
        let objective = &reasons.goals[0].below[0];
        assert_eq!(objective.below[0].arrow.and_then(|arrow| arrow.note.as_deref()), Some("dates"));
        assert_eq!(reasons.left_out, 1);
    }

    #[test]
    fn circles_end() {
        let sample = Sample::new([
            ("playbook.yaml", "title: T"),
            ("objectives/a.md", "---\nkind: communication\nparent: b\n---\n"),
            ("objectives/b.md", "---\nkind: communication\nparent: a\n---\n"),
            ("objectives/self.md", "---\nkind: communication\nparent: self\n---\n"),
        ]);
        assert_eq!(why(&sample, "objective", "a"), ["b > a"]);
        assert!(why(&sample, "objective", "self").is_empty());
        let book = sample.book();
        let ids: Vec<&str> =
            goals(book).iter().filter_map(|id| Some(book.entity(*id)?.id.as_str())).collect();
        assert_eq!(ids, ["a", "self"]);
        assert_eq!(below(book, sample.id("objective", "a")).len(), 1);
    }

    #[test]
    fn what_hangs_on_a_goal_has_what_hangs_on_it() {
        let sample = strategy();
        let book = sample.book();
        assert_eq!(
            told(&below(book, sample.id("objective", "river")), book),
            ["hands > volunteers", "hands > letter", "trust > letter", "trust > winter"]
        );
    }
}
