//! The tables of an export: title lines, `#` comments, `sep=`, and several tables below each other in one text.
//!
//! Blank lines divide the text into pieces. A piece whose first full row could be a header begins a block of its own, with its own delimiter; any other piece goes on with the block above it, so that a blank line within a table changes nothing. Lines of one cell above a header are its titles.

use super::rows::{Reader, declared_delimiter, is_figure, likely_delimiter};
use super::table::{Filling, Grid, Line, Table, empty};
use crate::finding::{Code, Finding, Level, Many};
use crate::text::{SourceId, Spanned};
use crate::words;

/// Several tables in a file that is read as one.
static CSV_SEVERAL_TABLES: Code =
    Code { id: "P420", name: "csv_several_tables", level: Level::Warning, since: "0.1.0" };
/// Figures where the names of the columns should stand.
static CSV_NO_HEADER: Code =
    Code { id: "P421", name: "csv_no_header", level: Level::Warning, since: "0.1.0" };
/// Rows above the header.
static CSV_ABOVE_HEADER: Code =
    Code { id: "P422", name: "csv_above_header", level: Level::Warning, since: "0.1.0" };

/// The codes of this file.
pub static CODES: &[&Code] = &[&CSV_SEVERAL_TABLES, &CSV_NO_HEADER, &CSV_ABOVE_HEADER];

/// Rows that the header is looked for in, and that decide how wide the table is.
const HEADER_ROWS: usize = 40;
/// How often the delimiter of a piece is judged anew; later pieces have that of the block above.
const MAX_SAMPLES: usize = 500;

/// One table of a text and what was written above it.
#[derive(Clone, Debug)]
pub struct Block<'t> {
    /// Lines of one cell above the header: names of metrics, notes.
    pub titles: Vec<Spanned<String>>,
    /// Lines that begin with `#`, without it and the blanks around.
    pub comments: Vec<Spanned<String>>,
    /// The rows: the header, perhaps further lines above it, and what stands below.
    pub grid: Grid<'t>,
}

impl<'t> Block<'t> {
    /// The row that is the header, when no profile knows better: the first that is as wide as the rows below and holds different names, else the first of more than one cell that does, else the first.
    pub fn header(&self) -> usize {
        let width = self.usual_width();
        let rows = 0..self.grid.rows().min(HEADER_ROWS);
        let named = |row: &usize| is_header(&self.grid, *row);
        let as_wide =
            |row: &usize| self.grid.width(*row) == width || trimmed_width(&self.grid, *row) == width;
        rows.clone()
            .find(|row| as_wide(row) && named(row))
            .or_else(|| rows.clone().find(|row| trimmed_width(&self.grid, *row) > 1 && named(row)))
            .unwrap_or_default()
    }

    /// The table below the plausible header; tells when there is none, and what stands above it.
    pub fn table(self, findings: &mut Vec<Finding>) -> Table<'t> {
        let header = self.header();
        let grid = &self.grid;
        let names = (0..grid.width(header)).map(|column| grid.text(header, column));
        let mut names = names.filter(|name| !name.is_empty()).peekable();
        if names.peek().is_some() && names.all(|name| is_figure(&name)) {
            findings.push(
                Finding::new(
                    &CSV_NO_HEADER,
                    grid.row_span(header),
                    words!(
                        "the first row of the table holds figures, not names of columns",
                        "la primera fila de la tabla tiene cifras y no nombres de columnas"
                    ),
                )
                .why(words!(
                    "this row is taken for the header, so its values are missing from the data",
                    "esta fila se toma por la cabecera, así que sus valores faltan en los datos"
                ))
                .help(words!(
                    "write a line with the names of the columns above it",
                    "escribe encima una línea con los nombres de las columnas"
                )),
            );
        }
        if header > 0 {
            let row = (0..header).find(|row| !grid.is_blank(*row)).unwrap_or_default();
            findings.push(
                Finding::new(
                    &CSV_ABOVE_HEADER,
                    grid.row_span(row),
                    words!(
                        "rows above the header are not read: {header}",
                        "filas encima de la cabecera que no se leen: {header}"
                    ),
                )
                .also(grid.row_span(header), words!("taken for the header", "tomada por la cabecera"))
                .help(words!(
                    "delete what stands above the header, or, if this is the header, give it as many cells as the rows below",
                    "borra lo que hay encima de la cabecera o, si la cabecera es esta, dale tantas celdas como a las filas de debajo"
                )),
            );
        }
        Table::new(self.grid, header, findings)
    }

    /// The number of cells that most of the first rows have; of equals that of the first row.
    fn usual_width(&self) -> usize {
        let widths: Vec<usize> =
            (0..self.grid.rows().min(HEADER_ROWS)).map(|row| trimmed_width(&self.grid, row)).collect();
        let count = |width: &usize| widths.iter().filter(|other| *other == width).count();
        widths.iter().rev().max_by_key(|width| count(width)).copied().unwrap_or_default()
    }
}

