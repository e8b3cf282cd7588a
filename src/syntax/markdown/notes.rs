//! Footnotes: gathered while the text is read, written as a list at its end.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::syntax::{Filling, Hole};
use crate::text::Span;

use super::anchors::Anchors;
use super::findings::Reports;
use super::writer::offset;

/// HTML and its holes.
pub(super) type Body = (String, Vec<Hole>);

/// A footnote, referred to or written or both.
#[derive(Debug)]
struct Note {
    name: String,
    /// Its number, by the order of the first references.
    number: Option<usize>,
    anchor: String,
    /// The anchors of the references.
    references: Vec<String>,
    written: Option<Span>,
    body: Body,
}

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<Note>,
    names: BTreeMap<String, usize>,
    numbered: Vec<usize>,
}

impl Notes {
    fn index(&mut self, name: &str) -> usize {
        let key = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let next = self.notes.len();
        let index = *self.names.entry(key).or_insert(next);
        if index == next {
            self.notes.push(Note {
                name: name.to_owned(),
                number: None,
                anchor: String::new(),
                references: Vec::new(),
                written: None,
                body: Body::default(),
            });
        }
        index
    }

    fn number(&mut self, index: usize, anchors: &mut Anchors) -> usize {
        let next = self.numbered.len() + 1;
        let Some(note) = self.notes.get_mut(index) else { return next };
        *note.number.get_or_insert_with(|| {
            note.anchor = anchors.unique(&format!("fn-{next}"));
            self.numbered.push(index);
            next
        })
    }

    /// Writes a reference.
    pub(super) fn refer(&mut self, out: &mut String, name: &str, anchors: &mut Anchors) {
        let index = self.index(name);
        let number = self.number(index, anchors);
        let Some(note) = self.notes.get_mut(index) else { return };
        let anchor = anchors.unique(&format!("fnref-{number}"));
        // Writing to a text cannot fail.
        let _ = write!(
            out,
            "<sup class=\"footnote-ref\"><a href=\"#{}\" id=\"{anchor}\" role=\"doc-noteref\">{number}</a></sup>",
            note.anchor
        );
        note.references.push(anchor);
    }

    /// A footnote begins; gives where it was written before, in which case it is to be left out.
    pub(super) fn begin(&mut self, name: &str, span: Span) -> Result<usize, Span> {
        let index = self.index(name);
        match self.notes.get_mut(index) {
            Some(Note { written: Some(first), .. }) => Err(*first),
            Some(note) => {
                note.written = Some(span);
                Ok(index)
            }
            None => Err(span),
        }
    }

    /// The text of a footnote that was begun.
    pub(super) fn end(&mut self, index: usize, body: Body) {
        if let Some(note) = self.notes.get_mut(index) {
            note.body = body;
        }
    }

    /// Writes the section of footnotes; those without a reference come last, so that nothing is lost.
    pub(super) fn write(mut self, out: &mut Body, anchors: &mut Anchors, reports: &mut Reports<'_>) {
        if self.notes.is_empty() {
            return;
        }
        for index in 0..self.notes.len() {
            if let Some(Note { number: None, written: Some(span), name, .. }) = self.notes.get(index) {
                reports.unused_footnote(*span, name);
                self.number(index, anchors);
            }
        }
        let (html, holes) = out;
        let word = |html: &str, word| Hole { at: offset(html.len()), filling: Filling::Word(word) };
        let anchor = anchors.unique("footnotes");
        let _ = write!(
            html,
            "<section class=\"footnotes\" role=\"doc-endnotes\">\n<h2 class=\"visually-hidden\" id=\"{anchor}\">"
        );
        holes.push(word(html, "footnotes"));
        html.push_str("</h2>\n<ol>\n");
        for index in self.numbered {
            let Some(note) = self.notes.get_mut(index) else { continue };
            let _ = write!(html, "<li id=\"{}\">", note.anchor);
            let (body, inner) = std::mem::take(&mut note.body);
            let start = html.len();
            html.push_str(&body);
            holes.extend(inner.into_iter().map(|hole| Hole { at: offset(start + hole.at as usize), ..hole }));
            if !note.references.is_empty() {
                // The way back stands in the last paragraph when there is one.
                let filled = holes.last().is_some_and(|hole| hole.at as usize == html.len());
                let in_paragraph = html.ends_with("</p>\n") && !filled;
                if in_paragraph {
                    html.truncate(html.len() - "</p>\n".len());
                } else {
                    html.push_str("<p>");
                }
                for (count, reference) in note.references.iter().enumerate() {
                    let _ = write!(
                        html,
                        " <a class=\"footnote-back\" href=\"#{reference}\" role=\"doc-backlink\"><span aria-hidden=\"true\">↩</span><span class=\"visually-hidden\">"
                    );
                    holes.push(word(html, "footnote-back"));
                    html.push_str("</span>");
                    if count > 0 {
                        let _ = write!(html, "<sup>{}</sup>", count + 1);
                    }
                    html.push_str("</a>");
                }
                html.push_str("</p>\n");
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n</section>\n");
    }
}
