//! Floor 5: names → entities. Ids are made unique, links of fields and of prose find their ends, what leads nowhere is told.

pub mod alias;

use std::collections::btree_map::Entry as MapEntry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::finding::{Code, Finding, Level, Reported, Words};
use crate::model::{
    Destination, Edge, Entity, EntityId, Field, FieldType, Item, Kind, KindId, Kinds, Named, Passage,
    Playbook, Record, Relation, Resolved, Value, Version,
};
use crate::read::{Files, Role, is_markdown, role};
use crate::syntax::{Filling, Target};
use crate::text::{FilePath, Place, Span, fold, nearest, slug};
use crate::words;
use alias::Alias;

static UNKNOWN_REFERENCE: Code =
    Code { id: "P201", name: "unknown_reference", level: Level::Error, since: "0.1.0" };
static DUPLICATE_ID: Code = Code { id: "P202", name: "duplicate_id", level: Level::Error, since: "0.1.0" };
static SAME_PAGE: Code =
    Code { id: "P203", name: "two_sources_for_one_page", level: Level::Warning, since: "0.1.0" };
static WRONG_KIND: Code =
    Code { id: "P204", name: "reference_to_wrong_kind", level: Level::Error, since: "0.1.0" };
static AMBIGUOUS_NAME: Code =
    Code { id: "P205", name: "ambiguous_reference", level: Level::Warning, since: "0.1.0" };
static BROKEN_LINK: Code = Code { id: "P210", name: "broken_link", level: Level::Error, since: "0.1.0" };
static MISSING_ANCHOR: Code =
    Code { id: "P211", name: "missing_anchor", level: Level::Warning, since: "0.1.0" };
static MISSING_PICTURE: Code =
    Code { id: "P212", name: "missing_picture", level: Level::Error, since: "0.1.0" };
static UNDESCRIBED_PICTURE: Code =
    Code { id: "P805", name: "picture_without_description", level: Level::Warning, since: "0.1.0" };
static MISSING_FILE: Code = Code { id: "P213", name: "missing_file", level: Level::Error, since: "0.1.0" };
static UNSAFE_FILE: Code =
    Code { id: "P214", name: "file_not_published", level: Level::Warning, since: "0.1.0" };
/// `![[name]]` of something that is neither a picture nor a part of the playbook.
static UNKNOWN_SUMMARY: Code =
    Code { id: "P216", name: "unknown_summary", level: Level::Error, since: "0.1.0" };
/// `![[name]]` in the middle of a sentence.
static SUMMARY_IN_SENTENCE: Code =
    Code { id: "P217", name: "summary_in_sentence", level: Level::Note, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[
    &UNKNOWN_REFERENCE,
    &DUPLICATE_ID,
    &SAME_PAGE,
    &WRONG_KIND,
    &AMBIGUOUS_NAME,
    &alias::ALIAS_CLASH,
    &alias::FORMER_NAME,
    &alias::UNFIT_ALIAS,
    &BROKEN_LINK,
    &MISSING_ANCHOR,
    &MISSING_PICTURE,
    &UNDESCRIBED_PICTURE,
    &MISSING_FILE,
    &UNSAFE_FILE,
    &UNKNOWN_SUMMARY,
    &SUMMARY_IN_SENTENCE,
];

/// Extensions of files that a link may publish: a browser shows or saves them and runs nothing.
const PUBLISHED: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "heic", "svg", "ico", "bmp", "tif", "tiff", "pdf", "doc",
    "docx", "odt", "rtf", "pages", "txt", "csv", "tsv", "xls", "xlsx", "ods", "numbers", "ppt", "pptx",
    "odp", "key", "odg", "epub", "zip", "ics", "vcf", "json", "geojson", "mp3", "ogg", "oga", "opus", "wav",
    "m4a", "flac", "mp4", "m4v", "webm", "ogv", "mov", "vtt", "srt", "woff", "woff2", "ttf", "otf", "ai",
    "eps", "psd", "indd", "xcf", "afdesign", "fig", "sketch", "ase",
];
/// Extensions of files that a browser, a server or a computer would run.
const ACTIVE: &[&str] = &[
    "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "js", "mjs", "svgz", "xml", "xsl", "swf", "php",
    "exe", "msi", "bat", "cmd", "com", "ps1", "vbs", "sh", "jar", "wasm", "css",
];

/// Resolves every name of a playbook.
pub fn resolve(mut playbook: Playbook<Named>, files: &Files) -> Reported<Playbook<Resolved>> {
    let mut findings = unique_ids(&mut playbook);
    findings.extend(alias::check(&playbook));
    let kinds = playbook.kinds.clone();
    let names = Names::of(&playbook, files);
    let resolved: Vec<_> = playbook
        .entities
        .par_iter()
        .map(|entity| {
            let mut resolver = Resolver::new(&names, entity);
            let resolved = resolver.entity(entity);
            (resolved, resolver.findings, resolver.unsettled)
        })
        .collect();
    let mut entities = Vec::with_capacity(resolved.len());
    let mut unsettled = BTreeSet::new();
    for (index, (entity, found, fields)) in resolved.into_iter().enumerate() {
        entities.push(entity);
        findings.extend(found);
        unsettled.extend(fields.into_iter().map(|field| (EntityId(index as u32), field)));
    }
    let welcome = playbook.welcome.as_ref().map(|welcome| {
        let mut resolver = Resolver::new(&names, welcome);
        let resolved = resolver.entity(welcome);
        findings.append(&mut resolver.findings);
        resolved
    });
    let mut resolver = Resolver::for_settings(&names);
    let settings = resolver.record(&kinds.settings, &playbook.settings);
    findings.append(&mut resolver.findings);
    let versions = playbook.versions.iter().map(|version| self::version(&names, version).into(&mut findings));
    let versions = versions.collect();
    let settings_span = playbook.settings_span;
    let translated = playbook.translated.clone();
    let broken = playbook.broken.clone();
    Reported::new(
        Playbook {
            kinds,
            settings,
            settings_span,
            entities,
            welcome,
            versions,
            translated,
            unsettled,
            broken,
        },
        findings,
    )
}

