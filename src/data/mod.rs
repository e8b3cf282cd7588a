//! Floor 5: the data files that metrics and charts name, read once each and kept as columns.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Level};
use crate::read::Files;
use crate::series::Column;
use crate::syntax::{Table, decode, main_table};
use crate::text::{FilePath, SourceId, Sources, Spanned, nearest};
use crate::words;
use crate::world::World;

static NO_DATA_FILE: Code =
    Code { id: "P410", name: "missing_data_file", level: Level::Error, since: "0.1.0" };
static NOT_A_TABLE: Code = Code { id: "P411", name: "not_a_table", level: Level::Error, since: "0.1.0" };

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
        let mut read: BTreeMap<FilePath, SourceId> = BTreeMap::new();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for name in named {
            if data.names.contains_key(&name.value) || told.contains(name.value.as_str()) {
                continue;
            }
            let Some(path) = find(files, &name.value) else {
                told.insert(&name.value);
                findings.push(missing(files, name));
                continue;
            };
            if let Some(source) = read.get(&path) {
                data.names.insert(name.value.clone(), *source);
                continue;
            }
            if !path.has_extension(&["csv", "tsv", "txt"]) {
                told.insert(&name.value);
                findings.push(
                    Finding::new(
                        &NOT_A_TABLE,
                        name.span,
                        words!("`{path}` is not read as a table", "`{path}` no se lee como tabla"),
                    )
                    .help(words!("save it as CSV", "guárdalo como CSV")),
                );
                continue;
            }
            let Ok(bytes) = world.read(&path) else {
                told.insert(&name.value);
                findings.push(missing(files, name));
                continue;
            };
            let text = decode(bytes, &path, findings);
            let source = sources.add(path.clone(), text);
            read.insert(path, source);
            data.names.insert(name.value.clone(), source);
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

/// A data file as written from the root, or below the data folder.
fn find(files: &Files, name: &str) -> Option<FilePath> {
    let folders = ["", "data/", "datos/"];
    folders
        .iter()
        .filter_map(|folder| FilePath::new(&format!("{folder}{}", name.trim_start_matches('/'))))
        .find(|path| files.contains(path))
}

fn missing(files: &Files, name: &Spanned<String>) -> Finding {
    let written = &name.value;
    let data: Vec<&str> =
        files.iter().filter(|path| path.has_extension(&["csv", "tsv"])).map(FilePath::as_str).collect();
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
