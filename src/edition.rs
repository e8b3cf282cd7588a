//! Floor 5: what one readership may see. [`restrict`] is the only maker of an [`Edition`], and only an edition can be planned, so nothing hidden can reach a page.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Code, Finding, Level, Reported, Words};
use crate::model::{
    Destination, Edge, Entity, EntityId, Field, Item, KindId, Kinds, Passage, Playbook, Readership,
    Readerships, Record, Resolved, Translated, Value, Want,
};
use crate::read::readable;
use crate::relations::Graph;
use crate::syntax::{Filling, Prose};
use crate::text::{Place, SourceId, Sources, Span};
use crate::words;

static HIDDEN_REFERENCE: Code =
    Code { id: "P701", name: "reference_to_hidden_content", level: Level::Error, since: "0.1.0" };
static HIDDEN_CONTACT: Code =
    Code { id: "P702", name: "hidden_contact_in_text", level: Level::Error, since: "0.1.0" };

/// How much of a hidden text is looked for, in characters.
const MOST_LETTERS: usize = 160;

/// Codes of this part.
pub static CODES: &[&Code] = &[&HIDDEN_REFERENCE, &HIDDEN_CONTACT];

/// A playbook as one readership may see it.
#[derive(Clone, Debug)]
pub struct Edition {
    readership: Readership,
    kinds: Arc<Kinds>,
    settings: Record<Resolved>,
    entities: Vec<Option<Entity<Resolved>>>,
    welcome: Option<Entity<Resolved>>,
    graph: Graph,
    canaries: Arc<Vec<Hidden>>,
    /// Kinds of which something is hidden.
    partial: BTreeSet<KindId>,
    translated: Option<Arc<Translated>>,
}

impl Edition {
    /// The edition of a playbook without anything.
    fn nothing(readership: Readership) -> Self {
        Self {
            readership,
            kinds: Arc::default(),
            settings: Record::default(),
            entities: Vec::new(),
            welcome: None,
            graph: Graph::default(),
            canaries: Arc::default(),
            partial: BTreeSet::new(),
            translated: None,
        }
    }

    /// For whom.
    pub fn readership(&self) -> Readership {
        self.readership
    }

    /// What entities are made of.
    pub fn kinds(&self) -> &Arc<Kinds> {
        &self.kinds
    }

    /// A field of the settings by its canonical name.
    pub fn setting(&self, name: &str) -> Option<&Item<Resolved>> {
        let index = self.kinds.settings.iter().position(|field| field.name == name)?;
        self.settings.value(u16::try_from(index).ok()?)
    }

    /// A text of the settings by its canonical name; empty when there is none.
    pub fn setting_text(&self, name: &str) -> &str {
        match self.setting(name).map(|item| &item.value) {
            Some(Value::Text(text) | Value::Url(text)) => text,
            _ => "",
        }
    }

    /// The entity with this id, if this readership may see it.
    pub fn entity(&self, id: EntityId) -> Option<&Entity<Resolved>> {
        self.entities.get(id.0 as usize)?.as_ref()
    }

    /// Visible entities in order.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity<Resolved>)> {
        let numbered = self.entities.iter().enumerate();
        numbered.filter_map(|(index, entity)| Some((EntityId(index as u32), entity.as_ref()?)))
    }

    /// Whether nothing of a kind is hidden: only then does what is missing here say anything.
    pub fn shows_all(&self, kind: KindId) -> bool {
        !self.partial.contains(&kind)
    }

    /// Text of the home page.
    pub fn welcome(&self) -> Option<&Entity<Resolved>> {
        self.welcome.as_ref()
    }

    /// Relations among visible entities.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Gives kinds, fields and relations other names: those of its language.
    pub fn rename(&mut self, kinds: Kinds) {
        self.graph = Graph::of(&kinds, self.entities.iter().map(Option::as_ref));
        self.kinds = Arc::new(kinds);
    }

    /// Whether it is in a further language of the playbook: some texts may then be in the main one.
    pub fn is_translated(&self) -> bool {
        self.translated.is_some()
    }

    /// The language of a text in this place of a source, where it is not that of the edition: what is not translated.
    pub fn foreign(&self, source: SourceId) -> Option<&str> {
        let translated = self.translated.as_ref()?;
        (!translated.sources.contains(&source)).then_some(translated.from.as_str())
    }

    /// Texts that must not be found in the bytes of this edition, in whatever language they stand in the playbook.
    pub fn canaries(&self) -> &[Hidden] {
        &self.canaries
    }

    /// Where a visible text says the same as a hidden one, however its lines are broken and its words are marked; `None` where no author wrote it.
    pub fn repeats(&self, hidden: &Hidden, sources: &Sources) -> Option<Span> {
        let wanted = plain(&hidden.text);
        self.entities.iter().flatten().chain(&self.welcome).find_map(|entity| {
            let says = |text: &str| plain(text).contains(&wanted);
            let passage = |passage: &Passage<Resolved>| {
                says(&without_tags(&passage.prose.html))
                    || passage.prose.title.as_ref().is_some_and(|title| says(&title.value))
            };
            if entity.prose.as_ref().is_some_and(passage) {
                return Some(
                    written(&wanted, entity.prose_source, hidden.span, sources).unwrap_or(entity.span),
                );
            }
            let fields = entity.record.fields.iter();
            let found = fields.map(|(_, item)| item).find(|item| {
                let mut found = false;
                for_each_text(&item.value, item.span, &mut |text, _| found |= says(text));
                found || matches!(&item.value, Value::Markdown(field) if passage(field))
            });
            found.map(|item| item.span)
        })
    }
}

