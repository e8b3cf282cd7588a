//! The lines around a mistake, looked at without the grammar: indentation, dashes, name, colon, value.

use std::ops::Range;

/// The bytes of a range; empty when it does not fit the text.
pub(super) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// One line of the text, as byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// First byte.
    pub start: usize,
    /// First byte that is neither space nor tab.
    pub content: usize,
    /// Behind the last byte that is neither blank nor line end.
    pub end: usize,
    /// First byte of the next line; the length of the text for the last one.
    pub next: usize,
}

impl Line {
    /// The line that holds an offset.
    pub fn around(text: &str, at: usize) -> Self {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = slice(text, 0..at).rfind('\n').map_or(0, |newline| newline + 1);
        let rest = slice(text, start..text.len());
        let length = rest.find('\n').unwrap_or(rest.len());
        let line = slice(rest, 0..length);
        let trimmed = line.trim_end_matches([' ', '\t', '\r']);
        let content = trimmed.len() - trimmed.trim_start_matches([' ', '\t']).len();
        Self {
            start,
            content: start + content,
            end: start + trimmed.len(),
            next: (start + length + 1).min(text.len()),
        }
    }

    /// The next line, blank or not.
    pub fn below(self, text: &str) -> Option<Self> {
        (self.next < text.len()).then(|| Line::around(text, self.next))
    }

    /// The nearest line above with something other than a comment.
    pub fn above(self, text: &str) -> Option<Self> {
        let mut line = self;
        while line.start > 0 {
            line = Line::around(text, line.start - 1);
            if !line.is_idle(text) {
                return Some(line);
            }
        }
        None
    }

    /// Blank, or a comment.
    pub fn is_idle(self, text: &str) -> bool {
        self.content >= self.end || slice(text, self.content..self.end).starts_with('#')
    }

    /// How many blanks the line begins with.
    pub fn indent(self) -> usize {
        self.content - self.start
    }

    /// Whether a tab stands among the blanks that the line begins with.
    pub fn tab(self, text: &str) -> Option<usize> {
        slice(text, self.start..self.content).find('\t').map(|tab| self.start + tab)
    }
}

/// What a line looks like: `  - name: value # comment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Behind the indentation and the dashes.
    pub field: usize,
    /// Whether a dash stands before the field.
    pub dash: bool,
    /// The name before the colon.
    pub key: Option<Range<usize>>,
    /// What stands behind the colon, or the whole field when there is no colon; without blanks and comment.
    pub value: Range<usize>,
}

impl Shape {
    pub fn of(text: &str, line: Line) -> Self {
        let mut field = line.content;
        let mut dash = false;
        loop {
            let rest = slice(text, field..line.end);
            if let Some(behind) = rest.strip_prefix('-').filter(|rest| rest.starts_with([' ', '\t'])) {
                dash = true;
                field = line.end - behind.trim_start_matches([' ', '\t']).len();
            } else {
                dash |= rest == "-";
                break;
            }
        }
        let rest = slice(text, field..line.end);
        let key = key_length(rest).map(|length| field..field + length);
        let value = key.as_ref().map_or(field, |key| {
            let behind = slice(text, key.end..line.end).trim_start_matches([' ', '\t']);
            let behind = behind.strip_prefix(':').unwrap_or(behind).trim_start_matches([' ', '\t']);
            line.end - behind.len()
        });
        let length = value_length(slice(text, value..line.end));
        Self { field, dash, key, value: value..value + length }
    }
}

/// The length of the name before a colon that is followed by a blank or nothing.
fn key_length(field: &str) -> Option<usize> {
    let from = match field.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted_length(field, quote)?,
        Some('#') | None => return None,
        Some(_) => 0,
    };
    let mut colons = field.match_indices(':').filter(|(at, _)| *at >= from);
    let colon = colons
        .find(|(at, _)| {
            slice(field, at + 1..field.len()).chars().next().is_none_or(|next| matches!(next, ' ' | '\t'))
        })?
        .0;
    let key = slice(field, 0..colon).trim_end_matches([' ', '\t']);
    let fits = !key.contains(" #") && (from == 0 || key.len() == from);
    fits.then_some(key.len())
}

/// The length of a value without the comment behind it.
pub(super) fn value_length(value: &str) -> usize {
    if value.starts_with('#') {
        return 0;
    }
    let from = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted_length(value, quote).unwrap_or(0),
        _ => 0,
    };
    let comment = value
        .match_indices('#')
        .find(|(at, _)| *at > from && slice(value, 0..*at).ends_with([' ', '\t']))
        .map_or(value.len(), |(at, _)| at);
    slice(value, 0..comment).trim_end_matches([' ', '\t']).len()
}

/// The length of a quoted text with its quotes, when it is closed in this line.
pub(super) fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == '\n' {
            return None;
        } else if character == quote {
            if quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == '\'') {
                characters.next();
            } else {
                return Some(at + 1);
            }
        }
    }
    None
}

/// A text in the quotes that need the least change; a pair of quotes around it is dropped first.
pub(super) fn quoted(text: &str) -> String {
    let inner = ['"', '\''].iter().find_map(|quote| {
        let inner = text.strip_prefix(*quote)?.strip_suffix(*quote)?;
        Some(inner)
    });
    let text = inner.unwrap_or(text);
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// The beginning of a text, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim_end();
    let mut shown: String = line.chars().take(40).collect();
    if shown.len() < line.len() || line.len() < text.trim_end().len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let check = |text: &str, key: Option<&str>, value: &str| {
            let shape = Shape::of(text, Line::around(text, 0));
            assert_eq!(shape.key.map(|key| slice(text, key)), key, "{text:?}");
            assert_eq!(slice(text, shape.value), value, "{text:?}");
        };
        check("title: Foo: bar # note", Some("title"), "Foo: bar");
        check("  - - id: ñu\r\n", Some("id"), "ñu");
        check("\"a: b\": c", Some("\"a: b\""), "c");
        check("a: 'x # y' # z", Some("a"), "'x # y'");
        check("http://x", None, "http://x");
        check("- texto", None, "texto");
        check("a :", Some("a"), "");
        check("tag: #x", Some("tag"), "");
        check("a: C#1", Some("a"), "C#1");
        check("", None, "");
        check("-", None, "-");
    }

    #[test]
    fn quotes() {
        assert_eq!(quoted("Foo: bar"), "\"Foo: bar\"");
        assert_eq!(quoted("'l'été'"), "\"l'été\"");
        assert_eq!(quoted("\"dijo \"hola\" y\""), "'dijo \"hola\" y'");
        assert_eq!(quoted("it's \"x\""), "'it''s \"x\"'");
    }

    #[test]
    fn lines_above() {
        let text = "a: 1\n# c\n\n  b: 2";
        let line = Line::around(text, text.len());
        assert_eq!(line.indent(), 2);
        assert_eq!(line.above(text).map(|line| slice(text, line.start..line.end)), Some("a: 1"));
    }
}
