//! The exports in the data folder → series by name: `youtube.views`, `linkedin.items.clicks`.
//!
//! 1. every table of every document is recognised and read (`recognise`, `reading`)
//! 2. figures of one name are brought together: equal ones once, of different ones the newest
//! 3. rates and means get their parts

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::file_name::{Facts, facts};
use super::profile::{Basis, Profile, ProfileColumn};
use super::profile_file::Profiles;
use super::reading::{self, Figures, Reading, Setting, shown};
use super::recognise::recognise;
use super::wish::Wish;
use crate::finding::{Code, Finding, Level};
use crate::series::{Grain, Habits, Measure, Point, Series, dates};
use crate::syntax::{Block, Table, blocks};
use crate::text::{FilePath, Place, Sources, Span, Spanned, fold, slug};
use crate::words;
use crate::world::Date;

static EXPORTS_DISAGREE: Code =
    Code { id: "P440", name: "exports_disagree", level: Level::Warning, since: "0.1.0" };
static NO_EXPORT_DAY: Code = Code { id: "P441", name: "no_export_day", level: Level::Note, since: "0.1.0" };
static CUT_EXPORT: Code = Code { id: "P442", name: "cut_export", level: Level::Note, since: "0.1.0" };

static SEVERAL_REPORTS: Code =
    Code { id: "P443", name: "series_of_several_reports", level: Level::Note, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&EXPORTS_DISAGREE, &NO_EXPORT_DAY, &CUT_EXPORT, &SEVERAL_REPORTS];

/// Name of the series that counts the items of an export: `instagram.posts`.
pub const POSTS: &str = "posts";

/// Most values of a column that become series of their own.
const MAX_PARTS: usize = 200;

/// A series that was collected from exports.
#[derive(Clone, Debug, PartialEq)]
pub struct Collected {
    /// `youtube.views`.
    pub id: String,
    /// What sort of figure it is.
    pub measure: Measure,
    /// Sign of the unit: `%`, `s`, `h`, a currency; empty for what is counted.
    pub unit: String,
    /// The values; `Point.span` is the cell. Of items there is one point an item, dated on the day of its publication, so that a day may have several. Of a ratio with `weights` it holds what is divided; without them, the rate as the file says it.
    pub series: Series,
    /// What a ratio is divided by, how many a mean is of; point by point as in `series`.
    pub weights: Option<Series>,
    /// Length of the periods that the dates stand for.
    pub grain: Grain,
    /// What one point stands for.
    pub basis: Basis,
    /// The day of the newest export, as far as it is known.
    pub as_of: Option<Date>,
    /// The same id as others say it: `ga4.sessions` for `web.sessions`, by the folder that all its files lie in or the tool that all of them come from. What stands before the dot is a slug.
    pub also: BTreeSet<String>,
}

/// What a playbook says of its exports.
#[derive(Clone, Copy, Debug)]
pub struct Collecting<'a> {
    /// How numbers and dates are written where a file does not show it.
    pub habits: Habits,
    /// `data:` of the settings.
    pub wishes: &'a [Wish],
    /// The days from which on a series, as its metric names it, is said to be counted in another way.
    pub breaks: &'a [(String, Date)],
}

/// All series of these documents, by id.
pub fn collect(
    profiles: &Profiles,
    documents: &[Document],
    sources: &Sources,
    setting: Collecting<'_>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Collected> {
    let Collecting { habits, wishes, breaks } = setting;
    let mut tables = Vec::new();
    for document in documents {
        tables.extend(tables_of(document, profiles, sources, habits, wishes, findings));
    }
    // Exports in the order of their days; of the same day the later in the listing counts as newer.
    tables.sort_by_key(|table| table.rank);
    let pools = pools(&tables, profiles);
    let mut all = BTreeMap::new();
    for (key, pool) in &pools {
        pool.collect(key, profiles, breaks, findings, &mut all);
    }
    for (key, pool) in pools.iter().filter(|(key, _)| key.basis == Basis::Items && key.part.is_empty()) {
        pool.count(key, &mut all);
    }
    // Totals by day stand for the whole; where there are none, the sums of the items do.
    let items: Vec<Collected> =
        all.values().filter(|one: &&Collected| one.basis == Basis::Items).cloned().collect();
    for one in items {
        let plain = one.id.replacen(".items.", ".", 1);
        if plain != one.id {
            let also = one.also.iter().map(|id| id.replacen(".items.", ".", 1)).collect();
            all.entry(plain.clone()).or_insert(Collected { id: plain, also, ..one });
        }
    }
    all
}

