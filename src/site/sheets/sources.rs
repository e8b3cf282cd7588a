//! Whom to ask: informants by topic and by pillar, and who should have been asked by now.

use super::naming::{ago, tag};
use super::{Planner, Sheet, heading};
use crate::insight::{self, Informant};
use crate::model::{Chapter, EntityId};
use crate::site::view::{
    CellView, ColumnView, FigureView, LinkView, Moment, PartView, RowView, Shown, TableView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "informants",
    path: ["whom-to-ask", "a-quien-preguntar"],
    chapter: Chapter::People,
    parts,
    has: |planner| !insight::informants(planner.book()).is_empty(),
};

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let (book, locale) = (planner.book(), planner.locale);
    let informants = insight::informants(book);
    let overdue = informants.iter().filter(|informant| informant.is_overdue(book.today)).count();
    let pillars: Vec<EntityId> =
        book.of_kind("pillar").filter(|(_, pillar)| book.is_active(pillar)).map(|(id, _)| id).collect();
    let without = pillars.iter().filter(|pillar| of_pillar(&informants, **pillar).is_empty()).count();
    let figure = |n: usize, label: &str, tone: &'static str| FigureView {
        value: locale.number(n as f64, 0),
        label: locale.word(label).to_owned(),
        note: String::new(),
        url: String::new(),
        tone: if n == 0 && tone != "neutral" { "good" } else { tone },
    };
    let mut figures = vec![
        figure(informants.len(), "informants_count", "neutral"),
        figure(overdue, "informants_overdue", "warn"),
    ];
    let mut parts = Vec::new();
    let topics = by_topic(planner, &informants, page);
    if !topics.rows.is_empty() {
        parts.push(heading(locale.word("informants_by_topic"), "_topics"));
        parts.push(PartView::Table { table: topics });
    }
    parts.push(heading(locale.word("informants_contacts"), "_contacts"));
    parts.push(PartView::Table { table: planner.with_csv(contacts(planner, &informants, page), page) });
    if !pillars.is_empty() {
        figures.push(figure(without, "informants_without", "warn"));
        parts.push(heading(locale.word("informants_by_pillar"), "_pillars"));
        parts.push(PartView::Table { table: by_pillar(planner, &informants, &pillars, page) });
    }
    parts.insert(0, PartView::Figures { figures });
    parts
}

fn of_pillar(informants: &[Informant], pillar: EntityId) -> Vec<&Informant> {
    informants.iter().filter(|informant| informant.pillars.contains(&pillar)).collect()
}

fn column(text: impl Into<String>) -> ColumnView {
    ColumnView { text: text.into(), ..ColumnView::default() }
}

/// Topics in the order of the language, each with whom to ask and how.
fn by_topic(planner: &Planner<'_>, informants: &[Informant], page: &PagePath) -> TableView {
    let locale = planner.locale;
    let mut topics: Vec<(&str, &Informant)> = informants
        .iter()
        .flat_map(|informant| informant.topics.iter().map(move |topic| (topic.as_str(), informant)))
        .collect();
    topics.sort_by(|a, b| locale.compare(a.0, b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let row = |(topic, informant): (&str, &Informant)| {
        let mut letters = topic.chars();
        let topic =
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        Some(RowView {
            heading: LinkView { text: topic, ..LinkView::default() },
            cells: vec![
                CellView::of(Shown::Links { links: vec![planner.short_link(informant.id, page)?] }),
                CellView { value: planner.field_shown(informant.id, "person", page), ..CellView::default() },
            ],
            gap: false,
        })
    };
    TableView {
        id: "_by-topic".to_owned(),
        caption: locale.word("informants_by_topic").to_owned(),
        corner: locale.word("topic").to_owned(),
        columns: vec![column(planner.kind_label("informant")), column(planner.label("informant", "person"))],
        rows: topics.into_iter().filter_map(row).collect(),
        ..TableView::default()
    }
}

/// When each was last asked, the most overdue first.
fn contacts(planner: &Planner<'_>, informants: &[Informant], page: &PagePath) -> TableView {
    let (book, locale) = (planner.book(), planner.locale);
    let mut order: Vec<&Informant> = informants.iter().collect();
    order.sort_by_key(|informant| (!informant.is_overdue(book.today), informant.due.unwrap_or(book.today)));
    let row = |informant: &Informant| {
        let late = informant.is_overdue(book.today);
        let last = informant.last.map(|last| ago(locale, i64::from((book.today - last).get_days())));
        let last = last.unwrap_or_else(|| locale.word("never").to_owned());
        let next = match (informant.due, late) {
            (_, true) => CellView::of(Shown::Tag { tag: tag(locale.word("late"), "warn") }),
            (Some(due), false) => {
                let moment = Moment { iso: due.to_string(), text: locale.date_short(due) };
                CellView::of(Shown::Date { moment })
            }
            (None, false) => CellView::default(),
        };
        let cells = vec![
            CellView::text(last),
            CellView { value: planner.field_shown(informant.id, "cadence", page), ..CellView::default() },
            next,
            CellView::text(informant.how.clone()),
        ];
        Some(RowView { heading: planner.short_link(informant.id, page)?, cells, gap: late })
    };
    TableView {
        id: "_last".to_owned(),
        caption: locale.word("informants_contacts").to_owned(),
        corner: planner.kind_label("informant"),
        columns: vec![
            column(planner.label("informant", "last_contact")),
            column(planner.label("informant", "cadence")),
            column(locale.word("informants_next")),
            column(planner.label("informant", "how_to_reach")),
        ],
        rows: order.into_iter().filter_map(row).collect(),
        ..TableView::default()
    }
}

fn by_pillar(
    planner: &Planner<'_>,
    informants: &[Informant],
    pillars: &[EntityId],
    page: &PagePath,
) -> TableView {
    let locale = planner.locale;
    let row = |pillar: &EntityId| {
        let own = of_pillar(informants, *pillar);
        let mut topics: Vec<&str> =
            own.iter().flat_map(|one| one.topics.iter().map(String::as_str)).collect();
        topics.dedup();
        let gap = own.is_empty();
        let cells = vec![
            CellView {
                value: planner.named(own.iter().map(|informant| informant.id), page),
                tone: if gap { "gap" } else { "" },
                label: locale.word("nobody").to_owned(),
            },
            CellView::text(topics.join(", ")),
        ];
        Some(RowView { heading: planner.short_link(*pillar, page)?, cells, gap })
    };
    TableView {
        id: "_by-pillar".to_owned(),
        caption: locale.word("informants_by_pillar").to_owned(),
        corner: planner.kind_label("pillar"),
        columns: vec![column(planner.kind_label("informant")), column(planner.label("informant", "topics"))],
        rows: pillars.iter().filter_map(row).collect(),
        ..TableView::default()
    }
}
