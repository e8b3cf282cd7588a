//! The columns that a spec names, read and checked → series in time, or figures by category.

use std::borrow::Cow;

use super::gantt::{Lasting, Spans};
use super::kind::Along;
use super::listing::Listing;
use super::raci::Raci;
use super::spec::{CHART_WITHOUT_DATA, CHART_WRONG_TYPE};
use super::{ChartKind, ChartSpec, Sort};
use crate::finding::{Code, Finding, Level, Reported};
use crate::series::{
    Aggregate, Column, Dates, Grain, Habits, Numbers, Point, Series, dates, looks_like_dates, number_of,
    numbers,
};
use crate::text::{Span, Spanned, fold, nearest};
use crate::words;
use crate::world::Date;

/// A column that the data do not have.
pub static CHART_COLUMN: Code =
    Code { id: "P504", name: "chart_column", level: Level::Error, since: "0.1.0" };

/// More series than can be told apart.
pub static TOO_MANY_SERIES: Code =
    Code { id: "P506", name: "too_many_series", level: Level::Warning, since: "0.1.0" };

/// Series that have a colour, a dash pattern and a label of their own.
pub(crate) const TOLD_APART: usize = 4;

/// What a chart draws.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartData {
    /// Values in time.
    Time(TimeData),
    /// Values by name.
    Categories(CategoryData),
    /// What is no series and no figures by name.
    Listing(Listing),
}

/// Series over the same time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeData {
    /// The series, in the order of the data.
    pub series: Vec<Series>,
    /// What one value stands for: decides whether a date is said as day, month, quarter or year.
    pub grain: Grain,
    /// What stands around and after the first series.
    pub beside: Vec<(Role, Series)>,
    /// Whether the last period is not complete yet.
    pub partial: bool,
}

/// What a series beside the first one is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Lower end of the range around its values.
    Low,
    /// Upper end of the range.
    High,
    /// What is expected.
    Ahead,
    /// Lower end of what is expected.
    AheadLow,
    /// Upper end of what is expected.
    AheadHigh,
}

/// Figures by category.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CategoryData {
    /// What the categories are: the heading of their column.
    pub heading: String,
    /// The categories.
    pub names: Vec<String>,
    /// Columns of figures, each as long as `names`.
    pub values: Vec<Values>,
}

/// A column of figures by category.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// What the figures are.
    pub name: String,
    /// One for each category.
    pub values: Vec<Option<f64>>,
    /// Unit; may be empty.
    pub unit: String,
    /// Decimals to show.
    pub decimals: u8,
}

impl ChartData {
    /// What the spec draws out of a table. `None` when a column is missing or holds nothing that can be drawn.
    pub fn read(spec: &ChartSpec, columns: &[Column], habits: Habits) -> Reported<Option<ChartData>> {
        let mut reading = Reading { spec, columns, habits, findings: Vec::new() };
        let data = match spec.kind.definition().read {
            Some(read) => read(&mut reading),
            None => reading.common(),
        };
        if let Some(data) = &data {
            reading.check_drawable(data);
        }
        Reported::new(data, reading.findings)
    }

