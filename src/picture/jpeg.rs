//! JPEG: a row of segments, each with a marker.

use super::{Facts, Format, be16, exif};

/// A piece of the file.
enum Piece<'b> {
    /// A marker and what belongs to it, after its length.
    Segment { marker: u8, whole: &'b [u8], body: &'b [u8] },
    /// The compressed points after a start of scan.
    Scan(&'b [u8]),
    /// The end of the picture.
    End,
}

/// Walks through the pieces. What follows the end of the picture is never looked at.
struct Pieces<'b> {
    bytes: &'b [u8],
    at: usize,
    in_scan: bool,
}

impl<'b> Pieces<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 2, in_scan: false }
    }

    /// The next piece; `None` when the file ends too early or is no JPEG here.
    fn next(&mut self) -> Option<Piece<'b>> {
        if std::mem::take(&mut self.in_scan) {
            let start = self.at;
            let rest = self.bytes.get(start..)?;
            // A real marker: not a stuffed 0xff, not a restart.
            let is_marker =
                |pair: &[u8]| matches!(pair, [0xff, next] if !matches!(next, 0 | 0xd0..=0xd7 | 0xff));
            let length = rest.windows(2).position(is_marker).unwrap_or(rest.len());
            self.at += length;
            return Some(Piece::Scan(rest.get(..length)?));
        }
        if self.at >= self.bytes.len() {
            // Many programs show a picture that was cut short.
            return Some(Piece::End);
        }
        while self.bytes.get(self.at + 1) == Some(&0xff) {
            self.at += 1;
        }
        let (start, marker) = (self.at, *self.bytes.get(self.at + 1)?);
        if *self.bytes.get(start)? != 0xff || marker == 0 {
            return None;
        }
        if marker == 0xd9 {
            return Some(Piece::End);
        }
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            self.at += 2;
            return Some(Piece::Segment { marker, whole: self.bytes.get(start..start + 2)?, body: &[] });
        }
        let length = usize::try_from(be16(self.bytes, start + 2)?).ok()?;
        let end = start + 2 + length;
        let whole = self.bytes.get(start..end)?;
        self.at = end;
        self.in_scan = marker == 0xda;
        Some(Piece::Segment { marker, whole, body: whole.get(4..)? })
    }
}

/// Size, colours, orientation.
pub(super) fn look(bytes: &[u8]) -> Option<Facts> {
    let mut pieces = Pieces::new(bytes);
    let mut turn = 1;
    loop {
        match pieces.next()? {
            Piece::Segment { marker: 0xe1, body, .. } if body.starts_with(b"Exif\0") => {
                turn = exif::turn(body.get(6..).unwrap_or_default());
            }
            // The frame says the size: all kinds of it but three markers that are others.
            Piece::Segment { marker: marker @ 0xc0..=0xcf, body, .. }
                if !matches!(marker, 0xc4 | 0xc8 | 0xcc) =>
            {
                let colours = *body.get(5)?;
                return Some(Facts {
                    format: Format::Jpeg,
                    width: be16(body, 3)?,
                    height: be16(body, 1)?,
                    scalable: matches!(colours, 1 | 3),
                    transparent: false,
                    turn,
                });
            }
            Piece::End => return None,
            _ => {}
        }
    }
}

/// Without the segments that do not belong to the picture, and without what follows its end. The colour profile stays.
pub(super) fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::with_capacity(bytes.len());
    clean.extend([0xff, 0xd8]);
    let mut pieces = Pieces::new(bytes);
    loop {
        match pieces.next()? {
            Piece::End => break,
            Piece::Scan(scan) => clean.extend_from_slice(scan),
            Piece::Segment { marker, whole, body } => match marker {
                // Density; a thumbnail may follow it.
                0xe0 if body.starts_with(b"JFIF\0") => {
                    clean.extend([0xff, 0xe0, 0, 16]);
                    clean.extend_from_slice(body.get(..12)?);
                    clean.extend([0, 0]);
                }
                0xe2 if body.starts_with(b"ICC_PROFILE\0") => clean.extend_from_slice(whole),
                // How the colours are stored.
                0xee if body.starts_with(b"Adobe") => clean.extend_from_slice(whole),
                0xe0..=0xef | 0xfe => {}
                _ => clean.extend_from_slice(whole),
            },
        }
    }
    clean.extend([0xff, 0xd9]);
    Some(clean)
}
