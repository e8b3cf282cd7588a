//! The figures of a chart: a table of at most 40 rows for the page, and all of them as a file.

use std::borrow::Cow;

use super::data::{CategoryData, TimeData};
use super::describe::when;
use super::digits;
use super::scale::Notation;
use super::{ChartData, ChartSpec, Figures};
use crate::finding::Language;
use crate::series::{Aggregate, Grain, Series};
use crate::text::csv_line;

/// Rows of a table on a page.
pub(crate) const ROWS: usize = 40;

/// The figures of a chart, ready to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureTable {
    /// Heading cells.
    pub columns: Vec<String>,
    /// Rows: the first cell is the row's heading, the others are numbers in the language of the page; empty when missing.
    pub rows: Vec<Vec<String>>,
    /// Said when the rows are a summary of more; may be empty.
    pub note: String,
}

/// The table for the page. Long series are joined by week, month, quarter or year until they fit.
pub(crate) fn table(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> FigureTable {
    match data {
        ChartData::Time(data) => of_time(spec, data, words),
        ChartData::Categories(data) => of_categories(data, words),
        ChartData::Listing(data) => data.table(words),
    }
}

fn of_time(spec: &ChartSpec, data: &TimeData, words: &dyn Figures) -> FigureTable {
    let language = words.language();
    let mut data = Cow::Borrowed(data);
    let mut dates = data.dates();
    let mut note = String::new();
    let aggregate = spec.aggregate.unwrap_or_default();
    let mut grain = data.grain.max(Grain::Week);
    while dates.len() > ROWS && data.grain < Grain::Year {
        grain = grain.longer();
        let series = data.series.iter().map(|series| series.resampled(grain, aggregate)).collect();
        let beside =
            data.beside.iter().map(|(role, series)| (*role, series.resampled(grain, Aggregate::Last)));
        data = Cow::Owned(TimeData { series, grain, beside: beside.collect(), partial: data.partial });
        dates = data.dates();
        note = joined_note(grain, aggregate, language);
    }
    if dates.len() > ROWS {
        let skipped = dates.len() - ROWS;
        dates.drain(..skipped);
        note = match language {
            Language::English => format!("The last {ROWS} periods; the file has all of them."),
            Language::Spanish => format!("Los últimos {ROWS} periodos; el archivo los tiene todos."),
        };
    }
    let mut columns = vec![period_heading(data.grain, language).to_owned()];
    columns.extend(data.every().map(|series| heading(&series.name, &series.unit, language)));
    let rows = dates
        .iter()
        .map(|date| {
            let mut row = vec![sentence_case(&when(*date, data.grain, words))];
            row.extend(data.every().map(|series| {
                let found = series.points.binary_search_by_key(date, |point| point.date).ok();
                let value = found.and_then(|index| series.points.get(index)).and_then(|point| point.value);
                value.map(|value| cell(value, series.decimals, &series.unit, words)).unwrap_or_default()
            }));
            row
        })
        .collect();
    FigureTable { columns, rows, note }
}

/// How values of a period became one, for the reader.
pub(crate) fn joined_note(grain: Grain, aggregate: Aggregate, language: Language) -> String {
    let period = match (grain, language) {
        (Grain::Day, Language::English) => "day",
        (Grain::Week, Language::English) => "week",
        (Grain::Month, Language::English) => "month",
        (Grain::Quarter, Language::English) => "quarter",
        (Grain::Year, Language::English) => "year",
        (Grain::Day, Language::Spanish) => "día",
        (Grain::Week, Language::Spanish) => "semana",
        (Grain::Month, Language::Spanish) => "mes",
        (Grain::Quarter, Language::Spanish) => "trimestre",
        (Grain::Year, Language::Spanish) => "año",
    };
    match (aggregate, language) {
        (Aggregate::Last, Language::English) => {
            format!("The last value of each {period}; the file has all of them.")
        }
        (Aggregate::Sum, Language::English) => format!("The sum of each {period}; the file has all values."),
        (Aggregate::Mean, Language::English) => {
            format!("The mean of each {period}; the file has all values.")
        }
        (Aggregate::Max, Language::English) => {
            format!("The greatest value of each {period}; the file has all of them.")
        }
        (Aggregate::Last, Language::Spanish) => {
            format!("El último valor de cada {period}; el archivo los tiene todos.")
        }
        (Aggregate::Sum, Language::Spanish) => {
            format!("La suma de cada {period}; el archivo tiene todos los valores.")
        }
        (Aggregate::Mean, Language::Spanish) => {
            format!("La media de cada {period}; el archivo tiene todos los valores.")
        }
        (Aggregate::Max, Language::Spanish) => {
            format!("El valor más alto de cada {period}; el archivo los tiene todos.")
        }
    }
}

fn of_categories(data: &CategoryData, words: &dyn Figures) -> FigureTable {
    let language = words.language();
    let mut columns = vec![data.heading.clone()];
    columns.extend(data.values.iter().map(|values| heading(&values.name, &values.unit, language)));
    let rows: Vec<Vec<String>> = (0..data.names.len().min(ROWS))
        .map(|index| {
            let mut row = vec![data.names.get(index).cloned().unwrap_or_default()];
            row.extend(data.values.iter().map(|values| {
                let value = values.values.get(index).copied().flatten();
                value.map(|value| cell(value, values.decimals, &values.unit, words)).unwrap_or_default()
            }));
            row
        })
        .collect();
    let count = data.names.len();
    let note = match language {
        _ if count <= ROWS => String::new(),
        Language::English => format!("The first {ROWS} of {count}; the file has all of them."),
        Language::Spanish => format!("Los {ROWS} primeros de {count}; el archivo los tiene todos."),
    };
    FigureTable { columns, rows, note }
}

fn cell(value: f64, decimals: u8, unit: &str, words: &dyn Figures) -> String {
    if value.abs() >= 1e13 || decimals > 6 {
        return Notation::new(value, decimals, "").write(value, words);
    }
    match unit {
        "%" => words.percent(value, decimals),
        _ => words.number(value, decimals),
    }
}

fn heading(name: &str, unit: &str, language: Language) -> String {
    let name = match (name, language) {
        ("", Language::English) => "Value",
        ("", Language::Spanish) => "Valor",
        (name, _) => name,
    };
    if unit.is_empty() || unit == "%" || name.contains(unit) {
        name.to_owned()
    } else {
        format!("{name} ({unit})")
    }
}

fn period_heading(grain: Grain, language: Language) -> &'static str {
    match (grain, language) {
        (Grain::Day, Language::English) => "Date",
        (Grain::Week, Language::English) => "Week",
        (Grain::Month, Language::English) => "Month",
        (Grain::Quarter, Language::English) => "Quarter",
        (Grain::Year, Language::English) => "Year",
        (Grain::Day, Language::Spanish) => "Fecha",
        (Grain::Week, Language::Spanish) => "Semana",
        (Grain::Month, Language::Spanish) => "Mes",
        (Grain::Quarter, Language::Spanish) => "Trimestre",
        (Grain::Year, Language::Spanish) => "Año",
    }
}

