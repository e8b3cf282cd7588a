//! A table that was recognised → dated figures: dates, numbers, totals kept apart. What cannot be read is told.

use std::borrow::Cow;

use super::file_name::Facts;
use super::profile::{Basis, CellType, Profile, ProfileColumn, heading};
use super::recognise::Recognised;
use crate::finding::{Code, Finding, Level};
use crate::series::{
    Column, DateRules, Decimal, Grain, Habits, Measure, Numbers, Year, dates_as, day_of, durations,
    lacks_year, number_of, numbers_as, proves_comma,
};
use crate::syntax::Grid;
use crate::text::{Span, Spanned};
use crate::words;
use crate::world::Date;

static MISSING_YEAR: Code = Code { id: "P438", name: "missing_year", level: Level::Error, since: "0.1.0" };
static CONTROL_TOTAL: Code =
    Code { id: "P439", name: "control_total", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] = &[&MISSING_YEAR, &CONTROL_TOTAL];

/// What is known of a table before it is read.
pub struct Setting<'a> {
    /// What the name of the file, its comments and the settings tell.
    pub facts: Facts,
    /// The language's way of writing.
    pub habits: Habits,
    /// From a workbook: a point before the decimals, days with the year first.
    pub exact: bool,
    /// The file as an author would name it.
    pub file: &'a str,
    /// Lines above the table.
    pub titles: &'a [Spanned<String>],
}

/// A row of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row<'t> {
    /// The day, where the row has one.
    pub date: Option<Date>,
    /// What tells the item from all others.
    pub item: &'t str,
    /// The part of the whole that the row is about.
    pub part: &'t str,
}

/// The figures of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Number of the column in the profile.
    pub index: usize,
    /// What it is: the column of the profile, or the one that a line above the table names.
    pub column: ProfileColumn,
    /// Heading as written.
    pub name: Spanned<String>,
    /// Unit.
    pub unit: String,
    /// Decimals as written.
    pub decimals: u8,
    /// One for each row.
    pub cells: Vec<(Option<f64>, Span)>,
}

/// The figures of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading<'t> {
    /// Rows without those of totals.
    pub rows: Vec<Row<'t>>,
    /// Columns that measure something.
    pub figures: Vec<Figures>,
    /// Length of the periods that the dates stand for.
    pub grain: Grain,
}

/// Reads the rows below the header. `None` when they have no dates and need some, or when nobody knows what a figure is of.
pub fn read<'t>(
    grid: &Grid<'t>,
    text: &'t str,
    known: &Recognised,
    profile: &Profile,
    setting: &Setting<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Reading<'t>> {
    let mut table =
        Table { grid, text, known, profile, setting, findings, rows: Vec::new(), totals: Vec::new() };
    table.divide();
    table.read()
}

struct Table<'a, 't> {
    grid: &'a Grid<'t>,
    text: &'t str,
    known: &'a Recognised,
    profile: &'a Profile,
    setting: &'a Setting<'a>,
    findings: &'a mut Vec<Finding>,
    /// Rows of the grid that hold figures.
    rows: Vec<usize>,
    /// Rows of the grid that repeat the others.
    totals: Vec<usize>,
}

