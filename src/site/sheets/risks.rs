//! Likelihood × impact: where the scenarios stand, and what each level of severity sets in motion.

use super::{Planner, Sheet, heading};
use crate::insight::{self, GRAVE, Scenario};
use crate::model::Chapter;
use crate::site::view::{CellView, ColumnView, LinkView, PartView, RowView, Shown, TableView, TagView};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "risks",
    path: ["risk-matrix", "matriz-de-riesgos"],
    chapter: Chapter::Crisis,
    parts,
    has: |planner| insight::scenarios(planner.book()).iter().any(|scenario| scenario.score().is_some()),
};

/// From this score on a scenario is kept in mind.
const SERIOUS: u32 = 6;

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let scenarios = insight::scenarios(planner.book());
    let mut parts = vec![
        PartView::Table { table: planner.risk_matrix(&scenarios, page) },
        PartView::Table { table: planner.with_csv(planner.risk_list(&scenarios, page), page) },
    ];
    if let Some(ladder) = planner.severity_table(page) {
        parts.push(heading(&ladder.caption.clone(), "_ladder"));
        parts.push(PartView::Table { table: ladder });
    }
    parts
}

fn tone(score: u32) -> &'static str {
    match score {
        GRAVE.. => "bad",
        SERIOUS.. => "warn",
        _ => "good",
    }
}

impl Planner<'_> {
    fn risk_matrix(&self, scenarios: &[Scenario<'_>], page: &PagePath) -> TableView {
        let likelihood = self.field_label("scenario", "likelihood").unwrap_or_default();
        let impact = self.field_label("scenario", "impact").unwrap_or_default();
        let row = |likely: u8| {
            let cell = |grave: u8| {
                let here = scenarios
                    .iter()
                    .filter(|scenario| scenario.likelihood == Some(likely) && scenario.impact == Some(grave));
                let links: Vec<LinkView> =
                    here.filter_map(|scenario| self.short_link(scenario.id, page)).collect();
                let score = u32::from(likely) * u32::from(grave);
                if links.is_empty() {
                    CellView::number(score.to_string()).toned(tone(score))
                } else {
                    CellView::of(Shown::Links { links }).toned(tone(score))
                }
            };
            RowView {
                heading: LinkView { text: likely.to_string(), ..LinkView::default() },
                cells: (1..=5).map(cell).collect(),
                gap: false,
            }
        };
        TableView {
            id: "_matrix".to_owned(),
            caption: format!("{likelihood} × {impact}"),
            corner: format!("{likelihood} ↓  {impact} →"),
            columns: (1..=5)
                .map(|grave: u8| ColumnView { text: grave.to_string(), ..ColumnView::default() })
                .collect(),
            rows: (1..=5).rev().map(row).collect(),
            twin: true,
            matrix: true,
            note: self.locale.word("risk_note").to_owned(),
            ..TableView::default()
        }
    }

    fn risk_list(&self, scenarios: &[Scenario<'_>], page: &PagePath) -> TableView {
        let row = |scenario: &Scenario<'_>| {
            let number = |value: Option<u8>| match value {
                Some(value) => CellView::number(value.to_string()),
                None => CellView::default().toned("gap"),
            };
            let level = scenario.severity.as_ref().and_then(|severity| self.level_tag(severity));
            let cells = vec![
                number(scenario.likelihood),
                number(scenario.impact),
                match scenario.score() {
                    Some(score) => CellView::number(score.to_string()).toned(tone(score)),
                    None => CellView::default().toned("gap"),
                },
                level
                    .map_or_else(|| CellView::default().toned("gap"), |tag| CellView::of(Shown::Tag { tag })),
                self.rehearsal_cell(scenario),
            ];
            Some(RowView {
                heading: self.short_link(scenario.id, page)?,
                gap: cells.iter().any(|cell| cell.tone == "gap"),
                cells,
            })
        };
        let fields = ["likelihood", "impact"].iter().filter_map(|name| self.field_label("scenario", name));
        let more = [
            self.locale.word("risk_score").to_owned(),
            self.kind_label("severity"),
            self.locale.word("last_rehearsed").to_owned(),
        ];
        TableView {
            id: "_risks".to_owned(),
            caption: self.locale.word("risk_list").to_owned(),
            corner: self.kind_label("scenario"),
            columns: fields
                .chain(more)
                .enumerate()
                .map(|(at, text)| ColumnView { text, numeric: at < 3, ..ColumnView::default() })
                .collect(),
            rows: scenarios.iter().filter_map(row).collect(),
            ..TableView::default()
        }
    }

    /// How long ago a scenario was put to the test.
    pub(super) fn rehearsal_cell(&self, scenario: &Scenario<'_>) -> CellView {
        match scenario.rehearsed {
            None => CellView {
                label: self.locale.word("never_rehearsed").to_owned(),
                ..CellView::default().toned("gap")
            },
            Some(last) if scenario.is_rehearsal_due(self.today) => {
                CellView::of(Shown::Tag { tag: TagView { text: self.age(last.date), tone: "warn" } })
                    .toned("warn")
            }
            Some(last) => CellView::text(self.age(last.date)),
        }
    }
}
