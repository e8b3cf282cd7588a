//! Looks at a built site as a browser and a crawler would: tags, links, anchors, ids; [`faults`] is what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::program::tree;

/// A tag with its attributes, entities decoded.
pub struct Tag {
    /// Lower-case name.
    pub name: String,
    /// Attributes in order; one without a value has an empty text.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All opening tags of a page; comments and the texts of scripts are no tags.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest
            .find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/')
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest
                .find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '>' | '/'))
                .unwrap_or(rest.len());
            let attribute = rest[..end].to_ascii_lowercase();
            rest = rest[end..].trim_start();
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix('=') {
                let after = after.trim_start();
                let (text, left) = match after.chars().next() {
                    Some(mark @ ('"' | '\'')) => after[1..].split_once(mark).unwrap_or((&after[1..], "")),
                    _ => after.split_at(
                        after
                            .find(|letter: char| letter.is_whitespace() || letter == '>')
                            .unwrap_or(after.len()),
                    ),
                };
                value = decoded(text);
                rest = left;
            }
            attributes.push((attribute, value));
        }
        if name == "script" || name == "style" {
            let close = format!("</{name}");
            rest = rest.find(&close).map_or("", |end| &rest[end..]);
        }
        tags.push(Tag { name, attributes });
    }
    tags
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

/// The running text of a page, tags taken out.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    decoded(&text)
}

/// `%C3%B1` → `ñ`.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let raw = text.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let code = (raw[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(raw[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(bytes).expect("addresses are UTF-8")
}

fn is_outside(address: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:", "//"].iter().any(|start| address.starts_with(start))
}

/// The file of the site that an address on a page leads to; `None` when it climbs out of the site.
pub fn resolved(page: &str, address: &str) -> Option<(String, String)> {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = path.split('?').next().unwrap_or_default();
    let fragment = percent_decoded(fragment);
    if path.is_empty() {
        return Some((page.to_owned(), fragment));
    }
    let mut parts: Vec<String> = page.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in percent_decoded(path).split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part.to_owned()),
        }
    }
    Some((parts.join("/"), fragment))
}

