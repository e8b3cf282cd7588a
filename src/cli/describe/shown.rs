//! The description for people, and the YAML to paste.

use super::column::Described;
use super::{Description, Part, Table};
use crate::data::{Collected, Document};
use crate::finding::Language;
use crate::series::Measure;
use crate::text::slug;

/// Longest text of a cell that is shown whole, in characters.
const LONGEST: usize = 24;
/// Most series that are listed.
const MOST_SERIES: usize = 40;

/// The text in one of the two languages.
fn say<'a>(language: Language, en: &'a str, es: &'a str) -> &'a str {
    match language {
        Language::English => en,
        Language::Spanish => es,
    }
}

/// The whole description.
pub fn human(description: &Description, language: Language) -> String {
    let mut text = format!("{}\n", description.file);
    for part in &description.documents {
        push_part(&mut text, part, language);
    }
    if !description.series.is_empty() {
        text += &format!("\n{}\n", say(language, "Series", "Series"));
        let rows = description.series.iter().take(MOST_SERIES).map(|line| {
            let count = line.values.to_string();
            let span = format!("{} – {}", line.first, line.last);
            let measure =
                Measure::named(line.measure).map_or(line.measure, |measure| kind(measure, language));
            let what = if line.unit.is_empty() {
                line.measure.to_owned()
            } else {
                format!("{measure}, {}", line.unit)
            };
            vec![format!("source: {}", line.id), what, count, span]
        });
        let source = say(language, "source", "fuente");
        let rows: Vec<Vec<String>> = rows
            .map(|row| {
                row.into_iter().map(|cell| cell.replacen("source:", &format!("{source}:"), 1)).collect()
            })
            .collect();
        push_columns(&mut text, &rows);
        if description.series.len() > MOST_SERIES {
            let more = description.series.len() - MOST_SERIES;
            text += &format!("  … {more}\n");
        }
    }
    if let Some(snippet) = &description.snippet {
        let file = say(language, "metrics.yaml", "indicadores.yaml");
        text += &format!("\n{} `{file}`:\n\n", say(language, "To use it, in", "Para usarlo, en"));
        text.extend(snippet.lines().map(|line| format!("  {line}\n")));
    }
    text
}

fn push_part(text: &mut String, part: &Part, language: Language) {
    if let Some(name) = &part.name {
        *text += &format!("\n#{name}\n");
    }
    if !part.encoding.is_empty() {
        *text += &format!("  {}: {}\n", say(language, "encoding", "codificación"), part.encoding);
    }
    for table in &part.tables {
        push_table(text, table, part.encoding.is_empty(), language);
    }
}

fn push_table(text: &mut String, table: &Table, sheet: bool, language: Language) {
    let mut line =
        |en: &str, es: &str, value: &str| *text += &format!("  {}: {value}\n", say(language, en, es));
    if !sheet {
        line(
            "delimiter",
            "separador",
            match table.delimiter {
                '\t' => say(language, "tab", "tabulador"),
                ',' => ",",
                ';' => ";",
                '|' => "|",
                _ => "sep=",
            },
        );
    }
    for title in &table.titles {
        line("title", "título", title);
    }
    for comment in table.comments.iter().filter(|comment| comment.chars().any(char::is_alphanumeric)) {
        line("comment", "comentario", comment);
    }
    line("header in line", "cabecera en la línea", &table.header_line.to_string());
    line("rows", "filas", &table.rows.to_string());
    match &table.profile {
        Some((name, title)) => line("recognised as", "reconocido como", &format!("{title} ({name})")),
        None => {
            line("recognised as", "reconocido como", say(language, "a table of your own", "una tabla propia"))
        }
    }
    text.push('\n');
    let rows: Vec<Vec<String>> = table.columns.iter().map(|column| column_row(column, language)).collect();
    push_columns(text, &rows);
    if !table.first_rows.is_empty() {
        *text += &format!("\n  {}\n", say(language, "first rows", "primeras filas"));
        let rows: Vec<Vec<String>> =
            table.first_rows.iter().map(|row| row.iter().take(6).map(|cell| short(cell)).collect()).collect();
        push_columns(text, &rows);
    }
    text.push('\n');
}

