//! A YAML map → the fields of a kind: names in both languages, types, links as names; every mistake a finding with its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::blocks::{BLOCKS, is_meant};
use crate::finding::{Code, Finding, Language, Level, Words};
use crate::model::{
    Cadence, Edge, Field, FieldType, Item, Kinds, Money, Named, Passage, Record, Relation, Unit, Value, Want,
    number, read_scalar,
};
use crate::syntax::{Entry, Node, Origin, Reading, Style, Tree, markdown};
use crate::text::{Span, Spanned, fold, nearest};
use crate::words;

static UNKNOWN_FIELD: Code = Code { id: "P101", name: "unknown_field", level: Level::Error, since: "0.1.0" };
static MISSING_FIELD: Code = Code { id: "P102", name: "missing_field", level: Level::Error, since: "0.1.0" };
static EXPECTED_FIELD: Code =
    Code { id: "P103", name: "expected_field", level: Level::Warning, since: "0.1.0" };
static WRONG_TYPE: Code = Code { id: "P104", name: "wrong_type", level: Level::Error, since: "0.1.0" };
pub(super) static FIELD_TWICE: Code =
    Code { id: "P105", name: "field_twice", level: Level::Error, since: "0.1.0" };
static SECRET: Code = Code { id: "P106", name: "secret", level: Level::Error, since: "0.1.0" };
static UNREAD_KEY: Code = Code { id: "P107", name: "unread_key", level: Level::Note, since: "0.1.0" };
static AMBIGUOUS: Code = Code { id: "P108", name: "ambiguous_number", level: Level::Warning, since: "0.1.0" };
pub static MISSPELLED_VISIBILITY: Code =
    Code { id: "P110", name: "misspelled_visibility", level: Level::Error, since: "0.1.0" };
/// Names of fields in both languages, for one thing.
static MIXED_NAMES: Code = Code { id: "P828", name: "mixed_field_names", level: Level::Note, since: "0.1.0" };
static SETTINGS_TYPO: Code =
    Code { id: "P901", name: "unknown_setting", level: Level::Error, since: "0.1.0" };

pub static CODES: &[&Code] = &[
    &UNKNOWN_FIELD,
    &MISSING_FIELD,
    &EXPECTED_FIELD,
    &WRONG_TYPE,
    &FIELD_TWICE,
    &SECRET,
    &UNREAD_KEY,
    &AMBIGUOUS,
    &MISSPELLED_VISIBILITY,
    &MIXED_NAMES,
    &SETTINGS_TYPO,
];

/// How strictly keys are held against the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// An entity: an unknown key is an error.
    Entity,
    /// The settings: the same, in their own words.
    Settings,
    /// An article: it may come from another generator; what is not known is kept out and noted once.
    Article,
}

/// Reads the records of one file.
pub struct RecordReader<'k> {
    kinds: &'k Kinds,
    strictness: Strictness,
    /// The language that most keys of the file are written in, for suggestions.
    language: Language,
    /// How many Markdown fields were read: each gets its own prefix for anchors.
    passages: usize,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Whether a key looks like a misspelled `seen_by`: until it is mended the entity must not be shown to more people than it may have been meant for.
    pub doubtful_visibility: bool,
}

impl<'k> RecordReader<'k> {
    /// A reader for one file.
    pub fn new(kinds: &'k Kinds, strictness: Strictness) -> Self {
        Self {
            kinds,
            strictness,
            language: Language::English,
            passages: 0,
            findings: Vec::new(),
            doubtful_visibility: false,
        }
    }

