//! Who does, answers, is consulted and is informed, over all procedures: how much falls on each role, and which steps nobody has.

use std::collections::BTreeMap;

use super::Book;
use super::fields::Fields;
use super::steps::{Step, steps};
use crate::model::{EntityId, Resolved};

/// Steps that a role may carry out before it counts as overloaded, unless the settings say otherwise.
const MOST_STEPS: usize = 15;

/// How many steps a role has with each duty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    /// Carried out.
    pub responsible: usize,
    /// Answered for.
    pub accountable: usize,
    /// Consulted in.
    pub consulted: usize,
    /// Informed of.
    pub informed: usize,
}

/// A procedure with the duties of the roles in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// The procedure.
    pub procedure: EntityId,
    /// Its steps.
    pub steps: Vec<Step>,
    /// What falls on each role.
    pub roles: BTreeMap<EntityId, Duties>,
    /// Positions of the steps that nobody carries out.
    pub without_r: Vec<usize>,
    /// Positions of the steps for which not exactly one role answers.
    pub without_a: Vec<usize>,
}

/// A role's part in a procedure: the steps, by position, with its letters in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The procedure.
    pub procedure: EntityId,
    /// What is done, and the letters among `RACI` that the role has in it.
    pub steps: Vec<(String, Vec<char>)>,
}

/// The procedures in force, in order, with who has what to do with them.
pub fn raci(book: Book<'_>) -> Vec<Shares> {
    book.of_kind("procedure").filter_map(|(id, _)| shares(book, id)).collect()
}

/// One procedure in force. Roles that the book does not show make no hole.
pub fn shares(book: Book<'_>, procedure: EntityId) -> Option<Shares> {
    let entity = book.entity(procedure).filter(|entity| book.is_active(entity))?;
    let steps = steps(book.kinds, entity);
    let mut roles: BTreeMap<EntityId, Duties> = BTreeMap::new();
    let (mut without_r, mut without_a) = (Vec::new(), Vec::new());
    for (at, step) in steps.iter().enumerate() {
        for (letter, role) in letters(step) {
            let duties = roles.entry(role).or_default();
            match letter {
                'R' => duties.responsible += 1,
                'A' => duties.accountable += 1,
                'C' => duties.consulted += 1,
                _ => duties.informed += 1,
            }
        }
        if book.shows_all("role") {
            if step.responsible.is_empty() {
                without_r.push(at);
            }
            if step.accountable.len() != 1 {
                without_a.push(at);
            }
        }
    }
    (!steps.is_empty()).then_some(Shares { procedure, steps, roles, without_r, without_a })
}

/// What falls on each role over all procedures.
pub fn load(procedures: &[Shares]) -> BTreeMap<EntityId, Duties> {
    let mut all: BTreeMap<EntityId, Duties> = BTreeMap::new();
    for (role, duties) in procedures.iter().flat_map(|shares| &shares.roles) {
        let sum = all.entry(*role).or_default();
        sum.responsible += duties.responsible;
        sum.accountable += duties.accountable;
        sum.consulted += duties.consulted;
        sum.informed += duties.informed;
    }
    all
}

/// Steps that a role may carry out before it counts as overloaded.
pub fn most_steps(book: Book<'_>) -> usize {
    let wished =
        Fields::<Resolved>::setting(book, "thresholds").and_then(|limits| limits.number("steps_per_role"));
    wished.filter(|steps| *steps >= 1.0).map_or(MOST_STEPS, |steps| steps as usize)
}

/// What a role has to do in the procedures in force.
pub fn parts_of(book: Book<'_>, role: EntityId) -> Vec<Part> {
    let mut procedures: Vec<EntityId> = ["carries_out", "answers_for", "consulted_in", "informed_of"]
        .into_iter()
        .flat_map(|name| book.related(role, name))
        .collect();
    procedures.sort();
    procedures.dedup();
    let part = |procedure: EntityId| {
        let shares = shares(book, procedure)?;
        let own = |step: &Step| {
            let own =
                letters(step).filter(|(_, of)| *of == role).map(|(letter, _)| letter).collect::<Vec<char>>();
            (!own.is_empty()).then(|| (step.name.value.clone(), own))
        };
        let steps: Vec<_> = shares.steps.iter().filter_map(own).collect();
        (!steps.is_empty()).then_some(Part { procedure, steps })
    };
    procedures.into_iter().filter_map(part).collect()
}

/// Whether a role answers for a step of a procedure in force.
pub fn answers(book: Book<'_>, role: EntityId) -> bool {
    let active = |id: &EntityId| book.entity(*id).is_some_and(|entity| book.is_active(entity));
    book.related(role, "answers_for").iter().any(active)
}

fn letters(step: &Step) -> impl Iterator<Item = (char, EntityId)> {
    let by = |letter: char, roles: &'_ [EntityId]| -> Vec<(char, EntityId)> {
        roles.iter().map(|role| (letter, *role)).collect()
    };
    let all = [
        by('R', &step.responsible),
        by('A', &step.accountable),
        by('C', &step.consulted),
        by('I', &step.informed),
    ];
    all.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn duties_are_counted_and_holes_found() {
        let steps = "p:\n  title: P\n  steps:\n\
            \x20   - { do: One, raci: { responsible: [a, b], accountable: a } }\n\
            \x20   - { do: Two, raci: { responsible: [a], informed: [b] } }\n\
            \x20   - { do: Three, raci: { accountable: b, consulted: [a] } }\n\
            q: { title: Q, status: draft, steps: [{ do: Four }] }";
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\nthresholds: { steps_per_role: 1 }"),
            ("roles.yaml", "a: { title: A }\nb: { title: B }"),
            ("procedures.yaml", steps),
        ]);
        let (a, b) = (sample.id("role", "a"), sample.id("role", "b"));
        let procedures = raci(sample.book());
        assert_eq!(procedures.len(), 1, "a draft is no matter yet");
        assert_eq!((&procedures[0].without_r, &procedures[0].without_a), (&vec![2], &vec![1]));
        let load = load(&procedures);
        assert_eq!(load[&a], Duties { responsible: 2, accountable: 1, consulted: 1, informed: 0 });
        assert_eq!(load[&b], Duties { responsible: 1, accountable: 1, consulted: 0, informed: 1 });
        assert_eq!(most_steps(sample.book()), 1);
        let parts = parts_of(sample.book(), b);
        let letters: Vec<&[char]> = parts[0].steps.iter().map(|(_, letters)| letters.as_slice()).collect();
        assert_eq!(letters, [&['R'][..], &['I'], &['A']]);
        assert!(answers(sample.book(), b));
    }
}