fn column_row(column: &Described, language: Language) -> Vec<String> {
    let name = match &column.known {
        Some(known) => format!("{} → {known}", short(&column.name)),
        None => short(&column.name),
    };
    let kind = match column.kind {
        "date" => say(language, "date", "fecha"),
        "number" => say(language, "number", "número"),
        "empty" => say(language, "empty", "vacía"),
        _ => say(language, "text", "texto"),
    };
    let kind = if column.unit.is_empty() { kind.to_owned() } else { format!("{kind} ({})", column.unit) };
    let range = column.range.as_ref().map(|(low, high)| format!("{low} – {high}")).unwrap_or_default();
    let mut why = column.why.clone();
    let mut add = |count: usize, en: &str, es: &str| {
        if count > 0 {
            why += &format!("; {}: {count}", say(language, en, es));
        }
    };
    add(column.missing, "empty cells", "celdas vacías");
    add(column.unfit, "cells that do not fit", "celdas que no encajan");
    vec![name, kind, range, why.trim_start_matches("; ").to_owned()]
}

/// Cells below each other, two blanks between columns.
fn push_columns(text: &mut String, rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let mut line = String::from("  ");
        for (cell, width) in row.iter().zip(&widths) {
            line += &format!("  {cell:<width$}");
        }
        *text += line.trim_end();
        text.push('\n');
    }
}

fn short(cell: &str) -> String {
    let cell: String = cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if cell.chars().count() <= LONGEST {
        return cell;
    }
    cell.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// A metric of a series.
pub fn metric_of_series(one: &Collected, language: Language) -> String {
    let name = one.id.rsplit('.').next().unwrap_or_default().replace('_', " ");
    let unit = if one.unit.is_empty() { name.clone() } else { one.unit.clone() };
    metric(language, &name, one.measure, &unit, &[(("source", "fuente"), one.id.clone())])
}

/// The YAML of a metric.
fn metric(
    language: Language,
    title: &str,
    measure: Measure,
    unit: &str,
    rest: &[((&str, &str), String)],
) -> String {
    let kind = kind(measure, language).to_owned();
    let head = [
        (("title", "titulo"), title.to_owned()),
        (("kind", "tipo"), kind),
        (("unit", "unidad"), unit.to_owned()),
    ];
    let lines = head.iter().chain(rest);
    let body: String =
        lines.map(|((en, es), value)| format!("  {}: {}\n", say(language, en, es), scalar(value))).collect();
    format!("{}:\n{body}", slug(title))
}

/// A metric of a column of a file.
pub fn metric_of_column(document: &Document, columns: &[Described], language: Language) -> String {
    let first =
        |kind: &str| columns.iter().find(|column| column.kind == kind).map(|column| column.name.as_str());
    let (value, date) = (first("number").unwrap_or_default(), first("date").unwrap_or_default());
    let path = document.path.as_str();
    let path = if path.contains('/') {
        path.to_owned()
    } else {
        format!("{}/{path}", say(language, "data", "datos"))
    };
    let source = match &document.member {
        Some(member) => format!("{path}#{member}"),
        None => path,
    };
    let rest = [
        (("source", "fuente"), source),
        (("column", "columna"), value.to_owned()),
        (("date_column", "columna_fecha"), date.to_owned()),
    ];
    let note = say(
        language,
        "# the kind says how values are combined: stock, flow, unique, ratio, duration or score",
        "# el tipo dice cómo se combinan los valores: saldo, flujo, unicos, tasa, duracion o puntuacion",
    );
    let unit = columns.iter().find(|column| column.name == value).map_or("", |column| column.unit);
    let unit = if unit.is_empty() { value.to_lowercase() } else { unit.to_owned() };
    format!("{note}\n{}", metric(language, value, Measure::Flow, &unit, &rest))
}

/// The name of a measure in metrics.
fn kind(measure: Measure, language: Language) -> &'static str {
    match (language, measure) {
        (Language::English, measure) => measure.name(),
        (Language::Spanish, Measure::Stock) => "saldo",
        (Language::Spanish, Measure::Flow) => "flujo",
        (Language::Spanish, Measure::Unique) => "unicos",
        (Language::Spanish, Measure::Ratio) => "tasa",
        (Language::Spanish, Measure::Duration) => "duracion",
        (Language::Spanish, Measure::Score) => "puntuacion",
    }
}

/// A text as YAML reads it: quoted where a sign means something.
fn scalar(text: &str) -> String {
    let plain = !text.is_empty()
        && text.chars().all(|letter| {
            letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '/' | '-' | '_' | '(' | ')')
        })
        && text.starts_with(char::is_alphabetic)
        && text.trim() == text;
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
