//! What was promised to people and to the board and is not kept up: feedback, proposals, decisions, evaluations and the figures of issued ones.

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book, Evaluation, Stage};
use crate::model::{Unit, Value};
use crate::words;

static NO_EVALUATION: Code =
    Code { id: "P394", name: "evaluation_overdue", level: Level::Warning, since: "0.1.0" };
static WITHOUT_DECISIONS: Code =
    Code { id: "P395", name: "evaluation_without_decisions", level: Level::Warning, since: "0.1.0" };
static WAITING: Code = Code { id: "P396", name: "feedback_waiting", level: Level::Warning, since: "0.1.0" };
static WITHOUT_OWNER: Code =
    Code { id: "P397", name: "proposal_without_owner", level: Level::Warning, since: "0.1.0" };
static NEVER_REVIEWED: Code =
    Code { id: "P398", name: "decision_never_reviewed", level: Level::Note, since: "0.1.0" };
static FIGURE_CHANGED: Code =
    Code { id: "P460", name: "issued_figure_changed", level: Level::Warning, since: "0.1.0" };
static NOT_RECORDED: Code =
    Code { id: "P463", name: "figures_not_recorded", level: Level::Note, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[
    &NO_EVALUATION,
    &WITHOUT_DECISIONS,
    &WAITING,
    &WITHOUT_OWNER,
    &NEVER_REVIEWED,
    &FIGURE_CHANGED,
    &NOT_RECORDED,
];

/// Days after the end of a period in which an evaluation is written.
const GRACE: f64 = 31.0;

/// All findings about what was to follow.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let evaluations = insight::evaluations(book);
    findings.extend(overdue(book, &evaluations));
    for evaluation in evaluations.iter().filter(|evaluation| evaluation.issued.is_some()) {
        findings.extend(without_decisions(book, evaluation));
        figures(book, evaluation, findings);
    }
    feedback(book, findings);
    for decided in insight::decided(book) {
        let (Some(entity), Some(review)) = (book.entity(decided.id), decided.review) else { continue };
        if decided.is_overdue(book.today) {
            let title = &entity.title;
            findings.push(
                Finding::new(
                    &NEVER_REVIEWED,
                    entity.span,
                    words!(
                        "“{title}” was to be reviewed on {review}, and has no result",
                        "«{title}» se iba a revisar el {review}, y no tiene resultado"
                    ),
                )
                .why(words!(
                    "who never looks back repeats what did not work",
                    "quien no vuelve a mirar repite lo que no funcionó"
                ))
                .help(words!(
                    "write under `result:` what came of it, or a new day under `review:`",
                    "escribe en `resultado:` en qué quedó, o un día nuevo en `revisar_el:`"
                )),
            );
        }
    }
}

/// `evaluate_every` of the settings, against the period of the latest evaluation.
fn overdue(book: Book<'_>, evaluations: &[Evaluation]) -> Option<Finding> {
    let setting = book.setting("evaluate_every")?;
    let Value::Duration { count, unit } = setting.value else { return None };
    if insight::active_objectives(book).is_empty() {
        return None;
    }
    let last = evaluations.iter().filter_map(|evaluation| evaluation.period).map(|(_, last)| last).max();
    let message = match last {
        Some(last) => {
            let due = Unit::Day.after(unit.after(last, count)?, GRACE)?;
            if book.today <= due {
                return None;
            }
            words!(
                "the latest evaluation looks at the time up to {last}",
                "la última evaluación llega hasta el {last}"
            )
        }
        None => words!("there is no evaluation yet", "todavía no hay ninguna evaluación"),
    };
    Some(
        Finding::new(&NO_EVALUATION, setting.span, message)
            .why(words!(
                "the settings promise one more often than that, and what is not evaluated is not learned from",
                "los ajustes prometen una más a menudo, y de lo que no se evalúa no se aprende"
            ))
            .help(words!(
                "write an evaluation of the period that is over, or change `evaluate_every:`",
                "escribe la evaluación del periodo que ha terminado, o cambia `evaluar_cada:`"
            )),
    )
}

fn without_decisions(book: Book<'_>, evaluation: &Evaluation) -> Option<Finding> {
    let entity = book.entity(evaluation.id).filter(|_| evaluation.decisions.is_empty())?;
    let title = &entity.title;
    Some(
        Finding::new(
            &WITHOUT_DECISIONS,
            entity.span,
            words!("“{title}” led to no decision", "«{title}» no ha dado lugar a ninguna decisión"),
        )
        .why(words!(
            "an evaluation after which everything stays as it was was a report",
            "una evaluación tras la que todo sigue igual era solo un informe"
        ))
        .help(words!(
            "name the decisions under `decisions:`; to keep something is one too",
            "nombra las decisiones en `decisiones:`; mantener algo también lo es"
        )),
    )
}

