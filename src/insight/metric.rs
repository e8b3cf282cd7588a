//! The lens on a metric: where its figures are.

use crate::model::{Entity, FieldType, Kinds, Phase, Value};
use crate::series::Aggregate;
use crate::text::{Span, Spanned};
use crate::world::Date;

/// A metric as charts need it.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Unit as people write it; may be empty.
    pub unit: String,
    /// How values of one period become one.
    pub aggregate: Aggregate,
    /// Where the figures are.
    pub figures: Figures,
}

/// Where the figures of a metric are.
#[derive(Clone, Debug, PartialEq)]
pub enum Figures {
    /// Nowhere yet.
    None,
    /// In a column of a data file.
    File {
        /// The file as written.
        file: Spanned<String>,
        /// The column; the only one of numbers unless said.
        column: Option<Spanned<String>>,
        /// The column of dates; the first unless said.
        date_column: Option<Spanned<String>>,
    },
    /// In the metric's own list.
    Values(Vec<(Date, f64, Span)>),
}

/// The lens; `None` for an entity of another kind.
pub fn metric<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> Option<Metric> {
    let kind = kinds.kind(entity.kind).filter(|kind| kind.name == "metric")?;
    let text = |name: &str| {
        let item = entity.field(kinds, name)?;
        match &item.value {
            Value::Text(text) => Some(Spanned::new(text.clone(), item.span)),
            _ => None,
        }
    };
    let values = own_values(kinds, entity);
    let source = text("source").filter(|source| is_file(&source.value));
    let figures = match (source, values) {
        (Some(file), _) => Figures::File { file, column: text("column"), date_column: text("date_column") },
        (None, values) if !values.is_empty() => Figures::Values(values),
        (None, _) => Figures::None,
    };
    let choice = kind.index("kind").and_then(|index| {
        let field = kind.fields.get(usize::from(index))?;
        match (&entity.record.value(index)?.value, &field.shape) {
            (Value::Choice(choice), FieldType::Choice(choices)) => {
                choices.get(usize::from(*choice)).map(|choice| choice.name.as_str())
            }
            _ => None,
        }
    });
    let aggregate = match choice {
        Some("flow") => Aggregate::Sum,
        Some("duration" | "score" | "ratio") => Aggregate::Mean,
        _ => Aggregate::Last,
    };
    let unit = text("unit").map(|unit| unit.value).unwrap_or_default();
    Some(Metric { unit, aggregate, figures })
}

/// `manual` and names of series of platform exports are not files.
fn is_file(source: &str) -> bool {
    let lower = source.to_ascii_lowercase();
    [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".zip"].iter().any(|extension| lower.ends_with(extension))
}

fn own_values<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> Vec<(Date, f64, Span)> {
    let Some(kind) = kinds.kind(entity.kind) else { return Vec::new() };
    let Some((index, field)) = kind.field("values") else { return Vec::new() };
    let fields = field.shape.record().unwrap_or_default();
    let part = |name: &str| {
        fields.iter().position(|field| field.name == name).and_then(|index| u16::try_from(index).ok())
    };
    let (Some(date), Some(value)) = (part("date"), part("value")) else { return Vec::new() };
    let Some(Value::List(items)) = entity.record.value(index).map(|item| &item.value) else {
        return Vec::new();
    };
    let row = |item: &crate::model::Item<P>| {
        let Value::Record(record) = &item.value else { return None };
        let Value::Date(date) = record.value(date)?.value else { return None };
        let Value::Number { value, .. } = record.value(value)?.value else { return None };
        Some((date, value, item.span))
    };
    items.iter().filter_map(row).collect()
}
