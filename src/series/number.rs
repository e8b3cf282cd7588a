//! A column of texts → numbers. Whether `,` or `.` is the decimal mark is decided once for the column, by proof: by a cell that can be read in one way only.

use super::column::{bare, is_missing};
use super::{Column, Habits};
use crate::finding::{Code, Finding, Level, Many, Reported};
use crate::text::{Span, Spanned};
use crate::words;

/// Every number of a column can be read in two ways.
pub static AMBIGUOUS_NUMBER: Code =
    Code { id: "P412", name: "ambiguous_number", level: Level::Warning, since: "0.1.0" };

/// A cell of a column of numbers holds something else.
pub static NOT_A_NUMBER: Code =
    Code { id: "P414", name: "not_a_number", level: Level::Error, since: "0.1.0" };

/// Larger figures are a mistake of the file, and no axis could carry them.
const LARGEST: f64 = 1e18;

/// The numbers of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// One for each cell; `None` when it is missing or cannot be read.
    pub values: Vec<Option<f64>>,
    /// Whether the cells or the heading carry `%`. `12,5 %` is 12.5.
    pub percent: bool,
    /// The most decimals that a cell writes, without zeros at the end.
    pub decimals: u8,
}

/// What is known of a column before its cells are looked at. A cell that can be read in one way only still proves the contrary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// Nothing: what no cell proves is told, and the habits decide.
    Unknown(Habits),
    /// The decimal mark is the comma, or else the point: other cells of the file, or its format, say so.
    Known {
        /// `12,5` rather than `12.5`.
        comma: bool,
    },
    /// The column counts whole things: in `1.250` the mark can only group digits.
    Whole,
}

/// Whether the cells of a column prove that the comma is the decimal mark (or that the point is); `None` when they do not. In a column of whole things any mark before three digits groups them.
pub fn proves_comma(column: &Column, whole: bool) -> Option<bool> {
    let cells: Vec<Cell> = column.cells.iter().map(|(text, span)| Cell::new(text, *span)).collect();
    let proof = Proof::of(&cells, false);
    let grouped = || cells.iter().find(|cell| whole && cell.shape == Shape::Either);
    proof.cell.map(|_| proof.comma).or_else(|| grouped().map(|cell| cell.text.contains('.')))
}

/// The numbers of a column and what was found in it.
pub fn numbers(column: &Column, habits: Habits) -> Reported<Numbers> {
    numbers_as(column, Decimal::Unknown(habits))
}

/// The numbers of a column of which something is known beforehand, and what was found in it.
pub fn numbers_as(column: &Column, decimal: Decimal) -> Reported<Numbers> {
    let cells: Vec<Cell> = column.cells.iter().map(|(text, span)| Cell::new(text, *span)).collect();
    let mut findings = Vec::new();
    let either = cells.iter().find(|cell| cell.shape == Shape::Either);
    let proof = Proof::of(
        &cells,
        match decimal {
            Decimal::Unknown(habits) => habits.decimal_comma,
            Decimal::Known { comma } => comma,
            Decimal::Whole => either.is_some_and(|cell| cell.text.contains('.')),
        },
    );
    if let (Some(ambiguous), None, Decimal::Unknown(habits)) = (either, proof.cell, decimal) {
        findings.push(ambiguous_number(column, ambiguous, habits));
    }
    let mut numbers = Numbers {
        percent: column.name.value.contains('%') || cells.iter().any(|cell| cell.percent),
        ..Numbers::default()
    };
    let mut wrong = Many::default();
    for cell in &cells {
        let read = match cell.shape {
            Shape::Missing => Ok(None),
            Shape::Wrong => Err(None),
            Shape::Either if decimal == Decimal::Whole && cell.text.contains(',') == proof.comma => {
                Err(proof.cell)
            }
            _ => match cell.read(proof.comma) {
                Some((value, decimals)) => {
                    numbers.decimals = numbers.decimals.max(decimals);
                    Ok(Some(value))
                }
                None => Err(proof.cell),
            },
        };
        numbers.values.push(read.unwrap_or_else(|proof| {
            wrong.push(|| not_a_number(column, cell, proof));
            None
        }));
    }
    findings.extend(wrong.findings());
    Reported::new(numbers, findings)
}

/// One number on its own, as in a setting: `1250`, `12,5`, `12 %`. A finding when it can be read in two ways or not at all.
pub fn number(name: &str, text: &str, span: Span, habits: Habits) -> Reported<Option<f64>> {
    let column = Column { name: Spanned::new(name.to_owned(), span), cells: vec![(text, span)] };
    let Reported { value, findings } = numbers(&column, habits);
    Reported::new(value.values.first().copied().flatten(), findings)
}

