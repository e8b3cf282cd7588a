//! The texts that were read, and the way from a byte offset to line and column.

use std::collections::BTreeMap;

use super::{FilePath, SourceId, Span};

/// A text that was read from a file of the playbook.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Path below the playbook's root.
    pub path: FilePath,
    /// Decoded text, without byte order mark, line ends as they were.
    pub text: String,
}

/// Line and column of an offset, both from 1; the column counts characters, not bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// All source texts of a run. A [`SourceId`] is an index into it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// The sources in the order of their ids.
    pub fn new(list: Vec<Source>) -> Self {
        Self { list }
    }

    /// Takes one more source and gives its id.
    pub fn add(&mut self, path: FilePath, text: String) -> SourceId {
        let id = SourceId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.list.push(Source { path, text });
        id
    }

    /// The source with this id; `None` only for an id of another run.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.list.get(id.0 as usize)
    }

    /// All sources, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().enumerate().map(|(index, source)| (SourceId(index as u32), source))
    }

    /// The text of a span; empty when the span does not fit its source.
    pub fn text(&self, span: Span) -> &str {
        self.source(span.source)
            .and_then(|source| source.text.get(span.start as usize..span.end as usize))
            .unwrap_or_default()
    }

    /// The lines on which spans begin, from 1: one walk through each text, however many spans there are.
    pub fn lines(&self, spans: impl Iterator<Item = Span>) -> BTreeMap<Span, usize> {
        let mut lines: BTreeMap<Span, usize> = spans.map(|span| (span, 1)).collect();
        let mut at: Option<(SourceId, usize, usize)> = None;
        for (span, line) in &mut lines {
            let text = self.source(span.source).map(|source| source.text.as_bytes()).unwrap_or_default();
            let (from, before) = match at {
                Some((source, from, before)) if source == span.source => (from, before),
                _ => (0, 1),
            };
            let to = (span.start as usize).min(text.len());
            let breaks = text.get(from..to).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count();
            *line = before + breaks;
            at = Some((span.source, to.max(from), *line));
        }
        lines
    }

    /// Line and column of the start of a span. Counts from the start of the text: meant for findings, not for hot loops.
    pub fn position(&self, span: Span) -> Position {
        let text = self.source(span.source).map(|source| source.text.as_str()).unwrap_or_default();
        let mut end = (span.start as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(..end).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let start_of_line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(start_of_line..).unwrap_or_default().chars().count() + 1;
        Position { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let mut sources = Sources::default();
        let id = sources.add(FilePath::default(), "uno\njóvenes, familes\n".to_owned());
        let start = "uno\njóvenes, ".len();
        let position = sources.position(Span::new(id, start, start + 7));
        assert_eq!(position, Position { line: 2, column: 10 });
    }

    #[test]
    fn lines_of_many_spans() {
        let mut sources = Sources::default();
        let ids = ["a\nb\nc\n", "\n\nx"].map(|text| sources.add(FilePath::default(), text.to_owned()));
        let spans = [(ids[1], 2), (ids[0], 4), (ids[0], 0), (ids[0], 2), (ids[0], 99)];
        let spans = spans.map(|(id, start)| Span::new(id, start, start + 1));
        let lines = sources.lines(spans.iter().copied());
        for span in &spans[..4] {
            assert_eq!(lines[span], sources.position(*span).line);
        }
        assert_eq!(lines[&spans[4]], 4);
    }
}
