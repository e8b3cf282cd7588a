//! Findings as pieces of text, for a page that shows them: every piece is one line or a few, escaped as in the terminal, and never HTML.

use serde::Serialize;

use crate::text::Place;

use super::human::Excerpt;
use super::shown::lines;
use super::{Report, grouped};

/// A line is cut to this many characters.
const WIDTH: usize = 100;

/// A finding in pieces, in the language of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// `error`, `warning` or `note`.
    pub level: &'static str,
    /// The level in the language of the report.
    pub word: &'static str,
    /// The code.
    pub code: &'static str,
    /// `path:line:column`, a path alone, or nothing for the run.
    pub place: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The lines, unless they hold a secret.
    pub excerpt: Option<ToldLines>,
    /// Why it matters.
    pub why: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
    /// Where else, for findings that are told once.
    pub places: Option<String>,
}

/// Lines of a file around a mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldLines {
    /// Number of the first line, from 1.
    pub line: usize,
    /// What stands before the marked text.
    pub before: String,
    /// The marked text.
    pub mark: String,
    /// What stands after it.
    pub after: String,
    /// A few words about the marked text.
    pub label: Option<String>,
}

impl Report<'_> {
    /// The findings in pieces, groups told once.
    pub fn told_in_pieces(&self) -> Vec<Told> {
        let told = grouped(self.findings, usize::MAX);
        let pieces = told.iter().map(|told| {
            let finding = told.finding;
            let location = self.locations.of(&finding.place);
            let mut help = finding.help.as_ref().map(|help| lines(&self.words(help)).into_owned());
            if let Some(replacement) = self.unsaid_replacement(finding) {
                let instead = self.instead(&replacement);
                help = Some(help.map_or_else(|| instead.clone(), |help| format!("{help}; {instead}")));
            }
            let excerpt = match finding.place {
                Place::Span(span) => self.excerpt(span, WIDTH).map(|excerpt| {
                    let label = finding.mark.as_ref().map(|words| self.line(words));
                    pieces(&excerpt, label)
                }),
                _ => None,
            };
            Told {
                level: told.level.name(),
                word: self.level(told.level),
                code: finding.code.id,
                place: location.map(|location| self.located(&location)),
                message: self.line(&finding.message),
                excerpt,
                why: finding.why.as_ref().map(|why| lines(&self.words(why)).into_owned()),
                help,
                places: self.places(told),
            }
        });
        pieces.collect()
    }
}

fn pieces(excerpt: &Excerpt, label: Option<String>) -> ToldLines {
    let piece =
        |range| lines(excerpt.text.get::<std::ops::Range<usize>>(range).unwrap_or_default()).into_owned();
    ToldLines {
        line: excerpt.line,
        before: piece(0..excerpt.mark.start),
        mark: piece(excerpt.mark.clone()),
        after: piece(excerpt.mark.end..excerpt.text.len()),
        label,
    }
}
