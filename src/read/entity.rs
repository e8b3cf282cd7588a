//! A file → its entities: a Markdown file with front matter, a YAML file, or the items of a list.

use std::ops::Range;

use crate::finding::{Code, Finding, Level};
use crate::model::{
    Entity, Field, FieldType, Item, Kind, Kinds, Named, Passage, Readership, Readerships, Record, Value,
};
use crate::syntax::{Node, Origin, Tree, front_matter, table, yaml};
use crate::text::{FilePath, SourceId, Span, fold, slug};
use crate::words;

use super::classify::{self, Role};
use super::preset;
use super::record::{RecordReader, Strictness, is_visibility};

static NOT_ENTITIES: Code =
    Code { id: "P109", name: "no_entities_in_file", level: Level::Error, since: "0.1.0" };

static NOT_FIELDS: Code =
    Code { id: "P111", name: "front_matter_without_fields", level: Level::Error, since: "0.1.0" };

pub static CODES: &[&Code] = &[&NOT_ENTITIES, &NOT_FIELDS];

/// The entities of one file, and whether it is a list that could not be read whole.
pub fn read_file(
    kinds: &Kinds,
    path: &FilePath,
    role: &Role,
    source: SourceId,
    text: &str,
    has_settings: bool,
    findings: &mut Vec<Finding>,
) -> (Vec<Entity<Named>>, bool) {
    let mut file = File { kinds, path, source, text, has_settings, broken: false, findings };
    let entities = match role {
        Role::Article => file.markdown(None).into_iter().collect(),
        Role::Entity(kind) => match kinds.kind(*kind) {
            Some(kind) => file.markdown(Some(kind)).into_iter().collect(),
            None => Vec::new(),
        },
        Role::List(kind) | Role::KindFolder(kind) => match kinds.kind(*kind) {
            Some(kind) => file.list(kind, matches!(role, Role::List(_))),
            None => Vec::new(),
        },
        Role::Settings | Role::Kinds | Role::Theme | Role::Data | Role::Asset | Role::Unused => Vec::new(),
    };
    (entities, file.broken)
}

struct File<'a> {
    kinds: &'a Kinds,
    path: &'a FilePath,
    source: SourceId,
    text: &'a str,
    has_settings: bool,
    /// Whether its YAML could not be read whole.
    broken: bool,
    findings: &'a mut Vec<Finding>,
}

