//! Text made safe for HTML: character data, attribute values, addresses. Characters that HTML forbids are left out.

use std::fmt::Write as _;

/// Appends text between tags.
pub fn text(out: &mut String, text: &str) {
    escape::<false>(out, text);
}

/// Appends text to Markdown so that it means nothing but itself, except at the start of a line.
pub fn markdown(out: &mut String, text: &str) {
    for character in text.chars() {
        if matches!(character, '\\' | '*' | '`' | '[' | ']' | '<') {
            out.push('\\');
        }
        out.push(if character == '\n' { ' ' } else { character });
    }
}

/// Appends text between the double quotes of an attribute.
pub fn attribute(out: &mut String, text: &str) {
    escape::<true>(out, text);
}

fn escape<const QUOTED: bool>(out: &mut String, text: &str) {
    let mut rest = text;
    // Every byte looked for is a whole character or the first byte of one, so that the cut is a boundary.
    while let Some(at) = find(rest, is_special::<QUOTED>) {
        let Some((before, after)) = rest.split_at_checked(at) else { break };
        let Some(character) = after.chars().next() else { break };
        out.push_str(before);
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if QUOTED => out.push_str("&quot;"),
            _ if is_forbidden(character) => {}
            _ => out.push(character),
        }
        rest = after.get(character.len_utf8()..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The first byte with a property. The property has no branches, so that the compiler looks at many bytes at once.
pub(super) fn find(text: &str, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const MANY: usize = 16;
    let bytes = text.as_bytes();
    let clean = bytes
        .chunks_exact(MANY)
        .take_while(|chunk| !chunk.iter().fold(false, |any, byte| any | is_wanted(*byte)));
    let start = clean.count() * MANY;
    bytes.get(start..)?.iter().position(|byte| is_wanted(*byte)).map(|at| start + at)
}

/// Marks that are replaced, control characters, the first bytes of U+0080–U+00BF and of the blocks that hold non-characters.
fn is_special<const QUOTED: bool>(byte: u8) -> bool {
    (byte == b'&')
        | (byte == b'<')
        | (byte == b'>')
        | (QUOTED & (byte == b'"'))
        | ((byte < b' ') & (byte != b'\n') & (byte != b'\t'))
        | (byte == 0x7f)
        | (byte == 0xc2)
        | (byte >= 0xef)
}

/// Whether the HTML standard forbids a character: controls but tab and line feed, and the non-characters of Unicode.
pub(super) fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '\u{fdd0}'..='\u{fdef}' => true,
        _ => character.is_control() || (character as u32) & 0xfffe == 0xfffe,
    }
}

/// Appends an address inside the double quotes of `href`: what may not stand in an address is percent-encoded.
pub(super) fn address(out: &mut String, address: &str) {
    // Square brackets may stand in the host only.
    let authority = address.find("//").map_or(0, |slashes| slashes + 2);
    let path = address
        .get(authority..)
        .and_then(|rest| rest.find(['/', '?', '#']))
        .map_or(address.len(), |length| authority + length);
    let mut fragment = false;
    for (at, character) in address.char_indices() {
        match character {
            '&' => out.push_str("&amp;"),
            '#' if !fragment => {
                fragment = true;
                out.push('#');
            }
            '[' | ']' if at < path => out.push(character),
            '%' if is_encoded(address, at) => out.push('%'),
            '-' | '.' | '_' | '~' | ':' | '/' | '?' | '@' | '!' | '$' | '(' | ')' | '*' | '+' | ',' | ';'
            | '=' => {
                out.push(character);
            }
            _ if character.is_alphanumeric() => out.push(character),
            _ => {
                let mut buffer = [0; 4];
                for byte in character.encode_utf8(&mut buffer).bytes() {
                    // Writing to a text cannot fail.
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    }
}

/// Whether two hexadecimal digits follow the per cent sign at `at`.
fn is_encoded(address: &str, at: usize) -> bool {
    address.as_bytes().get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let check = |given: &str, expected: &str| {
            let mut out = String::new();
            text(&mut out, given);
            assert_eq!(out, expected, "{given:?}");
        };
        check("¿Qué & cómo?", "¿Qué &amp; cómo?");
        check("<script>\"'", "&lt;script&gt;\"'");
        check("a\0b\u{7}c\u{7f}d\u{85}e\u{fffe}f\u{1ffff}g\u{fdd0}h\r\n\ti", "abcdefgh\n\ti");
        check("😀«»\u{a0}\u{fffd}", "😀«»\u{a0}\u{fffd}");
    }

    #[test]
    fn addresses() {
        let check = |given: &str, expected: &str| {
            let mut out = String::new();
            address(&mut out, given);
            assert_eq!(out, expected, "{given:?}");
        };
        check("https://x.org/a b?c=\"d\"&e=<f>#g#h", "https://x.org/a%20b?c=%22d%22&amp;e=%3Cf%3E#g%23h");
        check("https://[::1]/[x]", "https://[::1]/%5Bx%5D");
        check("https://x.org/100%/%20/ñ/😀", "https://x.org/100%25/%20/ñ/%F0%9F%98%80");
        check("mailto:a@b.org?subject='x'", "mailto:a@b.org?subject=%27x%27");
    }
}
