//! WebP: a row of chunks in a RIFF file.

use super::{Facts, Format, exif, le16, le32};

/// Chunks that belong to the picture.
const KEPT: &[&[u8; 4]] = &[b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// Bits of the head that announce Exif and XMP.
const ANNOUNCED: u8 = 0x08 | 0x04;

/// Name, inside, and all of a chunk, in order; `None` in the place of one that is cut short.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Option<(&[u8], &[u8], &[u8])>> {
    let said = le32(bytes, 4).and_then(|size| usize::try_from(size).ok()).unwrap_or(0).saturating_add(8);
    let bytes = bytes.get(..said.min(bytes.len())).unwrap_or_default();
    let mut at = 12;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let chunk = (|| {
            let length = usize::try_from(le32(bytes, at + 4)?).ok()?;
            let inside = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
            let end = (at + 8 + length + length % 2).min(bytes.len());
            Some((bytes.get(at..at + 4)?, inside, bytes.get(at..end)?))
        })();
        at = chunk.map_or(bytes.len(), |(_, _, whole)| at + whole.len());
        Some(chunk)
    })
}

/// Size, transparency, movement, orientation.
pub(super) fn look(bytes: &[u8]) -> Option<Facts> {
    let mut facts: Option<Facts> = None;
    let mut turn = 1;
    for (name, inside, _) in chunks(bytes).map_while(|chunk| chunk) {
        let found = |width: u32, height: u32, transparent: bool| Facts {
            format: Format::Webp,
            width,
            height,
            scalable: true,
            transparent,
            turn: 1,
        };
        match name {
            b"VP8X" => {
                let flags = *inside.first()?;
                let side = |at: usize| Some((le32(inside, at)? & 0x00ff_ffff) + 1);
                let height = u32::from(*inside.get(7)?)
                    | u32::from(*inside.get(8)?) << 8
                    | u32::from(*inside.get(9)?) << 16;
                let mut head = found(side(4)?, height + 1, flags & 0x10 != 0);
                head.scalable = flags & 0x02 == 0;
                facts = Some(head);
            }
            b"VP8 " if facts.is_none() => {
                facts = Some(found(le16(inside, 6)? & 0x3fff, le16(inside, 8)? & 0x3fff, false));
            }
            b"VP8L" if facts.is_none() => {
                let bits = le32(inside, 1)?;
                facts = Some(found((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, bits >> 28 & 1 == 1));
            }
            b"EXIF" => turn = exif::turn(inside.strip_prefix(b"Exif\0\0").unwrap_or(inside)),
            _ => {}
        }
    }
    let mut facts = facts?;
    facts.turn = if facts.scalable { turn } else { 1 };
    Some(facts)
}

/// Without Exif, XMP and unknown chunks.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = b"RIFF\0\0\0\0WEBP".to_vec();
    for chunk in chunks(bytes) {
        let (name, _, whole) = chunk?;
        if !KEPT.iter().any(|kept| name == *kept) {
            continue;
        }
        let start = clean.len();
        clean.extend_from_slice(whole);
        if clean.len() % 2 == 1 {
            clean.push(0);
        }
        if name == b"VP8X"
            && let Some(flags) = clean.get_mut(start + 8)
        {
            *flags &= !ANNOUNCED;
        }
    }
    let size = u32::try_from(clean.len() - 8).ok()?;
    clean.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(clean)
}
