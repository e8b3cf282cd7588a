//! `docs/coverage.yaml`: every concept that the model was made for has a home, and the example playbook shows it. `UPDATE=1` writes the tables that people read.

use std::collections::BTreeSet;
use std::fs;
use std::sync::OnceLock;

use portolan::catalog;
use portolan::finding::{Language, Words};
use portolan::model::{Field, FieldType, Item, Kinds, Record, Resolved, Value};
use portolan::pipeline::{self, Checked};
use portolan::syntax::{Node, yaml};
use portolan::text::{FilePath, Sources};
use portolan::theme;
use portolan::world::{DiskOptions, DiskWorld};

use crate::program::{TODAY, example, package};

/// The languages and how their files end.
pub const LANGUAGES: [(Language, &str); 2] = [(Language::English, ""), (Language::Spanish, ".es")];

struct Group {
    title: Words,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    concept: Words,
    homes: Vec<String>,
    shown: Vec<String>,
}

fn words(node: &Node) -> Words {
    let text =
        |key: &str| node.entry(key).and_then(Node::text).unwrap_or_else(|| panic!("no `{key}`")).to_owned();
    Words { en: text("en"), es: text("es") }
}

fn texts(node: &Node, key: &str) -> Vec<String> {
    let list = node.entry(key).unwrap_or_else(|| panic!("no `{key}`"));
    list.items().iter().map(|item| item.text().expect("a word").to_owned()).collect()
}

fn groups() -> Vec<Group> {
    let text = fs::read_to_string(package().join("docs/coverage.yaml")).expect("docs/coverage.yaml");
    let mut sources = Sources::default();
    let source = sources.add(FilePath::new("coverage.yaml").expect("a path"), text.clone());
    let mut findings = Vec::new();
    let root = yaml::parse(&text, source, 0, &mut findings).expect("a map");
    assert!(findings.is_empty(), "{findings:?}");
    let row = |node: &Node| Row {
        id: node.entry("id").and_then(Node::text).expect("an id").to_owned(),
        concept: words(node),
        homes: texts(node, "homes"),
        shown: texts(node, "shown"),
    };
    let group = |node: &Node| Group {
        title: words(node),
        rows: node.entry("rows").expect("rows").items().iter().map(row).collect(),
    };
    root.entry("groups").expect("groups").items().iter().map(group).collect()
}

/// The example playbook, read and checked.
pub fn checked() -> &'static Checked {
    static CHECKED: OnceLock<Checked> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let options = DiskOptions { today: Some(TODAY.parse().expect("a day")), ..DiskOptions::default() };
        pipeline::check(&DiskWorld::open(&example(), options).expect("the example"))
    })
}

/// `channel.case.decision=keep`: the first name, the path, the word of a choice.
fn parts(home: &str) -> (&str, Vec<&str>, Option<&str>) {
    let (path, word) = home.split_once('=').map_or((home, None), |(path, word)| (path, Some(word)));
    let mut path = path.split('.');
    (path.next().unwrap_or_default(), path.collect(), word)
}

/// The fields that a home begins in, and the name of their kind for people.
fn fields<'k>(kinds: &'k Kinds, kind: &str) -> Option<(&'k [Field], Words)> {
    match kind {
        "settings" => {
            Some((kinds.settings.as_slice(), Words { en: "Settings".into(), es: "Ajustes".into() }))
        }
        "common" => {
            let label = Words { en: "Every kind".into(), es: "Todos los tipos".into() };
            Some((kinds.named("article")?.fields.as_slice(), label))
        }
        name => kinds.named(name).map(|kind| (kind.fields.as_slice(), kind.label.clone())),
    }
}

/// The field with a canonical name, and its index.
fn field_named<'k>(fields: &'k [Field], name: &str) -> Option<(u16, &'k Field)> {
    let index = fields.iter().position(|field| field.name == name)?;
    Some((u16::try_from(index).ok()?, &fields[index]))
}

