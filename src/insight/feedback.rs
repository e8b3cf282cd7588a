//! What people told us, what was proposed because of it and what came of that; and the log of decisions.

use super::Book;
use super::fields::Fields;
use crate::model::EntityId;
use crate::series::number_of;
use crate::text::Span;
use crate::world::Date;

/// Days after which somebody who said something should have an answer, and a proposal should have been made.
pub const ANSWER_WITHIN: i64 = 30;

/// How far a proposal has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nothing is proposed yet.
    Received,
    /// A change is proposed.
    Proposed,
    /// It was accepted.
    Accepted,
    /// It is done.
    Done,
    /// It was rejected.
    Rejected,
}

impl Stage {
    /// In the order in which they are listed.
    pub const ALL: [Stage; 5] =
        [Stage::Received, Stage::Proposed, Stage::Accepted, Stage::Done, Stage::Rejected];

    /// Its key in the words of the site.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Received => "feedback_received",
            Stage::Proposed => "feedback_proposed",
            Stage::Accepted => "feedback_accepted",
            Stage::Done => "feedback_done",
            Stage::Rejected => "feedback_rejected",
        }
    }
}

/// A piece of feedback.
#[derive(Clone, Debug)]
pub struct Told {
    /// The entity.
    pub id: EntityId,
    /// When it reached us.
    pub date: Option<Date>,
    /// How many said the same.
    pub times: f64,
    /// How far its proposal has come.
    pub stage: Stage,
    /// Who takes the proposal forward.
    pub owner: Option<EntityId>,
    /// Whether those who said it know what came of it.
    pub answered: bool,
    /// Days since it came.
    pub age: Option<i64>,
}

impl Told {
    /// Whether people have waited too long for an answer.
    pub fn is_unanswered(&self) -> bool {
        !self.answered && self.age.is_some_and(|age| age > ANSWER_WITHIN)
    }

    /// Whether it has waited too long for a proposal.
    pub fn is_unproposed(&self) -> bool {
        self.stage == Stage::Received && self.age.is_some_and(|age| age > ANSWER_WITHIN)
    }
}

/// All feedback, in the order of the playbook.
pub fn told(book: Book<'_>) -> Vec<Told> {
    let of = |(id, entity)| {
        let fields = Fields::of(book.kinds, entity, "feedback")?;
        let proposal = fields.record("proposal");
        let proposal = proposal.as_ref();
        let stage = match proposal.and_then(|proposal| proposal.choice("status")) {
            Some("new") => Stage::Received,
            Some("proposed") => Stage::Proposed,
            Some("accepted") => Stage::Accepted,
            Some("done") => Stage::Done,
            Some("rejected") => Stage::Rejected,
            _ if proposal.is_some_and(|proposal| proposal.has("text")) => Stage::Proposed,
            _ => Stage::Received,
        };
        let date = fields.date("date");
        Some(Told {
            id,
            date,
            times: fields.number("times").unwrap_or(1.0),
            stage,
            owner: proposal
                .and_then(|proposal| proposal.edges("owner").first())
                .map(|edge| edge.target)
                .filter(|owner| book.entity(*owner).is_some()),
            answered: proposal.and_then(|proposal| proposal.yes("answered")).unwrap_or(false),
            age: date.map(|date| number_of(book.today) - number_of(date)),
        })
    };
    book.of_kind("feedback").filter(|(_, entity)| book.is_active(entity)).filter_map(of).collect()
}

/// Where the proposal of a piece of feedback is written.
pub fn proposal_span(book: Book<'_>, feedback: EntityId) -> Option<Span> {
    Fields::of(book.kinds, book.entity(feedback)?, "feedback")?.span("proposal")
}

/// How many came as far as each stage of the funnel: received, proposed, accepted, done, done and answered.
pub fn funnel(told: &[Told]) -> [usize; 5] {
    let count = |reached: &dyn Fn(&Told) -> bool| told.iter().filter(|told| reached(told)).count();
    [
        told.len(),
        count(&|told| told.stage >= Stage::Proposed),
        count(&|told| matches!(told.stage, Stage::Accepted | Stage::Done)),
        count(&|told| told.stage == Stage::Done),
        count(&|told| told.stage == Stage::Done && told.answered),
    ]
}

