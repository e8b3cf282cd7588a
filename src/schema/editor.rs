//! What editors are told: which schema is of which files, and the front matter of a new file.

use serde_json::{Map, Value, json};

use super::{FOLDER, Schemas};
use crate::finding::Language;
use crate::model::{Field, Kind, Want};
use crate::read::sample;

/// Settings for editors, made from the schemas of a playbook.
pub struct Editor<'s, 'k> {
    /// The schemas.
    pub schemas: &'s Schemas<'k>,
}

impl Editor<'_, '_> {
    /// The name of each schema and the patterns of its files: list files, and YAML in the folder of the kind, which may have a number in front. A list of another kind in that folder is of the other kind.
    pub fn files(&self) -> Vec<(String, Vec<String>)> {
        let kinds = self.schemas.kinds;
        let mut files = vec![
            ("settings".to_owned(), owned(&["playbook.yaml", "playbook.yml", "guia.yaml", "guia.yml"])),
            ("kind-file".to_owned(), owned(&["types/*.yaml", "tipos/*.yaml", "types/*.yml", "tipos/*.yml"])),
            ("profile".to_owned(), owned(&["profiles/*.yaml", "perfiles/*.yaml"])),
        ];
        let all: Vec<&str> = kinds.iter().flat_map(|kind| kinds.folders_of(kind.id)).collect();
        let lists = ["", "[0-9]*-"].map(|number| format!("!**/{number}{{{}}}.{{yaml,yml}}", all.join(",")));
        for kind in kinds.iter().filter(|kind| kind.name != "article") {
            let (mut alone, mut list) = (Vec::new(), Vec::new());
            for name in kinds.folders_of(kind.id) {
                for number in ["", "[0-9]*-"] {
                    alone.push(format!("**/{number}{name}/*.{{yaml,yml}}"));
                    list.push(format!("**/{number}{name}.{{yaml,yml}}"));
                }
            }
            // Files of these folders are of no kind, whatever their names.
            let apart = ["types", "tipos", "profiles", "perfiles"].map(|folder| format!("!{folder}/*"));
            alone.extend(lists.iter().chain(&apart).cloned());
            list.extend(apart);
            files.push((kind.name.clone(), alone));
            files.push((format!("{}-list", kind.name), list));
        }
        files
    }

    /// Files for editors by their paths: settings and recommended extensions of VS Code, and snippets for Markdown files.
    pub fn settings(&self) -> Vec<(String, String)> {
        let schemas: Map<String, Value> = self
            .files()
            .into_iter()
            .map(|(name, files)| (format!("./{FOLDER}/{name}.json"), json!(files)))
            .collect();
        let settings = json!({
            "yaml.schemas": schemas,
            "yaml.schemaStore.enable": false,
            "files.associations": { "*.md": "markdown" },
            "files.exclude": { ".portolan": true },
            "[markdown]": { "editor.quickSuggestions": { "other": true }, "editor.wordWrap": "on" },
        });
        let extensions = json!({ "recommendations": ["redhat.vscode-yaml"] });
        let snippets: Map<String, Value> = self
            .schemas
            .kinds
            .iter()
            .filter(|kind| kind.name != "article")
            .map(|kind| (kind.label.within(self.schemas.language).to_owned(), self.snippet(kind)))
            .collect();
        vec![
            (".vscode/settings.json".to_owned(), text(&settings)),
            (".vscode/extensions.json".to_owned(), text(&extensions)),
            (".vscode/portolan.code-snippets".to_owned(), text(&Value::Object(snippets))),
        ]
    }

