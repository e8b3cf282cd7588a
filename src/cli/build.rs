//! `portolan build`: checks a playbook and publishes one edition of it, or all.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::ValueEnum;

use super::{Common, Format, Outcome, absolute, failure, open, outcome, print, summary, talk};
use crate::edition;
use crate::finding::{Finding, Language, Level};
use crate::model::Readership;
use crate::output::{self, Guard, Stamp};
use crate::pipeline::{self, Checked};
use crate::words;
use crate::world::DiskWorld;

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
}

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
    let checked = pipeline::check(&world);
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
        if withheld { Outcome::Findings } else { Outcome::Clean }
    }
}