/// A table that was read.
struct TableRead<'t> {
    profile: usize,
    reading: Reading<'t>,
    facts: Facts,
    /// Folder below the data folder that is no year; empty when there is none.
    folder: String,
    /// Day that the export is at least of, for the order.
    rank: Option<Date>,
}

fn tables_of<'t>(
    document: &Document,
    profiles: &Profiles,
    sources: &'t Sources,
    habits: Habits,
    wishes: &[Wish],
    findings: &mut Vec<Finding>,
) -> Vec<TableRead<'t>> {
    let Some(source) = sources.source(document.source) else { return Vec::new() };
    let text = source.text.as_str();
    let wish = wishes.iter().find(|wish| wish.is_for(&document.path));
    let habits = wish.and_then(|wish| wish.language.as_deref()).map_or(habits, Habits::of);
    let member = document.member.as_deref().map(facts).unwrap_or_default();
    let named = wish.map(|wish| wish.facts).unwrap_or_default().or(member).or(facts(document.path.stem()));
    let folder = folder(&document.path);
    let mut tables = Vec::new();
    let mut commented = Facts::default();
    let mut blocks_found = Vec::new();
    for block in blocks(text, document.source, &mut blocks_found) {
        commented = of_comments(&block.comments).or(commented);
        let Some(known) = recognise(&block.grid, profiles, &folder) else { continue };
        let Some(profile) = profiles.list.get(known.profile) else { continue };
        // Told of every table that is used: rows that do not fit their header, headings that stand twice.
        let block = Block { grid: Table::new(block.grid, known.header, findings).grid, ..block };
        let facts = named.or(commented);
        let setting = Setting {
            facts,
            habits,
            exact: document.exact,
            file: document.path.as_str(),
            titles: &block.titles,
        };
        let Some(reading) = reading::read(&block.grid, text, &known, profile, &setting, findings) else {
            continue;
        };
        if let Some(cap) = profile.cap.filter(|cap| reading.rows.len() >= *cap) {
            findings.push(cut(block.grid.row_span(known.header), cap, profile));
        }
        let last = reading.rows.iter().filter_map(|row| row.date).max();
        tables.push(TableRead {
            profile: known.profile,
            reading,
            facts,
            folder: folder.clone(),
            rank: facts.as_of.or(facts.to).or(last),
        });
    }
    if !tables.is_empty() {
        findings.append(&mut blocks_found);
    }
    undated(&mut tables, profiles, document, findings);
    tables
}

/// Snapshots are of the day of the export; the last day of another table in the same file will do.
fn undated(
    tables: &mut Vec<TableRead<'_>>,
    profiles: &Profiles,
    document: &Document,
    findings: &mut Vec<Finding>,
) {
    let last = tables.iter().filter_map(|table| table.rank).max();
    let mut told = false;
    tables.retain_mut(|table| {
        let Some(profile) = profiles.list.get(table.profile) else { return false };
        let date = match profile.basis {
            Basis::Dated | Basis::Items => return true,
            Basis::Snapshot => table.facts.as_of.or(last),
            Basis::Period => table.facts.from.or(table.facts.as_of).or(last),
        };
        table.rank = table.rank.or(date);
        if date.is_none() && !told {
            told = true;
            findings.push(no_day(document, profile));
        }
        for row in &mut table.reading.rows {
            row.date = date;
        }
        date.is_some()
    });
}

