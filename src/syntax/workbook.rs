//! Workbooks as text: every visible sheet becomes CSV, one line a row, so that a line is a row of the sheet.
//!
//! The library that reads them ends the whole process on some hostile files. So [`answer`] is meant for a process of its own, and [`read_answer`] for the one that asked.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Ods, Reader, Sheet as Entry, SheetType, SheetVisible, Xls, Xlsx};
use serde::{Deserialize, Serialize};

use super::archive::{Archive, Unread};
use super::container::Container;

/// Most sheets of a workbook.
pub const MAX_SHEETS: usize = 100;
/// Most cells with something in them, in all sheets.
pub const MAX_CELLS: usize = 2_000_000;
/// Longest text of all sheets, in bytes.
pub const MAX_TEXT: usize = 50_000_000;

/// The visible sheets of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workbook {
    /// In the order of their tabs.
    pub sheets: Vec<Sheet>,
    /// Names of sheets that are hidden: they are not read.
    pub hidden: Vec<String>,
}

/// A sheet as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Name on its tab.
    pub name: String,
    /// The cells as CSV with commas: numbers with a decimal point, dates as `2026-05-31` or `2026-05-31T08:00:00`, durations as `1:04:34`, formulas by their last value, errors as `#REF!`.
    pub text: String,
}

/// Why a workbook is not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It has a password.
    Password,
    /// Its bytes make no workbook; what the library says.
    Damaged(String),
    /// More than a limit: of what (a name in the code), and the limit.
    Limit(Limit),
}

/// The limits of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// [`super::archive::MAX_UNPACKED`].
    Unpacked,
    /// [`super::archive::MAX_ENTRIES`].
    Entries,
    /// [`MAX_SHEETS`].
    Sheets,
    /// [`MAX_CELLS`].
    Cells,
    /// [`MAX_TEXT`].
    Text,
}

/// Reads a workbook and writes down what was found, for another process.
pub fn answer(bytes: &[u8]) -> Vec<u8> {
    serde_json::to_vec(&read(bytes)).unwrap_or_default()
}

/// What [`answer`] wrote.
///
/// # Errors
/// The fault that the other process told, or that its answer makes no sense.
pub fn read_answer(answer: &[u8]) -> Result<Workbook, Fault> {
    serde_json::from_slice(answer).unwrap_or_else(|error| Err(Fault::Damaged(error.to_string())))
}

/// Reads a workbook. May end the process on a hostile file.
///
/// # Errors
/// When it has a password, is damaged, or passes a limit.
pub fn read(bytes: &[u8]) -> Result<Workbook, Fault> {
    let kind = Container::of(bytes);
    if kind == Container::Xls {
        // Encrypted workbooks of later years are wrapped in the older format.
        let wrapped: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(wrapped.len()).any(|window| window == wrapped) {
            return Err(Fault::Password);
        }
    } else {
        let unread = |unread: Unread| match unread {
            Unread::Encrypted => Fault::Password,
            Unread::Damaged(what) => Fault::Damaged(what),
            Unread::Method => Fault::Damaged("packed in an unknown way".to_owned()),
            Unread::Entries(_) => Fault::Limit(Limit::Entries),
            Unread::Unpacked(_) => Fault::Limit(Limit::Unpacked),
        };
        Archive::open(bytes).map_err(unread)?.measure().map_err(unread)?;
    }
    let cursor = Cursor::new(bytes);
    match kind {
        Container::Xlsx => xlsx(Xlsx::new(cursor).map_err(damaged)?),
        Container::Xls => ranges(Xls::new(cursor).map_err(|error| match error {
            calamine::XlsError::Password => Fault::Password,
            error => damaged(error),
        })?),
        _ => ranges(Ods::new(cursor).map_err(|error| match error {
            calamine::OdsError::Password => Fault::Password,
            error => damaged(error),
        })?),
    }
}

fn damaged(error: impl std::fmt::Display) -> Fault {
    Fault::Damaged(error.to_string())
}

/// Names of the sheets to read, and of the hidden ones.
fn tabs(entries: &[Entry]) -> Result<(Vec<String>, Vec<String>), Fault> {
    if entries.len() > MAX_SHEETS {
        return Err(Fault::Limit(Limit::Sheets));
    }
    let tables = entries.iter().filter(|entry| entry.typ == SheetType::WorkSheet);
    let (visible, hidden): (Vec<&Entry>, Vec<&Entry>) =
        tables.partition(|entry| entry.visible == SheetVisible::Visible);
    let names = |entries: Vec<&Entry>| entries.into_iter().map(|entry| entry.name.clone()).collect();
    Ok((names(visible), names(hidden)))
}

