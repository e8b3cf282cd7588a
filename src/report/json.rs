//! The findings as one JSON document, version 1. Fields may be added; none changes its meaning.

use std::borrow::Cow;

use serde::Serialize;

use crate::finding::{Finding, Level};
use crate::text::Position;

use super::location::Location;
use super::{Report, count, is_hidden, summary};

/// The whole document.
#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    language: &'static str,
    folder: &'a str,
    findings: Vec<Entry<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    name: &'a str,
    level: &'static str,
    /// Path below the playbook's root; `null` for the run.
    file: Option<String>,
    #[serde(flatten)]
    range: Range,
    message: Cow<'a, str>,
    mark: Option<Cow<'a, str>>,
    why: Option<Cow<'a, str>>,
    help: Option<Cow<'a, str>>,
    replacement: Option<&'a str>,
    also: Vec<Also<'a>>,
    group: Option<Cow<'a, str>>,
    secret: bool,
    /// The command that explains the code.
    docs: String,
}

#[derive(Serialize)]
struct Also<'a> {
    file: String,
    #[serde(flatten)]
    range: Range,
    message: Cow<'a, str>,
}

/// Lines and columns from 1 in characters; the end is one past the last character.
#[derive(Serialize, Default)]
struct Range {
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    text: String,
}

impl Report<'_> {
    /// One JSON document: `{version, language, folder, findings: […], summary}`. Every finding is there, grouped or not.
    ///
    /// Texts are not escaped but as JSON escapes; marks of direction are written as `\u202e`, which reads back the same.
    pub fn json(&self) -> String {
        let document = Document {
            version: 1,
            language: self.language.tag(),
            folder: self.folder,
            findings: self.findings.iter().map(|finding| self.entry(finding)).collect(),
            summary: Summary {
                errors: count(self.findings, Level::Error),
                warnings: count(self.findings, Level::Warning),
                notes: count(self.findings, Level::Note),
                text: summary(self.findings, self.language),
            },
        };
        written(&document)
    }

    fn entry<'a>(&'a self, finding: &'a Finding) -> Entry<'a> {
        let location = self.locations.of(&finding.place);
        let also = finding.also.iter().filter_map(|(span, words)| {
            let location = self.locations.of_span(*span)?;
            let file = location.path.as_str().to_owned();
            Some(Also { file, range: range(Some(&location)), message: self.words(words) })
        });
        Entry {
            code: finding.code.id,
            name: finding.code.name,
            level: finding.level.name(),
            range: range(location.as_ref()),
            file: location.map(|location| location.path.as_str().to_owned()),
            message: self.words(&finding.message),
            mark: finding.mark.as_ref().map(|words| self.words(words)),
            why: finding.why.as_ref().map(|words| self.words(words)),
            help: finding.help.as_ref().map(|words| self.words(words)),
            replacement: self.replacement(finding),
            also: also.collect(),
            group: finding.group.as_deref().map(|group| self.locations.blotted(group)),
            secret: finding.secret,
            docs: format!("portolan explain {}", finding.code.id),
        }
    }
}

fn range(location: Option<&Location>) -> Range {
    let Some((start, end)) = location.and_then(|location| location.range) else {
        return Range::default();
    };
    let Position { line, column } = start;
    Range { line: Some(line), column: Some(column), end_line: Some(end.line), end_column: Some(end.column) }
}

/// Serialised with a line end, hidden characters escaped: they can only stand within strings, where the escape means the same.
pub(super) fn written(document: &impl Serialize) -> String {
    // Nothing in our documents can fail to serialise: no map with other keys than strings, no foreign `Serialize`.
    let text = serde_json::to_string_pretty(document).unwrap_or_default();
    let mut escaped = String::with_capacity(text.len() + 1);
    let mut units = [0; 2];
    for character in text.chars() {
        if character != '\n' && is_hidden(character) {
            for unit in character.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped.push('\n');
    escaped
}
