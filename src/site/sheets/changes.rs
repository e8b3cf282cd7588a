//! What is different since a day or a version: targets that were moved come first.

use super::{Planner, Sheet, heading};
use crate::insight::{Delta, MovedTarget, Target};
use crate::model::{Chapter, EntityId};
use crate::site::view::{
    CellView, ColumnView, FigureView, LinkView, PartView, RowView, Shown, TableView, TagView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "changes",
    path: ["changes", "cambios"],
    chapter: Chapter::Governance,
    parts,
    has: |planner| planner.since.is_some(),
};

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let locale = planner.locale;
    let Some(since) = planner.since else { return Vec::new() };
    let delta = &since.delta;
    let day = locale.date(since.day);
    let text = locale.fill("changes_compared", &[("name", since.name.as_str()), ("date", day.as_str())]);
    let mut parts = vec![PartView::Note { text, tone: "info" }];
    if delta.is_empty() {
        parts.push(PartView::Note { text: locale.word("changes_none").to_owned(), tone: "good" });
        return parts;
    }
    let figure = |count: usize, key: &str, tone: &'static str| FigureView {
        value: locale.number(count as f64, 0),
        label: locale.word(key).to_owned(),
        note: String::new(),
        url: String::new(),
        tone: if count == 0 { "neutral" } else { tone },
    };
    let figures = vec![
        figure(delta.targets.len(), "changes_targets", "warn"),
        figure(delta.news.len(), "changes_news", "info"),
        figure(delta.added.len(), "changes_added", "good"),
        figure(delta.removed.len(), "changes_removed", "neutral"),
    ];
    parts.push(PartView::Figures { figures });
    targets(planner, delta, page, &mut parts);
    let news = delta.news.iter().filter_map(|one| {
        let link = planner.link(one.id, page)?;
        Some(LinkView { note: locale.date(one.on), ..link })
    });
    links(planner, "changes_news", "_news", news.collect(), &mut parts);
    let added = delta.added.iter().filter_map(|id| of_kind(planner, *id, page));
    links(planner, "changes_added", "_added", added.collect(), &mut parts);
    let removed = delta.removed.iter().map(|(kind, title)| LinkView {
        text: title.clone(),
        note: label(planner, kind),
        ..LinkView::default()
    });
    links(planner, "changes_removed", "_removed", removed.collect(), &mut parts);
    let renamed = delta.renamed.iter().filter_map(|(id, before)| {
        let link = planner.short_link(*id, page)?;
        Some(LinkView { note: locale.fill("changes_formerly", &[("name", before.as_str())]), ..link })
    });
    links(planner, "changes_renamed", "_renamed", renamed.collect(), &mut parts);
    states_and_owners(planner, delta, page, &mut parts);
    fields(planner, delta, page, &mut parts);
    parts
}

fn links(planner: &Planner<'_>, key: &str, anchor: &str, links: Vec<LinkView>, parts: &mut Vec<PartView>) {
    if !links.is_empty() {
        parts.push(heading(planner.locale.word(key), anchor));
        parts.push(PartView::Links { links });
    }
}

/// The name of a kind.
fn label(planner: &Planner<'_>, kind: &str) -> String {
    let kind = planner.edition.kinds().named(kind);
    kind.map(|kind| kind.label.within(planner.locale.language()).to_owned()).unwrap_or_default()
}

