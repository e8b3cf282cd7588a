//! What HTML in Markdown is read as: tags that are kept, tags that are left out, the text between them.

use std::collections::BTreeSet;

/// A piece of HTML inside a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// `<br>` in any spelling.
    Break,
    /// The start tag of an element that is kept, without attributes.
    Open(Kept),
    /// The end tag of an element that is kept.
    Close(Kept),
    /// A start tag that is left out, with its name.
    Dropped(&'a str),
    /// What is left out without a word: comments, end tags.
    Silent,
}

/// The elements that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Kbd,
    Sub,
    Sup,
    Mark,
}

impl Kept {
    fn of(name: &str) -> Option<Self> {
        [Kept::Kbd, Kept::Sub, Kept::Sup, Kept::Mark]
            .into_iter()
            .find(|kept| name.eq_ignore_ascii_case(kept.name()))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Kept::Kbd => "kbd",
            Kept::Sub => "sub",
            Kept::Sup => "sup",
            Kept::Mark => "mark",
        }
    }

    pub(super) fn start_tag(self) -> &'static str {
        match self {
            Kept::Kbd => "<kbd>",
            Kept::Sub => "<sub>",
            Kept::Sup => "<sup>",
            Kept::Mark => "<mark>",
        }
    }

    pub(super) fn end_tag(self) -> &'static str {
        match self {
            Kept::Kbd => "</kbd>",
            Kept::Sub => "</sub>",
            Kept::Sup => "</sup>",
            Kept::Mark => "</mark>",
        }
    }
}

/// What a whole tag, comment or declaration is.
pub(super) fn piece(html: &str) -> Piece<'_> {
    if html.starts_with("<!--") {
        return Piece::Silent;
    }
    let Some(inside) = html.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
        return Piece::Silent;
    };
    let (inside, closes) = match inside.strip_prefix('/') {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let name = name(inside);
    if name.eq_ignore_ascii_case("br") {
        return Piece::Break;
    }
    let bare = inside.get(name.len()..).is_some_and(|rest| rest.trim().is_empty());
    match Kept::of(name) {
        Some(kept) if closes => Piece::Close(kept),
        Some(kept) if bare => Piece::Open(kept),
        _ if closes => Piece::Silent,
        // `<!DOCTYPE …>`, `<?php …?>`
        _ if name.is_empty() => Piece::Dropped(inside.get(..1).unwrap_or_default()),
        _ => Piece::Dropped(name),
    }
}

fn name(text: &str) -> &str {
    let end = text.find(|character: char| !(character.is_ascii_alphanumeric() || character == '-'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// Elements whose content is no text for readers.
const WITHOUT_TEXT: [&str; 11] = [
    "script", "style", "template", "svg", "math", "iframe", "noscript", "object", "textarea", "select",
    "title",
];

/// The text of a block of HTML, its tags left out, its blanks single; the names of the tags go to `names`.
pub(super) fn text(block: &str, names: &mut BTreeSet<String>) -> String {
    let mut text = String::new();
    // Same length as `block`: only ASCII letters change.
    let lower = block.to_ascii_lowercase();
    let mut at = 0;
    while let Some(rest) = block.get(at..) {
        let Some(open) = rest.find('<') else {
            push_text(&mut text, rest);
            break;
        };
        push_text(&mut text, rest.get(..open).unwrap_or_default());
        let start = at + open;
        let tag = block.get(start..).unwrap_or_default();
        let found = |from: usize, what: &str| {
            lower.get(from..).and_then(|rest| rest.find(what)).map(|length| from + length + what.len())
        };
        let end = if tag.starts_with("<!--") {
            found(start, "-->")
        } else if tag.starts_with("<!") || tag.starts_with("<?") {
            names.insert(tag.chars().skip(1).take(1).collect());
            found(start, ">")
        } else {
            let inside = tag.get(1..).unwrap_or_default();
            let name = name(inside.strip_prefix('/').unwrap_or(inside));
            if name.is_empty() {
                push_text(&mut text, "<");
                at = start + 1;
                continue;
            }
            text.push(' ');
            let end = found(start, ">");
            if inside.starts_with('/') {
                end
            } else {
                let name = name.to_ascii_lowercase();
                let hidden = WITHOUT_TEXT.contains(&name.as_str());
                let close = format!("</{name}");
                if name != "br" {
                    names.insert(name);
                }
                match end {
                    Some(end) if hidden => found(end, &close).and_then(|close| found(close, ">")),
                    _ => end,
                }
            }
        };
        let Some(end) = end else { break };
        at = end;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Appends text with the commonest entities resolved.
fn push_text(text: &mut String, part: &str) {
    const ENTITIES: [(&str, &str); 6] =
        [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " ")];
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let from = rest.get(before.len()..).unwrap_or_default();
        match ENTITIES.iter().find(|(entity, _)| from.starts_with(entity)) {
            Some((entity, character)) => {
                text.push_str(character);
                rest = from.get(entity.len()..).unwrap_or_default();
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        let check = |html: &str, expected: Piece<'_>| assert_eq!(piece(html), expected, "{html:?}");
        for html in ["<br>", "<br/>", "<BR />", "</br>", "<br clear=all>"] {
            check(html, Piece::Break);
        }
        check("<kbd>", Piece::Open(Kept::Kbd));
        check("<Sub >", Piece::Open(Kept::Sub));
        check("</SUP>", Piece::Close(Kept::Sup));
        check("<mark onclick=x>", Piece::Dropped("mark"));
        check("<kbd/>", Piece::Dropped("kbd"));
        check("<kbdx>", Piece::Dropped("kbdx"));
        check("</b>", Piece::Silent);
        check("<!-- <b> -->", Piece::Silent);
        check("<?php x ?>", Piece::Dropped("?"));
        check("<!DOCTYPE html>", Piece::Dropped("!"));
    }

    #[test]
    fn texts_of_blocks() {
        let check = |html: &str, expected: &str, expected_names: &[&str]| {
            let mut names = BTreeSet::new();
            assert_eq!(text(html, &mut names), expected, "{html:?}");
            assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), expected_names, "{html:?}");
        };
        check(
            "<div align=center>\n<b>Hola</b>,<br>mundo &amp; más &foo;\n</div>",
            "Hola , mundo & más &foo;",
            &["b", "div"],
        );
        check("<script>alert(1)</SCRIPT > y", "y", &["script"]);
        check("<style>a{}", "", &["style"]);
        check("<!-- x <b> -->a < b", "a < b", &[]);
        check("<!-- x", "", &[]);
        check("<div", "", &["div"]);
    }
}
