//! The scene of a line chart: values over time, series named at their ends, target and events in place.

use super::data::{TOLD_APART, TimeData};
use super::kind::{Along, Kind, Picture, Y_MIN};
use super::label::{EVENT_ROW, EventPlace, KEY_ROW, LINE, beside, event_rows, pushed_apart, target_key};
use super::scale::{Axis, DateTick, Notation, date_ticks, least_step};
use super::scene::{Anchor, Area, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK, Text};
use super::stops::Stops;
use super::text::{bold_width, cut, width, wrap};
use super::thin::thinned;
use super::{ChartData, ChartSpec, Figures};
use crate::finding::{Code, Finding, Language, Level};
use crate::series::{Grain, Series, day_of, number_of};
use crate::text::Span;
use crate::words;
use crate::world::Date;

/// A line whose axis should start above its least value.
pub static AXIS_ABOVE_VALUES: Code =
    Code { id: "P512", name: "axis_above_values", level: Level::Warning, since: "0.1.0" };

pub(crate) static KIND: Kind = Kind {
    keys: &[Y_MIN],
    check: Some(check),
    ..Kind::drawn(&["line", "linea", "lines", "lineas"], Along::Dates, Picture::Scenes(scene))
};

fn check(spec: &ChartSpec, data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    let (Some(start), Some(least)) = (spec.own_number("y_min"), data.values().reduce(f64::min)) else {
        return;
    };
    if start > least {
        findings.push(
            Finding::new(
                &AXIS_ABOVE_VALUES,
                place,
                words!(
                    "the axis should start at {start}, and the data go down to {least}",
                    "el eje debería empezar en {start}, y los datos bajan hasta {least}"
                ),
            )
            .why(words!(
                "part of the line would run below the drawing; the axis starts lower instead",
                "parte de la línea quedaría por debajo del dibujo; el eje empieza más abajo"
            ))
            .help(words!(
                "write `y_min: {least}` or less, or leave it out",
                "escribe `y_minimo: {least}` o menos, o quítalo"
            )),
        );
    }
}

/// The scene; an empty drawing for data without values in time.
pub(crate) fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Time(data) = data else { return Scene::empty(size, words) };
    let lines = Lines::of(data);
    let Some(ends) = lines.ends() else { return Scene::empty(size, words) };
    let place = |keyed: bool| arranged(spec, data, &lines, ends, size, keyed, words);
    match place(false) {
        (scene, true) => scene,
        (_, false) => place(true).0,
    }
}

/// The drawing, and whether its target found a place; a target that is `keyed` is named above the drawing.
fn arranged(
    spec: &ChartSpec,
    data: &TimeData,
    lines: &Lines,
    (first, last): (f64, f64),
    size: Size,
    keyed: bool,
    words: &dyn Figures,
) -> (Scene, bool) {
    let axis = axis(spec, lines, size);
    let unit = lines.all.first().map(|line| line.series.unit.as_str()).unwrap_or_default();
    let notation = Notation::for_ticks(&axis, unit);
    let ticks: Vec<(f64, String)> =
        axis.ticks.iter().map(|tick| (*tick, notation.write(*tick, words))).collect();
    let left = ticks.iter().map(|(_, text)| width(text, TICK)).fold(0.0, f64::max) + 10.0;
    let ends = end_labels(lines, size, words);
    let right = size.width - ends.iter().map(|end| end.width).fold(0.0, f64::max) - 12.0;
    let time = time_ticks(data, first, last, right - left, words);
    let second_row = time.iter().any(|tick| !tick.below.is_empty());
    let mut frame = Frame {
        left,
        right,
        top: if keyed { 12.0 + KEY_ROW } else { 12.0 },
        bottom: size.height - if second_row { 44.0 } else { 27.0 },
        x: if first < last { (first, last) } else { (first - 1.0, last + 1.0) },
        y: (axis.low, axis.high),
    };
    let (events, numbered) = events(spec, data, &frame, size);
    let rows = events.iter().map(|event| event.row + 1).max().unwrap_or(0);
    frame.top += rows as f64 * EVENT_ROW;

    let mut scene = Scene { frame, stops: Stops::Days, numbered_events: numbered, ..Scene::blank(size) };
    value_axis(&mut scene, &ticks);
    time_axis(&mut scene, &time);
    draw_lines(&mut scene, lines);
    draw_events(&mut scene, &events);
    draw_ends(&mut scene, lines, &ends);
    let placed = draw_target(&mut scene, spec, unit, keyed, words);
    (scene, placed)
}