/// Makes the edition of a readership: entities, fields, links and prose ends that it may not see are gone, relations are computed from what is left.
///
/// `whole` are the relations of the whole playbook; they serve as they are where nothing is hidden.
pub fn restrict(
    playbook: &Playbook<Resolved>,
    whole: &Graph,
    sources: &Sources,
    readership: Readership,
) -> Reported<Edition> {
    let Reported { value, findings } = restrict_all(&[(playbook, whole)], sources, readership);
    match value.into_iter().next() {
        Some(edition) => Reported::new(edition, findings),
        None => Reported::new(Edition::nothing(readership), findings),
    }
}

/// [`restrict`] for a playbook in all its languages. What one language hides may appear in none of them.
pub fn restrict_all(
    playbooks: &[(&Playbook<Resolved>, &Graph)],
    sources: &Sources,
    readership: Readership,
) -> Reported<Vec<Edition>> {
    let mut findings = Vec::new();
    let mut hidden = Vec::new();
    let mut editions: Vec<Edition> = playbooks
        .iter()
        .map(|(playbook, whole)| {
            let (edition, texts) = restricted(playbook, whole, readership).into(&mut findings);
            hidden.extend(texts);
            edition
        })
        .collect();
    let canaries = Arc::new(canaries(hidden, &editions, sources, readership, &mut findings));
    for edition in &mut editions {
        edition.canaries = canaries.clone();
    }
    Reported::new(editions, findings)
}

/// The edition in one language, and the texts that were taken out.
fn restricted(
    playbook: &Playbook<Resolved>,
    whole: &Graph,
    readership: Readership,
) -> Reported<(Edition, Vec<Hidden>)> {
    let kinds = &playbook.kinds;
    let shown: Vec<bool> =
        playbook.entities.iter().map(|entity| entity.seen_by.contains(readership)).collect();
    let cut_any = shown.contains(&false);
    let mut cut = Cut {
        readership,
        shown: &shown,
        hidden: Vec::new(),
        cut_any,
        findings: Vec::new(),
        at: Span::new(SourceId(0), 0, 0),
        field: None,
    };
    let entities: Vec<Option<Entity<Resolved>>> = playbook
        .entities
        .iter()
        .map(|entity| {
            if entity.seen_by.contains(readership) {
                Some(cut.entity(kinds, entity))
            } else {
                cut.hide_entity(kinds, entity);
                None
            }
        })
        .collect();
    let welcome = playbook.welcome.as_ref().and_then(|welcome| {
        if welcome.seen_by.contains(readership) {
            Some(cut.entity(kinds, welcome))
        } else {
            cut.hide_entity(kinds, welcome);
            None
        }
    });
    let settings = cut.record(&kinds.settings, &playbook.settings);
    let hidden_entities = playbook.entities.iter().zip(&shown).filter(|(_, shown)| !**shown);
    let partial = hidden_entities.map(|(entity, _)| entity.kind).collect();
    let Cut { hidden, cut_any, findings, .. } = cut;
    let graph = if cut_any { Graph::of(kinds, entities.iter().map(Option::as_ref)) } else { whole.clone() };
    let edition = Edition {
        readership,
        kinds: kinds.clone(),
        settings,
        entities,
        welcome,
        graph,
        canaries: Arc::default(),
        partial,
        translated: playbook.translated.clone(),
    };
    Reported::new((edition, hidden), findings)
}