impl File<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    fn has_error_since(&self, before: usize) -> bool {
        self.findings.iter().skip(before).any(|finding| finding.level == Level::Error)
    }

    /// Whether lines that could not be read speak of who may see the page; that is told.
    fn doubts(&mut self, range: Range<usize>) -> bool {
        let offset = range.start;
        let unread = self.text.get(range).unwrap_or_default();
        let lower = unread.to_lowercase();
        let words = ["seen", "visib", "draft", "borrador", "privad", "private", "confiden"];
        let Some(at) = words.iter().filter_map(|word| lower.find(word)).min() else { return false };
        // Lower case may have another length; then the first line serves.
        let line = unread.get(..at).map_or(0, |before| before.rfind('\n').map_or(0, |newline| newline + 1));
        let length = unread.get(line..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        self.findings.push(
            Finding::new(
                &super::record::MISSPELLED_VISIBILITY,
                self.span(offset + line, offset + line + length),
                words!(
                    "these lines could not be read, and seem to say who sees the page",
                    "estas líneas no se han podido leer, y parecen decir quién ve la página"
                ),
            )
            .why(words!(
                "until they are mended only the staff edition shows it",
                "hasta que se corrijan solo aparece en la edición del equipo"
            ))
            .help(words!(
                "fields stand between two lines `---`, of which the first is the first line of the file",
                "los campos van entre dos líneas `---`, la primera de ellas al principio del archivo"
            )),
        );
        true
    }

    /// A Markdown file: front matter and prose.
    fn markdown(&mut self, kind: Option<&Kind>) -> Option<Entity<Named>> {
        let cut = front_matter::cut(self.text);
        cut.check(self.text, self.source, self.findings);
        let before = self.findings.len();
        let node = cut.yaml.clone().and_then(|range| {
            yaml::parse(self.text.get(range.clone())?, self.source, range.start, self.findings)
        });
        if let Some(node) = node.as_ref().filter(|node| !matches!(node.tree, Tree::Map(_) | Tree::Null)) {
            self.findings.push(
                Finding::new(
                    &NOT_FIELDS,
                    node.span,
                    words!("the front matter holds no fields", "la cabecera no contiene campos"),
                )
                .why(words!("what stands in it is lost", "lo que contiene se pierde"))
                .help(words!(
                    "write one field a line, with a colon: `title: …`",
                    "escribe un campo por línea, con dos puntos: `titulo: …`"
                )),
            );
        }
        let unread = match &cut.yaml {
            Some(range) if self.has_error_since(before) => range.clone(),
            Some(_) => 0..0,
            None if cut.foreign.is_some() => 0..cut.body,
            None => 0..seeming_front_matter(self.text),
        };
        let mut doubtful = self.doubts(unread);
        let node = node.unwrap_or(Node { span: self.span(0, 0), tree: Tree::Map(Vec::new()) });
        let article = self.kinds.named("article")?;
        let visibility = article.fields.iter().find(|field| is_visibility(field));
        if !doubtful && let Some(line) = visibility.and_then(|field| wish_in_body(field, self.text, cut.body))
        {
            doubtful = self.doubts(line);
        }
        let kind = kind.filter(|kind| self.has_settings || names_own_field(kind, &node)).unwrap_or(article);
        let is_article = kind.id == article.id;
        let node = preset::filled(kind, &node, self.findings).unwrap_or(node);
        let strictness = if is_article { Strictness::Article } else { Strictness::Entity };
        let mut reader = RecordReader::new(self.kinds, strictness);
        let front = cut.yaml.clone().map_or(self.span(0, 0), |range| self.span(range.start, range.start));
        let body = self.text.get(cut.body..).unwrap_or_default();
        let prose = (!body.trim().is_empty())
            .then(|| reader.passage(body, Origin::Exact { source: self.source, offset: cut.body }));
        let whole = title_span(kind, &node).unwrap_or(front);
        let record = reader.record(&kind.fields, &node, Some((whole, &kind.label)));
        self.findings.append(&mut reader.findings);
        let id = if is_article { article_id(self.path) } else { entity_id(self.path) };
        let mut entity = self.entity(kind, &node, record, prose, id, whole);
        entity.alone = true;
        entity.seen_by = narrowed(entity.seen_by, doubtful || reader.doubtful_visibility);
        if is_article && draft(&node) {
            entity.seen_by = entity.seen_by.and(Readerships::of([Readership::Staff]));
        }
        Some(entity)
    }

    /// A YAML or CSV file: one entity, or a list or map of entities.
    fn list(&mut self, kind: &Kind, named_after_kind: bool) -> Vec<Entity<Named>> {
        let before = self.findings.len();
        let mut entities = self.listed(kind, named_after_kind, before);
        if self.has_error_since(before) && self.broken {
            let doubtful = self.doubts(0..self.text.len());
            for entity in &mut entities {
                entity.seen_by = narrowed(entity.seen_by, doubtful);
            }
        }
        entities
    }

    fn listed(&mut self, kind: &Kind, named_after_kind: bool, before: usize) -> Vec<Entity<Named>> {
        let node = if self.path.has_extension(&["csv"]) {
            table::parse(self.text, self.source, 0, self.findings).map(|table| table::to_nodes(&table))
        } else {
            yaml::parse(self.text, self.source, 0, self.findings)
        };
        self.broken = self.has_error_since(before);
        let Some(node) = node else { return Vec::new() };
        // `roles: [ … ]` around the list is welcome.
        let node = match node.entries() {
            [only] if self.kinds.of_folder(&only.key.value).is_some_and(|found| found.id == kind.id) => {
                &only.value
            }
            _ => &node,
        };
        match &node.tree {
            Tree::List(items) => items.iter().filter_map(|item| self.item(kind, item, None)).collect(),
            Tree::Map(entries) => {
                let is_map_of_entities =
                    entries.iter().all(|entry| matches!(entry.value.tree, Tree::Map(_) | Tree::Null))
                        && !entries.iter().all(|entry| kind.field(&entry.key.value).is_some());
                let is_terms = named_after_kind
                    && entries.iter().all(|entry| kind.field(&entry.key.value).is_none())
                    && entries.iter().all(|entry| entry.value.items().is_empty());
                if is_map_of_entities || is_terms {
                    return entries
                        .iter()
                        .filter_map(|entry| {
                            self.item(kind, &entry.value, Some((&entry.key.value, entry.key.span)))
                        })
                        .collect();
                }
                // What is left of a list that breaks off is no entity of its own.
                if self.broken && named_after_kind {
                    return Vec::new();
                }
                let filled = preset::filled(kind, node, self.findings);
                let node = filled.as_ref().unwrap_or(node);
                let mut reader = RecordReader::new(self.kinds, Strictness::Entity);
                let whole = title_span(kind, node).unwrap_or(self.span(0, 0));
                let record = reader.record(&kind.fields, node, Some((whole, &kind.label)));
                self.findings.append(&mut reader.findings);
                let mut entity = self.entity(kind, node, record, None, entity_id(self.path), whole);
                entity.alone = true;
                entity.seen_by = narrowed(entity.seen_by, reader.doubtful_visibility);
                vec![entity]
            }
            Tree::Null => Vec::new(),
            Tree::Scalar(..) => {
                let (en, es) = (kind.plural.en.to_lowercase(), kind.plural.es.to_lowercase());
                self.findings.push(
                    Finding::new(
                        &NOT_ENTITIES,
                        node.span,
                        words!("this file should list {en}", "este archivo debería enumerar {es}"),
                    )
                    .help(words!(
                        "write one item a line: `- title: …`",
                        "escribe un elemento por línea: `- titulo: …`"
                    )),
                );
                Vec::new()
            }
        }
    }

    /// An item of a list file. A scalar is its name (in a map: its first text).
    fn item(&mut self, kind: &Kind, node: &Node, key: Option<(&str, Span)>) -> Option<Entity<Named>> {
        let filled = preset::filled(kind, node, self.findings);
        let node = filled.as_ref().unwrap_or(node);
        let mut reader = RecordReader::new(self.kinds, Strictness::Entity);
        let whole = match key {
            Some((_, span)) => span,
            None => title_span(kind, node).unwrap_or_else(|| first_line(node)),
        };
        let record = match (&node.tree, key) {
            (Tree::Null, None) => return None,
            (Tree::Scalar(text, _), None) => {
                let index = kind.index(&kind.title_field)?;
                let value = Value::Text(text.clone());
                Record { fields: vec![(index, Item { value, span: node.span })] }
            }
            (Tree::Scalar(..), Some(_)) => {
                // `term: its definition`
                let (index, field) = kind.fields.iter().enumerate().find(|(_, field)| {
                    field.name != kind.title_field
                        && matches!(field.shape, FieldType::Markdown | FieldType::Text)
                })?;
                let mut record = Record::default();
                let wrapped = Node {
                    span: node.span,
                    tree: Tree::Map(vec![crate::syntax::Entry {
                        key: crate::text::Spanned::new(field.name.clone(), whole),
                        value: node.clone(),
                    }]),
                };
                record.fields.extend(reader.record(&kind.fields, &wrapped, None).fields);
                record.fields.retain(|(known, _)| usize::from(*known) == index);
                record
            }
            _ => reader.record(&kind.fields, node, Some((whole, &kind.label))),
        };
        self.findings.append(&mut reader.findings);
        let id = match key {
            Some((key, _)) => slug(key),
            None => String::new(),
        };
        let mut entity = self.entity(kind, node, record, None, id, whole);
        entity.seen_by = narrowed(entity.seen_by, reader.doubtful_visibility);
        if let Some((key, _)) = key
            && named(kind, &entity.record).is_none()
        {
            key.clone_into(&mut entity.title);
        }
        Some(entity)
    }

    fn entity(
        &self,
        kind: &Kind,
        node: &Node,
        record: Record<Named>,
        prose: Option<Passage<Named>>,
        id: String,
        span: Span,
    ) -> Entity<Named> {
        let text = |name: &str| match &record.value(kind.index(name)?)?.value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let heading = prose.as_ref().and_then(|passage| passage.prose.title.clone());
        let title = named(kind, &record)
            .or_else(|| heading.map(|heading| heading.value))
            .unwrap_or_else(|| if id.is_empty() { String::new() } else { humanised(self.path) });
        let id = text("id").map(|id| slug(&id)).filter(|id| !id.is_empty()).unwrap_or(id);
        let id = if id.is_empty() { slug(&title) } else { id };
        let id = if id.is_empty() { format!("{}-{}", kind.name, node.span.start) } else { id };
        let seen_by = seen_by(kind, &record);
        Entity {
            kind: kind.id,
            id,
            title,
            file: self.path.clone(),
            source: self.source,
            span,
            alone: false,
            record,
            prose,
            prose_source: self.source,
            source_title: None,
            seen_by,
        }
    }
}

