//! The scene of a bar chart: upright for time and for few short names, lying for long names; always from zero.

use super::data::{CategoryData, TOLD_APART, TimeData};
use super::describe::quarter;
use super::kind::{Along, Kind, Picture, Y_MIN};
use super::label::{KEY_ROW, beside, target_key};
use super::line::{row_text, target_label};
use super::rows::{ROW_GAP, Row, end, key, rows, write_names};
use super::scale::{Axis, Notation, least_step};
use super::scene::{Anchor, Area, Corners, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK, Text};
use super::stops::{Stop, Stops};
use super::text::{bold_width, cut, width, wrap};
use super::{ChartData, ChartSpec, Figures};
use crate::finding::{Code, Finding, Language, Level};
use crate::series::{Grain, Series, number_of};
use crate::text::Span;
use crate::words;
use crate::world::Date;

/// Bars whose axis should not start at zero.
pub static CUT_AXIS: Code = Code { id: "P511", name: "cut_axis", level: Level::Error, since: "0.1.0" };

pub(crate) static KIND: Kind = Kind {
    keys: &[Y_MIN],
    check: Some(from_zero),
    ..Kind::drawn(
        &["bar", "barras", "barra", "bars", "column", "columns", "columnas"],
        Along::Either,
        Picture::Scenes(scene),
    )
};

/// Refuses an axis that does not start at zero.
pub(crate) fn from_zero(spec: &ChartSpec, _: &ChartData, _: Span, findings: &mut Vec<Finding>) {
    let Some(start) = spec.own_number_at("y_min").filter(|start| start.value != 0.0) else { return };
    let (start, place) = (start.value, start.span);
    findings.push(
        Finding::new(
            &CUT_AXIS,
            place,
            words!("bars cannot start at {start}", "unas barras no pueden empezar en {start}"),
        )
        .why(words!(
            "the length of a bar is its figure: cut below, twice as long no longer means twice as much; they are drawn from 0",
            "la longitud de una barra es su cifra: si se corta por abajo, el doble de largo deja de ser el doble; se dibujan desde 0"
        ))
        .help(words!(
            "delete `y_min:`, or write `chart: line` to show small changes",
            "borra `y_minimo:`, o escribe `grafico: linea` para mostrar cambios pequeños"
        )),
    );
}

/// Upright bars in one drawing: four px each on a telephone. The same for both widths, so that one sentence tells of both.
const BARS: usize = 72;

/// Lying bars that fit into one drawing.
const ROWS: usize = 20;

/// The scene; an empty drawing for data without values.
pub(crate) fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    arranged(spec, data, false, size, words)
}

/// Bars of a slot side by side, or one on the other.
pub(super) fn arranged(
    spec: &ChartSpec,
    data: &ChartData,
    stacked: bool,
    size: Size,
    words: &dyn Figures,
) -> Scene {
    let mut bars = match data {
        ChartData::Time(data) => of_time(spec, data, stacked, words),
        ChartData::Categories(data) => of_categories(spec, data),
        ChartData::Listing(_) => return Scene::empty(size, words),
    };
    bars.stacked = stacked && bars.names.len() > 1;
    if bars.slots.iter().all(|slot| slot.values.iter().all(Option::is_none)) {
        return Scene::empty(size, words);
    }
    if !bars.upright(size) {
        return lying(spec, &mut bars, size, words);
    }
    match upright(spec, &bars, size, false, words) {
        (scene, true) => scene,
        (_, false) => upright(spec, &bars, size, true, words).0,
    }
}

/// One place for bars: a period or a category.
struct Slot {
    /// First and last day of a period; for a category twice its number in the data.
    rows: (f64, f64),
    name: String,
    /// The year of a period; empty for a category.
    year: String,
    values: Vec<Option<f64>>,
}

impl Slot {
    fn stop(&self, place: f64) -> Stop {
        Stop { first: self.rows.0, last: self.rows.1, place }
    }
}

