//! Floor 10: the proof that an edition holds nothing that it hides: its texts are looked for in the bytes that are about to be published.

use aho_corasick::AhoCorasick;

use crate::edition::Edition;
use crate::finding::{Code, Finding, Level, Words, bug};
use crate::syntax::escape;
use crate::text::{PagePath, Place};
use crate::words;

static LEAK: Code = Code { id: "P790", name: "leak", level: Level::Error, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[&LEAK];

/// Looks for the hidden texts of an edition, as written and as each format writes them.
#[derive(Debug)]
pub struct LeakScan {
    automaton: Option<AhoCorasick>,
    edition: Words,
}

impl LeakScan {
    /// The scan for an edition; it costs nothing when the edition hides nothing. A hidden text that is a word of the interface as well ("Whom to call") betrays nothing and is not looked for.
    pub fn of<'w>(
        edition: &Edition,
        interface: impl Iterator<Item = &'w String>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let said = interface.map(String::as_str).collect::<Vec<_>>().join("\n");
        let hidden = edition.canaries().iter().filter(|hidden| !said.contains(hidden.as_str()));
        let hidden: Vec<String> = hidden.cloned().collect();
        Self::new(&hidden, edition.readership().words(), findings)
    }

    fn new(hidden: &[String], edition: Words, findings: &mut Vec<Finding>) -> Self {
        let mut patterns: Vec<String> = Vec::with_capacity(hidden.len() * 2);
        for canary in hidden {
            for written in spellings(canary) {
                if written != *canary {
                    patterns.push(written);
                }
            }
            patterns.push(canary.clone());
        }
        let automaton = if patterns.is_empty() {
            None
        } else {
            match AhoCorasick::new(&patterns) {
                Ok(automaton) => Some(automaton),
                Err(_) => {
                    findings.push(bug("the leak scan could not be built"));
                    None
                }
            }
        };
        Self { automaton, edition }
    }

    /// A finding when the bytes of a file hold a hidden text. The text itself is not repeated.
    pub fn check(&self, path: &PagePath, bytes: &[u8]) -> Option<Finding> {
        let found = self.automaton.as_ref()?.find(bytes)?;
        let (Words { en, es }, at) = (&self.edition, found.start());
        Some(
            Finding::new(
                &LEAK,
                Place::Run,
                words!(
                    "`{path}` of the {en} edition holds a text that it should hide (byte {at})",
                    "`{path}` de la edición {es} contiene un texto que debería ocultar (byte {at})"
                ),
            )
            .why(words!(
                "nothing was published: the site that was there is unchanged",
                "no se ha publicado nada: el sitio que había sigue igual"
            ))
            .help(words!(
                "please report this as a fault of the program; until then build the edition that may show it",
                "comunica este fallo del programa; mientras tanto genera la edición que sí puede mostrarlo"
            )),
        )
    }
}

/// A text as HTML, JSON, CSV and Markdown write it.
fn spellings(text: &str) -> [String; 4] {
    let mut html = String::with_capacity(text.len() + 8);
    escape::text(&mut html, text);
    let json = serde_json::to_string(text).unwrap_or_default();
    let json = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or_default();
    let mut markdown = String::with_capacity(text.len() + 8);
    escape::markdown(&mut markdown, text);
    // Nothing is looked for in place of nothing.
    let json = if json.is_empty() { text } else { json };
    [html, json.to_owned(), text.replace('"', "\"\""), markdown]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(hidden: &[&str], bytes: &str) -> Option<Finding> {
        let hidden: Vec<String> = hidden.iter().map(|text| (*text).to_owned()).collect();
        let mut findings = Vec::new();
        let scan = LeakScan::new(&hidden, words!("public", "pública"), &mut findings);
        assert!(findings.is_empty());
        scan.check(&PagePath::new("a/b.html"), bytes.as_bytes())
    }

    #[test]
    fn hidden_texts_are_found_as_written_and_as_html_writes_them() {
        let hidden = ["Plan <B> & \"salida\"", "otro"];
        for page in ["x Plan <B> & \"salida\" y", "<p>Plan &lt;B&gt; &amp; \"salida\"</p>", "otro"] {
            assert!(found(&hidden, page).is_some(), "{page}");
        }
        assert_eq!(found(&hidden, "<p>Plan B</p>"), None);
        assert_eq!(found(&[], "Plan"), None);
    }

    #[test]
    fn hidden_texts_are_found_as_every_export_writes_them() {
        let hidden = ["dijo \"no\" al *plan* [B]"];
        for file in [
            "{\"text\": \"dijo \\\"no\\\" al *plan* [B]\"}",
            "id,\"dijo \"\"no\"\" al *plan* [B]\"\r\n",
            "- dijo \"no\" al \\*plan\\* \\[B\\]",
        ] {
            assert!(found(&hidden, file).is_some(), "{file}");
        }
    }

    #[test]
    fn the_finding_names_file_and_edition_and_does_not_repeat_the_text() {
        let finding = found(&["secreto"], "un secreto").expect("a finding");
        assert_eq!((finding.code.id, finding.level), ("P790", Level::Error));
        let said = format!("{finding:?}");
        assert!(said.contains("a/b.html") && said.contains("pública") && said.contains("byte 3"), "{said}");
        assert!(!said.contains("secreto"), "{said}");
    }
}