/// Where lines end that look like fields at the start of a text and are not read as such: behind a blank line, a comment, too many dashes.
fn seeming_front_matter(text: &str) -> usize {
    let mut end = 0;
    for line in text.split_inclusive('\n').take(60) {
        let bare = line.trim().trim_start_matches('\u{feff}');
        let is_mark = bare.is_empty()
            || bare.starts_with("<!--")
            || bare.bytes().all(|byte| matches!(byte, b'-' | b'+'));
        let is_field = bare.split_once([':', '=']).is_some_and(|(name, _)| {
            name.len() < 40 && name.split_whitespace().count() <= 2 && name.starts_with(char::is_alphabetic)
        });
        if !is_mark && !is_field {
            break;
        }
        end += line.len();
    }
    end
}

/// Whether a text is nothing but names of editions: `[staff]`, `equipo, direccion`. "Visibility: how many people see us" is prose.
fn names_editions(visibility: &Field, text: &str) -> bool {
    let mut names = text.split(|letter: char| !letter.is_alphanumeric()).filter(|name| !name.is_empty());
    let choices = visibility.shape.choices();
    let is_edition = |name: &str| choices.iter().any(|choice| choice.names.contains(&fold(name)));
    let first = names.next();
    first.is_some_and(is_edition) && names.all(is_edition)
}

