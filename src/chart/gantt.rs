//! A Gantt chart: what lasts from when to when, in groups; what happens on one day is a dot. On a telephone the names stand above the bars.

use super::columns::wrong;
use super::describe::no_data;
use super::kind::{Along, Key, Kind, OF, Picture, Takes};
use super::listing::Listing;
use super::scale::date_ticks;
use super::scene::{Anchor, Corners, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK};
use super::text::{width, wrap};
use super::{ChartData, ChartSpec, FigureTable, Figures, Reading};
use crate::finding::{Code, Finding, Language, Level, Reported};
use crate::series::{Column, Grain, Habits, date, dates, day_of, looks_like_dates, number_of};
use crate::text::Span;
use crate::words;
use crate::world::Date;

/// A row that ends before it begins.
pub static END_BEFORE_START: Code =
    Code { id: "P531", name: "end_before_start", level: Level::Error, since: "0.1.0" };

/// What `gantt` is.
pub(crate) static KIND: Kind = Kind {
    keys: &[
        OF,
        Key { name: "start", spanish: "inicio", more: &["desde", "from"], takes: Takes::Text },
        Key { name: "end", spanish: "fin", more: &["hasta", "to"], takes: Takes::Text },
        Key { name: "today", spanish: "hoy", more: &[], takes: Takes::Text },
    ],
    without: &["y", "target", "events", "unit", "decimals", "aggregate", "time_unit"],
    inline: &["of"],
    read: Some(read),
    sentences: Some(sentences),
    table: Some(table),
    ..Kind::drawn(
        &["gantt", "cronograma", "timeline", "linea_de_tiempo"],
        Along::Names,
        Picture::Scenes(scene),
    )
};

/// Rows in one drawing.
const ROWS: usize = 40;

/// What lasts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spans {
    /// What the rows are: the heading of their column.
    pub heading: String,
    /// What the groups are; empty when there are none.
    pub group_heading: String,
    /// The rows, those of a group together, groups in the order of their first rows.
    pub rows: Vec<Lasting>,
    /// The day that is marked; only when the author gives one.
    pub today: Option<Date>,
}

/// Something from one day to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Lasting {
    /// What.
    pub name: String,
    /// Group; may be empty.
    pub group: String,
    /// First day.
    pub start: Date,
    /// Last day; `None` when it is a single day or open.
    pub end: Option<Date>,
}

impl Spans {
    /// Rows of a group come together, in the order in which the groups first appear.
    pub(crate) fn grouped(mut rows: Vec<Lasting>) -> Vec<Lasting> {
        let mut groups: Vec<String> = Vec::new();
        for row in &rows {
            if !groups.contains(&row.group) {
                groups.push(row.group.clone());
            }
        }
        rows.sort_by_key(|row| groups.iter().position(|group| *group == row.group));
        rows
    }

    /// First and last day of all.
    fn ends(&self) -> Option<(Date, Date)> {
        let days = || self.rows.iter().flat_map(|row| [Some(row.start), row.end]).flatten().chain(self.today);
        self.rows.first()?;
        Some((days().min()?, days().max()?))
    }

    /// The rows as lines of a file: dates as ISO.
    pub(crate) fn lines(&self, language: Language) -> Vec<Vec<String>> {
        let (start, end) = headings(language);
        let mut first = vec![self.heading.clone(), start.to_owned(), end.to_owned()];
        let groups = self.rows.iter().any(|row| !row.group.is_empty());
        if groups {
            first.push(self.group_heading.clone());
        }
        let mut lines = vec![first];
        for row in &self.rows {
            let end = row.end.map(|end| end.to_string()).unwrap_or_default();
            let mut line = vec![row.name.clone(), row.start.to_string(), end];
            line.extend(groups.then(|| row.group.clone()));
            lines.push(line);
        }
        lines
    }
}

fn headings(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => ("Start", "End"),
        Language::Spanish => ("Inicio", "Fin"),
    }
}

