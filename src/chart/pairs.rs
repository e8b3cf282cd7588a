//! Two figures of each name, before and after: what slope and dumbbell charts draw, and how both are put into words.

use super::describe::{change_of, figure, no_data, when};
use super::{ChartData, ChartSpec, Figures};
use crate::finding::{Code, Finding, Language, Level};
use crate::series::Grain;
use crate::text::Span;
use crate::words;
use crate::world::Date;

/// A chart of before and after with another number of figures than two.
pub static NOT_TWO: Code = Code { id: "P516", name: "not_two_figures", level: Level::Error, since: "0.1.0" };

/// Name, before, after.
pub(crate) type Pair = (String, Option<f64>, Option<f64>);

/// Before and after.
pub(crate) struct Pairs {
    /// What the two figures are: column headings or dates.
    pub ends: [String; 2],
    pub rows: Vec<Pair>,
    pub unit: String,
    pub decimals: u8,
}

impl Pairs {
    /// From two columns of figures, or from the first and last value of series.
    pub(crate) fn of(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Self {
        let drawable = |value: Option<f64>| value.filter(|value| value.abs() <= 1e100);
        match data {
            ChartData::Categories(data) => {
                let value = |column: usize, row: usize| {
                    data.values
                        .get(column)
                        .and_then(|values| drawable(values.values.get(row).copied().flatten()))
                };
                let name = |column: usize| {
                    data.values.get(column).map(|values| values.name.clone()).unwrap_or_default()
                };
                let first = data.values.first();
                Self {
                    ends: [name(0), name(1)],
                    rows: data
                        .names
                        .iter()
                        .enumerate()
                        .map(|(row, name)| (name.clone(), value(0, row), value(1, row)))
                        .collect(),
                    unit: spec.unit.clone().or(first.map(|values| values.unit.clone())).unwrap_or_default(),
                    decimals: data.values.iter().map(|values| values.decimals).max().unwrap_or(0),
                }
            }
            ChartData::Listing(_) => {
                Self { ends: Default::default(), rows: Vec::new(), unit: String::new(), decimals: 0 }
            }
            ChartData::Time(data) => {
                let ends = data.ends();
                let value = |series: &crate::series::Series, date: Option<Date>| {
                    let found = series.points.iter().find(|point| Some(point.date) == date)?;
                    drawable(found.value)
                };
                let said =
                    |date: Option<Date>| date.map(|date| short(date, data.grain, words)).unwrap_or_default();
                let (first, last) = (ends.map(|ends| ends.0), ends.map(|ends| ends.1));
                Self {
                    ends: [said(first), said(last)],
                    rows: data
                        .series
                        .iter()
                        .map(|series| (series.name.clone(), value(series, first), value(series, last)))
                        .collect(),
                    unit: data.series.first().map(|series| series.unit.clone()).unwrap_or_default(),
                    decimals: data.series.iter().map(|series| series.decimals).max().unwrap_or(0),
                }
            }
        }
    }

    /// All figures.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> {
        self.rows.iter().flat_map(|(_, before, after)| [*before, *after]).flatten()
    }
}

/// A date as a heading: `nov 2025`.
fn short(date: Date, grain: Grain, words: &dyn Figures) -> String {
    match grain {
        Grain::Day | Grain::Week => format!("{} {}", words.day_month(date), date.year()),
        Grain::Month => format!("{} {}", words.month_short(date), date.year()),
        Grain::Quarter | Grain::Year => when(date, grain, words),
    }
}

/// Tells when the columns are not two.
pub(crate) fn check(_: &ChartSpec, data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    let count = match data {
        ChartData::Categories(data) => data.values.len(),
        ChartData::Time(data) => data.dates().len().min(2),
        ChartData::Listing(_) => 0,
    };
    if count == 2 {
        return;
    }
    findings.push(
        Finding::new(
            &NOT_TWO,
            place,
            words!(
                "there are {count} figures of each name, and not two",
                "hay {count} cifras de cada nombre, y no dos"
            ),
        )
        .why(words!(
            "this chart shows what was before and what is now; the first two are drawn",
            "este gráfico muestra lo de antes y lo de ahora; se dibujan las dos primeras"
        ))
        .help(words!(
            "name two columns in `y:`, as in `y: [2025, 2026]`; for more, write `chart: line`",
            "pon dos columnas en `y:`, como `y: [2025, 2026]`; si son más, escribe `grafico: linea`"
        )),
    );
}

/// From the figure before to the figure after, for the first four; then how many rose and fell.
pub(crate) fn sentences(spec: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let pairs = Pairs::of(spec, data, words);
    let write = |value: f64| figure(value, pairs.decimals, &pairs.unit, words);
    let both: Vec<(&str, f64, f64)> = pairs
        .rows
        .iter()
        .filter_map(|(name, before, after)| Some((name.as_str(), (*before)?, (*after)?)))
        .collect();
    let language = words.language();
    if both.is_empty() {
        return vec![no_data(language)];
    }
    let mut sentences: Vec<String> = both
        .iter()
        .take(4)
        .map(|(name, before, after)| {
            let change = change_of(*before, *after, pairs.decimals, &pairs.unit, words);
            match language {
                Language::English => {
                    format!("{name}: from {} to {}, {change}.", write(*before), write(*after))
                }
                Language::Spanish => format!("{name}: de {} a {}, {change}.", write(*before), write(*after)),
            }
        })
        .collect();
    let (rose, fell) = (
        both.iter().filter(|(_, before, after)| after > before).count(),
        both.iter().filter(|(_, before, after)| after < before).count(),
    );
    let all = both.len();
    if all > 1 {
        sentences.push(match language {
            Language::English => format!("Of {all}, {rose} rose and {fell} fell."),
            Language::Spanish => format!("De {all}, {rose} suben y {fell} bajan."),
        });
    }
    let missing = pairs.rows.len() - all;
    if missing > 0 {
        sentences.push(match language {
            Language::English => format!("{missing} have only one of the two figures."),
            Language::Spanish => format!("De {missing} falta una de las dos cifras."),
        });
    }
    sentences
}
