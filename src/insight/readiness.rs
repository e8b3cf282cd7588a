//! Whether a playbook is ready for its crises: what each scenario has and lacks.

use super::Book;
use super::crisis::{Contact, Scenario, scenarios};
use crate::model::Readership;

/// What one scenario has; `None` where the edition does not show what would be needed to tell.
#[derive(Clone, Debug)]
pub struct Readiness<'a> {
    /// The scenario.
    pub scenario: Scenario<'a>,
    /// Whether it was rehearsed, or lived through, in time.
    pub rehearsed: bool,
    /// Whether there is a text for the first words.
    pub statement: Option<bool>,
    /// Whether somebody leads.
    pub lead: bool,
    /// Whether somebody speaks.
    pub spokesperson: bool,
    /// Whether both can be called.
    pub phone: Option<bool>,
    /// Whether something is done against it in quiet times.
    pub prevention: bool,
    /// Whether the early signals are known.
    pub signals: bool,
}

impl Readiness<'_> {
    /// Whether anything is missing.
    pub fn has_gap(&self) -> bool {
        !(self.rehearsed && self.lead && self.spokesperson && self.prevention && self.signals)
            || self.statement == Some(false)
            || self.phone == Some(false)
    }
}

/// The readiness of all scenarios, the gravest first.
pub fn readiness(book: Book<'_>) -> Vec<Readiness<'_>> {
    let shows_people = book.of_kind("person").next().is_some();
    let shows_templates = book.of_kind("template").next().is_some();
    let all = scenarios(book).into_iter();
    all.map(|scenario| Readiness {
        rehearsed: !scenario.is_rehearsal_due(book.today),
        statement: shows_templates.then(|| scenario.has_holding_statement()),
        lead: has(&scenario, "lead"),
        spokesperson: has(&scenario, "spokesperson"),
        phone: shows_people
            .then(|| ["lead", "spokesperson"].iter().all(|duty| is_reachable(&scenario, duty))),
        prevention: !scenario.prevention.is_empty(),
        signals: !scenario.early_signals.is_empty(),
        scenario,
    })
    .collect()
}

fn has(scenario: &Scenario<'_>, duty: &str) -> bool {
    scenario.members(duty).next().is_some()
}

/// Whether somebody with a duty can be called.
pub fn is_reachable(scenario: &Scenario<'_>, duty: &str) -> bool {
    let has_phone = |contact: &Contact| contact.phone.is_some();
    scenario.members(duty).any(|member| member.people.iter().any(has_phone))
}

/// Whether somebody with a duty can be called by whoever has the crisis edition.
pub fn is_reachable_in_crisis(book: Book<'_>, scenario: &Scenario<'_>, duty: &str) -> bool {
    let is_seen = |contact: &Contact| {
        let person = book.entity(contact.person);
        contact.phone.is_some() && person.is_some_and(|person| person.seen_by.contains(Readership::Crisis))
    };
    scenario.members(duty).any(|member| member.people.iter().any(is_seen))
}
