//! Points: decoded, turned, made fewer, encoded. The only file that names the libraries of pictures.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use jpeg_encoder::{ColorType as JpegColors, Encoder as JpegEncoder, SamplingFactor};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Facts, Flaw, Format, MOST_POINTS};

/// Quality of copies: what differs from the picture cannot be seen beside it.
const QUALITY: u8 = 80;
/// Quality of a picture that was turned: it is the only one there is.
const TURNED_QUALITY: u8 = 92;
/// Profiles of colours that are larger stay away: they would weigh more than what they are for.
const LARGEST_PROFILE: usize = 64 * 1024;
/// Of larger ones, one at a time is in memory.
const LARGE: u64 = 24_000_000;

static ONE_LARGE: Mutex<()> = Mutex::new(());

/// A decoded picture, three or four bytes a point.
struct Pixels {
    width: usize,
    height: usize,
    /// 3, or 4 with transparency.
    channels: usize,
    bytes: Vec<u8>,
    /// What the numbers of the colours mean, when the file says it.
    profile: Option<Vec<u8>>,
}

/// The picture turned as it is shown, in its format.
pub(super) fn upright(bytes: &[u8], facts: &Facts) -> Result<Vec<u8>, Flaw> {
    guarded(facts, || {
        let pixels = turned(decoded(bytes, facts)?, facts.turn);
        match facts.format {
            Format::Jpeg => jpeg(&pixels, TURNED_QUALITY),
            Format::Webp => webp(&pixels),
            _ => png(&pixels),
        }
    })
}

/// Copies of these widths.
pub(super) fn scaled(bytes: &[u8], facts: &Facts, widths: &[u32]) -> Result<Vec<Vec<u8>>, Flaw> {
    guarded(facts, || {
        let mut pixels = turned(decoded(bytes, facts)?, facts.turn);
        let mut copies = Vec::with_capacity(widths.len());
        for width in widths {
            pixels = narrowed(&pixels, *width as usize).ok_or(Flaw::Broken)?;
            copies.push(if pixels.channels == 4 { png(&pixels)? } else { jpeg(&pixels, QUALITY)? });
        }
        Ok(copies)
    })
}

/// Bounded in memory, and no panic of a decoder gets further.
fn guarded<T>(facts: &Facts, work: impl FnOnce() -> Result<T, Flaw>) -> Result<T, Flaw> {
    let points = u64::from(facts.width) * u64::from(facts.height);
    if points >= MOST_POINTS {
        return Err(Flaw::TooLarge(points));
    }
    let _alone = (points > LARGE).then(|| ONE_LARGE.lock().unwrap_or_else(PoisonError::into_inner));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Flaw::Broken))
}

fn decoded(bytes: &[u8], facts: &Facts) -> Result<Pixels, Flaw> {
    let pixels = match facts.format {
        Format::Jpeg => decoded_jpeg(bytes),
        Format::Png => decoded_png(bytes),
        Format::Webp => decoded_webp(bytes),
        Format::Gif | Format::Avif | Format::Svg => None,
    };
    let pixels = pixels.ok_or(Flaw::Broken)?;
    // What the head said was the bound.
    let sides = [pixels.width.min(pixels.height), pixels.width.max(pixels.height)];
    let said = [facts.width.min(facts.height) as usize, facts.width.max(facts.height) as usize];
    let whole = pixels.bytes.len() == pixels.width * pixels.height * pixels.channels;
    if sides == said && whole { Ok(pixels) } else { Err(Flaw::Broken) }
}

fn decoded_jpeg(bytes: &[u8]) -> Option<Pixels> {
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let bytes = decoder.decode().ok()?;
    let info = decoder.info()?;
    let profile = decoder.icc_profile();
    Some(Pixels {
        width: usize::from(info.width),
        height: usize::from(info.height),
        channels: 3,
        bytes,
        profile,
    })
}

fn decoded_png(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = ::png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(::png::Transformations::normalize_to_color8());
    decoder.ignore_checksums(true);
    let mut reader = decoder.read_info().ok()?;
    let mut raw = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut raw).ok()?;
    raw.truncate(frame.buffer_size());
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let (channels, bytes) = match frame.color_type {
        ::png::ColorType::Rgb => (3, raw),
        ::png::ColorType::Rgba => (4, raw),
        ::png::ColorType::Grayscale => (3, raw.iter().flat_map(|grey| [*grey; 3]).collect()),
        ::png::ColorType::GrayscaleAlpha => {
            let point = |pair: &[u8]| match pair {
                [grey, alpha] => [*grey, *grey, *grey, *alpha],
                _ => [0; 4],
            };
            (4, raw.chunks_exact(2).flat_map(point).collect())
        }
        ::png::ColorType::Indexed => return None,
    };
    Some(Pixels { width: frame.width as usize, height: frame.height as usize, channels, bytes, profile })
}

