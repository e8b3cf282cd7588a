//! Coverage: audiences that objectives cannot reach or of whom nothing is known, and the pairs of kinds that the settings hold against each other.

use crate::finding::{Code, Finding, Level};
use crate::insight::Book;
use crate::insight::coverage::{self, COVERAGE_GAP, Matrix, State};
use crate::model::Kinds;
use crate::text::{Spanned, nearest};
use crate::words;

/// A word of `coverage:` that is no kind.
static UNKNOWN_KIND: Code =
    Code { id: "P127", name: "unknown_coverage_kind", level: Level::Error, since: "0.1.0" };
/// Two kinds that no field relates.
static UNRELATED: Code =
    Code { id: "P128", name: "unrelated_coverage_kinds", level: Level::Warning, since: "0.1.0" };
/// Nothing is said of an audience but who it is.
static UNKNOWN_AUDIENCE: Code =
    Code { id: "P314", name: "audience_without_needs", level: Level::Note, since: "0.1.0" };
/// An audience of an objective that none of its channels reaches.
static OUT_OF_REACH: Code =
    Code { id: "P315", name: "audience_out_of_reach", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&UNKNOWN_KIND, &UNRELATED, &UNKNOWN_AUDIENCE, &OUT_OF_REACH, &COVERAGE_GAP];

/// What is missing between kinds.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    settings(book, findings);
    for wish in coverage::wishes(book) {
        let Some(level) = wish.level else { continue };
        let Some(columns) = book.kinds.kind(wish.columns) else { continue };
        let Some(matrix) = Matrix::of(book, wish.rows, wish.columns) else { continue };
        // What a rule of the kind tells already is not told twice.
        let kind = book.kinds.kind(wish.rows);
        let has_rule =
            kind.is_some_and(|kind| coverage::rule_between(book.graph, kind, wish.columns).is_some());
        for line in matrix.across.iter().filter(|line| line.state == State::Missing && !has_rule) {
            let Some(entity) = book.entity(line.id) else { continue };
            let (title, en, es) = (&entity.title, &columns.plural.en, &columns.plural.es);
            findings.push(
                Finding::new(
                    &COVERAGE_GAP,
                    entity.span,
                    words!(
                        "“{title}” is related to none of “{en}”",
                        "«{title}» no se relaciona con nada de «{es}»"
                    ),
                )
                .level(level)
                .why(words!(
                    "`coverage` in the settings asks for at least one",
                    "`cobertura`, en los ajustes, pide al menos una relación"
                ))
                .help(words!(
                    "name one, or accept the gap with its reason: `accept: [{{ code: P319, reason: … }}]`",
                    "indica una, o acepta la carencia y di por qué: `aceptado: [{{ codigo: P319, motivo: … }}]`"
                )),
            );
        }
    }
    audiences(book, findings);
    for (id, objective) in book.of_kind("objective").filter(|(_, entity)| book.is_active(entity)) {
        let missed = coverage::out_of_reach(book, id);
        if missed.is_empty() {
            continue;
        }
        let names = |open: &str, close: &str| {
            let titles = missed.iter().filter_map(|id| book.entity(*id));
            let named: Vec<String> = titles.map(|entity| format!("{open}{}{close}", entity.title)).collect();
            named.join(", ")
        };
        let title = &objective.title;
        let (en, es) = (names("“", "”"), names("«", "»"));
        findings.push(
            Finding::new(
                &OUT_OF_REACH,
                objective.span,
                words!(
                    "“{title}” is aimed at {en}, whom none of its channels reaches",
                    "«{title}» se dirige a {es}, a quien no llega ninguno de sus canales"
                ),
            )
            .why(words!(
                "what is said where an audience is not will not change anything for it",
                "lo que se dice donde no está un público no cambia nada para ese público"
            ))
            .help(words!(
                "add a channel that reaches it to the objective, or the audience to a channel of the objective",
                "añade al objetivo un canal que llegue a ese público, o el público a uno de los canales del objetivo"
            )),
        );
    }
}

/// Audiences that say nothing of themselves, where others do.
fn audiences(book: Book<'_>, findings: &mut Vec<Finding>) {
    let alive = book.of_kind("audience").filter(|(_, entity)| book.is_active(entity));
    let (known, unknown): (Vec<_>, Vec<_>) =
        alive.partition(|(_, audience)| coverage::is_known(book, audience));
    // A playbook in which none of them does is at its beginning.
    if !known.is_empty() {
        for (_, audience) in unknown {
            let title = &audience.title;
            findings.push(
                Finding::new(
                    &UNKNOWN_AUDIENCE,
                    audience.span,
                    words!(
                        "nothing is said of what “{title}” need, of what hinders or moves them",
                        "no se dice qué necesita «{title}», qué le frena ni qué le mueve"
                    ),
                )
                .why(words!(
                    "without that, what is written for them is written for nobody",
                    "sin saberlo, lo que se escribe para este público no se escribe para nadie"
                ))
                .help(words!(
                    "fill in `needs`, `barriers` or `insight`, from what people have said",
                    "rellena `necesidades`, `barreras` o `conocimiento` con lo que la gente ha dicho"
                )),
            );
        }
    }
}

/// Typing errors in `coverage:` of the settings.
fn settings(book: Book<'_>, findings: &mut Vec<Finding>) {
    for entry in coverage::written(book) {
        let meant = |word: &Spanned<String>, findings: &mut Vec<Finding>| {
            let kind = coverage::meant(book.kinds, &word.value);
            if kind.is_none() {
                findings.push(unknown(book.kinds, word));
            }
            kind
        };
        let (rows, columns) = (meant(&entry.rows, findings), meant(&entry.columns, findings));
        let (Some(rows), Some(columns)) = (rows, columns) else { continue };
        if !coverage::can_be_related(rows, columns) {
            let (one, other) = (&entry.rows.value, &entry.columns.value);
            findings.push(
                Finding::new(
                    &UNRELATED,
                    entry.columns.span,
                    words!(
                        "no field relates `{one}` and `{other}`",
                        "ningún campo relaciona `{one}` y `{other}`"
                    ),
                )
                .why(words!("every cell would be empty", "todas las celdas quedarían vacías"))
                .help(words!(
                    "add a field with `type: links` to one of the two kinds, in `types/`",
                    "añade a uno de los dos tipos un campo con `type: links`, en `tipos/`"
                )),
            );
        }
    }
}

fn unknown(kinds: &Kinds, word: &Spanned<String>) -> Finding {
    let text = &word.value;
    let known: Vec<&str> = kinds
        .iter()
        .flat_map(|kind| [&kind.name, &kind.es, &kind.folder.en, &kind.folder.es])
        .map(String::as_str)
        .collect();
    Finding::new(&UNKNOWN_KIND, word.span, words!("there is no kind `{text}`", "no hay ningún tipo `{text}`"))
        .suggest(nearest(text, known.iter().copied()))
        .help(words!(
            "write the name of a kind, or that of its folder",
            "escribe el nombre de un tipo, o el de su carpeta"
        ))
}
