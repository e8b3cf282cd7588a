//! A playbook in two languages: pages, the ways between them, what is not translated, what may not be seen, and the fingerprints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Ran, Scratch, TODAY, build, copy, package, run_in, tree};
use crate::site;

fn bilingual() -> PathBuf {
    package().join("tests/playbooks/bilingual")
}

fn page(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The `hreflang` pairs in the head of a page.
fn pairs(html: &str) -> BTreeMap<String, String> {
    let links = site::tags(html).into_iter().filter(|tag| tag.name == "link");
    links.filter_map(|tag| Some((tag.get("hreflang")?.to_owned(), tag.get("href")?.to_owned()))).collect()
}

#[test]
fn every_edition_is_a_whole_site_in_both_languages() {
    let output = Scratch::new("languages");
    build(&bilingual(), output.path(), "all").ended(0);
    for edition in ["public", "staff", "board", "crisis"] {
        let folder = output.join(edition);
        let faults = site::faults(&folder);
        assert!(faults.is_empty(), "{edition}:\n{}", faults.join("\n"));
        assert!(folder.join("en/index.html").is_file(), "{edition}");
    }
    let again = Scratch::new("languages-again");
    build(&bilingual(), again.path(), "all").ended(0);
    assert_eq!(tree(output.path()), tree(again.path()), "the same bytes");
}

#[test]
fn each_page_leads_to_itself_in_the_other_language() {
    let output = Scratch::new("switch");
    build(&bilingual(), output.path(), "public").ended(0);
    let html: Vec<String> = tree(output.path())
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.ends_with(".html"))
        .collect();
    let host = "https://olmo.example/guia/";
    for name in &html {
        let text = page(output.path(), name);
        let own = if name.starts_with("en/") { "en" } else { "es" };
        assert!(text.contains(&format!("<html lang=\"{own}\"")), "{name}");
        let ways: Vec<(String, String)> = site::tags(&text)
            .into_iter()
            .filter(|tag| tag.name == "a")
            .filter_map(|tag| Some((tag.get("hreflang")?.to_owned(), tag.get("href")?.to_owned())))
            .collect();
        let other = if own == "en" { "es" } else { "en" };
        assert_eq!(ways.len(), 1, "{name}: {ways:?}");
        assert_eq!(ways[0].0, other, "{name}");
        if name.ends_with("404.html") {
            assert!(pairs(&text).is_empty(), "{name} is no page to be found");
            continue;
        }
        let there = site::resolved(name, &ways[0].1).unwrap_or_else(|| panic!("{name}: {}", ways[0].1)).0;
        assert!(html.contains(&there), "{name} leads to {there}");
        let here = pairs(&text);
        let at = |page: &str| format!("{host}{}", if page == "index.html" { "" } else { page });
        assert_eq!(here[own], at(name));
        assert_eq!(here[other], at(&there));
        assert_eq!(here["x-default"], here["es"]);
        assert_eq!(
            pairs(&page(output.path(), &there)),
            here,
            "{name} and {there} say the same of each other"
        );
    }
    assert!(html.contains(&"en/channels/instagram.html".to_owned()), "{html:?}");
}

#[test]
fn words_are_translated_and_facts_are_those_of_the_source() {
    let output = Scratch::new("words");
    build(&bilingual(), output.path(), "public").ended(0);
    let en = page(output.path(), "en/channels/instagram.html");
    for part in [
        "<h1>Instagram (the library&#39;s)</h1>",
        "So that the neighbourhood knows",
        "stories with deadlines",
        "Short video",
        "3 times a week",
        "id=\"what-we-publish\"",
        "Membership grows",
        "Families of the neighbourhood",
        "The library&#39;s social media playbook",
    ] {
        assert!(en.contains(part), "{part}");
    }
    assert!(!en.contains("translation-note"), "all of it is translated");
    let es = page(output.path(), "canales/instagram.html");
    for part in ["Lo que pasa <strong>esta semana</strong>", "Los socios crecen", "3 veces por semana"] {
        assert!(es.contains(part), "{part}");
    }
    // Numbers, too, are written as the language does.
    assert!(
        page(output.path(), "en/figures/channels-instagram-chart-membership-grows.csv").contains("1164.5")
    );
    // A heading that has another name is found from texts that are not translated.
    let newsletter = page(output.path(), "en/channels/boletin.html");
    assert!(newsletter.contains("href=\"instagram.html#what-we-do-not-publish\""), "{newsletter}");
    let model: Value = serde_json::from_str(&page(output.path(), "en/data/playbook.json")).expect("JSON");
    assert_eq!(model["language"], "en");
    // Names stand in the order of the language: ñ after n in Spanish.
    assert!(output.join("glosario/index.html").is_file() && output.join("en/glossary/index.html").is_file());
}

