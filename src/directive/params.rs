//! Reading the parameters of a block: names in both languages, each at most once; what is wrong is told at its place.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Level, Words};
use crate::insight::{Book, Called, kind_called, names_of_kind};
use crate::model::{EntityId, Kind, KindId};
use crate::syntax::{Entry, Node, Style, Tree};
use crate::text::{Span, Spanned, fold, nearest};
use crate::words;

/// A parameter that the block does not have, or has twice.
pub(super) static UNKNOWN_PARAMETER: Code =
    Code { id: "P550", name: "unknown_parameter", level: Level::Error, since: "0.1.0" };
/// A value that the parameter cannot take.
pub(super) static PARAMETER_VALUE: Code =
    Code { id: "P551", name: "parameter_value", level: Level::Error, since: "0.1.0" };
/// A block without the parameter on which all depends.
pub(super) static MISSING_PARAMETER: Code =
    Code { id: "P552", name: "missing_parameter", level: Level::Error, since: "0.1.0" };
/// A kind that does not exist.
pub(super) static UNKNOWN_KIND: Code =
    Code { id: "P553", name: "block_of_unknown_kind", level: Level::Error, since: "0.1.0" };
/// A field or relation that the kind does not have.
pub(super) static UNKNOWN_FACET: Code =
    Code { id: "P554", name: "block_of_unknown_field", level: Level::Error, since: "0.1.0" };
/// Somebody or something that does not exist.
pub(super) static UNKNOWN_ENTITY: Code =
    Code { id: "P555", name: "block_of_unknown_entity", level: Level::Error, since: "0.1.0" };
/// A filter that lets nothing through.
pub(super) static NO_MATCH: Code =
    Code { id: "P556", name: "block_shows_nothing", level: Level::Warning, since: "0.1.0" };
/// Two kinds that no field relates.
pub(super) static UNRELATED: Code =
    Code { id: "P557", name: "unrelated_kinds", level: Level::Error, since: "0.1.0" };

/// Names of a parameter, the English one first; the second is the Spanish one.
pub(super) type Key = &'static [&'static str];

/// What all blocks of a playbook are read with.
pub(super) struct Reader<'a> {
    pub book: Book<'a>,
    pub called: Called,
    pub findings: Vec<Finding>,
}

/// The parameters of one block, by their English names.
pub(super) struct Params<'n> {
    /// Name of the block and its place.
    pub block: &'n Spanned<String>,
    entries: BTreeMap<&'static str, &'n Entry>,
}

impl<'n> Params<'n> {
    /// The value of a parameter that says something.
    pub fn get(&self, key: &str) -> Option<&'n Entry> {
        self.entries.get(key).copied().filter(|entry| entry.value.tree != Tree::Null)
    }
}

impl<'a> Reader<'a> {
    /// Sorts the entries of a map by parameter.
    pub fn params<'n>(&mut self, block: &'n Spanned<String>, node: &'n Node, keys: &[Key]) -> Params<'n> {
        let mut entries: BTreeMap<&'static str, &Entry> = BTreeMap::new();
        for entry in node.entries() {
            let folded = fold(&entry.key.value);
            let known = keys.iter().find(|names| names.contains(&folded.as_str()));
            let Some(name) = known.and_then(|names| names.first()) else {
                self.unknown_key(block, entry, keys);
                continue;
            };
            if let Some(first) = entries.get(name) {
                let written = &entry.key.value;
                self.findings.push(
                    Finding::new(
                        &UNKNOWN_PARAMETER,
                        entry.key.span,
                        words!(
                            "`{written}` says the same as another parameter",
                            "`{written}` repite lo que ya dice otro parámetro"
                        ),
                    )
                    .also(first.key.span, words!("this one counts", "este es el que cuenta"))
                    .help(words!("delete one of the two", "borra uno de los dos")),
                );
                continue;
            }
            entries.insert(name, entry);
        }
        Params { block, entries }
    }

