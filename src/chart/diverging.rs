//! Diverging bars: answers from bad to good, in shares of each row, on both sides of a middle line.

use super::data::{CategoryData, Values};
use super::kind::{Along, Kind, Picture};
use super::rows::{ROW_GAP, Row, end, key, rows, stops, write_names};
use super::scene::{Anchor, Corners, Frame, Ink, LABEL, Plotted, Rule, Scene, Size};
use super::text::bold_width;
use super::{ChartData, ChartSpec, Figures};
use crate::finding::{Code, Finding, Language, Level};
use crate::text::{Span, capital};
use crate::words;

/// A diverging chart with too few or too many steps, or with figures below zero.
pub static DIVERGING_STEPS: Code =
    Code { id: "P514", name: "diverging_steps", level: Level::Error, since: "0.1.0" };

/// Steps of a scale that can be told apart.
const STEPS: usize = 5;

/// Rows that fit.
const ROWS: usize = 20;

/// Height of a bar in px.
const THICK: f64 = 24.0;

pub(crate) static KIND: Kind = Kind {
    check: Some(check),
    without: &["target", "events", "time_unit"],
    sentences: Some(sentences),
    series: STEPS,
    ..Kind::drawn(
        &["diverging", "divergente", "divergentes", "sentimiento", "sentiment"],
        Along::Names,
        Picture::Scenes(scene),
    )
};

fn check(_: &ChartSpec, data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    let ChartData::Categories(data) = data else { return };
    let steps = data.values.len();
    let negative = data.values.iter().flat_map(|values| &values.values).flatten().any(|value| *value < 0.0);
    if (2..=STEPS).contains(&steps) && !negative {
        return;
    }
    let finding = if negative {
        Finding::new(
            &DIVERGING_STEPS,
            place,
            words!("answers cannot be fewer than none", "no puede haber menos de cero respuestas"),
        )
    } else {
        Finding::new(
            &DIVERGING_STEPS,
            place,
            words!(
                "{steps} columns of figures are no scale from bad to good",
                "{steps} columnas de cifras no forman una escala de malo a bueno"
            ),
        )
    };
    findings.push(
        finding
            .why(words!(
                "each column is a step, drawn to the left or right of the middle by its place in the list",
                "cada columna es un paso, que se dibuja a un lado u otro según su lugar en la lista"
            ))
            .help(words!(
                "name two to five columns in `y:`, the worst first: `y: [negative, neutral, positive]`",
                "pon en `y:` de dos a cinco columnas, primero la peor: `y: [negativo, neutro, positivo]`"
            )),
    );
}

/// The tone of a step of so many.
fn tone(step: usize, steps: usize) -> i8 {
    let place = step as i8 * 2 - (steps.min(STEPS) as i8 - 1);
    match (steps, place) {
        (..=3, place) => place.signum() * 2,
        (_, 0) => 0,
        (4, -1 | 1) | (5, -2 | 2) => place.signum(),
        (_, place) => place.signum() * 2,
    }
}

/// The shares of a row in percent; `None` without any answer.
fn shares(values: &[Values], row: usize) -> Option<Vec<f64>> {
    let cell = |values: &Values| {
        values.values.get(row).copied().flatten().filter(|value| (0.0..=1e100).contains(value))
    };
    let known: Vec<f64> = values.iter().map(|values| cell(values).unwrap_or(0.0)).collect();
    let sum: f64 = known.iter().sum();
    (sum > 0.0).then(|| known.iter().map(|value| value / sum * 100.0).collect())
}

/// What lies left of the middle: the bad steps, and half of the step in the middle.
fn left_of_middle(shares: &[f64], steps: usize) -> f64 {
    let weight = |step: usize| match tone(step, steps) {
        0 => 0.5,
        tone if tone < 0 => 1.0,
        _ => 0.0,
    };
    shares.iter().enumerate().map(|(step, share)| share * weight(step)).sum()
}

