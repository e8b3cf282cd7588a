//! Fields and their types as schemas.

use serde_json::{Map, Value, json};

use super::Schemas;
use crate::finding::Language;
use crate::model::{Choice, Field, FieldType, Relation};
use crate::read::{TRANSLATED_FROM, preset_names, sample};
use crate::text::fold;

/// Types of a scalar: what looks like a number in YAML may well be meant as a text.
const SCALAR: [&str; 4] = ["string", "number", "boolean", "null"];

/// The schema of a map with these fields; the fields become definitions below `path`.
pub(super) fn object(
    schemas: &Schemas<'_>,
    path: &str,
    fields: &[Field],
    definitions: &mut Map<String, Value>,
) -> Value {
    let mut properties = Map::new();
    let mut patterns = Map::new();
    for field in fields {
        let key = format!("{path}.{}", field.name);
        let mut shape = shape(schemas, &key, &field.shape, definitions);
        list_presets(path, field, &mut shape);
        describe(schemas.language, field, &mut shape);
        definitions.insert(key.clone(), shape);
        let reference = format!("#/definitions/{key}");
        let proposed = fold(field.name_in(schemas.language));
        for name in &field.names {
            let property = if *name == proposed {
                json!({ "$ref": reference })
            } else {
                // What stands beside a `$ref` does not count.
                json!({ "allOf": [{ "$ref": reference }], "doNotSuggest": true })
            };
            properties.insert(name.clone(), property);
        }
        // The reader does not mind accents, capitals, hyphens and blanks.
        let exact = field.names.join("|");
        let spelled = spelled(&field.names);
        let spelled = spelled.strip_prefix('^').unwrap_or(&spelled);
        patterns.insert(format!("^(?!(?:{exact})$){spelled}"), json!({ "$ref": reference }));
    }
    // In the file of a translation every entity, and the settings, may say which texts it was made of.
    if !path.contains('.') {
        for name in TRANSLATED_FROM {
            properties.insert(name.to_owned(), json!({ "type": ["string", "number"], "doNotSuggest": true }));
        }
    }
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": false,
    })
}

/// A pattern of names however they are accented, cased and joined.
pub(super) fn spelled<T: AsRef<str>>(names: &[T]) -> String {
    let mut pattern = String::from("^(?:");
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            pattern.push('|');
        }
        for letter in name.as_ref().chars() {
            match letter {
                'a' => pattern.push_str("[aAáÁàÀâÂäÄãÃ]"),
                'c' => pattern.push_str("[cCçÇ]"),
                'e' => pattern.push_str("[eEéÉèÈêÊëË]"),
                'i' => pattern.push_str("[iIíÍìÌîÎïÏ]"),
                'n' => pattern.push_str("[nNñÑ]"),
                'o' => pattern.push_str("[oOóÓòÒôÔöÖõÕ]"),
                'u' => pattern.push_str("[uUúÚùÙûÛüÜ]"),
                '_' | '-' | ' ' => pattern.push_str("[_ -]"),
                letter if letter.is_ascii_lowercase() => {
                    pattern.push('[');
                    pattern.push(letter);
                    pattern.push(letter.to_ascii_uppercase());
                    pattern.push(']');
                }
                letter if letter.is_alphanumeric() => pattern.push(letter),
                letter => pattern.extend(['\\', letter]),
            }
        }
    }
    pattern.push_str(")$");
    pattern
}

/// Title, help, the name in the other language, and how a value looks.
fn describe(language: Language, field: &Field, shape: &mut Value) {
    let Some(map) = shape.as_object_mut() else { return };
    let (label, help) = (field.label.within(language), field.help.within(language));
    map.insert("title".to_owned(), json!(label));
    let text = if help.is_empty() { label } else { help };
    map.insert("description".to_owned(), json!(text));
    let (en, es) = sample(&field.shape);
    let example = match language {
        Language::English => format!("`{}: {en}`", field.name),
        Language::Spanish => format!("`{}: {es}`", field.es),
    };
    let other = match language {
        Language::English => format!("Spanish: `{}`", field.es),
        Language::Spanish => format!("En inglés: `{}`", field.name),
    };
    map.insert(
        "markdownDescription".to_owned(),
        json!(format!("**{label}.** {help}\n\n{example} · {other}")),
    );
}

/// The names of presets, where the kind has some.
fn list_presets(kind: &str, field: &Field, shape: &mut Value) {
    let names: Vec<&str> = preset_names(kind).collect();
    if field.name == "preset" && !names.is_empty() {
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        *shape = json!({ "anyOf": [{ "enum": names }, { "type": "string", "pattern": spelled(&folded) }] });
    }
}

