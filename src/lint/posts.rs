//! Posts that leave people out, that nobody approved, and a calendar that runs dry.

use crate::finding::{Code, Finding, Level};
use crate::insight::{Book, Matter, Post, entries, limit, post};
use crate::model::{Entity, EntityId, Resolved};
use crate::series::{day_of, number_of};
use crate::words;

static WITHOUT_ALT: Code =
    Code { id: "P350", name: "post_without_alt_text", level: Level::Warning, since: "0.1.0" };
static WITHOUT_CAPTIONS: Code =
    Code { id: "P351", name: "video_without_captions", level: Level::Warning, since: "0.1.0" };
static NOT_APPROVED: Code =
    Code { id: "P352", name: "scheduled_post_not_approved", level: Level::Warning, since: "0.1.0" };
static APPROVED_BY_AUTHOR: Code =
    Code { id: "P353", name: "post_approved_by_its_author", level: Level::Warning, since: "0.1.0" };
static EMPTY_CALENDAR: Code =
    Code { id: "P354", name: "empty_calendar", level: Level::Warning, since: "0.1.0" };
static ONLY_OWN: Code = Code { id: "P356", name: "only_own_content", level: Level::Note, since: "0.1.0" };
static TOO_LONG: Code = Code { id: "P357", name: "post_too_long", level: Level::Note, since: "0.1.0" };
static ODD_RHYTHM: Code =
    Code { id: "P358", name: "rhythm_not_understood", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[
    &WITHOUT_ALT,
    &WITHOUT_CAPTIONS,
    &NOT_APPROVED,
    &APPROVED_BY_AUTHOR,
    &EMPTY_CALENDAR,
    &ONLY_OWN,
    &TOO_LONG,
    &ODD_RHYTHM,
];

/// Days ahead in which something should be planned.
const DAYS_AHEAD: i64 = 14;
/// Posts from which on it says something that all of them are our own.
const MANY: usize = 10;

/// All findings about posts.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let posts: Vec<(EntityId, &Entity<Resolved>, Post)> = book
        .of_kind("post")
        .filter_map(|(id, entity)| Some((id, entity, post(book.kinds, entity)?)))
        .collect();
    for (_, entity, post) in &posts {
        if let Some(every) = &post.odd_rhythm {
            let written = &every.value;
            findings.push(
                Finding::new(
                    &ODD_RHYTHM,
                    every.span,
                    words!(
                        "it is not clear how often `{written}` is",
                        "no se entiende cada cuánto es `{written}`"
                    ),
                )
                .why(words!("the post is not in the calendar", "la publicación no sale en el calendario"))
                .help(words!(
                    "write for instance `week on Wednesday`, `2 weeks` or `first Monday of the month`",
                    "escribe por ejemplo `semana los miércoles`, `2 semanas` o `primer lunes de mes`"
                )),
            );
        }
        if post.is_meant() {
            access(entity, post, findings);
            approval(book, entity, post, findings);
            length(book, entity, post, findings);
        }
    }
    whole(book, &posts, findings);
}

fn access(entity: &Entity<Resolved>, post: &Post, findings: &mut Vec<Finding>) {
    let title = &entity.title;
    if let Some(place) = post.without_alt.first() {
        findings.push(
            Finding::new(
                &WITHOUT_ALT,
                *place,
                words!(
                    "a picture of “{title}” has no alternative text",
                    "una imagen de «{title}» no tiene texto alternativo"
                ),
            )
            .why(words!(
                "who cannot see it is not told what it says",
                "a quien no puede verla no se le cuenta lo que dice"
            ))
            .help(words!(
                "write under `alt:` what the picture says",
                "escribe en `texto_alternativo:` lo que dice la imagen"
            )),
        );
    }
    if let Some(place) = post.without_captions.first() {
        findings.push(
            Finding::new(
                &WITHOUT_CAPTIONS,
                *place,
                words!("a video of “{title}” has no captions", "un vídeo de «{title}» no tiene subtítulos"),
            )
            .why(words!(
                "who cannot hear it, or has the sound off, does not learn what is said",
                "quien no lo oye, o lleva el sonido apagado, no se entera de lo que se dice"
            ))
            .help(words!(
                "add the file of the captions under `captions:`",
                "añade el archivo de los subtítulos en `subtitulos:`"
            )),
        );
    }
}

