//! The scene of a line chart: values over time, series named at their ends, target and events in place.

use super::data::{Role, TOLD_APART, TimeData};
use super::kind::{Along, Key, Kind, PARTIAL, Picture, Takes, Y_MIN};
use super::label::{EVENT_ROW, EventPlace, KEY_ROW, LINE, beside, event_rows, pushed_apart, target_key};
use super::scale::{Axis, DateTick, Notation, date_ticks, least_step};
use super::scene::{Anchor, Area, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK, Text};
use super::stops::Stops;
use super::text::{bold_width, cut, width, wrap};
use super::thin::thinned;
use super::{ChartData, ChartSpec, Event, Figures};
use crate::finding::{Code, Finding, Language, Level};
use crate::series::{Grain, Series, day_of, number_of};
use crate::text::Span;
use crate::words;
use crate::world::Date;

/// A line whose axis should start above its least value.
pub static AXIS_ABOVE_VALUES: Code =
    Code { id: "P512", name: "axis_above_values", level: Level::Warning, since: "0.1.0" };

pub(crate) static KIND: Kind = Kind {
    keys: &[
        Y_MIN,
        PARTIAL,
        Key::new("low", "bajo", Takes::Text),
        Key::new("high", "alto", Takes::Text),
        Key {
            more: &["proyeccion"],
            ..Key::new(
                "forecast",
                "prevision",
                Takes::Parts(&[("low", "bajo"), ("mid", "medio"), ("high", "alto")]),
            )
        },
    ],
    check: Some(check),
    ..Kind::drawn(&["line", "linea", "lines", "lineas"], Along::Dates, Picture::Scenes(scene))
};

fn check(spec: &ChartSpec, data: &ChartData, _: Span, findings: &mut Vec<Finding>) {
    let Some((start, least)) = spec.own_number_at("y_min").zip(data.values().reduce(f64::min)) else {
        return;
    };
    let (start, place) = (start.value, start.span);
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
    let lines = Lines::of(spec, data);
    let Some((first, last)) = lines.ends() else { return Scene::empty(size, words) };
    let ends = (first, last.max(target_day(spec, first, last).unwrap_or(last)));
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
    let rows = events.iter().map(|event| event.place.row + 1).max().unwrap_or(0);
    frame.top += rows as f64 * EVENT_ROW;

    let mut scene = Scene { frame, stops: Stops::Days, numbered_events: numbered, ..Scene::blank(size) };
    value_axis(&mut scene, &ticks);
    time_axis(&mut scene, &time);
    draw_around(&mut scene, lines);
    draw_lines(&mut scene, lines);
    draw_events(&mut scene, &events);
    draw_ends(&mut scene, lines, &ends);
    let placed = draw_target(&mut scene, spec, unit, keyed, words);
    draw_notes(&mut scene, lines, words);
    (scene, placed)
}

/// A series with its points in values of the frame, cut where values are missing.
struct Line<'a> {
    series: &'a Series,
    pieces: Vec<Vec<(f64, f64)>>,
    /// 1 to 4, or 0 for grey.
    rank: u8,
    /// The way to a last period that is not complete.
    partial: Vec<(f64, f64)>,
}

impl Line<'_> {
    /// The last value.
    fn end(&self) -> Option<(f64, f64)> {
        self.partial.last().or_else(|| self.pieces.last()?.last()).copied()
    }
}

struct Lines<'a> {
    all: Vec<Line<'a>>,
    /// Lower and upper points of the range around the first line.
    band: Vec<(f64, f64)>,
    /// What is expected of the first line, from its last value on.
    ahead: Vec<(f64, f64)>,
    /// The surface between the ends of what is expected.
    fan: Vec<(f64, f64)>,
}

