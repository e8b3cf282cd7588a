//! The card of a crisis scenario, and the words that all pages about crises share.

use super::{Addition, Planner};
use crate::insight::{self, Contact, Rehearsal, Scenario, Severity, Template};
use crate::model::{EntityId, Unit};
use crate::site::view::{
    ContactView, CrisisMemberView, CrisisStepView, CrisisView, LinkView, PartView, StatementTextView,
    StatementView, TagView,
};
use crate::text::{PagePath, capital, slug};
use crate::world::Date;

pub(super) static ADDITION: Addition = Addition { kind: "scenario", closing: false, parts };

/// Days from which an age is said in months.
const MONTHS_FROM: i32 = 60;

/// The fields under whose labels the parts of the card stand.
const HEADINGS: [&str; 7] = ["first_hour", "team", "statements", "do", "dont", "escalate_when", "stand_down"];

/// A role or a person of the card.
struct OnCard<'s> {
    who: EntityId,
    duties: Vec<String>,
    people: Vec<Contact>,
    deputy: Option<&'s (EntityId, Vec<Contact>)>,
}

fn parts(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let Some(scenario) = insight::scenario(planner.book(), id) else { return Vec::new() };
    vec![PartView::Crisis { card: Box::new(planner.crisis_card(&scenario, page)) }]
}

