//! Rules of kind files: read after all kinds and fields, so that a rule may count what another file relates.

use std::collections::BTreeSet;

use super::{KIND_VALUE, Reader, names};
use crate::finding::{self, Code, Finding, Level, Words};
use crate::model::kind::field_named;
use crate::model::{Field, FieldType, KindId, Rule};
use crate::syntax::{Entry, Node};
use crate::text::{fold, nearest};
use crate::words;

/// `of:` names nothing of the kind.
pub(super) static RULE_OF: Code =
    Code { id: "P124", name: "unknown_rule_path", level: Level::Warning, since: "0.1.0" };
/// A rule that can never, or always, be broken.
pub(super) static RULE_BOUND: Code =
    Code { id: "P125", name: "rule_without_bound", level: Level::Warning, since: "0.1.0" };
/// A code that belongs to the program or to another rule.
pub(super) static RULE_CODE: Code =
    Code { id: "P126", name: "rule_code_taken", level: Level::Warning, since: "0.1.0" };
/// A condition that no entity can meet.
pub(super) static RULE_WHEN: Code =
    Code { id: "P129", name: "impossible_condition", level: Level::Warning, since: "0.1.0" };

const RULE_KEYS: &[&str] =
    &["code", "name", "at_least", "at_most", "of", "when", "level", "say", "why", "help"];

impl Reader<'_> {
    /// The rules of a kind file.
    pub(super) fn rules(&mut self, node: &Node, custom: bool) {
        let named = node.entry("kind").or_else(|| node.entry("extends")).and_then(Node::text);
        let Some(kind) = named.and_then(|name| self.kinds.named(name)) else { return };
        let (id, fields) = (kind.id, kind.fields.clone());
        let items = node.entry("rules").map(Node::items).unwrap_or_default();
        for item in items {
            let Some(rule) = self.rule(item, id, &fields, custom) else { continue };
            let code = rule.code.id;
            if self.kinds.list.iter().any(|kind| kind.rules.iter().any(|known| known.code.id == code)) {
                self.taken(item, code);
            }
            if let Some(kind) = self.kinds.list.get_mut(usize::from(id.0)) {
                kind.rules.push(rule);
            }
        }
    }

    fn rule(&mut self, item: &Node, kind: KindId, fields: &[Field], custom: bool) -> Option<Rule> {
        self.check_keys(item, RULE_KEYS);
        let text = |key: &str| item.entry(key).and_then(Node::text).unwrap_or_default();
        let level = self.one_of(
            item,
            "level",
            Level::Warning,
            &[("error", Level::Error), ("warning", Level::Warning), ("note", Level::Note)],
        );
        // Who gives a rule a name only may use that as its code.
        let code = if text("code").is_empty() { text("name") } else { text("code") };
        let of = text("of");
        if code.is_empty() || of.is_empty() {
            self.wrong(item, words!("a rule needs `code` and `of`", "una regla necesita `code` y `of`"));
            return None;
        }
        if custom && is_of_the_program(code) {
            self.taken(item, code);
            return None;
        }
        let of = self.path(item, of, kind, fields)?;
        for key in ["at_least", "at_most"] {
            if let Some(bound) =
                item.entry(key).filter(|bound| bound.text().is_none_or(|text| text.parse::<usize>().is_err()))
            {
                self.wrong(bound, words!("`{key}` is a whole number", "`{key}` es un número entero"));
                return None;
            }
        }
        let count = |key: &str| text(key).parse::<usize>().ok();
        let (at_least, at_most) = (count("at_least"), count("at_most"));
        self.check_bounds(item, at_least, at_most);
        let entries = item.entry("when").map(Node::entries).unwrap_or_default();
        let when = entries.iter().filter_map(|condition| self.condition(condition, fields)).collect();
        let name = match text("name") {
            "" => format!("rule_{}", fold(code)),
            name => fold(name),
        };
        let bare = |words: Words| Words {
            en: words.en.trim_end_matches('.').to_owned(),
            es: words.es.trim_end_matches('.').to_owned(),
        };
        Some(Rule {
            code: finding::interned(code, &name, level),
            at_least,
            at_most,
            of,
            when,
            level,
            say: bare(self.words(item, "say", &name.replace('_', " "))),
            why: bare(self.words(item, "why", "")),
            help: bare(self.words(item, "help", "")),
        })
    }

    /// What a rule counts, in canonical names: a field, a path in records, or the name of a relation that comes from elsewhere.
    fn path(&mut self, item: &Node, of: &str, kind: KindId, fields: &[Field]) -> Option<String> {
        if let Some(path) = canonical(fields, of) {
            return Some(path);
        }
        let mut inverses = BTreeSet::new();
        for other in &self.kinds.list {
            inverse_names(&other.fields, kind, &mut inverses);
        }
        let folded = fold(of);
        if let Some((_, name)) = inverses.iter().find(|(known, _)| *known == folded) {
            return Some(name.clone());
        }
        let known = fields.iter().map(|field| field.name.as_str());
        let known = known.chain(inverses.iter().map(|(_, name)| name.as_str()));
        self.findings.push(
            Finding::new(
                &RULE_OF,
                item.entry("of").unwrap_or(item).span,
                words!(
                    "the kind has no field and no relation `{of}`",
                    "el tipo no tiene ningún campo ni relación `{of}`"
                ),
            )
            .why(words!("there would be nothing to count", "no habría nada que contar"))
            .suggest(nearest(of, known)),
        );
        None
    }

    fn check_bounds(&mut self, item: &Node, at_least: Option<usize>, at_most: Option<usize>) {
        let (message, at) = match (at_least, at_most) {
            (None | Some(0), None) => (
                words!(
                    "the rule says neither `at_least` nor `at_most` and can never be broken",
                    "la regla no dice `at_least` ni `at_most` y nunca se puede incumplir"
                ),
                item.entry("of").unwrap_or(item),
            ),
            (Some(least), Some(most)) if least > most => (
                words!(
                    "the rule asks for at least {least} and at most {most}",
                    "la regla pide al menos {least} y como mucho {most}"
                ),
                item.entry("at_most").unwrap_or(item),
            ),
            _ => return,
        };
        self.findings.push(Finding::new(&RULE_BOUND, at.span, message).help(words!(
            "write how many there should be: `at_least: 1`",
            "escribe cuántos debe haber: `at_least: 1`"
        )));
    }

    /// One line of `when`: canonical path and accepted values.
    fn condition(&mut self, condition: &Entry, fields: &[Field]) -> Option<(String, Vec<String>)> {
        let written = &condition.key.value;
        let Some(path) = canonical(fields, written) else {
            let known = fields.iter().map(|field| field.name.as_str());
            self.findings.push(
                Finding::new(
                    &KIND_VALUE,
                    condition.key.span,
                    words!("there is no field `{written}`", "no hay ningún campo `{written}`"),
                )
                .suggest(nearest(written, known)),
            );
            return None;
        };
        let wanted: Vec<String> = names(Some(&condition.value)).iter().map(|name| fold(name)).collect();
        if let Some(FieldType::Choice(choices)) = field_at(fields, &path).map(|field| &field.shape) {
            let known: Vec<&str> =
                choices.iter().flat_map(|choice| choice.names.iter().map(String::as_str)).collect();
            for value in wanted.iter().filter(|value| *value != "none" && !known.contains(&value.as_str())) {
                self.findings.push(
                    Finding::new(
                        &RULE_WHEN,
                        condition.value.span,
                        words!(
                            "`{value}` is no value of `{written}`",
                            "`{value}` no es un valor de `{written}`"
                        ),
                    )
                    .why(words!("the rule would apply to nothing", "la regla no se aplicaría a nada"))
                    .suggest(nearest(value, known.iter().copied())),
                );
            }
        }
        Some((path, wanted))
    }

    fn taken(&mut self, item: &Node, code: &str) {
        let at = item.entry("code").or_else(|| item.entry("name")).unwrap_or(item);
        self.findings.push(
            Finding::new(
                &RULE_CODE,
                at.span,
                words!("the code `{code}` is taken", "el código `{code}` ya está en uso"),
            )
            .why(words!(
                "`levels` and `accept` would not know which rule is meant",
                "`niveles` y `aceptado` no sabrían qué regla se quiere decir"
            ))
            .help(if is_of_the_program(code) {
                words!(
                    "choose one of your own that does not look like `{code}`: X001, or a word",
                    "elige uno propio que no se parezca a `{code}`: X001, o una palabra"
                )
            } else {
                words!(
                    "give each rule a code of its own: X002, or a word",
                    "da a cada regla un código propio: X002, o una palabra"
                )
            }),
        );
    }
}