/// `Start date: 20260101` and `End date: …` in comments.
fn of_comments(comments: &[Spanned<String>]) -> Facts {
    let mut facts = Facts::default();
    for comment in comments {
        let Some((name, value)) = comment.value.split_once(':') else { continue };
        let place = match fold(name).as_str() {
            "start_date" | "fecha_de_inicio" => &mut facts.from,
            "end_date" | "fecha_de_finalizacion" | "fecha_de_fin" => &mut facts.to,
            _ => continue,
        };
        let column = crate::series::Column {
            name: Spanned::new(String::new(), comment.span),
            cells: vec![(value.trim(), comment.span)],
        };
        *place = dates(&column, Habits::of("en")).value.values.first().copied().flatten();
    }
    Facts { as_of: facts.to, ..facts }
}

/// The first folder below the data folder that is not only a year or a month.
pub fn folder(path: &FilePath) -> String {
    let folder = path.parent();
    let name = folder.parts().skip(1).find(|part| part.chars().any(char::is_alphabetic));
    name.map(slug).unwrap_or_default()
}

/// What figures have in common that belong to one list of series.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// `youtube`, or the folder.
    prefix: String,
    basis: Basis,
    scope: String,
    /// The part of the whole, as it stands in the id; empty for the whole.
    part: String,
}

/// Figures by name of the column.
#[derive(Default)]
struct Pool<'t> {
    tracks: BTreeMap<String, Track<'t>>,
    grain: Option<Grain>,
    as_of: Option<Date>,
    /// The measure stands in the id: there are several columns, or there is no part.
    alone: bool,
}

struct Track<'t> {
    column: ProfileColumn,
    /// Names of the columns that `parts` and `weight` mean.
    parts: Option<(Vec<String>, String)>,
    weight: Option<String>,
    unit: String,
    decimals: u8,
    heading: String,
    cells: Vec<Cell<'t>>,
    /// What all of its files call the platform.
    names: Option<BTreeSet<String>>,
}

#[derive(Clone, Copy, Debug)]
struct Cell<'t> {
    item: &'t str,
    date: Date,
    /// Number of the table in the order of age, and the day that it is of.
    table: usize,
    as_of: Option<Date>,
    /// Number of the profile, and the length of its periods.
    profile: usize,
    grain: Grain,
    value: Option<f64>,
    span: Span,
}

impl Cell<'_> {
    fn point(&self) -> Point {
        Point { date: self.date, value: self.value, span: self.span }
    }
}

