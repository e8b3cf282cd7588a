//! A calendar heatmap: every day a cell, five levels, weeks from Monday; on a telephone a row for every month.

use super::columns::{WRONG_COLUMNS, one_series};
use super::data::TimeData;
use super::describe::{figure, no_data};
use super::kind::{Along, Kind, Picture};
use super::label::level_key;
use super::level::Levels;
use super::scene::{Anchor, Corners, Frame, Ink, Plotted, Rule, Scene, Size, TICK};
use super::text::width;
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading};
use crate::finding::{Finding, Language};
use crate::series::{Aggregate, Grain, Point, Series, dates, day_of, looks_like_dates, number_of};
use crate::text::{Span, capital};
use crate::words;
use crate::world::Date;

/// What `calendar` is.
pub(crate) static KIND: Kind = Kind {
    without: &["color", "target", "events", "sort", "labels", "time_unit"],
    read: Some(read),
    sentences: Some(sentences),
    table: Some(table),
    check: Some(check),
    ..Kind::drawn(&["calendar", "calendario"], Along::Dates, Picture::Scenes(scene))
};

/// Calendar years in one drawing; of longer data the last are drawn.
const YEARS: i16 = 3;

/// Weeks that fit into one block: a year that begins in any week.
const WEEKS: i64 = 54;

/// The greatest side of a cell with the gap beside it, in px.
const LARGEST: f64 = 18.0;

/// Ground between two cells, in px.
const GAP: f64 = 1.5;

/// Every day from the first to the last of a series, with its value.
struct Days<'a> {
    series: &'a Series,
    first: i64,
    last: i64,
    values: Vec<Option<f64>>,
    levels: Levels,
    /// Days with a value before those that are drawn.
    earlier: usize,
}

impl<'a> Days<'a> {
    fn of(data: &'a TimeData) -> Option<Self> {
        let series = data.series.first()?;
        let known = || series.known().filter(|(_, value)| value.abs() <= 1e100);
        let last = known().next_back()?.0;
        let year = Date::new(last.year().saturating_sub(YEARS - 1), 1, 1).unwrap_or(last);
        let drawn = || known().filter(|(date, _)| *date >= year);
        let first = drawn().next()?.0;
        let (first, last) = (number_of(first), number_of(last));
        let mut values = vec![None; usize::try_from(last - first + 1).ok()?];
        for (date, value) in drawn() {
            let index = usize::try_from(number_of(date) - first).ok();
            if let Some(cell) = index.and_then(|index| values.get_mut(index)) {
                *cell = Some(value);
            }
        }
        let levels = Levels::of(drawn().map(|(_, value)| value));
        let earlier = known().count() - drawn().count();
        Some(Self { series, first, last, values, levels, earlier })
    }

    /// What a day is drawn with.
    fn ink(&self, day: i64) -> Ink {
        let value = usize::try_from(day - self.first).ok().and_then(|index| self.values.get(index));
        match value.copied().flatten() {
            Some(value) => Ink::Level(self.levels.level(value)),
            None => Ink::Missing,
        }
    }

    /// One block when all weeks fit beside each other, else one for each year.
    fn blocks(&self) -> Vec<(i64, i64)> {
        if (monday(self.last) - monday(self.first)) / 7 < WEEKS {
            return vec![(self.first, self.last)];
        }
        let (first, last) = (day_of(self.first), day_of(self.last));
        (first.year()..=last.year())
            .filter_map(|year| {
                let from = number_of(Date::new(year, 1, 1).ok()?).max(self.first);
                let to = number_of(Date::new(year, 12, 31).ok()?).min(self.last);
                Some((from, to))
            })
            .collect()
    }
}

/// The Monday of the week of a day.
fn monday(day: i64) -> i64 {
    number_of(Grain::Week.start(day_of(day)))
}

