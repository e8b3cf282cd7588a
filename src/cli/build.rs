//! `portolan build`: checks a playbook and publishes one edition of it, or all.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{Common, Format, Outcome, absolute, failure, open, outcome, print, summary, talk};
use crate::edition;
use crate::finding::{Finding, Language, Level, Words};
use crate::model::Readership;
use crate::output::{self, Guard, OutputError, Parcel, Stamp};
use crate::pipeline::{self, Checked};
use crate::text::slug;
use crate::words;
use crate::world::{DiskWorld, World};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    /// Folder of the site; with `--edition all` each edition gets a folder in it [default: DIR/site, DIR/site-staff …]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// For whom
    #[arg(long, value_enum, default_value_t = Wish::Public)]
    edition: Wish,
    /// Adds a page that tells what is different since a day (2026-09-01), a tag, a branch or a commit of the repository
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Packs the site into a file to send too [default: named like the playbook, beside the site]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    zip: Option<Option<PathBuf>>,
}

/// Zips larger than this are refused by many mailboxes, in bytes.
const MOST_TO_MAIL: u64 = 20_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Wish {
    Public,
    Staff,
    Board,
    Crisis,
    All,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let common = &arguments.common;
    let outputs: Vec<PathBuf> = Readership::ALL.iter().map(|one| target(arguments, *one)).collect();
    let world = match open(common, &outputs) {
        Ok(world) => world,
        Err(outcome) => return outcome,
    };
    if let (Wish::All, Some(Some(_))) = (arguments.edition, &arguments.zip) {
        let what = words!(
            "`--zip=FILE` names one file, and `--edition all` makes several sites",
            "`--zip=ARCHIVO` nombra un solo archivo y `--edition all` genera varios sitios"
        );
        let help = words!(
            "write `--zip` alone: each zip is named after the playbook and its edition",
            "escribe solo `--zip`: cada zip lleva el nombre de la guía y de su edición"
        );
        return failure(common.lang.unwrap_or_else(super::own_language), &what, Some(&help));
    }
    let checked = pipeline::check_since(&world, arguments.since.as_deref());
    let language = common.lang.unwrap_or_else(|| pipeline::language(&checked));
    let mut builder = Builder {
        arguments,
        world: &world,
        checked: &checked,
        language,
        findings: checked.findings.clone(),
        lines: Vec::new(),
    };
    let wished = match arguments.edition {
        Wish::Public => vec![Readership::Public],
        Wish::Staff => vec![Readership::Staff],
        Wish::Board => vec![Readership::Board],
        Wish::Crisis => vec![Readership::Crisis],
        Wish::All => edition::wished(&checked.playbook).iter().collect(),
    };
    let mut failed = false;
    for readership in wished {
        if builder.edition(readership) == Outcome::Failure {
            failed = true;
            break;
        }
    }
    let Builder { mut findings, lines, .. } = builder;
    pipeline::finish(&checked, &mut findings);
    print(&findings, &checked.sources, common, language, io::stderr().is_terminal(), |text| {
        if !text.is_empty() {
            talk(text.trim_end_matches('\n'));
        }
    });
    if matches!(common.format, Format::Human | Format::Plain) {
        for line in lines {
            super::out(&format!("{line}\n"));
        }
        let said = summary(&findings, language);
        talk(&match language {
            Language::English => format!("Found: {said}."),
            Language::Spanish => format!("Resultado: {said}."),
        });
    }
    let outcome = if failed { Outcome::Failure } else { outcome(&findings, common.strict) };
    // As in `pipeline::build`: the process ends here.
    std::mem::forget(checked);
    outcome
}

/// Where an edition goes: never two editions in one folder.
fn target(arguments: &Arguments, readership: Readership) -> PathBuf {
    match (&arguments.output, arguments.edition) {
        (Some(output), Wish::All) => output.join(readership.name()),
        (Some(output), _) => output.clone(),
        (None, _) if readership == Readership::Public => arguments.common.folder.join("site"),
        (None, _) => arguments.common.folder.join(format!("site-{readership}")),
    }
}

struct Builder<'a> {
    arguments: &'a Arguments,
    world: &'a DiskWorld,
    checked: &'a Checked,
    language: Language,
    findings: Vec<Finding>,
    lines: Vec<String>,
}

