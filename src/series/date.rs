//! A column of texts → dates. Whether the day or the month comes first is decided once for the column, by a field above 12.

use super::column::{bare, is_missing};
use super::grain::{day as day_of, number as number_of};
use super::{Column, Grain, Habits};
use crate::finding::{Code, Finding, Level, Many, Reported};
use crate::text::{Span, Spanned, fold};
use crate::words;
use crate::world::Date;

/// Every date of a column can be read with the day first and with the month first.
pub static AMBIGUOUS_DATE: Code =
    Code { id: "P413", name: "ambiguous_date", level: Level::Warning, since: "0.1.0" };

/// A cell of a column of dates holds something else.
pub static NOT_A_DATE: Code = Code { id: "P416", name: "not_a_date", level: Level::Error, since: "0.1.0" };

/// The dates of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dates {
    /// One for each cell: the day, or the first day of the period; `None` when it is missing or cannot be read.
    pub values: Vec<Option<Date>>,
    /// The periods as written (`2026-05` is a month); days when forms are mixed.
    pub grain: Grain,
}

/// Whether at least half of the cells that hold anything can be read as dates.
pub fn looks_like_dates(column: &Column) -> bool {
    let mut filled = 0usize;
    let mut dates = 0usize;
    for (text, _) in &column.cells {
        let text = bare(text);
        if !is_missing(text) {
            filled += 1;
            dates += usize::from(form(text).is_some());
        }
    }
    filled > 0 && dates * 2 >= filled
}

/// What is known of a column of dates before its cells are looked at.
#[derive(Clone, Copy, Debug)]
pub struct DateRules {
    /// Decide between day and month when nothing else does, with a finding.
    pub habits: Habits,
    /// Whether the day comes first where no cell proves the contrary: the platform is known to write so.
    pub day_first: Option<bool>,
    /// Where the year of `23 August` comes from; without it such a cell is no date.
    pub year: Option<Year>,
    /// Whether a whole number such as `45992` is the day as spreadsheets count it.
    pub serials: bool,
}

impl DateRules {
    /// Nothing is known but the habits.
    pub fn of(habits: Habits) -> Self {
        Self { habits, day_first: None, year: None, serials: false }
    }
}

/// What tells the years of dates that are written without one. The rows stand in the order of time, in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// The oldest row is of this year.
    Of(i16),
    /// No row is older than this day.
    From(Date),
    /// No row is later than this day.
    Until(Date),
}

/// The first cell with a date that lacks its year, when no cell of the column has one.
pub fn lacks_year(column: &Column) -> Option<(String, Span)> {
    let mut first = None;
    for (text, span) in &column.cells {
        match form(bare(text)) {
            Some(_) => return None,
            None if first.is_none() && yearless(bare(text)).is_some() => {
                first = Some((bare(text).to_owned(), *span));
            }
            None => {}
        }
    }
    first
}

/// The dates of a column and what was found in it. Rows of totals (`Total`, `Lifetime`) are no dates and are noted only.
pub fn dates(column: &Column, habits: Habits) -> Reported<Dates> {
    dates_as(column, &DateRules::of(habits))
}

/// The dates of a column of which something is known beforehand, and what was found in it.
pub fn dates_as(column: &Column, rules: &DateRules) -> Reported<Dates> {
    let mut findings = Vec::new();
    let mut cells: Vec<(&str, Span, Option<Form>)> =
        column.cells.iter().map(|(text, span)| (bare(text), *span, form(bare(text)))).collect();
    if rules.serials {
        for (text, _, form) in cells.iter_mut().filter(|(_, _, form)| form.is_none()) {
            *form = serial(text);
        }
    }
    if let Some(year) = rules.year {
        complete(&mut cells, year);
    }
    let order = order(column, &cells, rules, &mut findings);
    let mut dates = Dates::default();
    let mut grain: Option<Grain> = None;
    let mut wrong = Many::default();
    for (text, span, form) in &cells {
        let date = match form {
            _ if is_missing(text) => None,
            Some(form) => match form.date(order) {
                Some(date) => {
                    let written = form.grain();
                    grain = Some(
                        grain.map_or(written, |known| if known == written { known } else { Grain::Day }),
                    );
                    Some(date)
                }
                None => {
                    wrong.push(|| not_a_date(column, text, *span));
                    None
                }
            },
            None => {
                wrong.push(|| not_a_date(column, text, *span));
                None
            }
        };
        dates.values.push(date);
    }
    findings.extend(wrong.findings());
    dates.grain = grain.unwrap_or_default();
    Reported::new(dates, findings)
}