/// Codes of the program are a P and three digits.
fn is_of_the_program(code: &str) -> bool {
    let mut letters = code.chars();
    matches!(letters.next(), Some('P' | 'p'))
        && code.len() == 4
        && letters.all(|digit| digit.is_ascii_digit())
}

/// A path in canonical names; `None` when there is no such field.
fn canonical(fields: &[Field], path: &str) -> Option<String> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let (_, field) = field_named(fields, name)?;
    if rest.is_empty() {
        return Some(field.name.clone());
    }
    Some(format!("{}.{}", field.name, canonical(field.shape.record()?, rest)?))
}

fn field_at<'a>(fields: &'a [Field], path: &str) -> Option<&'a Field> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let (_, field) = field_named(fields, name)?;
    if rest.is_empty() { Some(field) } else { field_at(field.shape.record()?, rest) }
}

/// The names that relations of these fields have at a kind that they point at: folded as written, canonical.
fn inverse_names(fields: &[Field], kind: KindId, found: &mut BTreeSet<(String, String)>) {
    for field in fields {
        if let Some(relation) = field.shape.relation().filter(|relation| relation.to.contains(&kind))
            && let Some(inverse) = &relation.inverse
        {
            found.extend(
                std::iter::once(&inverse.name)
                    .chain(&inverse.es)
                    .map(|name| (fold(name), inverse.name.clone())),
            );
        }
        inverse_names(field.shape.record().unwrap_or_default(), kind, found);
    }
}