#[test]
fn what_is_not_translated_says_so() {
    let output = Scratch::new("untranslated");
    build(&bilingual(), output.path(), "public").ended(0);
    let whole = page(output.path(), "en/articulos/sin-traducir.html");
    for part in [
        "<h1 lang=\"es\">Lo que falta por traducir</h1>",
        "This page has not been translated yet. It is shown in Spanish.",
        "<div class=\"prose\" lang=\"es\">",
        "href=\"como-escribimos.html\"",
    ] {
        assert!(whole.contains(part), "{part}\n{whole}");
    }
    let index = page(output.path(), "en/channels/index.html");
    assert!(index.contains("<a href=\"boletin.html\" lang=\"es\">Boletín</a>"), "{index}");
    assert!(index.contains("<a href=\"instagram.html\">"), "{index}");
    let part = page(output.path(), "en/roles/ana.html");
    assert!(part.contains("Some parts of this page are not translated yet."), "{part}");
    assert!(!page(output.path(), "articulos/sin-traducir.html").contains("translation-note"));
}

#[test]
fn hidden_texts_of_all_languages_are_in_no_language() {
    let output = Scratch::new("languages-hidden");
    build(&bilingual(), output.path(), "all").ended(0);
    let holding = |edition: &str, word: &str| -> Vec<String> {
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(word);
        let files = tree(&output.join(edition)).into_iter();
        files.filter(|(name, bytes)| name.contains(word) || holds(bytes)).map(|(name, _)| name).collect()
    };
    for word in ["zarza", "bramble"] {
        assert_eq!(holding("public", word), Vec::<String>::new(), "{word}");
        assert_eq!(holding("crisis", word), Vec::<String>::new(), "{word}");
        assert!(!holding("staff", word).is_empty(), "{word}");
    }
    assert!(!holding("board", "zarzamotivo").is_empty() && holding("board", "zarzapaso").is_empty());
    let english = |name: &String| name.starts_with("en/");
    assert!(holding("staff", "bramblestep").iter().all(english), "each language has its own texts");
    assert!(!holding("staff", "zarzaprosa").iter().any(english));
}

#[test]
fn a_playbook_of_one_language_knows_of_no_other() {
    let scratch = Scratch::new("one-language");
    let folder = scratch.join("guia");
    copy(&bilingual(), &folder);
    for (name, _) in tree(&folder) {
        if name.contains(".en.") {
            fs::remove_file(folder.join(name)).expect("removed");
        }
    }
    let settings = page(&folder, "guia.yaml").replace("idiomas: [es, en]", "idioma: es");
    fs::write(folder.join("guia.yaml"), settings).expect("written");
    build(&folder, &scratch.join("site"), "public").ended(0);
    for (name, bytes) in tree(&scratch.join("site")) {
        assert!(!name.starts_with("en/"), "{name}");
        let text = String::from_utf8_lossy(&bytes);
        let traces = ["hreflang", "class=\"languages\"", "translation-note", " lang=\"es\">"];
        for trace in traces.iter().filter(|_| name.ends_with(".html")) {
            assert!(!text.contains(trace), "{name} holds {trace}");
        }
    }
}

fn translations(folder: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec!["translations", "--today", TODAY, "--lang", "en"];
    arguments.extend(more);
    run_in(folder, &arguments)
}

#[test]
fn fingerprints_are_written_and_tell_what_is_old() {
    let scratch = Scratch::new("fingerprints");
    let folder = scratch.join("guia");
    copy(&bilingual(), &folder);
    let before = tree(&folder);
    let told = |code: &str| {
        let ran = run_in(&folder, &["check", "--format", "plain", "--lang", "en", "--today", TODAY]).ended(0);
        ran.out.lines().filter(|line| line.contains(code)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told("P825").len(), 1, "the example has one old translation");
    assert!(!told("P826").is_empty());

    translations(&folder, &["--confirm", "--all"]).ended(0);
    assert_eq!((told("P825"), told("P826")), (Vec::new(), Vec::new()));
    for ((name, old), (_, new)) in before.iter().zip(tree(&folder)) {
        assert!(name.contains(".en.") || *old == new, "{name} is no translation and was changed");
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(&new).into_owned());
        // Every line that was there is there still, but for an old fingerprint.
        let lines: Vec<&str> = new.lines().collect();
        let lost: Vec<&str> =
            old.lines().filter(|line| !lines.contains(line) && !line.contains("00000000")).collect();
        assert!(lost.is_empty(), "{name} lost {lost:?}");
    }
    // A fact changes nothing, words do.
    let source = folder.join("canales/instagram.md");
    let text = page(&folder, "canales/instagram.md");
    fs::write(&source, text.replace("3 por semana", "4 por semana")).expect("written");
    assert_eq!(told("P825"), Vec::<String>::new());
    fs::write(&source, text.replace("**esta semana**", "**este mes**")).expect("written");
    let old = told("P825");
    assert_eq!(old.len(), 1);
    assert!(old[0].contains("instagram.en.md"), "{old:?}");

    let listed: Value =
        serde_json::from_str(&translations(&folder, &["--format", "json"]).ended(0).out).expect("JSON");
    let states = listed["languages"][0]["translations"].as_array().expect("a list");
    let state = |file: &str| {
        let found = states.iter().find(|state| state["file"] == file || state["source"] == file);
        found.unwrap_or_else(|| panic!("{file}"))["state"].clone()
    };
    assert_eq!(state("canales/instagram.en.md"), "old");
    assert_eq!(state("canales/boletin.md"), "missing");
    assert_eq!(state("articulos/como-escribimos.en.md"), "done");
    let table = translations(&folder, &[]).ended(0).out;
    assert!(table.contains("old") && table.contains("canales/instagram.en.md"), "{table}");
    translations(&folder, &["--strict"]).ended(1);

    translations(&folder, &["--confirm", "canales/instagram.en.md"]).ended(0);
    assert_eq!(told("P825"), Vec::<String>::new());
    let ran = translations(&folder, &["--confirm", "canales/instagram.md"]).ended(2);
    assert!(ran.talk.contains("is no translation"), "{}", ran.talk);
}

