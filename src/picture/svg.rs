//! SVG: size, and what drawing programs leave in it. Whether it could run something is asked elsewhere.

use std::borrow::Cow;

use super::{Facts, Format};

/// How far the `<svg` is looked for.
const REACH: usize = 4096;

/// Attributes in which programs keep names and paths of the machine.
const TALKING: &[&str] = &["sodipodi:docname", "sodipodi:absref", "inkscape:export-filename", "xml:base"];

/// Whether a text is a drawing.
pub(super) fn is(bytes: &[u8]) -> bool {
    let head = bytes.get(..REACH.min(bytes.len())).unwrap_or_default();
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    start.starts_with(b"<") && head.windows(4).any(|window| window == b"<svg")
}

/// Size by `width` and `height` in points, else by `viewBox`; 0 when neither says it.
pub(super) fn look(bytes: &[u8]) -> Facts {
    let text = String::from_utf8_lossy(bytes.get(..REACH.min(bytes.len())).unwrap_or_default());
    let tag = text.split_once("<svg").map_or("", |(_, rest)| rest.split('>').next().unwrap_or_default());
    let side = |name: &str| {
        let value = attribute(tag, name)?;
        value.trim().trim_end_matches("px").parse::<f64>().ok().filter(|side| (1.0..20_000.0).contains(side))
    };
    let of_box = || {
        let view = attribute(tag, "viewBox")?;
        let mut sides = view.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        let mut side = || sides.next()?.parse::<f64>().ok().filter(|side| (1.0..20_000.0).contains(side));
        Some((side()?, side()?))
    };
    let (width, height) = side("width")
        .zip(side("height"))
        .or_else(of_box)
        .map_or((0.0, 0.0), |(width, height)| (width.round(), height.round()));
    Facts {
        format: Format::Svg,
        width: width as u32,
        height: height as u32,
        scalable: false,
        transparent: true,
        turn: 1,
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = tag.match_indices(name).find_map(|(at, _)| {
        let before = tag.get(..at)?;
        let after = tag.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        before.ends_with(char::is_whitespace).then_some((at, after))
    })?;
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    after.get(1..)?.split(quote).next()
}

/// Without comments, `<metadata>` and attributes that tell paths.
pub(super) fn clean(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Cow::Borrowed(bytes) };
    if !text.contains("<!--")
        && !text.contains("<metadata")
        && !TALKING.iter().any(|name| text.contains(name))
    {
        return Cow::Borrowed(bytes);
    }
    let mut clean = without(text, "<!--", "-->");
    clean = without(&clean, "<metadata", "</metadata>");
    for name in TALKING {
        while let Some(at) = clean.find(name) {
            let quoted = clean.get(at..).and_then(|rest| {
                let open = rest.find(['"', '\''])?;
                let quote = rest.get(open..)?.chars().next()?;
                Some(open + 1 + rest.get(open + 1..)?.find(quote)? + 1)
            });
            clean.replace_range(at..at + quoted.unwrap_or(name.len()), "");
        }
    }
    Cow::Owned(clean.into_bytes())
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        kept.push_str(before);
        rest = after.split_once(close).map_or("", |(_, rest)| rest);
    }
    kept.push_str(rest);
    kept
}
