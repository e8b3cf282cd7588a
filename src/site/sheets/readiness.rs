//! Readiness: what each scenario has, and what is missing before the next crisis.

use super::{Planner, Sheet};
use crate::insight::{self, Readiness};
use crate::model::Chapter;
use crate::site::view::{CellView, ColumnView, FigureView, PartView, RowView, Shown, TableView, TagView};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "readiness",
    path: ["crisis-readiness", "preparacion-ante-crisis"],
    chapter: Chapter::Crisis,
    parts,
    has: |planner| !insight::scenarios(planner.book()).is_empty(),
};

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let all = insight::readiness(planner.book());
    vec![
        PartView::Figures { figures: planner.readiness_figures(&all) },
        PartView::Table { table: planner.with_csv(planner.readiness_table(&all, page), page) },
    ]
}

impl Planner<'_> {
    fn readiness_figures(&self, all: &[Readiness<'_>]) -> Vec<FigureView> {
        let of = |count: usize| {
            self.locale.fill("n_of", &[("n", &count.to_string()), ("all", &all.len().to_string())])
        };
        let figure = |key: &str, count: usize| FigureView {
            value: of(count),
            label: self.locale.word(key).to_owned(),
            note: String::new(),
            url: String::new(),
            tone: if count == all.len() { "good" } else { "warn" },
        };
        let mut figures = vec![
            figure("ready_whole", all.iter().filter(|one| !one.has_gap()).count()),
            figure("ready_rehearsed", all.iter().filter(|one| one.rehearsed).count()),
        ];
        if all.iter().all(|one| one.statement.is_some()) {
            figures.push(figure(
                "ready_statement",
                all.iter().filter(|one| one.statement == Some(true)).count(),
            ));
        }
        figures
    }

    fn readiness_table(&self, all: &[Readiness<'_>], page: &PagePath) -> TableView {
        let check = |has: bool| {
            if has {
                let tag = TagView { text: self.locale.word("yes").to_owned(), tone: "good" };
                CellView::of(Shown::Tag { tag })
            } else {
                CellView { label: self.locale.word("missing").to_owned(), ..CellView::default().toned("gap") }
            }
        };
        let shows_statements = all.iter().any(|one| one.statement.is_some());
        let shows_phones = all.iter().any(|one| one.phone.is_some());
        let label = |path: &str| self.field_label("scenario", path).unwrap_or_default();
        let mut columns = vec![
            self.locale.word("last_rehearsed").to_owned(),
            label("team.lead"),
            label("team.spokesperson"),
        ];
        columns.extend(shows_phones.then(|| self.field_label("person", "phone").unwrap_or_default()));
        columns.extend(shows_statements.then(|| self.locale.word("holding_statement").to_owned()));
        columns.extend([label("prevention"), label("early_signals")]);
        let row = |one: &Readiness<'_>| {
            let mut cells =
                vec![self.rehearsal_cell(&one.scenario), check(one.lead), check(one.spokesperson)];
            cells.extend(one.phone.map(check));
            cells.extend(one.statement.map(check));
            cells.extend([check(one.prevention), check(one.signals)]);
            Some(RowView { heading: self.short_link(one.scenario.id, page)?, cells, gap: one.has_gap() })
        };
        TableView {
            id: "_readiness".to_owned(),
            caption: self.locale.word("sheet_readiness").to_owned(),
            corner: self.kind_label("scenario"),
            columns: columns.into_iter().map(|text| ColumnView { text, ..ColumnView::default() }).collect(),
            rows: all.iter().filter_map(row).collect(),
            gaps_label: self.locale.word("only_gaps").to_owned(),
            ..TableView::default()
        }
    }
}
