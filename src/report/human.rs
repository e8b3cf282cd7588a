//! Findings for people at a terminal: the line itself, a mark under the word, why, and the line as it should be. The only file that names annotate-snippets.
//!
//! 1. [`Excerpt::new`] cuts the lines out of the source, escapes them and carries the marks over.
//! 2. The renderer lays them out. It counts columns in the excerpt, so it gets a stand-in for the path.
//! 3. [`Report::locate`] puts the true `path:line:column` where the stand-in is.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Origin, Patch, Renderer, Snippet};

use crate::finding::{Finding, Level};
use crate::text::{Place, Span};

use super::group::NOTES_SHOWN;
use super::location::{Counted, Location};
use super::shown::{escape, is_hidden, lines, wrapped};
use super::{Grouped, Report, grouped, one_line};

/// Stands for a location until the layout is done. A private character: [`is_hidden`] keeps it out of every text.
const LOCATION: char = '\u{f8ff}';

/// A marked text of more lines is marked on its first line only.
const LINES: usize = 6;

/// How a terminal can show findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub color: bool,
    /// Columns of the terminal; at least 60 are used.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

impl<'a> Report<'a> {
    /// The findings with their lines, each followed by an empty line. Groups are told once.
    pub fn human(&self, style: Style) -> String {
        let style = Style { width: style.width.max(60), ..style };
        let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
        // The excerpts are already as narrow as the terminal: the renderer must not cut once more.
        let renderer = renderer.term_width(100_000);
        let mut text = String::new();
        for told in grouped(self.findings, NOTES_SHOWN) {
            text.push_str(&self.told(&told, &renderer, style));
            text.push_str("\n\n");
        }
        text
    }

