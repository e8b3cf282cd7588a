//! Broken and nasty CSV files, and what must come of each: `tests/csv/corpus.txt`. Nothing may be misread in silence.
//!
//! A case is a few lines, cases are divided by blank lines:
//!
//! ```text
//! name of the case
//!   in   the bytes of the file; \n \r \t \\ \s (a blank) and \xHH stand for what cannot be seen
//!   out  the table that is read: cells divided by |, rows by /; ∅ for an empty cell
//!   num  a column and its numbers; - for one that is missing
//!   day  a column and its dates
//!   say  the codes of all findings with their lines (P402@3; P002 for the file as a whole)
//! ```
//!
//! `num` and `day` ask for columns; `UPDATE=1` writes what is read behind the name of the column, and `out` and `say`. Look at every line that changed.

use std::fs;

use portolan::data::document;
use portolan::finding::Finding;
use portolan::series::{self, Column, Habits};
use portolan::syntax::{Table, main_table};
use portolan::text::{FilePath, Place, Sources};
use portolan::world::{Date, MemoryWorld};

use crate::program::package;

/// One case: its name, and its lines as key and text.
struct Case {
    name: String,
    lines: Vec<(String, String)>,
}

impl Case {
    fn get(&self, key: &str) -> Option<&str> {
        self.lines.iter().find(|(other, _)| other == key).map(|(_, text)| text.as_str())
    }
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for block in text.split("\n\n") {
        let mut lines = block.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let Some(name) = lines.next() else { continue };
        let lines = lines.map(|line| {
            let (key, text) = line.trim_start().split_once(' ').unwrap_or((line.trim(), ""));
            (key.to_owned(), text.trim().to_owned())
        });
        cases.push(Case { name: name.to_owned(), lines: lines.collect() });
    }
    cases
}

fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let mut put = |letter: char| bytes.extend(letter.to_string().as_bytes());
        match letter {
            '\\' => match letters.next().expect("a letter behind the backslash") {
                'n' => put('\n'),
                'r' => put('\r'),
                't' => put('\t'),
                's' => put(' '),
                '\\' => put('\\'),
                'x' => {
                    let digits: String = letters.by_ref().take(2).collect();
                    bytes.push(u8::from_str_radix(&digits, 16).expect("two hexadecimal digits"));
                }
                other => panic!("\\{other}"),
            },
            other => put(other),
        }
    }
    bytes
}

fn shown(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
    if text.is_empty() { "∅".to_owned() } else { text }
}

/// What the program makes of a case, in the same form.
fn read(case: &Case) -> Vec<(String, String)> {
    let input = case.get("in").expect("every case has bytes");
    let world = MemoryWorld::new([("data/x.csv", bytes(input))], Date::constant(2026, 11, 22));
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let path = FilePath::new("data/x.csv").expect("a path");
    let documents = document::open(&world, &path, &mut sources, &mut findings);
    let mut now = vec![("in".to_owned(), input.to_owned())];
    if let Some(document) = documents.first() {
        let text = &sources.source(document.source).expect("a source").text;
        if let Some(table) = main_table(text, document.source, &mut findings) {
            now.push(("out".to_owned(), table_shown(&table)));
            for (key, asked) in case.lines.iter().filter(|(key, _)| key == "num" || key == "day") {
                let name = asked.split(" = ").next().expect("a name");
                let told = column(&table, name, key, &mut findings);
                now.push((key.clone(), format!("{name} = {told}")));
            }
        }
    }
    if !findings.is_empty() {
        let codes: Vec<String> = findings.iter().map(|finding| told(finding, &sources)).collect();
        now.push(("say".to_owned(), codes.join(" ")));
    }
    now
}

fn table_shown(table: &Table<'_>) -> String {
    let header: Vec<String> = table.columns.iter().map(|column| shown(&column.value)).collect();
    let rows = (0..table.len()).map(|row| {
        let width = table.grid.width(table.rows.start + row).max(table.columns.len());
        (0..width).map(|column| shown(&table.text(row, column))).collect::<Vec<_>>().join("|")
    });
    std::iter::once(header.join("|")).chain(rows).collect::<Vec<_>>().join(" / ")
}

fn column(table: &Table<'_>, name: &str, key: &str, findings: &mut Vec<Finding>) -> String {
    let Some(index) = table.column(name) else { return "no such column".to_owned() };
    let texts: Vec<_> =
        (0..table.len()).map(|row| (table.text(row, index), table.span(row, index))).collect();
    let cells = texts.iter().map(|(text, span)| (&**text, *span)).collect();
    let column = Column { name: table.columns[index].clone(), cells };
    let habits = Habits::of("es");
    let values: Vec<String> = match key {
        "num" => {
            let numbers = series::numbers(&column, habits).into(findings);
            numbers
                .values
                .iter()
                .map(|value| value.map_or("-".to_owned(), |value| value.to_string()))
                .collect()
        }
        _ => {
            let dates = series::dates(&column, habits).into(findings);
            dates.values.iter().map(|date| date.map_or("-".to_owned(), |date| date.to_string())).collect()
        }
    };
    values.join(" ")
}

fn told(finding: &Finding, sources: &Sources) -> String {
    match finding.place {
        Place::Span(span) => format!("{}@{}", finding.code.id, sources.position(span).line),
        _ => finding.code.id.to_owned(),
    }
}

#[test]
fn nothing_is_misread_in_silence() {
    let file = package().join("tests/csv/corpus.txt");
    let text = fs::read_to_string(&file).expect("the corpus");
    let cases = cases(&text);
    assert!(cases.len() >= 150, "only {} cases", cases.len());
    let mut names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two cases of one name");
    let mut faults = String::new();
    let mut written = text.split("\n\n").next().expect("a head").to_owned() + "\n";
    for case in &cases {
        let now = read(case);
        written += &format!("\n{}\n", case.name);
        now.iter().for_each(|(key, text)| written += &format!("  {key:<4} {text}\n"));
        if now != case.lines {
            let lines = |lines: &[(String, String)]| {
                lines.iter().map(|(key, text)| format!("  {key:<4} {text}\n")).collect::<String>()
            };
            faults += &format!("== {}\nexpected\n{}read\n{}", case.name, lines(&case.lines), lines(&now));
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, written).expect("written");
        return;
    }
    assert!(faults.is_empty(), "{faults}");
}
