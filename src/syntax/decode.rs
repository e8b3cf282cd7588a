//! Bytes to text: byte order marks, UTF-16, the old Windows code page, control characters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::finding::{Code, Finding, Level};
use crate::text::{FilePath, Place};
use crate::words;

/// The file is not in UTF-8 and was read in a guessed encoding.
pub static NOT_UTF8: Code = Code { id: "P002", name: "not_utf8", level: Level::Warning, since: "0.1.0" };
/// A character that is no text: NUL, ESC and their like.
pub static CONTROL_CHARACTER: Code =
    Code { id: "P003", name: "control_character", level: Level::Warning, since: "0.1.0" };

/// Bytes of a text in UTF-16 that make no character.
pub static DAMAGED_TEXT: Code =
    Code { id: "P431", name: "damaged_text", level: Level::Warning, since: "0.1.0" };

/// The codes of this file.
pub static CODES: &[&Code] = &[&NOT_UTF8, &CONTROL_CHARACTER, &DAMAGED_TEXT];

/// The text of a file, without byte order mark, line ends as they were. Plain UTF-8 is checked in place and not copied.
///
/// What is not UTF-8 is read as UTF-16 or in the encoding that it looks like, and said so.
pub fn decode(bytes: Vec<u8>, path: &FilePath, findings: &mut Vec<Finding>) -> String {
    let text = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let rest = bytes.get(mark..).unwrap_or_default();
            utf16(rest, encoding, path, findings)
        }
        Some((_, mark)) => utf8(bytes.get(mark..).unwrap_or_default().to_vec(), path, findings),
        None => match utf16_without_mark(&bytes) {
            Some(encoding) => utf16(&bytes, encoding, path, findings),
            None => utf8(bytes, path, findings),
        },
    };
    // A second mark comes with files that were put together.
    let text =
        if text.starts_with('\u{feff}') { text.trim_start_matches('\u{feff}').to_owned() } else { text };
    without_controls(text, path, findings)
}

/// The name of the encoding in which bytes are read: `UTF-8`, `UTF-16LE`, `windows-1252`.
pub fn encoding_of(bytes: &[u8]) -> &'static str {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match utf16_without_mark(bytes) {
            Some(encoding) => encoding,
            None if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
            None => guess(bytes),
        },
    };
    encoding.name()
}

fn utf16(bytes: &[u8], encoding: &'static Encoding, path: &FilePath, findings: &mut Vec<Finding>) -> String {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    if damaged {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let name = encoding.name();
        findings.push(
            Finding::new(
                &DAMAGED_TEXT,
                Place::File(path.clone()),
                words!(
                    "some bytes of the file make no character, the first ones in line {line}",
                    "algunos bytes del archivo no forman ningún carácter, los primeros en la línea {line}"
                ),
            )
            .why(words!(
                "the file is in {name} and was perhaps cut off; these places are shown as `\u{fffd}`",
                "el archivo está en {name} y quizá se cortó; esos sitios se muestran como `\u{fffd}`"
            ))
            .help(words!("download or export it anew", "vuelve a descargarlo o a exportarlo")),
        );
    }
    text.into_owned()
}

fn utf8(bytes: Vec<u8>, path: &FilePath, findings: &mut Vec<Finding>) -> String {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error,
    };
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let guess = guess(&bytes);
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let name = guess.name();
    let (text, _) = guess.decode_without_bom_handling(&bytes);
    let word = word_at(&text, line);
    findings.push(
        Finding::new(
            &NOT_UTF8,
            Place::File(path.clone()),
            words!("the file is not in UTF-8", "el archivo no está en UTF-8"),
        )
        .why(words!(
            "line {line} (byte {at}) cannot be read as UTF-8; it looks like {name} and was read as such: `{word}`",
            "la línea {line} (byte {at}) no se puede leer como UTF-8; parece {name} y así se ha leído: `{word}`"
        ))
        .help(words!(
            "check the accents on the pages, and save the file as “UTF-8” in your editor (Save as… → Encoding)",
            "comprueba los acentos en las páginas y guarda el archivo como «UTF-8» en tu editor (Guardar como… → Codificación)"
        )),
    );
    text.into_owned()
}

