//! Kind files → kinds. The format is described in `docs/kind-files.md`; a playbook's `types/` goes through the same code as the built-in kinds.

mod rules;

use std::collections::BTreeMap;

use super::kind::field_named;
use super::{
    Chapter, Choice, Field, FieldType, Inverse, Kind, KindId, Kinds, Readership, Readerships, Relation, Sort,
    Tone, Translation, Want,
};
use crate::finding::{Code, Finding, Level, Words};
use crate::syntax::{Entry, Node, Tree, yaml};
use crate::text::{SourceId, capital, fold, nearest, slug};
use crate::words;
use rules::{RULE_BOUND, RULE_CODE, RULE_OF, RULE_WHEN};

static KIND_KEY: Code = Code { id: "P120", name: "unknown_kind_key", level: Level::Error, since: "0.1.0" };
static KIND_VALUE: Code = Code { id: "P121", name: "wrong_kind_value", level: Level::Error, since: "0.1.0" };
static KIND_TAKEN: Code = Code { id: "P122", name: "kind_name_taken", level: Level::Error, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] =
    &[&KIND_KEY, &KIND_VALUE, &KIND_TAKEN, &RULE_OF, &RULE_BOUND, &RULE_CODE, &RULE_WHEN];

macro_rules! embedded {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../../kinds/", $name, ".yaml")))),*] };
}

/// The built-in kind files by name; `common` and `settings` hold only fields. A test holds the list against the folder.
static EMBEDDED: &[(&str, &str)] = embedded! {
    "account" "ally" "article" "audience" "campaign" "channel" "common" "decision" "evaluation" "feedback"
    "guideline" "incident" "informant" "listening" "metric" "objective" "path" "person" "pillar" "post"
    "procedure" "response" "role" "scenario" "settings" "severity" "skill" "template" "term" "tool"
};

/// A kind file of a playbook.
pub struct Extension<'a> {
    /// Its tree.
    pub node: &'a Node,
}

/// The built-in kinds. Findings can only come from a fault in a built-in file; a test holds that there are none.
pub fn builtin(findings: &mut Vec<Finding>) -> Kinds {
    let mut trees = BTreeMap::new();
    for (index, (name, text)) in EMBEDDED.iter().enumerate() {
        if let Some(node) = yaml::parse(text, SourceId(index as u32), 0, findings) {
            trees.insert(*name, node);
        }
    }
    let settings = trees.remove("settings");
    let common = trees.remove("common");
    let mut reader = Reader { kinds: Kinds::default(), common: Vec::new(), findings };
    for node in trees.values() {
        reader.register(node, false);
    }
    if let Some(fields) = common.as_ref().and_then(|node| node.entry("fields")) {
        reader.common = reader.fields(fields);
        for field in &mut reader.common {
            field.common = true;
        }
    }
    for node in trees.values() {
        reader.complete(node);
    }
    mirror(&mut reader.kinds);
    for node in trees.values() {
        reader.rules(node, false);
    }
    if let Some(fields) = settings.as_ref().and_then(|node| node.entry("fields")) {
        reader.kinds.settings = reader.fields(fields);
    }
    reader.kinds
}

