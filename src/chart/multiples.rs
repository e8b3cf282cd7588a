//! Small multiples: one small line for each series, all with the same axes, so that many can be compared without a tangle.

use super::data::TimeData;
use super::kind::{Along, Kind, Picture};
use super::line::row_text;
use super::scale::{Axis, Notation, least_step};
use super::scene::{Anchor, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK};
use super::text::{bold_width, cut, width, wrap};
use super::thin::thinned;
use super::{ChartData, ChartSpec, Figures};
use crate::series::{Series, day_of, number_of};

/// Panels in one drawing.
const PANELS: usize = 24;

/// Height of the lines in a panel, and of its heading.
const PLOT: f64 = 78.0;
const HEADING: f64 = 26.0;

/// Height of one more line of the heading.
const NAME_LINE: f64 = 17.0;

/// Room between panels.
const GAP: f64 = 20.0;

pub(crate) static KIND: Kind = Kind {
    without: &["events", "sort"],
    series: PANELS,
    ..Kind::drawn(
        &["multiples", "multiplos", "small_multiples", "paneles"],
        Along::Dates,
        Picture::Scenes(scene),
    )
};

fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Time(data) = data else { return Scene::empty(size, words) };
    let lines: Vec<Vec<Vec<(f64, f64)>>> = data.series.iter().map(|series| pieces(data, series)).collect();
    let points = || lines.iter().flatten().flatten().copied();
    let (Some(first), Some(last)) =
        (points().map(|p| p.0).reduce(f64::min), points().map(|p| p.0).reduce(f64::max))
    else {
        return Scene::empty(size, words);
    };
    let values = || points().map(|point| point.1).chain(spec.target);
    let low = values().fold(0.0, f64::min);
    let high = values().fold(0.0, f64::max);
    let decimals = data.series.iter().map(|series| series.decimals).max().unwrap_or(0);
    let unit = data.series.first().map(|series| series.unit.as_str()).unwrap_or_default();
    let axis = Axis::over(low, high, 3, least_step(decimals)).trimmed(high);
    let notation = Notation::for_ticks(&axis, unit);
    let ticks: Vec<(f64, String)> =
        axis.ticks.iter().map(|tick| (*tick, notation.write(*tick, words))).collect();
    let shown = lines.len().min(PANELS);
    let columns = match (size.narrow, shown) {
        (true, 1) | (false, 1) => 1,
        (true, _) | (false, 2 | 4) => 2,
        (false, _) => 3,
    };
    let margin = ticks.iter().map(|(_, text)| width(text, TICK)).fold(0.0, f64::max) + 8.0;
    let across = (size.width - margin - GAP * (columns - 1) as f64) / columns as f64;
    let headings: Vec<Heading> = lines
        .iter()
        .zip(&data.series)
        .take(shown)
        .map(|(line, series)| Heading::of(line, series, across, words))
        .collect();
    let more = headings.iter().map(|heading| heading.name.len().saturating_sub(1)).max().unwrap_or(0);
    let heading_height = HEADING + NAME_LINE * more as f64;
    let panels = shown.div_ceil(columns);
    let height = panels as f64 * (heading_height + PLOT + GAP) + 14.0;
    let mut scene = Scene { left_out: lines.len() - shown, ..Scene::blank(Size { height, ..size }) };
    // Every panel has a place of its own: the frame of the drawing is the canvas itself.
    scene.frame = Frame {
        left: 0.0,
        top: 0.0,
        right: size.width,
        bottom: height,
        x: (0.0, size.width),
        y: (height, 0.0),
    };
    for (index, (line, heading)) in lines.iter().zip(&headings).enumerate() {
        let (column, row) = (index % columns, index / columns);
        let left = margin + column as f64 * (across + GAP);
        let top = row as f64 * (heading_height + PLOT + GAP) + heading_height;
        let panel = Frame {
            left: left + 3.0,
            right: left + across - 5.0,
            top,
            bottom: top + PLOT,
            x: if first < last { (first, last) } else { (first - 1.0, last + 1.0) },
            y: (axis.low, axis.high),
        };
        draw_panel(&mut scene, &panel, line);
        if column == 0 {
            for (tick, text) in &ticks {
                scene.text(left - 8.0, panel.py(*tick) + TICK * 0.35, Anchor::End, text, Ink::Tick);
            }
        }
        for (tick, _) in &ticks {
            let y = panel.py(*tick);
            let ink = if *tick == 0.0 { Ink::Axis } else { Ink::Grid };
            scene.under.push(Rule { from: (left, y), to: (left + across, y), ink });
        }
        if let Some(target) = spec.target.filter(|target| target.abs() <= 1e100) {
            let y = panel.py(target);
            scene.over.push(Rule { from: (left, y), to: (left + across, y), ink: Ink::Target });
        }
        for (line, text) in heading.name.iter().rev().enumerate() {
            scene.text(left, top - 11.0 - NAME_LINE * line as f64, Anchor::Start, text, Ink::Name);
        }
        scene.text(left + across, top - 11.0, Anchor::End, &heading.value, Ink::Label(1));
        // Dates below the last panel of each column.
        if index + columns >= shown {
            write_dates(&mut scene, &panel, data, (first, last), words);
        }
    }
    scene
}

