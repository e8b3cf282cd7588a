//! The scene of a bar chart: upright for time and for few short names, lying for long names; always from zero.

use super::data::{CategoryData, TOLD_APART, TimeData};
use super::describe::quarter;
use super::label::beside;
use super::line::{row_text, target_label};
use super::scale::{Axis, Notation, least_step};
use super::scene::{Anchor, Area, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, Swatch, TICK, Text};
use super::text::{bold_width, cut, width, wrap};
use super::{ChartData, ChartSpec, Figures, Sort};
use crate::finding::Language;
use crate::series::{Grain, Series};
use crate::world::Date;

/// Upright bars in one drawing: four px each on a telephone. The same for both widths, so that one sentence tells of both.
const BARS: usize = 72;

/// Lying bars that fit into one drawing.
const ROWS: usize = 20;

/// The scene; an empty drawing for data without values.
pub(crate) fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let mut bars = match data {
        ChartData::Time(data) => of_time(spec, data, words),
        ChartData::Categories(data) => of_categories(spec, data),
    };
    bars.sort(spec.sort);
    if bars.slots.iter().all(|slot| slot.values.iter().all(Option::is_none)) {
        return Scene::empty(size, words);
    }
    if bars.upright(size) { upright(spec, &bars, size, words) } else { lying(spec, &mut bars, size, words) }
}

/// One place for bars: a period or a category.
struct Slot {
    name: String,
    /// Second row under a period: the year, where it changes.
    below: String,
    values: Vec<Option<f64>>,
}

struct Bars {
    slots: Vec<Slot>,
    /// Names of the bars within a slot.
    names: Vec<String>,
    unit: String,
    decimals: u8,
    time: bool,
    /// For months: where a year begins, so that every second or third label falls on a round month.
    first_month: Option<usize>,
    joined: Option<Grain>,
}

impl Bars {
    fn sort(&mut self, sort: Sort) {
        let value = |slot: &Slot| slot.values.first().copied().flatten().unwrap_or(f64::MIN);
        match sort {
            _ if self.time => {}
            Sort::Data => {}
            Sort::Value => self.slots.sort_by(|a, b| value(b).total_cmp(&value(a))),
            Sort::Name => {
                self.slots.sort_by(|a, b| crate::text::fold(&a.name).cmp(&crate::text::fold(&b.name)))
            }
        }
    }

    /// Upright for periods, and for up to eight names that fit below their bars in two lines.
    fn upright(&self, size: Size) -> bool {
        if self.time {
            return true;
        }
        let band = (size.width - 60.0) / self.slots.len().max(1) as f64;
        self.slots.len() <= 8 && self.slots.iter().all(|slot| name_lines(&slot.name, band).is_some())
    }

    fn values(&self) -> impl Iterator<Item = f64> {
        self.slots.iter().flat_map(|slot| slot.values.iter().copied().flatten())
    }

    /// Rank of the colour of a bar within its slot: 0 is grey.
    fn rank(&self, index: usize) -> u8 {
        if index < TOLD_APART { index as u8 + 1 } else { 0 }
    }
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
        name: name.clone(),
        below: String::new(),
        values: value(index),
    });
    let first = data.values.first();
    Bars {
        slots: slots.collect(),
        names: data.values.iter().map(|values| values.name.clone()).collect(),
        unit: spec.unit.clone().or_else(|| first.map(|values| values.unit.clone())).unwrap_or_default(),
        decimals: data.values.iter().map(|values| values.decimals).max().unwrap_or(0),
        time: false,
        first_month: None,
        joined: None,
    }
}