fn sentence_case(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// All figures as CSV: dates as ISO, numbers with a point, missing values empty; text that a spreadsheet would run as a formula gets an apostrophe.
pub(crate) fn csv(data: &ChartData, language: Language) -> String {
    let mut csv = String::new();
    match data {
        ChartData::Time(data) => {
            let names: Vec<String> = data.every().map(|series| heading(&series.name, "", language)).collect();
            let head = std::iter::once(period_heading(data.grain, language));
            csv_line(&mut csv, head.chain(names.iter().map(String::as_str)));
            // Each series is walked once beside the dates: a search for every cell would be slow in long files.
            let mut at: Vec<std::iter::Peekable<_>> =
                data.every().map(|series: &Series| series.points.iter().peekable()).collect();
            for date in data.dates() {
                match data.grain {
                    Grain::Day => digits::day(&mut csv, date),
                    grain => csv.push_str(&grain.iso(date)),
                }
                for points in &mut at {
                    csv.push(',');
                    if let Some(value) =
                        points.next_if(|point| point.date == date).and_then(|point| point.value)
                    {
                        digits::plain(&mut csv, value);
                    }
                }
                csv.push_str("\r\n");
            }
        }
        ChartData::Categories(data) => lines(&mut csv, &category_lines(data, language)),
        ChartData::Listing(data) => lines(&mut csv, &data.lines(language)),
    }
    csv
}

fn lines(csv: &mut String, lines: &[Vec<String>]) {
    for cells in lines {
        csv_line(csv, cells.iter().map(String::as_str));
    }
}

/// Figures by category as the lines of a file, headings first.
pub(crate) fn category_lines(data: &CategoryData, language: Language) -> Vec<Vec<String>> {
    let names = data.values.iter().map(|values| heading(&values.name, "", language));
    let mut lines = vec![std::iter::once(data.heading.clone()).chain(names).collect()];
    for (index, name) in data.names.iter().enumerate() {
        let values = data.values.iter().map(|values| plain(values.values.get(index).copied().flatten()));
        lines.push(std::iter::once(name.clone()).chain(values).collect());
    }
    lines
}

fn plain(value: Option<f64>) -> String {
    let mut text = String::new();
    if let Some(value) = value {
        digits::plain(&mut text, value);
    }
    text
}
