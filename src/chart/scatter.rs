//! Scatter chart: names by two figures, with quadrants where the author draws the lines.

use super::data::{CategoryData, Values};
use super::describe::no_data;
use super::kind::{Along, Key, Kind, Picture, Takes};
use super::label::beside;
use super::line::row_text;
use super::scale::{Axis, Notation, least_step};
use super::scene::{Anchor, Area, Frame, Ink, Plotted, Rule, Scene, Size, TICK, Text};
use super::text::{cut, width};
use super::{ChartData, ChartSpec, Figures, Reading};
use crate::finding::Language;
use crate::series::{number, numbers};
use crate::text::{Spanned, capital};

/// Points that get names: for more there is no room.
const NAMED: usize = 40;

/// Greatest radius of a point in px.
const RADIUS: f64 = 18.0;

const CORNERS: [(&str, &str); 4] = [
    ("top_left", "arriba_izquierda"),
    ("top_right", "arriba_derecha"),
    ("bottom_left", "abajo_izquierda"),
    ("bottom_right", "abajo_derecha"),
];

pub(crate) static KIND: Kind = Kind {
    keys: &[
        Key { more: &["label", "etiqueta"], ..Key::new("name", "nombre", Takes::Text) },
        Key::new("size", "tamano", Takes::Text),
        Key::new(
            "quadrants",
            "cuadrantes",
            Takes::Parts(&[("x", "x"), ("y", "y"), CORNERS_0, CORNERS_1, CORNERS_2, CORNERS_3]),
        ),
    ],
    without: &["target", "events", "time_unit", "aggregate", "color", "sort"],
    read: Some(read),
    sentences: Some(sentences),
    series: usize::MAX,
    ..Kind::drawn(&["scatter", "dispersion", "puntos", "prioridades"], Along::Names, Picture::Scenes(scene))
};

const CORNERS_0: (&str, &str) = CORNERS[0];
const CORNERS_1: (&str, &str) = CORNERS[1];
const CORNERS_2: (&str, &str) = CORNERS[2];
const CORNERS_3: (&str, &str) = CORNERS[3];

fn read(reading: &mut Reading) -> Option<ChartData> {
    let spec = reading.spec;
    let is_number = |column: &crate::series::Column| {
        let read = numbers(column, reading.habits);
        read.value.values.iter().any(Option::is_some) && read.findings.is_empty()
    };
    let (texts, figures): (Vec<_>, Vec<_>) = reading.columns.iter().partition(|column| !is_number(column));
    let mut pick = |named: Option<&Spanned<String>>, place: usize| match named {
        Some(name) => reading.column(name),
        None => figures.get(place).copied(),
    };
    let x = pick(spec.x.as_ref(), 0)?;
    let y = pick(spec.y.first(), 1)?;
    let size = match spec.own_text("size") {
        Some(name) => Some(reading.column(name)?),
        None => None,
    };
    let names = match spec.own_text("name") {
        Some(name) => Some(reading.column(name)?),
        None => texts.first().copied(),
    };
    let mut values = Vec::new();
    for column in [Some(x), Some(y), size].into_iter().flatten() {
        let read = numbers(column, reading.habits).into(&mut reading.findings);
        values.push(Values {
            name: spec.shown(&column.name.value),
            values: read.values.into_iter().map(|value| value.filter(|value| value.abs() <= 1e100)).collect(),
            unit: if read.percent { "%".to_owned() } else { String::new() },
            decimals: spec.decimals.unwrap_or(read.decimals.min(6)),
        });
    }
    let name = |row: usize| match names.and_then(|names| names.cells.get(row)) {
        Some((text, _)) => spec.shown(text.trim()),
        None => (row + 1).to_string(),
    };
    Some(ChartData::Categories(CategoryData {
        heading: names.map(|names| spec.shown(&names.name.value)).unwrap_or_default(),
        names: (0..x.cells.len()).map(name).collect(),
        values,
    }))
}

/// Name, place, share of the greatest size.
struct Dot<'a> {
    name: &'a str,
    x: f64,
    y: f64,
    radius: f64,
}

fn dots(data: &CategoryData) -> Vec<Dot<'_>> {
    let value = |column: usize, row: usize| {
        data.values.get(column).and_then(|values| values.values.get(row)).copied().flatten()
    };
    let rows = 0..data.names.len();
    let greatest = rows.clone().filter_map(|row| value(2, row)).fold(0.0, f64::max);
    let mut dots: Vec<Dot> = rows
        .zip(&data.names)
        .filter_map(|(row, name)| {
            // The surface and not the radius is the size.
            let radius = match (data.values.len() > 2, value(2, row)) {
                (false, _) => 5.5,
                (true, Some(size)) if greatest > 0.0 => (size.max(0.0) / greatest).sqrt().max(0.15) * RADIUS,
                (true, _) => 2.5,
            };
            Some(Dot { name, x: value(0, row)?, y: value(1, row)?, radius })
        })
        .collect();
    // Great ones first, so that small ones lie on them.
    dots.sort_by(|a, b| b.radius.total_cmp(&a.radius));
    dots
}