/// The scene; an empty drawing for data without values.
pub(crate) fn scene(_: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Time(data) = data else { return Scene::empty(size, words) };
    let Some(days) = Days::of(data) else { return Scene::empty(size, words) };
    let mut scene = Scene { left_out: days.earlier, ..Scene::blank(size) };
    let key = days.levels.key(days.series.decimals, &days.series.unit, words);
    let mut key: Vec<(Ink, String)> =
        key.into_iter().map(|(level, text)| (Ink::Level(level), text)).collect();
    if days.values.contains(&None) {
        let text = match words.language() {
            Language::English => "no figure",
            Language::Spanish => "sin dato",
        };
        key.push((Ink::Missing, text.to_owned()));
    }
    let top = level_key(&mut scene, &key);
    let mut cells = Cells::default();
    let bottom = if size.narrow {
        months(&mut scene, &mut cells, &days, top, words)
    } else {
        weeks(&mut scene, &mut cells, &days, top, words)
    };
    scene.size.height = bottom + 2.0;
    scene.frame = Frame::pixels(scene.size);
    scene.plotted = cells.plotted();
    scene
}

/// Cells gathered by what they are drawn with, so that each level is one path.
#[derive(Default)]
struct Cells {
    inks: Vec<(Ink, Vec<Corners>)>,
}

impl Cells {
    fn push(&mut self, ink: Ink, left: f64, top: f64, width: f64, height: f64) {
        let corners = ((left, top), (left + width, top + height));
        match self.inks.iter_mut().find(|(known, _)| *known == ink) {
            Some((_, cells)) => cells.push(corners),
            None => self.inks.push((ink, vec![corners])),
        }
    }

    fn plotted(mut self) -> Vec<Plotted> {
        self.inks.sort_by_key(|(ink, _)| *ink);
        self.inks.into_iter().map(|(ink, corners)| Plotted::Cells { corners, ink }).collect()
    }
}

/// Weeks side by side, weekdays below each other; a line runs between the months. Gives the lower end.
fn weeks(scene: &mut Scene, cells: &mut Cells, days: &Days, top: f64, words: &dyn Figures) -> f64 {
    let initials = initials(words.language());
    let left = initials.iter().map(|name| width(name, TICK)).fold(0.0, f64::max) + 9.0;
    let blocks = days.blocks();
    let most = blocks.iter().map(|(from, to)| (monday(*to) - monday(*from)) / 7 + 1).max().unwrap_or(1);
    let side = ((scene.size.width - left) / most as f64).min(LARGEST);
    let mut y = top;
    for (from, to) in blocks {
        let start = monday(from);
        let grid_top = y + 38.0;
        let x_of = |day: i64| left + ((monday(day) - start) / 7) as f64 * side;
        let y_of = |day: i64| grid_top + (day - monday(day)) as f64 * side;
        for (row, initial) in initials.iter().enumerate().step_by(2) {
            let baseline = grid_top + (row as f64 + 0.5) * side + TICK * 0.35 - GAP / 2.0;
            scene.text(left - 9.0, baseline, Anchor::End, *initial, Ink::Tick);
        }
        for day in from..=to {
            cells.push(days.ink(day), x_of(day), y_of(day), side - GAP, side - GAP);
        }
        month_names(scene, from, to, y, &x_of, words);
        for first in firsts(from, to).into_iter().filter(|first| *first > from) {
            boundary(scene, (x_of(first), y_of(first)), grid_top, side, (first - 7 < from, first + 6 > to));
        }
        y = grid_top + side * 7.0 + 14.0;
    }
    y - 14.0
}