    /// In the order that the spec asks for; the same data when it asks for none. Drawing, sentence and table are made of it, so that they agree.
    pub(crate) fn sorted(&self, spec: &ChartSpec) -> Cow<'_, ChartData> {
        let (ChartData::Categories(data), Sort::Value | Sort::Name) = (self, spec.sort) else {
            return Cow::Borrowed(self);
        };
        let known = |values: &Values, index: usize| values.values.get(index).copied().flatten();
        // What stands one on the other is as long as its sum.
        let value = |index: usize| match (spec.kind, data.values.first()) {
            (ChartKind::Stacked, _) => data.values.iter().filter_map(|values| known(values, index)).sum(),
            (_, first) => first.and_then(|values| known(values, index)).unwrap_or(f64::MIN),
        };
        let name = |index: usize| data.names.get(index).map(|name| fold(name)).unwrap_or_default();
        let mut order: Vec<usize> = (0..data.names.len()).collect();
        match spec.sort {
            Sort::Name => order.sort_by_cached_key(|index| name(*index)),
            _ => order.sort_by(|a, b| value(*b).total_cmp(&value(*a))),
        }
        let values = data.values.iter().map(|values| Values {
            values: order.iter().map(|index| known(values, *index)).collect(),
            ..values.clone()
        });
        Cow::Owned(ChartData::Categories(CategoryData {
            heading: data.heading.clone(),
            names: order.iter().filter_map(|index| data.names.get(*index).cloned()).collect(),
            values: values.collect(),
        }))
    }

    /// The series of a metric.
    pub fn of_series(spec: &ChartSpec, series: Vec<Series>) -> ChartData {
        let partial = spec.partial() || series.iter().any(|series| cut_short(spec, series));
        let series: Vec<Series> = series.into_iter().map(|series| finished(spec, series)).collect();
        let written = spec.time_unit.unwrap_or_default();
        let grain = grain_of(&series, written);
        ChartData::Time(TimeData { series, grain, partial, beside: Vec::new() })
    }

    /// Figures by name, when they do not stand in a table.
    pub fn of_names(heading: String, name: String, figures: Vec<(String, f64)>) -> ChartData {
        let (names, values) = figures.into_iter().map(|(name, value)| (name, Some(value))).unzip();
        let values = Values { name, values, ..Values::default() };
        ChartData::Categories(CategoryData { heading, names, values: vec![values] })
    }

    /// What lasts, when it does not stand in a table.
    pub fn of_spans(heading: String, rows: Vec<Lasting>, today: Option<Date>) -> ChartData {
        ChartData::Listing(Listing::Spans(Spans { heading, rows, today, ..Spans::default() }))
    }

    /// Steps and roles, when they do not stand in a table.
    pub fn of_raci(raci: Raci) -> ChartData {
        ChartData::Listing(Listing::Raci(raci))
    }

    /// How many series or columns of figures there are.
    pub(crate) fn width(&self) -> usize {
        match self {
            ChartData::Time(data) => data.series.len(),
            ChartData::Categories(data) => data.values.len(),
            ChartData::Listing(_) => 0,
        }
    }

    /// All values.
    pub(crate) fn values(&self) -> Box<dyn Iterator<Item = f64> + '_> {
        match self {
            ChartData::Time(data) => {
                Box::new(data.series.iter().flat_map(|series| series.known().map(|(_, value)| value)))
            }
            ChartData::Categories(data) => {
                Box::new(data.values.iter().flat_map(|values| values.values.iter().flatten().copied()))
            }
            ChartData::Listing(_) => Box::new(std::iter::empty()),
        }
    }

    /// Whether there is anything to draw.
    pub fn has_values(&self) -> bool {
        match self {
            ChartData::Listing(data) => !data.is_empty(),
            ChartData::Time(_) | ChartData::Categories(_) => self.values().next().is_some(),
        }
    }
}

impl TimeData {
    /// Where a date stands: the first day of its period, as a day number.
    pub(crate) fn place(&self, date: Date) -> f64 {
        number_of(self.grain.start(date)) as f64
    }

    /// The series that stands in this role beside the first.
    pub(crate) fn role(&self, role: Role) -> Option<&Series> {
        self.beside.iter().find(|(known, _)| *known == role).map(|(_, series)| series)
    }

    /// All series, those beside the first too.
    pub(crate) fn every(&self) -> impl Iterator<Item = &Series> {
        self.series.iter().chain(self.beside.iter().map(|(_, series)| series))
    }

    /// First and last day that has a point.
    pub(crate) fn ends(&self) -> Option<(Date, Date)> {
        // The points of a series are in order.
        let firsts = self.series.iter().filter_map(|series| series.points.first());
        let lasts = self.series.iter().filter_map(|series| series.points.last());
        Some((firsts.map(|point| point.date).min()?, lasts.map(|point| point.date).max()?))
    }

    /// All dates of all series, in order, each once.
    pub(crate) fn dates(&self) -> Vec<Date> {
        let mut dates: Vec<Date> =
            self.every().flat_map(|series| series.points.iter().map(|point| point.date)).collect();
        // One series is in order already, and several are runs that this merges.
        dates.sort();
        dates.dedup();
        dates
    }

