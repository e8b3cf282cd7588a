//! Rules of response and prepared texts that would fail when they are needed: no time limit, gaps among the triggers, approvals that have run out, brackets that went out unfilled, missing house rules.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book, Response};
use crate::text::{Spanned, fold};
use crate::words;

static WITHOUT_LIMIT: Code =
    Code { id: "P360", name: "response_without_limit_or_role", level: Level::Warning, since: "0.1.0" };
static TRIGGERS_MISSING: Code =
    Code { id: "P361", name: "triggers_missing", level: Level::Warning, since: "0.1.0" };
static OLD_APPROVAL: Code = Code { id: "P363", name: "old_approval", level: Level::Warning, since: "0.1.0" };
static UNFILLED: Code =
    Code { id: "P364", name: "unfilled_placeholder", level: Level::Error, since: "0.1.0" };
static NO_HOUSE_RULES: Code =
    Code { id: "P391", name: "guidelines_missing", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&WITHOUT_LIMIT, &TRIGGERS_MISSING, &OLD_APPROVAL, &UNFILLED, &NO_HOUSE_RULES];

/// From how many rules on a set is meant to be complete.
const A_SET: usize = 3;

/// What a set of rules has to foresee.
struct Foreseen {
    /// Its name in English and Spanish.
    name: [&'static str; 2],
    /// The action that by itself tells it.
    action: &'static str,
    /// Beginnings of words that tell it.
    words: &'static [&'static str],
}

static FORESEEN: &[Foreseen] = &[
    Foreseen {
        name: ["praise", "el elogio"],
        action: "thank",
        words: &["prais", "thank", "complim", "elogi", "agradec", "gracias", "felicit"],
    },
    Foreseen {
        name: ["a question", "la pregunta"],
        action: "",
        words: &["question", "ask", "enquir", "inquir", "pregunt", "consult", "duda"],
    },
    Foreseen {
        name: ["criticism that is true", "la crítica con razón"],
        action: "",
        words: &["critic", "complain", "unhappy", "queja", "quejan", "reclama", "descontent"],
    },
    Foreseen {
        name: ["an error of ours", "un error nuestro"],
        action: "apologise",
        words: &["error", "mistake", "wrong", "equivoc", "fallo"],
    },
    Foreseen {
        name: ["something illegal", "lo que puede ser delito"],
        action: "report",
        words: &["illegal", "threat", "crime", "hate", "delit", "ilegal", "amenaz", "odio"],
    },
];

/// The guidelines without which one does not speak to the public.
const NEEDED: [(&str, [&str; 2]); 3] = [
    ("privacy", ["privacy", "privacidad"]),
    ("house_rules", ["house rules", "normas de participación"]),
    ("legal", ["a legal notice", "aviso legal"]),
];

/// All findings about responses, templates and guidelines.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let responses = insight::responses(book);
    for response in &responses {
        findings.extend(without_limit(book, response));
    }
    findings.extend(triggers_missing(book, &responses));
    let templates = insight::templates(book);
    for template in &templates {
        let is_old = template.approved.is_some() && insight::is_approval_stale(template, book.today);
        let (true, Some(entity), Some(date)) = (is_old, book.entity(template.id), template.approved) else {
            continue;
        };
        let title = &entity.title;
        findings.push(
            Finding::new(
                &OLD_APPROVAL,
                entity.span,
                words!(
                    "“{title}” was approved on {date}, over a year ago",
                    "«{title}» se aprobó el {date}, hace más de un año"
                ),
            )
            .why(words!(
                "people, telephone numbers and laws change; an old text says what is no longer so",
                "cambian las personas, los teléfonos y las leyes; un texto viejo dice lo que ya no es"
            ))
            .help(words!(
                "have it read again and write the new day in `approved`",
                "haz que se vuelva a leer y escribe la fecha nueva en `aprobada`"
            )),
        );
    }
    unfilled(book, &templates, findings);
    findings.extend(guidelines_missing(book));
}

fn without_limit(book: Book<'_>, response: &Response<'_>) -> Option<Finding> {
    let title = &book.entity(response.id)?.title;
    let message = match (response.within, response.role) {
        (Some(_), Some(_)) => return None,
        (None, None) => words!(
            "“{title}” says neither how soon nor who",
            "«{title}» no dice ni en cuánto tiempo ni quién"
        ),
        (None, Some(_)) => words!("“{title}” does not say how soon", "«{title}» no dice en cuánto tiempo"),
        (Some(_), None) => words!("“{title}” does not say who acts", "«{title}» no dice quién actúa"),
    };
    Some(
        Finding::new(&WITHOUT_LIMIT, book.entity(response.id)?.span, message)
            .why(words!(
                "everybody thinks that somebody else has answered, and the person who wrote waits",
                "cada cual cree que ha respondido otra persona, y quien escribió espera"
            ))
            .help(words!("add `within` and `role`", "añade `plazo` y `funcion`")),
    )
}

