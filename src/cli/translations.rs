//! `portolan translations`: how far every language of a playbook has come; and the fingerprints of the sources, written into their translations.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::json;

use super::{Common, Format, Outcome, failure, open, out, talk};
use crate::finding::Language;
use crate::model::{Translatable, TranslationState};
use crate::pipeline::{self, Checked};
use crate::read::{Confirmation, confirmed};
use crate::text::FilePath;
use crate::words;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    common: Common,
    /// Say that these translations are up to date: writes the fingerprint of their sources into them
    #[arg(long, value_name = "FILE", num_args = 0..)]
    confirm: Option<Vec<String>>,
    /// All translations, those that need nothing too
    #[arg(long)]
    all: bool,
}

/// How a translation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Old,
    Missing,
    Draft,
    Part,
    Unconfirmed,
    Done,
}

impl Standing {
    fn of(state: &TranslationState) -> Self {
        match (&state.file, &state.recorded) {
            (None, _) => Standing::Missing,
            _ if state.draft => Standing::Draft,
            _ if state.is_stale() => Standing::Old,
            _ if !state.missing.is_empty() => Standing::Part,
            (Some(_), None) => Standing::Unconfirmed,
            (Some(_), Some(_)) => Standing::Done,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Standing::Old => "old",
            Standing::Missing => "missing",
            Standing::Draft => "draft",
            Standing::Part => "partial",
            Standing::Unconfirmed => "unconfirmed",
            Standing::Done => "done",
        }
    }

    fn said(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, Standing::Old) => "old",
            (Language::English, Standing::Missing) => "missing",
            (Language::English, Standing::Draft) => "draft",
            (Language::English, Standing::Part) => "in part",
            (Language::English, Standing::Unconfirmed) => "not confirmed",
            (Language::English, Standing::Done) => "done",
            (Language::Spanish, Standing::Old) => "vieja",
            (Language::Spanish, Standing::Missing) => "falta",
            (Language::Spanish, Standing::Draft) => "borrador",
            (Language::Spanish, Standing::Part) => "a medias",
            (Language::Spanish, Standing::Unconfirmed) => "sin confirmar",
            (Language::Spanish, Standing::Done) => "hecha",
        }
    }
}

pub fn run(arguments: &Arguments) -> Outcome {
    let common = &arguments.common;
    let world = match open(common, &[]) {
        Ok(world) => world,
        Err(outcome) => return outcome,
    };
    let checked = pipeline::check(&world);
    let language = common.lang.unwrap_or_else(|| pipeline::language(&checked));
    if checked.playbook.versions.is_empty() {
        let what = words!("the playbook has one language", "la guía tiene un solo idioma");
        let help = words!(
            "name its languages in the settings, the main one first: `languages: [en, es]`",
            "indica sus idiomas en los ajustes, el principal primero: `idiomas: [es, en]`"
        );
        return failure(language, &what, Some(&help));
    }
    match &arguments.confirm {
        Some(files) => confirm(arguments, &checked, files, language),
        None => list(arguments, &checked, language),
    }
}

fn list(arguments: &Arguments, checked: &Checked, language: Language) -> Outcome {
    let versions = &checked.playbook.versions;
    let needs_work = versions
        .iter()
        .flat_map(|version| &version.states)
        .any(|state| Standing::of(state) < Standing::Unconfirmed);
    match arguments.common.format {
        Format::Json => out(&as_json(checked)),
        Format::Human | Format::Plain | Format::Sarif | Format::Github => {
            for version in versions {
                out(&table(&version.translated.language, &version.states, arguments, language));
            }
        }
    }
    if arguments.common.strict && needs_work { Outcome::Findings } else { Outcome::Clean }
}