fn pools<'t>(tables: &[TableRead<'t>], profiles: &Profiles) -> BTreeMap<Key, Pool<'t>> {
    // A folder of one platform gives its name to the series; in a folder of several, the platform's follows.
    let mut platforms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for table in tables {
        if let Some(profile) = profiles.list.get(table.profile) {
            platforms.entry(&table.folder).or_default().insert(&profile.platform);
        }
    }
    let mut pools: BTreeMap<Key, Pool<'t>> = BTreeMap::new();
    for (number, table) in tables.iter().enumerate() {
        let Some(profile) = profiles.list.get(table.profile) else { continue };
        let several = platforms.get(table.folder.as_str()).is_some_and(|platforms| platforms.len() > 1);
        let parts: BTreeSet<&str> = table.reading.rows.iter().map(|row| row.part).collect();
        let split = profile.split.is_some() && parts.len() <= MAX_PARTS;
        let measured = table.reading.figures.len();
        for figures in &table.reading.figures {
            let platform = figures.column.platform.as_deref().unwrap_or(&profile.platform);
            let key = Key {
                prefix: prefix(&table.folder, platform, profile, profiles, several),
                basis: profile.basis,
                scope: profile.scope.clone(),
                part: String::new(),
            };
            let names = names(&key.prefix, &table.folder, figures, profile);
            let mut put = |part: String, cells: Vec<Cell<'t>>| {
                let alone = measured == 1 && !part.is_empty();
                let pool = pools.entry(Key { part, ..key.clone() }).or_default();
                pool.alone = alone;
                pool.grain =
                    Some(pool.grain.map_or(table.reading.grain, |grain| grain.min(table.reading.grain)));
                pool.as_of = pool.as_of.max(table.rank);
                pool.put(figures, profile, &names, cells);
            };
            let rows = table.reading.rows.iter().zip(&figures.cells).filter_map(|(row, (value, span))| {
                let cell = Cell {
                    item: row.item,
                    date: row.date?,
                    table: number,
                    as_of: table.facts.as_of,
                    profile: table.profile,
                    grain: table.reading.grain,
                    value: *value,
                    span: *span,
                };
                Some((row.part, cell))
            });
            match profile.basis {
                _ if split => {
                    let mut by_part: BTreeMap<&str, Vec<Cell<'t>>> = BTreeMap::new();
                    for (part, cell) in rows {
                        by_part.entry(part).or_default().push(cell);
                    }
                    for (part, cells) in by_part {
                        let name = slug(part);
                        if !name.is_empty() {
                            put(name, cells);
                        }
                    }
                }
                Basis::Dated | Basis::Items => put(String::new(), rows.map(|(_, cell)| cell).collect()),
                Basis::Snapshot | Basis::Period => {
                    let cells: Vec<Cell<'t>> = rows.map(|(_, cell)| cell).collect();
                    put(String::new(), whole(&cells, figures, &table.reading).into_iter().collect());
                }
            }
        }
    }
    pools
}

/// One figure for all parts of a snapshot: a sum, or the mean by weight. Different people are not added.
fn whole<'t>(cells: &[Cell<'t>], figures: &Figures, reading: &Reading<'t>) -> Option<Cell<'t>> {
    let first = cells.first()?;
    let weights =
        figures.column.weight.and_then(|weight| reading.figures.iter().find(|other| other.index == weight));
    let value = match (figures.column.measure?, weights) {
        (Measure::Stock | Measure::Flow, _) => Some(cells.iter().filter_map(|cell| cell.value).sum()),
        (Measure::Unique, _) => first.value.filter(|_| cells.len() == 1),
        (Measure::Ratio | Measure::Duration | Measure::Score, Some(weights)) => {
            let pairs = cells.iter().zip(&weights.cells);
            let pairs: Vec<(f64, f64)> =
                pairs.filter_map(|(cell, (weight, _))| Some((cell.value?, (*weight)?))).collect();
            let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
            let sum: f64 = pairs.iter().map(|(value, weight)| value * weight).sum();
            (total > 0.0).then_some(sum / total)
        }
        // Its parts are added, and the quotient is theirs.
        (Measure::Ratio | Measure::Duration | Measure::Score, None) => {
            first.value.filter(|_| cells.len() == 1)
        }
    };
    Some(Cell { value, ..*first })
}

/// The name in front of the dot: the platform, or the folder when that is called otherwise; in a folder of several platforms both.
fn prefix(folder: &str, platform: &str, profile: &Profile, profiles: &Profiles, several: bool) -> String {
    if folder.is_empty() || folder == platform.replace('_', "-") || profile.is_called(folder) {
        return platform.to_owned();
    }
    // Meta names a metric without saying of which of its platforms: then the folder does.
    match profiles.list.iter().find(|one| one.is_called(folder)) {
        Some(other) => other.platform.clone(),
        None if several => format!("{folder}.{platform}"),
        None => folder.to_owned(),
    }
}

/// Further names for what stands before the dot: that of the folder, and those of the tool, unless folder or column say that the figures are of another platform than the tool's.
fn names(prefix: &str, folder: &str, figures: &Figures, profile: &Profile) -> BTreeSet<String> {
    let mut names = BTreeSet::from([slug(prefix)]);
    if figures.column.platform.is_none() && prefix == profile.platform {
        names.extend(profile.folders.iter().cloned());
        names.extend(Some(folder.to_owned()).filter(|folder| !folder.is_empty()));
    }
    names
}

