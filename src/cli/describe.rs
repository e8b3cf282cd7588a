//! `portolan describe FILE`: what is recognised in a data file, why, and the YAML to use it.

mod column;
mod shown;

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;

use self::column::Described;
use super::{Outcome, absolute, failure, language_named, out, outcome, own_language, read_workbook, style};
use crate::data::{
    Basis, Collected, Collecting, Document, Profiles, collect, document, own_profiles, recognise,
};
use crate::finding::{Finding, Language};
use crate::read::{self, Files};
use crate::report::Report;
use crate::series::Habits;
use crate::syntax::{Block, blocks};
use crate::text::{FilePath, Place, Sources, slug};
use crate::words;
use crate::world::{DiskOptions, DiskWorld, World};

/// Rows that are shown of a table.
const FIRST_ROWS: usize = 3;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A data file: CSV, TSV, TXT, zip, XLSX, XLS or ODS
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
    /// Language: es or en [default: that of the playbook, else of the terminal]
    #[arg(long, value_name = "LANG", value_parser = language_named)]
    lang: Option<Language>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Human,
    /// One JSON document
    Json,
}

/// What is told of a file.
#[derive(Debug, Serialize)]
struct Description {
    file: String,
    documents: Vec<Part>,
    series: Vec<Line>,
    snippet: Option<String>,
    findings: Vec<Told>,
}

/// One text of the file.
#[derive(Debug, Serialize)]
struct Part {
    /// File in the zip, or sheet; nothing for the file itself.
    name: Option<String>,
    /// Empty for a sheet.
    encoding: &'static str,
    tables: Vec<Table>,
}

/// One table of a text.
#[derive(Debug, Serialize)]
struct Table {
    delimiter: char,
    titles: Vec<String>,
    comments: Vec<String>,
    header_line: usize,
    rows: usize,
    /// Name and title of the profile that fits.
    profile: Option<(String, String)>,
    columns: Vec<Described>,
    first_rows: Vec<Vec<String>>,
}

/// One series.
#[derive(Debug, Serialize)]
struct Line {
    id: String,
    measure: &'static str,
    unit: String,
    values: usize,
    first: String,
    last: String,
}

/// One finding.
#[derive(Debug, Serialize)]
struct Told {
    code: &'static str,
    level: &'static str,
    line: Option<usize>,
    message: String,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let file = absolute(&arguments.file);
    let shown = arguments.file.display().to_string();
    let language = arguments.lang.unwrap_or_else(own_language);
    if !file.is_file() {
        let what = words!("there is no file `{shown}`", "no existe el archivo `{shown}`");
        return failure(language, &what, None);
    }
    let playbook = playbook_of(&file);
    let root = playbook.as_deref().or_else(|| file.parent()).unwrap_or(Path::new("."));
    let options = DiskOptions { helper: read_workbook::helper(), ..DiskOptions::default() };
    let world = DiskWorld::open(root, options);
    let path = file.strip_prefix(root).ok().and_then(Path::to_str).and_then(FilePath::new);
    let (Ok(world), Some(path)) = (world, path) else {
        let what = words!("`{shown}` could not be read", "no se pudo leer `{shown}`");
        return failure(language, &what, None);
    };
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let mut own = Vec::new();
    let mut habits = Habits::of(language.tag());
    let mut language = language;
    if playbook.is_some() {
        let draft = read::read(&world).value;
        habits = Habits::of(&draft.language);
        language = arguments.lang.unwrap_or_else(|| Language::of(&draft.language));
        own = own_profiles(&world, &Files::of(&world), &mut sources, &mut findings);
    }
    let profiles = Profiles::new(&own, &mut findings);
    findings.clear();
    let description = describe(&world, &path, &profiles, habits, language, &mut sources, &mut findings);
    match arguments.format {
        Form::Json => {
            out(&serde_json::to_string_pretty(&description).unwrap_or_default());
            out("\n");
        }
        Form::Human => {
            out(&shown::human(&description, language));
            let folder = root.to_string_lossy();
            let report = Report::new(&findings, &sources, language);
            let report = if playbook.is_some() { report } else { report.below(&folder) };
            super::talk(&report.human(style(std::io::IsTerminal::is_terminal(&std::io::stderr()))));
        }
    }
    outcome(&findings, false)
}

/// The folder that an export lies in, which may name its platform.
fn folder_of(document: &Document) -> String {
    slug(document.path.parent().name())
}

/// The nearest folder above that has a settings file.
fn playbook_of(file: &Path) -> Option<PathBuf> {
    let names = ["playbook.yaml", "playbook.yml", "guia.yaml", "guia.yml"];
    let is_playbook = |folder: &&Path| {
        names.iter().any(|name| fs::metadata(folder.join(name)).is_ok_and(|settings| settings.is_file()))
    };
    file.ancestors().skip(1).find(is_playbook).map(Path::to_owned)
}

