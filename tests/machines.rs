//! What a site holds for machines: every file leads to files that are there, and says what the pages say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::program::{Scratch, build, copy, example, tree};

/// The targets of the links of a Markdown file.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        rest = &rest[at + 2..];
        let end = rest.find(')').expect("a link that ends");
        links.push(rest[..end].to_owned());
    }
    links
}

/// The file that an address leads to, seen from a file.
fn target(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn edition(folder: &Path) -> BTreeMap<String, String> {
    tree(folder)
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()))
        .collect()
}

#[test]
fn every_page_has_a_twin_and_every_link_of_it_leads_somewhere() {
    let output = Scratch::new("twins");
    build(&example(), output.path(), "all").ended(0);
    for name in ["public", "staff", "board", "crisis"] {
        let files = edition(&output.join(name));
        let mut faults = Vec::new();
        // The pages of results, for nothing and of former addresses say nothing of the playbook.
        let is_told = |path: &str, page: &str| {
            let name = path.rsplit('/').next().unwrap_or_default();
            path.ends_with(".html")
                && !["404.html", "buscar.html", "search.html"].contains(&name)
                && !page.contains("http-equiv=\"refresh\"")
        };
        for (page, _) in files.iter().filter(|(path, page)| is_told(path, page)) {
            let path = page.replace(".html", ".md");
            let Some(twin) = files.get(&path) else {
                faults.push(format!("{page} has no twin"));
                continue;
            };
            let title = twin.lines().next().unwrap_or_default();
            if !title.starts_with("# ") || title.len() < 3 {
                faults.push(format!("{path} has no title"));
            }
            for tag in ["<div", "<p>", "<a ", "<svg", "<table", "<span", "&amp;", "&lt;"] {
                if twin.contains(tag) {
                    faults.push(format!("{path} holds `{tag}`"));
                }
            }
            for link in links(twin) {
                let outside = link.contains("://") || link.starts_with("mailto:") || link.starts_with("tel:");
                if !outside && !files.contains_key(&target(&path, &link)) {
                    faults.push(format!("{path}: {link} leads nowhere"));
                }
            }
        }
        assert!(faults.is_empty(), "{name}\n{}", faults.join("\n"));
    }
}

#[test]
fn a_twin_says_what_its_page_says() {
    let output = Scratch::new("twin");
    build(&example(), output.path(), "staff").ended(0);
    let files = edition(output.path());
    let twin = &files["canales/instagram.md"];
    for said in [
        "# Instagram\n",
        "- **Cadencia:** 3 veces por semana",
        "- **Nuestros formatos:** carrusel; vídeo vertical; historia; imagen con dato",
        // A relation with its verb and what it is for.
        "*se sirve de* **[Instagram](instagram.md): atender preguntas en comentarios y mensajes**",
        // A chart: what it shows, as a sentence and a table.
        "| Octubre de 2026 | 5339 | 1116 |",
        // A callout.
        "> **Atención**",
    ] {
        assert!(twin.contains(said), "{said}\n{twin}");
    }
    let page = &files["canales/instagram.html"];
    assert!(page.contains("<link rel=\"alternate\" type=\"text/markdown\" href=\"instagram.md\">"));
    assert!(
        page.contains("<link rel=\"alternate\" type=\"application/json\" href=\"../data/playbook.json\">")
    );
}