impl<'t> Pool<'t> {
    fn put(&mut self, figures: &Figures, profile: &Profile, names: &BTreeSet<String>, cells: Vec<Cell<'t>>) {
        let name = |index: &usize| profile.columns.get(*index).map(|column| column.name.clone());
        let column = &figures.column;
        let parts = column
            .parts
            .as_ref()
            .and_then(|(above, below)| Some((above.iter().filter_map(name).collect(), name(below)?)));
        let track = self.tracks.entry(column.name.clone()).or_insert_with(|| Track {
            column: column.clone(),
            parts: None,
            weight: None,
            unit: figures.unit.clone(),
            decimals: 0,
            heading: figures.name.value.clone(),
            cells: Vec::new(),
            names: None,
        });
        track.names = Some(track.names.as_ref().map_or_else(|| names.clone(), |before| before & names));
        track.parts = parts.or(track.parts.take());
        track.weight = column.weight.as_ref().and_then(name).or(track.weight.take());
        track.decimals = track.decimals.max(figures.decimals);
        track.cells.extend(cells);
    }

    fn collect(
        &self,
        key: &Key,
        profiles: &Profiles,
        breaks: &[(String, Date)],
        findings: &mut Vec<Finding>,
        all: &mut BTreeMap<String, Collected>,
    ) {
        let merged: BTreeMap<&str, Vec<Cell<'t>>> = self
            .tracks
            .iter()
            .map(|(name, track)| {
                let cells = finest(&track.cells);
                if key.basis == Basis::Dated && track.column.measure.is_some() {
                    let id = self.id(&key.prefix, key, name);
                    let names = track.names.iter().flatten().map(|prefix| self.id(prefix, key, name));
                    let names: BTreeSet<String> = names.chain([id.clone()]).collect();
                    let is_said =
                        |day: Date| breaks.iter().any(|(name, on)| *on == day && names.contains(name));
                    findings.extend(several_reports(&id, &track.cells, profiles, &is_said));
                }
                (name.as_str(), merge(track, cells, key.basis, findings))
            })
            .collect();
        for (name, track) in &self.tracks {
            let (Some(cells), Some(measure)) = (merged.get(name.as_str()), track.column.measure) else {
                continue;
            };
            let of = |name: &String| merged.get(name.as_str()).map(Vec::as_slice);
            let (cells, weights) = match (&track.parts, &track.weight) {
                (Some((above, below)), _)
                    if above.iter().all(|part| of(part).is_some()) && of(below).is_some() =>
                {
                    let above: Vec<&[Cell<'t>]> = above.iter().filter_map(of).collect();
                    let (above, below) = quotient(&above, of(below).unwrap_or_default());
                    // A mean is told as a mean, a ratio by its parts.
                    if measure == Measure::Ratio {
                        (above, Some(below))
                    } else {
                        (divided(&above, &below), Some(below))
                    }
                }
                (_, Some(weight)) if of(weight).is_some() => {
                    let (value, weights) = quotient(&[cells], of(weight).unwrap_or_default());
                    if measure == Measure::Ratio {
                        (multiplied(&value, &weights, &track.unit), Some(weights))
                    } else {
                        (value, Some(weights))
                    }
                }
                _ => (in_time(cells.clone()), None),
            };
            let id = self.id(&key.prefix, key, name);
            let series = |cells: &[Cell<'t>], unit: &str| Series {
                name: id.clone(),
                points: cells.iter().map(Cell::point).collect(),
                unit: unit.to_owned(),
                decimals: track.decimals,
            };
            if cells.iter().all(|cell| cell.value.is_none()) {
                continue;
            }
            let one = Collected {
                measure,
                unit: track.unit.clone(),
                series: series(&cells, &track.unit),
                weights: weights.map(|weights| series(&weights, "")),
                grain: self.grain.unwrap_or_default(),
                basis: key.basis,
                as_of: self.as_of,
                also: track.names.iter().flatten().map(|prefix| self.id(prefix, key, name)).collect(),
                id: id.clone(),
            };
            all.entry(id).or_insert(one);
        }
    }

    /// The items themselves as a series: each counts one, on the day of its publication.
    fn count(&self, key: &Key, all: &mut BTreeMap<String, Collected>) {
        let mut items: BTreeMap<(&str, Date), Cell<'t>> = BTreeMap::new();
        for cell in self.tracks.values().flat_map(|track| &track.cells) {
            let day = if cell.item.is_empty() { cell.date } else { Date::MIN };
            items.entry((cell.item, day)).or_insert(Cell { value: Some(1.0), ..*cell });
        }
        let Some(names) = self.tracks.values().next().map(|track| &track.names) else { return };
        let id = self.id(&key.prefix, key, POSTS);
        let one = Collected {
            measure: Measure::Flow,
            unit: String::new(),
            series: Series {
                name: id.clone(),
                points: in_time(items.into_values().collect()).iter().map(Cell::point).collect(),
                unit: String::new(),
                decimals: 0,
            },
            weights: None,
            grain: self.grain.unwrap_or_default(),
            basis: key.basis,
            as_of: self.as_of,
            also: names.iter().flatten().map(|prefix| self.id(prefix, key, POSTS)).collect(),
            id: id.clone(),
        };
        all.entry(id).or_insert(one);
    }

    fn id(&self, prefix: &str, key: &Key, measure: &str) -> String {
        let measure = if self.alone { "" } else { measure };
        let parts = [prefix, &key.scope, &key.part, measure];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(".")
    }
}

/// By date, and within a day in the order of the files.
fn in_time(mut cells: Vec<Cell<'_>>) -> Vec<Cell<'_>> {
    cells.sort_by_key(|cell| (cell.date, cell.span));
    cells
}

/// Without the weeks and months that days tell more closely: they would count twice.
fn finest<'t>(cells: &[Cell<'t>]) -> Vec<Cell<'t>> {
    let Some(grain) = cells.iter().map(|cell| cell.grain).min() else { return Vec::new() };
    let fine =
        || cells.iter().filter(|cell| cell.grain == grain && cell.value.is_some()).map(|cell| cell.date);
    let (first, last) = (fine().min(), fine().max());
    let is_told = |cell: &&Cell<'t>| {
        let outside = first.is_none_or(|first| cell.grain.after(cell.date, 1) <= first)
            || last.is_none_or(|last| cell.date > last);
        cell.grain == grain || outside
    };
    cells.iter().filter(is_told).copied().collect()
}