    /// The distance of neighbouring values, at most a month: ticks are not set finer.
    pub(crate) fn spacing(&self) -> Grain {
        self.grain.max(Grain::between(&self.dates()).min(Grain::Month))
    }
}

/// The columns of a table on their way to the data of a chart.
pub(crate) struct Reading<'a> {
    pub spec: &'a ChartSpec,
    pub columns: &'a [Column<'a>],
    pub habits: Habits,
    pub findings: Vec<Finding>,
}

impl<'a> Reading<'a> {
    /// The column `x`: the first unless said.
    pub(crate) fn x(&mut self) -> Option<&'a Column<'a>> {
        match &self.spec.x {
            Some(name) => self.column(name),
            None => self.columns.first(),
        }
    }

    /// Dates or names along `x`, and the columns of figures by them.
    pub(crate) fn common(&mut self) -> Option<ChartData> {
        let x = self.x()?;
        let color = match &self.spec.color {
            Some(name) => Some(self.column(name)?),
            None => None,
        };
        let figures = self.figures(x, color)?;
        let mut beside = Vec::new();
        for (role, name) in self.spec.beside() {
            let column = self.column(name)?;
            let numbers = numbers(column, self.habits).into(&mut self.findings);
            beside.push((role, column, numbers));
        }
        let along = self.spec.kind.definition().along;
        if along != Along::Names && looks_like_dates(x) {
            let read = dates(x, self.habits);
            let dates = read.into(&mut self.findings);
            return Some(self.time(&dates, color, &figures, &beside));
        }
        if along == Along::Dates {
            self.no_dates(x);
            return None;
        }
        Some(ChartData::Categories(self.categories(x, color, &figures)))
    }

    /// The columns of figures that are drawn, with their numbers.
    pub(crate) fn figures(
        &mut self,
        x: &Column,
        color: Option<&Column>,
    ) -> Option<Vec<(&'a Column<'a>, Numbers)>> {
        let mut figures = Vec::new();
        if self.spec.y.is_empty() {
            let taken = |column: &Column| {
                column.name.span == x.name.span
                    || self.spec.beside().any(|(_, name)| fold(&name.value) == fold(&column.name.value))
                    || color.is_some_and(|color| color.name.span == column.name.span)
            };
            for column in self.columns.iter().filter(|column| !taken(column)) {
                let Reported { value, findings } = numbers(column, self.habits);
                if mostly_numbers(column, &value) {
                    self.findings.extend(findings);
                    figures.push((column, value));
                }
            }
        } else {
            for name in &self.spec.y {
                let column = self.column(name)?;
                let Reported { value, findings } = numbers(column, self.habits);
                if value.values.iter().all(Option::is_none) && !findings.is_empty() {
                    self.no_numbers(name, column);
                    return None;
                }
                self.findings.extend(findings);
                figures.push((column, value));
            }
        }
        Some(figures)
    }

