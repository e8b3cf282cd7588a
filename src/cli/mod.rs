//! Floor 13: the command line. Arguments, environment, current folder, terminal and exit status are touched here only.
//!
//! Data go to standard output, talk goes to standard error. Exit status: 0 clean, 1 findings at error level, 2 failure.
#![allow(
    clippy::disallowed_methods,
    reason = "environment and current folder are touched here, and nowhere below"
)]

mod build;
mod check;
mod describe;
mod explain;
mod init;
mod new;
mod read_workbook;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod theme;
mod translations;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::finding::{Finding, Language, Level, Words};
use crate::report::{self, Report, Style};
use crate::text::{FilePath, Sources};
use crate::words;
use crate::world::{Date, DiskOptions, DiskWorld};

const EXAMPLES: &str = "\
Examples:
  portolan init my-playbook --lang en    a playbook to begin with
  portolan new channel Instagram my-playbook  a file to fill in
  portolan build my-playbook             the public site, in my-playbook/site
  portolan build --edition staff         the staff edition of this folder, in site-staff
  portolan serve my-playbook --open      the site in the browser, while you write
  portolan check --format plain          what is wrong or missing, one line each
  portolan describe data/views.csv       what is recognised in a data file
  portolan explain P201                  what a finding means and how to mend it
  portolan theme list                    what of the look can be changed

Exit status: 0 clean, 1 findings at error level, 2 failure.";

/// Makes a site of a strategy playbook: a folder of Markdown, YAML and data files.
#[derive(Debug, Parser)]
#[command(name = "portolan", version, about, after_help = EXAMPLES, after_long_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes a new playbook with commented examples
    Init(init::Arguments),
    /// Makes a file of a kind to fill in: `new channel Instagram`
    New(new::Arguments),
    /// Checks a playbook and publishes its site to a folder
    Build(build::Arguments),
    /// Shows the site in the browser while you write, with what is wrong or missing
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Says what is wrong or missing in a playbook
    Check(check::Arguments),
    /// Shows what is recognised in a data file, and the YAML to use it
    Describe(describe::Arguments),
    /// Says what a code such as P201 means and how to mend it
    Explain(explain::Arguments),
    /// Shows how far the languages of a playbook have come, and confirms translations
    Translations(translations::Arguments),
    /// Writes the JSON Schemas of all kinds, for editors
    Schema(schema::Arguments),
    /// Lists and copies what a playbook's theme can override
    Theme(theme::Arguments),
    /// Reads a workbook from standard input; the program calls itself with this
    #[command(name = read_workbook::NAME, hide = true)]
    ReadWorkbook,
    /// Writes the completions of a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Options of every command that reads a playbook.
#[derive(Debug, clap::Args)]
struct Common {
    /// Folder of the playbook
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Language of the findings: es or en [default: that of the playbook]
    #[arg(long, value_name = "LANG", value_parser = language_named)]
    lang: Option<Language>,
    /// Warnings count as errors, and a site with errors is not published
    #[arg(long)]
    strict: bool,
    /// Today's date, for pages that depend on it [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the line, a mark under the word, the reason and the remedy
    Human,
    /// One line a finding, for editors and screen readers
    Plain,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code-scanning services
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

fn language_named(name: &str) -> Result<Language, String> {
    match name {
        "en" => Ok(Language::English),
        "es" => Ok(Language::Spanish),
        _ => Err("es or en".to_owned()),
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    Failure,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Failure => 2,
        })
    }
}

/// Runs the program with these arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let failed = error.use_stderr();
            // A closed pipe is no reason to fail twice.
            let _ = error.print();
            return if failed { Outcome::Failure.into() } else { Outcome::Clean.into() };
        }
    };
    let outcome = match arguments.command {
        Command::Init(arguments) => init::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Describe(arguments) => describe::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Theme(arguments) => theme::run(&arguments),
        Command::Translations(arguments) => translations::run(&arguments),
        Command::ReadWorkbook => read_workbook::run(),
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "portolan", &mut script);
            out(&String::from_utf8_lossy(&script));
            Outcome::Clean
        }
    };
    outcome.into()
}