/// A series that goes on in another report: a note, since the reports may count in different ways, unless a metric says so of that day.
fn several_reports(
    id: &str,
    cells: &[Cell<'_>],
    profiles: &Profiles,
    is_said: &dyn Fn(Date) -> bool,
) -> Option<Finding> {
    let first = cells.iter().min_by_key(|cell| (cell.date, cell.span))?;
    let other = cells
        .iter()
        .filter(|cell| cell.profile != first.profile)
        .min_by_key(|cell| (cell.date, cell.span))?;
    let title = |cell: &Cell<'_>| profiles.list.get(cell.profile).map(|profile| &profile.title);
    let (one, another) = (title(first)?, title(other)?);
    let date = Some(other.date).filter(|date| !is_said(*date))?;
    let ((first_en, first_es), (other_en, other_es)) = ((&one.en, &one.es), (&another.en, &another.es));
    Some(
        Finding::new(
            &SEVERAL_REPORTS,
            other.span,
            words!("`{id}` comes from two reports", "`{id}` procede de dos informes"),
        )
        .mark(words!("{other_en}, from {date} on", "{other_es}, desde el {date}"))
        .also(first.span, words!("{first_en} here", "aquí, {first_es}"))
        .why(words!(
            "they may count in different ways, and a jump between them would be one of the measuring",
            "puede que cuenten de distinta manera, y un salto entre ellos lo sería de la medición"
        ))
        .help(words!(
            "if they do, say so in the metric: `breaks: [{{ date: {date}, note: … }}]`",
            "si es así, dilo en el indicador: `rupturas: [{{ fecha: {date}, nota: … }}]`"
        )),
    )
}

/// One cell a date, or an item: equal values once, of different ones that of the newest table.
fn merge<'t>(
    track: &Track<'t>,
    mut cells: Vec<Cell<'t>>,
    basis: Basis,
    findings: &mut Vec<Finding>,
) -> Vec<Cell<'t>> {
    let is_item = basis == Basis::Items;
    // Items are known by what names them; the day of a changed title may change too.
    let key =
        |cell: &Cell<'t>| (cell.item, if is_item && !cell.item.is_empty() { Date::MIN } else { cell.date });
    cells.sort_by(|a, b| key(a).cmp(&key(b)).then(a.table.cmp(&b.table)));
    let mut merged: Vec<Cell<'t>> = Vec::with_capacity(cells.len());
    // Two tables that disagree are told once, with their first difference and how many follow.
    let mut differences: BTreeMap<(usize, usize), (Cell<'t>, Cell<'t>, usize)> = BTreeMap::new();
    for cell in cells {
        let Some(last) = merged.last_mut().filter(|last| key(last) == key(&cell)) else {
            merged.push(cell);
            continue;
        };
        match (last.value, cell.value) {
            (Some(before), Some(now)) if before != now => {
                // The totals of an item grow; that a later export says more is no contradiction.
                let grown = is_item && last.as_of < cell.as_of;
                if !grown {
                    let told = differences.entry((last.table, cell.table)).or_insert((*last, cell, 0));
                    told.2 += 1;
                }
                *last = cell;
            }
            (_, Some(_)) => *last = cell,
            _ => {}
        }
    }
    for (before, now, count) in differences.values() {
        findings.push(disagree(track, before, now, *count));
    }
    merged
}

