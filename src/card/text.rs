//! Text on a card: cleaned, broken into even lines, set as large as it fits, and cut where nothing fits.

use ab_glyph_rasterizer::Rasterizer;
use unicode_normalization::UnicodeNormalization;

use super::font::Font;

/// Sizes of a title, and how many lines of each may stand.
const SIZES: [(f32, usize); 7] =
    [(96.0, 2), (84.0, 3), (74.0, 3), (66.0, 4), (58.0, 4), (52.0, 5), (46.0, 6)];
/// From base line to base line, as a part of the size.
const LEADING: f32 = 1.12;
/// From the top of a capital letter to the base line.
const CAPITAL: f32 = 0.76;
/// Of a longer text no more than this is looked at.
const MOST_LETTERS: usize = 400;

/// Lines of one size.
pub(super) struct Block {
    font: &'static Font,
    size: f32,
    lines: Vec<String>,
}

impl Block {
    /// One line, cut where it is too long; `None` when nothing can be written.
    pub fn one_line(font: &'static Font, text: &str, size: f32, room: f32) -> Option<Self> {
        let text = writable(font, text)?;
        Some(Self { font, size, lines: vec![cut(font, &text, size, room, false)] })
    }

    /// A title, as large as it fits.
    pub fn fitted(font: &'static Font, text: &str, room: f32, height: f32) -> Option<Self> {
        let text = writable(font, text)?;
        for (size, most) in SIZES {
            let lines = broken(font, &text, size, room);
            let tall = (lines.len() as f32 - 1.0) * size * LEADING + size;
            let fits = lines.iter().all(|line| font.width(line, size) <= room);
            if lines.len() <= most && tall <= height && fits {
                return Some(Self { font, size, lines: even(font, &text, size, room, lines) });
            }
        }
        let (size, _) = SIZES.last().copied()?;
        let most = (((height - size) / (size * LEADING)) as usize + 1).max(1);
        let lines = broken(font, &text, size, room);
        let is_cut = lines.len() > most;
        let last = most - 1;
        let lines = lines
            .into_iter()
            .take(most)
            .enumerate()
            .map(|(index, line)| cut(font, &line, size, room, is_cut && index == last));
        Some(Self { font, size, lines: lines.collect() })
    }

    /// From the top of the first line to its base.
    pub fn ascent(&self) -> f32 {
        self.size * CAPITAL
    }

    /// How far the letters may reach above the first base line, and below it with all lines.
    pub fn reach(&self) -> (f32, f32) {
        let further = self.lines.len().saturating_sub(1) as f32;
        (self.size * 1.3, further * self.size * LEADING + self.size * 0.5)
    }

    pub fn outline(&self, raster: &mut Rasterizer, x: f32, base: f32) {
        for (index, line) in self.lines.iter().enumerate() {
            self.font.outline(raster, line, self.size, x, base + index as f32 * self.size * LEADING);
        }
    }
}

/// The text with what the font has: pictures and signs are left out. `None` when nothing is left, or a letter would be missing: half a name is worse than none.
fn writable(font: &Font, text: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let text: String = text.nfc().take(MOST_LETTERS).collect();
    for word in text.split_whitespace() {
        if word.chars().any(|letter| letter.is_alphanumeric() && !font.has(letter)) {
            return None;
        }
        let word: String = word.chars().filter(|letter| font.has(*letter)).collect();
        if !word.is_empty() {
            words.push(word);
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// As many words on each line as fit.
fn broken(font: &Font, text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || font.width(&longer, size) <= room {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    lines.push(line);
    lines
}

/// The same number of lines, about equally long.
fn even(font: &Font, text: &str, size: f32, room: f32, lines: Vec<String>) -> Vec<String> {
    let mut best = lines;
    for part in 1..20 {
        let narrow = broken(font, text, size, room * (1.0 - part as f32 * 0.025));
        let fits = narrow.iter().all(|line| font.width(line, size) <= room);
        if narrow.len() > best.len() || !fits {
            break;
        }
        best = narrow;
    }
    best
}

/// A line that fits, with an ellipsis where something was left out.
fn cut(font: &Font, line: &str, size: f32, room: f32, more: bool) -> String {
    if !more && font.width(line, size) <= room {
        return line.to_owned();
    }
    let mut kept = line.to_owned();
    loop {
        let shown = format!("{}…", kept.trim_end_matches([' ', ',', '.', ';', ':']));
        if kept.is_empty() || font.width(&shown, size) <= room {
            return shown;
        }
        kept.pop();
    }
}
