//! One line a finding: for screen readers, problem matchers of editors, and the log of a workflow.

use std::fmt::Write;

use crate::finding::Level;

use super::{Grouped, Report, grouped, one_line};

impl<'a> Report<'a> {
    /// One line a finding, without colour: `path:line:column: level[CODE] message; why; help`. Groups are told once.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for told in grouped(self.findings, usize::MAX) {
            let finding = told.finding;
            if let Some(location) = self.locations.of(&finding.place) {
                let _ = write!(text, "{}: ", self.located(&location));
            }
            let _ = write!(text, "{}[{}] {}", self.level(told.level), finding.code.id, self.message(&told));
            let parts = [finding.why.as_ref(), finding.help.as_ref()];
            for words in parts.into_iter().flatten() {
                let _ = write!(text, "; {}", joined(&self.words(words)));
            }
            if let Some(replacement) = self.unsaid_replacement(finding) {
                let _ = write!(text, "; {}", self.instead(&replacement));
            }
            if let Some(places) = self.places(&told) {
                let _ = write!(text, "; {places}");
            }
            for (span, words) in &finding.also {
                if let Some(location) = self.locations.of_span(*span) {
                    let _ = write!(text, "; {} ({})", self.line(words), self.located(&location));
                }
            }
            text.push('\n');
        }
        text
    }

    /// Workflow commands of GitHub: each finding becomes a note at its line. Groups are told once, because only ten notes of a level are shown.
    pub fn github(&self) -> String {
        let mut text = String::new();
        for told in grouped(self.findings, usize::MAX) {
            let finding = told.finding;
            let command = match told.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "notice",
            };
            let _ = write!(text, "::{command} ");
            if let Some(location) = self.locations.of(&finding.place) {
                let _ = write!(text, "file={},", property(&self.path(&location.path)));
                if let Some((start, end)) = location.range {
                    let _ = write!(text, "line={},endLine={},col={},", start.line, end.line, start.column);
                    if start.line == end.line {
                        let _ = write!(text, "endColumn={},", end.column);
                    }
                }
            }
            let title = format!("{} {}", finding.code.id, finding.code.name);
            let _ = write!(text, "title={}::{}", property(&title), data(&self.message(&told)));
            let parts = [finding.why.as_ref(), finding.help.as_ref()];
            for words in parts.into_iter().flatten() {
                let _ = write!(text, "%0A{}", data(&self.words(words)));
            }
            if let Some(replacement) = self.unsaid_replacement(finding) {
                let _ = write!(text, "%0A{}", data(&self.instead(&replacement)));
            }
            if let Some(places) = self.places(&told) {
                let _ = write!(text, "%0A{}", data(&places));
            }
            text.push('\n');
        }
        text
    }

    /// The message with the words under the mark, which stand nowhere else on one line.
    pub(super) fn message(&self, told: &Grouped<'a>) -> String {
        let message = self.line(&told.finding.message);
        match &told.finding.mark {
            Some(mark) => format!("{message} ({})", self.line(mark)),
            None => message,
        }
    }

    pub(super) fn instead(&self, replacement: &str) -> String {
        if replacement.is_empty() {
            self.either("leave it out", "quítalo").to_owned()
        } else {
            format!("{} `{replacement}`", self.either("write instead", "escribe en su lugar"))
        }
    }
}

/// Several lines as one, without the indent of a snippet.
fn joined(text: &str) -> String {
    let lines: Vec<_> =
        text.lines().map(|line| one_line(line.trim())).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// The text of a workflow command: hidden characters escaped, line ends and percent signs as GitHub wants them.
fn data(text: &str) -> String {
    super::shown::lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property of a workflow command, where colon and comma have a meaning too.
fn property(text: &str) -> String {
    data(&one_line(text)).replace(':', "%3A").replace(',', "%2C")
}