fn scene(_: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Categories(data) = data else { return Scene::empty(size, words) };
    let steps = data.values.len().min(STEPS);
    let values = data.values.get(..steps).unwrap_or_default();
    let all: Vec<Option<Vec<f64>>> = (0..data.names.len().min(ROWS)).map(|row| shares(values, row)).collect();
    if all.iter().all(Option::is_none) {
        return Scene::empty(size, words);
    }
    let mut scene = Scene { left_out: data.names.len().saturating_sub(ROWS), ..Scene::blank(size) };
    let names: Vec<(Ink, Ink, String)> = values
        .iter()
        .enumerate()
        .map(|(step, values)| (Ink::Tone(tone(step, steps)), Ink::Name, values.name.clone()))
        .collect();
    let top = key(&mut scene, &names, 0.0);
    let (rows, left) = rows(data.names.iter().take(ROWS).map(String::as_str), THICK, size, top);
    let bottom = end(&rows, top);
    scene.size.height = bottom + ROW_GAP / 2.0;
    write_names(&mut scene, &rows, left);
    scene.stops = stops(&rows, THICK);
    let reach = |right: bool| {
        let far = all.iter().flatten().map(|shares| {
            let bad = left_of_middle(shares, steps);
            if right { 100.0 - bad } else { bad }
        });
        far.fold(0.0, f64::max)
    };
    scene.frame =
        Frame { left, right: size.width, top, bottom, x: (-reach(false), reach(true)), y: (bottom, top) };
    let frame = scene.frame;
    let mut corners: Vec<Vec<Corners>> = vec![Vec::new(); steps];
    for (shares, row) in all.iter().zip(&rows) {
        let Some(shares) = shares else { continue };
        let mut from = -left_of_middle(shares, steps);
        for (step, (share, corners)) in shares.iter().zip(&mut corners).enumerate() {
            let to = from + share;
            let wide = frame.px(to) - frame.px(from);
            if wide > 0.0 {
                let seam =
                    if wide > 4.0 { (frame.x.1 - frame.x.0) / (frame.right - frame.left) } else { 0.0 };
                corners.push(((from + seam, row.top), (to - seam, row.bottom)));
            }
            let text = words.percent(*share, 0);
            if bold_width(&text, LABEL) + 8.0 <= wide {
                let ink = if tone(step, steps).abs() == 2 { Ink::OnStrong } else { Ink::OnWeak };
                let x = (frame.px(from) + frame.px(to)) / 2.0;
                scene.text(x, row.top + THICK / 2.0 + LABEL * 0.35, Anchor::Middle, text, ink);
            }
            from = to;
        }
    }
    for (step, corners) in corners.into_iter().enumerate() {
        scene.plotted.push(Plotted::Bars { corners, ink: Ink::Tone(tone(step, steps)) });
    }
    draw_middle(&mut scene, &rows, steps);
    for (row, _) in rows.iter().zip(&all).filter(|(_, shares)| shares.is_none()) {
        let y = row.top + THICK / 2.0 + LABEL * 0.35;
        scene.text(frame.px(0.0) + 8.0, y, Anchor::Start, "–", Ink::Tick);
    }
    scene
}

/// The middle: a line between two sides, short marks above and below a step that lies on it.
fn draw_middle(scene: &mut Scene, rows: &[Row], steps: usize) {
    let x = scene.frame.px(0.0);
    let mut down =
        |from: f64, to: f64| scene.over.push(Rule { from: (x, from), to: (x, to), ink: Ink::Zero });
    for row in rows {
        if steps.is_multiple_of(2) {
            down(row.top - 3.0, row.bottom + 3.0);
        } else {
            down(row.top - 3.0, row.top);
            down(row.bottom, row.bottom + 3.0);
        }
    }
}

fn sentences(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let ChartData::Categories(CategoryData { names, values, .. }) = data else { return Vec::new() };
    let steps = values.len().min(STEPS);
    let values = values.get(..steps).unwrap_or_default();
    let side = |shares: &[f64], good: bool| -> f64 {
        let of = |step: usize| if good { tone(step, steps) > 0 } else { tone(step, steps) < 0 };
        shares.iter().enumerate().filter(|(step, _)| of(*step)).map(|(_, share)| share).sum()
    };
    let all: Vec<(&str, f64, f64)> = names
        .iter()
        .enumerate()
        .filter_map(|(row, name)| {
            let shares = shares(values, row)?;
            Some((name.as_str(), side(&shares, false), side(&shares, true)))
        })
        .collect();
    let best = all.iter().copied().reduce(|a, b| if b.2 > a.2 { b } else { a });
    let worst = all.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a });
    let (Some(best), Some(worst)) = (best, worst) else {
        return vec![super::describe::no_data(words.language())];
    };
    let percent = |value: f64| words.percent(value, 0);
    let text = match words.language() {
        Language::English if all.len() == 1 => {
            format!("{}: {} to the bad side, {} to the good.", best.0, percent(best.1), percent(best.2))
        }
        Language::Spanish if all.len() == 1 => {
            format!("{}: {} en el lado malo, {} en el bueno.", best.0, percent(best.1), percent(best.2))
        }
        Language::English => format!(
            "most on the good side: {} ({}); most on the bad side: {} ({}).",
            best.0,
            percent(best.2),
            worst.0,
            percent(worst.1)
        ),
        Language::Spanish => format!(
            "la mayor parte buena es la de {} ({}); la mayor parte mala, la de {} ({}).",
            best.0,
            percent(best.2),
            worst.0,
            percent(worst.1)
        ),
    };
    vec![capital(&text)]
}
