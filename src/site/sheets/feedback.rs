//! From what people say to what changes: the funnel of proposals with those that wait, and the log of decisions.

use super::{Planner, Sheet, heading};
use crate::chart::{ChartData, ChartKind, ChartSpec};
use crate::insight::{self, Decided, Stage, Told};
use crate::model::Chapter;
use crate::plates::Plate;
use crate::site::view::{
    CellView, ColumnView, FigureView, LinkView, PartView, RowView, Shown, TableView, TagView,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "proposals",
    path: ["proposals", "propuestas"],
    chapter: Chapter::Listen,
    parts,
    has: |planner| !insight::told(planner.book()).is_empty(),
};

pub(super) static DECISIONS: Sheet = Sheet {
    name: "decision_log",
    path: ["decision-log", "registro-de-decisiones"],
    chapter: Chapter::Evaluate,
    parts: decisions,
    has: |planner| !insight::decided(planner.book()).is_empty(),
};

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let locale = planner.locale;
    let told = insight::told(planner.book());
    let count = |is: &dyn Fn(&Told) -> bool| told.iter().filter(|told| is(told)).count();
    let figure = |count: usize, key: &str, tone: &'static str| FigureView {
        value: locale.number(count as f64, 0),
        label: locale.word(key).to_owned(),
        note: String::new(),
        url: String::new(),
        tone: if count == 0 { "neutral" } else { tone },
    };
    let times: f64 = told.iter().map(|told| told.times).sum();
    let mut received = figure(told.len(), "feedback_pieces", "info");
    if times > told.len() as f64 {
        received.note = locale.fill("feedback_times", &[("n", locale.number(times, 0).as_str())]);
    }
    let figures = vec![
        received,
        figure(count(&|told| told.stage == Stage::Done), "feedback_done_label", "good"),
        figure(count(&Told::is_unanswered), "feedback_unanswered_label", "bad"),
        figure(count(&Told::is_unproposed), "feedback_unproposed_label", "warn"),
    ];
    vec![
        PartView::Figures { figures },
        planner.chart_part(&funnel(planner, &told), page),
        heading(locale.word("feedback_list"), "_list"),
        PartView::Table { table: planner.with_csv(list(planner, &told, page), page) },
    ]
}

fn funnel(planner: &Planner<'_>, told: &[Told]) -> Plate {
    let locale = planner.locale;
    let keys = ["received", "proposed", "accepted", "done", "answered"];
    let counts = insight::funnel(told);
    let stages = keys.iter().zip(counts);
    let stages =
        stages.map(|(key, count)| (locale.word(&format!("funnel_{key}")).to_owned(), count as f64)).collect();
    let (all, done) =
        (counts.first().copied().unwrap_or_default(), counts.get(3).copied().unwrap_or_default());
    let (all, done) = (locale.number(all as f64, 0), locale.number(done as f64, 0));
    let spec = ChartSpec {
        kind: ChartKind::Funnel,
        title: locale.fill("funnel_title", &[("all", all.as_str()), ("done", done.as_str())]),
        ..ChartSpec::default()
    };
    let heading = locale.word("funnel_stage").to_owned();
    Plate::of_data(
        "funnel",
        spec,
        ChartData::of_names(heading, locale.word("feedback_pieces").to_owned(), stages),
    )
}