#[test]
fn a_translation_meant_for_fewer_is_not_used() {
    let scratch = Scratch::new("narrower");
    let folder = scratch.join("guia");
    copy(&bilingual(), &folder);
    let name = "articulos/como-escribimos.en.md";
    let narrower = format!("---\nvisible_para: [equipo]\n---\n{}", page(&folder, name));
    fs::write(folder.join(name), narrower).expect("written");
    let ran = run_in(&folder, &["check", "--format", "plain", "--lang", "en", "--today", TODAY]).ended(1);
    assert!(ran.out.contains("error[P822] `visible_para` is not what the source says"), "{}", ran.out);
    build(&folder, &scratch.join("site"), "public");
    let html = page(&scratch.join("site"), "en/articulos/como-escribimos.html");
    assert!(!html.contains("In short sentences") && html.contains("Con frases cortas"), "{html}");
}

/// A translation whose language is not listed, or that no settings speak of, is a page of its own; it shows no more than its source.
#[test]
fn a_translation_of_no_language_is_as_hidden_as_its_source() {
    for (settings, own) in [
        (Some("title: T\nlanguage: en\n"), "es"),
        (Some("title: T\nlanguages: [en, fr]\n"), "es"),
        (Some("title: T\nlanguage: es\n"), "es"),
        (Some("title: T\nlanguage: en\n"), "pt-BR"),
        (None, "es"),
        (None, "english"),
    ] {
        let scratch = Scratch::new("unlisted");
        if let Some(settings) = settings {
            scratch.write("guide/playbook.yaml", settings);
        }
        scratch.write("guide/README.md", "# Home\n");
        scratch.write("guide/articles/pay.md", "---\ntitle: Salaries\nseen_by: [staff]\n---\nText.\n");
        scratch
            .write(&format!("guide/articles/pay.{own}.md"), "---\ntitle: Sueldos\n---\nCanario traducido.\n");
        scratch.write(&format!("guide/articles/open.{own}.md"), "---\ntitle: Abierta\n---\nTexto.\n");
        scratch.write("guide/articles/open.md", "---\ntitle: Open\n---\nText.\n");
        for (edition, shown) in [("public", false), ("staff", true)] {
            let site = scratch.join(edition);
            let guide = scratch.join("guide");
            let arguments =
                ["build", guide.to_str().unwrap(), "-o", site.to_str().unwrap(), "--edition", edition];
            run_in(scratch.path(), &arguments).ended(0);
            let holds = |text: &str| {
                let found = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(text);
                tree(&site).iter().any(|(name, bytes)| found(bytes) || name.contains(text))
            };
            assert_eq!(holds("Canario"), shown, "{settings:?} {own} {edition}");
            assert_eq!(holds("Sueldos"), shown, "{settings:?} {own} {edition}");
            assert!(holds("Abierta"), "{settings:?} {own} {edition}");
        }
    }
}

/// A slip in a link of the source is told there, and nobody is asked to copy it into the translation; one in the translation is told as before.
#[test]
fn a_slip_in_a_link_is_told_where_it_is() {
    for (source, translation, told) in [
        ("more-reader", "more-readers", "P201 channels/x.md"),
        ("more-readers", "more-reader", "P823 channels/x.es.md"),
    ] {
        let scratch = Scratch::new("slip");
        scratch.write("playbook.yaml", "title: T\nlanguages: [en, es]\n");
        scratch.write("objectives/more-readers.md", "---\ntitle: More readers\n---\n");
        scratch.write(
            "channels/x.md",
            format!("---\ntitle: X\nplatform: x\nuses: [{{ objective: {source}, for: to be found }}]\n---\n"),
        );
        scratch.write(
            "channels/x.es.md",
            format!("---\nuses: [{{ objective: {translation}, for: que nos encuentren }}]\n---\n"),
        );
        let ran = run_in(scratch.path(), &["check", "--format", "json", "--lang", "en", "--today", TODAY]);
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        let errors: Vec<String> = report["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .filter(|finding| ["P201", "P823"].contains(&finding["code"].as_str().expect("a code")))
            .map(|finding| {
                format!("{} {}", finding["code"].as_str().unwrap(), finding["file"].as_str().unwrap())
            })
            .collect();
        assert_eq!(errors, [told], "{source} {translation}\n{}", ran.out);
    }
}
