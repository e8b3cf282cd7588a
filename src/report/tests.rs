//! Exact text of findings in both languages, hostile names and lines, the machine formats, and speed.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests measure time and set up folders of their own"
)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::Value;

use crate::finding::Code;
use crate::text::{SourceId, Span};
use crate::words;

use super::shown::wrapped;
use super::*;

static NAME: Code = Code { id: "P201", name: "unknown_name", level: Level::Error, since: "0.1.0" };
static STALE: Code = Code { id: "P340", name: "not_reviewed", level: Level::Warning, since: "0.1.0" };
static EMPTY: Code = Code { id: "P012", name: "empty_file", level: Level::Note, since: "0.1.0" };
static SECRET: Code = Code { id: "P701", name: "secret_in_source", level: Level::Error, since: "0.1.0" };

fn path(text: &str) -> FilePath {
    FilePath::new(text).expect("a path")
}

fn source(name: &str, text: &str) -> (Sources, SourceId) {
    let mut sources = Sources::default();
    let id = sources.add(path(name), text.to_owned());
    (sources, id)
}

/// The first place at which `needle` stands.
fn at(sources: &Sources, id: SourceId, needle: &str) -> Span {
    let start = sources.source(id).unwrap().text.find(needle).expect("the needle");
    Span::new(id, start, start + needle.len())
}

fn plain_style() -> Style {
    Style { color: false, width: 80 }
}

#[track_caller]
fn human(sources: &Sources, findings: &[Finding], language: Language, expected: &str) {
    let text = Report::new(findings, sources, language).human(plain_style());
    let text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert_eq!(text.trim_end(), expected.trim(), "\n{text}");
}

fn unknown(span: Span) -> Finding {
    Finding::new(&NAME, span, words!("no audience is called `familes`", "ningún público se llama `familes`"))
}

#[test]
fn accents_before_the_mark_and_the_line_as_it_should_be() {
    let (sources, id) = source("canales/instagram.md", "---\npúblicos: [jóvenes, familes]\n---\n");
    let finding = unknown(at(&sources, id, "familes"))
        .mark(words!("not known", "no se conoce"))
        .why(words!(
            "a link that leads nowhere breaks the page",
            "un enlace que no lleva a nada rompe la página"
        ))
        .replace("familias");
    human(
        &sources,
        std::slice::from_ref(&finding),
        Language::English,
        "
error[P201]: no audience is called `familes`
 --> canales/instagram.md:2:21
  |
2 | públicos: [jóvenes, familes]
  |                     ^^^^^^^ not known
  |
  = why: a link that leads nowhere breaks the page
help: did you mean `familias`?
  |
2 - públicos: [jóvenes, familes]
2 + públicos: [jóvenes, familias]
  |",
    );
    human(
        &sources,
        &[finding],
        Language::Spanish,
        "
error[P201]: ningún público se llama `familes`
 --> canales/instagram.md:2:21
  |
2 | públicos: [jóvenes, familes]
  |                     ^^^^^^^ no se conoce
  |
  = por qué: un enlace que no lleva a nada rompe la página
ayuda: ¿querías decir `familias`?
  |
2 - públicos: [jóvenes, familes]
2 + públicos: [jóvenes, familias]
  |",
    );
}

#[test]
fn a_tab_before_the_mark() {
    let (sources, id) = source("a.md", "a:\n\tb: familes\n");
    let finding = unknown(at(&sources, id, "familes")).level(Level::Warning);
    human(
        &sources,
        &[finding],
        Language::Spanish,
        "
aviso[P201]: ningún público se llama `familes`
 --> a.md:2:5
  |
2 |     b: familes
  |        ^^^^^^^",
    );
}

#[test]
fn windows_line_ends() {
    let (sources, id) = source("a.md", "uno: ñ\r\nowner: familes\r\nfin: 1\r\n");
    let finding = unknown(at(&sources, id, "familes\r\n")).mark(words!("here", "aquí")).replace("familias");
    // The mark leaves out the line end, so the replacement would lose it: it is said, not drawn.
    human(
        &sources,
        &[finding],
        Language::English,
        "
error[P201]: no audience is called `familes`
 --> a.md:2:8
  |
2 | owner: familes
  |        ^^^^^^^ here
  |
  = help: did you mean `familias`?",
    );
}

