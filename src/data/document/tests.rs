//! Files as they come and as they should not come: zips and workbooks, made here byte by byte.
#![allow(clippy::disallowed_methods, reason = "tests read fixtures")]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::text::Span;
use crate::world::{Date, MemoryWorld};

/// What is read of a file: each document as `member: text` (an exact one with `=`), and the codes.
fn read(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let world = MemoryWorld::new([(name, bytes.to_vec())], Date::constant(2026, 1, 2));
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    let documents = open(&world, &FilePath::new(name).unwrap(), &mut sources, &mut findings);
    let shown = documents.iter().map(|document| {
        let source = sources.source(document.source).unwrap();
        let member = document.member.as_deref().unwrap_or_default();
        assert!(source.path.as_str().starts_with(name));
        let mark = if document.exact { "=" } else { ":" };
        format!("{member}{mark}{}", source.text)
    });
    let why = |finding: &Finding| finding.why.as_ref().map(|why| why.en.clone()).unwrap_or_default();
    (
        shown.collect(),
        findings.iter().map(|finding| format!("{} {}", finding.code.id, why(finding))).collect(),
    )
}

#[track_caller]
fn check(name: &str, bytes: &[u8], documents: &[&str], findings: &[&str]) {
    let (shown, told) = read(name, bytes);
    assert_eq!(shown, documents, "{told:?}");
    assert_eq!(told.len(), findings.len(), "{told:?}");
    for (told, expected) in told.iter().zip(findings) {
        assert!(told.starts_with(expected), "{told:?} is not {expected:?}");
    }
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook: its sheets with their state and the XML of their rows.
fn xlsx(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut tabs = String::new();
    let mut links = String::new();
    let mut members: Vec<(String, String)> = Vec::new();
    for (index, (name, state, rows)) in sheets.iter().enumerate() {
        tabs +=
            &format!("<sheet name=\"{name}\" sheetId=\"{0}\" state=\"{state}\" r:id=\"r{0}\"/>", index + 1);
        links += &format!(
            "<Relationship Id=\"r{0}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/s{0}.xml\"/>",
            index + 1
        );
        members.push((
            format!("xl/worksheets/s{}.xml", index + 1),
            format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    members.push(("_rels/.rels".into(), "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>".into()));
    members.push(("xl/workbook.xml".into(), format!("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{tabs}</sheets></workbook>")));
    members.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>")));
    members.push(("xl/styles.xml".into(), "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>".into()));
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&members)
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest =
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ])
}

#[test]
fn bytes_decide_what_a_file_is() {
    check("data/a.csv", b"a,b\n1,2\n", &[":a,b\n1,2\n"], &[]);
    check("data/a.xls", b"a\tb\n1\t2\n", &[":a\tb\n1\t2\n"], &[]);
    check("data/a.csv", b"\xff\xfea\0,\0b\0", &[":a,b"], &[]);
    check("data/a.xls", b"<html><table><tr><td>1</td></tr></table>", &[], &["P424 it is a web page"]);
    check("data/a.csv", b"%PDF-1.7 ...", &[], &["P424 its format is PDF"]);
    check("data/a.csv", &[1, 2, 3, 4, 200, 201], &[], &["P424 its bytes are no text"]);
    check("data/a.csv", &zipped(&[("b.csv", b"x\n1\n")]), &["b.csv:x\n1\n"], &[]);
    check("data/a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", &[], &["P424 it is damaged"]);
    check("data/a.xlsx", b"PK\x03\x04 cut off", &[], &["P424 it is damaged"]);
}

#[test]
fn zips() {
    let zip = zipped(&[
        ("Table data.csv", b"a\n1\n"),
        ("más/Totals.CSV", b"b\n2\n"),
        ("__MACOSX/._Table data.csv", b"\0\0"),
        ("chart.png", b"\x89PNG"),
    ]);
    check("data/y.zip", &zip, &["Table data.csv:a\n1\n", "más/Totals.CSV:b\n2\n"], &[]);
    check("data/y.zip", &zipped(&[("chart.png", b"")]), &[], &["P424 there is no table in it"]);
    let inner = zipped(&[("b.csv", b"x")]);
    check("data/y.zip", &zipped(&[("in.zip", &inner), ("a.csv", b"x\n")]), &["a.csv:x\n"], &["P426"]);
    let book = xlsx(&[("Uno", "visible", "<row r=\"1\"><c r=\"A1\"><v>5</v></c></row>")]);
    check("data/y.zip", &zipped(&[("b.xlsx", &book)]), &["b.xlsx#Uno=5\n"], &[]);
    let mut locked = zipped(&[("a.csv", b"x\n")]);
    let directory = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    check("data/y.zip", &locked, &[], &["P425"]);
    // Names that lead out of a folder lead nowhere.
    let zip = zipped(&[("../../etc/passwd.csv", b"x\n"), ("/abs.csv", b"y\n"), ("c:\\d\\e.csv", b"z\n")]);
    let world = MemoryWorld::new([("y.zip", zip)], Date::constant(2026, 1, 2));
    let (mut sources, mut findings) = (Sources::default(), Vec::new());
    open(&world, &FilePath::new("y.zip").unwrap(), &mut sources, &mut findings);
    let paths: Vec<&str> = sources.iter().map(|(_, source)| source.path.as_str()).collect();
    assert_eq!(paths, ["y.zip#etc/passwd.csv", "y.zip#abs.csv", "y.zip#c:_d_e.csv"]);
    assert!(findings.is_empty());
}

#[test]
fn what_is_too_large_is_not_unpacked() {
    let zeros = vec![b'0'; 110_000_000];
    let bomb = zipped(&[("a.csv", &zeros), ("b.csv", &zeros)]);
    assert!(bomb.len() < 1_000_000);
    let (documents, told) = read("data/y.zip", &bomb);
    assert_eq!(documents.len(), 1, "the first one fits");
    assert_eq!(told, ["P423 unpacked it has more than 200 MB"]);
    let mut book = zipped(&[("xl/workbook.xml", b""), ("a", &zeros), ("b", &zeros)]);
    check("data/y.xlsx", &book, &[], &["P423 unpacked it has more than 200 MB"]);
    // The header says that nothing is in it; what comes out counts.
    for at in 0..book.len() - 4 {
        if book[at..at + 4] == 110_000_000_u32.to_le_bytes() {
            book[at..at + 4].fill(0);
        }
    }
    let (documents, told) = read("data/y.xlsx", &book);
    assert!(documents.is_empty() && matches!(told.as_slice(), [told] if told.starts_with("P42")), "{told:?}");
    let names: Vec<String> = (0..2_001).map(|number| format!("{number}.csv")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    check("data/y.zip", &zipped(&many), &[], &["P423 it holds more than 2000 files"]);
}

#[test]
fn a_sheet_is_read_to_exactly_its_values() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Fecha</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Alcance, neto</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\" s=\"1\"><v>46173</v></c><c r=\"B3\"><f>1+1</f><v>0.30000000000000004</v></c><c r=\"C3\" t=\"e\"><v>#REF!</v></c></row>\
        <row r=\"4\"><c r=\"A4\" s=\"1\"><v>46173.5</v></c><c r=\"B4\" t=\"b\"><v>1</v></c><c r=\"C4\" s=\"2\"><v>0.5</v></c></row>\
        <row r=\"5\"><c r=\"B5\"><v>12400</v></c></row>";
    let book = xlsx(&[("Datos", "visible", rows), ("Notas", "hidden", rows), ("Vacía", "visible", "")]);
    check(
        "data/x.xlsx",
        &book,
        &[
            "Datos=Fecha,\"Alcance, neto\",\n\n2026-05-31,0.3,#REF!\n2026-05-31T12:00:00,TRUE,12:00:00\n,12400,\n",
        ],
        &["P429"],
    );
    let table = "<table:table table:name=\"Hoja\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Día</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>#</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2026-05-31\"/><table:table-cell office:value-type=\"percentage\" office:value=\"0.125\"/></table:table-row></table:table>";
    check("data/x.ods", &ods(table), &["Hoja=Día,\"#\"\n2026-05-31,0.1250\n"], &[]);
}

#[test]
fn hostile_workbooks() {
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let (documents, told) = read("data/x.xlsx", &xlsx(&[("H", "visible", far)]));
    assert_eq!((documents.len(), told.len()), (1, 0));
    let wide: String =
        (1..5_000).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    check("data/x.xlsx", &xlsx(&[("H", "visible", &wide)]), &[], &["P423 as text it has more than 50 MB"]);
    let sheets: Vec<(String, &str, &str)> =
        (0..101).map(|number| (format!("h{number}"), "visible", "")).collect();
    let sheets: Vec<(&str, &str, &str)> =
        sheets.iter().map(|(name, state, rows)| (name.as_str(), *state, *rows)).collect();
    check("data/x.xlsx", &xlsx(&sheets), &[], &["P423 it has more than 100 sheets"]);
    check("data/x.xlsx", &xlsx(&[("Oculta", "veryHidden", far)]), &[], &["P429", "P424 no visible sheet"]);
    for rows in [
        "<row r=\"x\">",
        "<row><c r=\"A0\"><v>1</v></c></row>",
        "<row><c r=\"ZZZZZZ1\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>99999999</v></c></row>",
        "<row",
    ] {
        let (_, told) = read("data/x.xlsx", &xlsx(&[("H", "visible", rows)]));
        assert!(
            told.iter().all(|told| told.starts_with("P424") || told.starts_with("P423")),
            "{rows}: {told:?}"
        );
    }
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("..EncryptedPackage..".encode_utf16().flat_map(u16::to_le_bytes));
    check("data/x.xlsx", &locked, &[], &["P425"]);
}

#[test]
fn broken_zips_end_in_findings() {
    let whole = zipped(&[("Table data.csv", b"a,b\n1,2\n1,2\n1,2\n1,2\n"), ("b.csv", b"x\n")]);
    for at in 0..whole.len() {
        read("data/y.zip", &whole[..at]);
        for change in [0x00, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = change;
            let (documents, told) = read("data/y.zip", &bytes);
            assert!(
                !documents.is_empty() || !told.is_empty(),
                "byte {at} as {change}: nothing and nothing said"
            );
        }
    }
}

#[test]
fn the_part_that_is_meant() {
    let mut sources = Sources::default();
    let path = FilePath::new("data/x.xlsx").unwrap();
    let mut document = |member: &str| Document {
        source: sources.add(path.clone(), String::new()),
        path: path.clone(),
        member: Some(member.to_owned()),
        exact: true,
        encoding: "",
    };
    let documents = [document("Uno"), document("sub/Dos.csv")];
    let ask = |part: Option<&str>| {
        let name = Spanned::new(String::new(), Span::new(SourceId(0), 0, 0));
        let mut findings = Vec::new();
        let found = pick(&documents, part, &name, &mut findings).and_then(|found| found.member.clone());
        (found.unwrap_or_default(), findings.iter().map(|finding| finding.code.id).collect::<Vec<_>>())
    };
    assert_eq!(ask(Some("Uno")), ("Uno".into(), vec![]));
    assert_eq!(ask(Some("uno")), ("Uno".into(), vec![]));
    assert_eq!(ask(Some("Dos.csv")), ("sub/Dos.csv".into(), vec![]));
    assert_eq!(ask(Some("Tres")), (String::new(), vec!["P428"]));
    assert_eq!(ask(None), ("Uno".into(), vec!["P430"]));
}
