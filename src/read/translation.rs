//! A translation (`instagram.en.md` beside `instagram.md`) over its source: words take the place of words, and everything else is the source's.

use std::collections::{BTreeMap, BTreeSet};

use super::classify;
use super::entity::{draft, named, title_span};
use super::record::{FIELD_TWICE, RecordReader, Strictness, field_named, is_nearly_draft, is_visibility};
use crate::finding::{Code, Finding, Level, Words};
use crate::model::{
    Edge, Entity, Field, FieldType, Item, Kind, Kinds, Named, Record, Relation, Said, Translatable,
    Translation, Value, for_each_text, has_words, is_same,
};
use crate::syntax::{Entry, Node, Origin, Tree, front_matter, table, yaml};
use crate::text::{FilePath, SourceId, Span, Spanned, fold, nearest, slug};
use crate::words;

/// A translation of nothing.
pub static WITHOUT_SOURCE: Code =
    Code { id: "P820", name: "translation_without_source", level: Level::Error, since: "0.1.0" };
/// Two translations of one thing into one language.
pub static TRANSLATED_TWICE: Code =
    Code { id: "P821", name: "translated_twice", level: Level::Error, since: "0.1.0" };
/// A fact in a translation that is not that of the source.
pub static OTHER_FACT: Code =
    Code { id: "P822", name: "other_fact_in_translation", level: Level::Warning, since: "0.1.0" };
/// A translation that has no place in its source.
pub static WITHOUT_PLACE: Code =
    Code { id: "P823", name: "translation_without_place", level: Level::Error, since: "0.1.0" };

pub static CODES: &[&Code] = &[&WITHOUT_SOURCE, &TRANSLATED_TWICE, &OTHER_FACT, &WITHOUT_PLACE];

/// The key that holds the fingerprint of the texts from which a translation was made, in English and in Spanish.
pub const TRANSLATED_FROM: [&str; 2] = ["translated_from", "traducido_de"];

/// A file with translations.
#[derive(Clone, Debug)]
pub struct TranslationFile {
    /// Where it stands.
    pub path: FilePath,
    /// The file that it translates.
    pub twin: FilePath,
    /// Which of the further languages it is in.
    pub language: usize,
}

/// What is translated.
#[derive(Clone, Copy)]
pub enum Original<'a> {
    /// The settings.
    Settings(&'a Record<Named>),
    /// What a file holds, with the text of the file.
    Entities(&'a [(Translatable, &'a Entity<Named>)], &'a str),
}

/// What a file with translations holds.
#[derive(Default)]
pub struct Translations {
    /// Entities with their translated texts, whole.
    pub entities: Vec<(Translatable, Entity<Named>)>,
    /// The settings with their translated texts.
    pub settings: Option<Record<Named>>,
    /// Where the translation of each begins, with the fingerprint that it names, and whether it is a draft.
    pub told: BTreeMap<Translatable, Told>,
}