/// One date on its own, as in a setting. A finding when it can be read in two ways or not at all.
pub fn date(name: &str, text: &str, span: Span, habits: Habits) -> Reported<Option<Date>> {
    let column = Column { name: Spanned::new(name.to_owned(), span), cells: vec![(text, span)] };
    let Reported { value, findings } = dates(&column, habits);
    Reported::new(value.values.first().copied().flatten(), findings)
}

/// The forms in which dates are written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// Read in one way only.
    Fixed(Date, Grain),
    /// Two numbers below 32 and a year: which is the day is for the column to decide.
    Numbers(i8, i8, i16),
}

impl Form {
    fn date(self, day_first: bool) -> Option<Date> {
        match self {
            Form::Fixed(date, _) => Some(date),
            Form::Numbers(first, second, year) => {
                let (day, month) = if day_first { (first, second) } else { (second, first) };
                Date::new(year, month, day).ok()
            }
        }
    }

    fn grain(self) -> Grain {
        match self {
            Form::Fixed(_, grain) => grain,
            Form::Numbers(..) => Grain::Day,
        }
    }
}

/// Whether the day comes first: by proof of more cells, else by habit with a finding.
fn order(
    column: &Column,
    cells: &[(&str, Span, Option<Form>)],
    rules: &DateRules,
    findings: &mut Vec<Finding>,
) -> bool {
    let mut day_first = 0usize;
    let mut month_first = 0usize;
    let mut open: Option<(&str, Span)> = None;
    for (text, span, form) in cells {
        let Some(Form::Numbers(first, second, _)) = form else { continue };
        match (*first > 12, *second > 12) {
            (true, false) => day_first += 1,
            (false, true) => month_first += 1,
            // Dots are written in languages that put the day first.
            (false, false) if text.contains('.') => day_first += 1,
            (false, false) if first != second => open = open.or(Some((text, *span))),
            _ => {}
        }
    }
    if day_first != month_first {
        return day_first > month_first;
    }
    if let Some(day_first) = rules.day_first {
        return day_first;
    }
    if let Some((text, span)) = open {
        findings.push(ambiguous_date(column, text, span, rules.habits));
    }
    rules.habits.day_first
}

/// `23 August`, `August 23`, `23 de agosto`, `8-23` in no way: month and day.
fn yearless(text: &str) -> Option<(i8, i8)> {
    let mut found = (None, None);
    for word in text.split([' ', ',', '-', '.', '\u{a0}']).filter(|word| !word.is_empty()) {
        if is_digits(word) && word.len() <= 2 && found.1.is_none() {
            found.1 = word.parse::<i8>().ok();
            continue;
        }
        let word = fold(word);
        match (month_named(&word), found.0) {
            (Some(month), None) => found.0 = Some(month),
            _ if word == "de" || is_weekday(&word) => {}
            _ => return None,
        }
    }
    // A leap year has all the days that there can be.
    found.0.zip(found.1).filter(|(month, day)| Date::new(2000, *month, *day).is_ok())
}