struct Bars {
    slots: Vec<Slot>,
    /// Names of the bars within a slot.
    names: Vec<String>,
    unit: String,
    decimals: u8,
    /// What a slot stands for in time; `None` for categories.
    grain: Option<Grain>,
    /// The first slot of a new year, so that every second or third label falls on a round month.
    new_year: Option<usize>,
    joined: Option<Grain>,
    /// One on the other rather than side by side.
    stacked: bool,
}

impl Bars {
    /// Upright for periods, and for up to eight names that fit below their bars in two lines.
    fn upright(&self, size: Size) -> bool {
        if self.grain.is_some() {
            return true;
        }
        let band = (size.width - 60.0) / self.slots.len().max(1) as f64;
        self.slots.len() <= 8 && self.slots.iter().all(|slot| name_lines(&slot.name, band).is_some())
    }

    /// Where bars end: the values, or for stacked ones the sums of those above and those below zero.
    fn values(&self) -> impl Iterator<Item = f64> {
        self.slots.iter().flat_map(|slot| {
            let known = slot.values.iter().copied().flatten();
            let ends: Vec<f64> =
                if self.stacked { sums(slot).into_iter().collect() } else { known.collect() };
            ends
        })
    }

    /// Bars beside each other in one slot.
    fn abreast(&self) -> usize {
        if self.stacked { 1 } else { self.names.len().max(1) }
    }

    /// Whether the figures beside the bars say something: sums that are all the same do not.
    fn tells(&self) -> bool {
        let mut sums = self.values().filter(|value| *value != 0.0);
        let first = sums.next();
        !self.stacked || sums.any(|sum| first.is_some_and(|first| (sum - first).abs() > first.abs() * 1e-3))
    }

    /// Rank of the colour of a bar within its slot: 0 is grey.
    fn rank(&self, index: usize) -> u8 {
        if index < TOLD_APART { index as u8 + 1 } else { 0 }
    }
}

/// The sum of the values below zero and of those above, where there are any.
fn sums(slot: &Slot) -> Vec<f64> {
    let known = || slot.values.iter().copied().flatten();
    let parts = [
        known().filter(|value| *value < 0.0).collect::<Vec<_>>(),
        known().filter(|value| *value >= 0.0).collect(),
    ];
    parts.iter().filter(|part| !part.is_empty()).map(|part| part.iter().sum()).collect()
}

/// The name in at most two lines under a band, when it fits uncut.
fn name_lines(name: &str, band: f64) -> Option<Vec<String>> {
    let lines = wrap(name, TICK, band - 8.0, 2);
    (!lines.iter().any(|line| line.ends_with('…') && !name.ends_with('…'))).then_some(lines)
}

fn of_categories(spec: &ChartSpec, data: &CategoryData) -> Bars {
    let value = |index: usize| {
        let values = data.values.iter().map(|values| values.values.get(index).copied().flatten());
        values.map(|value| value.filter(|value| value.abs() <= 1e100)).collect()
    };
    let slots = data.names.iter().enumerate().map(|(index, name)| Slot {
        rows: (index as f64, index as f64),
        name: name.clone(),
        year: String::new(),
        values: value(index),
    });
    let first = data.values.first();
    Bars {
        slots: slots.collect(),
        names: data.values.iter().map(|values| values.name.clone()).collect(),
        unit: spec.unit.clone().or_else(|| first.map(|values| values.unit.clone())).unwrap_or_default(),
        decimals: data.values.iter().map(|values| values.decimals).max().unwrap_or(0),
        grain: None,
        new_year: None,
        joined: None,
        stacked: false,
    }
}

