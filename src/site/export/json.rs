//! `data/playbook.json`: entities with their fields by canonical names, their relations, the addresses of their pages, and the figures of metrics.

use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::{MODEL_SCHEMA, telling};
use crate::insight;
use crate::model::{Edge, Entity, EntityId, Field, FieldType, Kind, Period, Record, Resolved, Value};
use crate::site::Planner;
use crate::text::{FilePath, PagePath};

/// What stands in the file, for those who read it with a program.
pub(super) static SCHEMA: &str = include_str!("playbook.schema.json");

/// The whole file.
pub(super) fn playbook(planner: &Planner<'_>) -> String {
    let head = planner.head();
    let language = planner.locale.language();
    let edition = planner.edition;
    let kinds: Vec<Json> = edition
        .kinds()
        .iter()
        .filter_map(|kind| {
            let used = edition.iter().any(|(_, entity)| entity.kind == kind.id);
            let mut told = Map::new();
            put(&mut told, "name", &kind.name);
            put(&mut told, "label", kind.label.within(language));
            put(&mut told, "plural", kind.plural.within(language));
            put(&mut told, "about", kind.about.within(language));
            put(&mut told, "page", planner.addresses.kind(kind.id).map_or("", PagePath::as_str));
            used.then_some(Json::Object(told))
        })
        .collect();
    // Texts are told as Markdown, which takes as long as writing their pages.
    let shown: Vec<(EntityId, &Entity<Resolved>)> = edition.iter().collect();
    let entities: Vec<Json> = shown
        .into_par_iter()
        .filter_map(|(id, entity)| self::entity(planner, id, entity))
        .map(Json::Object)
        .collect();
    let schema = PagePath::new(MODEL_SCHEMA).from(&PagePath::new(super::MODEL));
    let file = json!({
        "$schema": schema,
        "generator": head.generator,
        "title": head.title,
        "organisation": head.organisation,
        "language": head.language,
        "edition": head.edition,
        "version": head.version,
        "date": head.date.iso,
        "kinds": kinds,
        "entities": entities,
    });
    serde_json::to_string_pretty(&file).map(|text| text + "\n").unwrap_or_default()
}

fn entity(planner: &Planner<'_>, id: EntityId, entity: &Entity<Resolved>) -> Option<Map<String, Json>> {
    let kind = planner.edition.kinds().kind(entity.kind)?;
    let mut told = Map::new();
    put(&mut told, "ref", &planner.reference(id)?);
    put(&mut told, "kind", &kind.name);
    put(&mut told, "id", &entity.id);
    put(&mut told, "title", &planner.name_of(id));
    put(&mut told, "summary", planner.summary(entity));
    if let Some(page) = planner.addresses.entity(id) {
        put(&mut told, "page", page.as_str());
        put(
            &mut told,
            "markdown",
            super::twin_of(page)
                .filter(|_| planner.exports(super::Export::Markdown))
                .as_ref()
                .map_or("", PagePath::as_str),
        );
    }
    let fields = fields(planner, kind, entity);
    if !fields.is_empty() {
        told.insert("fields".to_owned(), Json::Object(fields));
    }
    let text = entity.prose.as_ref().map(|passage| planner.plain(passage)).unwrap_or_default();
    put(&mut told, "text", &text);
    let relations = relations(planner, id);
    if !relations.is_empty() {
        told.insert("relations".to_owned(), Json::Array(relations));
    }
    if let Some(figures) = figures(planner, id) {
        told.insert("figures".to_owned(), figures);
    }
    Some(told)
}

fn put(map: &mut Map<String, Json>, key: &str, text: &str) {
    if !text.is_empty() {
        map.insert(key.to_owned(), json!(text));
    }
}

/// What an entity says of itself, by canonical names.
pub(super) fn fields(planner: &Planner<'_>, kind: &Kind, entity: &Entity<Resolved>) -> Map<String, Json> {
    let shown = telling(kind)
        .filter(|(_, field)| !field.common || !matches!(field.name.as_str(), "title" | "summary"));
    let field = |(index, field): (u16, &Field)| {
        let value = value(planner, &field.shape, &entity.record.value(index)?.value)?;
        Some((field.name.clone(), value))
    };
    shown.filter_map(field).collect()
}

/// The relations of an entity in both directions, the other side by its reference.
fn relations(planner: &Planner<'_>, id: EntityId) -> Vec<Json> {
    let graph = planner.edition.graph();
    let language = planner.locale.language();
    let told = graph.arrows(id).iter().filter_map(|arrow| {
        let mut told = Map::new();
        put(&mut told, "name", if graph.is_mention(arrow) { "mentions" } else { graph.name(arrow) });
        put(&mut told, "verb", graph.verb(arrow)?.within(language));
        told.insert("forward".to_owned(), json!(arrow.forward));
        put(&mut told, "to", &planner.reference(arrow.other)?);
        put(&mut told, "note", arrow.note.as_deref().unwrap_or_default());
        Some(Json::Object(told))
    });
    told.collect()
}