    fn time(
        &mut self,
        dates: &Dates,
        color: Option<&Column>,
        figures: &[(&Column, Numbers)],
        beside: &[(Role, &Column, Numbers)],
    ) -> ChartData {
        let mut series = Vec::new();
        let mut partial = self.spec.partial();
        for (column, numbers) in figures {
            let mut groups: Vec<(String, Vec<Point>)> = Vec::new();
            let cells = column.cells.iter().zip(&numbers.values).zip(&dates.values).enumerate();
            for (row, (((_, span), value), date)) in cells {
                let Some(date) = *date else { continue };
                let name = self.group(color, row, column);
                let point = Point { date, value: *value, span: *span };
                match groups.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, points)) => points.push(point),
                    None => groups.push((name, vec![point])),
                }
            }
            for (name, points) in groups {
                // Many rows a day (one a post) are joined before they could look like repeated lines.
                let points = match self.spec.aggregate {
                    Some(aggregate) => joined(points, aggregate),
                    None => points,
                };
                let unit = if numbers.percent { "%" } else { "" };
                let (read, findings) = Series::new(self.spec.shown(&name), points, unit, numbers.decimals);
                self.findings.extend(findings);
                partial |= cut_short(self.spec, &read);
                series.push(finished(self.spec, read));
            }
        }
        let beside = beside.iter().map(|(role, column, numbers)| {
            let cells = column.cells.iter().zip(&numbers.values).zip(&dates.values);
            // A forecast stands in the rows to come, and has nothing in the others: that is no gap.
            let points = cells.filter_map(|(((_, span), value), date)| {
                Some(Point { date: (*date)?, value: Some((*value)?), span: *span })
            });
            let unit = if numbers.percent { "%" } else { "" };
            let name = self.spec.shown(&column.name.value);
            let (read, findings) = Series::new(name, points.collect(), unit, numbers.decimals);
            self.findings.extend(findings);
            (*role, finished(self.spec, read))
        });
        let beside: Vec<(Role, Series)> = beside.collect();
        if beside.iter().any(|(role, _)| *role >= Role::Ahead) {
            series.iter_mut().for_each(without_end);
        }
        let grain = grain_of(&series, self.spec.time_unit.unwrap_or_default().max(dates.grain));
        ChartData::Time(TimeData { series, grain, beside, partial })
    }

    fn categories(
        &mut self,
        x: &Column,
        color: Option<&Column>,
        figures: &[(&Column, Numbers)],
    ) -> CategoryData {
        let cell = |row: usize| x.cells.get(row).map(|(text, _)| text.trim()).unwrap_or_default();
        let rows: Vec<usize> = (0..x.cells.len()).filter(|row| !cell(*row).is_empty()).collect();
        // Without a colour every row is a bar; with one, or when joined, rows of the same name are one category.
        let join = color.is_some() || self.spec.aggregate.is_some();
        let mut names: Vec<String> = Vec::new();
        let mut place: Vec<(usize, usize)> = Vec::new();
        for row in rows {
            let name = self.spec.shown(cell(row));
            let known = if join { names.iter().position(|known| *known == name) } else { None };
            place.push((row, known.unwrap_or(names.len())));
            if known.is_none() {
                names.push(name);
            }
        }
        let mut values: Vec<(Values, Vec<Vec<f64>>)> = Vec::new();
        for (column, numbers) in figures {
            for (row, category) in &place {
                let name = self.spec.shown(&self.group(color, *row, column));
                let index = values.iter().position(|(known, _)| known.name == name).unwrap_or_else(|| {
                    let unit = match &self.spec.unit {
                        Some(unit) => unit.clone(),
                        None if numbers.percent => "%".to_owned(),
                        None => String::new(),
                    };
                    let decimals = self.spec.decimals.unwrap_or(numbers.decimals.min(6));
                    values.push((
                        Values { name, values: Vec::new(), unit, decimals },
                        vec![Vec::new(); names.len()],
                    ));
                    values.len() - 1
                });
                let value = numbers.values.get(*row).copied().flatten();
                if let Some(cell) = values.get_mut(index).and_then(|(_, cells)| cells.get_mut(*category)) {
                    cell.extend(value);
                }
            }
        }
        let aggregate = self.spec.aggregate.unwrap_or_default();
        let values = values
            .into_iter()
            .map(|(values, cells)| Values {
                values: cells.iter().map(|cell| aggregate.of(cell)).collect(),
                ..values
            })
            .collect();
        CategoryData { heading: self.spec.shown(&x.name.value), names, values }
    }

    /// Name of the series of a row: the text of the colour column, else the heading of the figures.
    fn group(&self, color: Option<&Column>, row: usize, figures: &Column) -> String {
        match color.and_then(|color| color.cells.get(row)) {
            Some((text, _)) => text.trim().to_owned(),
            None => figures.name.value.clone(),
        }
    }

    /// The column of this name; a finding when there is none.
    pub(crate) fn column(&mut self, name: &Spanned<String>) -> Option<&'a Column<'a>> {
        let folded = fold(&name.value);
        let found = self.columns.iter().find(|column| column.name.value == name.value);
        let found = found.or_else(|| self.columns.iter().find(|column| fold(&column.name.value) == folded));
        if found.is_none() {
            let known: Vec<&str> = self.columns.iter().map(|column| column.name.value.as_str()).collect();
            self.findings.push(unknown_column(name, &known));
        }
        found
    }

    fn no_dates(&mut self, x: &Column) {
        let name = &x.name.value;
        let place = self.spec.x.as_ref().map_or(x.name.span, |name| name.span);
        self.findings.push(
            Finding::new(
                &CHART_WRONG_TYPE,
                place,
                words!("the column `{name}` holds no dates", "la columna `{name}` no contiene fechas"),
            )
            .why(words!(
                "a line shows how something changes with time",
                "una línea muestra cómo cambia algo con el tiempo"
            ))
            .help(words!(
                "name a column of dates in `x:`, or write `chart: bar` to compare amounts",
                "pon en `x:` una columna de fechas, o escribe `grafico: barras` para comparar cantidades"
            )),
        );
    }

    fn no_numbers(&mut self, name: &Spanned<String>, column: &Column) {
        let heading = &column.name.value;
        self.findings.push(
            Finding::new(
                &CHART_WRONG_TYPE,
                name.span,
                words!("the column `{heading}` holds no numbers", "la columna `{heading}` no contiene números"),
            )
            .also(column.name.span, words!("the column starts here", "la columna empieza aquí"))
            .why(words!("only numbers have a height", "solo los números tienen altura"))
            .help(words!(
                "name a column of numbers in `y:`; to make one series of each text, write `color: {heading}`",
                "pon en `y:` una columna de números; para que cada texto sea una serie, escribe `color: {heading}`"
            )),
        );
    }

    fn check_drawable(&mut self, data: &ChartData) {
        let place = self.spec.data.as_ref().or(self.spec.metrics.first()).map(|name| name.span);
        let Some(place) = place.or_else(|| self.columns.first().map(|column| column.name.span)) else {
            return;
        };
        if !data.has_values() {
            self.findings.push(nothing_to_draw(place));
        }
        let count = data.width();
        if count > self.spec.kind.definition().series {
            self.findings.push(too_many(count, self.series_place().unwrap_or(place)));
        }
    }

    fn series_place(&self) -> Option<Span> {
        let color = self.spec.color.as_ref().map(|name| name.span);
        color.or_else(|| Some(self.spec.y.first()?.span.to(self.spec.y.last()?.span)))
    }
}