/// Resolves what is translated into one language. Of what stands in the source everything was told there.
fn version(names: &Names<'_>, version: &Version<Named>) -> Reported<Version<Resolved>> {
    let resolve = |entity: &Entity<Named>, own: Option<EntityId>| {
        let source = match own {
            Some(id) => names.playbook.entity(id),
            None => names.playbook.welcome.as_ref(),
        };
        let mut resolver = Resolver { version: Some(version), source, ..Resolver::new(names, entity) };
        let mut resolved = resolver.entity(entity);
        if let Some(source) = source {
            // Ids became unique after the translations were read.
            resolved.id.clone_from(&source.id);
        }
        (resolved, resolver.findings)
    };
    let entities: Vec<_> =
        version.entities.par_iter().map(|(id, entity)| (*id, resolve(entity, Some(*id)))).collect();
    let mut findings = Vec::new();
    let mut translated = BTreeMap::new();
    for (id, (entity, found)) in entities {
        translated.insert(id, entity);
        findings.extend(found);
    }
    let welcome = version.welcome.as_ref().map(|welcome| {
        let (welcome, found) = resolve(welcome, None);
        findings.extend(found);
        welcome
    });
    let settings = version.settings.as_ref().map(|settings| {
        let mut resolver = Resolver { version: Some(version), ..Resolver::for_settings(names) };
        let settings = resolver.record(&names.kinds.settings, settings);
        findings.append(&mut resolver.findings);
        settings
    });
    let is_translated = |place: &Place| matches!(place, Place::Span(span) if version.translated.sources.contains(&span.source));
    findings.retain(|finding| is_translated(&finding.place));
    let version = Version {
        translated: version.translated.clone(),
        entities: translated,
        welcome,
        settings,
        states: version.states.clone(),
    };
    Reported::new(version, findings)
}

/// Gives every entity an id that is its own within its kind; a second one with the same id is told and gets a number.
fn unique_ids(playbook: &mut Playbook<Named>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut taken: BTreeMap<(KindId, String), (Span, FilePath)> = BTreeMap::new();
    let mut numbers: BTreeMap<(KindId, String), usize> = BTreeMap::new();
    let article = playbook.kinds.named("article").map(|kind| kind.id);
    for entity in &mut playbook.entities {
        let key = (entity.kind, entity.id.clone());
        let (first, first_file) = match taken.entry(key) {
            MapEntry::Vacant(vacant) => {
                vacant.insert((entity.span, entity.file.clone()));
                continue;
            }
            MapEntry::Occupied(occupied) => occupied.get().clone(),
        };
        let id = entity.id.clone();
        let finding = if Some(entity.kind) == article {
            Finding::new(
                &SAME_PAGE,
                entity.span,
                words!(
                    "this file and `{first_file}` want the same page",
                    "este archivo y `{first_file}` quieren la misma página"
                ),
            )
            .help(words!(
                "rename one of them; until then this page has a number at the end of its address",
                "cambia el nombre de uno; mientras tanto la dirección de esta página lleva un número al final"
            ))
        } else {
            Finding::new(
                &DUPLICATE_ID,
                entity.span,
                words!("the id `{id}` is already taken", "el id `{id}` ya está usado"),
            )
            .also(first, words!("first used here", "usado primero aquí"))
            .why(words!(
                "a reference to `{id}` could mean either of the two",
                "una referencia a `{id}` podría significar cualquiera de los dos"
            ))
            .help(words!(
                "rename the file, or give one of them another `id:`",
                "cambia el nombre del archivo o da a uno de ellos otro `id:`"
            ))
        };
        findings.push(finding);
        let next = numbers.entry((entity.kind, id.clone())).or_insert(2);
        let mut number = *next;
        while taken.contains_key(&(entity.kind, format!("{id}-{number}"))) {
            number += 1;
        }
        *next = number + 1;
        entity.id = format!("{id}-{number}");
        taken.insert((entity.kind, entity.id.clone()), (entity.span, entity.file.clone()));
    }
    findings
}

/// How many entities of one name are kept apart.
const MOST_MEANINGS: usize = 8;

/// Every way to name an entity.
struct Names<'a> {
    playbook: &'a Playbook<Named>,
    kinds: Arc<Kinds>,
    files: &'a Files,
    /// Id, alias or slugged title within a kind; ids win over aliases, aliases over titles.
    by_kind: Vec<BTreeMap<String, EntityId>>,
    /// The same over all kinds.
    anywhere: BTreeMap<String, Vec<EntityId>>,
    /// Files that hold one entity.
    by_file: BTreeMap<&'a FilePath, EntityId>,
    /// The same by the slug of the name alone, with the slug of the whole path.
    by_stem: BTreeMap<String, Vec<(String, EntityId)>>,
    /// Files that hold a list of entities.
    lists: BTreeMap<&'a FilePath, KindId>,
    /// Translations, with the files that they translate.
    twins: BTreeMap<&'a FilePath, &'a FilePath>,
    /// Former files without ending, and former addresses.
    by_former_path: BTreeMap<String, EntityId>,
}

