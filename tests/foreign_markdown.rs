//! Any folder of Markdown is a site: hundreds of files as other generators leave them, and every page can be reached and every link followed.

use std::collections::BTreeSet;

use crate::program::{Scratch, build};
use crate::site;

/// Front matter in the manner of Hugo, Jekyll, Docusaurus and Zola.
fn front_matter(manner: usize, title: &str) -> String {
    match manner % 5 {
        0 => format!(
            "---\ntitle: \"{title}\"\ndate: 2024-03-0{}T10:00:00+01:00\ndraft: false\ntags: [a, 'b c']\nmenu:\n  main:\n    weight: 3\n---\n",
            manner % 9 + 1
        ),
        1 => format!("---\nlayout: post\ntitle: {title}\ncategories: [x, y]\npermalink: /p/:title/\n---\n"),
        2 => format!(
            "---\nid: doc-{manner}\nsidebar_position: {manner}\nsidebar_label: '{title}'\nslug: /s/{manner}\n---\n"
        ),
        3 => format!("+++\ntitle = \"{title}\"\nweight = {manner}\n[taxonomies]\ntags = [\"z\"]\n+++\n"),
        _ => String::new(),
    }
}

const FOLDERS: &[&str] = &[
    "",
    "docs/",
    "docs/Guía de estilo/",
    "docs/Guía de estilo/más hondo/y más/y aún más/fin/",
    "posts/2024/",
    "content/blog/",
    "tools/",
    "people/",
    "canales/",
    "Ñandú & co/",
    "año 2025 (copia)/",
];

fn written(scratch: &Scratch) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let add = |name: String, bytes: Vec<u8>, names: &mut BTreeSet<String>| {
        scratch.write(&name, bytes);
        names.insert(name);
    };
    for number in 0..480 {
        let folder = FOLDERS[number % FOLDERS.len()];
        let name = match number % 7 {
            0 => format!("{folder}página número {number}.md"),
            1 => format!("{folder}{number:02}-Intro.md"),
            2 => format!("{folder}post_{number}.markdown"),
            3 => format!("{folder}¿Qué hacer en el día {number}.md"),
            4 => format!("{folder}a{number}.md"),
            5 => format!("{folder}2024-05-{:02}-nota-{number}.md", number % 28 + 1),
            _ => format!("{folder}MAYÚSCULAS {number}.MD"),
        };
        let title = format!("Página {number}: «cosas» & más");
        let body = format!(
            "# {title}\n\nText [next](<a{}.md>), [gone](no-existe-{number}.md), [[wiki]], {{{{< youtube x{number} >}}}} {{% include x %}}\n\n\
             ## Sección\n\n## Sección\n\n:::note\nHola\n:::\n\n<div class=\"x\">html</div>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet a = \"{{{{ x }}}}\";\n```\n\n![x](../img/none.png) [top](#sección) [self](#nope)\n",
            number + 7
        );
        let text = front_matter(number, &title) + &body;
        let text = if number % 6 == 0 { text.replace('\n', "\r\n") } else { text };
        let bytes = if number % 11 == 0 {
            [b"\xef\xbb\xbf".to_vec(), text.into_bytes()].concat()
        } else {
            text.into_bytes()
        };
        add(name, bytes, &mut names);
    }
    add("docs/latin.md".into(), b"# A\xf1o nuevo\n\nCa\xf1as y ping\xfcinos.\n".to_vec(), &mut names);
    add("docs/Same.md".into(), b"# One\n".to_vec(), &mut names);
    add("docs/same.md".into(), b"# Two\n".to_vec(), &mut names);
    add("docs/SAME.md".into(), b"# Three\n".to_vec(), &mut names);
    add("docs/\u{1f600}.md".into(), b"# Smile\n".to_vec(), &mut names);
    add("docs/...md".into(), b"# Dots\n".to_vec(), &mut names);
    add("docs/empty.md".into(), Vec::new(), &mut names);
    add("docs/only-front.md".into(), b"---\ntitle: Only\n---\n".to_vec(), &mut names);
    add("docs/unclosed.md".into(), b"---\ntitle: Unclosed\n\nText\n".to_vec(), &mut names);
    add(
        "docs/broken-yaml.md".into(),
        b"---\ntitle: [a, b\n: x\n\t- y\n---\n\n# Broken\n".to_vec(),
        &mut names,
    );
    add("docs/index.md".into(), b"# Docs\n".to_vec(), &mut names);
    add("posts/_index.md".into(), b"---\ntitle: Posts\n---\n".to_vec(), &mut names);
    add(
        "README.md".into(),
        "# Project\n\nSee [docs](docs/) and [posts](posts/_index.md).\n\n```tree\n.\n├── docs\n└── README.md\n```\n\n```list\n- one\n```\n".into(),
        &mut names,
    );
    add(format!("{}deep.md", "d/".repeat(40)), b"# Deep\n".to_vec(), &mut names);
    add(format!("{}.md", "largo-".repeat(35)), b"# Long name\n".to_vec(), &mut names);
    add("404.md".into(), b"# My 404\n".to_vec(), &mut names);
    add("index/index.md".into(), b"# Index of index\n".to_vec(), &mut names);
    add("assets/assets.md".into(), b"# Assets\n".to_vec(), &mut names);
    scratch.write("_config.yml", "title: Site\ntheme: minima\n");
    scratch.write("config.toml", "baseURL = 'https://example.org'\n");
    scratch.write("package.json", "{}\n");
    scratch.write("layouts/index.html", "{{ .Content }}\n");
    scratch.write("data/x.json", "[]");
    names
}

