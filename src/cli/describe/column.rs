//! What a column holds, and which cell proves it.

use serde::Serialize;

use crate::finding::Language;
use crate::series::{Column, Decimal, Habits, dates, looks_like_dates, numbers, numbers_as};
use crate::syntax::Table;
use crate::text::fold;
use crate::words;

/// Two ways of writing that differ in everything.
const SPANISH: Habits = Habits { decimal_comma: true, day_first: true };
const AMERICAN: Habits = Habits { decimal_comma: false, day_first: false };

/// A column as it was understood.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Described {
    pub name: String,
    /// What the profile calls it.
    pub known: Option<String>,
    /// `date`, `number`, `text`, `empty`.
    pub kind: &'static str,
    pub unit: &'static str,
    /// First and last day, least and greatest number.
    pub range: Option<(String, String)>,
    /// Cells without a value.
    pub missing: usize,
    /// Cells that do not fit the kind.
    pub unfit: usize,
    /// What proves the kind.
    pub why: String,
}

/// Looks at all cells of a column.
pub fn describe(
    table: &Table<'_>,
    index: usize,
    exact: bool,
    habits: Habits,
    language: Language,
) -> Described {
    let texts: Vec<_> =
        (0..table.len()).map(|row| (table.text(row, index), table.span(row, index))).collect();
    let cells = texts.iter().map(|(text, span)| (&**text, *span)).collect();
    let Some(name) = table.columns.get(index) else { return Described::default() };
    let column = Column { name: name.clone(), cells };
    let filled: Vec<&str> =
        column.cells.iter().map(|(text, _)| *text).filter(|text| !text.is_empty()).collect();
    let described = Described {
        name: name.value.clone(),
        missing: column.cells.len() - filled.len(),
        kind: "text",
        ..Described::default()
    };
    if filled.is_empty() {
        return Described { kind: "empty", ..described };
    }
    if looks_like_dates(&column) && !are_figures(&name.value, &filled) {
        return of_dates(&column, described, exact, habits, language);
    }
    let read =
        if exact { numbers_as(&column, Decimal::Known { comma: false }) } else { numbers(&column, habits) };
    let values: Vec<f64> = read.value.values.iter().flatten().copied().collect();
    if values.len() * 2 < filled.len() || values.is_empty() {
        let mut distinct: Vec<&&str> = filled.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let count = distinct.len();
        let why = words!("different texts: {count}", "textos distintos: {count}");
        return Described { why: why.within(language).to_owned(), ..described };
    }
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let why = if exact {
        words!("a workbook stores numbers as such", "un libro guarda los números como tales")
    } else {
        why_number(&column, habits)
    };
    Described {
        kind: "number",
        unit: if read.value.percent { "%" } else { "" },
        range: Some((plain(least), plain(most))),
        unfit: read.findings.iter().filter(|finding| finding.code.id == "P414").count(),
        why: why.within(language).to_owned(),
        ..described
    }
}

/// A number with four decimals at most.
fn plain(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `25`, `300`, and `2012` where the heading does not speak of time: figures, though a year alone is a date too.
fn are_figures(heading: &str, cells: &[&str]) -> bool {
    let limit = if is_of_time(heading) { 1_000.0 } else { 10_000.0 };
    cells.iter().all(|cell| cell.trim().parse::<f64>().is_ok_and(|number| number.abs() < limit))
}

fn is_of_time(heading: &str) -> bool {
    const WORDS: [&str; 10] =
        ["year", "ano", "date", "fecha", "period", "periodo", "curso", "ejercicio", "season", "temporada"];
    fold(heading).split('_').any(|word| WORDS.contains(&word))
}

fn of_dates(
    column: &Column,
    described: Described,
    exact: bool,
    habits: Habits,
    language: Language,
) -> Described {
    let read = dates(column, habits);
    let days: Vec<_> = read.value.values.iter().flatten().collect();
    let range =
        days.iter().min().zip(days.iter().max()).map(|(first, last)| (first.to_string(), last.to_string()));
    let one = |text: &str, span, habits| {
        let alone = Column { name: column.name.clone(), cells: vec![(text, span)] };
        dates(&alone, habits).value.values.first().copied().flatten()
    };
    let doubtful = |text: &str, span| one(text, span, SPANISH) != one(text, span, AMERICAN);
    let open = column.cells.iter().find(|(text, span)| doubtful(text, *span));
    // `02/02/2026` is the same day in both orders and proves none.
    let is_proven = dates(column, SPANISH).value.values == dates(column, AMERICAN).value.values;
    let proving = |cell: &&(&str, _)| one(cell.0, cell.1, habits).is_some() && !doubtful(cell.0, cell.1);
    let fixed = column.cells.iter().filter(|_| is_proven).find(proving);
    let why = match (open, fixed) {
        // As text they are in doubt in a workbook too.
        _ if exact && open.is_none() => {
            words!("a workbook stores dates as such", "un libro guarda las fechas como tales")
        }
        (None, Some((cell, _))) | (Some(_), Some((cell, _))) => {
            words!("`{cell}` can be read in one way only", "`{cell}` solo se puede leer de una forma")
        }
        (Some((cell, _)), None) => {
            let day = one(cell, column.name.span, habits).map(|day| day.to_string()).unwrap_or_default();
            words!(
                "no cell proves the order of day and month; `{cell}` is read as {day}, as the language writes it",
                "ninguna celda demuestra el orden de día y mes; `{cell}` se lee como {day}, como lo escribe el idioma"
            )
        }
        (None, None) => words!("no cell is a whole date", "ninguna celda es una fecha completa"),
    };
    Described {
        kind: "date",
        range,
        unfit: read.findings.iter().filter(|finding| finding.code.id == "P416").count(),
        why: why.within(language).to_owned(),
        ..described
    }
}

fn why_number(column: &Column, habits: Habits) -> crate::finding::Words {
    let one = |text: &str, span, habits| {
        let alone = Column { name: column.name.clone(), cells: vec![(text, span)] };
        numbers(&alone, habits).value.values.first().copied().flatten()
    };
    let marked = || column.cells.iter().filter(|(text, _)| text.contains(['.', ',']));
    let proof = marked().find(|(text, span)| {
        let read = one(text, *span, SPANISH);
        read.is_some() && read == one(text, *span, AMERICAN)
    });
    match (proof, marked().next()) {
        (_, None) => words!("digits only: no decimals, no groups", "solo cifras: sin decimales ni grupos"),
        (Some((cell, _)), _) => {
            words!("`{cell}` can be read in one way only", "`{cell}` solo se puede leer de una forma")
        }
        (None, Some((cell, span))) => {
            let value = one(cell, *span, habits).map(|value| value.to_string()).unwrap_or_default();
            words!(
                "no cell proves the decimal mark; `{cell}` is read as {value}, as the language writes it",
                "ninguna celda demuestra el signo decimal; `{cell}` se lee como {value}, como lo escribe el idioma"
            )
        }
    }
}