fn approval(book: Book<'_>, entity: &Entity<Resolved>, post: &Post, findings: &mut Vec<Finding>) {
    let title = &entity.title;
    let Some((approver, place)) = post.approved else {
        if post.stage == "scheduled" {
            findings.push(
                Finding::new(
                    &NOT_APPROVED,
                    entity.span,
                    words!(
                        "“{title}” is scheduled and nobody approved it",
                        "«{title}» está programada y nadie la ha aprobado"
                    ),
                )
                .why(words!(
                    "what a tool sends by itself is not looked at again",
                    "lo que una herramienta publica sola ya no lo mira nadie"
                ))
                .help(words!(
                    "name in `approved_by:` who said yes, or set the status back to review",
                    "indica en `aprobado_por:` quién dio el visto bueno, o devuelve el estado a en revisión"
                )),
            );
        }
        return;
    };
    let Some(author) = post.author else { return };
    // A role that only the author holds is the author.
    let holders = book.related(approver, "people");
    if approver == author || (holders.len() == 1 && holders.contains(&author)) {
        findings.push(
            Finding::new(
                &APPROVED_BY_AUTHOR,
                place,
                words!("“{title}” was approved by its author", "«{title}» la aprobó quien la escribió"),
            )
            .why(words!("nobody sees their own mistakes", "nadie ve sus propios errores"))
            .help(words!(
                "let somebody else look at it, and name them in `approved_by:`",
                "que la mire otra persona, e indícala en `aprobado_por:`"
            )),
        );
    }
}

fn length(book: Book<'_>, entity: &Entity<Resolved>, post: &Post, findings: &mut Vec<Finding>) {
    let title = &entity.title;
    let place = post.text_span.unwrap_or(entity.span);
    if post.is_link_only() {
        findings.push(
            Finding::new(
                &TOO_LONG,
                place,
                words!("“{title}” is nothing but a link", "«{title}» no es más que un enlace"),
            )
            .why(words!("nobody is told why to follow it", "no dice por qué habría que abrirlo"))
            .help(words!("say what stands there and for whom", "cuenta qué hay ahí y para quién")),
        );
        return;
    }
    let letters = post.text.chars().count();
    let limits = post.channels.iter().filter_map(|id| {
        let channel = book.entity(*id)?;
        Some((limit(book.kinds, channel)?, &channel.title))
    });
    if let Some((most, channel)) = limits.filter(|(most, _)| letters > *most).min() {
        findings.push(
            Finding::new(
                &TOO_LONG,
                place,
                words!(
                    "“{title}” has {letters} letters, and {channel} takes {most}",
                    "«{title}» tiene {letters} caracteres, y en {channel} caben {most}"
                ),
            )
            .why(words!("the platform cuts it off or refuses it", "la plataforma lo corta o no lo admite"))
            .help(words!(
                "shorten it, or make a version for that channel",
                "acórtalo, o prepara una versión para ese canal"
            )),
        );
    }
}

/// What is told once of the whole calendar, at its last post.
fn whole(book: Book<'_>, posts: &[(EntityId, &Entity<Resolved>, Post)], findings: &mut Vec<Finding>) {
    let Some((_, last, _)) = posts.last() else { return };
    let until = day_of(number_of(book.today) + DAYS_AHEAD);
    let is_ahead =
        entries(book, book.today, until).iter().any(|entry| entry.matter == Matter::Post && entry.is_meant());
    if !is_ahead {
        let today = book.today;
        findings.push(
            Finding::new(
                &EMPTY_CALENDAR,
                last.span,
                words!(
                    "nothing is planned from {today} to {until}",
                    "no hay nada previsto del {today} al {until}"
                ),
            )
            .why(words!(
                "what is made from one day to the next is made of what is at hand",
                "lo que se prepara de un día para otro sale de lo que hay a mano"
            ))
            .help(words!(
                "plan the next two weeks; a post that `repeats:` counts too",
                "planifica las dos próximas semanas; también cuenta una publicación que `se_repite:`"
            )),
        );
    }
    let told: Vec<&str> = posts
        .iter()
        .filter(|(.., post)| post.is_meant())
        .filter_map(|(.., post)| post.origin.as_deref())
        .collect();
    if told.len() >= MANY && told.iter().all(|origin| *origin == "own") {
        let count = told.len();
        findings.push(
            Finding::new(
                &ONLY_OWN,
                last.span,
                words!("all {count} posts are our own", "las {count} publicaciones son propias"),
            )
            .why(words!(
                "who only speaks of themselves is listened to less, and allies are not helped",
                "a quien solo habla de sí se le escucha menos, y las entidades aliadas se quedan sin apoyo"
            ))
            .help(words!(
                "share what others do, and lend an ally your voice: `origin: shared` or `amplified`",
                "comparte lo que hacen otros y da voz a una entidad aliada: `origen: compartida` o `apoyo`"
            )),
        );
    }
}
