//! Floor 5: the data files that metrics and charts name, read once each and kept as columns.

mod catalogue;
pub mod document;
mod file_name;
mod profile;
mod profile_file;
mod reading;
mod recognise;
#[cfg(test)]
mod tests;
mod wish;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub use catalogue::{Collected, Collecting, POSTS, collect};
pub use document::Document;
pub use file_name::Facts;
pub use profile::{Basis, CellType, Profile, ProfileColumn};
pub use profile_file::Profiles;
pub use recognise::{Known, Recognised, recognise};
pub use wish::{Wish, wishes};

use crate::finding::{Code, Finding, Level};
use crate::read::{Files, without_number};
use crate::series::{Column, Habits};
use crate::syntax::{Table, decode, main_table, yaml};
use crate::text::{FilePath, SourceId, Sources, Spanned, nearest, slug};
use crate::words;
use crate::world::{Date, World};

static NO_DATA_FILE: Code =
    Code { id: "P410", name: "missing_data_file", level: Level::Error, since: "0.1.0" };
static NOT_A_TABLE: Code = Code { id: "P411", name: "not_a_table", level: Level::Error, since: "0.1.0" };
static UNKNOWN_SERIES: Code =
    Code { id: "P437", name: "unknown_series", level: Level::Error, since: "0.1.0" };

/// Codes of this part, in groups.
pub static CODES: &[&[&Code]] = &[
    &[&NO_DATA_FILE, &NOT_A_TABLE, &UNKNOWN_SERIES],
    document::CODES,
    profile_file::CODES,
    reading::CODES,
    catalogue::CODES,
    wish::CODES,
];

/// Whether a source is the name of a file, and not that of a series such as `youtube.views`.
pub fn is_file_name(name: &str) -> bool {
    let path = name.split('#').next().unwrap_or_default();
    let Some(path) = FilePath::new(path) else { return true };
    path.as_str().contains('/') || path.has_extension(TABLES) || path.has_extension(NO_TABLES)
}

/// Endings of files that may hold tables.
const TABLES: &[&str] = &["csv", "tsv", "xlsx", "xlsm", "xls", "ods", "zip"];
/// Further endings that no series has: a file is meant.
const NO_TABLES: &[&str] = &[
    "txt", "doc", "docx", "odt", "rtf", "pages", "numbers", "xlsb", "pdf", "json", "xml", "html", "htm",
    "md", "yaml", "yml", "parquet", "sqlite", "png", "jpg", "jpeg", "gz", "rar", "7z",
];

/// What a playbook wants of its data.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Files and series, where they are named.
    pub names: Vec<Spanned<String>>,
    /// `data:` of the settings.
    pub wishes: Vec<Wish>,
    /// Whether the posts that exports list are counted.
    pub counts: bool,
    /// The days from which on a series is said to be counted in another way.
    pub breaks: Vec<(String, Date)>,
}

/// The data files of a run, read once each.
#[derive(Debug, Default)]
pub struct DataFiles {
    /// Name as written → source.
    names: BTreeMap<String, SourceId>,
    /// Names of series, where they are written.
    series: Vec<Spanned<String>>,
    /// The exports of the data folder, when a series is named.
    documents: Vec<Document>,
    profiles: Profiles,
    wishes: Vec<Wish>,
    breaks: Vec<(String, Date)>,
    habits: Option<Habits>,
}