/// A decision in the log.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The decision.
    pub id: EntityId,
    /// When it was taken.
    pub date: Option<Date>,
    /// `start`, `change`, `stop` or `keep`.
    pub kind: Option<&'static str>,
    /// What it changes.
    pub changes: Vec<EntityId>,
    /// Whether its result was written down.
    pub reviewed: bool,
    /// When it is to be reviewed.
    pub review: Option<Date>,
    /// Whether a later decision takes its place.
    pub replaced: bool,
}

impl Decided {
    /// Whether its day of review has passed and nobody wrote what came of it.
    pub fn is_overdue(&self, today: Date) -> bool {
        !self.reviewed && !self.replaced && self.review.is_some_and(|review| review < today)
    }
}

/// All decisions, the newest first.
pub fn decided(book: Book<'_>) -> Vec<Decided> {
    let of = |(id, entity)| {
        let fields = Fields::of(book.kinds, entity, "decision")?;
        let kind = fields.choice("kind");
        let edges = |name: &str| -> Vec<EntityId> {
            fields
                .edges(name)
                .iter()
                .map(|edge| edge.target)
                .filter(|id| book.entity(*id).is_some())
                .collect()
        };
        Some(Decided {
            id,
            date: fields.date("date"),
            kind: ["start", "change", "stop", "keep"].into_iter().find(|name| Some(*name) == kind),
            changes: edges("changes"),
            reviewed: fields.has("result"),
            review: fields.date("review"),
            replaced: !book.related(id, "replaced_by").is_empty(),
        })
    };
    let mut decided: Vec<Decided> =
        book.of_kind("decision").filter(|(_, entity)| book.is_active(entity)).filter_map(of).collect();
    decided.sort_by_key(|decided| (std::cmp::Reverse(decided.date), decided.id));
    decided
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::checked::Sample;

    #[test]
    fn the_funnel_narrows() {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            (
                "feedback.yaml",
                "a: { date: 2026-11-01, said: One }
b: { date: 2026-09-01, said: Two }
c: { date: 2026-09-01, said: Three, proposal: { text: Do it } }
d: { date: 2026-09-01, said: Four, proposal: { text: Do it, status: accepted, answered: true } }
e: { date: 2026-09-01, said: Five, proposal: { text: Do it, status: done, answered: true } }
f: { date: 2026-09-01, said: Six, proposal: { text: Do it, status: rejected } }
",
            ),
        ]);
        let told = told(sample.book());
        assert_eq!(funnel(&told), [6, 4, 2, 1, 1]);
        let unproposed: Vec<bool> = told.iter().map(Told::is_unproposed).collect();
        assert_eq!(unproposed, [false, true, false, false, false, false]);
        assert_eq!(told.iter().filter(|told| told.is_unanswered()).count(), 3);
    }

    #[test]
    fn decisions_are_listed_by_day() {
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en\n"),
            (
                "decisions.yaml",
                "a: { title: A, date: 2026-01-01, kind: stop, review: 2026-06-01 }
b: { title: B, date: 2026-03-01, kind: keep, review: 2026-06-01, result: It went well }
c: { title: C, date: 2026-02-01, kind: stop, review: 2026-06-01 }
d: { title: D, date: 2026-05-01, kind: start, review: 2027-06-01, replaces: [c] }
",
            ),
        ]);
        let book = sample.book();
        let decided = decided(book);
        let names: Vec<&str> =
            decided.iter().filter_map(|one| Some(book.entity(one.id)?.title.as_str())).collect();
        assert_eq!(names, ["D", "B", "C", "A"]);
        let overdue: Vec<bool> = decided.iter().map(|one| one.is_overdue(book.today)).collect();
        assert_eq!(overdue, [false, false, false, true]);
    }
}
