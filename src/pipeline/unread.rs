//! Documents and tables that lie in the playbook, are not read, and to which nothing leads.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Level, Words};
use crate::model::{Destination, Playbook, Resolved, Value};
use crate::read::{self, Files, Role};
use crate::text::{FilePath, Place, Spanned};
use crate::words;

/// A file of a kind that the program does not read, to which nothing links.
pub(super) static NOT_READ: Code =
    Code { id: "P032", name: "file_kind_not_read", level: Level::Note, since: "0.1.0" };

/// Endings of texts, of tables and of data. Pictures, films and PDFs are there to be shown, and may wait for their page.
const TEXTS: &[&str] = &["doc", "docx", "odt", "rtf", "pages", "txt", "text", "ppt", "pptx", "odp"];
const TABLES: &[&str] = &["xls", "xlsx", "xlsm", "ods", "numbers", "tsv"];
const DATA: &[&str] = &["json", "toml"];

/// Names of files that other programs leave in a folder.
const LITTER: [&str; 12] = [
    "license.txt",
    "licencia.txt",
    "robots.txt",
    "humans.txt",
    "requirements.txt",
    "package.json",
    "package-lock.json",
    "composer.json",
    "tsconfig.json",
    "manifest.json",
    "netlify.toml",
    "pyproject.toml",
];

/// Tells of such files, each kind of file in one group. `named` are the data files that charts and metrics ask for.
pub(super) fn tell(
    playbooks: &[&Playbook<Resolved>],
    files: &Files,
    named: &[Spanned<String>],
    findings: &mut Vec<Finding>,
) {
    let Some(main) = playbooks.first() else { return };
    let ignored = read::ignored_paths(main);
    let mut linked: BTreeSet<FilePath> = BTreeSet::new();
    for playbook in playbooks {
        playbook.for_each_passage(&mut |passage| {
            linked.extend(passage.ends.iter().filter_map(|end| match end {
                Destination::File(file) => Some(file.clone()),
                _ => None,
            }));
        });
        let records = playbook.entities.iter().chain(&playbook.welcome).map(|entity| &entity.record);
        for record in records.chain([&playbook.settings]) {
            record.fields.iter().for_each(|(_, item)| files_in(&item.value, &mut linked));
        }
    }
    for path in files.iter() {
        let Some(help) = help(path) else { continue };
        let name = path.name();
        let is_expected = linked.contains(path)
            || LITTER.contains(&name.to_lowercase().as_str())
            || read::role(path, &main.kinds, true) != Role::Asset
            || ignored.iter().any(|prefix| read::is_below(path, prefix))
            || named.iter().any(|named| named.value.contains(name));
        if !is_expected {
            findings.push(
                Finding::new(
                    &NOT_READ,
                    Place::File(path.clone()),
                    words!(
                        "the file is not read, and no page links to it",
                        "el archivo no se lee y ninguna página lo enlaza"
                    ),
                )
                .why(words!(
                    "what it says appears nowhere in the site",
                    "lo que dice no aparece en ninguna parte del sitio"
                ))
                .help(help)
                .group(path.extension().to_ascii_lowercase()),
            );
        }
    }
}

/// What to do with a file of this kind; `None` for a kind that nobody expects to be read.
fn help(path: &FilePath) -> Option<Words> {
    Some(if path.has_extension(TEXTS) {
        words!(
            "save its text as Markdown (`.md`), link to it from a page, or name it under `ignore:` in the settings",
            "guarda su texto como Markdown (`.md`), enlázalo desde una página o nómbralo en `ignorar:` en los ajustes"
        )
    } else if path.has_extension(TABLES) {
        words!(
            "put an export into the folder `data/`; save a list of parts of the playbook as CSV or YAML, such as `people.csv`; else link to it, or name it under `ignore:` in the settings",
            "pon una exportación en la carpeta `datos/`; guarda una lista de elementos de la guía como CSV o YAML, como `personas.csv`; si no, enlázalo o nómbralo en `ignorar:` en los ajustes"
        )
    } else if path.has_extension(DATA) {
        words!(
            "write it as YAML (`.yaml`), put an export into the folder `data/`, or name it under `ignore:` in the settings",
            "escríbelo como YAML (`.yaml`), pon una exportación en la carpeta `datos/` o nómbralo en `ignorar:` en los ajustes"
        )
    } else {
        return None;
    })
}

fn files_in(value: &Value<Resolved>, linked: &mut BTreeSet<FilePath>) {
    match value {
        Value::File(path) => linked.extend(FilePath::new(path)),
        Value::List(items) => items.iter().for_each(|item| files_in(&item.value, linked)),
        Value::Record(record) => record.fields.iter().for_each(|(_, item)| files_in(&item.value, linked)),
        _ => {}
    }
}