impl DataFiles {
    /// Reads every data file that is named, once, and all of the data folder when a series is named or when it is asked what was published; what cannot be read is told at the place that names it.
    pub fn load(
        world: &dyn World,
        files: &Files,
        wanted: Wanted,
        habits: Habits,
        sources: &mut Sources,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut data =
            Self { habits: Some(habits), wishes: wanted.wishes, breaks: wanted.breaks, ..Self::default() };
        let mut read: BTreeMap<FilePath, Vec<Document>> = BTreeMap::new();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for name in &wanted.names {
            if data.names.contains_key(&name.value) || told.contains(name.value.as_str()) {
                continue;
            }
            let Some((path, part)) = find(files, &name.value) else {
                told.insert(&name.value);
                if is_file_name(&name.value) {
                    findings.push(missing(files, name));
                } else {
                    data.series.push(name.clone());
                }
                continue;
            };
            if !path.has_extension(document::EXTENSIONS) {
                told.insert(&name.value);
                findings.push(
                    Finding::new(
                        &NOT_A_TABLE,
                        name.span,
                        words!("`{path}` is not read as a table", "`{path}` no se lee como tabla"),
                    )
                    .help(words!("save it as CSV or XLSX", "guárdalo como CSV o XLSX")),
                );
                continue;
            }
            if !read.contains_key(&path) {
                let documents = document::open(world, &path, sources, findings);
                read.insert(path.clone(), documents);
            }
            let documents = read.get(&path).map(Vec::as_slice).unwrap_or_default();
            match document::pick(documents, part, name, findings) {
                Some(document) => {
                    data.names.insert(name.value.clone(), document.source);
                }
                None => {
                    told.insert(&name.value);
                }
            }
        }
        let own = own_profiles(world, files, sources, findings);
        // Mistakes in a playbook's own profiles are told even while nothing needs them.
        if !data.series.is_empty() || !own.is_empty() || wanted.counts {
            data.profiles = Profiles::new(&own, findings);
        }
        if data.series.is_empty() && !wanted.counts {
            return data;
        }
        // Of files whose figures nobody asked for nothing is told.
        let mut unasked = Vec::new();
        let findings = if data.series.is_empty() { &mut unasked } else { findings };
        for path in files.iter().filter(|path| is_data(path)) {
            match read.remove(path) {
                Some(documents) => data.documents.extend(documents),
                None => data.documents.extend(document::open(world, path, sources, findings)),
            }
        }
        data
    }

    /// The tables in these files, and the series.
    pub fn tables<'s>(&self, sources: &'s Sources, findings: &mut Vec<Finding>) -> Data<'s> {
        let mut tables = BTreeMap::new();
        let distinct: BTreeSet<SourceId> = self.names.values().copied().collect();
        for id in distinct {
            let Some(source) = sources.source(id) else { continue };
            if let Some(table) = main_table(&source.text, id, findings) {
                tables.insert(id, (source.text.as_str(), table));
            }
        }
        let habits = self.habits.unwrap_or(Habits::of("en"));
        let mut told = Vec::new();
        let setting = Collecting { habits, wishes: &self.wishes, breaks: &self.breaks };
        let collected = collect(&self.profiles, &self.documents, sources, setting, &mut told);
        if !self.series.is_empty() {
            findings.append(&mut told);
        }
        let mut data = Data { names: self.names.clone(), tables, collected, same: BTreeMap::new() };
        for name in self.series.iter().filter(|name| !data.collected.contains_key(&name.value)) {
            match data.called(&name.value) {
                Some(id) => {
                    data.same.insert(name.value.clone(), id);
                }
                None => findings.push(unknown_series(&data, name, &self.documents)),
            }
        }
        data
    }
}

/// Whether a file lies in the data folder and may hold tables.
fn is_data(path: &FilePath) -> bool {
    path.has_extension(TABLES) && is_below(path, &["data", "datos"])
}

fn is_below(path: &FilePath, folders: &[&str]) -> bool {
    path.as_str().contains('/')
        && path.parts().next().is_some_and(|top| folders.contains(&without_number(top)))
}

/// The trees of a playbook's own profile files.
pub fn own_profiles(
    world: &dyn World,
    files: &Files,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Vec<crate::syntax::Node> {
    let is_profile =
        |path: &&FilePath| path.has_extension(&["yaml", "yml"]) && is_below(path, &["profiles", "perfiles"]);
    let mut nodes = Vec::new();
    for path in files.iter().filter(is_profile) {
        let Ok(bytes) = world.read(path) else { continue };
        let text = decode(bytes, path, findings);
        let source = sources.add(path.clone(), text);
        let text = sources.source(source).map(|source| source.text.as_str()).unwrap_or_default();
        nodes.extend(yaml::parse(text, source, 0, findings));
    }
    nodes
}

/// The tables of a run.
#[derive(Debug, Default)]
pub struct Data<'s> {
    names: BTreeMap<String, SourceId>,
    tables: BTreeMap<SourceId, (&'s str, Table<'s>)>,
    collected: BTreeMap<String, Collected>,
    /// Other names that authors use for a series → its id.
    same: BTreeMap<String, String>,
}

