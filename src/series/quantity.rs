//! A figure over time with the arithmetic of its kind: what several values become in a longer period, and when they become nothing because the result would have no meaning.

use super::{Aggregate, Grain, Measure, Point, Series, day_of, number_of};
use crate::finding::Words;
use crate::text::Span;
use crate::words;
use crate::world::Date;

/// Dated values that know what may be done with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// What sort of figure it is.
    pub measure: Measure,
    /// How long the period is that one value stands for.
    pub grain: Grain,
    parts: Parts,
}

#[derive(Clone, Debug, PartialEq)]
enum Parts {
    /// Values as they are.
    Values(Series),
    /// Means, and how many there were behind each.
    Means { means: Series, counts: Series },
    /// What is divided, what it is divided by, and 100 for a percentage.
    Ratio { above: Box<Quantity>, below: Box<Quantity>, factor: f64, name: String, unit: String },
}

/// The value of one period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// How long the period is.
    pub grain: Grain,
    /// Its first day.
    pub from: Date,
    /// The day of the newest value in it, as the data date it.
    pub newest: Date,
    /// The value.
    pub value: f64,
    /// How many there were behind a mean, where that is known.
    pub count: Option<f64>,
}

impl Figure {
    /// The last day of the period.
    pub fn to(&self) -> Date {
        self.grain.end(self.from)
    }
}

/// Why several values have no common value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Levels of several days: what was there yesterday is there today.
    Levels,
    /// Different people of several periods: the same person may be in each.
    Unique,
    /// Rates of several periods without numerator and denominator.
    Rates,
    /// Means of several periods without the number behind each.
    Means,
}

impl Refused {
    /// The reason, as half a sentence.
    pub fn reason(self) -> Words {
        match self {
            Refused::Levels => words!(
                "what there was on one day is still there on the next, so levels are not added up",
                "lo que había un día sigue ahí al siguiente; por eso los saldos no se suman"
            ),
            Refused::Unique => words!(
                "the same person may be in several periods, so different people are never added up",
                "una misma persona puede estar en varios periodos; por eso las personas distintas no se suman"
            ),
            Refused::Rates => words!(
                "a mean of rates gives a small period the weight of a large one; a rate is recomputed from its two parts",
                "una media de tasas da a un periodo pequeño el peso de uno grande; una tasa se recalcula con sus dos partes"
            ),
            Refused::Means => words!(
                "a mean of means needs the number of cases behind each",
                "una media de medias necesita saber cuántos casos hay detrás de cada una"
            ),
        }
    }
}

impl Quantity {
    /// Values that stand for periods of `grain`, or shorter ones when two of them fall into one such period. Scores count as one answer each.
    pub fn of(measure: Measure, values: Series, grain: Grain) -> Self {
        let grain = fitting(&values, grain);
        let parts = if measure == Measure::Score {
            let mut counts = values.clone();
            for point in &mut counts.points {
                point.value = point.value.map(|_| 1.0);
            }
            Parts::Means { means: values, counts }
        } else {
            Parts::Values(values)
        };
        Self { measure, grain, parts }
    }

    /// Values of which several may be of one day, one an item: joined by day first.
    ///
    /// # Errors
    /// When the values of a day have no common value.
    pub fn of_many(measure: Measure, values: Series, grain: Grain) -> Result<Self, Refused> {
        let joined = values.by_day(match measure {
            Measure::Flow => Aggregate::Sum,
            _ => Aggregate::Last,
        });
        let is_many = values.known().count() > joined.known().count();
        match measure {
            Measure::Unique if is_many => Err(Refused::Unique),
            Measure::Ratio if is_many => Err(Refused::Rates),
            Measure::Duration if is_many => Err(Refused::Means),
            Measure::Score if is_many => {
                let mut counts = values.clone();
                counts.points.iter_mut().for_each(|point| point.value = point.value.map(|_| 1.0));
                Ok(Self::means(measure, values, counts, grain))
            }
            _ => Ok(Self::of(measure, joined, grain)),
        }
    }

    /// Means of durations or scores with the number of cases behind each; a mean without a number is left out of longer periods.
    pub fn means(measure: Measure, means: Series, counts: Series, grain: Grain) -> Self {
        let (means, counts) = weighed_by_day(means, counts);
        let grain = fitting(&means, grain);
        Self { measure, grain, parts: Parts::Means { means, counts } }
    }

    /// One quantity divided by another, on the longer of their two periods. `factor` is 100 for a percentage.
    ///
    /// # Errors
    /// When one of them cannot be joined to the period of the other.
    pub fn ratio(
        above: Quantity,
        below: Quantity,
        factor: f64,
        name: impl Into<String>,
        unit: impl Into<String>,
    ) -> Result<Self, Refused> {
        let grain = above.grain.max(below.grain);
        let (above, below) = (Box::new(above.resampled(grain)?), Box::new(below.resampled(grain)?));
        let (name, unit) = (name.into(), unit.into());
        Ok(Self { measure: Measure::Ratio, grain, parts: Parts::Ratio { above, below, factor, name, unit } })
    }

