//! The `id`s of a page: made from headings, given by the author, made for footnotes; never twice the same.

use std::collections::BTreeMap;

use crate::text::slug;

/// What is known of an `id`.
#[derive(Clone, Copy, Debug)]
struct State {
    /// An author wrote `{#id}` at a heading that was not reached yet.
    reserved: bool,
    /// The number to try for the next one of the same name.
    next: u32,
}

/// All `id`s of a text so far.
#[derive(Debug)]
pub(super) struct Anchors {
    prefix: String,
    states: BTreeMap<String, State>,
}

impl Anchors {
    /// The anchors of a text, each with the prefix; those that are written in it (`# Heading {#id}`) are kept for their headings.
    pub(super) fn new(prefix: &str, text: &str) -> Self {
        let prefix = fitting(prefix).unwrap_or_default();
        let mut states = BTreeMap::new();
        if text.contains("{") && text.contains('#') {
            for line in text.lines() {
                let Some(attributes) = line.trim_end().strip_suffix('}') else { continue };
                let Some((_, attributes)) = attributes.rsplit_once('{') else { continue };
                for given in attributes.split_whitespace().filter_map(|word| word.strip_prefix('#')) {
                    if let Some(given) = fitting(given) {
                        states.insert(format!("{prefix}{given}"), State { reserved: true, next: 2 });
                    }
                }
            }
        }
        Self { prefix, states }
    }

    /// The anchor of a heading: the given one if it can be one, else made from the text.
    pub(super) fn heading(&mut self, given: Option<&str>, text: &str) -> String {
        if let Some(given) = given.and_then(fitting) {
            let anchor = format!("{}{given}", self.prefix);
            if let Some(state) = self.states.get_mut(&anchor).filter(|state| state.reserved) {
                state.reserved = false;
                return anchor;
            }
            return self.unique(&given);
        }
        let slug = slug(text);
        self.unique(if slug.is_empty() { "section" } else { &slug })
    }

    /// The name with the prefix, and with `-2`, `-3` … when it is in use. The counters keep this linear for thousands of equal headings.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let base = format!("{}{name}", self.prefix);
        let Some(state) = self.states.get(&base) else {
            self.states.insert(base.clone(), State { reserved: false, next: 2 });
            return base;
        };
        let mut number = state.next;
        loop {
            let anchor = format!("{base}-{number}");
            number = number.saturating_add(1);
            if !self.states.contains_key(&anchor) {
                self.states.insert(anchor.clone(), State { reserved: false, next: 2 });
                if let Some(state) = self.states.get_mut(&base) {
                    state.next = number;
                }
                return anchor;
            }
        }
    }
}

/// A given `id` as it is when it is made of letters, digits, `-`, `_`, `.`, else as a slug of it; none when nothing is left. It does not begin with `_`: those are the theme's.
fn fitting(given: &str) -> Option<String> {
    let given = given.trim_start_matches('_');
    let fits = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.');
    let id = if given.chars().all(fits) { given.to_owned() } else { slug(given) };
    (!id.is_empty()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_counted() {
        let mut anchors = Anchors::new("", "");
        let mut heading = |text: &str| anchors.heading(None, text);
        assert_eq!(heading("Qué"), "que");
        assert_eq!(heading("Que 2"), "que-2");
        assert_eq!(heading("qué"), "que-3");
        assert_eq!(heading("¡!"), "section");
        assert_eq!(heading("…"), "section-2");
    }

    #[test]
    fn given_ones_are_kept_for_their_heading() {
        let mut anchors = Anchors::new("p-", "# x\n\n# y {#x}\n\n# x {.c #x-2}");
        assert_eq!(anchors.heading(None, "x"), "p-x-3");
        assert_eq!(anchors.heading(Some("x"), "y"), "p-x");
        assert_eq!(anchors.heading(Some("x-2"), "x"), "p-x-2");
        assert_eq!(anchors.heading(Some("x"), "x"), "p-x-4");
        assert_eq!(anchors.heading(Some("\"<b>"), "x"), "p-b");
        assert_eq!(anchors.heading(Some("\""), "z"), "p-z");
        assert_eq!(Anchors::new("", "").heading(Some("_menu"), "z"), "menu");
    }
}