/// Cell by cell: a single cell in the last column of the last row makes no giant table.
fn xlsx(mut book: Xlsx<Cursor<&[u8]>>) -> Result<Workbook, Fault> {
    let (visible, hidden) = tabs(book.sheets_metadata())?;
    let mut room = Room::default();
    let mut sheets = Vec::new();
    for name in visible {
        let mut cells = Cells::default();
        let mut reader = book.worksheet_cells_reader(&name).map_err(damaged)?;
        while let Some(cell) = reader.next_cell().map_err(damaged)? {
            cells.put(cell.get_position(), &Data::from(cell.get_value().clone()), &mut room)?;
        }
        sheets.push(Sheet { name, text: cells.text(&mut room)? });
    }
    Ok(Workbook { sheets, hidden })
}

fn ranges<'b, B: Reader<Cursor<&'b [u8]>>>(mut book: B) -> Result<Workbook, Fault>
where
    B::Error: std::fmt::Display,
{
    let (visible, hidden) = tabs(book.sheets_metadata())?;
    let mut room = Room::default();
    let mut sheets = Vec::new();
    for name in visible {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut cells = Cells::default();
        for (row, column, value) in range.used_cells() {
            let at =
                |start: u32, offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
            cells.put((at(top, row), at(left, column)), value, &mut room)?;
        }
        sheets.push(Sheet { name, text: cells.text(&mut room)? });
    }
    Ok(Workbook { sheets, hidden })
}

/// What the sheets of a workbook may still hold.
struct Room {
    cells: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT }
    }
}

impl Room {
    fn take_text(&mut self, bytes: usize) -> Result<(), Fault> {
        self.text = self.text.checked_sub(bytes).ok_or(Fault::Limit(Limit::Text))?;
        Ok(())
    }
}

/// The cells of a sheet that have something in them.
#[derive(Default)]
struct Cells(Vec<(u32, u32, String)>);

impl Cells {
    fn put(&mut self, (row, column): (u32, u32), value: &Data, room: &mut Room) -> Result<(), Fault> {
        let text = text(value);
        if text.is_empty() {
            return Ok(());
        }
        room.cells = room.cells.checked_sub(1).ok_or(Fault::Limit(Limit::Cells))?;
        room.take_text(text.len())?;
        self.0.push((row, column, text));
        Ok(())
    }

    /// One line a row; rows without a cell are blank lines, all others have as many cells as the widest.
    fn text(mut self, room: &mut Room) -> Result<String, Fault> {
        self.0.sort_by_key(|(row, column, _)| (*row, *column));
        let rows = self.0.last().map_or(0, |(row, ..)| *row as usize + 1);
        let filled = self.0.chunk_by(|a, b| a.0 == b.0).count();
        let commas = self.0.iter().map(|(_, column, _)| *column as usize).max().unwrap_or_default();
        room.take_text(rows.saturating_add(filled.saturating_mul(commas)))?;
        let mut text = String::new();
        let mut lines = 0;
        for row in self.0.chunk_by(|a, b| a.0 == b.0) {
            let number = row.first().map_or(0, |(row, ..)| *row);
            while lines < number {
                text.push('\n');
                lines += 1;
            }
            let mut written = 0;
            let mut last = None;
            for (_, column, cell) in row {
                // Of two cells in one place the first stays.
                if last == Some(*column) {
                    continue;
                }
                last = Some(*column);
                while written < *column as usize {
                    text.push(',');
                    written += 1;
                }
                push_cell(&mut text, cell);
            }
            (written..commas).for_each(|_| text.push(','));
            text.push('\n');
            lines += 1;
        }
        Ok(text)
    }
}

/// Quotes what could be taken for more than one cell, for another delimiter, or for a comment.
fn push_cell(text: &mut String, cell: &str) {
    let special = |letter: char| matches!(letter, ',' | ';' | '\t' | '|' | '"' | ' ');
    let error = is_error(cell);
    if !error && (cell.contains(special) || cell.starts_with('#')) {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

fn is_error(cell: &str) -> bool {
    super::table::is_error_value(cell)
}

fn text(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain(*number),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::String(text) => one_line(text),
        Data::DateTime(date) => moment(date),
        Data::DateTimeIso(date) => iso(date),
        Data::DurationIso(duration) => clock_of_iso(duration).unwrap_or_else(|| duration.clone()),
        Data::Error(error) => error.to_string(),
    }
}

/// Line breaks and other controls become blanks, so that a row stays a line.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.trim().to_owned()
}