/// The sums of the parts above and the part below, where all have a value, in the order of the first.
fn quotient<'t>(above: &[&[Cell<'t>]], below: &[Cell<'t>]) -> (Vec<Cell<'t>>, Vec<Cell<'t>>) {
    let key = |cell: &Cell<'t>| (cell.item, cell.date);
    let index = |cells: &[Cell<'t>]| -> BTreeMap<(&'t str, Date), Cell<'t>> {
        cells.iter().map(|cell| (key(cell), *cell)).collect()
    };
    let Some((first, others)) = above.split_first() else { return (Vec::new(), Vec::new()) };
    let others: Vec<_> = others.iter().map(|cells| index(cells)).collect();
    let below = index(below);
    let pair = |cell: &Cell<'t>| {
        let divisor = below.get(&key(cell))?;
        let parts = others.iter().map(|cells| cells.get(&key(cell)).and_then(|cell| cell.value));
        let sum = parts.fold(cell.value, |sum, part| Some(sum? + part?));
        let both = sum.zip(divisor.value);
        let above = Cell { value: both.map(|(sum, _)| sum), ..*cell };
        Some((above, Cell { value: both.map(|(_, divisor)| divisor), ..*divisor }))
    };
    // Sorted as points are, so that both lists stay side by side.
    let mut pairs: Vec<(Cell<'t>, Cell<'t>)> = first.iter().filter_map(pair).collect();
    pairs.sort_by_key(|(above, _)| (above.date, above.span));
    pairs.into_iter().unzip()
}

