//! Reading records by the names of their fields: what all lenses have in common.

use crate::model::{Entity, Field, FieldType, Item, Kinds, Phase, Record, Value};
use crate::text::Spanned;
use crate::world::Date;

/// A record with the fields that its items are of.
pub(super) struct Fields<'a, P: Phase> {
    fields: &'a [Field],
    record: &'a Record<P>,
}

impl<'a, P: Phase> Fields<'a, P> {
    /// The fields of an entity of this kind; `None` for an entity of another.
    pub(super) fn of(kinds: &'a Kinds, entity: &'a Entity<P>, kind: &str) -> Option<Self> {
        let kind = kinds.kind(entity.kind).filter(|found| found.name == kind)?;
        Some(Self { fields: &kind.fields, record: &entity.record })
    }

    /// The fields of a record.
    pub(super) fn new(fields: &'a [Field], record: &'a Record<P>) -> Self {
        Self { fields, record }
    }

    fn find(&self, name: &str) -> Option<(&'a Field, &'a Item<P>)> {
        let index = self.fields.iter().position(|field| field.name == name)?;
        Some((self.fields.get(index)?, self.record.value(u16::try_from(index).ok()?)?))
    }

    pub(super) fn value(&self, name: &str) -> Option<&'a Value<P>> {
        self.find(name).map(|(_, item)| &item.value)
    }

    pub(super) fn text(&self, name: &str) -> Option<Spanned<String>> {
        let (_, item) = self.find(name)?;
        match &item.value {
            Value::Text(text) => Some(Spanned::new(text.clone(), item.span)),
            _ => None,
        }
    }

    pub(super) fn date(&self, name: &str) -> Option<Date> {
        match self.value(name)? {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Number { value, .. } | Value::Percent { value, .. } => Some(*value),
            _ => None,
        }
    }

    /// The canonical name of a choice.
    pub(super) fn choice(&self, name: &str) -> Option<&'a str> {
        match self.find(name)? {
            (Field { shape: FieldType::Choice(choices), .. }, Item { value: Value::Choice(choice), .. }) => {
                choices.get(usize::from(*choice)).map(|choice| choice.name.as_str())
            }
            _ => None,
        }
    }

    /// A record within.
    pub(super) fn record(&self, name: &str) -> Option<Fields<'a, P>> {
        let (field, item) = self.find(name)?;
        match &item.value {
            Value::Record(record) => Some(Fields { fields: field.shape.record()?, record }),
            _ => None,
        }
    }

    /// The records of a list, each with its item.
    pub(super) fn records(&self, name: &str) -> impl Iterator<Item = (Fields<'a, P>, &'a Item<P>)> {
        let (fields, items) = match self.find(name) {
            Some((field, Item { value: Value::List(items), .. })) => {
                (field.shape.record().unwrap_or_default(), items.as_slice())
            }
            _ => (Default::default(), Default::default()),
        };
        items.iter().filter_map(move |item| match &item.value {
            Value::Record(record) => Some((Fields { fields, record }, item)),
            _ => None,
        })
    }
}