fn decoded_webp(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).ok()?;
    decoder.set_memory_limit(1 << 30);
    let (width, height) = decoder.dimensions();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let mut bytes = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut bytes).ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    Some(Pixels { width: width as usize, height: height as usize, channels, bytes, profile })
}

/// The profile, when it is worth its weight.
fn profile(pixels: &Pixels) -> Option<&[u8]> {
    pixels.profile.as_deref().filter(|profile| !profile.is_empty() && profile.len() <= LARGEST_PROFILE)
}

fn jpeg(pixels: &Pixels, quality: u8) -> Result<Vec<u8>, Flaw> {
    let side = |side: usize| u16::try_from(side).map_err(|_| Flaw::Broken);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    if let Some(profile) = profile(pixels) {
        encoder.add_icc_profile(profile).map_err(|_| Flaw::Broken)?;
    }
    let colors = if pixels.channels == 4 { JpegColors::Rgba } else { JpegColors::Rgb };
    encoder
        .encode(&pixels.bytes, side(pixels.width)?, side(pixels.height)?, colors)
        .map_err(|_| Flaw::Broken)?;
    Ok(bytes)
}

fn png(pixels: &Pixels) -> Result<Vec<u8>, Flaw> {
    let side = |side: usize| u32::try_from(side).map_err(|_| Flaw::Broken);
    let mut bytes = Vec::new();
    let mut info = ::png::Info::with_size(side(pixels.width)?, side(pixels.height)?);
    info.color_type = if pixels.channels == 4 { ::png::ColorType::Rgba } else { ::png::ColorType::Rgb };
    info.bit_depth = ::png::BitDepth::Eight;
    info.icc_profile = profile(pixels).map(|profile| profile.to_vec().into());
    let written = ::png::Encoder::with_info(&mut bytes, info)
        .and_then(|encoder| encoder.write_header())
        .and_then(|mut writer| {
            writer.write_image_data(&pixels.bytes)?;
            writer.finish()
        });
    written.map(|()| bytes).map_err(|_| Flaw::Broken)
}

fn webp(pixels: &Pixels) -> Result<Vec<u8>, Flaw> {
    let side = |side: usize| u32::try_from(side).map_err(|_| Flaw::Broken);
    let mut bytes = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut bytes);
    if let Some(profile) = profile(pixels) {
        encoder.set_icc_profile(profile.to_vec());
    }
    let colors =
        if pixels.channels == 4 { image_webp::ColorType::Rgba8 } else { image_webp::ColorType::Rgb8 };
    encoder
        .encode(&pixels.bytes, side(pixels.width)?, side(pixels.height)?, colors)
        .map_err(|_| Flaw::Broken)?;
    Ok(bytes)
}

/// Turned and mirrored as cameras count: 3 on its head, 6 and 8 on its sides, even ones and 5, 7 mirrored.
fn turned(pixels: Pixels, turn: u8) -> Pixels {
    if !(2..=8).contains(&turn) {
        return pixels;
    }
    let (width, height) = (pixels.width, pixels.height);
    let (new_width, new_height) = if turn > 4 { (height, width) } else { (width, height) };
    let mut bytes = Vec::with_capacity(pixels.bytes.len());
    for y in 0..new_height {
        for x in 0..new_width {
            let (from_x, from_y) = match turn {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                _ => (width - 1 - y, x),
            };
            let at = (from_y * width + from_x) * pixels.channels;
            bytes.extend_from_slice(pixels.bytes.get(at..at + pixels.channels).unwrap_or_default());
        }
    }
    Pixels { width: new_width, height: new_height, bytes, ..pixels }
}

/// How much each old place says in a new one, by Catmull and Rom's curve, widened so that no old place is passed over.
struct Share {
    from: usize,
    weights: Vec<f32>,
}

fn shares(old: usize, new: usize) -> Vec<Share> {
    let ratio = old as f64 / new as f64;
    let curve = |distance: f64| {
        let x = distance.abs();
        if x < 1.0 {
            (1.5 * x - 2.5) * x * x + 1.0
        } else if x < 2.0 {
            ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
        } else {
            0.0
        }
    };
    let reach = 2.0 * ratio;
    (0..new)
        .map(|place| {
            let middle = (place as f64 + 0.5) * ratio;
            let from = (middle - reach).floor().max(0.0) as usize;
            let to = ((middle + reach).ceil() as usize).min(old);
            let weights: Vec<f64> = (from..to).map(|at| curve((at as f64 + 0.5 - middle) / ratio)).collect();
            let sum: f64 = weights.iter().sum();
            Share { from, weights: weights.iter().map(|weight| (weight / sum) as f32).collect() }
        })
        .collect()
}