    /// The fields of a map. `whole` is what a missing field is reported at, with the name of the kind; `None` when nothing is required.
    pub fn record(&mut self, fields: &[Field], node: &Node, whole: Option<(Span, &Words)>) -> Record<Named> {
        self.language = language_of(fields, node).unwrap_or(self.language);
        let mut record: Record<Named> = Record::default();
        let mut seen: Vec<(u16, Span)> = Vec::new();
        for entry in node.entries() {
            let Some((index, field)) = field_named(fields, &entry.key.value) else {
                self.unknown(fields, entry);
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == index) {
                let name = &entry.key.value;
                // Two answers to who may see the page: the author may have meant the narrower.
                self.doubtful_visibility |= is_visibility(field);
                self.findings.push(
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
            if entry.value.tree != Tree::Null {
                seen.push((index, entry.key.span));
            }
            self.check_secret_value(entry);
            match self.item(&field.shape, &entry.value, &entry.key) {
                Some(item) => record.fields.push((index, item)),
                None if is_visibility(field) => self.doubt(entry.key.span, &entry.key.value),
                None if field.name == "status" && entry.value.text().is_some_and(is_nearly_draft) => {
                    self.doubtful_visibility = true;
                }
                None => {}
            }
        }
        record.fields.sort_by_key(|(index, _)| *index);
        if let Some((span, what)) = whole {
            self.missing(fields, &seen, span, what);
        }
        if self.strictness != Strictness::Article {
            self.findings.extend(mixed(fields, node));
        }
        record
    }

    fn missing(&mut self, fields: &[Field], seen: &[(u16, Span)], span: Span, what: &Words) {
        for (index, field) in fields.iter().enumerate() {
            // A value that could not be read was told already.
            let there = u16::try_from(index).is_ok_and(|index| seen.iter().any(|(known, _)| *known == index));
            let code = match field.want {
                Want::Required => &MISSING_FIELD,
                Want::Expected => &EXPECTED_FIELD,
                Want::Optional => continue,
            };
            if there {
                continue;
            }
            let (en, es) = (&field.name, &field.es);
            let (what_en, what_es) = (what.en.to_lowercase(), what.es.to_lowercase());
            let mut finding =
                Finding::new(code, span, words!("the {what_en} has no `{en}`", "falta `{es}` ({what_es})"));
            if !field.help.en.is_empty() {
                let bare = |text: &str| text.trim_end_matches('.').to_owned();
                finding = finding.why(Words { en: bare(&field.help.en), es: bare(&field.help.es) });
            }
            let (sample_en, sample_es) = sample(&field.shape);
            self.findings.push(finding.help(words!("add `{en}: {sample_en}`", "añade `{es}: {sample_es}`")));
        }
    }

    pub(super) fn unknown(&mut self, fields: &[Field], entry: &Entry) {
        let key = &entry.key.value;
        // An article of another generator may well have a key `token`; its value is not shown anyway.
        if self.strictness != Strictness::Article && is_secret_key(key) {
            return self.secret(entry.value.span, key);
        }
        let visibility = fields.iter().find(|field| is_visibility(field));
        if let Some(meant) = visibility.and_then(|field| nearest(key, field.names.iter().map(String::as_str)))
        {
            self.doubtful_visibility = true;
            self.findings.push(
                Finding::new(
                    &MISSPELLED_VISIBILITY,
                    entry.key.span,
                    words!(
                        "`{key}` looks like a misspelled `{meant}`",
                        "`{key}` parece `{meant}` mal escrito"
                    ),
                )
                .why(words!(
                    "it decides who sees the page; until it is mended only the staff edition shows it",
                    "decide quién ve la página; hasta que se corrija solo aparece en la edición del equipo"
                ))
                .suggest(Some(meant)),
            );
            return;
        }
        if visibility.is_some_and(|field| withholds(entry, field)) && self.strictness != Strictness::Settings
        {
            let known =
                self.strictness == Strictness::Article && matches!(fold(key).as_str(), "draft" | "borrador");
            self.doubtful_visibility = true;
            if !known {
                return self.doubt(entry.key.span, key);
            }
        }
        if self.strictness == Strictness::Article && matches!(fold(key).as_str(), "draft" | "borrador") {
            // Read by the article itself: a draft is for staff.
            return;
        }
        if self.strictness == Strictness::Article {
            self.findings.push(
                Finding::new(
                    &UNREAD_KEY,
                    entry.key.span,
                    words!(
                        "`{key}` has no meaning here and is not shown",
                        "`{key}` no tiene significado aquí y no se muestra"
                    ),
                )
                .group(key.clone()),
            );
            return;
        }
        let language = self.language;
        let near = nearest(key, fields.iter().map(|field| field.name_in(language)))
            .or_else(|| nearest(key, fields.iter().flat_map(|field| field.names.iter().map(String::as_str))));
        let known = |name: fn(&Field) -> &str| {
            let own = fields.iter().filter(|field| !field.common);
            own.map(|field| format!("`{}`", name(field))).collect::<Vec<_>>().join(", ")
        };
        let (en, es) = (known(|field| &field.name), known(|field| &field.es));
        let finding = if self.strictness == Strictness::Settings {
            Finding::new(
                &SETTINGS_TYPO,
                entry.key.span,
                words!("there is no setting `{key}`", "no hay ningún ajuste `{key}`"),
            )
        } else {
            Finding::new(
                &UNKNOWN_FIELD,
                entry.key.span,
                words!("unknown field `{key}`", "campo desconocido `{key}`"),
            )
        };
        // `{ reason: It rained, and nobody came }`: the comma ended the text. A key without a colon has its empty value behind it, or is a phrase.
        let is_rest = entry.value.span.start > entry.key.span.end || key.matches(' ').count() > 1;
        if entry.value.tree == Tree::Null && key.contains(' ') && is_rest {
            self.findings.push(
                finding
                    .why(words!(
                        "inside of `{{ }}` a comma ends a value, and what follows it begins another field",
                        "dentro de `{{ }}` una coma termina el valor, y lo que sigue empieza otro campo"
                    ))
                    .help(words!(
                        "put the whole text between quotes: `\"…, {key}\"`",
                        "pon el texto entero entre comillas: `\"…, {key}\"`"
                    )),
            );
            return;
        }
        self.findings.push(
            finding
                .why(words!(
                    "what stands in it would be lost; the fields here are {en}",
                    "lo que contiene se perdería; los campos aquí son {es}"
                ))
                .suggest(near),
        );
    }

    /// Who may see the page cannot be read from this key: only staff, until it is mended.
    fn doubt(&mut self, span: Span, key: &str) {
        self.doubtful_visibility = true;
        self.findings.push(
            Finding::new(
                &MISSPELLED_VISIBILITY,
                span,
                words!(
                    "`{key}` seems to say who sees the page, and cannot be read",
                    "`{key}` parece decir quién ve la página, y no se entiende"
                ),
            )
            .why(words!(
                "until it is mended only the staff edition shows the page",
                "hasta que se corrija solo aparece en la edición del equipo"
            ))
            .help(words!(
                "write `seen_by: [public]`, `seen_by: [staff]` or `status: draft`",
                "escribe `visible_para: [publico]`, `visible_para: [equipo]` o `estado: borrador`"
            )),
        );
    }

    /// One value; `None` when it is empty or of a wrong type (then a finding was made).
    fn item(&mut self, shape: &FieldType, node: &Node, key: &Spanned<String>) -> Option<Item<Named>> {
        let value = self.value(shape, node, key)?;
        Some(Item { value, span: node.span })
    }

    pub(super) fn value(
        &mut self,
        shape: &FieldType,
        node: &Node,
        key: &Spanned<String>,
    ) -> Option<Value<Named>> {
        if node.tree == Tree::Null {
            return None;
        }
        match shape {
            FieldType::Markdown => self.markdown(node, key),
            FieldType::Link(relation) => {
                let node = match node.items() {
                    [one] => one,
                    _ => node,
                };
                self.edge(relation, node, key).map(Value::Link)
            }
            FieldType::Links(relation) => Some(Value::Links(self.edges(relation, node, key))),
            FieldType::Record(fields) => self.inner_record(fields, node, key).map(Value::Record),
            FieldType::List(item) => Some(Value::List(self.list(item, node, key))),
            FieldType::Map => self.map(node, key),
            scalar => self.scalar(scalar, node, key),
        }
    }

    pub(super) fn scalar(
        &mut self,
        shape: &FieldType,
        node: &Node,
        key: &Spanned<String>,
    ) -> Option<Value<Named>> {
        let Some(text) = node.text() else {
            if let Some(value) = self.scalar_as_map(shape, node) {
                return Some(value);
            }
            // A list with one value where one value is wanted.
            if let [one] = node.items() {
                return self.scalar(shape, one, key);
            }
            if let (FieldType::Text, false) = (shape, node.items().is_empty())
                && node.items().iter().all(|item| item.text().is_some())
            {
                let texts: Vec<&str> = node.items().iter().filter_map(Node::text).collect();
                return Some(Value::Text(texts.join(", ")));
            }
            let (en, es) = sample(shape);
            self.wrong(node.span, key, words!("one value such as `{en}`", "un solo valor como `{es}`"), None);
            return None;
        };
        if text.trim().is_empty() {
            return None;
        }
        match read_scalar(shape, text)? {
            Ok(value) => {
                self.misreadable(&value, text, node.span);
                Some(value)
            }
            Err(expected) => {
                let meant = expected.meant.clone();
                self.wrong(node.span, key, expected.what, meant);
                None
            }
        }
    }

    /// Tells of a number that a reader would take for a thousand times as much.
    fn misreadable(&mut self, value: &Value<Named>, text: &str, span: Span) {
        let counts = matches!(
            value,
            Value::Number { .. }
                | Value::Band { .. }
                | Value::Money(_)
                | Value::Hours(_)
                | Value::Percent { .. }
        );
        let is_money = matches!(value, Value::Money(_));
        let Some(written) = counts.then(|| doubtful(text, self.language, is_money)).flatten() else {
            return;
        };
        let whole = written.replace(['.', ','], "");
        let (fraction, _) = number(written).unwrap_or_default();
        let comma = fraction.to_string().replace('.', ",");
        let decimal = written.replace('.', ",");
        // Nobody writes thousandths of a coin.
        let help = match is_money {
            true => words!("write `{whole}` for thousands", "escribe `{whole}` si son millares"),
            false => words!(
                "write `{whole}` for thousands, or fewer decimals: `{fraction}`",
                "escribe `{whole}` si son millares, o coma decimal: `{decimal}`"
            ),
        };
        self.findings.push(
            Finding::new(
                &AMBIGUOUS,
                span,
                words!(
                    "`{written}` is read as {fraction}, not as {whole}",
                    "`{written}` se lee como {comma}, no como {whole}"
                ),
            )
            .why(words!(
                "a sign before three digits separates decimals here, and groups thousands for many readers",
                "en YAML el punto separa decimales; en español suele agrupar millares"
            ))
            .help(help),
        );
    }

    /// Scalars that may also be written as a small map: `{ times: 4, every: week }`, `{ from, to }`, `{ min, max }`, `{ amount, currency }`.
    fn scalar_as_map(&mut self, shape: &FieldType, node: &Node) -> Option<Value<Named>> {
        let part = |names: &[&str]| {
            node.entries()
                .iter()
                .find(|entry| names.contains(&fold(&entry.key.value).as_str()))
                .and_then(|entry| entry.value.text())
        };
        let text = match shape {
            FieldType::Cadence => {
                let times = part(&["times", "veces"]).unwrap_or("1");
                let every = part(&["every", "cada", "per", "por"])?;
                let text = format!("{times} per {every}");
                return match read_scalar::<Named>(shape, &text) {
                    Some(Ok(Value::Cadence(Cadence { times, every }))) if every >= Unit::Minute => {
                        Some(Value::Cadence(Cadence { times, every }))
                    }
                    _ => None,
                };
            }
            FieldType::Span | FieldType::Period => {
                format!(
                    "{}..{}",
                    part(&["from", "desde", "de", "inicio"])?,
                    part(&["to", "hasta", "a", "fin"])?
                )
            }
            FieldType::Band => {
                format!(
                    "{}..{}",
                    part(&["min", "minimo", "from", "desde"])?,
                    part(&["max", "maximo", "to", "hasta"])?
                )
            }
            FieldType::Money => {
                let written = part(&["amount", "importe", "cantidad"])?;
                let (amount, decimals) = number(written)?;
                let currency = part(&["currency", "moneda"])?.to_ascii_uppercase();
                let value = Value::Money(Money { amount, decimals, currency });
                self.misreadable(&value, written, node.span);
                return Some(value);
            }
            _ => return None,
        };
        read_scalar::<Named>(shape, &text)?.ok()
    }

    pub(super) fn markdown(&mut self, node: &Node, key: &Spanned<String>) -> Option<Value<Named>> {
        let text = match (node.text(), node.items()) {
            (Some(text), _) => text.to_owned(),
            // A list of texts where prose is wanted becomes a Markdown list.
            (None, items) if !items.is_empty() && items.iter().all(|item| item.text().is_some()) => items
                .iter()
                .filter_map(Node::text)
                .map(|text| format!("- {}\n", text.replace('\n', "\n  ")))
                .collect(),
            _ => {
                self.wrong(node.span, key, words!("a text", "un texto"), None);
                return None;
            }
        };
        if text.trim().is_empty() {
            return None;
        }
        Some(Value::Markdown(self.passage(&text, Origin::Within(node.span))))
    }

    /// Markdown → prose, with an anchor prefix of its own.
    pub fn passage(&mut self, text: &str, origin: Origin) -> Passage<Named> {
        let prefix = match origin {
            Origin::Exact { .. } => String::new(),
            Origin::Within(_) => {
                self.passages += 1;
                format!("f{}-", self.passages)
            }
        };
        let reading = Reading { origin, prefix: &prefix, blocks: BLOCKS, is_block: is_meant };
        let prose = markdown::parse(text, &reading, &mut self.findings);
        Passage { prose: Arc::new(prose), ends: Vec::new() }
    }

    pub(super) fn edges(
        &mut self,
        relation: &Relation,
        node: &Node,
        key: &Spanned<String>,
    ) -> Vec<Edge<Named>> {
        let mut edges: Vec<Edge<Named>> = Vec::new();
        match &node.tree {
            Tree::List(items) => {
                for item in items.iter().filter(|item| item.tree != Tree::Null) {
                    edges.extend(self.edge(relation, item, key));
                }
            }
            // `uses: { summer: stories with deadlines }`: names with their notes.
            Tree::Map(entries)
                if !entries.iter().any(|entry| self.is_link_key(relation, &entry.key.value)) =>
            {
                for entry in entries {
                    edges.push(Edge {
                        target: entry.key.value.clone(),
                        note: entry.value.text().map(str::to_owned),
                        span: entry.key.span,
                    });
                }
            }
            Tree::Scalar(text, Style::Plain) if text.contains(',') => {
                for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                    edges.push(Edge { target: part.to_owned(), note: None, span: node.span });
                }
            }
            Tree::Map(_) | Tree::Scalar(..) | Tree::Null => edges.extend(self.edge(relation, node, key)),
        }
        let mut known: BTreeSet<String> = BTreeSet::new();
        edges.retain(|edge| known.insert(edge.target.clone()));
        edges
    }

    fn edge(&mut self, relation: &Relation, node: &Node, key: &Spanned<String>) -> Option<Edge<Named>> {
        match &node.tree {
            Tree::Scalar(text, _) if !text.trim().is_empty() => {
                let bare = text.trim().trim_start_matches("[[").trim_end_matches("]]");
                Some(Edge { target: bare.to_owned(), note: None, span: node.span })
            }
            Tree::Map(entries) => {
                let mut target: Option<&Node> = None;
                let mut note: Option<String> = None;
                for entry in entries {
                    let name = fold(&entry.key.value);
                    if self.is_target_key(relation, &name) {
                        target = Some(&entry.value);
                    } else if relation.note.contains(&name) || is_note(&name) {
                        note = entry.value.text().map(str::to_owned);
                    } else {
                        let known = relation.note.iter().map(String::as_str).chain(["ref"]);
                        let near = nearest(&name, known).map(str::to_owned);
                        let written = &entry.key.value;
                        self.findings.push(
                            Finding::new(
                                self.unknown_code(),
                                entry.key.span,
                                words!("a link has no `{written}`", "un enlace no tiene `{written}`"),
                            )
                            .help(words!(
                                "write `{{ ref: id, for: what for }}`, or the id alone",
                                "escribe `{{ ref: id, para: para qué }}`, o solo el id"
                            ))
                            .suggest(near.as_deref()),
                        );
                    }
                }
                let target = target.and_then(|node| Some((node.text()?.trim().to_owned(), node.span)));
                match target {
                    Some((target, span)) if !target.is_empty() => Some(Edge { target, note, span }),
                    _ => {
                        self.wrong(
                            node.span,
                            key,
                            words!("a link with `ref: id`", "un enlace con `ref: id`"),
                            None,
                        );
                        None
                    }
                }
            }
            Tree::Scalar(..) | Tree::Null => None,
            Tree::List(_) => {
                self.wrong(node.span, key, words!("the id of one entity", "el id de una sola entidad"), None);
                None
            }
        }
    }

    fn is_link_key(&self, relation: &Relation, key: &str) -> bool {
        let name = fold(key);
        self.is_target_key(relation, &name) || relation.note.contains(&name) || is_note(&name)
    }

    fn is_target_key(&self, relation: &Relation, folded: &str) -> bool {
        matches!(folded, "ref" | "id")
            || relation
                .to
                .iter()
                .filter_map(|id| self.kinds.kind(*id))
                .any(|kind| fold(&kind.name) == folded || fold(&kind.es) == folded)
    }

    fn inner_record(
        &mut self,
        fields: &[Field],
        node: &Node,
        key: &Spanned<String>,
    ) -> Option<Record<Named>> {
        match &node.tree {
            Tree::Map(_) => {
                let what = Words::same(format!("`{}`", key.value));
                Some(self.record(fields, node, Some((node.span, &what))))
            }
            // The short form: its first text field alone (`- Call the lead`).
            Tree::Scalar(..) => {
                let (index, field) = fields.iter().enumerate().find(|(_, field)| {
                    matches!(field.shape, FieldType::Text | FieldType::Markdown | FieldType::Link(_))
                })?;
                let item = self.item(&field.shape, node, key)?;
                Some(Record { fields: vec![(u16::try_from(index).ok()?, item)] })
            }
            Tree::List(_) | Tree::Null => {
                let names: Vec<_> = fields.iter().map(|field| field.name_in(self.language)).collect();
                let names = names.join(", ");
                self.wrong(node.span, key, words!("a map with {names}", "un mapa con {names}"), None);
                None
            }
        }
    }

    fn list(&mut self, shape: &FieldType, node: &Node, key: &Spanned<String>) -> Vec<Item<Named>> {
        match &node.tree {
            Tree::List(items) => items.iter().filter_map(|item| self.item(shape, item, key)).collect(),
            Tree::Scalar(text, Style::Plain)
                if text.contains(',') && matches!(shape, FieldType::Choice(_) | FieldType::Email) =>
            {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                parts
                    .filter_map(|part| {
                        let part =
                            Node { span: node.span, tree: Tree::Scalar(part.to_owned(), Style::Plain) };
                        self.item(shape, &part, key)
                    })
                    .collect()
            }
            Tree::Scalar(..) | Tree::Map(_) => self.item(shape, node, key).into_iter().collect(),
            Tree::Null => Vec::new(),
        }
    }

    fn map(&mut self, node: &Node, key: &Spanned<String>) -> Option<Value<Named>> {
        let Tree::Map(entries) = &node.tree else {
            self.wrong(
                node.span,
                key,
                words!("a map such as `{{ name: value }}`", "un mapa como `{{ nombre: valor }}`"),
                None,
            );
            return None;
        };
        let mut pairs = Vec::new();
        for entry in entries {
            if is_secret_key(&entry.key.value) {
                self.secret(entry.value.span, &entry.key.value);
                continue;
            }
            self.check_secret_value(entry);
            pairs.push((entry.key.clone(), entry.value.text().unwrap_or_default().to_owned()));
        }
        Some(Value::Map(pairs))
    }

    fn wrong(&mut self, span: Span, key: &Spanned<String>, expected: Words, meant: Option<String>) {
        let name = &key.value;
        let (en, es) = (&expected.en, &expected.es);
        let message = words!("`{name}` is not what was expected", "`{name}` no es lo que se esperaba");
        let mut finding =
            Finding::new(&WRONG_TYPE, span, message).mark(words!("expected {en}", "se espera {es}"));
        finding = match meant {
            Some(meant) => finding.replace(meant),
            None => finding.help(words!("write {en}", "escribe {es}")),
        };
        if self.strictness == Strictness::Article {
            finding = finding.level(Level::Note).group(name.clone());
        }
        self.findings.push(finding);
    }

    fn unknown_code(&self) -> &'static Code {
        if self.strictness == Strictness::Settings { &SETTINGS_TYPO } else { &UNKNOWN_FIELD }
    }