    /// The front matter of a kind as a snippet.
    fn snippet(&self, kind: &Kind) -> Value {
        let language = self.schemas.language;
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
        let mut body = vec!["---".to_owned(), format!("{}: $1", title_name(kind, language))];
        for (index, field) in wanted(kind).enumerate() {
            let (en, es) = sample(&field.shape);
            let sample = escaped(if language == Language::English { &en } else { &es });
            let place = match choices(field, language) {
                Some(words) => format!("${{{}|{}|}}", index + 2, words.join(",")),
                None => format!("${{{}:{sample}}}", index + 2),
            };
            body.push(format!("{}: {place}", field.name_in(language)));
        }
        body.extend(["---".to_owned(), String::new(), "$0".to_owned()]);
        json!({
            "scope": "markdown",
            "prefix": if language == Language::English { &kind.name } else { &kind.es },
            "description": kind.about.within(language),
            "body": body,
        })
    }
}

/// A file that people read too.
fn text(value: &Value) -> String {
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The name of the field that names an entity.
fn title_name(kind: &Kind, language: Language) -> &str {
    kind.field(&kind.title_field).map_or("title", |(_, field)| field.name_in(language))
}

/// The fields that must or should be there, without the one that names the entity.
fn wanted(kind: &Kind) -> impl Iterator<Item = &Field> {
    kind.fields.iter().filter(|field| field.want != Want::Optional && field.name != kind.title_field)
}

fn choices(field: &Field, language: Language) -> Option<Vec<&str>> {
    match &field.shape {
        crate::model::FieldType::Choice(choices) => {
            Some(
                choices
                    .iter()
                    .map(|choice| {
                        if language == Language::English { choice.name.as_str() } else { choice.es.as_str() }
                    })
                    .collect(),
            )
        }
        _ => None,
    }
}

/// A Markdown file of a kind to fill in: what must or should be there, and everything else in comments, each with its help.
pub fn front_matter(kind: &Kind, title: &str, language: Language) -> String {
    let is_english = language == Language::English;
    let mut lines = vec!["---".to_owned(), format!("{}: {}", title_name(kind, language), quoted(title))];
    let status = kind.field("status").map(|(_, field)| field);
    if let Some(field) = status {
        let draft = choices(field, language).into_iter().flatten().next().unwrap_or("draft").to_owned();
        lines.push(format!("{}: {draft}", field.name_in(language)));
    }
    let told = |field: &Field, live: bool| -> Vec<String> {
        let mut lines = Vec::new();
        let help = field.help.within(language);
        if !help.is_empty() {
            lines.push(format!("# {}", help.replace('\n', " ")));
        }
        if let Some(words) = choices(field, language) {
            let or = if is_english { "one of" } else { "uno de" };
            lines.push(format!("# {or}: {}", words.join(", ")));
        }
        let (en, es) = sample(&field.shape);
        let sample = if is_english { en } else { es };
        let name = field.name_in(language);
        lines.push(if live { format!("{name}:   # {sample}") } else { format!("# {name}: {sample}") });
        lines
    };
    for field in wanted(kind) {
        lines.push(String::new());
        lines.extend(told(field, true));
    }
    let own = kind.fields.iter().filter(|field| {
        let common =
            field.common && !matches!(field.name.as_str(), "owner" | "summary" | "seen_by" | "reviewed");
        !common && field.want == Want::Optional && field.name != kind.title_field && field.name != "status"
            // What the other side usually writes has no help of its own.
            && !field.help.within(language).is_empty()
    });
    for field in own {
        lines.push(String::new());
        lines.extend(told(field, false));
    }
    lines.push("---".to_owned());
    lines.push(String::new());
    lines.push(
        if is_english {
            // Nobody should read it who does not write here.
            "<!-- Write here what the fields do not say. -->"
        } else {
            "<!-- Escribe aquí lo que no dicen los campos. -->"
        }
        .to_owned(),
    );
    lines.join("\n") + "\n"
}

/// A text as YAML, in quotes where it needs them.
fn quoted(text: &str) -> String {
    let plain = text.chars().all(|character| character.is_alphanumeric() || " -_.¿?¡!()".contains(character))
        && text.starts_with(char::is_alphabetic)
        && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "y" | "n");
    if plain { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
}