fn list(planner: &Planner<'_>, told: &[Told], page: &PagePath) -> TableView {
    let locale = planner.locale;
    let tag = |key: &str, tone: &'static str| {
        CellView::of(Shown::Tag { tag: TagView { text: locale.word(key).to_owned(), tone } })
    };
    let row = |told: &Told| {
        let tone = match told.stage {
            Stage::Done | Stage::Accepted => "good",
            Stage::Proposed => "info",
            Stage::Received | Stage::Rejected => "neutral",
        };
        let owner = told.owner.and_then(|owner| planner.short_link(owner, page));
        let wants_owner = told.stage == Stage::Accepted && owner.is_none();
        let cells = vec![
            told.date.map_or_else(CellView::default, |date| {
                CellView::of(Shown::Date { moment: planner.moment(date) })
            }),
            CellView::number(locale.number(told.times, 0)),
            tag(told.stage.word(), tone).toned(if told.is_unproposed() { "warn" } else { "" }),
            match owner {
                Some(link) => CellView::of(Shown::Links { links: vec![link] }),
                None if wants_owner => CellView::default().toned("gap"),
                None => CellView::default(),
            },
            if told.answered {
                tag("yes", "good")
            } else if told.is_unanswered() {
                let days = told.age.unwrap_or_default() as f64;
                let text = locale.fill("feedback_waits", &[("days", locale.duration(days, "day").as_str())]);
                CellView::of(Shown::Tag { tag: TagView { text, tone: "bad" } })
            } else {
                tag("feedback_not_yet", "neutral")
            },
        ];
        let gap = told.is_unanswered() || told.is_unproposed() || wants_owner;
        Some(RowView { heading: planner.short_link(told.id, page)?, cells, gap })
    };
    let mut ordered: Vec<&Told> = told.iter().collect();
    ordered.sort_by_key(|told| (told.stage, told.date, told.id));
    let column = |key: &str, numeric: bool| ColumnView {
        text: locale.word(key).to_owned(),
        numeric,
        ..ColumnView::default()
    };
    let rows: Vec<RowView> = ordered.into_iter().filter_map(row).collect();
    let gaps_label =
        if rows.iter().any(|row| row.gap) { locale.word("feedback_gaps").to_owned() } else { String::new() };
    TableView {
        id: "_proposals".to_owned(),
        caption: locale.word("feedback_list").to_owned(),
        corner: locale.word("feedback_what").to_owned(),
        columns: vec![
            column("feedback_date", false),
            column("feedback_by", true),
            column("feedback_stage", false),
            column("owner", false),
            column("feedback_answered", false),
        ],
        rows,
        gaps_label,
        ..TableView::default()
    }
}

fn decisions(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let locale = planner.locale;
    let row = |decided: &Decided| {
        let links: Vec<LinkView> =
            decided.changes.iter().filter_map(|id| planner.short_link(*id, page)).collect();
        let day = |day| locale.date_short(day);
        let (text, tone) = match decided.review {
            _ if decided.replaced => (locale.word("decision_replaced").to_owned(), "neutral"),
            _ if decided.reviewed => (locale.word("decision_reviewed").to_owned(), "good"),
            Some(review) if decided.is_overdue(book.today) => {
                (locale.fill("decision_overdue", &[("date", day(review).as_str())]), "bad")
            }
            Some(review) => (locale.fill("decision_due", &[("date", day(review).as_str())]), "neutral"),
            None => (locale.word("decision_without_review").to_owned(), "warn"),
        };
        let kind = decided.kind.map(|kind| planner.choice_label("decision", "kind", kind));
        let cells = vec![
            decided.date.map_or_else(CellView::default, |date| {
                CellView::of(Shown::Date { moment: planner.moment(date) })
            }),
            CellView::text(kind.unwrap_or_default()),
            if links.is_empty() { CellView::default() } else { CellView::of(Shown::Links { links }) },
            CellView::of(Shown::Tag { tag: TagView { text, tone } }),
        ];
        let gap = matches!(tone, "bad" | "warn");
        Some(RowView { heading: planner.short_link(decided.id, page)?, cells, gap })
    };
    let rows: Vec<RowView> = insight::decided(book).iter().filter_map(row).collect();
    let gaps_label =
        if rows.iter().any(|row| row.gap) { locale.word("decision_gaps").to_owned() } else { String::new() };
    let column = |key: &str| ColumnView { text: locale.word(key).to_owned(), ..ColumnView::default() };
    let table = TableView {
        id: "_log".to_owned(),
        caption: locale.word("sheet_decision_log").to_owned(),
        corner: locale.word("decision_what").to_owned(),
        columns: vec![
            column("decision_date"),
            column("decision_kind"),
            column("decision_changes"),
            column("decision_review"),
        ],
        rows,
        gaps_label,
        ..TableView::default()
    };
    vec![PartView::Table { table: planner.with_csv(table, page) }]
}