/// Gives years to the dates that have none: where the calendar begins anew from one row to the next, so does the year.
fn complete(cells: &mut [(&str, Span, Option<Form>)], year: Year) {
    let days: Vec<(usize, (i8, i8))> = cells
        .iter()
        .enumerate()
        .filter(|(_, (_, _, form))| form.is_none())
        .filter_map(|(row, (text, ..))| Some((row, yearless(text)?)))
        .collect();
    // From one row to the next is less than half a year: on the circle of the calendar that tells the direction.
    let place = |(month, day): (i8, i8)| i32::from(month) * 31 + i32::from(day);
    let steps = days.iter().zip(days.iter().skip(1));
    let ahead =
        steps.map(|((_, a), (_, b))| (place(*b) - place(*a)).rem_euclid(372)).filter(|step| *step > 0);
    let (up, down): (Vec<i32>, Vec<i32>) = ahead.partition(|step| *step < 186);
    let rising = up.len() >= down.len();
    let oldest_first: Vec<(usize, (i8, i8))> = if rising { days } else { days.into_iter().rev().collect() };
    let mut wraps = 0i16;
    let mut before: Option<(i8, i8)> = None;
    let mut placed = Vec::with_capacity(oldest_first.len());
    for (row, day) in oldest_first {
        if before.is_some_and(|before| day < before) {
            wraps = wraps.saturating_add(1);
        }
        before = Some(day);
        placed.push((row, day, wraps));
    }
    let first = placed.first().map(|(_, day, _)| *day).unwrap_or_default();
    let last = placed.last().map(|(_, day, _)| *day).unwrap_or_default();
    let base = match year {
        Year::Of(year) => year,
        Year::From(date) => date.year() + i16::from(first < (date.month(), date.day())),
        Year::Until(date) => date.year() - i16::from(last > (date.month(), date.day())) - wraps,
    };
    for (row, (month, day), wraps) in placed {
        if let Some((.., form)) = cells.get_mut(row) {
            let date = Date::new(base.saturating_add(wraps), month, day).ok();
            *form = date.map(|date| Form::Fixed(date, Grain::Day));
        }
    }
}

/// `45992`: days as spreadsheets count them, of this century.
fn serial(text: &str) -> Option<Form> {
    let number: i64 = (text.len() == 5 && is_digits(text)).then(|| text.parse().ok()).flatten()?;
    // 1899-12-30 is day 0 of spreadsheets; 25569 is 1970-01-01.
    (36_526..=73_050).contains(&number).then(|| Form::Fixed(day_of(number - 25_569), Grain::Day))
}

/// `2009-12-28,2010-01-03`: two days, the first and the last of a period.
fn range(text: &str) -> Option<Form> {
    let (first, last) = text.split_once([',', '…'])?;
    let (Some(Form::Fixed(first, Grain::Day)), Some(Form::Fixed(last, Grain::Day))) =
        (numeric(first.trim()), numeric(last.trim()))
    else {
        return None;
    };
    let next = day_of(number_of(last) + 1);
    let grains = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year];
    let grain = grains.into_iter().find(|grain| grain.start(first) == first && grain.after(first, 1) == next);
    (first <= last).then(|| Form::Fixed(first, grain.unwrap_or(Grain::Day)))
}

fn form(text: &str) -> Option<Form> {
    let text = text.trim();
    if text.len() > 40 || !text.is_ascii() && text.chars().count() > 32 {
        return None;
    }
    period(text).or_else(|| numeric(text)).or_else(|| named(text)).or_else(|| range(text))
}