#[test]
fn end_of_file_and_beyond() {
    let (sources, id) = source("a.md", "uno\n");
    for span in [Span::new(id, 4, 4), Span::new(id, 9_000, 9_001)] {
        let finding = Finding::new(&EMPTY, span, words!("the end is missing", "falta el final"));
        human(
            &sources,
            &[finding],
            Language::Spanish,
            "
nota[P012]: falta el final
 --> a.md:2:1
  |
2 |
  | ^",
        );
    }
}

#[test]
fn an_empty_file() {
    let (sources, id) = source("vacío.md", "");
    let finding =
        Finding::new(&EMPTY, Span::new(id, 0, 0), words!("the file is empty", "el archivo está vacío"))
            .help(words!("write a title", "escribe un título"));
    human(
        &sources,
        &[finding],
        Language::English,
        "
note[P012]: the file is empty
 --> vacío.md:1:1
  |
1 |
  | ^
  |
  = help: write a title",
    );
}

#[test]
fn something_to_put_in() {
    let (sources, id) = source("a.md", "owner ana\n");
    let finding =
        Finding::new(&NAME, Span::new(id, 5, 5), words!("a colon is missing", "faltan los dos puntos"))
            .help(words!("write a colon", "escribe dos puntos"))
            .replace(":");
    human(
        &sources,
        &[finding],
        Language::Spanish,
        "
error[P201]: faltan los dos puntos
 --> a.md:1:6
  |
1 | owner ana
  |      ^
  |
ayuda: escribe dos puntos
  |
1 | owner: ana
  |      +",
    );
}

#[test]
fn several_lines() {
    let (sources, id) = source("a.md", "a: 1\nb: |\n  uno\n  dos\nc: 2\n");
    let finding =
        Finding::new(&NAME, at(&sources, id, "|\n  uno\n  dos\n"), words!("two lines", "dos líneas"))
            .mark(words!("one line is meant", "tiene que ser una"));
    human(
        &sources,
        &[finding],
        Language::English,
        "
error[P201]: two lines
 --> a.md:2:4
  |
2 |   b: |
  |  ____^
3 | |   uno
4 | |   dos
  | |_____^ one line is meant",
    );
    let long = format!("b: |\n{}c: 1\n", "  uno\n".repeat(500));
    let (sources, id) = source("a.md", &long);
    let finding = Finding::new(&NAME, Span::new(id, 3, long.len()), words!("500 lines", "500 líneas"));
    human(
        &sources,
        &[finding],
        Language::English,
        "
error[P201]: 500 lines
 --> a.md:1:4
  |
1 | b: |
  |    ^",
    );
}

#[test]
fn further_places() {
    let mut sources = Sources::default();
    let a = sources.add(path("a.md"), "uno: [dos, tres]\n\n\nuno: 2\n".to_owned());
    let b = sources.add(path("b.md"), "tres: sí\n".to_owned());
    let finding = Finding::new(
        &NAME,
        at(&sources, a, "tres"),
        words!("`tres` is there twice", "`tres` está dos veces"),
    )
    .mark(words!("again here", "otra vez aquí"))
    .also(at(&sources, a, "uno"), words!("in this list", "en esta lista"))
    .also(at(&sources, b, "tres"), words!("first here", "aquí por primera vez"))
    .also(Span::new(SourceId(77), 0, 1), words!("nowhere", "en ninguna parte"));
    human(
        &sources,
        &[finding],
        Language::Spanish,
        "
error[P201]: `tres` está dos veces
 --> a.md:1:12
  |
1 | uno: [dos, tres]
  | ---        ^^^^ otra vez aquí
  | |
  | en esta lista
  |
 ::: b.md:1:1
  |
1 | tres: sí
  | ---- aquí por primera vez",
    );
}

#[test]
fn a_file_and_the_run() {
    let sources = Sources::default();
    let file = Finding::new(&NAME, Place::File(path("fotos/a.png")), words!("too large", "demasiado grande"))
        .why(words!("it slows the page down", "hace lenta la página"));
    let run = Finding::new(&NAME, Place::Run, words!("no such theme", "no existe ese tema"))
        .help(words!("leave the option out", "quita la opción"));
    human(
        &sources,
        &[file, run],
        Language::Spanish,
        "
error[P201]: demasiado grande
--> fotos/a.png
 = por qué: hace lenta la página

error[P201]: no existe ese tema
 |
 = ayuda: quita la opción",
    );
}