/// What a translation says of itself.
#[derive(Clone, Debug)]
pub struct Told {
    /// Where it begins.
    pub place: Span,
    /// The fingerprint of the texts from which it was made.
    pub recorded: Option<Spanned<String>>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// Reads a file with translations.
pub fn read(
    kinds: &Kinds,
    file: &TranslationFile,
    source: SourceId,
    text: &str,
    original: Original<'_>,
    ids: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Translations {
    let mut reading = Reading { kinds, file, source, text, ids, read: Translations::default(), findings };
    match original {
        Original::Settings(settings) => reading.settings(settings),
        Original::Entities(entities, _) if classify::is_markdown(&file.path) => {
            if let [(of, entity)] = entities {
                reading.markdown(*of, entity);
            }
        }
        Original::Entities(entities, text) => reading.list(entities, text),
    }
    reading.read
}

struct Reading<'a> {
    kinds: &'a Kinds,
    file: &'a TranslationFile,
    source: SourceId,
    text: &'a str,
    /// Ids of all entities, as slugs.
    ids: &'a BTreeSet<String>,
    read: Translations,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn start(&self, at: usize) -> Span {
        Span::new(self.source, at, at)
    }

    fn settings(&mut self, settings: &Record<Named>) {
        let Some(node) = yaml::parse(self.text, self.source, 0, self.findings) else { return };
        let mut overlay = Overlay::new(self.kinds, self.ids, Strictness::Settings);
        let record = overlay.record(&self.kinds.settings, settings, &node, true);
        self.findings.append(&mut overlay.reader.findings);
        let told = Told { place: node.span, recorded: fingerprint_in(&node), draft: false };
        self.read.told.insert(Translatable::Settings, told);
        self.read.settings = Some(record);
    }

    fn markdown(&mut self, of: Translatable, entity: &Entity<Named>) {
        let Some(kind) = self.kinds.kind(entity.kind) else { return };
        let cut = front_matter::cut(self.text);
        cut.check(self.text, self.source, self.findings);
        let node = cut.yaml.clone().and_then(|range| {
            yaml::parse(self.text.get(range.clone())?, self.source, range.start, self.findings)
        });
        let node = node.unwrap_or(Node { span: self.start(0), tree: Tree::Map(Vec::new()) });
        let strictness = if kind.name == "article" { Strictness::Article } else { Strictness::Entity };
        let mut overlay = Overlay::new(self.kinds, self.ids, strictness);
        let body = self.text.get(cut.body..).unwrap_or_default();
        let origin = Origin::Exact { source: self.source, offset: cut.body };
        let prose = (!body.trim().is_empty()).then(|| overlay.reader.passage(body, origin));
        let mut translated = overlay.entity(kind, entity, &node, self.start(0));
        if let Some(prose) = prose {
            if let Some(title) = &prose.prose.title
                && translated.span == entity.span
            {
                rename(kind, &mut translated, title);
            }
            let says = !prose.prose.html.is_empty() || !prose.prose.holes.is_empty();
            if says && entity.prose.is_some() {
                translated.prose = Some(prose);
                translated.prose_source = self.source;
            } else if says {
                let place = self.start(cut.body);
                overlay.reader.findings.push(only_here(place, words!("text", "texto")));
            }
        }
        let recorded = fingerprint_in(&node);
        self.keep(of, overlay, translated, self.start(0), recorded);
    }

    fn keep(
        &mut self,
        of: Translatable,
        mut overlay: Overlay<'_>,
        translated: Entity<Named>,
        place: Span,
        recorded: Option<Spanned<String>>,
    ) {
        self.findings.append(&mut overlay.reader.findings);
        self.read.told.insert(of, Told { place, recorded, draft: overlay.draft });
        if !overlay.draft && !overlay.withheld {
            self.read.entities.push((of, translated));
        }
    }

    /// A list file, or a file of one entity in YAML.
    fn list(&mut self, entities: &[(Translatable, &Entity<Named>)], source_text: &str) {
        let Some(node) = self.tree() else { return };
        let Some((_, first)) = entities.first() else { return };
        let Some(kind) = self.kinds.kind(first.kind) else { return };
        let whole = &node;
        let others: Vec<&Entry> =
            whole.entries().iter().filter(|entry| !is_fingerprint(&entry.key.value)).collect();
        let node = match others.as_slice() {
            [only] if self.kinds.of_folder(&only.key.value).is_some_and(|found| found.id == kind.id) => {
                &only.value
            }
            _ => whole,
        };
        if let [(of, entity)] = entities
            && entity.alone
        {
            let mut overlay = Overlay::new(self.kinds, self.ids, Strictness::Entity);
            let translated = overlay.entity(kind, entity, node, node.span);
            let recorded = fingerprint_in(node);
            self.keep(*of, overlay, translated, self.start(0), recorded);
            return;
        }
        let mut names: BTreeMap<String, (Translatable, &Entity<Named>)> = BTreeMap::new();
        for (of, entity) in entities {
            // The key of the source, where it is not the id.
            let span = entity.span;
            let key = source_text.get(span.start as usize..span.end as usize).unwrap_or_default();
            names.entry(slug(key)).or_insert((*of, entity));
        }
        for (of, entity) in entities {
            names.insert(entity.id.clone(), (*of, entity));
        }
        let recorded: BTreeMap<String, Spanned<String>> = whole
            .entries()
            .iter()
            .filter(|entry| is_fingerprint(&entry.key.value))
            .flat_map(|entry| entry.value.entries())
            .filter_map(|entry| {
                let text = entry.value.text()?.trim().to_owned();
                Some((slug(&entry.key.value), Spanned::new(text, entry.value.span)))
            })
            .collect();
        for item in node.items() {
            let id = item.entries().iter().find(|entry| fold(&entry.key.value) == "id");
            match id.and_then(|entry| Some((entry.value.text()?, entry.value.span))) {
                Some((id, span)) => self.item(kind, &names, (id, span), item, &recorded),
                None => self.findings.push(
                    Finding::new(
                        &WITHOUT_PLACE,
                        first_line(item),
                        words!("this item does not say what it translates", "este elemento no dice qué traduce"),
                    )
                    .help(words!(
                        "write the id of the source in front of it, `families: {{ title: … }}`, or in it, `id: families`",
                        "escribe delante el id del original, `familias: {{ titulo: … }}`, o dentro, `id: familias`"
                    )),
                ),
            }
        }
        for entry in node.entries().iter().filter(|entry| !is_fingerprint(&entry.key.value)) {
            self.item(kind, &names, (&entry.key.value, entry.key.span), &entry.value, &recorded);
        }
    }

    fn tree(&mut self) -> Option<Node> {
        if self.file.path.has_extension(&["csv"]) {
            return table::parse(self.text, self.source, 0, self.findings)
                .map(|table| table::to_nodes(&table));
        }
        yaml::parse(self.text, self.source, 0, self.findings)
    }

    fn item(
        &mut self,
        kind: &Kind,
        names: &BTreeMap<String, (Translatable, &Entity<Named>)>,
        (key, span): (&str, Span),
        node: &Node,
        recorded: &BTreeMap<String, Spanned<String>>,
    ) {
        let Some((of, entity)) = names.get(&slug(key)).copied() else {
            let twin = &self.file.twin;
            let finding = Finding::new(
                &WITHOUT_PLACE,
                span,
                words!(
                    "`{twin}` has no `{key}` to translate",
                    "en `{twin}` no hay ningún `{key}` que traducir"
                ),
            )
            .why(words!("this translation is not used", "esta traducción no se usa"));
            let near = nearest(key, names.keys().map(String::as_str));
            self.findings.push(match near {
                Some(near) => finding.replace(near),
                None => finding.help(words!(
                    "use the ids of the source; they are the same in all languages",
                    "usa los ids del original; son los mismos en todos los idiomas"
                )),
            });
            return;
        };
        if let Some(told) = self.read.told.get(&of) {
            self.findings.push(
                Finding::new(
                    &TRANSLATED_TWICE,
                    span,
                    words!("`{key}` is already translated", "`{key}` ya está traducido"),
                )
                .also(told.place, words!("first here", "primero aquí"))
                .help(words!("keep one of the two", "deja solo uno de los dos")),
            );
            return;
        }
        let spelled = spelled_out(kind, node, span);
        let node = spelled.as_ref().unwrap_or(node);
        let mut overlay = Overlay::new(self.kinds, self.ids, Strictness::Entity);
        let translated = overlay.entity(kind, entity, node, span);
        let recorded = fingerprint_in(node)
            .or_else(|| recorded.get(&slug(key)).or_else(|| recorded.get(&entity.id)).cloned());
        self.keep(of, overlay, translated, span, recorded);
    }
}

/// Gives an entity the name that its translation has in its heading, where its source may have it in a field.
fn rename(kind: &Kind, entity: &mut Entity<Named>, title: &Spanned<String>) {
    if entity.title != title.value {
        entity.source_title = Some(entity.title.clone());
    }
    entity.title.clone_from(&title.value);
    entity.span = title.span;
    for (index, item) in &mut entity.record.fields {
        let field = kind.fields.get(usize::from(*index));
        let names_it = field.is_some_and(|field| field.name == kind.title_field || field.name == "title");
        if names_it && field.is_some_and(|field| field.translation == Translation::Words) {
            *item = Item { value: Value::Text(title.value.clone()), span: title.span };
        }
    }
}

/// `term: its definition` says the first text of the kind that is not its name.
fn spelled_out(kind: &Kind, node: &Node, place: Span) -> Option<Node> {
    node.text()?;
    let field = kind.fields.iter().find(|field| {
        field.name != kind.title_field && matches!(field.shape, FieldType::Markdown | FieldType::Text)
    })?;
    let entry = Entry { key: Spanned::new(field.name.clone(), place), value: node.clone() };
    Some(Node { span: node.span, tree: Tree::Map(vec![entry]) })
}

fn first_line(node: &Node) -> Span {
    match node.entries().first() {
        Some(entry) => entry.key.span.to(entry.value.span),
        None => node.span,
    }
}

/// Whether a key says from which texts a translation was made.
pub fn is_fingerprint(key: &str) -> bool {
    TRANSLATED_FROM.contains(&fold(key).as_str())
}

fn fingerprint_in(node: &Node) -> Option<Spanned<String>> {
    let entry = node.entries().iter().find(|entry| is_fingerprint(&entry.key.value))?;
    Some(Spanned::new(entry.value.text()?.trim().to_owned(), entry.value.span))
}

/// Words that stand in the translation only.
fn only_here(place: Span, what: Words) -> Finding {
    let Words { en, es } = what;
    Finding::new(
        &WITHOUT_PLACE,
        place,
        words!(
            "the source has no {en} that this could translate",
            "el original no tiene {es} que traducir aquí"
        ),
    )
    .level(Level::Warning)
    .why(words!(
        "a translation says what its source says; this is not used",
        "una traducción dice lo que dice su original; esto no se usa"
    ))
    .help(words!(
        "write it in the source first, or take it out here",
        "escríbelo antes en el original, o quítalo de aquí"
    ))
}

/// The texts of one translation over those of its source.
struct Overlay<'k> {
    reader: RecordReader<'k>,
    ids: &'k BTreeSet<String>,
    /// The field that names an entity: its source may have the name in its heading or its key.
    name: String,
    /// Whether it says that fewer may see it than its source: it is not used then.
    withheld: bool,
    draft: bool,
}