impl<'a> Names<'a> {
    fn of(playbook: &'a Playbook<Named>, files: &'a Files) -> Self {
        let kinds = playbook.kinds.clone();
        let mut names = Self {
            playbook,
            files,
            by_kind: vec![BTreeMap::new(); kinds.iter().count()],
            anywhere: BTreeMap::new(),
            by_file: BTreeMap::new(),
            by_stem: BTreeMap::new(),
            lists: BTreeMap::new(),
            twins: BTreeMap::new(),
            by_former_path: BTreeMap::new(),
            kinds,
        };
        for (id, entity) in playbook.iter() {
            if entity.alone {
                names.by_file.insert(&entity.file, id);
                let path = slug_stem(entity.file.as_str());
                let name = path.rsplit('/').next().unwrap_or_default().to_owned();
                names.by_stem.entry(name).or_default().push((path, id));
            } else {
                names.lists.insert(&entity.file, entity.kind);
            }
            names.add(id, entity.kind, &entity.id, true);
        }
        for (id, entity) in playbook.iter() {
            for (written, _) in alias::aliases(&playbook.kinds, entity) {
                match Alias::read(written) {
                    Ok(Alias::Name(name)) => names.add(id, entity.kind, &name, true),
                    Ok(Alias::File(file)) => {
                        names.by_former_path.entry(file.as_str().to_owned()).or_insert(id);
                    }
                    Ok(Alias::Address(address)) => {
                        names.by_former_path.entry(address).or_insert(id);
                    }
                    Err(_) => {}
                }
            }
        }
        for (id, entity) in playbook.iter() {
            let slugged = slug(&entity.title);
            if slugged != entity.id {
                names.add(id, entity.kind, &slugged, false);
            }
        }
        for version in &playbook.versions {
            for (id, entity) in &version.entities {
                names.add(*id, entity.kind, &slug(&entity.title), false);
            }
            let files = version.states.iter().filter_map(|state| Some((state.file.as_ref()?, &state.source)));
            names.twins.extend(files);
        }
        names
    }

    fn add(&mut self, id: EntityId, kind: KindId, name: &str, sure: bool) {
        if name.is_empty() {
            return;
        }
        if let Some(map) = self.by_kind.get_mut(usize::from(kind.0)) {
            map.entry(name.to_owned()).or_insert(id);
        }
        let all = self.anywhere.entry(name.to_owned()).or_default();
        // Two are enough to say that a name is ambiguous.
        if (sure || all.is_empty()) && all.len() < MOST_MEANINGS && !all.contains(&id) {
            all.push(id);
        }
    }

    /// What stood at a path before.
    fn former(&self, path: &FilePath) -> Option<EntityId> {
        let text = path.as_str();
        let stem = text.rsplit_once('.').map_or(text, |(stem, _)| stem);
        let found = self.by_former_path.get(text).or_else(|| self.by_former_path.get(stem));
        found.or_else(|| self.by_former_path.get(&format!("{text}/index.html"))).copied()
    }

    fn of_kind(&self, kind: KindId, name: &str) -> Option<EntityId> {
        let map = self.by_kind.get(usize::from(kind.0))?;
        map.get(name).or_else(|| map.get(&slug_path(name))).copied()
    }

    fn label(&self, kind: KindId) -> Words {
        let lower = |words: &Words| Words { en: words.en.to_lowercase(), es: words.es.to_lowercase() };
        self.kinds.kind(kind).map(|kind| lower(&kind.label)).unwrap_or_default()
    }
}

/// Slugs each part of a path: `Guía/Mi página` → `guia/mi-pagina`.
fn slug_path(name: &str) -> String {
    name.split('/').map(slug).collect::<Vec<_>>().join("/")
}

/// The slugged path of a file of text without its ending.
fn slug_stem(path: &str) -> String {
    let stem =
        [".md", ".markdown", ".mdx", ".yaml", ".yml"].iter().find_map(|ending| path.strip_suffix(ending));
    slug_path(stem.unwrap_or(path))
}

struct Resolver<'n> {
    names: &'n Names<'n>,
    folder: FilePath,
    /// The entity that is being resolved, for links to its own headings.
    own: Option<&'n Entity<Named>>,
    /// The language whose texts are being resolved, when it is not the main one.
    version: Option<&'n Version<Named>>,
    /// What `own` is the translation of.
    source: Option<&'n Entity<Named>>,
    findings: Vec<Finding>,
    /// Its fields of which something was told.
    unsettled: Vec<u16>,
}

impl<'n> Resolver<'n> {
    fn new(names: &'n Names<'n>, entity: &'n Entity<Named>) -> Self {
        let (folder, own) = (entity.file.parent(), Some(entity));
        Self { folder, own, ..Self::for_settings(names) }
    }

    fn for_settings(names: &'n Names<'n>) -> Self {
        Self {
            names,
            folder: FilePath::default(),
            own: None,
            version: None,
            source: None,
            findings: Vec::new(),
            unsettled: Vec::new(),
        }
    }

