//! The chain of results of every objective: what there is at each level, and where the chain stops.

use super::{Addition, Planner, Sheet, heading};
use crate::insight::{self, Chain, Level, Ring, Via};
use crate::model::{Chapter, EntityId};
use crate::site::view::{
    CellView, ColumnView, LinkView, PartView, RowView, Shown, TableView, TagView, TreeItem,
};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "results",
    path: ["results-chain", "cadena-de-resultados"],
    chapter: Chapter::Evaluate,
    parts,
    has: |planner| !chains(planner).is_empty(),
};

/// On the page of an objective: its own chain.
pub(super) static OF_OBJECTIVE: Addition = Addition { kind: "objective", closing: true, parts: of_objective };

fn chains(planner: &Planner<'_>) -> Vec<Chain> {
    let book = planner.book();
    let goals = insight::goals(book, &insight::active_objectives(book), book.today);
    let mut chains = insight::chains(book, &goals);
    chains.retain(|chain| !chain.rings.is_empty());
    chains
}

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let locale = planner.locale;
    let column = |level: &Level| ColumnView {
        text: locale.word(&format!("level_{}", level.name())).to_owned(),
        ..ColumnView::default()
    };
    let mut columns: Vec<ColumnView> = Level::ALL.iter().map(column).collect();
    columns.push(ColumnView { text: locale.word("results_reaches").to_owned(), ..ColumnView::default() });
    let row = |chain: &Chain| {
        let mut cells: Vec<CellView> = Level::ALL
            .iter()
            .map(|level| {
                // What others measure is said on the page of the objective: here it would drown its own.
                let counts =
                    |ring: &&Ring| ring.level == *level && matches!(ring.via, Via::Own | Via::Channel(_));
                let of_level = chain.rings.iter().filter(counts);
                let links: Vec<LinkView> =
                    of_level.filter_map(|ring| planner.ring_in_short(ring, page)).collect();
                if links.is_empty() { CellView::default() } else { CellView::of(Shown::Links { links }) }
            })
            .collect();
        let tag = planner.reach(chain);
        let gap = tag.tone != "good";
        cells.push(CellView::of(Shown::Tag { tag }));
        Some(RowView { heading: planner.short_link(chain.objective, page)?, cells, gap })
    };
    let table = TableView {
        id: "_chains".to_owned(),
        caption: locale.word("sheet_results").to_owned(),
        corner: locale.word("score_objective").to_owned(),
        columns,
        rows: chains(planner).iter().filter_map(row).collect(),
        matrix: true,
        gaps_label: locale.word("results_gaps").to_owned(),
        note: locale.word("results_note").to_owned(),
        ..TableView::default()
    };
    vec![PartView::Table { table: planner.with_csv(table, page) }]
}

fn of_objective(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let chain = insight::chain(book, id);
    if chain.rings.is_empty() || !book.entity(id).is_some_and(|entity| book.is_active(entity)) {
        return Vec::new();
    }
    let level = |level: &Level| {
        let of_level = chain.rings.iter().filter(|ring| ring.level == *level);
        let items: Vec<TreeItem> = of_level
            .filter_map(|ring| Some(TreeItem { link: planner.ring(ring, page)?, ..TreeItem::default() }))
            .collect();
        let text = planner.locale.word(&format!("level_{}", level.name())).to_owned();
        let link = LinkView { text, ..LinkView::default() };
        (!items.is_empty()).then_some(TreeItem { link, items, ..TreeItem::default() })
    };
    let TagView { text, tone } = planner.reach(&chain);
    vec![
        heading(planner.locale.word("sheet_results"), "_results"),
        PartView::Note { text: text + ".", tone },
        PartView::Tree { items: Level::ALL.iter().filter_map(level).collect() },
    ]
}

impl Planner<'_> {
    /// A metric of a chain with its newest figure and nothing else.
    fn ring_in_short(&self, ring: &Ring, page: &PagePath) -> Option<LinkView> {
        let note = self.newest(ring.metric).map(|(value, _)| value);
        let note = note.unwrap_or_else(|| self.locale.word("status_no_data").to_owned());
        Some(LinkView { note, ..self.short_link(ring.metric, page)? })
    }

    /// A metric of a chain with its newest figure, or why there is none.
    fn ring(&self, ring: &Ring, page: &PagePath) -> Option<LinkView> {
        let mut note = match self.newest(ring.metric) {
            Some((value, period)) => format!("{value} ({period})"),
            None => self.locale.word("status_no_data").to_owned(),
        };
        let other = match ring.via {
            Via::Own => None,
            Via::Channel(id) | Via::Below(id) | Via::Above(id) => Some(self.name_of(id)),
        };
        if let Some(other) = other {
            let key = match ring.via {
                Via::Above(_) => "results_via_above",
                Via::Below(_) => "results_via_below",
                _ => "results_via_channel",
            };
            note.push_str(&self.locale.fill(key, &[("name", other.as_str())]));
        }
        Some(LinkView { note, ..self.short_link(ring.metric, page)? })
    }

    /// Where a chain stops, and whether that is far enough.
    fn reach(&self, chain: &Chain) -> TagView {
        let (key, tone) = match chain.reaches {
            None | Some(Level::Input) => ("results_nothing", "bad"),
            Some(Level::Output) => ("results_output", "warn"),
            Some(Level::Outtake) => ("results_outtake", "info"),
            Some(Level::Outcome) => ("results_outcome", "good"),
            Some(Level::Impact) => ("results_impact", "good"),
        };
        TagView { text: self.locale.word(key).to_owned(), tone }
    }
}