    fn told(&self, told: &Grouped<'a>, renderer: &Renderer, style: Style) -> String {
        let finding = told.finding;
        let level = match told.level {
            Level::Error => annotate_snippets::Level::ERROR,
            Level::Warning => annotate_snippets::Level::WARNING,
            Level::Note => annotate_snippets::Level::NOTE,
        }
        .with_name(self.level(told.level));
        let (snippets, located) = self.snippets(finding, style);
        let unshown = matches!(snippets.first(), None | Some(Element::Origin(_)));
        let message = if unshown { self.message(told) } else { self.line(&finding.message) };
        let mut main = Group::with_title(level.primary_title(message).id(finding.code.id)).elements(snippets);

        let mut say = |label: &'static str, text: &str| {
            // Line number, ` = `, label and colon stand before the text.
            let width = style.width.saturating_sub(label.chars().count() + 9).max(40);
            let note = annotate_snippets::Level::NOTE.with_name(label);
            let group = std::mem::replace(&mut main, Group::with_level(annotate_snippets::Level::NOTE));
            main = group.element(note.message(wrapped(text, width)));
        };
        if let Some(why) = &finding.why {
            say(self.either("why", "por qué"), &lines(&self.words(why)));
        }
        if let Some(places) = self.places(told) {
            say(self.either("where", "dónde"), &places);
        }
        let help_label = self.either("help", "ayuda");
        let help = finding.help.as_ref().map(|help| lines(&self.words(help)).into_owned());
        let diff = self.replacement(finding).and_then(|text| self.diff(finding, text, style));
        let rendered = match diff {
            Some(diff) => {
                let title = help.unwrap_or_else(|| self.either("write", "escribe").into());
                let title =
                    wrapped(&title, style.width.saturating_sub(help_label.chars().count() + 2).max(40));
                let title = annotate_snippets::Level::HELP.with_name(help_label).secondary_title(title);
                renderer.render(&[main, title.element(diff)])
            }
            None => {
                if let Some(help) = help {
                    say(help_label, &help);
                }
                if let Some(replacement) = self.unsaid_replacement(finding) {
                    say(help_label, &self.instead(&replacement));
                }
                renderer.render(&[main])
            }
        };
        self.locate(&rendered, &located)
    }

    /// The marked lines of a finding, and where they are, in the order in which they are shown.
    fn snippets(&self, finding: &'a Finding, style: Style) -> (Vec<Element<'a>>, Vec<Location>) {
        let mut elements = Vec::new();
        let mut located = Vec::new();
        let Some(location) = self.locations.of(&finding.place) else {
            return (elements, located);
        };
        located.push(location);
        let mark = finding.mark.as_ref().map(|words| self.line(words));
        let excerpt = match finding.place {
            Place::Span(span) => {
                self.excerpt(span, style.width.saturating_sub(8)).map(|excerpt| (span, excerpt))
            }
            _ => None,
        };
        let mut main: Option<(Span, Excerpt, Vec<Annotation<'a>>)> = excerpt.map(|(span, excerpt)| {
            let annotation = AnnotationKind::Primary.span(excerpt.mark.clone()).label(mark);
            (span, excerpt, vec![annotation])
        });
        let mut further = Vec::new();
        for (span, words) in &finding.also {
            let Some(location) = self.locations.of_span(*span) else {
                continue;
            };
            let label = self.line(words);
            // On the same line it stands beside the first mark; else it gets its own lines.
            if let Some((of, excerpt, annotations)) = &mut main
                && let Some(mark) = excerpt.also(*of, *span)
            {
                annotations.push(AnnotationKind::Context.span(mark).label(label));
                continue;
            }
            match self.excerpt(*span, style.width.saturating_sub(8)) {
                Some(excerpt) => {
                    let mark = AnnotationKind::Context.span(excerpt.mark.clone()).label(label);
                    further.push(excerpt.snippet(vec![mark]).into());
                    located.push(location);
                }
                None => {
                    let level = annotate_snippets::Level::NOTE.with_name(self.either("also", "también"));
                    let text = format!("{label} ({})", self.located(&location));
                    further.push(level.message(text).into());
                }
            }
        }
        match main {
            Some((_, excerpt, annotations)) => elements.push(excerpt.snippet(annotations).into()),
            None => elements.push(Origin::path(LOCATION.to_string()).into()),
        }
        elements.extend(further);
        (elements, located)
    }

    /// The line before and after the replacement; `None` when it cannot be shown on one line.
    fn diff(&self, finding: &'a Finding, text: &str, style: Style) -> Option<Snippet<'a, Patch<'a>>> {
        let Place::Span(span) = finding.place else {
            return None;
        };
        let excerpt = self
            .excerpt(span, style.width.saturating_sub(8))
            .filter(|excerpt| excerpt.whole && excerpt.text.lines().count() <= 1)?;
        if text.contains('\n') {
            return None;
        }
        let patch = Patch::new(excerpt.mark.clone(), one_line(text).into_owned());
        let path = LOCATION.to_string();
        Some(Snippet::source(excerpt.text).line_start(excerpt.line).path(path).patch(patch))
    }

    /// The lines of a span, cut to this many characters, unless one of them holds a secret.
    pub(super) fn excerpt(&self, span: Span, width: usize) -> Option<Excerpt> {
        let text = self.locations.text(span)?;
        let excerpt = Excerpt::new(text, span, width);
        let first = excerpt.line - 1;
        let hidden = self.locations.hidden(span.source, first..first + excerpt.shown.len().max(1));
        (!hidden).then_some(excerpt)
    }

    /// Puts the true locations where the stand-ins are, with the line and column that the renderer counted in the excerpt.
    fn locate(&self, rendered: &str, located: &[Location]) -> String {
        let mut parts = rendered.split(LOCATION);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, location) in parts.zip(located) {
            text.push_str(&self.located(location));
            text.push_str(
                part.trim_start_matches(|character: char| character == ':' || character.is_ascii_digit()),
            );
        }
        text
    }
}

/// A piece of a source as it is shown: whole lines, long ones cut around the mark, hidden characters escaped.
pub(super) struct Excerpt {
    /// Number of the first line, from 1.
    pub(super) line: usize,
    /// The lines, joined by line feeds.
    pub(super) text: String,
    /// Where the marked text is in `text`.
    pub(super) mark: Range<usize>,
    /// Whether the mark holds all of the marked text.
    whole: bool,
    /// For each line what it shows.
    shown: Vec<ShownLine>,
}

