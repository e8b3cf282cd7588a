//! `data/KIND.csv`: a row for each entity of a kind, a column for each field that one of them has.

use serde_json::Value as Json;

use super::json;
use crate::model::Kind;
use crate::site::Planner;
use crate::text::{PagePath, csv_line, slug};

/// Where the table of a kind stands.
pub(super) fn path(kind: &Kind) -> PagePath {
    PagePath::new(format!("data/{}.csv", slug(&kind.name)))
}

/// The table of a kind; `None` when the edition has no entity of it. What is made of parts stands in its cell as JSON.
pub(super) fn of_kind(planner: &Planner<'_>, kind: &Kind) -> Option<String> {
    let rows: Vec<_> = planner
        .edition
        .iter()
        .filter(|(_, entity)| entity.kind == kind.id)
        .map(|(id, entity)| (id, entity, json::fields(planner, kind, entity)))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns: Vec<&str> = super::telling(kind)
        .map(|(_, field)| field.name.as_str())
        .filter(|name| rows.iter().any(|(_, _, fields)| fields.contains_key(*name)))
        .collect();
    // A field of one of these names is another thing than the column in front.
    const FRONT: [&str; 4] = ["id", "title", "summary", "page"];
    let named = |name: &&str| if FRONT.contains(name) { format!("field_{name}") } else { (*name).to_owned() };
    let headings: Vec<String> = columns.iter().map(named).collect();
    let mut text = String::new();
    csv_line(&mut text, FRONT.into_iter().chain(headings.iter().map(String::as_str)));
    for (id, entity, fields) in &rows {
        let page = planner.addresses.entity(*id).map(PagePath::as_str).unwrap_or_default();
        let title = planner.name_of(*id);
        let mut cells = vec![entity.id.clone(), title, planner.summary(entity).to_owned(), page.to_owned()];
        cells.extend(columns.iter().map(|name| fields.get(*name).map(cell).unwrap_or_default()));
        csv_line(&mut text, cells.iter().map(String::as_str));
    }
    Some(text)
}

/// Words and numbers as they are, links and lists of words joined, everything else as JSON.
fn cell(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        Json::Bool(yes) => yes.to_string(),
        Json::Null => String::new(),
        Json::Array(items) => {
            let words: Option<Vec<String>> = items.iter().map(word).collect();
            words.map(|words| words.join("; ")).unwrap_or_else(|| value.to_string())
        }
        Json::Object(_) => word(value).unwrap_or_else(|| value.to_string()),
    }
}

/// A text, or a link with what it is for.
fn word(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Object(parts) => {
            let target = parts.get("ref")?.as_str()?;
            Some(match parts.get("note").and_then(Json::as_str) {
                Some(note) => format!("{target} ({note})"),
                None => target.to_owned(),
            })
        }
        _ => None,
    }
}
