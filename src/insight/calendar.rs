//! Everything that has a day: posts and when they come back, campaigns, deadlines, and what has to be looked at again.

use std::collections::BTreeMap;

use super::accounts::REVIEW_DAYS;
use super::crisis::REHEARSE_EVERY;
use super::fields::Fields;
use super::freshness::review;
use super::metric::days_between;
use super::rhythm::{Rhythm, clock};
use super::{Book, targets};
use crate::model::{Entity, EntityId, Resolved, Value};
use crate::series::{day_of, number_of};
use crate::world::Date;

/// When a post begins to come back that does not say it: the phase of "every two weeks" must not depend on today.
const ALWAYS: Date = Date::constant(2001, 1, 1);

/// What a day of the calendar is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A post goes out.
    Post,
    /// A campaign runs.
    Campaign,
    /// A target is to be reached.
    Target,
    /// A next step of an evaluation is to be done.
    NextStep,
    /// What an incident left to do is to be done.
    Action,
    /// It is looked at whether a decision was right.
    Decision,
    /// The business case of a channel is looked at again.
    Case,
    /// A scenario is to be rehearsed.
    Rehearsal,
    /// Somebody has to check who can get into an account.
    Access,
    /// An informant is to be asked for news.
    Contact,
    /// A page is to be read over.
    Review,
}

impl Matter {
    /// Name in words files.
    pub fn name(self) -> &'static str {
        match self {
            Matter::Post => "post",
            Matter::Campaign => "campaign",
            Matter::Target => "target",
            Matter::NextStep => "next_step",
            Matter::Action => "action",
            Matter::Decision => "decision",
            Matter::Case => "case",
            Matter::Rehearsal => "rehearsal",
            Matter::Access => "access",
            Matter::Contact => "contact",
            Matter::Review => "review",
        }
    }

    /// Whether each is of interest by itself, however many there are on a day.
    pub fn is_single(self) -> bool {
        matches!(self, Matter::Post | Matter::Campaign | Matter::NextStep | Matter::Action)
    }

    /// Whether somebody has to do it, and it is neither published nor run: a step that was promised, a page to look at again.
    pub fn is_task(self) -> bool {
        !matches!(self, Matter::Post | Matter::Campaign | Matter::Target)
    }
}

/// How far something of the calendar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A stage on the way of a post: canonical name of its status.
    Stage(&'static str),
    /// Still ahead.
    Ahead,
    /// Between its first and its last day.
    Running,
    /// Its day has passed, and nothing more is to be done.
    Past,
    /// Its day has passed, and it is not done.
    Overdue,
}

/// The stages of a post, from the idea on.
const STAGES: [&str; 8] =
    ["idea", "planned", "drafting", "review", "approved", "scheduled", "published", "cancelled"];

/// A line of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is about.
    pub matter: Matter,
    /// Whose day it is.
    pub entity: EntityId,
    /// What is to be done, where the name of the entity does not say it.
    pub what: String,
    /// Whether it is one of the times of something that comes back.
    pub again: bool,
    /// The day, or the first one.
    pub on: Date,
    /// The last day of what takes more than one.
    pub until: Option<Date>,
    /// Hour and minute, where they are written.
    pub time: Option<(i8, i8)>,
    /// Where it appears.
    pub channels: Vec<EntityId>,
    /// The content pillar.
    pub pillar: Option<EntityId>,
    /// The campaign.
    pub campaign: Option<EntityId>,
    /// The role or person who sees to it.
    pub owner: Option<EntityId>,
    /// How far it is.
    pub state: State,
}

impl Entry {
    /// The last day of it.
    pub fn last(&self) -> Date {
        self.until.unwrap_or(self.on)
    }

    /// Whether it was, or will be, published: neither cancelled nor a mere idea.
    pub fn is_meant(&self) -> bool {
        !matches!(self.state, State::Stage("idea" | "cancelled"))
    }
}

/// Everything that touches the window, both days included, in order of time.
pub fn entries(book: Book<'_>, from: Date, to: Date) -> Vec<Entry> {
    let mut found = Vec::new();
    for (id, entity) in book.iter() {
        let own = match kind_name(book, entity) {
            "post" => post(book, id, entity, from, to),
            kind => dates(book, id, entity, kind),
        };
        found.extend(own.into_iter().filter(|entry| entry.on <= to && entry.last() >= from));
    }
    found.sort_by_key(|entry| (entry.on, entry.time, entry.matter, entry.entity));
    found
}

/// Everything that has to be done or looked at again, whenever that is, in order of time.
pub fn tasks(book: Book<'_>) -> Vec<Entry> {
    let all = book.iter().flat_map(|(id, entity)| dates(book, id, entity, kind_name(book, entity)));
    let mut found: Vec<Entry> = all.filter(|entry| entry.matter.is_task()).collect();
    found.sort_by_key(|entry| (entry.on, entry.matter, entry.entity));
    found
}

fn kind_name<'a>(book: Book<'a>, entity: &Entity<Resolved>) -> &'a str {
    book.kinds.kind(entity.kind).map_or("", |kind| kind.name.as_str())
}