fn read(reading: &mut Reading) -> Option<ChartData> {
    let x = reading.x()?;
    let color = match &reading.spec.color {
        Some(name) => Some(reading.column(name)?),
        None => None,
    };
    let mut of_dates =
        reading.columns.iter().filter(|column| column.name.span != x.name.span && looks_like_dates(column));
    let start = match reading.spec.own_text("start") {
        Some(name) => Some(reading.column(name)?),
        None => of_dates.next(),
    };
    let end = match reading.spec.own_text("end") {
        Some(name) => Some(reading.column(name)?),
        None => of_dates.find(|column| start.is_none_or(|start| start.name.span != column.name.span)),
    };
    let Some(start) = start else {
        reading.findings.push(no_start(x.name.span));
        return None;
    };
    let starts = dates(start, reading.habits).into(&mut reading.findings);
    let ends = end.map(|end| (end, dates(end, reading.habits).into(&mut reading.findings)));
    let mut rows = Vec::new();
    for (row, ((name, _), start_date)) in x.cells.iter().zip(&starts.values).enumerate() {
        let name = name.trim();
        let cell =
            |column: &Column| column.cells.get(row).map(|(text, span)| (text.trim().to_owned(), *span));
        let Some(start_date) = *start_date else {
            if let Some((_, span)) = cell(start).filter(|(text, _)| text.is_empty() && !name.is_empty()) {
                reading.findings.push(row_without_start(name, span));
            }
            continue;
        };
        let mut last = None;
        if let Some((column, ends)) = &ends {
            let (text, span) = cell(column).unwrap_or((String::new(), column.name.span));
            last = ends.values.get(row).copied().flatten().map(|end| last_day(end, &text, ends.grain));
            if let Some(end) = last.filter(|end| *end < start_date) {
                let began = start.cells.get(row).map(|(_, span)| *span);
                reading.findings.push(end_before_start(name, start_date, end, span, began));
                last = None;
            }
        }
        let group = color.and_then(cell).map(|(text, _)| reading.spec.shown(&text)).unwrap_or_default();
        let name = reading.spec.shown(name);
        rows.push(Lasting { name, group, start: start_date, end: last });
    }
    let today = marked_day(reading.spec, reading.habits).into(&mut reading.findings);
    Some(ChartData::Listing(Listing::Spans(Spans {
        heading: reading.spec.shown(&x.name.value),
        group_heading: color.map(|color| reading.spec.shown(&color.name.value)).unwrap_or_default(),
        rows: Spans::grouped(rows),
        today,
    })))
}

/// The day that the author wants marked.
pub fn marked_day(spec: &ChartSpec, habits: Habits) -> Reported<Option<Date>> {
    let mut findings = Vec::new();
    let day = spec
        .own_text("today")
        .and_then(|text| date("today", &text.value, text.span, habits).into(&mut findings));
    Reported::new(day, findings)
}

/// An end written as a year or a month is the last day of it, also in a column where others are days.
fn last_day(end: Date, text: &str, grain: Grain) -> Date {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let grain = match (digits, text.len()) {
        (4, 4) => Grain::Year,
        (6, 7) => Grain::Month,
        _ => grain,
    };
    match grain {
        Grain::Day => end,
        longer => day_of(number_of(longer.after(end, 1)) - 1),
    }
}

fn no_start(place: Span) -> Finding {
    wrong(
        place,
        words!("no column of these data holds dates for the start", "ninguna columna de estos datos tiene fechas para el inicio"),
    )
    .why(words!("without a start nothing can stand in time", "sin un inicio nada tiene sitio en el tiempo"))
    .help(words!(
        "name the columns, as in `start: from` and `end: to`; dates are best written `2026-06-08`",
        "nombra las columnas, como `inicio: desde` y `fin: hasta`; lo más seguro es escribir las fechas así: `2026-06-08`"
    ))
}

fn row_without_start(name: &str, place: Span) -> Finding {
    wrong(place, words!("`{name}` has no start", "`{name}` no tiene inicio"))
        .why(words!("the row is not drawn", "la fila no se dibuja"))
        .help(words!("write the day on which it starts", "escribe el día en que empieza"))
}