    fn secret(&mut self, span: Span, key: &str) {
        self.findings.push(
            Finding::new(
                &SECRET,
                span,
                words!("`{key}` looks like a secret", "`{key}` parece un secreto"),
            )
            .secret()
            .why(words!(
                "a playbook is copied, e-mailed and published: a secret in it is known to all",
                "una guía se copia, se envía y se publica: un secreto en ella deja de serlo"
            ))
            .help(words!(
                "take it out, change the password, and name only the vault where it is kept (`credentials_at`)",
                "quítalo, cambia la contraseña e indica solo dónde se guarda (`credenciales_en`)"
            )),
        );
    }

    pub(super) fn check_secret_value(&mut self, entry: &Entry) {
        if entry.value.text().is_some_and(looks_like_secret) {
            self.secret(entry.value.span, &entry.key.value);
        }
    }
}

pub(super) fn is_visibility(field: &Field) -> bool {
    field.common && field.name == "seen_by"
}

pub(super) fn is_nearly_draft(status: &str) -> bool {
    nearest(status, ["draft", "borrador"]).is_some()
}

/// Whether a key that has no meaning here is how other programs, and people, keep a page from the public: `private: true`, `publish: no`, `edition: staff`.
fn withholds(entry: &Entry, visibility: &Field) -> bool {
    let key = fold(&entry.key.value);
    let value = entry.value.text().map(fold).unwrap_or_default();
    let no = matches!(value.as_str(), "false" | "no" | "off" | "0");
    let yes = !no && !value.is_empty();
    match key.as_str() {
        "private" | "privado" | "privada" | "internal" | "interno" | "interna" | "confidential"
        | "confidencial" | "hidden" | "oculto" | "oculta" | "restricted" | "restringido" | "restringida"
        | "draft" | "borrador" => yes,
        "public" | "publico" | "publica" | "publish" | "published" | "publicar" | "publicado"
        | "publicada" => no,
        _ => {
            let about_readers = [
                "seen",
                "visib",
                "visto",
                "edition",
                "edicion",
                "audience",
                "audiencia",
                "access",
                "acceso",
                "readers",
                "lectores",
                "only_for",
                "solo_para",
            ];
            let narrow =
                ["staff", "equipo", "board", "direccion", "private", "privad", "intern", "nobody", "nadie"];
            let named = std::iter::once(value.as_str())
                .chain(entry.value.items().iter().filter_map(Node::text))
                .any(|text| narrow.iter().any(|word| fold(text).contains(word)));
            // Within a map that has no meaning here (`meta: { seen_by: [staff] }`) only the name itself tells.
            let within = |inner: &Entry| visibility.names.contains(&fold(&inner.key.value));
            (about_readers.iter().any(|word| key.contains(word)) && named)
                || entry.value.entries().iter().any(within)
        }
    }
}

