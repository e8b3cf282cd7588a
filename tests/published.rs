//! What a site needs to be found, shared, followed and served: site map, robots, feed, cards, former addresses, files of hosts.

use std::fs;

use crate::program::{Scratch, TODAY, build, package, run_in, tree};

/// Breaks out of texts, attributes, XML, headers and lists of redirects, where it is not escaped.
const HOSTILE: &str = "</title>\"'><script>alert(1)</script>&amp;]]>{{ 7777 * 7777 }}";

fn playbook(scratch: &Scratch, settings: &str) -> std::path::PathBuf {
    let quoted = HOSTILE.replace('\'', "''");
    scratch.write(
        "guide/playbook.yaml",
        format!("title: '{quoted}'\nlanguage: en\norganisation: {{ name: '{quoted}' }}\ndescription: '{quoted}'\n{settings}"),
    );
    scratch.write(
        "guide/channels/x.md",
        format!("---\ntitle: '{quoted}'\nplatform: x\npurpose: To be found\nseen_by: [public, staff]\naliases: [twitter, old/bird.html, 'old/folder/']\n---\nWords.\n"),
    );
    scratch.write(
        "guide/decisions/quiet.md",
        format!("---\ntitle: '{quoted}'\ndate: 2026-05-01\nseen_by: [public, staff]\n---\n{quoted}\n"),
    );
    scratch.write(
        "guide/decisions/secret.md",
        "---\ntitle: Canario amarillo\ndate: 2026-06-01\nseen_by: [staff]\naliases: [canario-azul, canario/verde.html]\n---\nCanario rojo.\n",
    );
    scratch.join("guide")
}

