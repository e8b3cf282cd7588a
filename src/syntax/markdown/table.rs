//! Tables: cells with their alignment as a class, bounded in width, short rows filled by one cell.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::Alignment;

use super::writer::{Frame, Writer};

/// Columns that are shown.
const WIDEST: usize = 200;
/// Empty cells at the end of a row that are still written one by one.
const FEW: usize = 4;

/// The table being written. Tables do not nest.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
    /// Where it stands in the text.
    range: Range<usize>,
    /// Empty cells at the end of the row so far, and where the first of them begins.
    empty: usize,
    empty_from: usize,
}

impl Writer<'_, '_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>, range: &Range<usize>) {
        if alignments.len() > WIDEST {
            let span = self.first_line(range);
            self.reports.wide_table(span, alignments.len(), WIDEST);
        }
        self.table = Table { alignments, range: range.clone(), ..Table::default() };
        self.prose.html.push_str("<div class=\"table-scroll\"><table>\n");
        self.frames.push(Frame::Table);
    }

    pub(super) fn start_row(&mut self, in_head: bool) {
        let table = &mut self.table;
        (table.column, table.empty, table.in_head) = (0, 0, in_head);
        if in_head {
            self.prose.html.push_str("<thead>\n");
        } else if !std::mem::replace(&mut table.has_body, true) {
            self.prose.html.push_str("<tbody>\n");
        }
        self.prose.html.push_str("<tr>");
        self.frames.push(Frame::Row);
    }

    pub(super) fn start_cell(&mut self, range: &Range<usize>) {
        let table = &mut self.table;
        let column = table.column;
        table.column += 1;
        if column >= WIDEST {
            self.skip_until = self.skip_until.max(range.end);
            self.frames.push(Frame::Nothing);
            return;
        }
        self.limit = range.end;
        let html = &mut self.prose.html;
        let tag = html.len();
        html.push_str(match (table.in_head, table.alignments.get(column)) {
            (true, Some(Alignment::Center)) => "<th scope=\"col\" class=\"center\">",
            (true, Some(Alignment::Right)) => "<th scope=\"col\" class=\"end\">",
            (true, _) => "<th scope=\"col\">",
            (false, Some(Alignment::Center)) => "<td class=\"center\">",
            (false, Some(Alignment::Right)) => "<td class=\"end\">",
            (false, _) => "<td>",
        });
        self.frames.push(Frame::Cell { tag, content: html.len(), holes: self.prose.holes.len() });
    }

    pub(super) fn end_cell(&mut self, tag: usize, content: usize, holes: usize) {
        self.limit = self.text.len();
        let (html, table) = (&mut self.prose.html, &mut self.table);
        if html.len() > content || self.prose.holes.len() > holes {
            html.push_str(if table.in_head { "</th>" } else { "</td>" });
            table.empty = 0;
            return;
        }
        // A header without words heads nothing.
        html.truncate(tag);
        if table.empty == 0 {
            table.empty_from = tag;
        }
        table.empty += 1;
        html.push_str("<td></td>");
    }

    pub(super) fn end_row(&mut self) {
        let (html, table) = (&mut self.prose.html, &self.table);
        if table.empty > FEW {
            html.truncate(table.empty_from);
            // Writing to a text cannot fail.
            let _ = write!(html, "<td colspan=\"{}\"></td>", table.empty);
        }
        html.push_str(if table.in_head { "</tr>\n</thead>\n" } else { "</tr>\n" });
        if table.in_head && table.empty == table.column {
            let span = self.first_line(&table.range);
            self.reports.table_without_header(span);
        }
    }

    pub(super) fn end_table(&mut self) {
        if self.table.has_body {
            self.prose.html.push_str("</tbody>\n");
        }
        self.prose.html.push_str("</table></div>\n");
    }
}