fn nothing_to_draw(place: Span) -> Finding {
    Finding::new(
        &CHART_WITHOUT_DATA,
        place,
        words!("the data hold no figure that could be drawn", "los datos no contienen ninguna cifra que dibujar"),
    )
    .why(words!("the chart says `no data` instead", "el gráfico dirá «sin datos»"))
    .help(words!(
        "check that the file has rows below its headings and that `x:` and `y:` name the right columns",
        "comprueba que el archivo tiene filas bajo los encabezados y que `x:` e `y:` nombran las columnas correctas"
    ))
}

fn too_many(count: usize, place: Span) -> Finding {
    Finding::new(
        &TOO_MANY_SERIES,
        place,
        words!(
            "{count} series are more than can be told apart",
            "{count} series son más de las que se pueden distinguir"
        ),
    )
    .mark(words!(
        "the first four have a colour, the others are grey",
        "las cuatro primeras llevan color; las demás, gris"
    ))
    .why(words!(
        "beyond four, readers look from key to line and back instead of at the figures",
        "con más de cuatro, la vista va y viene de la leyenda a la línea y no llega a las cifras"
    ))
    .help(words!(
        "name up to four in `y:`, the most telling first, or write `chart: multiples` for a small drawing of each",
        "nombra hasta cuatro en `y:`, primero las que más dicen, o escribe `grafico: multiplos` para un dibujo pequeño de cada una"
    ))
}

fn unknown_column(name: &Spanned<String>, known: &[&str]) -> Finding {
    let written = &name.value;
    let shown: Vec<&str> = known.iter().copied().take(12).collect();
    let more = if known.len() > shown.len() { ", …" } else { "" };
    let held = format!("{}{more}", shown.join(", "));
    Finding::new(
        &CHART_COLUMN,
        name.span,
        words!("the data have no column `{written}`", "los datos no tienen la columna `{written}`"),
    )
    .mark(words!("there are: {held}", "hay: {held}"))
    .why(words!("the chart cannot be drawn without it", "sin ella no se puede dibujar el gráfico"))
    .help(words!("write one of: {held}", "escribe una de estas: {held}"))
    .suggest(nearest(written, known.iter().copied()))
}

