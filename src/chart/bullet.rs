//! Bullet bars: what was reached beside what was wanted, one row a thing, with grounds of poor and fair behind.

use super::data::{CategoryData, Values};
use super::kind::{Along, Key, Kind, Picture, Takes};
use super::line::decimals_of;
use super::rows::{ROW_GAP, end, rows, write_names};
use super::scale::{Axis, Notation, least_step};
use super::scene::{Anchor, Area, Corners, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK};
use super::text::{bold_width, width};
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading};
use crate::finding::{Code, Finding, Language, Level};
use crate::series::{number, numbers};
use crate::text::Spanned;
use crate::words;

/// A bullet chart that compares with nothing.
pub static BULLET_WITHOUT_TARGET: Code =
    Code { id: "P515", name: "bullet_without_target", level: Level::Error, since: "0.1.0" };

/// Height of a row and of its bar in px.
const GROUND: f64 = 26.0;
const THICK: f64 = 12.0;

/// Rows that fit.
const ROWS: usize = 20;

pub(crate) static KIND: Kind = Kind {
    keys: &[
        Key { more: &["meta", "targets"], ..Key::new("target", "objetivo", Takes::Text) },
        Key::new("ranges", "rangos", Takes::Texts),
        Key::new("scale", "escala", Takes::Text),
    ],
    without: &["color", "events", "time_unit", "aggregate", "sort"],
    read: Some(read),
    sentences: Some(sentences),
    table: Some(table),
    series: usize::MAX,
    ..Kind::drawn(&["bullet", "bala", "avance"], Along::Names, Picture::Scenes(scene))
};

fn read(reading: &mut Reading) -> Option<ChartData> {
    let spec = reading.spec;
    let Some(target) = spec.own_text("target") else {
        let place = spec.data.as_ref().map(|data| data.span)?;
        reading.findings.push(
            Finding::new(
                &BULLET_WITHOUT_TARGET,
                place,
                words!("nothing is said of what was wanted", "no se dice qué se quería alcanzar"),
            )
            .why(words!(
                "this chart shows a figure beside its target",
                "este gráfico muestra una cifra junto a su objetivo"
            ))
            .help(words!(
                "add `target:` with a column of the file or a number; without targets, write `chart: bar`",
                "añade `objetivo:` con una columna del archivo o un número; sin objetivos, escribe `grafico: barras`"
            )),
        );
        return None;
    };
    let x = match &spec.x {
        Some(name) => reading.column(name)?,
        None => reading.columns.first()?,
    };
    let actual = match spec.y.first() {
        Some(name) => reading.column(name)?,
        None => reading.columns.get(1)?,
    };
    let mut figures: Vec<Values> = Vec::new();
    let mut take = |reading: &mut Reading, name: &Spanned<String>| -> Option<()> {
        let column = reading.column(name)?;
        let read = numbers(column, reading.habits).into(&mut reading.findings);
        figures.push(values(spec, &column.name.value, read.values, read.percent, read.decimals));
        Some(())
    };
    take(reading, &actual.name)?;
    let fixed = number("target", &target.value, target.span, reading.habits);
    let is_column = reading
        .columns
        .iter()
        .any(|column| crate::text::fold(&column.name.value) == crate::text::fold(&target.value));
    let fixed = if is_column || fixed.value.is_none() { None } else { fixed.into(&mut reading.findings) };
    if fixed.is_none() {
        take(reading, target)?;
    }
    let ranges = spec.own_texts("ranges");
    for name in ranges.iter().take(3) {
        take(reading, name)?;
    }
    if let Some(fixed) = fixed {
        let all = vec![Some(fixed); x.cells.len()];
        figures.insert(1, values(spec, "", all, false, decimals_of(fixed)));
    }
    let names = x.cells.iter().map(|(text, _)| spec.shown(text.trim())).collect();
    Some(ChartData::Categories(CategoryData { heading: spec.shown(&x.name.value), names, values: figures }))
}

