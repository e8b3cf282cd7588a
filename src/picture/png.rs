//! PNG: a row of chunks, each with a name.

use super::{Facts, Format, be32, exif};

/// Chunks that belong to the picture: points, colours, transparency, size in print, movement.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// A chunk: its name, what is in it, and all of it.
struct Chunk<'b> {
    name: &'b [u8],
    body: &'b [u8],
    whole: &'b [u8],
}

/// The chunks up to the last; `None` in the place of one that is cut short.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Option<Chunk<'_>>> {
    let mut at = 8;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let chunk = chunk(bytes, at);
        ended = chunk.as_ref().is_none_or(|chunk| chunk.name == b"IEND");
        at += chunk.as_ref().map_or(0, |chunk| chunk.whole.len());
        Some(chunk)
    })
}

fn chunk(bytes: &[u8], at: usize) -> Option<Chunk<'_>> {
    let length = usize::try_from(be32(bytes, at)?).ok()?;
    let whole = bytes.get(at..at.checked_add(length)?.checked_add(12)?)?;
    Some(Chunk { name: whole.get(4..8)?, body: whole.get(8..8 + length)?, whole })
}

/// Size, transparency, movement.
pub(super) fn look(bytes: &[u8]) -> Option<Facts> {
    let head = chunk(bytes, 8).filter(|chunk| chunk.name == b"IHDR")?;
    let colours = *head.body.get(9)?;
    let mut facts = Facts {
        format: Format::Png,
        width: be32(head.body, 0)?,
        height: be32(head.body, 4)?,
        scalable: true,
        transparent: matches!(colours, 4 | 6),
        turn: 1,
    };
    for chunk in chunks(bytes).map_while(|chunk| chunk) {
        match chunk.name {
            b"tRNS" => facts.transparent = true,
            b"acTL" => facts.scalable = false,
            b"eXIf" => facts.turn = exif::turn(chunk.body),
            _ => {}
        }
    }
    if !facts.scalable {
        // What moves is not turned.
        facts.turn = 1;
    }
    Some(facts)
}

/// Without texts, times and everything else that is not the picture.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::with_capacity(bytes.len());
    clean.extend_from_slice(bytes.get(..8)?);
    for chunk in chunks(bytes) {
        let chunk = chunk?;
        if KEPT.iter().any(|name| chunk.name == *name) {
            clean.extend_from_slice(chunk.whole);
        }
    }
    Some(clean)
}
