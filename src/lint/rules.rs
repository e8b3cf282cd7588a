//! The coverage rules of kind files: how many relations or values an entity has, against how many it should have.

use crate::finding::{Finding, Words};
use crate::insight::Book;
use crate::model::{Entity, Field, FieldType, Item, Kinds, Record, Resolved, Rule, Value};
use crate::relations::{Arrow, Graph};
use crate::text::fold;

/// Evaluates every rule of every kind on every entity of it.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let (kinds, graph) = (book.kinds, book.graph);
    for (id, entity) in book.iter() {
        let Some(kind) = kinds.kind(entity.kind) else { continue };
        for rule in &kind.rules {
            if !applies(kinds, entity, rule) {
                continue;
            }
            let count = count(&kind.fields, entity, graph.arrows(id), graph, &rule.of);
            let too_few = rule.at_least.is_some_and(|least| count < least);
            let too_many = rule.at_most.is_some_and(|most| count > most);
            if too_few || too_many {
                findings.push(finding(rule, entity));
            }
        }
    }
}

fn finding(rule: &Rule, entity: &Entity<Resolved>) -> Finding {
    let title = &entity.title;
    let message =
        Words { en: format!("“{title}”: {}", rule.say.en), es: format!("«{title}»: {}", rule.say.es) };
    let mut finding = Finding::new(rule.code, entity.span, message).level(rule.level);
    if !rule.why.en.is_empty() {
        finding = finding.why(rule.why.clone());
    }
    if !rule.help.en.is_empty() {
        finding = finding.help(rule.help.clone());
    }
    finding
}

fn applies(kinds: &Kinds, entity: &Entity<Resolved>, rule: &Rule) -> bool {
    let fields = kinds.kind(entity.kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
    rule.when.iter().all(|(path, wanted)| match choice_at(fields, &entity.record, path) {
        Some(names) => names.iter().any(|name| wanted.contains(name)),
        // Who says nothing about the state of a thing means that it is alive.
        None if path == "status" => wanted.iter().any(|name| name == "active"),
        None => wanted.iter().any(|name| name == "none"),
    })
}

/// The names of the choice (or yes/no, or text) at a path of a record.
fn choice_at(fields: &[Field], record: &Record<Resolved>, path: &str) -> Option<Vec<String>> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let index = fields.iter().position(|field| field.name == name)?;
    let field = fields.get(index)?;
    let item = record.value(u16::try_from(index).ok()?)?;
    match (&item.value, &field.shape) {
        (Value::Record(inner), FieldType::Record(fields)) if !rest.is_empty() => {
            choice_at(fields, inner, rest)
        }
        (Value::Choice(choice), FieldType::Choice(choices)) => {
            choices.get(usize::from(*choice)).map(|choice| choice.names.clone())
        }
        (Value::YesNo(yes), _) => Some(vec![if *yes { "yes" } else { "no" }.to_owned()]),
        (Value::Text(text), _) => Some(vec![fold(text)]),
        _ => None,
    }
}

/// How many relations (in either direction, by field, path or inverse name) or values stand at `of`.
fn count(fields: &[Field], entity: &Entity<Resolved>, arrows: &[Arrow], graph: &Graph, of: &str) -> usize {
    let mut others: Vec<_> =
        arrows.iter().filter(|arrow| graph.name(arrow) == of).map(|arrow| arrow.other).collect();
    others.sort();
    others.dedup();
    if others.is_empty() { values(fields, &entity.record.fields, of) } else { others.len() }
}

fn values(fields: &[Field], record: &[(u16, Item<Resolved>)], path: &str) -> usize {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let Some((_, item)) = record
        .iter()
        .find(|(index, _)| fields.get(usize::from(*index)).is_some_and(|field| field.name == name))
    else {
        return 0;
    };
    let inner = fields
        .iter()
        .find(|field| field.name == name)
        .and_then(|field| field.shape.record())
        .unwrap_or_default();
    at(&item.value, inner, rest)
}

fn at(value: &Value<Resolved>, fields: &[Field], rest: &str) -> usize {
    match value {
        Value::Record(record) if !rest.is_empty() => values(fields, &record.fields, rest),
        Value::List(items) if !rest.is_empty() => {
            items.iter().map(|item| at(&item.value, fields, rest)).sum()
        }
        Value::List(items) => items.len(),
        Value::Links(edges) => edges.len(),
        _ => usize::from(rest.is_empty()),
    }
}