/// Names of the months over the week in which they begin, and the year over the first of each.
fn month_names(
    scene: &mut Scene,
    from: i64,
    to: i64,
    top: f64,
    x_of: &dyn Fn(i64) -> f64,
    words: &dyn Figures,
) {
    let mut starts = firsts(from, to);
    if starts.first() != Some(&from) {
        starts.insert(0, from);
    }
    let names: Vec<(f64, String, i16)> =
        starts.iter().map(|day| (x_of(*day), words.month_short(day_of(*day)), day_of(*day).year())).collect();
    let mut year = None;
    for (index, (x, name, of_year)) in names.iter().enumerate() {
        let room = scene.size.width - x;
        let next = names.get(index + 1).map_or(room, |(next, ..)| next - x);
        let new_year = year != Some(*of_year);
        if next >= width(name, TICK) + 5.0 || (index + 1 == names.len() && room >= width(name, TICK)) {
            scene.text(*x, top + 32.0, Anchor::Start, name, Ink::Tick);
        }
        // A year that ends with its first month leaves its place to the next.
        let next_year = names.get(index + 1).filter(|(_, _, next)| next != of_year);
        let text = of_year.to_string();
        let room = next_year.map_or(room, |(next, ..)| next - x);
        if new_year && room >= width(&text, TICK) * 1.06 + 5.0 {
            scene.text(*x, top + 15.0, Anchor::Start, text, Ink::Name);
        }
        year = Some(*of_year);
    }
}

/// The first days of months after `from`, up to `to`, and `from` when it is one.
fn firsts(from: i64, to: i64) -> Vec<i64> {
    let mut firsts = Vec::new();
    let mut date = Grain::Month.start(day_of(from));
    while number_of(date) <= to {
        if number_of(date) >= from {
            firsts.push(number_of(date));
        }
        date = Grain::Month.after(date, 1);
    }
    firsts
}

/// The line between two months, stepped where a month begins within a week. `cut` says that there are no cells left of its lower and right of its upper part.
fn boundary(scene: &mut Scene, (x, y): (f64, f64), top: f64, side: f64, cut: (bool, bool)) {
    let half = GAP / 2.0;
    let (left, right, bottom) = (x - half, x + side - half, top + side * 7.0 - half);
    let (y, top) = (y - half, top - half);
    let ink = Ink::Axis;
    let within = y > top + 1.0;
    if !cut.0 {
        scene.over.push(Rule { from: (left, if within { y } else { top }), to: (left, bottom), ink });
    }
    if within {
        scene.over.push(Rule { from: (left, y), to: (right, y), ink });
        if !cut.1 {
            scene.over.push(Rule { from: (right, top), to: (right, y), ink });
        }
    }
}

/// A row for every month, days side by side. Gives the lower end.
fn months(scene: &mut Scene, cells: &mut Cells, days: &Days, top: f64, words: &dyn Figures) -> f64 {
    const ROW: f64 = 17.0;
    let mut date = Grain::Month.start(day_of(days.first));
    let mut rows: Vec<Date> = Vec::new();
    while number_of(date) <= days.last {
        rows.push(date);
        date = Grain::Month.after(date, 1);
    }
    let names = rows.iter().map(|date| width(&words.month_short(*date), TICK));
    let left = names.fold(0.0, f64::max) + 8.0;
    let side = (scene.size.width - left) / 31.0;
    for day in [1u8, 8, 15, 22, 29] {
        let x = left + (f64::from(day) - 0.5) * side;
        scene.text(x, top + TICK, Anchor::Middle, day.to_string(), Ink::Tick);
    }
    let mut y = top + 20.0;
    let mut year = None;
    for month in rows {
        if year != Some(month.year()) {
            year = Some(month.year());
            y += 4.0;
            scene.text(0.0, y + TICK, Anchor::Start, month.year().to_string(), Ink::Name);
            y += 20.0;
        }
        scene.text(0.0, y + TICK * 0.85, Anchor::Start, words.month_short(month), Ink::Tick);
        let (from, to) = (number_of(month), number_of(Grain::Month.after(month, 1)) - 1);
        for day in from.max(days.first)..=to.min(days.last) {
            cells.push(days.ink(day), left + (day - from) as f64 * side, y, side - GAP, ROW - 4.0);
        }
        y += ROW;
    }
    y
}

