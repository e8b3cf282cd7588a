//! Mended YAML with the way back: every mistake is mended in a copy, so that the rest of the file is read, and every place still counts in the author's text.

use std::borrow::Cow;
use std::ops::Range;

/// One change of the author's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// What is replaced, in the author's text; empty for an insertion.
    pub range: Range<usize>,
    /// What is read instead.
    pub text: String,
}

impl Edit {
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { range: at..at, text: text.into() }
    }
}

/// Changes that do not touch each other, in the order of their places.
#[derive(Debug, Default)]
pub(super) struct Repair {
    edits: Vec<Edit>,
    /// Where each edit stands in the mended text.
    mended: Vec<Range<usize>>,
}

impl Repair {
    /// Adds all the edits, or none of them when one touches an earlier one: a place is mended once.
    pub fn add(&mut self, edits: Vec<Edit>) -> bool {
        let touches = |edit: &Edit| {
            self.edits
                .iter()
                .any(|other| edit.range.start <= other.range.end && other.range.start <= edit.range.end)
        };
        if edits.is_empty() || edits.iter().any(touches) {
            return false;
        }
        self.edits.extend(edits);
        self.edits.sort_by_key(|edit| edit.range.start);
        true
    }

    /// Leaves a range out. `false` when it was left out before.
    pub fn cut(&mut self, range: Range<usize>) -> bool {
        let known = |edit: &Edit| {
            edit.text.is_empty() && edit.range.start <= range.start && range.end <= edit.range.end
        };
        if range.is_empty() || self.edits.iter().any(known) {
            return false;
        }
        // An edit that reaches out of the range goes with it: what it mended is gone at least in part.
        self.edits.retain(|edit| edit.range.end < range.start || range.end < edit.range.start);
        self.edits.push(Edit { range, text: String::new() });
        self.edits.sort_by_key(|edit| edit.range.start);
        true
    }

    /// The text with the changes.
    pub fn apply<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        self.mended.clear();
        if self.edits.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut mended = String::with_capacity(text.len() + 64);
        let mut read = 0;
        for edit in &self.edits {
            mended.push_str(text.get(read..edit.range.start).unwrap_or_default());
            let start = mended.len();
            mended.push_str(&edit.text);
            self.mended.push(start..mended.len());
            read = edit.range.end;
        }
        mended.push_str(text.get(read..).unwrap_or_default());
        Cow::Owned(mended)
    }

    /// Where something that starts at this offset of the mended text starts in the author's text.
    pub fn start(&self, offset: usize) -> usize {
        self.original(offset, self.mended.partition_point(|range| range.start <= offset))
    }

    /// Where something that ends at this offset of the mended text ends in the author's text.
    ///
    /// Differs from [`Repair::start`] where a part was left out: before it ends the one, behind it starts the other.
    pub fn end(&self, offset: usize) -> usize {
        self.original(offset, self.mended.partition_point(|range| range.start < offset))
    }

    /// With the number of the edits that begin before the offset.
    fn original(&self, offset: usize, before: usize) -> usize {
        let Some(last) = before.checked_sub(1) else { return offset };
        let (Some(edit), Some(mended)) = (self.edits.get(last), self.mended.get(last)) else {
            return offset;
        };
        if offset < mended.end {
            (edit.range.start + (offset - mended.start)).min(edit.range.end)
        } else {
            edit.range.end + (offset - mended.end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back() {
        let text = "title: Foo: bar\nb:2\n";
        let mut repair = Repair::default();
        assert!(repair.add(vec![Edit::replace(7..15, "\"Foo: bar\"")]));
        assert!(repair.add(vec![Edit::insert(18, " ")]));
        assert!(!repair.add(vec![Edit::insert(18, " ")]), "twice at one place");
        let mended = repair.apply(text);
        assert_eq!(mended, "title: \"Foo: bar\"\nb: 2\n");
        let back = |part: &str| {
            let start = mended.find(part).expect("in the text");
            text.get(repair.start(start)..repair.end(start + part.len())).expect("a slice")
        };
        assert_eq!(back("title"), "title");
        assert_eq!(back("\"Foo: bar\""), "Foo: bar");
        assert_eq!(back("b:"), "b:");
        assert_eq!(back("2"), "2");
    }

    #[test]
    fn a_cut_swallows_what_was_mended_in_it() {
        let text = "a: 1\nb: 2\nc: 3\n";
        let mut repair = Repair::default();
        assert!(repair.add(vec![Edit::replace(8..9, "'2'")]));
        assert!(repair.cut(5..10));
        assert!(!repair.cut(5..10));
        assert_eq!(repair.apply(text), "a: 1\nc: 3\n");
        assert_eq!(repair.end(5), 5);
        assert_eq!(repair.start(5), 10);
        assert_eq!(repair.start(0), 0);
    }
}