/// The days of what is no post.
fn dates(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>, kind: &str) -> Vec<Entry> {
    if kind == "post" || !book.is_active(entity) {
        return Vec::new();
    }
    let mut own = match kind {
        "campaign" => Vec::from_iter(campaign(book, id, entity)),
        "objective" => deadlines(book, id, entity),
        "evaluation" => steps(book, id, entity, "next", Matter::NextStep),
        "incident" => steps(book, id, entity, "actions", Matter::Action),
        "decision" => Vec::from_iter(decision(book, id, entity)),
        "channel" => Vec::from_iter(case(book, id, entity)),
        "scenario" => Vec::from_iter(rehearsal(book, id, entity)),
        "account" => Vec::from_iter(access(book, id, entity)),
        "informant" => Vec::from_iter(contact(book, id, entity)),
        _ => Vec::new(),
    };
    own.extend(review(book, entity).due.map(|due| task(book, id, entity, Matter::Review, due)));
    own
}

/// The first and the last day on which a post is in the calendar; posts that come back without an end have no last one.
pub fn span_of_posts(book: Book<'_>) -> Option<(Date, Date)> {
    let days = book.of_kind("post").filter_map(|(_, entity)| {
        let fields = Fields::of(book.kinds, entity, "post")?;
        moment(&fields, "at").map(|(day, _)| day)
    });
    days.fold(None, |span, day| {
        let (first, last) = span.unwrap_or((day, day));
        Some((first.min(day), last.max(day)))
    })
}

/// The first day of each channel in the calendar, ideas and what was cancelled left out.
pub(super) fn first_posts(book: Book<'_>) -> BTreeMap<EntityId, Date> {
    let mut firsts: BTreeMap<EntityId, Date> = BTreeMap::new();
    for (_, entity) in book.of_kind("post") {
        let Some(fields) = Fields::of(book.kinds, entity, "post") else { continue };
        let is_meant = !matches!(fields.choice("status"), Some("idea" | "cancelled"));
        let always = || repeats(&fields).map(|_| ALWAYS);
        let day = moment(&fields, "at").map(|(day, _)| day).or_else(always);
        let Some(day) = day.filter(|_| is_meant) else { continue };
        for edge in fields.edges("channels") {
            let first = firsts.entry(edge.target).or_insert(day);
            *first = day.min(*first);
        }
    }
    firsts
}

/// A day, and hour and minute where there are any: midnight is a day without a time.
fn moment(fields: &Fields<'_, Resolved>, name: &str) -> Option<(Date, Option<(i8, i8)>)> {
    match fields.value(name)? {
        Value::Date(date) => Some((*date, None)),
        Value::DateTime(at) => {
            let time = (at.hour(), at.minute());
            Some((at.date(), (time != (0, 0)).then_some(time)))
        }
        _ => None,
    }
}

fn first_edge(fields: &Fields<'_, Resolved>, name: &str) -> Option<EntityId> {
    fields.edges(name).first().map(|edge| edge.target)
}

fn post(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>, from: Date, to: Date) -> Vec<Entry> {
    let Some(fields) = Fields::of(book.kinds, entity, "post") else { return Vec::new() };
    let stage = fields.choice("status").and_then(|status| STAGES.into_iter().find(|stage| *stage == status));
    let stage = stage.unwrap_or("planned");
    let entry = |on: Date, time, state| Entry {
        matter: Matter::Post,
        entity: id,
        what: String::new(),
        again: false,
        on,
        until: None,
        time,
        channels: fields.edges("channels").iter().map(|edge| edge.target).collect(),
        pillar: first_edge(&fields, "pillar"),
        campaign: first_edge(&fields, "campaign"),
        owner: first_edge(&fields, "owner"),
        state,
    };
    let at = moment(&fields, "at");
    if let Some(series) = repeats(&fields) {
        let first = at.map_or(ALWAYS, |(day, _)| day);
        let time = series.time.or(at.and_then(|(_, time)| time));
        let last = series.until.map_or(to, |until| until.min(to));
        let slots = series.rhythm.days(first, from, last).into_iter();
        let slot = |day| Entry { again: true, ..entry(day, time, of_slot(stage, day, book.today)) };
        return slots.map(slot).collect();
    }
    let Some((day, time)) = at else { return Vec::new() };
    let is_open = !matches!(stage, "idea" | "published" | "cancelled");
    let state = if is_open && day < book.today { State::Overdue } else { State::Stage(stage) };
    vec![entry(day, time, state)]
}

/// A post that comes back has one status for all its days: what is told of the past is only that it was in the calendar, unless it says that it is published.
fn of_slot(stage: &'static str, day: Date, today: Date) -> State {
    match (stage, day < today) {
        ("cancelled", _) | ("published", true) => State::Stage(stage),
        ("published", false) => State::Stage("planned"),
        (_, true) => State::Past,
        (stage, false) => State::Stage(stage),
    }
}

struct Repeats {
    rhythm: Rhythm,
    time: Option<(i8, i8)>,
    until: Option<Date>,
}