/// A series with its points in values of the frame, cut where values are missing.
struct Line<'a> {
    series: &'a Series,
    pieces: Vec<Vec<(f64, f64)>>,
    /// 1 to 4, or 0 for grey.
    rank: u8,
}

struct Lines<'a> {
    all: Vec<Line<'a>>,
}

impl<'a> Lines<'a> {
    fn of(data: &'a TimeData) -> Self {
        let mut all = Vec::new();
        for series in &data.series {
            let pieces = pieces(data, series);
            if !pieces.is_empty() {
                let rank = if all.len() < TOLD_APART { all.len() as u8 + 1 } else { 0 };
                all.push(Line { series, pieces, rank });
            }
        }
        Self { all }
    }

    fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.all.iter().flat_map(|line| line.pieces.iter().flatten().copied())
    }

    /// First and last day number that has a value.
    fn ends(&self) -> Option<(f64, f64)> {
        let first = self.points().map(|point| point.0).reduce(f64::min)?;
        let last = self.points().map(|point| point.0).reduce(f64::max)?;
        Some((first, last))
    }
}

/// The runs of a series without a gap. A missing value is a gap; so is a pause of more than three steps in a series that keeps a regular step.
fn pieces(data: &TimeData, series: &Series) -> Vec<Vec<(f64, f64)>> {
    let longest = longest_step(series);
    let mut pieces: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    let mut previous: Option<Date> = None;
    for point in &series.points {
        let Some(value) = point.value.filter(|value| value.abs() <= 1e100) else {
            pieces.push(Vec::new());
            continue;
        };
        let pause = previous.is_some_and(|previous| number_of(point.date) - number_of(previous) > longest);
        if pause {
            pieces.push(Vec::new());
        }
        previous = Some(point.date);
        if let Some(piece) = pieces.last_mut() {
            piece.push((data.place(point.date), value));
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn longest_step(series: &Series) -> i64 {
    let dates = series.points.iter().map(|point| number_of(point.date));
    let mut steps: Vec<i64> = dates.clone().skip(1).zip(dates).map(|(b, a)| b - a).collect();
    steps.sort_unstable();
    let Some(middle) = steps.get(steps.len() / 2).copied() else { return i64::MAX };
    let regular = steps.iter().filter(|step| (*step - middle).abs() * 4 <= middle).count();
    if steps.len() >= 8 && regular * 5 >= steps.len() * 4 { middle * 3 } else { i64::MAX }
}

/// From zero unless the values keep to the upper half of the way from zero.
fn axis(spec: &ChartSpec, lines: &Lines, size: Size) -> Axis {
    let values = lines.points().map(|point| point.1).chain(spec.target);
    let (low, high) =
        values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let low = spec.own_number("y_min").map_or(low, |start| low.min(start));
    let low = if low > 0.0 && low < high * 0.5 { 0.0 } else { low };
    let high = if high < 0.0 && high > low * 0.5 { 0.0 } else { high };
    let decimals = lines.all.iter().map(|line| line.series.decimals).max().unwrap_or(0);
    let whole = lines.points().all(|point| point.1 == point.1.trunc());
    // Values may be finer than the decimals said of them.
    let least = if decimals == 0 && !whole { 0.0 } else { least_step(decimals) };
    Axis::over(low, high, if size.narrow { 4 } else { 5 }, least).trimmed(high)
}

/// What stands at the end of a line.
struct End {
    lines: Vec<String>,
    width: f64,
    place: (f64, f64),
    rank: u8,
}

/// One series: its last value. Several: their names, with the last value where there is room.
fn end_labels(lines: &Lines, size: Size, words: &dyn Figures) -> Vec<End> {
    let room = if size.narrow { 96.0 } else { 150.0 };
    let mut ends = Vec::new();
    for line in lines.all.iter().filter(|line| line.rank > 0) {
        let Some(place) = line.pieces.last().and_then(|piece| piece.last()) else { continue };
        let series = line.series;
        let value = Notation::new(place.1, series.decimals, &series.unit).write(place.1, words);
        let both = format!("{} {value}", series.name);
        let texts = if lines.all.len() == 1 || series.name.is_empty() {
            vec![cut(&value, LABEL, room)]
        } else if !size.narrow && bold_width(&both, LABEL) <= room {
            vec![both]
        } else {
            wrap(&series.name, LABEL * 1.06, room, 3)
        };
        let width = texts.iter().map(|text| bold_width(text, LABEL)).fold(0.0, f64::max);
        ends.push(End { lines: texts, width, place: *place, rank: line.rank });
    }
    ends
}

fn value_axis(scene: &mut Scene, ticks: &[(f64, String)]) {
    let frame = scene.frame;
    let ends_below_zero = frame.y.0 < 0.0;
    for (index, (tick, text)) in ticks.iter().enumerate() {
        let y = frame.py(*tick);
        let ink = match (*tick == 0.0, index) {
            (true, _) if ends_below_zero => Ink::Zero,
            (_, 0) => Ink::Axis,
            _ => Ink::Grid,
        };
        scene.under.push(Rule { from: (frame.left, y), to: (frame.right, y), ink });
        scene.text(frame.left - 8.0, y + TICK * 0.35, Anchor::End, text, Ink::Tick);
    }
}

/// Ticks on the calendar, or at the first and last value where the calendar has no two between them.
fn time_ticks(data: &TimeData, first: f64, last: f64, length: f64, words: &dyn Figures) -> Vec<DateTick> {
    let (first, last) = (day_of(first as i64), day_of(last as i64));
    let ticks = date_ticks(first, last, data.spacing(), length, TICK, words);
    if ticks.len() < 2 { own_ticks(first, last, data.grain, words) } else { ticks }
}

fn time_axis(scene: &mut Scene, ticks: &[DateTick]) {
    let frame = scene.frame;
    let mut free = 0.0;
    let mut free_below = 0.0;
    for tick in ticks {
        let x = frame.px(number_of(tick.date) as f64);
        scene.under.push(Rule { from: (x, frame.bottom), to: (x, frame.bottom + 5.0), ink: Ink::Axis });
        free = row_text(scene, x, frame.bottom + 19.0, &tick.text, free);
        free_below = row_text(scene, x, frame.bottom + 36.0, &tick.below, free_below);
    }
}

/// Writes a text centred at `x`, kept within the canvas, unless it would lie on the one before; gives the place from which the next may start.
pub(super) fn row_text(scene: &mut Scene, x: f64, y: f64, text: &str, free: f64) -> f64 {
    if text.is_empty() {
        return free;
    }
    let half = width(text, TICK) / 2.0;
    let x = x.clamp(half, (scene.size.width - half).max(half));
    if x - half < free {
        return free;
    }
    scene.text(x, y, Anchor::Middle, text, Ink::Tick);
    x + half + 6.0
}

/// The first and the last date themselves, when no two calendar boundaries lie between them.
fn own_ticks(first: Date, last: Date, grain: Grain, words: &dyn Figures) -> Vec<DateTick> {
    let tick = |date: Date| DateTick {
        date,
        text: match grain {
            Grain::Day | Grain::Week => words.day_month(date),
            Grain::Month => words.month_short(date),
            Grain::Quarter => super::describe::quarter(date, words.language()),
            Grain::Year => date.year().to_string(),
        },
        below: if grain == Grain::Year { String::new() } else { date.year().to_string() },
    };
    let mut ticks = vec![tick(first)];
    if last > first {
        let mut end = tick(last);
        if last.year() == first.year() {
            end.below.clear();
        }
        ticks.push(end);
    }
    ticks
}

fn draw_lines(scene: &mut Scene, lines: &Lines) {
    let room = (scene.frame.right - scene.frame.left).max(1.0) as usize;
    // Grey below, the first series on top.
    let order = lines
        .all
        .iter()
        .filter(|line| line.rank == 0)
        .chain(lines.all.iter().rev().filter(|line| line.rank > 0));
    for line in order {
        let total: usize = line.pieces.iter().map(Vec::len).sum();
        for piece in &line.pieces {
            if let [alone] = piece.as_slice() {
                let dots = Plotted::Dots { points: vec![*alone], radius: 3.0, ink: Ink::Dot(line.rank) };
                scene.plotted.push(dots);
                continue;
            }
            let points = if total > 2 * room {
                scene.thinned = true;
                thinned(piece, (piece.len() * room / total).max(2))
            } else {
                piece.clone()
            };
            scene.plotted.push(Plotted::Line { points, ink: Ink::Line(line.rank) });
        }
    }
    for line in lines.all.iter().rev().filter(|line| line.rank > 0) {
        let end = line.pieces.last().and_then(|piece| piece.last()).copied();
        scene.plotted.push(Plotted::Dots {
            points: end.into_iter().collect(),
            radius: 4.0,
            ink: Ink::Dot(line.rank),
        });
    }
}

fn draw_ends(scene: &mut Scene, lines: &Lines, ends: &[End]) {
    let frame = scene.frame;
    let line = LABEL + 3.0;
    let wanted: Vec<(f64, f64)> =
        ends.iter().map(|end| (frame.py(end.place.1), end.lines.len() as f64 * line)).collect();
    let centres = pushed_apart(&wanted, frame.top - 8.0, frame.bottom + 8.0);
    let single = lines.all.len() == 1;
    for ((end, centre), (want, height)) in ends.iter().zip(&centres).zip(&wanted) {
        let (x, y) = (frame.px(end.place.0), *want);
        // A line that ends before the others keeps its name in the margin, with a thin line leading there.
        let start = if single { x } else { frame.right };
        if (centre - y).abs() > 9.0 || start - x > 12.0 {
            let lead = Rule { from: (x + 5.0, y), to: (start + 8.0, *centre), ink: Ink::Lead };
            scene.over.push(lead);
        }
        for (index, text) in end.lines.iter().enumerate() {
            let baseline = centre - height / 2.0 + line * index as f64 + LABEL * 0.95;
            scene.text(start + 10.0, baseline, Anchor::Start, text, Ink::Label(end.rank));
        }
    }
}

/// The labels of the events within the time drawn, as words where they fit, else as numbers.
fn events(spec: &ChartSpec, data: &TimeData, frame: &Frame, size: Size) -> (Vec<EventPlace>, bool) {
    let shown: Vec<(f64, &str)> = drawn_events(spec, data)
        .map(|event| (frame.px(number_of(event.date) as f64), event.label.as_str()))
        .collect();
    let longest = size.width * if size.narrow { 0.5 } else { 0.4 };
    let fits = shown.iter().all(|(_, label)| width(label, TICK) <= longest);
    let named = shown.iter().map(|(x, label)| (*x, (*label).to_owned())).collect::<Vec<_>>();
    let rows = if size.narrow { 2 } else { 3 };
    if fits && let Some(places) = event_rows(&named, 0.0, size.width, rows) {
        return (places, false);
    }
    let numbers: Vec<(f64, String)> =
        shown.iter().enumerate().map(|(index, (x, _))| (*x, (index + 1).to_string())).collect();
    (event_rows(&numbers, 0.0, size.width, 3).unwrap_or_default(), true)
}

/// The events that fall into the time of the data, in order.
pub(super) fn drawn_events<'a>(
    spec: &'a ChartSpec,
    data: &TimeData,
) -> impl Iterator<Item = &'a super::Event> {
    let ends = data.ends();
    spec.events
        .iter()
        .filter(move |event| ends.is_some_and(|(first, last)| (first..=last).contains(&event.date)))
}

fn draw_events(scene: &mut Scene, events: &[EventPlace]) {
    let frame = scene.frame;
    for event in events {
        let row_bottom = frame.top - 4.0 - event.row as f64 * EVENT_ROW;
        let top = row_bottom - EVENT_ROW + 5.0;
        scene.under.push(Rule { from: (event.x, top), to: (event.x, frame.bottom), ink: Ink::Event });
        let gap = if event.anchor == Anchor::End { -4.0 } else { 4.0 };
        scene.text(event.x + gap, row_bottom - 3.0, event.anchor, event.text.clone(), Ink::EventLabel);
    }
}

/// A dashed line with its name where it covers neither line nor label; whether there was such a place.
fn draw_target(scene: &mut Scene, spec: &ChartSpec, unit: &str, keyed: bool, words: &dyn Figures) -> bool {
    let Some(target) = spec.target.filter(|target| target.abs() <= 1e100) else { return true };
    let frame = scene.frame;
    let y = frame.py(target);
    scene.over.insert(0, Rule { from: (frame.left, y), to: (frame.right, y), ink: Ink::Target });
    let label = target_label(target, unit, words);
    if keyed {
        target_key(scene, label);
        return true;
    }
    let (above, below) = (y - 5.0, y + LINE - 1.0);
    let middle = (frame.left + frame.right) / 2.0;
    let place =
        |x: f64, y: f64, anchor: Anchor| Text { x, y, anchor, text: label.clone(), ink: Ink::TargetLabel };
    let (start, end) = (frame.left + 4.0, frame.right - 6.0);
    let candidates = vec![
        place(start, above, Anchor::Start),
        place(start, below, Anchor::Start),
        place(end, above, Anchor::End),
        place(end, below, Anchor::End),
        place(middle, above, Anchor::Middle),
        place(middle, below, Anchor::Middle),
    ];
    let bounds = Area { left: frame.left, top: 0.0, right: frame.right, bottom: frame.bottom };
    let mut lines: Vec<Vec<(f64, f64)>> = scene
        .plotted
        .iter()
        .map(|plotted| match plotted {
            Plotted::Line { points, .. } => {
                points.iter().map(|(x, y)| (frame.px(*x), frame.py(*y))).collect()
            }
            Plotted::Dots { points, .. } => points
                .iter()
                .flat_map(|(x, y)| [(frame.px(*x) - 3.0, frame.py(*y)), (frame.px(*x) + 3.0, frame.py(*y))])
                .collect(),
            Plotted::Bars { .. } | Plotted::Cells { .. } => Vec::new(),
        })
        .collect();
    let events = scene.under.iter().filter(|rule| rule.ink == Ink::Event);
    lines.extend(events.map(|rule| vec![rule.from, rule.to]));
    let areas: Vec<Area> = scene.texts.iter().map(Text::area).collect();
    let free = beside(candidates, &bounds, &lines, &areas);
    let placed = free.is_some();
    scene.texts.extend(free);
    placed
}

/// `Target 12,000`.
pub(super) fn target_label(target: f64, unit: &str, words: &dyn Figures) -> String {
    let value = Notation::new(target, decimals_of(target), unit).write(target, words);
    match words.language() {
        Language::English => format!("Target {value}"),
        Language::Spanish => format!("Objetivo {value}"),
    }
}

/// The decimals with which a number was meant, at most three.
pub(super) fn decimals_of(value: f64) -> u8 {
    let exact =
        |scale: f64| ((value * scale).round() - value * scale).abs() < 1e-9 * (value * scale).abs().max(1.0);
    match () {
        () if exact(1.0) => 0,
        () if exact(10.0) => 1,
        () if exact(100.0) => 2,
        () => 3,
    }
}
