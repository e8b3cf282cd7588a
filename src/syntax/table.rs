//! CSV as downloaded from platforms and written by hand: cells with places, nothing guessed in silence.
//!
//! 1. A [`Grid`] is rows of cells; a cell is a range of the text, unescaped only when it is asked for. [`blocks`](super::blocks()) finds the grids of an export, [`parse`] takes a text as one.
//! 2. [`Table::new`] takes one row as header (exports have preambles, so it need not be the first) and checks the others against it.
//! 3. [`to_nodes`] makes entries of the rows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::rows::{Cell, Reader, declared_delimiter, likely_delimiter};
use super::tree::{Entry, Node, Style, Tree};
use crate::finding::{Code, Finding, Level, Many};
use crate::text::{SourceId, Span, Spanned};
use crate::words;

/// A quoted cell that does not end.
pub static CSV_UNCLOSED_QUOTE: Code =
    Code { id: "P401", name: "csv_unclosed_quote", level: Level::Error, since: "0.1.0" };
/// A row with more or fewer cells than the header: an error when values would land in no column, else a warning.
pub static CSV_RAGGED_ROW: Code =
    Code { id: "P402", name: "csv_ragged_row", level: Level::Error, since: "0.1.0" };
/// Two columns with one name.
pub static CSV_DUPLICATE_HEADER: Code =
    Code { id: "P403", name: "csv_duplicate_header", level: Level::Warning, since: "0.1.0" };
/// No row at all.
pub static CSV_EMPTY: Code = Code { id: "P404", name: "csv_empty", level: Level::Warning, since: "0.1.0" };
/// Too long, too many rows or cells.
pub static CSV_LIMIT: Code = Code { id: "P405", name: "csv_limit", level: Level::Error, since: "0.1.0" };

/// `#REF!` and its like where a value should be.
pub static ERROR_CELL: Code = Code { id: "P427", name: "error_cell", level: Level::Warning, since: "0.1.0" };

/// The codes of this file.
pub static CODES: &[&Code] =
    &[&CSV_UNCLOSED_QUOTE, &CSV_RAGGED_ROW, &CSV_DUPLICATE_HEADER, &CSV_EMPTY, &CSV_LIMIT, &ERROR_CELL];

/// Longest text, in bytes.
const MAX_BYTES: usize = 50_000_000;
/// Most rows.
const MAX_ROWS: usize = 1_000_000;
/// Most cells: 8 bytes of memory each.
const MAX_CELLS: usize = 20_000_000;
/// Ragged rows that are told one by one.
const FEW: usize = 3;

/// Rows of cells without a header. Blank lines are no rows.
#[derive(Clone, Debug)]
pub struct Grid<'t> {
    text: &'t str,
    source: SourceId,
    offset: usize,
    /// `,`, `;`, tab or `|`.
    pub delimiter: char,
    cells: Vec<Cell>,
    /// The number of the first cell of each row.
    rows: Vec<u32>,
}

impl<'t> Grid<'t> {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    fn cells(&self, row: usize) -> Range<usize> {
        let bound = |row: usize| self.rows.get(row).map_or(self.cells.len(), |cell| *cell as usize);
        bound(row)..bound(row + 1)
    }

    /// How many cells a row has; 0 for a row that is not there.
    pub fn width(&self, row: usize) -> usize {
        self.cells(row).len()
    }

    fn cell(&self, row: usize, column: usize) -> Option<Cell> {
        let cells = self.cells(row);
        self.cells.get(cells.start + column).copied().filter(|_| column < cells.len())
    }

