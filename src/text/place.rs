//! Where something stands: a byte range in a source, carried by every value that an author wrote.

use super::FilePath;

/// One source text of the run; the number is its position in [`super::Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A byte range in a source, 12 bytes, copyable: kept for every key, value, link and heading, so that a finding can always say where.
///
/// `start..end` are offsets into [`super::Source::text`], which is the decoded text without byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source that the offsets count in.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of a source. Offsets above 4 GiB are cut: no source is that long (the world refuses it).
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { source, start: narrow(start), end: narrow(end.max(start)) }
    }

    /// From the start of `self` to the end of `other`, which must lie in the same source; else `self`.
    pub fn to(self, other: Span) -> Self {
        if self.source == other.source { Self { end: other.end.max(self.end), ..self } } else { self }
    }

    /// The part of this span from `offset` bytes after its start, `length` bytes long, kept within the span.
    pub fn part(self, offset: usize, length: usize) -> Self {
        let start = self.start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX)).min(self.end);
        let end = start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX)).min(self.end);
        Self { start, end, ..self }
    }
}

/// A value with the place where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// What a finding points at: a range of a source, a file as a whole, or the run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The run as a whole (a command-line option, an output folder).
    Run,
    /// A file as a whole (not readable, too large, a picture).
    File(FilePath),
    /// A range in a source text.
    Span(Span),
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Place::Span(span)
    }
}
