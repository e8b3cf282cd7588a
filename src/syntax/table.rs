//! CSV as downloaded from platforms and written by hand: cells with places, nothing guessed in silence.
//!
//! 1. [`grid`] finds the delimiter and divides the text into rows of cells; a cell is a range of the text, unescaped only when it is asked for.
//! 2. [`Table::new`] takes one row as header (exports have preambles, so it need not be the first) and checks the others against it.
//! 3. [`parse`] does both for a plain table; [`to_nodes`] makes entries of its rows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::tree::{Entry, Node, Style, Tree};
use crate::finding::{Code, Finding, Level};
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

/// The codes of this file.
pub static CODES: &[&Code] =
    &[&CSV_UNCLOSED_QUOTE, &CSV_RAGGED_ROW, &CSV_DUPLICATE_HEADER, &CSV_EMPTY, &CSV_LIMIT];

/// Longest text, in bytes.
const MAX_BYTES: usize = 50_000_000;
/// Most rows.
const MAX_ROWS: usize = 1_000_000;
/// Most cells: 8 bytes of memory each.
const MAX_CELLS: usize = 20_000_000;
/// Ragged rows that are told one by one.
const FEW: usize = 3;
/// Rows and bytes that the delimiter is judged by.
const SAMPLE_ROWS: usize = 30;
const SAMPLE_BYTES: usize = 64_000;
/// Delimiters, the most probable of equals first.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// A cell: where it stands, quotes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    start: u32,
    end: u32,
}

/// Rows of cells without a header. Blank lines are no rows.
#[derive(Clone, Debug)]
pub struct Grid<'t> {
    text: &'t str,
    source: SourceId,
    offset: usize,
    /// `,`, `;`, tab or `|`.
    pub delimiter: char,
    cells: Vec<Cell>,
    /// The number of the first cell of each row, and at the end that of all cells.
    rows: Vec<u32>,
}

impl<'t> Grid<'t> {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows.len().saturating_sub(1)
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

    /// The text of a cell without quotes and outer blanks; empty for a cell that is not there.
    pub fn text(&self, row: usize, column: usize) -> Cow<'t, str> {
        self.cell(row, column).map_or(Cow::Borrowed(""), |cell| unquoted(self.raw(cell)).0)
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

    fn raw(&self, cell: Cell) -> &'t str {
        self.text.get(cell.start as usize..cell.end as usize).unwrap_or_default()
    }

    fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.source, self.offset + range.start, self.offset + range.end)
    }
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
    grid(text, source, offset, findings).map(|grid| Table::new(grid, 0, findings))
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

/// Divides a text into rows and cells. `None` when there is no row or the text is too long.
pub fn grid<'t>(
    text: &'t str,
    source: SourceId,
    offset: usize,
    findings: &mut Vec<Finding>,
) -> Option<Grid<'t>> {
    let place = |range: Range<usize>| Span::new(source, offset + range.start, offset + range.end);
    if text.len() > MAX_BYTES {
        findings.push(limit(place(0..0), "bytes", "bytes", text.len(), MAX_BYTES));
        return None;
    }
    let (declared, start) = declared_delimiter(text);
    let delimiter = declared.unwrap_or_else(|| likely_delimiter(text.get(start..).unwrap_or_default()));
    let mut reader = Reader { text: text.as_bytes(), at: start, delimiter, by_line: false, unclosed: None };
    let mut grid =
        Grid { text, source, offset, delimiter: char::from(delimiter), cells: Vec::new(), rows: Vec::new() };
    let mut told = false;
    loop {
        let first = grid.cells.len();
        let more = reader.row(&mut grid.cells);
        if let Some(quote) = reader.unclosed.take().filter(|_| !told) {
            told = true;
            findings.push(unclosed(text, place, quote));
        }
        if !more {
            break;
        }
        // A line of blanks is one empty cell.
        if grid.cells.get(first..).is_some_and(|cells| matches!(cells, [cell] if cell.start == cell.end)) {
            grid.cells.truncate(first);
            continue;
        }
        if grid.rows.len() == MAX_ROWS || grid.cells.len() > MAX_CELLS {
            grid.cells.truncate(first);
            let at = place(first_byte(text, reader.at)..reader.at);
            findings.push(if grid.rows.len() == MAX_ROWS {
                limit(at, "rows", "filas", MAX_ROWS + 1, MAX_ROWS)
            } else {
                limit(at, "cells", "celdas", MAX_CELLS + 1, MAX_CELLS)
            });
            break;
        }
        grid.rows.push(u32::try_from(first).unwrap_or(u32::MAX));
    }
    if grid.rows.is_empty() {
        findings.push(
            Finding::new(&CSV_EMPTY, place(0..0), words!("the table has no rows", "la tabla no tiene filas"))
                .why(words!("nothing can be shown or counted from it", "no hay nada que mostrar ni contar"))
                .help(words!("export it anew, or delete the file", "vuelve a exportarla o borra el archivo")),
        );
        return None;
    }
    grid.rows.push(u32::try_from(grid.cells.len()).unwrap_or(u32::MAX));
    Some(grid)
}