    /// The text of a cell without quotes and outer blanks; empty for a cell that is not there, and for one that holds an error of a spreadsheet.
    pub fn text(&self, row: usize, column: usize) -> Cow<'t, str> {
        let text = self.cell(row, column).map_or(Cow::Borrowed(""), |cell| unquoted(self.raw(cell)).0);
        match text {
            text if is_error_value(&text) => Cow::Borrowed(""),
            // A byte order mark in the middle comes with files that were put together.
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
            owned => owned,
        }
    }

    /// Tells the cells that hold an error of a spreadsheet.
    pub(super) fn tell_errors(&self, findings: &mut Many) {
        let bytes = self.text.as_bytes();
        for row in 0..self.rows() {
            for (column, cell) in self.cells.get(self.cells(row)).unwrap_or_default().iter().enumerate() {
                let first = bytes.get(cell.start as usize);
                if !matches!(first, Some(b'#' | b'"')) {
                    continue;
                }
                let (text, _) = unquoted(self.raw(*cell));
                if is_error_value(&text) {
                    findings.push(|| error_cell(self.span(row, column), column, &text));
                }
            }
        }
    }

    /// Whether a cell was written in quotes.
    pub fn is_quoted(&self, row: usize, column: usize) -> bool {
        self.cell(row, column).is_some_and(|cell| unquoted(self.raw(cell)).1)
    }

    /// Where a cell stands, quotes included; the end of the row for a cell that is not there.
    pub fn span(&self, row: usize, column: usize) -> Span {
        match self.cell(row, column) {
            Some(cell) => self.place(cell.start as usize..cell.end as usize),
            None => {
                let end = self.row_span(row).end as usize - self.offset;
                self.place(end..end)
            }
        }
    }

    /// Where a row stands, from its first cell to its last; the end of the text for a row that is not there.
    pub fn row_span(&self, row: usize) -> Span {
        let cells = self.cells(row);
        match self.cells.get(cells).and_then(|cells| Some((cells.first()?, cells.last()?))) {
            Some((first, last)) => self.place(first.start as usize..last.end as usize),
            None => self.place(self.text.len()..self.text.len()),
        }
    }

    /// Whether all cells of a row are empty.
    pub fn is_blank(&self, row: usize) -> bool {
        (0..self.width(row)).all(|column| self.text(row, column).is_empty())
    }

    /// Leaves the first rows out.
    pub(super) fn skip(&mut self, rows: usize) {
        self.rows.drain(..rows.min(self.rows.len()));
    }

    /// Leaves all rows from this one on out.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.cells.truncate(self.cells(rows).start);
        self.rows.truncate(rows);
    }

    /// Puts the rows of a later piece of the same text below.
    pub(super) fn append(&mut self, below: Grid<'t>) {
        let shift = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        self.cells.extend(below.cells);
        self.rows.extend(below.rows.iter().map(|first| first.saturating_add(shift)));
    }

    fn raw(&self, cell: Cell) -> &'t str {
        self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }

    pub(super) fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.offset + range.start, self.offset + range.end)
    }
}

/// Whether a cell says that a spreadsheet could not compute it or had no room to show it: `#REF!`, `#¡DIV/0!`, `#####`.
pub fn is_error_value(text: &str) -> bool {
    const ERRORS: [&str; 20] = [
        "REF!",
        "N/A",
        "DIV/0!",
        "VALUE!",
        "NAME?",
        "NUM!",
        "NULL!",
        "DATA!",
        "SPILL!",
        "CALC!",
        "GETTING_DATA",
        "N/D",
        "¡REF!",
        "¡DIV/0!",
        "¡VALOR!",
        "¿NOMBRE?",
        "¡NUM!",
        "¡NULO!",
        "ERROR!",
        "FIELD!",
    ];
    let Some(rest) = text.strip_prefix('#') else { return false };
    ERRORS.iter().any(|error| rest.eq_ignore_ascii_case(error))
        || (rest.len() >= 3 && rest.bytes().all(|byte| byte == b'#'))
}

fn error_cell(span: Span, column: usize, text: &str) -> Finding {
    let letters = letters(column);
    Finding::new(
        &ERROR_CELL,
        span,
        words!(
            "the spreadsheet could not show this value: `{text}` in column {letters}",
            "la hoja de cálculo no pudo mostrar este valor: `{text}` en la columna {letters}"
        ),
    )
    .why(words!("it is read as missing", "se lee como si faltara"))
    .help(words!(
        "mend the formula, or make the column wider, and save the file again",
        "corrige la fórmula o ensancha la columna y vuelve a guardar el archivo"
    ))
}

/// The name of a column in a spreadsheet: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}