/// `2026`, `2026-05`, `2026-W22`, `2026-Q2`, `2026-T2`.
fn period(text: &str) -> Option<Form> {
    let fixed = |date: Date, grain: Grain| Some(Form::Fixed(date, grain));
    let year_of = |text: &str| {
        let year: i16 = (text.len() == 4 && is_digits(text)).then(|| text.parse().ok()).flatten()?;
        (1000..=2999).contains(&year).then_some(year)
    };
    if let Some(year) = year_of(text) {
        return fixed(Date::new(year, 1, 1).ok()?, Grain::Year);
    }
    if text.len() == 8 && is_digits(text) {
        let year = year_of(text.get(..4)?)?;
        let date = Date::new(year, text.get(4..6)?.parse().ok()?, text.get(6..)?.parse().ok()?).ok()?;
        return fixed(date, Grain::Day);
    }
    let (first, second) = text.split_once(['-', ' ', '/'])?;
    let (year, part) = match (year_of(first), year_of(second)) {
        (Some(year), None) => (year, second),
        (None, Some(year)) => (year, first),
        _ => return None,
    };
    if is_digits(part) && part.len() <= 2 {
        return fixed(Date::new(year, part.parse().ok()?, 1).ok()?, Grain::Month);
    }
    let letter = part.chars().next()?.to_ascii_uppercase();
    let number: i8 = part.get(1..)?.parse().ok()?;
    match letter {
        'Q' | 'T' if (1..=4).contains(&number) => {
            fixed(Date::new(year, number * 3 - 2, 1).ok()?, Grain::Quarter)
        }
        'W' | 'S' => {
            let monday = jiff::civil::ISOWeekDate::new(year, number, jiff::civil::Weekday::Monday).ok()?;
            fixed(monday.date(), Grain::Week)
        }
        _ => None,
    }
}

/// `2026-05-31`, `2026-05-31T08:00`, `31/05/2026`, `5/31/26`, `31.05.2026 08:00`.
fn numeric(text: &str) -> Option<Form> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let mut parts = day.split(['-', '/', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = [first, second, third].iter().all(|part| is_digits(part) && part.len() <= 4);
    if !digits || parts.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        let date = Date::new(first.parse().ok()?, second.parse().ok()?, third.parse().ok()?).ok()?;
        return Some(Form::Fixed(date, Grain::Day));
    }
    let year: i16 = third.parse().ok()?;
    let year = match third.len() {
        4 => year,
        2 => 2000 + year,
        _ => return None,
    };
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let possible = |day: i8, month: i8| Date::new(year, month, day).is_ok();
    (possible(first, second) || possible(second, first)).then_some(Form::Numbers(first, second, year))
}

