//! A matrix as a table: a text or a degree in every cell, or the names of things in the cell that two of their columns say (risks by likelihood and impact).

use super::columns::wrong;
use super::degree::{degree, ordered};
use super::html::{Cell, Grid, escaped};
use super::kind::{Along, Key, Kind, Picture, Takes};
use super::listing::Listing;
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading};
use crate::finding::{Code, Finding, Language, Level};
use crate::series::Column;
use crate::text::{Span, Spanned, capital, fold, nearest};
use crate::words;

/// A value that has no place in a matrix.
pub static OUTSIDE_MATRIX: Code =
    Code { id: "P532", name: "outside_matrix", level: Level::Error, since: "0.1.0" };

/// What `matrix` is.
pub(crate) static KIND: Kind = Kind {
    keys: &[
        Key { name: "name", spanish: "nombre", more: &[], takes: Takes::Text },
        Key { name: "rows", spanish: "filas", more: &[], takes: Takes::Texts },
        Key { name: "columns", spanish: "columnas", more: &[], takes: Takes::Texts },
        Key { name: "shade", spanish: "sombra", more: &["sombrear"], takes: Takes::Text },
    ],
    without: &["color", "target", "events", "unit", "decimals", "aggregate", "time_unit", "sort"],
    read: Some(read),
    sentences: Some(sentences),
    table: Some(|_, _, _| FigureTable::default()),
    ..Kind::drawn(&["matrix", "matriz"], Along::Names, Picture::Html(html))
};

/// Rows and columns that can still be read.
const MOST: usize = 60;

/// Texts in rows and columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// What the rows are; may be empty.
    pub corner: String,
    /// Headings above.
    pub columns: Vec<String>,
    /// Headings at the left.
    pub rows: Vec<String>,
    /// Row by row, the texts of each cell.
    pub cells: Vec<Vec<Vec<String>>>,
    /// Whether a cell has the more colour the higher it is in both headings, which are scales then, the greatest above and at the right.
    pub shaded: bool,
}

impl Board {
    /// How strong a cell is: by its place between two scales, or by the degree that it says.
    fn level(&self, row: usize, column: usize) -> Option<u8> {
        if self.shaded {
            let steps = (self.rows.len() + self.columns.len()).saturating_sub(2).max(1);
            let place = self.rows.len().saturating_sub(row + 1) + column;
            return u8::try_from((place * 8 + steps) / (steps * 2)).ok();
        }
        match self.cells.get(row)?.get(column)?.as_slice() {
            [only] => degree(only),
            _ => None,
        }
    }

    /// Whether every text in the cells is a word of degree.
    fn degrees(&self) -> bool {
        let mut texts = self.cells.iter().flatten().flatten().peekable();
        !self.shaded && texts.peek().is_some() && texts.all(|text| degree(text).is_some())
    }

    /// The lines of a file, headings first.
    pub(crate) fn lines(&self) -> Vec<Vec<String>> {
        let mut lines =
            vec![std::iter::once(self.corner.clone()).chain(self.columns.iter().cloned()).collect()];
        for (row, cells) in self.rows.iter().zip(&self.cells) {
            let texts = cells.iter().map(|texts| texts.join("; "));
            lines.push(std::iter::once(row.clone()).chain(texts).collect());
        }
        lines
    }
}

fn read(reading: &mut Reading) -> Option<ChartData> {
    let board = match reading.spec.y.first() {
        Some(y) => placed(reading, y)?,
        None => wide(reading)?,
    };
    Some(ChartData::Listing(Listing::Board(board)))
}

/// The first column names the rows, the others are the columns.
fn wide(reading: &mut Reading) -> Option<Board> {
    let x = reading.x()?;
    let others: Vec<&Column> =
        reading.columns.iter().filter(|column| column.name.span != x.name.span).collect();
    if others.is_empty() {
        reading.findings.push(
            wrong(x.name.span, words!("a matrix needs a column beside that of its rows", "una matriz necesita alguna columna además de la de sus filas"))
                .help(words!(
                    "add columns to the file, or name two columns of the things to place: `x: impact`, `y: likelihood`",
                    "añade columnas al archivo o nombra dos columnas de lo que hay que colocar: `x: impacto`, `y: probabilidad`"
                )),
        );
        return None;
    }
    let cell = |column: &Column, row: usize| {
        let text = column.cells.get(row).map(|(text, _)| text.trim()).unwrap_or_default();
        if text.is_empty() { Vec::new() } else { vec![text.to_owned()] }
    };
    let rows = x.cells.iter().enumerate().filter(|(_, (text, _))| !text.trim().is_empty());
    let (names, cells) = rows
        .map(|(row, (name, _))| {
            let cells: Vec<Vec<String>> = others.iter().map(|column| cell(column, row)).collect();
            (reading.spec.shown(name), cells)
        })
        .unzip();
    let columns = others.iter().map(|column| reading.spec.shown(&column.name.value)).collect();
    Some(Board { corner: reading.spec.shown(&x.name.value), columns, rows: names, cells, shaded: false })
}

