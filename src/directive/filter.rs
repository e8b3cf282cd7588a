//! `where:` of a block: which entities of a kind are meant.

use super::params::{NO_MATCH, Reader};
use crate::finding::{Finding, Words};
use crate::insight::{Condition, Facet, Selection, Wanted};
use crate::model::Kind;
use crate::syntax::{Entry, Tree};
use crate::text::{Spanned, nearest};
use crate::words;

impl Reader<'_> {
    /// The entities of a kind that a filter lets through. What cannot be read is told and left out; a filter that lets nothing through is told too.
    pub fn selection(&mut self, kind: &Kind, filter: Option<&Entry>) -> Selection {
        let mut selection = Selection { kind: kind.id, conditions: Vec::new() };
        let Some(filter) = filter else { return selection };
        let Tree::Map(entries) = &filter.value.tree else {
            self.wrong(
                filter,
                filter.value.span,
                words!(
                    "`{{ field: value }}`, as in `{{ status: active }}`",
                    "`{{ campo: valor }}`, como en `{{ estado: activo }}`"
                ),
            );
            return selection;
        };
        let told = self.findings.len();
        for entry in entries {
            let Some(condition) = self.condition(kind, entry) else { continue };
            let alone = Selection { kind: kind.id, conditions: vec![condition.clone()] };
            if alone.entities(self.book).is_empty() {
                self.no_match(kind, entry, &condition);
            }
            selection.conditions.push(condition);
        }
        if self.findings.len() == told && selection.entities(self.book).is_empty() {
            let Words { en, es } = &kind.plural;
            let (en, es) = (en.to_lowercase(), es.to_lowercase());
            self.findings.push(
                Finding::new(
                    &NO_MATCH,
                    filter.key.span,
                    words!("no {en} meet all of this at once", "{es}: nada cumple todo esto a la vez"),
                )
                .why(words!("the block stays empty", "el bloque queda vacío"))
                .help(words!("take one of the conditions away", "quita alguna de las condiciones")),
            );
        }
        selection
    }

    fn condition(&mut self, kind: &Kind, entry: &Entry) -> Option<Condition> {
        let kinds = self.book.kinds;
        let Some(facet) = Facet::named(kinds, kind, &entry.key.value) else {
            let known = Facet::names(kinds, kind);
            self.unknown_facet(entry.key.span, &entry.key.value, kind, &known);
            return None;
        };
        let texts = Self::texts(&entry.value);
        if texts.is_empty() {
            self.wrong(
                entry,
                entry.value.span,
                words!("a value, or several in `[…]`", "un valor, o varios en `[…]`"),
            );
            return None;
        }
        let told = self.findings.len();
        let wanted = texts.iter().filter_map(|text| self.wanted(kind, &facet, entry, text)).collect();
        (self.findings.len() == told).then_some(Condition { facet, wanted })
    }

    fn wanted(
        &mut self,
        kind: &Kind,
        facet: &Facet,
        entry: &Entry,
        text: &Spanned<String>,
    ) -> Option<Wanted> {
        if let Facet::Field(index) = facet {
            let field = kind.fields.get(usize::from(*index))?;
            return match Wanted::read(field, &text.value) {
                Ok(Some(wanted)) => Some(wanted),
                Ok(None) => {
                    self.wrong(
                        entry,
                        text.span,
                        words!(
                            "`any` or `none`: of such a field one can only ask whether it says anything",
                            "`alguno` o `ninguno`: de un campo así solo se puede preguntar si dice algo"
                        ),
                    );
                    None
                }
                Err(known) => {
                    let node = crate::syntax::Node {
                        span: text.span,
                        tree: Tree::Scalar(text.value.clone(), crate::syntax::Style::Plain),
                    };
                    self.misspelled(entry, &node, known.iter().map(String::as_str));
                    None
                }
            };
        }
        match Wanted::presence(&text.value) {
            Some(wanted) => Some(wanted),
            None => {
                let among = facet.ends().unwrap_or_default().to_vec();
                self.entity(text, &among).map(Wanted::Entity)
            }
        }
    }

    fn no_match(&mut self, kind: &Kind, entry: &Entry, condition: &Condition) {
        let Words { en, es } = &kind.plural;
        let (en, es) = (en.to_lowercase(), es.to_lowercase());
        let name = &entry.key.value;
        let mut finding = Finding::new(
            &NO_MATCH,
            entry.value.span,
            words!("no {en} have this in `{name}`", "{es}: nada tiene esto en `{name}`"),
        )
        .why(words!("the block stays empty", "el bloque queda vacío"));
        // Free words (tags) are often misspelled: what others wrote there is known.
        if let (Facet::Field(index), Some(text)) = (&condition.facet, entry.value.text()) {
            let all = Selection { kind: kind.id, conditions: Vec::new() };
            let known: Vec<String> = (all.entities(self.book).iter())
                .filter_map(|id| self.book.entity(*id)?.record.value(*index))
                .flat_map(|item| texts_in(&item.value))
                .collect();
            finding = finding.suggest(nearest(text, known.iter().map(String::as_str)));
        }
        self.findings.push(finding);
    }
}

fn texts_in(value: &crate::model::Value<crate::model::Resolved>) -> Vec<String> {
    use crate::model::Value;
    match value {
        Value::Text(text) => vec![text.clone()],
        Value::List(items) => items.iter().flat_map(|item| texts_in(&item.value)).collect(),
        _ => Vec::new(),
    }
}
