//! A heatmap as a table: day × hour, or any two columns of names; every cell has its number and one of five levels.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::calendar::weekdays;
use super::data::{CategoryData, Values};
use super::describe::{figure, no_data};
use super::html::{Cell, Grid, escaped, transposed};
use super::kind::{Along, Kind, Picture};
use super::level::Levels;
use super::listing::Listing;
use super::scale::Notation;
use super::text::width;
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading};
use crate::finding::{Code, Finding, Language, Level};
use crate::series::{Aggregate, Column, dates, looks_like_dates, numbers};
use crate::text::{Span, capital};
use crate::words;

/// Several rows of the data in one cell of a heatmap, and no word on how they become one value.
pub static CROWDED_CELL: Code =
    Code { id: "P540", name: "crowded_cell", level: Level::Warning, since: "0.1.0" };

/// What `heatmap` is.
pub(crate) static KIND: Kind = Kind {
    without: &["target", "events", "sort", "time_unit"],
    read: Some(read),
    sentences: Some(sentences),
    table: Some(|_, _, _| FigureTable::default()),
    ..Kind::drawn(&["heatmap", "mapa_de_calor", "calor"], Along::Names, Picture::Html(html))
};

/// Rows and columns of a table that can still be read.
const MOST: usize = 60;

/// More columns than this are too many for a telephone: there, the table is turned over.
const NARROW_COLUMNS: usize = 8;

/// The least width in px of a page's column that is not narrow.
const ROOM: f64 = 576.0;

const LEVELS: [&str; 5] = ["h0", "h1", "h2", "h3", "h4"];

fn html(spec: &ChartSpec, data: &ChartData, words: &dyn Figures, _: &str) -> String {
    let by_day = matches!(data, ChartData::Listing(_));
    let Some(data) = named(data, words.language()) else { return String::new() };
    let data = data.as_ref();
    let values = || data.values.iter().flat_map(|column| column.values.iter().copied().flatten());
    let levels = Levels::of(values());
    let decimals = data.values.iter().map(|column| column.decimals).max().unwrap_or(0);
    let unit = data.values.first().map(|column| column.unit.as_str()).unwrap_or_default();
    let write =
        |value: f64| Notation::new(value, decimals, if unit == "%" { unit } else { "" }).write(value, words);
    let columns: Vec<String> = data.values.iter().take(MOST).map(|column| escaped(&column.name)).collect();
    let short = |(name, short): (&String, &str)| format!("<abbr title=\"{}\">{short}</abbr>", escaped(name));
    let rows: Vec<String> = match by_day {
        true => data.names.iter().zip(short_weekdays(words.language())).map(short).collect(),
        false => data.names.iter().take(MOST).map(|name| escaped(name)).collect(),
    };
    let cell = |value: Option<f64>| match value {
        Some(value) => {
            let class = LEVELS.get(usize::from(levels.level(value))).copied().unwrap_or_default();
            Cell { class, html: escaped(&write(value)) }
        }
        None => Cell::default(),
    };
    let cells: Vec<Vec<Cell>> = (0..rows.len())
        .map(|row| {
            let columns = data.values.iter().take(MOST);
            columns.map(|column| cell(column.values.get(row).copied().flatten())).collect()
        })
        .collect();
    let grid = |class| {
        Grid { class, title: &spec.title, corner: "", columns: &columns, rows: &rows, cells: &cells }.html()
    };
    if columns.len() <= NARROW_COLUMNS || columns.len() <= rows.len() {
        return boxed(&grid("heat"));
    }
    let turned = transposed(&cells, columns.len());
    let turned = |class| {
        Grid { class, title: &spec.title, corner: "", columns: &rows, rows: &columns, cells: &turned }.html()
    };
    let widest = values().map(|value| width(&write(value), 13.0)).fold(0.0, f64::max) + 5.0;
    let names =
        if by_day { 30.0 } else { data.names.iter().map(|name| width(name, 15.0)).fold(0.0, f64::max) };
    if names + 12.0 + widest.max(20.0) * columns.len() as f64 > ROOM {
        return boxed(&turned("heat"));
    }
    // One of the two is shown; the other is hidden from everybody.
    let (wide, narrow) =
        (grid(if by_day { "heat heat-many heat-days" } else { "heat heat-many" }), turned("heat"));
    boxed(&format!("<div class=\"chart-wide\">{wide}</div><div class=\"chart-narrow\">{narrow}</div>"))
}