/// What the separators of a cell allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// No value.
    Missing,
    /// No number in any reading.
    Wrong,
    /// No separator: a whole number in both readings.
    Plain,
    /// `12,5`, `1.234.567`: the comma is the decimal mark.
    Comma,
    /// `12.5`, `1,234,567`: the point is the decimal mark.
    Point,
    /// `1.250`: one thousand or one and a quarter.
    Either,
}

struct Cell {
    /// Digits, marks and sign only.
    text: String,
    written: String,
    span: Span,
    shape: Shape,
    percent: bool,
}

impl Cell {
    fn new(written: &str, span: Span) -> Self {
        let bare = bare(written);
        let percent = bare.ends_with('%') || bare.starts_with('%');
        let is_dressing = |character: char| {
            matches!(character, '%' | '€' | '$' | '£' | '\'' | '’') || character.is_whitespace()
        };
        let mut text: String = bare.chars().filter(|character| !is_dressing(*character)).collect();
        if let Some(rest) = text.strip_prefix('\u{2212}') {
            text = format!("-{rest}");
        }
        let shape = if is_missing(bare) { Shape::Missing } else { shape(&text) };
        Self { text, written: bare.to_owned(), span, shape, percent }
    }

    /// The value and its decimals when the decimal mark is the comma, or else the point.
    fn read(&self, comma: bool) -> Option<(f64, u8)> {
        let (decimal, group) = if comma { (',', '.') } else { ('.', ',') };
        if !fits(&self.text, decimal, group) {
            return None;
        }
        let mut plain = String::with_capacity(self.text.len());
        for character in self.text.chars().filter(|character| *character != group) {
            plain.push(if character == decimal { '.' } else { character });
        }
        let value: f64 = plain.parse().ok()?;
        let mantissa = plain.split(['e', 'E']).next().unwrap_or_default();
        let decimals = mantissa.split_once('.').map_or(0, |(_, after)| after.trim_end_matches('0').len());
        let exponent = if mantissa.len() < plain.len() { 0 } else { decimals };
        (value.is_finite() && value.abs() <= LARGEST).then_some((
            if value == 0.0 { 0.0 } else { value },
            u8::try_from(exponent).unwrap_or(u8::MAX).min(9),
        ))
    }
}

/// Which readings the text allows.
fn shape(text: &str) -> Shape {
    let separators = text.bytes().any(|byte| byte == b',' || byte == b'.');
    match (fits(text, ',', '.'), fits(text, '.', ',')) {
        (true, true) if separators => Shape::Either,
        (true, true) => Shape::Plain,
        (true, false) => Shape::Comma,
        (false, true) => Shape::Point,
        (false, false) => Shape::Wrong,
    }
}

/// Whether the text is a number with this decimal mark and this mark between groups of three digits.
fn fits(text: &str, decimal: char, group: char) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let filled = |text: &str| !text.is_empty() && digits(text);
    let mut groups = whole.split(group);
    let first = groups.next().unwrap_or_default();
    let mut grouped = false;
    let groups_fit = groups.all(|part| {
        grouped = true;
        part.len() == 3 && digits(part)
    });
    let first_fits = if grouped {
        // `0.601` and `1250.250` have no groups: a group of thousands starts with one to three digits and no zero.
        filled(first) && first.len() <= 3 && !first.starts_with('0')
    } else {
        digits(first) && (filled(first) || fraction.is_some_and(filled))
    };
    first_fits && groups_fit && fraction.is_none_or(filled) && exponent.is_none_or(filled)
}

/// What decided the decimal mark of a column.
struct Proof<'a> {
    comma: bool,
    cell: Option<&'a Cell>,
}

impl<'a> Proof<'a> {
    /// The reading of more cells wins, so that one slip does not overturn a column; the habit decides without proof.
    fn of(cells: &'a [Cell], habit: bool) -> Self {
        let count = |shape: Shape| cells.iter().filter(|cell| cell.shape == shape).count();
        let (commas, points) = (count(Shape::Comma), count(Shape::Point));
        let comma = if commas == points { habit } else { commas > points };
        let proving = if comma { Shape::Comma } else { Shape::Point };
        Self { comma, cell: cells.iter().find(|cell| cell.shape == proving) }
    }
}

