//! Floor 5: kinds → JSON Schema (draft 2020-12), with the names of both languages, help texts and choices.

use serde_json::{Map, Value, json};

use crate::model::{Field, FieldType, Kind, Kinds};
use crate::read::preset_names;

/// The schema of one kind (or of the settings), or of all in one document under `$defs`; `None` when there is no such kind.
pub fn schema(kinds: &Kinds, kind: Option<&str>) -> Option<String> {
    let value = match kind {
        Some("settings" | "ajustes") => one(kinds, "playbook.yaml", &kinds.settings),
        Some(name) => {
            let kind = kinds.named(name)?;
            let mut schema = one(kinds, &kind.label.en, &kind.fields);
            describe(&mut schema, kind);
            list_presets(&mut schema, kind);
            schema
        }
        None => {
            let mut definitions = Map::new();
            definitions.insert("settings".to_owned(), object(kinds, &kinds.settings));
            for kind in kinds.iter() {
                let mut schema = object(kinds, &kind.fields);
                describe(&mut schema, kind);
                list_presets(&mut schema, kind);
                definitions.insert(kind.name.clone(), schema);
            }
            json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": "Portolan",
                "$defs": definitions,
            })
        }
    };
    serde_json::to_string_pretty(&value).ok().map(|text| text + "\n")
}

/// The names of presets, where the kind has some.
fn list_presets(schema: &mut Value, kind: &Kind) {
    let names: Vec<&str> = preset_names(&kind.name).collect();
    let Some((_, field)) = kind.field("preset").filter(|_| !names.is_empty()) else { return };
    for name in &field.names {
        if let Some(shape) = schema.pointer_mut(&format!("/properties/{name}")).and_then(Value::as_object_mut)
        {
            shape.insert("enum".to_owned(), json!(names));
        }
    }
}

fn one(kinds: &Kinds, title: &str, fields: &[Field]) -> Value {
    let mut schema = object(kinds, fields);
    if let Some(map) = schema.as_object_mut() {
        map.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".to_owned(), json!(title));
    }
    schema
}

fn describe(schema: &mut Value, kind: &Kind) {
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), json!(both(&kind.about.en, &kind.about.es)));
    }
}

fn object(kinds: &Kinds, fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut shape = shape(kinds, &field.shape);
        if let Some(map) = shape.as_object_mut() {
            map.insert("title".to_owned(), json!(both(&field.label.en, &field.label.es)));
            if !field.help.en.is_empty() {
                map.insert("description".to_owned(), json!(both(&field.help.en, &field.help.es)));
            }
        }
        for name in &field.names {
            properties.insert(name.clone(), shape.clone());
        }
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn both(en: &str, es: &str) -> String {
    if en == es { en.to_owned() } else { format!("{en} · {es}") }
}

fn shape(kinds: &Kinds, shape: &FieldType) -> Value {
    let text = || json!({ "type": "string" });
    match shape {
        FieldType::Text | FieldType::Markdown | FieldType::File | FieldType::Color => text(),
        FieldType::Number { min, max, .. } => {
            let mut number = json!({ "type": ["number", "string"] });
            if let Some(map) = number.as_object_mut() {
                map.extend(min.map(|min| ("minimum".to_owned(), json!(min))));
                map.extend(max.map(|max| ("maximum".to_owned(), json!(max))));
            }
            number
        }
        FieldType::Band => json!({ "type": ["number", "string", "object"] }),
        FieldType::Percent | FieldType::Hours => json!({ "type": ["number", "string"] }),
        FieldType::Money | FieldType::Span | FieldType::Cadence => json!({ "type": ["string", "object"] }),
        FieldType::Date => json!({ "type": "string", "format": "date" }),
        FieldType::DateTime | FieldType::Duration | FieldType::Phone => text(),
        FieldType::Period => json!({ "type": ["string", "integer", "object"] }),
        FieldType::YesNo => json!({ "enum": [true, false, "yes", "no", "sí", "si"] }),
        FieldType::Choice(choices) => {
            let mut names: Vec<&str> = Vec::new();
            for name in choices.iter().flat_map(|choice| [choice.name.as_str(), choice.es.as_str()]) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            json!({ "enum": names })
        }
        FieldType::Url => json!({ "type": "string", "format": "uri" }),
        FieldType::Email => json!({ "type": "string", "format": "email" }),
        FieldType::Link(relation) => {
            let to: Vec<&str> =
                relation.to.iter().filter_map(|id| kinds.kind(*id)).map(|kind| kind.name.as_str()).collect();
            json!({ "type": ["string", "object"], "$comment": to.join(", ") })
        }
        FieldType::Links(_) => json!({ "anyOf": [
            { "type": "string" },
            { "type": "array", "items": { "type": ["string", "object"] } },
            { "type": "object" },
        ] }),
        FieldType::Record(fields) => object(kinds, fields),
        FieldType::List(item) => {
            let item = self::shape(kinds, item);
            json!({ "anyOf": [{ "type": "array", "items": item.clone() }, item] })
        }
        FieldType::Map => json!({ "type": "object" }),
    }
}
