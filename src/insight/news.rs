//! What happened in the playbook by its own dates: decisions that were taken, evaluations that were handed over, incidents that are over.

use super::{Book, decided, evaluations, incidents};
use crate::model::EntityId;
use crate::world::Date;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct News {
    /// On which day.
    pub on: Date,
    /// The entity that tells it.
    pub id: EntityId,
}

/// What happened up to today, the newest first.
pub fn news(book: Book<'_>) -> Vec<News> {
    let decisions = decided(book).into_iter().filter_map(|one| Some(News { on: one.date?, id: one.id }));
    let evaluations =
        evaluations(book).into_iter().filter_map(|one| Some(News { on: one.issued?, id: one.id }));
    let incidents = incidents(book).into_iter().filter(|one| !one.drill);
    let incidents = incidents.filter_map(|one| Some(News { on: one.end?.date(), id: one.id }));
    let mut news: Vec<News> = decisions.chain(evaluations).chain(incidents).collect();
    news.retain(|one| {
        let is_draft = book.entity(one.id).is_none_or(|entity| is_draft(book, entity));
        one.on <= book.today && !is_draft
    });
    news.sort_by(|one, other| other.on.cmp(&one.on).then(one.id.cmp(&other.id)));
    news
}

fn is_draft(book: Book<'_>, entity: &crate::model::Entity<crate::model::Resolved>) -> bool {
    let fields = super::fields::Fields::any(book.kinds, entity);
    fields.and_then(|fields| fields.choice("status")) == Some("draft")
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn the_newest_first_and_nothing_of_tomorrow() {
        let sample = Sample::new([
            ("decisions/a.md", "---\ndate: 2025-05-01\n---\n"),
            ("decisions/b.md", "---\ndate: 2099-05-01\n---\n"),
            ("decisions/c.md", "---\ndate: 2025-06-01\nstatus: draft\n---\n"),
            ("evaluations/q2.md", "---\nperiod: 2025-Q2\nissued: 2025-07-10\n---\n"),
            ("incidents/fire.md", "---\nkind: real\nstart: 2025-03-01 10:00\nend: 2025-03-02 12:00\n---\n"),
            ("incidents/drill.md", "---\nkind: drill\nstart: 2025-03-01 10:00\nend: 2025-03-03 12:00\n---\n"),
        ]);
        let book = sample.book();
        let told: Vec<String> = news(book)
            .iter()
            .map(|one| format!("{} {}", one.on, book.entity(one.id).map_or("", |entity| &entity.id)))
            .collect();
        assert_eq!(told, ["2025-07-10 q2", "2025-05-01 a", "2025-03-02 fire"]);
    }
}