fn values(spec: &ChartSpec, name: &str, values: Vec<Option<f64>>, percent: bool, decimals: u8) -> Values {
    let unit = spec.unit.clone().unwrap_or(if percent { "%".to_owned() } else { String::new() });
    let values = values.into_iter().map(|value| value.filter(|value| value.abs() <= 1e100)).collect();
    Values { name: spec.shown(name), values, unit, decimals: spec.decimals.unwrap_or(decimals.min(6)) }
}

/// Whether each row has a scale of its own: rows of different units.
fn own_scale(spec: &ChartSpec) -> bool {
    let written = spec.own_text("scale").map(|text| crate::text::fold(&text.value));
    matches!(written.as_deref(), Some("each" | "cada" | "own" | "propia"))
}

fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Categories(data) = data else { return Scene::empty(size, words) };
    let at = |column: usize, row: usize| {
        data.values.get(column).and_then(|values| values.values.get(row)).copied().flatten()
    };
    let count = data.names.len().min(ROWS);
    let row_max =
        |row: usize| (0..data.values.len()).filter_map(|column| at(column, row)).fold(0.0, f64::max);
    let greatest = (0..count).map(row_max).fold(0.0, f64::max);
    if !(0..count).any(|row| at(0, row).is_some() || at(1, row).is_some()) {
        return Scene::empty(size, words);
    }
    let mut scene = Scene { left_out: data.names.len() - count, ..Scene::blank(size) };
    let write = |column: usize, value: f64| {
        let values = data.values.get(column);
        let (decimals, unit) = values.map_or((0, ""), |values| (values.decimals, values.unit.as_str()));
        // Rows with scales of their own are of different things, and their decimals differ.
        let decimals = if own_scale(spec) { decimals.min(decimals_of(value)) } else { decimals };
        Notation::new(value, decimals, unit).write(value, words)
    };
    let of = match words.language() {
        Language::English => "of",
        Language::Spanish => "de",
    };
    let texts: Vec<(String, String)> = (0..count)
        .map(|row| {
            let actual = at(0, row).map(|value| write(0, value)).unwrap_or("–".to_owned());
            (actual, at(1, row).map(|value| format!("{of} {}", write(1, value))).unwrap_or_default())
        })
        .collect();
    let (rows, left) = rows(data.names.iter().take(count).map(String::as_str), GROUND, size, 4.0);
    write_names(&mut scene, &rows, left);
    let widest = |all: &mut dyn Iterator<Item = f64>| all.fold(0.0, f64::max);
    let actual_room = widest(&mut texts.iter().map(|(actual, _)| bold_width(actual, LABEL)));
    let of_room = widest(&mut texts.iter().map(|(_, of)| width(of, TICK)));
    let right = size.width - actual_room - of_room - 18.0;
    let bottom = end(&rows, 4.0);
    let shared = !own_scale(spec);
    scene.size.height = bottom + if shared { 30.0 } else { ROW_GAP / 2.0 };
    let decimals = data.values.iter().map(|values| values.decimals).max().unwrap_or(0);
    let mut axis = Axis::over(0.0, greatest, ((right - left) / 80.0) as usize, least_step(decimals));
    // The bars themselves fill the room: the axis ends at the greatest figure.
    if greatest > 0.0 {
        axis.high = greatest * 1.02;
        axis.ticks.retain(|tick| *tick <= greatest);
    }
    scene.frame = Frame { left, right, top: 4.0, bottom, x: (0.0, axis.high), y: (bottom, 4.0) };
    let frame = scene.frame;
    if shared {
        let unit = data.values.first().map(|values| values.unit.as_str()).unwrap_or_default();
        let notation = Notation::for_ticks(&axis, unit);
        let mut free = 0.0;
        for tick in &axis.ticks {
            free = super::line::row_text(
                &mut scene,
                frame.px(*tick),
                bottom + 22.0,
                &notation.write(*tick, words),
                free,
            );
        }
    }
    let mut bars: Vec<Corners> = Vec::new();
    for (index, (row, (actual, of))) in rows.iter().zip(&texts).enumerate() {
        let scale = if shared { 1.0 } else { axis.high / row_max(index).max(f64::MIN_POSITIVE) };
        let place = |value: f64| frame.px((value * scale).clamp(0.0, axis.high));
        let mut edge = frame.left;
        let ranges: Vec<f64> = (2..data.values.len()).filter_map(|column| at(column, index)).collect();
        for (step, value) in ranges.iter().enumerate() {
            let to = place(*value);
            if to > edge {
                let ground = Area { left: edge, top: row.top, right: to, bottom: row.top + GROUND };
                scene.shades.push((ground, Ink::Range(step as u8)));
                edge = to;
            }
        }
        if ranges.is_empty() {
            let ground = Area {
                left: frame.left,
                top: row.top + 4.0,
                right: frame.right,
                bottom: row.top + GROUND - 4.0,
            };
            scene.shades.push((ground, Ink::Range(2)));
        }
        let middle = row.top + GROUND / 2.0;
        if let Some(value) = at(0, index) {
            let to = (value * scale).clamp(0.0, axis.high);
            bars.push(((0.0, middle - THICK / 2.0), (to, middle + THICK / 2.0)));
        }
        if let Some(value) = at(1, index) {
            let x = place(value);
            scene.over.push(Rule {
                from: (x, row.top + 1.0),
                to: (x, row.top + GROUND - 1.0),
                ink: Ink::Mark,
            });
        }
        let split = right + 12.0 + actual_room;
        scene.text(split, middle + LABEL * 0.35, Anchor::End, actual, Ink::Value);
        scene.text(split + 6.0, middle + LABEL * 0.35, Anchor::Start, of, Ink::Tick);
    }
    scene.plotted.push(Plotted::Bars { corners: bars, ink: Ink::Fill(1) });
    scene
}

