//! What the address of a link or picture is: outside, inside the playbook, or nothing that a page may hold.

use std::borrow::Cow;

/// The kinds of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// `http:` and `https:` with a host.
    Outside,
    /// `mailto:` and `tel:`.
    Person,
    /// A path, a path and a fragment, a fragment.
    Inside,
    /// Nothing was written.
    Empty,
    /// Every other scheme, addresses that a browser would read as another scheme or host, addresses without a host.
    Refused,
}

impl Address {
    /// The kind of an address as Markdown gives it: entities and backslashes already resolved.
    ///
    /// A browser drops control characters and resolves backslashes before it looks for a scheme, and a later step might decode `%3A`; all these readings must be harmless.
    pub(super) fn of(address: &str) -> Self {
        let clean = without_blanks(address);
        if clean.is_empty() {
            return Address::Empty;
        }
        let decoded = decode(&clean);
        let decoded = without_blanks(&decoded);
        if names_host(&clean) || names_host(&decoded) {
            return Address::Refused;
        }
        let Some(scheme) = scheme(&clean) else {
            return if self::scheme(&decoded).is_some() { Address::Refused } else { Address::Inside };
        };
        let trimmed = address.trim();
        let as_written = trimmed.get(..scheme.len()) == Some(scheme) && !trimmed.contains(char::is_control);
        if !as_written {
            return Address::Refused;
        }
        let rest = trimmed.get(scheme.len() + 1..).unwrap_or_default();
        if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
            if has_host(rest) { Address::Outside } else { Address::Refused }
        } else if scheme.eq_ignore_ascii_case("mailto") || scheme.eq_ignore_ascii_case("tel") {
            if rest.trim().is_empty() { Address::Refused } else { Address::Person }
        } else {
            Address::Refused
        }
    }
}

/// The scheme of an address, if it has one.
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#', '\\'])?;
    address.get(end..)?.starts_with(':').then(|| address.get(..end)).flatten()
}

/// `//host`, which a browser completes with the scheme of the page, in all its spellings.
fn names_host(address: &str) -> bool {
    let mut bytes = address.bytes();
    matches!((bytes.next(), bytes.next()), (Some(b'/' | b'\\'), Some(b'/' | b'\\')))
}

/// Whether `//`, a host of characters that a host may have, and perhaps a path follow the scheme.
fn has_host(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit('@').next().unwrap_or_default();
    let fits = |character: char| character.is_alphanumeric() || "-._~:@[]%!$&()*+,;=".contains(character);
    name.starts_with(|first: char| first.is_alphanumeric() || first == '[') && host.chars().all(fits)
}

fn without_blanks(address: &str) -> Cow<'_, str> {
    let is_blank = |character: char| {
        character.is_control()
            || character.is_whitespace()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')
    };
    if address.bytes().all(|byte| byte.is_ascii_graphic()) {
        Cow::Borrowed(address)
    } else if address.contains(is_blank) {
        Cow::Owned(address.chars().filter(|character| !is_blank(*character)).collect())
    } else {
        Cow::Borrowed(address)
    }
}

/// Path and fragment of an address inside the playbook, percent-decoded once.
pub(super) fn parts(address: &str) -> (String, String) {
    let (path, fragment) = address.trim().split_once('#').unwrap_or((address.trim(), ""));
    (decode(path).into_owned(), decode(fragment).into_owned())
}

/// `%C3%B1` as `ñ`; as written when the bytes are no text.
fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (first, digit(0), digit(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let check = |address: &str, kind: Address| assert_eq!(Address::of(address), kind, "{address:?}");
        for outside in [
            "https://x.org",
            "HTTP://x.org/a b",
            " https://ñandú.es?x#y ",
            "https://[::1]:80/",
            "https://u@x.org",
        ] {
            check(outside, Address::Outside);
        }
        for person in ["mailto:a@b.org", "tel:+34 600", "MAILTO:a@b.org?subject=x"] {
            check(person, Address::Person);
        }
        for inside in
            ["a.md", "../b/c.md#d", "#e", "?f", "/g.md", "a/b:c.md", "100%25.md", "ñ.md", "a b.md", "%"]
        {
            check(inside, Address::Inside);
        }
        for empty in ["", "  ", "\u{1}", "\u{200b}"] {
            check(empty, Address::Empty);
        }
        for refused in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:x",
            "\u{1}javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "javascript%3Ax",
            "%6aavascript:x",
            "java%0ascript%3Ax",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "blob:x",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "%2F%2Fevil.example",
            "/%2Fevil.example",
            "\t//evil.example",
            "https:evil",
            "https:/evil",
            "https://",
            "https:///x",
            "http://<x>",
            "c:\\x",
            "channel:instagram",
            "mailto:",
            "\u{200b}javascript:x",
            "http\n://x.org",
            ":x",
        ] {
            check(refused, Address::Refused);
        }
    }

    #[test]
    fn decoding_happens_once() {
        assert_eq!(parts(" a%20b/%C3%B1.md#s%C3%AD "), ("a b/ñ.md".to_owned(), "sí".to_owned()));
        assert_eq!(parts("%2520.md"), ("%20.md".to_owned(), String::new()));
        assert_eq!(parts("%ff.md#%"), ("%ff.md".to_owned(), "%".to_owned()));
    }
}
