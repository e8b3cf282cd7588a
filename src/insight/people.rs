//! The lenses on roles and people: who holds what, who stands in, who has left, which functions nobody has.

use std::collections::{BTreeMap, BTreeSet};

use super::Book;
use super::fields::Fields;
use crate::model::EntityId;
use crate::world::Date;

/// The three functions that no team can do without.
pub const FUNCTIONS: [&str; 3] = ["moderator", "builder", "analyst"];

/// Levels of the map of the team.
const DEEPEST: usize = 8;

/// Names of a role's relations to the scenarios in whose team it is.
const CRISIS_POSTS: [&str; 8] = [
    "crisis_lead_of",
    "crisis_deputy_of",
    "spokesperson_in",
    "crisis_scribe_of",
    "legal_adviser_in",
    "expert_in",
    "external_liaison_in",
    "internal_liaison_in",
];

/// A role and who holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Role<'a> {
    /// The role.
    pub id: EntityId,
    /// What it contributes.
    pub functions: Vec<&'a str>,
    /// The department; may be empty.
    pub unit: String,
    /// The role above it.
    pub reports_to: Option<EntityId>,
    /// The roles that stand in for it.
    pub deputies: Vec<EntityId>,
    /// Hours a week.
    pub hours: Option<f64>,
    /// Who holds it and is there.
    pub people: Vec<EntityId>,
    /// Who held it and has left, or is no longer active.
    pub gone: Vec<EntityId>,
    /// By what it is learned.
    pub paths: Vec<EntityId>,
    /// Whether training or a path prepares for it.
    pub prepared: bool,
}

/// Somebody, as far as it matters whether they can be counted on.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The person.
    pub id: EntityId,
    /// Whether they work here.
    pub present: bool,
    /// Their last day, if it has passed.
    pub left: Option<Date>,
    /// Absences that are not over: first and last day, in order.
    pub absences: Vec<(Date, Date)>,
}

/// A role that is in force; `None` for others and for other kinds.
pub fn role<'a>(book: Book<'a>, id: EntityId) -> Option<Role<'a>> {
    let entity = book.entity(id).filter(|entity| book.is_active(entity))?;
    let fields = Fields::of(book.kinds, entity, "role")?;
    let (people, gone) = holders(book, id);
    let active = |name: &str| -> Vec<EntityId> {
        let others = book.related(id, name).into_iter();
        others.filter(|other| book.entity(*other).is_some_and(|other| book.is_active(other))).collect()
    };
    let paths = active("paths");
    Some(Role {
        id,
        functions: fields.choices("function"),
        unit: fields.text("unit").map(|unit| unit.value).unwrap_or_default(),
        reports_to: book.related(id, "reports_to").into_iter().find(|above| *above != id),
        deputies: active("deputy").into_iter().filter(|deputy| *deputy != id).collect(),
        hours: fields.hours("hours_per_week"),
        people,
        gone,
        prepared: !paths.is_empty() || fields.has("training"),
        paths,
    })
}

/// Who holds a role and is there, and who held it and is not.
pub(super) fn holders(book: Book<'_>, role: EntityId) -> (Vec<EntityId>, Vec<EntityId>) {
    let is_there = |id: &EntityId| person(book, *id).is_some_and(|person| person.present);
    book.related(role, "people").into_iter().partition(is_there)
}

/// All roles that are in force, in order.
pub fn roles(book: Book<'_>) -> Vec<Role<'_>> {
    book.of_kind("role").filter_map(|(id, _)| role(book, id)).collect()
}

/// Somebody; `None` for other kinds.
pub fn person(book: Book<'_>, id: EntityId) -> Option<Person> {
    let entity = book.entity(id)?;
    let fields = Fields::of(book.kinds, entity, "person")?;
    let left = fields.date("left").filter(|last| *last < book.today);
    let mut absences = fields.spans("absent");
    absences.retain(|(_, last)| *last >= book.today);
    absences.sort_unstable();
    Some(Person { id, present: left.is_none() && book.is_active(entity), left, absences })
}

/// Everybody who is there, in order.
pub fn people(book: Book<'_>) -> Vec<Person> {
    let all = book.of_kind("person").filter_map(|(id, _)| person(book, id));
    all.filter(|person| person.present).collect()
}

/// Whether nobody holds a role. Not said where the book may hide somebody.
pub fn is_vacant(book: Book<'_>, role: &Role<'_>) -> bool {
    role.people.is_empty() && book.shows_all("person")
}

/// Relations of a role or a person to the scenarios in whose team they are, by name.
pub fn crisis_posts(book: Book<'_>, id: EntityId) -> Vec<(&'static str, EntityId)> {
    let active =
        |scenario: &EntityId| book.entity(*scenario).is_some_and(|scenario| book.is_active(scenario));
    let of = |post: &'static str| {
        book.related(id, post).into_iter().filter(active).map(move |scenario| (post, scenario))
    };
    CRISIS_POSTS.into_iter().flat_map(of).collect()
}

/// A role in the map of the team, with those that report to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The role.
    pub role: EntityId,
    /// Position in the list of roles.
    pub at: usize,
    /// The role above it, where that stands in another unit.
    pub above: Option<EntityId>,
    /// Who reports to it within the unit.
    pub branches: Vec<Branch>,
}

