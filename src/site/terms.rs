//! Terms of the glossary in texts: a link says what the word means before anybody follows it, and the first mention on a page becomes one by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

use super::Planner;
use super::view::TermView;
use crate::model::{EntityId, FieldType, KindId, Value};
use crate::syntax::escape;
use crate::text::PagePath;

/// Words of one name.
const MOST_WORDS: usize = 8;

/// Elements in whose text no term becomes a link: it would be one in another, or disturb what is read at a glance.
const QUIET: &[&str] = &[
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "code",
    "pre",
    "kbd",
    "summary",
    "figcaption",
    "th",
    "dt",
    "svg",
    "button",
    "table",
    "section",
    "figure",
];

/// Classes of paragraphs that are titles.
const TITLES: &[&str] = &["callout-title", "box-title", "block-title", "chart"];

/// The names of terms, by their first word in small letters.
#[derive(Debug, Default)]
pub(super) struct Glossary {
    kind: Option<KindId>,
    by_word: BTreeMap<String, Vec<(Vec<String>, EntityId)>>,
}

impl Glossary {
    /// The terms that an edition shows; none where the settings leave it to the author.
    pub(super) fn of(planner: &Planner<'_>) -> Self {
        let kinds = planner.edition.kinds();
        let kind = kinds.named("term").map(|kind| kind.id);
        let mut glossary = Self { kind, by_word: BTreeMap::new() };
        if !is_automatic(planner) {
            return glossary;
        }
        for (id, entity) in planner.edition.iter().filter(|(_, entity)| Some(entity.kind) == kind) {
            let mut names = vec![entity.title.as_str()];
            if let Some(short) = entity.text(kinds, "abbreviation") {
                names.push(short);
            }
            if let Some(Value::List(items)) = entity.field(kinds, "aliases").map(|item| &item.value) {
                names.extend(items.iter().filter_map(|item| match &item.value {
                    Value::Text(text) => Some(text.as_str()),
                    _ => None,
                }));
            }
            for name in names {
                // In brackets stands what a name is not called by.
                let name = name.split('(').next().unwrap_or_default();
                let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
                let letters: usize = words.iter().map(|word| word.chars().count()).sum();
                if let Some(first) = words.first().filter(|_| letters > 2 && words.len() <= MOST_WORDS) {
                    glossary.by_word.entry(first.clone()).or_default().push((words, id));
                }
            }
        }
        for names in glossary.by_word.values_mut() {
            // The longest first: "engagement rate" before "engagement".
            names.sort_by_key(|(words, id)| (std::cmp::Reverse(words.len()), *id));
        }
        glossary
    }

    /// The term that begins here, and how long its name is in the text.
    fn at(&self, text: &str) -> Option<(usize, EntityId)> {
        let end = text.find(|character: char| !is_letter(character)).unwrap_or(text.len());
        let names = self.by_word.get(&text.get(..end)?.to_lowercase())?;
        names.iter().find_map(|(words, id)| {
            let mut at = 0;
            for (place, word) in words.iter().enumerate() {
                let rest = text.get(at..)?;
                let blanks = rest.len() - rest.trim_start_matches([' ', '\n', '\u{a0}']).len();
                if (place > 0) != (blanks > 0) {
                    return None;
                }
                let rest = rest.get(blanks..)?;
                let length = lower_prefix(rest, word)?;
                at += blanks + length;
            }
            let next = text.get(at..)?.chars().next();
            (!next.is_some_and(is_letter)).then_some((at, *id))
        })
    }
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '\u{301}')
}

/// How much of a text is this word in whatever case.
fn lower_prefix(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.chars();
    for (at, character) in text.char_indices() {
        for letter in character.to_lowercase() {
            match wanted.next() {
                None => return Some(at),
                Some(next) if next == letter => {}
                Some(_) => return None,
            }
        }
    }
    wanted.next().is_none().then_some(text.len())
}

/// `terms:` of the settings.
fn is_automatic(planner: &Planner<'_>) -> bool {
    let settings = &planner.edition.kinds().settings;
    let field = settings.iter().find(|field| field.name == "terms");
    let chosen =
        match (field.map(|field| &field.shape), planner.edition.setting("terms").map(|item| &item.value)) {
            (Some(FieldType::Choice(choices)), Some(Value::Choice(index))) => {
                choices.get(usize::from(*index))
            }
            _ => None,
        };
    chosen.is_none_or(|choice| choice.name != "links")
}

/// Where the reading of a text stands between its tags.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Open elements in which nothing becomes a link.
    quiet: Vec<String>,
}

