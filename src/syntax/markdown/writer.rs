//! The writer: events of the parser in, HTML with holes out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::finding::Finding;
use crate::syntax::{Filling, Heading, Hole, Prose, Target};
use crate::text::{SourceId, Span, Spanned, fold};

use super::address::{self, Address};
use super::anchors::Anchors;
use super::comments::Cut;
use super::findings::{Reports, is_vague};
use super::notes::{Body, Notes};
use super::raw_html::{self, Kept, Piece};
use super::table::Table;
use super::{Origin, Reading, callout, escape};

/// Levels of nesting that are written; browsers stop at 512.
const DEEPEST: usize = 100;

/// The description of a picture that says nothing which the text does not say.
const DECORATIVE: &str = "-";

/// The end of the frame around what is right and what is wrong.
const PAIR_END: &str = "</div>\n";

/// Kept tags that may be open at the same time.
const MOST_OPEN: usize = 8;

/// What is to be written at the end of an element that was begun.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame {
    /// Nothing: its start was left out.
    Nothing,
    /// This tag.
    Close(&'static str),
    /// A quote that is a box; its body begins here.
    Box {
        kind: callout::Kind,
        html: usize,
        head: Option<Span>,
    },
    Paragraph {
        html: usize,
        holes: usize,
    },
    Heading,
    Item {
        html: usize,
    },
    Code,
    HtmlBlock,
    Table,
    Row,
    Cell {
        tag: usize,
        content: usize,
        holes: usize,
    },
    Link,
    Picture,
    /// A footnote; `None` when its name came before.
    Note(Option<usize>),
}

/// A heading whose text is still being read.
#[derive(Debug)]
struct OpenHeading<'t> {
    level: u8,
    given: Option<CowStr<'t>>,
    is_title: bool,
    html: usize,
    holes: usize,
    /// A reference to a footnote stands in it.
    refers: bool,
    text: String,
    span: Span,
}

/// A link whose text is still being read.
#[derive(Debug)]
pub(super) struct OpenLink<'t> {
    html: usize,
    holes: usize,
    kind: Address,
    address: CowStr<'t>,
    range: Range<usize>,
}

/// A picture whose description is still being read.
#[derive(Debug)]
pub(super) struct OpenPicture<'t> {
    pub(super) alt: String,
    address: CowStr<'t>,
    caption: CowStr<'t>,
    kind: LinkType,
    span: Span,
    /// Pictures in its description.
    depth: usize,
}

/// A code block being read.
#[derive(Debug)]
enum Code {
    /// Written as it comes.
    Shown,
    /// Gathered for the program.
    Block { name: Spanned<String>, text: String, range: Option<Range<usize>>, after_fence: usize },
}

/// A kept tag that waits for its partner.
#[derive(Clone, Copy, Debug)]
struct OpenTag {
    kept: Kept,
    html: usize,
    depth: usize,
    span: Span,
}

/// The state of one pass.
#[derive(Debug)]
pub(super) struct Writer<'t, 'f> {
    pub(super) text: &'t str,
    cut: &'t Cut<'t>,
    reading: &'t Reading<'t>,
    pub(super) reports: Reports<'f>,
    pub(super) prose: Prose,
    pub(super) frames: Vec<Frame>,
    /// Text events that follow one another in the source, not yet written.
    pub(super) run: Range<usize>,
    /// Inline events before this offset were written already, or are to be left out.
    pub(super) skip_until: usize,
    /// Where a directive must have ended: the end of the cell of a table, else of the text.
    pub(super) limit: usize,
    /// End of the line that was looked at last.
    pub(super) line_end: usize,
    /// No `}` stands between the last directive without an end and here.
    pub(super) no_brace_until: usize,
    /// Nothing of the line was written yet.
    pub(super) line_start: bool,
    in_word: bool,
    /// The first paragraph is being read.
    in_summary: bool,
    /// It says something besides the names of links.
    summary_says: bool,
    /// A first paragraph of nothing but links (languages, badges): the summary where no other follows.
    only_links: String,
    /// Added to the levels of headings: 1 after a heading of level 1 that is no title.
    shift: u8,
    told_depth: bool,
    heading: Option<OpenHeading<'t>>,
    pub(super) link: Option<OpenLink<'t>>,
    pub(super) picture: Option<OpenPicture<'t>>,
    code: Option<Code>,
    html_block: String,
    html_block_span: Span,
    /// What ended last was half of a pair: whether it was the right half, and where it ended at which depth.
    half: Option<(bool, usize, usize)>,
    pub(super) table: Table,
    open_tags: Vec<OpenTag>,
    /// Places in the HTML of tags that turned out to have no partner.
    dead_tags: Vec<Range<usize>>,
    anchors: Anchors,
    notes: Notes,
    /// The text around the footnote that is being read.
    around: Vec<Body>,
}