fn of_time(spec: &ChartSpec, data: &TimeData, stacked: bool, words: &dyn Figures) -> Bars {
    let mut grain = data.spacing();
    let mut joined = None;
    let mut resampled: Option<Vec<Series>> = None;
    let mut slots = periods(data, &data.series, grain);
    let abreast = if stacked { 1 } else { data.series.len().max(1) };
    while slots.len() * abreast > BARS && grain < Grain::Year {
        grain = grain.longer();
        joined = Some(grain);
        let aggregate = spec.aggregate.unwrap_or_default();
        let series: Vec<Series> =
            data.series.iter().map(|series| series.resampled(grain, aggregate)).collect();
        slots = periods(data, &series, grain);
        resampled = Some(series);
    }
    let series = resampled.as_ref().unwrap_or(&data.series);
    let mut year = None;
    let mut new_year = None;
    let slots: Vec<Slot> = slots
        .into_iter()
        .enumerate()
        .map(|(index, date)| {
            let value = |series: &Series| {
                let known = series.points.iter().filter(|point| grain.start(point.date) == grain.start(date));
                known.filter_map(|point| point.value).next_back().filter(|value| value.abs() <= 1e100)
            };
            if year.is_some_and(|year| year != date.year()) && new_year.is_none() {
                new_year = Some(index);
            }
            year = Some(date.year());
            let year = date.year().to_string();
            let start = grain.start(date);
            let rows = (number_of(start) as f64, (number_of(grain.after(start, 1)) - 1) as f64);
            Slot {
                rows,
                name: period_name(date, grain, words),
                year,
                values: series.iter().map(value).collect(),
            }
        })
        .collect();
    let first = data.series.first();
    Bars {
        slots,
        names: data.series.iter().map(|series| series.name.clone()).collect(),
        unit: first.map(|series| series.unit.clone()).unwrap_or_default(),
        decimals: data.series.iter().map(|series| series.decimals).max().unwrap_or(0),
        grain: Some(grain),
        new_year,
        joined,
        stacked,
    }
}

/// The periods from the first to the last, with empty ones between; only those with values when most would be empty.
fn periods(data: &TimeData, series: &[Series], grain: Grain) -> Vec<Date> {
    let own: Vec<Date> = {
        let mut dates: Vec<Date> = series
            .iter()
            .flat_map(|series| series.points.iter().map(|point| grain.start(point.date)))
            .collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    };
    // Weeks told by a day of theirs keep that day.
    if grain == Grain::Day && data.spacing() == Grain::Day && Grain::between(&own) > Grain::Day {
        return own;
    }
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return Vec::new() };
    let mut all = vec![*first];
    while let Some(date) = all.last().map(|date| grain.after(*date, 1)).filter(|date| date <= last) {
        all.push(date);
        if all.len() > own.len() * 3 / 2 + 2 {
            return own;
        }
    }
    all
}

fn period_name(date: Date, grain: Grain, words: &dyn Figures) -> String {
    match grain {
        Grain::Day | Grain::Week => words.day_month(date),
        Grain::Month => words.month_short(date),
        Grain::Quarter => quarter(date, words.language()),
        Grain::Year => date.year().to_string(),
    }
}

