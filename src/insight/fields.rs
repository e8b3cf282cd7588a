//! Reading records by the names of their fields: what all lenses have in common.

use crate::model::{Edge, Entity, Field, FieldType, Item, Kinds, Money, Phase, Record, Unit, Value};
use crate::text::{Span, Spanned};
use crate::world::{Date, DateTime};

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

    /// The fields of an entity of any kind: for what all kinds have in common.
    pub(super) fn any(kinds: &'a Kinds, entity: &'a Entity<P>) -> Option<Self> {
        Some(Self { fields: &kinds.kind(entity.kind)?.fields, record: &entity.record })
    }

    /// The fields of a record of the settings.
    pub(super) fn setting(book: super::Book<'a>, name: &str) -> Option<Fields<'a, crate::model::Resolved>> {
        let field = book.kinds.settings.iter().find(|field| field.name == name)?;
        match &book.setting(name)?.value {
            Value::Record(record) => Some(Fields { fields: field.shape.record()?, record }),
            _ => None,
        }
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

    /// A day and a time; of a day alone its beginning.
    pub(super) fn moment(&self, name: &str) -> Option<DateTime> {
        match self.value(name)? {
            Value::DateTime(moment) => Some(*moment),
            Value::Date(date) => Some(date.at(0, 0, 0, 0)),
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Number { value, .. } | Value::Percent { value, .. } => Some(*value),
            _ => None,
        }
    }

    /// A number of hours.
    pub(super) fn hours(&self, name: &str) -> Option<f64> {
        match self.value(name)? {
            Value::Hours(hours) => Some(*hours),
            _ => None,
        }
    }

    /// An amount of money.
    pub(super) fn money(&self, name: &str) -> Option<&'a Money> {
        match self.value(name)? {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    /// A duration: how many, of what.
    pub(super) fn duration(&self, name: &str) -> Option<(f64, Unit)> {
        match self.value(name)? {
            Value::Duration { count, unit } => Some((*count, *unit)),
            _ => None,
        }
    }

    /// A yes or no.
    pub(super) fn yes(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::YesNo(yes) => Some(*yes),
            _ => None,
        }
    }

    /// Where a field stands, if it is written.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        self.find(name).map(|(_, item)| item.span)
    }

    /// Whether a field is written and says something.
    pub(super) fn has(&self, name: &str) -> bool {
        self.value(name).is_some_and(|value| match value {
            Value::List(items) => !items.is_empty(),
            Value::Links(edges) => !edges.is_empty(),
            Value::Text(text) => !text.trim().is_empty(),
            _ => true,
        })
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

    /// The texts of a list, each with its place; of a single text that one.
    pub(super) fn texts(&self, name: &str) -> Vec<Spanned<String>> {
        let of = |item: &Item<P>| match &item.value {
            Value::Text(text) => Some(Spanned::new(text.clone(), item.span)),
            _ => None,
        };
        match self.find(name) {
            Some((_, Item { value: Value::List(items), .. })) => items.iter().filter_map(of).collect(),
            Some((_, item)) => of(item).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// The edges of a link field, one or many.
    pub(super) fn edges(&self, name: &str) -> &'a [Edge<P>] {
        match self.value(name) {
            Some(Value::Link(edge)) => std::slice::from_ref(edge),
            Some(Value::Links(edges)) => edges,
            _ => &[],
        }
    }

    /// The canonical names of a list of choices; of a single choice that one.
    pub(super) fn choices(&self, name: &str) -> Vec<&'a str> {
        let Some((Field { shape: FieldType::List(shape), .. }, Item { value: Value::List(items), .. })) =
            self.find(name)
        else {
            return self.choice(name).into_iter().collect();
        };
        let FieldType::Choice(choices) = shape.as_ref() else { return Vec::new() };
        let of = |item: &Item<P>| match &item.value {
            Value::Choice(choice) => choices.get(usize::from(*choice)).map(|choice| choice.name.as_str()),
            _ => None,
        };
        items.iter().filter_map(of).collect()
    }

    /// Pairs of days of a list.
    pub(super) fn spans(&self, name: &str) -> Vec<(Date, Date)> {
        let Some(Value::List(items)) = self.value(name) else { return Vec::new() };
        let of = |item: &Item<P>| match &item.value {
            Value::Span(first, last) => Some((*first, *last)),
            _ => None,
        };
        items.iter().filter_map(of).collect()
    }

    /// An address.
    pub(super) fn url(&self, name: &str) -> Option<Spanned<String>> {
        let (_, item) = self.find(name)?;
        match &item.value {
            Value::Url(url) => Some(Spanned::new(url.clone(), item.span)),
            _ => None,
        }
    }
}