/// The figures of a metric, oldest first, where the edition shows them.
fn figures(planner: &Planner<'_>, id: EntityId) -> Option<Json> {
    let measurement = planner.book().measurement(id)?;
    let reading =
        insight::reading(measurement.metric, measurement.quantity, measurement.as_of, planner.today)?;
    let running = if reading.complete && reading.so_far.is_none() { None } else { reading.figures.last() };
    let values: Vec<Json> = reading
        .figures
        .iter()
        .map(|figure| {
            let mut told = Map::new();
            put(&mut told, "from", &figure.from.to_string());
            put(&mut told, "to", &figure.to().to_string());
            told.insert("value".to_owned(), number(figure.value));
            if let Some(count) = figure.count {
                told.insert("count".to_owned(), number(count));
            }
            if running == Some(figure) {
                told.insert("complete".to_owned(), json!(false));
            }
            Json::Object(told)
        })
        .collect();
    let mut told = Map::new();
    put(&mut told, "measure", measurement.metric.measure.name());
    put(&mut told, "unit", &measurement.metric.unit);
    put(&mut told, "as_of", &measurement.as_of.unwrap_or(reading.newest).to_string());
    told.insert("values".to_owned(), Json::Array(values));
    Some(Json::Object(told))
}

/// A value for machines: dates as ISO, choices by their canonical names, links by references.
pub(super) fn value(planner: &Planner<'_>, shape: &FieldType, value: &Value<Resolved>) -> Option<Json> {
    Some(match (value, shape) {
        (
            Value::Text(text)
            | Value::Url(text)
            | Value::Email(text)
            | Value::Phone(text)
            | Value::Color(text),
            _,
        ) => json!(text),
        (Value::Markdown(passage), _) => json!(planner.plain(passage)),
        (Value::Number { value, .. } | Value::Percent { value, .. } | Value::Hours(value), _) => {
            number(*value)
        }
        (Value::Band { min, max, .. }, _) => json!({ "min": number(*min), "max": number(*max) }),
        (Value::Money(money), _) => json!({ "amount": number(money.amount), "currency": money.currency }),
        (Value::Date(date), _) => json!(date.to_string()),
        (Value::DateTime(at), _) => json!(at.to_string()),
        (Value::Period(period), _) => {
            let (from, to) = period.days()?;
            json!({ "name": name(*period), "from": from.to_string(), "to": to.to_string() })
        }
        (Value::Span(from, to), _) => json!({ "from": from.to_string(), "to": to.to_string() }),
        (Value::Duration { count, unit }, _) => json!({ "count": number(*count), "unit": unit.name() }),
        (Value::Cadence(cadence), _) => {
            json!({ "times": number(cadence.times), "every": cadence.every.name() })
        }
        (Value::YesNo(yes), _) => json!(yes),
        (Value::Choice(index), FieldType::Choice(choices)) => json!(choices.get(usize::from(*index))?.name),
        (Value::File(path), _) => json!(planner.publish(&FilePath::new(path)?).as_str()),
        (Value::Link(edge), _) => link(planner, edge)?,
        (Value::Links(edges), _) => edges.iter().filter_map(|edge| link(planner, edge)).collect(),
        (Value::Record(record), FieldType::Record(fields)) => self::record(planner, fields, record),
        (Value::List(items), FieldType::List(shape)) => {
            items.iter().filter_map(|item| self::value(planner, shape, &item.value)).collect()
        }
        (Value::Map(pairs), _) => {
            let pairs = pairs.iter().map(|(key, text)| (key.value.clone(), json!(text)));
            Json::Object(pairs.collect())
        }
        (Value::Choice(_) | Value::Record(_) | Value::List(_), _) => return None,
    })
}

fn record(planner: &Planner<'_>, fields: &[Field], record: &Record<Resolved>) -> Json {
    let told = record.fields.iter().filter_map(|(index, item)| {
        let field = fields.get(usize::from(*index))?;
        Some((field.name.clone(), value(planner, &field.shape, &item.value)?))
    });
    Json::Object(told.collect())
}

fn link(planner: &Planner<'_>, edge: &Edge<Resolved>) -> Option<Json> {
    let mut told = Map::new();
    put(&mut told, "ref", &planner.reference(edge.target)?);
    put(&mut told, "note", edge.note.as_deref().unwrap_or_default());
    Some(Json::Object(told))
}

/// Whole numbers without a fraction.
fn number(value: f64) -> Json {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}

/// A period as it is written: `2026-Q2`.
fn name(period: Period) -> String {
    match period {
        Period::Year(year) => year.to_string(),
        Period::Quarter(year, quarter) => format!("{year}-Q{quarter}"),
        Period::Month(year, month) => format!("{year}-{month:02}"),
        Period::Week(year, week) => format!("{year}-W{week:02}"),
        Period::Days(from, to) => format!("{from}..{to}"),
    }
}