/// Where the lines between the quadrants are.
fn lines(spec: &ChartSpec) -> (Option<f64>, Option<f64>) {
    let habits = crate::series::Habits { decimal_comma: true, day_first: true };
    let part = |part: &str| {
        let text = spec.own_part("quadrants", part)?;
        number(part, &text.value, text.span, habits).value
    };
    (part("x"), part("y"))
}

fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Categories(data) = data else { return Scene::empty(size, words) };
    let dots = dots(data);
    if dots.is_empty() {
        return Scene::empty(size, words);
    }
    let (split_x, split_y) = lines(spec);
    let axis = |value: fn(&Dot) -> f64, split: Option<f64>, column: usize, count: usize| {
        let all = || dots.iter().map(value).chain(split);
        let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(f64::MIN, f64::max));
        let low = if low > 0.0 && low < high * 0.5 { 0.0 } else { low };
        let decimals = data.values.get(column).map_or(0, |values| values.decimals);
        Axis::over(low, high, count, least_step(decimals))
    };
    let height = size.height + 60.0;
    let size = Size { height, ..size };
    let x = axis(|dot| dot.x, split_x, 0, if size.narrow { 4 } else { 6 });
    let y = axis(|dot| dot.y, split_y, 1, 5);
    let unit = |column: usize| data.values.get(column).map(|values| values.unit.as_str()).unwrap_or_default();
    let name = |column: usize| data.values.get(column).map(|values| values.name.as_str()).unwrap_or_default();
    let written = |axis: &Axis, unit: &str| -> Vec<(f64, String)> {
        let notation = Notation::for_ticks(axis, unit);
        axis.ticks.iter().map(|tick| (*tick, notation.write(*tick, words))).collect()
    };
    let (x_ticks, y_ticks) = (written(&x, unit(0)), written(&y, unit(1)));
    let left = y_ticks.iter().map(|(_, text)| width(text, TICK)).fold(0.0, f64::max) + 10.0;
    // Points at the ends lie half outside of the range: room for them.
    let pad = dots.iter().map(|dot| dot.radius).fold(0.0, f64::max);
    let plot = (size.width - left - pad, height - 46.0 - 26.0 - pad);
    let wider = |axis: &Axis, length: f64| {
        let more = (axis.high - axis.low) * pad / length.max(1.0);
        (axis.low - more, axis.high + more)
    };
    let frame = Frame {
        left,
        right: size.width - 2.0,
        top: 28.0,
        bottom: height - 46.0,
        x: wider(&x, plot.0),
        y: wider(&y, plot.1),
    };
    let mut scene = Scene { frame, ..Scene::blank(size) };
    for (tick, text) in &y_ticks {
        let y = frame.py(*tick);
        scene.under.push(Rule { from: (frame.left, y), to: (frame.right, y), ink: Ink::Grid });
        scene.text(frame.left - 8.0, y + TICK * 0.35, Anchor::End, text, Ink::Tick);
    }
    scene.under.push(Rule {
        from: (frame.left, frame.bottom),
        to: (frame.right, frame.bottom),
        ink: Ink::Axis,
    });
    let mut free = 0.0;
    for (tick, text) in &x_ticks {
        let px = frame.px(*tick);
        scene.under.push(Rule { from: (px, frame.bottom), to: (px, frame.bottom + 5.0), ink: Ink::Axis });
        free = row_text(&mut scene, px, frame.bottom + 19.0, text, free);
    }
    scene.text(0.0, 14.0, Anchor::Start, format!("↑ {}", cut(name(1), TICK, size.width - 30.0)), Ink::Note);
    scene.text(
        size.width,
        height - 6.0,
        Anchor::End,
        format!("{} →", cut(name(0), TICK, size.width - 30.0)),
        Ink::Note,
    );
    draw_quadrants(&mut scene, spec, (split_x, split_y));
    for dot in &dots {
        scene.plotted.push(Plotted::Dots {
            points: vec![(dot.x, dot.y)],
            radius: dot.radius,
            ink: Ink::Dot(1),
        });
    }
    write_dots(&mut scene, &dots);
    scene
}

/// The lines between the quadrants, and their names in the corners.
fn draw_quadrants(scene: &mut Scene, spec: &ChartSpec, (x, y): (Option<f64>, Option<f64>)) {
    let frame = scene.frame;
    if let Some(x) = x.map(|x| frame.px(x)) {
        scene.under.push(Rule { from: (x, frame.top), to: (x, frame.bottom), ink: Ink::Zero });
    }
    if let Some(y) = y.map(|y| frame.py(y)) {
        scene.under.push(Rule { from: (frame.left, y), to: (frame.right, y), ink: Ink::Zero });
    }
    let (middle_x, middle_y) =
        (x.map_or(frame.right, |x| frame.px(x)), y.map_or(frame.bottom, |y| frame.py(y)));
    for (corner, _) in CORNERS {
        let Some(name) = spec.own_part("quadrants", corner) else { continue };
        let (x, anchor, room) = if corner.ends_with("left") {
            (frame.left + 6.0, Anchor::Start, middle_x - frame.left)
        } else {
            (frame.right - 4.0, Anchor::End, frame.right - middle_x)
        };
        let y = if corner.starts_with("top") { frame.top + 12.0 } else { frame.bottom - 8.0 };
        let room = if room > 30.0 { room - 12.0 } else { frame.right - frame.left };
        if corner.starts_with("bottom") && middle_y > frame.bottom - 20.0 {
            continue;
        }
        scene.text(x, y, anchor, cut(&name.value, TICK, room), Ink::Tick);
    }
}

