//! `portolan describe`, and workbooks that bring their reader down.

use serde_json::Value;

use crate::program::{Scratch, package, portolan, run_in};

#[test]
fn an_unknown_table_is_described_with_its_proof() {
    let folder = Scratch::new("describe");
    folder.write("informe.csv", "Informe de mayo\n\nFecha;Alcance\n03/04/2026;1.250\n25/06/2026;2.500,5\n");
    let ran = run_in(folder.path(), &["describe", "informe.csv", "--lang", "es"]).ended(0);
    for expected in [
        "separador: ;",
        "título: Informe de mayo",
        "cabecera en la línea: 3",
        "2026-04-03 – 2026-06-25",
        "`25/06/2026` solo se puede leer de una forma",
        "1250 – 2500.5",
        "fuente: datos/informe.csv",
        "columna: Alcance",
        "columna_fecha: Fecha",
    ] {
        assert!(ran.out.contains(expected), "{expected} is not in\n{}", ran.out);
    }
    let ran =
        run_in(folder.path(), &["describe", "informe.csv", "--lang", "en", "--format", "json"]).ended(0);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(json["documents"][0]["tables"][0]["columns"][1]["kind"], "number");
    assert!(json["snippet"].as_str().expect("a snippet").contains("date_column: Fecha"));
    run_in(folder.path(), &["describe", "nothing.csv"]).ended(2);
}

#[test]
fn the_snippet_works_as_it_is() {
    let playbook = Scratch::new("snippet");
    playbook.write("playbook.yaml", "title: Guide\nlanguage: en\n");
    playbook.write("data/loans.csv", "date,loans\n2026-01-31,910\n2026-02-28,985\n");
    let ran = run_in(playbook.path(), &["describe", "data/loans.csv", "--format", "json"]).ended(0);
    let json: Value = serde_json::from_str(&ran.out).expect("JSON");
    playbook.write("metrics.yaml", json["snippet"].as_str().expect("a snippet"));
    let checked = run_in(playbook.path(), &["check", "--format", "plain"]).ended(0);
    for code in ["P41", "P42", "P43"] {
        assert!(!checked.out.contains(code), "{}", checked.out);
    }
}

#[test]
fn exports_are_recognised() {
    let export = package().join("tests/exports/linkedin-content-xls/data/linkedin");
    let file =
        std::fs::read_dir(&export).expect("an export").next().expect("a file").expect("an entry").path();
    let ran = run_in(&package(), &["describe", file.to_str().expect("UTF-8"), "--lang", "en"]);
    assert!(ran.out.contains("(linkedin-content)"), "{}", ran.out);
    assert!(ran.out.contains("source: linkedin.impressions"), "{}", ran.out);
}

/// The number of strings is a lie that made a library ask for all the memory there is.
/// Once one in thirty was refused, by where chance put the memory of its reader.
#[test]
fn a_sound_workbook_is_read_every_time() {
    let export =
        package().join("tests/exports/linkedin-content-xls/data/linkedin/rio_content_1785742483724.xls");
    for run in 0..150 {
        let ran = run_in(&package(), &["describe", export.to_str().expect("UTF-8"), "--lang", "en"]);
        assert_eq!(ran.status, 0, "run {run}: {}{}", ran.out, ran.talk);
    }
}