/// A finding about dates the wrong way round.
pub(crate) fn end_before_start(
    name: &str,
    start: Date,
    end: Date,
    place: Span,
    started: Option<Span>,
) -> Finding {
    let finding = Finding::new(
        &END_BEFORE_START,
        place,
        words!(
            "`{name}` ends on {end} and starts on {start}",
            "`{name}` acaba el {end} y empieza el {start}"
        ),
    )
    .why(words!("it is drawn as a single day, the start", "se dibuja como un solo día, el del inicio"))
    .help(words!("put the earlier date first", "pon primero la fecha anterior"));
    match started {
        Some(started) => finding.also(started, words!("the start", "el inicio")),
        None => finding,
    }
}

/// Thickness of a bar in px.
const BAR: f64 = 14.0;

/// Height of a line of a name in px.
const LINE: f64 = 18.0;

/// Room below a row in px.
const BELOW: f64 = 9.0;

/// The part of the time that is drawn, and where it lies.
struct Time {
    first: i64,
    last: i64,
    left: f64,
    right: f64,
}

impl Time {
    /// From the beginning of the first month to the end of the last; for short times, of the weeks.
    fn of((first, last): (Date, Date), left: f64, right: f64) -> Self {
        let days = number_of(last) - number_of(first);
        let grain = match days {
            ..=45 => Grain::Week,
            46..=1500 => Grain::Month,
            _ => Grain::Year,
        };
        let (first, last) = (number_of(grain.start(first)), number_of(grain.after(last, 1)));
        Self { first, last: last.max(first + 1), left, right }
    }

    fn px(&self, day: i64) -> f64 {
        let share = (day - self.first) as f64 / (self.last - self.first) as f64;
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }
}

/// The scene; an empty drawing for data without rows.
pub(crate) fn scene(_: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Listing(Listing::Spans(data)) = data else { return Scene::empty(size, words) };
    let Some(ends) = data.ends() else { return Scene::empty(size, words) };
    let left_out = data.rows.len().saturating_sub(ROWS);
    let rows: Vec<&Lasting> = data.rows.iter().take(ROWS).collect();
    let mut scene = Scene { left_out, ..Scene::blank(size) };
    let room = if size.narrow { size.width } else { size.width * 0.34 };
    let names: Vec<Vec<String>> = rows.iter().map(|row| wrap(&row.name, LABEL, room, 2)).collect();
    let widest = names.iter().flatten().map(|line| width(line, LABEL)).fold(0.0, f64::max);
    let left = if size.narrow { 0.0 } else { widest + 18.0 };
    let time = Time::of(ends, left, size.width);
    let (top, lines) = axis(&mut scene, &time, data.today, words);

    let mut bars: Vec<Vec<Corners>> = vec![Vec::new(); 5];
    let mut dots: Vec<Vec<(f64, f64)>> = vec![Vec::new(); 5];
    let mut y = top;
    let mut group: Option<&str> = None;
    let mut rank = 0usize;
    for (row, name) in rows.iter().zip(&names) {
        if group != Some(&row.group) {
            group = Some(&row.group);
            rank += 1;
            if !row.group.is_empty() {
                y += if rank > 1 { 8.0 } else { 0.0 };
                let text = super::text::cut(&row.group, LABEL * 1.06, size.width);
                scene.text(0.0, y + 14.0, Anchor::Start, text, Ink::Strong);
                y += LINE + 6.0;
            }
        }
        let height = name.len() as f64 * LINE;
        let (mid, bottom) = if size.narrow {
            let below = beside_name(&mut scene, row, name, y, words);
            (below + 3.0 + BAR / 2.0, below + 3.0 + BAR)
        } else {
            let tall = height.max(BAR);
            for (line, text) in name.iter().enumerate() {
                let baseline = y + (tall - height) / 2.0 + 13.5 + LINE * line as f64;
                scene.text(0.0, baseline, Anchor::Start, text, Ink::Name);
            }
            (y + tall / 2.0, y + tall)
        };
        let ink = if rank <= 4 { rank } else { 0 };
        let from = time.px(number_of(row.start));
        match row.end {
            Some(end) => {
                // The last day belongs to it; what is shorter than two px is still seen.
                let to = time.px(number_of(end) + 1).max(from + 2.5);
                if let Some(bars) = bars.get_mut(ink) {
                    bars.push(((from, mid - BAR / 2.0), (to, mid + BAR / 2.0)));
                }
            }
            None => {
                if let Some(dots) = dots.get_mut(ink) {
                    dots.push((from.clamp(6.5, size.width - 6.5), mid));
                }
            }
        }
        // On a telephone the lines stop for the names above the bars.
        if size.narrow {
            draw_lines(&mut scene, &lines, mid - BAR / 2.0 - 2.0, bottom + 2.0);
        }
        y = bottom + BELOW;
    }
    scene.size.height = y - BELOW + 6.0;
    scene.frame = Frame::pixels(scene.size);
    if !size.narrow {
        let bottom = scene.size.height;
        draw_lines(&mut scene, &lines, top - 8.0, bottom);
    }
    for (rank, corners) in (0u8..).zip(bars).filter(|(_, corners)| !corners.is_empty()) {
        scene.plotted.push(Plotted::Cells { corners, ink: Ink::Fill(rank) });
    }
    for (rank, points) in (0u8..).zip(dots).filter(|(_, points)| !points.is_empty()) {
        scene.plotted.push(Plotted::Dots { points, radius: 6.0, ink: Ink::Dot(rank) });
    }
    scene
}

