//! Promises of the calendar that are not kept: how often a channel publishes, and of what.

use crate::finding::{Code, Finding, Level};
use crate::insight::{Book, Pace, Share, Slot, mix, paces};
use crate::words;

static NOT_KEPT: Code = Code { id: "P325", name: "cadence_not_kept", level: Level::Warning, since: "0.1.0" };
static UNEVEN: Code = Code { id: "P355", name: "uneven_pillars", level: Level::Note, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&NOT_KEPT, &UNEVEN];

/// All findings about cadence and pillars.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    findings.extend(paces(book).iter().filter_map(|pace| not_kept(book, pace)));
    // Who wishes for no share is not compared with any.
    if book.of_kind("pillar").next().is_some() && book.of_kind("post").next().is_some() {
        let mix = mix(book).unwrap_or_default();
        findings.extend(mix.uneven().filter_map(|share| uneven(book, share, mix.with_pillar)));
    }
}

fn not_kept(book: Book<'_>, pace: &Pace) -> Option<Finding> {
    let title = &book.entity(pace.channel)?.title;
    let message = if pace.is_silent() {
        let days = pace.silent;
        words!(
            "nothing was published on “{title}” in the last {days} days",
            "hace {days} días que no consta nada publicado en «{title}»"
        )
    } else if pace.is_short() {
        let over = pace.slots.iter().rev().filter(|slot| slot.kept != crate::insight::Kept::Running);
        let published = over.take(2).map(Slot::out).sum::<usize>();
        let promised = pace.promised * 2;
        words!(
            "“{title}” published {published} of {promised} posts that were promised for the last two periods",
            "en «{title}» se ha publicado {published} de las {promised} veces prometidas en los dos últimos periodos"
        )
    } else {
        return None;
    };
    Some(
        Finding::new(&NOT_KEPT, pace.span, message)
            .why(words!(
                "people get used to a rhythm, and leave a place that has fallen silent",
                "la gente se acostumbra a un ritmo y se va de donde ya no pasa nada"
            ))
            .help(words!(
                "set the `status:` of what went out to `published` or drop the platform's list of posts into `data/`, plan what is missing, or promise less in `cadence:`",
                "pon `estado: publicado` en lo que ya salió o deja en `datos/` la lista de publicaciones de la plataforma, planifica lo que falta o promete menos en `cadencia:`"
            )),
    )
}

fn uneven(book: Book<'_>, share: &Share, all: usize) -> Option<Finding> {
    let title = &book.entity(share.pillar)?.title;
    let (wished, span) = share.wished?;
    let (posts, real) = (share.posts, share.real.round());
    Some(
        Finding::new(
            &UNEVEN,
            span,
            words!(
                "“{title}” is {real} % of the posts ({posts} of {all}) and should be {wished} %",
                "«{title}» ocupa el {real} % de las publicaciones ({posts} de {all}) y debería ocupar el {wished} %"
            ),
        )
        .why(words!(
            "what is easy to make pushes out what was decided to be told",
            "lo que cuesta poco hacer desplaza lo que se había decidido contar"
        ))
        .help(words!(
            "plan posts of the pillars that fall short, or change `share:`",
            "planifica publicaciones de los ejes que se quedan cortos, o cambia la `proporcion:`"
        )),
    )
}