/// The roles by unit, in the order in which units appear; within a unit by whom they report to. Who reports to themselves in a circle, or stands too deep, stands at the top.
pub fn team_map<'r>(roles: &'r [Role<'_>]) -> Vec<(&'r str, Vec<Branch>)> {
    let place: BTreeMap<EntityId, usize> = roles.iter().enumerate().map(|(at, role)| (role.id, at)).collect();
    let above = |role: &Role<'_>| role.reports_to.filter(|above| place.contains_key(above));
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); roles.len()];
    let mut tops: Vec<usize> = Vec::new();
    for (at, role) in roles.iter().enumerate() {
        let chief = above(role).and_then(|above| place.get(&above)).copied();
        let within = chief.filter(|chief| roles.get(*chief).is_some_and(|chief| chief.unit == role.unit));
        match within.and_then(|chief| below.get_mut(chief)) {
            Some(list) => list.push(at),
            None => tops.push(at),
        }
    }
    let mut placed = BTreeSet::new();
    let mut branches: Vec<Branch> = Vec::new();
    for at in tops.into_iter().chain(0..roles.len()) {
        let Some(mut branch) = branch(at, 0, roles, &below, &mut placed) else { continue };
        branch.above = roles.get(at).and_then(above);
        branches.push(branch);
    }
    branches.sort_by_key(|branch| branch.at);
    let mut units: Vec<(&str, Vec<Branch>)> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for branch in branches {
        let Some(role) = roles.get(branch.at) else { continue };
        let unit = *known.entry(&role.unit).or_insert_with(|| {
            units.push((&role.unit, Vec::new()));
            units.len() - 1
        });
        if let Some((_, list)) = units.get_mut(unit) {
            list.push(branch);
        }
    }
    units
}

fn branch(
    at: usize,
    depth: usize,
    roles: &[Role<'_>],
    below: &[Vec<usize>],
    placed: &mut BTreeSet<usize>,
) -> Option<Branch> {
    let role = roles.get(at).filter(|_| depth < DEEPEST && placed.insert(at))?;
    let under = below.get(at).map(Vec::as_slice).unwrap_or_default();
    let branches = under.iter().filter_map(|at| branch(*at, depth + 1, roles, below, placed)).collect();
    Some(Branch { role: role.id, at, above: None, branches })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    const ROLES: &str = "head: { title: Head, unit: Board, people: [ann] }\n\
        lead: { title: Lead, unit: Talk, reports_to: head, people: [ann], deputy: talk }\n\
        talk: { title: Talk, unit: Talk, reports_to: lead, people: [bo, old], function: [moderator] }\n\
        gone: { title: Gone, unit: Talk, reports_to: talk, people: [old] }\n\
        rest: { title: Rest, status: paused, people: [bo] }";
    const PEOPLE: &str = "ann: { name: Ann, absent: [2026-05-01..2026-05-09, 2026-06-10..2026-06-20] }\n\
        bo: { name: Bo, left: 2026-06-01 }\n\
        old: { name: Old, left: 2026-05-31 }";

    fn sample() -> Sample {
        Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en"),
            ("roles.yaml", ROLES),
            ("people.yaml", PEOPLE),
        ])
    }

    #[test]
    fn who_holds_a_role_and_who_held_it() {
        let sample = sample();
        let book = sample.book();
        let id = |name: &str| sample.id("role", name);
        let talk = role(book, id("talk")).expect("a role");
        assert_eq!(talk.people, [sample.id("person", "bo")], "the last day is a working day");
        assert_eq!(talk.gone, [sample.id("person", "old")]);
        assert_eq!(talk.functions, ["moderator"]);
        assert!(is_vacant(book, &role(book, id("gone")).expect("a role")));
        assert_eq!(role(book, id("rest")), None, "not in force");
        assert_eq!(role(book, id("lead")).expect("a role").deputies, [id("talk")]);
        let ann = person(book, sample.id("person", "ann")).expect("a person");
        assert_eq!(ann.absences, [(Date::constant(2026, 6, 10), Date::constant(2026, 6, 20))]);
    }

    #[test]
    fn the_map_hangs_roles_on_those_above_within_their_unit() {
        let sample = sample();
        let roles = roles(sample.book());
        let map = team_map(&roles);
        assert_eq!(map.iter().map(|(unit, _)| *unit).collect::<Vec<_>>(), ["Board", "Talk"]);
        let lead = map.iter().flat_map(|(_, branches)| branches).find(|branch| branch.above.is_some());
        let lead = lead.expect("whose chief is in another unit");
        assert_eq!(lead.role, sample.id("role", "lead"));
        assert_eq!(lead.branches[0].role, sample.id("role", "talk"));
        assert_eq!(lead.branches[0].branches[0].role, sample.id("role", "gone"));
    }

    #[test]
    fn a_circle_of_chiefs_is_shown_once() {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en"),
            (
                "roles.yaml",
                "a: { title: A, reports_to: b }\nb: { title: B, reports_to: a }\nc: { title: C, reports_to: c }",
            ),
        ]);
        let roles = roles(sample.book());
        let map = team_map(&roles);
        let count = |branch: &Branch| 1 + branch.branches.len();
        assert_eq!(map.iter().flat_map(|(_, branches)| branches).map(count).sum::<usize>(), 3);
    }
}