/// How many cells a row has up to the last that is not empty.
fn trimmed_width(grid: &Grid<'_>, row: usize) -> usize {
    (0..grid.width(row)).rev().find(|column| !grid.text(row, *column).is_empty()).map_or(0, |last| last + 1)
}

/// Whether a row could name columns: most cells filled, all different, most of them no figures.
fn is_header(grid: &Grid<'_>, row: usize) -> bool {
    let width = trimmed_width(grid, row);
    let mut names: Vec<_> =
        (0..width).map(|column| grid.text(row, column)).filter(|name| !name.is_empty()).collect();
    let filled = names.len();
    let figures = names.iter().filter(|name| is_figure(name)).count();
    names.sort_unstable();
    names.dedup();
    // A header may repeat a name; a row of data repeats many.
    filled * 5 >= width * 3 && names.len() * 10 >= filled * 7 && figures * 2 < filled
}

/// Whether none of the first rows has more than one cell with something in it.
fn is_narrow(grid: &Grid<'_>, rows: usize) -> bool {
    (0..grid.rows().min(rows)).all(|row| trimmed_width(grid, row) < 2)
}

/// Whether a row holds a number or a date.
fn has_figure(grid: &Grid<'_>, row: usize) -> bool {
    (0..grid.width(row)).any(|column| is_figure(&grid.text(row, column)))
}

/// The tables of a text, in the order of their places; none when there is no row or the text is too long.
pub fn blocks<'t>(text: &'t str, source: SourceId, findings: &mut Vec<Finding>) -> Vec<Block<'t>> {
    let Some(filling) = Filling::new(text, source, 0, findings) else { return Vec::new() };
    let mut cutter = Cutter {
        filling,
        blocks: Vec::new(),
        pending: Vec::new(),
        comments: Vec::new(),
        declared: None,
        begins: false,
        samples: 0,
    };
    while cutter.filling.reader.at < text.len() {
        let header = cutter.lead();
        cutter.piece(header, findings);
    }
    cutter.end(findings)
}

/// The table of a text that is meant to hold one: of several the one with most rows, and said so.
pub fn main_table<'t>(text: &'t str, source: SourceId, findings: &mut Vec<Finding>) -> Option<Table<'t>> {
    let mut blocks = blocks(text, source, findings);
    let rows = |block: &Block<'_>| block.grid.rows() - block.header();
    let (main, most) = blocks.iter().map(rows).enumerate().rev().max_by_key(|(_, rows)| *rows)?;
    let others: Vec<_> = blocks
        .iter()
        .enumerate()
        .filter(|(index, block)| *index != main && rows(block) > 1)
        .map(|(_, block)| block.grid.row_span(block.header()))
        .collect();
    let chosen = blocks.swap_remove(main);
    if let Some(other) = others.first() {
        let (tables, most) = (others.len() + 1, most.saturating_sub(1));
        findings.push(
            Finding::new(
                &CSV_SEVERAL_TABLES,
                chosen.grid.row_span(chosen.header()),
                words!(
                    "the file holds {tables} tables; this one is read, with {most} rows",
                    "el archivo contiene {tables} tablas; se lee esta, de {most} filas"
                ),
            )
            .also(*other, words!("another one", "otra"))
            .why(words!(
                "only the table with most rows is read; what the others say is not used",
                "solo se lee la tabla con más filas; lo que dicen las demás no se usa"
            ))
            .help(words!("put each table into a file of its own", "pon cada tabla en un archivo propio")),
        );
    }
    Some(chosen.table(findings))
}

