//! A picture with a palette as PNG: four chunks, no ancillary ones, nothing that tells when or where it was made.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// The file. `points` are places in the palette, row by row.
pub(super) fn encode(width: u32, height: u32, palette: &[(u8, u8, u8)], points: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::with_capacity(13);
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    // Eight bits a point, colours from the palette, no interlacing.
    header.extend([8, 3, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    let colors: Vec<u8> = palette.iter().flat_map(|(red, green, blue)| [*red, *green, *blue]).collect();
    chunk(&mut file, b"PLTE", &colors);
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::new(7));
    for row in points.chunks(width as usize) {
        // No filter: places in a palette are no amounts. Writing to memory cannot fail.
        let _ = rows.write_all(&[0]);
        let _ = rows.write_all(row);
    }
    chunk(&mut file, b"IDAT", &rows.finish().unwrap_or_default());
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    file.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    file.extend(name);
    file.extend(content);
    let mut sum = crc32fast::Hasher::new();
    sum.update(name);
    sum.update(content);
    file.extend(sum.finalize().to_be_bytes());
}
