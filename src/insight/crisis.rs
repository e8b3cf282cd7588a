//! The lens on crisis scenarios and severity levels: how grave, what to do in the first hour, who acts and how they are reached, what is said, when it was last rehearsed.

use super::Book;
use super::fields::Fields;
use super::response::{Template, template};
use crate::model::{Edge, EntityId, Passage, Resolved, Unit, Value};
use crate::text::{Span, Spanned};
use crate::world::Date;

/// The duties of a crisis team, in the order in which one looks for them: names of the fields of `team`.
pub const DUTIES: [&str; 8] =
    ["lead", "deputy", "spokesperson", "legal", "experts", "liaison_external", "liaison_internal", "scribe"];

/// From this score (likelihood × impact) on a scenario is among the gravest.
pub const GRAVE: u32 = 12;

/// How often a scenario is rehearsed when nothing is said.
pub(super) const REHEARSE_EVERY: (f64, Unit) = (6.0, Unit::Month);

/// A step of the ladder of severity.
#[derive(Clone, Debug)]
pub struct Severity {
    /// The entity.
    pub id: EntityId,
    /// 1 is the gravest.
    pub level: Option<u8>,
    /// Facts that mean this level.
    pub criteria: Vec<Spanned<String>>,
    /// Roles that must know, each with how.
    pub notify: Vec<Edge<Resolved>>,
    /// The longest time until the first public words.
    pub first_statement_within: Option<(f64, Unit)>,
    /// The role that approves what is said.
    pub approver: Option<EntityId>,
}

/// A step of the first hour.
#[derive(Clone, Debug)]
pub struct FirstStep {
    /// How long after the alarm.
    pub within: Option<(f64, Unit)>,
    /// What is done.
    pub text: Spanned<String>,
    /// Who does it.
    pub role: Option<EntityId>,
    /// The text that is used.
    pub template: Option<EntityId>,
    /// Where.
    pub channel: Option<EntityId>,
}

/// A person who can be called.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// The person.
    pub person: EntityId,
    /// The number as written, where it is known and may be seen.
    pub phone: Option<String>,
}

/// Somebody of the crisis team.
#[derive(Clone, Debug)]
pub struct Member {
    /// One of [`DUTIES`].
    pub duty: &'static str,
    /// The role or person that is named.
    pub who: EntityId,
    /// Whoever holds the role; the person itself.
    pub people: Vec<Contact>,
    /// The role that stands in for it, and who holds that one.
    pub deputy: Option<(EntityId, Vec<Contact>)>,
    /// Where the name stands.
    pub span: Span,
}

/// The last time that a scenario was put to the test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rehearsal {
    /// The incident.
    pub incident: EntityId,
    /// The day.
    pub date: Date,
    /// Whether it was a drill; else it happened in earnest.
    pub drill: bool,
}

/// A crisis scenario.
#[derive(Clone, Debug)]
pub struct Scenario<'a> {
    /// The entity.
    pub id: EntityId,
    /// 1 to 5.
    pub likelihood: Option<u8>,
    /// 1 to 5.
    pub impact: Option<u8>,
    /// The level at which it starts.
    pub severity: Option<Severity>,
    /// The first hour.
    pub first_hour: Vec<FirstStep>,
    /// Who acts, in the order of [`DUTIES`].
    pub team: Vec<Member>,
    /// The prepared texts, holding statements first.
    pub statements: Vec<Template<'a>>,
    /// What helps.
    pub advice: Vec<Spanned<String>>,
    /// What makes it worse.
    pub warnings: Vec<Spanned<String>>,
    /// The facts that raise it to the next level.
    pub escalate_when: Vec<Spanned<String>>,
    /// When it is over.
    pub stand_down: Option<&'a Passage<Resolved>>,
    /// What one notices before.
    pub early_signals: Vec<Spanned<String>>,
    /// What is done in quiet times.
    pub prevention: Vec<Spanned<String>>,
    /// What would notice the signals.
    pub listening: Vec<EntityId>,
    /// The last time that it was put to the test.
    pub rehearsed: Option<Rehearsal>,
    /// The day on which it has to be rehearsed again; `None` when it never was.
    pub rehearse_by: Option<Date>,
}

