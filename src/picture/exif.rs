//! The one thing of Exif that matters: how the camera was held.

use super::{be16, be32, le16, le32};

/// Entries of a directory that are looked at.
const MOST_ENTRIES: u32 = 500;

/// From 1 to 8; 1 when nothing is said or what is said makes no sense. `tiff` begins after `Exif\0\0`.
pub(super) fn turn(tiff: &[u8]) -> u8 {
    read(tiff).filter(|turn| (1..=8).contains(turn)).and_then(|turn| u8::try_from(turn).ok()).unwrap_or(1)
}

fn read(tiff: &[u8]) -> Option<u32> {
    type Number = fn(&[u8], usize) -> Option<u32>;
    let (short, long): (Number, Number) = match tiff.get(..4)? {
        b"II*\0" => (le16, le32),
        b"MM\0*" => (be16, be32),
        _ => return None,
    };
    let first = usize::try_from(long(tiff, 4)?).ok()?;
    let count = short(tiff, first)?.min(MOST_ENTRIES);
    (0..usize::try_from(count).ok()?).find_map(|entry| {
        let at = first.checked_add(2 + entry * 12)?;
        (short(tiff, at)? == 0x0112).then(|| short(tiff, at + 8)).flatten()
    })
}
