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

/// Looks for the hidden texts of an edition, as written and as HTML writes them.
#[derive(Debug)]
pub struct LeakScan {
    automaton: Option<AhoCorasick>,
    edition: Words,
}

impl LeakScan {
    /// The scan for an edition; it costs nothing when the edition hides nothing.
    pub fn of(edition: &Edition, findings: &mut Vec<Finding>) -> Self {
        let mut patterns: Vec<String> = Vec::with_capacity(edition.canaries().len() * 2);
        for canary in edition.canaries() {
            let mut escaped = String::with_capacity(canary.len() + 8);
            escape::text(&mut escaped, canary);
            if escaped != *canary {
                patterns.push(escaped);
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
        Self { automaton, edition: edition.readership().words() }
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