/// Adds the kinds and fields of a playbook's `types/` to the built-in ones.
pub fn extend(kinds: Kinds, extensions: &[Extension<'_>], findings: &mut Vec<Finding>) -> Kinds {
    let common = kinds
        .list
        .first()
        .map(|kind| kind.fields.iter().filter(|field| field.common).cloned().collect())
        .unwrap_or_default();
    let mut reader = Reader { kinds, common, findings };
    let is_kind = |node: &Node| node.entry("kind").is_some() || node.entry("extends").is_none();
    for extension in extensions.iter().filter(|extension| is_kind(extension.node)) {
        reader.register(extension.node, true);
    }
    for extension in extensions {
        if is_kind(extension.node) {
            reader.complete(extension.node);
        } else {
            reader.add_fields(extension.node);
        }
    }
    mirror(&mut reader.kinds);
    // Rules come last: they may name what other files add.
    for extension in extensions {
        reader.rules(extension.node, true);
    }
    reader.kinds
}

/// A relation may be written on either side: where the target's kind has no field of the inverse's name, it gets one.
fn mirror(kinds: &mut Kinds) {
    let mut mirrored: Vec<(KindId, Field)> = Vec::new();
    for kind in &kinds.list {
        // A common field (an owner) would be mirrored on every kind that it may point at, once for each kind that has it.
        for field in kind.fields.iter().filter(|field| !field.common) {
            let (FieldType::Link(relation) | FieldType::Links(relation)) = &field.shape else { continue };
            let Some(inverse) = &relation.inverse else { continue };
            for target in &relation.to {
                let mut names = vec![inverse.name.clone()];
                names.extend(inverse.es.iter().map(|name| fold(name)));
                names.dedup();
                let taken = |fields: &[Field]| names.iter().any(|name| field_named(fields, name).is_some());
                let known = kinds.kind(*target).is_none_or(|target| taken(&target.fields));
                let added = mirrored.iter().any(|(id, other)| id == target && names.contains(&other.name));
                if known || added {
                    continue;
                }
                let back = Relation {
                    to: vec![kind.id],
                    note: relation.note.clone(),
                    verb: inverse.verb.clone(),
                    inverse: Some(Inverse {
                        name: field.name.clone(),
                        es: vec![field.es.clone()],
                        verb: relation.verb.clone(),
                    }),
                };
                let field = Field {
                    name: inverse.name.clone(),
                    es: inverse.es.first().cloned().unwrap_or_else(|| inverse.name.clone()),
                    names,
                    shape: FieldType::Links(back),
                    want: Want::Optional,
                    label: kind.plural.clone(),
                    help: Words::default(),
                    seen_by: field.seen_by,
                    common: false,
                    translation: Translation::Words,
                };
                mirrored.push((*target, field));
            }
        }
    }
    for (id, field) in mirrored {
        if let Some(kind) = kinds.list.get_mut(usize::from(id.0)) {
            let at = kind.fields.iter().position(|field| field.common).unwrap_or(kind.fields.len());
            kind.fields.insert(at, field);
        }
    }
}

const KIND_KEYS: &[&str] = &[
    "kind", "es", "label", "plural", "about", "folder", "also", "chapter", "order", "seen_by", "sort",
    "name", "columns", "fields", "rules",
];
const FIELD_KEYS: &[&str] = &[
    "es",
    "also",
    "type",
    "want",
    "label",
    "help",
    "seen_by",
    "to",
    "note",
    "verb",
    "inverse",
    "values",
    "fields",
    "of",
    "min",
    "max",
    "unit",
    "translate",
];
const TYPES: &[&str] = &[
    "text", "markdown", "number", "band", "percent", "money", "hours", "date", "datetime", "period", "span",
    "duration", "cadence", "yes_no", "choice", "url", "email", "phone", "file", "color", "link", "links",
    "record", "list", "map",
];

struct Reader<'f> {
    kinds: Kinds,
    common: Vec<Field>,
    findings: &'f mut Vec<Finding>,
}

