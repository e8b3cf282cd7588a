//! Which profile a table has: the one all of whose required headings stand in one of its first rows, and of whose figures it holds one.

use super::profile::{heading, without_currency};
use super::profile_file::Profiles;
use crate::syntax::Grid;

/// The header of an export stands in one of these rows, counted from the first of its table.
const FIRST_ROWS: usize = 30;

/// Column of a table, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Number of the column of the profile.
    pub column: usize,
    /// Unit that the heading says, where the profile leaves it to the heading.
    pub unit: Option<String>,
}

/// A table that was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Number of the profile in the list.
    pub profile: usize,
    /// Row of the headings.
    pub header: usize,
    /// For each column of the table what it is; `None` for one that the profile does not know.
    pub columns: Vec<Option<Known>>,
}

impl Recognised {
    /// Where a column of the profile stands in the table; the first of several.
    pub fn place(&self, column: usize) -> Option<usize> {
        self.columns.iter().position(|known| known.as_ref().is_some_and(|known| known.column == column))
    }
}

/// The first row in which a profile fits, and the profile that explains most of its columns; of equals one whose platform the folder is called after.
pub fn recognise(grid: &Grid<'_>, profiles: &Profiles, folder: &str) -> Option<Recognised> {
    (0..grid.rows().min(FIRST_ROWS)).find_map(|row| fitting(grid, row, profiles, folder))
}

fn fitting(grid: &Grid<'_>, row: usize, profiles: &Profiles, folder: &str) -> Option<Recognised> {
    // One look at each heading; then only the profiles that were hit are compared.
    let mut hits: Vec<Vec<(usize, usize, Option<&str>)>> = Vec::new();
    let cells: Vec<_> = (0..grid.width(row)).map(|column| grid.text(row, column)).collect();
    for cell in &cells {
        let mut known: Vec<(usize, usize, Option<&str>)> = profiles
            .with_heading(&heading(cell))
            .iter()
            .map(|(profile, column)| (*profile, *column, None))
            .collect();
        if let Some((name, currency)) = without_currency(cell) {
            let found = profiles.with_heading(&name).iter();
            known.extend(found.map(|(profile, column)| (*profile, *column, Some(currency))));
        }
        hits.push(known);
    }
    let mut counts: Vec<usize> = vec![0; profiles.list.len()];
    for hit in &hits {
        for (profile, ..) in hit {
            if let Some(count) = counts.get_mut(*profile) {
                *count += 1;
            }
        }
    }
    let is_there = |profile: usize, wanted: &usize| {
        hits.iter().flatten().any(|(hit, column, _)| *hit == profile && column == wanted)
    };
    // A single known heading such as a date is no proof.
    let is_figure = |hit: usize, column: usize| {
        let column = profiles.list.get(hit).and_then(|profile| profile.columns.get(column));
        column.is_some_and(|column| column.measure.is_some() || !column.named_above.is_empty())
    };
    let measures = |profile: usize| {
        hits.iter().flatten().any(|(hit, column, _)| *hit == profile && is_figure(*hit, *column))
    };
    // Few profiles were hit, and of those few lack nothing.
    let candidates = profiles.list.iter().zip(&counts).enumerate();
    let (best, _) = candidates
        .filter(|(_, (_, count))| **count > 0)
        .filter(|(index, (profile, _))| {
            profile.required.iter().all(|either| either.iter().any(|column| is_there(*index, column)))
        })
        .filter(|(index, _)| measures(*index))
        // The first of equals: a playbook's own profiles stand in front.
        .max_by_key(|(index, (profile, count))| {
            (**count, profile.is_called(folder), std::cmp::Reverse(*index))
        })?;
    let mut taken: Vec<usize> = Vec::new();
    let columns = hits
        .iter()
        .map(|hit| {
            let (_, column, unit) = hit.iter().find(|(profile, ..)| *profile == best)?;
            // A repeated heading: the first of its name is the one that is meant.
            if taken.contains(column) {
                return None;
            }
            taken.push(*column);
            Some(Known { column: *column, unit: unit.map(str::to_owned) })
        })
        .collect();
    Some(Recognised { profile: best, header: row, columns })
}