/// Whether at least half of the cells that hold anything were read as numbers.
fn mostly_numbers(column: &Column, numbers: &Numbers) -> bool {
    let filled = column.cells.iter().filter(|(text, _)| !text.trim().is_empty()).count();
    let read = numbers.values.iter().filter(|value| value.is_some()).count();
    read > 0 && read * 2 >= filled
}

/// The points of each date as one point.
fn joined(mut points: Vec<Point>, aggregate: Aggregate) -> Vec<Point> {
    points.sort_by_key(|point| point.date);
    let mut joined: Vec<Point> = Vec::new();
    let mut values: Vec<f64> = Vec::new();
    for point in points {
        if joined.last().is_none_or(|last| last.date != point.date) {
            values.clear();
            joined.push(point);
        }
        values.extend(point.value);
        if let Some(last) = joined.last_mut() {
            last.value = aggregate.of(&values);
        }
    }
    joined
}

/// Rows of a forecast have no figure yet: they are no gap at the end of the series.
fn without_end(series: &mut Series) {
    while series.points.last().is_some_and(|point| point.value.is_none()) {
        series.points.pop();
    }
}

/// Whether the last period to which values are joined goes on after the last of them. The last value of a period needs no whole period.
fn cut_short(spec: &ChartSpec, series: &Series) -> bool {
    let (Some(grain), Some(last)) = (spec.time_unit, series.points.last()) else { return false };
    if spec.aggregate.unwrap_or_default() == Aggregate::Last {
        return false;
    }
    let dates: Vec<Date> = series.points.iter().map(|point| point.date).collect();
    let step = Grain::between(&dates);
    step < grain && grain.start(step.after(last.date, 1)) == grain.start(last.date)
}

/// The series with what the spec says of unit, decimals and period.
fn finished(spec: &ChartSpec, series: Series) -> Series {
    let mut series = match spec.time_unit {
        Some(grain) => series.resampled(grain, spec.aggregate.unwrap_or_default()),
        None => series,
    };
    if let Some(unit) = &spec.unit {
        series.unit = unit.clone();
    }
    let mean = spec.aggregate == Some(Aggregate::Mean);
    let decimals = if mean { series.decimals.max(1) } else { series.decimals };
    series.decimals = spec.decimals.unwrap_or(decimals.min(9));
    series
}

/// The period as written; for days that stand a month or more apart, at most one a month, the month.
fn grain_of(series: &[Series], written: Grain) -> Grain {
    if written != Grain::Day {
        return written;
    }
    let monthly = |series: &Series| {
        let months = series.points.iter().map(|point| Grain::Month.start(point.date));
        let shifted = months.clone().skip(1);
        series.points.len() > 1 && months.zip(shifted).all(|(a, b)| a < b)
    };
    if !series.is_empty() && series.iter().all(monthly) { Grain::Month } else { Grain::Day }
}

#[cfg(test)]
mod tests {
    use super::super::ChartKind;
    use super::super::sample::nowhere;
    use super::*;
    use crate::text::SourceId;

    const ES: Habits = Habits { decimal_comma: true, day_first: true };

