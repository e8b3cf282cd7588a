//! Where the rows of the table stand in the drawing, so that a reader who points at a place gets its figures: the only data that the page's script has of its own.

use std::fmt::Write;

use super::scene::Scene;
use super::{ChartData, TimeData, table};
use crate::series::{Grain, number_of};

/// What tells the place of a row of the table. Rows go by the day of their last value, or by the number of their category in the data.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Stops {
    /// Nothing to point at.
    #[default]
    None,
    /// The frame counts days along the bottom.
    Days,
    /// Places from left to right.
    Across(Vec<Stop>),
    /// Places from top to bottom.
    Down(Vec<Stop>),
}

/// A place in px and the rows that stand there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stop {
    /// The first row.
    pub first: f64,
    /// The last row, often the same.
    pub last: f64,
    /// Px from the left or from the top.
    pub place: f64,
}

/// The rows of the common table.
pub(crate) fn rows(data: &ChartData) -> Vec<f64> {
    match data {
        ChartData::Time(data) => days(data),
        ChartData::Categories(data) => {
            (0..data.names.len().min(table::ROWS)).map(|index| index as f64).collect()
        }
        ChartData::Listing(_) => Vec::new(),
    }
}

/// The day of the last value of each row; the rows are joined as those of the table.
fn days(data: &TimeData) -> Vec<f64> {
    let mut rows: Vec<_> = data.dates().into_iter().map(|date| (date, date)).collect();
    let mut of_rows = data.grain;
    let mut grain = data.grain.max(Grain::Week);
    while rows.len() > table::ROWS && of_rows < Grain::Year {
        grain = grain.longer();
        of_rows = grain;
        rows.iter_mut().for_each(|(row, _)| *row = grain.start(*row));
        rows.reverse();
        rows.dedup_by_key(|(row, _)| *row);
        rows.reverse();
    }
    let skipped = rows.len().saturating_sub(table::ROWS);
    rows.iter().skip(skipped).map(|(_, last)| number_of(*last) as f64).collect()
}

/// The attributes of the drawing: for each row its place in hundredths of the width or height, a dash for a row that is not drawn.
pub(crate) fn attributes(scene: &Scene, rows: &[f64]) -> String {
    let (name, whole, listed): (_, _, &[Stop]) = match &scene.stops {
        Stops::None => return String::new(),
        Stops::Days => ("x", scene.size.width, &[]),
        Stops::Across(listed) => ("x", scene.size.width, listed),
        Stops::Down(listed) => ("y", scene.size.height, listed),
    };
    if rows.is_empty() {
        return String::new();
    }
    let mut text = format!(" data-{name}=\"");
    for (index, row) in rows.iter().enumerate() {
        let place = match &scene.stops {
            Stops::Days => Some(scene.frame.px(*row)),
            _ => listed.iter().find(|stop| (stop.first..=stop.last).contains(row)).map(|stop| stop.place),
        };
        let gap = if index > 0 { " " } else { "" };
        // Writing to a string cannot fail.
        let _ = match place.map(|place| place / whole * 100.0).filter(|part| (0.0..=100.0).contains(part)) {
            Some(part) => write!(text, "{gap}{}", (part * 10.0).round() / 10.0),
            None => write!(text, "{gap}-"),
        };
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Spanish, gallery, series, time};
    use super::super::{ChartKind, draw};
    use super::*;
    use crate::world::Date;

    #[test]
    fn one_for_each_row_of_the_table() {
        let mut seen = 0;
        for (name, spec, data) in gallery() {
            let drawn = draw(&spec, &data, &Spanish, "c");
            for svg in [&drawn.wide, &drawn.narrow] {
                for part in svg.split(" data-").skip(1) {
                    let places = part.split('"').nth(1).expect("a value");
                    assert_eq!(places.split(' ').count(), drawn.table.rows.len(), "{name}: {places}");
                    seen += 1;
                }
            }
        }
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn rows_stand_at_their_last_value() {
        let year = series("a", Date::constant(2025, 1, 1), Grain::Day, &[Some(1.0); 365]);
        let ChartData::Time(data) = time(Grain::Day, vec![year]) else { unreachable!() };
        let days = days(&data);
        assert_eq!(days.len(), 12);
        assert_eq!(days[1], number_of(Date::constant(2025, 2, 28)) as f64);
    }

    #[test]
    fn categories_in_the_order_of_the_table() {
        let (_, spec, data) = gallery().into_iter().find(|(name, ..)| *name == "bar-few").expect("there");
        assert_eq!(spec.kind, ChartKind::Bar);
        assert_eq!(rows(&data), [0.0, 1.0, 2.0, 3.0, 4.0]);
        let drawn = draw(&spec, &data, &Spanish, "c");
        let places =
            drawn.wide.split("data-x=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("places");
        let places: Vec<f64> = places.split(' ').map(|place| place.parse().expect("a number")).collect();
        assert!(places.is_sorted(), "{places:?}");
    }
}