fn describe(
    world: &dyn World,
    path: &FilePath,
    profiles: &Profiles,
    habits: Habits,
    language: Language,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Description {
    let documents = document::open(world, path, sources, findings);
    let setting = Collecting { habits, wishes: &[], breaks: &[] };
    let collected = collect(profiles, &documents, sources, setting, findings);
    let mut parts = Vec::new();
    let mut sample = None;
    for document in &documents {
        let Some(source) = sources.source(document.source) else { continue };
        // Mistakes of the form were told when the series were collected.
        let mut again = Vec::new();
        let tables: Vec<Table> = blocks(&source.text, document.source, &mut again)
            .into_iter()
            .map(|block| table(block, &source.text, document, profiles, habits, language, &mut again))
            .collect();
        findings.extend(again.into_iter().filter(|finding| !findings.contains(finding)).collect::<Vec<_>>());
        sample = sample.or_else(|| Some((document, best(&tables)?.to_vec())));
        parts.push(Part { name: document.member.clone(), encoding: document.encoding, tables });
    }
    let snippet = match preferred(&collected) {
        Some(one) => Some(shown::metric_of_series(one, language)),
        None => sample.map(|(document, found)| shown::metric_of_column(document, &found, language)),
    };
    let series = collected.values().map(line).collect();
    let told = |finding: &Finding| Told {
        code: finding.code.id,
        level: finding.level.name(),
        line: match finding.place {
            Place::Span(span) => Some(sources.position(span).line),
            _ => None,
        },
        message: finding.message.within(language).to_owned(),
    };
    let findings = findings.iter().map(told).collect();
    Description { file: path.as_str().to_owned(), documents: parts, series, snippet, findings }
}

fn line(one: &Collected) -> Line {
    let date =
        |point: Option<&crate::series::Point>| point.map(|point| point.date.to_string()).unwrap_or_default();
    Line {
        id: one.id.clone(),
        measure: one.measure.name(),
        unit: one.unit.clone(),
        values: one.series.points.len(),
        first: date(one.series.points.first()),
        last: date(one.series.points.last()),
    }
}

/// The series that a first metric would use: of the whole rather than of items, of many values rather than of few.
fn preferred(collected: &std::collections::BTreeMap<String, Collected>) -> Option<&Collected> {
    let usual = ["views", "impressions", "reach", "followers", "visits", "sessions"];
    let rank = |one: &&Collected| {
        let name = one.id.split_once('.').map_or("", |(_, name)| name);
        (one.basis == Basis::Dated, usual.contains(&name), one.series.points.len().min(2))
    };
    collected.values().rev().max_by_key(rank)
}

/// Date and figure columns of the first table that has both.
fn best(tables: &[Table]) -> Option<&[Described]> {
    let has = |table: &&Table, kind: &str| table.columns.iter().any(|column| column.kind == kind);
    tables
        .iter()
        .find(|table| has(table, "date") && has(table, "number"))
        .map(|table| table.columns.as_slice())
}

fn table(
    block: Block<'_>,
    text: &str,
    document: &Document,
    profiles: &Profiles,
    habits: Habits,
    language: Language,
    findings: &mut Vec<Finding>,
) -> Table {
    let known = recognise(&block.grid, profiles, &folder_of(document));
    let texts =
        |lines: &[crate::text::Spanned<String>]| lines.iter().map(|line| line.value.clone()).collect();
    let (titles, comments) = (texts(&block.titles), texts(&block.comments));
    let table = match &known {
        Some(known) => crate::syntax::Table::new(block.grid, known.header, findings),
        None => block.table(findings),
    };
    let profile = known.as_ref().and_then(|known| profiles.list.get(known.profile));
    let day_first = profile.and_then(|profile| profile.day_first);
    let habits = Habits { day_first: day_first.unwrap_or(habits.day_first), ..habits };
    let columns: Vec<Described> = (0..table.columns.len())
        .map(|index| {
            let mut described = column::describe(&table, index, document.exact, habits, language);
            let known = known.as_ref().and_then(|known| known.columns.get(index)?.as_ref());
            described.known =
                known.and_then(|known| profile?.columns.get(known.column)).map(|column| column.name.clone());
            described
        })
        .collect();
    let row = |row: usize| (0..columns.len()).map(|column| table.text(row, column).into_owned()).collect();
    let header = table.grid.row_span(table.rows.start.saturating_sub(1));
    let above = text.get(..header.start as usize).unwrap_or_default();
    Table {
        delimiter: table.grid.delimiter,
        titles,
        comments,
        header_line: above.bytes().filter(|byte| *byte == b'\n').count() + 1,
        rows: table.len(),
        profile: profile.map(|profile| (profile.name.clone(), profile.title.within(language).to_owned())),
        first_rows: (0..table.len().min(FIRST_ROWS)).map(row).collect(),
        columns,
    }
}