fn of_kind(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Option<LinkView> {
    let link = planner.short_link(id, page)?;
    Some(LinkView { note: label(planner, planner.book().kind_of(id)), ..link })
}

fn column(planner: &Planner<'_>, key: &str) -> ColumnView {
    ColumnView { text: planner.locale.word(key).to_owned(), ..ColumnView::default() }
}

fn targets(planner: &Planner<'_>, delta: &Delta, page: &PagePath, parts: &mut Vec<PartView>) {
    let locale = planner.locale;
    let said = |target: &Option<Target>, none: &str| {
        let Some(target) = target else { return locale.word(none).to_owned() };
        let value = planner.band(target.min, target.max, target.decimals);
        let baseline = target.baseline.map(|baseline| locale.number(baseline, target.decimals));
        let value = match baseline {
            Some(baseline) => {
                locale.fill("changes_from", &[("value", value.as_str()), ("baseline", baseline.as_str())])
            }
            None => value,
        };
        match target.by {
            Some(day) => format!("{value} ({})", locale.date(day)),
            None => value,
        }
    };
    let row = |moved: &MovedTarget| {
        let metric = planner.short_link(moved.metric, page)?;
        let cells = vec![
            CellView::of(Shown::Links { links: vec![metric] }),
            CellView::text(said(&moved.before, "changes_not_yet")),
            CellView::text(said(&moved.after, "changes_given_up")),
        ];
        Some(RowView { heading: planner.short_link(moved.objective, page)?, cells, gap: false })
    };
    let rows: Vec<RowView> = delta.targets.iter().filter_map(row).collect();
    if rows.is_empty() {
        return;
    }
    parts.push(heading(locale.word("changes_targets"), "_targets"));
    let table = TableView {
        id: "_moved".to_owned(),
        caption: locale.word("changes_targets").to_owned(),
        corner: label(planner, "objective"),
        columns: vec![
            ColumnView { text: label(planner, "metric"), ..ColumnView::default() },
            column(planner, "changes_before"),
            column(planner, "changes_now"),
        ],
        rows,
        note: locale.word("changes_targets_why").to_owned(),
        ..TableView::default()
    };
    parts.push(PartView::Table { table: planner.with_csv(table, page) });
}

fn states_and_owners(planner: &Planner<'_>, delta: &Delta, page: &PagePath, parts: &mut Vec<PartView>) {
    let locale = planner.locale;
    let state = |id: EntityId, name: &str| {
        let name = if name.is_empty() { "active" } else { name };
        let text = planner.choice_label(planner.book().kind_of(id), "status", name);
        CellView::of(Shown::Tag { tag: TagView { text, tone: "neutral" } })
    };
    let states: Vec<RowView> = delta
        .states
        .iter()
        .filter_map(|(id, was, is)| {
            let cells = vec![state(*id, was), state(*id, is)];
            Some(RowView { heading: of_kind(planner, *id, page)?, cells, gap: false })
        })
        .collect();
    let nobody = |name: &str| {
        let text = if name.is_empty() { locale.word("freshness_nobody") } else { name };
        CellView::text(text.to_owned())
    };
    let owners: Vec<RowView> = delta
        .owners
        .iter()
        .filter_map(|(id, was, is)| {
            let cells = vec![nobody(was), nobody(is)];
            Some(RowView { heading: of_kind(planner, *id, page)?, cells, gap: false })
        })
        .collect();
    for (rows, key, anchor, id) in
        [(states, "changes_states", "_states", "_state"), (owners, "changes_owners", "_owners", "_owner")]
    {
        if rows.is_empty() {
            continue;
        }
        parts.push(heading(locale.word(key), anchor));
        let table = TableView {
            id: id.to_owned(),
            caption: locale.word(key).to_owned(),
            corner: locale.word("changes_what").to_owned(),
            columns: vec![column(planner, "changes_before"), column(planner, "changes_now")],
            rows,
            ..TableView::default()
        };
        parts.push(PartView::Table { table: planner.with_csv(table, page) });
    }
}

fn fields(planner: &Planner<'_>, delta: &Delta, page: &PagePath, parts: &mut Vec<PartView>) {
    let locale = planner.locale;
    let name = |id: EntityId, field: &String| match field.as_str() {
        "" => locale.word("changes_text").to_owned(),
        field => {
            let kind =
                planner.edition.entity(id).and_then(|entity| planner.edition.kinds().kind(entity.kind));
            let field = kind.and_then(|kind| kind.fields.iter().find(|other| other.name == field));
            field.map(|field| field.label.within(locale.language()).to_owned()).unwrap_or_default()
        }
    };
    let row = |(id, fields): &(EntityId, Vec<String>)| {
        let names: Vec<String> = fields.iter().map(|field| name(*id, field)).collect();
        let cells = vec![CellView::text(names.join(", "))];
        Some(RowView { heading: of_kind(planner, *id, page)?, cells, gap: false })
    };
    let rows: Vec<RowView> = delta.fields.iter().filter_map(row).collect();
    if rows.is_empty() {
        return;
    }
    parts.push(heading(locale.word("changes_fields"), "_fields"));
    let table = TableView {
        id: "_changed".to_owned(),
        caption: locale.word("changes_fields").to_owned(),
        corner: locale.word("changes_what").to_owned(),
        columns: vec![column(planner, "changes_which")],
        rows,
        ..TableView::default()
    };
    parts.push(PartView::Table { table: planner.with_csv(table, page) });
}
