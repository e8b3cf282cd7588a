//! Floor 3: findings made visible: for people who look ([`Report::human`]), for people who listen and for editors ([`Report::plain`]), for pages ([`Report::told_in_pieces`]), for programs ([`Report::json`], [`Report::sarif`], [`Report::github`]).
//!
//! File names and lines are written by strangers: every text format shows them with control characters and marks of direction escaped. A line that holds a secret is never shown.

mod group;
mod human;
mod json;
mod location;
mod plain;
mod sarif;
mod shown;
mod told;

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::finding::{Finding, Language, Level, Words};
use crate::text::{FilePath, Place, Sources};

pub use group::{Grouped, grouped};
pub use human::Style;
pub use shown::{is_hidden, one_line};
pub use told::{Told, ToldLines};

use location::{Location, Locations};

/// The findings of a run and what is needed to print them. Sort them first ([`sort`]); printing keeps the order.
pub struct Report<'a> {
    findings: &'a [Finding],
    language: Language,
    folder: &'a str,
    locations: Locations<'a>,
}

impl<'a> Report<'a> {
    /// A report on findings in these sources, in this language. Give all findings of the run: a line that one of them marks as secret is hidden in the others too.
    pub fn new(findings: &'a [Finding], sources: &'a Sources, language: Language) -> Self {
        Self { findings, language, folder: "", locations: Locations::new(findings, sources) }
    }

    /// Writes paths as seen from where the program was started: `folder` is the way from there to the playbook (`example-playbook`), so that terminals and editors can open them.
    pub fn below(mut self, folder: &'a str) -> Self {
        let folder = folder.strip_prefix("./").unwrap_or(folder).trim_end_matches('/');
        self.folder = if folder == "." { "" } else { folder };
        self
    }

    fn words<'t>(&self, words: &'t Words) -> Cow<'t, str> {
        self.locations.blotted(words.within(self.language))
    }

    /// The words on one line, fit for showing.
    fn line(&self, words: &Words) -> String {
        one_line(&self.words(words)).into_owned()
    }

    /// The English or the Spanish of a fixed word of ours.
    fn either(&self, english: &'static str, spanish: &'static str) -> &'static str {
        match self.language {
            Language::English => english,
            Language::Spanish => spanish,
        }
    }

    fn level(&self, level: Level) -> &'static str {
        match level {
            Level::Error => "error",
            Level::Warning => self.either("warning", "aviso"),
            Level::Note => self.either("note", "nota"),
        }
    }

    /// A path as seen from where the program was started, not escaped.
    fn path(&self, path: &FilePath) -> String {
        if self.folder.is_empty() { path.as_str().to_owned() } else { format!("{}/{path}", self.folder) }
    }

    /// `path:line:column`, escaped.
    fn located(&self, location: &Location) -> String {
        let path = self.path(&location.path);
        let path = one_line(&path);
        match location.range {
            Some((start, _)) => format!("{path}:{}:{}", start.line, start.column),
            None => path.into_owned(),
        }
    }

    /// What to put in place of the marked text, unless one or the other is secret.
    fn replacement(&self, finding: &'a Finding) -> Option<&'a str> {
        let hidden = match finding.place {
            Place::Span(span) => finding.secret || self.locations.span_hidden(span),
            _ => finding.secret,
        };
        finding
            .replacement
            .as_deref()
            .filter(|text| !hidden && matches!(self.locations.blotted(text), Cow::Borrowed(_)))
    }

    /// The replacement when the help does not say it yet.
    fn unsaid_replacement(&self, finding: &'a Finding) -> Option<Cow<'a, str>> {
        let said = finding.help.as_ref().map(|help| help.within(self.language)).unwrap_or_default();
        let replacement = self.replacement(finding)?;
        (replacement.is_empty() || !said.contains(replacement)).then(|| one_line(replacement))
    }

    /// "in 120 places: a.md:3:1, b.md:5:1, c.md:2:1 and 117 more" for a group; nothing for a finding alone.
    fn places(&self, told: &Grouped<'a>) -> Option<String> {
        if told.count < 2 {
            return None;
        }
        let named: Vec<String> =
            told.places.iter().filter_map(|place| Some(self.located(&self.locations.of(place)?))).collect();
        let mut places = match self.language {
            Language::English => format!("in {} places", told.count),
            Language::Spanish => format!("en {} sitios", told.count),
        };
        if !named.is_empty() {
            places.push_str(": ");
            places.push_str(&named.join(", "));
            match (told.count - named.len(), self.language) {
                (0, _) => {}
                (more, Language::English) => places.push_str(&format!(" and {more} more")),
                (more, Language::Spanish) => places.push_str(&format!(" y {more} más")),
            }
        }
        if told.is_for_others {
            places.push_str(
                self.either("; `--format plain` names each", "; `--format plain` los nombra todos"),
            );
        }
        Some(places)
    }
}

/// Puts findings in the order in which they are told: by path, position and code; what is still equal by its words, so that no two runs differ.
pub fn sort(findings: &mut [Finding], sources: &Sources) {
    findings.sort_by(|a, b| compare(a, b, sources));
}

fn compare(a: &Finding, b: &Finding, sources: &Sources) -> Ordering {
    // The run comes before all files, a file as a whole before its lines.
    let key = |finding: &Finding| match &finding.place {
        Place::Run => (0, 0, 0),
        Place::File(_) => (1, 0, 0),
        Place::Span(span) => (2, span.start, span.end),
    };
    fn path<'a>(finding: &'a Finding, sources: &'a Sources) -> &'a str {
        match &finding.place {
            Place::Run => "",
            Place::File(path) => path.as_str(),
            Place::Span(span) => sources.source(span.source).map_or("", |source| source.path.as_str()),
        }
    }
    path(a, sources)
        .cmp(path(b, sources))
        .then_with(|| key(a).cmp(&key(b)))
        .then_with(|| a.code.id.cmp(b.code.id))
        .then_with(|| a.level.cmp(&b.level))
        .then_with(|| a.message.en.cmp(&b.message.en))
        .then_with(|| a.message.es.cmp(&b.message.es))
        .then_with(|| a.group.cmp(&b.group))
        .then_with(|| a.replacement.cmp(&b.replacement))
}

/// How many findings there are: "3 errors, 1 warning, 12 notes", or "nothing to mend".
pub fn summary(findings: &[Finding], language: Language) -> String {
    let nouns = match language {
        Language::English => [("error", "errors"), ("warning", "warnings"), ("note", "notes")],
        Language::Spanish => [("error", "errores"), ("aviso", "avisos"), ("nota", "notas")],
    };
    let told: Vec<String> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .zip(nouns)
        .filter_map(|(level, (one, many))| match count(findings, level) {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        })
        .collect();
    match (told.is_empty(), language) {
        (false, _) => told.join(", "),
        (true, Language::English) => "nothing to mend".to_owned(),
        (true, Language::Spanish) => "nada que corregir".to_owned(),
    }
}

/// How many findings have this level.
pub fn count(findings: &[Finding], level: Level) -> usize {
    findings.iter().filter(|finding| finding.level == level).count()
}

#[cfg(test)]
mod tests;