/// Names beside their points, where there is room that covers neither points nor names.
fn write_dots(scene: &mut Scene, dots: &[Dot]) {
    let frame = scene.frame;
    let bounds = Area { left: frame.left, top: 0.0, right: scene.size.width, bottom: frame.bottom };
    let mut areas: Vec<Area> = scene.texts.iter().map(Text::area).collect();
    let around = |dot: &Dot| (frame.px(dot.x), frame.py(dot.y));
    areas.extend(dots.iter().map(|dot| {
        let (x, y) = around(dot);
        Area { left: x - dot.radius, right: x + dot.radius, top: y - dot.radius, bottom: y + dot.radius }
    }));
    let rules = scene.under.iter().filter(|rule| rule.ink == Ink::Zero);
    let lines: Vec<Vec<(f64, f64)>> = rules.map(|rule| vec![rule.from, rule.to]).collect();
    if dots.len() > NAMED {
        scene.unnamed = dots.len();
        return;
    }
    for dot in dots {
        let ((x, y), r) = (around(dot), dot.radius + 4.0);
        let text = cut(dot.name, TICK, scene.size.width * 0.6);
        let place = |x: f64, y: f64, anchor| Text { x, y, anchor, text: text.clone(), ink: Ink::DotName };
        let half = TICK * 0.35;
        let slant = r * 0.72;
        let candidates = vec![
            place(x + r, y + half, Anchor::Start),
            place(x - r, y + half, Anchor::End),
            place(x, y - r - 1.0, Anchor::Middle),
            place(x, y + r + TICK * 0.78, Anchor::Middle),
            place(x + slant, y - slant, Anchor::Start),
            place(x - slant, y - slant, Anchor::End),
            place(x + slant, y + slant + TICK * 0.7, Anchor::Start),
            place(x - slant, y + slant + TICK * 0.7, Anchor::End),
        ];
        match beside(candidates, &bounds, &lines, &areas) {
            Some(text) => {
                areas.push(text.area());
                scene.texts.push(text);
            }
            None => scene.unnamed += 1,
        }
    }
}

fn sentences(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let ChartData::Categories(data) = data else { return Vec::new() };
    let dots = dots(data);
    let language = words.language();
    let (Some(right), Some(top)) = (
        dots.iter().reduce(|a, b| if b.x > a.x { b } else { a }),
        dots.iter().reduce(|a, b| if b.y > a.y { b } else { a }),
    ) else {
        return vec![no_data(language)];
    };
    let name = |column: usize| data.values.get(column).map(|values| values.name.as_str()).unwrap_or_default();
    let write = |column: usize, value: f64| {
        let (decimals, unit) =
            data.values.get(column).map_or((0, ""), |values| (values.decimals, values.unit.as_str()));
        super::describe::figure(value, decimals, unit, words)
    };
    let count = dots.len();
    let mut sentences = vec![match language {
        Language::English => format!(
            "{count} by {} and {}. Greatest {}: {} ({}); greatest {}: {} ({}).",
            name(0),
            name(1),
            name(0),
            right.name,
            write(0, right.x),
            name(1),
            top.name,
            write(1, top.y)
        ),
        Language::Spanish => format!(
            "{count} según {} y {}. Mayor {}: {} ({}); mayor {}: {} ({}).",
            name(0),
            name(1),
            name(0),
            right.name,
            write(0, right.x),
            name(1),
            top.name,
            write(1, top.y)
        ),
    }];
    let (split_x, split_y) = lines(spec);
    for (corner, _) in CORNERS {
        let Some(title) = spec.own_part("quadrants", corner) else { continue };
        let inside = dots.iter().filter(|dot| {
            let right = split_x.is_none_or(|split| (dot.x >= split) == corner.ends_with("right"));
            let above = split_y.is_none_or(|split| (dot.y >= split) == corner.starts_with("top"));
            right && above
        });
        let names: Vec<&str> = inside.map(|dot| dot.name).collect();
        if names.is_empty() {
            continue;
        }
        let shown = names.iter().copied().take(6).collect::<Vec<_>>().join(", ");
        let more = if names.len() > 6 { format!(" (+{})", names.len() - 6) } else { String::new() };
        sentences.push(capital(&format!("{}: {shown}{more}.", title.value)));
    }
    sentences
}