impl<'k> Overlay<'k> {
    fn new(kinds: &'k Kinds, ids: &'k BTreeSet<String>, strictness: Strictness) -> Self {
        let reader = RecordReader::new(kinds, strictness);
        Self { reader, ids, name: String::new(), withheld: false, draft: false }
    }

    /// The entity with its translated texts. Its `span` is that of its name: in the translation when it has one there.
    fn entity(&mut self, kind: &Kind, source: &Entity<Named>, node: &Node, place: Span) -> Entity<Named> {
        self.draft = draft(node);
        self.name.clone_from(&kind.title_field);
        if !matches!(node.tree, Tree::Map(_) | Tree::Null) {
            self.reader.findings.push(Finding::new(
                &WITHOUT_PLACE,
                place,
                words!("a translation is a map of fields", "una traducción es un mapa de campos"),
            ));
        }
        let mut translated = source.clone();
        translated.record = self.record(&kind.fields, &source.record, node, true);
        self.withheld |= self.reader.doubtful_visibility;
        if let Some(title) = self.title(kind, node) {
            translated.title = title.value;
            translated.span = title.span;
        }
        if translated.title != source.title {
            translated.source_title = Some(source.title.clone());
        }
        translated
    }

    /// The name that a translation gives; its source may have it from its heading or its key.
    fn title(&mut self, kind: &Kind, node: &Node) -> Option<Spanned<String>> {
        let span = title_span(kind, node)?;
        let record = self.plain(&kind.fields, node);
        named(kind, &record).map(|title| Spanned::new(title, span))
    }