fn read(scratch: &Scratch, path: &str) -> String {
    fs::read_to_string(scratch.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Whether every tag is closed, nothing but one element stands at the root, and every mark is escaped.
fn is_well_formed(xml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("a declaration");
    let mut roots = 0;
    while let Some(at) = rest.find('<') {
        let (text, after) = rest.split_at(at);
        let entities = text.matches('&').count();
        let known: usize =
            ["&amp;", "&lt;", "&gt;", "&quot;"].iter().map(|one| text.matches(one).count()).sum();
        if entities != known || text.contains('>') {
            return false;
        }
        let end = after.find('>').expect("an end");
        let tag = &after[1..end];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') {
            roots += usize::from(open.is_empty());
            open.push(tag.split(' ').next().expect("a name"));
        }
        if tag.matches('"').count() % 2 != 0 || tag.contains('<') {
            return false;
        }
        rest = &after[end + 1..];
    }
    open.is_empty() && roots == 1
}

#[test]
fn hostile_words_break_nothing() {
    let scratch = Scratch::new("published");
    let settings = "url: https://guide.example.org/a\nhost: [netlify, apache, nginx, vercel, github]\n";
    let guide = playbook(&scratch, settings);
    build(&guide, &scratch.join("site"), "public").ended(0);
    for file in ["sitemap.xml", "feed.xml"] {
        let xml = read(&scratch, &format!("site/{file}"));
        assert!(is_well_formed(&xml), "{file}:\n{xml}");
    }
    for (name, bytes) in tree(&scratch.join("site")) {
        let text = String::from_utf8_lossy(&bytes);
        if name.ends_with(".html") || name.ends_with(".xml") || name.starts_with(['_', '.']) {
            assert!(!text.contains("<script>alert"), "{name}");
            assert!(!text.contains("60481729"), "{name}");
        }
    }
    let page = read(&scratch, "site/channels/x.html");
    let escaped = "content=\"&lt;/title&gt;&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;]]&gt;{{ 7777 * 7777 }}\"";
    assert!(page.contains(&format!("<meta property=\"og:title\" {escaped}>")), "{page}");
    serde_json::from_str::<serde_json::Value>(&read(&scratch, "site/vercel.json")).expect("JSON");
}

#[test]
fn only_the_public_edition_asks_to_be_listed() {
    let scratch = Scratch::new("listed");
    let guide = playbook(&scratch, "url: https://guide.example.org\n");
    for edition in ["public", "staff"] {
        build(&guide, &scratch.join(edition), edition).ended(0);
    }
    assert_eq!(
        read(&scratch, "public/robots.txt"),
        "User-agent: *\nAllow: /\n\nSitemap: https://guide.example.org/sitemap.xml\n"
    );
    assert_eq!(read(&scratch, "staff/robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(!scratch.join("staff/sitemap.xml").exists() && !scratch.join("staff/cards").exists());
    let (public, staff) = (read(&scratch, "public/index.html"), read(&scratch, "staff/index.html"));
    assert!(public.contains("<link rel=\"canonical\" href=\"https://guide.example.org/\">"));
    assert!(!public.contains("noindex") && !staff.contains("canonical") && !staff.contains("og:"));
    assert!(staff.contains("<meta name=\"robots\" content=\"noindex\">"));
    let map = read(&scratch, "public/sitemap.xml");
    assert!(map.contains("<loc>https://guide.example.org/channels/x.html</loc>") && !map.contains("404"));
}

#[test]
fn what_an_edition_hides_is_in_none_of_it() {
    let scratch = Scratch::new("hidden");
    let guide = playbook(&scratch, "url: https://guide.example.org\nhost: netlify\ncards: pages\n");
    build(&guide, &scratch.join("public"), "public").ended(0);
    build(&guide, &scratch.join("staff"), "staff").ended(0);
    for (name, bytes) in tree(&scratch.join("public")) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("canario") && !name.contains("canario"), "{name}");
    }
    assert!(read(&scratch, "staff/feed.xml").contains("Canario amarillo"));
    assert!(scratch.join("staff/canario/verde.html").exists());
}

#[test]
fn without_an_address_nothing_absolute_is_written() {
    let scratch = Scratch::new("relative");
    let guide = playbook(&scratch, "");
    build(&guide, &scratch.join("site"), "public").ended(0);
    let names: Vec<String> = tree(&scratch.join("site")).into_iter().map(|(name, _)| name).collect();
    for name in ["sitemap.xml", "feed.xml", "_headers", "_redirects", ".htaccess", "nginx.conf"] {
        assert!(!names.iter().any(|other| other == name), "{name}");
    }
    assert!(!names.iter().any(|name| name.starts_with("cards/")));
    assert_eq!(read(&scratch, "site/robots.txt"), "User-agent: *\nAllow: /\n");
    assert!(read(&scratch, "site/404.html").contains("href=\"index.html\""));
    // Former addresses need no host.
    assert!(scratch.join("site/channels/twitter.html").exists());
}

#[test]
fn former_addresses_lead_to_the_present_one() {
    let scratch = Scratch::new("moved");
    let guide = playbook(&scratch, "url: https://guide.example.org/a/\nhost: [netlify, nginx]\n");
    build(&guide, &scratch.join("site"), "public").ended(0);
    for (from, to) in [
        ("channels/twitter.html", "x.html"),
        ("old/bird.html", "../channels/x.html"),
        ("old/folder/index.html", "../../channels/x.html"),
    ] {
        let page = read(&scratch, &format!("site/{from}"));
        assert!(page.contains(&format!("<meta http-equiv=\"refresh\" content=\"0; url={to}\">")), "{page}");
        assert!(page.contains(&format!("<a href=\"{to}\">")), "{page}");
        assert!(
            page.contains("<link rel=\"canonical\" href=\"https://guide.example.org/a/channels/x.html\">")
        );
        assert!(page.contains("noindex") && !page.contains("<script"), "{page}");
    }
    let rules = read(&scratch, "site/_redirects");
    assert!(rules.contains("/a/old/bird.html /a/channels/x.html 301!\n"), "{rules}");
    assert!(
        read(&scratch, "site/nginx.conf")
            .contains("location = /a/old/bird.html { return 301 /a/channels/x.html; }")
    );
    assert!(!read(&scratch, "site/sitemap.xml").contains("bird"));
}

#[test]
fn the_page_for_nothing_works_at_any_depth() {
    let scratch = Scratch::new("nothing");
    let guide = playbook(&scratch, "url: https://guide.example.org/a/\n");
    build(&guide, &scratch.join("site"), "public").ended(0);
    let page = read(&scratch, "site/404.html");
    for part in page.split([' ', '\n']).filter(|part| part.starts_with("href=") || part.starts_with("src=")) {
        assert!(part.contains("=\"/a/") || part.contains("=\"#") || part.contains("://"), "{part}");
    }
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">") && !page.contains("canonical"));
}