/// The first word of a line with a character beyond ASCII: what shows whether the guess was right.
fn word_at(text: &str, line: usize) -> String {
    let line = text.split('\n').nth(line - 1).unwrap_or_default();
    let word = line.split_whitespace().find(|word| !word.is_ascii()).unwrap_or_default();
    word.chars().take(40).filter(|character| !character.is_control()).collect()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Half a megabyte tells as much as the whole.
    detector.feed(bytes.get(..500_000).unwrap_or(bytes), true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // In a few words the detector may see a rare page; the program's authors write Spanish and English.
    if guess.is_single_byte() && bytes.iter().filter(|byte| !byte.is_ascii()).count() < 16 {
        WINDOWS_1252
    } else {
        guess
    }
}

/// UTF-16 without a byte order mark shows by its NULs: every second byte in Western text.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(1_000) & !1)?;
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let nuls = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), sample.len() / 2);
    if odd * 10 >= half * 7 && even * 10 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 7 && odd * 10 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

fn without_controls(text: String, path: &FilePath, findings: &mut Vec<Finding>) -> String {
    // Bytes first: U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    let suspect = |byte: &u8| matches!(byte, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xef);
    if !text.as_bytes().iter().any(suspect) {
        return text;
    }
    let Some((at, first)) = text.char_indices().find(|(_, character)| is_control(*character)) else {
        return text;
    };
    let line = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let count = text.chars().filter(|character| is_control(*character)).count();
    let code = format!("U+{:04X}", u32::from(first));
    let (en, es) = match count {
        1 => (Cow::Borrowed("a control character"), Cow::Borrowed("un carácter de control")),
        _ => (format!("{count} control characters").into(), format!("{count} caracteres de control").into()),
    };
    findings.push(
        Finding::new(
            &CONTROL_CHARACTER,
            Place::File(path.clone()),
            words!(
                "{en} in the text, the first one in line {line}",
                "{es} en el texto, el primero en la línea {line}"
            ),
        )
        .why(words!(
            "{code} is no character for reading; it is replaced by `\u{fffd}`",
            "{code} no es un carácter legible; se sustituye por `\u{fffd}`"
        ))
        .help(words!(
            "such characters come with text pasted from other programs: delete the spot and type it anew",
            "estos caracteres llegan al pegar texto de otros programas: borra ese punto y vuelve a escribirlo"
        )),
    );
    text.chars().map(|character| if is_control(character) { '\u{fffd}' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, code: Option<&str>) {
        let mut findings = Vec::new();
        let text = decode(bytes.to_vec(), &FilePath::new("a/b.md").unwrap(), &mut findings);
        assert_eq!(text, expected);
        assert_eq!(findings.first().map(|finding| finding.code.id), code);
        assert!(findings.len() <= 1);
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn unicode_in_its_forms() {
        let text = "título: ñandú\r\n€ 😀\n";
        check(text.as_bytes(), text, None);
        check(&["\u{feff}", text].concat().into_bytes(), text, None);
        check(&utf16(&["\u{feff}", text].concat(), true), text, None);
        check(&utf16(&["\u{feff}", text].concat(), false), text, None);
        check(&utf16(text, true), text, None);
        check(&utf16(text, false), text, None);
        check(b"", "", None);
        check(b"a", "a", None);
    }

    #[test]
    fn plain_text_is_not_copied() {
        let bytes = b"hola".to_vec();
        let before = bytes.as_ptr();
        let text = decode(bytes, &FilePath::default(), &mut Vec::new());
        assert_eq!(text.as_ptr(), before);
    }

    #[test]
    fn old_code_pages() {
        check(b"a: b\nt\xedtulo: \xf1and\xfa\n", "a: b\ntítulo: ñandú\n", Some("P002"));
        check(b"\x93hola\x94 50\x80", "“hola” 50€", Some("P002"));
        let mut findings = Vec::new();
        decode(b"a: b\nt\xedtulo: x\n".to_vec(), &FilePath::new("a.md").unwrap(), &mut findings);
        let why = findings[0].why.as_ref().unwrap();
        assert!(
            why.en.contains("line 2 (byte 6)")
                && why.en.contains("windows-1252")
                && why.en.contains("`título:`"),
            "{why:?}"
        );
    }

    #[test]
    fn controls_are_shown() {
        check(b"a\nb\x1b[31m\0", "a\nb\u{fffd}[31m\u{fffd}", Some("P003"));
        check("a\u{ffff}\tb\r\n".as_bytes(), "a\u{fffd}\tb\r\n", Some("P003"));
        check("\u{ff11}\u{fffd}".as_bytes(), "\u{ff11}\u{fffd}", None);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_become_text(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let text = decode(bytes, &FilePath::default(), &mut Vec::new());
            assert!(!text.chars().any(is_control));
        }
    }
}