/// A place in HTML as holes store it. No text is longer than 4 GiB: the world refuses such files.
pub(super) fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The name in a wiki link: in a table the bar before the text of the link stands behind a backslash, which the parser leaves at the name.
fn without_backslash(name: &str) -> &str {
    name.strip_suffix('\\').unwrap_or(name)
}

/// Words that begin in a text, and whether it ends within one. No branches, so that the compiler counts many bytes at once.
fn count_words(text: &str, in_word: bool) -> (u32, bool) {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return (0, in_word) };
    let mut words = u32::from((*first > b' ') & !in_word);
    let next = bytes.get(1..).unwrap_or_default();
    for (before, after) in bytes.chunks(128).zip(next.chunks(128)) {
        let starts =
            before.iter().zip(after).map(|(before, after)| u8::from((*before <= b' ') & (*after > b' ')));
        words += u32::from(starts.fold(0_u8, u8::wrapping_add));
    }
    (words, *last > b' ')
}

impl<'t, 'f> Writer<'t, 'f> {
    pub(super) fn new(cut: &'t Cut<'t>, reading: &'t Reading<'t>, findings: &'f mut Vec<Finding>) -> Self {
        let text = &*cut.text;
        let html = String::with_capacity(text.len() + text.len() / 2);
        Self {
            text,
            cut,
            reading,
            reports: Reports::new(findings),
            prose: Prose { html, ..Prose::default() },
            frames: Vec::with_capacity(16),
            run: 0..0,
            skip_until: 0,
            limit: text.len(),
            line_end: 0,
            no_brace_until: 0,
            line_start: true,
            in_word: false,
            in_summary: false,
            summary_says: false,
            only_links: String::new(),
            shift: 0,
            told_depth: false,
            heading: None,
            link: None,
            picture: None,
            code: None,
            html_block: String::new(),
            html_block_span: Span::new(SourceId(0), 0, 0),
            half: None,
            table: Table::default(),
            open_tags: Vec::new(),
            dead_tags: Vec::new(),
            anchors: Anchors::new(reading.prefix, text),
            notes: Notes::default(),
            around: Vec::new(),
        }
    }

    /// Reads all events.
    pub(super) fn prose(mut self, events: impl Iterator<Item = (Event<'t>, Range<usize>)>) -> Prose {
        for (event, range) in events {
            self.event(event, range);
        }
        self.end_inline();
        let mut body = (std::mem::take(&mut self.prose.html), std::mem::take(&mut self.prose.holes));
        self.notes.write(&mut body, &mut self.anchors, &mut self.reports);
        (self.prose.html, self.prose.holes) = body;
        if self.prose.summary.is_empty() {
            self.prose.summary = std::mem::take(&mut self.only_links);
        }
        self.prose.summary = super::summary(&self.prose.summary);
        self.prose
    }

    fn event(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Text(text) => self.text_event(&text, range),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => self.html_block.push_str(&html),
            // Not enabled.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text_event(&text, range),
            Event::Rule => {
                self.end_inline();
                self.prose.html.push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::Code(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak => {
                self.flush();
                if range.start >= self.skip_until {
                    self.inline(event, range);
                }
            }
        }
    }

    fn inline(&mut self, event: Event<'t>, range: Range<usize>) {
        if let Some(picture) = &mut self.picture {
            match event {
                Event::Code(text) => picture.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
                _ => {}
            }
            return;
        }
        self.line_start = false;
        match event {
            Event::Code(text) => {
                self.prose.html.push_str("<code>");
                escape::text(&mut self.prose.html, &text);
                self.prose.html.push_str("</code>");
                self.read(&text);
            }
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            // A title stands elsewhere too. In a link the parser gives none; it would be a link in a link.
            Event::FootnoteReference(name) => {
                let in_title = self.heading.as_ref().is_some_and(|heading| heading.is_title);
                if !in_title && self.link.is_none() {
                    self.refer(&name);
                }
            }
            _ => {}
        }
    }

    fn refer(&mut self, name: &str) {
        if let Some(heading) = &mut self.heading {
            heading.refers = true;
        }
        self.notes.refer(&mut self.prose.html, name, &mut self.anchors);
    }

    fn line_break(&mut self, html: &str) {
        self.prose.html.push_str(html);
        self.read(" ");
        self.line_start = true;
    }

    /// Counts the words of a text, and keeps it where plain text is wanted.
    pub(super) fn read(&mut self, text: &str) {
        let (words, in_word) = count_words(text, self.in_word);
        self.in_word = in_word;
        self.prose.words = self.prose.words.saturating_add(words);
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else if self.in_summary && self.prose.summary.len() < 1000 {
            self.prose.summary.push_str(text);
            self.summary_says |= self.link.is_none() && text.contains(char::is_alphanumeric);
        }
    }

    /// Whether a quote or a box is open.
    pub(super) fn is_in_quote(&self) -> bool {
        let quotes = |frame: &Frame| matches!(frame, Frame::Box { .. } | Frame::Close("</blockquote>\n"));
        self.frames.iter().any(quotes)
    }

    /// The span of a range of the text.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match self.reading.origin {
            Origin::Exact { source, offset } => {
                let range = self.cut.source(range);
                Span::new(source, offset.saturating_add(range.start), offset.saturating_add(range.end))
            }
            Origin::Within(span) => span,
        }
    }

