//! What the program says of every mistake, word for word: `tests/findings/CODE/wrong` and what is printed of it in two languages; `right` is the same, mended. `UPDATE=1` rewrites the texts; read them before you commit them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;

use crate::program::{Ran, Scratch, TODAY, package, portolan, run, run_in};

/// Codes that arise only when an edition is made: their text is that of `build`.
const OF_BUILD: &[&str] = &["P215", "P601", "P602", "P603", "P604", "P605", "P606", "P607", "P608"];

/// Codes that no folder of files can raise, and where they are tested instead.
const WITHOUT_FOLDER: &[(&str, &str)] = &[
    ("P006", "an empty folder is not kept by version control: `an_empty_folder` below"),
    ("P016", "texts that are too deep or too large are made by `a_text_beyond_the_limits` below"),
    ("P405", "a table of fifty million bytes: tests of `src/syntax/table`"),
    ("P423", "a zip of 200 million bytes: tests of `src/data/document`"),
    ("P790", "told of a build that is withheld: `tests/editions.rs`, and tests of `src/leak.rs`"),
    ("P910", "the tests lie in a repository: `tests/history.rs`"),
    ("P911", "the tests lie in a repository: `tests/history.rs`"),
    ("P999", "says that the program itself is wrong: tests of `src/finding/mod.rs`"),
];

fn folder() -> PathBuf {
    package().join("tests/findings")
}

fn cases() -> BTreeMap<String, PathBuf> {
    let list = fs::read_dir(folder()).expect("tests/findings");
    let entries = list.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    entries
        .map(|path| (path.file_name().expect("a name").to_str().expect("UTF-8").to_owned(), path))
        .collect()
}