/// In a box that knows how wide it is.
fn boxed(html: &str) -> String {
    format!("<div class=\"chart-box\">{html}</div>")
}

fn read(reading: &mut Reading) -> Option<ChartData> {
    let x = reading.x()?;
    if reading.spec.color.is_none()
        && looks_like_dates(x)
        && x.cells.iter().any(|(text, _)| hour(text).is_some())
    {
        return by_hour(reading, x);
    }
    let Some(color) = &reading.spec.color else { return reading.common() };
    let color = reading.column(color)?;
    if reading.spec.y.is_empty() {
        let rows = x
            .cells
            .iter()
            .zip(&color.cells)
            .filter(|((row, _), (column, _))| !row.trim().is_empty() && !column.trim().is_empty());
        let mut table = Tally::default();
        for ((row, _), (column, _)) in rows {
            let (row, column) = (reading.spec.shown(row), reading.spec.shown(column));
            table.count(&row, &column);
        }
        return Some(ChartData::Categories(table.data(reading, x)));
    }
    if reading.spec.aggregate.is_none() {
        crowded(reading, x, color);
    }
    reading.common()
}

/// Rows counted in cells, rows and columns in the order in which they first appear.
#[derive(Default)]
struct Tally {
    rows: Vec<String>,
    columns: Vec<String>,
    cells: BTreeMap<(usize, usize), f64>,
}

impl Tally {
    fn count(&mut self, row: &str, column: &str) {
        let place = |names: &mut Vec<String>, name: &str| {
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            })
        };
        let cell = (place(&mut self.rows, row), place(&mut self.columns, column));
        *self.cells.entry(cell).or_default() += 1.0;
    }

    /// The table; nought stands where there was nothing.
    fn data(self, reading: &Reading, x: &Column) -> CategoryData {
        let values = |column: usize| {
            let cell = |row: usize| Some(self.cells.get(&(row, column)).copied().unwrap_or_default());
            (0..self.rows.len()).map(cell).collect()
        };
        let unit = reading.spec.unit.clone().unwrap_or_default();
        let values = self.columns.iter().enumerate().map(|(index, name)| Values {
            name: name.clone(),
            values: values(index),
            unit: unit.clone(),
            decimals: 0,
        });
        let values = values.collect();
        CategoryData { heading: reading.spec.shown(&x.name.value), names: self.rows, values }
    }
}

/// The hour of a time of day in a text: `18` of `03/27/2026 18:42`, of `6:42 pm` and of `2026-03-27T18:42:00`.
fn hour(text: &str) -> Option<u8> {
    let colon = text.find(':')?;
    let (before, after) = (text.get(..colon)?, text.get(colon + 1..)?);
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let hour: u8 = before.get(before.len() - digits..)?.parse().ok()?;
    if !after.bytes().take(2).all(|byte| byte.is_ascii_digit()) || after.len() < 2 || digits > 2 {
        return None;
    }
    let folded = after.to_lowercase().replace(['.', '\u{a0}', '\u{202f}', ' '], "");
    let hour = match (folded.contains("pm"), folded.contains("am"), hour) {
        (true, _, 1..=11) => hour + 12,
        (_, true, 12) => 0,
        _ => hour,
    };
    (hour < 24).then_some(hour)
}