    /// The texts of the names alone, without findings.
    fn plain(&self, fields: &[Field], node: &Node) -> Record<Named> {
        let mut record = Record::default();
        for entry in node.entries() {
            if let Some((index, field)) = field_named(fields, &entry.key.value)
                && let (FieldType::Text, Some(text)) = (&field.shape, entry.value.text())
                && !text.trim().is_empty()
            {
                let item = Item { value: Value::Text(text.trim().to_owned()), span: entry.value.span };
                record.fields.push((index, item));
            }
        }
        record.fields.sort_by_key(|(index, _)| *index);
        record
    }

    /// A record with its translated texts. `outer` is that of an entity: its name may be missing in the source, where it is the heading.
    fn record(
        &mut self,
        fields: &[Field],
        source: &Record<Named>,
        node: &Node,
        outer: bool,
    ) -> Record<Named> {
        let mut record = source.clone();
        let mut seen: Vec<(u16, Span)> = Vec::new();
        for entry in node.entries() {
            if outer && is_fingerprint(&entry.key.value) {
                continue;
            }
            let Some((index, field)) = field_named(fields, &entry.key.value) else {
                self.reader.unknown(fields, entry);
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == index) {
                let name = &entry.key.value;
                self.reader.findings.push(
                    Finding::new(
                        &FIELD_TWICE,
                        entry.key.span,
                        words!("`{name}` was already given", "`{name}` ya estaba indicado"),
                    )
                    .also(*first, words!("first here", "primero aquí"))
                    .help(words!("keep one of the two", "deja solo uno de los dos")),
                );
                continue;
            }
            if entry.value.tree == Tree::Null {
                continue;
            }
            seen.push((index, entry.key.span));
            self.reader.check_secret_value(entry);
            match record.fields.iter_mut().find(|(known, _)| *known == index) {
                Some((_, item)) => self.item(field, item, entry),
                None => self.new_field(field, entry, outer),
            }
        }
        record
    }