impl Data<'_> {
    /// A series that was collected from exports; `None` when there is none of this name (told already when somebody named it).
    pub fn collected(&self, id: &str) -> Option<&Collected> {
        self.collected.get(id).or_else(|| self.collected.get(self.same.get(id)?))
    }

    /// The days on which the items of an export were published, and the day up to which it tells; `prefix` is a platform or a folder.
    pub fn posts(&self, prefix: &str) -> Option<(Vec<Date>, Date)> {
        let name = format!("{prefix}.{POSTS}");
        let one = self.collected(&name).or_else(|| self.collected.get(&self.called(&name)?))?;
        let days: Vec<Date> = one.series.points.iter().map(|point| point.date).collect();
        let last = days.last().copied()?;
        Some((days, one.as_of.map_or(last, |day| day.max(last))))
    }

    /// The only series that is also called so: `ga4.sessions` when all of `web.sessions` comes from Google Analytics.
    fn called(&self, name: &str) -> Option<String> {
        let (prefix, measure) = name.split_once('.')?;
        let name = format!("{}.{measure}", slug(prefix));
        let mut found = self.collected.values().filter(|one| one.also.contains(&name));
        found.next().filter(|_| found.next().is_none()).map(|one| one.id.clone())
    }

    /// The files in a folder of the data folder from which no series has a value.
    fn unused<'d>(&self, documents: &'d [Document], folder: &str) -> BTreeSet<&'d FilePath> {
        let spans = self.collected.values().flat_map(|one| one.series.points.iter().map(|point| point.span));
        let used: BTreeSet<SourceId> = spans.map(|span| span.source).collect();
        let in_folder = documents.iter().filter(|document| catalogue::folder(&document.path) == folder);
        let (used, unused): (Vec<_>, Vec<_>) =
            in_folder.partition(|document| used.contains(&document.source));
        let used: BTreeSet<&FilePath> = used.into_iter().map(|document| &document.path).collect();
        unused.into_iter().map(|document| &document.path).filter(|path| !used.contains(path)).collect()
    }

    /// The names of all series, sorted; empty while nobody names one.
    pub fn collected_ids(&self) -> impl Iterator<Item = &str> {
        self.collected.keys().map(String::as_str)
    }
}

impl<'s> Data<'s> {
    /// The columns of a file as an author names it; `None` when it was not read.
    pub fn columns(&self, name: &str) -> Option<Vec<Column<'s>>> {
        let (text, table) = self.tables.get(self.names.get(name)?)?;
        let column = |(index, name): (usize, &Spanned<String>)| {
            let cells = (0..table.len()).map(|row| {
                let span = table.span(row, index);
                match table.text(row, index) {
                    Cow::Borrowed(cell) => (cell, span),
                    // A cell with doubled quotes in it is no number and no date: its raw text serves as well.
                    Cow::Owned(_) => {
                        (text.get(span.start as usize..span.end as usize).unwrap_or_default(), span)
                    }
                }
            });
            Column { name: name.clone(), cells: cells.collect() }
        };
        Some(table.columns.iter().enumerate().map(column).collect())
    }
}

/// A data file as written from the root, or below the data folder, and behind `#` the part of it that is meant.
fn find<'n>(files: &Files, name: &'n str) -> Option<(FilePath, Option<&'n str>)> {
    let file = |name: &str| {
        ["", "data/", "datos/"]
            .iter()
            .filter_map(|folder| FilePath::new(&format!("{folder}{}", name.trim_start_matches('/'))))
            .find(|path| files.contains(path))
    };
    // A name may hold `#` itself.
    let parts = name.match_indices('#').map(|(at, _)| name.split_at(at));
    file(name)
        .map(|path| (path, None))
        .or_else(|| parts.filter_map(|(before, part)| Some((file(before)?, part.get(1..)))).next())
}