/// `Dec 18, 2025`, `Oct 01, 2026 10:00 am`, `Tue, Mar 10, 2026`, `10 de marzo de 2026`, `27-Jul-20`, `mayo 2026`.
fn named(text: &str) -> Option<Form> {
    let mut month: Option<i8> = None;
    let mut day: Option<i8> = None;
    let mut year: Option<i16> = None;
    let mut has_time = false;
    for word in text.split([' ', ',', '-', '/', '.', '\u{a0}', '\u{202f}']).filter(|word| !word.is_empty()) {
        if year.is_some() && word.split(':').count() > 1 && word.split(':').all(is_digits) {
            has_time = true;
            continue;
        }
        if has_time && ["am", "pm", "a", "p", "m", "utc", "gmt"].contains(&fold(word).as_str()) {
            continue;
        }
        if is_digits(word) {
            let number: i16 = word.parse().ok()?;
            if word.len() == 4 && year.is_none() {
                year = Some(number);
            } else if word.len() <= 2 && day.is_none() {
                day = Some(i8::try_from(number).ok()?);
            } else if word.len() == 2 && year.is_none() {
                year = Some(2000 + number);
            } else {
                return None;
            }
            continue;
        }
        let word = fold(word);
        match (month_named(&word), month) {
            (Some(number), None) => month = Some(number),
            _ if word == "de" || word == "del" || is_weekday(&word) => {}
            _ => return None,
        }
    }
    match day {
        Some(day) => Some(Form::Fixed(Date::new(year?, month?, day).ok()?, Grain::Day)),
        None => Some(Form::Fixed(Date::new(year?, month?, 1).ok()?, Grain::Month)),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The month of a folded name or abbreviation.
pub(crate) fn month_named(word: &str) -> Option<i8> {
    /// English, Spanish, Portuguese, French, German, Italian, and what tables shorten them to.
    const NAMES: [&str; 12] = [
        "january jan enero ene janeiro janvier janv januar gennaio gen",
        "february feb febrero fevereiro fev fevrier fevr februar febbraio",
        "march mar marzo marco mars marz mrz",
        "april apr abril abr avril avr aprile",
        "may mayo maio mai maggio mag",
        "june jun junio junho juin juni giugno giu",
        "july jul julio julho juillet juil juli luglio lug",
        "august aug agosto ago aout",
        "september sep sept septiembre setiembre setembro set septembre settembre",
        "october oct octubre outubro out octobre oktober okt ottobre ott",
        "november nov noviembre novembro novembre",
        "december dec diciembre dic dezembro dez decembre dezember dicembre",
    ];
    let index = NAMES.iter().position(|names| names.split(' ').any(|name| name == word))?;
    i8::try_from(index + 1).ok()
}

fn is_weekday(word: &str) -> bool {
    const NAMES: [&str; 14] =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mie", "jue", "vie", "sab", "dom"];
    NAMES.contains(&word)
        || word.ends_with("day")
        || matches!(word, "lunes" | "martes" | "miercoles" | "jueves" | "viernes" | "sabado" | "domingo")
}

fn ambiguous_date(column: &Column, text: &str, span: Span, habits: Habits) -> Finding {
    let name = &column.name.value;
    let read = form(text).and_then(|form| form.date(habits.day_first));
    let read = read.map(|date| date.to_string()).unwrap_or_default();
    Finding::new(
        &AMBIGUOUS_DATE,
        span,
        words!(
            "it cannot be told whether the day or the month comes first in `{text}`",
            "no se sabe si en `{text}` va primero el día o el mes"
        ),
    )
    .mark(words!(
        "read as {read}, as the language of the playbook writes it",
        "leído como {read}, según escribe el idioma de la guía"
    ))
    .why(words!(
        "no date of the column `{name}` has a number above 12 that would prove it",
        "ninguna fecha de la columna `{name}` tiene un número mayor que 12 que lo demuestre"
    ))
    .help(words!(
        "write the dates as year-month-day: `{read}`",
        "escribe las fechas como año-mes-día: `{read}`"
    ))
    .group(name.clone())
}

fn not_a_date(column: &Column, text: &str, span: Span) -> Finding {
    let name = &column.name.value;
    let shown: String = text.chars().take(40).collect();
    if matches!(fold(text).as_str(), "total" | "totals" | "totales" | "lifetime" | "siempre") {
        return Finding::new(
            &NOT_A_DATE,
            span,
            words!("the row `{shown}` is left out", "la fila `{shown}` se omite"),
        )
        .level(Level::Note)
        .why(words!("it repeats what the other rows hold", "repite lo que ya contienen las demás filas"));
    }
    Finding::new(&NOT_A_DATE, span, words!("`{shown}` is not a date", "`{shown}` no es una fecha"))
        .mark(words!(
            "the column `{name}` holds dates; this row is left out",
            "la columna `{name}` contiene fechas; esta fila se omite"
        ))
        .why(words!(
            "a value without a date has no place in time",
            "un valor sin fecha no tiene lugar en el tiempo"
        ))
        .help(words!(
            "write year-month-day (`2026-05-31`), a month (`2026-05`), a week (`2026-W22`), a quarter (`2026-Q2`) or a year (`2026`)",
            "escribe año-mes-día (`2026-05-31`), un mes (`2026-05`), una semana (`2026-W22`), un trimestre (`2026-T2`) o un año (`2026`)"
        ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::SourceId;

    const ES: Habits = Habits { decimal_comma: true, day_first: true };
    const EN: Habits = Habits { decimal_comma: false, day_first: false };

    fn column<'a>(cells: &[&'a str]) -> Column<'a> {
        let span = |at: usize| Span::new(SourceId(0), at, at + 1);
        Column {
            name: Spanned::new("fecha".to_owned(), span(0)),
            cells: cells.iter().enumerate().map(|(at, text)| (*text, span(at))).collect(),
        }
    }

    fn read(cells: &[&str], habits: Habits) -> (Vec<String>, Vec<&'static str>, Grain) {
        let Reported { value, findings } = dates(&column(cells), habits);
        let shown = value.values.iter().map(|date| date.map(|date| date.to_string()).unwrap_or_default());
        (shown.collect(), findings.iter().map(|finding| finding.code.id).collect(), value.grain)
    }

    #[test]
    fn forms() {
        let check = |text: &str, date: &str, grain: Grain| {
            assert_eq!(read(&[text], ES), (vec![date.to_owned()], vec![], grain), "{text}");
        };
        check("2026-05-31", "2026-05-31", Grain::Day);
        check("2025-08-01T00:00:00", "2025-08-01", Grain::Day);
        check("20260101", "2026-01-01", Grain::Day);
        check("2026-05", "2026-05-01", Grain::Month);
        check("05/2026", "2026-05-01", Grain::Month);
        check("2026-Q2", "2026-04-01", Grain::Quarter);
        check("T3 2026", "2026-07-01", Grain::Quarter);
        check("2026-W01", "2025-12-29", Grain::Week);
        check("2026", "2026-01-01", Grain::Year);
        check("Dec 18, 2022", "2022-12-18", Grain::Day);
        check("Tue, Mar 10, 2026", "2026-03-10", Grain::Day);
        check("Oct 01, 2026 10:00 am", "2026-10-01", Grain::Day);
        check("3 oct 2026, 9:05 p. m.", "2026-10-03", Grain::Day);
        check("10 de marzo de 2026", "2026-03-10", Grain::Day);
        check("27-Jul-20", "2020-07-27", Grain::Day);
        check("mayo 2026", "2026-05-01", Grain::Month);
        check("13-06-2025", "2025-06-13", Grain::Day);
        check("03.04.2026", "2026-04-03", Grain::Day);
        check("03/27/2026 06:08", "2026-03-27", Grain::Day);
    }

    #[test]
    fn a_field_above_twelve_decides_the_column() {
        assert_eq!(read(&["01/02/2026", "01/13/2026"], ES).0, ["2026-01-02", "2026-01-13"]);
        assert_eq!(read(&["01/02/2026", "13/02/2026"], EN).0, ["2026-02-01", "2026-02-13"]);
        assert!(read(&["01/02/2026", "13/02/2026"], EN).1.is_empty());
    }

    #[test]
    fn undecidable_is_told_and_the_language_decides() {
        let cells = ["01/02/2026", "02/02/2026"];
        assert_eq!(read(&cells, ES).0, ["2026-02-01", "2026-02-02"]);
        assert_eq!(read(&cells, EN).0, ["2026-01-02", "2026-02-02"]);
        assert_eq!(read(&cells, EN).1, ["P413"]);
        assert!(read(&["02/02/2026"], EN).1.is_empty());
    }

    #[test]
    fn what_is_no_date() {
        assert_eq!(read(&["2026-02-30", "ayer", "", "13/13/2026"], ES).1, ["P416", "P416", "P416"]);
        let reported = dates(&column(&["2026-01-01", "Total"]), ES);
        assert_eq!(reported.findings[0].level, Level::Note);
    }

    #[test]
    fn contradicting_dates_are_left_out() {
        let (dates, codes, _) = read(&["13/02/2026", "14/02/2026", "02/15/2026"], EN);
        assert_eq!(dates, ["2026-02-13", "2026-02-14", ""]);
        assert_eq!(codes, ["P416"]);
    }

    #[test]
    fn which_columns_are_dates() {
        assert!(looks_like_dates(&column(&["2026-01-01", "", "x"])));
        assert!(!looks_like_dates(&column(&["Instagram", "LinkedIn"])));
        assert!(!looks_like_dates(&column(&["3412", "3585", "4"])));
        assert!(!looks_like_dates(&column(&[])));
    }

    fn completed(cells: &[&str], year: Year) -> Vec<String> {
        let rules = DateRules { year: Some(year), ..DateRules::of(ES) };
        let Reported { value, findings } = dates_as(&column(cells), &rules);
        assert!(findings.is_empty(), "{findings:?}");
        value.values.iter().map(|date| date.map(|date| date.to_string()).unwrap_or_default()).collect()
    }

    #[test]
    fn a_missing_year_wraps_at_new_year() {
        let cells = ["30 December", "31 December", "1 January", "2 January"];
        let expected = ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"];
        let until = |year, month, day| Year::Until(Date::constant(year, month, day));
        assert_eq!(completed(&cells, Year::Of(2025)), expected);
        assert_eq!(completed(&cells, until(2026, 1, 2)), expected);
        assert_eq!(completed(&cells, until(2026, 3, 1)), expected);
        assert_eq!(completed(&cells, Year::From(Date::constant(2025, 12, 30))), expected);
        let newest_first: Vec<&str> = cells.iter().rev().copied().collect();
        assert_eq!(completed(&newest_first, until(2026, 1, 2)).last().unwrap(), "2025-12-30");
        assert_eq!(completed(&["23 de agosto", "24 de agosto"], until(2026, 1, 2))[0], "2025-08-23");
        assert_eq!(completed(&["29 February"], Year::Of(2024)), ["2024-02-29"]);
    }

    #[test]
    fn a_missing_year_is_seen() {
        let (text, _) = lacks_year(&column(&["", "23 August", "24 August"])).expect("a cell");
        assert_eq!(text, "23 August");
        assert!(lacks_year(&column(&["23 August 2025", "24 August"])).is_none());
        assert!(lacks_year(&column(&["Instagram", "12"])).is_none());
        assert_eq!(read(&["23 August"], ES).1, ["P416"]);
    }

    #[test]
    fn ranges_and_serials() {
        assert_eq!(
            read(&["2009-12-28,2010-01-03"], ES),
            (vec!["2009-12-28".to_owned()], vec![], Grain::Week)
        );
        assert_eq!(
            read(&["2026-02-01,2026-02-28"], ES),
            (vec!["2026-02-01".to_owned()], vec![], Grain::Month)
        );
        assert_eq!(read(&["2026-02-28,2026-02-01"], ES).1, ["P416"]);
        let rules = DateRules { serials: true, ..DateRules::of(ES) };
        let read = dates_as(&column(&["46023", "46024"]), &rules);
        assert_eq!(read.value.values[0].unwrap().to_string(), "2026-01-01");
    }

    proptest! {
        #[test]
        fn years_never_run_backwards(days in prop::collection::vec(0i64..720, 1..60)) {
            let mut days = days;
            days.sort_unstable();
            days.dedup();
            // Steps of less than half a year, or no rule could tell the direction.
            prop_assume!(days.windows(2).all(|pair| pair[1] - pair[0] < 170));
            let start = Date::constant(2025, 3, 1);
            let dates: Vec<Date> = days.iter().map(|day| day_of(number_of(start) + day)).collect();
            const MONTHS: [&str; 12] = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
                "septiembre", "octubre", "noviembre", "diciembre"];
            let written: Vec<String> = dates
                .iter()
                .map(|date| format!("{} de {}", date.day(), MONTHS[date.month() as usize - 1]))
                .collect();
            let cells: Vec<&str> = written.iter().map(String::as_str).collect();
            let expected: Vec<String> = dates.iter().map(Date::to_string).collect();
            prop_assert_eq!(&completed(&cells, Year::Of(dates[0].year())), &expected);
            prop_assert_eq!(&completed(&cells, Year::Until(*dates.last().unwrap())), &expected);
            prop_assert_eq!(&completed(&cells, Year::From(dates[0])), &expected);
        }

        #[test]
        fn never_panics(cells in prop::collection::vec("[-0-9a-zñé/. ,T:]{0,14}", 0..6)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            prop_assert_eq!(read(&cells, ES).0.len(), cells.len());
        }

        #[test]
        fn iso_dates_read_back(number in -20_000i64..40_000) {
            let date = super::super::grain::day(number).to_string();
            prop_assert_eq!(read(&[&date], EN).0, vec![date]);
        }
    }
}
