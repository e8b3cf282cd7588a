//! Pages → the files of the index. Each is a script that sets a global: that works from a disk and under a strict policy, where data cannot be asked for.
//!
//! `search-index.js` holds what every question needs: pages with their sections, words, for each word its stem, and for each stem the sections in
//! which it stands. Texts for excerpts stand in files of their own, asked for when results are shown; on a large site so do the sections of stems.
//!
//! Words: sorted; a capital says how many letters are those of the word before (A none, B one …), then the rest.
//! Stems: a number a word: 0 is a new stem, n the one that came n before the newest.
//! Sections of a stem: how many, then for each the distance to the one before and the weight in the lowest three bits.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;

use serde::Serialize;
use serde_json::json;

use super::digits;
use super::page::{Fnv, Page};
use super::stem::Stems;

/// Bytes of texts in one file.
const TEXTS: usize = 48 * 1024;
/// Bytes of sections of stems up to which they stand in the first file, and in each file of their own beyond.
const ALL_PLACES: usize = 1024 * 1024;
const PLACES: usize = 64 * 1024;
/// Sections from which on words that stand nearly everywhere are told apart, …
const MANY_SECTIONS: usize = 60;
/// … in how many of a hundred sections such a word stands, how many letters it has at most, and the weight from which on its places are kept.
const COMMON_SHARE: usize = 20;
const COMMON_LETTERS: usize = 4;
const COMMON_LEVEL: u32 = 5;
/// Letters of the word before that a capital can tell.
const MOST_SHARED: usize = 25;

/// What all pages of the index have in common.
#[derive(Debug)]
pub struct Site<'s> {
    /// Language tag.
    pub language: &'s str,
    /// The words that the search says, by their key.
    pub words: BTreeMap<&'s str, &'s str>,
    /// Address of the page of results below the root of the language.
    pub page: &'s str,
}

/// A stem: in which sections, with which weight.
#[derive(Debug, Default)]
struct Stem {
    places: Vec<(u32, u32)>,
}

/// A page as the browser reads it: title, address without its ending, kind, path, rank, anchors and headings in turn.
#[derive(Serialize)]
struct Entry<'p>(&'p str, &'p str, usize, usize, u8, Vec<&'p str>);

/// The files of the index by their path below the root of the language.
pub fn files(site: &Site<'_>, pages: &[&Page]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let words = Words::of(pages);
    let (sorted, stems) = words.stems(&Stems::of(site.language));
    let sections = pages.iter().map(|page| page.sections.len()).sum();
    let (places, parts) = written_places(&sorted, stems, sections);
    let texts = texts(pages, &mut files);
    let (mut kinds, mut paths) = (Names::default(), Names::default());
    let entries: Vec<Entry<'_>> = pages
        .iter()
        .map(|page| {
            let headings = page.sections.iter().skip(1);
            Entry(
                &page.title,
                page.url.strip_suffix(".html").unwrap_or(&page.url),
                kinds.number(&page.kind),
                paths.number(&page.path),
                page.rank,
                headings.flat_map(|section| [section.anchor.as_str(), section.heading.as_str()]).collect(),
            )
        })
        .collect();
    let mut starts = Vec::new();
    for (number, (first, text)) in parts.iter().enumerate() {
        starts.push(*first);
        put(&mut files, format!("search-index/places-{number}.js"), "portolanPlaces", number, &json!(text));
    }
    let whole = json!({
        "words": site.words,
        "page": site.page,
        "kinds": kinds.list,
        "paths": paths.list,
        "pages": entries,
        "texts": texts,
        "terms": sorted.written(),
        "stems": sorted.stem_numbers(),
        "places": places,
        "parts": starts,
    });
    files.insert("search-index.js".to_owned(), format!("self.portolanIndex={whole};\n").into_bytes());
    files
}

/// Writes a file that sets one item of a global list.
fn put(
    files: &mut BTreeMap<String, Vec<u8>>,
    path: String,
    global: &str,
    number: usize,
    value: &serde_json::Value,
) {
    let text = format!("(self.{global}=self.{global}||[])[{number}]={value};\n");
    files.insert(path, text.into_bytes());
}

/// The beginnings of all sections in files of some size; returns the first page of each.
fn texts(pages: &[&Page], files: &mut BTreeMap<String, Vec<u8>>) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut from, mut size) = (0, 0);
    for at in 0..pages.len() {
        size += pages.get(at).map_or(0, |page| page.sections.iter().map(|section| section.text.len()).sum());
        let is_last = at + 1 == pages.len();
        if size < TEXTS && !is_last {
            continue;
        }
        let of_page = |page: &&Page| page.sections.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        let texts: Vec<Vec<String>> = pages.get(from..=at).unwrap_or_default().iter().map(of_page).collect();
        let number = starts.len();
        put(files, format!("search-index/texts-{number}.js"), "portolanTexts", number, &json!(texts));
        starts.push(from);
        (from, size) = (at + 1, 0);
    }
    starts
}

/// The words of all pages.
struct Words<'p> {
    known: HashMap<&'p str, usize, BuildHasherDefault<Fnv>>,
    list: Vec<Known<'p>>,
}

struct Known<'p> {
    folded: &'p str,
    accented: Option<&'p str>,
    /// Sections, and the exponent of their weight.
    places: Vec<(u32, u32)>,
}