/// First letters of the weekdays from Monday on.
fn initials(language: Language) -> [&'static str; 7] {
    match language {
        Language::English => ["M", "T", "W", "T", "F", "S", "S"],
        Language::Spanish => ["L", "M", "X", "J", "V", "S", "D"],
    }
}

/// Names of the weekdays from Monday on, as a sentence needs them.
pub(crate) fn weekdays(language: Language) -> [&'static str; 7] {
    match language {
        Language::English => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        Language::Spanish => ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    }
}

/// Whether rows are counted: then the values of days may be added.
fn counted(spec: &ChartSpec) -> bool {
    spec.metrics.is_empty() && spec.y.is_empty()
}

/// The rows of each day, from the first to the last, when no column of figures is named; else the common reader.
fn read(reading: &mut Reading) -> Option<ChartData> {
    if !counted(reading.spec) {
        return reading.common();
    }
    let x = reading.x()?;
    if !looks_like_dates(x) {
        return reading.common();
    }
    let read = dates(x, reading.habits).into(&mut reading.findings);
    let mut rows: Vec<(i64, Span)> = Vec::new();
    for (date, (_, span)) in read.values.iter().zip(&x.cells) {
        if let Some(date) = date {
            rows.push((number_of(*date), *span));
        }
    }
    rows.sort_unstable();
    let points = count(&rows);
    let unit = reading.spec.unit.clone().unwrap_or_default();
    let series = Series { name: String::new(), points, unit, decimals: 0 };
    Some(ChartData::Time(TimeData {
        series: vec![series],
        grain: Grain::Day.max(read.grain),
        ..TimeData::default()
    }))
}

/// How many rows there are of each day from the first to the last; `rows` are sorted.
fn count(rows: &[(i64, Span)]) -> Vec<Point> {
    let (Some((first, _)), Some((last, _))) = (rows.first(), rows.last()) else { return Vec::new() };
    // Days of a wrong century would be a million cells: then only days with rows are told.
    let gaps = last - first < MOST_DAYS;
    let mut points: Vec<Point> = Vec::new();
    for (day, span) in rows {
        if let Some(point) = points.last_mut().filter(|point| point.date == day_of(*day)) {
            point.value = point.value.map(|count| count + 1.0);
            continue;
        }
        let after = points.last().map(|point| number_of(point.date) + 1).filter(|_| gaps).unwrap_or(*day);
        points.extend((after..*day).map(|day| Point { date: day_of(day), value: Some(0.0), span: *span }));
        points.push(Point { date: day_of(*day), value: Some(1.0), span: *span });
    }
    points
}

/// Days of which those without rows are told as none.
const MOST_DAYS: i64 = 20_000;

fn sentences(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let language = words.language();
    let ChartData::Time(data) = data else { return Vec::new() };
    let Some(days) = Days::of(data) else { return vec![no_data(language)] };
    let value = |value: f64| figure(value, days.series.decimals, &days.series.unit, words);
    let (from, to) = (words.date_long(day_of(days.first)), words.date_long(day_of(days.last)));
    let known = || (days.first..).zip(&days.values).filter_map(|(day, value)| Some((day, (*value)?)));
    // Where rows are counted, nothing is no figure.
    let may_add = counted(spec) || spec.aggregate == Some(Aggregate::Sum);
    let filled = known().filter(|(_, value)| !may_add || *value != 0.0).count();
    let filled = words.number(filled as f64, 0);
    let all = words.number(days.values.len() as f64, 0);
    let mut said = Vec::new();
    if may_add {
        let sum = value(known().map(|(_, value)| value).sum());
        said.push(match language {
            Language::English => format!("{sum} in all, on {filled} of {all} days, from {from} to {to}."),
            Language::Spanish => format!("En total {sum}, en {filled} de {all} días, del {from} al {to}."),
        });
    } else {
        said.push(match language {
            Language::English => format!("Figures for {filled} of {all} days, from {from} to {to}."),
            Language::Spanish => format!("Hay cifras de {filled} de {all} días, del {from} al {to}."),
        });
    }
    if let Some((day, high)) = known().reduce(|a, b| if b.1 > a.1 { b } else { a }) {
        let (high, date) = (value(high), words.date_long(day_of(day)));
        said.push(match language {
            Language::English => format!("The most in a day: {high} ({date})."),
            Language::Spanish => format!("Lo más en un día: {high} ({date})."),
        });
    }
    said.extend(may_add.then(|| of_weekdays(&days, words)).flatten());
    said.extend(may_add.then(|| longest_pause(&days, words)).flatten());
    said
}

