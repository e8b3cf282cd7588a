//! The index as the browser reads it.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::page::words;
use super::stem::Stems;
use super::{Page, Site, Weight, digits, files};

/// An index, read back.
struct Read {
    whole: serde_json::Value,
    words: Vec<String>,
    stems: Vec<usize>,
    /// For each stem its sections with their weight.
    places: Vec<Vec<(u32, u32)>>,
    files: BTreeMap<String, Vec<u8>>,
}

fn read(pages: &[Page]) -> Read {
    let pages: Vec<&Page> = pages.iter().collect();
    let site = Site { language: "es", words: BTreeMap::from([("all", "Todo")]), page: "buscar.html" };
    let files = files(&site, &pages);
    let script = String::from_utf8(files["search-index.js"].clone()).expect("UTF-8");
    let text = script.strip_prefix("self.portolanIndex=").and_then(|text| text.strip_suffix(";\n"));
    let whole: serde_json::Value = serde_json::from_str(text.expect("one statement")).expect("JSON");
    let text = |key: &str| whole[key].as_str().expect("a text").to_owned();
    let mut words: Vec<String> = Vec::new();
    let terms = text("terms");
    let mut starts: Vec<usize> =
        terms.match_indices(|letter: char| letter.is_ascii_uppercase()).map(|(at, _)| at).collect();
    starts.push(terms.len());
    for ends in starts.windows(2) {
        let written = &terms[ends[0]..ends[1]];
        let shared = usize::from(written.as_bytes()[0] - b'A');
        let before: String = words.last().map(|word| word.chars().take(shared).collect()).unwrap_or_default();
        words.push(before + &written[1..]);
    }
    let mut next = 0;
    let stems = digits::read(&text("stems"))
        .into_iter()
        .map(|back| {
            let stem = next - back as usize;
            next += usize::from(back == 0);
            stem
        })
        .collect();
    let parts =
        files.range("search-index/places-".to_owned()..).take_while(|(path, _)| path.contains("places"));
    let mut joined = text("places");
    let mut numbered: Vec<(usize, String)> = parts
        .map(|(path, bytes)| {
            let number = path["search-index/places-".len()..path.len() - 3].parse().expect("a number");
            let script = String::from_utf8(bytes.clone()).expect("UTF-8");
            let value = script.split_once("]=").expect("an item").1.trim_end_matches(";\n").to_owned();
            (number, serde_json::from_str(&value).expect("a text"))
        })
        .collect();
    numbered.sort();
    joined.extend(numbered.into_iter().map(|(_, text)| text));
    let mut numbers = digits::read(&joined).into_iter();
    let mut places = Vec::new();
    while let Some(count) = numbers.next() {
        let mut section = 0;
        places.push(
            numbers
                .by_ref()
                .take(count as usize)
                .map(|number| {
                    section += number >> 3;
                    (section, number & 7)
                })
                .collect(),
        );
    }
    Read { whole, words, stems, places, files }
}

impl Read {
    fn places(&self, word: &str) -> Vec<(u32, u32)> {
        let at = self.words.iter().position(|known| known == word);
        at.map(|at| self.places[self.stems[at]].clone()).unwrap_or_default()
    }
}

fn page(title: &str, texts: &[(Weight, &str)]) -> Page {
    let mut page = Page::new(title, "Canal", "Canales".into(), "canales/uno.html");
    for (weight, text) in texts {
        page.say(*weight, text);
    }
    page
}

#[test]
fn words_are_letters_and_digits() {
    let found: Vec<&str> = words("¿Cómo va—el «plan B»? #PlanB, 24h; ana@example.org l’avi ça va").collect();
    let wanted =
        ["Cómo", "va", "el", "plan", "B", "PlanB", "24h", "ana", "example", "org", "l", "avi", "ça", "va"];
    assert_eq!(found, wanted);
}

#[test]
fn accents_capitals_and_eñes_are_folded() {
    let index = read(&[page("Campaña de otoño", &[(Weight::Prose, "PINGÜINO Ærø œuvre ﬁn cafe\u{301}")])]);
    for word in ["campana", "otono", "pinguino", "fin", "cafe"] {
        assert!(index.words.iter().any(|known| known == word), "{word}: {:?}", index.words);
    }
    assert!(index.words.is_sorted());
}

#[test]
fn forms_of_a_word_share_their_places() {
    let pages = [
        page("Publicaciones", &[]),
        page("Otra", &[(Weight::Prose, "una publicación")]),
        page("Canal", &[(Weight::Prose, "dos canales")]),
    ];
    let index = read(&pages);
    let sections = |word: &str| index.places(word).iter().map(|(section, _)| *section).collect::<Vec<_>>();
    assert_eq!(sections("publicacion"), [0, 1]);
    assert_eq!(sections("publicaciones"), [0, 1]);
    assert_eq!(sections("canales"), [2]);
}

#[test]
fn stems_of_both_languages() {
    let (spanish, english) = (Stems::of("es-MX"), Stems::of("en"));
    assert_eq!(spanish.stem("objetivos"), spanish.stem("objetivo"));
    assert_eq!(spanish.stem("evaluación"), spanish.stem("evaluaciones"));
    assert_eq!(english.stem("volunteers"), english.stem("volunteering"));
    assert_eq!(english.stem("policies"), english.stem("policy"));
    assert_eq!(english.stem("24h"), "24h");
    assert_eq!(Stems::of("is").stem("Öræfum").as_str(), "oræfum");
}

