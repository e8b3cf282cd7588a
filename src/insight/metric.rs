//! The lens on a metric: what is measured, where its figures are, and how they are judged.

use super::fields::Fields;
use crate::data::is_file_name;
use crate::model::{Cadence, Entity, Item, Kinds, Phase, Playbook, Unit, Value};
use crate::series::{Grain, Measure};
use crate::text::{Span, Spanned};
use crate::world::Date;

/// A metric as charts and judgements need it.
#[derive(Clone, Debug, PartialEq)]
pub struct Metric {
    /// Unit as people write it; may be empty.
    pub unit: String,
    /// What sort of figure it is.
    pub measure: Measure,
    /// Where the figures are.
    pub figures: Figures,
    /// Which way it should move, when the author says so.
    pub good: Option<Good>,
    /// Where progress stops being on track and at risk, when the metric has limits of its own.
    pub thresholds: Option<Thresholds>,
    /// How often a new value is due, in days.
    pub every: Option<f64>,
    /// The days from which on it was counted in another way, and what changed.
    pub breaks: Vec<(Date, String)>,
    /// Whether it stands among the figures that the board sees first.
    pub headline: bool,
    /// Whether new values are still expected.
    pub active: bool,
}

/// Which way a metric should move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Good {
    /// Higher is better.
    #[default]
    Up,
    /// Lower is better.
    Down,
    /// Best within a range.
    Band,
}

/// Shares of the expected progress, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// From here on it is on track.
    pub on_track: f64,
    /// From here on it is at risk, below off track.
    pub at_risk: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { on_track: 0.9, at_risk: 0.7 }
    }
}

/// Where the figures of a metric are.
#[derive(Clone, Debug, PartialEq)]
pub enum Figures {
    /// Nowhere yet.
    None,
    /// In a column of a data file.
    File {
        /// The file as written.
        file: Spanned<String>,
        /// The column; the only one of numbers unless said.
        column: Option<Spanned<String>>,
        /// The column of dates; the first unless said.
        date_column: Option<Spanned<String>>,
        /// The column that says how many there were behind each mean.
        count_column: Option<Spanned<String>>,
    },
    /// A series of the platforms' exports, such as `youtube.views`.
    Series(Spanned<String>),
    /// To be computed from two parts: a rate is never read, it is recomputed.
    Ratio {
        /// The file whose columns the parts may be.
        file: Option<Spanned<String>>,
        /// What is divided: a column, a metric or a series.
        numerator: Spanned<String>,
        /// What it is divided by.
        denominator: Spanned<String>,
        /// The column of dates; the first unless said.
        date_column: Option<Spanned<String>>,
        /// 100 for a metric in percent, else 1.
        factor: f64,
    },
    /// In the metric's own list.
    Values(Vec<(Date, f64, Span)>),
}

/// The lens; `None` for an entity of another kind.
pub fn metric<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> Option<Metric> {
    let fields = Fields::of(kinds, entity, "metric")?;
    let unit = fields.text("unit").map(|unit| unit.value).unwrap_or_default();
    let thresholds = fields.record("thresholds").map(|limits| thresholds_in(&limits));
    let every = match fields.value("frequency") {
        Some(Value::Cadence(cadence)) => days_between(*cadence),
        _ => None,
    };
    let good = fields.choice("good").and_then(|good| match good {
        "up" => Some(Good::Up),
        "down" => Some(Good::Down),
        "band" => Some(Good::Band),
        _ => None,
    });
    let breaks = fields.records("breaks").filter_map(|(item, _)| {
        Some((item.date("date")?, item.text("note").map(|note| note.value).unwrap_or_default()))
    });
    Some(Metric {
        measure: fields.choice("kind").and_then(Measure::named).unwrap_or_default(),
        figures: figures(&fields, &unit),
        good,
        thresholds,
        every,
        breaks: breaks.collect(),
        headline: matches!(fields.value("headline"), Some(Value::YesNo(true))),
        active: fields.choice("status").is_none_or(|status| matches!(status, "active" | "draft")),
        unit,
    })
}

/// The days from which on metrics say that the series they are read from is counted in another way.
pub fn breaks_of_series<P: Phase>(playbook: &Playbook<P>) -> Vec<(String, Date)> {
    let metrics = playbook.iter().filter_map(|(_, entity)| metric(&playbook.kinds, entity));
    let of_metric = |metric: Metric| match metric.figures {
        Figures::Series(name) => {
            metric.breaks.into_iter().map(|(day, _)| (name.value.clone(), day)).collect()
        }
        _ => Vec::new(),
    };
    metrics.flat_map(of_metric).collect()
}

