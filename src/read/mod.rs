//! Floor 5: files → a playbook whose links are still names. Every mistake becomes a finding; everything that can be read is read.
//!
//! 1. list the files and decide what each is (`classify`)
//! 2. read the settings and the playbook's own kinds
//! 3. read every entity file, in parallel, in the order of the listing (`entity`)

mod blocks;
mod classify;
mod confirm;
mod entity;
mod guess;
mod languages;
mod own_texts;
mod preset;
mod progress;
mod record;
mod settings_file;
mod translation;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::finding::{Code, Finding, Level, Reported};
use crate::model::{self, Entity, Extension, Kinds, Named, Playbook, Readership, Readerships, Record};
use crate::syntax::{decode, yaml};
use crate::text::{FilePath, Place, SourceId, Sources, Span};
use crate::words;
use crate::world::{Refusal, Refused, World};

pub use blocks::{BLOCKS, PARAMETERS};
pub use classify::{Role, is_kind_file, is_markdown, number_of, readable, role, without_number};
pub use confirm::{Confirmation, confirmed};
use languages::Languages;
pub use preset::{NO_DENOMINATOR, preset_names};
pub use record::sample;
pub use translation::{TRANSLATED_FROM, is_fingerprint};

static REFUSED: Code = Code { id: "P001", name: "file_not_read", level: Level::Warning, since: "0.1.0" };
static UNUSED: Code = Code { id: "P004", name: "file_not_used", level: Level::Note, since: "0.1.0" };
static NO_SETTINGS: Code = Code { id: "P005", name: "no_settings", level: Level::Note, since: "0.1.0" };
static NOTHING: Code = Code { id: "P006", name: "nothing_to_read", level: Level::Error, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&[&Code]] = &[
    &[&REFUSED, &UNUSED, &NO_SETTINGS, &NOTHING],
    entity::CODES,
    languages::CODES,
    preset::CODES,
    progress::CODES,
    record::CODES,
    settings_file::CODES,
    translation::CODES,
];

/// Everything that was read.
#[derive(Debug)]
pub struct Draft {
    /// Entities and settings, links as names.
    pub playbook: Playbook<Named>,
    /// The texts, for findings.
    pub sources: Sources,
    /// What is in the folder.
    pub files: Files,
    /// Templates, styles and words of the playbook's `theme/`, path below it and source.
    pub theme: Vec<(FilePath, SourceId)>,
    /// Whether there is a settings file; without one a folder of Markdown is simply a site.
    pub has_settings: bool,
    /// Language tag of the playbook: from the settings, else guessed from the texts.
    pub language: String,
}

/// The files of the folder: what exists may be linked and published, nothing else may.
#[derive(Clone, Debug, Default)]
pub struct Files {
    all: BTreeSet<FilePath>,
    /// Lower-case path → path as it is, to say "did you mean".
    folded: BTreeMap<String, FilePath>,
}

impl Files {
    /// The files of a world.
    pub fn of(world: &dyn World) -> Self {
        Self::new(world.list().files.into_iter().map(|file| file.path))
    }

    fn new(list: impl Iterator<Item = FilePath>) -> Self {
        let mut files = Self::default();
        for path in list {
            files.folded.entry(path.as_str().to_lowercase()).or_insert_with(|| path.clone());
            files.all.insert(path);
        }
        files
    }

    /// Whether this file exists.
    pub fn contains(&self, path: &FilePath) -> bool {
        self.all.contains(path)
    }

    /// The file whose path differs at most by upper and lower case.
    pub fn ignoring_case(&self, path: &FilePath) -> Option<&FilePath> {
        self.folded.get(&path.as_str().to_lowercase())
    }

    /// All files, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &FilePath> {
        self.all.iter()
    }
}