/// Things in the cell that their columns `x` and `y` say.
fn placed(reading: &mut Reading, y: &Spanned<String>) -> Option<Board> {
    let (x, y) = (reading.x()?, reading.column(y)?);
    let own = [x.name.span, y.name.span];
    let name = match reading.spec.own_text("name") {
        Some(name) => reading.column(name)?,
        None => match reading.columns.iter().find(|column| !own.contains(&column.name.span)) {
            Some(column) => column,
            None => {
                reading.findings.push(
                    wrong(
                        y.name.span,
                        words!(
                            "no column is left for what stands in the cells",
                            "no queda ninguna columna para lo que va en las celdas"
                        ),
                    )
                    .help(words!(
                        "add a column with names to the file",
                        "añade al archivo una columna con nombres"
                    )),
                );
                return None;
            }
        },
    };
    let (columns, across) = headings(reading, x, "columns");
    let (mut rows, up) = headings(reading, y, "rows");
    let shaded = shaded(reading, across && up);
    if up && reading.spec.own_texts("rows").is_empty() {
        rows.reverse();
    }
    let mut cells = vec![vec![Vec::new(); columns.len()]; rows.len()];
    let items = name.cells.iter().zip(&x.cells).zip(&y.cells);
    for (((name, _), (across, across_place)), (up, up_place)) in items {
        if name.trim().is_empty() {
            continue;
        }
        let column = place(reading, &columns, across, *across_place);
        let row = place(reading, &rows, up, *up_place);
        let (Some(column), Some(row)) = (column, row) else { continue };
        if let Some(cell) = cells.get_mut(row).and_then(|row| row.get_mut(column)) {
            cell.push(reading.spec.shown(name));
        }
    }
    let (rows_are, columns_are) = (reading.spec.shown(&y.name.value), reading.spec.shown(&x.name.value));
    Some(Board { corner: format!("{rows_are} ↓ {columns_are} →"), columns, rows, cells, shaded })
}

/// Whether cells are shaded: when the author asks for it and both sides are scales.
fn shaded(reading: &mut Reading, scales: bool) -> bool {
    let Some(asked) = reading.spec.own_text("shade") else { return false };
    if ["no", "none", "ninguna", "false"].contains(&fold(&asked.value).as_str()) {
        return false;
    }
    if !scales {
        reading.findings.push(
            wrong(asked.span, words!("rows and columns are no scales, so no cell is higher than another", "las filas y las columnas no son escalas: ninguna celda es más alta que otra"))
                .why(words!("the matrix is shown without shades", "la matriz se muestra sin sombras"))
                .help(words!(
                    "use whole numbers or words such as low, medium, high; `rows:` from above, the highest first, `columns:` the lowest first",
                    "usa números enteros o palabras como baja, media, alta; `filas:` desde arriba, la más alta primero; `columnas:`, la más baja primero"
                )),
        );
    }
    scales
}

/// The names along one side: those of the key, else those in the column, from the least to the most where they are a scale. And whether they are one.
fn headings(reading: &Reading, column: &Column, key: &str) -> (Vec<String>, bool) {
    let given = reading.spec.own_texts(key);
    if !given.is_empty() {
        let names: Vec<String> = given.iter().map(|name| name.value.clone()).collect();
        // Rows are written as they stand, from above: a scale falls.
        let mut rising = names.clone();
        if key == "rows" {
            rising.reverse();
        }
        let scale = ordered(&names).is_some_and(|ordered| ordered == rising);
        return (names, scale);
    }
    let mut names: Vec<String> = Vec::new();
    for (text, _) in &column.cells {
        let name = text.trim();
        if !name.is_empty() && !names.iter().any(|known| fold(known) == fold(name)) && names.len() < MOST {
            names.push(capital(name));
        }
    }
    match ordered(&names) {
        Some(ordered) => (ordered, true),
        None => (names, false),
    }
}