/// A narrower copy; none when it would be wider.
fn narrowed(pixels: &Pixels, width: usize) -> Option<Pixels> {
    if width == 0 || width > pixels.width {
        return None;
    }
    if width == pixels.width {
        return Some(Pixels { bytes: pixels.bytes.clone(), profile: pixels.profile.clone(), ..*pixels });
    }
    let height = ((pixels.height * width + pixels.width / 2) / pixels.width).max(1);
    let channels = pixels.channels;
    let (columns, rows) = (shares(pixels.width, width), shares(pixels.height, height));
    let source = if channels == 4 { faded(&pixels.bytes) } else { Vec::new() };
    let source: &[u8] = if channels == 4 { &source } else { &pixels.bytes };
    let stride = pixels.width * channels;
    let mut sums = vec![0.0_f32; stride];
    let mut bytes = Vec::with_capacity(width * height * channels);
    for row in &rows {
        sums.fill(0.0);
        let lines = source.get(row.from * stride..).unwrap_or_default().chunks_exact(stride);
        for (line, weight) in lines.zip(&row.weights) {
            for (sum, byte) in sums.iter_mut().zip(line) {
                *sum += weight * f32::from(*byte);
            }
        }
        match channels {
            4 => across::<4>(&sums, &columns, &mut bytes),
            _ => across::<3>(&sums, &columns, &mut bytes),
        }
    }
    if channels == 4 {
        unfaded(&mut bytes);
    }
    Some(Pixels { width, height, channels, bytes, profile: pixels.profile.clone() })
}

/// One row of sums, made narrower.
fn across<const CHANNELS: usize>(sums: &[f32], columns: &[Share], bytes: &mut Vec<u8>) {
    for column in columns {
        let mut point = [0.0_f32; CHANNELS];
        let points = sums.get(column.from * CHANNELS..).unwrap_or_default().chunks_exact(CHANNELS);
        for (old, weight) in points.zip(&column.weights) {
            for (channel, value) in point.iter_mut().zip(old) {
                *channel += weight * value;
            }
        }
        bytes.extend(point.map(|channel| (channel + 0.5).clamp(0.0, 255.0) as u8));
    }
}

/// Colours weighed by how much is seen of them: what is hidden behind glass must not bleed out.
fn faded(bytes: &[u8]) -> Vec<u8> {
    let mut faded = bytes.to_vec();
    for point in faded.chunks_exact_mut(4) {
        if let [red, green, blue, alpha] = point {
            for colour in [red, green, blue] {
                *colour = ((u16::from(*colour) * u16::from(*alpha) + 127) / 255) as u8;
            }
        }
    }
    faded
}

fn unfaded(bytes: &mut [u8]) {
    for point in bytes.chunks_exact_mut(4) {
        if let [red, green, blue, alpha] = point
            && *alpha > 0
        {
            for colour in [red, green, blue] {
                let whole = (u16::from(*colour) * 255 + u16::from(*alpha) / 2) / u16::from(*alpha);
                *colour = whole.min(255) as u8;
            }
        }
    }
}

/// A picture of a test: a gradient with a bright corner, so that turning it shows.
#[cfg(test)]
pub(super) fn sample(width: usize, height: usize, format: Format, transparent: bool) -> Vec<u8> {
    let channels = if transparent { 4 } else { 3 };
    let mut bytes = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let corner = x < width / 4 && y < height / 4;
            bytes.push(if corner { 250 } else { (x * 100 / width) as u8 });
            bytes.push(if corner { 250 } else { (y * 100 / height) as u8 });
            bytes.push(if corner { 250 } else { 60 });
            if transparent {
                bytes.push(if corner { 255 } else { 40 });
            }
        }
    }
    let pixels = Pixels { width, height, channels, bytes, profile: None };
    match format {
        Format::Jpeg => jpeg(&pixels, 92),
        Format::Webp => webp(&pixels),
        _ => png(&pixels),
    }
    .unwrap_or_default()
}

/// The brightness of the four corners of a picture of a test: upper left, upper right, lower left, lower right.
#[cfg(test)]
pub(super) fn corners(bytes: &[u8], facts: &Facts) -> [u8; 4] {
    let Ok(pixels) = decoded(bytes, facts) else { return [0; 4] };
    let at =
        |x: usize, y: usize| pixels.bytes.get((y * pixels.width + x) * pixels.channels).copied().unwrap_or(0);
    let (right, bottom) = (pixels.width - 2, pixels.height - 2);
    [at(1, 1), at(right, 1), at(1, bottom), at(right, bottom)]
}