fn shape(schemas: &Schemas<'_>, key: &str, shape: &FieldType, definitions: &mut Map<String, Value>) -> Value {
    match shape {
        FieldType::Text => {
            json!({ "type": ["string", "number", "boolean", "null", "array"], "items": { "type": SCALAR } })
        }
        FieldType::Markdown => {
            json!({ "type": ["string", "number", "boolean", "null", "array"], "items": { "type": SCALAR } })
        }
        FieldType::File | FieldType::Color | FieldType::Phone => json!({ "type": SCALAR }),
        FieldType::Number { min, max, .. } => {
            let mut number = json!({ "type": ["number", "string", "null"], "pattern": "[0-9]" });
            if let Some(map) = number.as_object_mut() {
                map.extend(min.map(|min| ("minimum".to_owned(), json!(min))));
                map.extend(max.map(|max| ("maximum".to_owned(), json!(max))));
            }
            number
        }
        FieldType::Band => json!({ "type": ["number", "string", "object", "null"], "pattern": "[0-9]" }),
        FieldType::Percent | FieldType::Hours => {
            json!({ "type": ["number", "string", "null"], "pattern": "[0-9]" })
        }
        FieldType::Money => json!({ "type": ["string", "object", "null"], "pattern": "[0-9]" }),
        FieldType::Span => json!({ "type": ["string", "object", "null"], "pattern": "\\.\\." }),
        FieldType::Cadence => json!({ "type": ["string", "object", "null"] }),
        FieldType::Date => {
            json!({ "type": ["string", "null"], "pattern": "^ *[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} *$" })
        }
        FieldType::DateTime => {
            json!({ "type": ["string", "null"], "pattern": "^ *[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}" })
        }
        FieldType::Duration => json!({ "type": ["string", "null"], "pattern": "[0-9]" }),
        FieldType::Period => {
            json!({ "type": ["string", "integer", "object", "null"], "pattern": "[0-9]{4}" })
        }
        FieldType::YesNo => {
            let words = match schemas.language {
                Language::English => ["yes", "no"],
                Language::Spanish => ["sí", "no"],
            };
            let all = ["yes", "si", "true", "verdadero", "y", "s", "no", "false", "falso", "n"];
            json!({ "anyOf": [
                { "enum": words },
                { "type": ["boolean", "null"] },
                { "type": "string", "pattern": spelled(&all) },
            ] })
        }
        FieldType::Choice(choices) => choice(schemas.language, choices),
        FieldType::Url => json!({ "type": ["string", "null"], "pattern": "^ *https?://" }),
        FieldType::Email => json!({ "type": ["string", "null"], "pattern": "@" }),
        FieldType::Link(relation) => {
            let edge = edge(schemas, relation, definitions);
            json!({ "anyOf": [edge, { "type": "array", "maxItems": 1, "items": edge }] })
        }
        FieldType::Links(relation) => {
            let edge = edge(schemas, relation, definitions);
            json!({ "anyOf": [
                { "type": "array", "items": edge },
                edge,
                { "type": "object", "additionalProperties": { "type": ["string", "null"] } },
            ] })
        }
        FieldType::Record(fields) => {
            let object = object(schemas, key, fields, definitions);
            let short = fields.iter().any(|field| {
                matches!(field.shape, FieldType::Text | FieldType::Markdown | FieldType::Link(_))
            });
            let types: &[&str] = if short { &SCALAR } else { &["null"] };
            json!({ "anyOf": [object, { "type": types }] })
        }
        FieldType::List(item) => {
            let words = matches!(**item, FieldType::Choice(_) | FieldType::Email);
            let item = self::shape(schemas, key, item, definitions);
            let mut several =
                vec![json!({ "type": "array", "items": item }), item, json!({ "type": "null" })];
            if words {
                several.push(json!({ "type": "string", "pattern": "," }));
            }
            json!({ "anyOf": several })
        }
        FieldType::Map => json!({ "type": ["object", "null"] }),
    }
}

/// The words of the language are proposed, all others are known.
fn choice(language: Language, choices: &[Choice]) -> Value {
    let word = |choice: &Choice| match language {
        Language::English => choice.name.clone(),
        Language::Spanish => choice.es.clone(),
    };
    let words: Vec<String> = choices.iter().map(word).collect();
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label.within(language)).collect();
    let all: Vec<&str> = choices.iter().flat_map(|choice| choice.names.iter().map(String::as_str)).collect();
    json!({ "anyOf": [
        { "enum": words, "enumDescriptions": labels, "markdownEnumDescriptions": labels },
        { "type": "string", "pattern": spelled(&all) },
        { "type": "null" },
    ] })
}

/// A link: an id, or a map with the id and what it is for.
fn edge(schemas: &Schemas<'_>, relation: &Relation, definitions: &mut Map<String, Value>) -> Value {
    // Once for all fields that point at the same kinds by the same words.
    let kinds: Vec<&str> =
        relation.to.iter().filter_map(|id| schemas.kinds.kind(*id)).map(|kind| kind.name.as_str()).collect();
    let name = format!("link.{}.{}", kinds.join("-"), relation.note.join("-"));
    let reference = json!({ "$ref": format!("#/definitions/{name}") });
    if definitions.contains_key(&name) {
        return reference;
    }
    let mut targets = vec!["ref".to_owned(), "id".to_owned()];
    let mut ids: Vec<&str> = Vec::new();
    for kind in relation.to.iter().filter_map(|id| schemas.kinds.kind(*id)) {
        targets.extend([fold(&kind.name), fold(&kind.es)]);
        ids.extend(schemas.ids.get(&kind.name).into_iter().flatten().map(String::as_str));
    }
    let mut notes: Vec<String> = relation.note.clone();
    notes.extend(["for", "para", "note", "nota"].map(str::to_owned));
    let mut id = vec![json!({ "type": ["string", "number", "null"] })];
    if !ids.is_empty() {
        id.insert(0, json!({ "enum": ids }));
    }
    let id = json!({ "anyOf": id });
    let proposed = match schemas.language {
        Language::English => ["ref", "for"],
        Language::Spanish => ["ref", "para"],
    };
    let mut properties = Map::new();
    for (names, shape) in [(&targets, &id), (&notes, &json!({ "type": SCALAR }))] {
        for name in names {
            let mut shape = shape.clone();
            if let (false, Some(map)) = (proposed.contains(&name.as_str()), shape.as_object_mut()) {
                map.insert("doNotSuggest".to_owned(), json!(true));
            }
            properties.insert(name.clone(), shape);
        }
    }
    let known: Vec<&String> = targets.iter().chain(&notes).collect();
    let spelled = spelled(&known);
    let edge = json!({ "anyOf": [id, {
        "type": "object",
        "properties": properties,
        "patternProperties": { spelled: {} },
        "additionalProperties": false,
    }] });
    definitions.insert(name, edge);
    reference
}