fn codes() -> BTreeSet<String> {
    let listed = run_in(&package(), &["explain", "--lang", "en"]).ended(0);
    listed.out.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// What is printed of a playbook: by `check`, or by `build` for codes that only a build raises.
fn told(code: &str, playbook: &Path, format: &str, language: &str) -> Ran {
    let mut arguments = vec!["--format", format, "--lang", language, "--today", TODAY];
    let site = Scratch::new(code);
    if OF_BUILD.contains(&code) {
        let output = site.path().join("site");
        let output = output.to_str().expect("UTF-8").to_owned();
        arguments.splice(0..0, ["build", "-o", &output]);
        run_in(playbook, &arguments)
    } else {
        arguments.insert(0, "check");
        run_in(playbook, &arguments)
    }
}

/// The human text: standard output of `check`; of `build` the findings, without the line that sums them up.
fn text(code: &str, playbook: &Path, language: &str) -> String {
    let ran = told(code, playbook, "human", language);
    if !OF_BUILD.contains(&code) {
        return ran.out;
    }
    let lines: Vec<&str> = ran.talk.lines().collect();
    let (_, findings) = lines.split_last().expect("a summary");
    findings.join("\n") + "\n"
}

fn raised(code: &str, playbook: &Path) -> BTreeSet<String> {
    let ran = told(code, playbook, "json", "en");
    let report: Value =
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{code}: {error}\n{}", ran.out));
    let list = report["findings"].as_array().expect("findings");
    list.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn every_code_has_a_case() {
    let (cases, codes) = (cases(), codes());
    let elsewhere: BTreeSet<String> = WITHOUT_FOLDER.iter().map(|(code, _)| (*code).to_owned()).collect();
    let covered: BTreeSet<String> = cases.keys().cloned().chain(elsewhere.iter().cloned()).collect();
    let missing: Vec<&String> = codes.difference(&covered).collect();
    let unknown: Vec<&String> = covered.difference(&codes).collect();
    assert!(missing.is_empty(), "codes without a folder in tests/findings: {missing:?}");
    assert!(unknown.is_empty(), "folders or exceptions for codes that do not exist: {unknown:?}");
    let twice: Vec<&String> = cases.keys().filter(|code| elsewhere.contains(*code)).collect();
    assert!(twice.is_empty(), "both a folder and an exception: {twice:?}");
}

#[test]
fn mistakes_are_told_in_these_words() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut cases: Vec<(String, PathBuf)> = cases().into_iter().collect();
    // `CASE=P328` for who writes one: all of them take minutes.
    if let Ok(only) = std::env::var("CASE") {
        cases.retain(|(code, _)| *code == only);
        assert!(!cases.is_empty(), "no folder tests/findings/{only}");
    }
    let faults: Vec<String> = cases
        .par_iter()
        .flat_map_iter(|(code, case)| {
            let mut faults = Vec::new();
            for language in ["en", "es"] {
                let now = text(code, &case.join("wrong"), language);
                let file = case.join(format!("{language}.txt"));
                if update {
                    fs::write(&file, &now).expect("written");
                }
                let before = fs::read_to_string(&file).unwrap_or_default();
                if now != before {
                    faults.push(format!("== {code} {language}\n--- expected\n{before}\n--- printed\n{now}"));
                }
            }
            faults
        })
        .collect();
    assert!(faults.is_empty(), "{}\nUPDATE=1 rewrites the texts", faults.join("\n"));
}

#[test]
fn mistakes_are_found_and_the_mended_playbook_is_free_of_them() {
    let cases: Vec<(String, PathBuf)> = cases().into_iter().collect();
    let faults: Vec<String> = cases
        .par_iter()
        .flat_map_iter(|(code, case)| {
            let mut faults = Vec::new();
            if !raised(code, &case.join("wrong")).contains(code) {
                faults.push(format!("{code}: `wrong` does not raise it"));
            }
            let right = raised(code, &case.join("right"));
            if right.contains(code) {
                faults.push(format!("{code}: `right` raises it too"));
            }
            // A mended playbook that breaks elsewhere would teach the wrong lesson.
            if let Some(worse) = right.iter().find(|other| is_mistake_of_reading(other)) {
                faults.push(format!("{code}: `right` raises {worse}"));
            }
            faults
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Files that cannot be read or links that lead nowhere, in contrast to a strategy with gaps.
fn is_mistake_of_reading(code: &str) -> bool {
    // Figures of May are old in November, and a case is not translated whole; that is no mistake of it.
    if matches!(code, "P452" | "P824" | "P826") {
        return false;
    }
    let number: u32 = code.trim_start_matches('P').parse().expect("a number");
    !(300..400).contains(&number) && !matches!(number, 103 | 5) && number != 7 && number != 25
}

#[test]
fn an_empty_folder() {
    let empty = Scratch::new("empty");
    let ran = run_in(empty.path(), &["check", "--lang", "en"]).ended(1);
    assert!(ran.out.contains("error[P006]: the folder holds no Markdown or YAML to read"), "{}", ran.out);
    assert!(ran.out.contains("portolan init"), "{}", ran.out);
    let ran = run_in(empty.path(), &["check", "--lang", "es"]).ended(1);
    assert!(ran.out.contains("error[P006]: la carpeta no contiene Markdown ni YAML que leer"), "{}", ran.out);
    // Nothing is published of nothing, and nothing that is there is replaced.
    let site = empty.join("../portolan-nothing-site");
    let ran =
        run(portolan(&["build", empty.path().to_str().unwrap(), "-o", site.to_str().unwrap()])).ended(1);
    assert!(!site.exists(), "{}", ran.out);
}

#[test]
fn a_text_beyond_the_limits() {
    let playbook = Scratch::new("limit");
    playbook.write("guia.yaml", "titulo: Guía\nidioma: es\n");
    // Nesting, aliases that multiply, and sheer size have limits, and each names its measure.
    playbook.write(
        "gravedad/uno.yaml",
        format!("titulo: Uno\nnivel: 1\ncriterios: {}{}\n", "[".repeat(70), "]".repeat(70)),
    );
    let ran = run_in(playbook.path(), &["check"]).ended(1);
    assert!(ran.out.contains("error[P016]") && ran.out.contains("64"), "{}", ran.out);
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", before.trim_end_matches(", ")));
    }
    playbook.write("gravedad/uno.yaml", bomb);
    let ran = run_in(playbook.path(), &["check"]).ended(1);
    assert!(ran.out.contains("error[P016]"), "{}", ran.out);
    playbook.write("gravedad/uno.yaml", format!("titulo: {}\n", "largo ".repeat(400_000)));
    let ran = run_in(playbook.path(), &["check"]).ended(1);
    assert!(ran.out.contains("[P001]") && ran.out.contains("2400009"), "{}", ran.out);
}
