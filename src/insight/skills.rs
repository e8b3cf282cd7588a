//! Which skills the roles need, and which people have them: what nobody can do, and what hangs on one person.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Fields;
use super::people::{holders, people, roles};
use super::{Book, accepts};
use crate::model::{Entity, EntityId, Resolved};

/// Codes under which authors accept what is missing.
pub const SKILL_OF_NOBODY: &str = "P343";
/// As above: what hangs on one person.
pub const SKILL_OF_ONE: &str = "P344";

/// A skill, who needs it and who has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Skill {
    /// The skill.
    pub id: EntityId,
    /// The roles in force that need it, each with the level.
    pub needed: BTreeMap<EntityId, f64>,
    /// Who has it, each with the level.
    pub held: BTreeMap<EntityId, f64>,
}

/// How well a skill is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// No role needs it.
    NotNeeded,
    /// Nobody has it at the level that is needed.
    Nobody,
    /// One person only has it at that level.
    One,
    /// Two people or more have it.
    Several,
}

impl Skill {
    /// The highest level that a role needs; 0 when none does.
    pub fn level(&self) -> f64 {
        self.needed.values().copied().fold(0.0, f64::max)
    }

    /// The roles that need that level.
    pub fn most_needed_by(&self) -> Vec<EntityId> {
        let level = self.level();
        self.needed.iter().filter(|(_, own)| **own >= level).map(|(role, _)| *role).collect()
    }

    /// Who has it at the level that is needed.
    pub fn able(&self) -> Vec<EntityId> {
        let level = self.level();
        self.held.iter().filter(|(_, own)| **own >= level).map(|(person, _)| *person).collect()
    }

    /// How well it is covered.
    pub fn cover(&self) -> Cover {
        match (self.needed.is_empty(), self.able().len()) {
            (true, _) => Cover::NotNeeded,
            (_, 0) => Cover::Nobody,
            (_, 1) => Cover::One,
            _ => Cover::Several,
        }
    }
}

/// All skills in order, with those of roles and people. Empty where no role needs any, or nobody wrote down who has them.
pub fn skills(book: Book<'_>) -> Vec<Skill> {
    let mut skills: BTreeMap<EntityId, Skill> = BTreeMap::new();
    for (id, entity) in book.of_kind("skill") {
        if book.is_active(entity) {
            skills.insert(id, Skill { id, needed: BTreeMap::new(), held: BTreeMap::new() });
        }
    }
    for role in roles(book) {
        for (skill, level) in
            book.entity(role.id).map(|entity| levels(book, entity, "role")).unwrap_or_default()
        {
            if let Some(skill) = skills.get_mut(&skill) {
                raise(&mut skill.needed, role.id, level);
            }
        }
    }
    for person in people(book) {
        for (skill, level) in held_by(book, person.id) {
            if let Some(skill) = skills.get_mut(&skill) {
                raise(&mut skill.held, person.id, level);
            }
        }
    }
    let is_known = |of: fn(&Skill) -> bool| skills.values().any(of);
    if !is_known(|skill| !skill.needed.is_empty()) || !is_known(|skill| !skill.held.is_empty()) {
        return Vec::new();
    }
    skills.into_values().collect()
}

/// Whether the author accepts that a skill is covered so badly.
pub fn is_accepted(book: Book<'_>, skill: &Skill) -> bool {
    let code = match skill.cover() {
        Cover::Nobody => SKILL_OF_NOBODY,
        Cover::One => SKILL_OF_ONE,
        Cover::NotNeeded | Cover::Several => return false,
    };
    book.entity(skill.id).is_some_and(|entity| accepts(book, entity, code))
}

/// A skill that a role needs, and who of those who hold the role has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    /// The skill.
    pub skill: EntityId,
    /// The level.
    pub level: f64,
    /// Who holds the role and has the skill, each with the level.
    pub held: Vec<(EntityId, f64)>,
}

impl Need {
    /// Whether somebody who holds the role has it at the level.
    pub fn is_met(&self) -> bool {
        self.held.iter().any(|(_, level)| *level >= self.level)
    }
}

/// What a role needs.
pub fn needs(book: Book<'_>, id: EntityId) -> Vec<Need> {
    let Some(entity) = book.entity(id) else { return Vec::new() };
    let people: Vec<(EntityId, BTreeMap<EntityId, f64>)> =
        holders(book, id).0.into_iter().map(|person| (person, held_by(book, person))).collect();
    let mut told = BTreeSet::new();
    let need = |(skill, level): (EntityId, f64)| {
        let held = people.iter().filter_map(|(person, levels)| Some((*person, *levels.get(&skill)?)));
        told.insert(skill).then(|| Need { skill, level, held: held.collect() })
    };
    levels(book, entity, "role").into_iter().filter_map(need).collect()
}

/// The skills of a person.
pub fn held_by(book: Book<'_>, person: EntityId) -> BTreeMap<EntityId, f64> {
    let mut held = BTreeMap::new();
    for (skill, level) in book.entity(person).map(|entity| levels(book, entity, "person")).unwrap_or_default()
    {
        raise(&mut held, skill, level);
    }
    held
}

/// A skill without a level is one that is there: level 1.
fn levels(book: Book<'_>, entity: &Entity<Resolved>, kind: &str) -> Vec<(EntityId, f64)> {
    let Some(fields) = Fields::of(book.kinds, entity, kind) else { return Vec::new() };
    let level = |skill: Fields<'_, Resolved>| {
        Some((skill.edges("skill").first()?.target, skill.number("level").unwrap_or(1.0)))
    };
    fields.records("skills").filter_map(|(skill, _)| level(skill)).collect()
}

fn raise(levels: &mut BTreeMap<EntityId, f64>, of: EntityId, level: f64) {
    let known = levels.entry(of).or_insert(level);
    *known = known.max(level);
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn covers(people: &str) -> Vec<Cover> {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en"),
            ("skills.yaml", "write: { title: Writing }\ncalm: { title: Calm }\nrest: { title: Rest }"),
            (
                "roles.yaml",
                "a: { title: A, people: [ann], skills: [{ skill: write, level: 3 }, { skill: calm }] }\n\
                 b: { title: B, skills: [{ skill: write, level: 2 }] }",
            ),
            ("people.yaml", people),
        ]);
        skills(sample.book()).iter().map(Skill::cover).collect()
    }

    #[test]
    fn the_highest_level_that_is_needed_counts() {
        let people = "ann: { name: Ann, skills: [{ skill: write, level: 3 }, { skill: calm }] }\n\
            bo: { name: Bo, skills: [{ skill: write, level: 2 }, { skill: calm, level: 4 }] }";
        assert_eq!(covers(people), [Cover::One, Cover::Several, Cover::NotNeeded]);
        let one_left = people.replace("name: Ann", "name: Ann, left: 2026-01-01");
        assert_eq!(covers(&one_left), [Cover::Nobody, Cover::One, Cover::NotNeeded]);
        assert!(covers("ann: { name: Ann }").is_empty(), "nobody wrote skills down");
    }
}