/// The fields along a path.
fn along<'k>(mut fields: &'k [Field], path: &[&str]) -> Option<Vec<&'k Field>> {
    let mut found = Vec::new();
    for name in path {
        let (_, field) = field_named(fields, name)?;
        found.push(field);
        fields = field.shape.record().unwrap_or_default();
    }
    Some(found)
}

fn choice_label<'k>(shape: &'k FieldType, word: &str) -> Option<&'k Words> {
    match shape {
        FieldType::Choice(choices) => {
            choices.iter().find(|choice| choice.name == word).map(|choice| &choice.label)
        }
        FieldType::List(item) => choice_label(item, word),
        _ => None,
    }
}

/// Whether a record says something at a path.
fn says(fields: &[Field], record: &Record<Resolved>, path: &[&str], word: Option<&str>) -> bool {
    let Some((name, rest)) = path.split_first() else { return true };
    let Some((index, field)) = field_named(fields, name) else { return false };
    record.value(index).is_some_and(|item| item_says(&field.shape, item, rest, word))
}

fn item_says(shape: &FieldType, item: &Item<Resolved>, path: &[&str], word: Option<&str>) -> bool {
    match (shape, &item.value) {
        (FieldType::List(shape), Value::List(items)) => {
            items.iter().any(|item| item_says(shape, item, path, word))
        }
        (FieldType::Record(fields), Value::Record(record)) => says(fields, record, path, word),
        (FieldType::Choice(choices), Value::Choice(index)) => {
            path.is_empty() && word.is_none_or(|word| choices[usize::from(*index)].name == word)
        }
        (_, Value::Text(text)) => path.is_empty() && word.is_none() && !text.trim().is_empty(),
        (_, Value::Links(edges)) => path.is_empty() && word.is_none() && !edges.is_empty(),
        _ => path.is_empty() && word.is_none(),
    }
}

/// Whether one of the files of the example shows a home.
fn is_shown(checked: &Checked, home: &str, files: &[String]) -> bool {
    let (kind, path, word) = parts(home);
    let playbook = &checked.playbook;
    if kind == "settings" {
        return says(&playbook.kinds.settings, &playbook.settings, &path, word);
    }
    playbook.entities.iter().filter(|entity| files.iter().any(|file| entity.file.as_str() == file)).any(
        |entity| {
            let of = playbook.kinds.kind(entity.kind).expect("a kind");
            let is_meant = of.name == kind || kind == "common";
            is_meant && (path == ["title"] || says(&of.fields, &entity.record, &path, word))
        },
    )
}