impl<'a> Lines<'a> {
    fn of(spec: &ChartSpec, data: &'a TimeData) -> Self {
        let anew: Vec<f64> =
            spec.events.iter().filter(|event| event.anew).map(|event| data.place(event.date)).collect();
        let mut all: Vec<Line<'a>> = Vec::new();
        for series in &data.series {
            let mut pieces = pieces(data, series, &anew);
            if pieces.is_empty() {
                continue;
            }
            let rank = if all.len() < TOLD_APART { all.len() as u8 + 1 } else { 0 };
            let partial = if data.partial { without_last(&mut pieces) } else { Vec::new() };
            all.push(Line { series, pieces, rank, partial });
        }
        let end = all.first().and_then(Line::end);
        let points = |role: Role| -> Vec<(f64, f64)> {
            let known = data.role(role).into_iter().flat_map(Series::known);
            let drawable = known.filter(|(_, value)| value.abs() <= 1e100);
            drawable.map(|(date, value)| (data.place(date), value)).collect()
        };
        let after = |role: Role| -> Vec<(f64, f64)> {
            let mut later = points(role);
            later.retain(|point| end.is_some_and(|end| point.0 > end.0));
            if !later.is_empty() {
                later.splice(0..0, end);
            }
            later
        };
        let surface = |low: Vec<(f64, f64)>, high: Vec<(f64, f64)>| -> Vec<(f64, f64)> {
            if low.is_empty() || high.is_empty() {
                Vec::new()
            } else {
                low.into_iter().chain(high.into_iter().rev()).collect()
            }
        };
        Self {
            band: surface(points(Role::Low), points(Role::High)),
            ahead: after(Role::Ahead),
            fan: surface(after(Role::AheadLow), after(Role::AheadHigh)),
            all,
        }
    }

    fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        let lines = self.all.iter().flat_map(|line| line.pieces.iter().flatten().chain(&line.partial));
        lines.chain(&self.band).chain(&self.ahead).chain(&self.fan).copied()
    }

    /// First and last day number that has a value.
    fn ends(&self) -> Option<(f64, f64)> {
        self.all.first()?;
        let first = self.points().map(|point| point.0).reduce(f64::min)?;
        let last = self.points().map(|point| point.0).reduce(f64::max)?;
        Some((first, last))
    }
}

/// Takes the last point away; gives the way to it from the one before.
fn without_last(pieces: &mut Vec<Vec<(f64, f64)>>) -> Vec<(f64, f64)> {
    let Some(piece) = pieces.last_mut() else { return Vec::new() };
    let before = piece.len().checked_sub(2).and_then(|index| piece.get(index)).copied();
    let way: Vec<(f64, f64)> = before.into_iter().chain(piece.pop()).collect();
    pieces.retain(|piece| !piece.is_empty());
    way
}

/// The day on which a target is to be reached, when the drawing can go on so far without pressing the values together.
fn target_day(spec: &ChartSpec, first: f64, last: f64) -> Option<f64> {
    spec.target?;
    let day = number_of(spec.target_by?) as f64;
    (day - first <= (last - first) * 2.0).then_some(day)
}