    /// A field that the source has not.
    fn new_field(&mut self, field: &Field, entry: &Entry, outer: bool) {
        if outer && is_visibility(field) {
            return self.withhold(entry);
        }
        if outer && self.is_about_itself(field, entry) {
            return;
        }
        let name = &entry.key.value;
        let is_name = outer && (field.name == self.name || field.name == "title");
        if !is_name {
            self.reader.findings.push(only_here(entry.key.span, words!("`{name}`", "`{name}`")));
        }
    }

    /// What a translation says of itself: that it is a draft, in which language it is.
    fn is_about_itself(&mut self, field: &Field, entry: &Entry) -> bool {
        if field.common && field.name == "lang" {
            return true;
        }
        let text = entry.value.text().map(fold).unwrap_or_default();
        if field.name == "status" && (matches!(text.as_str(), "draft" | "borrador") || is_nearly_draft(&text))
        {
            self.draft = true;
            return true;
        }
        false
    }

    /// Says of whom may see it something else than its source: perhaps it was meant for fewer, and nobody sees it until that is settled.
    fn withhold(&mut self, entry: &Entry) {
        self.withheld = true;
        let name = &entry.key.value;
        self.reader.findings.push(
            Finding::new(
                &OTHER_FACT,
                entry.key.span,
                words!("`{name}` is not what the source says", "`{name}` no es lo que dice el original"),
            )
            .level(Level::Error)
            .why(words!(
                "the source decides who sees a page in every language; this translation may be meant for fewer and is not used",
                "quién ve una página lo decide el original para todos los idiomas; esta traducción quizá era para menos personas y no se usa"
            ))
            .help(words!(
                "say it in the source, and take it out here",
                "dilo en el original y quítalo de aquí"
            )),
        );
    }

    fn item(&mut self, field: &Field, item: &mut Item<Named>, entry: &Entry) {
        if field.translation == Translation::Fact
            || !(has_words(&field.shape) || field.shape.relation().is_some())
        {
            return self.fact(field, item, entry);
        }
        self.words(&field.shape, item, &entry.value, &entry.key);
    }

