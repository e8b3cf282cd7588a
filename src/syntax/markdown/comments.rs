//! Comments of Obsidian, `%% … %%`: taken out of a text before it is read, with the way back to the places in the source.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

const MARK: &str = "%%";

/// How often code is looked for anew because a comment held half of it; a hostile text has a hundred thousand.
const MOST_READINGS: usize = 8;

/// A text without its comments.
#[derive(Debug)]
pub(super) struct Cut<'t> {
    pub(super) text: Cow<'t, str>,
    /// What was taken out: where it stood in the text that is left, and how much is gone up to there.
    gone: Vec<(usize, usize)>,
}

impl Cut<'_> {
    /// A range of the text that is left as a range of the source.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let before = |count: usize| {
            count.checked_sub(1).and_then(|last| self.gone.get(last)).map_or(0, |(_, gone)| *gone)
        };
        let start = range.start + before(self.gone.partition_point(|(at, _)| *at <= range.start));
        let end = range.end + before(self.gone.partition_point(|(at, _)| *at < range.end));
        start..end.max(start)
    }
}

/// Takes the comments out. What stands in code stays, and so does a lone `100 %%`.
pub(super) fn cut(text: &str) -> Cut<'_> {
    let mut gone = Vec::new();
    let comments = comments(text);
    if comments.is_empty() {
        return Cut { text: Cow::Borrowed(text), gone };
    }
    let mut left = String::with_capacity(text.len());
    let (mut from, mut length) = (0, 0);
    for comment in comments {
        left.push_str(text.get(from..comment.start).unwrap_or_default());
        length += comment.len();
        gone.push((left.len(), length));
        from = comment.end;
    }
    left.push_str(text.get(from..).unwrap_or_default());
    Cut { text: Cow::Owned(left), gone }
}

fn comments(text: &str) -> Vec<Range<usize>> {
    let mut comments: Vec<Range<usize>> = Vec::new();
    if !text.contains(MARK) {
        return comments;
    }
    let mut code = code(text);
    let mut readings = 1;
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(MARK)).map(|found| at + found) {
        let after = code.partition_point(|range| range.end <= start);
        if let Some(range) = code.get(after).filter(|range| range.start <= start) {
            at = range.end.max(start + 1);
            continue;
        }
        let Some(end) = end(text, start) else {
            // The whole run of signs: `100 %%%`.
            let rest = text.get(start..).unwrap_or_default();
            at = start + (rest.len() - rest.trim_start_matches('%').len());
            continue;
        };
        let comment = whole_lines(text, start..end);
        // A lone backtick in a comment makes code of what follows only as long as the comment is there.
        let crosses = code.get(after).is_some_and(|range| range.start < end && range.end > end);
        at = comment.end;
        comments.push(comment);
        if crosses && readings < MOST_READINGS {
            readings += 1;
            code = self::code(&masked(text, &comments));
        }
    }
    comments
}

/// The places of code and of comments of HTML, in order.
fn code(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, super::options(text)).into_offset_iter();
    let mut code: Vec<Range<usize>> = Vec::new();
    for (event, range) in events {
        let is_code = match event {
            Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => true,
            // The text between other tags is shown, so that a comment in it is one.
            Event::InlineHtml(html) => html.starts_with("<!--"),
            Event::Start(Tag::HtmlBlock) => {
                text.get(range.clone()).is_some_and(|html| html.trim_start().starts_with("<!--"))
            }
            _ => false,
        };
        if is_code {
            code.push(range);
        }
    }
    code.sort_unstable_by_key(|range| range.start);
    code
}

/// The text with its comments as letters, each byte at its place: blanks would make code of a line.
fn masked(text: &str, comments: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for comment in comments {
        masked.push_str(text.get(from..comment.start).unwrap_or_default());
        let inside = text.get(comment.clone()).unwrap_or_default();
        masked.extend(inside.bytes().map(|byte| if byte == b'\n' { '\n' } else { 'x' }));
        from = comment.end;
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    masked
}

/// Where the comment that begins here ends; `None` when none begins.
fn end(text: &str, start: usize) -> Option<usize> {
    if text.as_bytes().get(start.checked_sub(1).unwrap_or(text.len())) == Some(&b'\\') {
        return None;
    }
    let inside = start + MARK.len();
    let rest = text.get(inside..)?;
    let close = rest.find(MARK);
    let before = text.get(..start)?;
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    if is_bare(before.get(line..)?) {
        // Alone at the start of a block and never closed: the vault hides all that follows, too.
        let above = before.get(..line)?.trim_end_matches(['\n', '\r']).len();
        let is_block = line == 0 || before.get(above..line)?.matches('\n').count() > 1;
        return match close {
            Some(close) => Some(inside + close + MARK.len()),
            None => is_block.then_some(text.len()),
        };
    }
    let close = close?;
    // In a sentence it ends in the same paragraph: two shares far from each other are no comment.
    let is_blank = |line: &str| is_bare(line.trim_end_matches(['\n', '\r']));
    let lines = rest.get(..close)?.split_inclusive('\n');
    let has_blank = lines.skip(1).any(|line| line.ends_with('\n') && is_blank(line));
    (!has_blank).then_some(inside + close + MARK.len())
}

/// Whether there is nothing but blanks and the marks of quotes.
fn is_bare(text: &str) -> bool {
    text.chars().all(|character| matches!(character, ' ' | '\t' | '>'))
}

/// Lines that held nothing else go with the comment, so that no blank line cuts a list or a paragraph in two; blanks before the first word of a line go, so that they make no code of it.
fn whole_lines(text: &str, comment: Range<usize>) -> Range<usize> {
    let before = text.get(..comment.start).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    if !is_bare(before.get(line..).unwrap_or_default()) {
        return comment;
    }
    let after = text.get(comment.end..).unwrap_or_default();
    let rest = after.trim_start_matches([' ', '\t', '\r']);
    let blanks = after.len() - rest.len();
    match rest.strip_prefix('\n') {
        Some(_) => line..comment.end + blanks + 1,
        None if rest.is_empty() => line..text.len(),
        None => comment.start..comment.end + blanks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_cut_and_shares_stay() {
        let check = |text: &str, expected: &str| assert_eq!(cut(text).text, expected, "{text:?}");
        check("a %%b%% c", "a  c");
        check("a\n\n%%\nb\n\n`c\n%%\n\nd `e` %%f%%", "a\n\n\nd `e` ");
        check("- a\n  %% b %%\n- c", "- a\n- c");
        check("> a\n> %% b %%\n> c", "> a\n> c");
        check("a `%%b%%` c", "a `%%b%%` c");
        check("```mermaid\n%% a\nb %% c\n```", "```mermaid\n%% a\nb %% c\n```");
        check("100 %% a", "100 %% a");
        check("100 %% a\n\n50 %% b", "100 %% a\n\n50 %% b");
        check("a\n\n%% b\n\nc", "a\n\n");
        check("a\n%% b", "a\n%% b");
        check("a \\%%b%%", "a \\%%b%%");
        check("a %%%%b", "a b");
        check("  %%a%%  **b** %% `x %% and `c` %%d%%", "  **b**  and `c` ");
    }

    #[test]
    fn places_are_those_of_the_source() {
        let text = "a %%b%% c %%d%% e";
        let cut = cut(text);
        let place = |word: &str| {
            let at = cut.text.find(word).unwrap_or_default();
            text.get(cut.source(at..at + word.len())).unwrap_or_default()
        };
        for word in ["a", "c", "e"] {
            assert_eq!(place(word), word);
        }
        assert_eq!(cut.source(0..2), 0..2);
    }
}
