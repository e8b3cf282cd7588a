//! What Markdown becomes: HTML with holes where only the plan of a site can say what stands there (links, pictures, directives).

use crate::text::{Span, Spanned};

/// A Markdown text, parsed once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// Text of the first heading of level 1 when it is the first block; that heading is not in `html`.
    pub title: Option<Spanned<String>>,
    /// Safe HTML of the body, without the holes.
    pub html: String,
    /// Where something is put into `html`, in the order of `at`.
    pub holes: Vec<Hole>,
    /// Headings of the body in order, with anchors that are unique on the page.
    pub headings: Vec<Heading>,
    /// Plain text of the first paragraph, cut at a word near 160 characters; empty when there is none.
    pub summary: String,
    /// Number of words of running text.
    pub words: u32,
    /// Whether it holds steps, cards, pairs or details: their styles stand in a sheet of their own.
    pub boxes: bool,
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its `id`, unique in the text.
    pub anchor: String,
    /// Plain text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A place in the HTML that the plan of the site fills.
#[derive(Clone, Debug, PartialEq)]
pub struct Hole {
    /// Byte offset in [`Prose::html`].
    pub at: u32,
    /// What is to be put there.
    pub filling: Filling,
}

/// What is missing at a hole.
#[derive(Clone, Debug, PartialEq)]
pub enum Filling {
    /// The start tag of a link to something of the playbook: `../audiences/families.md#needs`, `#anchor`, a wiki name. Closed by the next [`Filling::LinkEnd`].
    LinkStart(Target),
    /// The end tag of the link.
    LinkEnd,
    /// The text of a link that was written without one (`[[channel:instagram]]`, `[](families.md)`): the name of its target. Stands between start and end.
    LinkText(Target),
    /// A picture of the playbook.
    Picture {
        /// Its file.
        target: Target,
        /// Alternative text, not escaped; may be empty.
        alt: String,
        /// Caption from the title of the Markdown image, not escaped; may be empty.
        caption: String,
        /// Whether it is all that its paragraph holds. Then no `<p>` stands around it and a `<figure>` may; else only an `<img>` may.
        alone: bool,
        /// Whether the author says that it needs no description: `![-](wave.svg)`.
        decorative: bool,
    },
    /// A word of the interface in the language of the page, as text: `callout-` and a kind (`note`, `tip`, `important`, `warning`, `caution`, `example`, `crisis`), `box-do`, `box-dont`, `box-details`, `footnotes`, `footnote-back`, `task-done`, `task-open`.
    Word(&'static str),
    /// A fenced block that the program understands (` ```chart `): name and the text between the fences.
    Block {
        /// The first word after the fence.
        name: Spanned<String>,
        /// The lines between the fences; the span starts at the first byte of the first line. The value is the source of the span, byte for byte, when both are equally long; a block in a list or quote is shorter by what stands before its lines.
        text: Spanned<String>,
    },
}

/// What a link or picture names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// As written, percent-decoded, without the fragment: a relative path, or a wiki name (`kind:id`, `id`, a path).
    pub name: String,
    /// After `#`, percent-decoded, without it; empty when there is none.
    pub fragment: String,
    /// Whether it was written `[[…]]`.
    pub wiki: bool,
    /// Where the whole link stands.
    pub span: Span,
}
