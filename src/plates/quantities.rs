//! The figures of metrics: columns of files, series of exports and lists by hand → quantities with the arithmetic of their kind.

use std::collections::BTreeMap;

use super::{METRIC_COLUMN, Measured, REFUSED_ARITHMETIC, UNKNOWN_PART};
use crate::chart::{ChartData, ChartSpec};
use crate::data::Data;
use crate::finding::Finding;
use crate::insight::{self, Figures, Metric};
use crate::model::{Entity, EntityId, Playbook, Resolved};
use crate::series::{Grain, Habits, Measure, Point, Quantity, Series};
use crate::text::{Spanned, fold, nearest, slug};
use crate::words;
use crate::world::Date;

/// A quantity, and the day of the export that it is from.
type Found = (Quantity, Option<Date>);

/// Ids and titles of metrics → metrics.
pub(super) type Names = BTreeMap<String, EntityId>;

/// The quantities of all metrics that have figures.
pub(super) fn quantities(
    playbook: &Playbook<Resolved>,
    names: &Names,
    data: &Data<'_>,
    habits: Habits,
    findings: &mut Vec<Finding>,
) -> BTreeMap<EntityId, Measured> {
    let kinds = &playbook.kinds;
    let metrics: Vec<(EntityId, &Entity<Resolved>, Metric)> = playbook
        .iter()
        .filter_map(|(id, entity)| Some((id, entity, insight::metric(kinds, entity)?)))
        .collect();
    let mut reader = Reader { names, metrics: &metrics, data, habits, found: BTreeMap::new(), findings };
    // Rates come last: their parts may be other metrics.
    for rates in [false, true] {
        for (id, entity, metric) in &metrics {
            if matches!(metric.figures, Figures::Ratio { .. }) == rates
                && let Some((quantity, as_of)) = reader.read(entity, metric)
                && !quantity.figures().is_empty()
            {
                reader.found.insert(*id, Measured { metric: metric.clone(), quantity, as_of });
            }
        }
    }
    reader.found
}

