//! Pages that nobody looked at in time, and those that nobody answers for.

use crate::finding::{Code, Finding, Level};
use crate::insight::{Book, has_owner, review};
use crate::words;

static PAST_REVIEW: Code =
    Code { id: "P392", name: "past_review_date", level: Level::Warning, since: "0.1.0" };
static WITHOUT_OWNER: Code =
    Code { id: "P393", name: "without_owner", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&PAST_REVIEW, &WITHOUT_OWNER];

/// Kinds that somebody has to answer for. Objectives, channels and tools have codes of their own.
const OWNED: [&str; 4] = ["campaign", "guideline", "listening", "procedure"];

/// All findings about reviews and owners.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    for (id, entity) in book.iter().filter(|(_, entity)| book.is_active(entity)) {
        let title = &entity.title;
        let review = review(book, entity);
        if let Some(due) = review.due.filter(|due| *due < book.today) {
            findings.push(
                Finding::new(
                    &PAST_REVIEW,
                    entity.span,
                    words!(
                        "“{title}” should have been reviewed by {due}",
                        "«{title}» tenía que haberse revisado antes del {due}"
                    ),
                )
                .why(words!(
                    "whoever follows an outdated page makes the mistakes of back then",
                    "quien sigue una página anticuada comete los errores de entonces"
                ))
                .help(words!(
                    "read it, put it right and write today's date in `reviewed:`",
                    "léela, corrígela y pon la fecha de hoy en `revisado:`"
                )),
            );
        }
        if OWNED.contains(&book.kind_of(id)) && !has_owner(book.kinds, entity) {
            findings.push(
                Finding::new(
                    &WITHOUT_OWNER,
                    entity.span,
                    words!("nobody answers for “{title}”", "nadie responde de «{title}»"),
                )
                .why(words!(
                    "what belongs to everybody is kept up to date by nobody",
                    "lo que es de todos no lo mantiene al día nadie"
                ))
                .help(words!(
                    "name a role or a person in `owner:`",
                    "indica una función o una persona en `responsable:`"
                )),
            );
        }
    }
}
