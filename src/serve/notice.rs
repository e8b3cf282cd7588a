//! What the preview tells over a page: findings, whether the page is older than the files, the edition. Made in Rust, shown by `preview.js` as text only.

use serde::Serialize;

use crate::finding::{Language, Level, Words};
use crate::model::Readership;
use crate::report::Told;
use crate::words;

use super::stage::short_hash;

/// How many findings are shown; the terminal shows all.
const SHOWN: usize = 60;

/// Everything that `preview.js` shows, with its own version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// The language of the playbook's author.
    pub language: Language,
    /// What the script gets; nothing before the first reading.
    pub document: serde_json::Value,
    /// Changes with the document.
    pub version: String,
}

#[derive(Serialize)]
struct Document<'a> {
    language: &'static str,
    edition: String,
    summary: String,
    /// The worst of the findings: `error`, `warning` or nothing.
    worst: Option<&'static str>,
    /// Why the page is older than the files.
    stale: Option<String>,
    findings: Vec<&'a Told>,
    more: Option<String>,
    words: Fixed,
}

/// The fixed words of the preview.
#[derive(Serialize)]
struct Fixed {
    preview: String,
    why: String,
    help: String,
    gone: String,
    stopped: String,
}

/// Why the site in the browser is not that of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale {
    /// What was found would keep a build from being published.
    Withheld,
    /// The folder is gone.
    Folder,
    /// A fault of the program.
    Fault,
}

impl Stale {
    fn words(self, has_site: bool) -> Words {
        match (self, has_site) {
            (Stale::Withheld, true) => words!(
                "This is the last good version: what is marked below would keep the site from being published.",
                "Esta es la última versión buena: lo que se indica abajo impediría publicar el sitio."
            ),
            (Stale::Withheld, false) => words!(
                "There is nothing to show yet: what is marked below keeps the site from being made. Mend it and this page goes on by itself.",
                "Todavía no hay nada que mostrar: lo que se indica abajo impide generar el sitio. Corrígelo y esta página seguirá sola."
            ),
            (Stale::Folder, _) => words!(
                "The folder of the playbook is gone. The preview waits for it to come back.",
                "La carpeta de la guía ha desaparecido. La vista previa espera a que vuelva."
            ),
            (Stale::Fault, _) => words!(
                "The program met a fault of its own; the terminal says which. The preview goes on with your next change.",
                "El programa ha tropezado con un fallo propio; el terminal dice cuál. La vista previa seguirá con tu próximo cambio."
            ),
        }
    }
}

impl Notice {
    /// A notice of these findings, which are in pieces and sorted; notes are left out.
    pub fn new(
        told: &[Told],
        counts: &str,
        readership: Readership,
        language: Language,
        stale: Option<(Stale, bool)>,
    ) -> Self {
        let of_level = |level: Level| told.iter().filter(move |told| told.level == level.name());
        let all: Vec<&Told> = of_level(Level::Error).chain(of_level(Level::Warning)).collect();
        let more = all.len().saturating_sub(SHOWN);
        let edition = readership.words();
        let edition = words!("{} edition", "edición {}", edition.within(language));
        let say = |words: Words| words.within(language).to_owned();
        let document = Document {
            language: language.tag(),
            edition: say(edition),
            summary: counts.to_owned(),
            worst: all.first().map(|told| told.level),
            stale: stale.map(|(stale, has_site)| say(stale.words(has_site))),
            findings: all.into_iter().take(SHOWN).collect(),
            more: (more > 0)
                .then(|| say(words!("and {more} more: see the terminal", "y {more} más: mira el terminal"))),
            words: Fixed {
                preview: say(words!("Preview", "Vista previa")),
                why: say(words!("Why", "Por qué")),
                help: say(words!("What to do", "Qué hacer")),
                gone: say(words!(
                    "This page no longer exists: its file was moved, renamed or removed.",
                    "Esta página ya no existe: su archivo se ha movido, renombrado o borrado."
                )),
                stopped: say(words!(
                    "The preview has stopped. Start it again with portolan serve.",
                    "La vista previa se ha detenido. Vuelve a arrancarla con portolan serve."
                )),
            },
        };
        // Only strings and lists of them: it cannot fail.
        let document = serde_json::to_value(&document).unwrap_or_default();
        let version = short_hash(document.to_string().as_bytes());
        Self { language, document, version }
    }
}