impl Planner<'_> {
    fn crisis_card(&self, scenario: &Scenario<'_>, page: &PagePath) -> CrisisView {
        let (holding, later): (Vec<_>, Vec<_>) =
            scenario.statements.iter().partition(|statement| statement.is_holding());
        let label = |name: &&'static str| Some((*name, self.field_label("scenario", name)?));
        let step = |step: &insight::FirstStep| CrisisStepView {
            within: step.within.map(|within| self.short_duration(within)).unwrap_or_default(),
            text: step.text.value.clone(),
            role: step.role.and_then(|role| self.short_link(role, page)),
            people: step.role.map(|role| self.names_of(role)).unwrap_or_default(),
            channel: step.channel.and_then(|channel| self.short_link(channel, page)),
            template: step.template.and_then(|template| {
                let link = self.short_link(template, page)?;
                let is_here = holding.iter().any(|statement| statement.id == template);
                Some(if is_here {
                    LinkView { url: format!("#{}", self.say_anchor(template)), ..link }
                } else {
                    link
                })
            }),
        };
        let plain = |texts: &[crate::text::Spanned<String>]| {
            texts.iter().map(|text| text.value.clone()).collect::<Vec<_>>()
        };
        CrisisView {
            labels: HEADINGS.iter().filter_map(label).collect(),
            level: scenario.severity.as_ref().and_then(|severity| self.level_tag(severity)),
            terms: scenario.severity.as_ref().map(|severity| self.terms(severity)).unwrap_or_default(),
            steps: scenario.first_hour.iter().map(step).collect(),
            team: self.crisis_team(scenario, page),
            statements: holding.iter().map(|statement| self.statement(statement, page)).collect(),
            later: later.iter().filter_map(|statement| self.short_link(statement.id, page)).collect(),
            advice: plain(&scenario.advice),
            warnings: plain(&scenario.warnings),
            escalate_when: plain(&scenario.escalate_when),
            stand_down_html: scenario.stand_down.map(|text| self.fill(text, page)).unwrap_or_default(),
            rehearsed: self.rehearsal_sentences(scenario),
            overdue: scenario.is_rehearsal_due(self.today),
        }
    }

    /// The team, each role once with all its duties; roles that only act in the first hour come last.
    fn crisis_team(&self, scenario: &Scenario<'_>, page: &PagePath) -> Vec<CrisisMemberView> {
        let book = self.book();
        let duty = |path: &str| self.field_label("scenario", path).unwrap_or_default();
        let mut rows: Vec<OnCard<'_>> = Vec::new();
        for member in &scenario.team {
            let label = duty(&format!("team.{}", member.duty));
            match rows.iter_mut().find(|row| row.who == member.who) {
                Some(row) => row.duties.push(label),
                None => rows.push(OnCard {
                    who: member.who,
                    duties: vec![label],
                    people: member.people.clone(),
                    deputy: member.deputy.as_ref(),
                }),
            }
        }
        for role in scenario.first_hour.iter().filter_map(|step| step.role) {
            if !rows.iter().any(|row| row.who == role) {
                let people = insight::contacts(book, role);
                rows.push(OnCard { who: role, duties: vec![duty("first_hour")], people, deputy: None });
            }
        }
        let contacts = |people: &[Contact]| people.iter().filter_map(|one| self.contact(one, page)).collect();
        let shown = |row: &OnCard<'_>| {
            let who = self.short_link(row.who, page)?;
            // Whoever is on the card with a number of their own need not stand there twice.
            let elsewhere = row.deputy.filter(|(deputy, _)| !rows.iter().any(|other| other.who == *deputy));
            Some(CrisisMemberView {
                duties: in_one_sentence(&row.duties),
                who: if book.kind_of(row.who) == "person" { LinkView::default() } else { who },
                people: contacts(&row.people),
                deputy: row.deputy.and_then(|(deputy, _)| self.short_link(*deputy, page)),
                deputies: elsewhere.map(|(_, people)| contacts(people)).unwrap_or_default(),
            })
        };
        rows.iter().filter_map(shown).collect()
    }

    /// Somebody with a number.
    pub(super) fn contact(&self, contact: &Contact, page: &PagePath) -> Option<ContactView> {
        let phone = contact.phone.clone().unwrap_or_default();
        let digits: String =
            phone.chars().filter(|character| character.is_ascii_digit() || *character == '+').collect();
        Some(ContactView {
            link: self.short_link(contact.person, page)?,
            url: if digits.is_empty() { String::new() } else { format!("tel:{digits}") },
            phone,
        })
    }

    /// A prepared text with its approval.
    pub(super) fn statement(&self, template: &Template<'_>, page: &PagePath) -> StatementView {
        let own = self.locale.tag();
        let is_own = |language: &str| language.is_empty() || self.is_own_language(language);
        let several = template.texts.len() > 1;
        let text = |(language, passage): &(String, &crate::model::Passage<crate::model::Resolved>)| {
            let tag = if is_own(language) { own } else { language.as_str() };
            StatementTextView {
                language: if several { capital(&self.language_name(tag)) } else { String::new() },
                tag: if is_own(language) { String::new() } else { language.clone() },
                html: self.fill(passage, page),
            }
        };
        StatementView {
            link: self.short_link(template.id, page).unwrap_or_default(),
            anchor: self.say_anchor(template.id),
            approved: self.approval(template),
            stale: insight::is_approval_stale(template, self.today),
            texts: template.texts.iter().map(text).collect(),
        }
    }

    /// "Approved on 22 June 2026 by the director, 5 months ago".
    pub(super) fn approval(&self, template: &Template<'_>) -> String {
        let Some(date) = template.approved else { return self.locale.word("not_approved").to_owned() };
        let when = self.locale.date(date);
        let by = template.approved_by.map(|by| self.name_of(by)).filter(|name| !name.is_empty());
        let key = if by.is_some() { "approved_by_on" } else { "approved_on" };
        self.locale.fill(
            key,
            &[("date", when.as_str()), ("who", by.as_deref().unwrap_or_default()), ("age", &self.age(date))],
        )
    }

    /// When a scenario was last put to the test, and when it has to be again.
    pub(super) fn rehearsal_sentences(&self, scenario: &Scenario<'_>) -> Vec<String> {
        let Some(Rehearsal { date, drill, .. }) = scenario.rehearsed else {
            return vec![self.locale.word("never_rehearsed").to_owned()];
        };
        let key = if drill { "rehearsed_on" } else { "happened_on" };
        let day = self.locale.date(date);
        let last = self.locale.fill(key, &[("date", day.as_str()), ("age", &self.age(date))]);
        let next = scenario.rehearse_by.map(|by| {
            let key = if by < self.today { "rehearsal_was_due" } else { "rehearse_by" };
            self.locale.fill(key, &[("date", self.locale.date(by).as_str())])
        });
        std::iter::once(last).chain(next).collect()
    }

    /// How long ago a day is: "today", "12 days", "5 months".
    pub(super) fn age(&self, date: Date) -> String {
        let days = self.today.duration_since(date).as_hours() / 24;
        let days = i32::try_from(days).unwrap_or(i32::MAX).max(0);
        match days {
            0 => self.locale.word("age_today").to_owned(),
            days if days < MONTHS_FROM => self.ago("unit_day", f64::from(days)),
            days => self.ago("unit_month", (f64::from(days) / 30.44).floor()),
        }
    }

    fn ago(&self, unit: &str, count: f64) -> String {
        self.locale.fill("age_ago", &[("time", self.counted(unit, count).as_str())])
    }

    /// "Grave · level 2", with a tone that gets worse with the level.
    pub(super) fn level_tag(&self, severity: &Severity) -> Option<TagView> {
        let name = self.name_of(severity.id);
        let tone = match severity.level {
            Some(1 | 2) => "bad",
            Some(3) => "warn",
            Some(4) => "info",
            _ => "neutral",
        };
        let number =
            severity.level.map(|level| self.locale.fill("severity_level", &[("n", &level.to_string())]));
        let text = match number {
            Some(number) if !name.contains(char::is_numeric) => format!("{name} · {number}"),
            _ => name,
        };
        (!text.is_empty()).then_some(TagView { text, tone })
    }

    /// "level 2", with its tone.
    pub(super) fn level_number(&self, severity: &Severity) -> Option<TagView> {
        let tone = self.level_tag(severity)?.tone;
        let n = severity.level?.to_string();
        Some(TagView { text: self.locale.fill("severity_level", &[("n", &n)]), tone })
    }

    /// What a level sets in motion: how soon to speak, who approves.
    fn terms(&self, severity: &Severity) -> Vec<String> {
        let speak = severity.first_statement_within.map(|(count, unit)| {
            let time = self.counted(&format!("unit_{}", unit.name()), count);
            self.locale.fill("speak_within", &[("time", time.as_str())])
        });
        let approver = severity.approver.map(|role| {
            let people = self.names_of(role);
            let role = self.name_of(role);
            let who = if people.is_empty() { role } else { format!("{role} ({people})") };
            self.locale.fill("approved_by_whom", &[("who", who.as_str())])
        });
        speak.into_iter().chain(approver).collect()
    }

    /// Names of those who hold a role, as far as the edition shows people.
    pub(super) fn names_of(&self, role: EntityId) -> String {
        let people = insight::contacts(self.book(), role);
        let names = people.iter().map(|contact| self.name_of(contact.person));
        names.collect::<Vec<_>>().join(", ")
    }

    /// The label of a field of a kind, or of a field of its record: `team.lead`.
    pub(super) fn field_label(&self, kind: &str, path: &str) -> Option<String> {
        let kind = self.book().kinds.named(kind)?;
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let (_, field) = kind.field(name)?;
        let inner = field.shape.record().unwrap_or_default().iter().find(|field| field.name == rest);
        let label = if rest.is_empty() { &field.label } else { &inner?.label };
        Some(label.within(self.locale.language()).to_owned())
    }

    /// "15 min", "2 h"; longer times in words.
    pub(super) fn short_duration(&self, (count, unit): (f64, Unit)) -> String {
        let key = match unit {
            Unit::Minute => "short_minute",
            Unit::Hour => "short_hour",
            _ => return self.counted(&format!("unit_{}", unit.name()), count),
        };
        let decimals = if count.fract() == 0.0 { 0 } else { 1 };
        self.locale.fill(key, &[("n", self.locale.number(count, decimals).as_str())])
    }

    fn say_anchor(&self, template: EntityId) -> String {
        let id = self.edition.entity(template).map(|entity| slug(&entity.id)).unwrap_or_default();
        format!("_say-{id}")
    }
}

/// "Spokesperson, external liaison": the first word keeps its capital.
pub(super) fn in_one_sentence(words: &[String]) -> String {
    let mut sentence = String::new();
    for word in words {
        if sentence.is_empty() {
            sentence.push_str(word);
        } else {
            sentence.push_str(", ");
            sentence.push_str(&word.to_lowercase());
        }
    }
    sentence
}
