//! Crises for which a playbook is not ready: never rehearsed, nobody to call, no first words, signals that nobody watches, incidents from which nothing was learned.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Book, GRAVE, Incident, Scenario};
use crate::model::EntityId;
use crate::text::{Span, fold};
use crate::words;

static NOT_REHEARSED: Code =
    Code { id: "P372", name: "scenario_not_rehearsed", level: Level::Warning, since: "0.1.0" };
static NO_PHONE: Code =
    Code { id: "P374", name: "crisis_team_without_phone", level: Level::Error, since: "0.1.0" };
static NO_HOLDING_STATEMENT: Code = Code {
    id: "P375",
    name: "grave_scenario_without_holding_statement",
    level: Level::Warning,
    since: "0.1.0",
};
static UNWATCHED_SIGNAL: Code =
    Code { id: "P376", name: "unwatched_signals", level: Level::Warning, since: "0.1.0" };
static OVERLOADED_TEAM: Code =
    Code { id: "P377", name: "crisis_team_of_one", level: Level::Warning, since: "0.1.0" };
static NOT_REVIEWED: Code =
    Code { id: "P378", name: "incident_not_followed_up", level: Level::Warning, since: "0.1.0" };
static NO_HIJACK: Code =
    Code { id: "P379", name: "no_scenario_for_hijacked_account", level: Level::Note, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[
    &NOT_REHEARSED,
    &NO_PHONE,
    &NO_HOLDING_STATEMENT,
    &UNWATCHED_SIGNAL,
    &OVERLOADED_TEAM,
    &NOT_REVIEWED,
    &NO_HIJACK,
];

/// Duties that one person can have in one scenario at most.
const MOST_DUTIES: usize = 3;

/// Parts of words by which a scenario says that it is about a hijacked account.
const HIJACKED: [&str; 11] = [
    "hijack",
    "hacked",
    "hack",
    "stolen",
    "takeover",
    "taken over",
    "compromised",
    "secuestr",
    "robada",
    "robo de",
    "suplanta",
];

/// All findings about scenarios and incidents.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let scenarios = insight::scenarios(book);
    let has_people = book.of_kind("person").next().is_some();
    let has_listening = book.of_kind("listening").next().is_some();
    for scenario in &scenarios {
        let Some(entity) = book.entity(scenario.id) else { continue };
        let (title, span) = (entity.title.as_str(), entity.span);
        if scenario.is_rehearsal_due(book.today) {
            findings.push(not_rehearsed(scenario, title, span));
        }
        if has_people {
            findings.extend(no_phone(book, scenario, title));
        }
        let is_grave = scenario.score().is_some_and(|score| score >= GRAVE);
        if is_grave && !scenario.statements.is_empty() && !scenario.has_holding_statement() {
            findings.push(no_holding_statement(scenario, title, span));
        }
        if has_listening && !scenario.early_signals.is_empty() && scenario.listening.is_empty() {
            let place = scenario.early_signals.first().map_or(span, |signal| signal.span);
            findings.push(unwatched(title, place));
        }
        findings.extend(team_of_one(book, scenario, title, span));
    }
    for incident in insight::incidents(book) {
        findings.extend(not_reviewed(book, &incident));
    }
    findings.extend(no_hijack(book, &scenarios));
}

fn not_rehearsed(scenario: &Scenario<'_>, title: &str, span: Span) -> Finding {
    let message = match scenario.rehearsed {
        None => words!("“{title}” was never rehearsed", "«{title}» no se ha ensayado nunca"),
        Some(last) => {
            let date = last.date;
            words!(
                "“{title}” was last rehearsed on {date}, too long ago",
                "el último simulacro de «{title}» fue el {date}, hace demasiado"
            )
        }
    };
    Finding::new(&NOT_REHEARSED, span, message)
        .why(words!(
            "a plan that nobody has tried fails at the first telephone that is not answered",
            "un plan que nadie ha probado falla en el primer teléfono que no contesta"
        ))
        .help(words!(
            "hold a drill and write it down as an incident of kind `drill` with this `scenario`; `rehearse_every` says how often (6 months when left out)",
            "haz un simulacro y apúntalo como incidencia de tipo `simulacro` con este `escenario`; `ensayar_cada` dice cada cuánto (6 meses si no se indica)"
        ))
}

/// The lead and the spokesperson must answer a telephone that the crisis edition shows.
fn no_phone(book: Book<'_>, scenario: &Scenario<'_>, title: &str) -> Option<Finding> {
    let is_mute = |duty: &&str| {
        scenario.members(duty).next().is_some() && !insight::is_reachable_in_crisis(book, scenario, duty)
    };
    let duty = ["lead", "spokesperson"].into_iter().find(|duty| is_mute(duty))?;
    let member = scenario.members(duty).next()?;
    let who = book.entity(member.who).map(|entity| entity.title.as_str()).unwrap_or_default();
    Some(
        Finding::new(
            &NO_PHONE,
            member.span,
            words!(
                "the crisis edition has no phone for {who} in “{title}”",
                "la edición de crisis no tiene teléfono de {who} para «{title}»"
            ),
        )
        .why(words!(
            "in the first hour people call; they do not write e-mails",
            "en la primera hora se llama, no se escriben correos"
        ))
        .help(words!(
            "add `phone` to whoever holds the role, and let the crisis edition see that person",
            "añade `telefono` a quien desempeña la función, y deja que la edición de crisis vea a esa persona"
        )),
    )
}