struct Cut<'s> {
    readership: Readership,
    shown: &'s [bool],
    /// Texts that were taken out.
    hidden: Vec<Hidden>,
    /// Whether anything was taken out: then relations are computed anew.
    cut_any: bool,
    findings: Vec<Finding>,
    /// Where what is being looked at is written, and in which field.
    at: Span,
    field: Option<Words>,
}

/// A text that an edition hides.
#[derive(Clone, Debug)]
pub struct Hidden {
    /// The text; only its beginning when it is long.
    pub text: String,
    /// Where it is written.
    pub span: Span,
    /// The name of its field; `None` for title and text of a page.
    pub field: Option<Words>,
    /// A telephone number or an address: found in visible text it is a finding of its own.
    contact: bool,
}

impl Hidden {
    /// A hidden text, for tests of what looks for it.
    #[cfg(test)]
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), span: Span::new(SourceId(0), 0, 0), field: None, contact: false }
    }
}

impl Cut<'_> {
    fn sees(&self, id: EntityId) -> bool {
        self.shown.get(id.0 as usize).copied().unwrap_or(false)
    }

    fn entity(&mut self, kinds: &Kinds, entity: &Entity<Resolved>) -> Entity<Resolved> {
        let fields = kinds.kind(entity.kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        Entity {
            kind: entity.kind,
            id: entity.id.clone(),
            title: entity.title.clone(),
            file: entity.file.clone(),
            source: entity.source,
            span: entity.span,
            alone: entity.alone,
            record: self.record(fields, &entity.record),
            prose: entity.prose.as_ref().map(|passage| self.passage(passage)),
            prose_source: entity.prose_source,
            source_title: entity.source_title.clone(),
            seen_by: entity.seen_by,
        }
    }

    fn record(&mut self, fields: &[Field], record: &Record<Resolved>) -> Record<Resolved> {
        let mut kept = Record { fields: Vec::with_capacity(record.fields.len()) };
        for (index, item) in &record.fields {
            let Some(field) = fields.get(usize::from(*index)) else { continue };
            self.look_at(field, item.span);
            if field.seen_by.is_some_and(|seen_by| !seen_by.contains(self.readership)) {
                self.cut_any = true;
                self.hide(&item.value);
                continue;
            }
            let inner = field.shape.record().unwrap_or_default();
            if let Some(value) = self.value(inner, &item.value) {
                kept.fields.push((*index, Item { value, span: item.span }));
            }
        }
        kept
    }

    /// The value without what is hidden in it; `None` when nothing is left.
    fn value(&mut self, fields: &[Field], value: &Value<Resolved>) -> Option<Value<Resolved>> {
        Some(match value {
            Value::Link(edge) => {
                if !self.sees(edge.target) {
                    self.hide_note(edge);
                    return None;
                }
                value.clone()
            }
            Value::Links(edges) => {
                let mut kept = Vec::with_capacity(edges.len());
                for edge in edges {
                    if self.sees(edge.target) {
                        kept.push(edge.clone());
                    } else {
                        self.hide_note(edge);
                    }
                }
                if kept.is_empty() {
                    return None;
                }
                Value::Links(kept)
            }
            Value::Record(record) => {
                if self.is_about_hidden(fields, record) {
                    self.hide(value);
                    return None;
                }
                let record = self.record(fields, record);
                if record.fields.is_empty() {
                    return None;
                }
                Value::Record(record)
            }
            Value::List(items) => {
                let items: Vec<_> = items
                    .iter()
                    .filter_map(|item| {
                        self.at = item.span;
                        Some(Item { value: self.value(fields, &item.value)?, span: item.span })
                    })
                    .collect();
                if items.is_empty() {
                    return None;
                }
                Value::List(items)
            }
            Value::Markdown(passage) => Value::Markdown(self.passage(passage)),
            other => other.clone(),
        })
    }

    /// Whether a record says something of a thing that this readership may not see: a target without its metric would still tell the figures.
    fn is_about_hidden(&self, fields: &[Field], record: &Record<Resolved>) -> bool {
        record.fields.iter().any(|(index, item)| {
            let is_required =
                fields.get(usize::from(*index)).is_some_and(|field| field.want == Want::Required);
            matches!(&item.value, Value::Link(edge) if is_required && !self.sees(edge.target))
        })
    }

    fn passage(&mut self, passage: &Passage<Resolved>) -> Passage<Resolved> {
        let hidden = |end: &Destination| matches!(end, Destination::Entity(id, _) if !self.sees(*id));
        if !passage.ends.iter().any(hidden) {
            return passage.clone();
        }
        let mut ends = Vec::with_capacity(passage.ends.len());
        let mut names: Vec<&str> = Vec::new();
        for (hole, end) in passage.prose.holes.iter().zip(&passage.ends) {
            let Destination::Entity(id, _) = end else {
                ends.push(end.clone());
                continue;
            };
            if self.sees(*id) {
                ends.push(end.clone());
                continue;
            }
            ends.push(Destination::Hidden);
            if let Filling::LinkText(target) = &hole.filling {
                names.push(&target.name);
            }
            if let Filling::Picture { target, .. } = &hole.filling {
                names.push(&target.name);
            }
            if let Filling::LinkStart(target) | Filling::Picture { target, .. } = &hole.filling {
                let Words { en, es } = self.readership.words();
                self.findings.push(
                    Finding::new(
                        &HIDDEN_REFERENCE,
                        target.span,
                        words!(
                            "the {en} edition does not show what this link leads to",
                            "la edición {es} no muestra lo que enlaza este texto"
                        ),
                    )
                    .why(words!(
                        "readers of that edition see the text without the link",
                        "quien lee esa edición ve el texto sin el enlace"
                    ))
                    .help(words!(
                        "write the sentence so that it needs no link, or widen `seen_by` of the target",
                        "escribe la frase de modo que no necesite el enlace, o amplía `visible_para` del destino"
                    )),
                );
            }
        }
        let prose =
            if names.is_empty() { passage.prose.clone() } else { Arc::new(without(&passage.prose, &names)) };
        Passage { prose, ends }
    }

    fn look_at(&mut self, field: &Field, span: Span) {
        self.field = Some(Words { en: field.name.clone(), es: field.es.clone() });
        self.at = span;
    }

    fn hide_entity(&mut self, kinds: &Kinds, entity: &Entity<Resolved>) {
        let fields = kinds.kind(entity.kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        for (index, item) in &entity.record.fields {
            if let Some(field) = fields.get(usize::from(*index)) {
                self.look_at(field, item.span);
            }
            self.hide(&item.value);
        }
        self.field = None;
        self.at = entity.span;
        // A title that is no field, no heading and no key of a list was made from the name of the file: nobody wrote it, and folders are called like that on visible pages.
        let heading = entity.prose.as_ref().and_then(|passage| passage.prose.title.as_ref());
        if !entity.alone || heading.is_some_and(|heading| heading.value == entity.title) {
            self.hide_text(&entity.title, false);
        }
        if let Some(passage) = &entity.prose {
            self.hide_prose(passage);
        }
    }

    fn hide(&mut self, value: &Value<Resolved>) {
        match value {
            Value::Text(text) | Value::Url(text) | Value::File(text) => self.hide_text(text, false),
            Value::Email(text) | Value::Phone(text) => self.hide_text(text, true),
            Value::Markdown(passage) => self.hide_prose(passage),
            Value::Link(edge) => self.hide_note(edge),
            Value::Links(edges) => {
                for edge in edges {
                    self.hide_note(edge);
                }
            }
            Value::Record(record) => {
                for (_, item) in &record.fields {
                    self.at = item.span;
                    self.hide(&item.value);
                }
            }
            Value::List(items) => {
                for item in items {
                    self.at = item.span;
                    self.hide(&item.value);
                }
            }
            Value::Map(pairs) => {
                for (_, text) in pairs {
                    self.hide_text(text, false);
                }
            }
            _ => {}
        }
    }

    fn hide_note(&mut self, edge: &Edge<Resolved>) {
        if let Some(note) = &edge.note {
            self.at = edge.span;
            self.hide_text(note, false);
        }
    }

    fn hide_prose(&mut self, passage: &Passage<Resolved>) {
        for text in texts_of_html(&passage.prose.html) {
            self.hide_text(&text, false);
        }
        for hole in &passage.prose.holes {
            if let Filling::Block { text, .. } = &hole.filling {
                for line in text.value.lines() {
                    self.hide_text(line, false);
                }
            }
        }
    }

    fn hide_text(&mut self, text: &str, contact: bool) {
        let text = text.trim();
        // The beginning of a long text proves as much, and the scan stays small.
        let text =
            text.char_indices().nth(MOST_LETTERS).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
        if is_telling(text, contact) {
            let field = self.field.clone();
            self.hidden.push(Hidden { text: text.to_owned(), span: self.at, field, contact });
        }
    }
}

/// A prose whose summary and headings do not tell the names of wiki links that are hidden (`[[Ana Pérez]]`): the link itself says that already.
fn without(prose: &Prose, names: &[&str]) -> Prose {
    let mut prose = prose.clone();
    let tells = |text: &str| names.iter().any(|name| text.contains(name.rsplit(':').next().unwrap_or(name)));
    if tells(&prose.summary) {
        prose.summary.clear();
    }
    for (index, heading) in prose.headings.iter_mut().enumerate() {
        if tells(&heading.text) {
            let neutral = format!("section-{}", index + 1);
            let (old, new) = (format!(" id=\"{}\"", heading.anchor), format!(" id=\"{neutral}\""));
            if let Some(at) = prose.html.find(&old) {
                prose.html.replace_range(at..at + old.len(), &new);
                let grown = new.len() as i64 - old.len() as i64;
                for hole in prose.holes.iter_mut().filter(|hole| hole.at as usize > at) {
                    hole.at = u32::try_from(i64::from(hole.at) + grown).unwrap_or(hole.at);
                }
            }
            heading.anchor = neutral;
            heading.text = "…".to_owned();
        }
    }
    prose
}

/// Whether a text is so particular that finding it means that it leaked: short common words are not.
fn is_telling(text: &str, contact: bool) -> bool {
    let letters = text.chars().filter(|character| character.is_alphanumeric()).count();
    if contact {
        return letters >= 6;
    }
    letters >= 20 || (letters >= 8 && text.contains(char::is_whitespace)) || letters >= 14
}

/// The running texts between the tags of safe HTML, entities decoded.
fn texts_of_html(html: &str) -> impl Iterator<Item = String> {
    html.split('<').filter_map(|part| {
        let text = part.split_once('>').map_or(part, |(_, text)| text).trim();
        (!text.is_empty()).then(|| {
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
        })
    })
}

/// The texts that may not appear. What the author also wrote in something visible is no leak of ours and is taken out, and so is what a folder with visible pages is called; a hidden number or address in visible text is told.
fn canaries(
    hidden: Vec<Hidden>,
    editions: &[Edition],
    sources: &Sources,
    readership: Readership,
    findings: &mut Vec<Finding>,
) -> Vec<Hidden> {
    if hidden.is_empty() {
        return Vec::new();
    }
    let mut texts: Vec<Hidden> = hidden;
    texts.sort_by(|a, b| a.text.cmp(&b.text).then(b.contact.cmp(&a.contact)));
    texts.dedup_by(|a, b| a.text == b.text);
    let Ok(automaton) = aho_corasick::AhoCorasick::new(texts.iter().map(|hidden| &hidden.text)) else {
        findings.push(crate::finding::bug("the leak scan could not be prepared"));
        return Vec::new();
    };
    let mut visible = vec![false; texts.len()];
    let entities =
        editions.iter().flat_map(|edition| edition.entities.iter().flatten().chain(&edition.welcome));
    let article = editions.first().and_then(|edition| edition.kinds.named("article")).map(|kind| kind.id);
    let mut folders: BTreeSet<String> = BTreeSet::new();
    for entity in entities {
        if Some(entity.kind) == article {
            folders.extend(entity.file.parent().parts().map(readable));
        }
        let mut seen = |text: &str, span: Span, findings: &mut Vec<Finding>| {
            for found in automaton.find_overlapping_iter(text) {
                let index = found.pattern().as_usize();
                let Some(hidden) = texts.get(index) else { continue };
                if let Some(visible) = visible.get_mut(index) {
                    if hidden.contact && !*visible {
                        // The very words, where the source has them as they are.
                        let written =
                            sources.source(span.source).and_then(|source| source.text.find(&hidden.text));
                        let exact = written.map(|at| Span::new(span.source, at, at + hidden.text.len()));
                        findings.push(contact(readership, exact.unwrap_or(span)).secret());
                    }
                    *visible = true;
                }
            }
        };
        seen(&entity.title, entity.span, findings);
        // Addresses hold the ids of what may be seen; that something hidden names one is no secret.
        seen(&entity.id, entity.span, findings);
        for (_, item) in &entity.record.fields {
            for_each_text(&item.value, item.span, &mut |text, span| seen(text, span, findings));
        }
        if let Some(passage) = &entity.prose {
            for_each_text(&Value::Markdown(passage.clone()), entity.span, &mut |text, span| {
                seen(text, span, findings);
            });
        }
    }
    let texts = texts.into_iter().zip(visible).filter(|(_, visible)| !visible).map(|(hidden, _)| hidden);
    texts.filter(|hidden| !folders.contains(&hidden.text)).collect()
}

/// A text with one space wherever its words are apart.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Safe HTML as one running text: what a mark divides (`**so** much`) and what a line divides comes together.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Where the words of a text stand in a source, with any spaces and line ends between them, outside of another place.
fn written(words: &str, source: SourceId, outside: Span, sources: &Sources) -> Option<Span> {
    let text = sources.source(source)?.text.as_str();
    let first = words.split(' ').next().filter(|first| !first.is_empty())?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut rest = text.get(start..)?;
        for word in words.split(' ') {
            rest = rest.trim_start().strip_prefix(word)?;
        }
        let span = Span::new(source, start, text.len() - rest.len());
        let is_apart =
            span.source != outside.source || span.end <= outside.start || outside.end <= span.start;
        is_apart.then_some(span)
    })
}