    /// The same figure over longer periods, each value dated on the first day of its period. A week belongs to the period that holds its Thursday, as in ISO 8601. For a shorter period than the data have, the data as they are.
    ///
    /// # Errors
    /// When a period holds several values whose combination has no meaning.
    pub fn resampled(&self, grain: Grain) -> Result<Self, Refused> {
        let grain = grain.max(self.grain);
        let parts = match &self.parts {
            Parts::Ratio { above, below, factor, name, unit } => Parts::Ratio {
                above: Box::new(above.resampled(grain)?),
                below: Box::new(below.resampled(grain)?),
                factor: *factor,
                name: name.clone(),
                unit: unit.clone(),
            },
            Parts::Values(values) => Parts::Values(match self.measure {
                Measure::Stock => self.joined(values, grain, |group| Ok(group.last().copied()))?,
                Measure::Flow => self.joined(values, grain, |group| {
                    Ok(group.iter().copied().reduce(|sum, value| sum + value))
                })?,
                Measure::Unique => self.joined(values, grain, only(Refused::Unique))?,
                Measure::Ratio => self.joined(values, grain, only(Refused::Rates))?,
                Measure::Duration | Measure::Score => self.joined(values, grain, only(Refused::Means))?,
            }),
            Parts::Means { means, counts } => {
                let mut weighted = means.clone();
                let mut behind = means.clone();
                for (product, count) in weighted.points.iter_mut().zip(&mut behind.points) {
                    // A mean of nothing weighs nothing, and one whose number is unknown cannot be weighed.
                    let weight = at(counts, product.date).filter(|weight| *weight > 0.0);
                    count.value = weight.filter(|_| product.value.is_some());
                    product.value = product.value.zip(weight).map(|(mean, weight)| mean * weight);
                }
                let sum =
                    |group: &[f64]| Ok(group.iter().copied().reduce(|sum: f64, value: f64| sum + value));
                let mut joined = self.joined(&weighted, grain, sum)?;
                let counts = self.joined(&behind, grain, sum)?;
                for (mean, count) in joined.points.iter_mut().zip(&counts.points) {
                    mean.value = mean.value.zip(count.value).map(|(sum, count)| sum / count);
                }
                if grain > self.grain {
                    joined.decimals = joined.decimals.max(1);
                }
                Parts::Means { means: joined, counts }
            }
        };
        Ok(Self { measure: self.measure, grain, parts })
    }

    /// The values as a series, for a drawing: on the days that the data name; a ratio date by date of its periods.
    pub fn series(&self) -> Series {
        match &self.parts {
            Parts::Values(values) => values.clone(),
            Parts::Means { means, .. } => means.clone(),
            Parts::Ratio { above, below, factor, name, unit } => {
                let (above, below) = (above.series(), below.series());
                let value = |point: &Point| {
                    let divisor = at_period(&below, self.grain, point.date)?;
                    Some(point.value? / divisor * factor).filter(|quotient| quotient.is_finite())
                };
                let points = above.points.iter().map(|point| Point { value: value(point), ..*point });
                let points: Vec<Point> = points.collect();
                let greatest = points
                    .iter()
                    .filter_map(|point| point.value)
                    .fold(0.0, |most: f64, value| most.max(value.abs()));
                let decimals = match greatest {
                    _ if *factor > 1.0 => 1,
                    10.0.. => 1,
                    1.0.. => 2,
                    _ => 3,
                };
                Series { name: name.clone(), points, unit: unit.clone(), decimals }
            }
        }
    }

    /// The known values, each with its period, in order of time.
    pub fn figures(&self) -> Vec<Figure> {
        let figure = |(date, value): (Date, f64)| Figure {
            grain: self.grain,
            from: self.grain.start(date),
            newest: date,
            value,
            count: match &self.parts {
                Parts::Means { counts, .. } => at(counts, date),
                Parts::Values(_) | Parts::Ratio { .. } => None,
            },
        };
        self.series().known().map(figure).collect()
    }

    /// The quantity as it was known up to a day: later values are gone.
    pub fn until(&self, last: Date) -> Self {
        let cut = |series: &Series| {
            let mut series = series.clone();
            series.points.retain(|point| point.date <= last);
            series
        };
        let parts = match &self.parts {
            Parts::Values(values) => Parts::Values(cut(values)),
            Parts::Means { means, counts } => Parts::Means { means: cut(means), counts: cut(counts) },
            Parts::Ratio { above, below, factor, name, unit } => Parts::Ratio {
                above: Box::new(above.until(last)),
                below: Box::new(below.until(last)),
                factor: *factor,
                name: name.clone(),
                unit: unit.clone(),
            },
        };
        Self { measure: self.measure, grain: self.grain, parts }
    }

    /// The sum of a flow from one day to another, both included; `None` for what is not added up, or without a value.
    pub fn total(&self, from: Date, to: Date) -> Option<f64> {
        let Parts::Values(values) = &self.parts else { return None };
        if self.measure != Measure::Flow {
            return None;
        }
        let known = values.known().filter(|(date, _)| (from..=to).contains(date));
        known.map(|(_, value)| value).reduce(|sum, value| sum + value)
    }