/// A line of the body that says who sees the page, outside code: it was meant for the front matter. A fence that nothing closes is no code.
fn wish_in_body(visibility: &Field, text: &str, body: usize) -> Option<Range<usize>> {
    let mut at = body;
    let mut fence: Option<&str> = None;
    let (mut found, mut in_fence) = (None, None);
    for line in text.get(body..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.trim_start().starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => (fence, in_fence) = (None, None),
            _ => {
                let is_wish = bare.split_once(':').is_some_and(|(name, value)| {
                    visibility.names.contains(&fold(name)) && names_editions(visibility, value)
                });
                if is_wish {
                    let place = if fence.is_some() { &mut in_fence } else { &mut found };
                    place.get_or_insert(at..at + bare.len());
                }
            }
        }
        at += line.len();
    }
    found.or(in_fence)
}

/// Only staff, when it is in doubt who was meant.
fn narrowed(seen_by: Readerships, doubtful: bool) -> Readerships {
    if doubtful { seen_by.and(Readerships::of([Readership::Staff])) } else { seen_by }
}

/// The editions of an entity: its own `seen_by`, else its kind's; a draft only for staff.
fn seen_by(kind: &Kind, record: &Record<Named>) -> Readerships {
    let choices = |name: &str| -> Vec<String> {
        let Some(index) = kind.index(name) else { return Vec::new() };
        let Some(field) = kind.fields.get(usize::from(index)) else { return Vec::new() };
        let chosen = |shape: &FieldType, value: &Value<Named>| match (shape, value) {
            (FieldType::Choice(choices), Value::Choice(choice)) => {
                choices.get(usize::from(*choice)).map(|choice| choice.name.clone())
            }
            _ => None,
        };
        match (record.value(index).map(|item| &item.value), &field.shape) {
            (Some(Value::List(items)), FieldType::List(shape)) => {
                items.iter().filter_map(|item| chosen(shape, &item.value)).collect()
            }
            (Some(value), shape) => chosen(shape, value).into_iter().collect(),
            (None, _) => Vec::new(),
        }
    };
    let given: Vec<Readership> =
        choices("seen_by").iter().filter_map(|name| Readership::named(name)).collect();
    let wished = kind.index("seen_by").is_some_and(|index| record.value(index).is_some());
    // A list that could not be read must not widen what is shown: nobody but staff.
    let set = match (wished, given.is_empty()) {
        (false, _) => kind.seen_by,
        (true, false) => Readerships::of(given),
        (true, true) => Readerships::of([Readership::Staff]),
    };
    if choices("status").iter().any(|status| status == "draft") {
        set.and(Readerships::of([Readership::Staff]))
    } else {
        set
    }
}

