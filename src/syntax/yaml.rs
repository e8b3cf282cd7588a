//! YAML to a tree with places.
//!
//! 1. [`reader`] drives the event parser and builds the tree, within limits of depth, size and repetition.
//! 2. Where the grammar stops, [`diagnosis`] says what is wrong in the author's words and how to mend it.
//! 3. [`repair`] mends it so in a copy, and reading begins anew: one run tells all mistakes of a file, and what follows a mistake is not lost.

mod diagnosis;
mod line;
mod reader;
mod repair;

use std::ops::Range;

use self::diagnosis::Script;
use self::line::{Line, slice};
use self::reader::Attempt;
use self::repair::Repair;
use super::tree::Node;
use crate::finding::{Code, Finding, Level};
use crate::text::SourceId;
use crate::words;

const SINCE: &str = "0.1.0";

/// The text is no YAML at this place.
pub static YAML_SYNTAX: Code = Code { id: "P010", name: "yaml_syntax", level: Level::Error, since: SINCE };
/// A tab in the indentation.
pub static YAML_TAB: Code = Code { id: "P011", name: "yaml_tab", level: Level::Error, since: SINCE };
/// A quote is opened and not closed.
pub static YAML_UNCLOSED_QUOTE: Code =
    Code { id: "P012", name: "yaml_unclosed_quote", level: Level::Error, since: SINCE };
/// A line without colon, or a colon without a space behind it.
pub static YAML_MISSING_COLON: Code =
    Code { id: "P013", name: "yaml_missing_colon", level: Level::Error, since: SINCE };
/// A colon in a value without quotes.
pub static YAML_COLON_IN_VALUE: Code =
    Code { id: "P014", name: "yaml_colon_in_value", level: Level::Error, since: SINCE };
/// A name that stands twice in one map.
pub static DUPLICATE_KEY: Code =
    Code { id: "P015", name: "duplicate_key", level: Level::Error, since: SINCE };
/// Too long, too deep, too many, or too often repeated.
pub static YAML_LIMIT: Code = Code { id: "P016", name: "yaml_limit", level: Level::Error, since: SINCE };
/// A tag (`!word`), which is ignored.
pub static YAML_TAG: Code = Code { id: "P017", name: "yaml_tag", level: Level::Warning, since: SINCE };
/// A second document behind `---`.
pub static SECOND_DOCUMENT: Code =
    Code { id: "P018", name: "second_document", level: Level::Error, since: SINCE };
/// A hashtag that is read as a comment.
pub static HASHTAG_COMMENT: Code =
    Code { id: "P008", name: "hashtag_comment", level: Level::Warning, since: SINCE };

/// The codes of this file.
pub static CODES: &[&Code] = &[
    &YAML_SYNTAX,
    &YAML_TAB,
    &YAML_UNCLOSED_QUOTE,
    &YAML_MISSING_COLON,
    &YAML_COLON_IN_VALUE,
    &DUPLICATE_KEY,
    &YAML_LIMIT,
    &YAML_TAG,
    &SECOND_DOCUMENT,
    &HASHTAG_COMMENT,
];

/// Longest text, in bytes.
const MAX_BYTES: usize = 2_000_000;
/// Most mistakes that are mended in one text.
const MAX_REPAIRS: usize = 20;
/// Most bytes that are read again for the sake of mending.
const MAX_READ_AGAIN: usize = 8_000_000;

/// Reads `text`, which stands at byte `offset` of its source. `None` when there is nothing in it, or nothing that can be read.
///
/// Mistakes become findings; the tree holds all that could be read around them. Scalars stay as typed; only `null`, `~` and nothing become [`Tree::Null`](super::Tree::Null).
pub fn parse(text: &str, source: SourceId, offset: usize, findings: &mut Vec<Finding>) -> Option<Node> {
    let script = Script { text, source, offset };
    if text.len() > MAX_BYTES {
        findings.push(limit(script, 0..first_line(text), "bytes", "bytes", text.len(), MAX_BYTES));
        return None;
    }
    let mut repair = Repair::default();
    let mut told: Vec<usize> = Vec::new();
    let mut silent = false;
    let mut round = 0;
    loop {
        round += 1;
        let mended = repair.apply(text);
        let mut read = Attempt::read(script, &mended, &repair);
        let enough = round > MAX_REPAIRS || round * text.len() > MAX_READ_AGAIN;
        let Some((at, diagnosis)) = read.mistake else {
            findings.append(&mut read.findings);
            return read.root;
        };
        let at = diagnosis.start(script).min(at);
        let line = Line::around(text, at).start;
        let sure = !diagnosis.edits.is_empty();
        let mendable = !enough && repair.add(diagnosis.edits);
        // A remedy for what was mended before answers a consequence, not a mistake.
        if !silent && !told.contains(&line) && (mendable || enough || !sure) {
            findings.push(diagnosis.finding);
            told.push(line);
        }
        // Once a part was left out, one cannot tell a mistake from what leaving out has caused.
        let on = mendable
            || !enough && {
                silent = true;
                cut(text, at, &mut repair)
            };
        if !on {
            findings.append(&mut read.findings);
            return read.root;
        }
    }
}

/// Leaves out the rest of the field or item of the top level that holds a place, or all of it.
fn cut(text: &str, at: usize, repair: &mut Repair) -> bool {
    let idle = |line: &&str| line.trim().is_empty() || line.starts_with('#') || line.starts_with("---");
    let first = text.lines().find(|line| !idle(line)).unwrap_or_default();
    let list = first == "-" || first.starts_with("- ");
    let begins = |line: Line| {
        let first = slice(text, line.start..line.end).chars().next();
        first.is_some_and(|first| !matches!(first, ' ' | '\t' | '#') && (list || first != '-'))
    };
    let line = Line::around(text, at);
    let mut end = line.next;
    while end < text.len() {
        let below = Line::around(text, end);
        if begins(below) {
            break;
        }
        end = below.next;
    }
    let mut start = line;
    while !begins(start) && start.start > 0 {
        start = Line::around(text, start.start - 1);
    }
    repair.cut(line.start..end) || repair.cut(start.start..end)
}

fn first_line(text: &str) -> usize {
    Line::around(text, 0).end
}

fn limit(
    script: Script<'_>,
    range: Range<usize>,
    en: &str,
    es: &str,
    measured: usize,
    limit: usize,
) -> Finding {
    Finding::new(
        &YAML_LIMIT,
        script.span(range),
        words!("too much for one text: {measured} {en}", "demasiado para un solo texto: {measured} {es}"),
    )
    .why(words!(
        "the limit is {limit} {en}; it keeps a broken or hostile file from stopping the whole build",
        "el límite es de {limit} {es}; evita que un archivo roto o malicioso detenga todo el trabajo"
    ))
    .help(words!(
        "divide the content among several files, and keep long tables as CSV in the data folder",
        "reparte el contenido en varios archivos y guarda las tablas largas como CSV en la carpeta de datos"
    ))
}

#[cfg(test)]
mod tests;
