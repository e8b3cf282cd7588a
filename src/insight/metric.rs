//! The lens on a metric: where its figures are.

use crate::model::{Entity, FieldType, Kinds, Phase, Value};
use crate::series::{Aggregate, Measure};
use crate::text::{Span, Spanned};
use crate::world::Date;

/// A metric as charts need it.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Unit as people write it; may be empty.
    pub unit: String,
    /// What sort of figure it is.
    pub measure: Measure,
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
    /// To be computed from two columns of a data file, row by row: a rate is never read, it is recomputed from its parts.
    Ratio {
        /// The file as written.
        file: Spanned<String>,
        /// Column of what is divided.
        numerator: Spanned<String>,
        /// Column of what it is divided by.
        denominator: Spanned<String>,
        /// The column of dates; the first unless said.
        date_column: Option<Spanned<String>>,
        /// 100 for a metric in percent, else 1.
        factor: f64,
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
    let unit = text("unit").map(|unit| unit.value).unwrap_or_default();
    let column = text("column");
    let figures = match (source, values) {
        (Some(file), _) if column.is_none() && parts(kinds, entity).is_some() => {
            let (numerator, denominator) = parts(kinds, entity)?;
            let factor = if unit.contains('%') { 100.0 } else { 1.0 };
            Figures::Ratio { file, numerator, denominator, date_column: text("date_column"), factor }
        }
        (Some(file), _) => Figures::File { file, column, date_column: text("date_column") },
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
    let measure = choice.and_then(Measure::named).unwrap_or_default();
    let aggregate = match measure {
        Measure::Flow => Aggregate::Sum,
        Measure::Duration | Measure::Score | Measure::Ratio => Aggregate::Mean,
        Measure::Stock | Measure::Unique => Aggregate::Last,
    };
    Some(Metric { unit, measure, aggregate, figures })
}

/// Numerator and denominator of the metric's formula.
fn parts<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> Option<(Spanned<String>, Spanned<String>)> {
    let (index, field) = kinds.kind(entity.kind)?.field("formula")?;
    let fields = field.shape.record()?;
    let Value::Record(record) = &entity.record.value(index)?.value else { return None };
    let part = |name: &str| {
        let index = fields.iter().position(|field| field.name == name)?;
        let item = record.value(u16::try_from(index).ok()?)?;
        match &item.value {
            Value::Text(text) => Some(Spanned::new(text.clone(), item.span)),
            _ => None,
        }
    };
    Some((part("num")?, part("den")?))
}

/// `manual` and names of series of platform exports are not files.
fn is_file(source: &str) -> bool {
    let lower = source.to_ascii_lowercase();
    [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".zip"]
        .iter()
        .any(|extension| lower.ends_with(extension))
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
