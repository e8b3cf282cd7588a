//! Names made comparable (`fold`), fit for addresses (`slug`) and for the beginning of a sentence (`capital`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name for comparing: lower case, compatibility forms unified, accents dropped, spaces and hyphens as `_`.
///
/// `Para qué`, `para_que` and `para-que` are the same name.
pub fn fold(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return name.to_owned();
    }
    let mut folded = String::with_capacity(name.len());
    for character in name.trim().nfkd().filter(|character| !is_combining_mark(*character)) {
        match character {
            ' ' | '-' | '\u{a0}' | '\u{2010}'..='\u{2015}' => folded.push('_'),
            _ => folded.extend(character.to_lowercase()),
        }
    }
    folded
}

/// A text with a capital letter in front.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A name for an address: lower case, accents dropped, everything but letters and digits of any script as single hyphens; at most 80 characters.
///
/// Empty when the text holds no letter or digit.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    if text.is_ascii() && text.len() <= 80 {
        // The same without looking characters up in Unicode tables.
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                slug.push(char::from(byte.to_ascii_lowercase()));
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(slug.trim_end_matches('-').len());
        return slug;
    }
    let mut length = 0;
    let mut gap = false;
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)) {
        if !character.is_alphanumeric() {
            gap = true;
            continue;
        }
        if length >= 80 {
            break;
        }
        if gap && !slug.is_empty() {
            slug.push('-');
            length += 1;
        }
        gap = false;
        slug.extend(character.to_lowercase());
        length += 1;
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        assert_eq!(fold("Para qué"), "para_que");
        assert_eq!(fold("revisar-cada"), "revisar_cada");
        assert_eq!(fold("ñandú"), "nandu");
    }

    #[test]
    fn slugs() {
        assert_eq!(slug("¿Qué es, y qué hace?"), "que-es-y-que-hace");
        assert_eq!(slug("Über uns…"), "uber-uns");
        assert_eq!(slug("日本 語"), "日本-語");
        assert_eq!(slug("!!!"), "");
    }
}