/// Figures as issued, against what the data say now of the same day.
fn figures(book: Book<'_>, evaluation: &Evaluation, findings: &mut Vec<Finding>) {
    let Some(entity) = book.entity(evaluation.id) else { return };
    let name = |id| book.entity(id).map(|metric| metric.title.as_str()).unwrap_or_default();
    for recorded in &evaluation.recorded {
        let found = evaluation.found(book, recorded.metric, recorded.since);
        if found.is_some_and(|found| insight::is_same(found.value, recorded)) {
            continue;
        }
        let metric = name(recorded.metric);
        let decimals = usize::from(recorded.decimals);
        let issued = format!("{:.decimals$}", recorded.value);
        let mut finding = match found {
            Some(found) => {
                let decimals = decimals.max(usize::from(found.decimals));
                let now = format!("{:.decimals$}", found.value);
                let finding = Finding::new(
                    &FIGURE_CHANGED,
                    recorded.span,
                    words!(
                        "“{metric}” was issued with {issued}, and the data now say {now}",
                        "«{metric}» se emitió con {issued}, y los datos dicen ahora {now}"
                    ),
                );
                match found.place {
                    Some(place) => finding.also(place, words!("{now} comes from here", "{now} sale de aquí")),
                    None => finding,
                }
            }
            None => Finding::new(
                &FIGURE_CHANGED,
                recorded.span,
                words!(
                    "“{metric}” was issued with {issued}, and the data no longer say anything of it",
                    "«{metric}» se emitió con {issued}, y los datos ya no dicen nada"
                ),
            ),
        };
        finding = finding
            .why(words!(
                "the readers decided on the figure that they were given; the page keeps to it and says what changed",
                "quienes la leyeron decidieron con la cifra que se les dio; la página la respeta y dice qué ha cambiado"
            ))
            .help(words!(
                "put the data right, or accept it with `accept:` and the reason for the change",
                "corrige los datos, o acéptalo con `aceptado:` y el motivo del cambio"
            ));
        findings.push(finding);
    }
    if evaluation.recorded.is_empty() {
        let figures = evaluation.to_record(book);
        if figures.is_empty() {
            return;
        }
        let id = |id| book.entity(id).map(|metric| metric.id.clone()).unwrap_or_default();
        let (mut en, mut es) = ("figures:".to_owned(), "cifras:".to_owned());
        for (metric, since, found) in figures {
            let decimals = usize::from(found.decimals);
            let (metric, value) = (id(metric), format!("{:.decimals$}", found.value));
            let (from, desde) = match since {
                Some(since) => (format!(", since: {since}"), format!(", desde: {since}")),
                None => (String::new(), String::new()),
            };
            en.push_str(&format!("\n  - {{ metric: {metric}, value: {value}{from} }}"));
            es.push_str(&format!("\n  - {{ indicador: {metric}, valor: {value}{desde} }}"));
        }
        let title = &entity.title;
        findings.push(
            Finding::new(
                &NOT_RECORDED,
                entity.span,
                words!(
                    "“{title}” was issued, and its figures are not recorded",
                    "«{title}» se emitió, y sus cifras no están guardadas"
                ),
            )
            .why(words!(
                "when the data are corrected later, the page would show other figures than those that were handed over",
                "si los datos se corrigen después, la página mostraría otras cifras que las que se entregaron"
            ))
            .help(words!("add to the evaluation:\n{en}", "añade a la evaluación:\n{es}")),
        );
    }
}

fn feedback(book: Book<'_>, findings: &mut Vec<Finding>) {
    for told in insight::told(book) {
        let Some(entity) = book.entity(told.id) else { continue };
        let title = &entity.title;
        let days = told.age.unwrap_or_default();
        if told.is_unproposed() || told.is_unanswered() {
            let message = if told.is_unanswered() {
                words!(
                    "nobody has answered “{title}” for {days} days",
                    "nadie ha contestado a «{title}» en {days} días"
                )
            } else {
                words!(
                    "nothing has been proposed about “{title}” for {days} days",
                    "nadie ha propuesto nada sobre «{title}» en {days} días"
                )
            };
            findings.push(
                Finding::new(&WAITING, entity.span, message)
                    .why(words!(
                        "who speaks and hears nothing for a month does not speak again",
                        "quien dice algo y no oye nada en un mes no vuelve a decirlo"
                    ))
                    .help(words!(
                        "write a `proposal:` with its `status:`, tell those who said it, and write `answered: yes`",
                        "escribe una `propuesta:` con su `estado:`, cuéntaselo a quien lo dijo y pon `contestada: sí`"
                    )),
            );
        }
        if told.stage == Stage::Accepted && told.owner.is_none() {
            let place = insight::proposal_span(book, told.id).unwrap_or(entity.span);
            findings.push(
                Finding::new(
                    &WITHOUT_OWNER,
                    place,
                    words!(
                        "the proposal of “{title}” was accepted, and nobody takes it forward",
                        "la propuesta de «{title}» está aceptada, y nadie la impulsa"
                    ),
                )
                .why(words!(
                    "what was promised and is nobody's task is not done",
                    "lo prometido que no es tarea de nadie no se hace"
                ))
                .help(words!(
                    "name a role or a person as its `owner:`",
                    "nombra una función o una persona como `responsable:`"
                )),
            );
        }
    }
}
