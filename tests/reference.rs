//! The reference of kinds, settings and findings in `docs/reference`: made from the kind files, in both languages, and held against them. `UPDATE=1` writes it.

mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use portolan::model::Kind;
use portolan::pipeline::Checked;
use portolan::text::Place;
use portolan::theme;

use self::writer::Writer;
use crate::covered::{LANGUAGES, checked};
use crate::program::package;

/// The entity of the example that fills the most fields of its kind and of which nothing is told: its file, and what is written there.
fn example_of(checked: &Checked, kind: &Kind) -> Option<(String, &'static str, String)> {
    let told: BTreeSet<u32> = checked
        .findings
        .iter()
        .filter_map(|finding| match &finding.place {
            Place::Span(span) => Some(span.source.0),
            _ => None,
        })
        .collect();
    let entities = checked.playbook.entities.iter().filter(|entity| {
        let path = entity.file.as_str();
        entity.kind == kind.id
            && !told.contains(&entity.source.0)
            && (path.ends_with(".md") || path.ends_with(".yaml"))
    });
    let best =
        entities.max_by_key(|entity| (entity.record.fields.len(), std::cmp::Reverse(entity.id.clone())))?;
    let path = best.file.as_str().to_owned();
    let text = &checked.sources.source(best.source)?.text;
    if path.ends_with(".md") {
        let end = text.get(3..)?.find("\n---")? + 3;
        let rest = text.get(end + 4..)?.trim_start();
        let is_words = |part: &&str| !part.starts_with("```");
        let first = rest.split("\n\n").find(is_words).unwrap_or_default().trim_end();
        return Some((path, "md", format!("{}\n---\n\n{first}", text.get(..end)?)));
    }
    // An item of a list: from the line that begins it to the next one like it.
    let begins = |line: &str| line.starts_with(|c: char| !c.is_whitespace() && c != '#');
    let lines: Vec<&str> = text.lines().collect();
    let at = text.get(..best.span.start as usize)?.lines().count().saturating_sub(1);
    let at = if text.get(..best.span.start as usize)?.ends_with('\n') { at + 1 } else { at };
    let first = (0..=at).rev().find(|line| begins(lines[*line]))?;
    let last = (first + 1..lines.len()).find(|line| begins(lines[*line]) || lines[*line].starts_with('#'));
    Some((path, "yaml", lines[first..last.unwrap_or(lines.len())].join("\n")))
}

/// All pages by their paths in `docs/reference`.
fn pages() -> BTreeMap<String, String> {
    let checked = checked();
    let mut pages = BTreeMap::new();
    for (language, suffix) in LANGUAGES {
        let tag = if suffix.is_empty() { "en" } else { "es" };
        let kinds = &checked.playbook.kinds;
        let writer = Writer { checked, kinds, language, suffix, words: theme::words(tag) };
        for kind in kinds.iter() {
            pages.insert(format!("kinds/{}{suffix}.md", kind.name), writer.kind(kind));
        }
        pages.insert(format!("README{suffix}.md"), writer.index());
        pages.insert(format!("common{suffix}.md"), writer.common());
        pages.insert(format!("settings{suffix}.md"), writer.settings());
        pages.insert(format!("findings{suffix}.md"), writer.findings());
    }
    pages
}

#[test]
fn the_reference_says_what_the_kind_files_say() {
    let folder = package().join("docs/reference");
    let pages = pages();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(folder.join("kinds")).expect("a folder");
        for (path, text) in &pages {
            fs::write(folder.join(path), text).expect("written");
        }
    }
    let old: Vec<&String> = pages
        .iter()
        .filter(|(path, text)| fs::read_to_string(folder.join(path)).unwrap_or_default() != **text)
        .map(|(path, _)| path)
        .collect();
    assert!(old.is_empty(), "out of date (UPDATE=1 writes them): {old:?}");
    let there =
        fs::read_dir(folder.join("kinds")).expect("pages").chain(fs::read_dir(&folder).expect("pages"));
    let strays: Vec<String> = there
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| path.strip_prefix(&folder).expect("below").to_str().expect("UTF-8").to_owned())
        .filter(|path| !pages.contains_key(path))
        .collect();
    assert!(strays.is_empty(), "pages of nothing: {strays:?}");
}

#[test]
fn links_of_the_documentation_lead_somewhere() {
    let docs = package().join("docs");
    let mut dead = Vec::new();
    let reference = pages().into_iter().map(|(path, text)| (docs.join("reference").join(path), text));
    let coverage = ["coverage.md", "coverage.es.md"].map(|name| docs.join(name));
    let coverage = coverage.map(|path| (path.clone(), fs::read_to_string(path).expect("the coverage")));
    for (path, text) in reference.chain(coverage) {
        let folder = path.parent().expect("a folder");
        let ends = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(end, _)| end);
        // Examples are quoted as they are: their links are those of the example.
        let own = ends.filter(|end| end.ends_with(".md") || end.ends_with(".yaml"));
        dead.extend(
            own.filter(|end| !folder.join(end).exists()).map(|end| format!("{}: {end}", path.display())),
        );
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

/// What a page shows as an example has to be in the folder under that name: fields of a kind in words that the kind knows.
#[test]
fn every_kind_has_an_example_without_findings() {
    let checked = checked();
    let without: Vec<&str> = checked
        .playbook
        .kinds
        .iter()
        .filter(|kind| example_of(checked, kind).is_none())
        .map(|kind| kind.name.as_str())
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
