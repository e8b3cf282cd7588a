//! GIF: blocks in a row; comments and data of programs are left out, movement stays.

use super::{Facts, Format, le16};

/// Where the blocks begin: after the head and its table of colours.
fn start(bytes: &[u8]) -> Option<usize> {
    Some(13 + table(*bytes.get(10)?))
}

/// Bytes of the table of colours that these flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 0x07) + 1) }
}

/// Size; a GIF is published as it is, so that it moves.
pub(super) fn look(bytes: &[u8]) -> Option<Facts> {
    Some(Facts {
        format: Format::Gif,
        width: le16(bytes, 6)?,
        height: le16(bytes, 8)?,
        scalable: false,
        transparent: true,
        turn: 1,
    })
}

/// One past the row of sub-blocks that begins here.
fn past_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Without comments, XMP and what follows the end.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = start(bytes)?;
    let mut clean = bytes.get(..at)?.to_vec();
    loop {
        let (end, kept) = match *bytes.get(at)? {
            0x3b => {
                clean.push(0x3b);
                return Some(clean);
            }
            0x2c => (past_blocks(bytes, at + 11 + table(*bytes.get(at + 9)?))?, true),
            0x21 => {
                let label = *bytes.get(at + 1)?;
                let program = bytes.get(at + 3..at + 14).unwrap_or_default();
                let moves = matches!(program, b"NETSCAPE2.0" | b"ANIMEXTS1.0");
                (past_blocks(bytes, at + 2)?, matches!(label, 0xf9 | 0x01) || (label == 0xff && moves))
            }
            _ => return None,
        };
        if kept {
            clean.extend_from_slice(bytes.get(at..end)?);
        }
        at = end;
    }
}