/// Everything that is wrong with a site: links and anchors that lead nowhere, pages that no link reaches, double ids, styles and scripts within pages, anything loaded from elsewhere.
pub fn faults(folder: &Path) -> Vec<String> {
    let files: BTreeMap<String, Vec<u8>> = tree(folder).into_iter().collect();
    let mut faults = Vec::new();
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut pages: BTreeMap<&str, Vec<Tag>> = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"));
        let tags = tags(html);
        let mut own = BTreeSet::new();
        for tag in &tags {
            if let Some(id) = tag.get("id")
                && !own.insert(id.to_owned())
            {
                faults.push(format!("{path}: the id `{id}` stands twice"));
            }
            if tag.get("style").is_some() || tag.name == "style" {
                faults.push(format!("{path}: a style within the page (<{}>)", tag.name));
            }
            if let Some((handler, _)) = tag.attributes.iter().find(|(name, _)| name.starts_with("on")) {
                faults.push(format!("{path}: a script within the page ({handler})"));
            }
            if tag.name == "script" && tag.get("src").is_none() {
                faults.push(format!("{path}: a script within the page"));
            }
            if tag.name == "img" && tag.get("alt").is_none() {
                faults.push(format!("{path}: a picture without alt"));
            }
        }
        if !tags.iter().any(|tag| tag.name == "html" && tag.get("lang").is_some_and(|lang| !lang.is_empty()))
        {
            faults.push(format!("{path}: no language"));
        }
        if tags.iter().filter(|tag| tag.name == "h1").count() != 1 {
            faults.push(format!("{path}: not exactly one h1"));
        }
        if text(html).contains("{{") && !text(html).contains("{{<") && html.contains("{{ page.") {
            faults.push(format!("{path}: a template was not filled in"));
        }
        ids.insert(path, own);
        pages.insert(path, tags);
    }
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&str> = vec!["index.html"];
    while let Some(path) = waiting.pop() {
        if !reached.insert(path) {
            continue;
        }
        for tag in pages.get(path).into_iter().flatten().filter(|tag| tag.name == "a") {
            let Some(address) = tag.get("href").filter(|address| !is_outside(address)) else { continue };
            if let Some((target, _)) = resolved(path, address)
                && let Some((target, _)) = pages.get_key_value(target.as_str())
            {
                waiting.push(target);
            }
        }
    }
    for path in pages.keys() {
        // Only old links lead to the page of a former address.
        let leads_on = pages.get(path).is_some_and(|tags| {
            tags.iter().any(|tag| tag.name == "meta" && tag.get("http-equiv") == Some("refresh"))
        });
        if !path.ends_with("404.html") && !leads_on && !reached.contains(path) {
            faults.push(format!("{path}: no link leads here from index.html"));
        }
    }
    for (path, tags) in &pages {
        for tag in tags {
            let loads = match tag.name.as_str() {
                "a" | "area" => false,
                "link" => !matches!(tag.get("rel"), Some("canonical" | "alternate" | "next" | "prev")),
                _ => true,
            };
            for (name, address) in &tag.attributes {
                if !matches!(
                    name.as_str(),
                    "href" | "src" | "srcset" | "data" | "poster" | "action" | "xlink:href"
                ) {
                    continue;
                }
                if name == "srcset" {
                    for one in address.split(',').filter_map(|one| one.split_whitespace().next()) {
                        let there = resolved(path, one).map(|(target, _)| folder.join(target));
                        if is_outside(one) || !there.is_some_and(|file| file.is_file()) {
                            faults.push(format!("{path}: `{one}` leads to nothing"));
                        }
                    }
                    continue;
                }
                if is_outside(address) {
                    if loads {
                        faults.push(format!("{path}: <{}> loads {address}", tag.name));
                    }
                    continue;
                }
                if address.starts_with("data:") || address.starts_with("javascript:") {
                    faults.push(format!("{path}: <{}> has the address {address}", tag.name));
                    continue;
                }
                if address.is_empty() {
                    faults.push(format!("{path}: <{}> has an empty {name}", tag.name));
                    continue;
                }
                // A host shows this page at any depth: `published.rs` follows its addresses.
                if address.starts_with('/') && path.ends_with("404.html") {
                    continue;
                }
                if address.starts_with('/') {
                    faults.push(format!("{path}: `{address}` works on no USB stick"));
                    continue;
                }
                // The page of a missing address stands anywhere.
                let Some((target, fragment)) = resolved(path, address) else {
                    faults.push(format!("{path}: `{address}` leaves the site"));
                    continue;
                };
                if !files.contains_key(&target) {
                    faults.push(format!("{path}: `{address}` leads to nothing"));
                } else if !fragment.is_empty()
                    && let Some(ids) = ids.get(target.as_str())
                    && !ids.contains(&fragment)
                {
                    faults.push(format!("{path}: `{address}` has no such anchor"));
                }
            }
        }
    }
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".css")) {
        let css = String::from_utf8_lossy(bytes);
        if css.contains("url(http")
            || css.contains("url(\"http")
            || css.contains("@import")
            || css.contains("url(//")
        {
            faults.push(format!("{path}: loads something from elsewhere"));
        }
    }
    faults
}

#[test]
fn the_eye_of_these_tests_sees() {
    let site = crate::program::Scratch::new("eye");
    site.write("index.html", "<html lang=es><h1 id=a>x</h1><a href='b.html#no'>b</a><a href=gone.html>g</a><p id=a style='x'><img src=https://example.org/x.png>");
    site.write("b.html", "<html lang=es><h1>b</h1><a href='../out.html'>o</a><script>1</script>");
    site.write("lost.html", "<html lang=es><h1>l</h1>");
    let faults = faults(site.path()).join("\n");
    for expected in [
        "the id `a` stands twice",
        "a style within the page",
        "without alt",
        "a script within the page",
        "lost.html: no link leads here",
        "`b.html#no` has no such anchor",
        "`gone.html` leads to nothing",
        "`../out.html` leaves the site",
        "<img> loads https://example.org/x.png",
    ] {
        assert!(faults.contains(expected), "{expected}\n---\n{faults}");
    }
}

/// Headings named like the theme's own places, a footer with links, names that Windows keeps for devices: each was once a broken link or a page that could not be written.
#[test]
fn names_that_meet_those_of_the_program() {
    let source = crate::program::Scratch::new("names-source");
    source.write("playbook.yaml", "title: Names\nlanguage: en\nfooter: See [the aim](objectives/con.md).\n");
    source.write(
        "objectives/con.md",
        "---\ntitle: Con\nkind: organisation\n---\n# Content\n\n## Menu {#_menu}\n\n## Relations\n\n## Facts\n\n[m](#menu)\n",
    );
    source.write("guide/deep/aux.md", "# Tools\n\n## Content\n\n## Letter 1\n\nSee [there](#content).\n");
    let scratch = crate::program::Scratch::new("names");
    let output = scratch.join("site");
    let ran = crate::program::build(source.path(), &output, "staff").ended(0);
    assert_eq!(faults(&output), Vec::<String>::new(), "{}", ran.talk);
    assert!(output.join("objectives/con-1.html").is_file());
    assert!(output.join("guide/deep/aux-1.html").is_file());
}