fn of_time(spec: &ChartSpec, data: &TimeData, words: &dyn Figures) -> Bars {
    let mut grain = data.spacing();
    let mut joined = None;
    let mut resampled: Option<Vec<Series>> = None;
    let mut slots = periods(data, &data.series, grain);
    while slots.len() * data.series.len().max(1) > BARS && grain < Grain::Year {
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
    let mut first_month = None;
    let slots: Vec<Slot> = slots
        .into_iter()
        .enumerate()
        .map(|(index, date)| {
            let value = |series: &Series| {
                let known = series.points.iter().filter(|point| grain.start(point.date) == grain.start(date));
                known.filter_map(|point| point.value).next_back().filter(|value| value.abs() <= 1e100)
            };
            let below = if grain == Grain::Year || year == Some(date.year()) {
                String::new()
            } else {
                date.year().to_string()
            };
            if year.is_some_and(|year| year != date.year()) && first_month.is_none() {
                first_month = Some(index);
            }
            year = Some(date.year());
            Slot { name: period_name(date, grain, words), below, values: series.iter().map(value).collect() }
        })
        .collect();
    let first = data.series.first();
    Bars {
        slots,
        names: data.series.iter().map(|series| series.name.clone()).collect(),
        unit: first.map(|series| series.unit.clone()).unwrap_or_default(),
        decimals: data.series.iter().map(|series| series.decimals).max().unwrap_or(0),
        time: true,
        first_month,
        joined,
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

/// Bars side by side, with their values on top when all of them fit, else with a value axis.
fn upright(spec: &ChartSpec, bars: &Bars, size: Size, words: &dyn Figures) -> Scene {
    let mut scene = Scene { joined: bars.joined, ..Scene::blank(size) };
    let key = draw_key(&mut scene, bars, words.language());
    let low = bars.values().chain(spec.target).fold(0.0, f64::min);
    let high = bars.values().chain(spec.target).fold(0.0, f64::max);
    let mut axis = Axis::over(low, high, if size.narrow { 4 } else { 5 }, least_step(bars.decimals));
    let count = bars.slots.len().max(1) as f64;
    let value_text = |value: f64| Notation::new(value, bars.decimals, &bars.unit).write(value, words);
    let widest = bars.values().map(|value| bold_width(&value_text(value), LABEL)).fold(0.0, f64::max);
    let per_bar = size.width / count * 0.8 / bars.names.len().max(1) as f64;
    let labelled = widest <= per_bar && bars.slots.len() <= 12;
    let notation = Notation::for_ticks(&axis, &bars.unit);
    let ticks: Vec<(f64, String)> =
        axis.ticks.iter().map(|tick| (*tick, notation.write(*tick, words))).collect();
    let left = if labelled {
        0.0
    } else {
        ticks.iter().map(|(_, text)| width(text, TICK)).fold(0.0, f64::max) + 10.0
    };
    let (top, bottom) = (key + if labelled { 22.0 } else { 12.0 }, size.height - 44.0);
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
    if !labelled {
        for (tick, text) in &ticks {
            let y = frame.py(*tick);
            scene.under.push(Rule { from: (frame.left, y), to: (frame.right, y), ink: Ink::Grid });
            scene.text(frame.left - 8.0, y + TICK * 0.35, Anchor::End, text, Ink::Tick);
        }
    }
    let band = (frame.right - frame.left) / count;
    let share = (0.74f64).min(72.0 * bars.names.len().max(1) as f64 / band);
    draw_upright(&mut scene, bars, share, labelled.then_some(&value_text));
    let zero = frame.py(0.0);
    scene.over.push(Rule { from: (frame.left, zero), to: (frame.right, zero), ink: Ink::Zero });
    if bars.time {
        draw_periods(&mut scene, bars, band);
    } else {
        draw_names(&mut scene, bars, band);
    }
    draw_target_across(&mut scene, spec, &bars.unit, words);
    scene
}

fn draw_upright(scene: &mut Scene, bars: &Bars, share: f64, text: Option<&dyn Fn(f64) -> String>) {
    let frame = scene.frame;
    let series = bars.names.len().max(1);
    let each = share / series as f64;
    for index in 0..series {
        let mut corners = Vec::new();
        for (slot, bar) in bars.slots.iter().enumerate() {
            let Some(value) = bar.values.get(index).copied().flatten() else { continue };
            let left = slot as f64 + (1.0 - share) / 2.0 + each * index as f64;
            // A hair of ground between neighbours that touch.
            let gap = if series > 1 { each * 0.05 } else { 0.0 };
            corners.push(((left + gap, 0.0), (left + each - gap, value)));
            if let Some(text) = text {
                let y = frame.py(value) + if value < 0.0 { LABEL + 3.0 } else { -6.0 };
                scene.text(frame.px(left + each / 2.0), y, Anchor::Middle, text(value), Ink::Value);
            }
        }
        scene.plotted.push(Plotted::Bars { corners, ink: Ink::Fill(bars.rank(index)) });
    }
}

fn draw_names(scene: &mut Scene, bars: &Bars, band: f64) {
    let frame = scene.frame;
    for (slot, bar) in bars.slots.iter().enumerate() {
        let lines = name_lines(&bar.name, band).unwrap_or_else(|| vec![cut(&bar.name, TICK, band - 8.0)]);
        for (line, text) in lines.iter().enumerate() {
            let y = frame.bottom + 19.0 + 16.0 * line as f64;
            scene.text(frame.px(slot as f64 + 0.5), y, Anchor::Middle, text, Ink::Tick);
        }
    }
}

/// As many period names as fit, at equal steps.
fn draw_periods(scene: &mut Scene, bars: &Bars, band: f64) {
    let frame = scene.frame;
    let widest = bars.slots.iter().map(|slot| width(&slot.name, TICK)).fold(0.0, f64::max);
    let steps = [1usize, 2, 3, 4, 6, 12, 24, 60, 120];
    let step = steps.into_iter().find(|step| band * *step as f64 >= widest + 8.0).unwrap_or(240);
    let start = bars.first_month.map_or(0, |first| first % step);
    let mut free = 0.0;
    let mut free_below = 0.0;
    let mut year = String::new();
    let mut written = String::new();
    for (slot, bar) in bars.slots.iter().enumerate() {
        if !bar.below.is_empty() {
            year.clone_from(&bar.below);
        }
        if slot % step != start {
            continue;
        }
        let x = frame.px(slot as f64 + 0.5);
        free = row_text(scene, x, frame.bottom + 19.0, &bar.name, free);
        if written != year {
            free_below = row_text(scene, x, frame.bottom + 36.0, &year, free_below);
            written.clone_from(&year);
        }
    }
}

/// Squares with the names of the series above the plot; gives the height that they take.
fn draw_key(scene: &mut Scene, bars: &Bars, language: Language) -> f64 {
    if bars.names.len() < 2 {
        return 0.0;
    }
    let mut names: Vec<(u8, String)> = bars
        .names
        .iter()
        .take(TOLD_APART)
        .enumerate()
        .map(|(index, name)| (bars.rank(index), name.clone()))
        .collect();
    if bars.names.len() > TOLD_APART {
        let others = match language {
            Language::English => "others",
            Language::Spanish => "otras",
        };
        names.push((0, others.to_owned()));
    }
    let (mut x, mut baseline) = (0.0, LABEL);
    for (rank, name) in names {
        let name = cut(&name, LABEL * 1.06, scene.size.width - 20.0);
        let taken = 18.0 + bold_width(&name, LABEL) + 18.0;
        if x > 0.0 && x + taken - 18.0 > scene.size.width {
            x = 0.0;
            baseline += LABEL + 8.0;
        }
        scene.swatches.push(Swatch { left: x, top: baseline - 11.0, side: 12.0, ink: Ink::Fill(rank) });
        scene.text(x + 18.0, baseline, Anchor::Start, name, Ink::Label(rank));
        x += taken;
    }
    baseline + 14.0
}

fn draw_target_across(scene: &mut Scene, spec: &ChartSpec, unit: &str, words: &dyn Figures) {
    let Some(target) = spec.target.filter(|target| target.abs() <= 1e100) else { return };
    let frame = scene.frame;
    let y = frame.py(target);
    scene.over.push(Rule { from: (frame.left, y), to: (frame.right, y), ink: Ink::Target });
    let text = target_label(target, unit, words);
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
    scene.texts.extend(beside(candidates, &bounds, &[], &areas));
}

/// Bars below each other with their names at the left, or above them on a telephone.
fn lying(spec: &ChartSpec, bars: &mut Bars, size: Size, words: &dyn Figures) -> Scene {
    let left_out = bars.slots.len().saturating_sub(ROWS);
    bars.slots.truncate(ROWS);
    let series = bars.names.len().max(1);
    let mut scene = Scene { left_out, ..Scene::blank(size) };
    let target = spec.target.filter(|target| target.abs() <= 1e100);
    let top = draw_key(&mut scene, bars, words.language()) + if target.is_some() { 24.0 } else { 4.0 };
    let thick = if series > 1 { 18.0 } else { 22.0 };
    let name_room = if size.narrow { 0.0 } else { size.width * 0.36 };
    let names: Vec<Vec<String>> = bars
        .slots
        .iter()
        .map(|slot| match size.narrow {
            true => wrap(&slot.name, LABEL, size.width, 2),
            false => wrap(&slot.name, LABEL, name_room, 3),
        })
        .collect();
    let widest = names.iter().flatten().map(|line| width(line, LABEL)).fold(0.0, f64::max);
    let label_left = if size.narrow { 0.0 } else { widest + 12.0 };

    let low = bars.values().chain(target).fold(0.0, f64::min);
    let high = bars.values().chain(target).fold(0.0, f64::max);
    let value_text = |value: f64| Notation::new(value, bars.decimals, &bars.unit).write(value, words);
    let room = |wanted: &dyn Fn(f64) -> bool| {
        let widths = bars
            .values()
            .filter(|value| wanted(*value))
            .map(|value| bold_width(&value_text(value), LABEL) + 8.0);
        widths.fold(0.0, f64::max)
    };
    let left = label_left + if low < 0.0 { room(&|value| value < 0.0) } else { 0.0 };
    let right = size.width - room(&|value| value >= 0.0);
    let high = if high > low { high } else { low + 1.0 };

    let height_of = |lines: usize| {
        let name = if size.narrow { lines as f64 * 18.0 + 2.0 } else { 0.0 };
        let own = name + thick * series as f64;
        if size.narrow { own + 12.0 } else { own.max(lines as f64 * 18.0) + 12.0 }
    };
    let height = top + names.iter().map(|lines| height_of(lines.len())).sum::<f64>();
    scene.size.height = height;
    let frame = Frame { left, right, top, bottom: height, x: (low, high), y: (height, top) };
    scene.frame = frame;

    let mut y = top;
    let mut corners: Vec<Vec<((f64, f64), (f64, f64))>> = vec![Vec::new(); series];
    for (slot, lines) in bars.slots.iter().zip(&names) {
        let taken = height_of(lines.len()) - 12.0;
        let name_height = lines.len() as f64 * 18.0;
        let first =
            if size.narrow { y + name_height + 2.0 } else { y + (taken - thick * series as f64) / 2.0 };
        let name_top = if size.narrow { y } else { y + (taken - name_height) / 2.0 };
        for (index, line) in lines.iter().enumerate() {
            let (x, anchor) =
                if size.narrow { (0.0, Anchor::Start) } else { (label_left - 12.0, Anchor::End) };
            scene.text(x, name_top + 14.0 + 18.0 * index as f64, anchor, line, Ink::Name);
        }
        for (index, (value, corners)) in slot.values.iter().zip(&mut corners).enumerate() {
            let Some(value) = *value else { continue };
            let bar_top = first + thick * index as f64;
            let gap = if series > 1 { 1.0 } else { 0.0 };
            corners.push(((0.0, bar_top + gap), (value, bar_top + thick - gap)));
            let baseline = bar_top + thick / 2.0 + LABEL * 0.35;
            let x = frame.px(value);
            let (x, anchor) = if value < 0.0 { (x - 6.0, Anchor::End) } else { (x + 6.0, Anchor::Start) };
            scene.text(x, baseline, anchor, value_text(value), Ink::Value);
        }
        y += height_of(lines.len());
    }
    for (index, corners) in corners.into_iter().enumerate() {
        scene.plotted.push(Plotted::Bars { corners, ink: Ink::Fill(bars.rank(index)) });
    }
    let zero = frame.px(0.0);
    scene.over.push(Rule { from: (zero, top - 2.0), to: (zero, height - 8.0), ink: Ink::Zero });
    if let Some(target) = target {
        draw_target_down(&mut scene, target, &bars.unit, words);
    }
    scene
}

fn draw_target_down(scene: &mut Scene, target: f64, unit: &str, words: &dyn Figures) {
    let frame = scene.frame;
    let x = frame.px(target);
    scene.over.push(Rule { from: (x, frame.top - 4.0), to: (x, frame.bottom - 8.0), ink: Ink::Target });
    let text = target_label(target, unit, words);
    let half = width(&text, TICK) / 2.0;
    let x = x.clamp(half, (scene.size.width - half).max(half));
    scene.text(x, frame.top - 9.0, Anchor::Middle, text, Ink::TargetLabel);
}