/// Bars side by side, with their values on top when all of them fit, else with a value axis; and whether the target found a place.
/// A target that is `keyed` is named above the drawing.
fn upright(spec: &ChartSpec, bars: &Bars, size: Size, keyed: bool, words: &dyn Figures) -> (Scene, bool) {
    let mut scene = Scene { joined: bars.joined, ..Scene::blank(size) };
    let key = if keyed { KEY_ROW } else { 0.0 };
    let key = draw_key(&mut scene, bars, key, words.language());
    let low = bars.values().chain(spec.target).fold(0.0, f64::min);
    let high = bars.values().chain(spec.target).fold(0.0, f64::max);
    let mut axis =
        Axis::over(low, high, if size.narrow { 4 } else { 5 }, least_step(bars.decimals)).trimmed(high);
    let count = bars.slots.len().max(1) as f64;
    let value_text = |value: f64| Notation::new(value, bars.decimals, &bars.unit).write(value, words);
    let widest = bars.values().map(|value| bold_width(&value_text(value), LABEL)).fold(0.0, f64::max);
    let per_bar = size.width / count * 0.8 / bars.abreast() as f64;
    let labelled = widest <= per_bar && bars.slots.len() <= 12 && bars.tells();
    let notation = Notation::for_ticks(&axis, &bars.unit);
    let ticks: Vec<(f64, String)> =
        axis.ticks.iter().map(|tick| (*tick, notation.write(*tick, words))).collect();
    let left = if labelled {
        0.0
    } else {
        ticks.iter().map(|(_, text)| width(text, TICK)).fold(0.0, f64::max) + 10.0
    };
    let band = (size.width - left) / count;
    let labels = slot_labels(bars, band);
    let second_row = labels.iter().any(|label| label.lines.len() > 1 || !label.below.is_empty());
    let (top, bottom) =
        (key + if labelled { 22.0 } else { 12.0 }, size.height - if second_row { 44.0 } else { 27.0 });
    if labelled {
        // The bars themselves fill the room: without ticks the axis ends at the values.
        axis.low = low;
        axis.high = if high > low { high } else { low + 1.0 };
        if low < 0.0 {
            axis.low = low - (axis.high - low) * 22.0 / (bottom - top);
        }
    }
    let frame = Frame { left, right: size.width, top, bottom, x: (0.0, count), y: (axis.low, axis.high) };
    scene.frame = frame;
    let places = bars.slots.iter().enumerate();
    scene.stops = Stops::Across(places.map(|(at, slot)| slot.stop(frame.px(at as f64 + 0.5))).collect());
    if !labelled {
        for (tick, text) in &ticks {
            let y = frame.py(*tick);
            scene.under.push(Rule { from: (frame.left, y), to: (frame.right, y), ink: Ink::Grid });
            scene.text(frame.left - 8.0, y + TICK * 0.35, Anchor::End, text, Ink::Tick);
        }
    }
    let share = (0.74f64).min(72.0 * bars.abreast() as f64 / band);
    draw_upright(&mut scene, bars, share, labelled.then_some(&value_text));
    let zero = frame.py(0.0);
    scene.over.push(Rule { from: (frame.left, zero), to: (frame.right, zero), ink: Ink::Zero });
    draw_slot_labels(&mut scene, &labels);
    let placed = draw_target_across(&mut scene, spec, &bars.unit, keyed, words);
    (scene, placed)
}

fn draw_upright(scene: &mut Scene, bars: &Bars, share: f64, text: Option<&dyn Fn(f64) -> String>) {
    let frame = scene.frame;
    let each = share / bars.abreast() as f64;
    let left_of = |slot: usize, index: usize| {
        let within = if bars.stacked { 0.0 } else { each * index as f64 };
        slot as f64 + (1.0 - share) / 2.0 + within
    };
    for index in 0..bars.names.len().max(1) {
        let mut corners = Vec::new();
        for (slot, bar) in bars.slots.iter().enumerate() {
            let Some((from, to)) = bar.span(index, bars.stacked) else { continue };
            let left = left_of(slot, index);
            // A hair of ground between neighbours that touch.
            let gap = if bars.abreast() > 1 { each * 0.05 } else { 0.0 };
            let seam = if from == 0.0 { 0.0 } else { seam(frame.py(from), frame.py(to)) };
            let from = from + seam / (frame.bottom - frame.top) * (frame.y.1 - frame.y.0);
            corners.push(((left + gap, from), (left + each - gap, to)));
        }
        scene.plotted.push(Plotted::Bars { corners, ink: Ink::Fill(bars.rank(index)) });
    }
    let Some(text) = text else { return };
    for (slot, bar) in bars.slots.iter().enumerate() {
        for (index, value) in bar.ends(bars.stacked) {
            let y = frame.py(value) + if value < 0.0 { LABEL + 3.0 } else { -6.0 };
            let x = frame.px(left_of(slot, index) + each / 2.0);
            scene.text(x, y, Anchor::Middle, text(value), Ink::Value);
        }
    }
}