    /// Puts the words of a node in place of those of a value.
    fn words(&mut self, shape: &FieldType, item: &mut Item<Named>, node: &Node, key: &Spanned<String>) {
        if node.tree == Tree::Null {
            return;
        }
        match (shape, &mut item.value) {
            (FieldType::Text, value @ Value::Text(_)) => {
                if let Some(text) = self.reader.scalar(shape, node, key) {
                    *value = text;
                    item.span = node.span;
                }
            }
            (FieldType::Markdown, value @ Value::Markdown(_)) => {
                if let Some(text) = self.reader.markdown(node, key) {
                    *value = text;
                    item.span = node.span;
                }
            }
            (FieldType::Record(fields), Value::Record(record)) => {
                let short =
                    fields.iter().find(|field| matches!(field.shape, FieldType::Text | FieldType::Markdown));
                *record = match (short, node.text()) {
                    (Some(field), Some(_)) => {
                        let entry =
                            Entry { key: Spanned::new(field.name.clone(), key.span), value: node.clone() };
                        let node = Node { span: node.span, tree: Tree::Map(vec![entry]) };
                        self.record(fields, record, &node, false)
                    }
                    _ => self.record(fields, record, node, false),
                };
            }
            (FieldType::List(shape), Value::List(items)) => self.list(shape, items, node, key),
            (FieldType::Links(relation), Value::Links(edges)) => self.notes(relation, edges, node, key),
            (FieldType::Link(relation), Value::Link(edge)) => {
                self.notes(relation, std::slice::from_mut(edge), node, key);
            }
            (FieldType::Map, Value::Map(pairs)) => self.map(pairs, node),
            (shape, value) => self.differs(shape, value, node, key),
        }
    }

    /// Items by their place.
    fn list(&mut self, shape: &FieldType, items: &mut [Item<Named>], node: &Node, key: &Spanned<String>) {
        let own = [node.clone()];
        let given = if node.items().is_empty() { own.as_slice() } else { node.items() };
        let (here, there) = (given.len(), items.len());
        if here != there {
            let name = &key.value;
            self.reader.findings.push(
                Finding::new(
                    &WITHOUT_PLACE,
                    key.span,
                    words!(
                        "`{name}` has {here} items here and {there} in the source",
                        "`{name}` tiene {here} elementos aquí y {there} en el original"
                    ),
                )
                .why(words!(
                    "items are matched by their place; until the numbers agree, the list of the source is shown",
                    "los elementos se emparejan por su lugar; mientras no coincidan los números se muestra la lista del original"
                ))
                .help(words!(
                    "give as many items in the same order; `~` leaves one untranslated",
                    "pon los mismos elementos en el mismo orden; `~` deja uno sin traducir"
                )),
            );
            return;
        }
        for (item, node) in items.iter_mut().zip(given) {
            self.words(shape, item, node, key);
        }
    }

    /// What links are for, each by its target.
    fn notes(&mut self, relation: &Relation, edges: &mut [Edge<Named>], node: &Node, key: &Spanned<String>) {
        for given in self.reader.edges(relation, node, key) {
            let bare = |name: &str| slug(name.rsplit(':').next().unwrap_or(name));
            let target = bare(&given.target);
            // A slip in the source is told there: whoever translated it wrote the name that there is.
            let is_slip = |edge: &Edge<Named>| {
                let written = bare(&edge.target);
                !self.ids.contains(&written) && nearest(&target, [written.as_str()]).is_some()
            };
            let is_known = self.ids.contains(&target);
            let at = edges
                .iter()
                .position(|edge| bare(&edge.target) == target)
                .or_else(|| is_known.then(|| edges.iter().position(is_slip)).flatten());
            let found = at.and_then(|at| edges.get_mut(at));
            match (found, given.note) {
                (Some(edge), Some(note)) if edge.note.is_some() => {
                    edge.note = Some(note);
                    edge.span = given.span;
                }
                (Some(_), Some(_)) => {
                    let finding = only_here(given.span, words!("text on this link", "texto en este enlace"));
                    self.reader.findings.push(finding);
                }
                (Some(_), None) => {}
                (None, _) => {
                    let target = &given.target;
                    let near = nearest(target, edges.iter().map(|edge| edge.target.as_str()));
                    self.reader.findings.push(
                        Finding::new(
                            &WITHOUT_PLACE,
                            given.span,
                            words!(
                                "the source has no link to `{target}` here",
                                "el original no tiene aquí ningún enlace a `{target}`"
                            ),
                        )
                        .why(words!(
                            "links stand in the source only; a translation gives the words on them",
                            "los enlaces van solo en el original; una traducción da el texto que llevan"
                        ))
                        .suggest(near),
                    );
                }
            }
        }
    }

