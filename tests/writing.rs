//! Everything that pages can be written with: each example of the guide is built as one page, in both languages, and has no findings.

use std::fs;

use crate::program::{Scratch, TODAY, build, package, run_in, tree};

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
    scratch.write("playbook/playbook.yaml", format!("title: {title}\nlanguage: {language}\n"));
    scratch.write("playbook/samples.md", format!("# {title}\n\n{}\n", examples(guide)));
    let glossary = if language == "es" {
        "alcance: { titulo: Alcance, definicion: Personas distintas que vieron algo. }\nimpresiones: { titulo: Impresiones, definicion: Veces que se mostró. }\n"
    } else {
        "reach: { title: Reach, definition: Different people who saw something. }\nimpressions: { title: Impressions, definition: How often it was shown. }\n"
    };
    scratch.write("playbook/glossary.yaml", glossary);
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
            "width=\"640\" height=\"240\">",
            "<a class=\"term\" href=",
            "terms.",
            "popover",
            "class=\"flow-wide\"",
            "class=\"flow-narrow\"",
        ] {
            assert!(page.contains(piece), "{language}: {piece}\n{page}");
        }
    }
}

/// A photograph as a camera writes it: noise does not compress, and it says where it was taken and by whom.
fn photo(width: u16, height: u16) -> Vec<u8> {
    let mut seed = 7_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let bytes: Vec<u8> = (0..usize::from(width) * usize::from(height) * 3).map(|_| noise()).collect();
    let mut jpeg = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 90);
    encoder.add_app_segment(13, b"Photoshop 3.0\0 Ana Riveira, calle del Aliso 3".to_vec()).unwrap();
    encoder.encode(&bytes, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    jpeg
}

#[test]
fn photographs_have_copies_that_say_nothing_more() {
    let scratch = Scratch::new("photographs");
    scratch.write("playbook/playbook.yaml", "title: Samples\nlanguage: en\n");
    let text = "# River\n\n![The river](river.jpg \"In March\")\n\n![The bank](river.jpg)\n\n[As a file](other.jpg)\n";
    scratch.write("playbook/river.md", text);
    scratch.write("playbook/river.jpg", photo(1000, 300));
    scratch.write("playbook/other.jpg", photo(200, 100));
    let site = scratch.join("site");
    build(&scratch.join("playbook"), &site, "public").ended(0);
    let page = fs::read_to_string(site.join("river.html")).unwrap();
    let pictures: Vec<&str> =
        page.split("<img ").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    assert_eq!(pictures.len(), 2, "{page}");
    for piece in [
        "src=\"files/river.jpg\"",
        " 800w, ",
        " 480w, ",
        "files/river.jpg 1000w\"",
        "sizes=\"",
        "width=\"1000\" height=\"300\"",
    ] {
        assert!(pictures[0].contains(piece), "{piece}: {}", pictures[0]);
    }
    assert!(!pictures[0].contains("loading") && pictures[1].contains("loading=\"lazy\""), "{pictures:?}");
    let files = tree(&site.join("files"));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        names.len() == 4 && names[1].starts_with("river-480-") && names[2].starts_with("river-800-"),
        "{names:?}"
    );
    for (name, bytes) in &files {
        assert!(!bytes.windows(11).any(|window| window == b"Ana Riveira"), "{name}");
    }
    // The second time they are taken over; where they were changed by hand, they are made anew.
    let again = build(&scratch.join("playbook"), &site, "public").ended(0);
    assert_eq!(tree(&site.join("files")), files);
    assert!(
        again.talk.contains(" 0 files written") || again.out.contains("0 "),
        "{}{}",
        again.out,
        again.talk
    );
    // Another folder: the same bytes.
    build(&scratch.join("playbook"), &scratch.join("other"), "public").ended(0);
    assert_eq!(tree(&scratch.join("other/files")), files);
    scratch.write("playbook/playbook.yaml", "title: Samples\nlanguage: en\nimages: keep\n");
    build(&scratch.join("playbook"), &site, "public").ended(0);
    let names: Vec<String> = tree(&site.join("files")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["other.jpg", "river.jpg"]);
}

#[test]
fn hidden_terms_and_people_stay_hidden() {
    let scratch = Scratch::new("hidden-terms");
    scratch.write("playbook/playbook.yaml", "title: Samples\nlanguage: en\n");
    let glossary = "reach: { title: Reach, definition: Seen by different people. }\nsecret: { title: Undertow, definition: What only we say., seen_by: [staff] }\n";
    scratch.write("playbook/glossary.yaml", glossary);
    scratch.write(
        "playbook/roles/guardian.md",
        "---\ntitle: Guardian of the night\nseen_by: [staff]\n---\nText\n",
    );
    let text = "# Page\n\nReach and undertow, and reach again.\n\n```flow\nsteps:\n  a: { do: Call, who: guardian, see: guardian }\n  b: Wait\n```\n";
    scratch.write("playbook/page.md", text);
    for (edition, shown) in [("public", false), ("staff", true)] {
        build(&scratch.join("playbook"), &scratch.join(edition), edition).ended(0);
        let page = fs::read_to_string(scratch.join(edition).join("page.html")).unwrap();
        assert_eq!(page.matches("class=\"term\"").count(), if shown { 2 } else { 1 }, "{page}");
        assert_eq!(page.contains("What only we say."), shown);
        assert_eq!(page.contains("Guardian of the night"), shown);
    }
}

/// Links to fields: to their heading, or to the top where a view shows the field in its own way.
#[test]
fn links_to_fields_lead_somewhere() {
    let scratch = Scratch::new("field-links");
    scratch.write("playbook/playbook.yaml", "title: Samples\nlanguage: en\n");
    scratch.write("playbook/skills/writing.md", "---\ntitle: Writing\n---\n");
    scratch.write(
        "playbook/roles/editor.md",
        "---\ntitle: Editor\nresponsibilities: [Edits what the others have written so far, Answers what readers ask]\nskills:\n  - { skill: writing }\n---\n\n[S](#skills) [R](#responsibilities) [W](../skills/writing.md)\n",
    );
    scratch.write(
        "playbook/page.md",
        "# Page\n\n[S](roles/editor.md#skills) [R](roles/editor.md#responsibilities)\n",
    );
    build(&scratch.join("playbook"), &scratch.join("site"), "staff");
    let faults = crate::site::faults(&scratch.join("site"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let page = fs::read_to_string(scratch.join("site/page.html")).unwrap();
    assert!(
        page.contains("editor.html#_field-responsibilities\"") && page.contains("editor.html\">S"),
        "{page}"
    );
}