    fn unknown_key(&mut self, block: &Spanned<String>, entry: &Entry, keys: &[Key]) {
        let (name, written) = (&block.value, &entry.key.value);
        let near = nearest(written, keys.iter().flat_map(|names| names.iter().copied()));
        let list = |at: usize| {
            let names = keys.iter().filter_map(|names| names.get(at).or(names.first()));
            names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let (english, spanish) = (list(0), list(1));
        self.findings.push(
            Finding::new(
                &UNKNOWN_PARAMETER,
                entry.key.span,
                words!(
                    "a `{name}` block has no parameter `{written}`",
                    "un bloque `{name}` no tiene el parámetro `{written}`"
                ),
            )
            .help(words!("it may have {english}", "puede tener {spanish}"))
            .suggest(near),
        );
    }

    /// A value that cannot be taken.
    pub fn wrong(&mut self, entry: &Entry, span: Span, expected: Words) {
        let (name, Words { en, es }) = (&entry.key.value, &expected);
        self.findings.push(
            Finding::new(
                &PARAMETER_VALUE,
                span,
                words!("`{name}` is not what was expected", "`{name}` no es lo que se esperaba"),
            )
            .mark(words!("expected {en}", "se espera {es}"))
            .help(words!("write {en}", "escribe {es}")),
        );
    }

    /// The same, where the word that was meant is known.
    pub fn misspelled<'w>(&mut self, entry: &Entry, node: &Node, words: impl Iterator<Item = &'w str>) {
        let words: Vec<&str> = words.collect();
        let (name, written) = (&entry.key.value, node.text().unwrap_or_default().trim());
        let list = words.iter().take(12).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        self.findings.push(
            Finding::new(
                &PARAMETER_VALUE,
                node.span,
                words!("`{name}` cannot be `{written}`", "`{name}` no puede ser `{written}`"),
            )
            .help(words!("write one of {list}", "escribe uno de estos: {list}"))
            .suggest(nearest(written, words.iter().copied())),
        );
    }

    /// A parameter without which there is nothing to show.
    pub fn missing(&mut self, params: &Params<'_>, key: Key, example: Words) {
        let (english, name) = (key.first().copied().unwrap_or_default(), &params.block.value);
        let spanish = key.get(1).copied().unwrap_or(english);
        let Words { en, es } = &example;
        self.findings.push(
            Finding::new(
                &MISSING_PARAMETER,
                params.block.span,
                words!(
                    "the `{name}` block does not say `{english}`",
                    "al bloque `{name}` le falta `{spanish}`"
                ),
            )
            .why(words!("there is nothing to show", "no hay nada que mostrar"))
            .help(words!("add `{english}: {en}`", "añade `{spanish}: {es}`")),
        );
    }

    /// The text of a parameter.
    pub fn text(&mut self, params: &Params<'_>, key: &str) -> Option<Spanned<String>> {
        let entry = params.get(key)?;
        match entry.value.text().map(str::trim) {
            Some(text) if !text.is_empty() => Some(Spanned::new(text.to_owned(), entry.value.span)),
            _ => {
                self.wrong(entry, entry.value.span, words!("a few words", "unas palabras"));
                None
            }
        }
    }