/// Where a value belongs along one side; a finding when nowhere.
fn place(reading: &mut Reading, names: &[String], value: &str, place: Span) -> Option<usize> {
    let folded = fold(value);
    let found = names.iter().position(|name| fold(name) == folded);
    if found.is_none() {
        let (value, list) = (value.trim(), names.join(", "));
        let message = if value.is_empty() {
            words!("this row says no place in the matrix", "esta fila no dice su sitio en la matriz")
        } else {
            words!("the matrix has no place for `{value}`", "la matriz no tiene sitio para `{value}`")
        };
        reading.findings.push(
            Finding::new(&OUTSIDE_MATRIX, place, message)
                .why(words!("the row is left out", "la fila queda fuera"))
                .help(words!("write one of: {list}", "escribe uno de estos: {list}"))
                .suggest(nearest(value, names.iter().map(String::as_str))),
        );
    }
    found
}

const LEVELS: [&str; 5] = ["h0", "h1", "h2", "h3", "h4"];

fn html(spec: &ChartSpec, data: &ChartData, _: &dyn Figures, _: &str) -> String {
    let ChartData::Listing(Listing::Board(board)) = data else { return String::new() };
    let cell = |row: usize, column: usize, texts: &Vec<String>| {
        let level = board.level(row, column).and_then(|level| LEVELS.get(usize::from(level)).copied());
        let html = match texts.as_slice() {
            [] => String::new(),
            [only] => escaped(&capital(only)),
            several => {
                let items: String =
                    several.iter().map(|text| format!("<li>{}</li>", escaped(text))).collect();
                format!("<ul>{items}</ul>")
            }
        };
        Cell { class: level.unwrap_or_default(), html }
    };
    let cells: Vec<Vec<Cell>> = board
        .cells
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(row, cells)| {
            cells.iter().take(MOST).enumerate().map(|(column, texts)| cell(row, column, texts)).collect()
        })
        .collect();
    let names = |names: &[String]| names.iter().take(MOST).map(|name| escaped(name)).collect::<Vec<String>>();
    let class = if board.shaded || board.degrees() { "heat board" } else { "board" };
    let grid = Grid {
        class,
        title: &spec.title,
        corner: &board.corner,
        columns: &names(&board.columns),
        rows: &names(&board.rows),
        cells: &cells,
    };
    format!("<div class=\"chart-box\">{}</div>", grid.html())
}

fn sentences(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let language = words.language();
    let ChartData::Listing(Listing::Board(board)) = data else { return Vec::new() };
    let (rows, columns) = (board.rows.len(), board.columns.len());
    let filled = board.cells.iter().flatten().filter(|texts| !texts.is_empty()).count();
    let all = rows * columns;
    if !board.shaded {
        let mut said = vec![match language {
            Language::English => {
                format!("{rows} rows by {columns} columns; {filled} of {all} cells are filled.")
            }
            Language::Spanish => {
                format!("{rows} filas por {columns} columnas; {filled} de {all} celdas tienen algo.")
            }
        }];
        if board.degrees() {
            said.extend(count_of_degrees(board));
        }
        return said;
    }
    let count = board.cells.iter().flatten().map(Vec::len).sum::<usize>();
    let mut said = vec![match language {
        Language::English => {
            format!(
                "{count} in all, in {filled} of {all} cells. The stronger the colour of a cell, the higher in both."
            )
        }
        Language::Spanish => {
            format!(
                "{count} en total, en {filled} de {all} celdas. Cuanto más color tiene una celda, más alta está en las dos escalas."
            )
        }
    }];
    let filled = board.cells.iter().enumerate().flat_map(|(row, cells)| {
        let filled = cells.iter().enumerate().filter(|(_, texts)| !texts.is_empty());
        filled.map(move |(column, texts)| (rows.saturating_sub(row + 1) + column, texts.join(", ")))
    });
    let highest = filled.reduce(|a, b| match b.0.cmp(&a.0) {
        std::cmp::Ordering::Greater => b,
        std::cmp::Ordering::Equal => (a.0, format!("{}, {}", a.1, b.1)),
        std::cmp::Ordering::Less => a,
    });
    if let Some((_, names)) = highest {
        said.push(match language {
            Language::English => format!("Highest: {names}."),
            Language::Spanish => format!("Lo más alto: {names}."),
        });
    }
    said
}

/// `Alta: 3; media: 2.`, from the highest.
fn count_of_degrees(board: &Board) -> Option<String> {
    let mut counts: Vec<(u8, &str, usize)> = Vec::new();
    for text in board.cells.iter().flatten().flatten() {
        let folded = fold(text);
        match counts.iter_mut().find(|(_, known, _)| fold(known) == folded) {
            Some((.., count)) => *count += 1,
            None => counts.push((degree(text)?, text, 1)),
        }
    }
    counts.sort_by_key(|(degree, ..)| std::cmp::Reverse(*degree));
    let counts: Vec<String> = counts.iter().map(|(_, text, count)| format!("{text}: {count}")).collect();
    Some(capital(&format!("{}.", counts.join("; "))))
}