struct Cutter<'t> {
    filling: Filling<'t>,
    blocks: Vec<Block<'t>>,
    /// Pieces of one cell a line: titles of the next block, should one begin.
    pending: Vec<Grid<'t>>,
    /// Comments above the next piece.
    comments: Vec<Spanned<String>>,
    /// What `sep=` says.
    declared: Option<u8>,
    /// After `sep=` a block begins whatever follows.
    begins: bool,
    samples: usize,
}

impl<'t> Cutter<'t> {
    fn rest(&self) -> &'t str {
        self.filling.text.get(self.filling.reader.at..).unwrap_or_default()
    }

    /// Reads blank lines, `sep=` and comments. Gives the place of a comment that stands directly above the next row.
    fn lead(&mut self) -> Option<usize> {
        let mut last = None;
        loop {
            let rest = self.rest();
            let at = self.filling.reader.at;
            let bare = rest.trim_start_matches([' ', '\t']);
            if let (Some(delimiter), length) = declared_delimiter(rest) {
                self.declared = Some(delimiter);
                self.begins = true;
                self.filling.reader.at += length;
            } else if bare.starts_with(['\n', '\r']) {
                self.filling.reader.at = at + (rest.len() - bare.len()) + 1;
                last = None;
            } else if rest.starts_with('#') && !self.is_row(rest) {
                let line = rest.split(['\n', '\r']).next().unwrap_or_default();
                let text = line.trim_start_matches('#').trim().to_owned();
                self.comments.push(Spanned::new(text, self.filling.grid().place(at..at + line.len())));
                let end = rest.get(line.len()..).unwrap_or_default();
                let end = if end.starts_with("\r\n") { 2 } else { end.len().min(1) };
                self.filling.reader.at = at + line.len() + end;
                last = Some(at);
            } else {
                return last;
            }
        }
    }

    /// Whether a line that begins with `#` is a row all the same: a hashtag in the first cell of the table above.
    fn is_row(&self, rest: &str) -> bool {
        let hashtag = !rest.starts_with("# ") && !rest.starts_with("##");
        hashtag && self.blocks.last().is_some_and(|block| self.fits(block, self.filling.reader.at))
    }

    /// Whether the line at a place has as many cells as the table above, and more than one.
    fn fits(&self, block: &Block<'_>, at: usize) -> bool {
        let width = self.cells_of_line(at, block.grid.delimiter as u8);
        width > 1 && width == block.grid.width(block.grid.rows().saturating_sub(1))
    }

    /// The number of cells of one line, read by itself.
    fn cells_of_line(&self, at: usize, delimiter: u8) -> usize {
        let mut reader = Reader::new(self.filling.text.as_bytes(), delimiter);
        (reader.at, reader.by_line) = (at, true);
        let mut cells = Vec::new();
        reader.row(&mut cells);
        cells.len()
    }

    fn delimiter(&mut self) -> u8 {
        if let Some(declared) = self.declared {
            return declared;
        }
        let above = self.blocks.last();
        let same =
            above.filter(|block| self.samples == MAX_SAMPLES || self.fits(block, self.filling.reader.at));
        if let Some(block) = same.filter(|_| self.pending.is_empty() || self.samples == MAX_SAMPLES) {
            return block.grid.delimiter as u8;
        }
        if self.samples == MAX_SAMPLES {
            return b',';
        }
        self.samples += 1;
        likely_delimiter(self.rest(), self.filling.reader.by_line, true)
    }

    /// Reads rows up to a blank line or a comment, and finds their place. `header` is a comment directly above that may be the header.
    fn piece(&mut self, header: Option<usize>, findings: &mut Vec<Finding>) {
        let mut start = self.filling.reader.at;
        self.filling.reader.delimiter = self.delimiter();
        let mut grid = self.rows(findings);
        if grid.rows() == 0 {
            return;
        }
        if let Some(header) = header {
            let width = self.cells_of_line(header, self.filling.reader.delimiter);
            if width > 1 && width == grid.width(0) && !is_header(&grid, 0) {
                self.comments.pop();
                self.filling.rewind(header, &grid);
                grid = self.rows(findings);
                start = header;
            }
        }
        let titles = titles(&grid);
        let above = self.blocks.last();
        if is_narrow(&grid, grid.rows()) {
            let has_figures = (0..grid.rows()).any(|row| has_figure(&grid, row));
            let is_list = grid.rows() > HEADER_ROWS || has_figures;
            if !is_list && above.is_none_or(|block| !is_narrow(&block.grid, 3)) {
                self.pending.push(grid);
                return;
            }
            // A table of one column: what looked like titles are its header and its first rows.
            if above.is_none() {
                self.pending.push(grid);
                self.begin_list();
                return;
            }
        }
        let begins = above.is_none_or(|block| {
            let last = block.grid.rows().saturating_sub(1);
            let differs = self.begins || titles > 0 || !self.pending.is_empty();
            // One row alone is no table: files with a blank line below every row have many of them.
            is_header(&grid, titles)
                && (differs || grid.rows() > titles + 1)
                && (differs || grid.width(titles) != block.grid.width(last) || has_figure(&block.grid, last))
        });
        if begins {
            self.begin(grid, titles);
        } else {
            self.go_on(start, grid, findings);
        }
    }

    /// The rows from here to a blank line, a line of empty cells or a comment.
    fn rows(&mut self, findings: &mut Vec<Finding>) -> Grid<'t> {
        let mut grid = self.filling.grid();
        while self.filling.row(&mut grid, findings) == Line::Row {
            let last = grid.rows() - 1;
            if grid.is_blank(last) {
                grid.truncate(last);
                break;
            }
            let at = self.filling.reader.at;
            let delimiter = self.filling.reader.delimiter;
            if self.rest().starts_with('#') && grid.width(0) > 1 && self.cells_of_line(at, delimiter) == 1 {
                break;
            }
        }
        grid
    }

    fn begin(&mut self, mut grid: Grid<'t>, titles: usize) {
        let line = |grid: &Grid<'t>, row: usize| {
            let column = (0..grid.width(row)).find(|column| !grid.text(row, *column).is_empty());
            let column = column.unwrap_or_default();
            Spanned::new(grid.text(row, column).into_owned(), grid.span(row, column))
        };
        let mut lines = Vec::new();
        for pending in self.pending.drain(..) {
            lines.extend((0..pending.rows()).map(|row| line(&pending, row)));
        }
        lines.extend((0..titles).map(|row| line(&grid, row)));
        grid.skip(titles);
        self.blocks.push(Block { titles: lines, comments: std::mem::take(&mut self.comments), grid });
        self.begins = false;
    }

    /// All pending pieces are one table.
    fn begin_list(&mut self) {
        let mut pieces = std::mem::take(&mut self.pending).into_iter();
        if let Some(mut grid) = pieces.next() {
            pieces.for_each(|piece| grid.append(piece));
            self.begin(grid, 0);
        }
    }

    /// The piece belongs to the table above, and so does what looked like a title between them.
    fn go_on(&mut self, start: usize, mut grid: Grid<'t>, findings: &mut Vec<Finding>) {
        let Some(block) = self.blocks.last() else { return };
        if block.grid.delimiter != grid.delimiter {
            self.filling.rewind(start, &grid);
            self.filling.reader.delimiter = block.grid.delimiter as u8;
            grid = self.rows(findings);
        }
        let Some(block) = self.blocks.last_mut() else { return };
        for pending in self.pending.drain(..).chain([grid]) {
            block.grid.append(pending);
        }
        block.comments.append(&mut self.comments);
    }

    fn end(mut self, findings: &mut Vec<Finding>) -> Vec<Block<'t>> {
        if self.blocks.is_empty() {
            self.begin_list();
        }
        match self.blocks.last_mut() {
            Some(block) => {
                self.pending.drain(..).for_each(|piece| block.grid.append(piece));
                block.comments.append(&mut self.comments);
            }
            None => findings.push(empty(self.filling.grid().place(0..0))),
        }
        let mut errors = Many::default();
        self.blocks.iter().for_each(|block| block.grid.tell_errors(&mut errors));
        findings.extend(errors.findings());
        self.blocks
    }
}

/// How many lines of one cell stand above what could be a header.
fn titles(grid: &Grid<'_>) -> usize {
    let first = (0..grid.rows().min(HEADER_ROWS)).find(|row| trimmed_width(grid, *row) > 1);
    first.filter(|row| is_header(grid, *row)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