/// Figures by weekday and hour, without the names of a language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hours {
    /// From Monday on, for each the hours from 0 to 23.
    pub values: Box<[[Option<f64>; 24]; 7]>,
    /// Unit; may be empty.
    pub unit: String,
    /// Decimals to show.
    pub decimals: u8,
}

impl Hours {
    /// The same with the names of the weekdays.
    pub(crate) fn named(&self, language: Language) -> CategoryData {
        let values = (0..24).map(|hour| Values {
            name: hour.to_string(),
            values: self.values.iter().map(|day| day.get(hour).copied().flatten()).collect(),
            unit: self.unit.clone(),
            decimals: self.decimals,
        });
        let heading = match language {
            Language::English => "Day",
            Language::Spanish => "Día",
        };
        let names = weekdays(language).map(capital).to_vec();
        CategoryData { heading: heading.to_owned(), names, values: values.collect() }
    }
}

fn short_weekdays(language: Language) -> [&'static str; 7] {
    match language {
        Language::English => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        Language::Spanish => ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
    }
}

/// The table, with names of this language.
fn named(data: &ChartData, language: Language) -> Option<Cow<'_, CategoryData>> {
    match data {
        ChartData::Categories(data) => Some(Cow::Borrowed(data)),
        ChartData::Listing(Listing::Hours(hours)) => Some(Cow::Owned(hours.named(language))),
        _ => None,
    }
}

/// Weekday × hour of the moments in a column: how many, or the figures of `y`.
fn by_hour(reading: &mut Reading, x: &Column) -> Option<ChartData> {
    let dates = dates(x, reading.habits).into(&mut reading.findings);
    let figures = match reading.spec.y.first() {
        Some(name) => {
            let column = reading.column(name)?;
            Some(numbers(column, reading.habits).into(&mut reading.findings))
        }
        None => None,
    };
    let mut cells: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    for (row, ((text, _), date)) in x.cells.iter().zip(&dates.values).enumerate() {
        let (Some(date), Some(hour)) = (date, hour(text)) else { continue };
        let value = match &figures {
            Some(figures) => figures.values.get(row).copied().flatten(),
            None => Some(1.0),
        };
        let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        cells.entry((weekday, usize::from(hour))).or_default().extend(value);
    }
    if figures.is_some() && reading.spec.aggregate.is_none() && cells.values().any(|values| values.len() > 1)
    {
        let place = reading.spec.y.first().map_or(x.name.span, |name| name.span);
        reading.findings.push(crowded_cell(place));
    }
    let (how, empty) = match figures {
        Some(_) => (reading.spec.aggregate.unwrap_or_default(), None),
        None => (Aggregate::Sum, Some(0.0)),
    };
    let mut values = Box::new([[None; 24]; 7]);
    for (weekday, hours) in values.iter_mut().enumerate() {
        for (hour, value) in hours.iter_mut().enumerate() {
            *value = cells.get(&(weekday, hour)).and_then(|values| how.of(values)).or(empty);
        }
    }
    let unit = reading.spec.unit.clone().unwrap_or_default();
    let decimals = reading.spec.decimals.unwrap_or(figures.map_or(0, |figures| figures.decimals.min(6)));
    Some(ChartData::Listing(Listing::Hours(Hours { values, unit, decimals })))
}

/// Tells once when two rows would share a cell.
fn crowded(reading: &mut Reading, x: &Column, color: &Column) {
    let cells = x.cells.iter().zip(&color.cells);
    let mut seen: Vec<(&str, &str)> =
        cells.map(|((row, _), (column, _))| (row.trim(), column.trim())).collect();
    seen.retain(|(row, column)| !row.is_empty() && !column.is_empty());
    seen.sort_unstable();
    if seen.iter().zip(seen.iter().skip(1)).any(|(a, b)| a == b) {
        let place = reading.spec.y.first().map_or(x.name.span, |name| name.span);
        reading.findings.push(crowded_cell(place));
    }
}