#[test]
fn long_lines_are_cut_around_the_mark_and_keep_their_column() {
    let text = format!("título: {}familes {}\n", "palabra ".repeat(5_000), "otra ".repeat(5_000));
    let (sources, id) = source("a.md", &text);
    let finding = unknown(at(&sources, id, "familes")).replace("familias");
    human(
        &sources,
        &[finding],
        Language::English,
        "
error[P201]: no audience is called `familes`
 --> a.md:1:40009
  |
1 | … palabra palabra palabra familes otra otra otra otra otra otra otra otra…
  |                           ^^^^^^^
  |
help: did you mean `familias`?
  |
1 - … palabra palabra palabra familes otra otra otra otra otra otra otra otra…
1 + … palabra palabra palabra familias otra otra otra otra otra otra otra otra…
  |",
    );
}

#[test]
fn hostile_names_and_lines() {
    let (sources, id) = source("a\u{202e}dm.md", "x\u{1b}[2Jy\u{2066}z: familes\u{7}\n");
    let finding = Finding::new(
        &NAME,
        at(&sources, id, "familes\u{7}"),
        words!("no \u{1b}[31m`fam`\r\n::error::", "no \u{1b}[31m`fam`\r\n::error::"),
    )
    .mark(words!("a\u{200f}b", "a\u{200f}b"))
    .why(words!("\u{9b}31m", "\u{9b}31m"))
    .also(at(&sources, id, "y"), words!("\u{202d}", "\u{202d}"))
    .replace("\u{1b}]0;x\u{7}");
    human(
        &sources,
        std::slice::from_ref(&finding),
        Language::English,
        "
error[P201]: no \\u{1b}[31m`fam` ::error::
 --> a\\u{202e}dm.md:1:11
  |
1 | x\\u{1b}[2Jy\\u{2066}z: familes\\u{7}
  |           - \\u{202d}  ^^^^^^^^^^^^ a\\u{200f}b
  |
  = why: \\u{9b}31m
help: did you mean `\\u{1b}]0;x\\u{7}`?
  |
1 - x\\u{1b}[2Jy\\u{2066}z: familes\\u{7}
1 + x\\u{1b}[2Jy\\u{2066}z: \\u{1b}]0;x\\u{7}
  |",
    );
    let findings = [finding];
    let report = Report::new(&findings, &sources, Language::English);
    for text in [report.human(plain_style()), report.plain(), report.github(), report.json(), report.sarif()]
    {
        assert!(!text.chars().any(|character| character != '\n' && is_hidden(character)), "{text:?}");
    }
    assert_eq!(report.plain().lines().count(), 1);
    assert_eq!(report.github().lines().count(), 1, "no command can be smuggled in");
    let json: Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(json["findings"][0]["file"], "a\u{202e}dm.md", "the escape reads back the same");
    assert_eq!(json["findings"][0]["replacement"], "\u{1b}]0;x\u{7}");
    let colored = report.human(Style { color: true, width: 80 });
    assert!(!colored.contains("\u{1b}[2J") && !colored.contains("\u{1b}]0;") && colored.contains("\u{1b}["));
}

#[test]
fn a_group_of_120_places_is_told_once() {
    let mut sources = Sources::default();
    let findings: Vec<Finding> = (0..120)
        .map(|number| {
            let id = sources
                .add(path(&format!("c/{number:03}.md")), "title: a\nreviewed: 2024-01-01\n".to_owned());
            Finding::new(&STALE, at(&sources, id, "2024-01-01"), words!("not reviewed", "sin revisar"))
                .group("not_reviewed")
        })
        .collect();
    human(
        &sources,
        &findings,
        Language::English,
        "
warning[P340]: not reviewed
 --> c/000.md:2:11
  |
2 | reviewed: 2024-01-01
  |           ^^^^^^^^^^
  |
  = where: in 120 places: c/000.md:2:11, c/001.md:2:11, c/002.md:2:11 and 117
           more",
    );
    let report = Report::new(&findings, &sources, Language::Spanish);
    assert_eq!(
        report.plain(),
        "c/000.md:2:11: aviso[P340] sin revisar; en 120 sitios: c/000.md:2:11, c/001.md:2:11, c/002.md:2:11 y 117 más\n"
    );
    let json: Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 120, "programs get every one");
    assert_eq!(grouped(&findings[..2], usize::MAX)[0].count, 2);
    let two = Report::new(&findings[..2], &sources, Language::Spanish);
    assert!(two.plain().ends_with("; en 2 sitios: c/000.md:2:11, c/001.md:2:11\n"));
}

#[test]
fn a_group_has_its_most_serious_level() {
    let sources = Sources::default();
    let finding = |level| Finding::new(&STALE, Place::Run, words!("x", "x")).group("g").level(level);
    let findings = [finding(Level::Note), finding(Level::Error), finding(Level::Warning)];
    assert_eq!(Report::new(&findings, &sources, Language::English).plain(), "error[P340] x; in 3 places\n");
    let other = Finding::new(&NAME, Place::Run, words!("x", "x")).group("g");
    assert_eq!(grouped(&[findings[0].clone(), other], usize::MAX).len(), 2, "another code is another group");
}

#[test]
fn a_secret_is_never_shown() {
    let (sources, id) = source("a.md", "one: 1\nkey: hunter2 familes\nthree: 3\nfour: 4\n");
    let findings = [
        Finding::new(
            &SECRET,
            at(&sources, id, "hunter2"),
            words!("this is a password", "esto es una contraseña"),
        )
        .mark(words!("a password", "una contraseña"))
        .also(at(&sources, id, "three"), words!("here too", "aquí también"))
        .help(words!("take it out", "quítala"))
        .secret(),
        // Others on the same line show no line either, and whatever quotes the secret is blotted out.
        unknown(at(&sources, id, "familes"))
            .why(words!("`hunter2 familes` is no name", "`hunter2 familes` no es un nombre"))
            .group("hunter2")
            .replace("hunter2 familias"),
        unknown(at(&sources, id, "one: 1\nkey: h")).also(at(&sources, id, "hunter2"), words!("see", "véase")),
        unknown(at(&sources, id, "four")).replace("hunter2"),
    ];
    human(
        &sources,
        &findings,
        Language::Spanish,
        "
error[P701]: esto es una contraseña (una contraseña)
--> a.md:2:6
 = también: aquí también (a.md:3:1)
 = ayuda: quítala

error[P201]: ningún público se llama `familes`
--> a.md:2:14
 = por qué: `••• familes` no es un nombre
 = ayuda: ¿querías decir `••• familias`?

error[P201]: ningún público se llama `familes`
--> a.md:1:1
 = también: véase (a.md:2:6)

error[P201]: ningún público se llama `familes`
 --> a.md:4:1
  |
4 | four: 4
  | ^^^^
  |
  = ayuda: ¿querías decir `•••`?",
    );
    let report = Report::new(&findings, &sources, Language::English);
    for text in [report.human(plain_style()), report.plain(), report.github(), report.json(), report.sarif()]
    {
        assert!(!text.contains("hunter2"), "{text}");
    }
}

#[test]
fn listening_and_problem_matchers() {
    let (sources, id) = source("canales/instagram.md", "públicos: [familes, familes]\n");
    let finding = unknown(at(&sources, id, "familes"))
        .mark(words!("not known", "no se conoce"))
        .why(words!("a link must lead somewhere", "un enlace tiene que llevar a algo"))
        .help(words!("write it so:\n  audiences: [a]", "escríbelo así:\n  públicos: [a]"))
        .replace("familias")
        .also(at(&sources, id, "públicos"), words!("in this field", "en este campo"));
    let findings = [finding, Finding::new(&NAME, Place::Run, words!("no theme", "no hay tema"))];
    let report = Report::new(&findings, &sources, Language::English).below("./my, playbook/");
    assert_eq!(
        report.plain(),
        "my, playbook/canales/instagram.md:1:12: error[P201] no audience is called `familes` (not known); \
         a link must lead somewhere; write it so: audiences: [a]; write instead `familias`; \
         in this field (my, playbook/canales/instagram.md:1:1)\nerror[P201] no theme\n"
    );
    assert_eq!(
        report.github(),
        "::error file=my%2C playbook/canales/instagram.md,line=1,endLine=1,col=12,endColumn=19,\
         title=P201 unknown_name::no audience is called `familes` (not known)%0Aa link must lead somewhere\
         %0Awrite it so:%0A  audiences: [a]%0Awrite instead `familias`\n\
         ::error title=P201 unknown_name::no theme\n"
    );
    let percent = [Finding::new(&STALE, Place::File(path("ab:c.md")), words!("100 %", "100 %"))];
    assert_eq!(
        Report::new(&percent, &sources, Language::English).github(),
        "::warning file=ab%3Ac.md,title=P340 not_reviewed::100 %25\n"
    );
}

#[test]
fn json_reads_back() {
    let (sources, id) = source("a.md", "públicos: [familes]\n");
    let findings = [
        unknown(at(&sources, id, "familes"))
            .replace("familias")
            .group("g")
            .also(at(&sources, id, "públicos"), words!("in this field", "en este campo")),
        Finding::new(&STALE, Place::File(path("b.md")), words!("old", "antiguo")),
        Finding::new(&EMPTY, Place::Run, words!("empty", "vacío")),
    ];
    let report = Report::new(&findings, &sources, Language::Spanish).below("libro");
    let json: Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["folder"], "libro");
    assert_eq!(
        json["findings"][0],
        serde_json::json!({
            "code": "P201", "name": "unknown_name", "level": "error",
            "file": "a.md", "line": 1, "column": 12, "end_line": 1, "end_column": 19,
            "message": "ningún público se llama `familes`", "mark": null, "why": null,
            "help": "¿querías decir `familias`?", "replacement": "familias",
            "also": [{ "file": "a.md", "line": 1, "column": 1, "end_line": 1, "end_column": 9, "message": "en este campo" }],
            "group": "g", "secret": false, "docs": "portolan explain P201",
        })
    );
    assert_eq!((&json["findings"][1]["file"], &json["findings"][1]["line"]), (&"b.md".into(), &Value::Null));
    assert_eq!(json["findings"][2]["file"], Value::Null);
    assert_eq!(
        json["summary"],
        serde_json::json!({ "errors": 1, "warnings": 1, "notes": 1, "text": "1 error, 1 aviso, 1 nota" })
    );
}

#[test]
fn sarif_has_what_the_schema_requires() {
    let (sources, id) = source("públicos/a b.md", "x: [familes]\r\n");
    let findings = [
        Finding::new(&STALE, Place::File(path("b.md")), words!("old", "antiguo")),
        unknown(at(&sources, id, "familes"))
            .replace("familias")
            .also(at(&sources, id, "x"), words!("in", "en")),
        Finding::new(&EMPTY, Place::Run, words!("empty", "vacío")),
    ];
    let report = Report::new(&findings, &sources, Language::English);
    let sarif: Value = serde_json::from_str(&report.sarif()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "Portolan");
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let rule = &driver["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["name"].is_string() && rule["shortDescription"]["text"].is_string());
    }
    assert!(results[2].get("locations").is_none());
    assert!(results[0]["locations"][0]["physicalLocation"].get("region").is_none());
    let place = &results[1]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "p%C3%BAblicos/a%20b.md");
    let region = serde_json::json!({ "startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 12 });
    assert_eq!(place["region"], region);
    let change = &results[1]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], place["artifactLocation"]["uri"]);
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "familias");
    assert_eq!(results[1]["relatedLocations"][0]["message"]["text"], "in");
}