impl<'p> Words<'p> {
    fn of(pages: &'p [&'p Page]) -> Self {
        let mut words = Self { known: HashMap::default(), list: Vec::new() };
        let mut before = 0;
        for page in pages {
            let ids: Vec<usize> = page
                .words
                .iter()
                .map(|word| {
                    let id = words.id(&word.folded);
                    if let Some(known) = words.list.get_mut(id)
                        && known.accented.is_none()
                    {
                        known.accented = word.accented.as_deref();
                    }
                    id
                })
                .collect();
            for hit in &page.hits {
                let known = ids.get(hit.word).and_then(|id| words.list.get_mut(*id));
                let place = u32::try_from(before + hit.section).unwrap_or(u32::MAX);
                if let Some(known) = known {
                    known.places.push((place, level(page.points(hit))));
                }
            }
            before += page.sections.len();
        }
        words
    }

    fn id(&mut self, folded: &'p str) -> usize {
        if let Some(id) = self.known.get(folded) {
            return *id;
        }
        let id = self.list.len();
        self.known.insert(folded, id);
        self.list.push(Known { folded, accented: None, places: Vec::new() });
        id
    }

    /// The words in order, each with the number of its stem; and the stems.
    fn stems(mut self, rules: &Stems) -> (Sorted<'p>, Vec<Stem>) {
        self.list.sort_unstable_by_key(|known| known.folded);
        let mut numbers: HashMap<String, usize, BuildHasherDefault<Fnv>> = HashMap::default();
        let mut stems: Vec<Stem> = Vec::new();
        let mut sorted = Sorted { words: Vec::with_capacity(self.list.len()) };
        for known in self.list {
            let text = rules.stem(known.accented.unwrap_or(known.folded));
            let number = *numbers.entry(text).or_insert_with(|| {
                stems.push(Stem::default());
                stems.len() - 1
            });
            sorted.words.push((known.folded, number));
            if let Some(stem) = stems.get_mut(number) {
                stem.add(known.places);
            }
        }
        (sorted, stems)
    }
}

impl Stem {
    /// Joins the places of another form.
    fn add(&mut self, places: Vec<(u32, u32)>) {
        if self.places.is_empty() {
            self.places = places;
            return;
        }
        self.places.extend(places);
        self.places.sort_unstable_by_key(|(place, level)| (*place, std::cmp::Reverse(*level)));
        self.places.dedup_by_key(|(place, _)| *place);
    }
}

struct Sorted<'p> {
    words: Vec<(&'p str, usize)>,
}

impl Sorted<'_> {
    fn written(&self) -> String {
        let mut text = String::new();
        let mut before = "";
        for (word, _) in &self.words {
            let same = word.char_indices().zip(before.chars()).take_while(|((_, a), b)| a == b);
            let (count, bytes) =
                same.take(MOST_SHARED).fold((0_u8, 0), |(n, _), ((at, a), _)| (n + 1, at + a.len_utf8()));
            text.push(char::from(b'A' + count));
            text.push_str(word.get(bytes..).unwrap_or_default());
            before = word;
        }
        text
    }

    fn stem_numbers(&self) -> String {
        let mut text = String::new();
        let mut next = 0;
        for (_, number) in &self.words {
            let back = next - number;
            if back == 0 {
                next += 1;
            }
            digits::put(&mut text, u32::try_from(back).unwrap_or_default());
        }
        text
    }

    /// The letters of the shortest word of each stem.
    fn letters(&self, stems: usize) -> Vec<usize> {
        let mut letters = vec![usize::MAX; stems];
        for (word, number) in &self.words {
            if let Some(least) = letters.get_mut(*number) {
                *least = (*least).min(word.chars().count());
            }
        }
        letters
    }
}

/// The sections of all stems as one text; or, when they are many, as parts with the number of their first stem.
fn written_places(sorted: &Sorted<'_>, stems: Vec<Stem>, sections: usize) -> (String, Vec<(usize, String)>) {
    let letters = sorted.letters(stems.len());
    let mut whole = String::new();
    let mut parts = vec![(0, 0)];
    for (number, mut stem) in stems.into_iter().enumerate() {
        let is_short = letters.get(number).is_some_and(|letters| *letters <= COMMON_LETTERS);
        if is_short && sections >= MANY_SECTIONS && stem.places.len() * 100 > sections * COMMON_SHARE {
            stem.places.retain(|(_, level)| *level >= COMMON_LEVEL);
        }
        if parts.last().is_some_and(|(_, at)| whole.len() - at > PLACES) {
            parts.push((number, whole.len()));
        }
        digits::put(&mut whole, u32::try_from(stem.places.len()).unwrap_or(u32::MAX));
        let mut before = 0;
        for (place, level) in stem.places {
            digits::put(&mut whole, ((place - before) << 3) | level);
            before = place;
        }
    }
    if whole.len() <= ALL_PLACES {
        return (whole, Vec::new());
    }
    let ends = parts.iter().skip(1).map(|(_, at)| *at).chain([whole.len()]);
    let text = |((first, from), to): (&(usize, usize), usize)| {
        (*first, whole.get(*from..to).unwrap_or_default().to_owned())
    };
    let parts = parts.iter().zip(ends).map(text).collect();
    (String::new(), parts)
}

/// The weight of a hit in steps that double, 0 to 7.
fn level(points: f32) -> u32 {
    (points / 2.0).max(1.0).log2().round().clamp(0.0, 7.0) as u32
}

/// Names that many pages share, each once.
#[derive(Default)]
struct Names<'p> {
    numbers: BTreeMap<&'p str, usize>,
    list: Vec<&'p str>,
}

impl<'p> Names<'p> {
    fn number(&mut self, name: &'p str) -> usize {
        *self.numbers.entry(name).or_insert_with(|| {
            self.list.push(name);
            self.list.len() - 1
        })
    }
}