/// Reads the playbook of a world.
pub fn read(world: &dyn World) -> Reported<Draft> {
    let mut findings = Vec::new();
    let listing = world.list();
    let files = Files::new(listing.files.iter().map(|file| file.path.clone()));
    let mut sources = Sources::default();

    let settings_path = files.iter().find(|path| classify::is_settings(path)).cloned();
    let settings_node = settings_path.as_ref().and_then(|path| {
        let source = load(world, path, &mut sources, &mut findings)?;
        let text = &sources.source(source)?.text;
        let node = yaml::parse(text, source, 0, &mut findings);
        settings_file::form(node.as_ref(), text, source, &mut findings);
        Some((node, source))
    });
    settings_file::others(&files, settings_path.as_ref(), &mut findings);
    let kinds = Arc::new(read_kinds(world, &files, &mut sources, &mut findings));
    let has_settings = settings_path.is_some();
    let settings = match &settings_node {
        Some((Some(node), _)) => {
            let mut reader = record::RecordReader::new(&kinds, record::Strictness::Settings);
            let settings = reader.record(&kinds.settings, node, None);
            findings.append(&mut reader.findings);
            settings
        }
        _ => Record::default(),
    };
    let mut playbook = Playbook {
        kinds: kinds.clone(),
        settings,
        settings_span: settings_node.as_ref().map(|(_, source)| Span::new(*source, 0, 0)),
        entities: Vec::new(),
        welcome: None,
        unsettled: BTreeSet::new(),
        broken: BTreeMap::new(),
        versions: Vec::new(),
        translated: None,
    };
    let languages = Languages::of(&kinds, &playbook.settings, &mut findings);
    let ignored = ignored_paths(&playbook);
    for refused in &listing.refused {
        let is_ignored = FilePath::new(&refused.path)
            .is_some_and(|path| ignored.iter().any(|prefix| is_below(&path, prefix)));
        if !is_ignored {
            findings.push(refusal(refused));
        }
    }

    // What each file is, in the order of the listing, so that ids and findings never depend on threads.
    let mut work = Vec::new();
    let mut unused: Vec<FilePath> = Vec::new();
    let mut theme = Vec::new();
    let mut translations = Vec::new();
    if has_settings {
        languages.doubt(&files, &ignored, &mut findings);
    }
    for path in files.iter() {
        if ignored.iter().any(|prefix| is_below(path, prefix)) {
            continue;
        }
        if let Some(file) = languages.translation(path, &files)
            && is_translated(classify::role(&file.twin, &kinds, has_settings))
        {
            translations.push(file);
            continue;
        }
        match classify::role(path, &kinds, has_settings) {
            Role::Settings | Role::Kinds | Role::Data | Role::Asset => {}
            Role::Theme => {
                if path.has_extension(&["html", "css", "js", "yaml", "yml"])
                    && let Some(below) =
                        path.as_str().split_once('/').and_then(|(_, below)| FilePath::new(below))
                    && let Some(source) = load(world, path, &mut sources, &mut findings)
                {
                    theme.push((below, source));
                }
            }
            Role::Unused => unused.push(path.clone()),
            role @ (Role::Article | Role::Entity(_) | Role::List(_) | Role::KindFolder(_)) => {
                work.push((path.clone(), role));
            }
        }
    }
    for path in unused {
        let extension = path.extension().to_ascii_lowercase();
        findings.push(
            Finding::new(
                &UNUSED,
                Place::File(path),
                words!(
                    "the file is not part of the playbook: it lies in no folder of a known kind",
                    "el archivo no forma parte de la guía: no está en la carpeta de ningún tipo conocido"
                ),
            )
            .help(words!(
                "move it to the folder of its kind, such as `channels/`, or name it under `ignore:` in the settings",
                "llévalo a la carpeta de su tipo, como `canales/`, o nómbralo en `ignorar:` en los ajustes"
            ))
            .group(extension),
        );
    }

    let first = sources.iter().count();
    let read: Vec<_> = work
        .par_iter()
        .enumerate()
        .map(|(index, (path, role))| {
            let mut findings = Vec::new();
            let source = SourceId(u32::try_from(first + index).unwrap_or(u32::MAX));
            let text = text_of(world, path, &mut findings).unwrap_or_default();
            let read = entity::read_file(&kinds, path, role, source, &text, has_settings, &mut findings);
            (text, read, findings)
        })
        .collect();
    for ((path, role), (text, (entities, is_broken), found)) in work.into_iter().zip(read) {
        if let (true, Role::List(kind) | Role::KindFolder(kind)) = (is_broken, role) {
            playbook.broken.entry(kind).or_insert_with(|| path.clone());
        }
        sources.add(path, text);
        findings.extend(found);
        for entity in entities {
            if is_welcome(&entity, &kinds) && playbook.welcome.is_none() {
                playbook.welcome = Some(entity);
            } else {
                playbook.entities.push(entity);
            }
        }
    }
    as_hidden_as_their_sources(&languages, &files, &mut playbook);
    versions::read(world, &languages, translations, &mut playbook, &mut sources, &mut findings);
    if playbook.entities.is_empty() && playbook.welcome.is_none() {
        findings.push(
            Finding::new(
                &NOTHING,
                Place::Run,
                words!(
                    "the folder holds no Markdown or YAML to read",
                    "la carpeta no contiene Markdown ni YAML que leer"
                ),
            )
            .help(words!(
                "`portolan init FOLDER` makes a playbook to begin with",
                "`portolan init CARPETA --lang es` crea una guía con la que empezar"
            )),
        );
    }
    let language = languages.main.unwrap_or_else(|| guess::language_of(&sources, &kinds).tag().to_owned());
    if !has_settings {
        findings.push(
            Finding::new(
                &NO_SETTINGS,
                Place::Run,
                words!(
                    "no `playbook.yaml`: every Markdown file becomes a page as it is",
                    "no hay `guia.yaml`: cada archivo Markdown se convierte en una página tal cual"
                ),
            )
            .help(words!(
                "add a `playbook.yaml` with `title: …` to have objectives, channels and people checked and linked",
                "añade un `guia.yaml` con `titulo: …` para que se comprueben y enlacen objetivos, canales y personas"
            )),
        );
    }
    Reported::new(Draft { playbook, sources, files, theme, has_settings, language }, findings)
}

