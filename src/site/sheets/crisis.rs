//! "In a crisis": what to do before anything else, which scenario it is, whom to call, how grave it is. The first page of the crisis edition, too.

use std::collections::BTreeMap;

use super::{Planner, Sheet, heading};
use crate::insight::{self, Contact, DUTIES, Scenario};
use crate::model::{Chapter, EntityId, Readership};
use crate::site::view::{
    CardView, CellView, ColumnView, FactView, LinkView, PartView, RowView, Shown, TableView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "crisis",
    path: ["in-a-crisis", "en-una-crisis"],
    chapter: Chapter::Crisis,
    parts,
    has: |planner| planner.book().of_kind("scenario").next().is_some(),
};

pub(super) fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let scenarios = insight::scenarios(book);
    let mut parts = planner.emergency_parts(page);
    parts.push(heading(planner.locale.word("crisis_choose"), "_choose"));
    parts.push(PartView::Cards {
        cards: scenarios.iter().filter_map(|scenario| planner.choice(scenario, page)).collect(),
    });
    let calls = planner.whom_to_call(&scenarios, page);
    if !calls.rows.is_empty() {
        parts.push(heading(planner.locale.word("crisis_calls"), "_calls"));
        parts.push(PartView::Table { table: calls });
    }
    if let Some(ladder) = planner.severity_table(page) {
        parts.push(heading(&ladder.caption.clone(), "_ladder"));
        parts.push(PartView::Table { table: ladder });
    }
    parts
}

impl Planner<'_> {
    /// Whether the home page is this page: whoever opens the crisis edition has no time for anything else.
    pub(in crate::site) fn is_for_a_crisis(&self) -> bool {
        self.edition.readership() == Readership::Crisis && (SHEET.has)(self)
    }

    /// What the settings say first.
    fn emergency_parts(&self, page: &PagePath) -> Vec<PartView> {
        let notice = insight::emergency(self.book());
        let mut parts = Vec::new();
        if let Some(text) = notice.text {
            parts.push(PartView::Alarm { html: self.fill(text, page) });
        }
        if let Some(link) = notice.link.and_then(|target| self.link(target, page)) {
            parts.push(PartView::Links { links: vec![link] });
        }
        parts
    }

    /// A scenario to choose: its level, what it is in a sentence, the first step.
    fn choice(&self, scenario: &Scenario<'_>, page: &PagePath) -> Option<CardView> {
        let mut link = self.link(scenario.id, page)?;
        link.kind = String::new();
        let level = scenario.severity.as_ref().and_then(|severity| self.level_tag(severity));
        link.tag = level;
        let first = scenario.first_hour.first().map(|step| {
            let within = step.within.map(|within| self.short_duration(within)).unwrap_or_default();
            let who = step.role.map(|role| self.name_of(role)).unwrap_or_default();
            let told: Vec<String> = [within, who].into_iter().filter(|word| !word.is_empty()).collect();
            let text = match told.is_empty() {
                true => step.text.value.clone(),
                false => format!("{} ({})", step.text.value, told.join(", ")),
            };
            FactView {
                lang: String::new(),
                field: "first_hour".to_owned(),
                label: self.locale.word("crisis_first_step").to_owned(),
                help: String::new(),
                value: Shown::Text { text },
            }
        });
        Some(CardView { title: link, rows: first.into_iter().collect(), ..CardView::default() })
    }

    /// Everybody whom a scenario may need, with what they do and how they are reached.
    fn whom_to_call(&self, scenarios: &[Scenario<'_>], page: &PagePath) -> TableView {
        let mut people: BTreeMap<EntityId, (usize, Vec<&'static str>, Contact)> = BTreeMap::new();
        for member in scenarios.iter().flat_map(|scenario| &scenario.team) {
            let rank = DUTIES.iter().position(|duty| *duty == member.duty).unwrap_or(DUTIES.len());
            for contact in &member.people {
                let (first, duties, _) =
                    people.entry(contact.person).or_insert_with(|| (rank, Vec::new(), contact.clone()));
                *first = rank.min(*first);
                if !duties.contains(&member.duty) {
                    duties.push(member.duty);
                }
            }
        }
        let mut people: Vec<_> = people.into_values().collect();
        people.sort_by_key(|(rank, _, contact)| (*rank, contact.person));
        let row = |(_, duties, contact): &(usize, Vec<&'static str>, Contact)| {
            let shown = self.contact(contact, page)?;
            let mut duties = duties.clone();
            duties.sort_by_key(|duty| DUTIES.iter().position(|known| known == duty));
            let labels: Vec<String> = duties
                .iter()
                .filter_map(|duty| self.field_label("scenario", &format!("team.{duty}")))
                .collect();
            let phone = match shown.phone.is_empty() {
                true => CellView::default().toned("gap"),
                false => CellView::of(Shown::Address { url: shown.url, text: shown.phone }),
            };
            let gap = phone.tone == "gap";
            Some(RowView {
                heading: shown.link,
                cells: vec![phone, CellView::text(super::scenario::in_one_sentence(&labels))],
                gap,
            })
        };
        TableView {
            id: "_call".to_owned(),
            caption: self.locale.word("crisis_calls").to_owned(),
            corner: self.kind_label("person"),
            columns: [self.field_label("person", "phone"), self.field_label("scenario", "team")]
                .into_iter()
                .flatten()
                .map(|text| ColumnView { text, ..ColumnView::default() })
                .collect(),
            rows: people.iter().filter_map(row).collect(),
            ..TableView::default()
        }
    }

    /// The ladder of severity: what each level means and sets in motion.
    pub(super) fn severity_table(&self, page: &PagePath) -> Option<TableView> {
        let book = self.book();
        let levels = insight::severities(book);
        if levels.is_empty() {
            return None;
        }
        let kind = book.kinds.named("severity")?;
        let roles = |links: Vec<LinkView>| match links.is_empty() {
            true => CellView::default().toned("gap"),
            false => CellView::of(Shown::Links { links }),
        };
        let row = |severity: &insight::Severity| {
            let mut heading = self.short_link(severity.id, page)?;
            heading.tag = severity.level.and_then(|_| self.level_number(severity));
            let criteria: Vec<Shown> =
                severity.criteria.iter().map(|text| Shown::Text { text: text.value.clone() }).collect();
            let notify = severity.notify.iter().filter_map(|edge| {
                let mut link = self.short_link(edge.target, page)?;
                link.note = edge.note.clone().unwrap_or_default();
                Some(link)
            });
            let within = severity.first_statement_within.map(|within| self.short_duration(within));
            let cells = vec![
                match criteria.is_empty() {
                    true => CellView::default().toned("gap"),
                    false => CellView::of(Shown::List { items: criteria }),
                },
                roles(notify.collect()),
                within.map_or_else(|| CellView::default().toned("gap"), CellView::number),
                roles(severity.approver.and_then(|role| self.short_link(role, page)).into_iter().collect()),
            ];
            Some(RowView { heading, gap: cells.iter().any(|cell| cell.tone == "gap"), cells })
        };
        let columns = ["criteria", "notify", "first_statement_within", "approver"];
        Some(TableView {
            id: "_severities".to_owned(),
            caption: kind.plural.within(self.locale.language()).to_owned(),
            corner: kind.label.within(self.locale.language()).to_owned(),
            columns: columns
                .iter()
                .filter_map(|name| self.field_label("severity", name))
                .map(|text| ColumnView { text, ..ColumnView::default() })
                .collect(),
            rows: levels.iter().filter_map(row).collect(),
            ..TableView::default()
        })
    }
}