/// The hair of ground between two parts of a stack, in px, with the sign of the part's direction upwards; none in a part that is hardly thicker.
fn seam(from: f64, to: f64) -> f64 {
    let thickness = from - to;
    if thickness.abs() > 3.0 { 1.5 * thickness.signum() } else { 0.0 }
}

impl Slot {
    /// From where to where a bar goes.
    fn span(&self, index: usize, stacked: bool) -> Option<(f64, f64)> {
        let value = self.values.get(index).copied().flatten()?;
        if !stacked {
            return Some((0.0, value));
        }
        let below = self.values.iter().take(index).copied().flatten();
        let from: f64 = below.filter(|other| (*other < 0.0) == (value < 0.0)).sum();
        Some((from, from + value))
    }

    /// Where figures stand: at each bar, or at the ends of the stack.
    fn ends(&self, stacked: bool) -> Vec<(usize, f64)> {
        if stacked {
            return sums(self).into_iter().map(|sum| (0, sum)).collect();
        }
        let known = self.values.iter().enumerate();
        known.filter_map(|(index, value)| value.map(|value| (index, value))).collect()
    }
}

/// What stands under a slot: first row, second row.
struct SlotLabel {
    slot: usize,
    lines: Vec<String>,
    below: String,
}

/// The names of all categories, or of as many periods as fit, at steps that fall on round months and years.
fn slot_labels(bars: &Bars, band: f64) -> Vec<SlotLabel> {
    let Some(grain) = bars.grain else {
        let label = |(slot, bar): (usize, &Slot)| SlotLabel {
            slot,
            lines: name_lines(&bar.name, band).unwrap_or_else(|| vec![cut(&bar.name, TICK, band - 8.0)]),
            below: String::new(),
        };
        return bars.slots.iter().enumerate().map(label).collect();
    };
    let (in_a_year, steps): (usize, &[usize]) = match grain {
        Grain::Day => (366, &[1, 2, 7, 14, 28, 56]),
        Grain::Week => (53, &[1, 2, 4, 8, 13, 26]),
        Grain::Month => (12, &[1, 2, 3, 6, 12, 24, 60]),
        Grain::Quarter => (4, &[1, 2, 4, 8, 20, 40]),
        Grain::Year => (usize::MAX, &[1, 2, 5, 10, 20, 50]),
    };
    let widest = bars.slots.iter().map(|slot| width(&slot.name, TICK)).fold(0.0, f64::max);
    let step = steps.iter().copied().find(|step| band * *step as f64 >= widest + 8.0).unwrap_or(100);
    let start = match grain {
        Grain::Month | Grain::Quarter => bars.new_year.map_or(0, |first| first % step),
        Grain::Day | Grain::Week | Grain::Year => 0,
    };
    let years = step >= in_a_year || grain == Grain::Year;
    let mut labels = Vec::new();
    let mut written = "";
    for (slot, bar) in bars.slots.iter().enumerate().skip(start).step_by(step) {
        let below = if years || written == bar.year { "" } else { bar.year.as_str() };
        written = &bar.year;
        let text = if years { &bar.year } else { &bar.name };
        labels.push(SlotLabel { slot, lines: vec![text.clone()], below: below.to_owned() });
    }
    labels
}

fn draw_slot_labels(scene: &mut Scene, labels: &[SlotLabel]) {
    let frame = scene.frame;
    let mut free = 0.0;
    let mut free_below = 0.0;
    for label in labels {
        let x = frame.px(label.slot as f64 + 0.5);
        match label.lines.as_slice() {
            [only] => free = row_text(scene, x, frame.bottom + 19.0, only, free),
            lines => {
                for (row, text) in lines.iter().enumerate() {
                    scene.text(x, frame.bottom + 19.0 + 17.0 * row as f64, Anchor::Middle, text, Ink::Tick);
                }
            }
        }
        free_below = row_text(scene, x, frame.bottom + 36.0, &label.below, free_below);
    }
}

