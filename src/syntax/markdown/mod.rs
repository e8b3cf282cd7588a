//! Markdown to safe HTML with holes: one pass over the events of the parser.
//!
//! No text can bring a tag or attribute of its own into a page: every tag is written here, every text is escaped, every
//! address is checked. What only the plan of the site knows (where a link leads, a picture's file, a word in the page's
//! language) stays a [`Hole`](super::Hole).

mod address;
mod anchors;
mod callout;
mod comments;
pub mod escape;
mod findings;
mod notes;
mod raw_html;
mod run;
mod table;
mod writer;

#[cfg(test)]
mod tests;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use crate::finding::Finding;
use crate::syntax::Prose;
use crate::text::{SourceId, Span};

pub use findings::{
    BOX_WITHOUT_LIST, CODES, EMPTY_LINK, FOREIGN_SYNTAX, LINK_SCHEME, MARKDOWN_LIMIT, MISSING_FOOTNOTE,
    OUTSIDE_PICTURE, RAW_HTML, REPEATED_FOOTNOTE, STRAY_BOX, UNKNOWN_CALLOUT, UNUSED_FOOTNOTE,
};

/// Where a Markdown text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is the source from this byte on: a Markdown file after its front matter.
    Exact {
        /// The source.
        source: SourceId,
        /// Where the text begins in it.
        offset: usize,
    },
    /// It was made from this span, byte for byte or not: a scalar of YAML, a cell of a list. Every span of the result is this one. A heading of level 1 is no title here: it is written as level 2.
    Within(Span),
}

/// How a Markdown text is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// Where it comes from.
    pub origin: Origin,
    /// What every `id` begins with: empty for the text of a page; `pitch-` or the like for every further text that a page holds, so that no `id` comes twice.
    pub prefix: &'a str,
    /// First words of fenced blocks that become [`Filling::Block`](super::Filling::Block), such as `chart`.
    pub blocks: &'a [&'a str],
    /// Whether such a block, by its word and its text, is meant for the program. What is not stays code.
    pub is_block: fn(&str, &str) -> bool,
}

/// Reads a Markdown text whose front matter is already cut off. What is wrong in it goes to `findings`; there is always a result.
///
/// Links never stand in links. Titles of links are left out; titles of pictures are captions.
pub fn parse(text: &str, reading: &Reading<'_>, findings: &mut Vec<Finding>) -> Prose {
    let cut = comments::cut(text);
    let text = &*cut.text;
    writer::Writer::new(&cut, reading, findings)
        .prose(Parser::new_ext(text, options(text)).into_offset_iter())
}

/// The words of inline Markdown, on one line, not escaped: `**Familias** y *jóvenes*` gives `Familias y jóvenes`.
pub fn plain(text: &str) -> String {
    let is_marked = |byte| {
        matches!(byte, b'*' | b'_' | b'`' | b'[' | b'<' | b'&' | b'\\' | b'~' | b'#' | b'\n' | b'>' | b'%')
    };
    if !text.bytes().any(is_marked) && !text.trim_start().starts_with(['-', '+', '=']) {
        return text.trim().to_owned();
    }
    let cut = comments::cut(text);
    let text = &*cut.text;
    let mut plain = String::with_capacity(text.len());
    for event in Parser::new_ext(text, options(text)) {
        match event {
            Event::Text(part) | Event::Code(part) => plain.push_str(&part),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                plain.push(' ');
            }
            _ => {}
        }
    }
    match plain.split_whitespace().collect::<Vec<_>>().join(" ") {
        // Only marks (`***`): better as they are than nothing.
        words if words.is_empty() => text.trim().to_owned(),
        words => words,
    }
}

/// The extensions, one by one: `all()` would bring mathematics and metadata blocks, which lose text.
fn options(text: &str) -> Options {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS;
    if has_definitions(text) { options | Options::ENABLE_DEFINITION_LIST } else { options }
}

/// Whether a line begins with `: ` and none with `:::`, which the parser would take for a definition.
fn has_definitions(text: &str) -> bool {
    let mut found = false;
    for (at, _) in text.match_indices(':') {
        let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '>']);
        if !(before.is_empty() || before.ends_with('\n')) {
            continue;
        }
        let after = text.get(at + 1..).unwrap_or_default();
        if after.starts_with("::") {
            return false;
        }
        found |= after.starts_with([' ', '\t']);
    }
    found
}

/// The first paragraph as a summary: at most about 160 characters, cut at a word.
fn summary(paragraph: &str) -> String {
    const LONGEST: usize = 160;
    let mut summary = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = summary.char_indices().nth(LONGEST) else { return summary };
    let start = summary.get(..cut).unwrap_or_default();
    let word = start.rfind(' ').filter(|space| *space > LONGEST / 2).unwrap_or(cut);
    summary.truncate(word);
    let length = summary.trim_end_matches([',', ';', ':', '(', '¿', '¡', '–', '—', ' ', '.']).len();
    summary.truncate(length);
    summary.push('…');
    summary
}
