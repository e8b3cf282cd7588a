//! The words of one page with their weight, section by section, and the beginning of each section for its excerpt.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::text::fold;

/// Characters of a section that are kept for its excerpt.
const MOST_TEXT: usize = 4000;
/// Words longer than this are addresses or keys, which nobody types.
const LONGEST_WORD: usize = 40;
/// Words of a section from which on each counts for less.
const USUAL_WORDS: f32 = 80.0;

/// How much a word says of a page by where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// In the title.
    Title,
    /// In another name: an alias, an abbreviation.
    Name,
    /// In a heading.
    Heading,
    /// In the sentence that sums the page up.
    Lead,
    /// In a short field, a tag.
    Fact,
    /// In running text.
    Prose,
}

impl Weight {
    fn points(self) -> f32 {
        match self {
            Weight::Title => 160.0,
            Weight::Name => 120.0,
            Weight::Heading => 50.0,
            Weight::Lead => 30.0,
            Weight::Fact => 15.0,
            Weight::Prose => 10.0,
        }
    }

    /// Whether the words are shown as part of an excerpt; titles and headings stand above it.
    fn is_read(self) -> bool {
        matches!(self, Weight::Lead | Weight::Fact | Weight::Prose)
    }
}

/// A page to be found.
#[derive(Debug)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// What it is, in a word: "Channel".
    pub kind: String,
    /// Where it belongs: "Content › Channels"; may be empty.
    pub path: String,
    /// Its address below the root of the language.
    pub url: String,
    /// How much others point at it, 0 to 3: of two equals the more important comes first.
    pub rank: u8,
    pub(super) sections: Vec<Section>,
    pub(super) words: Vec<Word>,
    /// In the order of words as they were met.
    pub(super) hits: Vec<Hit>,
    known: HashMap<Box<str>, usize, BuildHasherDefault<Fnv>>,
}

/// A heading and what stands below it.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub anchor: String,
    pub heading: String,
    pub text: String,
    /// Its number of words.
    pub length: usize,
}

/// A word of a page.
#[derive(Debug)]
pub(super) struct Word {
    /// Without accents, in lower case.
    pub folded: Box<str>,
    /// In lower case with its accents, when it has any.
    pub accented: Option<Box<str>>,
    /// The newest hit of the word.
    last: usize,
}

/// A word in a section.
#[derive(Debug)]
pub(super) struct Hit {
    pub word: usize,
    pub section: usize,
    /// Points of running text, which count for less in long sections.
    pub prose: f32,
    /// All other points.
    pub points: f32,
}

impl Page {
    /// A page whose title is read already.
    pub fn new(title: &str, kind: &str, path: String, url: &str) -> Self {
        let mut page = Self {
            title: title.to_owned(),
            kind: kind.to_owned(),
            path,
            url: url.to_owned(),
            rank: 0,
            sections: vec![Section::default()],
            words: Vec::new(),
            hits: Vec::new(),
            known: HashMap::default(),
        };
        page.say(Weight::Title, title);
        page
    }

    /// Begins a section. What is said from now on stands in it.
    pub fn section(&mut self, anchor: &str, heading: &str) {
        self.sections.push(Section {
            anchor: anchor.to_owned(),
            heading: heading.to_owned(),
            ..Section::default()
        });
        self.say(Weight::Heading, heading);
    }

    /// Takes up a text that stands here.
    pub fn say(&mut self, weight: Weight, text: &str) {
        if weight.is_read() {
            self.keep(text);
        }
        let section = self.sections.len().saturating_sub(1);
        let mut count = 0;
        for word in words(text) {
            count += 1;
            self.hear(word, weight, section);
        }
        if let Some(section) = self.sections.last_mut() {
            section.length += count;
        }
    }

    /// Another name by which the page is found; it stands in no text.
    pub fn name(&mut self, name: &str) {
        self.say(Weight::Name, name);
    }

    /// The name of a field, in front of its value: the excerpt shows it, and nobody looks for it.
    pub fn label(&mut self, name: &str) {
        self.keep(name);
        // No plain space: a label and a value are no text of an author, and must not look like one that is hidden.
        if let Some(section) = self.sections.last_mut() {
            section.text.push_str(":\u{a0}");
        }
    }

    /// The text for the excerpt, white space as single spaces.
    fn keep(&mut self, text: &str) {
        let Some(section) = self.sections.last_mut() else { return };
        let is_open = |end: char| !end.is_whitespace() && !".,;:!?…·".contains(end);
        // Texts that stand under one another are told apart where no sign does it.
        if section.text.chars().next_back().is_some_and(is_open) && !text.trim().is_empty() {
            section.text.push_str(" ·");
        }
        for piece in text.split_whitespace() {
            if section.text.len() >= MOST_TEXT {
                if !section.text.ends_with('…') {
                    section.text.push_str(" …");
                }
                return;
            }
            if !section.text.is_empty() && !section.text.ends_with('\u{a0}') {
                section.text.push(' ');
            }
            section.text.push_str(piece);
        }
    }

    fn hear(&mut self, written: &str, weight: Weight, section: usize) {
        if written.len() > LONGEST_WORD {
            return;
        }
        let mut short = [0_u8; LONGEST_WORD];
        let folded = match lowered(written, &mut short) {
            Some(folded) => folded,
            None => &fold(written),
        };
        if folded.is_empty() {
            return;
        }
        let word = match self.known.get(folded) {
            Some(word) => *word,
            None => {
                let word = self.words.len();
                self.known.insert(folded.into(), word);
                self.words.push(Word { folded: folded.into(), accented: None, last: usize::MAX });
                word
            }
        };
        let Some(known) = self.words.get_mut(word) else { return };
        if known.accented.is_none() && !written.is_ascii() {
            known.accented = Some(written.to_lowercase().into());
        }
        let current = self.hits.len();
        let hit = match self.hits.get_mut(known.last) {
            Some(hit) if hit.section == section => hit,
            _ => {
                known.last = current;
                self.hits.push(Hit { word, section, prose: 0.0, points: 0.0 });
                let Some(hit) = self.hits.last_mut() else { return };
                hit
            }
        };
        if weight == Weight::Prose {
            hit.prose += weight.points();
        } else {
            hit.points += weight.points();
        }
    }

    /// What a hit weighs in all.
    pub(super) fn points(&self, hit: &Hit) -> f32 {
        let length = self.sections.get(hit.section).map_or(0, |section| section.length);
        let share = (USUAL_WORDS / length.max(1) as f32).min(1.0).sqrt();
        hit.points + hit.prose * share
    }
}

/// The words of a text: letters and digits of any script, marks within a word included.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_inside = |letter: char| {
        letter.is_alphanumeric() || (!letter.is_ascii() && ('\u{300}'..='\u{36f}').contains(&letter))
    };
    text.split(move |letter| !is_inside(letter)).filter(|word| !word.is_empty())
}

/// An ASCII word in lower case, without making a text of its own.
fn lowered<'b>(written: &str, short: &'b mut [u8; LONGEST_WORD]) -> Option<&'b str> {
    let room = short.get_mut(..written.len()).filter(|_| written.is_ascii())?;
    room.copy_from_slice(written.as_bytes());
    room.make_ascii_lowercase();
    std::str::from_utf8(room).ok()
}

/// FNV-1a: quick for short words. Only looked up in, never listed.
#[derive(Debug)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}