fn divided<'t>(above: &[Cell<'t>], below: &[Cell<'t>]) -> Vec<Cell<'t>> {
    let value = |above: f64, below: f64| (below != 0.0).then(|| above / below);
    let cell = |(above, below): (&Cell<'t>, &Cell<'t>)| Cell {
        value: above.value.zip(below.value).and_then(|(above, below)| value(above, below)),
        ..*above
    };
    above.iter().zip(below).map(cell).collect()
}

/// What a rate was the quotient of: the rate times what it was divided by.
fn multiplied<'t>(rates: &[Cell<'t>], weights: &[Cell<'t>], unit: &str) -> Vec<Cell<'t>> {
    let whole = if unit.contains('%') { 100.0 } else { 1.0 };
    let cell = |(rate, weight): (&Cell<'t>, &Cell<'t>)| Cell {
        value: rate.value.zip(weight.value).map(|(rate, weight)| rate * weight / whole),
        ..*rate
    };
    rates.iter().zip(weights).map(cell).collect()
}

fn disagree(track: &Track<'_>, before: &Cell<'_>, now: &Cell<'_>, count: usize) -> Finding {
    let name = &track.heading;
    let date = now.date;
    let (first, second) =
        (before.value.map(shown).unwrap_or_default(), now.value.map(shown).unwrap_or_default());
    let finding = Finding::new(
        &EXPORTS_DISAGREE,
        now.span,
        words!(
            "two values of `{name}` for {date}: {first} and {second}",
            "dos valores de `{name}` para el {date}: {first} y {second}"
        ),
    )
    .also(before.span, words!("{first} here", "aquí {first}"))
    .help(words!(
        "delete the export that is out of date, or put the day of each export into its name: `… 2026-05-31.csv`",
        "borra la exportación anticuada, o pon en el nombre de cada una el día en que se hizo: `… 2026-05-31.csv`"
    ));
    let is_known = before.as_of.is_some() && now.as_of.is_some() && before.as_of < now.as_of;
    let finding = if is_known {
        finding.mark(words!(
            "{second} here: the newer export counts",
            "aquí {second}: cuenta la exportación más reciente"
        ))
    } else {
        finding.mark(words!(
            "{second} here, and this one counts: it seems to be the newer",
            "aquí {second}, y es el que cuenta: parece el más reciente"
        ))
    };
    let further = count.saturating_sub(1);
    if further == 0 {
        return finding;
    }
    finding.why(words!(
        "the two tables differ in {further} further values of this column",
        "las dos tablas difieren en otros {further} valores de esta columna"
    ))
}

fn no_day(document: &Document, profile: &Profile) -> Finding {
    let (en, es) = (&profile.title.en, &profile.title.es);
    let path = &document.path;
    let finding = Finding::new(
        &NO_EXPORT_DAY,
        Place::File(document.path.clone()),
        words!(
            "it is not known of which day this export is ({en})",
            "no se sabe de qué día es esta exportación ({es})"
        ),
    );
    finding
        .why(words!(
            "its figures are those of one day, and without it they have no place in time",
            "sus cifras son las de un día concreto y, sin él, no tienen lugar en el tiempo"
        ))
        .help(words!(
            "put the day into the name of the file, as in `audience 2026-05-31.csv`, or into `playbook.yaml`:\ndata:\n  - files: {path}\n    as_of: 2026-05-31",
            "pon el día en el nombre del archivo, como en `publico 2026-05-31.csv`, o en `guia.yaml`:\ndatos:\n  - archivos: {path}\n    a_fecha: 2026-05-31"
        ))
}

fn cut(span: Span, cap: usize, profile: &Profile) -> Finding {
    let (en, es) = (&profile.title.en, &profile.title.es);
    Finding::new(
        &CUT_EXPORT,
        span,
        words!(
            "the export may be cut: it has {cap} rows or more",
            "la exportación puede estar cortada: tiene {cap} filas o más"
        ),
    )
    .why(words!("{en} gives at most {cap} rows", "{es} da {cap} filas como máximo"))
    .help(words!("export shorter periods", "exporta periodos más cortos"))
}