fn ambiguous_number(column: &Column, cell: &Cell, habits: Habits) -> Finding {
    let name = &column.name.value;
    let written = &cell.written;
    let plain: String = cell.text.chars().filter(|character| !matches!(character, ',' | '.')).collect();
    let with = |mark: &str| cell.text.replace([',', '.'], mark);
    let read = match cell.read(habits.decimal_comma) {
        Some((value, _)) => format!("{value}"),
        None => plain.clone(),
    };
    let (fraction_en, fraction_es) = (with("."), with(","));
    Finding::new(
        &AMBIGUOUS_NUMBER,
        cell.span,
        words!(
            "`{written}` in the column `{name}` can be read as {plain} and as {fraction_en}",
            "`{written}`, en la columna `{name}`, puede leerse como {plain} y como {fraction_es}"
        ),
    )
    .mark(words!(
        "read as {read}, as the language of the playbook writes it",
        "leído como {read}, según escribe el idioma de la guía"
    ))
    .why(words!(
        "no cell of the column proves which mark separates the decimals, and the other reading is a thousand times off",
        "ninguna celda de la columna demuestra qué signo separa los decimales, y la otra lectura es mil veces distinta"
    ))
    .help(words!(
        "write the numbers of this column without thousands separators: `{plain}`, or `{fraction_en}0` if decimals are meant",
        "escribe los números de esta columna sin separador de millares: `{plain}`, o `{fraction_es}0` si son decimales"
    ))
    .group(name.clone())
}

