//! The exemplary playbook and the starters: what people copy must be without fault.

use serde_json::Value;

use crate::program::{Scratch, TODAY, build, example, portolan, run, run_in};
use crate::site;

#[test]
fn the_example_has_no_finding_above_a_note() {
    let ran = run_in(&example(), &["check", "--format", "json", "--today", TODAY, "--lang", "en"]).ended(0);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let loud: Vec<String> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["level"] != "note")
        .map(|finding| format!("{} {}", finding["code"], finding["message"]))
        .collect();
    assert!(loud.is_empty(), "{}", loud.join("\n"));
}

#[test]
fn every_edition_of_the_example_is_a_whole_site() {
    let output = Scratch::new("example");
    build(&example(), output.path(), "all").ended(0);
    for edition in ["public", "staff", "board", "crisis"] {
        let folder = output.join(edition);
        assert!(folder.join("index.html").is_file(), "{edition}");
        let faults = site::faults(&folder);
        assert!(
            faults.is_empty(),
            "{edition}: {} faults\n{}",
            faults.len(),
            faults[..faults.len().min(40)].join("\n")
        );
    }
}

#[test]
fn starters_build_without_error() {
    for language in ["es", "en"] {
        let scratch = Scratch::new("init");
        let ran = run_in(scratch.path(), &["init", "guide", "--lang", language]).ended(0);
        assert!(ran.out.contains("portolan build guide"), "{}", ran.out);
        let ran =
            run_in(scratch.path(), &["build", "guide", "--edition", "all", "-o", "sites", "--today", TODAY])
                .ended(0);
        let errors = ran.talk.lines().filter(|line| line.starts_with("error[")).count();
        assert_eq!(errors, 0, "{}", ran.talk);
        for edition in ["public", "staff", "board", "crisis"] {
            let faults = site::faults(&scratch.join("sites").join(edition));
            assert!(faults.is_empty(), "{language} {edition}\n{}", faults.join("\n"));
        }
        // A second `init` never writes over what is there.
        let ran = run_in(scratch.path(), &["init", "guide", "--lang", language]).ended(2);
        assert!(ran.talk.contains("guide"), "{}", ran.talk);
    }
}

#[test]
fn a_site_of_another_language_says_so() {
    let output = Scratch::new("lang");
    build(&example(), output.path(), "public").ended(0);
    let home = std::fs::read_to_string(output.join("index.html")).expect("the home page");
    let tags = site::tags(&home);
    let html = tags.iter().find(|tag| tag.name == "html").expect("html");
    assert_eq!(html.get("lang"), Some("es"));
    let ran = run(portolan(&["--version"])).ended(0);
    assert!(ran.out.starts_with("portolan "), "{}", ran.out);
}

#[test]
fn the_example_is_whole_in_its_second_language() {
    let output = Scratch::new("second-language");
    build(&example(), output.path(), "staff").ended(0);
    let english = output.join("en");
    let text = |page: &str| std::fs::read_to_string(english.join(page)).expect("a page");
    // What a template says in a language itself is its translation; the Spanish text comes after it.
    for page in ["scenarios/vertido-atribuido.html", "templates/declaracion-vertido.html"] {
        let text = text(page);
        let [own, other] = ["At [time] we saw", "A las [hora] hemos visto"].map(|said| text.find(said));
        assert!(own.is_some() && own < other, "{page}: {own:?} {other:?}");
        assert!(!text.contains("not translated yet"), "{page}");
    }
    let ran = run_in(&example(), &["check", "--format", "json", "--today", TODAY, "--lang", "en"]).ended(0);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let told: Vec<&Value> = findings
        .iter()
        .filter(|one| one["code"].as_str().is_some_and(|code| code.starts_with("P82")))
        .collect();
    assert!(told.is_empty(), "{told:#?}");
}
