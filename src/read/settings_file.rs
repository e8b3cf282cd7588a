//! Settings that say nothing: a file without fields, a second file, a file whose name is nearly the right one.

use super::{Files, classify};
use crate::finding::{Code, Finding, Level};
use crate::syntax::{Node, Tree};
use crate::text::{FilePath, Place, SourceId, Span, nearest};
use crate::words;

/// A settings file that holds no fields.
static WITHOUT_FIELDS: Code =
    Code { id: "P912", name: "settings_without_fields", level: Level::Warning, since: "0.1.0" };
/// A file of settings, by its name or nearly so, that is not the one which is read.
static NOT_READ: Code =
    Code { id: "P913", name: "settings_file_not_read", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&WITHOUT_FIELDS, &NOT_READ];

/// Tells of settings in which there is no field. `node` is what was read of the text; nothing is said where the text itself could not be read.
pub fn form(node: Option<&Node>, text: &str, source: SourceId, findings: &mut Vec<Finding>) {
    let (span, message) = match node.map(|node| (&node.tree, node.span)) {
        Some((Tree::Map(_), _)) => return,
        Some((Tree::Null, _)) | None => {
            let is_bare = |line: &str| {
                let line = line.trim().trim_start_matches('\u{feff}');
                line.is_empty() || line.starts_with('#') || line.starts_with("---") || line == "..."
            };
            if !text.lines().all(is_bare) {
                return;
            }
            (
                Span::new(source, 0, 0),
                words!("the settings file is empty", "el archivo de ajustes está vacío"),
            )
        }
        Some((Tree::List(_), span)) => (span, words!("the settings are a list", "los ajustes son una lista")),
        Some((_, span)) => (span, words!("the settings are a text", "los ajustes son un texto")),
    };
    findings.push(
        Finding::new(&WITHOUT_FIELDS, span, message)
            .why(words!(
                "none of it is read, and the site has no title",
                "no se lee nada de él y el sitio no tiene título"
            ))
            .help(words!(
                "write one setting on each line, its name first: `title: Communication playbook` and below it `language: en`",
                "escribe un ajuste en cada línea, con su nombre delante: `titulo: Guía de comunicación` y debajo `idioma: es`"
            )),
    );
}

/// Tells of files that somebody may take for the settings. `read` is the one that is.
pub fn others(files: &Files, read: Option<&FilePath>, findings: &mut Vec<Finding>) {
    for path in files.iter() {
        let finding = match read {
            Some(read) if path != read && classify::is_settings(path) => Finding::new(
                &NOT_READ,
                Place::File(path.clone()),
                words!(
                    "`{path}` is not read: the settings stand in `{read}`",
                    "`{path}` no se lee: los ajustes están en `{read}`"
                ),
            )
            .help(words!(
                "keep one of the two, with what is needed of both",
                "deja solo uno de los dos, con lo que haga falta de ambos"
            )),
            None => match nearly_settings(path) {
                Some(right) => Finding::new(
                    &NOT_READ,
                    Place::File(path.clone()),
                    words!("`{path}` is not read as the settings", "`{path}` no se lee como los ajustes"),
                )
                .why(words!(
                    "without settings every file is only a page, and nothing is checked",
                    "sin ajustes, cada archivo es solo una página y no se comprueba nada"
                ))
                .help(words!(
                    "did you mean `{right}`? Rename the file so, small letters and all",
                    "¿querías decir `{right}`? Cambia así el nombre del archivo, todo en minúsculas y sin acentos"
                )),
                None => continue,
            },
            Some(_) => continue,
        };
        findings.push(finding);
    }
}

/// The name that was meant by a file at the root: `Guía.yaml`, `playbook.yml.txt`, `guia (1).yaml`.
fn nearly_settings(path: &FilePath) -> Option<&'static str> {
    let name = path.as_str().to_lowercase();
    if name.contains('/') {
        return None;
    }
    let name = name.strip_suffix(".txt").unwrap_or(&name);
    let stem = [".yaml", ".yml", ".yaml.yaml"].iter().find_map(|ending| name.strip_suffix(ending))?;
    // What systems put behind the name of a copy.
    let end = stem.find(['(', ' ', '-']).filter(|at| *at > 0).unwrap_or(stem.len());
    let stem = stem.get(..end).unwrap_or(stem).trim_end();
    match nearest(stem, ["playbook", "guia"])? {
        "playbook" => Some("playbook.yaml"),
        _ => Some("guia.yaml"),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn names_that_nearly_are_it() {
        let meant = |name: &str| nearly_settings(&FilePath::new(name).expect("a path"));
        for name in
            ["Guia.yaml", "guía.yaml", "guia.yaml.txt", "guia (1).yaml", "GUIA.YML", "guia - copia.yaml"]
        {
            assert_eq!(meant(name), Some("guia.yaml"), "{name}");
        }
        for name in ["Playbook.yaml", "playbook.yml.txt", "playbok.yaml", "playbook(2).yaml"] {
            assert_eq!(meant(name), Some("playbook.yaml"), "{name}");
        }
        for name in ["channels.yaml", "sub/guia.yaml", "guia.md", "guide-to-data.csv", "mkdocs.yml"] {
            assert_eq!(meant(name), None, "{name}");
        }
    }
}