fn contact(readership: Readership, span: Span) -> Finding {
    let Words { en, es } = readership.words();
    Finding::new(
        &HIDDEN_CONTACT,
        Place::Span(span),
        words!(
            "a telephone number or address that the {en} edition hides stands in this text",
            "este texto contiene un teléfono o correo que la edición {es} oculta"
        ),
    )
    .why(words!(
        "somebody's contact data would be published in running text",
        "se publicarían los datos de contacto de alguien dentro del texto"
    ))
    .help(words!(
        "name the role instead, or limit this page with `seen_by`",
        "nombra la función en su lugar, o limita esta página con `visible_para`"
    ))
}

fn for_each_text(value: &Value<Resolved>, span: Span, tell: &mut dyn FnMut(&str, Span)) {
    match value {
        Value::Text(text)
        | Value::Url(text)
        | Value::Email(text)
        | Value::Phone(text)
        | Value::File(text) => {
            tell(text, span);
        }
        Value::Markdown(passage) => {
            for text in texts_of_html(&passage.prose.html) {
                tell(&text, span);
            }
            for hole in &passage.prose.holes {
                match &hole.filling {
                    Filling::Block { text, .. } => tell(&text.value, text.span),
                    Filling::Picture { alt, caption, target, .. } => {
                        tell(alt, target.span);
                        tell(caption, target.span);
                    }
                    _ => {}
                }
            }
        }
        Value::Link(edge) => {
            if let Some(note) = &edge.note {
                tell(note, edge.span);
            }
        }
        Value::Links(edges) => {
            for edge in edges {
                if let Some(note) = &edge.note {
                    tell(note, edge.span);
                }
            }
        }
        Value::Record(record) => {
            for (_, item) in &record.fields {
                for_each_text(&item.value, item.span, tell);
            }
        }
        Value::List(items) => {
            for item in items {
                for_each_text(&item.value, item.span, tell);
            }
        }
        Value::Map(pairs) => {
            for (key, text) in pairs {
                tell(text, key.span);
            }
        }
        _ => {}
    }
}

/// The editions that the settings allow; all when they say nothing.
pub fn wished(playbook: &Playbook<Resolved>) -> Readerships {
    let field = playbook.kinds.settings.iter().find(|field| field.name == "editions");
    let choices = field.and_then(|field| match &field.shape {
        crate::model::FieldType::List(item) => match item.as_ref() {
            crate::model::FieldType::Choice(choices) => Some(choices),
            _ => None,
        },
        _ => None,
    });
    let (Some(choices), Some(Value::List(items))) =
        (choices, playbook.setting("editions").map(|item| &item.value))
    else {
        return Readerships::ALL;
    };
    Readerships::of(items.iter().filter_map(|item| match &item.value {
        Value::Choice(index) => Readership::named(&choices.get(usize::from(*index))?.name),
        _ => None,
    }))
}
