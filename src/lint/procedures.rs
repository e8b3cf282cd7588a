//! Steps of procedures that nobody carries out or answers for, and roles on which too many steps fall.

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book, Shares};
use crate::words;

static STEP_OF_NOBODY: Code =
    Code { id: "P346", name: "procedure_step_of_nobody", level: Level::Error, since: "0.1.0" };
static OVERLOADED_ROLE: Code =
    Code { id: "P347", name: "overloaded_role", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&STEP_OF_NOBODY, &OVERLOADED_ROLE];

/// All findings about who does what in procedures.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let procedures = insight::raci(book);
    for shares in &procedures {
        findings.extend(holes(book, shares));
    }
    let most = insight::most_steps(book);
    for (role, duties) in insight::load(&procedures) {
        let steps = duties.responsible;
        let Some(entity) = book.entity(role).filter(|role| steps > most && book.is_active(role)) else {
            continue;
        };
        let title = &entity.title;
        findings.push(
            Finding::new(
                &OVERLOADED_ROLE,
                entity.span,
                words!(
                    "“{title}” carries out {steps} steps of procedures, more than {most}",
                    "«{title}» ejecuta {steps} pasos de procedimientos, más de {most}"
                ),
            )
            .why(words!(
                "a role that does everything does it late, and everything stops when it is away",
                "una función que lo hace todo lo hace tarde, y todo se para cuando falta"
            ))
            .help(words!(
                "give steps to other roles, or raise `steps_per_role` in the `thresholds:` of the settings",
                "reparte pasos entre otras funciones, o sube `pasos_por_funcion` en los `umbrales:` de los ajustes"
            )),
        );
    }
}

/// One finding a procedure, at its first step that lacks somebody.
fn holes(book: Book<'_>, shares: &Shares) -> Option<Finding> {
    let title = &book.entity(shares.procedure)?.title;
    let (r, a) = (shares.without_r.len(), shares.without_a.len());
    let first = shares.without_r.iter().chain(&shares.without_a).min()?;
    let span = shares.steps.get(*first)?.name.span;
    let steps = shares.steps.len();
    let numbers = |positions: &[usize]| {
        let numbers: Vec<String> = positions.iter().take(MOST_NAMED).map(|at| (at + 1).to_string()).collect();
        let more = if positions.len() > MOST_NAMED { "…" } else { "" };
        format!("{}{more}", numbers.join(", "))
    };
    let message = match (r, a) {
        (0, _) => {
            let which = numbers(&shares.without_a);
            words!(
                "“{title}”: nobody answers for {a} of {steps} steps (A missing in {which})",
                "«{title}»: nadie responde de {a} de {steps} pasos (falta la A en {which})"
            )
        }
        (_, 0) => {
            let which = numbers(&shares.without_r);
            words!(
                "“{title}”: nobody carries out {r} of {steps} steps (R missing in {which})",
                "«{title}»: nadie ejecuta {r} de {steps} pasos (falta la R en {which})"
            )
        }
        _ => {
            let (without_r, without_a) = (numbers(&shares.without_r), numbers(&shares.without_a));
            words!(
                "“{title}”: of {steps} steps, R is missing in {without_r} and A in {without_a}",
                "«{title}»: de {steps} pasos, falta la R en {without_r} y la A en {without_a}"
            )
        }
    };
    Some(
        Finding::new(&STEP_OF_NOBODY, span, message)
            .why(words!(
                "what nobody has to do is not done, and where nobody answers nobody decides",
                "lo que no le toca a nadie no se hace, y donde nadie responde nadie decide"
            ))
            .help(words!(
                "write in `raci:` of the step who does it (`responsible`) and the one role that answers for it (`accountable`)",
                "escribe en `raci:` del paso quién lo hace (`ejecuta`) y la única función que responde de ello (`responde`)"
            )),
    )
}

/// Steps that are named in one finding.
const MOST_NAMED: usize = 5;
