//! Floor 3: pictures as bytes: what they are, clean copies without what cameras and programs write into them, and smaller copies.
//!
//! 1. [`look`] reads format and size from the first bytes that say them; nothing is decoded.
//! 2. [`clean`] takes out everything that is not the picture: where and when it was taken, with what, by whom, its comments and thumbnails. A picture that lies on its side is turned.
//! 3. [`scaled`] makes narrower copies.
//!
//! Files come from anywhere: every length is checked, sizes are bounded, and a decoder that fails or panics gives a [`Flaw`].

mod avif;
mod exif;
mod gif;
mod jpeg;
mod pixels;
mod png;
mod svg;
mod webp;

#[cfg(test)]
pub(crate) mod tests;

use std::borrow::Cow;

/// Points of a picture that are still decoded: twice what large cameras make. Beyond it a small file could fill the memory.
pub const MOST_POINTS: u64 = 120_000_000;

/// Changes with everything that changes the bytes of a copy, so that old copies are not taken for new ones.
pub const RECIPE: &str = "1";

/// The formats that browsers show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Photographs.
    Jpeg,
    /// Drawings and pictures of screens.
    Png,
    /// Either.
    Webp,
    /// Old drawings, and what moves.
    Gif,
    /// Either, newer.
    Avif,
    /// Drawings of lines.
    Svg,
}

/// What the first bytes of a picture say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// Its format, whatever its name says.
    pub format: Format,
    /// Width in points as it is shown; 0 when a drawing does not say it.
    pub width: u32,
    /// Height in points as it is shown.
    pub height: u32,
    /// Whether narrower copies of it can be made.
    pub scalable: bool,
    /// Whether something may be seen through it.
    pub transparent: bool,
    /// How it has to be turned, from 1 (not at all) to 8, as cameras count.
    pub turn: u8,
}

/// Why a picture is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It ends too early or says what cannot be.
    Broken,
    /// It has more points than [`MOST_POINTS`]: so many.
    TooLarge(u64),
    /// A format that browsers do not show (HEIC, TIFF, BMP).
    Unshown(&'static str),
    /// What was written into it besides the picture cannot be taken out.
    Sealed,
}

/// What a file is, when its first bytes are those of a picture.
pub fn look(bytes: &[u8]) -> Option<Result<Facts, Flaw>> {
    let facts = match format(bytes)? {
        Ok(Format::Jpeg) => jpeg::look(bytes),
        Ok(Format::Png) => png::look(bytes),
        Ok(Format::Webp) => webp::look(bytes),
        Ok(Format::Gif) => gif::look(bytes),
        Ok(Format::Avif) => avif::look(bytes),
        Ok(Format::Svg) => Some(svg::look(bytes)),
        Err(unshown) => return Some(Err(Flaw::Unshown(unshown))),
    };
    let Some(mut facts) = facts else { return Some(Err(Flaw::Broken)) };
    if facts.turn > 4 {
        std::mem::swap(&mut facts.width, &mut facts.height);
    }
    let points = u64::from(facts.width) * u64::from(facts.height);
    Some(match (facts.format, points) {
        (Format::Svg, _) => Ok(facts),
        (_, 0) => Err(Flaw::Broken),
        (_, MOST_POINTS..) => Err(Flaw::TooLarge(points)),
        _ => Ok(facts),
    })
}

/// The picture without anything else that was written into the file, upright.
///
/// # Errors
/// When it cannot be read, or what is in it cannot be taken out.
pub fn clean<'b>(bytes: &'b [u8], facts: &Facts) -> Result<Cow<'b, [u8]>, Flaw> {
    if facts.turn > 1 {
        return pixels::upright(bytes, facts).map(Cow::Owned);
    }
    match facts.format {
        Format::Jpeg => jpeg::clean(bytes).map(Cow::Owned).ok_or(Flaw::Broken),
        Format::Png => png::clean(bytes).map(Cow::Owned).ok_or(Flaw::Broken),
        Format::Webp => webp::clean(bytes).map(Cow::Owned).ok_or(Flaw::Broken),
        Format::Gif => gif::clean(bytes).map(Cow::Owned).ok_or(Flaw::Broken),
        Format::Avif if avif::says_more(bytes) => Err(Flaw::Sealed),
        Format::Avif => Ok(Cow::Borrowed(bytes)),
        Format::Svg => Ok(svg::clean(bytes)),
    }
}

/// Copies of these widths, in their order, in the format that [`extension_of_copies`] says. Widths go down and are less than that of the picture.
///
/// # Errors
/// When it cannot be decoded.
pub fn scaled(bytes: &[u8], facts: &Facts, widths: &[u32]) -> Result<Vec<Vec<u8>>, Flaw> {
    pixels::scaled(bytes, facts, widths)
}

/// How the names of smaller copies end: a photograph stays one; what can be seen through must be a PNG.
pub fn extension_of_copies(facts: &Facts) -> &'static str {
    if facts.transparent { "png" } else { "jpg" }
}

/// The format by the first bytes; the name of one that browsers do not show.
fn format(bytes: &[u8]) -> Option<Result<Format, &'static str>> {
    let brand = bytes.get(8..12).unwrap_or_default();
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some(Ok(Format::Jpeg));
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some(Ok(Format::Png));
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Some(Ok(Format::Gif));
    }
    if bytes.starts_with(b"RIFF") && brand == b"WEBP" {
        return Some(Ok(Format::Webp));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return match brand {
            b"avif" | b"avis" => Some(Ok(Format::Avif)),
            b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1" => Some(Err("HEIC")),
            _ => None,
        };
    }
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return Some(Err("TIFF"));
    }
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(Err("BMP"));
    }
    svg::is(bytes).then_some(Ok(Format::Svg))
}

/// Two bytes, the greater first.
fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    let [high, low] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u32::from(u16::from_be_bytes([high, low])))
}

/// Four bytes, the greater first.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Four bytes, the lesser first.
fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Two bytes, the lesser first.
fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    let [low, high] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u32::from(u16::from_le_bytes([low, high])))
}