/// The text in a cell, and whether it was quoted.
fn unquoted(raw: &str) -> (Cow<'_, str>, bool) {
    match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) if inner.contains("\"\"") => (Cow::Owned(inner.replace("\"\"", "\"")), true),
        Some(inner) => (Cow::Borrowed(inner), true),
        None => (Cow::Borrowed(raw), false),
    }
}

/// A table with a header.
#[derive(Clone, Debug)]
pub struct Table<'t> {
    /// Names of the columns, unique: a repeated one has `#2`, one without a name is `#` and its number.
    pub columns: Vec<Spanned<String>>,
    /// All rows of the text, header included.
    pub grid: Grid<'t>,
    /// The rows below the header, as rows of the grid.
    pub rows: Range<usize>,
}

impl<'t> Table<'t> {
    /// The table below a row of the grid. Rows that do not fit the header become findings.
    pub fn new(grid: Grid<'t>, header: usize, findings: &mut Vec<Finding>) -> Self {
        let rows = header.saturating_add(1).min(grid.rows())..grid.rows();
        let columns = columns(&grid, header, findings);
        ragged(&grid, rows.clone(), columns.len(), findings);
        Self { columns, grid, rows }
    }

    /// How many rows stand below the header.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row stands below the header.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The text of a cell, rows counted below the header from 0.
    pub fn text(&self, row: usize, column: usize) -> Cow<'t, str> {
        self.grid.text(self.rows.start.saturating_add(row), column)
    }

    /// Where a cell stands, rows counted below the header from 0.
    pub fn span(&self, row: usize, column: usize) -> Span {
        self.grid.span(self.rows.start.saturating_add(row), column)
    }

    /// Where a row stands, counted below the header from 0.
    pub fn row_span(&self, row: usize) -> Span {
        self.grid.row_span(self.rows.start.saturating_add(row))
    }

    /// The number of the column with exactly this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.value == name)
    }
}

/// Reads a table whose first row is the header. `text` stands at byte `offset` of its source. `None` when there is no row.
pub fn parse<'t>(
    text: &'t str,
    source: SourceId,
    offset: usize,
    findings: &mut Vec<Finding>,
) -> Option<Table<'t>> {
    let grid = grid(text, source, offset, findings)?;
    let mut errors = Many::default();
    grid.tell_errors(&mut errors);
    findings.extend(errors.findings());
    Some(Table::new(grid, 0, findings))
}

/// The rows of the table as a list of maps: header and text, empty cells and rows left out. So a list of entries can be written as CSV.
pub fn to_nodes(table: &Table<'_>) -> Node {
    let item = |row: usize| {
        let entries: Vec<Entry> = table
            .columns
            .iter()
            .enumerate()
            .filter_map(|(column, key)| {
                let text = table.grid.text(row, column);
                let style = if table.grid.is_quoted(row, column) { Style::Quoted } else { Style::Plain };
                let tree = Tree::Scalar(text.into_owned(), style);
                let value = Node { span: table.grid.span(row, column), tree };
                value.text().is_some_and(|text| !text.is_empty()).then(|| Entry { key: key.clone(), value })
            })
            .collect();
        (!entries.is_empty()).then(|| Node { span: table.grid.row_span(row), tree: Tree::Map(entries) })
    };
    let whole = table.grid.place(0..table.grid.text.len());
    Node { span: whole, tree: Tree::List(table.rows.clone().filter_map(item).collect()) }
}

/// Divides a text into rows and cells, blank lines left out. `None` when there is no row or the text is too long.
fn grid<'t>(text: &'t str, source: SourceId, offset: usize, findings: &mut Vec<Finding>) -> Option<Grid<'t>> {
    let mut filling = Filling::new(text, source, offset, findings)?;
    let (declared, start) = declared_delimiter(text);
    filling.reader.at = start;
    filling.reader.delimiter =
        declared.unwrap_or_else(|| likely_delimiter(text.get(start..).unwrap_or_default(), false, false));
    let mut grid = filling.grid();
    while filling.row(&mut grid, findings) != Line::End {}
    if grid.rows() == 0 {
        findings.push(empty(grid.place(0..0)));
        return None;
    }
    Some(grid)
}

/// What a line of a text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A row, put to the grid.
    Row,
    /// Nothing but blanks.
    Blank,
    /// The end of the text, or of what the limits allow.
    End,
}