impl Planner<'_> {
    fn known_terms(&self) -> &Glossary {
        self.glossary.get_or_init(|| Glossary::of(self))
    }

    /// Whether an entity is a term of the glossary that has a meaning to show.
    pub(super) fn is_term(&self, id: EntityId) -> bool {
        let entity = self.edition.entity(id);
        entity.is_some_and(|entity| {
            Some(entity.kind) == self.known_terms().kind
                && entity.field(self.edition.kinds(), "definition").is_some()
        })
    }

    /// Notes that a page has a link to a term; whether it is the first.
    pub(super) fn explain(&self, id: EntityId, page: &PagePath) -> bool {
        let mut explained = self.explained.lock().unwrap_or_else(PoisonError::into_inner);
        explained.entry(page.clone()).or_default().insert(id)
    }

    /// Whether terms become links by themselves on this page: not where they are listed with their meanings.
    pub(super) fn links_terms(&self, page: &PagePath) -> bool {
        let glossary = self.known_terms();
        let index = glossary.kind.and_then(|kind| self.addresses.kind(kind));
        !glossary.by_word.is_empty() && index != Some(page)
    }

    /// A piece of HTML between two holes, with the first mentions of terms as links.
    pub(super) fn with_terms(&self, html: &mut String, piece: &str, reading: &mut Reading, page: &PagePath) {
        let mut rest = piece;
        while !rest.is_empty() {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            if reading.quiet.is_empty() {
                self.text_with_terms(html, text, page);
            } else {
                html.push_str(text);
            }
            let (tag, next) = after.split_at(after.find('>').map_or(after.len(), |end| end + 1));
            html.push_str(tag);
            reading.pass(tag);
            rest = next;
        }
    }

    fn text_with_terms(&self, html: &mut String, text: &str, page: &PagePath) {
        let glossary = self.known_terms();
        let mut written = 0;
        let mut in_word = false;
        for (at, character) in text.char_indices() {
            let starts = is_letter(character) && !in_word && character != '-';
            in_word = is_letter(character) || character == '&';
            if !starts || at < written {
                continue;
            }
            let Some((length, id)) = text.get(at..).and_then(|rest| glossary.at(rest)) else { continue };
            let own = self.addresses.entity(id) == Some(page);
            if own || !self.is_term(id) || !self.explain(id, page) {
                continue;
            }
            let Some(url) = self.addresses.entity(id).map(|address| address.from(page)) else { continue };
            html.push_str(text.get(written..at).unwrap_or_default());
            self.term_link(html, id, &url);
            html.push_str(text.get(at..at + length).unwrap_or_default());
            html.push_str("</a>");
            written = at + length;
        }
        html.push_str(text.get(written..).unwrap_or_default());
    }

    /// The start tag of a link to a term.
    pub(super) fn term_link(&self, html: &mut String, id: EntityId, url: &str) {
        html.push_str("<a class=\"term\" href=\"");
        escape::attribute(html, url);
        html.push_str("\" aria-describedby=\"");
        escape::attribute(html, &self.term_anchor(id));
        html.push_str("\">");
    }

    fn term_anchor(&self, id: EntityId) -> String {
        format!("_term-{}", self.edition.entity(id).map_or("", |entity| entity.id.as_str()))
    }

    /// The meanings of the terms that a page links to, in the order of their names.
    pub(super) fn term_notes(&self, page: &PagePath) -> Vec<TermView> {
        let ids: BTreeSet<EntityId> = {
            let mut explained = self.explained.lock().unwrap_or_else(PoisonError::into_inner);
            explained.remove(page).unwrap_or_default()
        };
        let note = |id: &EntityId| {
            let entity = self.edition.entity(*id)?;
            let Some(Value::Markdown(definition)) =
                entity.field(self.edition.kinds(), "definition").map(|item| &item.value)
            else {
                return None;
            };
            Some(TermView {
                anchor: self.term_anchor(*id),
                title: entity.title.clone(),
                url: self.addresses.entity(*id)?.from(page),
                html: self.fill_bare(definition, page),
            })
        };
        let mut notes: Vec<TermView> = ids.iter().filter_map(note).collect();
        notes.sort_by(|one, other| self.locale.compare(&one.title, &other.title));
        notes
    }
}

impl Reading {
    /// A link of the text begins or ends: between its tags nothing becomes one.
    pub(super) fn link(&mut self, open: bool) {
        if open {
            self.quiet.push("a".to_owned());
        } else if let Some(place) = self.quiet.iter().rposition(|name| name == "a") {
            self.quiet.truncate(place);
        }
    }

    fn pass(&mut self, tag: &str) {
        let inside = tag.trim_start_matches('<').trim_end_matches('>');
        if let Some(name) = inside.strip_prefix('/') {
            if let Some(place) = self.quiet.iter().rposition(|open| open == name) {
                self.quiet.truncate(place);
            }
            return;
        }
        let name = inside.split([' ', '\n', '/']).next().unwrap_or_default();
        let is_title = name == "p" && TITLES.iter().any(|class| inside.contains(class));
        // Within what is quiet, elements of the same name are counted too.
        if QUIET.contains(&name) || is_title || self.quiet.last().is_some_and(|open| open == name) {
            self.quiet.push(name.to_owned());
        }
    }
}
