//! The further languages of a playbook: every translation put over its source, and how far each language has come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::languages::Languages;
use super::own_texts::own_text_first;
use super::progress;
use super::translation::{
    self, Original, TRANSLATED_TWICE, Told, TranslationFile, Translations, WITHOUT_SOURCE, fingerprint,
};
use super::{classify, text_of};
use crate::finding::{Finding, Words};
use crate::model::{
    Entity, EntityId, Kind, Kinds, Named, Playbook, Record, Translatable, Translated, Translation,
    TranslationState, Version,
};
use crate::syntax::front_matter;
use crate::text::{FilePath, Place, SourceId, Sources, Span, slug};
use crate::words;
use crate::world::World;

/// Reads all translations into [`Playbook::versions`].
pub fn read(
    world: &dyn World,
    languages: &Languages,
    files: Vec<TranslationFile>,
    playbook: &mut Playbook<Named>,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) {
    if languages.further.is_empty() {
        return;
    }
    let files = one_each(files, findings);
    let first = sources.iter().count();
    let originals = Originals::of(playbook, sources);
    let kinds = &playbook.kinds;
    let ids: BTreeSet<String> = playbook.entities.iter().map(|entity| slug(&entity.id)).collect();
    let read: Vec<_> = files
        .par_iter()
        .enumerate()
        .map(|(index, file)| {
            let mut findings = Vec::new();
            let source = SourceId(u32::try_from(first + index).unwrap_or(u32::MAX));
            let text = text_of(world, &file.path, &mut findings).unwrap_or_default();
            // Of a list that could not be read whole nobody knows what its translation lacks.
            let is_broken = playbook.broken.values().any(|broken| *broken == file.twin);
            let translations = match originals.of_file(file) {
                _ if is_broken => Translations::default(),
                Some(original) => {
                    translation::read(kinds, file, source, &text, original, &ids, &mut findings)
                }
                None => {
                    findings.push(without_source(file));
                    Translations::default()
                }
            };
            (source, text, translations, findings)
        })
        .collect();
    let mut gathered: Vec<Gathered> = languages.further.iter().map(|_| Gathered::default()).collect();
    let mut texts = Vec::with_capacity(read.len());
    for (file, (source, text, translations, found)) in files.iter().zip(read) {
        findings.extend(found);
        texts.push((file.path.clone(), text));
        let Some(language) = gathered.get_mut(file.language) else { continue };
        language.sources.insert(source);
        language.entities.extend(translations.entities);
        language.settings = translations.settings.or(language.settings.take());
        let told = translations.told.into_iter().map(|(of, told)| (of, (file.path.clone(), told)));
        language.told.extend(told);
    }
    let versions: Vec<Version<Named>> = languages
        .further
        .iter()
        .zip(gathered)
        .map(|(language, gathered)| {
            let from = languages.main.clone().unwrap_or_default();
            originals.version(kinds, playbook, gathered, language, from)
        })
        .collect();
    drop(originals);
    for version in &versions {
        for state in &version.states {
            progress::tell(state, &version.translated.language, findings);
        }
    }
    for (path, text) in texts {
        sources.add(path, text);
    }
    playbook.versions = versions;
}

/// What was read of one language.
#[derive(Default)]
struct Gathered {
    sources: BTreeSet<SourceId>,
    entities: Vec<(Translatable, Entity<Named>)>,
    settings: Option<Record<Named>>,
    told: BTreeMap<Translatable, (FilePath, Told)>,
}

/// Of two translations of one file into one language the first counts.
fn one_each(files: Vec<TranslationFile>, findings: &mut Vec<Finding>) -> Vec<TranslationFile> {
    let mut known: BTreeMap<(FilePath, usize), FilePath> = BTreeMap::new();
    let is_first = |file: &TranslationFile| {
        let first = known.entry((file.twin.clone(), file.language)).or_insert_with(|| file.path.clone());
        if *first == file.path {
            return true;
        }
        findings.push(
            Finding::new(
                &TRANSLATED_TWICE,
                Place::File(file.path.clone()),
                words!(
                    "`{}` is already translated by `{first}`",
                    "`{}` ya está traducido por `{first}`",
                    file.twin
                ),
            )
            .why(words!("only the first of the two is used", "solo se usa el primero de los dos"))
            .help(words!("keep one of the two", "deja solo uno de los dos")),
        );
        false
    };
    files.into_iter().filter(is_first).collect()
}

fn without_source(file: &TranslationFile) -> Finding {
    let twin = &file.twin;
    Finding::new(
        &WITHOUT_SOURCE,
        Place::File(file.path.clone()),
        words!("there is no `{twin}` that this translates", "no hay ningún `{twin}` que esto traduzca"),
    )
    .why(words!(
        "a translation has only what differs from its source; alone it is not shown",
        "una traducción tiene solo lo que cambia respecto a su original; sola no se muestra"
    ))
    .help(words!(
        "give it the name of its source with the language at the end, or write the source first",
        "ponle el nombre de su original con el idioma al final, o escribe antes el original"
    ))
}

/// The sources of translations, by their files.
struct Originals<'p> {
    settings: Option<&'p Record<Named>>,
    entities: BTreeMap<&'p FilePath, Vec<(Translatable, &'p Entity<Named>)>>,
    texts: BTreeMap<SourceId, &'p str>,
}

