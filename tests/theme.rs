//! A look of one's own: what `portolan theme` lists and writes, and a small playbook in another look, made by the documentation alone.

use std::fs;

use serde_json::Value;

use crate::program::{Scratch, package, run_in};

fn playbook() -> Scratch {
    let playbook = Scratch::new("look");
    playbook.write("guia.yaml", "titulo: Guía de la biblioteca\nidioma: es\n");
    playbook.write("canales/boletin.md", "---\ntitulo: Boletín\npara_que: Que vuelvan\n---\n\nUn texto.\n");
    playbook
}

#[test]
fn everything_that_can_be_overridden_is_listed() {
    let playbook = playbook();
    playbook.write("tema/words/es.yaml", "home: \"Portada\"\n");
    playbook.write("tema/templates/base.html", "{% extends \"builtin/base.html\" %}\n");
    let ran = run_in(playbook.path(), &["theme", "list"]).ended(0);
    assert!(ran.out.contains("* base.html") && ran.out.contains("  entity.html"), "{}", ran.out);
    assert!(ran.out.contains("→ Portada") && ran.out.contains("--paper"), "{}", ran.out);
    let ran = run_in(playbook.path(), &["theme", "list", "--format", "json"]).ended(0);
    let document: Value = serde_json::from_str(&ran.out).expect("JSON");
    let word = document["words"].as_array().expect("words").iter().find(|word| word["key"] == "home");
    assert_eq!(word.expect("a word")["own"], "Portada");
    let ran = run_in(playbook.path(), &["theme", "list", "--only", "words", "--lang", "en"]).ended(0);
    assert!(ran.out.starts_with("Words\n") && ran.out.contains("Start here"), "{}", ran.out);
    let ran = run_in(playbook.path(), &["theme", "schema"]).ended(0);
    let schema: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(schema["$defs"]["EntityView"]["properties"]["facts"].is_object());
}

#[test]
fn a_file_is_written_once_and_works() {
    let playbook = playbook();
    let eject = |arguments: &[&str]| run_in(playbook.path(), &[&["theme", "eject"], arguments].concat());
    let ran = eject(&["entity.html", "--block", "text"]).ended(0);
    assert!(ran.out.contains("tema/templates/entity.html"), "{}", ran.out);
    let path = playbook.path().join("tema/templates/entity.html");
    let text = fs::read_to_string(&path).expect("written");
    fs::write(&path, text.replace("<div class=\"prose\"", "<div class=\"prose mine\"")).expect("written");
    let ran = eject(&["entity.html"]).ended(2);
    assert!(ran.talk.contains("ya existe") && ran.talk.contains("--print"), "{}", ran.talk);
    assert!(fs::read_to_string(&path).expect("kept").contains("prose mine"));
    eject(&["components/figure.html"]).ended(0);
    eject(&["kinds/canal.html"]).ended(0);
    assert!(playbook.path().join("tema/templates/kinds/channel.html").is_file());
    eject(&["style.css"]).ended(0);
    eject(&["words/es.yaml"]).ended(0);
    let ran = eject(&["home.html", "--print"]).ended(0);
    assert!(ran.out.starts_with("{#- portolan eject "), "{}", ran.out);
    assert!(!playbook.path().join("tema/templates/home.html").exists());
    let ran = eject(&["hom.html"]).ended(2);
    assert!(ran.talk.contains("¿querías decir `home.html`?"), "{}", ran.talk);
    let ran = eject(&["home.html", "--block", "pie"]).ended(2);
    assert!(ran.talk.contains("sus bloques son main, page_head, page_body"), "{}", ran.talk);

    let site = Scratch::new("look-site");
    let output = site.path().join("site").to_str().expect("UTF-8").to_owned();
    let ran = run_in(playbook.path(), &["build", "--edition", "staff", "-o", &output]);
    assert!(!ran.talk.contains("P60"), "{}", ran.talk);
    let page = fs::read_to_string(site.path().join("site/canales/boletin.html")).expect("a page");
    assert!(page.contains("prose mine"), "{page}");
}

#[test]
fn a_playbook_in_another_look() {
    let site = Scratch::new("other-look");
    let output = site.path().join("site").to_str().expect("UTF-8").to_owned();
    let folder = "tests/playbooks/other-look";
    let ran = run_in(&package(), &["build", folder, "-o", &output, "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let told: Vec<&str> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["code"].as_str().is_some_and(|code| code.starts_with("P6")))
        .map(|finding| finding["code"].as_str().expect("a code"))
        .collect();
    assert_eq!(told, ["P602"], "{}", ran.out);
    let page = |name: &str| fs::read_to_string(site.path().join("site").join(name)).expect("a page");
    let home = page("index.html");
    let at = |text: &str| home.find(text).unwrap_or_else(|| panic!("{text} in {home}"));
    assert!(
        at("How the choir tells people") < at("Our year") && at("Our year") < at("_highlights"),
        "{home}"
    );
    assert!(!home.contains("_headlines") && !home.contains("_across"), "{home}");
    assert!(home.contains("in the boathouse") && !home.contains("datetime"), "the footer is its own");
    assert!(page("channels/newsletter.html").contains("sheet-mark"));
    assert!(!page("guide/why.html").contains("sheet-mark"));
    let assets = fs::read_dir(site.path().join("site/assets")).expect("assets");
    let brand = assets
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("brand.")))
        .expect("a style of the brand");
    let brand = fs::read_to_string(brand).expect("a style");
    assert!(brand.contains("--text: ui-serif") && brand.contains("--headings: \"Avenir Next\""), "{brand}");
    assert!(brand.contains("--accent: #f5b700"), "yellow can be read on dark pages: {brand}");
}
