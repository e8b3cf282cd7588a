//! What has to be done or looked at again: past its day or soon due, by who answers for it.

use std::collections::BTreeMap;

use super::{Planner, Sheet, heading};
use crate::insight::{Entry, State, freshness};
use crate::model::{Chapter, EntityId, Readership};
use crate::series::number_of;
use crate::site::view::{
    CellView, ColumnView, FigureView, LinkView, PartView, RowView, Shown, TableView, TagView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "freshness",
    path: ["tasks-and-reviews", "tareas-y-revisiones"],
    chapter: Chapter::Governance,
    parts,
    has: |planner| {
        let at_work = matches!(planner.edition.readership(), Readership::Staff | Readership::Board);
        at_work && planner.agenda().entries.iter().any(|entry| entry.matter.is_task())
    },
};

/// Days in which something counts as soon due.
const SOON: i64 = 30;

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let locale = planner.locale;
    let found = freshness(planner.book(), SOON);
    let figure = |count: usize, word: &str, tone| FigureView {
        value: locale.number(count as f64, 0),
        label: locale.counted(word, count),
        note: String::new(),
        url: String::new(),
        tone,
    };
    let overdue = if found.overdue.is_empty() { "good" } else { "warn" };
    let mut figures = vec![
        figure(found.overdue.len(), "freshness_overdue", overdue),
        figure(found.soon.len(), "freshness_soon", "neutral"),
        figure(found.fresh, "freshness_fresh", "good"),
    ];
    if !found.never.is_empty() {
        figures.push(figure(found.never.len(), "freshness_never", "info"));
    }
    let mut parts = vec![PartView::Figures { figures }];
    let mut owners: BTreeMap<Option<EntityId>, Vec<&Entry>> = BTreeMap::new();
    for entry in found.overdue.iter().chain(&found.soon) {
        owners.entry(entry.owner).or_default().push(entry);
    }
    if owners.is_empty() {
        let text = locale.word("freshness_none").to_owned();
        parts.push(PartView::Note { text, tone: "good" });
    }
    let mut owners: Vec<(Option<EntityId>, Vec<&Entry>)> = owners.into_iter().collect();
    // Whoever has most that is late comes first; what belongs to nobody comes last.
    let late = |entries: &[&Entry]| entries.iter().filter(|entry| entry.state == State::Overdue).count();
    owners.sort_by_key(|(owner, entries)| (owner.is_none(), std::cmp::Reverse(late(entries))));
    for (at, (owner, entries)) in owners.into_iter().enumerate() {
        let name = owner.map_or_else(|| locale.word("freshness_nobody").to_owned(), |id| planner.name_of(id));
        parts.push(heading(&name, &format!("_owner-{}", at + 1)));
        parts.push(table(planner, at + 1, &name, &entries, page));
    }
    if !found.never.is_empty() {
        parts.push(heading(locale.word("freshness_never_head"), "_never"));
        let links: Vec<LinkView> = found.never.iter().filter_map(|id| planner.link(*id, page)).collect();
        let links = links.into_iter().map(|link| LinkView { summary: String::new(), ..link }).collect();
        parts.push(PartView::Details {
            summary: locale.counted("entries", found.never.len()),
            open: false,
            parts: vec![PartView::Links { links }],
        });
    }
    parts
}

fn table(planner: &Planner<'_>, number: usize, name: &str, entries: &[&Entry], page: &PagePath) -> PartView {
    let locale = planner.locale;
    let column = |word: &str| ColumnView { text: locale.word(word).to_owned(), ..ColumnView::default() };
    let row = |entry: &&Entry| {
        let days = number_of(entry.on) - number_of(planner.today);
        let is_late = days < 0;
        let count = usize::try_from(days.abs()).unwrap_or_default();
        let text = match (is_late, count) {
            (false, 0) => locale.word("today").to_owned(),
            (true, _) => locale.counted("freshness_late_by", count),
            (false, _) => locale.counted("freshness_due_in", count),
        };
        let state = match is_late {
            true => Shown::Tag { tag: TagView { text, tone: "warn" } },
            false => Shown::Text { text },
        };
        Some(RowView {
            heading: planner.short_link(entry.entity, page)?,
            cells: vec![
                CellView::text(match entry.what.as_str() {
                    "" => locale.word(&format!("matter_{}", entry.matter.name())).to_owned(),
                    what => what.to_owned(),
                }),
                CellView::of(Shown::Date { moment: planner.moment(entry.on) }),
                CellView::of(state),
            ],
            gap: is_late,
        })
    };
    let table = TableView {
        id: format!("_due-{number}"),
        caption: name.to_owned(),
        corner: locale.word("freshness_what").to_owned(),
        columns: vec![column("freshness_task"), column("freshness_day"), column("freshness_state")],
        rows: entries.iter().filter_map(row).collect(),
        ..TableView::default()
    };
    PartView::Table { table: planner.with_csv(table, page) }
}
