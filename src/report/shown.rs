//! Text made fit for showing: what would move the cursor, turn the writing direction or hide is written as `\u{…}`.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character does something other than show itself: control characters, marks of direction, line separators, invisible ones and private ones.
///
/// The joiners U+200C and U+200D stay: scripts and emoji need them.
pub fn is_hidden(character: char) -> bool {
    if matches!(character, ' '..='~') {
        return false;
    }
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{e000}'..='\u{f8ff}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
                | '\u{f0000}'..='\u{10ffff}'
        )
}

/// The text on one line: line ends and tabs become spaces, the rest of what [`is_hidden`] is escaped.
pub fn one_line(text: &str) -> Cow<'_, str> {
    shown(text, |character, shown| {
        if matches!(character, '\n' | '\t') {
            shown.push(' ');
        } else if character != '\r' {
            escape(character, shown);
        }
    })
}

/// The text with its line ends; a tab is four spaces.
pub fn lines(text: &str) -> Cow<'_, str> {
    shown(text, |character, shown| match character {
        '\n' => shown.push('\n'),
        '\t' => shown.push_str("    "),
        '\r' => {}
        _ => escape(character, shown),
    })
}

/// Writes a character of [`is_hidden`] as `\u{…}`.
pub fn escape(character: char, shown: &mut String) {
    let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
}

/// The text broken between words so that no line is longer than `width` characters where that can be; lines that begin with a space (a snippet to paste) stay as they are.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            wrapped.push('\n');
        }
        if line.starts_with(' ') {
            wrapped.push_str(line);
            continue;
        }
        let mut used = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > width {
                wrapped.push('\n');
                used = 0;
            } else if used > 0 {
                wrapped.push(' ');
                used += 1;
            }
            wrapped.push_str(word);
            used += length;
        }
    }
    wrapped
}

fn shown(text: &str, write: impl Fn(char, &mut String)) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_hidden(character) {
            write(character, &mut shown);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}