    /// A whole number between 1 and `most`.
    pub fn count(&mut self, params: &Params<'_>, key: &str, most: usize) -> Option<usize> {
        let entry = params.get(key)?;
        let number = entry.value.text().and_then(|text| text.trim().parse::<usize>().ok());
        let number = number.filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let expected = words!("a number from 1 to {most}", "un número del 1 al {most}");
            self.wrong(entry, entry.value.span, expected);
        }
        number
    }

    /// One of some words, each with its other names.
    pub fn choice<T: Copy>(
        &mut self,
        params: &Params<'_>,
        key: &str,
        choices: &[(T, &[&'static str])],
    ) -> Option<T> {
        let entry = params.get(key)?;
        let folded = entry.value.text().map(fold).unwrap_or_default();
        let found = choices.iter().find(|(_, names)| names.contains(&folded.as_str()));
        if found.is_none() {
            let names = choices.iter().flat_map(|(_, names)| names.iter().copied());
            self.misspelled(entry, &entry.value, names);
        }
        found.map(|(choice, _)| *choice)
    }

    /// The texts of a value: a list, one text, or several with commas between them.
    pub fn texts(node: &Node) -> Vec<Spanned<String>> {
        let text = |node: &Node| Some(Spanned::new(node.text()?.trim().to_owned(), node.span));
        match &node.tree {
            Tree::List(items) => items.iter().filter_map(text).collect(),
            Tree::Scalar(whole, Style::Plain) if whole.contains(',') => {
                let mut from = 0;
                let mut texts = Vec::new();
                for part in whole.split(',') {
                    let name = part.trim();
                    let at = from + part.find(name).unwrap_or_default();
                    if !name.is_empty() {
                        texts.push(Spanned::new(name.to_owned(), node.span.part(at, name.len())));
                    }
                    from += part.len() + 1;
                }
                texts
            }
            Tree::Scalar(..) => text(node).into_iter().collect(),
            Tree::Map(_) | Tree::Null => Vec::new(),
        }
    }

    /// The kind that a parameter names.
    pub fn kind(&mut self, node: &Node) -> Option<&'a Kind> {
        let kinds = self.book.kinds;
        let written = node.text().unwrap_or_default().trim();
        let found = kind_called(kinds, written);
        if found.is_none() {
            let names: Vec<&str> = kinds.iter().flat_map(names_of_kind).collect();
            self.findings.push(
                Finding::new(
                    &UNKNOWN_KIND,
                    node.span,
                    words!("there is no kind `{written}`", "no existe el tipo `{written}`"),
                )
                .why(words!(
                    "a block shows what is of one kind: objectives, channels, people …",
                    "un bloque muestra lo que es de un mismo tipo: objetivos, canales, personas…"
                ))
                .help(words!(
                    "write the name of a kind, as its folder is called",
                    "escribe el nombre de un tipo, como se llama su carpeta"
                ))
                .suggest(nearest(written, names)),
            );
        }
        found
    }

    /// Who or what a text names among these kinds (none: all).
    pub fn entity(&mut self, name: &Spanned<String>, among: &[KindId]) -> Option<EntityId> {
        let kinds = self.book.kinds;
        let found = self.called.find(kinds, among, &name.value);
        if found.is_none() {
            let written = &name.value;
            let near = nearest(written, self.called.names(among));
            let what = |words: fn(&Kind) -> &Words| {
                let labels = among.iter().filter_map(|id| kinds.kind(*id)).map(words);
                labels.cloned().collect::<Vec<Words>>()
            };
            let labels = what(|kind| &kind.label);
            let join = |text: fn(&Words) -> &str, or: &str| {
                labels.iter().map(|words| text(words).to_lowercase()).collect::<Vec<_>>().join(or)
            };
            let message = match labels.len() {
                1..=3 => {
                    let (en, es) = (join(|words| &words.en, " or "), join(|words| &words.es, " o "));
                    words!("there is no {en} `{written}`", "no hay nada de tipo {es} llamado `{written}`")
                }
                _ => words!(
                    "nothing in the playbook is called `{written}`",
                    "nada en la guía se llama `{written}`"
                ),
            };
            self.findings.push(
                Finding::new(&UNKNOWN_ENTITY, name.span, message)
                    .help(words!("write its id or its title", "escribe su id o su título"))
                    .suggest(near),
            );
        }
        found
    }

    /// A name that the kind does not know.
    pub fn unknown_facet(&mut self, span: Span, written: &str, kind: &Kind, known: &[String]) {
        let Words { en, es } = &kind.plural;
        let (en, es) = (en.to_lowercase(), es.to_lowercase());
        self.findings.push(
            Finding::new(
                &UNKNOWN_FACET,
                span,
                words!("{en} have no `{written}`", "{es}: no existe `{written}` en este tipo"),
            )
            .help(words!(
                "write a field of theirs, or the kind of what they are related to",
                "escribe uno de sus campos, o el tipo de aquello con lo que se relacionan"
            ))
            .suggest(nearest(written, known.iter().map(String::as_str))),
        );
    }

    /// A relation that no kind has.
    pub fn unknown_relation(&mut self, name: &Spanned<String>, near: Option<&str>) {
        let written = &name.value;
        self.findings.push(
            Finding::new(
                &UNKNOWN_FACET,
                name.span,
                words!("no relation is called `{written}`", "ninguna relación se llama `{written}`"),
            )
            .help(words!(
                "write a field that names other things, such as `channels`",
                "escribe un campo que nombre otras cosas, como `canales`"
            ))
            .suggest(near),
        );
    }
}