/// Data, to standard output. A reader that went away (`| head`) is no failure.
fn out(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Talk, to standard error.
fn talk(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A failure of the outside: what happened and what helps.
fn failure(language: Language, what: &Words, help: Option<&Words>) -> Outcome {
    talk(&format!("error: {}", what.within(language)));
    if let Some(help) = help {
        let word = match language {
            Language::English => "help",
            Language::Spanish => "ayuda",
        };
        talk(&format!("  = {word}: {}", help.within(language)));
    }
    Outcome::Failure
}

/// The language of the person at the terminal, when nothing else says it.
fn own_language() -> Language {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let tag = variables.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    tag.map_or(Language::English, |tag| Language::of(&tag))
}

/// Today's date: the option, `SOURCE_DATE_EPOCH`, else `None` (the system's).
fn today(common: &Common) -> Option<Date> {
    common.today.or_else(|| {
        let seconds: i64 = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
        let days = jiff::Span::new().try_days(seconds.div_euclid(86_400)).ok()?;
        Date::constant(1970, 1, 1).checked_add(days).ok()
    })
}

fn open(common: &Common, outputs: &[PathBuf]) -> Result<DiskWorld, Outcome> {
    let language = common.lang.unwrap_or_else(own_language);
    let folder = &common.folder;
    let shown = folder.display().to_string();
    if !folder.is_dir() {
        let what = if folder.exists() {
            words!("`{shown}` is a file, not a folder", "`{shown}` es un archivo, no una carpeta")
        } else {
            words!("there is no folder `{shown}`", "no existe la carpeta `{shown}`")
        };
        let help = words!(
            "name the folder of the playbook, or make one: `portolan init {shown}`",
            "indica la carpeta de la guía, o crea una: `portolan init {shown} --lang es`"
        );
        return Err(failure(language, &what, Some(&help)));
    }
    // An output inside of the playbook is no part of it.
    let root = absolute(folder);
    let inside = |output: &PathBuf| {
        let below = absolute(output).strip_prefix(&root).ok()?.to_str().map(str::to_owned)?;
        FilePath::new(&below).filter(|path| !path.as_str().is_empty())
    };
    let leave_out = outputs.iter().filter_map(inside).collect();
    DiskWorld::open(folder, DiskOptions { today: today(common), leave_out, helper: read_workbook::helper() })
        .map_err(|error| {
            let what = words!(
                "the folder `{shown}` could not be read: {error}",
                "no se pudo leer la carpeta `{shown}`: {error}"
            );
            failure(language, &what, None)
        })
}

/// Prints findings in the wished format: machine formats to standard output, the others to standard error for `build` and standard output for `check`.
fn print(
    findings: &[Finding],
    sources: &Sources,
    common: &Common,
    language: Language,
    to_terminal: bool,
    printer: impl Fn(&str),
) {
    let folder = common.folder.to_string_lossy();
    let printed = Report::new(findings, sources, language).below(&folder);
    match common.format {
        Format::Human => printer(&printed.human(style(to_terminal))),
        Format::Plain => printer(&printed.plain()),
        Format::Json => out(&printed.json()),
        Format::Sarif => out(&printed.sarif()),
        Format::Github => out(&printed.github()),
    }
}

fn style(to_terminal: bool) -> Style {
    let wish = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    let color = wish && to_terminal;
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100);
    Style { color, width }
}

/// Exit status of findings.
fn outcome(findings: &[Finding], strict: bool) -> Outcome {
    let limit = if strict { Level::Warning } else { Level::Error };
    if findings.iter().any(|finding| finding.level <= limit) { Outcome::Findings } else { Outcome::Clean }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// "3 errors, 1 warning".
fn summary(findings: &[Finding], language: Language) -> String {
    report::summary(findings, language)
}