/// Squares with the names of the series above the plot, from `top` down; gives where they end.
fn draw_key(scene: &mut Scene, bars: &Bars, top: f64, language: Language) -> f64 {
    if bars.names.len() < 2 {
        return top;
    }
    let mut names: Vec<(Ink, Ink, String)> = bars
        .names
        .iter()
        .take(TOLD_APART)
        .enumerate()
        .map(|(index, name)| (Ink::Fill(bars.rank(index)), Ink::Label(bars.rank(index)), name.clone()))
        .collect();
    if bars.names.len() > TOLD_APART {
        let others = match language {
            Language::English => "others",
            Language::Spanish => "otras",
        };
        names.push((Ink::Fill(0), Ink::Label(0), others.to_owned()));
    }
    key(scene, &names, top)
}

/// A dashed line across the bars with its name where it covers none; whether there was such a place.
fn draw_target_across(
    scene: &mut Scene,
    spec: &ChartSpec,
    unit: &str,
    keyed: bool,
    words: &dyn Figures,
) -> bool {
    let Some(target) = spec.target.filter(|target| target.abs() <= 1e100) else { return true };
    let frame = scene.frame;
    let y = frame.py(target);
    scene.over.push(Rule { from: (frame.left, y), to: (frame.right, y), ink: Ink::Target });
    let text = target_label(target, unit, words);
    if keyed {
        target_key(scene, text);
        return true;
    }
    let place =
        |x: f64, y: f64, anchor: Anchor| Text { x, y, anchor, text: text.clone(), ink: Ink::TargetLabel };
    let (above, below) = (y - 5.0, y + TICK + 3.0);
    let candidates = vec![
        place(frame.left + 4.0, above, Anchor::Start),
        place(frame.right - 4.0, above, Anchor::End),
        place(frame.left + 4.0, below, Anchor::Start),
        place(frame.right - 4.0, below, Anchor::End),
    ];
    let bounds = Area { left: frame.left, top: 0.0, right: frame.right, bottom: frame.bottom };
    let mut areas: Vec<Area> = scene.texts.iter().map(Text::area).collect();
    for plotted in &scene.plotted {
        let Plotted::Bars { corners, .. } = plotted else { continue };
        areas.extend(corners.iter().map(|((left, from), (right, to))| Area {
            left: frame.px(*left),
            right: frame.px(*right),
            top: frame.py(from.max(*to)),
            bottom: frame.py(from.min(*to)),
        }));
    }
    let free = beside(candidates, &bounds, &[], &areas);
    let placed = free.is_some();
    scene.texts.extend(free);
    placed
}

