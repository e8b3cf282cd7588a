//! Informants whom nobody has asked for longer than was promised.

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book};
use crate::words;

static SILENT_INFORMANT: Code =
    Code { id: "P348", name: "informant_not_asked", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&SILENT_INFORMANT];

/// All findings about informants.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    for informant in insight::informants(book) {
        let Some(entity) = book.entity(informant.id).filter(|_| informant.is_overdue(book.today)) else {
            continue;
        };
        let Some((_, span)) = informant.cadence else { continue };
        let title = &entity.title;
        let message = match informant.last {
            Some(last) => {
                let days = (book.today - last).get_days();
                words!(
                    "“{title}” was last asked {days} days ago, longer than promised",
                    "la última vez que se preguntó a «{title}» fue hace {days} días, más de lo prometido"
                )
            }
            None => words!(
                "no contact with “{title}” is noted, and it is promised",
                "no consta ningún contacto con «{title}», y está prometido"
            ),
        };
        findings.push(
            Finding::new(&SILENT_INFORMANT, span, message)
                .why(words!(
                    "whoever is not asked stops telling, and the content grows stale without anybody noticing",
                    "a quien no se le pregunta deja de contar, y el contenido se vuelve viejo sin que nadie lo note"
                ))
                .help(words!(
                    "ask, then write the day in `last_contact:`; or promise less in `cadence:`",
                    "pregunta y apunta el día en `ultimo_contacto:`; o promete menos en `cadencia:`"
                )),
        );
    }
}