    /// The span of the first line of a range.
    pub(super) fn first_line(&self, range: &Range<usize>) -> Span {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        self.span(range.start..range.start + line.trim_end().len())
    }

    fn hole(&mut self, filling: Filling) {
        self.prose.holes.push(Hole { at: offset(self.prose.html.len()), filling });
    }

    fn text_event(&mut self, text: &str, mut range: Range<usize>) {
        if let Some(code) = &mut self.code {
            match code {
                Code::Shown => escape::text(&mut self.prose.html, text),
                Code::Block { text: gathered, range: gathered_range, .. } => {
                    gathered.push_str(text);
                    let start = gathered_range.as_ref().map_or(range.start, |gathered| gathered.start);
                    *gathered_range = Some(start..range.end);
                }
            }
            return;
        }
        let source = self.text.get(range.clone()).unwrap_or_default();
        let is_source = std::ptr::eq(source.as_ptr(), text.as_ptr()) && source.len() == text.len();
        if is_source && self.run.end == range.start && !self.run.is_empty() {
            self.run.end = range.end;
            return;
        }
        self.flush();
        if range.start < self.skip_until {
            if range.end <= self.skip_until || !is_source {
                return;
            }
            range.start = self.skip_until;
        }
        if is_source {
            self.run = range;
        } else {
            self.literal(text);
        }
    }

    /// Ends everything that cannot go beyond a paragraph.
    fn end_inline(&mut self) {
        self.flush();
        self.line_start = true;
        self.in_word = false;
        self.drop_open_tags(0);
        self.remove_dead_tags();
    }

    // Start tags.

