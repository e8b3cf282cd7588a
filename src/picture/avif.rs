//! AVIF: only what the boxes at its start say. It is published as it is, or not at all.

use super::{Facts, Format, be32};

/// How far the boxes that describe the picture are looked for.
const REACH: usize = 64 * 1024;

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..REACH.min(bytes.len())).unwrap_or_default()
}

fn find<'b>(head: &'b [u8], name: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    head.windows(name.len()).enumerate().filter(move |(_, window)| *window == name).map(|(at, _)| at)
}

/// Size: the largest that is told, since tiles are told too.
pub(super) fn look(bytes: &[u8]) -> Option<Facts> {
    let head = head(bytes);
    let sizes = find(head, b"ispe").filter_map(|at| Some((be32(head, at + 8)?, be32(head, at + 12)?)));
    let (width, height) = sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))?;
    let quarter =
        find(head, b"irot").next().and_then(|at| head.get(at + 4)).is_some_and(|turn| turn % 2 == 1);
    let (width, height) = if quarter { (height, width) } else { (width, height) };
    Some(Facts { format: Format::Avif, width, height, scalable: false, transparent: true, turn: 1 })
}

/// Whether Exif or XMP is in it.
pub(super) fn says_more(bytes: &[u8]) -> bool {
    let head = head(bytes);
    find(head, b"Exif").next().is_some() || find(head, b"rdf+xml").next().is_some()
}