struct Reader<'a> {
    names: &'a Names,
    metrics: &'a [(EntityId, &'a Entity<Resolved>, Metric)],
    data: &'a Data<'a>,
    habits: Habits,
    found: BTreeMap<EntityId, Measured>,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn read(&mut self, entity: &Entity<Resolved>, metric: &Metric) -> Option<Found> {
        match &metric.figures {
            Figures::None | Figures::Series(_) => None,
            Figures::Values(values) => {
                let points = values.iter().map(|(date, value, span)| Point {
                    date: *date,
                    value: Some(*value),
                    span: *span,
                });
                let decimals = values.iter().map(|(_, value, _)| decimals_of(*value)).max();
                let (series, found) = Series::new(
                    entity.title.clone(),
                    points.collect(),
                    metric.unit.clone(),
                    decimals.unwrap_or_default(),
                );
                self.findings.extend(found);
                let dates: Vec<Date> = series.points.iter().map(|point| point.date).collect();
                Some((Quantity::of(metric.measure, series, Grain::between(&dates)), None))
            }
            Figures::File { file, column, date_column, count_column } => {
                let mut read =
                    |column| self.column(&entity.title, metric, file, column, date_column.as_ref());
                let (values, grain) = read(column.as_ref())?;
                let quantity = match (metric.measure, count_column) {
                    (Measure::Duration | Measure::Score, Some(counts)) => {
                        let (counts, _) = read(Some(counts))?;
                        Quantity::means(metric.measure, values, counts, grain)
                    }
                    _ => Quantity::of(metric.measure, values, grain),
                };
                Some((quantity, None))
            }
            Figures::Ratio { file, numerator, denominator, date_column, factor } => {
                let mut part = |name| self.part(entity, metric, file.as_ref(), name, date_column.as_ref());
                let (above, below) = (part(numerator), part(denominator));
                let ((above, above_as_of), (below, below_as_of)) = match (above, below) {
                    (Some(above), Some(below)) => (above, below),
                    // Names that mean nothing here are a formula in words; one of two is a slip.
                    (None, Some(_)) if file.is_none() => return self.unknown_part(numerator),
                    (Some(_), None) if file.is_none() => return self.unknown_part(denominator),
                    _ => return None,
                };
                match Quantity::ratio(above, below, *factor, entity.title.clone(), metric.unit.clone()) {
                    Ok(quantity) => Some((quantity, above_as_of.min(below_as_of).or(above_as_of))),
                    Err(refused) => {
                        let (above, below) = (&numerator.value, &denominator.value);
                        self.findings.push(
                            Finding::new(
                                &REFUSED_ARITHMETIC,
                                numerator.span,
                                words!(
                                    "`{above}` and `{below}` stand for periods of different length and cannot be divided",
                                    "`{above}` y `{below}` son de periodos de distinta duración y no se pueden dividir"
                                ),
                            )
                            .why(refused.reason())
                            .help(words!(
                                "name parts that have values for the same periods",
                                "nombra partes que tengan valores de los mismos periodos"
                            )),
                        );
                        None
                    }
                }
            }
        }
    }

    /// A part of a rate: a column of the file, a metric, a series of the exports.
    fn part(
        &mut self,
        entity: &Entity<Resolved>,
        metric: &Metric,
        file: Option<&Spanned<String>>,
        name: &Spanned<String>,
        date_column: Option<&Spanned<String>>,
    ) -> Option<Found> {
        let folded = fold(&name.value);
        let is_column = |file: &&Spanned<String>| {
            let columns = self.data.columns(&file.value);
            columns.is_some_and(|columns| columns.iter().any(|column| fold(&column.name.value) == folded))
        };
        let other = self.names.get(&slug(&name.value)).and_then(|id| self.found.get(id));
        match (file.filter(is_column), other) {
            (None, Some(other)) if other.metric.measure != Measure::Ratio => {
                Some((other.quantity.clone(), other.as_of))
            }
            (None, _) if file.is_none() => None,
            // A column that is missing is told by the reader of columns.
            (found, _) => {
                let file = found.or(file)?;
                let (series, grain) = self.column(&entity.title, metric, file, Some(name), date_column)?;
                Some((Quantity::of(self.measure_of(&file.value, &folded), series, grain), None))
            }
        }
    }

    /// What sort of figure a column holds: as the metric that is read from it says, else an amount.
    fn measure_of(&self, wanted: &str, column: &str) -> Measure {
        let is_it = |metric: &&(EntityId, &Entity<Resolved>, Metric)| match &metric.2.figures {
            Figures::File { file, column: Some(name), .. } => {
                file.value == wanted && fold(&name.value) == column
            }
            _ => false,
        };
        self.metrics.iter().find(is_it).map_or(Measure::Flow, |(_, _, metric)| metric.measure)
    }

    fn column(
        &mut self,
        title: &str,
        metric: &Metric,
        file: &Spanned<String>,
        column: Option<&Spanned<String>>,
        date_column: Option<&Spanned<String>>,
    ) -> Option<(Series, Grain)> {
        let columns = self.data.columns(&file.value)?;
        // A chart's own reader does the work, so that a metric and a chart of one file never disagree.
        let spec = ChartSpec {
            x: date_column.cloned(),
            y: column.cloned().into_iter().collect(),
            unit: Some(metric.unit.clone()),
            ..ChartSpec::default()
        };
        let drawn = ChartData::read(&spec, &columns, self.habits).into(self.findings)?;
        let ChartData::Time(time) = drawn else { return None };
        let names: Vec<String> = time.series.iter().map(|series| format!("`{}`", series.name)).collect();
        if column.is_none() && names.len() > 1 {
            let list = names.join(", ");
            self.findings.push(
                Finding::new(
                    &METRIC_COLUMN,
                    file.span,
                    words!(
                        "the file has more than one column of figures: {list}",
                        "el archivo tiene más de una columna de cifras: {list}"
                    ),
                )
                .help(words!("say which with `column: …`", "indica cuál con `columna: …`")),
            );
            return None;
        }
        let mut series = time.series.into_iter().next()?;
        title.clone_into(&mut series.name);
        series.unit.clone_from(&metric.unit);
        let dates: Vec<Date> = series.points.iter().map(|point| point.date).collect();
        let grain = time.grain.max(Grain::between(&dates));
        Some((series, grain))
    }

    fn unknown_part(&mut self, name: &Spanned<String>) -> Option<Found> {
        let written = &name.value;
        self.findings.push(
            Finding::new(
                &UNKNOWN_PART,
                name.span,
                words!(
                    "`{written}` is no metric with figures and no series of the data",
                    "`{written}` no es un indicador con cifras ni una serie de los datos"
                ),
            )
            .why(words!(
                "without both of its parts the rate cannot be worked out",
                "sin sus dos partes no se puede calcular la tasa"
            ))
            .help(words!(
                "write the id of a metric that is no rate itself, or name a file in `source:` and its columns here",
                "escribe el identificador de un indicador que no sea una tasa, o nombra un archivo en `fuente:` y aquí sus columnas"
            ))
            .suggest(nearest(written, self.names.keys().map(String::as_str))),
        );
        None
    }
}

fn decimals_of(value: f64) -> u8 {
    let text = value.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    u8::try_from(decimals.min(4)).unwrap_or(4)
}