impl Scenario<'_> {
    /// Likelihood × impact.
    pub fn score(&self) -> Option<u32> {
        Some(u32::from(self.likelihood?) * u32::from(self.impact?))
    }

    /// Whether it was never rehearsed, or too long ago.
    pub fn is_rehearsal_due(&self, today: Date) -> bool {
        self.rehearse_by.is_none_or(|day| day < today)
    }

    /// Whoever has a duty.
    pub fn members(&self, duty: &str) -> impl Iterator<Item = &Member> {
        self.team.iter().filter(move |member| member.duty == duty)
    }

    /// Whether there is a text for the first words.
    pub fn has_holding_statement(&self) -> bool {
        self.statements.iter().any(Template::is_holding)
    }
}

/// All scenarios that are alive, the gravest first.
pub fn scenarios(book: Book<'_>) -> Vec<Scenario<'_>> {
    let alive = book.of_kind("scenario").filter(|(_, entity)| book.is_active(entity));
    let mut scenarios: Vec<Scenario<'_>> = alive.filter_map(|(id, _)| scenario(book, id)).collect();
    scenarios.sort_by_key(|scenario| {
        let level = scenario.severity.as_ref().and_then(|severity| severity.level).unwrap_or(u8::MAX);
        (std::cmp::Reverse(scenario.score()), level, scenario.id)
    });
    scenarios
}

/// A scenario; `None` for an entity of another kind.
pub fn scenario(book: Book<'_>, id: EntityId) -> Option<Scenario<'_>> {
    let entity = book.entity(id)?;
    let fields = Fields::of(book.kinds, entity, "scenario")?;
    let severity = book.related(id, "severity").into_iter().find_map(|level| severity(book, level));
    let first_hour = fields.records("first_hour").filter_map(|(step, _)| {
        Some(FirstStep {
            within: step.duration("within"),
            text: step.text("do")?,
            role: target(&step, "role"),
            template: target(&step, "template"),
            channel: target(&step, "channel"),
        })
    });
    let mut statements: Vec<Template<'_>> =
        fields.edges("statements").iter().filter_map(|edge| template(book, edge.target)).collect();
    // Written on the side of the template, or used in a step without being named as a statement.
    let more = book.related(id, "statements").into_iter().chain(book.related(id, "first_hour.template"));
    for other in more.filter_map(|other| template(book, other)).filter(Template::is_said_in_public) {
        if !statements.iter().any(|known| known.id == other.id) {
            statements.push(other);
        }
    }
    statements.sort_by_key(|statement| !statement.is_holding());
    let rehearsed = rehearsed(book, id);
    let (count, unit) = fields.duration("rehearse_every").unwrap_or(REHEARSE_EVERY);
    Some(Scenario {
        id,
        likelihood: degree(&fields, "likelihood"),
        impact: degree(&fields, "impact"),
        severity,
        first_hour: first_hour.collect(),
        team: team(book, &fields),
        statements,
        advice: fields.texts("do"),
        warnings: fields.texts("dont"),
        escalate_when: fields.texts("escalate_when"),
        stand_down: passage(&fields, "stand_down"),
        early_signals: fields.texts("early_signals"),
        prevention: fields.texts("prevention"),
        listening: book.related(id, "listening"),
        rehearsed,
        rehearse_by: rehearsed.and_then(|last| unit.after(last.date, count)),
    })
}

/// What the settings say to whoever is in the middle of a crisis.
#[derive(Clone, Debug, Default)]
pub struct Emergency<'a> {
    /// The words of the notice.
    pub title: Option<String>,
    /// What to do before anything else.
    pub text: Option<&'a Passage<Resolved>>,
    /// What to open at once.
    pub link: Option<EntityId>,
}

/// The notice of the settings; empty when there is none.
pub fn emergency(book: Book<'_>) -> Emergency<'_> {
    let fields = book.kinds.settings.iter().find(|field| field.name == "emergency");
    let fields = fields.and_then(|field| field.shape.record()).unwrap_or_default();
    match book.setting("emergency").map(|item| &item.value) {
        Some(Value::Record(record)) => {
            let notice = Fields::new(fields, record);
            Emergency {
                title: notice.text("title").map(|title| title.value),
                text: passage(&notice, "text"),
                link: target(&notice, "link"),
            }
        }
        _ => Emergency::default(),
    }
}

/// The levels of severity, the gravest first.
pub fn severities(book: Book<'_>) -> Vec<Severity> {
    let mut levels: Vec<Severity> =
        book.of_kind("severity").filter_map(|(id, _)| severity(book, id)).collect();
    levels.sort_by_key(|severity| (severity.level.unwrap_or(u8::MAX), severity.id));
    levels
}

/// A level of severity; `None` for an entity of another kind.
pub fn severity(book: Book<'_>, id: EntityId) -> Option<Severity> {
    let fields = Fields::of(book.kinds, book.entity(id)?, "severity")?;
    Some(Severity {
        id,
        level: degree(&fields, "level"),
        criteria: fields.texts("criteria"),
        notify: fields.edges("notify").to_vec(),
        first_statement_within: fields.duration("first_statement_within"),
        approver: target(&fields, "approver"),
    })
}

/// Whoever can be called when a role or a person is wanted.
pub fn contacts(book: Book<'_>, who: EntityId) -> Vec<Contact> {
    let people = match book.kind_of(who) {
        "person" => vec![who],
        "role" => book.related(who, "people"),
        _ => Vec::new(),
    };
    people.into_iter().filter_map(|person| contact(book, person)).collect()
}

/// A person who still works here.
fn contact(book: Book<'_>, person: EntityId) -> Option<Contact> {
    let fields = Fields::of(book.kinds, book.entity(person)?, "person")?;
    if fields.date("left").is_some_and(|day| day < book.today) {
        return None;
    }
    let phone = match fields.value("phone") {
        Some(Value::Phone(number)) => Some(number.clone()),
        _ => None,
    };
    Some(Contact { person, phone })
}

fn team(book: Book<'_>, fields: &Fields<'_, Resolved>) -> Vec<Member> {
    let Some(team) = fields.record("team") else { return Vec::new() };
    let member = |duty: &'static str, edge: &Edge<Resolved>| Member {
        duty,
        who: edge.target,
        people: contacts(book, edge.target),
        deputy: book
            .entity(edge.target)
            .and_then(|role| target(&Fields::of(book.kinds, role, "role")?, "deputy"))
            .map(|deputy| (deputy, contacts(book, deputy))),
        span: edge.span,
    };
    DUTIES.iter().flat_map(|duty| team.edges(duty).iter().map(|edge| member(duty, edge))).collect()
}

/// The last drill of a scenario, or the last time that it happened, up to today.
fn rehearsed(book: Book<'_>, scenario: EntityId) -> Option<Rehearsal> {
    let of = |incident: EntityId| {
        let entity = book.entity(incident)?;
        let fields = Fields::of(book.kinds, entity, "incident")?;
        let date = fields.moment("start")?.date();
        Some(Rehearsal { incident, date, drill: fields.choice("kind") == Some("drill") })
    };
    let past = book.related(scenario, "incidents").into_iter().filter_map(of);
    past.filter(|rehearsal| rehearsal.date <= book.today).max_by_key(|rehearsal| rehearsal.date)
}

/// A whole number from 1 to 5.
fn degree(fields: &Fields<'_, Resolved>, name: &str) -> Option<u8> {
    let number = fields.number(name)?;
    (1.0..=5.0).contains(&number).then_some(number as u8)
}

/// The one entity that a field links to.
pub(super) fn target(fields: &Fields<'_, Resolved>, name: &str) -> Option<EntityId> {
    fields.edges(name).first().map(|edge| edge.target)
}

/// A text with form.
pub(super) fn passage<'a>(fields: &Fields<'a, Resolved>, name: &str) -> Option<&'a Passage<Resolved>> {
    match fields.value(name)? {
        Value::Markdown(passage) => Some(passage),
        _ => None,
    }
}
