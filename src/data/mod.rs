//! Floor 5: the data files that metrics and charts name, read once each and kept as columns.

pub mod document;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub use document::Document;

use crate::finding::{Code, Finding, Level};
use crate::read::Files;
use crate::series::Column;
use crate::syntax::{Table, main_table};
use crate::text::{FilePath, SourceId, Sources, Spanned, nearest};
use crate::words;
use crate::world::World;

static NO_DATA_FILE: Code =
    Code { id: "P410", name: "missing_data_file", level: Level::Error, since: "0.1.0" };
static NOT_A_TABLE: Code = Code { id: "P411", name: "not_a_table", level: Level::Error, since: "0.1.0" };

/// Endings of files that hold tables; those in `.txt` may.
const TABLES: &[&str] = &["csv", "tsv", "xlsx", "xlsm", "xls", "ods", "zip"];

/// Codes of this part.
pub static CODES: &[&Code] = &[&NO_DATA_FILE, &NOT_A_TABLE];

/// The data files of a run, read once each.
#[derive(Debug, Default)]
pub struct DataFiles {
    /// Name as written → source.
    names: BTreeMap<String, SourceId>,
}

impl DataFiles {
    /// Reads every data file that is named, once; what cannot be read is told at the place that names it.
    pub fn load(
        world: &dyn World,
        files: &Files,
        named: &[Spanned<String>],
        sources: &mut Sources,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut data = Self::default();
        let mut read: BTreeMap<FilePath, Vec<Document>> = BTreeMap::new();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for name in named {
            if data.names.contains_key(&name.value) || told.contains(name.value.as_str()) {
                continue;
            }
            let Some((path, part)) = find(files, &name.value) else {
                told.insert(&name.value);
                findings.push(missing(files, name));
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
        data
    }

    /// The tables in these files.
    pub fn tables<'s>(&self, sources: &'s Sources, findings: &mut Vec<Finding>) -> Data<'s> {
        let mut tables = BTreeMap::new();
        let distinct: BTreeSet<SourceId> = self.names.values().copied().collect();
        for id in distinct {
            let Some(source) = sources.source(id) else { continue };
            if let Some(table) = main_table(&source.text, id, findings) {
                tables.insert(id, (source.text.as_str(), table));
            }
        }
        Data { names: self.names.clone(), tables }
    }
}

/// The tables of a run.
#[derive(Debug, Default)]
pub struct Data<'s> {
    names: BTreeMap<String, SourceId>,
    tables: BTreeMap<SourceId, (&'s str, Table<'s>)>,
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