#[test]
fn a_title_weighs_more_than_a_heading_and_that_more_than_text() {
    let mut headed = page("Dos", &[]);
    headed.section("tono", "Tono cercano");
    headed.say(Weight::Prose, "así");
    let pages = [
        page("Tono", &[]),
        headed,
        page("Tres", &[(Weight::Prose, "el tono")]),
        page("Cuatro", &[(Weight::Lead, "el tono")]),
    ];
    let index = read(&pages);
    let levels: BTreeMap<u32, u32> = index.places("tono").into_iter().collect();
    // Sections: 0 Tono, 1 and 2 Dos, 3 Tres, 4 Cuatro.
    assert!(levels[&0] > levels[&2] && levels[&2] > levels[&4] && levels[&4] > levels[&3], "{levels:?}");
    assert_eq!(index.whole["pages"][1][5], serde_json::json!(["tono", "Tono cercano"]));
}

#[test]
fn other_names_lead_to_the_page_and_stand_in_no_excerpt() {
    let mut named = page("Instagram", &[(Weight::Prose, "Fotos.")]);
    named.name("Insta, IG");
    let index = read(&[named]);
    assert_eq!(index.places("ig").len(), 1);
    let texts = String::from_utf8(index.files["search-index/texts-0.js"].clone()).expect("UTF-8");
    assert_eq!(texts, "(self.portolanTexts=self.portolanTexts||[])[0]=[[\"Fotos.\"]];\n");
}

#[test]
fn short_words_that_stand_everywhere_are_kept_in_titles_only() {
    let mut pages: Vec<Page> =
        (0..80).map(|n| page(&format!("Hoja {n}"), &[(Weight::Prose, "la de los")])).collect();
    pages.push(page("La radio", &[(Weight::Prose, "la frecuencia")]));
    let index = read(&pages);
    assert_eq!(index.places("la"), [(80, 6)]);
    assert!(index.places("de").is_empty());
    assert_eq!(index.places("hoja").len(), 80);
}

#[test]
fn texts_are_told_apart_and_cut() {
    let mut page = page("Uno", &[]);
    page.label("Plataforma");
    page.say(Weight::Fact, "Red \n social");
    page.say(Weight::Prose, "Dos frases. Aquí.");
    page.say(Weight::Prose, "Otra");
    assert_eq!(page.sections[0].text, "Plataforma:\u{a0}Red social · Dos frases. Aquí. Otra");
    page.say(Weight::Prose, &"palabra ".repeat(2000));
    page.say(Weight::Prose, "más");
    assert!(page.sections[0].text.len() < 4100 && page.sections[0].text.ends_with(" …"));
}

#[test]
fn a_large_site_is_split_and_says_the_same() {
    // Enough different words in enough places to go beyond one file.
    let word = |n: usize| format!("w{}", n % 5000);
    let pages: Vec<Page> = (0..1600)
        .map(|n| {
            let text: Vec<String> = (0..400).map(|at| word(n * 31 + at * 977)).collect();
            page(&format!("Hoja {n}"), &[(Weight::Prose, &text.join(" "))])
        })
        .collect();
    let index = read(&pages);
    let parts = index.whole["parts"].as_array().expect("a list").len();
    assert!(parts > 1, "{parts} parts");
    assert_eq!(index.whole["places"], "");
    assert_eq!(index.places.len(), index.stems.iter().max().expect("words") + 1);
    assert_eq!(index.places("hoja").len(), 1600);
    assert!(index.places(&word(31 * 700)).iter().any(|(section, _)| *section == 700));
    assert!(index.files.values().all(|bytes| bytes.len() < 2 << 20));
}

#[test]
fn a_text_ends_no_script() {
    let index = read(&[page("</script><b>&\u{2028}", &[(Weight::Prose, "\"'\\ `${x}`")])]);
    assert_eq!(index.whole["pages"][0][0], "</script><b>&\u{2028}");
}

proptest! {
    #[test]
    fn numbers_are_read_as_they_were_written(numbers in proptest::collection::vec(0_u32..(1 << 29), 0..60)) {
        let mut text = String::new();
        for number in &numbers {
            digits::put(&mut text, *number);
        }
        prop_assert!(text.bytes().all(|byte| (b'#'..b'd').contains(&byte) && byte != b'\\'));
        prop_assert_eq!(digits::read(&text), numbers);
    }

    #[test]
    fn every_word_of_every_page_is_found_again(texts in proptest::collection::vec("\\PC{0,60}", 1..6)) {
        let pages: Vec<Page> = texts.iter().map(|text| page("Uno", &[(Weight::Name, text)])).collect();
        let index = read(&pages);
        prop_assert!(index.words.is_sorted());
        prop_assert_eq!(index.words.len(), index.stems.len());
        for (section, page) in pages.iter().enumerate() {
            for word in &page.words {
                let places = index.places(&word.folded);
                prop_assert!(places.iter().any(|(known, _)| *known as usize == section), "{}", word.folded);
            }
        }
    }
}
