//! The lens on informants: what they know, when they were last asked, and which of them is overdue.

use super::Book;
use super::fields::Fields;
use crate::model::{Cadence, EntityId, Unit, Value};
use crate::text::Span;
use crate::world::Date;

/// Somebody who knows things first.
#[derive(Clone, Debug, PartialEq)]
pub struct Informant {
    /// The informant.
    pub id: EntityId,
    /// What they know about.
    pub topics: Vec<String>,
    /// The pillars that live on it.
    pub pillars: Vec<EntityId>,
    /// How to reach them; may be empty.
    pub how: String,
    /// How often they are to be asked, and where that is written.
    pub cadence: Option<(Cadence, Span)>,
    /// When they were last asked.
    pub last: Option<Date>,
    /// The last day on which the promise to ask is still kept.
    pub due: Option<Date>,
}

impl Informant {
    /// Whether they should have been asked by now: the day has passed, or they never were.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.cadence.is_some() && self.due.is_none_or(|due| due < today)
    }
}

/// All informants in force, in order.
pub fn informants(book: Book<'_>) -> Vec<Informant> {
    book.of_kind("informant").filter_map(|(id, _)| informant(book, id)).collect()
}

/// An informant in force.
pub fn informant(book: Book<'_>, id: EntityId) -> Option<Informant> {
    let entity = book.entity(id).filter(|entity| book.is_active(entity))?;
    let fields = Fields::of(book.kinds, entity, "informant")?;
    let cadence = match fields.value("cadence") {
        Some(Value::Cadence(cadence)) if cadence.times > 0.0 => {
            fields.span("cadence").map(|span| (*cadence, span))
        }
        _ => None,
    };
    let last = fields.date("last_contact");
    Some(Informant {
        id,
        topics: fields.texts("topics").into_iter().map(|topic| topic.value).collect(),
        pillars: book.related(id, "pillars"),
        how: fields.text("how_to_reach").map(|how| how.value).unwrap_or_default(),
        due: last.zip(cadence).and_then(|(last, (cadence, _))| due(last, cadence)),
        cadence,
        last,
    })
}

/// Several times a week are kept by asking within the week, once every two weeks within two.
fn due(last: Date, cadence: Cadence) -> Option<Date> {
    let (unit, count) = match cadence.every {
        Unit::Minute | Unit::Hour => (Unit::Day, 1.0),
        // A day that is not worked must not make anybody late.
        Unit::WorkingDay | Unit::Day => (Unit::Day, 3.0_f64.max((1.0 / cadence.times).ceil())),
        unit => (unit, 1.0_f64.max((1.0 / cadence.times).ceil())),
    };
    unit.after(last, count)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    fn due_of(cadence: &str, last: &str) -> (Option<String>, bool) {
        let text = format!("x: {{ title: X, topics: [a], cadence: {cadence}, last_contact: {last} }}");
        let sample = Sample::new([
            ("playbook.yaml", "title: Guide\nlanguage: en"),
            ("informants.yaml", text.as_str()),
        ]);
        let found = informants(sample.book());
        (found[0].due.map(|due| due.to_string()), found[0].is_overdue(sample.today))
    }

    #[test]
    fn a_promise_is_kept_within_its_period() {
        assert_eq!(due_of("weekly", "2026-05-25"), (Some("2026-06-01".to_owned()), false));
        assert_eq!(due_of("weekly", "2026-05-24"), (Some("2026-05-31".to_owned()), true));
        assert_eq!(due_of("2 per week", "2026-05-27"), (Some("2026-06-03".to_owned()), false));
        assert_eq!(due_of("monthly", "2026-04-30"), (Some("2026-05-30".to_owned()), true));
        assert_eq!(due_of("weekly", ""), (None, true), "never asked");
    }
}