impl Reader<'_> {
    /// First pass: the kind gets its id, so that links may name kinds that come later.
    fn register(&mut self, node: &Node, custom: bool) {
        self.check_keys(node, KIND_KEYS);
        let Some(name) = node.entry("kind").and_then(Node::text).filter(|name| !slug(name).is_empty()) else {
            self.wrong(
                node,
                words!("a kind needs its name: `kind: …`", "un tipo necesita su nombre: `kind: …`"),
            );
            return;
        };
        let name = fold(name);
        if self.kinds.names.contains_key(&name) {
            let at = node.entry("kind").unwrap_or(node);
            self.findings.push(
                Finding::new(
                    &KIND_TAKEN,
                    at.span,
                    words!("there is already a kind called `{name}`", "ya hay un tipo llamado `{name}`"),
                )
                .help(words!(
                    "to add fields to it write `extends: {name}` in place of `kind:`",
                    "para añadirle campos escribe `extends: {name}` en lugar de `kind:`"
                )),
            );
            return;
        }
        let Ok(index) = u16::try_from(self.kinds.list.len()) else { return };
        let id = KindId(index);
        let spanish = names(node.entry("es"));
        let label = self.words(node, "label", &name);
        let plural = self.words(node, "plural", &format!("{name}s"));
        let folders = self.words(node, "folder", &plural.en);
        let mut known = vec![name.clone()];
        known.extend(spanish.iter().map(|name| fold(name)));
        let mut places = vec![fold(&folders.en), fold(&folders.es)];
        places.extend(known.iter().cloned());
        for further in node.entry("also").map(Node::entries).unwrap_or_default() {
            places.extend(names(Some(&further.value)).iter().map(|name| fold(name)));
        }
        for name in known {
            self.kinds.names.entry(name).or_insert(id);
        }
        self.check_folders(node);
        for place in places {
            self.kinds.folders.entry(place).or_insert(id);
        }
        let chapter = self.one_of(
            node,
            "chapter",
            Chapter::Governance,
            Chapter::ALL.map(|chapter| (chapter.name(), chapter)).as_slice(),
        );
        let seen_by = self.readerships(node).unwrap_or(Readerships::of([Readership::Staff]));
        let sort = match node.entry("sort").and_then(Node::text) {
            None | Some("title") => Sort::Title,
            Some("order") => Sort::Order,
            Some(field) => {
                Sort::Field { name: field.trim_start_matches('-').to_owned(), newest: field.starts_with('-') }
            }
        };
        let about = self.words(node, "about", "");
        self.kinds.list.push(Kind {
            id,
            es: spanish.first().cloned().unwrap_or_else(|| name.clone()),
            label,
            plural,
            about,
            folder: Words { en: slug(&folders.en), es: slug(&folders.es) },
            chapter,
            order: node.entry("order").and_then(Node::text).and_then(|text| text.parse().ok()).unwrap_or(50),
            seen_by,
            sort,
            title_field: node.entry("name").and_then(Node::text).unwrap_or("title").to_owned(),
            name,
            fields: Vec::new(),
            rules: Vec::new(),
            columns: names(node.entry("columns")),
            custom,
        });
    }

    /// A folder that is another kind's already: what lies in it is read as that one.
    fn check_folders(&mut self, node: &Node) {
        let Some(folder) = node.entry("folder") else { return };
        let nodes: Vec<&Node> = match folder.text() {
            Some(_) => vec![folder],
            None => folder.entries().iter().map(|entry| &entry.value).collect(),
        };
        let mut told = Vec::new();
        for place in nodes {
            let name = place.text().unwrap_or_default();
            let Some(other) = self.kinds.of_folder(name) else { continue };
            let (other_en, other_es) = (&other.name, &other.es);
            told.push(
                Finding::new(
                    &KIND_TAKEN,
                    place.span,
                    words!(
                        "`{name}` is the folder of `{other_en}`",
                        "`{name}` es la carpeta de `{other_es}`"
                    ),
                )
                .why(words!(
                    "every file in it is read as `{other_en}`",
                    "cada archivo que hay en ella se lee como `{other_es}`"
                ))
                .help(words!("choose another name for the folder", "elige otro nombre para la carpeta")),
            );
        }
        self.findings.extend(told);
    }

    /// Second pass: fields.
    fn complete(&mut self, node: &Node) {
        let Some(id) = node
            .entry("kind")
            .and_then(Node::text)
            .and_then(|name| self.kinds.names.get(&fold(name)).copied())
        else {
            return;
        };
        let mut fields = node.entry("fields").map(|fields| self.fields(fields)).unwrap_or_default();
        self.check_common_names(node, &fields);
        for common in &self.common {
            if !fields.iter().any(|field| field.name == common.name) {
                fields.push(common.clone());
            }
        }
        for column in node.entry("columns").map(Node::items).unwrap_or_default() {
            let name = column.text().unwrap_or_default();
            if !fields.iter().any(|field| field.name == name) {
                let near = nearest(name, fields.iter().map(|field| field.name.as_str())).map(str::to_owned);
                self.findings.push(
                    Finding::new(
                        &KIND_VALUE,
                        column.span,
                        words!("there is no field `{name}`", "no hay ningún campo `{name}`"),
                    )
                    .suggest(near.as_deref()),
                );
            }
        }
        self.check_sort(node, &fields);
        self.check_name_is_seen(node, id, &fields);
        if let Some(kind) = self.kinds.list.get_mut(usize::from(id.0))
            && kind.fields.is_empty()
        {
            kind.fields = fields;
        }
    }

    /// `sort:` names a field, with a `-` before it for the newest first.
    fn check_sort(&mut self, node: &Node, fields: &[Field]) {
        let Some(sort) = node.entry("sort") else { return };
        let written = sort.text().unwrap_or_default();
        let name = written.trim_start_matches('-');
        if matches!(written, "title" | "order") || fields.iter().any(|field| field.name == name) {
            return;
        }
        let minus = if written.starts_with('-') { "-" } else { "" };
        let near = nearest(name, fields.iter().map(|field| field.name.as_str()));
        let near = near.map(|near| format!("{minus}{near}"));
        self.findings.push(
            Finding::new(
                &KIND_VALUE,
                sort.span,
                words!("there is no field `{name}`", "no hay ningún campo `{name}`"),
            )
            .suggest(near.as_deref()),
        );
    }

    /// A field of the kind that takes a name of a common one: what an author writes under it would be read as the own one, and the common one be missing.
    fn check_common_names(&mut self, node: &Node, fields: &[Field]) {
        let entries = node.entry("fields").map(Node::entries).unwrap_or_default();
        let mut told = Vec::new();
        for field in fields {
            let taken = field.names.iter().find_map(|name| {
                let (_, common) =
                    field_named(&self.common, name).filter(|(_, common)| common.name != field.name)?;
                Some((name, common))
            });
            let Some((taken, common)) = taken else { continue };
            // It takes the place of a common field of the same name, with its other names.
            if fields.iter().any(|own| own.name == common.name) {
                continue;
            }
            let Some(entry) = entries.iter().find(|entry| fold(&entry.key.value) == field.name) else {
                continue;
            };
            let at = ["es", "also"].iter().filter_map(|key| entry.value.entry(key)).find_map(|node| {
                let items = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
                items.iter().find(|item| item.text().is_some_and(|text| fold(text) == *taken))
            });
            let name = &common.name;
            told.push(
                Finding::new(
                    &KIND_TAKEN,
                    at.map_or(entry.key.span, |node| node.span),
                    words!(
                        "`{taken}` is a name of the field `{name}`, which every kind has",
                        "`{taken}` es un nombre del campo `{name}`, que tienen todos los tipos"
                    ),
                )
                .help(words!("choose another name", "elige otro nombre")),
            );
        }
        self.findings.extend(told);
    }

    /// The name of an entity stands in addresses, menus and titles: it cannot be hidden from those who see the entity.
    fn check_name_is_seen(&mut self, node: &Node, id: KindId, fields: &[Field]) {
        let Some(kind) = self.kinds.kind(id) else { return };
        let names = [kind.title_field.as_str(), "title"];
        let hidden = fields.iter().find(|field| {
            let narrow = |seen_by: Readerships| {
                Readership::ALL.iter().any(|one| kind.seen_by.contains(*one) && !seen_by.contains(*one))
            };
            names.contains(&field.name.as_str()) && field.seen_by.is_some_and(narrow)
        });
        let Some(field) = hidden else { return };
        let name = field.name.clone();
        let entries = node.entry("fields").map(Node::entries).unwrap_or_default();
        let at = entries.iter().find(|entry| fold(&entry.key.value) == name);
        self.findings.push(
            Finding::new(
                &KIND_VALUE,
                at.map_or(node.span, |entry| entry.key.span),
                words!(
                    "`{name}` names the entity and cannot be hidden from those who see the entity",
                    "`{name}` da nombre al elemento y no se puede ocultar a quien ve el elemento"
                ),
            )
            .help(words!(
                "narrow `seen_by` of the whole kind, or name it by another field: `name: …`",
                "limita `seen_by` de todo el tipo, o nómbralo con otro campo: `name: …`"
            )),
        );
    }

    /// `extends: channel`: further fields and rules of a kind that exists.
    fn add_fields(&mut self, node: &Node) {
        self.check_keys(node, &["extends", "fields", "rules"]);
        let Some(target) = node.entry("extends") else { return };
        let name = target.text().unwrap_or_default();
        let Some(id) = self.kinds.named(name).map(|kind| kind.id) else {
            let nearest = nearest(name, self.kinds.all_names()).map(str::to_owned);
            self.findings.push(
                Finding::new(
                    &KIND_VALUE,
                    target.span,
                    words!("there is no kind `{name}`", "no hay ningún tipo `{name}`"),
                )
                .suggest(nearest.as_deref()),
            );
            return;
        };
        let added = node.entry("fields").map(|fields| self.fields(fields)).unwrap_or_default();
        let mut fields = self.kinds.kind(id).map(|kind| kind.fields.clone()).unwrap_or_default();
        for field in added {
            let taken = field.names.iter().find(|name| field_named(&fields, name).is_some());
            if let Some(taken) = taken {
                let at = node.entry("fields").unwrap_or(node);
                let entry = at.entries().iter().find(|entry| fold(&entry.key.value) == field.name);
                self.findings.push(
                    Finding::new(
                        &KIND_TAKEN,
                        entry.map_or(at.span, |entry| entry.key.span),
                        words!(
                            "`{name}` already has a field called `{taken}`",
                            "`{name}` ya tiene un campo llamado `{taken}`"
                        ),
                    )
                    .help(words!("choose another name", "elige otro nombre")),
                );
                continue;
            }
            // New fields stand before the common ones.
            let at = fields.iter().position(|field| field.common).unwrap_or(fields.len());
            fields.insert(at, field);
        }
        if let Some(kind) = self.kinds.list.get_mut(usize::from(id.0)) {
            kind.fields = fields;
        }
    }

    fn fields(&mut self, node: &Node) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for entry in node.entries() {
            let Some(field) = self.field(entry) else { continue };
            if let Some(taken) = field.names.iter().find(|name| field_named(&fields, name).is_some()) {
                self.findings.push(Finding::new(
                    &KIND_TAKEN,
                    entry.key.span,
                    words!("two fields are called `{taken}`", "dos campos se llaman `{taken}`"),
                ));
                continue;
            }
            fields.push(field);
        }
        fields
    }

    fn field(&mut self, entry: &Entry) -> Option<Field> {
        let node = &entry.value;
        self.check_keys(node, FIELD_KEYS);
        let name = fold(&entry.key.value);
        let spanish = names(node.entry("es"));
        let mut known = vec![name.clone()];
        for further in spanish.iter().chain(&names(node.entry("also"))) {
            let folded = fold(further);
            if !known.contains(&folded) {
                known.push(folded);
            }
        }
        let label = self.words(node, "label", &name.replace('_', " "));
        let shape = self.shape(node, "type")?;
        Some(Field {
            es: spanish.first().cloned().unwrap_or_else(|| name.clone()),
            names: known,
            shape,
            want: self.one_of(
                node,
                "want",
                Want::Optional,
                &[("required", Want::Required), ("expected", Want::Expected), ("optional", Want::Optional)],
            ),
            label,
            help: self.words(node, "help", ""),
            seen_by: self.readerships(node),
            common: false,
            translation: self.one_of(
                node,
                "translate",
                Translation::Words,
                &[("words", Translation::Words), ("name", Translation::Name), ("no", Translation::Fact)],
            ),
            name,
        })
    }

    fn shape(&mut self, node: &Node, key: &str) -> Option<FieldType> {
        let Some(named) = node.entry(key) else {
            self.wrong(
                node,
                words!("a field needs a type: `{key}: text`", "un campo necesita un tipo: `{key}: text`"),
            );
            return None;
        };
        let name = named.text().unwrap_or_default();
        Some(match name {
            "text" => FieldType::Text,
            "markdown" => FieldType::Markdown,
            "number" => {
                let bound =
                    |key: &str| node.entry(key).and_then(Node::text).and_then(|text| text.parse().ok());
                FieldType::Number { min: bound("min"), max: bound("max"), unit: self.words(node, "unit", "") }
            }
            "band" => FieldType::Band,
            "percent" => FieldType::Percent,
            "money" => FieldType::Money,
            "hours" => FieldType::Hours,
            "date" => FieldType::Date,
            "datetime" => FieldType::DateTime,
            "period" => FieldType::Period,
            "span" => FieldType::Span,
            "duration" => FieldType::Duration,
            "cadence" => FieldType::Cadence,
            "yes_no" => FieldType::YesNo,
            "choice" => FieldType::Choice(self.choices(node)),
            "url" => FieldType::Url,
            "email" => FieldType::Email,
            "phone" => FieldType::Phone,
            "file" => FieldType::File,
            "color" => FieldType::Color,
            "link" => FieldType::Link(self.relation(node)),
            "links" => FieldType::Links(self.relation(node)),
            "record" => {
                FieldType::Record(node.entry("fields").map(|fields| self.fields(fields)).unwrap_or_default())
            }
            "list" => FieldType::List(Box::new(self.shape(node, "of")?)),
            "map" => FieldType::Map,
            _ => {
                self.findings.push(
                    Finding::new(
                        &KIND_VALUE,
                        named.span,
                        words!("there is no field type `{name}`", "no hay ningún tipo de campo `{name}`"),
                    )
                    .suggest(nearest(name, TYPES.iter().copied()))
                    .why(words!(
                        "the types are {}",
                        "los tipos son {}",
                        TYPES.join(", ")
                    )),
                );
                return None;
            }
        })
    }

    fn choices(&mut self, node: &Node) -> Vec<Choice> {
        let Some(values) = node.entry("values") else {
            self.wrong(node, words!("a choice needs its `values`", "una elección necesita sus `values`"));
            return Vec::new();
        };
        let mut choices = Vec::new();
        for item in values.items() {
            // A plain list: the same word in both languages.
            if let Some(name) = item.text() {
                choices.push(choice(name, Vec::new(), None, None));
            }
        }
        for entry in values.entries() {
            let name = &entry.key.value;
            let (spanish, label, tone) = match &entry.value.tree {
                Tree::Map(_) => {
                    self.check_keys(&entry.value, &["es", "also", "label", "tone", "help"]);
                    let label = entry.value.entry("label").map(|_| self.words(&entry.value, "label", name));
                    let mut spanish = names(entry.value.entry("es"));
                    spanish.extend(names(entry.value.entry("also")));
                    let tones = [Tone::Good, Tone::Warn, Tone::Bad, Tone::Info, Tone::Neutral];
                    let tones = tones.map(|tone| (tone.name(), Some(tone)));
                    (spanish, label, self.one_of(&entry.value, "tone", None, &tones))
                }
                Tree::Null | Tree::Scalar(..) | Tree::List(_) => (names(Some(&entry.value)), None, None),
            };
            choices.push(choice(name, spanish, label, tone));
        }
        choices
    }

    fn relation(&mut self, node: &Node) -> Relation {
        let mut to = Vec::new();
        let target = node.entry("to");
        let targets: Vec<&Node> = match target {
            Some(list) if !list.items().is_empty() => list.items().iter().collect(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        for target in targets {
            let name = target.text().unwrap_or_default();
            match self.kinds.named(name) {
                Some(kind) => to.push(kind.id),
                None if name == "any" => {}
                None => {
                    let nearest = nearest(name, self.kinds.all_names()).map(str::to_owned);
                    self.findings.push(
                        Finding::new(
                            &KIND_VALUE,
                            target.span,
                            words!("there is no kind `{name}`", "no hay ningún tipo `{name}`"),
                        )
                        .suggest(nearest.as_deref()),
                    );
                }
            }
        }
        let note = match node.entry("note") {
            Some(note) if !note.entries().is_empty() => note
                .entries()
                .iter()
                .flat_map(|entry| names(Some(&entry.value)))
                .map(|name| fold(&name))
                .collect(),
            note => names(note).iter().map(|name| fold(name)).collect(),
        };
        let inverse = node.entry("inverse").and_then(|inverse| {
            let name = match inverse.text() {
                Some(name) => fold(name),
                None => {
                    self.check_keys(inverse, &["name", "es", "verb"]);
                    fold(inverse.entry("name")?.text()?)
                }
            };
            let verb = self.words(inverse, "verb", "");
            Some(Inverse { name, es: names(inverse.entry("es")), verb })
        });
        Relation { to, note, verb: self.words(node, "verb", ""), inverse }
    }

    /// `{ en: …, es: … }`, or one text for both.
    fn words(&mut self, node: &Node, key: &str, otherwise: &str) -> Words {
        match node.entry(key) {
            None => Words::same(otherwise),
            Some(value) => match value.text() {
                Some(text) => Words::same(text),
                None => {
                    let text = |language: &str| value.entry(language).and_then(Node::text).map(str::to_owned);
                    let (en, es) = (text("en"), text("es"));
                    self.check_languages(value);
                    if en.is_none() && es.is_none() {
                        self.wrong(
                            value,
                            words!(
                                "`{key}` needs a text, or one in each language: `{{ en: …, es: … }}`",
                                "`{key}` necesita un texto, o uno en cada idioma: `{{ en: …, es: … }}`"
                            ),
                        );
                    }
                    let either = en.clone().or_else(|| es.clone()).unwrap_or_else(|| otherwise.to_owned());
                    Words { en: en.unwrap_or_else(|| either.clone()), es: es.unwrap_or(either) }
                }
            },
        }
    }

    /// Kind files speak the two languages of the program; the words of a further one stand in its file of words.
    fn check_languages(&mut self, value: &Node) {
        for entry in value.entries() {
            let key = &entry.key.value;
            if !matches!(key.as_str(), "en" | "es") {
                self.findings.push(
                    Finding::new(
                        &KIND_KEY,
                        entry.key.span,
                        words!(
                            "a kind file has no language `{key}`",
                            "un archivo de tipo no tiene el idioma `{key}`"
                        ),
                    )
                    .why(words!("the keys are en, es", "las claves son en, es"))
                    .help(words!(
                        "write `en` or `es`; the words of a further language stand in `theme/words/`",
                        "escribe `en` o `es`; las palabras de otro idioma van en `tema/words/`"
                    )),
                );
            }
        }
    }

    fn one_of<T: Clone>(&mut self, node: &Node, key: &str, otherwise: T, known: &[(&str, T)]) -> T {
        let Some(value) = node.entry(key) else { return otherwise };
        let name = value.text().unwrap_or_default();
        if let Some((_, one)) = known.iter().find(|(known, _)| *known == name) {
            return one.clone();
        }
        let list = known.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        self.findings.push(
            Finding::new(
                &KIND_VALUE,
                value.span,
                words!("`{name}` is not a value of `{key}`", "`{name}` no es un valor de `{key}`"),
            )
            .why(words!("the values are {list}", "los valores son {list}"))
            .suggest(nearest(name, known.iter().map(|(name, _)| *name))),
        );
        otherwise
    }

    fn readerships(&mut self, node: &Node) -> Option<Readerships> {
        let value = node.entry("seen_by")?;
        let mut list = Vec::new();
        for name in names(Some(value)) {
            match Readership::named(&fold(&name)) {
                Some(one) => list.push(one),
                None => {
                    // The word itself, so that it can be replaced.
                    let at = value.items().iter().find(|item| item.text() == Some(name.as_str()));
                    let known = ["public", "staff", "board", "crisis", "publico", "equipo", "direccion"];
                    self.findings.push(
                        Finding::new(
                            &KIND_VALUE,
                            at.unwrap_or(value).span,
                            words!("`{name}` is no edition", "`{name}` no es una edición"),
                        )
                        .why(words!(
                            "the editions are public, staff, board, crisis",
                            "las ediciones son publico, equipo, direccion, crisis"
                        ))
                        .suggest(nearest(&name, known)),
                    );
                }
            }
        }
        Some(Readerships::of(list))
    }

    fn check_keys(&mut self, node: &Node, known: &[&str]) {
        for entry in node.entries() {
            let key = &entry.key.value;
            if !known.contains(&key.as_str()) {
                self.findings.push(
                    Finding::new(
                        &KIND_KEY,
                        entry.key.span,
                        words!(
                            "a kind file has no key `{key}` here",
                            "un archivo de tipo no tiene aquí la clave `{key}`"
                        ),
                    )
                    .why(words!("the keys are {}", "las claves son {}", known.join(", ")))
                    .suggest(nearest(key, known.iter().copied())),
                );
            }
        }
    }

    fn wrong(&mut self, node: &Node, message: Words) {
        self.findings.push(Finding::new(&KIND_VALUE, node.span, message));
    }
}

/// One word or a list of words.
fn names(node: Option<&Node>) -> Vec<String> {
    match node {
        None => Vec::new(),
        Some(node) => match node.text() {
            Some(text) => vec![text.to_owned()],
            None => node.items().iter().filter_map(Node::text).map(str::to_owned).collect(),
        },
    }
}

fn choice(name: &str, spanish: Vec<String>, label: Option<Words>, tone: Option<Tone>) -> Choice {
    let es = spanish.first().cloned().unwrap_or_else(|| name.to_owned());
    let mut names = vec![fold(name)];
    names.extend(spanish.iter().map(|name| fold(name)));
    let sentence = |text: &str| capital(&text.replace(['_', '-'], " "));
    let label = label.unwrap_or_else(|| Words { en: sentence(name), es: sentence(&es) });
    Choice { name: name.to_owned(), es, names, label, tone }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the list is held against the folder")]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_kinds_have_no_fault() {
        let mut findings = Vec::new();
        let kinds = builtin(&mut findings);
        let told: Vec<_> =
            findings.iter().map(|finding| format!("{:?} {}", finding.place, finding.message.en)).collect();
        assert!(told.is_empty(), "{told:#?}");
        assert_eq!(kinds.iter().count(), EMBEDDED.len() - 2);
    }

    /// What a kind file of a playbook is told, in English.
    fn told(text: &str) -> Vec<String> {
        let mut findings = Vec::new();
        let node = yaml::parse(text, SourceId(900), 0, &mut findings).expect("a tree");
        extend(builtin(&mut Vec::new()), &[Extension { node: &node }], &mut findings);
        findings.iter().map(|finding| format!("{} {}", finding.code.id, finding.message.en)).collect()
    }

    #[test]
    fn slips_of_a_kind_file_are_told() {
        let kind = "kind: workshop\nes: taller\nlabel: { en: Workshop, es: Taller }\nplural: { en: Workshops, es: Talleres }\n";
        let fields = "fields:\n  signed: { type: date, es: firmado, label: { en: Signed, es: Firmado } }\n";
        assert_eq!(
            told(&format!("{kind}sort: -signed\nfolder: {{ en: workshops, es: talleres }}\n{fields}")),
            [""; 0]
        );
        assert_eq!(told(&format!("{kind}sort: -singed\n{fields}")), ["P121 there is no field `singed`"]);
        assert_eq!(
            told(&format!("{kind}folder: {{ en: channels }}\n{fields}")),
            ["P122 `channels` is the folder of `channel`"]
        );
        assert_eq!(
            told(&format!(
                "{kind}fields:\n  amount: {{ type: text, label: {{ en: Amount, sp: Importe }} }}\n"
            )),
            ["P120 a kind file has no language `sp`"]
        );
        assert_eq!(
            told(&format!("{kind}fields:\n  stand: {{ type: text, es: estado }}\n")),
            ["P122 `estado` is a name of the field `status`, which every kind has"]
        );
        assert_eq!(told(&format!("{kind}seen_by: [stuff]\n")), ["P121 `stuff` is no edition"]);
    }

    #[test]
    fn every_file_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/kinds");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of kinds")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().replace(".yaml", ""))
            .collect();
        names.sort();
        let embedded: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded);
    }

    #[test]
    fn inverse_names_of_fields_are_mutual() {
        let kinds = builtin(&mut Vec::new());
        for kind in kinds.iter() {
            for field in &kind.fields {
                let Some(relation) = field.shape.relation() else { continue };
                let Some(inverse) = &relation.inverse else { continue };
                for target in &relation.to {
                    let target = kinds.kind(*target).expect("a kind");
                    if let Some((_, other)) = target.field(&inverse.name) {
                        let back = other.shape.relation().and_then(|relation| relation.inverse.as_ref());
                        assert_eq!(
                            back.map(|inverse| inverse.name.as_str()),
                            Some(field.name.as_str()),
                            "{}.{} and {}.{}",
                            kind.name,
                            field.name,
                            target.name,
                            other.name
                        );
                    }
                }
            }
        }
    }
}