fn repeats(fields: &Fields<'_, Resolved>) -> Option<Repeats> {
    let record = fields.record("repeats")?;
    Some(Repeats {
        rhythm: Rhythm::read(&record.text("every")?.value)?,
        time: record.text("at").and_then(|text| clock(&text.value)),
        until: record.date("until"),
    })
}

fn campaign(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> Option<Entry> {
    let fields = Fields::of(book.kinds, entity, "campaign")?;
    let (first, last) = (fields.date("start"), fields.date("end"));
    let on = first.or(last)?;
    let until = last.filter(|last| *last > on);
    let state = match book.today {
        today if today < on => State::Ahead,
        today if today <= until.unwrap_or(on) => State::Running,
        _ => State::Past,
    };
    Some(Entry {
        until,
        state,
        channels: fields.edges("channels").iter().map(|edge| edge.target).collect(),
        campaign: Some(id),
        ..task(book, id, entity, Matter::Campaign, on)
    })
}

fn deadlines(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> Vec<Entry> {
    let mut days: Vec<Date> = targets(book.kinds, entity).iter().filter_map(|target| target.by).collect();
    days.sort();
    days.dedup();
    let entry = |day| {
        let state = if day < book.today { State::Past } else { State::Ahead };
        Entry { state, ..task(book, id, entity, Matter::Target, day) }
    };
    days.into_iter().map(entry).collect()
}

fn steps(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>, list: &str, matter: Matter) -> Vec<Entry> {
    let Some(fields) = Fields::any(book.kinds, entity) else { return Vec::new() };
    let step = |(step, _): (Fields<'_, Resolved>, _)| {
        if step.yes("done") == Some(true) {
            return None;
        }
        let what = match step.value("do")? {
            Value::Text(text) => text.clone(),
            Value::Markdown(passage) => passage.prose.summary.clone(),
            _ => return None,
        };
        let owner = first_edge(&step, "owner");
        Some(Entry { what, owner, ..task(book, id, entity, matter, step.date("by")?) })
    };
    fields.records(list).filter_map(step).collect()
}

fn decision(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> Option<Entry> {
    let fields = Fields::of(book.kinds, entity, "decision")?;
    if fields.has("result") {
        return None;
    }
    let entry = task(book, id, entity, Matter::Decision, fields.date("review")?);
    let owner = entry.owner.or_else(|| first_edge(&fields, "by"));
    Some(Entry { owner, ..entry })
}

fn case(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> Option<Entry> {
    let due = Fields::of(book.kinds, entity, "channel")?.record("case")?.date("review_by")?;
    Some(Entry { channels: vec![id], ..task(book, id, entity, Matter::Case, due) })
}

/// From the last drill on; when there was none, the lack of it is no day of the calendar.
fn rehearsal(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> Option<Entry> {
    let fields = Fields::of(book.kinds, entity, "scenario")?;
    let (count, unit) = fields.duration("rehearse_every").unwrap_or(REHEARSE_EVERY);
    let drills = book.related(id, "incidents").into_iter().filter_map(|incident| {
        let fields = Fields::of(book.kinds, book.entity(incident)?, "incident")?;
        let day = moment(&fields, "start")?.0;
        (fields.choice("kind") == Some("drill") && day <= book.today).then_some(day)
    });
    let due = unit.after(drills.max()?, count)?;
    let entry = task(book, id, entity, Matter::Rehearsal, due);
    let lead = || first_edge(&fields.record("team")?, "lead");
    let owner = entry.owner.or_else(lead);
    Some(Entry { owner, ..entry })
}

fn access(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> Option<Entry> {
    let fields = Fields::of(book.kinds, entity, "account")?;
    let due = day_of(number_of(fields.date("last_access_review")?) + REVIEW_DAYS);
    let entry = task(book, id, entity, Matter::Access, due);
    let owner = entry.owner.or_else(|| first_edge(&fields, "owners"));
    let channels = fields.edges("channel").iter().map(|edge| edge.target).collect();
    Some(Entry { owner, channels, ..entry })
}

fn contact(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>) -> Option<Entry> {
    let fields = Fields::of(book.kinds, entity, "informant")?;
    let Value::Cadence(cadence) = fields.value("cadence")? else { return None };
    let due = day_of(number_of(fields.date("last_contact")?) + days_between(*cadence)?.ceil() as i64);
    let pillar = first_edge(&fields, "pillars");
    Some(Entry { pillar, ..task(book, id, entity, Matter::Contact, due) })
}

/// Something that has to be done by a day, by whoever owns the entity.
fn task(book: Book<'_>, id: EntityId, entity: &Entity<Resolved>, matter: Matter, on: Date) -> Entry {
    let owner = Fields::any(book.kinds, entity).and_then(|fields| first_edge(&fields, "owner"));
    Entry {
        matter,
        entity: id,
        what: String::new(),
        again: false,
        on,
        until: None,
        time: None,
        channels: Vec::new(),
        pillar: None,
        campaign: None,
        owner,
        state: if on < book.today { State::Overdue } else { State::Ahead },
    }
}
