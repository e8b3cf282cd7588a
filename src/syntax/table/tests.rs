//! Tables as platforms and people write them.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::text::Place;

/// Header and rows, cells joined by `|`, rows by `/`.
fn show(text: &str) -> (String, Vec<&'static str>) {
    let mut findings = Vec::new();
    let table = parse(text, SourceId(0), 0, &mut findings);
    let codes = findings.iter().map(|finding| finding.code.id).collect();
    let Some(table) = table else { return ("nothing".into(), codes) };
    let header = table.columns.iter().map(|column| column.value.clone()).collect::<Vec<_>>().join("|");
    let rows = (0..table.len()).map(|row| {
        (0..table.columns.len())
            .map(|column| table.text(row, column).into_owned())
            .collect::<Vec<_>>()
            .join("|")
    });
    (std::iter::once(header).chain(rows).collect::<Vec<_>>().join(" / "), codes)
}

#[track_caller]
fn check(text: &str, expected: &str, codes: &[&str]) {
    let (shown, found) = show(text);
    assert_eq!(shown, expected, "{text:?}");
    assert_eq!(found, codes, "{text:?}");
}

#[test]
fn plain_tables() {
    check("a,b\n1,2\n3,4\n", "a|b / 1|2 / 3|4", &[]);
    check("a,b\r\n1,2\r\n\r\n3,4", "a|b / 1|2 / 3|4", &[]);
    check("a\n1\n", "a / 1", &[]);
    check(" a , b \n 1 ,\"2\" \n", "a|b / 1|2", &[]);
    check("a,b,,\n1,2,,\n", "a|b / 1|2", &[]);
    check(",b\nx,2\n", "#1|b / x|2", &[]);
    check("fecha,año\n2026-01-01,ñ\n", "fecha|año / 2026-01-01|ñ", &[]);
}

#[test]
fn delimiters() {
    check("a;b\n1,5;2,5\n3,5;4,5\n", "a|b / 1,5|2,5 / 3,5|4,5", &[]);
    check("a\tb\n1\t\n", "a|b / 1|", &[]);
    check("a|b\n1|2\n", "a|b / 1|2", &[]);
    check("sep=;\na;b,c\n1;2\n", "a|b,c / 1|2", &[]);
    check("\"sep=,\"\r\na,b\r\n1,2\r\n", "a|b / 1|2", &[]);
    check("fecha,texto\n1,\"a; b; c\"\n2,\"d; e; f\"\n", "fecha|texto / 1|a; b; c / 2|d; e; f", &[]);
    let mut findings = Vec::new();
    let read = grid("Informe de Instagram\n\nFecha;Alcance\n1;2\n", SourceId(0), 0, &mut findings).unwrap();
    assert_eq!((read.delimiter, read.rows(), read.width(0), read.width(1)), (';', 3, 1, 2));
    let table = Table::new(read, 1, &mut findings);
    assert_eq!((table.columns[1].value.as_str(), table.text(0, 1)), ("Alcance", Cow::Borrowed("2")));
    assert!(findings.is_empty());
}

#[test]
fn quotes() {
    check("a,b\n\"uno, dos\",\"di\"\"jo\"\n", "a|b / uno, dos|di\"jo", &[]);
    check("a,b\n\"uno\ndos\",3\n4,5\n", "a|b / uno\ndos|3 / 4|5", &[]);
    check("a,b\n\"dijo \"hola\" y\",3\n", "a|b / dijo \"hola\" y|3", &[]);
    check("a,b\nl\"x,3\n", "a|b / l\"x|3", &[]);
    check("a,b\n\"uno,3\n4,5\n\"seis\",7\n", "a|b / \"uno|3 / 4|5 / seis|7", &["P401"]);
    check("a,b\n\"uno,3\n4,\"cinco\"\n6,7", "a|b / \"uno|3 / 4|cinco / 6|7", &["P401"]);
    check("a,b\n1,\"dos\n3,4\n", "a|b / 1|\"dos / 3|4", &["P401"]);
    check("a,b\n\"\",\"\"\"\"\n", "a|b / |\"", &[]);
}

#[test]
fn ragged_rows() {
    check("a,b\n1\n2,3\n", "a|b / 1| / 2|3", &["P402"]);
    check("a,b\n1,2,3\n", "a|b / 1|2", &["P402"]);
    check("a,b\n1,2,,\n", "a|b / 1|2", &[]);
    check(&format!("a,b\n{}", "1\n".repeat(10)), &format!("a|b{}", " / 1|".repeat(10)), &["P402"; 4]);
    let mut findings = Vec::new();
    parse("a,b\n1,2,3\n4\n", SourceId(0), 0, &mut findings);
    assert_eq!(
        findings.iter().map(|finding| finding.level).collect::<Vec<_>>(),
        [Level::Error, Level::Warning]
    );
    assert_eq!(findings[0].message.en, "the row has 3 cells, the header 2");
}

