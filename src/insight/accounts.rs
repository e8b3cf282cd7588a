//! The lens on accounts: who holds them, who gets in, how they are protected, and when access was last looked at.

use std::collections::BTreeSet;

use super::Book;
use super::fields::Fields;
use super::people::person;
use crate::model::EntityId;
use crate::text::{Span, Spanned};
use crate::world::Date;

/// Days after which somebody should have looked at who gets in.
pub const REVIEW_DAYS: i64 = 180;
/// People who should hold an account, at least.
pub const OWNERS: usize = 2;

/// What is asked for besides the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondStep {
    /// Nothing.
    None,
    /// A text message.
    Sms,
    /// An app or a key.
    Strong,
}

/// Somebody who gets in.
#[derive(Clone, Debug, PartialEq)]
pub struct Access<'a> {
    /// Who.
    pub person: EntityId,
    /// With which powers.
    pub level: Option<&'a str>,
    /// Where it is written.
    pub span: Span,
}

/// An account in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Account<'a> {
    /// The account.
    pub id: EntityId,
    /// Its channels; as a rule one.
    pub channels: Vec<EntityId>,
    /// Its name on the platform.
    pub handle: Option<Spanned<String>>,
    /// Its address.
    pub url: Option<Spanned<String>>,
    /// Who has full control.
    pub owners: Vec<EntityId>,
    /// Everybody who gets in.
    pub access: Vec<Access<'a>>,
    /// The second step, where it is written; and where.
    pub second_step: Option<(SecondStep, Span)>,
    /// Who can have it back.
    pub recovery: Vec<EntityId>,
    /// When somebody last looked at who gets in, and where that is written.
    pub reviewed: Option<(Date, Span)>,
    /// Days since then.
    pub age: Option<i64>,
    /// Those among owners, access and recovery who have left or are no longer active.
    pub gone: Vec<EntityId>,
}

/// What is wrong with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Somebody who left still holds it or gets in.
    Gone,
    /// Nothing besides the password.
    NoSecondStep,
    /// Fewer than two owners.
    FewOwners,
    /// Nobody to get it back.
    NoRecovery,
    /// Access was not looked at for too long, or never.
    NotReviewed,
    /// A text message only.
    Sms,
}

impl Account<'_> {
    /// What is wrong with it, the worst first. What the book does not show is not wrong.
    pub fn weaknesses(&self, book: Book<'_>) -> Vec<Weakness> {
        let everybody = book.shows_all("person");
        let step = self.second_step.map(|(step, _)| step);
        let present = self.owners.iter().filter(|owner| !self.gone.contains(owner)).count();
        [
            (!self.gone.is_empty(), Weakness::Gone),
            (step == Some(SecondStep::None), Weakness::NoSecondStep),
            (everybody && present < OWNERS, Weakness::FewOwners),
            (everybody && self.recovery.is_empty(), Weakness::NoRecovery),
            (self.is_overdue(), Weakness::NotReviewed),
            (step == Some(SecondStep::Sms), Weakness::Sms),
        ]
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, weakness)| weakness)
        .collect()
    }

    /// Whether access was not looked at for too long, or never.
    pub fn is_overdue(&self) -> bool {
        self.age.is_none_or(|age| age > REVIEW_DAYS)
    }
}

/// An account in force; `None` for others and for other kinds.
pub fn account<'a>(book: Book<'a>, id: EntityId) -> Option<Account<'a>> {
    let entity = book.entity(id).filter(|entity| book.is_active(entity))?;
    let fields = Fields::of(book.kinds, entity, "account")?;
    let owners = book.related(id, "owners");
    let recovery = book.related(id, "recovery_contact");
    let access: Vec<Access<'a>> = fields
        .records("access")
        .filter_map(|(access, item)| {
            let person = access.edges("person").first()?.target;
            Some(Access { person, level: access.choice("level"), span: item.span })
        })
        .collect();
    let second_step = fields.choice("two_factor").zip(fields.span("two_factor")).map(|(step, span)| {
        let step = match step {
            "none" => SecondStep::None,
            "sms" => SecondStep::Sms,
            _ => SecondStep::Strong,
        };
        (step, span)
    });
    let reviewed = fields.date("last_access_review").zip(fields.span("last_access_review"));
    let everybody = owners.iter().chain(&recovery).copied().chain(access.iter().map(|access| access.person));
    let everybody: BTreeSet<EntityId> = everybody.collect();
    let has_left = |id: &EntityId| person(book, *id).is_some_and(|person| !person.present);
    Some(Account {
        id,
        channels: book.related(id, "channel"),
        handle: fields.text("handle"),
        url: fields.url("url"),
        gone: everybody.into_iter().filter(has_left).collect(),
        owners,
        access,
        second_step,
        recovery,
        reviewed,
        age: reviewed.map(|(day, _)| i64::from((book.today - day).get_days())),
    })
}

/// All accounts in force, in order.
pub fn accounts(book: Book<'_>) -> Vec<Account<'_>> {
    book.of_kind("account").filter_map(|(id, _)| account(book, id)).collect()
}

/// What a channel in force says of itself that accounts have to agree with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// It is used, and needs an account.
    Used,
    /// It was decided to leave it, or never to go there.
    Left,
    /// It needs no account, or nothing is decided.
    Open,
}

/// How a channel stands to accounts; `None` for other kinds.
pub fn stance(book: Book<'_>, id: EntityId) -> Option<Stance> {
    let entity = book.entity(id)?;
    let fields = Fields::of(book.kinds, entity, "channel")?;
    let decision = fields.record("case").and_then(|case| case.choice("decision"));
    Some(match (decision, fields.choice("kind")) {
        (Some("close" | "avoid"), _) => Stance::Left,
        _ if !book.is_active(entity) => Stance::Open,
        // Not open yet, or shut for a time.
        (Some("adopt" | "pause"), _) | (_, Some("media" | "in_person" | "other")) => Stance::Open,
        _ => Stance::Used,
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn weak(account: &str) -> Vec<Weakness> {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en"),
            ("people.yaml", "ann: { name: Ann }\nbo: { name: Bo }\nold: { name: Old, left: 2026-05-31 }"),
            ("accounts.yaml", account),
        ]);
        let accounts = accounts(sample.book());
        accounts.first().map(|account| account.weaknesses(sample.book())).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_with_an_account() {
        let good = "x: { handle: x, owners: [ann, bo], two_factor: key, recovery_contact: bo, last_access_review: 2025-12-03 }";
        assert_eq!(weak(good), [], "180 days are not too many");
        assert_eq!(weak(&good.replace("2025-12-03", "2025-12-02")), [Weakness::NotReviewed]);
        assert_eq!(weak(&good.replace("key", "sms")), [Weakness::Sms]);
        assert_eq!(weak(&good.replace("key", "none")), [Weakness::NoSecondStep]);
        assert_eq!(weak(&good.replace("[ann, bo]", "[ann, old]")), [Weakness::Gone, Weakness::FewOwners]);
        assert_eq!(weak(&good.replace("recovery_contact: bo, ", "")), [Weakness::NoRecovery]);
        assert_eq!(
            weak(&good.replace("handle: x", "handle: x, status: retired, access: [{ person: old }]")),
            []
        );
    }
}
