//! Floor 10: the proof that an edition holds nothing that it hides: its texts are looked for in the bytes that are about to be published.

use aho_corasick::AhoCorasick;

use crate::edition::{Edition, Hidden};
use crate::finding::{Code, Finding, Level, Words, bug};
use crate::syntax::escape;
use crate::text::{PagePath, Place, Sources};
use crate::words;

static LEAK: Code = Code { id: "P790", name: "leak", level: Level::Error, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[&LEAK];

/// Looks for the hidden texts of an edition, as written and as each format writes them.
#[derive(Debug)]
pub struct LeakScan<'a> {
    automaton: Option<AhoCorasick>,
    /// For each pattern, what it is a spelling of.
    spelled: Vec<&'a Hidden>,
    /// The edition in all its languages.
    editions: &'a [Edition],
    sources: &'a Sources,
    readership: Words,
}

impl<'a> LeakScan<'a> {
    /// The scan for an edition in all its languages; it costs nothing when the edition hides nothing. A hidden text that is a word of the interface as well ("Whom to call") betrays nothing and is not looked for.
    pub fn of<'w>(
        editions: &'a [Edition],
        sources: &'a Sources,
        interface: impl Iterator<Item = &'w String>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let said = interface.map(String::as_str).collect::<Vec<_>>().join("\n");
        let edition = editions.first();
        let hidden = edition.map(Edition::canaries).unwrap_or_default();
        let hidden = hidden.iter().filter(|hidden| !said.contains(&hidden.text));
        let readership = edition.map(|edition| edition.readership().words()).unwrap_or_default();
        Self::new(hidden, editions, sources, readership, findings)
    }

    fn new(
        hidden: impl Iterator<Item = &'a Hidden>,
        editions: &'a [Edition],
        sources: &'a Sources,
        readership: Words,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut spelled = Vec::new();
        for canary in hidden {
            let written = spellings(&canary.text).into_iter().filter(|written| *written != canary.text);
            for written in written.chain([canary.text.clone()]) {
                patterns.push(written);
                spelled.push(canary);
            }
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
        Self { automaton, spelled, editions, sources, readership }
    }

    /// A finding when the bytes of a file hold a hidden text. The text itself is not repeated.
    pub fn check(&self, path: &PagePath, bytes: &[u8]) -> Option<Finding> {
        let found = self.automaton.as_ref()?.find(bytes)?;
        let hidden = *self.spelled.get(found.pattern().as_usize())?;
        let Words { en, es } = &self.readership;
        let from = match &hidden.field {
            Some(Words { en, es }) => {
                words!("it is hidden here, in `{en}`", "se oculta aquí, en `{es}`")
            }
            None => words!("it is hidden here, with its page", "se oculta aquí, con su página"),
        };
        let told = match self.editions.iter().find_map(|edition| edition.repeats(hidden, self.sources)) {
            Some(repeated) => Finding::new(
                &LEAK,
                repeated,
                words!(
                    "a text that the {en} edition hides is written here once more, where it is shown",
                    "un texto que la edición {es} oculta está escrito también aquí, donde se muestra"
                ),
            )
            .help(words!(
                "take it out of here, or, if everybody may read it, let the edition show it in its own place as well",
                "quítalo de aquí o, si todo el mundo puede leerlo, deja que la edición lo muestre también en su sitio"
            )),
            None => {
                let at = found.start();
                Finding::new(
                    &LEAK,
                    Place::Run,
                    words!(
                        "`{path}` of the {en} edition holds a text that it should hide (byte {at})",
                        "`{path}` de la edición {es} contiene un texto que debería ocultar (byte {at})"
                    ),
                )
                .help(words!(
                    "please report this as a fault of the program; until then build the edition that may show it",
                    "comunica este fallo del programa; mientras tanto genera la edición que sí puede mostrarlo"
                ))
            }
        };
        Some(
            told.also(hidden.span, from)
                .why(words!(
                    "nothing was published: the site that was there is unchanged",
                    "no se ha publicado nada: el sitio que había sigue igual"
                ))
                .secret(),
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
        let hidden: Vec<Hidden> = hidden.iter().map(|text| Hidden::new(text)).collect();
        let (mut findings, sources) = (Vec::new(), Sources::default());
        let scan = LeakScan::new(hidden.iter(), &[], &sources, words!("public", "pública"), &mut findings);
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
    fn a_fault_of_the_program_names_the_hidden_place_too() {
        let finding = found(&["secreto"], "un secreto").expect("a finding");
        assert_eq!(finding.also.len(), 1);
        assert!(finding.secret && finding.help.is_some_and(|help| help.en.contains("fault of the program")));
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
