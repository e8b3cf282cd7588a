//! The lens on incidents and drills: how long until the first words, against what was promised; whether it was reviewed in time; what is still to be done.

use super::Book;
use super::crisis::{passage, severity, target};
use super::fields::Fields;
use crate::model::{EntityId, Passage, Resolved, Unit};
use crate::text::Span;
use crate::world::{Date, DateTime};

/// Working days within which an incident is reviewed once it is over.
const REVIEW_WITHIN: u32 = 5;

/// A task that came of an incident.
#[derive(Clone, Debug)]
pub struct Task<'a> {
    /// What has to be done.
    pub text: Option<&'a Passage<Resolved>>,
    /// By whom.
    pub owner: Option<EntityId>,
    /// The last day.
    pub by: Option<Date>,
    /// Whether it was done.
    pub done: bool,
    /// Where it stands.
    pub span: Span,
}

impl Task<'_> {
    /// Whether it should have been done.
    pub fn is_overdue(&self, today: Date) -> bool {
        !self.done && self.by.is_some_and(|day| day < today)
    }
}

/// Something that happened or was rehearsed.
#[derive(Clone, Debug)]
pub struct Incident<'a> {
    /// The entity.
    pub id: EntityId,
    /// Whether it was a drill.
    pub drill: bool,
    /// When it began.
    pub start: Option<DateTime>,
    /// When it was over.
    pub end: Option<DateTime>,
    /// When the first public words were said.
    pub first_statement: Option<DateTime>,
    /// How soon its severity promises them.
    pub promised: Option<(f64, Unit)>,
    /// When people sat down to learn from it.
    pub reviewed: Option<Date>,
    /// What is to be done.
    pub tasks: Vec<Task<'a>>,
}

impl Incident<'_> {
    /// Minutes until the first public words.
    pub fn silence(&self) -> Option<i64> {
        minutes(self.start?, self.first_statement?)
    }

    /// Minutes that it lasted.
    pub fn length(&self) -> Option<i64> {
        minutes(self.start?, self.end?)
    }

    /// Whether the first words came in time; `None` where that cannot be told.
    pub fn in_time(&self) -> Option<bool> {
        let (count, unit) = self.promised?;
        let minutes = match unit {
            Unit::Minute => count,
            Unit::Hour => count * 60.0,
            // Days and more: by the calendar.
            _ => {
                let last = unit.after(self.start?.date(), count)?;
                return Some(self.first_statement?.date() <= last);
            }
        };
        Some(self.silence()? as f64 <= minutes)
    }

    /// The day by which it has to be reviewed.
    pub fn review_by(&self) -> Option<Date> {
        working_days_after(self.end?.date(), REVIEW_WITHIN)
    }

    /// Whether it should have been reviewed and was not.
    pub fn is_review_overdue(&self, today: Date) -> bool {
        self.reviewed.is_none() && self.review_by().is_some_and(|day| day < today)
    }
}

/// All incidents and drills that are alive, in order.
pub fn incidents(book: Book<'_>) -> Vec<Incident<'_>> {
    let alive = book.of_kind("incident").filter(|(_, entity)| book.is_active(entity));
    alive.filter_map(|(id, _)| incident(book, id)).collect()
}

/// An incident; `None` for an entity of another kind.
pub fn incident(book: Book<'_>, id: EntityId) -> Option<Incident<'_>> {
    let fields = Fields::of(book.kinds, book.entity(id)?, "incident")?;
    let tasks = fields.records("actions").map(|(task, item)| Task {
        text: passage(&task, "do"),
        owner: target(&task, "owner"),
        by: task.date("by"),
        done: task.yes("done").unwrap_or(false),
        span: item.span,
    });
    Some(Incident {
        id,
        drill: fields.choice("kind") == Some("drill"),
        start: fields.moment("start"),
        end: fields.moment("end"),
        first_statement: fields.moment("first_statement"),
        promised: target(&fields, "severity")
            .and_then(|level| severity(book, level))
            .and_then(|level| level.first_statement_within),
        reviewed: fields.date("debriefed"),
        tasks: tasks.collect(),
    })
}

fn minutes(from: DateTime, to: DateTime) -> Option<i64> {
    let minutes = to.duration_since(from).as_mins();
    (minutes >= 0).then_some(minutes)
}

/// The day that lies so many working days after another, Mondays to Fridays.
fn working_days_after(date: Date, count: u32) -> Option<Date> {
    let mut day = date;
    let mut left = count;
    while left > 0 {
        day = day.tomorrow().ok()?;
        if day.weekday().to_monday_one_offset() <= 5 {
            left -= 1;
        }
    }
    Some(day)
}