fn no_holding_statement(scenario: &Scenario<'_>, title: &str, span: Span) -> Finding {
    let score = scenario.score().unwrap_or_default();
    Finding::new(
        &NO_HOLDING_STATEMENT,
        span,
        words!(
            "“{title}” (likelihood × impact {score}) has no holding statement",
            "«{title}» (probabilidad × impacto {score}) no tiene declaración inicial"
        ),
    )
    .why(words!(
        "it is likely and grave; without first words at hand the others speak first",
        "es probable y grave; sin unas primeras palabras a mano, hablan antes los demás"
    ))
    .help(words!(
        "write a template of kind `holding` and name it under `statements`",
        "escribe una plantilla de tipo `declaracion_inicial` e indícala en `declaraciones`"
    ))
}

fn unwatched(title: &str, span: Span) -> Finding {
    Finding::new(
        &UNWATCHED_SIGNAL,
        span,
        words!(
            "no listening watches for the early signals of “{title}”",
            "ninguna escucha vigila las primeras señales de «{title}»"
        ),
    )
    .why(words!(
        "a signal that nobody looks for is seen when everybody else has seen it",
        "una señal que nadie busca se ve cuando ya la ha visto todo el mundo"
    ))
    .help(words!(
        "name under `listening` where it would be seen, and put its words among the queries there",
        "indica en `escucha` dónde se vería, y pon sus palabras entre las búsquedas de esa escucha"
    ))
}

/// Nobody can be everywhere, and somebody has to take over.
fn team_of_one(book: Book<'_>, scenario: &Scenario<'_>, title: &str, span: Span) -> Option<Finding> {
    let mut duties: BTreeMap<EntityId, usize> = BTreeMap::new();
    for member in &scenario.team {
        // A role that several people hold can be shared among them.
        if let [only] = member.people.as_slice() {
            *duties.entry(only.person).or_default() += 1;
        }
    }
    let busiest =
        duties.into_iter().filter(|(_, count)| *count > MOST_DUTIES).max_by_key(|(_, count)| *count);
    let has_lead = scenario.members("lead").next().is_some();
    let has_deputy = scenario.members("deputy").next().is_some()
        || scenario.members("lead").any(|lead| lead.deputy.is_some());
    let message = match busiest {
        Some((person, count)) => {
            let name = book.entity(person).map(|entity| entity.title.as_str()).unwrap_or_default();
            words!("{name} has {count} duties in “{title}”", "{name} tiene {count} tareas en «{title}»")
        }
        None if has_lead && !has_deputy => {
            words!(
                "nobody stands in for the lead in “{title}”",
                "nadie suple a quien está al mando en «{title}»"
            )
        }
        None => return None,
    };
    Some(
        Finding::new(&OVERLOADED_TEAM, span, message)
            .why(words!(
                "whoever leads cannot also speak, write the record and answer the telephone, and may be on a plane",
                "quien dirige no puede además hablar, llevar el registro y coger el teléfono, y puede estar en un avión"
            ))
            .help(words!(
                "share out the duties of `team` among more people, and name a `deputy`",
                "reparte las tareas de `equipo` entre más personas y nombra `suplente`"
            )),
    )
}

fn not_reviewed(book: Book<'_>, incident: &Incident<'_>) -> Option<Finding> {
    let entity = book.entity(incident.id)?;
    let title = &entity.title;
    let overdue = incident.tasks.iter().find(|task| task.is_overdue(book.today));
    let (message, span) = match (incident.is_review_overdue(book.today), overdue) {
        (true, _) => {
            let by = incident.review_by()?;
            let message = words!(
                "“{title}” should have been reviewed by {by}",
                "«{title}» debía haberse revisado antes del {by}"
            );
            (message, entity.span)
        }
        (false, Some(task)) => {
            let by = task.by?;
            let message = words!(
                "“{title}” left a task that should have been done by {by}",
                "«{title}» dejó una tarea que debía estar hecha antes del {by}"
            );
            (message, task.span)
        }
        (false, None) => return None,
    };
    Some(
        Finding::new(&NOT_REVIEWED, span, message)
            .why(words!(
                "after five working days nobody remembers what they did at what time, and what was promised is not done",
                "pasados cinco días laborables nadie recuerda qué hizo a qué hora, y lo prometido se queda sin hacer"
            ))
            .help(words!(
                "write the day of the review in `debriefed`, and `done: yes` or a new date in the task",
                "escribe en `revision_posterior` el día en que se revisó, y en la tarea `hecho: sí` o una fecha nueva"
            )),
    )
}

/// An account can be taken over; nothing is as likely.
fn no_hijack(book: Book<'_>, scenarios: &[Scenario<'_>]) -> Option<Finding> {
    let (_, account) = book.of_kind("account").find(|(_, account)| book.is_active(account))?;
    if scenarios.is_empty() {
        return None;
    }
    let is_about = |scenario: &Scenario<'_>| {
        let Some(entity) = book.entity(scenario.id) else { return false };
        let said = fold(&format!("{} {}", entity.id.replace(['-', '_'], " "), entity.title))
            .replace(['-', '_'], " ");
        HIJACKED.iter().any(|word| said.contains(word))
    };
    if scenarios.iter().any(is_about) {
        return None;
    }
    Some(
        Finding::new(
            &NO_HIJACK,
            account.span,
            words!(
                "no scenario says what to do when an account is hijacked",
                "ningún escenario dice qué hacer si secuestran una cuenta"
            ),
        )
        .why(words!(
            "it is the crisis that most organisations meet first, and minutes count",
            "es la crisis que antes les llega a casi todas las entidades, y cuentan los minutos"
        ))
        .help(words!(
            "write a scenario such as “Hijacked account”: who calls whom, who recovers it, what is said meanwhile",
            "escribe un escenario como «Cuenta secuestrada»: quién llama a quién, quién la recupera, qué se dice mientras"
        )),
    )
}