#[test]
fn every_concept_has_a_home_that_the_example_shows() {
    let checked = checked();
    let kinds = &checked.playbook.kinds;
    let codes: BTreeSet<&str> = catalog::codes(kinds).iter().map(|code| code.id).collect();
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for row in groups().iter().flat_map(|group| &group.rows) {
        let id = &row.id;
        if !ids.insert(id.clone()) {
            faults.push(format!("{id}: twice"));
        }
        if row.homes.is_empty() || row.shown.is_empty() {
            faults.push(format!("{id}: without home or example"));
        }
        for file in &row.shown {
            if !example().join(file).is_file() {
                faults.push(format!("{id}: no file {file}"));
            }
        }
        for home in &row.homes {
            let there = match home.split_once(':') {
                Some(("code", code)) => codes.contains(code),
                Some(("sheet", name)) => sheet_title(name, Language::English).is_some(),
                _ => {
                    home_label(kinds, home, Language::English).is_some() && {
                        if !is_shown(checked, home, &row.shown) {
                            faults.push(format!("{id}: no file of it fills {home}"));
                        }
                        true
                    }
                }
            };
            if !there {
                faults.push(format!("{id}: there is no {home}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn sheet_title(name: &str, language: Language) -> Option<String> {
    let tag = if language == Language::English { "en" } else { "es" };
    theme::words(tag).remove(&format!("sheet_{name}"))
}

/// A home as an author of a language knows it: `canal.caso.decision`, and the word of a choice.
fn home_label(kinds: &Kinds, home: &str, language: Language) -> Option<String> {
    let (kind, path, word) = parts(home);
    let (fields, label) = fields(kinds, kind)?;
    let fields = along(fields, &path)?;
    let last = fields.last()?;
    let names: Vec<&str> = fields.iter().map(|field| field.name_in(language)).collect();
    let value = match word {
        Some(word) => format!(": {}", choice_label(&last.shape, word)?.within(language)),
        None => String::new(),
    };
    let page = if language == Language::English { "" } else { ".es" };
    let file = match kind {
        "settings" => "settings".to_owned(),
        "common" => "common".to_owned(),
        kind => format!("kinds/{kind}"),
    };
    Some(format!("[{}](reference/{file}{page}.md) `{}`{value}", label.within(language), names.join(".")))
}

/// Homes in one line; the kind is named once for the fields that follow it.
fn grouped(homes: &[String]) -> String {
    let mut out = String::new();
    let mut before = "";
    for home in homes {
        let (kind, field) = home.split_once(") `").unwrap_or((home, ""));
        match (out.is_empty(), !field.is_empty() && kind == before) {
            (true, _) => out += home,
            (false, true) => out += &format!(", `{field}"),
            (false, false) => out += &format!(" · {home}"),
        }
        before = kind;
    }
    out
}

fn table(kinds: &Kinds, language: Language) -> String {
    let is_english = language == Language::English;
    let codes = catalog::codes(kinds);
    let home = |home: &String| match home.split_once(':') {
        Some(("code", id)) => {
            assert!(codes.iter().any(|code| code.id == id), "{id}");
            format!("[{id}](codes/{id}{}.md)", if is_english { "" } else { ".es" })
        }
        Some((_, name)) => {
            let title = sheet_title(name, language).expect("a sheet");
            if is_english { format!("page “{title}”") } else { format!("página «{title}»") }
        }
        None => home_label(kinds, home, language).expect("a field"),
    };
    let file = |path: &String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        format!("[{name}](../example-playbook/{path})")
    };
    let mut out = if is_english {
        "# What the model covers\n\n[Español](coverage.es.md)\n\nWhat a community manager has to think of, where it is written down in a playbook, and where the example shows it. Made from `docs/coverage.yaml` and held by a test: every field exists, and the example fills it.\n"
    } else {
        "# Qué abarca el modelo\n\n[English](coverage.md)\n\nEn qué tiene que pensar quien gestiona una comunidad, dónde se escribe en una guía y dónde lo muestra el ejemplo. Sale de `docs/coverage.yaml` y lo vigila una prueba: cada campo existe y el ejemplo lo rellena.\n"
    }
    .to_owned();
    for group in groups() {
        let heads = if is_english {
            "| | Concept | Where it lives | In the example |"
        } else {
            "| | Concepto | Dónde está | En el ejemplo |"
        };
        out += &format!("\n## {}\n\n{heads}\n|---|---|---|---|\n", group.title.within(language));
        for row in &group.rows {
            let homes: Vec<String> = row.homes.iter().map(home).collect();
            let files: Vec<String> = row.shown.iter().map(file).collect();
            out += &format!(
                "| {} | {} | {} | {} |\n",
                row.id,
                row.concept.within(language),
                grouped(&homes),
                files.join(" · ")
            );
        }
    }
    out
}

#[test]
fn the_tables_of_coverage_are_up_to_date() {
    let checked = checked();
    let kinds = &checked.playbook.kinds;
    for (language, suffix) in LANGUAGES {
        let path = package().join(format!("docs/coverage{suffix}.md"));
        let now = table(kinds, language);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &now).expect("written");
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), now, "UPDATE=1 writes {}", path.display());
    }
}