/// The start of the line that ends before an offset.
fn first_byte(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
    before.rfind('\n').map_or(0, |newline| newline + 1)
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

/// The first line `sep=;` of spreadsheets, and where the table starts.
fn declared_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split('\n').next().unwrap_or_default();
    let bare = line.trim_end_matches('\r');
    let bare = bare.strip_prefix('"').and_then(|bare| bare.strip_suffix('"')).unwrap_or(bare);
    match bare
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .and_then(|_| bare.get(4..))
        .map(str::as_bytes)
    {
        Some(&[delimiter]) if delimiter.is_ascii() => (Some(delimiter), (line.len() + 1).min(text.len())),
        _ => (None, 0),
    }
}

/// The delimiter that divides the first rows most evenly.
fn likely_delimiter(text: &str) -> u8 {
    let mut best = (0, 0, 0);
    let mut likely = b',';
    for delimiter in DELIMITERS {
        let sample = text.as_bytes().get(..SAMPLE_BYTES).unwrap_or(text.as_bytes());
        let mut reader = Reader { text: sample, at: 0, delimiter, by_line: false, unclosed: None };
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        let mut header = None;
        let mut cells = Vec::new();
        for _ in 0..SAMPLE_ROWS {
            cells.clear();
            if !reader.row(&mut cells) {
                break;
            }
            if cells.len() > 1 {
                *widths.entry(cells.len()).or_default() += 1;
            }
            header.get_or_insert(cells.len());
        }
        // Most rows of one width, then agreement of the first row, then more columns.
        let score = widths
            .iter()
            .map(|(width, rows)| (*rows, usize::from(header == Some(*width)), *width))
            .max()
            .unwrap_or_default();
        if score > best {
            best = score;
            likely = delimiter;
        }
    }
    likely
}

/// Reads row by row. Every byte is looked at a bounded number of times, whatever the quotes.
struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    delimiter: u8,
    /// After a quote that is not closed, quotes hold within a line only.
    by_line: bool,
    /// Where a quote opened that is not closed.
    unclosed: Option<usize>,
}

impl Reader<'_> {
    /// Puts the cells of the next row to the list; `false` at the end.
    fn row(&mut self, cells: &mut Vec<Cell>) -> bool {
        if self.at >= self.text.len() {
            return false;
        }
        // Within one line, one quote that is not closed makes all the following ones letters.
        let mut letters = false;
        loop {
            let start = self.skip_blanks(self.at);
            let quoted = if self.byte(start) == Some(b'"') && !letters { self.quoted(start) } else { None };
            letters |= self.byte(start) == Some(b'"') && quoted.is_none();
            let end = match quoted {
                Some(end) => {
                    self.at = self.skip_blanks(end);
                    end
                }
                None => {
                    let is_end = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
                    let rest = self.text.get(start..).unwrap_or_default();
                    self.at = start + rest.iter().position(is_end).unwrap_or(rest.len());
                    self.trim_blanks(start, self.at)
                }
            };
            let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
            cells.push(Cell { start: narrow(start), end: narrow(end) });
            match self.byte(self.at) {
                Some(b'\r') if self.byte(self.at + 1) == Some(b'\n') => self.at += 2,
                Some(byte) if byte == self.delimiter => {
                    self.at += 1;
                    continue;
                }
                Some(_) => self.at += 1,
                None => {}
            }
            return true;
        }
    }

    /// The end of a quoted cell: behind a quote that a delimiter or a line end follows. Other quotes within belong to the text.
    fn quoted(&mut self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        let mut below = false;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'"' if self.byte(at + 1) == Some(b'"') => at += 1,
                b'"' => {
                    let after = self.byte(self.skip_blanks(at + 1));
                    if after.is_none_or(|after| after == self.delimiter || matches!(after, b'\n' | b'\r')) {
                        return Some(at + 1);
                    }
                    // In a line below a cell opens anew: so this one was never closed.
                    let before = self.byte(at - 1);
                    if below && before.is_some_and(|before| before == self.delimiter || before == b'\n') {
                        break;
                    }
                }
                b'\n' if self.by_line => return None,
                b'\n' => below = true,
                _ => {}
            }
            at += 1;
        }
        self.unclosed = Some(start);
        self.by_line = true;
        None
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }

    fn is_blank(&self, byte: u8) -> bool {
        byte == b' ' || (byte == b'\t' && self.delimiter != b'\t')
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(|byte| self.is_blank(byte)) {
            at += 1;
        }
        at
    }

    fn trim_blanks(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.byte(end - 1).is_some_and(|byte| self.is_blank(byte)) {
            end -= 1;
        }
        end
    }
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