#[test]
fn a_workbook_that_brings_its_reader_down_takes_no_build_with_it() {
    let folder = Scratch::new("hostile");
    for (name, strings, sheet) in [
        (
            "count.xlsx",
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"4294967295\" uniqueCount=\"18446744073709551\"><si><t>a</t></si></sst>",
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>",
        ),
        (
            "far.xlsx",
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
            "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        ),
    ] {
        std::fs::write(folder.path().join(name), workbook(strings, sheet)).expect("written");
        let ran = run_in(folder.path(), &["describe", name, "--lang", "en"]);
        assert!(matches!(ran.status, 0 | 1), "{name}: {}\n{}", ran.status, ran.talk);
        assert!(ran.status == 0 || ran.talk.contains("P424"), "{name}: {}", ran.talk);
    }
}

/// A hundred bytes that stand for nearly a hundred million cells: the system ends the process that reads them, and the build goes on and says so.
#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_is_ended_is_told_and_the_build_goes_on() {
    let rows = "<table:table-row table:number-rows-repeated=\"6000\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/></table:table-row>";
    let document = stored(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet".to_owned()),
        ("META-INF/manifest.xml", "<manifest:manifest/>".to_owned()),
        (
            "content.xml",
            format!(
                "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"H\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ]);
    let playbook = Scratch::new("ended");
    playbook.write("playbook.yaml", "title: Guide\nlanguage: en\n");
    playbook.write("index.md", "# Guide\n\n```chart\nchart: line\ntitle: Loans\ndata: data/giant.ods\n```\n");
    playbook.write("data/loans.csv", "date,loans\n2026-01-31,910\n");
    std::fs::write(playbook.join("data/giant.ods"), &document).expect("written");
    let mut child = portolan(&["read-workbook"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("started");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut stdin, &document).expect("asked");
    drop(stdin);
    let ended = child.wait_with_output().expect("waited");
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ended.status), Some(6), "{:?}", ended.status);
    let ran = run_in(playbook.path(), &["check", "--lang", "en"]);
    assert!(ran.out.contains("P424") && ran.out.contains("more memory than is allowed"), "{}", ran.out);
    run_in(playbook.path(), &["describe", "data/loans.csv"]).ended(0);
}

/// A workbook of stored members: no compression is needed for what is wrong with it.
fn workbook(strings: &str, rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let members = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"H\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/s1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", strings.to_owned()),
        (
            "xl/worksheets/s1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    stored(&members)
}

/// A zip of members that are not compressed.
fn stored(members: &[(&str, String)]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in members {
        let offset = u32::try_from(zip.len()).expect("small");
        let size = u32::try_from(text.len()).expect("small").to_le_bytes();
        let length = u16::try_from(name.len()).expect("small").to_le_bytes();
        // Version, flags, method, time, date, checksum, both sizes, length of the name, no extra field.
        let head = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x5c][..],
            &crc32(text.as_bytes()).to_le_bytes(),
            &size,
            &size,
            &length,
            &[0, 0],
        ]
        .concat();
        zip.extend([&b"PK\x03\x04"[..], &head, name.as_bytes(), text.as_bytes()].concat());
        directory.extend(
            [&b"PK\x01\x02\x14\x00"[..], &head, &[0; 10], &offset.to_le_bytes(), name.as_bytes()].concat(),
        );
    }
    let start = u32::try_from(zip.len()).expect("small").to_le_bytes();
    let size = u32::try_from(directory.len()).expect("small").to_le_bytes();
    let count = [members.len() as u8, 0];
    zip.extend([&directory[..], b"PK\x05\x06", &[0; 4], &count, &count, &size, &start, &[0, 0]].concat());
    zip
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

#[test]
fn what_is_in_doubt_is_not_called_proof() {
    let scratch = Scratch::new("doubt");
    scratch.write(
        "a.csv",
        "fecha;valor;Total Recipients\n01/02/2026;1.250;1000\n02/02/2026;1.300;1200\n03/02/2026;1.450;2012\n",
    );
    let ran = run_in(scratch.path(), &["describe", "a.csv", "--lang", "en"]).ended(0);
    assert!(ran.out.contains("no cell proves the order of day and month"), "{}", ran.out);
    assert!(ran.out.contains("no cell proves the decimal mark"), "{}", ran.out);
    let figures = ran.out.lines().find(|line| line.contains("Total Recipients")).expect("the column");
    assert!(figures.contains("number"), "{figures}");
    assert!(ran.out.contains("date_column: fecha"), "{}", ran.out);
}