fn missing(files: &Files, name: &Spanned<String>) -> Finding {
    let written = &name.value;
    let data: Vec<&str> =
        files.iter().filter(|path| path.has_extension(TABLES)).map(FilePath::as_str).collect();
    let near = nearest(written, data.iter().copied());
    let list = data.iter().take(8).map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
    let finding = Finding::new(
        &NO_DATA_FILE,
        name.span,
        words!("there is no data file `{written}`", "no existe el archivo de datos `{written}`"),
    );
    match near {
        Some(near) => finding.replace(near),
        None if list.is_empty() => finding.help(words!(
            "put the CSV file into the folder `data/`",
            "pon el archivo CSV en la carpeta `datos/`"
        )),
        None => finding.help(words!("there are {list}", "los que hay son {list}")),
    }
}

fn unknown_series(data: &Data<'_>, name: &Spanned<String>, documents: &[Document]) -> Finding {
    let written = &name.value;
    let (platform, measure) = written.split_once('.').unwrap_or((written, ""));
    // The only series of this measure, when the name of its platform is what is wrong.
    let mut of_measure =
        data.collected_ids().filter(|id| id.split_once('.').is_some_and(|(_, rest)| rest == measure));
    let only = of_measure.next().filter(|_| of_measure.next().is_none());
    let near = nearest(written, data.collected_ids()).or(only);
    let unused = data.unused(documents, &slug(platform));
    // Those that are only called otherwise, too: `ga4.visits` is told the names of `web.…`.
    let prefix = slug(platform);
    let is_called = |id: &str| id.split('.').next() == Some(prefix.as_str());
    let of_platform = || {
        let all = data.collected.values();
        all.filter(|one| is_called(&one.id) || one.also.iter().any(|id| is_called(id)))
            .map(|one| one.id.as_str())
    };
    let list: Vec<String> = match of_platform().count() {
        // The prefixes tell what there is, when nothing of this one is.
        0 => data
            .collected_ids()
            .filter_map(|id| id.split('.').next())
            .map(|one| format!("`{one}.…`"))
            .collect(),
        _ => of_platform().map(|id| format!("`{id}`")).collect(),
    };
    let mut list = list;
    list.dedup();
    let more = if list.len() > 12 { ", …" } else { "" };
    let list = list.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
    let finding = Finding::new(
        &UNKNOWN_SERIES,
        name.span,
        words!("there is no series `{written}`", "no hay ninguna serie `{written}`"),
    );
    let finding = if let Some(file) = unused.first() {
        let several = unused.len() > 1;
        let (en, es) = if several { (" (and others)", " (y otros)") } else { ("", "") };
        let quote = if file.as_str().contains(' ') { "\"" } else { "" };
        finding
            .why(words!(
                "no series could be read from `{file}`{en}",
                "de `{file}`{es} no se ha podido leer ninguna serie"
            ))
            .help(words!(
                "see the other findings, or `portolan describe {quote}{file}{quote}`: it shows what is in the file and how to name one of its columns",
                "mira los demás avisos o `portolan describe {quote}{file}{quote}`: muestra lo que contiene el archivo y cómo nombrar una de sus columnas"
            ))
    } else if list.is_empty() && !documents.is_empty() {
        finding.help(words!(
            "nothing in the data folder could be read as a platform's export: see the other findings, or what `portolan describe FILE` says",
            "nada de la carpeta de datos se ha podido leer como exportación de una plataforma: mira los demás avisos, o lo que dice `portolan describe ARCHIVO`"
        ))
    } else if list.is_empty() {
        finding.help(words!(
            "put the platform's export, as downloaded, into a folder such as `data/youtube/`; `portolan describe FILE` shows what is recognised in it",
            "pon la exportación de la plataforma, tal como se descarga, en una carpeta como `datos/youtube/`; `portolan describe ARCHIVO` muestra lo que se reconoce en ella"
        ))
    } else {
        finding.why(words!("the exports hold {list}{more}", "las exportaciones contienen {list}{more}"))
    };
    finding.suggest(near)
}
