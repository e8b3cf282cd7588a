//! The fingerprints of sources written into their translations: one line more or one word changed, and every other byte as it was.

use super::classify::is_markdown;
use super::translation::{TRANSLATED_FROM, is_fingerprint};
use crate::finding::Language;
use crate::syntax::{Node, Tree, front_matter, yaml};
use crate::text::{FilePath, SourceId, Span};

/// What is to be written for one thing.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Where its translation begins.
    pub place: Span,
    /// The fingerprint that stands there now.
    pub recorded: Option<Span>,
    /// The fingerprint of the source as it is.
    pub fingerprint: String,
}

/// The text of a file of translations with these fingerprints. `whole` says that the file holds one thing and no list.
///
/// `None` where that needs a hand: a CSV file, YAML in which no line can be added.
pub fn confirmed(
    path: &FilePath,
    text: &str,
    whole: bool,
    language: Language,
    wanted: &[Confirmation],
) -> Option<String> {
    let key = match language {
        Language::English => TRANSLATED_FROM[0],
        Language::Spanish => TRANSLATED_FROM[1],
    };
    let file = File { text, key, newline: if text.contains("\r\n") { "\r\n" } else { "\n" } };
    let (known, new): (Vec<_>, Vec<_>) = wanted.iter().partition(|one| one.recorded.is_some());
    let mut edits: Vec<Edit> = known
        .into_iter()
        .filter_map(|one| {
            let span = one.recorded?;
            Some(Edit { from: span.start as usize, to: span.end as usize, text: one.fingerprint.clone() })
        })
        .collect();
    if let Some(first) = new.first() {
        if is_markdown(path) {
            edits.push(file.in_front_matter(&first.fingerprint));
        } else if path.has_extension(&["csv"]) {
            return None;
        } else if whole {
            edits.push(file.at_the_end(&format!("{key}: {}", first.fingerprint)));
        } else {
            edits.extend(file.in_list(&new)?);
        }
    }
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.from));
    let mut written = text.to_owned();
    for Edit { from, to, text } in edits {
        if !(written.is_char_boundary(from) && written.is_char_boundary(to) && from <= to) {
            return None;
        }
        written.replace_range(from..to, &text);
    }
    (faults(path, &written) <= faults(path, text)).then_some(written)
}

struct Edit {
    from: usize,
    to: usize,
    text: String,
}

struct File<'t> {
    text: &'t str,
    key: &'static str,
    newline: &'static str,
}

impl File<'_> {
    /// As the last field of the front matter, which is made where there is none.
    fn in_front_matter(&self, fingerprint: &str) -> Edit {
        let (key, newline) = (self.key, self.newline);
        let cut = front_matter::cut(self.text);
        match cut.yaml {
            Some(range) if !cut.unclosed => {
                let inner = self.text.get(range.clone()).unwrap_or_default();
                let before = if inner.is_empty() || inner.ends_with('\n') { "" } else { newline };
                let text = format!("{before}{key}: {fingerprint}{newline}");
                Edit { from: range.end, to: range.end, text }
            }
            _ => {
                let text = format!("---{newline}{key}: {fingerprint}{newline}---{newline}{newline}");
                Edit { from: 0, to: 0, text }
            }
        }
    }

    fn at_the_end(&self, line: &str) -> Edit {
        let at = self.text.len();
        let before = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { self.newline };
        Edit { from: at, to: at, text: format!("{before}{line}{}", self.newline) }
    }

    /// For items of a list: in a map of their own at the end, or in each item.
    fn in_list(&self, new: &[&Confirmation]) -> Option<Vec<Edit>> {
        let node = yaml::parse(self.text, SourceId(0), 0, &mut Vec::new())?;
        let inner = match node.entries() {
            [only] if !only.value.items().is_empty() => &only.value,
            _ => &node,
        };
        if let Tree::List(_) = inner.tree {
            return new.iter().map(|one| self.in_item(one)).collect();
        }
        let (newline, key) = (self.newline, self.key);
        let name = |one: &Confirmation| {
            self.text.get(one.place.start as usize..one.place.end as usize).unwrap_or_default()
        };
        let known = node.entries().iter().find(|entry| is_fingerprint(&entry.key.value));
        if let Some(last) = known.and_then(|entry| entry.value.entries().last()) {
            // Behind the last line of the map that is there, as far in as its keys.
            let line = self.line_start(last.key.span.start as usize);
            let indent = self.text.get(line..last.key.span.start as usize)?;
            if !indent.trim().is_empty() {
                return None;
            }
            let at = self.line_end(last.value.span.end as usize);
            let lines = new.iter().map(|one| format!("{newline}{indent}{}: {}", name(one), one.fingerprint));
            return Some(vec![Edit { from: at, to: at, text: lines.collect() }]);
        }
        if known.is_some() || !is_block(&node, self.text) {
            return None;
        }
        let lines: String =
            new.iter().map(|one| format!("{newline}  {}: {}", name(one), one.fingerprint)).collect();
        Some(vec![self.at_the_end(&format!("{key}:{lines}"))])
    }

    /// Behind the id of an item.
    fn in_item(&self, one: &Confirmation) -> Option<Edit> {
        let (start, end) = (one.place.start as usize, one.place.end as usize);
        let line = self.line_start(start);
        let before = self.text.get(line..start)?;
        let written = format!("{}: {}", self.key, one.fingerprint);
        let text = if before.contains('{') {
            format!(", {written}")
        } else {
            let column = before.rfind("id")?;
            format!("{}{}{written}", self.newline, " ".repeat(column))
        };
        let at = if before.contains('{') { end } else { self.line_end(end) };
        Some(Edit { from: at, to: at, text })
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let length = rest.find('\n').unwrap_or(rest.len());
        let length =
            if rest.get(..length).is_some_and(|line| line.ends_with('\r')) { length - 1 } else { length };
        at + length
    }
}