impl<'t> Table<'_, 't> {
    /// Tells rows of totals from the others.
    fn divide(&mut self) {
        let first = [self.date_place(), self.item_places().first().copied(), self.split_place(), Some(0)];
        for row in self.known.header + 1..self.grid.rows() {
            if self.grid.is_blank(row) {
                continue;
            }
            let is_total = !self.profile.total_rows.is_empty()
                && first
                    .iter()
                    .flatten()
                    .any(|column| self.profile.total_rows.contains(&heading(&self.grid.text(row, *column))));
            if is_total { self.totals.push(row) } else { self.rows.push(row) }
        }
    }

    fn read(mut self) -> Option<Reading<'t>> {
        let (dates, grain) = match self.profile.basis {
            Basis::Dated | Basis::Items => self.dates()?,
            Basis::Snapshot | Basis::Period => (vec![None; self.rows.len()], Grain::Day),
        };
        let (items, part) = (self.item_places(), self.split_place());
        let item = |row: usize| {
            let named = items.iter().map(|column| self.cell(row, *column).0.trim());
            named.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
        };
        let rows = self.rows.iter().zip(dates).map(|(row, date)| Row {
            date,
            item: item(*row),
            part: part.map(|column| self.cell(*row, column).0).unwrap_or_default(),
        });
        let rows: Vec<Row<'t>> = rows.collect();
        let columns = self.measured();
        let comma = self.comma(&columns);
        let mut figures = Vec::new();
        let mut wrong_totals = Vec::new();
        for (place, index, column) in columns {
            let cells = self.column(place, &self.rows);
            let numbers = self.numbers(&cells, &column, comma);
            if column.measure == Some(Measure::Flow) {
                wrong_totals.extend(self.wrong_total(place, &column, comma, &numbers));
            }
            let unit = match (column.unit.as_str(), self.known.columns.get(place)) {
                ("*", Some(Some(known))) => known.unit.clone().unwrap_or_default(),
                (unit, _) => unit.to_owned(),
            };
            let spans = cells.cells.iter().map(|(_, span)| *span);
            figures.push(Figures {
                index,
                column,
                unit,
                decimals: numbers.decimals,
                cells: numbers.values.into_iter().zip(spans).collect(),
                name: cells.name,
            });
        }
        self.tell_totals(&wrong_totals);
        (!figures.is_empty()).then_some(Reading { rows, figures, grain })
    }

    /// The columns that measure something: place in the table, number in the profile, what it is.
    fn measured(&self) -> Vec<(usize, usize, ProfileColumn)> {
        let mut measured = Vec::new();
        for (place, known) in self.known.columns.iter().enumerate() {
            let Some(index) = known.as_ref().map(|known| known.column) else { continue };
            let Some(column) = self.profile.columns.get(index) else { continue };
            let column = if column.named_above.is_empty() { Some(column) } else { self.named_above(column) };
            if let Some(column) = column.filter(|column| column.measure.is_some()) {
                measured.push((place, index, column.clone()));
            }
        }
        measured
    }

    /// The column that a line above the table names, the nearest line first.
    fn named_above<'c>(&self, column: &'c ProfileColumn) -> Option<&'c ProfileColumn> {
        let within = (0..self.known.header).rev().map(|row| self.grid.text(row, 0));
        let above = self.setting.titles.iter().rev().map(|title| Cow::Borrowed(title.value.as_str()));
        within.chain(above).find_map(|title| {
            let title = heading(&title);
            column.named_above.iter().find(|one| one.names.iter().any(|(name, _)| *name == title))
        })
    }

    fn date_place(&self) -> Option<usize> {
        let is_date = |column: &&usize| {
            let column = self.profile.columns.get(**column);
            column.is_some_and(|column| matches!(column.cells, CellType::Date | CellType::DayNumber))
        };
        let columns: Vec<usize> = (0..self.profile.columns.len()).collect();
        let declared = self.profile.date.and_then(|column| self.known.place(column));
        declared.or_else(|| columns.iter().filter(is_date).find_map(|column| self.known.place(*column)))
    }

    /// The columns that tell items apart: ids, else links, else texts; the first that is filled counts.
    fn item_places(&self) -> Vec<usize> {
        if self.profile.basis != Basis::Items {
            return Vec::new();
        }
        let columns = || self.profile.columns.iter().enumerate();
        let of = |wanted: CellType| {
            columns()
                .filter(move |(_, column)| column.cells == wanted)
                .filter_map(|(index, _)| self.known.place(index))
        };
        of(CellType::Id).chain(of(CellType::Link)).chain(of(CellType::Text)).collect()
    }

    fn split_place(&self) -> Option<usize> {
        self.profile.split.and_then(|column| self.known.place(column))
    }

    fn cell(&self, row: usize, column: usize) -> (&'t str, Span) {
        let span = self.grid.span(row, column);
        match self.grid.text(row, column) {
            Cow::Borrowed(text) => (text, span),
            // A cell with doubled quotes is no number and no date: its raw text serves as well.
            Cow::Owned(_) => {
                (self.text.get(span.start as usize..span.end as usize).unwrap_or_default(), span)
            }
        }
    }

    fn column(&self, place: usize, rows: &[usize]) -> Column<'t> {
        let header = self.known.header;
        let name = Spanned::new(self.grid.text(header, place).into_owned(), self.grid.span(header, place));
        Column { name, cells: rows.iter().map(|row| self.cell(*row, place)).collect() }
    }

    fn dates(&mut self) -> Option<(Vec<Option<Date>>, Grain)> {
        let place = self.date_place()?;
        let column = self.column(place, &self.rows);
        let index = self.known.columns.get(place)?.as_ref()?.column;
        let facts = self.setting.facts;
        if self.profile.columns.get(index).is_some_and(|column| column.cells == CellType::DayNumber) {
            let from = facts.from?;
            let day =
                |text: &str| text.trim().parse::<i64>().ok().filter(|number| (0..100_000).contains(number));
            let dates = column.cells.iter().map(|(text, _)| Some(day_of(number_of(from) + day(text)?)));
            return Some((dates.collect(), self.profile.grain));
        }
        let year = facts
            .year
            .map(Year::Of)
            .or(facts.to.or(facts.as_of).map(Year::Until))
            .or(facts.from.map(Year::From));
        if year.is_none()
            && let Some((text, span)) = lacks_year(&column)
        {
            self.findings.push(missing_year(&column, &text, span, self.setting.file));
            return None;
        }
        let habits = self.setting.habits;
        let day_first = if self.setting.exact {
            Some(self.profile.day_first.unwrap_or(false))
        } else {
            self.profile.day_first
        };
        let rules = DateRules { habits, day_first, year, serials: true };
        let dates = dates_as(&column, &rules).into(self.findings);
        let grain = if dates.grain == Grain::Day { self.profile.grain } else { dates.grain };
        Some((dates.values, grain))
    }

    /// Whether the file writes a decimal comma: proven by any of its columns, and by none to the contrary.
    fn comma(&self, columns: &[(usize, usize, ProfileColumn)]) -> Option<bool> {
        if self.setting.exact {
            return Some(false);
        }
        let proofs = columns.iter().filter_map(|(place, _, column)| {
            let cells = self.column(*place, &self.rows);
            proves_comma(&cells, column.cells == CellType::Count)
        });
        let proofs: Vec<bool> = proofs.collect();
        let first = proofs.first().copied()?;
        proofs.iter().all(|proof| *proof == first).then_some(first)
    }

    fn numbers(&mut self, cells: &Column<'t>, column: &ProfileColumn, comma: Option<bool>) -> Numbers {
        let decimal = match comma {
            Some(comma) if self.setting.exact => Decimal::Known { comma },
            _ if column.cells == CellType::Count => Decimal::Whole,
            Some(comma) => Decimal::Known { comma },
            None => Decimal::Unknown(self.setting.habits),
        };
        let reported = if column.cells == CellType::Duration {
            durations(cells, decimal)
        } else {
            numbers_as(cells, decimal)
        };
        let mut numbers = reported.into(self.findings);
        // A fraction that somebody formatted as percent in a spreadsheet is one no more.
        let is_percent = cells.cells.iter().any(|(text, _)| text.contains('%'));
        let sum: f64 = numbers.values.iter().flatten().sum();
        let is_fraction = match column.cells {
            CellType::Fraction => !is_percent,
            // Each of a thousand shares may be rounded.
            CellType::Share => !is_percent && sum <= 1.05,
            _ => false,
        };
        if is_fraction {
            for value in numbers.values.iter_mut().flatten() {
                *value *= 100.0;
            }
            numbers.decimals = numbers.decimals.saturating_sub(2);
        }
        numbers
    }

    /// A total that is not the sum of its column: name, total and sum, place.
    fn wrong_total(
        &self,
        place: usize,
        column: &ProfileColumn,
        comma: Option<bool>,
        numbers: &Numbers,
    ) -> Option<(String, f64, f64, Span)> {
        let total = self.column(place, self.totals.get(..1)?);
        let decimal = match comma {
            Some(comma) => Decimal::Known { comma },
            None if column.cells == CellType::Count => Decimal::Whole,
            None => Decimal::Unknown(self.setting.habits),
        };
        let reported = numbers_as(&total, decimal).value;
        let stated = reported.values.first().copied().flatten()?;
        let sum: f64 = numbers.values.iter().flatten().sum();
        // Each row was rounded by itself.
        let step = 10_f64.powi(-i32::from(numbers.decimals.max(reported.decimals)));
        let allowed =
            step * 0.5 * (numbers.values.len() as f64 + 1.0) * f64::from(u8::from(numbers.decimals > 0))
                + 1e-6;
        let (_, span) = total.cells.first()?;
        ((stated - sum).abs() > allowed).then(|| (total.name.value.clone(), stated, sum, *span))
    }

    /// One finding for all totals of a table that do not agree.
    fn tell_totals(&mut self, wrong: &[(String, f64, f64, Span)]) {
        let Some((name, stated, sum, span)) = wrong.first() else { return };
        let (stated, sum) = (shown(*stated), shown(*sum));
        let others: Vec<String> = wrong.iter().skip(1).map(|(name, ..)| format!("`{name}`")).collect();
        let finding = Finding::new(
            &CONTROL_TOTAL,
            *span,
            words!(
                "the total of `{name}` is {stated}, and its rows add up to {sum}",
                "el total de `{name}` es {stated} y sus filas suman {sum}"
            ),
        );
        let finding = if self.profile.totals_differ {
            finding.level(Level::Note).why(words!(
                "in this export that is usual: the platform leaves rows out that the total includes",
                "en esta exportación es lo habitual: la plataforma omite filas que el total sí incluye"
            ))
        } else {
            finding
                .why(words!(
                    "rows are missing, were changed, or were read otherwise than they were meant",
                    "faltan filas, se han cambiado o se leen de otro modo que el debido"
                ))
                .help(words!("export the file anew", "vuelve a exportar el archivo"))
        };
        let list = others.join(", ");
        self.findings.push(if others.is_empty() {
            finding
        } else {
            finding.mark(words!("and likewise {list}", "y lo mismo en {list}"))
        });
    }
}

/// A figure in a message: whole when it is whole, else with at most two decimals.
pub(super) fn shown(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn missing_year(column: &Column, text: &str, span: Span, file: &str) -> Finding {
    let name = &column.name.value;
    Finding::new(
        &MISSING_YEAR,
        span,
        words!("`{text}` has no year", "a `{text}` le falta el año"),
    )
    .mark(words!(
        "no date of the column `{name}` has one, and the table is not read",
        "ninguna fecha de la columna `{name}` lo tiene, y la tabla no se lee"
    ))
    .why(words!(
        "without the year these figures could be of any",
        "sin el año, estas cifras podrían ser de cualquiera"
    ))
    .help(words!(
        "put the day of the export into the name of the file (`Overview 2026-01-31.csv`), or the year of its oldest row into `playbook.yaml`:\ndata:\n  - files: {file}\n    year: 2026",
        "pon el día de la exportación en el nombre del archivo (`Overview 2026-01-31.csv`), o el año de su fila más antigua en `guia.yaml`:\ndatos:\n  - archivos: {file}\n    anio: 2026"
    ))
}
