//! Who does, answers, is consulted and is informed, over all procedures; and the table of one procedure on its page.

use super::naming::tag;
use super::{Addition, Planner, Sheet, heading};
use crate::chart::{self, ChartData, ChartKind, ChartSpec, Duty};
use crate::insight::{self, Duties, Shares};
use crate::model::{Chapter, EntityId};
use crate::plates::Plate;
use crate::site::view::{CellView, ColumnView, FigureView, LinkView, PartView, RowView, TableView};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "duties",
    path: ["who-does-what", "quien-hace-que"],
    chapter: Chapter::People,
    parts,
    has: |planner| insight::raci(planner.book()).iter().any(|shares| !shares.roles.is_empty()),
};

pub(super) static OF_PROCEDURE: Addition =
    Addition { kind: "procedure", closing: true, parts: table_of_procedure };

/// Anchor of the table on the page of a procedure.
const TABLE: &str = "_raci";

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let (book, locale) = (planner.book(), planner.locale);
    let procedures = insight::raci(book);
    let load = insight::load(&procedures);
    let most = insight::most_steps(book);
    let overloaded = |role: &EntityId| load.get(role).is_some_and(|duties| duties.responsible > most);
    let holes: usize = procedures.iter().map(|shares| holes(shares).len()).sum();
    let too_much = load.keys().filter(|role| overloaded(role)).count();
    let steps: usize = procedures.iter().map(|shares| shares.steps.len()).sum();
    let number = |n: usize| locale.number(n as f64, 0);
    let figure = |n: usize, label: String, tone: &'static str| FigureView {
        value: number(n),
        label,
        note: String::new(),
        url: String::new(),
        tone,
    };
    let limit = locale.fill("duties_overloaded", &[("n", number(most).as_str())]);
    let word = |key: &str| locale.word(key).to_owned();
    let mut figures = vec![
        figure(procedures.len(), word("duties_procedures"), "neutral"),
        figure(steps, word("duties_steps"), "neutral"),
        figure(too_much, limit, if too_much > 0 { "warn" } else { "good" }),
    ];
    if book.shows_all("role") {
        let tone = if holes > 0 { "bad" } else { "good" };
        figures.insert(2, figure(holes, word("duties_holes"), tone));
    }

    let roles: Vec<EntityId> = load.keys().copied().collect();
    let columns = roles.iter().filter_map(|role| {
        let link = planner.short_link(*role, page)?;
        let tag = overloaded(role).then(|| tag(locale.word("duties_too_much"), "warn"));
        Some(ColumnView { text: link.text, url: link.url, numeric: false, tag })
    });
    let row = |shares: &Shares| {
        let mut heading = planner.short_link(shares.procedure, page)?;
        if !heading.url.is_empty() {
            heading.url.push_str(&format!("#{TABLE}"));
        }
        let missing = self::holes(shares).len();
        heading.tag = (missing > 0).then(|| tag(locale.counted("duties_hole", missing), "bad"));
        let cells = roles.iter().map(|role| letters(planner, shares.roles.get(role), ""));
        Some(RowView { heading, cells: cells.collect(), gap: missing > 0 })
    };
    let mut rows: Vec<RowView> = procedures.iter().filter_map(row).collect();
    let total = LinkView { text: locale.word("duties_total").to_owned(), ..LinkView::default() };
    let sums =
        roles.iter().map(|role| letters(planner, load.get(role), if overloaded(role) { "warn" } else { "" }));
    rows.push(RowView { heading: total, cells: sums.collect(), gap: false });
    let table = TableView {
        id: "_duties".to_owned(),
        caption: locale.word("sheet_duties").to_owned(),
        corner: planner.kind_label("procedure"),
        columns: columns.collect(),
        rows,
        matrix: true,
        gaps_label: if holes > 0 { locale.word("only_gaps").to_owned() } else { String::new() },
        note: locale.word("duties_key").to_owned(),
        ..TableView::default()
    };
    let mut parts =
        vec![PartView::Figures { figures }, PartView::Table { table: planner.with_csv(table, page) }];
    let list: Vec<LinkView> =
        procedures.iter().flat_map(|shares| hole_links(planner, shares, page)).collect();
    if !list.is_empty() {
        parts.push(heading(locale.word("duties_holes_title"), "_holes"));
        parts.push(PartView::Links { links: list });
    }
    parts
}

/// Positions of the steps that lack somebody, with what they lack.
fn holes(shares: &Shares) -> Vec<(usize, &'static str)> {
    let lacks = |at: &usize| match (shares.without_r.contains(at), shares.without_a.contains(at)) {
        (true, true) => Some((*at, "duties_without_both")),
        (true, false) => Some((*at, "duties_without_r")),
        (false, true) => Some((*at, "duties_without_a")),
        (false, false) => None,
    };
    (0..shares.steps.len()).filter_map(|at| lacks(&at)).collect()
}

fn hole_links(planner: &Planner<'_>, shares: &Shares, page: &PagePath) -> Vec<LinkView> {
    let link = |(at, lack): (usize, &'static str)| {
        let mut link = planner.short_link(shares.procedure, page)?;
        let step = &shares.steps.get(at)?.name.value;
        link.note = planner.locale.fill(lack, &[("step", step.as_str())]);
        Some(link)
    };
    holes(shares).into_iter().filter_map(link).collect()
}

/// "R 4, A 3": the letters of a role with their counts.
fn letters(planner: &Planner<'_>, duties: Option<&Duties>, tone: &'static str) -> CellView {
    let duties = duties.copied().unwrap_or_default();
    let counted = [
        ('R', duties.responsible),
        ('A', duties.accountable),
        ('C', duties.consulted),
        ('I', duties.informed),
    ];
    let said = counted.into_iter().filter(|(_, n)| *n > 0);
    let said: Vec<String> = said.map(|(letter, n)| format!("{letter}\u{a0}{n}")).collect();
    CellView { label: planner.locale.word("duties_none").to_owned(), ..CellView::text(said.join(", ")) }
        .toned(tone)
}

/// The steps of a procedure by roles, as a table with letters.
fn table_of_procedure(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let Some(shares) = insight::shares(book, id).filter(|shares| !shares.roles.is_empty()) else {
        return Vec::new();
    };
    let mut raci = chart::Raci::default();
    for step in &shares.steps {
        let by_duty = [
            (Duty::Responsible, &step.responsible),
            (Duty::Accountable, &step.accountable),
            (Duty::Consulted, &step.consulted),
            (Duty::Informed, &step.informed),
        ];
        let mut duties = Vec::new();
        for (duty, roles) in by_duty {
            for role in roles.iter().filter_map(|role| book.entity(*role)) {
                duties.push((raci.role(&role.title), duty));
            }
        }
        raci.steps.push(chart::Step { name: step.name.value.clone(), span: step.name.span, duties });
    }
    let title = planner.locale.word("duties_table").to_owned();
    let plate = Plate {
        id: "raci".to_owned(),
        spec: ChartSpec { kind: ChartKind::Raci, title, ..ChartSpec::default() },
        data: ChartData::of_raci(raci),
        metrics: Vec::new(),
        cut_off: Vec::new(),
        targets: Vec::new(),
        events: Vec::new(),
        rows: None,
    };
    vec![heading(planner.locale.word("sheet_duties"), TABLE), planner.chart_part(&plate, page)]
}