    fn tell(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn entity(&mut self, entity: &Entity<Named>) -> Entity<Resolved> {
        let fields = self.names.kinds.clone();
        let fields = fields.kind(entity.kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        Entity {
            kind: entity.kind,
            id: entity.id.clone(),
            title: entity.title.clone(),
            file: entity.file.clone(),
            source: entity.source,
            span: entity.span,
            alone: entity.alone,
            record: self.whole_record(fields, &entity.record),
            prose: entity.prose.as_ref().map(|passage| self.passage(passage)),
            prose_source: entity.prose_source,
            source_title: entity.source_title.clone(),
            seen_by: entity.seen_by,
        }
    }

    /// The record of an entity; keeps of which fields something was told.
    fn whole_record(&mut self, fields: &[Field], record: &Record<Named>) -> Record<Resolved> {
        let mut resolved = Record { fields: Vec::with_capacity(record.fields.len()) };
        for (index, item) in &record.fields {
            let Some(field) = fields.get(usize::from(*index)) else { continue };
            let told = self.findings.len();
            let item = self.item(&field.shape, item);
            if self.findings.len() > told {
                self.unsettled.push(*index);
            }
            resolved.fields.extend(item.map(|item| (*index, item)));
        }
        resolved
    }

    fn record(&mut self, fields: &[Field], record: &Record<Named>) -> Record<Resolved> {
        let mut resolved = Record { fields: Vec::with_capacity(record.fields.len()) };
        for (index, item) in &record.fields {
            let Some(field) = fields.get(usize::from(*index)) else { continue };
            if let Some(item) = self.item(&field.shape, item) {
                resolved.fields.push((*index, item));
            }
        }
        resolved
    }

    fn item(&mut self, shape: &FieldType, item: &Item<Named>) -> Option<Item<Resolved>> {
        let value = match (&item.value, shape) {
            (Value::Link(edge), FieldType::Link(relation)) => Value::Link(self.edge(relation, edge)?),
            (Value::Links(edges), FieldType::Links(relation)) => {
                Value::Links(edges.iter().filter_map(|edge| self.edge(relation, edge)).collect())
            }
            (Value::Record(record), FieldType::Record(fields)) => Value::Record(self.record(fields, record)),
            (Value::List(items), FieldType::List(shape)) => {
                Value::List(items.iter().filter_map(|item| self.item(shape, item)).collect())
            }
            (Value::Markdown(passage), _) => Value::Markdown(self.passage(passage)),
            (Value::File(path), _) => Value::File(self.file(path, item.span)?),
            (value, _) => plain(value)?,
        };
        Some(Item { value, span: item.span })
    }

    fn edge(&mut self, relation: &Relation, edge: &Edge<Named>) -> Option<Edge<Resolved>> {
        let told = self.findings.len();
        let target = self.reference(&relation.to, &edge.target, edge.span);
        if self.version.is_some() {
            // It is the source's, and was told there.
            self.findings.truncate(told);
        }
        let target = target?;
        Some(Edge { target, note: edge.note.clone(), span: edge.span })
    }

    /// An id, perhaps with its kind in front (`audience:families`), of one of these kinds (none: of any).
    fn reference(&mut self, to: &[KindId], written: &str, span: Span) -> Option<EntityId> {
        let names = self.names;
        let (named_kind, name) = split_kind(&names.kinds, written);
        let slugged = slug_path(name);
        let found = match named_kind {
            Some(kind) => names.of_kind(kind.id, &slugged),
            None if to.is_empty() => names.anywhere.get(&slugged).and_then(|all| all.first()).copied(),
            None => to.iter().find_map(|kind| names.of_kind(*kind, &slugged)),
        };
        if let Some(found) = found {
            self.note_former(found, name, &slugged, span);
            let kind = names.playbook.entity(found).map(|entity| entity.kind);
            if to.is_empty() || kind.is_some_and(|kind| to.contains(&kind)) {
                return Some(found);
            }
        }
        let wanted = self.wanted(to);
        if let Some(other) =
            found.or_else(|| names.anywhere.get(&slugged).and_then(|all| all.first()).copied())
            && let Some(entity) = names.playbook.entity(other)
        {
            let Words { en, es } = names.label(entity.kind);
            let (wanted_en, wanted_es) = (&wanted.en, &wanted.es);
            self.tell(
                Finding::new(
                    &WRONG_KIND,
                    span,
                    words!(
                        "`{written}` is of the kind {en}, here stands the kind {wanted_en}",
                        "`{written}` es de tipo {es}; aquí va el tipo {wanted_es}"
                    ),
                )
                .also(entity.span, words!("`{written}` is defined here", "`{written}` se define aquí"))
                .help(words!(
                    "name something of the kind {wanted_en} here, or move `{written}` to the field for the kind {en}",
                    "nombra aquí algo de tipo {wanted_es}, o lleva `{written}` al campo que recoge el tipo {es}"
                )),
            );
            return None;
        }
        // It may stand in the lines that could not be read: told once for all that miss them.
        if let Some(file) = to.iter().find_map(|kind| names.playbook.broken.get(kind)) {
            let (wanted_en, wanted_es) = (&wanted.en, &wanted.es);
            self.tell(
                Finding::new(
                    &UNKNOWN_REFERENCE,
                    span,
                    words!(
                        "there is no {wanted_en} `{written}`",
                        "no hay ningún elemento `{written}` de tipo {wanted_es}"
                    ),
                )
                .why(words!("`{file}` could not be read to its end", "`{file}` no se ha podido leer entero"))
                .help(words!("mend `{file}` first", "corrige antes `{file}`"))
                .group(format!("broken:{file}")),
            );
            return None;
        }
        let candidates = to.iter().filter_map(|kind| names.by_kind.get(usize::from(kind.0)));
        let known: Vec<&str> = candidates.flat_map(|map| map.keys().map(String::as_str)).collect();
        let near = if to.is_empty() {
            nearest(&slugged, names.anywhere.keys().map(String::as_str))
        } else {
            nearest(&slugged, known.iter().copied())
        };
        let (wanted_en, wanted_es) = (&wanted.en, &wanted.es);
        let mut finding = Finding::new(
            &UNKNOWN_REFERENCE,
            span,
            words!(
                "there is no {wanted_en} `{written}`",
                "no hay ningún elemento `{written}` de tipo {wanted_es}"
            ),
        )
        .why(words!(
            "a reference is the id of something that exists: its file name or key",
            "una referencia es el id de algo que existe: el nombre de su archivo o su clave"
        ))
        .suggest(near);
        if near.is_none() {
            let ids: Vec<String> = to
                .iter()
                .flat_map(|kind| {
                    let entities = names.playbook.entities.iter();
                    entities.filter(|entity| entity.kind == *kind).map(|entity| format!("`{}`", entity.id))
                })
                .take(12)
                .collect();
            let ids = ids.join(", ");
            finding = finding.help(if ids.is_empty() {
                words!(
                    "there is none yet: write its file first",
                    "aún no hay ninguno: escribe primero su archivo"
                )
            } else {
                words!("known are {ids}", "los que hay son {ids}")
            });
        }
        self.tell(finding);
        None
    }

    /// A reference in the form of an id that is the id of something no more. Other names (`Insta`) are told by nobody: that is what they are for.
    fn note_former(&mut self, found: EntityId, written: &str, slugged: &str, span: Span) {
        let Some(entity) = self.names.playbook.entity(found) else { return };
        if written == slugged && entity.id != slugged && slug(&entity.title) != slugged {
            self.tell(alias::former(written, &entity.id, span).replace(&entity.id));
        }
    }

    fn wanted(&self, to: &[KindId]) -> Words {
        if to.is_empty() || to.len() > 3 {
            return words!("entity", "elemento");
        }
        let labels: Vec<Words> = to.iter().map(|kind| self.names.label(*kind)).collect();
        let join = |text: fn(&Words) -> &str, or: &str| labels.iter().map(text).collect::<Vec<_>>().join(or);
        Words { en: join(|words| &words.en, " or "), es: join(|words| &words.es, " o ") }
    }

    fn passage(&mut self, passage: &Passage<Named>) -> Passage<Resolved> {
        let ends = passage.prose.holes.iter().map(|hole| match &hole.filling {
            Filling::LinkStart(target) => self.link(target),
            Filling::LinkText(target) => self.quietly(|resolver| resolver.link(target)),
            Filling::Picture { target, alt, alone, decorative, .. } => {
                let end = self.picture(target, *alone);
                if alt.is_empty() && !decorative && matches!(end, Destination::File(_)) {
                    self.tell(undescribed(target));
                }
                end
            }
            _ => Destination::None,
        });
        let ends = ends.collect();
        Passage { prose: passage.prose.clone(), ends }
    }

    /// The same target is asked for twice where a wiki link has no text of its own; it is told once.
    fn quietly<T>(&mut self, ask: impl FnOnce(&mut Self) -> T) -> T {
        let told = self.findings.len();
        let answer = ask(self);
        self.findings.truncate(told);
        answer
    }

    fn link(&mut self, target: &Target) -> Destination {
        if target.name.is_empty() {
            return self.own_anchor(target);
        }
        if target.wiki {
            return self.wiki(target);
        }
        let name = target.name.split('?').next().unwrap_or_default();
        let relative = name.strip_prefix('/').map_or_else(
            || self.folder.join(name),
            // A leading slash means the root of the site in most generators.
            |rooted| FilePath::default().join(rooted),
        );
        let Some(path) = relative else { return self.broken(target, None) };
        if path.as_str().is_empty() {
            return Destination::Home;
        }
        match self.page(&path) {
            Some(Destination::Entity(id, _)) => Destination::Entity(id, self.anchor_of(id, target)),
            Some(found) => found,
            None if self.names.files.contains(&path) => self.publishable(path, target.span),
            None => {
                if let Some(id) = self.names.former(&path) {
                    let now = self.names.playbook.entity(id).map(|entity| entity.file.as_str().to_owned());
                    self.tell(alias::former(name, &now.unwrap_or_default(), target.span));
                    return Destination::Entity(id, self.anchor_of(id, target));
                }
                let near = self.nearest_file(&path);
                self.broken(target, near)
            }
        }
    }

    /// The page that a path of the source leads to, in the ways in which other generators write it too.
    fn page(&self, path: &FilePath) -> Option<Destination> {
        let names = self.names;
        let path = names.twins.get(path).copied().unwrap_or(path);
        if let Some(id) = names.by_file.get(path) {
            return Some(Destination::Entity(*id, String::new()));
        }
        let is_welcome =
            |path: &FilePath| names.playbook.welcome.as_ref().is_some_and(|welcome| welcome.file == *path);
        let stem = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
        let mut tried = vec![path.as_str().to_owned()];
        for extension in ["md", "markdown", "mdx", "yaml", "yml"] {
            tried.push(format!("{stem}.{extension}"));
        }
        for page in ["README.md", "index.md", "_index.md", "readme.md", "LEEME.md"] {
            tried.push(format!("{}/{page}", path.as_str()));
            tried.push(format!("{}/{page}", stem.strip_suffix("/index").unwrap_or(stem)));
        }
        for text in tried {
            let Some(candidate) = FilePath::new(&text) else { continue };
            if is_welcome(&candidate) {
                return Some(Destination::Home);
            }
            if let Some(id) = names.by_file.get(&candidate) {
                return Some(Destination::Entity(*id, String::new()));
            }
            if let Some(kind) = names.lists.get(&candidate) {
                return Some(Destination::Kind(*kind));
            }
        }
        // The folder of a kind stands for its index page.
        let below = format!("{}/", path.as_str());
        let kind = names.kinds.of_folder(crate::read::without_number(path.name()))?;
        let inside = names
            .playbook
            .entities
            .iter()
            .any(|entity| entity.kind == kind.id && entity.file.as_str().starts_with(&below));
        inside.then_some(Destination::Kind(kind.id))
    }

    fn wiki(&mut self, target: &Target) -> Destination {
        let (kind, name) = split_kind(&self.names.kinds, &target.name);
        let slugged = slug_path(name);
        let found: Vec<EntityId> = match kind {
            Some(kind) => self.names.of_kind(kind.id, &slugged).into_iter().collect(),
            None => self.names.anywhere.get(&slugged).cloned().unwrap_or_default(),
        };
        let found = self.meant(found);
        match found.as_slice() {
            [one] => Destination::Entity(*one, self.anchor_of(*one, target)),
            [first, second, ..] => {
                let (first, second) = (*first, *second);
                let name = &target.name;
                let kind_of = |id: EntityId| {
                    let entity = self.names.playbook.entity(id);
                    entity.and_then(|entity| self.names.kinds.kind(entity.kind))
                };
                let word = |id: EntityId| match kind_of(id) {
                    Some(kind) => (kind.name.as_str(), kind.es.as_str()),
                    None => ("", ""),
                };
                let ((one_en, one_es), (two_en, two_es)) = (word(first), word(second));
                let finding = Finding::new(
                    &AMBIGUOUS_NAME,
                    target.span,
                    words!(
                        "`{name}` is the id of more than one thing: {one_en} and {two_en}",
                        "`{name}` es el id de más de una cosa: {one_es} y {two_es}"
                    ),
                )
                .help(words!(
                    "write `[[{one_en}:{name}]]` or `[[{two_en}:{name}]]`",
                    "escribe `[[{one_es}:{name}]]` o `[[{two_es}:{name}]]`"
                ));
                self.tell(finding);
                Destination::Entity(first, self.anchor_of(first, target))
            }
            [] => {
                if let Some(path) = self.folder.join(&target.name).or_else(|| FilePath::new(&target.name)) {
                    let rooted = FilePath::new(&target.name);
                    for path in std::iter::once(path).chain(rooted) {
                        match self.page(&path) {
                            Some(Destination::Entity(id, _)) => {
                                return Destination::Entity(id, self.anchor_of(id, target));
                            }
                            Some(found) => return found,
                            None => {}
                        }
                    }
                    if let Some(found) = self.ending(&target.name) {
                        return Destination::Entity(found, self.anchor_of(found, target));
                    }
                }
                let near =
                    nearest(&slugged, self.names.anywhere.keys().map(String::as_str)).map(str::to_owned);
                self.broken(target, near)
            }
        }
    }

    /// The one file whose path ends so, as Obsidian finds it from any folder: `sub dir/Page3` for `notes/sub dir/Page3.md`.
    fn ending(&self, written: &str) -> Option<EntityId> {
        let wanted = slug_stem(written.trim_matches('/'));
        let same = self.names.by_stem.get(wanted.rsplit('/').next()?)?;
        let ends = |path: &str| {
            path.strip_suffix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        let mut found = same.iter().filter(|(path, _)| ends(path)).map(|(_, id)| *id);
        found.next().filter(|_| found.next().is_none())
    }

    /// Of several that bear a name: what has a kind before articles, and what the others belong to before them (a channel before its account of the same name).
    fn meant(&self, found: Vec<EntityId>) -> Vec<EntityId> {
        if found.len() < 2 {
            return found;
        }
        let names = self.names;
        let article = names.kinds.named("article").map(|kind| kind.id);
        let entity = |id: &EntityId| names.playbook.entity(*id);
        let is_article = |id: &&EntityId| entity(id).is_some_and(|entity| Some(entity.kind) == article);
        let mut of_kinds: Vec<EntityId> = found.iter().filter(|id| !is_article(id)).copied().collect();
        if of_kinds.is_empty() {
            of_kinds = found;
        }
        let belongs = |other: &Entity<Named>, one: &Entity<Named>| {
            let fields = names.kinds.kind(other.kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
            other.record.fields.iter().any(|(index, item)| {
                match (fields.get(usize::from(*index)).map(|field| &field.shape), &item.value) {
                    (Some(FieldType::Link(relation)), Value::Link(edge)) => {
                        let name = slug_path(split_kind(&names.kinds, &edge.target).1);
                        relation.to.contains(&one.kind) && name == one.id
                    }
                    _ => false,
                }
            })
        };
        let owner = of_kinds.iter().find(|one| {
            of_kinds
                .iter()
                .filter(|other| other != one)
                .all(|other| entity(other).zip(entity(one)).is_some_and(|(other, one)| belongs(other, one)))
        });
        match owner {
            Some(one) => vec![*one],
            None => of_kinds,
        }
    }

    fn own_anchor(&mut self, target: &Target) -> Destination {
        let Some(own) = self.own else { return Destination::Nowhere };
        let found = anchor_in(&self.names.kinds, own, &target.fragment);
        let of_source = || anchor_in(&self.names.kinds, self.source?, &target.fragment);
        match found.or_else(of_source) {
            Some(anchor) => Destination::Anchor(anchor),
            None => {
                self.missing_anchor(own, target);
                Destination::Nowhere
            }
        }
    }

    /// The anchor of a link to an entity; empty (the top of the page) when there is none or it does not exist.
    fn anchor_of(&mut self, id: EntityId, target: &Target) -> String {
        if target.fragment.is_empty() {
            return String::new();
        }
        let Some(entity) = self.names.playbook.entity(id) else { return String::new() };
        let translated = self.version.and_then(|version| version.entities.get(&id));
        let found = translated.and_then(|entity| anchor_in(&self.names.kinds, entity, &target.fragment));
        if let Some(anchor) = found {
            return anchor;
        }
        anchor_in(&self.names.kinds, entity, &target.fragment).unwrap_or_else(|| {
            self.missing_anchor(entity, target);
            String::new()
        })
    }

    fn missing_anchor(&mut self, entity: &Entity<Named>, target: &Target) {
        let (title, fragment) = (&entity.title, &target.fragment);
        let headings: Vec<&str> = headings(entity).collect();
        let near = nearest(&slug(fragment), headings.iter().copied());
        let list =
            headings.iter().take(8).map(|heading| format!("`#{heading}`")).collect::<Vec<_>>().join(", ");
        let mut finding = Finding::new(
            &MISSING_ANCHOR,
            target.span,
            words!(
                "“{title}” has no heading `#{fragment}`",
                "«{title}» no tiene el encabezado `#{fragment}`"
            ),
        )
        .group(format!("{title}#{fragment}"));
        finding = match near {
            Some(near) => finding.help(words!("did you mean `#{near}`?", "¿querías decir `#{near}`?")),
            None if list.is_empty() => finding,
            None => finding.help(words!("its headings are {list}", "sus encabezados son {list}")),
        };
        self.tell(finding);
    }

    fn broken(&mut self, target: &Target, near: Option<String>) -> Destination {
        let name = &target.name;
        let mut finding = Finding::new(
            &BROKEN_LINK,
            target.span,
            words!("the link leads nowhere: `{name}`", "el enlace no lleva a ninguna parte: `{name}`"),
        )
        .why(words!(
            "a reader would land on an error page; the text stays without a link",
            "quien lee llegaría a una página de error; el texto queda sin enlace"
        ))
        .group(name.clone());
        finding = match near {
            Some(near) => finding.help(words!("did you mean `{near}`?", "¿querías decir `{near}`?")),
            None => finding.help(words!(
                "write the path of a file of the playbook, seen from this file",
                "escribe la ruta de un archivo de la guía, vista desde este archivo"
            )),
        };
        self.tell(finding);
        Destination::Nowhere
    }

    fn picture(&mut self, target: &Target, alone: bool) -> Destination {
        let name = &target.name;
        let path = name.strip_prefix('/').map_or_else(|| self.folder.join(name), FilePath::new);
        if let Some(path) = &path
            && self.names.files.contains(path)
        {
            return self.publishable(path.clone(), target.span);
        }
        // A wiki picture names a file anywhere (`![[foto.png]]`), with as many of its folders as are needed.
        let ends = |path: &FilePath| {
            path.as_str()
                .strip_suffix(name.as_str())
                .is_some_and(|rest| rest.ends_with('/') || rest.is_empty())
        };
        if target.wiki
            && !name.is_empty()
            && let Some(path) = self.names.files.iter().find(|path| ends(path))
        {
            return self.publishable(path.clone(), target.span);
        }
        let is_file =
            path.as_ref().is_some_and(|path| path.has_extension(PUBLISHED) || path.has_extension(ACTIVE));
        if target.wiki && !is_file {
            return self.summary(target, alone);
        }
        let near = path.and_then(|path| self.nearest_file(&path));
        let mut finding = Finding::new(
            &MISSING_PICTURE,
            target.span,
            words!("there is no picture `{name}`", "no existe la imagen `{name}`"),
        );
        if let Some(near) = near {
            finding = finding.help(words!("did you mean `{near}`?", "¿querías decir `{near}`?"));
        } else {
            finding = finding.help(words!(
                "put the picture into the playbook's folder and write its path, seen from this file",
                "pon la imagen en la carpeta de la guía y escribe su ruta, vista desde este archivo"
            ));
        }
        self.tell(finding);
        Destination::Nowhere
    }

    /// `![[instagram]]`: the summary of a part of the playbook, in a paragraph of its own.
    fn summary(&mut self, target: &Target, alone: bool) -> Destination {
        let (name, fragment) = target.name.split_once('#').unwrap_or((&target.name, ""));
        let meant =
            Target { name: name.trim().to_owned(), fragment: fragment.trim().to_owned(), ..target.clone() };
        let told = self.findings.len();
        let found = self.wiki(&meant);
        if !matches!(found, Destination::Entity(..)) {
            self.findings.truncate(told);
            let near = nearest(
                &slug_path(split_kind(&self.names.kinds, name).1),
                self.names.anywhere.keys().map(String::as_str),
            )
            .map(str::to_owned);
            let name = &meant.name;
            let finding = Finding::new(
                &UNKNOWN_SUMMARY,
                target.span,
                words!(
                    "there is no picture and no part of the playbook called `{name}`",
                    "ninguna imagen ni parte de la guía se llama `{name}`"
                ),
            )
            .why(words!("its place in the text stays empty", "su sitio en el texto queda vacío"))
            .group(name.clone());
            self.tell(match near {
                Some(near) => {
                    finding.help(words!("did you mean `![[{near}]]`?", "¿querías decir `![[{near}]]`?"))
                }
                None => finding.help(words!(
                    "write the id of something of the playbook, or the name of a picture with its ending",
                    "escribe el id de algo de la guía, o el nombre de una imagen con su extensión"
                )),
            });
            return Destination::Nowhere;
        }
        if !alone {
            let name = &target.name;
            self.tell(
                Finding::new(
                    &SUMMARY_IN_SENTENCE,
                    target.span,
                    words!(
                        "a summary cannot stand within a sentence",
                        "un resumen no cabe dentro de una frase"
                    ),
                )
                .why(words!("only its name is shown, as a link", "solo se muestra su nombre, como enlace"))
                .help(words!(
                    "give `![[{name}]]` a paragraph of its own, or write `[[{name}]]`",
                    "pon `![[{name}]]` en un párrafo aparte, o escribe `[[{name}]]`"
                )),
            );
        }
        found
    }

    fn file(&mut self, written: &str, span: Span) -> Option<String> {
        let relative = self.folder.join(written).filter(|path| self.names.files.contains(path));
        let rooted =
            || FilePath::new(written.trim_start_matches('/')).filter(|path| self.names.files.contains(path));
        if let Some(path) = relative.or_else(rooted) {
            return match self.publishable(path, span) {
                Destination::File(path) => Some(path.as_str().to_owned()),
                _ => None,
            };
        }
        let near = FilePath::new(written).and_then(|path| self.nearest_file(&path));
        let mut finding = Finding::new(
            &MISSING_FILE,
            span,
            words!("there is no file `{written}`", "no existe el archivo `{written}`"),
        );
        if let Some(near) = near {
            finding = finding.help(words!("did you mean `{near}`?", "¿querías decir `{near}`?"));
        }
        self.tell(finding);
        None
    }

    /// A link publishes a file only when its type is known to be harmless, and never a source of the playbook: what the sources hold is for each edition to decide.
    fn publishable(&mut self, path: FilePath, span: Span) -> Destination {
        let is_source = match role(&path, &self.names.kinds, true) {
            Role::Asset | Role::Data => path.has_extension(&["yaml", "yml"]) || is_markdown(&path),
            _ => true,
        };
        if !is_source && path.has_extension(PUBLISHED) {
            return Destination::File(path);
        }
        let finding = if is_source {
            Finding::new(
                &UNSAFE_FILE,
                span,
                words!(
                    "`{path}` is not published: it is a source of the playbook",
                    "`{path}` no se publica: es una fuente de la guía"
                ),
            )
            .help(words!(
                "link to the page that is made of it, or write its name without a link",
                "enlaza la página que se hace con él, o escribe su nombre sin enlace"
            ))
        } else if path.has_extension(ACTIVE) {
            Finding::new(
                &UNSAFE_FILE,
                span,
                words!(
                    "`{path}` is not published: a browser would run it",
                    "`{path}` no se publica: el navegador lo ejecutaría"
                ),
            )
            .help(words!(
                "write its content as Markdown, or link to a PDF",
                "escribe su contenido en Markdown o enlaza un PDF"
            ))
        } else {
            Finding::new(
                &UNSAFE_FILE,
                span,
                words!(
                    "`{path}` is not published: files of this type are not known to be harmless",
                    "`{path}` no se publica: no consta que los archivos de este tipo sean inofensivos"
                ),
            )
            .help(words!(
                "save it as a PDF or a picture, or put it into a ZIP file",
                "guárdalo como PDF o como imagen, o mételo en un archivo ZIP"
            ))
        };
        self.tell(finding);
        Destination::Nowhere
    }

    fn nearest_file(&self, path: &FilePath) -> Option<String> {
        if let Some(found) = self.names.files.ignoring_case(path) {
            return Some(self.seen_from_here(found));
        }
        let name = path.name();
        let bare = |name: &str| name.rsplit_once('.').map_or(name.to_owned(), |(stem, _)| stem.to_owned());
        let same: Vec<&FilePath> = self
            .names
            .files
            .iter()
            .filter(|file| {
                file.name().eq_ignore_ascii_case(name) || fold(&bare(file.name())) == fold(&bare(name))
            })
            .collect();
        if let [one] = same.as_slice() {
            return Some(self.seen_from_here(one));
        }
        let folder = path.parent();
        let siblings: Vec<&FilePath> =
            self.names.files.iter().filter(|file| file.parent() == folder).collect();
        let near = nearest(name, siblings.iter().map(|file| file.name()))?;
        let file = siblings.iter().find(|file| file.name() == near)?;
        Some(self.seen_from_here(file))
    }

    fn seen_from_here(&self, file: &FilePath) -> String {
        let own = self.folder.join("x").unwrap_or_default();
        crate::text::PagePath::new(file.as_str()).from(&crate::text::PagePath::new(own.as_str()))
    }
}

/// `audience:families` → the kind and `families`.
fn split_kind<'k, 't>(kinds: &'k Kinds, written: &'t str) -> (Option<&'k Kind>, &'t str) {
    match written.split_once(':') {
        Some((kind, name)) => match kinds.named(kind.trim()) {
            Some(kind) => (Some(kind), name.trim()),
            None => (None, written),
        },
        None => (None, written),
    }
}

/// Values that are the same in both phases.
fn plain(value: &Value<Named>) -> Option<Value<Resolved>> {
    Some(match value {
        Value::Text(text) => Value::Text(text.clone()),
        Value::Number { value, decimals } => Value::Number { value: *value, decimals: *decimals },
        Value::Band { min, max, decimals } => Value::Band { min: *min, max: *max, decimals: *decimals },
        Value::Percent { value, decimals } => Value::Percent { value: *value, decimals: *decimals },
        Value::Money(money) => Value::Money(money.clone()),
        Value::Hours(hours) => Value::Hours(*hours),
        Value::Date(date) => Value::Date(*date),
        Value::DateTime(at) => Value::DateTime(*at),
        Value::Period(period) => Value::Period(*period),
        Value::Span(from, to) => Value::Span(*from, *to),
        Value::Duration { count, unit } => Value::Duration { count: *count, unit: *unit },
        Value::Cadence(cadence) => Value::Cadence(*cadence),
        Value::YesNo(yes) => Value::YesNo(*yes),
        Value::Choice(choice) => Value::Choice(*choice),
        Value::Url(text) => Value::Url(text.clone()),
        Value::Email(text) => Value::Email(text.clone()),
        Value::Phone(text) => Value::Phone(text.clone()),
        Value::File(path) => Value::File(path.clone()),
        Value::Color(text) => Value::Color(text.clone()),
        Value::Map(pairs) => Value::Map(pairs.clone()),
        Value::Markdown(_) | Value::Link(_) | Value::Links(_) | Value::Record(_) | Value::List(_) => {
            return None;
        }
    })
}

/// A picture without words for those who do not see it.
fn undescribed(target: &Target) -> Finding {
    let name = &target.name;
    let finding = Finding::new(
        &UNDESCRIBED_PICTURE,
        target.span,
        words!("nothing says what is to be seen in `{name}`", "nada dice qué se ve en `{name}`"),
    )
    .why(words!(
        "who listens to the page, or waits for the picture, learns nothing of it",
        "quien escucha la página, o espera a que cargue la imagen, se queda sin saberlo"
    ));
    if target.wiki {
        finding.help(words!(
            "describe it after a bar: `![[{name}|what is to be seen]]`; `![[{name}|-]]` if it is only decoration",
            "descríbela detrás de una barra: `![[{name}|lo que se ve]]`; `![[{name}|-]]` si solo es adorno"
        ))
    } else {
        finding.help(words!(
            "describe it between the square brackets: `![what is to be seen]({name})`; `![-]({name})` if it is only decoration",
            "descríbela entre los corchetes: `![lo que se ve]({name})`; `![-]({name})` si solo es adorno"
        ))
    }
}

/// Anchors of the headings of an entity's prose.
fn headings(entity: &Entity<Named>) -> impl Iterator<Item = &str> {
    entity
        .prose
        .iter()
        .flat_map(|passage| passage.prose.headings.iter().map(|heading| heading.anchor.as_str()))
}

/// The anchor on an entity's page that a fragment means: a heading (however accented), a field (`field:NAME`), or the top.
fn anchor_in(kinds: &Kinds, entity: &Entity<Named>, fragment: &str) -> Option<String> {
    let slugged = slug(fragment);
    if let Some(anchor) = headings(entity).find(|anchor| *anchor == fragment || *anchor == slugged) {
        return Some(anchor.to_owned());
    }
    let own_title = entity.prose.as_ref().and_then(|passage| passage.prose.title.as_ref());
    if own_title.is_some_and(|title| slug(&title.value) == slugged) || slug(&entity.title) == slugged {
        return Some(String::new());
    }
    let kind = kinds.kind(entity.kind)?;
    let (index, field) = kind.field(&slugged)?;
    let (_, item) = entity.record.fields.iter().find(|(known, _)| *known == index)?;
    // What stands at the head or the foot of a page, and everything of an article but its text, is no part of it with a name.
    let stands_elsewhere = (field.common && field.name != "extra")
        || field.name == kind.title_field
        || kind.name == "article"
        || matches!(field.shape, FieldType::Link(_) | FieldType::Links(_));
    if stands_elsewhere {
        return None;
    }
    // Short values are lines of the list at the top.
    Some(if is_section(&item.value) { format!("field:{}", field.name) } else { String::new() })
}

/// Whether a page gives the value a heading of its own.
fn is_section(value: &Value<Named>) -> bool {
    let is_word = |item: &Item<Named>| match &item.value {
        Value::Text(text) => text.chars().count() <= 24,
        value => !is_section(value) && !matches!(value, Value::Link(_) | Value::Links(_)),
    };
    match value {
        Value::Text(text) => text.chars().count() > 160,
        Value::Markdown(_) | Value::Record(_) | Value::Map(_) => true,
        Value::List(items) => items.len() > 6 || !items.iter().all(is_word),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