/// The shortest decimal with the fifteen digits that spreadsheets keep, in one way readable everywhere; no exponent.
fn plain(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    // Zero has no sign.
    let text = if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") };
    // `1.125` is 1125 to a reader of Spanish; a fourth decimal leaves no doubt.
    let doubtful = text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3);
    if doubtful { text + "0" } else { text }
}

fn moment(date: &ExcelDateTime) -> String {
    const MILLISECONDS: f64 = 86_400_000.0;
    let value = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&value) {
        // A time of day without a day, or a length of time.
        return clock((value * MILLISECONDS).round() / 1_000.0);
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => day,
        (_, _, _, 0) => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{day}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

/// Seconds as `1:04:34`.
fn clock(seconds: f64) -> String {
    let sign = if seconds < 0.0 { "-" } else { "" };
    let seconds = seconds.abs();
    let (hours, minutes) = ((seconds / 3_600.0).floor(), (seconds / 60.0).floor() % 60.0);
    let rest = plain(((seconds % 60.0) * 1_000.0).round() / 1_000.0);
    let zero = if rest.split('.').next().is_some_and(|whole| whole.len() < 2) { "0" } else { "" };
    format!("{sign}{}:{minutes:02}:{zero}{rest}", plain(hours))
}

/// `2026-05-31T00:00:00` is a day.
fn iso(date: &str) -> String {
    let date = date.trim_end_matches(".000000000").trim_end_matches(".000");
    date.strip_suffix("T00:00:00").unwrap_or(date).to_owned()
}

/// `PT1H04M34S` as `1:04:34`.
fn clock_of_iso(duration: &str) -> Option<String> {
    let mut seconds = 0.0;
    let mut number = String::new();
    for letter in duration.strip_prefix("PT")?.chars() {
        let unit = match letter {
            'H' => 3_600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => {
                number.push(letter);
                continue;
            }
        };
        seconds += number.replace(',', ".").parse::<f64>().ok()? * unit;
        number.clear();
    }
    number.is_empty().then(|| clock(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times() {
        for (number, expected) in [
            (0.1 + 0.2, "0.3"),
            (45_943.0, "45943"),
            (-0.0, "0"),
            (1.125, "1.1250"),
            (1e21, "1000000000000000000000"),
            (1.5e-7, "0.00000015"),
            (12_400.25, "12400.25"),
            (1e15 + 1.0, "1000000000000000"),
        ] {
            assert_eq!(plain(number), expected);
        }
        assert_eq!(clock(274.0), "0:04:34");
        assert_eq!(clock(-3_874.5), "-1:04:34.5");
        assert_eq!(clock_of_iso("PT01H04M34S").as_deref(), Some("1:04:34"));
        assert_eq!(clock_of_iso("P1D"), None);
        assert_eq!(iso("2026-05-31T00:00:00"), "2026-05-31");
        assert_eq!(iso("2026-05-31T08:15:00"), "2026-05-31T08:15:00");
    }

    #[test]
    fn a_line_is_a_row() {
        let mut room = Room::default();
        let mut cells = Cells::default();
        let text = |text: &str| Data::String(text.to_owned());
        for (at, value) in [
            ((3, 1), Data::Float(2.5)),
            ((0, 0), text("nota; larga\ny más")),
            ((2, 0), text("#uno")),
            ((2, 2), text("dijo \"sí\"")),
            ((3, 0), Data::Error(calamine::CellErrorType::Ref)),
        ] {
            cells.put(at, &value, &mut room).unwrap();
        }
        let text = cells.text(&mut room).unwrap();
        assert_eq!(text, "\"nota; larga y más\",,\n\n\"#uno\",,\"dijo \"\"sí\"\"\"\n#REF!,2.5,\n");
    }

    #[test]
    fn a_far_cell_is_no_giant_table() {
        let mut room = Room::default();
        let mut cells = Cells::default();
        cells.put((0, 0), &Data::Int(1), &mut room).unwrap();
        cells.put((1_048_575, 16_383), &Data::Int(1), &mut room).unwrap();
        assert_eq!(cells.text(&mut room).unwrap().len(), 1_048_576 + 2 * 16_383 + 2);
        let mut cells = Cells::default();
        for row in 0..10_000 {
            cells.put((row, 16_383), &Data::Int(1), &mut room).unwrap();
        }
        assert_eq!(cells.text(&mut room), Err(Fault::Limit(Limit::Text)));
    }
}
