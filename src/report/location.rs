//! Line and column of many findings: every source is counted once, whatever the number of findings in it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::finding::Finding;
use crate::text::{FilePath, Place, Position, SourceId, Sources, Span};

/// How many bytes lie between two counted places of a text.
const STEP: usize = 1024;

/// Stands for a secret.
const BLOT: &str = "•••";

/// Where a finding is, in words for people and machines.
#[derive(Clone, Debug)]
pub struct Location {
    /// Path below the playbook's root, as it is.
    pub path: FilePath,
    /// First and one past the last position; `None` for a file as a whole.
    pub range: Option<(Position, Position)>,
}

/// The sources that findings point at, each counted once, and the lines that hold a secret.
pub struct Locations<'a> {
    sources: &'a Sources,
    counted: BTreeMap<SourceId, Counted<'a>>,
    secrets: BTreeMap<SourceId, Vec<Range<usize>>>,
    secret_texts: BTreeSet<&'a str>,
}

impl<'a> Locations<'a> {
    /// Counts the sources of these findings.
    pub fn new(findings: &[Finding], sources: &'a Sources) -> Self {
        let mut counted = BTreeMap::new();
        let mut secrets: BTreeMap<SourceId, Vec<Range<usize>>> = BTreeMap::new();
        let mut secret_texts = BTreeSet::new();
        for finding in findings {
            if let (true, Place::Span(span)) = (finding.secret, &finding.place) {
                let text = sources.text(*span).trim();
                // A shorter one would blot out half of every sentence, and is no secret.
                if text.len() >= 4 {
                    secret_texts.insert(text);
                }
            }
            for span in spans(finding) {
                if let Some(source) = sources.source(span.source) {
                    let counted = counted.entry(span.source).or_insert_with(|| Counted::new(&source.text));
                    if finding.secret {
                        let lines = counted.line(span.start as usize)..counted.line(span.end as usize) + 1;
                        secrets.entry(span.source).or_default().push(lines);
                    }
                }
            }
        }
        for lines in secrets.values_mut() {
            *lines = joined(std::mem::take(lines));
        }
        Self { sources, counted, secrets, secret_texts }
    }

    /// Where a place is; `None` for the run.
    pub fn of(&self, place: &Place) -> Option<Location> {
        match place {
            Place::Run => None,
            Place::File(path) => Some(Location { path: path.clone(), range: None }),
            Place::Span(span) => self.of_span(*span),
        }
    }

    /// Where a span is; `None` for a span of another run.
    pub fn of_span(&self, span: Span) -> Option<Location> {
        let source = self.sources.source(span.source)?;
        let counted = self.counted.get(&span.source)?;
        let range = (counted.position(span.start as usize), counted.position(span.end as usize));
        Some(Location { path: source.path.clone(), range: Some(range) })
    }

    /// The counted text of a span's source.
    pub fn text(&self, span: Span) -> Option<&Counted<'a>> {
        self.counted.get(&span.source)
    }

    /// The text with every secret in it blotted out: a message may quote what another finding calls a secret.
    pub fn blotted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut blotted = Cow::Borrowed(text);
        // The longest first: one secret may begin with another.
        for secret in self.secret_texts.iter().rev() {
            if blotted.contains(secret) {
                blotted = Cow::Owned(blotted.replace(secret, BLOT));
            }
        }
        blotted
    }

    /// Whether these lines (from 0) of a source hold a secret and may not be shown.
    pub fn hidden(&self, source: SourceId, lines: Range<usize>) -> bool {
        let Some(secrets) = self.secrets.get(&source) else {
            return false;
        };
        let after = secrets.partition_point(|secret| secret.end <= lines.start);
        secrets.get(after).is_some_and(|secret| secret.start < lines.end)
    }

    /// Whether a line of this span holds a secret.
    pub fn span_hidden(&self, span: Span) -> bool {
        self.text(span).is_some_and(|text| {
            self.hidden(span.source, text.line(span.start as usize)..text.line(span.end as usize) + 1)
        })
    }
}

/// A text with its line starts and, every [`STEP`] bytes, the number of characters before.
pub struct Counted<'a> {
    text: &'a str,
    lines: Vec<usize>,
    characters: Vec<usize>,
}

impl<'a> Counted<'a> {
    fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let mut characters = vec![0];
        let mut count = 0;
        for step in text.as_bytes().chunks(STEP) {
            count += starts(step);
            characters.push(count);
        }
        Self { text, lines, characters }
    }

    /// The line (from 0) of a byte offset.
    pub fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// First byte of a line and one past its last, line end left out.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.lines.get(line).copied().unwrap_or(self.text.len());
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or_default();
        let content = content.strip_suffix('\n').unwrap_or(content);
        start..start + content.strip_suffix('\r').unwrap_or(content).len()
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The nearest offset at or before this one at which a character begins.
    pub fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// Line and column from 1.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.boundary(offset);
        let line = self.line(offset);
        let start = self.lines.get(line).copied().unwrap_or_default();
        Position {
            line: line + 1,
            column: self.characters_before(offset) - self.characters_before(start) + 1,
        }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let rest = self.text.as_bytes().get(step * STEP..offset).unwrap_or_default();
        self.characters.get(step).copied().unwrap_or_default() + starts(rest)
    }
}

/// All spans of a finding.
fn spans(finding: &Finding) -> impl Iterator<Item = Span> {
    let place = match finding.place {
        Place::Span(span) => Some(span),
        _ => None,
    };
    place.into_iter().chain(finding.also.iter().map(|(span, _)| *span))
}

/// How many characters begin in these bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Ranges in order, those that touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