/// Whether a map is written with one key a line, so that a line may be added.
fn is_block(node: &Node, text: &str) -> bool {
    !text.get(node.span.start as usize..).is_some_and(|written| written.starts_with('{'))
}

fn faults(path: &FilePath, text: &str) -> usize {
    let mut findings = Vec::new();
    let yaml = if is_markdown(path) { front_matter::cut(text).yaml } else { Some(0..text.len()) };
    if let Some(yaml) = yaml.and_then(|range| text.get(range)) {
        yaml::parse(yaml, SourceId(0), 0, &mut findings);
    }
    findings.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, part: &str) -> Span {
        let at = text.find(part).expect("the part");
        Span::new(SourceId(0), at, at + part.len())
    }

    fn written(path: &str, text: &str, whole: bool, parts: &[(&str, Option<&str>)]) -> Option<String> {
        let wanted: Vec<Confirmation> = parts
            .iter()
            .map(|(place, recorded)| Confirmation {
                place: span(text, place),
                recorded: recorded.map(|recorded| span(text, recorded)),
                fingerprint: "12345678".to_owned(),
            })
            .collect();
        let path = FilePath::new(path).expect("a path");
        confirmed(&path, text, whole, Language::English, &wanted)
    }

    #[test]
    fn one_line_is_added_and_all_others_stay() {
        let check = |path: &str, text: &str, whole: bool, places: &[&str], expected: &str| {
            let parts: Vec<_> = places.iter().map(|place| (*place, None)).collect();
            assert_eq!(written(path, text, whole, &parts).as_deref(), Some(expected), "{text}");
        };
        check(
            "a.en.md",
            "# A\n\nText\n",
            true,
            &["#"],
            "---\ntranslated_from: 12345678\n---\n\n# A\n\nText\n",
        );
        check(
            "a.en.md",
            "---\r\ntitle:   \"A\" # a remark\r\n---\r\nText",
            true,
            &["---"],
            "---\r\ntitle:   \"A\" # a remark\r\ntranslated_from: 12345678\r\n---\r\nText",
        );
        check("a.en.yaml", "title: A", true, &["title"], "title: A\ntranslated_from: 12345678\n");
        check(
            "a.en.yaml",
            "one: { title: A }\ntwo: text\n",
            false,
            &["one", "two"],
            "one: { title: A }\ntwo: text\ntranslated_from:\n  one: 12345678\n  two: 12345678\n",
        );
        check(
            "a.en.yaml",
            "one: { title: A }\ntranslated_from:\n    two: 0 # old\n",
            false,
            &["one"],
            "one: { title: A }\ntranslated_from:\n    two: 0 # old\n    one: 12345678\n",
        );
        check(
            "a.en.yaml",
            "- id: one   # a remark\n  title: A\n- { id: two, title: B }\n",
            false,
            &["one", "two"],
            "- id: one   # a remark\n  translated_from: 12345678\n  title: A\n- { id: two, translated_from: 12345678, title: B }\n",
        );
    }

    #[test]
    fn what_is_there_is_replaced() {
        let text = "---\ntitle: A\ntranslated_from: \"0badcafe\"   # by hand\n---\nText\n";
        let expected = "---\ntitle: A\ntranslated_from: 12345678   # by hand\n---\nText\n";
        assert_eq!(
            written("a.en.md", text, true, &[("---", Some("\"0badcafe\""))]).as_deref(),
            Some(expected)
        );
    }

    #[test]
    fn what_needs_a_hand_is_left_alone() {
        assert_eq!(written("a.en.csv", "id,title\none,A\n", false, &[("one", None)]), None);
        assert_eq!(written("a.en.yaml", "{ one: { title: A } }\n", false, &[("one", None)]), None);
    }
}