fn refusal(refused: &Refused) -> Finding {
    let place = FilePath::new(&refused.path).map_or(Place::Run, Place::File);
    let name = &refused.path;
    let message = match &refused.reason {
        Refusal::Link => words!(
            "`{name}` is a link that leads out of the playbook or to nothing",
            "`{name}` es un enlace que sale de la guía o no lleva a ninguna parte"
        ),
        Refusal::LinkedFolder => {
            words!("`{name}` is a link to a folder", "`{name}` es un enlace a una carpeta")
        }
        Refusal::Special => words!("`{name}` is not a regular file", "`{name}` no es un archivo normal"),
        Refusal::Name => words!(
            "the name `{name}` cannot be used in an address",
            "el nombre `{name}` no sirve para una dirección"
        ),
        Refusal::TooLarge { size, limit } => words!(
            "`{name}` has {size} bytes, the limit is {limit}",
            "`{name}` tiene {size} bytes y el límite es {limit}"
        ),
        Refusal::TooMany { limit } => words!(
            "the folder holds more than {limit} files; the rest is not read",
            "la carpeta contiene más de {limit} archivos; el resto no se lee"
        ),
        Refusal::TooDeep { limit } => words!(
            "`{name}` lies in more than {limit} folders; what is in it is not read",
            "`{name}` está dentro de más de {limit} carpetas; lo que contiene no se lee"
        ),
        Refusal::System(reason) => {
            words!("`{name}` could not be read: {reason}", "no se pudo leer `{name}`: {reason}")
        }
    };
    let help = match &refused.reason {
        Refusal::Link | Refusal::LinkedFolder => words!(
            "put a copy of the file into the playbook's folder",
            "pon una copia del archivo en la carpeta de la guía"
        ),
        Refusal::Special => words!("remove it or leave it out", "quítalo o déjalo fuera"),
        Refusal::Name => words!("rename it", "cámbiale el nombre"),
        Refusal::TooLarge { .. } | Refusal::TooMany { .. } => words!(
            "split it, or name it under `ignore:` in the settings",
            "divídelo, o nómbralo en `ignorar:` en los ajustes"
        ),
        Refusal::TooDeep { .. } => words!(
            "move it further up, or name it under `ignore:` in the settings",
            "llévalo a una carpeta más arriba, o nómbralo en `ignorar:` en los ajustes"
        ),
        Refusal::System(_) => {
            words!("check that the file may be read", "comprueba que el archivo se puede leer")
        }
    };
    Finding::new(&REFUSED, place, message).help(help)
}

