//! Rows of cells in a text: where they begin and end, and which delimiter divides them.

use std::collections::BTreeMap;

/// Rows and bytes that the delimiter is judged by.
const SAMPLE_ROWS: usize = 30;
const SAMPLE_BYTES: usize = 64_000;
/// Delimiters, the most probable of equals first.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// A cell: where it stands, quotes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The line `sep=;` of spreadsheets at the start of a text, and where the next line begins.
pub(super) fn declared_delimiter(text: &str) -> (Option<u8>, usize) {
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let bare = line.strip_prefix('"').and_then(|bare| bare.strip_suffix('"')).unwrap_or(line);
    let declared = bare.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(bare.get(4..));
    match declared.map(str::as_bytes) {
        Some(&[delimiter])
            if delimiter == b'\t' || (delimiter.is_ascii_punctuation() && delimiter != b'"') =>
        {
            let end = text.get(line.len()..).unwrap_or_default();
            let end = if end.starts_with("\r\n") { 2 } else { end.len().min(1) };
            (Some(delimiter), line.len() + end)
        }
        _ => (None, 0),
    }
}

/// The delimiter that divides the first rows most evenly: of the whole text, or `to_blank` of what stands above the first blank line.
pub(super) fn likely_delimiter(text: &str, by_line: bool, to_blank: bool) -> u8 {
    let sample = text.as_bytes().get(..SAMPLE_BYTES).unwrap_or(text.as_bytes());
    let mut best = (0, false, 0);
    let mut likely = b',';
    for delimiter in DELIMITERS {
        let score = evenness(Reader { by_line, ..Reader::new(sample, delimiter) }, to_blank);
        if score > best {
            best = score;
            likely = delimiter;
        }
    }
    likely
}

/// How well a delimiter divides: rows that agree in their number of cells less those below them that do not, with a bonus when the first of them could be a header; then whether the first row of all agrees; then the number of cells.
fn evenness(mut reader: Reader<'_>, to_blank: bool) -> (isize, bool, usize) {
    const HEADER: isize = 5;
    let mut widths: Vec<(usize, bool)> = Vec::new();
    let mut cells = Vec::new();
    while widths.len() < SAMPLE_ROWS {
        cells.clear();
        if !reader.row(&mut cells) {
            break;
        }
        match cells.as_slice() {
            [cell] if cell.start == cell.end => {
                if to_blank {
                    break;
                }
            }
            _ => widths.push((cells.len(), could_be_header(reader.text, &cells))),
        }
    }
    let mut counts: BTreeMap<usize, isize> = BTreeMap::new();
    for (width, _) in widths.iter().filter(|(width, _)| *width > 1) {
        *counts.entry(*width).or_default() += 1;
    }
    let score = |(width, agree): (&usize, &isize)| {
        let first = widths.iter().position(|(other, _)| other == width).unwrap_or_default();
        let below = isize::try_from(widths.len() - first).unwrap_or_default();
        let bonus = if widths.get(first).is_some_and(|(_, header)| *header) { HEADER } else { 0 };
        (2 * agree - below + bonus, first == 0, *width)
    };
    counts.iter().map(score).max().unwrap_or_default()
}

/// Texts in all cells, and no figure.
fn could_be_header(text: &[u8], cells: &[Cell]) -> bool {
    cells.iter().all(|cell| {
        let text = text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
        let text = std::str::from_utf8(text).unwrap_or("?");
        !text.trim_matches('"').is_empty() && !is_figure(text.trim_matches('"'))
    })
}

/// Whether a text looks like a number or a date rather than like a name: digits, and hardly a word.
pub(super) fn is_figure(text: &str) -> bool {
    const SHORT: usize = 3;
    let text = text.trim();
    if text.len() > 40 || !text.contains(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let words = text.split(|letter: char| !letter.is_alphabetic()).map(|word| word.chars().count());
    let long = words.filter(|letters| *letters > SHORT).count();
    // `Mar 10, 2026`, `12 %`; but `23 August` has one long word too.
    long == 0 || (long == 1 && text.starts_with(|letter: char| letter.is_ascii_digit()) && text.len() <= 24)
}

/// Reads row by row. Every byte is looked at a bounded number of times, whatever the quotes.
pub(super) struct Reader<'t> {
    text: &'t [u8],
    pub(super) at: usize,
    pub(super) delimiter: u8,
    /// After a quote that is not closed, quotes hold within a line only.
    pub(super) by_line: bool,
    /// Where a quote opened that is not closed.
    pub(super) unclosed: Option<usize>,
}

impl<'t> Reader<'t> {
    /// At the start of a text.
    pub(super) fn new(text: &'t [u8], delimiter: u8) -> Self {
        Self { text, at: 0, delimiter, by_line: false, unclosed: None }
    }

    /// Puts the cells of the next row to the list; `false` at the end.
    pub(super) fn row(&mut self, cells: &mut Vec<Cell>) -> bool {
        if self.at >= self.text.len() {
            return false;
        }
        // Within one line, one quote that is not closed makes all the following ones letters.
        let mut letters = false;
        loop {
            let start = self.skip_blanks(self.at);
            let quoted = if self.byte(start) == Some(b'"') && !letters { self.quoted(start) } else { None };
            letters |= self.byte(start) == Some(b'"') && quoted.is_none();
            let end = match quoted {
                Some(end) => {
                    self.at = self.skip_blanks(end);
                    end
                }
                None => {
                    let is_end = |byte: &u8| *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
                    let rest = self.text.get(start..).unwrap_or_default();
                    self.at = start + rest.iter().position(is_end).unwrap_or(rest.len());
                    self.trim_blanks(start, self.at)
                }
            };
            let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
            cells.push(Cell { start: narrow(start), end: narrow(end) });
            match self.byte(self.at) {
                // Some programs write the carriage return twice.
                Some(b'\r') if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(b"\r\r\n")) => {
                    self.at += 3
                }
                Some(b'\r') if self.byte(self.at + 1) == Some(b'\n') => self.at += 2,
                Some(byte) if byte == self.delimiter => {
                    self.at += 1;
                    continue;
                }
                Some(_) => self.at += 1,
                None => {}
            }
            return true;
        }
    }

    /// The end of a quoted cell: behind a quote that a delimiter or a line end follows. Other quotes within belong to the text.
    fn quoted(&mut self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        let mut below = false;
        let mut lone = false;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'"' if self.byte(at + 1) == Some(b'"') => at += 1,
                b'"' => {
                    let after = self.byte(self.skip_blanks(at + 1));
                    if after.is_none_or(|after| after == self.delimiter || matches!(after, b'\n' | b'\r')) {
                        return Some(at + 1);
                    }
                    lone = true;
                    // In a line below a cell opens anew: so this one was never closed.
                    let before = self.byte(at - 1);
                    if below && before.is_some_and(|before| before == self.delimiter || before == b'\n') {
                        break;
                    }
                }
                b'\n' if self.by_line => return None,
                // Text behind a closing quote: this cell ends with the line, or never.
                b'\n' if lone && !below => break,
                b'\n' => below = true,
                _ => {}
            }
            at += 1;
        }
        self.unclosed = Some(start);
        self.by_line = true;
        None
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.get(at).copied()
    }

    fn is_blank(&self, byte: u8) -> bool {
        byte == b' ' || (byte == b'\t' && self.delimiter != b'\t')
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.byte(at).is_some_and(|byte| self.is_blank(byte)) {
            at += 1;
        }
        at
    }

    fn trim_blanks(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.byte(end - 1).is_some_and(|byte| self.is_blank(byte)) {
            end -= 1;
        }
        end
    }
}