#[test]
fn summaries() {
    let finding = |code: &'static Code| Finding::new(code, Place::Run, words!("x", "x"));
    let mut findings: Vec<Finding> = Vec::new();
    assert_eq!(summary(&findings, Language::English), "nothing to mend");
    assert_eq!(summary(&findings, Language::Spanish), "nada que corregir");
    findings.extend([&NAME, &NAME, &NAME, &STALE].map(finding));
    findings.extend((0..12).map(|_| finding(&EMPTY)));
    assert_eq!(summary(&findings, Language::English), "3 errors, 1 warning, 12 notes");
    assert_eq!(summary(&findings, Language::Spanish), "3 errores, 1 aviso, 12 notas");
    assert_eq!(summary(&findings[2..4], Language::Spanish), "1 error, 1 aviso");
}

#[test]
fn the_order_does_not_depend_on_the_order_in_which_they_were_found() {
    let mut sources = Sources::default();
    let b = sources.add(path("b.md"), "uno dos tres".to_owned());
    let a = sources.add(path("a.md"), "uno dos tres".to_owned());
    let sorted = [
        Finding::new(&NAME, Place::Run, words!("x", "x")),
        Finding::new(&STALE, Place::File(path("a.md")), words!("x", "x")),
        Finding::new(&EMPTY, Span::new(a, 4, 5), words!("x", "x")),
        Finding::new(&NAME, Span::new(a, 4, 5), words!("w", "w")),
        Finding::new(&NAME, Span::new(a, 4, 5), words!("x", "x")),
        Finding::new(&EMPTY, Span::new(a, 5, 6), words!("x", "x")),
        Finding::new(&EMPTY, Span::new(b, 0, 1), words!("x", "x")),
    ];
    for shift in 0..sorted.len() {
        let mut findings = sorted.to_vec();
        findings.rotate_left(shift);
        findings.swap(0, 3);
        sort(&mut findings, &sources);
        assert_eq!(findings, sorted);
    }
}