/// The text of the field that names an entity of this kind; a person may also have a `title`.
pub(super) fn named(kind: &Kind, record: &Record<Named>) -> Option<String> {
    let text = |name: &str| match &record.value(kind.index(name)?)?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    text(&kind.title_field).or_else(|| text("title"))
}

pub(super) fn title_span(kind: &Kind, node: &Node) -> Option<Span> {
    let names = [kind.title_field.as_str(), "title"];
    let entry = node.entries().iter().find(|entry| {
        kind.field(&entry.key.value).is_some_and(|(_, field)| names.contains(&field.name.as_str()))
    })?;
    Some(entry.value.span)
}

fn first_line(node: &Node) -> Span {
    match node.entries().first() {
        Some(entry) => entry.key.span.to(entry.value.span),
        None => node.span,
    }
}

/// Without settings a file in a folder called `tools` is a tool only when its front matter says something that only tools have.
fn names_own_field(kind: &Kind, node: &Node) -> bool {
    let known = |entry: &crate::syntax::Entry| kind.field(&entry.key.value);
    node.entries().iter().any(|entry| known(entry).is_some_and(|(_, field)| !field.common))
        && node.entries().iter().all(|entry| known(entry).is_some())
}

pub(super) fn draft(node: &Node) -> bool {
    let is = |entry: &crate::syntax::Entry| {
        matches!(fold(&entry.key.value).as_str(), "draft" | "borrador")
            && entry.value.text().is_some_and(|text| matches!(fold(text).as_str(), "true" | "yes" | "si"))
    };
    node.entries().iter().any(is)
}

fn entity_id(path: &FilePath) -> String {
    let id = slug(classify::without_number(path.stem()));
    if id.is_empty() { slug(path.as_str()) } else { id }
}

/// The path of an article without extension, slugged part by part, numbers of order taken away; `index` for the page of a folder.
fn article_id(path: &FilePath) -> String {
    let mut parts: Vec<String> =
        path.parent().parts().map(|part| slug_or_hash(classify::without_number(part))).collect();
    parts.push(if classify::is_folder_page(path) {
        "index".to_owned()
    } else {
        slug_or_hash(classify::without_number(path.stem()))
    });
    parts.join("/")
}

/// A slug, or, for a name without letters and digits, some hexadecimal digits of its bytes.
fn slug_or_hash(name: &str) -> String {
    let slugged = slug(name);
    if !slugged.is_empty() {
        return slugged;
    }
    let sum = name.bytes().fold(5381_u32, |sum, byte| sum.wrapping_mul(33) ^ u32::from(byte));
    format!("x{sum:08x}")
}

/// A title from a file's name: `01-plan_de-crisis.md` → "Plan de crisis"; the folder's name for its page.
fn humanised(path: &FilePath) -> String {
    let parent = path.parent();
    let name = if classify::is_folder_page(path) && !parent.as_str().is_empty() {
        parent.name().to_owned()
    } else {
        path.stem().to_owned()
    };
    classify::readable(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_in_bodies() {
        let kinds = crate::model::builtin(&mut Vec::new());
        let article = kinds.named("article").unwrap();
        let visibility = article.fields.iter().find(|field| is_visibility(field)).unwrap();
        for (text, found) in [
            ("# Title\n\nseen_by: [staff]\n\nText", Some("seen_by: [staff]")),
            ("visible_para: equipo, dirección", Some("visible_para: equipo, dirección")),
            ("```\nx\n---\nseen_by: [staff]\n---\nText", Some("seen_by: [staff]")),
            ("```yaml\nseen_by: [staff]\n```\nText", None),
            ("Visibility: how many people see us", None),
            ("- seen_by: [staff]", None),
            ("Visible to: anyone", None),
        ] {
            assert_eq!(wish_in_body(visibility, text, 0).map(|range| &text[range]), found, "{text}");
        }
    }
}