/// Which bytes of the source a line of the excerpt shows, and where each character went.
struct ShownLine {
    source: Range<usize>,
    /// Source offset and offset in the excerpt of every character shown and of the end.
    places: Vec<(usize, usize)>,
}

impl Excerpt {
    fn new(text: &Counted<'_>, span: Span, width: usize) -> Self {
        let start = text.boundary(span.start as usize);
        let end = text.boundary(span.end as usize).max(start);
        // A block that ends with its line end is not marked to the start of the next line.
        let marked = text.text().get(start..end).unwrap_or_default();
        let all = end;
        let end = if marked.contains('\n') { start + marked.trim_end().len() } else { end };
        let (first, last) = (text.line(start), text.line(end));
        let last = if last - first < LINES { last } else { first };

        let mut excerpt =
            Self { line: first + 1, text: String::new(), mark: 0..0, whole: true, shown: Vec::new() };
        for line in first..=last {
            if line > first {
                excerpt.text.push('\n');
            }
            let source = text.line_range(line);
            let focus = if line == first { start } else { source.start };
            excerpt.push(text.text(), source, focus, width);
        }
        let place =
            |offset| excerpt.shown.iter().rev().find_map(|line| line.place(offset)).unwrap_or_default();
        let mark = place(start)..place(end).max(place(start));
        excerpt.whole = end == all && excerpt.shown.last().is_some_and(|line| end <= line.source.end);
        excerpt.mark = mark;
        excerpt
    }

    /// Adds a line, cut to `width` characters around `focus`.
    fn push(&mut self, text: &str, line: Range<usize>, focus: usize, width: usize) {
        let window = window(text, &line, focus, width);
        if window.start > line.start {
            self.text.push('…');
        }
        let mut places = Vec::new();
        for (offset, character) in text.get(window.clone()).unwrap_or_default().char_indices() {
            places.push((window.start + offset, self.text.len()));
            if character != '\t' && is_hidden(character) {
                escape(character, &mut self.text);
            } else {
                self.text.push(character);
            }
        }
        places.push((window.end, self.text.len()));
        if window.end < line.end {
            self.text.push('…');
        }
        self.shown.push(ShownLine { source: window, places });
    }

    /// Where another span is in this excerpt, when it is a whole line of it at most and is fully shown.
    fn also(&self, of: Span, span: Span) -> Option<Range<usize>> {
        let line = self.shown.first().filter(|_| self.shown.len() == 1 && of.source == span.source)?;
        let (start, end) = (span.start as usize, span.end as usize);
        if start < line.source.start || end > line.source.end {
            return None;
        }
        Some(line.place(start)?..line.place(end)?)
    }

    fn snippet<'a>(self, annotations: Vec<Annotation<'a>>) -> Snippet<'a, Annotation<'a>> {
        Snippet::source(self.text).line_start(self.line).path(LOCATION.to_string()).annotations(annotations)
    }
}

impl ShownLine {
    /// Where a source offset is shown; `None` when it lies before this line.
    fn place(&self, offset: usize) -> Option<usize> {
        let after = self.places.partition_point(|(source, _)| *source <= offset);
        self.places.get(after.checked_sub(1)?).map(|(_, shown)| *shown)
    }
}

/// The part of a line that is shown: all of it, or `width` characters from a little before the focus on.
fn window(text: &str, line: &Range<usize>, focus: usize, width: usize) -> Range<usize> {
    let content = text.get(line.clone()).unwrap_or_default();
    if content.char_indices().nth(width).is_none() {
        return line.clone();
    }
    let focus = focus.clamp(line.start, line.end);
    let before = text.get(line.start..focus).unwrap_or_default();
    let start =
        before.char_indices().rev().nth(width / 3).map_or(line.start, |(offset, _)| line.start + offset);
    let rest = text.get(start..line.end).unwrap_or_default();
    let end = rest.char_indices().nth(width).map_or(line.end, |(offset, _)| start + offset);
    start..end
}
