//! A club that did everything wrong: every code of the strategy is raised exactly once, is told well in both languages, and keeps nobody from building. `tests/playbooks/README.md` says how the playbooks are made.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use portolan::{lint, model};
use serde_json::Value;

use crate::program::{Scratch, TODAY, build, package, portolan, run, run_in};

/// Codes that cannot come together with one of the others, and the playbook that raises them.
const APART: (&str, &[&str]) = ("poor-2", &["P465"]);

fn playbook(name: &str) -> PathBuf {
    package().join("tests/playbooks").join(name)
}

/// What the rules of `lint` and of the kinds can raise. Codes below P300 are about how a file is written.
fn strategy() -> BTreeSet<String> {
    let kinds = model::builtin(&mut Vec::new());
    let of_kinds = kinds.iter().flat_map(|kind| kind.rules.iter().map(|rule| rule.code));
    let all = lint::codes().chain(of_kinds).map(|code| code.id);
    all.filter(|id| ("P300".."P500").contains(id)).map(str::to_owned).collect()
}

fn findings(folder: &std::path::Path, language: &str) -> Vec<Value> {
    let ran = run_in(folder, &["check", "--format", "json", "--lang", language, "--today", TODAY]);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    report["findings"].as_array().expect("findings").clone()
}

fn word<'a>(finding: &'a Value, name: &str) -> &'a str {
    finding[name].as_str().unwrap_or_default()
}

fn counts(findings: &[Value]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(word(finding, "code").to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn every_code_of_the_strategy_is_raised_once() {
    let (second, apart) = APART;
    let apart: BTreeSet<String> = apart.iter().map(|code| (*code).to_owned()).collect();
    for (name, wanted) in [("poor", &strategy() - &apart), (second, apart)] {
        let counts = counts(&findings(&playbook(name), "en"));
        let missing: Vec<&String> = wanted.iter().filter(|code| !counts.contains_key(*code)).collect();
        let others: Vec<_> =
            counts.iter().filter(|(code, count)| **count != 1 || !wanted.contains(*code)).collect();
        assert!(
            missing.is_empty() && others.is_empty(),
            "tests/playbooks/{name} (its README says how): not raised {missing:?}; raised more than once, or not to be raised here {others:?}"
        );
    }
}

#[test]
fn every_finding_says_where_why_and_what_to_do() {
    for name in ["poor", APART.0] {
        let folder = playbook(name);
        let (english, spanish) = (findings(&folder, "en"), findings(&folder, "es"));
        assert_eq!(english.len(), spanish.len());
        for (en, es) in english.iter().zip(&spanish) {
            let code = word(en, "code");
            assert_eq!(code, word(es, "code"));
            for part in ["message", "why", "help"] {
                let (en, es) = (word(en, part), word(es, part));
                assert!(!en.is_empty() && !es.is_empty(), "{code} has no {part}");
                assert_ne!(en, es, "{code} is not translated");
                assert!(!en.ends_with('.') && !es.ends_with('.'), "{code}: {en} {es}");
            }
            for part in ["file", "line", "column", "end_line", "end_column"] {
                assert_eq!(en[part], es[part], "{code} has another place in another language");
            }
            // The place is where the comment says that something is wrong: in the lines from that comment to the next.
            let text = fs::read_to_string(folder.join(word(en, "file"))).expect("the file of the finding");
            let line = usize::try_from(en["line"].as_u64().expect("a line")).expect("a line");
            let lines: Vec<&str> = text.lines().take(line).collect();
            let comment = lines.iter().rev().find(|line| line.contains("# "));
            assert!(
                comment.is_some_and(|comment| comment.contains(code)),
                "the comment above line {line} of {} has to name {code}: {comment:?}",
                word(en, "file")
            );
        }
    }
}

#[test]
fn remedies_mend() {
    let remedies = [
        ("P307", "objectives.yaml", "metric: followers,", "metric: members,"),
        ("P308", "objectives.yaml", "value: 140, by: 2026-06-30", "value: 140, by: 2026-12-30"),
        (
            "P315",
            "objectives.yaml",
            "[schools, neighbours]\n  channels: [",
            "[schools]\n  channels: [website, ",
        ),
        ("P319", "pillars.yaml", "audiences: [", "audiences: [veterans, "),
        ("P323", "channels.yaml", "platform: Forum, kind: community", "platform: Forum, kind: in_person"),
        ("P324", "accounts.yaml", "old: { ", "old: { status: retired, "),
        ("P327", "channels.yaml", "hours_week: 12", "hours_week: 8"),
        ("P334", "accounts.yaml", "access: [{ person: dan, level: admin }], ", ""),
        (
            "P342",
            "roles.yaml",
            "responsibilities: [Keep crews",
            "deputy: captain\n  responsibilities: [Keep crews",
        ),
        ("P358", "calendar/autumn.yaml", "every: when there is something", "every: 2 weeks"),
        ("P374", "people.yaml", "name: Cleo Cedar,", "name: Cleo Cedar, phone: \"+44 7700 900103\","),
        ("P379", "scenarios.yaml", "title: Addresses", "title: Hijacked account and addresses"),
        ("P396", "feedback.yaml", "quay }", "quay, proposal: { text: Later on Sundays, answered: yes } }"),
        ("P456", "metrics.yaml", "title: Engagement rate", "title: Engagement rate by reach"),
        ("P460", "evaluations.yaml", "value: 19", "value: 11"),
    ];
    let source = playbook("poor");
    for (code, file, wrong, right) in remedies {
        let copy = Scratch::new(code);
        crate::program::copy(&source, copy.path());
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).expect("the file");
        assert_eq!(text.matches(wrong).count(), 1, "{code}: {wrong}");
        fs::write(&path, text.replace(wrong, right)).expect("written");
        let found = counts(&findings(copy.path(), "en"));
        assert!(!found.contains_key(code), "{code} is still there");
    }
}

#[test]
fn it_builds_all_the_same() {
    run_in(&playbook("poor"), &["check", "--today", TODAY]).ended(1);
    run_in(&playbook("poor"), &["check", "--strict", "--today", TODAY]).ended(1);
    // Notes are no reason to fail.
    run_in(&playbook(APART.0), &["check", "--strict", "--today", TODAY]).ended(0);
    let site = Scratch::new("poor");
    // Errors are told by the status, and the pages are written.
    build(&playbook("poor"), site.path(), "all").ended(1);
    for edition in ["public", "staff", "board", "crisis"] {
        assert!(site.path().join(edition).join("index.html").is_file(), "{edition}");
    }
    let list = run(portolan(&["explain", "--lang", "en"])).ended(0);
    assert!(strategy().iter().all(|code| list.out.contains(code)));
}