fn text_of(world: &dyn World, path: &FilePath, findings: &mut Vec<Finding>) -> Option<String> {
    match world.read(path) {
        Ok(bytes) => Some(decode(bytes, path, findings)),
        Err(error) => {
            findings.push(refusal(&Refused { path: path.to_string(), reason: error.reason }));
            None
        }
    }
}

fn load(
    world: &dyn World,
    path: &FilePath,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<SourceId> {
    let text = text_of(world, path, findings)?;
    Some(sources.add(path.clone(), text))
}

/// The kinds of a playbook alone: the built-in ones and those of `types/`.
pub fn kinds(world: &dyn World) -> Kinds {
    let files = Files::of(world);
    read_kinds(world, &files, &mut Sources::default(), &mut Vec::new())
}

fn read_kinds(world: &dyn World, files: &Files, sources: &mut Sources, findings: &mut Vec<Finding>) -> Kinds {
    let kinds = model::builtin(findings);
    let mut nodes = Vec::new();
    for path in files.iter().filter(|path| classify::is_kind_file(path)) {
        let Some(source) = load(world, path, sources, findings) else { continue };
        let Some(text) = sources.source(source).map(|source| source.text.as_str()) else { continue };
        nodes.extend(yaml::parse(text, source, 0, findings));
    }
    if nodes.is_empty() {
        return kinds;
    }
    let extensions: Vec<Extension<'_>> = nodes.iter().map(|node| Extension { node }).collect();
    model::extend(kinds, &extensions, findings)
}

/// `ignore:` of the settings: files and folders.
pub fn ignored_paths<P: model::Phase>(playbook: &Playbook<P>) -> Vec<FilePath> {
    let Some(item) = playbook.setting("ignore") else { return Vec::new() };
    let model::Value::List(items) = &item.value else { return Vec::new() };
    items
        .iter()
        .filter_map(|item| match &item.value {
            model::Value::Text(text) => FilePath::new(text.trim_end_matches('/')),
            _ => None,
        })
        .filter(|path| !path.as_str().is_empty())
        .collect()
}

/// Whether a path is this one, or lies in this folder.
pub fn is_below(path: &FilePath, prefix: &FilePath) -> bool {
    path.as_str().strip_prefix(prefix.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_welcome(entity: &Entity<Named>, kinds: &Kinds) -> bool {
    let article = kinds.kind(entity.kind).is_some_and(|kind| kind.name == "article");
    article && entity.id == "index"
}

/// Whether a file of this role can have a translation beside it.
fn is_translated(role: Role) -> bool {
    match role {
        Role::Settings | Role::Article | Role::Entity(_) | Role::List(_) | Role::KindFolder(_) => true,
        Role::Kinds | Role::Theme | Role::Data | Role::Asset | Role::Unused => false,
    }
}

/// What seems to be a translation is a page of its own as long as its language is not listed: nobody sees it who may not see what it translates.
fn as_hidden_as_their_sources(languages: &Languages, files: &Files, playbook: &mut Playbook<Named>) {
    let mut seen_by: BTreeMap<FilePath, Readerships> = BTreeMap::new();
    for entity in playbook.welcome.iter().chain(&playbook.entities) {
        let known = seen_by.entry(entity.file.clone()).or_insert(entity.seen_by);
        *known = known.and(entity.seen_by);
    }
    for entity in playbook.welcome.iter_mut().chain(&mut playbook.entities) {
        if let Some(source) = languages.unlisted(&entity.file, files) {
            let of_source = seen_by.get(&source).copied();
            // Of a source that tells nothing, nobody knows for whom it is.
            entity.seen_by = entity.seen_by.and(of_source.unwrap_or(Readerships::of([Readership::Staff])));
        }
    }
}