impl Builder<'_> {
    fn edition(&mut self, readership: Readership) -> Outcome {
        let target = target(self.arguments, readership);
        let strict = self.arguments.common.strict;
        let told = &self.checked.findings;
        // What endangers people is never published; with --strict nothing that is wrong is.
        let withhold = move |findings: &[Finding]| {
            let all = || told.iter().chain(findings);
            all().any(pipeline::withholds) || (strict && all().any(|finding| finding.level <= Level::Warning))
        };
        let guard = Guard {
            source_root: absolute(&self.arguments.common.folder),
            home: std::env::var_os("HOME").map(PathBuf::from),
        };
        let stamp =
            Stamp { edition: readership.name(), generator: concat!("Portolan ", env!("CARGO_PKG_VERSION")) };
        let built = output::begin(&absolute(&target), &guard, stamp)
            .and_then(|staging| pipeline::build(self.checked, self.world, readership, staging, &withhold));
        let built = match built {
            Ok(built) => built,
            Err(error) => return failure(self.language, &error.words(), Some(&error.help())),
        };
        let shown = target.join("index.html").display().to_string();
        let name = readership.words();
        let name = name.within(self.language);
        let pages = built.pages;
        let line = match &built.published {
            Some(published) => {
                let (written, unchanged, removed) =
                    (published.written, published.unchanged, published.removed);
                let mut line = words!(
                    "The {name} edition is in {shown} ({pages} pages; {written} files written, {unchanged} unchanged, {removed} removed)",
                    "La edición {name} está en {shown} ({pages} páginas; {written} archivos escritos, {unchanged} sin cambios, {removed} retirados)"
                );
                if let Some(other) = &published.replaced_edition {
                    line.en.push_str(&format!("\nIt replaced the {other} edition that was there"));
                    line.es.push_str(&format!("\nSustituye a la edición «{other}» que había allí"));
                }
                for kept in &published.kept {
                    let kept = kept.display();
                    line.en.push_str(&format!("\nFiles that were not ours were kept in {kept}"));
                    line.es.push_str(&format!("\nLos archivos ajenos se conservan en {kept}"));
                }
                line
            }
            None => words!(
                "The {name} edition was not published; what was in {} is unchanged",
                "La edición {name} no se ha publicado; lo que había en {} sigue igual",
                target.display()
            ),
        };
        let withheld = built.published.is_none();
        self.findings.extend(built.findings);
        self.lines.push(line.within(self.language).to_owned());
        if let (Some(wish), false) = (&self.arguments.zip, withheld) {
            match self.pack(&target, wish.as_deref(), readership, &built.title) {
                Ok(line) => self.lines.push(line.within(self.language).to_owned()),
                Err(error) => return failure(self.language, &error.words(), Some(&error.help())),
            }
        }
        if withheld { Outcome::Findings } else { Outcome::Clean }
    }

    /// Packs a site that was published, and says so.
    fn pack(
        &self,
        site: &Path,
        wish: Option<&Path>,
        readership: Readership,
        title: &str,
    ) -> Result<Words, OutputError> {
        // People see the name of the zip, of its folder and of the text in it: those of the playbook, in its language.
        let name = match slug(title) {
            name if name.is_empty() => "portolan".to_owned(),
            name => name,
        };
        let of = readership.words();
        let own = pipeline::language(self.checked);
        let name = match readership {
            Readership::Public => name,
            _ => format!("{name}-{}", slug(of.within(own))),
        };
        let site = absolute(site);
        let beside = site.parent().unwrap_or(&site).join(format!("{name}.zip"));
        let file = wish.map_or(beside, absolute);
        let text = words!(
            "{title}\n\n1. Unpack the whole zip first: a page that is opened inside of it has neither style nor links.\n2. Open index.html in this folder with a double click.\n\nIt needs no connection and installs nothing.\n",
            "{title}\n\n1. Antes de nada, extrae el zip entero: una página abierta desde dentro no tiene estilo ni enlaces.\n2. Abre index.html, en esta carpeta, con doble clic.\n\nNo hace falta conexión y no se instala nada.\n"
        );
        let note = words!("READ ME.txt", "LÉEME.txt");
        // Old programs for texts take a line for one that ends in both marks.
        let text = text.within(own).replace('\n', "\r\n");
        let parcel = Parcel { folder: &name, note: (note.within(own), &text), day: self.world.today() };
        let bytes = output::pack(&site, &file, &parcel)?;
        let shown = file.display();
        let (mega, rest) = (bytes / 1_000_000, bytes % 1_000_000 / 100_000);
        let mut line =
            words!("To send: {shown} ({mega}.{rest} MB)", "Para enviar: {shown} ({mega},{rest} MB)");
        if bytes > MOST_TO_MAIL {
            line.en.push_str("\nMany mailboxes refuse attachments of more than 20 MB: share it as a link");
            line.es.push_str("\nMuchos buzones rechazan adjuntos de más de 20 MB: compártelo con un enlace");
        }
        Ok(line)
    }
}
