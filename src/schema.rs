//! Floor 5: kinds → JSON Schema for editors, with the names of both languages, help texts and choices in the language of the playbook.
//!
//! Draft-07, since that is what the common YAML language server reads in full. All names that the reader accepts are accepted; only those of the language are proposed.

mod editor;
mod shape;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::finding::Language;
use crate::model::{Kind, Kinds};
use crate::read::TRANSLATED_FROM;

pub use editor::{Editor, front_matter};

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
/// Where the schemas of a playbook stand.
pub const FOLDER: &str = ".portolan/schema";

static KIND_FILE: &str = include_str!("schema/kind-file.json");
static PROFILE: &str = include_str!("schema/profile.json");

/// Makes the schemas of a playbook.
pub struct Schemas<'k> {
    /// What entities are made of.
    pub kinds: &'k Kinds,
    /// The language in which names are proposed and explained.
    pub language: Language,
    /// The ids of the entities of each kind, proposed where a link is written.
    pub ids: BTreeMap<String, Vec<String>>,
}

impl Schemas<'_> {
    /// The schema of one kind (`settings`, `kind-file` and `profile` too); `None` when there is no such kind.
    pub fn one(&self, name: &str) -> Option<String> {
        match name {
            "settings" | "ajustes" => {
                let title = match self.language {
                    Language::English => "Settings of the playbook",
                    Language::Spanish => "Ajustes de la guía",
                };
                let mut definitions = Map::new();
                let object = shape::object(self, "settings", &self.kinds.settings, &mut definitions);
                Some(document(title, "", object, definitions))
            }
            "kind-file" => Some(KIND_FILE.to_owned()),
            "profile" => Some(PROFILE.to_owned()),
            name => match name.strip_suffix("-list").and_then(|name| self.kinds.named(name)) {
                Some(kind) => Some(self.kind(kind, true)),
                None => self.kinds.named(name).map(|kind| self.kind(kind, false)),
            },
        }
    }

    /// All schemas by the names of their files.
    pub fn all(&self) -> BTreeMap<String, String> {
        let kinds = self.kinds.iter().flat_map(|kind| [kind.name.clone(), format!("{}-list", kind.name)]);
        let names = kinds.chain(["settings", "kind-file", "profile"].map(str::to_owned));
        let mut files: BTreeMap<String, String> =
            names.filter_map(|name| Some((format!("{name}.json"), self.one(&name)?))).collect();
        files.insert("index.json".to_owned(), self.index());
        files
    }

    /// The schemas of all kinds in one document.
    pub fn together(&self) -> String {
        let parsed = |text: String| serde_json::from_str::<Value>(&text).unwrap_or_default();
        let all =
            self.all().into_iter().filter(|(name, _)| name != "index.json" && !name.ends_with("-list.json"));
        let definitions: Map<String, Value> =
            all.map(|(name, text)| (name.trim_end_matches(".json").to_owned(), parsed(text))).collect();
        text(&json!({ "$schema": DRAFT, "title": "Portolan", "definitions": definitions }))
    }

    /// Which schema is of which files.
    fn index(&self) -> String {
        let entries: Vec<Value> = Editor { schemas: self }
            .files()
            .into_iter()
            .map(|(name, files)| json!({ "schema": format!("{name}.json"), "files": files }))
            .collect();
        text(&json!({ "schemas": entries }))
    }

    /// A file of a kind: one entity, a list of entities, or a map from ids to entities. A list file named after its kind holds several.
    fn kind(&self, kind: &Kind, is_list: bool) -> String {
        let mut definitions = Map::new();
        if !is_list {
            let entity = shape::object(self, &kind.name, &kind.fields, &mut definitions);
            definitions.insert("entity".to_owned(), entity);
        }
        // A list is of what stands in the file of one.
        let file = if is_list { format!("{}.json", kind.name) } else { String::new() };
        let one = json!({ "$ref": format!("{file}#/definitions/entity") });
        let items = json!({ "if": { "type": "object" }, "then": one, "else": { "type": ["string", "number", "null"] } });
        let list = json!({ "type": "array", "items": items });
        // `roles: […]` around a list is welcome, and so is `term: its definition`.
        // A translation of a list says at its head which texts its items were made of.
        let from: Map<String, Value> =
            TRANSLATED_FROM.iter().map(|name| ((*name).to_owned(), json!({ "type": "object" }))).collect();
        let several = json!({ "type": "object", "properties": from, "additionalProperties": {
            "if": { "type": "array" },
            "then": list,
            "else": items,
        } });
        let is_map =
            json!({ "type": "object", "minProperties": 1, "additionalProperties": { "type": "object" } });
        let otherwise = if is_list {
            several
        } else {
            json!({ "if": is_map, "then": { "anyOf": [one, several] }, "else": one })
        };
        let mut schema = Map::new();
        schema.insert("if".to_owned(), json!({ "type": "array" }));
        schema.insert("then".to_owned(), list);
        schema.insert("else".to_owned(), otherwise);
        let title = if is_list { &kind.plural } else { &kind.label };
        document(
            title.within(self.language),
            kind.about.within(self.language),
            Value::Object(schema),
            definitions,
        )
    }
}

fn document(title: &str, about: &str, schema: Value, definitions: Map<String, Value>) -> String {
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!(DRAFT));
    whole.insert("title".to_owned(), json!(title));
    if !about.is_empty() {
        whole.insert("description".to_owned(), json!(about));
    }
    if let Value::Object(schema) = schema {
        whole.extend(schema);
    }
    whole.insert("definitions".to_owned(), Value::Object(definitions));
    text(&Value::Object(whole))
}

fn text(value: &Value) -> String {
    serde_json::to_string(value).map(|text| text + "\n").unwrap_or_default()
}