#[test]
fn every_page_of_any_folder_can_be_reached() {
    let scratch = Scratch::new("any");
    let source = Scratch::new("any-source");
    let names = written(&source);
    let output = scratch.join("site");
    let ran = build(source.path(), &output, "public").ended(0);
    assert!(!ran.talk.lines().any(|line| line.starts_with("error[")), "{}", ran.talk);
    let faults = site::faults(&output);
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
    let pages = crate::program::tree(&output).into_iter().filter(|(name, _)| name.ends_with(".html")).count();
    assert!(pages >= names.len(), "{} files became {pages} pages", names.len());
    // Nobody's text is lost, whatever its encoding.
    let latin = crate::program::tree(&output).into_iter().any(|(name, bytes)| {
        name.ends_with(".html") && String::from_utf8_lossy(&bytes).contains("Cañas y pingüinos")
    });
    assert!(latin, "the Latin-1 file was not read");
    // The listing of a folder is code, though our own blocks have such names.
    let listing = crate::program::tree(&output).into_iter().any(|(name, bytes)| {
        name.ends_with(".html")
            && String::from_utf8_lossy(&bytes).contains("<code class=\"language-tree\">.\n├── docs\n")
    });
    assert!(listing, "a directory tree was taken for a block");
    assert!(!ran.talk.contains("[P55"), "{}", ran.talk);
}

#[test]
fn one_file_is_a_site() {
    let source = Scratch::new("one");
    source.write("notes.md", "Just a line.\n");
    let output = source.join("../portolan-one-site-of-test");
    let ran = build(source.path(), &output, "public").ended(0);
    assert_eq!(site::faults(&output), Vec::<String>::new(), "{}", ran.talk);
    let _ = std::fs::remove_dir_all(&output);
}

/// A menu of thousands of folders helps nobody, and would be in thousands of pages.
#[test]
fn a_menu_stays_short_and_the_home_page_has_all() {
    let scratch = Scratch::new("short-menu");
    scratch.write("guide/README.md", "# Home\n");
    for number in 0..300 {
        scratch.write(&format!("guide/folder-{number}/page.md"), format!("# Page {number}\n"));
    }
    let site = scratch.join("site");
    build(&scratch.join("guide"), &site, "public").ended(0);
    let links = |page: &str| {
        let html = std::fs::read_to_string(site.join(page)).expect("a page");
        html.split("<nav").map(|part| part.matches("<a href").count()).max().unwrap_or_default()
    };
    // The menu, and the folder of the reader, which is not among the first.
    assert!((200..=204).contains(&links("folder-99/page.html")), "{}", links("folder-99/page.html"));
    let page = std::fs::read_to_string(site.join("folder-99/page.html")).expect("a page");
    assert!(page.contains(">Folder 99</a>"), "{page}");
    let faults = site::faults(&site);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