fn table(tag: &str, states: &[TranslationState], arguments: &Arguments, language: Language) -> String {
    let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
    let mut rows: Vec<[String; 4]> = Vec::new();
    let (mut texts, mut without) = (0, 0);
    for state in states {
        let standing = Standing::of(state);
        *counts.entry(standing).or_default() += 1;
        texts += state.texts;
        without += match standing {
            Standing::Missing | Standing::Draft => state.texts,
            _ => state.missing.len().min(state.texts),
        };
        if standing == Standing::Done && !arguments.all {
            continue;
        }
        let lacking = match standing {
            Standing::Part | Standing::Old => names(state, language).join(", "),
            _ => String::new(),
        };
        let file = state.file.as_ref().unwrap_or(&state.source);
        rows.push([standing.said(language).to_owned(), file.to_string(), name(state, language), lacking]);
    }
    let count = |standing| counts.get(&standing).copied().unwrap_or_default();
    let (all, translated) = (states.len(), states.len() - count(Standing::Missing) - count(Standing::Draft));
    let said = texts - without;
    let mut text = match language {
        Language::English => format!("{tag}: {translated} of {all} translated, {said} of {texts} texts"),
        Language::Spanish => format!("{tag}: {translated} de {all} con traducción, {said} de {texts} textos"),
    };
    for standing in [Standing::Old, Standing::Part, Standing::Draft, Standing::Unconfirmed] {
        if count(standing) > 0 {
            text.push_str(&format!(", {} {}", count(standing), standing.said(language)));
        }
    }
    text.push('\n');
    rows.sort();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let (first, second, third) = (width(0), width(1), width(2));
    for [standing, file, name, lacking] in &rows {
        let line = format!("  {standing:first$}  {file:second$}  {name:third$}  {lacking}");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The fields whose texts have no translation.
fn names(state: &TranslationState, language: Language) -> Vec<String> {
    let body = match language {
        Language::English => "text",
        Language::Spanish => "texto",
    };
    let name = |words: &Option<crate::finding::Words>| match words {
        Some(words) => words.within(language).to_owned(),
        None => body.to_owned(),
    };
    state.missing.iter().map(name).collect()
}

fn name(state: &TranslationState, language: Language) -> String {
    match (state.of, language) {
        (Translatable::Settings, Language::English) => "settings".to_owned(),
        (Translatable::Settings, Language::Spanish) => "ajustes".to_owned(),
        _ => state.title.clone(),
    }
}

fn as_json(checked: &Checked) -> String {
    let versions: Vec<_> = checked
        .playbook
        .versions
        .iter()
        .map(|version| {
            let states: Vec<_> = version
                .states
                .iter()
                .map(|state| {
                    json!({
                        "state": Standing::of(state).name(),
                        "source": state.source.as_str(),
                        "file": state.file.as_ref().map(FilePath::as_str),
                        "title": state.title,
                        "texts": state.texts,
                        "missing": names(state, Language::English),
                        "fingerprint": state.fingerprint,
                        "translated_from": state.recorded.as_ref().map(|recorded| recorded.value.as_str()),
                    })
                })
                .collect();
            json!({ "language": version.translated.language, "translations": states })
        })
        .collect();
    let file = json!({ "main_language": checked.language, "languages": versions });
    serde_json::to_string_pretty(&file).map(|text| text + "\n").unwrap_or_default()
}

/// Writes the fingerprints of the sources into their translations.
fn confirm(arguments: &Arguments, checked: &Checked, files: &[String], language: Language) -> Outcome {
    let folder = &arguments.common.folder;
    let mut wished: BTreeMap<&FilePath, Vec<&TranslationState>> = BTreeMap::new();
    let states = || checked.playbook.versions.iter().flat_map(|version| &version.states);
    for state in states() {
        if let Some(file) = &state.file {
            wished.entry(file).or_default().push(state);
        }
    }
    if !arguments.all {
        if files.is_empty() {
            let what = words!("no file to confirm", "no se indica ningún archivo que confirmar");
            let help = words!(
                "name the files, or write `--confirm --all`",
                "indica los archivos, o escribe `--confirm --all`"
            );
            return failure(language, &what, Some(&help));
        }
        let named: Vec<FilePath> = files.iter().filter_map(|file| below(folder, file)).collect();
        let unknown =
            files.iter().find(|file| below(folder, file).is_none_or(|path| !wished.contains_key(&path)));
        if let Some(file) = unknown {
            let what = words!(
                "`{file}` is no translation of this playbook",
                "`{file}` no es ninguna traducción de esta guía"
            );
            let help = words!(
                "`portolan translations --all` lists them",
                "`portolan translations --all` las muestra"
            );
            return failure(language, &what, Some(&help));
        }
        wished.retain(|file, _| named.contains(file));
    }
    let (mut written, mut by_hand) = (0, Vec::new());
    for (file, states) in wished {
        let Some(source) = checked.sources.iter().find(|(_, source)| source.path == *file) else { continue };
        let old: Vec<&TranslationState> = states
            .into_iter()
            .filter(|state| state.recorded.as_ref().is_none_or(|known| known.value != state.fingerprint))
            .collect();
        if old.is_empty() {
            continue;
        }
        let wanted: Vec<Confirmation> = old
            .iter()
            .map(|state| Confirmation {
                place: state.place,
                recorded: state.recorded.as_ref().map(|recorded| recorded.span),
                fingerprint: state.fingerprint.clone(),
            })
            .collect();
        let whole = old.iter().all(|state| is_whole(checked, state));
        let own = Language::of(&checked.language);
        let Some(text) = confirmed(file, &source.1.text, whole, own, &wanted) else {
            by_hand.push((file, old));
            continue;
        };
        let path = folder.join(file.as_str());
        match replace(&path, &source.1.text, &text) {
            Ok(true) => written += old.len(),
            Ok(false) => by_hand.push((file, old)),
            Err(error) => {
                let what =
                    words!("`{file}` could not be written: {error}", "no se pudo escribir `{file}`: {error}");
                return failure(language, &what, None);
            }
        }
    }
    talk(&match (language, written) {
        (Language::English, 1) => "1 translation confirmed.".to_owned(),
        (Language::English, _) => format!("{written} translations confirmed."),
        (Language::Spanish, 1) => "1 traducción confirmada.".to_owned(),
        (Language::Spanish, _) => format!("{written} traducciones confirmadas."),
    });
    for (file, states) in &by_hand {
        for state in states {
            let (title, fingerprint) = (&state.title, &state.fingerprint);
            talk(&match language {
                Language::English => {
                    format!("By hand, in {file}: `translated_from: {fingerprint}` ({title})")
                }
                Language::Spanish => format!("A mano, en {file}: `traducido_de: {fingerprint}` ({title})"),
            });
        }
    }
    if by_hand.is_empty() { Outcome::Clean } else { Outcome::Findings }
}

fn is_whole(checked: &Checked, state: &TranslationState) -> bool {
    match state.of {
        Translatable::Settings | Translatable::Welcome => true,
        Translatable::Entity(id) => checked.playbook.entity(id).is_some_and(|entity| entity.alone),
    }
}

/// A file as named on the command line: seen from the playbook, or from where one stands.
fn below(folder: &std::path::Path, file: &str) -> Option<FilePath> {
    let root = super::absolute(folder);
    let from_here = super::absolute(&PathBuf::from(file));
    if folder.join(file).is_file() {
        return FilePath::new(file.trim_start_matches("./"));
    }
    FilePath::new(from_here.strip_prefix(root).ok()?.to_str()?)
}

/// Writes the new text in place of the old. `false` when the file is not in UTF-8: then its bytes are not those that were read.
fn replace(path: &std::path::Path, old: &str, new: &str) -> std::io::Result<bool> {
    let bytes = fs::read(path)?;
    let mark = b"\xef\xbb\xbf";
    let bare = bytes.strip_prefix(mark).unwrap_or(&bytes);
    if bare != old.as_bytes() {
        return Ok(false);
    }
    let mut written = if bare.len() < bytes.len() { mark.to_vec() } else { Vec::new() };
    written.extend_from_slice(new.as_bytes());
    // The author's words: the new file is whole before it takes the place of the old.
    let draft = path.with_extension("portolan-draft");
    fs::write(&draft, written)?;
    fs::set_permissions(&draft, fs::metadata(path)?.permissions())?;
    fs::rename(&draft, path)?;
    Ok(true)
}