    fn start(&mut self, tag: Tag<'t>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => self.start_mark("<em>", "</em>", &range),
            Tag::Strong => self.start_mark("<strong>", "</strong>", &range),
            Tag::Strikethrough => self.start_mark("<del>", "</del>", &range),
            Tag::Superscript => self.start_mark("<sup>", "</sup>", &range),
            Tag::Subscript => self.start_mark("<sub>", "</sub>", &range),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, dest_url, &range),
            Tag::Image { link_type, dest_url, title, .. } => {
                self.start_picture(link_type, dest_url, title, range)
            }
            block => {
                self.end_inline();
                self.start_block(block, range);
            }
        }
    }

    fn start_mark(&mut self, start: &str, end: &'static str, range: &Range<usize>) {
        self.flush();
        self.line_start = false;
        if range.start < self.skip_until || self.picture.is_some() || self.is_too_deep(range) {
            self.frames.push(Frame::Nothing);
        } else {
            self.prose.html.push_str(start);
            self.frames.push(Frame::Close(end));
        }
    }

    fn is_too_deep(&mut self, range: &Range<usize>) -> bool {
        if self.frames.len() < DEEPEST {
            return false;
        }
        if !std::mem::replace(&mut self.told_depth, true) {
            let span = self.first_line(range);
            self.reports.deep_nesting(span, DEEPEST);
        }
        true
    }

    fn start_block(&mut self, tag: Tag<'t>, range: Range<usize>) {
        let frame = match tag {
            Tag::Paragraph => {
                self.in_summary =
                    self.prose.summary.is_empty() && self.frames.is_empty() && self.around.is_empty();
                self.summary_says = false;
                let frame = Frame::Paragraph { html: self.prose.html.len(), holes: self.prose.holes.len() };
                self.prose.html.push_str("<p>");
                frame
            }
            Tag::Heading { level, id, .. } => {
                self.start_heading(level, id, &range);
                Frame::Heading
            }
            Tag::BlockQuote(kind) => {
                if self.is_too_deep(&range) {
                    Frame::Nothing
                } else {
                    self.start_quote(kind.map(callout::Kind::from), &range)
                }
            }
            Tag::CodeBlock(kind) => {
                self.start_code(&kind, &range);
                Frame::Code
            }
            Tag::HtmlBlock => {
                self.html_block.clear();
                self.html_block_span = self.first_line(&range);
                Frame::HtmlBlock
            }
            Tag::List(first) => {
                if self.is_too_deep(&range) {
                    Frame::Nothing
                } else {
                    Frame::Close(self.start_list(first))
                }
            }
            Tag::Item => {
                if matches!(self.frames.last(), Some(Frame::Nothing)) {
                    Frame::Nothing
                } else {
                    let html = self.prose.html.len();
                    self.prose.html.push_str("<li>");
                    Frame::Item { html }
                }
            }
            Tag::FootnoteDefinition(name) => self.start_note(&name, &range),
            Tag::Table(alignments) => return self.start_table(alignments, &range),
            Tag::TableHead => return self.start_row(true),
            Tag::TableRow => return self.start_row(false),
            Tag::TableCell => return self.start_cell(&range),
            Tag::DefinitionList => {
                if self.is_too_deep(&range) {
                    Frame::Nothing
                } else {
                    self.prose.boxes = true;
                    self.prose.html.push_str("<dl>\n");
                    Frame::Close("</dl>\n")
                }
            }
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition
                if matches!(self.frames.last(), Some(Frame::Nothing)) =>
            {
                Frame::Nothing
            }
            Tag::DefinitionListTitle => {
                self.prose.html.push_str("<dt>");
                Frame::Close("</dt>\n")
            }
            Tag::DefinitionListDefinition => {
                self.prose.html.push_str("<dd>");
                Frame::Close("</dd>\n")
            }
            // Not enabled, or not a block.
            Tag::MetadataBlock(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => Frame::Nothing,
        };
        self.frames.push(frame);
    }

    fn start_heading(&mut self, level: HeadingLevel, given: Option<CowStr<'t>>, range: &Range<usize>) {
        let is_title = level == HeadingLevel::H1
            && matches!(self.reading.origin, Origin::Exact { .. })
            && self.prose.title.is_none()
            && self.prose.html.is_empty()
            && self.prose.holes.is_empty()
            && self.frames.is_empty()
            && self.around.is_empty();
        if level == HeadingLevel::H1 && !is_title {
            self.shift = 1;
        }
        self.heading = Some(OpenHeading {
            level: (level as u8).saturating_add(self.shift).min(6),
            given,
            is_title,
            html: self.prose.html.len(),
            holes: self.prose.holes.len(),
            refers: false,
            text: String::new(),
            span: self.first_line(range),
        });
    }

    fn start_quote(&mut self, kind: Option<callout::Kind>, range: &Range<usize>) -> Frame {
        let head = match kind {
            Some(_) => None,
            None => self.text.get(range.clone()).and_then(callout::head),
        };
        let (kind, title) = match (kind, &head) {
            (Some(kind), _) => (Some(kind), ""),
            (None, Some(head)) => (head.kind, head.title),
            (None, None) => (None, ""),
        };
        let Some(kind) = kind else {
            if let Some(head) = &head {
                let span = self.span(range.start + head.start..range.start + head.end);
                self.reports.unknown_callout(span, head.word, callout::words);
                self.skip_until = self.skip_until.max(range.start + head.words);
            }
            self.prose.html.push_str("<blockquote>\n");
            return Frame::Close("</blockquote>\n");
        };
        let is_folded = head.as_ref().is_some_and(|head| head.folded) && kind.is_callout();
        let shape = if is_folded { callout::Kind::Details } else { kind };
        self.prose.boxes |= shape.list().is_some() || shape.is_half() || shape == callout::Kind::Details;
        if shape.is_half() {
            self.start_half(shape);
        }
        self.prose.html.push_str(shape.tag());
        let label = head.as_ref().and_then(|head| head.label.as_deref());
        self.write_box_title(kind, shape.title_tags(), label, title);
        if let Some(head) = &head {
            self.skip_until = self.skip_until.max(range.start + head.next);
        }
        let head = head.map(|head| self.span(range.start + head.start..range.start + head.end));
        Frame::Box { kind: shape, html: self.prose.html.len(), head }
    }

    /// The title of a box: the word of its kind, or the author's own (`label`), and what else the author wrote.
    fn write_box_title(
        &mut self,
        kind: callout::Kind,
        (start, end): (&str, &str),
        label: Option<&str>,
        title: &str,
    ) {
        let title = super::plain(title);
        let is_ours = label.is_none();
        let label = label.filter(|label| !fold(&title).starts_with(&fold(label)));
        let word = kind.word().filter(|_| is_ours && (title.is_empty() || kind.is_named_before(&title)));
        if title.is_empty() && word.is_none() && label.is_none() {
            return;
        }
        self.prose.html.push_str(start);
        if let Some(word) = word {
            self.hole(Filling::Word(word));
        }
        if let Some(label) = label {
            escape::text(&mut self.prose.html, label);
            self.read(label);
        }
        if (word.is_some() || label.is_some()) && !title.is_empty() {
            self.prose.html.push_str(": ");
        }
        escape::text(&mut self.prose.html, &title);
        self.read(&title);
        self.prose.html.push_str(end);
        self.in_word = false;
    }

    /// What is right and what is wrong stand in one frame when one directly follows the other.
    fn start_half(&mut self, kind: callout::Kind) {
        let follows = (kind == callout::Kind::Dont, self.prose.html.len(), self.frames.len());
        if self.half.take() == Some(follows) && self.prose.html.ends_with(PAIR_END) {
            let length = self.prose.html.len() - PAIR_END.len();
            self.prose.html.truncate(length);
        } else {
            self.prose.html.push_str("<div class=\"box-pair\">\n");
        }
    }

    fn end_box(&mut self, kind: callout::Kind, html: usize, head: Option<Span>) {
        let body = self.prose.html.get(html..).unwrap_or_default();
        if let (Some(list), Some(span)) = (kind.list(), head)
            && !body.contains(list)
        {
            self.reports.box_without_list(span, list == "<ol");
        }
        self.prose.html.push_str(kind.end_tag());
        if kind.is_half() {
            self.prose.html.push_str(PAIR_END);
            self.half = Some((kind == callout::Kind::Do, self.prose.html.len(), self.frames.len()));
        }
    }

    fn start_list(&mut self, first: Option<u64>) -> &'static str {
        match first {
            None => {
                self.prose.html.push_str("<ul>\n");
                return "</ul>\n";
            }
            Some(1) => self.prose.html.push_str("<ol>\n"),
            Some(first) => {
                // Writing to a text cannot fail.
                let _ = writeln!(self.prose.html, "<ol start=\"{first}\">");
            }
        }
        "</ol>\n"
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'t>, range: &Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => &**info,
            CodeBlockKind::Indented => "",
        };
        let word = info.split([' ', '\t', ',']).next().unwrap_or_default();
        if self.reading.blocks.contains(&word) {
            let source = self.text.get(range.clone()).unwrap_or_default();
            let line = source.split_inclusive('\n').next().unwrap_or_default();
            let name = range.start + line.find(word).unwrap_or_default();
            let name = Spanned::new(word.to_owned(), self.span(name..name + word.len()));
            let after_fence = range.start + line.len();
            self.code = Some(Code::Block { name, text: String::new(), range: None, after_fence });
            return;
        }
        self.open_code(word);
        self.code = Some(Code::Shown);
    }

    fn open_code(&mut self, word: &str) {
        let html = &mut self.prose.html;
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'+';
        if word.is_empty() || word.len() > 40 || !word.bytes().all(is_safe) {
            html.push_str("<pre tabindex=\"0\"><code>");
        } else {
            html.push_str("<pre tabindex=\"0\"><code class=\"language-");
            html.extend(word.chars().map(|character| character.to_ascii_lowercase()));
            html.push_str("\">");
        }
    }

    fn start_note(&mut self, name: &str, range: &Range<usize>) -> Frame {
        let span = self.span(range.start..range.start + name.len() + 3);
        let outer = (std::mem::take(&mut self.prose.html), std::mem::take(&mut self.prose.holes));
        self.around.push(outer);
        match self.notes.begin(name, span) {
            Ok(note) => Frame::Note(Some(note)),
            Err(first) => {
                self.reports.repeated_footnote(span, name, first);
                // References in what is left out must not count.
                self.skip_until = self.skip_until.max(range.end);
                Frame::Note(None)
            }
        }
    }

    fn start_link(&mut self, link_type: LinkType, address: CowStr<'t>, range: &Range<usize>) {
        self.flush();
        self.line_start = false;
        if range.start < self.skip_until
            || self.picture.is_some()
            || self.link.is_some()
            || self.is_too_deep(range)
        {
            self.frames.push(Frame::Nothing);
            return;
        }
        let kind = self.kind_of(link_type, &address);
        match kind {
            Address::Outside => self.start_outside_link(&address),
            Address::Person => {
                let html = &mut self.prose.html;
                html.push_str("<a href=\"");
                if link_type == LinkType::Email {
                    html.push_str("mailto:");
                    escape::address(html, &address);
                } else if address
                    .trim_start()
                    .get(..4)
                    .is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:"))
                {
                    escape::address(html, &address.replace(char::is_whitespace, ""));
                } else {
                    escape::address(html, address.trim());
                }
                html.push_str("\">");
            }
            Address::Inside => {
                let target = self.target(link_type, &address, range);
                self.hole(Filling::LinkStart(target));
            }
            Address::Empty | Address::Refused => {
                let span = self.span(range.clone());
                if kind == Address::Empty {
                    self.reports.empty_link(span);
                } else {
                    self.reports.link_scheme(span, &address);
                }
                self.frames.push(Frame::Nothing);
                return;
            }
        }
        let (html, holes) = (self.prose.html.len(), self.prose.holes.len());
        if matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
            // Its text is the address: the name of the page is better.
            self.skip_until = self.skip_until.max(range.end);
        }
        self.link = Some(OpenLink { html, holes, kind, address, range: range.clone() });
        self.frames.push(Frame::Link);
    }

    /// The start tag of a link to another site.
    pub(super) fn start_outside_link(&mut self, address: &str) {
        self.prose.html.push_str("<a href=\"");
        escape::address(&mut self.prose.html, address.trim());
        self.prose.html.push_str("\" rel=\"noopener noreferrer\" class=\"external\">");
    }

    fn kind_of(&self, link_type: LinkType, address: &str) -> Address {
        let kind = Address::of(address);
        match (link_type, kind) {
            (LinkType::Email, _) => Address::Person,
            // `[[kind:id]]`: a name, never an address of a browser.
            (LinkType::WikiLink { .. }, Address::Refused | Address::Person) => Address::Inside,
            _ => kind,
        }
    }

    fn target(&self, link_type: LinkType, address: &str, range: &Range<usize>) -> Target {
        let wiki = matches!(link_type, LinkType::WikiLink { .. });
        let (name, fragment) = if wiki {
            let address = without_backslash(address);
            let (name, fragment) = address.split_once('#').unwrap_or((address, ""));
            (name.trim().to_owned(), fragment.trim().to_owned())
        } else {
            address::parts(address)
        };
        Target { name, fragment, wiki, span: self.span(range.clone()) }
    }

    fn start_picture(
        &mut self,
        kind: LinkType,
        address: CowStr<'t>,
        caption: CowStr<'t>,
        range: Range<usize>,
    ) {
        self.flush();
        self.line_start = false;
        if let Some(picture) = &mut self.picture {
            picture.depth += 1;
            self.frames.push(Frame::Picture);
        } else if range.start < self.skip_until {
            self.frames.push(Frame::Nothing);
        } else {
            let span = self.span(range);
            self.picture = Some(OpenPicture { alt: String::new(), address, caption, kind, span, depth: 0 });
            self.frames.push(Frame::Picture);
        }
    }

    // End tags.

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {
                self.flush();
                let depth = self.frames.len();
                self.drop_open_tags(depth);
            }
            _ => self.end_inline(),
        }
        match self.frames.pop().unwrap_or(Frame::Nothing) {
            Frame::Nothing => {}
            Frame::Close(tag) => self.prose.html.push_str(tag),
            Frame::Box { kind, html, head } => self.end_box(kind, html, head),
            Frame::Paragraph { html, holes } => self.end_paragraph(html, holes),
            Frame::Heading => self.end_heading(),
            Frame::Item { .. } => self.prose.html.push_str("</li>\n"),
            Frame::Code => self.end_code(),
            Frame::HtmlBlock => self.end_html_block(),
            Frame::Table => self.end_table(),
            Frame::Row => self.end_row(),
            Frame::Cell { tag, content, holes } => self.end_cell(tag, content, holes),
            Frame::Link => self.end_link(),
            Frame::Picture => self.end_picture(),
            Frame::Note(note) => self.end_note(note),
        }
    }

    fn end_paragraph(&mut self, start: usize, holes: usize) {
        if self.in_summary && !self.summary_says {
            let links = std::mem::take(&mut self.prose.summary);
            if self.only_links.is_empty() {
                self.only_links = links;
            }
        }
        self.in_summary = false;
        if self.prose.html.len() > start + "<p>".len() {
            self.prose.html.push_str("</p>\n");
            return;
        }
        match self.prose.holes.get_mut(holes..) {
            // Only comments or left-out tags.
            None | Some([]) => self.prose.html.truncate(start),
            Some([Hole { at, filling: Filling::Picture { alone, .. } }]) => {
                (*alone, *at) = (true, offset(start));
                self.prose.html.truncate(start);
                self.prose.html.push('\n');
            }
            Some(_) => self.prose.html.push_str("</p>\n"),
        }
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let html = &mut self.prose.html;
        let text =
            match heading.text.contains(['\n', '\r']) || heading.text.trim().len() != heading.text.len() {
                true => heading.text.split_whitespace().collect::<Vec<_>>().join(" "),
                false => heading.text,
            };
        let is_empty = text.is_empty() && self.prose.holes.len() == heading.holes && !heading.refers;
        if is_empty || heading.is_title {
            html.truncate(heading.html);
            self.prose.holes.truncate(heading.holes);
            if !is_empty {
                self.prose.title = Some(Spanned::new(text, heading.span));
            }
            return;
        }
        let before = self.prose.headings.last().map(|heading| heading.level);
        // The title of the page is its heading of level 1; above the text of a field stands one that is not known here.
        let before = before.or(matches!(self.reading.origin, Origin::Exact { .. }).then_some(1));
        if let Some(right) = before.map(|level| level + 1).filter(|right| heading.level > *right) {
            let shift = self.shift;
            self.reports.heading_skipped(
                heading.span,
                heading.level - shift,
                right.saturating_sub(shift).max(1),
            );
        }
        let anchor = self.anchors.heading(heading.given.as_deref(), &text);
        let mut start = String::with_capacity(anchor.len() + 12);
        // Writing to a text cannot fail.
        let _ = write!(start, "<h{} id=\"", heading.level);
        escape::attribute(&mut start, &anchor);
        start.push_str("\">");
        // The anchor is known only now; what is moved is the text of this heading.
        html.insert_str(heading.html, &start);
        let _ = writeln!(html, "</h{}>", heading.level);
        for hole in self.prose.holes.iter_mut().skip(heading.holes) {
            hole.at = hole.at.saturating_add(offset(start.len()));
        }
        self.prose.headings.push(Heading { level: heading.level, anchor, text, span: heading.span });
    }

    fn end_code(&mut self) {
        match self.code.take() {
            None => {}
            Some(Code::Shown) => self.prose.html.push_str("</code></pre>\n"),
            Some(Code::Block { name, text, .. }) if !(self.reading.is_block)(&name.value, &text) => {
                self.open_code(&name.value);
                escape::text(&mut self.prose.html, &text);
                self.prose.html.push_str("</code></pre>\n");
            }
            Some(Code::Block { name, text, range, after_fence }) => {
                let range = range.unwrap_or(after_fence..after_fence);
                // The parser leaves out carriage returns; with them the text is the source, and places in it are exact.
                let text = match self.text.get(range.clone()) {
                    Some(source) if source.len() > text.len() && source.replace('\r', "") == text => {
                        source.to_owned()
                    }
                    _ => text,
                };
                let text = Spanned::new(text, self.span(range));
                self.hole(Filling::Block { name, text });
                self.prose.html.push('\n');
            }
        }
    }

    fn end_html_block(&mut self) {
        let block = std::mem::take(&mut self.html_block);
        let mut names = BTreeSet::new();
        let text = raw_html::text(&block, &mut names);
        for name in names {
            self.reports.raw_html(self.html_block_span, &name);
        }
        if !text.is_empty() {
            self.prose.html.push_str("<p>");
            escape::text(&mut self.prose.html, &text);
            self.prose.html.push_str("</p>\n");
            self.read(&text);
            self.in_word = false;
        }
    }

    fn end_note(&mut self, note: Option<usize>) {
        let Some(outer) = self.around.pop() else { return };
        let html = std::mem::replace(&mut self.prose.html, outer.0);
        let holes = std::mem::replace(&mut self.prose.holes, outer.1);
        if let Some(note) = note {
            self.notes.end(note, (html, holes));
        }
    }

    fn end_link(&mut self) {
        let Some(link) = self.link.take() else { return };
        let text = self.prose.html.get(link.html..).unwrap_or_default();
        let is_empty = self.prose.holes.len() == link.holes && text.trim_ascii().is_empty();
        if self.prose.holes.len() == link.holes && is_vague(text) {
            let span = self.span(link.range.clone());
            self.reports.vague_link(span, text);
        }
        if link.kind == Address::Inside {
            if is_empty {
                let start = self.prose.holes.last().map(|hole| &hole.filling);
                if let Some(Filling::LinkStart(target)) = start {
                    let target = target.clone();
                    self.read(if target.name.is_empty() { &target.fragment } else { &target.name });
                    self.hole(Filling::LinkText(target));
                }
            }
            self.hole(Filling::LinkEnd);
        } else {
            if is_empty {
                escape::text(&mut self.prose.html, &link.address);
                self.read(&link.address);
            }
            self.prose.html.push_str("</a>");
        }
    }

    fn end_picture(&mut self) {
        match &mut self.picture {
            Some(picture) if picture.depth > 0 => picture.depth -= 1,
            _ => {
                if let Some(picture) = self.picture.take() {
                    self.write_picture(picture);
                }
            }
        }
    }

    fn write_picture(&mut self, picture: OpenPicture<'t>) {
        let OpenPicture { mut alt, address, caption, kind, span, .. } = picture;
        let is_size =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x');
        match kind {
            // Its text is the name of the file.
            LinkType::WikiLink { has_pothole: false } => alt.clear(),
            // `![[picture.png|300]]` is a width elsewhere.
            LinkType::WikiLink { .. } if is_size(alt.trim()) => alt.clear(),
            _ => {}
        }
        let address = match kind {
            LinkType::WikiLink { .. } => CowStr::from(without_backslash(&address).to_owned()),
            _ => address,
        };
        let decorative = alt.trim() == DECORATIVE;
        if decorative {
            alt.clear();
        }
        match Address::of(&address) {
            Address::Inside => {
                let wiki = matches!(kind, LinkType::WikiLink { .. });
                let (name, fragment) =
                    if wiki { (address.trim().to_owned(), String::new()) } else { address::parts(&address) };
                let target = Target { name, fragment, wiki, span };
                self.read(&alt);
                let (alt, caption) = (alt.trim().to_owned(), caption.trim().to_owned());
                self.hole(Filling::Picture { target, alt, caption, alone: false, decorative });
            }
            Address::Outside => {
                self.reports.outside_picture(span, &address);
                let text = if alt.trim().is_empty() { &*address } else { &alt };
                let in_link = self.link.is_some();
                if !in_link {
                    self.start_outside_link(&address);
                }
                escape::text(&mut self.prose.html, text);
                self.read(text);
                if !in_link {
                    self.prose.html.push_str("</a>");
                }
            }
            other => {
                if other == Address::Empty {
                    self.reports.empty_link(span);
                } else {
                    self.reports.link_scheme(span, &address);
                }
                escape::text(&mut self.prose.html, &alt);
                self.read(&alt);
            }
        }
    }

    // Task lists.

    fn task(&mut self, done: bool) {
        self.flush();
        let (class, word) =
            if done { (" class=\"task done\"", "task-done") } else { (" class=\"task\"", "task-open") };
        // The parser gives the mark first thing in the item, or in its first paragraph or heading.
        let item = self.frames.iter().rev().take(2).find_map(|frame| match frame {
            Frame::Item { html } => Some(*html),
            _ => None,
        });
        if let Some(item) = item {
            self.prose.html.insert_str(item + "<li".len(), class);
            // What began before the mark has moved.
            match (self.frames.last_mut(), &mut self.heading) {
                (Some(Frame::Paragraph { html, .. }), _) => *html += class.len(),
                (Some(Frame::Heading), Some(heading)) => heading.html += class.len(),
                _ => {}
            }
        }
        self.prose
            .html
            .push_str("<span class=\"box\" aria-hidden=\"true\"></span><span class=\"visually-hidden\">");
        self.hole(Filling::Word(word));
        self.prose.html.push_str("</span> ");
    }

    // Tags of the author.

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        match raw_html::piece(html) {
            Piece::Break => {
                self.prose.html.push_str("<br>");
                self.read(" ");
            }
            Piece::Open(kept) if self.open_tags.len() < MOST_OPEN => {
                let span = self.span(range);
                self.open_tags.push(OpenTag {
                    kept,
                    html: self.prose.html.len(),
                    depth: self.frames.len(),
                    span,
                });
                self.prose.html.push_str(kept.start_tag());
            }
            Piece::Open(kept) | Piece::Close(kept) => {
                let depth = self.frames.len();
                let partner =
                    self.open_tags.iter().rposition(|open| open.depth == depth && open.kept == kept);
                match partner {
                    Some(partner) if matches!(raw_html::piece(html), Piece::Close(_)) => {
                        self.drop_open_tags_from(partner + 1);
                        self.open_tags.truncate(partner);
                        self.prose.html.push_str(kept.end_tag());
                    }
                    _ => {
                        let span = self.span(range);
                        self.reports.unbalanced_html(span, kept.name());
                    }
                }
            }
            Piece::Dropped(name) => {
                let span = self.span(range);
                self.reports.raw_html(span, &name.to_ascii_lowercase());
            }
            Piece::Silent => {}
        }
    }

    /// Gives up the tags that were opened at this depth of elements or deeper.
    fn drop_open_tags(&mut self, depth: usize) {
        if self.open_tags.is_empty() {
            return;
        }
        let first = self.open_tags.partition_point(|open| open.depth < depth);
        self.drop_open_tags_from(first);
    }

    fn drop_open_tags_from(&mut self, first: usize) {
        while self.open_tags.len() > first {
            let Some(open) = self.open_tags.pop() else { break };
            self.reports.unbalanced_html(open.span, open.kept.name());
            self.dead_tags.push(open.html..open.html + open.kept.start_tag().len());
        }
    }

    /// Takes the tags without a partner out of the HTML, in one go for a paragraph.
    fn remove_dead_tags(&mut self) {
        if self.dead_tags.is_empty() {
            return;
        }
        let mut dead = std::mem::take(&mut self.dead_tags);
        dead.sort_unstable_by_key(|tag| tag.start);
        let Some(first) = dead.first().map(|tag| tag.start) else { return };
        let html = &mut self.prose.html;
        let tail = html.split_off(first);
        let mut from = first;
        for tag in &dead {
            html.push_str(tail.get(from - first..tag.start - first).unwrap_or_default());
            from = tag.end;
        }
        html.push_str(tail.get(from - first..).unwrap_or_default());
        let later = self.prose.holes.partition_point(|hole| hole.at as usize <= first);
        let mut passed = dead.iter().peekable();
        let mut shift = 0;
        for hole in self.prose.holes.iter_mut().skip(later) {
            while let Some(tag) = passed.next_if(|tag| tag.end <= hole.at as usize) {
                shift += tag.len();
            }
            hole.at = hole.at.saturating_sub(offset(shift));
        }
    }
}
