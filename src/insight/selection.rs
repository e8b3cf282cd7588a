//! Choosing entities of a kind by what they have: the filters of lists and matrices.

use super::{Book, Facet};
use crate::model::{Entity, EntityId, Field, FieldType, KindId, Kinds, Resolved, Value, number};
use crate::text::fold;

/// What is wanted of a facet.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// It says something.
    Any,
    /// It says nothing.
    Nothing,
    /// This one is related.
    Entity(EntityId),
    /// This choice.
    Choice(u16),
    /// Yes or no.
    Yes(bool),
    /// This text, whatever its accents and case.
    Text(String),
    /// This number.
    Number(f64),
    /// A day of this year, this month, or this day: how its ISO form begins.
    Day(String),
}

impl Wanted {
    /// What a text wants of a field; `Err` with what could be written when it is none of that, and `None` where nothing can be wanted of such a field but that it be there.
    pub fn read(field: &Field, text: &str) -> Result<Option<Self>, Vec<String>> {
        match Wanted::presence(text) {
            Some(wanted) => Ok(Some(wanted)),
            None => Wanted::of_shape(&field.shape, text.trim(), &fold(text.trim())),
        }
    }

    /// `any` and `none`, which may be asked of everything.
    pub fn presence(text: &str) -> Option<Self> {
        match fold(text.trim()).as_str() {
            "any" | "some" | "alguno" | "alguna" => Some(Wanted::Any),
            "none" | "nothing" | "ninguno" | "ninguna" | "nada" => Some(Wanted::Nothing),
            _ => None,
        }
    }

    fn of_shape(shape: &FieldType, text: &str, folded: &str) -> Result<Option<Self>, Vec<String>> {
        Ok(Some(match shape {
            FieldType::List(inner) => return Wanted::of_shape(inner, text, folded),
            FieldType::Choice(choices) => {
                let at = choices.iter().position(|choice| choice.names.iter().any(|name| name == folded));
                match at.and_then(|at| u16::try_from(at).ok()) {
                    Some(at) => Wanted::Choice(at),
                    None => {
                        let names = choices.iter().flat_map(|choice| choice.names.iter().cloned());
                        return Err(names.collect());
                    }
                }
            }
            FieldType::YesNo => match folded {
                "yes" | "si" | "true" => Wanted::Yes(true),
                "no" | "false" => Wanted::Yes(false),
                _ => return Err(vec!["yes".to_owned(), "no".to_owned(), "sí".to_owned()]),
            },
            FieldType::Text | FieldType::Url | FieldType::Email => Wanted::Text(folded.to_owned()),
            FieldType::Number { .. } | FieldType::Percent | FieldType::Hours => match number(text) {
                Some((value, _)) => Wanted::Number(value),
                None => return Err(vec!["12".to_owned()]),
            },
            FieldType::Date | FieldType::DateTime => {
                let is_day =
                    text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                if !is_day {
                    return Err(vec!["2026".to_owned(), "2026-03".to_owned(), "2026-03-31".to_owned()]);
                }
                Wanted::Day(text.to_owned())
            }
            _ => return Ok(None),
        }))
    }

    fn is_met(&self, value: Option<&Value<Resolved>>) -> bool {
        let says = value.is_some_and(|value| match value {
            Value::List(items) => !items.is_empty(),
            Value::Links(edges) => !edges.is_empty(),
            _ => true,
        });
        match (self, value) {
            (Wanted::Any, _) => says,
            (Wanted::Nothing, _) => !says,
            (_, Some(Value::List(items))) => items.iter().any(|item| self.is_met(Some(&item.value))),
            (Wanted::Choice(wanted), Some(Value::Choice(choice))) => wanted == choice,
            (Wanted::Yes(wanted), Some(Value::YesNo(yes))) => wanted == yes,
            (Wanted::Text(wanted), Some(Value::Text(text) | Value::Url(text) | Value::Email(text))) => {
                fold(text) == *wanted
            }
            (Wanted::Number(wanted), Some(Value::Number { value, .. } | Value::Percent { value, .. })) => {
                wanted == value
            }
            (Wanted::Number(wanted), Some(Value::Hours(hours))) => wanted == hours,
            (Wanted::Day(wanted), Some(Value::Date(date))) => date.to_string().starts_with(wanted.as_str()),
            (Wanted::Day(wanted), Some(Value::DateTime(at))) => at.to_string().starts_with(wanted.as_str()),
            _ => false,
        }
    }
}

/// One thing that entities must meet: one of what is wanted is enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Of what.
    pub facet: Facet,
    /// What is wanted of it.
    pub wanted: Vec<Wanted>,
}

impl Condition {
    /// Whether an entity meets it.
    pub fn is_met(&self, book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> bool {
        if let Facet::Field(index) = &self.facet {
            let value = entity.record.value(*index).map(|item| &item.value);
            return self.wanted.iter().any(|wanted| match (wanted, value) {
                // Who says nothing about the state of a thing means that it is alive.
                (Wanted::Choice(choice), None) => is_active(book.kinds, entity, *index, *choice),
                _ => wanted.is_met(value),
            });
        }
        let others = self.facet.others(book, id);
        self.wanted.iter().any(|wanted| match wanted {
            Wanted::Any => !others.is_empty(),
            Wanted::Nothing => others.is_empty(),
            Wanted::Entity(meant) => others.iter().any(|(other, _)| other == meant),
            _ => false,
        })
    }
}

fn is_active(kinds: &Kinds, entity: &Entity<Resolved>, index: u16, choice: u16) -> bool {
    let field = kinds.kind(entity.kind).and_then(|kind| kind.fields.get(usize::from(index)));
    match field {
        Some(Field { name, shape: FieldType::Choice(choices), .. }) if name == "status" => {
            choices.get(usize::from(choice)).is_some_and(|choice| choice.name == "active")
        }
        _ => false,
    }
}

/// Entities of a kind that meet all conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Of this kind.
    pub kind: KindId,
    /// That meet all of these.
    pub conditions: Vec<Condition>,
}

impl Selection {
    /// Which they are, in the order of their files.
    pub fn entities(&self, book: Book<'_>) -> Vec<EntityId> {
        let is_meant = |(id, entity): &(EntityId, &Entity<Resolved>)| {
            entity.kind == self.kind
                && self.conditions.iter().all(|condition| condition.is_met(book, *id, entity))
        };
        book.iter().filter(is_meant).map(|(id, _)| id).collect()
    }
}