#[test]
fn a_former_address_where_a_page_stands_is_told() {
    let scratch = Scratch::new("clash");
    scratch.write("guide/playbook.yaml", "title: Guide\nlanguage: en\n");
    scratch.write(
        "guide/channels/x.md",
        "---\naliases: [index.html, channels/y.html, channels/y.html/z.html]\n---\n",
    );
    scratch.write("guide/channels/y.md", "---\ntitle: Y\n---\n");
    let ran = build(&scratch.join("guide"), &scratch.join("site"), "public").ended(1);
    assert_eq!(ran.talk.matches("P206").count(), 3, "{}", ran.talk);
}

#[test]
fn a_zip_to_send_is_the_site_in_a_folder_of_its_name() {
    let scratch = Scratch::new("zip");
    scratch.write(
        "guide/playbook.yaml",
        "title: Guía del río\nlanguage: es\nurl: https://guide.example.org\nhost: apache\n",
    );
    scratch.write("guide/canales/x.md", "---\ntitulo: X\nplataforma: x\npara_que: Que nos encuentren\n---\n");
    // What is dense already is stored as it is.
    fs::create_dir_all(scratch.join("guide/fotos")).expect("a folder");
    fs::copy(
        package().join("example-playbook/assets/rio-por-la-manana.jpg"),
        scratch.join("guide/fotos/rio.jpg"),
    )
    .expect("a picture");
    scratch.write("guide/README.md", "# Guía\n\n![El río por la mañana](fotos/rio.jpg)\n");
    let zip = || {
        let guide = scratch.join("guide");
        let arguments = ["build", guide.to_str().unwrap(), "-o", "out/site", "--zip", "--today", TODAY];
        run_in(scratch.path(), &arguments)
    };
    let ran = zip().ended(0);
    let file = scratch.join("out/guia-del-rio.zip");
    assert!(
        ran.out.contains("guia-del-rio.zip (0,") || ran.out.contains("guia-del-rio.zip (0."),
        "{}",
        ran.out
    );
    let first = fs::read(&file).expect("a zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&first)).expect("a zip");
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).expect("a member");
        let name =
            member.name().expect("UTF-8").strip_prefix("guia-del-rio/").expect("one folder").to_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut member, &mut bytes).expect("its bytes");
        if name == "LÉEME.txt" {
            assert!(String::from_utf8(bytes).expect("text").contains("extrae el zip entero"));
        } else {
            assert_eq!(bytes, fs::read(scratch.join("out/site").join(&name)).expect("a file"), "{name}");
        }
        names.push(name);
    }
    for name in ["LÉEME.txt", "index.html", "canales/x.html"] {
        assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
    }
    for name in [".portolan", ".htaccess", "404.html", "robots.txt", "sitemap.xml"] {
        assert!(!names.iter().any(|other| other == name), "{name}");
    }
    zip().ended(0);
    assert_eq!(fs::read(&file).expect("a zip"), first, "the same site, the same bytes");
    // What somebody else put there stays.
    fs::write(&file, "letters").expect("written");
    let refused = zip().ended(2);
    assert!(refused.talk.contains("--zip="), "{}", refused.talk);
    assert_eq!(fs::read(&file).expect("a file"), b"letters");
    let all = run_in(scratch.path(), &["build", "guide", "--edition", "all", "--zip=one.zip"]).ended(2);
    assert!(all.talk.contains("--zip"), "{}", all.talk);
}