    fn map(&mut self, pairs: &mut [(Spanned<String>, String)], node: &Node) {
        for entry in node.entries() {
            self.reader.check_secret_value(entry);
            let name = &entry.key.value;
            let found = pairs.iter_mut().find(|(key, _)| fold(&key.value) == fold(name));
            match (found, entry.value.text()) {
                (Some((key, own)), Some(text)) => {
                    text.clone_into(own);
                    key.span = entry.key.span;
                }
                (Some(_), None) => {}
                (None, _) => {
                    self.reader.findings.push(only_here(entry.key.span, words!("`{name}`", "`{name}`")));
                }
            }
        }
    }

    fn fact(&mut self, field: &Field, item: &Item<Named>, entry: &Entry) {
        if is_visibility(field) {
            let told = self.reader.findings.len();
            let given = self.reader.value(&field.shape, &entry.value, &entry.key);
            self.reader.findings.truncate(told);
            if !given.is_some_and(|given| is_same(&given, &item.value)) {
                self.withhold(entry);
            }
            return;
        }
        if !self.is_about_itself(field, entry) {
            self.differs(&field.shape, &item.value, &entry.value, &entry.key);
        }
    }

    /// Tells a fact that is not that of the source.
    fn differs(&mut self, shape: &FieldType, value: &Value<Named>, node: &Node, key: &Spanned<String>) {
        let told = self.reader.findings.len();
        let given = self.reader.value(shape, node, key);
        // That it cannot be read is nothing to tell: it would not be used.
        self.reader.findings.truncate(told);
        if given.is_some_and(|given| is_same(&given, value)) {
            return;
        }
        let name = &key.value;
        self.reader.findings.push(
            Finding::new(
                &OTHER_FACT,
                node.span,
                words!("`{name}` is not what the source says", "`{name}` no es lo que dice el original"),
            )
            .why(words!(
                "a translation carries words; facts stand in the source only, and that of the source is shown",
                "una traducción lleva palabras; los datos van solo en el original, y se muestra el del original"
            ))
            .help(words!("take it out here", "quítalo de aquí")),
        );
    }
}

/// How far a record is translated: how many texts want it, and the fields that have some without.
pub fn missing(
    fields: &[Field],
    source: &Record<Named>,
    translated: Option<&Record<Named>>,
) -> (usize, Vec<Option<Words>>) {
    let mut texts = 0;
    for_each_text(fields, source, &mut |_, _, _| texts += 1);
    let mut missing: Vec<Option<Words>> = Vec::new();
    let first = source.fields.iter().map(|(_, item)| item.span.source).next();
    for_each_text(fields, translated.unwrap_or(source), &mut |field, _, span| {
        // A text that still stands in the file of the source.
        let name = Some(Words { en: field.name.clone(), es: field.es.clone() });
        if Some(span.source) == first && !missing.contains(&name) {
            missing.push(name);
        }
    });
    (texts, missing)
}

/// A fingerprint of all texts of a record and of the text below it, whatever their spaces and line breaks.
pub fn fingerprint(fields: &[Field], record: &Record<Named>, text: &str, body: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |name: &str, text: &str| {
        hasher.update(name.as_bytes());
        for word in text.split_whitespace() {
            hasher.update(b" ");
            hasher.update(word.as_bytes());
        }
        hasher.update(b"\n");
    };
    for_each_text(fields, record, &mut |field, said, span| match said {
        Said::Line(line) | Said::Note(line) => add(&field.name, line),
        Said::Prose(_) => {
            let written = text.get(span.start as usize..span.end as usize).unwrap_or_default();
            add(&field.name, written.trim_matches(['"', '\'']));
        }
    });
    add("", body);
    hasher.finalize().to_hex().get(..8).unwrap_or_default().to_owned()
}
