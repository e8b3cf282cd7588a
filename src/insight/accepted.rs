//! The lens on gaps that an author accepts on purpose.

use super::Book;
use crate::finding::Code;
use crate::model::{Entity, Kinds, Phase, Resolved, Value};
use crate::text::{Span, fold};
use crate::world::Date;

/// A gap that is meant to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The code of its finding.
    pub code: String,
    /// Where the code is written.
    pub code_span: Span,
    /// Why.
    pub reason: String,
    /// Until when; for ever when not said.
    pub until: Option<Date>,
    /// What findings about the entity point at.
    pub span: Span,
    /// Whether the entity is alone in its file: then every finding in that file is about it.
    pub whole_file: bool,
}

impl Accepted {
    /// Whether this is the code that is meant, by number or by name.
    pub fn names(&self, code: &Code) -> bool {
        self.code.eq_ignore_ascii_case(code.id) || fold(&self.code) == code.name
    }
}

/// The accepted gaps of an entity.
pub fn accepted<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> Vec<Accepted> {
    let Some((index, field)) = kinds.kind(entity.kind).and_then(|kind| kind.field("accept")) else {
        return Vec::new();
    };
    let fields = field.shape.record().unwrap_or_default();
    let part = |name: &str| {
        fields.iter().position(|field| field.name == name).and_then(|index| u16::try_from(index).ok())
    };
    let (Some(code), Some(until)) = (part("code"), part("until")) else { return Vec::new() };
    let Some(Value::List(items)) = entity.record.value(index).map(|item| &item.value) else {
        return Vec::new();
    };
    let gap = |item: &crate::model::Item<P>| {
        let Value::Record(record) = &item.value else { return None };
        let written = record.value(code)?;
        let Value::Text(code) = &written.value else { return None };
        let until = match record.value(until).map(|item| &item.value) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        };
        let reason = match part("reason").and_then(|reason| record.value(reason)).map(|item| &item.value) {
            Some(Value::Text(reason)) => reason.clone(),
            _ => String::new(),
        };
        Some(Accepted {
            code: code.clone(),
            code_span: written.span,
            reason,
            until,
            span: entity.span,
            whole_file: entity.alone,
        })
    };
    items.iter().filter_map(gap).collect()
}

/// Whether an entity accepts the gap of a code as of the book's day.
pub fn accepts(book: Book<'_>, entity: &Entity<Resolved>, code: &str) -> bool {
    accepted(book.kinds, entity)
        .iter()
        .any(|gap| gap.code.eq_ignore_ascii_case(code) && gap.until.is_none_or(|until| until >= book.today))
}