fn is_note(folded: &str) -> bool {
    matches!(folded, "for" | "para" | "note" | "nota")
}

/// A key whose value would be a secret, in English or Spanish.
fn is_secret_key(key: &str) -> bool {
    let folded = fold(key);
    let secret =
        ["password", "passwd", "contrasena", "clave", "secret", "secreto", "api_key", "token", "pin"];
    secret.iter().any(|word| folded == *word || folded.ends_with(&format!("_{word}")))
}

/// Private keys and the tokens of well-known services.
fn looks_like_secret(text: &str) -> bool {
    let word = |prefix: &str, length: usize| {
        text.split_whitespace().any(|word| {
            word.strip_prefix(prefix).is_some_and(|rest| {
                rest.len() >= length && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            })
        })
    };
    (text.contains("-----BEGIN ") && text.contains("PRIVATE KEY"))
        || word("ghp_", 30)
        || word("github_pat_", 30)
        || word("AKIA", 16)
        || word("xoxb", 20)
        || word("EAAG", 40)
}

/// A number that a reader would take for a thousand times as much: `1.250` in a Spanish file, `1,250` in an English one, either as an amount of money. `None` when there is nothing to doubt.
fn doubtful(text: &str, language: Language, is_money: bool) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    text.split("..").flat_map(|part| part.split(|letter| !is_part(letter))).find(|written| {
        let Some((whole, decimals)) = written.split_once(['.', ',']) else { return false };
        let groups = match language {
            Language::Spanish => written.contains('.'),
            Language::English => written.contains(','),
        };
        (groups || is_money)
            && decimals.len() == 3
            && (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit())
    })
}

