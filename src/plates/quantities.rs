//! The figures of metrics: columns of files, series of exports and lists by hand → quantities with the arithmetic of their kind.

use std::collections::BTreeMap;

use super::{METRIC_COLUMN, Measured, OTHER_KIND, Origin, REFUSED_ARITHMETIC, UNKNOWN_PART};
use crate::chart::{ChartData, ChartSpec};
use crate::data::{Collected, Data};
use crate::finding::Finding;
use crate::insight::{self, Figures, Metric};
use crate::model::{Entity, EntityId, Playbook, Resolved};
use crate::series::{Aggregate, Column, Grain, Habits, Measure, Point, Quantity, Series};
use crate::text::{SourceId, Sources, Span, Spanned, fold, nearest, slug};
use crate::words;
use crate::world::Date;

/// Periods of which it is told where their values stand, the newest ones.
const MOST_TOLD: usize = 60;

/// A quantity, and the day of the export that it is from.
type Found = (Quantity, Option<Date>);

/// A column that was read: its heading, its first and its last cell.
type Read = (String, Span, Span);

/// Ids and titles of metrics → metrics.
pub(super) type Names = BTreeMap<String, EntityId>;

/// The quantities of all metrics that have figures.
pub(super) fn quantities(
    playbook: &Playbook<Resolved>,
    names: &Names,
    data: &Data<'_>,
    sources: &Sources,
    habits: Habits,
    findings: &mut Vec<Finding>,
) -> BTreeMap<EntityId, Measured> {
    let kinds = &playbook.kinds;
    let metrics: Vec<(EntityId, &Entity<Resolved>, Metric)> = playbook
        .iter()
        .filter_map(|(id, entity)| Some((id, entity, insight::metric(kinds, entity)?)))
        .collect();
    let found = BTreeMap::new();
    let mut reader = Reader { names, metrics: &metrics, data, habits, found, read: Vec::new(), findings };
    // Rates come last: their parts may be other metrics.
    for rates in [false, true] {
        for (id, entity, metric) in &metrics {
            if matches!(metric.figures, Figures::Ratio { .. }) == rates
                && let Some((quantity, as_of)) = {
                    reader.read.clear();
                    reader.read(entity, metric)
                }
                && !quantity.figures().is_empty()
            {
                let read = std::mem::take(&mut reader.read);
                let (origins, whole) = origins(metric, &quantity, &read, sources);
                let mut metric = metric.clone();
                if matches!(metric.figures, Figures::Series(_)) {
                    metric.measure = quantity.measure;
                }
                reader.found.insert(*id, Measured { metric, quantity, origins, whole, as_of, read });
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
    /// The columns that were read for the metric at hand.
    read: Vec<Read>,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn read(&mut self, entity: &Entity<Resolved>, metric: &Metric) -> Option<Found> {
        match &metric.figures {
            Figures::None => None,
            Figures::Series(name) => self.exported(entity, metric, name),
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
                self.remember(String::new(), &series);
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

    /// The figures of a metric whose source is a series of the exports.
    fn exported(
        &mut self,
        entity: &Entity<Resolved>,
        metric: &Metric,
        name: &Spanned<String>,
    ) -> Option<Found> {
        let one = self.data.collected(&name.value)?;
        if one.measure != metric.measure {
            let (series, theirs, ours) = (&one.id, one.measure.name(), metric.measure.name());
            self.findings.push(
                Finding::new(
                    &OTHER_KIND,
                    name.span,
                    words!(
                        "`{series}` is of the kind `{theirs}`, and the metric says `{ours}`",
                        "`{series}` es del tipo `{theirs}`, y el indicador dice `{ours}`"
                    ),
                )
                .why(words!(
                    "the kind decides how values are joined; that of the data is taken",
                    "el tipo decide cómo se unen los valores; se toma el de los datos"
                ))
                .help(words!("write `kind: {theirs}`", "escribe `tipo: {theirs}`")),
            );
        }
        self.quantity(entity, one, name, Some(metric))
    }

    /// The quantity of a series, in the unit of the metric where both are of time.
    fn quantity(
        &mut self,
        entity: &Entity<Resolved>,
        one: &Collected,
        name: &Spanned<String>,
        metric: Option<&Metric>,
    ) -> Option<Found> {
        let unit =
            metric.map(|metric| metric.unit.as_str()).filter(|unit| !unit.is_empty()).unwrap_or(&one.unit);
        self.remember(name.value.rsplit('.').next().unwrap_or_default().to_owned(), &one.series);
        Some((of_collected(one, name, &entity.title, unit, self.findings)?, one.as_of))
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
                self.read.extend(other.read.iter().cloned());
                Some((other.quantity.clone(), other.as_of))
            }
            (None, _) if self.data.collected(&name.value).is_some() => {
                let one = self.data.collected(&name.value)?;
                self.quantity(entity, one, name, None)
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
        let first = series.points.first().map(|point| point.span);
        let is_it = |column: &&Column| column.cells.iter().any(|(_, span)| Some(*span) == first);
        let heading = columns.iter().find(is_it).map(|column| column.name.value.clone());
        self.remember(heading.unwrap_or_default(), &series);
        title.clone_into(&mut series.name);
        series.unit.clone_from(&metric.unit);
        let dates: Vec<Date> = series.points.iter().map(|point| point.date).collect();
        let grain = time.grain.max(Grain::between(&dates));
        Some((series, grain))
    }

    fn remember(&mut self, heading: String, series: &Series) {
        let spans = || series.points.iter().map(|point| point.span);
        if let (Some(first), Some(last)) = (spans().min(), spans().max()) {
            self.read.push((heading, first, last));
        }
    }

    fn unknown_part(&mut self, name: &Spanned<String>) -> Option<Found> {
        // A series that is not there was told when the data were read.
        if insight::is_series(&name.value) {
            return None;
        }
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

/// The quantity of a series of the exports, with the arithmetic of its kind, in this unit where both are of time.
pub(super) fn of_collected(
    one: &Collected,
    name: &Spanned<String>,
    title: &str,
    unit: &str,
    findings: &mut Vec<Finding>,
) -> Option<Quantity> {
    let scale = time(&one.unit).zip(time(unit)).map_or(1.0, |(from, to)| from / to);
    let mut values = one.series.clone();
    title.clone_into(&mut values.name);
    unit.clone_into(&mut values.unit);
    if scale != 1.0 {
        values.points.iter_mut().for_each(|point| point.value = point.value.map(|value| value * scale));
        values.decimals = values.decimals.max(1);
    }
    let factor = if unit.contains('%') || one.unit.contains('%') { 100.0 } else { 1.0 };
    let built = match (one.measure, &one.weights) {
        (Measure::Ratio, Some(below)) => {
            let above = Quantity::of(Measure::Flow, values.by_day(Aggregate::Sum), one.grain);
            let below = Quantity::of(Measure::Flow, below.by_day(Aggregate::Sum), one.grain);
            Quantity::ratio(above, below, factor, title.to_owned(), unit)
        }
        (measure, Some(counts)) => Ok(Quantity::means(measure, values, counts.clone(), one.grain)),
        (measure, None) => Quantity::of_many(measure, values, one.grain),
    };
    let refused = match built {
        Ok(quantity) => return Some(quantity),
        Err(refused) => refused,
    };
    let series = &one.id;
    findings.push(
        Finding::new(
            &REFUSED_ARITHMETIC,
            name.span,
            words!(
                "`{series}` has several values on one day, which cannot be joined",
                "`{series}` tiene varios valores en un mismo día, que no se pueden unir"
            ),
        )
        .why(refused.reason())
        .help(words!(
            "take a series of daily totals, or count something that can be added up",
            "toma una serie de totales diarios, o mide algo que se pueda sumar"
        )),
    );
    None
}

/// Where the newest values stand, period by period, and all of them.
fn origins(
    metric: &Metric,
    quantity: &Quantity,
    read: &[Read],
    sources: &Sources,
) -> (BTreeMap<Date, Vec<Origin>>, Vec<Origin>) {
    let wished = metric.grain(quantity.grain);
    let joined = quantity.resampled(wished);
    let joined = joined.as_ref().unwrap_or(quantity);
    let figures = joined.figures();
    let newest = figures.iter().rev().take(MOST_TOLD);
    let periods: Vec<(Date, Vec<Span>)> =
        newest.map(|figure| (figure.from, quantity.places(joined.grain, figure.from))).collect();
    let ends = read.iter().flat_map(|(_, first, last)| [*first, *last]);
    let lines = sources.lines(periods.iter().flat_map(|(_, spans)| spans.iter().copied()).chain(ends));
    let file = |id: SourceId| sources.source(id).map(|source| source.path.to_string()).unwrap_or_default();
    let line = |span: &Span| lines.get(span).copied().unwrap_or_default();
    let mut origins = BTreeMap::new();
    for (from, spans) in periods {
        let mut of_file: BTreeMap<SourceId, (usize, usize)> = BTreeMap::new();
        for span in &spans {
            let (first, last) = of_file.entry(span.source).or_insert((line(span), line(span)));
            (*first, *last) = ((*first).min(line(span)), (*last).max(line(span)));
        }
        let told = of_file.into_iter().map(|(source, (first, last))| Origin {
            file: file(source),
            first,
            last,
            columns: Vec::new(),
        });
        origins.insert(from, told.collect());
    }
    let mut whole: Vec<Origin> = Vec::new();
    for (heading, first, last) in read {
        let columns = Some(heading.clone()).filter(|heading| !heading.is_empty()).into_iter().collect();
        let own = Origin { file: file(first.source), first: line(first), last: line(last), columns };
        match whole.iter_mut().find(|origin| origin.file == own.file) {
            Some(known) => {
                (known.first, known.last) = (known.first.min(own.first), known.last.max(own.last));
                known.columns.extend(own.columns);
            }
            None => whole.push(own),
        }
    }
    (origins, whole)
}

/// Seconds in a unit of time.
fn time(unit: &str) -> Option<f64> {
    Some(match fold(unit).as_str() {
        "s" | "sec" | "seconds" | "segundos" => 1.0,
        "min" | "minutes" | "minutos" => 60.0,
        "h" | "hours" | "horas" => 3600.0,
        _ => return None,
    })
}

fn decimals_of(value: f64) -> u8 {
    let text = value.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    u8::try_from(decimals.min(4)).unwrap_or(4)
}