    /// Where the values of a period of `grain` stand in the data, parts of a ratio one after the other.
    pub fn places(&self, grain: Grain, from: Date) -> Vec<Span> {
        let grain = grain.max(self.grain);
        let of = |series: &Series| {
            let within = |point: &&Point| point.value.is_some() && self.period(point.date, grain) == from;
            series.points.iter().filter(within).map(|point| point.span).collect::<Vec<Span>>()
        };
        match &self.parts {
            Parts::Values(values) => of(values),
            Parts::Means { means, .. } => of(means),
            Parts::Ratio { above, below, .. } => {
                let mut places = above.places(grain, from);
                places.extend(below.places(grain, from));
                places
            }
        }
    }

    /// Unit as people write it.
    pub fn unit(&self) -> &str {
        match &self.parts {
            Parts::Values(series) | Parts::Means { means: series, .. } => &series.unit,
            Parts::Ratio { unit, .. } => unit,
        }
    }

    /// How many decimals to show.
    pub fn decimals(&self) -> u8 {
        match &self.parts {
            Parts::Values(series) | Parts::Means { means: series, .. } => series.decimals,
            Parts::Ratio { .. } => self.series().decimals,
        }
    }

    /// The period of `grain` to which a value of this date belongs.
    fn period(&self, date: Date, grain: Grain) -> Date {
        let anchor = if self.grain == Grain::Week && grain > Grain::Week {
            day_of(number_of(Grain::Week.start(date)) + 3)
        } else {
            date
        };
        grain.start(anchor)
    }

    /// One point a period: what `join` makes of its known values. A period is kept when the data name it, even without a value.
    fn joined(
        &self,
        series: &Series,
        grain: Grain,
        join: impl Fn(&[f64]) -> Result<Option<f64>, Refused>,
    ) -> Result<Series, Refused> {
        if grain == self.grain {
            return Ok(series.clone());
        }
        let mut points: Vec<Point> = Vec::new();
        let mut values: Vec<f64> = Vec::new();
        for point in &series.points {
            let date = self.period(point.date, grain);
            if points.last().is_none_or(|last| last.date != date) {
                close(&mut points, &values, &join)?;
                points.push(Point { date, value: None, span: point.span });
                values.clear();
            }
            values.extend(point.value);
        }
        close(&mut points, &values, &join)?;
        Ok(Series { points, name: series.name.clone(), unit: series.unit.clone(), decimals: series.decimals })
    }
}

fn close(
    points: &mut [Point],
    values: &[f64],
    join: &impl Fn(&[f64]) -> Result<Option<f64>, Refused>,
) -> Result<(), Refused> {
    if let Some(last) = points.last_mut() {
        last.value = join(values)?;
    }
    Ok(())
}

/// The only value of a period; several are refused.
fn only(refused: Refused) -> impl Fn(&[f64]) -> Result<Option<f64>, Refused> {
    move |values| match values {
        [] => Ok(None),
        [only] => Ok(Some(*only)),
        _ => Err(refused),
    }
}

/// The longest grain up to `grain` in whose periods no two values fall.
fn fitting(values: &Series, grain: Grain) -> Grain {
    let apart = |grain: &Grain| {
        let mut starts = values.points.iter().map(|point| grain.start(point.date));
        let mut last = starts.next();
        starts.all(|start| last.replace(start) != Some(start))
    };
    let shorter = [Grain::Year, Grain::Quarter, Grain::Month, Grain::Week];
    shorter.into_iter().filter(|candidate| *candidate <= grain).find(apart).unwrap_or_default()
}

/// Means and numbers of one day, where there are several, as one mean and one number.
fn weighed_by_day(means: Series, counts: Series) -> (Series, Series) {
    let is_single = |series: &Series| {
        series.points.iter().zip(series.points.iter().skip(1)).all(|(one, next)| one.date != next.date)
    };
    if is_single(&means) && is_single(&counts) {
        return (means, counts);
    }
    // Item by item both lists have the same places.
    let mut products = means.clone();
    let mut behind = counts;
    for (mean, count) in products.points.iter_mut().zip(&mut behind.points) {
        let weight = count.value.filter(|weight| *weight > 0.0);
        mean.value = mean.value.zip(weight).map(|(mean, weight)| mean * weight);
        count.value = weight.filter(|_| mean.value.is_some());
    }
    let (mut means, counts) = (products.by_day(Aggregate::Sum), behind.by_day(Aggregate::Sum));
    for (mean, count) in means.points.iter_mut().zip(&counts.points) {
        mean.value = mean.value.zip(count.value).map(|(sum, count)| sum / count);
    }
    (means, counts)
}

/// The value on a date.
fn at(series: &Series, date: Date) -> Option<f64> {
    let index = series.points.binary_search_by_key(&date, |point| point.date).ok()?;
    series.points.get(index)?.value
}

/// The value of the period that holds a date.
fn at_period(series: &Series, grain: Grain, date: Date) -> Option<f64> {
    let start = grain.start(date);
    let index = series.points.partition_point(|point| grain.start(point.date) < start);
    series.points.get(index).filter(|point| grain.start(point.date) == start)?.value
}

#[cfg(test)]
mod tests;