fn crowded_cell(place: Span) -> Finding {
    Finding::new(
        &CROWDED_CELL,
        place,
        words!("several rows of the data fall into one cell", "varias filas de los datos caen en una misma celda"),
    )
    .why(words!("only the last of them is shown", "solo se muestra la última"))
    .help(words!(
        "say how they become one value: `aggregate: sum`, `mean` or `max`; or leave out `y:` to count the rows",
        "di cómo se convierten en un valor: `agregar: suma`, `media` o `maximo`; o quita `y:` para contar las filas"
    ))
}

fn sentences(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let language = words.language();
    let Some(data) = named(data, language) else { return Vec::new() };
    let data = data.as_ref();
    let cells = data.values.iter().flat_map(|column| {
        let rows = data.names.iter().zip(&column.values);
        rows.filter_map(move |(row, value)| Some((row.as_str(), column, (*value)?)))
    });
    let cells: Vec<(&str, &Values, f64)> = cells.collect();
    let highest = cells.iter().reduce(|a, b| if b.2 > a.2 { b } else { a });
    let lowest = cells.iter().reduce(|a, b| if b.2 < a.2 { b } else { a });
    let (Some(highest), Some(lowest)) = (highest, lowest) else { return vec![no_data(language)] };
    let place = |(row, column, value): &(&str, &Values, f64)| {
        let value = figure(*value, column.decimals, &column.unit, words);
        format!("{row}, {} ({value})", column.name)
    };
    let (high, low) = (place(highest), place(lowest));
    let equal = highest.2 == lowest.2;
    // Of many equal least values none is named.
    let single = cells.iter().filter(|cell| cell.2 == lowest.2).count() == 1;
    let mut said = vec![match (language, equal, single) {
        (Language::English, true, _) => {
            format!("All cells have {}.", figure(highest.2, highest.1.decimals, &highest.1.unit, words))
        }
        (Language::Spanish, true, _) => format!(
            "Todas las celdas tienen {}.",
            figure(highest.2, highest.1.decimals, &highest.1.unit, words)
        ),
        (Language::English, _, true) => format!("Highest: {high}; lowest: {low}."),
        (Language::Spanish, _, true) => format!("Máximo: {high}; mínimo: {low}."),
        (Language::English, _, false) => format!("Highest: {high}."),
        (Language::Spanish, _, false) => format!("Máximo: {high}."),
    }];
    let may_add = spec.y.is_empty() && spec.aggregate.is_none_or(|how| how == Aggregate::Sum)
        || spec.aggregate == Some(Aggregate::Sum);
    if may_add && !equal {
        said.extend(of_rows(data, &cells, words));
    }
    let left_out = data.names.len().saturating_sub(MOST) + data.values.len().saturating_sub(MOST);
    if left_out > 0 {
        said.push(match language {
            Language::English => format!("{left_out} more rows or columns are in the file."),
            Language::Spanish => format!("Otras {left_out} filas o columnas están en el archivo."),
        });
    }
    said
}

/// The row with the greatest sum and the one with the least.
fn of_rows(data: &CategoryData, cells: &[(&str, &Values, f64)], words: &dyn Figures) -> Option<String> {
    let sum = |name: &String| cells.iter().filter(|cell| cell.0 == name).map(|cell| cell.2).sum::<f64>();
    let sums: Vec<(&String, f64)> = data.names.iter().map(|name| (name, sum(name))).collect();
    let most = sums.iter().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let least = sums.iter().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    if most.1 == least.1 {
        return None;
    }
    let first = data.values.first()?;
    let value = |value: f64| figure(value, first.decimals, &first.unit, words);
    let (high, low) = (value(most.1), value(least.1));
    Some(match words.language() {
        Language::English => format!("In all, most: {} ({high}); least: {} ({low}).", most.0, least.0),
        Language::Spanish => format!("En conjunto, más: {} ({high}); menos: {} ({low}).", most.0, least.0),
    })
}