/// Lines down through the rows at these places: ticks, and the marked day.
fn draw_lines(scene: &mut Scene, lines: &[(f64, Ink)], top: f64, bottom: f64) {
    for (x, ink) in lines {
        let rule = Rule { from: (*x, top), to: (*x, bottom), ink: *ink };
        if *ink == Ink::Grid { scene.under.push(rule) } else { scene.over.push(rule) }
    }
}

/// Ticks above the rows, and the marked day below them. Gives where the rows begin, and the lines down through them.
fn axis(scene: &mut Scene, time: &Time, today: Option<Date>, words: &dyn Figures) -> (f64, Vec<(f64, Ink)>) {
    let (first, last) = (day_of(time.first), day_of(time.last));
    let ticks = date_ticks(first, last, Grain::Day, time.right - time.left, TICK, words);
    let years = if ticks.iter().any(|tick| !tick.below.is_empty()) { 17.0 } else { 0.0 };
    let mut lines = Vec::new();
    let mut free = f64::NEG_INFINITY;
    for tick in &ticks {
        let x = time.px(number_of(tick.date));
        lines.push((x, Ink::Grid));
        // A name at its line; the last has no room beyond the edge.
        if x + 1.0 + width(&tick.text, TICK) > scene.size.width {
            continue;
        }
        scene.text(x + 1.0, years + 15.0, Anchor::Start, tick.text.clone(), Ink::Tick);
        let year = width(&tick.below, TICK);
        if !tick.below.is_empty() && x >= free && x + 1.0 + year <= scene.size.width {
            scene.text(x + 1.0, 15.0, Anchor::Start, tick.below.clone(), Ink::Tick);
            free = x + year + 8.0;
        }
    }
    let mut top = years + 29.0;
    if let Some(today) = today {
        let (x, day) = (time.px(number_of(today)), words.day_month(today));
        let text = match words.language() {
            Language::English => format!("Today, {day}"),
            Language::Spanish => format!("Hoy, {day}"),
        };
        let half = width(&text, TICK) / 2.0;
        let middle = x.clamp(half, (scene.size.width - half).max(half));
        scene.text(middle, top + 6.0, Anchor::Middle, text, Ink::TargetLabel);
        lines.push((x, Ink::Target));
        top += 20.0;
    }
    (top, lines)
}