/// The formula of a metric as people say it.
pub fn formula_in_words<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> Option<String> {
    Fields::of(kinds, entity, "metric")?.record("formula")?.text("text").map(|text| text.value)
}

/// Whether a reader can find out what exactly a metric counts: its formula, where it is defined, a preset, an export of a platform, or words about it.
pub fn is_defined<P: Phase>(kinds: &Kinds, entity: &Entity<P>) -> bool {
    let Some(fields) = Fields::of(kinds, entity, "metric") else { return false };
    let says = ["preset", "definition_source", "formula", "summary", "caveats"]
        .iter()
        .any(|name| fields.value(name).is_some());
    let is_export = fields.text("source").is_some_and(|source| is_series(&source.value));
    says || is_export || entity.prose.as_ref().is_some_and(|passage| passage.prose.words > 0)
}

impl Metric {
    /// The periods in which it is read: those in which its values are due; a month for daily data of which nothing is said.
    pub fn grain(&self, data: Grain) -> Grain {
        let wished = match self.every {
            Some(..=2.0) => Grain::Day,
            Some(..=10.0) => Grain::Week,
            Some(..=45.0) => Grain::Month,
            Some(..=135.0) => Grain::Quarter,
            Some(_) => Grain::Year,
            None if data == Grain::Day => Grain::Month,
            None => data,
        };
        wished.max(data)
    }
}

fn figures<P: Phase>(fields: &Fields<'_, P>, unit: &str) -> Figures {
    let values: Vec<(Date, f64, Span)> = fields
        .records("values")
        .filter_map(|(value, item)| Some((value.date("date")?, value.number("value")?, item.span)))
        .collect();
    let source = fields.text("source");
    let (file, series) = match source {
        Some(source) if is_file_name(&source.value) => (Some(source), None),
        Some(source) if is_series(&source.value) => (None, Some(source)),
        _ => (None, None),
    };
    let column = fields.text("column");
    let date_column = fields.text("date_column");
    let parts =
        fields.record("formula").and_then(|formula| Some((formula.text("num")?, formula.text("den")?)));
    let is_computed = column.is_none() && (file.is_some() || values.is_empty());
    match (file, series, parts) {
        (file, None, Some((numerator, denominator))) if is_computed => Figures::Ratio {
            file,
            numerator,
            denominator,
            date_column,
            factor: if unit.contains('%') { 100.0 } else { 1.0 },
        },
        (Some(file), ..) => {
            Figures::File { file, column, date_column, count_column: fields.text("count_column") }
        }
        (None, Some(series), _) => Figures::Series(series),
        (None, None, _) if !values.is_empty() => Figures::Values(values),
        (None, None, _) => Figures::None,
    }
}

/// `thresholds:` of the settings; the usual ones where they say nothing.
pub fn thresholds<P: Phase>(kinds: &Kinds, setting: Option<&Item<P>>) -> Thresholds {
    let field = kinds.settings.iter().find(|field| field.name == "thresholds");
    let fields = field.and_then(|field| field.shape.record()).unwrap_or_default();
    match setting.map(|item| &item.value) {
        Some(Value::Record(record)) => thresholds_in(&Fields::new(fields, record)),
        _ => Thresholds::default(),
    }
}

fn thresholds_in<P: Phase>(fields: &Fields<'_, P>) -> Thresholds {
    let usual = Thresholds::default();
    let share = |name: &str| fields.number(name).map(|percent| percent / 100.0);
    Thresholds {
        on_track: share("on_track").unwrap_or(usual.on_track),
        at_risk: share("at_risk").unwrap_or(usual.at_risk),
    }
}

/// The days from one value to the next.
pub(super) fn days_between(cadence: Cadence) -> Option<f64> {
    let days = match cadence.every {
        Unit::Minute | Unit::Hour | Unit::Day | Unit::WorkingDay => 1.0,
        Unit::Week => 7.0,
        Unit::Month => 30.5,
        Unit::Year => 365.25,
    };
    Some(days / cadence.times).filter(|days| days.is_finite() && *days > 0.0)
}

/// `platform.measure`; `manual` and `calendar` are none.
pub fn is_series(source: &str) -> bool {
    source.contains('.') && !source.contains(char::is_whitespace) && !is_file_name(source)
}