    fn columns<'a>(text: &'a str) -> Vec<Column<'a>> {
        let mut lines = text.lines();
        let names: Vec<&str> = lines.next().expect("headings").split(';').collect();
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split(';').collect()).collect();
        let span =
            |row: usize, column: usize| Span::new(SourceId(1), row * 100 + column, row * 100 + column + 1);
        names
            .iter()
            .enumerate()
            .map(|(at, name)| Column {
                name: Spanned::new((*name).to_owned(), span(0, at)),
                cells: rows.iter().enumerate().map(|(row, cells)| (cells[at], span(row + 1, at))).collect(),
            })
            .collect()
    }

    fn spec(kind: ChartKind) -> ChartSpec {
        ChartSpec { kind, data: Some(Spanned::new("a.csv".to_owned(), nowhere())), ..ChartSpec::default() }
    }

    fn named(name: &str) -> Spanned<String> {
        Spanned::new(name.to_owned(), nowhere())
    }

    fn read(spec: &ChartSpec, text: &str) -> (Option<ChartData>, Vec<Finding>) {
        let Reported { value, findings } = ChartData::read(spec, &columns(text), ES);
        (value, findings)
    }

    fn time(data: Option<ChartData>) -> TimeData {
        match data {
            Some(ChartData::Time(data)) => data,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn columns_are_found_without_being_named() {
        let (data, findings) =
            read(&spec(ChartKind::Line), "fecha;instagram;nota\n2025-11-30;10;a\n2025-12-31;12;b");
        let data = time(data);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(data.series.len(), 1);
        assert_eq!(data.series[0].name, "Instagram");
        assert_eq!(data.grain, Grain::Month);
    }

    #[test]
    fn unknown_columns_name_what_the_file_holds() {
        let mut spec = spec(ChartKind::Line);
        spec.y = vec![named("segidores")];
        let (data, findings) = read(&spec, "fecha;seguidores\n2025-11-30;10");
        assert_eq!(data, None);
        assert_eq!(findings[0].code.id, "P504");
        assert_eq!(findings[0].replacement.as_deref(), Some("seguidores"));
        assert!(findings[0].mark.as_ref().expect("a mark").es.contains("fecha, seguidores"));
    }

    #[test]
    fn one_series_for_each_text() {
        let mut spec = spec(ChartKind::Line);
        spec.color = Some(named("canal"));
        spec.y = vec![named("valor")];
        let text = "fecha;canal;valor\n2025-11-30;web;1\n2025-11-30;radio;5\n2025-12-31;web;2";
        let names: Vec<String> =
            time(read(&spec, text).0).series.into_iter().map(|series| series.name).collect();
        assert_eq!(names, ["Web", "Radio"]);
    }

    #[test]
    fn posts_of_a_day_are_summed_when_asked() {
        let mut spec = spec(ChartKind::Line);
        let text = "fecha;valor\n2025-11-03;1\n2025-11-03;5\n2025-11-04;2";
        assert_eq!(read(&spec, text).1[0].code.id, "P415");
        spec.aggregate = Some(Aggregate::Sum);
        let (data, findings) = read(&spec, text);
        assert!(findings.is_empty());
        assert_eq!(time(data).series[0].points[0].value, Some(6.0));
    }

    #[test]
    fn wrong_columns() {
        let (data, findings) = read(&spec(ChartKind::Line), "canal;valor\nweb;1\nradio;2");
        assert_eq!((data, findings[0].code.id), (None, "P507"));
        let mut spec = spec(ChartKind::Bar);
        spec.y = vec![named("nota")];
        let (data, findings) = read(&spec, "canal;nota\nweb;a\nradio;b");
        assert_eq!((data, findings.len(), findings[0].code.id), (None, 1, "P507"));
    }

    #[test]
    fn categories_and_matrix() {
        let mut spec = spec(ChartKind::Bar);
        spec.color = Some(named("año"));
        let (data, findings) = read(&spec, "canal;año;valor\nweb;a;1\nweb;b;2\nradio;b;3");
        assert!(findings.is_empty(), "{findings:?}");
        let Some(ChartData::Categories(data)) = data else { panic!("categories") };
        assert_eq!(data.names, ["Web", "Radio"]);
        assert_eq!(data.values[0].values, [Some(1.0), None]);
        assert_eq!(data.values[1].values, [Some(2.0), Some(3.0)]);
    }

    #[test]
    fn too_many_and_too_little() {
        let findings = read(&spec(ChartKind::Line), "f;a;b;c;d;e\n2025-11-30;1;2;3;4;5").1;
        assert_eq!(findings[0].code.id, "P506");
        let findings = read(&spec(ChartKind::Bar), "canal;valor\nweb;-").1;
        assert_eq!(findings[0].code.id, "P505");
    }
}
