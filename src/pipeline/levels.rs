//! Floor 11: `levels:` of the settings: code → error, warning, note, off.

use crate::finding::{Code, Finding, Level};
use crate::model::{Playbook, Resolved, Value};
use crate::text::{Spanned, fold};
use crate::words;

use super::codes::nearest_code;
use super::protects_people;

/// A word that is no level.
pub(super) static UNKNOWN_LEVEL: Code =
    Code { id: "P902", name: "unknown_level", level: Level::Error, since: "0.1.0" };
/// A level for something that no check tells.
pub(super) static LEVEL_OF_UNKNOWN_CODE: Code =
    Code { id: "P903", name: "level_of_unknown_code", level: Level::Warning, since: "0.1.0" };

fn levels(playbook: &Playbook<Resolved>) -> &[(Spanned<String>, String)] {
    match playbook.setting("levels").map(|item| &item.value) {
        Some(Value::Map(pairs)) => pairs,
        _ => &[],
    }
}

/// Gives findings the levels of the settings.
pub(super) fn apply(playbook: &Playbook<Resolved>, findings: &mut Vec<Finding>) {
    for (code, level) in levels(playbook) {
        let wished = match fold(level).as_str() {
            "error" => Some(Level::Error),
            "warning" | "aviso" => Some(Level::Warning),
            "note" | "nota" => Some(Level::Note),
            "off" | "no" => None,
            _ => {
                let name = &code.value;
                findings.push(
                    Finding::new(
                        &UNKNOWN_LEVEL,
                        code.span,
                        words!(
                            "`{level}` is no level for `{name}`",
                            "`{level}` no es un nivel para `{name}`"
                        ),
                    )
                    .help(words!(
                        "write `error`, `warning`, `note` or `off`",
                        "escribe `error`, `aviso`, `nota` u `off`"
                    )),
                );
                continue;
            }
        };
        let is_meant = |finding: &Finding| names(&code.value, finding.code) && !protects_people(finding);
        match wished {
            Some(level) => {
                findings
                    .iter_mut()
                    .filter(|finding| is_meant(finding))
                    .for_each(|finding| finding.level = level);
            }
            None => findings.retain(|finding| !is_meant(finding)),
        }
    }
}

/// Tells of levels for codes that do not exist.
pub(super) fn doubt(playbook: &Playbook<Resolved>, codes: &[&Code], findings: &mut Vec<Finding>) {
    for (code, _) in levels(playbook) {
        let written = &code.value;
        if codes.iter().any(|code| names(written, code)) {
            continue;
        }
        findings.push(
            Finding::new(
                &LEVEL_OF_UNKNOWN_CODE,
                code.span,
                words!("there is no code `{written}`", "no existe el código `{written}`"),
            )
            .why(words!("this level changes nothing", "este nivel no cambia nada"))
            .help(words!(
                "write the code of the finding as `portolan check` shows it",
                "escribe el código del aviso tal como lo muestra `portolan check`"
            ))
            .suggest(nearest_code(written, codes)),
        );
    }
}

/// Whether a code is meant, by number or by name.
fn names(written: &str, code: &Code) -> bool {
    written.eq_ignore_ascii_case(code.id) || fold(written) == code.name
}