/// The common table; a target that is no column gets its heading.
fn table(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> FigureTable {
    let mut table = super::table::table(spec, data, words);
    if let (ChartData::Categories(data), Some(heading)) = (data, table.columns.get_mut(2))
        && data.values.get(1).is_some_and(|values| values.name.is_empty())
    {
        *heading = match words.language() {
            Language::English => "Target".to_owned(),
            Language::Spanish => "Objetivo".to_owned(),
        };
    }
    table
}

fn sentences(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let ChartData::Categories(data) = data else { return Vec::new() };
    let (Some(actual), Some(target)) = (data.values.first(), data.values.get(1)) else {
        return vec![super::describe::no_data(words.language())];
    };
    let pairs: Vec<(&str, f64, f64)> = data
        .names
        .iter()
        .zip(actual.values.iter().zip(&target.values))
        .filter_map(|(name, (actual, target))| Some((name.as_str(), (*actual)?, (*target)?)))
        .collect();
    let write = |value: f64| super::describe::figure(value, actual.decimals, &actual.unit, words);
    let mut sentences: Vec<String> = pairs
        .iter()
        .take(4)
        .map(|(name, actual, target)| {
            let share = if *target > 0.0 {
                format!(" ({})", words.percent(actual / target * 100.0, 0))
            } else {
                String::new()
            };
            match words.language() {
                Language::English => format!("{name}: {} of {}{share}.", write(*actual), write(*target)),
                Language::Spanish => format!("{name}: {} de {}{share}.", write(*actual), write(*target)),
            }
        })
        .collect();
    let reached = pairs.iter().filter(|(_, actual, target)| actual >= target).count();
    let all = pairs.len();
    match words.language() {
        _ if all == 0 => sentences.push(super::describe::no_data(words.language())),
        _ if all == 1 => {}
        Language::English => sentences.push(format!("{reached} of {all} reach their target.")),
        Language::Spanish => sentences.push(format!("{reached} de {all} llegan a su objetivo.")),
    }
    let missing = data.names.len() - all;
    if missing > 0 && all > 0 {
        sentences.push(match words.language() {
            Language::English => format!("{missing} have no figure or no target."),
            Language::Spanish => format!("A {missing} les falta la cifra o el objetivo."),
        });
    }
    sentences
}