/// The runs of a series without a gap. A missing value is a gap; so is a pause of more than three steps in a series that keeps a regular step.
fn pieces(data: &TimeData, series: &Series, anew: &[f64]) -> Vec<Vec<(f64, f64)>> {
    let longest = longest_step(series);
    let mut pieces: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    let mut previous: Option<(i64, f64)> = None;
    for point in &series.points {
        let Some(value) = point.value.filter(|value| value.abs() <= 1e100) else {
            pieces.push(Vec::new());
            continue;
        };
        let (day, place) = (number_of(point.date), data.place(point.date));
        let pause = previous.is_some_and(|(day_before, place_before)| {
            let passed = anew.iter().any(|day| *day > place_before && *day <= place);
            passed || day - day_before > longest
        });
        if pause {
            pieces.push(Vec::new());
        }
        previous = Some((day, place));
        if let Some(piece) = pieces.last_mut() {
            piece.push((place, value));
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
        // The first line goes on with what is expected of it.
        let ahead = if line.rank == 1 { lines.ahead.last().copied() } else { None };
        let Some(place) = ahead.or(line.end()) else { continue };
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
        ends.push(End { lines: texts, width, place, rank: line.rank });
    }
    ends
}

pub(super) fn value_axis(scene: &mut Scene, ticks: &[(f64, String)]) {
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
pub(super) fn time_ticks(
    data: &TimeData,
    first: f64,
    last: f64,
    length: f64,
    words: &dyn Figures,
) -> Vec<DateTick> {
    let (first, last) = (day_of(first as i64), day_of(last as i64));
    let ticks = date_ticks(first, last, data.spacing(), length, TICK, words);
    if ticks.len() < 2 { own_ticks(first, last, data.grain, words) } else { ticks }
}

pub(super) fn time_axis(scene: &mut Scene, ticks: &[DateTick]) {
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
    if !lines.ahead.is_empty() {
        scene.plotted.push(Plotted::Line { points: lines.ahead.clone(), ink: Ink::Ahead(1) });
    }
    for line in lines.all.iter().rev() {
        if line.partial.len() > 1 {
            scene.plotted.push(Plotted::Line { points: line.partial.clone(), ink: Ink::Ahead(line.rank) });
        }
        let ink = if line.partial.is_empty() { Ink::Dot(line.rank) } else { Ink::Hollow(line.rank) };
        if line.rank > 0 || !line.partial.is_empty() {
            scene.plotted.push(Plotted::Dots { points: line.end().into_iter().collect(), radius: 4.0, ink });
        }
    }
    if let Some(end) = lines.ahead.last() {
        scene.plotted.push(Plotted::Dots { points: vec![*end], radius: 4.0, ink: Ink::Hollow(1) });
    }
}

/// The ranges around and after the first line, behind everything.
fn draw_around(scene: &mut Scene, lines: &Lines) {
    for points in [&lines.band, &lines.fan] {
        if !points.is_empty() {
            scene.plotted.push(Plotted::Surface { points: points.clone(), ink: Ink::Soft(1) });
        }
    }
}

/// What is said within the plot where it finds a place: the last value before a forecast, and that the last period is not complete.
fn draw_notes(scene: &mut Scene, lines: &Lines, words: &dyn Figures) {
    let Some(line) = lines.all.first() else { return };
    let Some(end) = line.end() else { return };
    let frame = scene.frame;
    let (x, y) = (frame.px(end.0), frame.py(end.1));
    let around = |text: &str, ink: Ink| {
        let place = |x: f64, y: f64, anchor| Text { x, y, anchor, text: text.to_owned(), ink };
        vec![
            place(x - 4.0, y - 10.0, Anchor::End),
            place(x, y - 12.0, Anchor::Middle),
            place(x - 4.0, y + 22.0, Anchor::End),
            place(x, y + 24.0, Anchor::Middle),
            place(x + 6.0, y + 22.0, Anchor::Start),
            place(x - 4.0, y - 34.0, Anchor::End),
            place(x - 4.0, y + 44.0, Anchor::End),
        ]
    };
    if !lines.ahead.is_empty() && lines.all.len() == 1 {
        let series = line.series;
        let value = Notation::new(end.1, series.decimals, &series.unit).write(end.1, words);
        put(scene, around(&value, Ink::Label(1)));
    }
    if !lines.ahead.is_empty() || !lines.fan.is_empty() {
        let middle = lines.ahead.get(lines.ahead.len() / 2).or(lines.fan.get(lines.fan.len() / 4));
        let (x, y) = middle.map_or((x, y), |point| (frame.px(point.0), frame.py(point.1)));
        let text = match words.language() {
            Language::English => "Forecast",
            Language::Spanish => "Previsión",
        };
        let rise =
            |far: f64| Text { x, y: y + far, anchor: Anchor::Middle, text: text.to_owned(), ink: Ink::Note };
        put(scene, [-12.0, 22.0, -26.0, 36.0, -40.0, 50.0, -60.0, 70.0].map(rise).into());
    }
    if !line.partial.is_empty() {
        let text = match words.language() {
            Language::English => "not complete",
            Language::Spanish => "incompleto",
        };
        put(scene, around(text, Ink::Note));
    }
}

/// Puts a text at the first of these places that is free; nowhere when none is.
fn put(scene: &mut Scene, candidates: Vec<Text>) {
    let frame = scene.frame;
    let bounds = Area { left: frame.left, top: 0.0, right: frame.right, bottom: frame.bottom };
    let areas: Vec<Area> = scene.texts.iter().map(Text::area).collect();
    let free = beside(candidates, &bounds, &obstacles(scene), &areas);
    scene.texts.extend(free);
}

/// What a text may not cover, as lines in px.
fn obstacles(scene: &Scene) -> Vec<Vec<(f64, f64)>> {
    let frame = scene.frame;
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
            Plotted::Bars { .. } | Plotted::Cells { .. } | Plotted::Surface { .. } => Vec::new(),
        })
        .collect();
    let rules = scene.under.iter().chain(&scene.over);
    let crossing = rules.filter(|rule| matches!(rule.ink, Ink::Event | Ink::Break | Ink::Target));
    lines.extend(crossing.map(|rule| vec![rule.from, rule.to]));
    lines
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

/// An event with the place of its label.
struct Marked<'a> {
    event: &'a Event,
    place: EventPlace,
}

