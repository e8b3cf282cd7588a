//! The texts of a record that are words: what a translation gives in another language.

use super::{Edge, Field, FieldType, Passage, Phase, Record, Translation, Value};
use crate::text::Span;

/// A text that wants a translation.
#[derive(Debug)]
pub enum Said<'a, P: Phase> {
    /// A line.
    Line(&'a str),
    /// Markdown.
    Prose(&'a Passage<P>),
    /// What a link is for.
    Note(&'a str),
}

/// Tells every text of a record that is words, with the field of the record that holds it and its place.
pub fn for_each_text<P: Phase>(
    fields: &[Field],
    record: &Record<P>,
    act: &mut dyn FnMut(&Field, Said<'_, P>, Span),
) {
    for (index, item) in &record.fields {
        let Some(field) = fields.get(usize::from(*index)) else { continue };
        if field.translation == Translation::Words {
            texts_of(&field.shape, &item.value, item.span, &mut |said, span| act(field, said, span));
        }
    }
}

/// Tells every text of a value that is words, with its place.
pub fn texts_of<P: Phase>(
    shape: &FieldType,
    value: &Value<P>,
    span: Span,
    act: &mut dyn FnMut(Said<'_, P>, Span),
) {
    let note = |edge: &Edge<P>, act: &mut dyn FnMut(Said<'_, P>, Span)| {
        if let Some(note) = &edge.note {
            act(Said::Note(note), edge.span);
        }
    };
    match (shape, value) {
        (FieldType::Text, Value::Text(text)) => act(Said::Line(text), span),
        (_, Value::Markdown(passage)) => act(Said::Prose(passage), span),
        (_, Value::Link(edge)) => note(edge, act),
        (_, Value::Links(edges)) => edges.iter().for_each(|edge| note(edge, act)),
        (FieldType::Record(fields), Value::Record(record)) => {
            for_each_text(fields, record, &mut |_, said, span| act(said, span));
        }
        (FieldType::List(shape), Value::List(items)) => {
            for item in items {
                texts_of(shape, &item.value, item.span, act);
            }
        }
        (_, Value::Map(pairs)) => {
            for (key, text) in pairs {
                act(Said::Line(text), key.span);
            }
        }
        _ => {}
    }
}

/// Whether a field can hold words at all.
pub fn has_words(shape: &FieldType) -> bool {
    match shape {
        FieldType::Text | FieldType::Markdown | FieldType::Map => true,
        FieldType::Record(fields) => {
            fields.iter().any(|field| field.translation != Translation::Fact && has_words(&field.shape))
        }
        FieldType::List(shape) => has_words(shape),
        _ => false,
    }
}

/// Whether two values say the same, wherever they stand.
pub fn is_same<P: Phase>(one: &Value<P>, other: &Value<P>) -> bool {
    match (one, other) {
        (Value::Link(one), Value::Link(other)) => one.target == other.target,
        (Value::Links(one), Value::Links(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.target == other.target)
        }
        (Value::Record(one), Value::Record(other)) => {
            one.fields.len() == other.fields.len()
                && one
                    .fields
                    .iter()
                    .zip(&other.fields)
                    .all(|((index, one), (same, other))| index == same && is_same(&one.value, &other.value))
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(&one.value, &other.value))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|((key, one), (same, other))| key.value == same.value && one == other)
        }
        (Value::Markdown(one), Value::Markdown(other)) => one.prose.html == other.prose.html,
        _ => one == other,
    }
}