pub(super) fn field_named<'f>(fields: &'f [Field], key: &str) -> Option<(u16, &'f Field)> {
    let folded = fold(key);
    let index = fields.iter().position(|field| field.names.contains(&folded))?;
    Some((u16::try_from(index).ok()?, fields.get(index)?))
}

/// Tells of a map whose fields have Spanish and English names, at the first of those that are fewer.
fn mixed(fields: &[Field], node: &Node) -> Option<Finding> {
    let (mut english, mut spanish) = (Vec::new(), Vec::new());
    for entry in node.entries() {
        let folded = fold(&entry.key.value);
        if let Some((_, field)) = field_named(fields, &folded)
            && field.name != fold(&field.es)
            // Written in Spanish too.
            && field.name != "id"
        {
            if folded == field.name { english.push((entry, field)) } else { spanish.push((entry, field)) }
        }
    }
    let to_english = spanish.len() < english.len();
    let fewer = if to_english { &spanish } else { &english };
    let most = english.len().max(spanish.len());
    // The other names of a field are of either language.
    let (entry, field) = fewer.iter().find(|(entry, field)| {
        let folded = fold(&entry.key.value);
        if to_english { folded == fold(&field.es) } else { folded == field.name }
    })?;
    if most == 0 {
        return None;
    }
    let (written, meant) = (&entry.key.value, if to_english { &field.name } else { &field.es });
    let finding = if to_english {
        Finding::new(
            &MIXED_NAMES,
            entry.key.span,
            words!(
                "`{written}` is a Spanish name among English ones",
                "`{written}` es un nombre español entre otros ingleses"
            ),
        )
    } else {
        Finding::new(
            &MIXED_NAMES,
            entry.key.span,
            words!(
                "`{written}` is an English name among Spanish ones",
                "`{written}` es un nombre inglés entre otros españoles"
            ),
        )
    };
    Some(
        finding
            .why(words!(
                "both are read, but whoever copies this does not know which to follow",
                "se leen los dos, pero quien copie esto no sabrá cuál seguir"
            ))
            .help(words!("write `{meant}` here", "escribe aquí `{meant}`"))
            .group(format!("{written} {meant}")),
    )
}