/// Fills grids from one text within the limits of all of them.
pub(super) struct Filling<'t> {
    pub(super) text: &'t str,
    source: SourceId,
    offset: usize,
    pub(super) reader: Reader<'t>,
    rows: usize,
    cells: usize,
    told: bool,
}

impl<'t> Filling<'t> {
    /// At the start of a text; `None` when it is too long.
    pub(super) fn new(
        text: &'t str,
        source: SourceId,
        offset: usize,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        if text.len() > MAX_BYTES {
            findings.push(limit(Span::new(source, offset, offset), "bytes", "bytes", text.len(), MAX_BYTES));
            return None;
        }
        let reader = Reader::new(text.as_bytes(), b',');
        Some(Self { text, source, offset, reader, rows: 0, cells: 0, told: false })
    }

    /// A grid without rows, with the delimiter of the reader.
    pub(super) fn grid(&self) -> Grid<'t> {
        Grid {
            text: self.text,
            source: self.source,
            offset: self.offset,
            delimiter: char::from(self.reader.delimiter),
            cells: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Reads the next line into the grid.
    pub(super) fn row(&mut self, grid: &mut Grid<'t>, findings: &mut Vec<Finding>) -> Line {
        let (first, start) = (grid.cells.len(), self.reader.at);
        let more = self.reader.row(&mut grid.cells);
        if let Some(quote) = self.reader.unclosed.take().filter(|_| !self.told) {
            self.told = true;
            findings.push(unclosed(self.text, |range| grid.place(range), quote));
        }
        if !more {
            return Line::End;
        }
        let cells = grid.cells.len() - first;
        // A line of blanks is one empty cell.
        if cells == 1 && grid.cells.last().is_some_and(|cell| cell.start == cell.end) {
            grid.cells.truncate(first);
            return Line::Blank;
        }
        self.rows += 1;
        self.cells += cells;
        if self.rows > MAX_ROWS || self.cells > MAX_CELLS {
            grid.cells.truncate(first);
            let at = grid.place(start..self.reader.at);
            findings.push(if self.rows > MAX_ROWS {
                limit(at, "rows", "filas", self.rows, MAX_ROWS)
            } else {
                limit(at, "cells", "celdas", self.cells, MAX_CELLS)
            });
            self.reader.at = self.text.len();
            return Line::End;
        }
        grid.rows.push(u32::try_from(first).unwrap_or(u32::MAX));
        Line::Row
    }

    /// Goes back to where a grid begins, as if its rows had not been read.
    pub(super) fn rewind(&mut self, to: usize, grid: &Grid<'_>) {
        self.reader.at = to;
        self.rows -= grid.rows();
        self.cells -= grid.cells.len();
    }
}

pub(super) fn empty(place: Span) -> Finding {
    Finding::new(&CSV_EMPTY, place, words!("the table has no rows", "la tabla no tiene filas"))
        .why(words!("nothing can be shown or counted from it", "no hay nada que mostrar ni contar"))
        .help(words!("export it anew, or delete the file", "vuelve a exportarla o borra el archivo"))
}

fn limit(span: Span, en: &str, es: &str, measured: usize, limit: usize) -> Finding {
    Finding::new(
        &CSV_LIMIT,
        span,
        words!("too much for one table: {measured} {en}", "demasiado para una sola tabla: {measured} {es}"),
    )
    .why(words!(
        "the limit is {limit} {en}; what follows is not read",
        "el límite es de {limit} {es}; lo que sigue no se lee"
    ))
    .help(words!(
        "export a shorter period, or divide the file by years",
        "exporta un periodo más corto o divide el archivo por años"
    ))
}

fn unclosed(text: &str, place: impl Fn(Range<usize>) -> Span, quote: usize) -> Finding {
    let rest = text.get(quote..).unwrap_or_default();
    let line = rest.split(['\r', '\n']).next().unwrap_or_default();
    Finding::new(
        &CSV_UNCLOSED_QUOTE,
        place(quote..quote + line.len()),
        words!("a quoted cell is not closed", "una celda entre comillas no se cierra"),
    )
    .mark(words!("the quote opens here", "las comillas se abren aquí"))
    .why(words!(
        "all rows below would be one single cell; from here on each line was read by itself",
        "todas las filas siguientes serían una sola celda; desde aquí cada línea se ha leído por separado"
    ))
    .help(words!(
        "close the cell with `\"`; a quote within a quoted cell is written twice: `\"\"`",
        "cierra la celda con `\"`; unas comillas dentro de una celda entrecomillada se escriben dobles: `\"\"`"
    ))
}

fn columns(grid: &Grid<'_>, header: usize, findings: &mut Vec<Finding>) -> Vec<Spanned<String>> {
    let mut width = grid.width(header);
    // Delimiters at the end of the header, with nothing in them.
    while width > 0 && grid.text(header, width - 1).is_empty() {
        width -= 1;
    }
    let mut times: BTreeMap<String, (usize, Span)> = BTreeMap::new();
    let mut columns = Vec::with_capacity(width);
    for column in 0..width {
        let span = grid.span(header, column);
        let name = grid.text(header, column).trim().to_owned();
        if name.is_empty() {
            columns.push(Spanned::new(format!("#{}", column + 1), span));
            continue;
        }
        let (count, first) = times.entry(name.clone()).or_insert((0, span));
        *count += 1;
        if *count == 1 {
            columns.push(Spanned::new(name, span));
            continue;
        }
        let unique = format!("{name}#{count}");
        findings.push(
            Finding::new(
                &CSV_DUPLICATE_HEADER,
                span,
                words!("the column `{name}` is there twice", "la columna `{name}` aparece dos veces"),
            )
            .also(*first, words!("the first one", "la primera"))
            .why(words!(
                "one cannot tell which of the two is meant; this one is called `{unique}` here",
                "no se sabe a cuál de las dos se refiere; esta se llama aquí `{unique}`"
            ))
            .help(words!("give one of them another name", "da otro nombre a una de ellas")),
        );
        columns.push(Spanned::new(unique, span));
    }
    columns
}

fn ragged(grid: &Grid<'_>, rows: Range<usize>, columns: usize, findings: &mut Vec<Finding>) {
    let mut told = 0;
    let mut further: Option<(Span, usize)> = None;
    for row in rows {
        let mut width = grid.width(row);
        while width > columns && grid.text(row, width - 1).is_empty() {
            width -= 1;
        }
        if width == columns || grid.is_blank(row) {
            continue;
        }
        told += 1;
        if told > FEW {
            let (_, count) = further.get_or_insert((grid.row_span(row), 0));
            *count += 1;
            continue;
        }
        let finding = Finding::new(
            &CSV_RAGGED_ROW,
            grid.row_span(row),
            words!(
                "the row has {width} cells, the header {columns}",
                "la fila tiene {width} celdas y la cabecera {columns}"
            ),
        );
        let delimiter = grid.delimiter;
        findings.push(if width > columns {
            finding
                .why(words!(
                    "the values of this row have slipped into wrong columns, or stand in none",
                    "los valores de esta fila han pasado a columnas que no son, o no están en ninguna"
                ))
                .help(words!(
                    "put a text that holds `{delimiter}` in double quotes",
                    "pon entre comillas dobles el texto que contiene `{delimiter}`"
                ))
        } else {
            finding
                .level(Level::Warning)
                .why(words!(
                    "the missing cells are read as empty",
                    "las celdas que faltan se leen como vacías"
                ))
                .help(words!(
                    "add the missing `{delimiter}`, or delete the row if it is no part of the table",
                    "añade los `{delimiter}` que faltan, o borra la fila si no forma parte de la tabla"
                ))
        });
    }
    if let Some((span, count)) = further {
        findings.push(
            Finding::new(
                &CSV_RAGGED_ROW,
                span,
                words!(
                    "{count} further rows have more or fewer cells than the header, from here on",
                    "otras {count} filas tienen más o menos celdas que la cabecera, a partir de aquí"
                ),
            )
            .help(words!(
                "see whether the header belongs to this table, and whether texts with the delimiter are in quotes",
                "comprueba si la cabecera corresponde a esta tabla y si los textos con el separador van entre comillas"
            )),
        );
    }
}

#[cfg(test)]
mod tests;
