//! Floor 7: one declarative spec and its data → a scene of pure data → SVG for two widths, with sentence, table and file.
//!
//! 1. [`ChartSpec::read`] decodes what an author wrote.
//! 2. [`ChartData::read`] takes the columns that the spec names (or [`ChartData::of_series`] the series of a metric).
//! 3. [`draw`] lays out a scene for each width (`line`, `bar`, `spark`), paints it (`backend`), and says the same in words (`describe`) and figures (`table`).

mod backend;
mod bar;
mod data;
mod describe;
mod label;
mod line;
#[cfg(test)]
pub(crate) mod sample;
mod scale;
mod scene;
mod spark;
mod spec;
mod table;
mod text;
mod thin;

pub use data::{CHART_COLUMN, CategoryData, ChartData, TOO_MANY_SERIES, TimeData, Values};
pub use spec::{
    CHART_KIND, CHART_WITHOUT_DATA, CHART_WITHOUT_TITLE, CHART_WRONG_TYPE, ChartKind, ChartSpec, Event,
    REPEATED_CHART_KEY, Sort, UNKNOWN_CHART_KEY,
};
pub use table::FigureTable;

use crate::finding::Language;
use crate::text::slug;
use crate::world::Date;
use scene::{NARROW, Scene, WIDE};

/// The style sheet of the classes in the drawings, with one palette for light and one for dark; the theme includes it.
pub const CHART_CSS: &str = include_str!("chart.css");

/// How numbers and dates are written in the language of a page.
pub trait Figures {
    /// The language of the sentences.
    fn language(&self) -> Language;
    /// A number with exactly this many decimals, grouped: `12.400,5`.
    fn number(&self, value: f64, decimals: u8) -> String;
    /// A percentage, where 12.5 means 12.5 %: `12,5 %`.
    fn percent(&self, value: f64, decimals: u8) -> String;
    /// A day in words: `3 de noviembre de 2025`.
    fn date_long(&self, date: Date) -> String;
    /// A month with its year: `noviembre de 2025`.
    fn month_year(&self, date: Date) -> String;
    /// A short month without year, for ticks: `nov`.
    fn month_short(&self, date: Date) -> String;
    /// A day with a short month, for ticks: `3 nov`.
    fn day_month(&self, date: Date) -> String;
}

/// A chart ready for a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// `line`, `bar`, `sparkline`.
    pub kind: &'static str,
    /// The finding.
    pub title: String,
    /// Measure, unit, period; may be empty.
    pub subtitle: String,
    /// SVG for columns of 36 rem and more.
    pub wide: String,
    /// SVG for narrower columns; empty for a sparkline.
    pub narrow: String,
    /// What the chart shows: the author's description, else a sentence from the figures.
    pub sentence: String,
    /// The figures, at most 40 rows.
    pub table: FigureTable,
    /// All figures as CSV with ISO dates and plain numbers.
    pub csv: String,
    /// Where the data are from; may be empty.
    pub source: String,
}

/// Draws a chart. The same arguments give the same bytes. `id` is unique on the page and becomes the prefix of the ids in the drawings.
pub fn draw(spec: &ChartSpec, data: &ChartData, words: &dyn Figures, id: &str) -> Drawn {
    let (wide, narrow) = match spec.kind {
        ChartKind::Line => {
            (line::scene(spec, data, WIDE, words), Some(line::scene(spec, data, NARROW, words)))
        }
        ChartKind::Bar => (bar::scene(spec, data, WIDE, words), Some(bar::scene(spec, data, NARROW, words))),
        ChartKind::Sparkline => (spark::scene(data), None),
    };
    let sentence = describe::sentence(spec, data, &wide, words);
    let id = match slug(id) {
        id if id.is_empty() => "chart".to_owned(),
        id => id,
    };
    let paint = |scene: &Scene, variant: &str| match spec.kind {
        ChartKind::Sparkline => backend::paint(scene, None),
        ChartKind::Line | ChartKind::Bar => {
            let (title, sentence) = (spec.title.as_str(), sentence.as_str());
            backend::paint(scene, Some(backend::Heading { id: &format!("{id}-{variant}"), title, sentence }))
        }
    };
    Drawn {
        kind: spec.kind.name(),
        title: spec.title.clone(),
        subtitle: spec.subtitle.clone(),
        wide: paint(&wide, "w"),
        narrow: narrow.as_ref().map(|scene| paint(scene, "n")).unwrap_or_default(),
        table: table::table(spec, data, words),
        csv: table::csv(data, words.language()),
        source: spec.source.clone(),
        sentence,
    }
}

#[cfg(test)]
mod tests;