impl<'p> Originals<'p> {
    fn of(playbook: &'p Playbook<Named>, sources: &'p Sources) -> Self {
        let mut entities: BTreeMap<&FilePath, Vec<_>> = BTreeMap::new();
        for (id, entity) in playbook.iter() {
            entities.entry(&entity.file).or_default().push((Translatable::Entity(id), entity));
        }
        if let Some(welcome) = &playbook.welcome {
            entities.entry(&welcome.file).or_default().push((Translatable::Welcome, welcome));
        }
        let texts = sources.iter().map(|(id, source)| (id, source.text.as_str())).collect();
        let settings = playbook.settings_span.map(|_| &playbook.settings);
        Self { settings, entities, texts }
    }

    fn text(&self, source: SourceId) -> &'p str {
        self.texts.get(&source).copied().unwrap_or_default()
    }

    fn of_file(&self, file: &TranslationFile) -> Option<Original<'_>> {
        if classify::is_settings(&file.twin) {
            return self.settings.map(Original::Settings);
        }
        let entities = self.entities.get(&file.twin)?;
        let text = entities.first().map_or("", |(_, entity)| self.text(entity.source));
        Some(Original::Entities(entities, text))
    }

    fn version(
        &self,
        kinds: &Kinds,
        playbook: &Playbook<Named>,
        gathered: Gathered,
        language: &str,
        from: String,
    ) -> Version<Named> {
        let Gathered { sources, entities, settings, told } = gathered;
        let mut translated: BTreeMap<Translatable, Entity<Named>> = entities.into_iter().collect();
        let mut states = Vec::new();
        if let Some(span) = playbook.settings_span {
            let of = Translatable::Settings;
            let text = self.text(span.source);
            let fields = &kinds.settings;
            let (texts, missing) = translation::missing(fields, &playbook.settings, settings.as_ref());
            let fingerprint = fingerprint(fields, &playbook.settings, text, "");
            let about = About { of, title: String::new(), source: FilePath::default(), span };
            states.extend(about.state(texts, missing, fingerprint, told.get(&of)));
        }
        let welcome = playbook.welcome.iter().map(|welcome| (Translatable::Welcome, welcome));
        let all = playbook.iter().map(|(id, entity)| (Translatable::Entity(id), entity));
        for (of, entity) in welcome.chain(all) {
            let Some(kind) = kinds.kind(entity.kind) else { continue };
            if let (Some(translated), Some((_, told))) = (translated.get_mut(&of), told.get(&of)) {
                own_text_first(kind, entity, translated, [language, &from], told.place.source);
            }
            let (texts, missing) = missing_of(kind, entity, translated.get(&of));
            let text = self.text(entity.source);
            let body = if entity.prose.is_some() { body(entity, text) } else { "" };
            let fingerprint = fingerprint(&kind.fields, &entity.record, text, body);
            let title = entity.title.clone();
            let about = About { of, title, source: entity.file.clone(), span: entity.span };
            states.extend(about.state(texts, missing, fingerprint, told.get(&of)));
        }
        let welcome = translated.remove(&Translatable::Welcome);
        let entities: BTreeMap<EntityId, Entity<Named>> = translated
            .into_iter()
            .filter_map(|(of, entity)| match of {
                Translatable::Entity(id) => Some((id, entity)),
                Translatable::Settings | Translatable::Welcome => None,
            })
            .collect();
        let translated = Arc::new(Translated { language: language.to_owned(), from, sources });
        Version { translated, entities, welcome, settings, states }
    }
}

/// The Markdown of a file below its front matter.
fn body<'t>(entity: &Entity<Named>, text: &'t str) -> &'t str {
    let start = if classify::is_markdown(&entity.file) { front_matter::cut(text).body } else { text.len() };
    text.get(start..).unwrap_or_default()
}

/// How many texts of an entity want a translation, and which have none.
fn missing_of(
    kind: &Kind,
    entity: &Entity<Named>,
    translated: Option<&Entity<Named>>,
) -> (usize, Vec<Option<Words>>) {
    let (mut texts, mut missing) =
        translation::missing(&kind.fields, &entity.record, translated.map(|entity| &entity.record));
    let has = |name: &str| kind.index(name).is_some_and(|index| entity.record.value(index).is_some());
    // The name of an item of a list may be its key.
    let named =
        kind.field(&kind.title_field).is_some_and(|(_, field)| field.translation == Translation::Words);
    if named && !entity.alone && !has(&kind.title_field) && !has("title") {
        texts += 1;
        if translated.is_none_or(|translated| translated.span == entity.span) {
            missing.insert(0, Some(Words { en: "title".to_owned(), es: "titulo".to_owned() }));
        }
    }
    if entity.prose.as_ref().is_some_and(|passage| passage.prose.words > 0) {
        texts += 1;
        if translated.is_none_or(|translated| translated.prose_source == entity.prose_source) {
            missing.push(None);
        }
    }
    (texts, missing)
}

struct About {
    of: Translatable,
    title: String,
    source: FilePath,
    span: Span,
}

impl About {
    /// Nothing is to be told of what has no words and no translation.
    fn state(
        self,
        texts: usize,
        missing: Vec<Option<Words>>,
        fingerprint: String,
        told: Option<&(FilePath, Told)>,
    ) -> Option<TranslationState> {
        if texts == 0 && told.is_none() {
            return None;
        }
        Some(TranslationState {
            of: self.of,
            title: self.title,
            source: self.source,
            file: told.map(|(file, _)| file.clone()),
            place: told.map_or(self.span, |(_, told)| told.place),
            texts,
            missing,
            fingerprint,
            recorded: told.and_then(|(_, told)| told.recorded.clone()),
            draft: told.is_some_and(|(_, told)| told.draft),
        })
    }
}