/// The name over its bar, with its days beside it or below. Gives the lower end.
fn beside_name(scene: &mut Scene, row: &Lasting, name: &[String], top: f64, words: &dyn Figures) -> f64 {
    let mut y = top;
    for line in name {
        scene.text(0.0, y + 14.0, Anchor::Start, line, Ink::Name);
        y += LINE;
    }
    let days = days(row, words);
    let taken = name.last().map_or(0.0, |line| width(line, LABEL));
    let right = scene.size.width;
    if taken + 12.0 + width(&days, TICK) <= right {
        scene.text(right, y - LINE + 14.0, Anchor::End, days, Ink::Tick);
        return y;
    }
    scene.text(0.0, y + 13.0, Anchor::Start, days, Ink::Tick);
    y + LINE
}

/// `3 oct – 15 nov`, with years where they differ.
fn days(row: &Lasting, words: &dyn Figures) -> String {
    let start = words.day_month(row.start);
    match row.end.filter(|end| *end != row.start) {
        None => start,
        Some(end) if end.year() == row.start.year() => format!("{start} – {}", words.day_month(end)),
        Some(end) => {
            let (from, to) = (row.start.year(), end.year());
            format!("{start} {from} – {} {to}", words.day_month(end))
        }
    }
}

/// The names of the first few rows.
fn names(data: &Spans) -> String {
    let names: Vec<&str> = data.rows.iter().take(5).map(|row| row.name.as_str()).collect();
    names.join(", ")
}

fn sentences(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let language = words.language();
    let ChartData::Listing(Listing::Spans(data)) = data else { return Vec::new() };
    let starts = data.rows.iter().map(|row| row.start).min();
    let ends = data.rows.iter().map(|row| row.end.unwrap_or(row.start)).max();
    let (Some(first), Some(last)) = (starts, ends) else { return vec![no_data(language)] };
    let (from, to) = (words.date_long(first), words.date_long(last));
    let count = data.rows.len();
    let mut said = vec![match language {
        Language::English if first == last => format!("{}: {from}.", names(data)),
        Language::Spanish if first == last => format!("{}: {from}.", names(data)),
        Language::English if count == 1 => format!("From {from} to {to}."),
        Language::Spanish if count == 1 => format!("Del {from} al {to}."),
        Language::English => format!("{count} in all, from {from} to {to}."),
        Language::Spanish => format!("{count} en total, del {from} al {to}."),
    }];
    let length = |row: &Lasting| row.end.map(|end| number_of(end) - number_of(row.start) + 1);
    let lasting = || data.rows.iter().filter_map(|row| Some((row, length(row)?)));
    let longest = lasting().reduce(|a, b| if b.1 > a.1 { b } else { a });
    if let Some((row, days)) = longest.filter(|_| lasting().nth(1).is_some()) {
        let (name, days) = (&row.name, words.number(days as f64, 0));
        said.push(match language {
            Language::English => format!("The longest: {name}, {days} days."),
            Language::Spanish => format!("Lo más largo: {name}, {days} días."),
        });
    }
    if let Some(today) = data.today {
        let open = lasting().filter(|(row, _)| row.start <= today && row.end >= Some(today)).count();
        let (open, day) = (words.number(open as f64, 0), words.date_long(today));
        said.push(match language {
            Language::English => format!("Under way on {day}: {open}."),
            Language::Spanish => format!("En marcha el {day}: {open}."),
        });
    }
    said
}

/// The rows with their days in words.
fn table(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> FigureTable {
    let ChartData::Listing(listing) = data else { return FigureTable::default() };
    let mut table = listing.table(words);
    let Listing::Spans(spans) = listing else { return table };
    for (cells, row) in table.rows.iter_mut().zip(&spans.rows) {
        let days =
            [Some(row.start), row.end].map(|day| day.map(|day| words.date_long(day)).unwrap_or_default());
        for (cell, day) in cells.iter_mut().skip(1).zip(days) {
            *cell = day;
        }
    }
    table
}