/// The labels of the events within the time drawn, as words where they fit, else as numbers.
fn events<'a>(spec: &'a ChartSpec, data: &TimeData, frame: &Frame, size: Size) -> (Vec<Marked<'a>>, bool) {
    let shown: Vec<(f64, &Event)> = drawn_events(spec, data)
        .map(|event| (frame.px(number_of(event.date) as f64).max(frame.left), event))
        .collect();
    let longest = size.width * if size.narrow { 0.5 } else { 0.4 };
    let fits = shown.iter().all(|(_, event)| width(&event.label, TICK) <= longest);
    let named = shown.iter().map(|(x, event)| (*x, event.label.clone())).collect::<Vec<_>>();
    let rows = if size.narrow { 2 } else { 3 };
    let marked = |places: Vec<EventPlace>| {
        let pairs = shown.iter().zip(places);
        pairs.map(|((_, event), place)| Marked { event, place }).collect()
    };
    if fits && let Some(places) = event_rows(&named, 0.0, size.width, rows) {
        return (marked(places), false);
    }
    let numbers: Vec<(f64, String)> =
        shown.iter().enumerate().map(|(index, (x, _))| (*x, (index + 1).to_string())).collect();
    (marked(event_rows(&numbers, 0.0, size.width, 3).unwrap_or_default()), true)
}

/// The events that fall into the time of the data, in order.
pub(super) fn drawn_events<'a>(spec: &'a ChartSpec, data: &TimeData) -> impl Iterator<Item = &'a Event> {
    let ends = data.ends();
    spec.events.iter().filter(move |event| {
        ends.is_some_and(|(first, last)| event.date <= last && event.until.unwrap_or(event.date) >= first)
    })
}

fn draw_events(scene: &mut Scene, events: &[Marked]) {
    let frame = scene.frame;
    for Marked { event, place } in events {
        let row_bottom = frame.top - 4.0 - place.row as f64 * EVENT_ROW;
        let top = row_bottom - EVENT_ROW + 5.0;
        let ink = if event.anew { Ink::Break } else { Ink::Event };
        scene.under.push(Rule { from: (place.x, top), to: (place.x, frame.bottom), ink });
        if let Some(until) = event.until {
            let right = frame.px(number_of(until) as f64 + 1.0).min(frame.right);
            let shade = Area { left: place.x, top: frame.top, right, bottom: frame.bottom };
            scene.shades.push((shade, Ink::Shade));
        }
        let gap = if place.anchor == Anchor::End { -4.0 } else { 4.0 };
        scene.text(place.x + gap, row_bottom - 3.0, place.anchor, place.text.clone(), Ink::EventLabel);
    }
}

/// A dashed line with its name where it covers neither line nor label; whether there was such a place.
fn draw_target(scene: &mut Scene, spec: &ChartSpec, unit: &str, keyed: bool, words: &dyn Figures) -> bool {
    let Some(target) = spec.target.filter(|target| target.abs() <= 1e100) else { return true };
    let frame = scene.frame;
    let y = frame.py(target);
    // A target with a date ends on that date.
    let day =
        spec.target_by.map(|day| number_of(day) as f64).filter(|day| (frame.x.0..=frame.x.1).contains(day));
    let right = day.map_or(frame.right, |day| frame.px(day));
    scene.over.insert(0, Rule { from: (frame.left, y), to: (right, y), ink: Ink::Target });
    if let Some(day) = day {
        scene.over.push(Rule {
            from: (frame.px(day), y - 6.0),
            to: (frame.px(day), y + 6.0),
            ink: Ink::Mark,
        });
    }
    let label = match spec.target_by {
        Some(by) => format!("{}, {}", target_label(target, unit, words), words.month_year(by)),
        None => target_label(target, unit, words),
    };
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
    // The target's own line does not stand in the way of its name, which has its distance.
    let mut lines = obstacles(scene);
    lines.retain(|line| {
        line.first().map(|point| point.1) != Some(y) || line.last().map(|point| point.1) != Some(y)
    });
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