#[test]
fn wrapping_keeps_snippets() {
    assert_eq!(
        wrapped("uno dos tres\n  a b c d e f g h\ncuatro", 8),
        "uno dos\ntres\n  a b c d e f g h\ncuatro"
    );
    assert_eq!(wrapped("incomprensiblemente largo", 8), "incomprensiblemente\nlargo");
    assert_eq!(wrapped("", 8), "");
}

#[test]
fn ten_thousand_findings_are_quick() {
    // On one long line, and in files of many lines: neither may be counted anew for each finding. A hundred in each file are told one by one.
    let mut sources = Sources::default();
    let files: Vec<_> = (0..100)
        .map(|number| match number % 2 {
            0 => sources.add(path(&format!("línea-{number}.json")), "ñandú, ".repeat(15_000)),
            _ => sources.add(path(&format!("líneas-{number}.md")), "público: familes\n".repeat(6_000)),
        })
        .collect();
    let findings: Vec<Finding> = (0..10_000)
        .map(|number| {
            let at = number / 100 * 900;
            unknown(Span::new(files[number % 100], at, at + 5)).mark(words!("m", "m")).replace("familias")
        })
        .collect();
    // Ten times as many take ten times as long, whatever else the machine does meanwhile.
    let few: Vec<Finding> = findings.iter().step_by(10).cloned().collect();
    let told = |findings: &[Finding]| {
        let start = Instant::now();
        let report = Report::new(findings, &sources, Language::Spanish);
        let human = report.human(plain_style());
        let length =
            report.plain().len() + report.json().len() + report.sarif().len() + report.github().len();
        (start.elapsed(), human.lines().count(), length)
    };
    let (short, ..) = told(&few);
    let (long, lines, length) = told(&findings);
    assert!(lines >= 40_000 && length > 1_000_000);
    assert!(long < short * 40 + Duration::from_secs(1), "{short:?} for a tenth, {long:?} for all");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_text_and_no_span_breaks_a_printer(
        text in "([a-c: \t\r\n]|[ñé\u{301}漢👩\u{200d}\u{202e}\u{1b}\u{0}]){0,60}",
        spans in prop::collection::vec((0usize..150, 0usize..40), 1..4),
        replacement in prop::option::of("[a\n\tñ\u{7}]{0,4}"),
        width in 0usize..90,
    ) {
        let (sources, id) = source("a.md", &text);
        let mut spans = spans.into_iter().map(|(start, length)| Span::new(id, start, start + length));
        let mut finding = unknown(spans.next().unwrap()).mark(words!("mark", "marca"));
        finding.replacement = replacement;
        for span in spans {
            finding = finding.also(span, words!("also", "también"));
        }
        let span = match finding.place { Place::Span(span) => span, _ => unreachable!() };
        let findings = [finding];
        let report = Report::new(&findings, &sources, Language::Spanish);
        let shown = report.human(Style { color: false, width });
        prop_assert!(!shown.chars().any(|character| character != '\n' && is_hidden(character)), "{:?}", shown);
        let position = sources.position(span);
        let place = format!("--> a.md:{}:{}\n", position.line, position.column);
        prop_assert!(shown.contains(&place), "{} in {}", place, shown);
        report.human(Style { color: true, width });
        prop_assert_eq!(report.plain().lines().count(), 1);
        prop_assert_eq!(report.github().lines().count(), 1);
        let json: Value = serde_json::from_str(&report.json()).unwrap();
        prop_assert_eq!(&json["findings"][0]["column"], &Value::from(position.column));
        serde_json::from_str::<Value>(&report.sarif()).unwrap();
    }
}