/// What stands above a panel: the name in one or two lines, and the last value.
struct Heading {
    name: Vec<String>,
    value: String,
}

impl Heading {
    fn of(line: &[Vec<(f64, f64)>], series: &Series, across: f64, words: &dyn Figures) -> Self {
        let end = line.iter().flatten().last().map(|point| point.1);
        let value = end.map(|value| Notation::new(value, series.decimals, &series.unit).write(value, words));
        let value = value.unwrap_or_default();
        let room = (across - bold_width(&value, LABEL) - 8.0).max(20.0);
        let mut name = wrap(&series.name, LABEL, across, 2);
        if width(&series.name, LABEL) <= room {
            name = vec![series.name.clone()];
        } else if let [_] = name.as_slice() {
            // The value has the last line for itself.
            name.push(String::new());
        } else if let Some(last) = name.last_mut() {
            *last = cut(last, LABEL, room);
        }
        Self { name, value }
    }
}

fn draw_panel(scene: &mut Scene, panel: &Frame, line: &[Vec<(f64, f64)>]) {
    let place = |(x, y): &(f64, f64)| (panel.px(*x), panel.py(*y));
    let room = (panel.right - panel.left).max(1.0) as usize;
    for piece in line {
        let points: Vec<(f64, f64)> = if piece.len() > 2 * room {
            scene.thinned = true;
            thinned(piece, room).iter().map(place).collect()
        } else {
            piece.iter().map(place).collect()
        };
        if points.len() == 1 {
            scene.plotted.push(Plotted::Dots { points, radius: 2.0, ink: Ink::Dot(1) });
        } else {
            scene.plotted.push(Plotted::Line { points, ink: Ink::Line(1) });
        }
    }
    let end: Vec<(f64, f64)> = line.iter().flatten().last().map(place).into_iter().collect();
    scene.plotted.push(Plotted::Dots { points: end, radius: 3.5, ink: Ink::Dot(1) });
}

/// The first and the last date, when both fit.
fn write_dates(
    scene: &mut Scene,
    panel: &Frame,
    data: &TimeData,
    (first, last): (f64, f64),
    words: &dyn Figures,
) {
    let text = |day: f64| {
        let date = day_of(day as i64);
        use crate::series::Grain;
        match data.grain {
            Grain::Year => date.year().to_string(),
            Grain::Quarter => format!("{} {}", super::describe::quarter(date, words.language()), date.year()),
            Grain::Month | Grain::Week | Grain::Day => format!("{} {}", words.month_short(date), date.year()),
        }
    };
    let (start, end) = (text(first), text(last));
    let y = panel.bottom + 17.0;
    let half = |text: &str| width(text, TICK) / 2.0;
    let free = row_text(scene, panel.left - 6.0 + half(&start), y, &start, 0.0);
    if first < last {
        row_text(scene, panel.right + 5.0 - half(&end), y, &end, free);
    }
}

/// The runs of a series without a missing value.
fn pieces(data: &TimeData, series: &crate::series::Series) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for point in &series.points {
        match (point.value.filter(|value| value.abs() <= 1e100), pieces.last_mut()) {
            (Some(value), Some(piece)) => piece.push((number_of(data.grain.start(point.date)) as f64, value)),
            _ => pieces.push(Vec::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