/// Bars below each other with their names at the left, or above them on a telephone.
fn lying(spec: &ChartSpec, bars: &mut Bars, size: Size, words: &dyn Figures) -> Scene {
    let left_out = bars.slots.len().saturating_sub(ROWS);
    bars.slots.truncate(ROWS);
    let mut scene = Scene { left_out, ..Scene::blank(size) };
    let target = spec.target.filter(|target| target.abs() <= 1e100);
    let top = draw_key(&mut scene, bars, 0.0, words.language()) + if target.is_some() { 24.0 } else { 4.0 };
    let thick = if bars.abreast() > 1 { 18.0 } else { 22.0 };
    let names = bars.slots.iter().map(|slot| slot.name.as_str());
    let (rows, label_left) = rows(names, thick * bars.abreast() as f64, size, top);
    let bottom = end(&rows, top);
    scene.size.height = bottom + ROW_GAP / 2.0;
    write_names(&mut scene, &rows, label_left);
    let value_text = |value: f64| Notation::new(value, bars.decimals, &bars.unit).write(value, words);
    scene.frame = lying_frame(bars, target, (label_left, size.width), (top, bottom), &value_text);
    let frame = scene.frame;
    let places = bars.slots.iter().zip(&rows);
    scene.stops = Stops::Down(places.map(|(slot, row)| slot.stop((row.top + row.bottom) / 2.0)).collect());

    let mut corners: Vec<Vec<Corners>> = vec![Vec::new(); bars.names.len().max(1)];
    for (slot, row) in bars.slots.iter().zip(&rows) {
        let top_of = |index: usize| row.top + if bars.stacked { 0.0 } else { thick * index as f64 };
        for (index, corners) in corners.iter_mut().enumerate() {
            let Some((from, to)) = slot.span(index, bars.stacked) else { continue };
            // A hair of ground between neighbours that touch.
            let gap = if bars.abreast() > 1 { 1.0 } else { 0.0 };
            let seam = if from == 0.0 { 0.0 } else { -seam(frame.px(from), frame.px(to)) };
            let from =
                from + seam.abs().copysign(to - from) / (frame.right - frame.left) * (frame.x.1 - frame.x.0);
            corners.push(((from, top_of(index) + gap), (to, top_of(index) + thick - gap)));
        }
        for (index, value) in slot.ends(bars.stacked) {
            if !bars.tells() {
                continue;
            }
            let text = value_text(value);
            let (x, anchor) =
                value_place(frame.px(value), value, &text, target.map(|target| frame.px(target)));
            scene.text(x, top_of(index) + thick / 2.0 + LABEL * 0.35, anchor, text, Ink::Value);
        }
    }
    for (index, corners) in corners.into_iter().enumerate() {
        scene.plotted.push(Plotted::Bars { corners, ink: Ink::Fill(bars.rank(index)) });
    }
    draw_down(&mut scene, &rows, frame.px(0.0), Ink::Zero);
    if let Some(target) = target {
        let x = frame.px(target);
        draw_down(&mut scene, &rows, x, Ink::Target);
        let text = target_label(target, &bars.unit, words);
        let half = width(&text, TICK) / 2.0;
        let x = x.clamp(half, (size.width - half).max(half));
        scene.text(x, top - 9.0, Anchor::Middle, text, Ink::TargetLabel);
    }
    scene
}

/// Values along the bottom, with room for the figures beside the longest bars; rows in px.
fn lying_frame(
    bars: &Bars,
    target: Option<f64>,
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
    text: &dyn Fn(f64) -> String,
) -> Frame {
    let low = bars.values().chain(target).fold(0.0, f64::min);
    let high = bars.values().chain(target).fold(0.0, f64::max);
    let room = |below: bool| {
        let values = bars.values().filter(|value| (*value < 0.0) == below);
        values.map(|value| bold_width(&text(value), LABEL) + 8.0).fold(0.0, f64::max)
    };
    let high = if high > low { high } else { low + 1.0 };
    Frame {
        left: left + room(true),
        right: right - room(false),
        top,
        bottom,
        x: (low, high),
        y: (bottom, top),
    }
}

/// Beside the end of the bar; beyond the line of the target where that would run through the figure.
fn value_place(end: f64, value: f64, text: &str, target: Option<f64>) -> (f64, Anchor) {
    let taken = bold_width(text, LABEL) + 10.0;
    match target {
        Some(target) if value < 0.0 && (end - taken..end - 1.0).contains(&target) => {
            (target - 6.0, Anchor::End)
        }
        Some(target) if value >= 0.0 && (end + 1.0..end + taken).contains(&target) => {
            (target + 6.0, Anchor::Start)
        }
        _ if value < 0.0 => (end - 6.0, Anchor::End),
        _ => (end + 6.0, Anchor::Start),
    }
}

/// A line down through all rows; on a telephone only beside the bars, so that it does not run through the names above them.
fn draw_down(scene: &mut Scene, rows: &[Row], x: f64, ink: Ink) {
    let over = if ink == Ink::Target { 4.0 } else { 2.0 };
    if scene.size.narrow {
        for row in rows {
            scene.over.push(Rule { from: (x, row.top - over), to: (x, row.bottom + over), ink });
        }
    } else if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        let top = first.top.min(first.name_top);
        scene.over.push(Rule { from: (x, top - over), to: (x, last.bottom + over), ink });
    }
}