fn triggers_missing(book: Book<'_>, responses: &[Response<'_>]) -> Option<Finding> {
    if responses.len() < A_SET {
        return None;
    }
    let mut said: Vec<(String, &str)> = Vec::with_capacity(responses.len());
    for response in responses {
        let entity = book.entity(response.id)?;
        let trigger = response.trigger.as_ref().map(|text| text.value.as_str()).unwrap_or_default();
        let text = fold(&format!("{} {} {trigger}", entity.id, entity.title)).replace(['-', '_'], " ");
        said.push((text, response.action.unwrap_or_default()));
    }
    let is_foreseen = |kind: &Foreseen| {
        said.iter().any(|(text, action)| {
            (!kind.action.is_empty() && *action == kind.action)
                || text.split_whitespace().any(|word| kind.words.iter().any(|stem| word.starts_with(stem)))
        })
    };
    let missing: Vec<&Foreseen> = FORESEEN.iter().filter(|kind| !is_foreseen(kind)).collect();
    if missing.is_empty() {
        return None;
    }
    let names = |language: usize| {
        missing.iter().filter_map(|kind| kind.name.get(language).copied()).collect::<Vec<_>>().join(", ")
    };
    let (en, es) = (names(0), names(1));
    let first = book.entity(responses.first()?.id)?;
    Some(
        Finding::new(
            &TRIGGERS_MISSING,
            first.span,
            words!("the response rules do not foresee: {en}", "las reglas de respuesta no prevén: {es}"),
        )
        .why(words!(
            "these come to everybody; whoever moderates has to improvise just where it is most noticed",
            "esto le llega a todo el mundo; quien modera tendrá que improvisar justo donde más se nota"
        ))
        .help(words!("write a rule for each", "escribe una regla para cada caso")),
    )
}

/// Brackets of templates in what is published or about to be.
fn unfilled(book: Book<'_>, templates: &[insight::Template<'_>], findings: &mut Vec<Finding>) {
    let brackets: BTreeSet<String> = templates
        .iter()
        .flat_map(|template| &template.placeholders)
        .map(|word| format!("[{}]", fold(word.value.trim_matches(['[', ']']))))
        .collect();
    if brackets.is_empty() {
        return;
    }
    for (id, texts) in insight::published_texts(book) {
        let found = texts.iter().find_map(|Spanned { value, span }| {
            let text = fold(value);
            brackets.iter().find(|bracket| text.contains(bracket.as_str())).map(|bracket| (bracket, *span))
        });
        let (Some((bracket, span)), Some(entity)) = (found, book.entity(id)) else { continue };
        let title = &entity.title;
        findings.push(
            Finding::new(
                &UNFILLED,
                span,
                words!(
                    "`{bracket}` was left unfilled in “{title}”",
                    "`{bracket}` se quedó sin rellenar en «{title}»"
                ),
            )
            .why(words!(
                "readers see at once that a template speaks to them, and whoever wrote it is ridiculed",
                "quien lo lee ve que le habla una plantilla, y la entidad queda en ridículo"
            ))
            .help(words!(
                "replace the brackets with what they stand for",
                "sustituye los corchetes por lo que corresponde"
            )),
        );
    }
}

/// Who speaks to the public says what happens with data, what may be said, and who answers for it.
fn guidelines_missing(book: Book<'_>) -> Option<Finding> {
    let guidelines = insight::guideline_kinds(book);
    let (first, _) = guidelines.first()?;
    let missing: Vec<&[&str; 2]> = NEEDED
        .iter()
        .filter(|(kind, _)| !guidelines.iter().any(|(_, of)| of.as_deref() == Some(*kind)))
        .map(|(_, names)| names)
        .collect();
    if missing.is_empty() {
        return None;
    }
    let names = |language: usize| {
        missing.iter().filter_map(|names| names.get(language).copied()).collect::<Vec<_>>().join(", ")
    };
    let (en, es) = (names(0), names(1));
    Some(
        Finding::new(
            &NO_HOUSE_RULES,
            book.entity(*first)?.span,
            words!("there is no guideline for: {en}", "no hay pauta de: {es}"),
        )
        .why(words!(
            "without them a comment cannot be hidden in fairness, nor anybody's data be kept within the law",
            "sin ellas no se puede ocultar un comentario con justicia ni guardar los datos de nadie conforme a la ley"
        ))
        .help(words!(
            "add a guideline of that `kind`; one or two paragraphs are enough",
            "añade una pauta de ese `tipo`; con uno o dos párrafos basta"
        )),
    )
}