fn not_a_number(column: &Column, cell: &Cell, proof: Option<&Cell>) -> Finding {
    let name = &column.name.value;
    let written: String = cell.written.chars().take(40).collect();
    let finding = Finding::new(
        &NOT_A_NUMBER,
        cell.span,
        words!("`{written}` is not a number", "`{written}` no es un número"),
    )
    .mark(words!(
        "the column `{name}` holds numbers; this value is left out",
        "la columna `{name}` contiene números; este valor se omite"
    ));
    if let Some(proof) = proof {
        let other = &proof.written;
        return finding
            .also(proof.span, words!("`{other}` decides the column", "`{other}` decide la columna"))
            .why(words!(
                "a column is read with one decimal mark only; with two, some figures would be a thousand times off",
                "una columna se lee con un solo signo decimal; con dos, algunas cifras saldrían mil veces distintas"
            ))
            .help(words!("write it as in `{other}`", "escríbelo como en `{other}`"));
    }
    if cell.written.starts_with('#') {
        return finding
            .why(words!(
                "the spreadsheet could not compute this cell",
                "la hoja de cálculo no pudo calcular esta celda"
            ))
            .help(words!(
                "mend the formula in the spreadsheet and export it again, or leave the cell empty",
                "corrige la fórmula en la hoja de cálculo y vuelve a exportarla, o deja la celda vacía"
            ));
    }
    finding
        .why(words!(
            "a figure that cannot be read is missing from charts and sums",
            "una cifra que no se puede leer falta en los gráficos y en las sumas"
        ))
        .help(words!(
            "write digits only, as in `1250` or `12,5`; leave the cell empty when there is no value",
            "escribe solo cifras, como `1250` o `12,5`; deja la celda vacía si no hay dato"
        ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::SourceId;

    const ES: Habits = Habits { decimal_comma: true, day_first: true };
    const EN: Habits = Habits { decimal_comma: false, day_first: false };

    fn read(cells: &[&str], habits: Habits) -> (Vec<Option<f64>>, Vec<&'static str>, Numbers) {
        let span = |at: usize| Span::new(SourceId(0), at, at + 1);
        let column = Column {
            name: Spanned::new("alcance".to_owned(), span(0)),
            cells: cells.iter().enumerate().map(|(at, text)| (*text, span(at))).collect(),
        };
        let reported = numbers(&column, habits);
        let codes = reported.findings.iter().map(|finding| finding.code.id).collect();
        (reported.value.values.clone(), codes, reported.value)
    }

    fn check(cells: &[&str], habits: Habits, values: &[f64]) {
        let (found, codes, _) = read(cells, habits);
        assert_eq!(found, values.iter().map(|value| Some(*value)).collect::<Vec<_>>(), "{cells:?}");
        assert!(codes.is_empty(), "{cells:?}: {codes:?}");
    }

    #[test]
    fn proof_beats_habit() {
        check(&["1.250", "1.234,5"], EN, &[1250.0, 1234.5]);
        check(&["1.250", "10,5"], EN, &[1250.0, 10.5]);
        check(&["1,250", "1,234.5"], ES, &[1250.0, 1234.5]);
        check(&["1.250", "1.250.000"], EN, &[1250.0, 1_250_000.0]);
        check(&["1,310", "64517.0"], ES, &[1310.0, 64517.0]);
        check(&["0.601", "1.250"], ES, &[0.601, 1.25]);
        check(&["1250.250"], ES, &[1250.25]);
        check(&["12 345,5", "1\u{a0}000"], EN, &[12345.5, 1000.0]);
        check(&["-3", "\u{2212}4", "+5", "1.2E+05"], EN, &[-3.0, -4.0, 5.0, 120_000.0]);
        check(&["40 €", "$12", "'-3"], EN, &[40.0, 12.0, -3.0]);
    }

    #[test]
    fn undecidable_is_told_and_the_language_decides() {
        let (values, codes, _) = read(&["1.250", "2.500"], ES);
        assert_eq!(values, [Some(1250.0), Some(2500.0)]);
        assert_eq!(codes, ["P412"]);
        let (values, codes, _) = read(&["1.250", "7"], EN);
        assert_eq!(values, [Some(1.25), Some(7.0)]);
        assert_eq!(codes, ["P412"]);
    }

    #[test]
    fn what_is_known_beforehand_decides_without_a_finding() {
        let as_known = |cells: &[&str], decimal: Decimal| {
            let cells: Vec<_> = cells.iter().map(|text| (*text, Span::new(SourceId(0), 0, 1))).collect();
            let name = Spanned::new("alcance".to_owned(), Span::new(SourceId(0), 0, 1));
            let reported = numbers_as(&Column { name, cells }, decimal);
            (reported.value.values, reported.findings.len())
        };
        assert_eq!(as_known(&["1.250", "7"], Decimal::Whole), (vec![Some(1250.0), Some(7.0)], 0));
        assert_eq!(as_known(&["12,400", "64517.0"], Decimal::Whole), (vec![Some(12400.0), Some(64517.0)], 0));
        assert_eq!(as_known(&["1.250"], Decimal::Known { comma: false }), (vec![Some(1.25)], 0));
        assert_eq!(as_known(&["1.250"], Decimal::Known { comma: true }), (vec![Some(1250.0)], 0));
        // Two group marks in one column of whole things: one of them is a slip, and it is told.
        assert_eq!(as_known(&["1.250", "1,250"], Decimal::Whole), (vec![Some(1250.0), None], 1));
        assert_eq!(
            as_known(&["1,5", "2.250"], Decimal::Known { comma: false }),
            (vec![Some(1.5), Some(2250.0)], 0)
        );
    }

    #[test]
    fn mixed_marks_never_mix() {
        let (values, codes, _) = read(&["10,5", "11,5", "12.5"], ES);
        assert_eq!(values, [Some(10.5), Some(11.5), None]);
        assert_eq!(codes, ["P414"]);
    }

    #[test]
    fn percents_and_decimals() {
        let (values, _, numbers) = read(&["12,5 %", "7,25\u{a0}%", "3"], EN);
        assert_eq!(values, [Some(12.5), Some(7.25), Some(3.0)]);
        assert!(numbers.percent);
        assert_eq!(numbers.decimals, 2);
        assert_eq!(read(&["64517.0"], EN).2.decimals, 0);
    }

    #[test]
    fn missing_is_no_finding() {
        let (values, codes, _) = read(&["", "-", "–", "--", "n/a", "N/A", "undefined", "  "], ES);
        assert!(values.iter().all(Option::is_none));
        assert!(codes.is_empty());
    }

    #[test]
    fn wrong_cells() {
        for wrong in [
            "NaN",
            "inf",
            "-inf",
            "#REF!",
            "#¡DIV/0!",
            "doce",
            "1,23,4",
            "1e400",
            "1e19",
            ",",
            ".",
            "1.",
            "--3",
        ] {
            let (values, codes, _) = read(&[wrong], ES);
            assert_eq!(values, [None], "{wrong}");
            assert_eq!(codes, ["P414"], "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(cells in prop::collection::vec(".{0,12}", 0..8)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let (values, ..) = read(&cells, ES);
            prop_assert_eq!(values.len(), cells.len());
        }

        #[test]
        fn both_notations_read_back(whole in 0u32..1_000_000_000, cents in 10u32..100) {
            let digits = whole.to_string();
            let grouped = |mark: char| {
                let mut text = String::new();
                for (index, digit) in digits.chars().enumerate() {
                    if index > 0 && (digits.len() - index) % 3 == 0 {
                        text.push(mark);
                    }
                    text.push(digit);
                }
                text
            };
            let value = format!("{whole}.{cents}").parse::<f64>().expect("a number");
            let spanish = format!("{},{cents}", grouped('.'));
            let english = format!("{}.{cents}", grouped(','));
            prop_assert_eq!(read(&[&spanish], EN).0, vec![Some(value)]);
            prop_assert_eq!(read(&[&english], ES).0, vec![Some(value)]);
        }
    }
}
