//! What an export of a platform looks like: its columns by their names in every language, what each measures, how it writes dates. The format is described in `docs/profile-files.md`.

use crate::finding::Words;
use crate::series::{Grain, Measure};
use crate::text::fold;

/// What one row of an export stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// A day or another period of the calendar: the row holds what happened in it.
    #[default]
    Dated,
    /// A thing that was published: the row holds its total since then, on the day of the export.
    Items,
    /// A part of the whole (a city, an age) on the day of the export.
    Snapshot,
    /// The whole of the period for which the export was made.
    Period,
}

impl Basis {
    /// All of them with their names in profile files.
    pub const ALL: [(&'static str, Basis); 4] = [
        ("dated", Basis::Dated),
        ("items", Basis::Items),
        ("snapshot", Basis::Snapshot),
        ("period", Basis::Period),
    ];

    /// The name in profile files.
    pub fn name(self) -> &'static str {
        Basis::ALL.iter().find(|(_, basis)| *basis == self).map_or("", |(name, _)| name)
    }
}

/// How the cells of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellType {
    /// Words that are not figures.
    #[default]
    Text,
    /// What tells one item from all others.
    Id,
    /// An address.
    Link,
    /// A day or a period.
    Date,
    /// The number of the day since the export's first one: `0000`, `0001`.
    DayNumber,
    /// Whole things: `1.250` can only be 1250.
    Count,
    /// A figure that may have decimals.
    Number,
    /// `12,5 %`, or `12.5` under a heading that says so.
    Percent,
    /// `0.125` for 12.5 %.
    Fraction,
    /// A part of the whole, as percents in one export and as fractions in another: fractions when the column adds up to 1 at most.
    Share,
    /// `0:04:34`, or seconds.
    Duration,
}

impl CellType {
    /// All of them with their names in profile files.
    pub const ALL: [(&'static str, CellType); 11] = [
        ("text", CellType::Text),
        ("id", CellType::Id),
        ("link", CellType::Link),
        ("date", CellType::Date),
        ("day_number", CellType::DayNumber),
        ("count", CellType::Count),
        ("number", CellType::Number),
        ("percent", CellType::Percent),
        ("fraction", CellType::Fraction),
        ("share", CellType::Share),
        ("duration", CellType::Duration),
    ];

    /// The name in profile files.
    pub fn name(self) -> &'static str {
        CellType::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether the cells are figures.
    pub fn is_figure(self) -> bool {
        matches!(
            self,
            CellType::Count
                | CellType::Number
                | CellType::Percent
                | CellType::Fraction
                | CellType::Share
                | CellType::Duration
        )
    }
}

/// A column of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileColumn {
    /// Canonical name: the part of a series' id after the platform.
    pub name: String,
    /// Headings, made comparable by [`heading`], each with the language that writes it so.
    pub names: Vec<(String, String)>,
    /// How its cells are written.
    pub cells: CellType,
    /// What it measures; `None` for a column that is not collected.
    pub measure: Option<Measure>,
    /// Sign of the unit: `%`, `s`, `h`, nothing for what is counted; `*` when the heading says it in parentheses (a currency).
    pub unit: String,
    /// Ratio, duration: the columns whose sum is divided, and the one by which it is divided.
    pub parts: Option<(Vec<usize>, usize)>,
    /// Ratio, duration, score: the column that says how many it is the mean of.
    pub weight: Option<usize>,
    /// Platform of the figures, where it is not that of the profile.
    pub platform: Option<String>,
    /// The figures are of the thing that a line above the table names: one column for each title.
    pub named_above: Vec<ProfileColumn>,
}

/// An export of a platform.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Name of the profile, that of its file.
    pub name: String,
    /// Platform: the part of a series' id before the dot.
    pub platform: String,
    /// Further names of folders that hold this platform's exports.
    pub folders: Vec<String>,
    /// What people read.
    pub title: Words,
    /// What a row stands for.
    pub basis: Basis,
    /// Stands between the platform and the measure where the figures are not those of the whole; `items` for items.
    pub scope: String,
    /// Length of the periods, when the dates do not show it.
    pub grain: Grain,
    /// Columns.
    pub columns: Vec<ProfileColumn>,
    /// Columns that prove the profile when they are all there; of each list one.
    pub required: Vec<Vec<usize>>,
    /// The column of the day, when it is not the first one of type date.
    pub date: Option<usize>,
    /// The column whose every value is a series of its own.
    pub split: Option<usize>,
    /// Whether the day stands before the month, when no cell proves it; `None` leaves it to the language of the playbook.
    pub day_first: Option<bool>,
    /// First cells of rows that are totals, made comparable by [`heading`].
    pub total_rows: Vec<String>,
    /// The total is expected to differ from the sum of the rows.
    pub totals_differ: bool,
    /// The platform cuts the export at this many rows.
    pub cap: Option<usize>,
}

impl Profile {
    /// Whether a folder is called after the platform.
    pub fn is_called(&self, folder: &str) -> bool {
        folder == self.platform.replace('_', "-") || self.folders.iter().any(|name| name == folder)
    }

    /// The number of the column with this canonical name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// A heading made comparable: case, accents, compatibility forms and the kind and number of blanks do not count.
pub fn heading(text: &str) -> String {
    let folded =
        fold(text.trim_matches(|mark: char| mark.is_whitespace() || matches!(mark, '\u{feff}' | '\u{200b}')));
    let mut heading = String::with_capacity(folded.len());
    for mark in folded.chars().filter(|mark| !matches!(mark, '\u{feff}' | '\u{200b}'..='\u{200f}')) {
        let mark = if mark.is_whitespace() { '_' } else { mark };
        if mark != '_' || !heading.ends_with('_') {
            heading.push(mark);
        }
    }
    heading
}

/// A heading whose last word is a currency in parentheses → the heading with `(*)` in its place, and the currency.
pub fn without_currency(text: &str) -> Option<(String, &str)> {
    let (before, rest) = text.trim_end().rsplit_once('(')?;
    let code = rest.strip_suffix(')')?;
    let is_currency = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    is_currency.then(|| (heading(&format!("{before}(*)")), code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_compare() {
        for (one, other) in [
            ("Hora de publicación", "HORA  DE\u{a0}PUBLICACION"),
            ("\u{feff}Date", " date "),
            ("Reactions, Comments and Shares", "reactions, comments and shares"),
            ("nb_uniq_visitors", "nb uniq visitors"),
            ("Ｖｉｅｗｓ", "Views"),
        ] {
            assert_eq!(heading(one), heading(other), "{one}");
        }
        assert_ne!(heading("Views"), heading("Viewers"));
    }

    #[test]
    fn currencies() {
        let (name, code) = without_currency("Estimated revenue (USD)").expect("a currency");
        assert_eq!((name.as_str(), code), (heading("Estimated revenue (*)").as_str(), "USD"));
        assert!(without_currency("Watch time (hours)").is_none());
        assert!(without_currency("Clicks").is_none());
    }
}