/// On which weekday there is most and least, when the data are of four weeks or more.
fn of_weekdays(days: &Days, words: &dyn Figures) -> Option<String> {
    let mut sums = [0.0; 7];
    for (day, value) in (days.first..).zip(&days.values) {
        let weekday = usize::try_from(day - monday(day)).ok().and_then(|weekday| sums.get_mut(weekday));
        if let (Some(sum), Some(value)) = (weekday, value) {
            *sum += value;
        }
    }
    let names = weekdays(words.language());
    let pairs = || names.iter().zip(sums);
    let (most, high) = pairs().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let (least, low) = pairs().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    if days.values.len() < 28 || high == low {
        return None;
    }
    let (decimals, unit) = (days.series.decimals, days.series.unit.as_str());
    // The counted word stands once: nobody has to read "1 posts".
    let is_word = unit.chars().count() > 1 && unit.chars().all(char::is_lowercase);
    let high = figure(high, decimals, unit, words);
    let low = figure(low, decimals, if is_word { "" } else { unit }, words);
    Some(match words.language() {
        Language::English => format!("{most} has most ({high}), {least} least ({low})."),
        Language::Spanish => {
            capital(&format!("el {most} es el día con más ({high}); el {least}, con menos ({low})."))
        }
    })
}

/// The longest run of days with nothing, when it is longer than a week.
fn longest_pause(days: &Days, words: &dyn Figures) -> Option<String> {
    let mut longest: Option<(i64, i64)> = None;
    let mut start = None;
    for (day, value) in (days.first..).zip(&days.values) {
        if value.is_some_and(|value| value != 0.0) {
            start = None;
            continue;
        }
        let from = *start.get_or_insert(day);
        if longest.is_none_or(|(first, last)| day - from > last - first) {
            longest = Some((from, day));
        }
    }
    let (from, to) = longest.filter(|(from, to)| to - from >= 7)?;
    let count = words.number((to - from + 1) as f64, 0);
    let (from, to) = (words.date_long(day_of(from)), words.date_long(day_of(to)));
    Some(match words.language() {
        Language::English => format!("The longest pause: {count} days, from {from} to {to}."),
        Language::Spanish => format!("La pausa más larga: {count} días, del {from} al {to}."),
    })
}

/// Counted rows are added by month, and not the last day of a month shown for it.
fn table(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> FigureTable {
    let aggregate = if counted(spec) { Some(Aggregate::Sum) } else { spec.aggregate };
    super::table::table(&ChartSpec { aggregate, ..spec.clone() }, data, words)
}

/// Days only, and one series.
fn check(_: &ChartSpec, data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    let ChartData::Time(data) = data else { return };
    if data.grain > Grain::Day {
        findings.push(
            Finding::new(
                &WRONG_COLUMNS,
                place,
                words!(
                    "a calendar needs days, and these are longer periods",
                    "un calendario necesita días, y estos son periodos más largos"
                ),
            )
            .why(words!(
                "only the first day of each period would have a colour",
                "solo tendría color el primer día de cada periodo"
            ))
            .help(words!(
                "write `chart: bar` for months or weeks",
                "escribe `grafico: barras` para meses o semanas"
            )),
        );
    }
    one_series(data.series.len(), place, findings);
}
