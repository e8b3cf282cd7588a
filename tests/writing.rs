//! Everything that pages can be written with: each example of the guide is built as one page, in both languages, and has no findings.

use std::fs;

use crate::program::{Scratch, TODAY, build, package, run_in};

/// The examples of a page of the guide, one below the other.
fn examples(guide: &str) -> String {
    let text = fs::read_to_string(package().join("docs/guide").join(guide)).unwrap();
    let mut pieces = text.split("\n````md\n").skip(1).map(|rest| rest.split("\n````\n").next().unwrap());
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |all, piece| format!("{all}\n\n{piece}"))
}

fn drawing() -> &'static str {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"240\" viewBox=\"0 0 640 240\"><path d=\"M0 170h640v70H0Z\" fill=\"#7ccfdb\"/><path d=\"M0 120h640v50H0Z\" fill=\"#7ed3a0\"/></svg>\n"
}

/// A playbook whose article is the examples.
fn playbook(language: &str) -> Scratch {
    let scratch = Scratch::new(&format!("writing-{language}"));
    let guide = if language == "es" { "writing-pages.es.md" } else { "writing-pages.md" };
    let title = if language == "es" { "Muestras" } else { "Samples" };
    scratch.write("playbook/playbook.yaml", &format!("title: {title}\nlanguage: {language}\n"));
    scratch.write("playbook/samples.md", &format!("# {title}\n\n{}\n", examples(guide)));
    for name in ["bank.svg", "orilla.svg"] {
        scratch.write(&format!("playbook/{name}"), drawing());
    }
    scratch
}

#[test]
fn the_examples_of_the_guide_are_as_it_says() {
    for language in ["en", "es"] {
        let scratch = playbook(language);
        run_in(&scratch.join("playbook"), &["check", "--strict", "--today", TODAY]).ended(0);
        build(&scratch.join("playbook"), &scratch.join("site"), "public").ended(0);
        let page = fs::read_to_string(scratch.join("site/samples.html")).unwrap();
        for piece in [
            "<div class=\"callout warning\" role=\"note\">",
            "<div class=\"box-steps\">",
            "<div class=\"box-pair\">",
            "<div class=\"box-cards\">",
            "<details class=\"box-details\">",
            "<dl>",
            "<figcaption>",
            "boxes.",
        ] {
            assert!(page.contains(piece), "{language}: {piece}\n{page}");
        }
    }
}
