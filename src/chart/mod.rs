//! Floor 7: one declarative spec and its data → a scene of pure data → SVG for two widths, with sentence, table and file.
//!
//! 1. [`ChartSpec::read`] decodes what an author wrote.
//! 2. [`ChartData::read`] takes the columns that the spec names (or [`ChartData::of_series`] the series of a metric).
//! 3. [`draw`] lays out a scene for each width (`line`, `bar`, `spark`), paints it (`backend`), and says the same in words (`describe`) and figures (`table`).

mod area;
mod backend;
mod bar;
mod bullet;
mod calendar;
mod columns;
mod data;
mod degree;
mod describe;
mod digits;
mod diverging;
mod dumbbell;
pub mod flow;
mod funnel;
mod gantt;
mod grouped;
mod heatmap;
mod html;
mod kind;
mod label;
mod level;
mod line;
mod listing;
pub mod map;
mod matrix;
mod multiples;
mod pairs;
mod paper;
mod raci;
mod rows;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod sample_kinds;
#[cfg(test)]
mod sample_own;
mod scale;
mod scatter;
mod scene;
mod slope;
mod spark;
mod spec;
mod stacked;
mod stops;
mod table;
mod text;
mod thin;
mod tree;
mod tree_scene;

pub(crate) use data::Reading;
pub use data::{CategoryData, ChartData, TimeData, Values};
pub use gantt::{Lasting, marked_day};
pub use kind::ChartKind;
pub use raci::{Duty, Raci, Step};
pub use spec::{ChartSpec, Event, Setting, Sort};
pub use table::FigureTable;

use crate::finding::{Code, Finding, Language};
use crate::text::{Span, slug};
use crate::world::Date;
use kind::Picture;
use scene::{NARROW, Scene, WIDE};

/// The style sheet of the classes in the drawings, with one palette for light and one for dark; the theme includes it.
pub const CHART_CSS: &str = include_str!("chart.css");

/// Codes of this part.
pub static CODES: &[&Code] = &[
    &columns::WRONG_COLUMNS,
    &gantt::END_BEFORE_START,
    &funnel::GROWING_FUNNEL,
    &heatmap::CROWDED_CELL,
    &matrix::OUTSIDE_MATRIX,
    &raci::STEP_WITHOUT_ONE_A,
    &raci::STEP_WITHOUT_R,
    &tree::UNKNOWN_NODE,
    &tree::ENDLESS_TREE,
    &tree::UNREACHED_NODE,
    &tree::REPEATED_NODE,
    &spec::UNKNOWN_CHART_KEY,
    &spec::CHART_KIND,
    &spec::CHART_WITHOUT_TITLE,
    &data::CHART_COLUMN,
    &spec::CHART_WITHOUT_DATA,
    &data::TOO_MANY_SERIES,
    &spec::CHART_WRONG_TYPE,
    &spec::REPEATED_CHART_KEY,
    &spec::KEY_OF_OTHER_CHART,
    &bar::CUT_AXIS,
    &line::AXIS_ABOVE_VALUES,
    &stacked::STACKED_NEGATIVES,
    &diverging::DIVERGING_STEPS,
    &bullet::BULLET_WITHOUT_TARGET,
    &pairs::NOT_TWO,
];

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
    /// SVG for columns of 36 rem and more; empty for a kind that is HTML.
    pub wide: String,
    /// SVG for narrower columns; empty for a sparkline and for a kind that is HTML.
    pub narrow: String,
    /// A table or a list that is the chart itself; empty for a kind that is SVG.
    pub html: String,
    /// What the chart shows: the author's description, else a sentence from the figures.
    pub sentence: String,
    /// The figures, at most 40 rows.
    pub table: FigureTable,
    /// All figures as CSV with ISO dates and plain numbers.
    pub csv: String,
    /// Where the data are from; may be empty.
    pub source: String,
}

/// What is unwise or impossible in these data for this kind of chart. `place` is where the chart names its data.
pub fn check(spec: &ChartSpec, data: &ChartData, place: Span) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(check) = spec.kind.definition().check {
        check(spec, data, place, &mut findings);
    }
    findings
}

/// Draws a chart. The same arguments give the same bytes. `id` is unique on the page and becomes the prefix of the ids in the drawings.
pub fn draw(spec: &ChartSpec, data: &ChartData, words: &dyn Figures, id: &str) -> Drawn {
    let id = match slug(id) {
        id if id.is_empty() => "chart".to_owned(),
        id => id,
    };
    let kind = spec.kind.definition();
    let csv = table::csv(data, words.language());
    let data = &*data.sorted(spec);
    let mut drawn = Drawn {
        kind: spec.kind.name(),
        title: spec.title.clone(),
        subtitle: spec.subtitle.clone(),
        wide: String::new(),
        narrow: String::new(),
        html: String::new(),
        sentence: String::new(),
        table: match kind.table {
            Some(table) => table(spec, data, words),
            None => table::table(spec, data, words),
        },
        csv,
        source: spec.source.clone(),
    };
    match kind.picture {
        Picture::Scenes(scene) => {
            let wide = scene(spec, data, WIDE, words);
            drawn.sentence = describe::sentence(spec, data, Some(&wide), words);
            let rows = if kind.table.is_none() { stops::rows(data) } else { Vec::new() };
            let paint = |scene: &Scene, variant: &str| {
                let heading = backend::Heading {
                    id: &format!("{id}-{variant}"),
                    title: &spec.title,
                    sentence: &drawn.sentence,
                    attributes: &stops::attributes(scene, &rows),
                };
                backend::paint(scene, Some(heading))
            };
            (drawn.wide, drawn.narrow) = (paint(&wide, "w"), paint(&scene(spec, data, NARROW, words), "n"));
        }
        Picture::Small(scene) => {
            drawn.sentence = describe::sentence(spec, data, None, words);
            drawn.wide = backend::paint(&scene(data), None);
        }
        Picture::Html(html) => {
            drawn.sentence = describe::sentence(spec, data, None, words);
            drawn.html = html(spec, data, words, &id);
        }
    }
    drawn
}

/// The same for paper: one drawing with the light palette written into it, for a document that has styles and a title of its own.
pub fn draw_for_paper(spec: &ChartSpec, data: &ChartData, words: &dyn Figures, id: &str) -> Drawn {
    let mut drawn = draw(spec, data, words, id);
    let data = &*data.sorted(spec);
    drawn.wide = match spec.kind.definition().picture {
        Picture::Scenes(scene) => backend::paint_paper(&scene(spec, data, WIDE, words)),
        Picture::Small(scene) => backend::paint_paper(&scene(data)),
        Picture::Html(_) => String::new(),
    };
    drawn.narrow = String::new();
    drawn
}

/// The drawing as a file that stands alone, with title, subtitle and source; `None` for kinds that are tables or lists.
pub fn standalone(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Option<String> {
    let Picture::Scenes(scene) = spec.kind.definition().picture else { return None };
    let data = &*data.sorted(spec);
    let scene = scene(spec, data, WIDE, words);
    let sentence = describe::sentence(spec, data, Some(&scene), words);
    let caption = paper::Caption {
        title: &spec.title,
        subtitle: &spec.subtitle,
        source: &spec.source,
        sentence: &sentence,
    };
    Some(paper::standalone(&scene, &caption, words))
}

#[cfg(test)]
mod tests;
