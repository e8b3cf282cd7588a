//! Which paths a site may have: the same file on every system, and no two that some system takes for one.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::manifest::MANIFEST;
use crate::text::is_device;

/// Longest part of a path, in bytes. File systems allow 255; encrypting ones less.
pub const LONGEST: usize = 200;

/// Why a path cannot be part of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// An empty path or part, a leading or closing slash.
    Empty,
    /// A part `.` or `..`.
    Dots,
    /// A character that some system refuses or that cannot be seen.
    Character(char),
    /// A part that is the name of a device on Windows.
    Device(String),
    /// A part that ends in a dot or a space, which Windows drops.
    Ending(String),
    /// A part longer than 200 bytes.
    Long(String),
    /// Accents written as separate characters (not NFC).
    Decomposed(String),
    /// A name that the program keeps for itself.
    Kept,
}

/// Whether a path below the root of the site is fit for every file system.
pub fn check(path: &str) -> Result<(), Unfit> {
    for part in path.split('/') {
        check_part(part)?;
    }
    if path.get(..MANIFEST.len()).is_some_and(|start| start.eq_ignore_ascii_case(MANIFEST)) {
        return Err(Unfit::Kept);
    }
    Ok(())
}

fn check_part(part: &str) -> Result<(), Unfit> {
    if part.is_empty() {
        return Err(Unfit::Empty);
    }
    if part == "." || part == ".." {
        return Err(Unfit::Dots);
    }
    if let Some(character) = part.chars().find(|&character| is_unfit(character)) {
        return Err(Unfit::Character(character));
    }
    if part.ends_with(['.', ' ']) {
        return Err(Unfit::Ending(part.into()));
    }
    if part.len() > LONGEST {
        return Err(Unfit::Long(part.into()));
    }
    if is_device(part) {
        return Err(Unfit::Device(part.into()));
    }
    if !is_nfc(part) {
        return Err(Unfit::Decomposed(part.into()));
    }
    Ok(())
}

fn is_unfit(character: char) -> bool {
    character.is_control() || is_unseen(character) || r#"<>:"\|?*"#.contains(character)
}

/// Characters that change the direction of the text around them or have no width: a name with them is not what it seems.
pub fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The path as a file system sees it that keeps neither case nor the way accents are written: two paths with the same one are one file there.
pub fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // Upper case first, so that `ß` meets `ss` and both sigmas meet.
    path.nfc().collect::<String>().to_uppercase().to_lowercase().nfc().collect()
}
