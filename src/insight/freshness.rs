//! How fresh pages are: when each was last read over, and by when it has to be again.

use super::Book;
use super::calendar::{Entry, Matter, tasks};
use super::fields::Fields;
use crate::model::{Entity, EntityId, Kinds, Resolved, Unit, Value};
use crate::series::{day_of, number_of};
use crate::world::Date;

/// When a page was read over, and when it is to be again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The day on which somebody confirmed that it still holds.
    pub reviewed: Option<Date>,
    /// The day by which it has to be read again: its own interval, else that of the settings.
    pub due: Option<Date>,
}

impl Review {
    /// Whether that day has passed.
    pub fn is_overdue(self, today: Date) -> bool {
        self.due.is_some_and(|due| due < today)
    }
}

/// The review of a page.
pub fn review(book: Book<'_>, entity: &Entity<Resolved>) -> Review {
    let Some(fields) = Fields::any(book.kinds, entity) else { return Review::default() };
    let reviewed = fields.date("reviewed");
    let every = fields.duration("review_every").or_else(|| of_settings(book));
    let due = reviewed.zip(every).and_then(|(date, (count, unit))| unit.after(date, count));
    Review { reviewed, due }
}

/// Whether somebody answers for an entity.
pub fn has_owner(kinds: &Kinds, entity: &Entity<Resolved>) -> bool {
    Fields::any(kinds, entity).is_some_and(|fields| fields.has("owner"))
}

fn of_settings(book: Book<'_>) -> Option<(f64, Unit)> {
    match book.setting("review_every")?.value {
        Value::Duration { count, unit } => Some((count, unit)),
        _ => None,
    }
}

/// What somebody has to do or to look at again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Freshness {
    /// What is past its day, longest first.
    pub overdue: Vec<Entry>,
    /// What comes due within the days asked for, soonest first.
    pub soon: Vec<Entry>,
    /// Pages whose review is not due.
    pub fresh: usize,
    /// Pages of a kind that others review, on which nobody wrote when they were read over.
    pub never: Vec<EntityId>,
}

/// Everything that has to be done or looked at again by a day not further off than `days`.
pub fn freshness(book: Book<'_>, days: i64) -> Freshness {
    let until = day_of(number_of(book.today).saturating_add(days));
    let (mut found, mut reviewed_kinds) = (Freshness::default(), std::collections::BTreeSet::new());
    for entry in tasks(book) {
        if entry.on < book.today {
            found.overdue.push(entry);
        } else if entry.on <= until {
            found.soon.push(entry);
        } else if entry.matter == Matter::Review {
            found.fresh += 1;
        }
    }
    let mut never = Vec::new();
    for (id, entity) in book.iter().filter(|(_, entity)| book.is_active(entity)) {
        if review(book, entity).reviewed.is_some() {
            reviewed_kinds.insert(entity.kind);
        } else {
            never.push((id, entity.kind));
        }
    }
    found.never =
        never.into_iter().filter(|(_, kind)| reviewed_kinds.contains(kind)).map(|(id, _)| id).collect();
    found
}