#[test]
fn the_model_is_whole_and_its_references_lead_somewhere() {
    let output = Scratch::new("model");
    build(&example(), output.path(), "all").ended(0);
    for name in ["public", "staff", "board", "crisis"] {
        let folder = output.join(name);
        let files = edition(&folder);
        let model: Value = serde_json::from_str(&files["data/playbook.json"]).expect("JSON");
        assert_eq!(model["edition"], name);
        let entities = model["entities"].as_array().expect("entities");
        let refs: BTreeSet<&str> = entities.iter().filter_map(|entity| entity["ref"].as_str()).collect();
        assert_eq!(refs.len(), entities.len(), "{name}: a reference stands for one entity");
        let mut of_kind: BTreeMap<&str, usize> = BTreeMap::new();
        for entity in entities {
            *of_kind.entry(entity["kind"].as_str().expect("a kind")).or_default() += 1;
            for key in ["page", "markdown"] {
                let path = entity[key].as_str().expect("an address");
                assert!(files.contains_key(path), "{name}: {path}");
            }
            for relation in entity["relations"].as_array().into_iter().flatten() {
                let to = relation["to"].as_str().expect("the other");
                assert!(refs.contains(to), "{name}: {to}");
                assert!(relation["verb"].as_str().is_some_and(|verb| !verb.is_empty()));
            }
        }
        let kinds: Vec<&str> = model["kinds"]
            .as_array()
            .expect("kinds")
            .iter()
            .filter_map(|kind| kind["name"].as_str())
            .collect();
        assert_eq!(kinds.len(), of_kind.len(), "{name}");
        for (kind, count) in of_kind {
            assert!(kinds.contains(&kind), "{name}: {kind}");
            let table = &files[&format!("data/{kind}.csv")];
            let rows = table.matches("\r\n").count();
            assert_eq!(rows, count + 1, "{name}: data/{kind}.csv");
        }
        // Every entity is in the overview, and nothing in it leads nowhere.
        let overview = &files["llms.txt"];
        let base = "https://guia.fundacionlembrea.example/";
        let listed: BTreeSet<String> =
            links(overview).iter().map(|link| link.trim_start_matches(base).to_owned()).collect();
        for link in &listed {
            assert!(files.contains_key(link), "{name}: {link}");
        }
        let missing: Vec<&str> = entities
            .iter()
            .filter_map(|entity| entity["markdown"].as_str())
            .filter(|path| !listed.contains(*path))
            .collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}

#[test]
fn figures_and_values_are_for_machines() {
    let output = Scratch::new("values");
    build(&example(), output.path(), "staff").ended(0);
    let files = edition(output.path());
    let model: Value = serde_json::from_str(&files["data/playbook.json"]).expect("JSON");
    let entity = |name: &str| {
        let entities = model["entities"].as_array().expect("entities");
        entities.iter().find(|entity| entity["ref"] == name).expect("an entity")
    };
    let channel = entity("channel:instagram");
    assert_eq!(channel["fields"]["cadence"], serde_json::json!({ "times": 3, "every": "week" }));
    assert_eq!(channel["fields"]["kind"], "social");
    assert_eq!(channel["fields"]["uses"][0]["ref"], "objective:mas-manos-en-la-orilla");
    assert!(channel["text"].as_str().is_some_and(|text| text.contains("fotos de paisajes")));
    let metric = entity("metric:seguidores-instagram");
    let values = metric["figures"]["values"].as_array().expect("values");
    let newest = values.last().expect("a value");
    assert_eq!((newest["to"].as_str(), newest["value"].as_i64()), (Some("2026-10-31"), Some(5339)));
}

#[test]
fn exports_are_a_matter_of_the_settings() {
    let playbook = Scratch::new("exports");
    copy(&example(), playbook.path());
    let settings = std::fs::read_to_string(playbook.join("guia.yaml")).expect("settings");
    for (setting, there, gone) in [
        ("[ninguna]", "index.html", &["index.md", "llms.txt", "data/playbook.json", "data/channel.csv"][..]),
        ("[json]", "data/playbook.json", &["index.md", "llms.txt", "data/channel.csv"]),
        ("[markdown]", "canales/web.md", &["llms.txt", "data/playbook.json"]),
        ("[llms]", "llms.txt", &["index.md", "data/playbook.json"]),
    ] {
        playbook.write("guia.yaml", format!("{settings}\nexportaciones: {setting}\n"));
        let output = Scratch::new("exported");
        build(playbook.path(), output.path(), "public").ended(0);
        let files = edition(output.path());
        assert!(files.contains_key(there), "{setting}");
        for path in gone {
            assert!(!files.contains_key(*path), "{setting}: {path}");
        }
        assert_eq!(files["index.html"].contains("text/markdown"), setting == "[markdown]");
    }
}