#[test]
fn headers() {
    check("a,a,a\n1,2,3\n", "a|a#2|a#3 / 1|2|3", &["P403", "P403"]);
    check("", "nothing", &["P404"]);
    check("\n  \n\r\n", "nothing", &["P404"]);
    check("a,b\n", "a|b", &[]);
}

#[test]
fn places_count_in_the_source() {
    let source = "xx\nañada;b\n\"u;ño\" ; 2\n";
    let mut findings = Vec::new();
    let table = parse(&source[3..], SourceId(2), 3, &mut findings).unwrap();
    let at = |span: Span| &source[span.start as usize..span.end as usize];
    assert_eq!(at(table.columns[0].span), "añada");
    assert_eq!(at(table.span(0, 0)), "\"u;ño\"");
    assert_eq!(at(table.span(0, 1)), "2");
    assert_eq!(at(table.span(0, 9)), "");
    assert_eq!(at(table.row_span(0)), "\"u;ño\" ; 2");
}

#[test]
fn rows_as_entries() {
    let text = "id,nombre,nota\na,Ana,\n,,\nb,\"Be, ñ\",x\n";
    let node = to_nodes(&parse(text, SourceId(0), 0, &mut Vec::new()).unwrap());
    assert_eq!(node.items().len(), 2);
    assert_eq!(node.items()[0].entry("nombre").and_then(Node::text), Some("Ana"));
    assert_eq!(node.items()[0].entry("nota"), None);
    assert!(
        matches!(&node.items()[1].entry("nombre").unwrap().tree, Tree::Scalar(text, Style::Quoted) if text == "Be, ñ")
    );
    assert_eq!(node.items()[1].span.start, 25);
}

#[test]
fn limits() {
    let mut findings = Vec::new();
    assert!(parse(&"a".repeat(MAX_BYTES + 1), SourceId(0), 0, &mut findings).is_none());
    assert_eq!(findings[0].code.id, "P405");
    assert!(findings[0].message.en.contains("50000001 bytes"));
}

#[test]
fn nasty_texts_take_no_time() {
    for text in [
        "\"".repeat(300_001),
        "\"a,".repeat(100_000),
        "\"a\n".repeat(100_000),
        "\"a\n\"b\n\"\"\"c,".repeat(30_000),
        ",".repeat(500_000),
        " ".repeat(500_000),
        "\" ".repeat(200_000),
        "a,a,".repeat(5_000),
        format!("a,b\n{}", "1,2,3\n".repeat(50_000)),
    ] {
        let start = Instant::now();
        show(&text);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?} for {:?}", start.elapsed(), &text[..20]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn any_mixture_of_signs_is_read(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "ñ", "€", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "sep=;\n", "1,5", "\0",
    ]), 0..40)) {
        let text = parts.concat();
        let source = format!("é-{text}!");
        let mut findings = Vec::new();
        let slice = |span: Span| source.get(span.start as usize..span.end as usize).expect("a slice of the source");
        if let Some(table) = parse(&text, SourceId(0), 3, &mut findings) {
            for row in 0..table.grid.rows() {
                slice(table.grid.row_span(row));
                for column in 0..table.grid.width(row) + 1 {
                    let raw = slice(table.grid.span(row, column));
                    if !table.grid.is_quoted(row, column) && column < table.grid.width(row) {
                        prop_assert_eq!(raw, table.grid.text(row, column));
                    }
                }
            }
            to_nodes(&table);
        }
        for finding in findings {
            let Place::Span(span) = finding.place else { panic!("a place in the text") };
            slice(span);
        }
    }

    #[test]
    fn what_is_quoted_comes_back(cells in prop::collection::vec(prop::collection::vec("[a-zñ,;\"\n ]{1,8}", 3), 1..8)) {
        let row = |cells: &[String]| {
            let cells: Vec<_> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            cells.join(",")
        };
        let text: String = std::iter::once("x,y,z".to_owned()).chain(cells.iter().map(|cells| row(cells))).collect::<Vec<_>>().join("\n");
        let mut findings = Vec::new();
        let text = format!("sep=,\n{text}");
        let table = parse(&text, SourceId(0), 0, &mut findings).unwrap();
        prop_assert!(findings.is_empty());
        prop_assert_eq!(table.len(), cells.len());
        for (index, cells) in cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                prop_assert_eq!(&*table.text(index, column), cell.as_str());
            }
        }
    }
}