/// Spanish when more keys of the map are Spanish than English names of fields.
pub(super) fn language_of(fields: &[Field], node: &Node) -> Option<Language> {
    let (mut english, mut spanish) = (0, 0);
    for entry in node.entries() {
        let folded = fold(&entry.key.value);
        if let Some((_, field)) = field_named(fields, &folded)
            && field.name != fold(&field.es)
        {
            if folded == field.name { english += 1 } else { spanish += 1 }
        }
    }
    match english.cmp(&spanish) {
        std::cmp::Ordering::Less => Some(Language::Spanish),
        std::cmp::Ordering::Greater => Some(Language::English),
        std::cmp::Ordering::Equal => None,
    }
}

/// A short example of a value, English and Spanish.
pub fn sample(shape: &FieldType) -> (String, String) {
    let both = |text: &str| (text.to_owned(), text.to_owned());
    match shape {
        FieldType::Text | FieldType::Markdown => both("…"),
        FieldType::Number { .. } | FieldType::Band => both("1250"),
        FieldType::Percent => both("12"),
        FieldType::Money => both("40 EUR"),
        FieldType::Hours => both("5"),
        FieldType::Date => both("2026-05-31"),
        FieldType::DateTime => both("2026-05-31 18:30"),
        FieldType::Period => ("2026-Q2".to_owned(), "2026-T2".to_owned()),
        FieldType::Span => both("2026-01-01..2026-03-31"),
        FieldType::Duration => both("24h"),
        FieldType::Cadence => ("3 per week".to_owned(), "3 por semana".to_owned()),
        FieldType::YesNo => ("yes".to_owned(), "sí".to_owned()),
        FieldType::Choice(choices) => match choices.first() {
            Some(choice) => (choice.name.clone(), choice.es.clone()),
            None => both("…"),
        },
        FieldType::Url => both("https://example.org"),
        FieldType::Email => both("name@example.org"),
        FieldType::Phone => both("+34 600 000 000"),
        FieldType::File => both("assets/picture.png"),
        FieldType::Color => both("\"#0a5a6a\""),
        FieldType::Link(_) => both("id"),
        FieldType::Links(_) => both("[id]"),
        FieldType::Record(_) | FieldType::Map => both("{ … }"),
        FieldType::List(_) => both("[…]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_times_as_much() {
        use Language::{English, Spanish};
        for (text, language, is_money, found) in [
            ("1.200", Spanish, false, Some("1.200")),
            ("1.200", English, false, None),
            ("1,200", English, false, Some("1,200")),
            ("1,200", Spanish, false, None),
            ("1.200 €", English, true, Some("1.200")),
            ("€1,200", Spanish, true, Some("1,200")),
            ("EUR 12.500", Spanish, true, Some("12.500")),
            ("800..1.500", Spanish, false, Some("1.500")),
            ("1.5..2.5", Spanish, false, None),
            ("0.125", Spanish, false, None),
            ("-1.200", Spanish, false, Some("1.200")),
            ("1200", Spanish, true, None),
            ("12.50 €", Spanish, true, None),
            ("1.200,50 €", Spanish, true, None),
            ("1.200.000 €", Spanish, true, None),
        ] {
            assert_eq!(doubtful(text, language, is_money), found, "{text} {language:?}");
        }
    }
}
