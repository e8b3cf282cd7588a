//! Floor 5: the data files that metrics and charts name, read once each and kept as columns.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding, Level};
use crate::read::Files;
use crate::series::Column;
use crate::syntax::{Table, decode, table};
use crate::text::{FilePath, SourceId, Sources, Span, Spanned, nearest};
use crate::words;
use crate::world::World;

static NO_DATA_FILE: Code =
    Code { id: "P410", name: "missing_data_file", level: Level::Error, since: "0.1.0" };
static NOT_A_TABLE: Code = Code { id: "P411", name: "not_a_table", level: Level::Error, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[&NO_DATA_FILE, &NOT_A_TABLE];

/// The tables of a run by the path as authors write it.
#[derive(Debug, Default)]
pub struct Data {
    tables: BTreeMap<FilePath, (SourceId, Table)>,
    /// Name as written → file.
    names: BTreeMap<String, FilePath>,
}

impl Data {
    /// Reads every data file that is named, once; what cannot be read is told at the place that names it.
    pub fn load(
        world: &dyn World,
        files: &Files,
        named: &[Spanned<String>],
        sources: &mut Sources,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut data = Self::default();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for name in named {
            if data.names.contains_key(&name.value) {
                continue;
            }
            let Some(path) = find(files, &name.value) else {
                findings.push(missing(files, name));
                continue;
            };
            data.names.insert(name.value.clone(), path.clone());
            if data.tables.contains_key(&path) {
                continue;
            }
            if !path.has_extension(&["csv", "tsv", "txt"]) {
                if told.insert(&name.value) {
                    findings.push(
                        Finding::new(
                            &NOT_A_TABLE,
                            name.span,
                            words!("`{path}` is not read as a table", "`{path}` no se lee como tabla"),
                        )
                        .help(words!("save it as CSV", "guárdalo como CSV")),
                    );
                }
                continue;
            }
            let Ok(bytes) = world.read(&path) else {
                findings.push(missing(files, name));
                continue;
            };
            let text = decode(bytes, &path, findings);
            let source = sources.add(path.clone(), text);
            let text = sources.source(source).map(|source| source.text.as_str()).unwrap_or_default();
            if let Some(table) = table::parse(text, source, 0, findings) {
                data.tables.insert(path, (source, table));
            }
        }
        data
    }

    /// The columns of a file as an author names it; `None` when it was not read.
    pub fn columns<'s>(&self, name: &str, sources: &'s Sources) -> Option<Vec<Column<'s>>> {
        let (source, table) = self.tables.get(self.names.get(name)?)?;
        let text = sources.source(*source)?.text.as_str();
        Some(table.columns.iter().enumerate().map(|(index, name)| column(table, index, name, text)).collect())
    }
}

fn column<'s>(table: &Table, index: usize, name: &Spanned<String>, text: &'s str) -> Column<'s> {
    let cells = table.rows.iter().map(|row| match row.cells.get(index) {
        Some(cell) => (cell.raw(text), cell.span),
        None => ("", Span { start: row.span.end, ..row.span }),
    });
    Column { name: name.clone(), cells: cells.collect() }
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
    let data: Vec<&str> = files
        .iter()
        .filter(|path| path.has_extension(&["csv", "tsv"]))
        .map(FilePath::as_str)
        .collect();
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
