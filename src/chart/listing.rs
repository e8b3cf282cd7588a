//! Data that are no series and no figures by name: each kind of chart that has its own brings a type, which is listed here.

use super::gantt::Spans;
use super::heatmap::Hours;
use super::matrix::Board;
use super::raci::Raci;
use super::table::category_lines;
use super::tree::Branch;
use super::{FigureTable, Figures};
use crate::finding::Language;

/// Data of one kind of chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Listing {
    /// What lasts from when to when.
    Spans(Spans),
    /// Figures by weekday and hour.
    Hours(Hours),
    /// Texts in rows and columns.
    Board(Board),
    /// Steps and who has what to do with them.
    Raci(Raci),
    /// A decision tree.
    Tree(Branch),
}

/// Rows of a table on a page.
const ROWS: usize = 40;

impl Listing {
    /// Whether there is nothing to draw.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Listing::Spans(spans) => spans.rows.is_empty(),
            Listing::Hours(hours) => hours.values.iter().flatten().all(Option::is_none),
            Listing::Board(board) => board.cells.iter().flatten().all(Vec::is_empty),
            Listing::Raci(raci) => raci.steps.is_empty(),
            Listing::Tree(tree) => tree.text.is_empty(),
        }
    }

    /// All of it as the lines of a file, headings first; dates as ISO, numbers with a point.
    pub(crate) fn lines(&self, language: Language) -> Vec<Vec<String>> {
        match self {
            Listing::Spans(spans) => spans.lines(language),
            Listing::Hours(hours) => category_lines(&hours.named(language), language),
            Listing::Board(board) => board.lines(),
            Listing::Raci(raci) => raci.lines(language),
            Listing::Tree(tree) => tree.lines(language),
        }
    }

    /// The lines as a table of a page.
    pub(crate) fn table(&self, words: &dyn Figures) -> FigureTable {
        let mut lines = self.lines(words.language()).into_iter();
        let columns = lines.next().unwrap_or_default();
        let mut rows: Vec<Vec<String>> = lines.collect();
        let count = rows.len();
        rows.truncate(ROWS);
        let note = match words.language() {
            _ if count <= ROWS => String::new(),
            Language::English => format!("The first {ROWS} of {count}; the file has all of them."),
            Language::Spanish => format!("Los {ROWS} primeros de {count}; el archivo los tiene todos."),
        };
        FigureTable { columns, rows, note }
    }
}
