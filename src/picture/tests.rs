//! Pictures as cameras and programs write them, and what must be left of them.

use proptest::prelude::*;

use super::pixels::{corners, sample};
use super::*;

/// The Exif of a camera: how it was held, and where.
fn exif(turn: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 40]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"GPS 42.88N 8.54W Ana Riveira");
    tiff
}

/// A JPEG with a segment behind its start.
fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let mut whole = jpeg[..2].to_vec();
    whole.extend([0xff, marker]);
    whole.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
    whole.extend(body);
    whole.extend(&jpeg[2..]);
    whole
}

/// A JPEG that a camera made, held like this.
pub(crate) fn photo(width: usize, height: usize, turn: u8) -> Vec<u8> {
    let mut body = b"Exif\0\0".to_vec();
    body.extend(exif(turn));
    let mut jpeg = with_segment(&sample(width, height, Format::Jpeg, false), 0xe1, &body);
    jpeg = with_segment(&jpeg, 0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Ana Riveira</x:xmpmeta>");
    jpeg = with_segment(&jpeg, 0xed, b"Photoshop 3.0\08BIM Ana Riveira");
    jpeg = with_segment(&jpeg, 0xfe, b"Ana Riveira");
    jpeg.extend(b"Ana Riveira behind the end");
    jpeg
}

fn png_with(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let png = sample(40, 20, Format::Png, false);
    let mut whole = png[..33].to_vec();
    whole.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
    whole.extend(name);
    whole.extend(body);
    whole.extend([0; 4]);
    whole.extend(&png[33..]);
    whole
}

fn webp_with_exif(turn: u8) -> Vec<u8> {
    let plain = sample(40, 20, Format::Webp, false);
    let mut whole = b"RIFF\0\0\0\0WEBPVP8X".to_vec();
    whole.extend(10_u32.to_le_bytes());
    whole.extend([0x08, 0, 0, 0, 39, 0, 0, 19, 0, 0]);
    whole.extend(&plain[12..]);
    let exif = exif(turn);
    whole.extend(b"EXIF");
    whole.extend(u32::try_from(exif.len()).unwrap().to_le_bytes());
    whole.extend(&exif);
    let size = u32::try_from(whole.len() - 8).unwrap().to_le_bytes();
    whole[4..8].copy_from_slice(&size);
    whole
}

fn facts(bytes: &[u8]) -> Facts {
    look(bytes).unwrap().unwrap()
}

fn says(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn what_a_picture_is() {
    let check = |bytes: &[u8], format: Format, size: (u32, u32), transparent: bool| {
        let facts = facts(bytes);
        assert_eq!(
            (facts.format, (facts.width, facts.height), facts.transparent),
            (format, size, transparent)
        );
    };
    check(&sample(40, 20, Format::Jpeg, false), Format::Jpeg, (40, 20), false);
    check(&photo(40, 20, 6), Format::Jpeg, (20, 40), false);
    check(&sample(40, 20, Format::Png, true), Format::Png, (40, 20), true);
    check(&sample(40, 20, Format::Webp, true), Format::Webp, (40, 20), true);
    check(&webp_with_exif(1), Format::Webp, (40, 20), false);
    check(b"GIF89a\x28\0\x14\0\0\0\0\x3b", Format::Gif, (40, 20), true);
    let svg = |tag: &str| format!("<?xml version=\"1.0\"?>\n<svg {tag}><path/></svg>");
    for (tag, size) in [
        ("width=\"40\" height=\"20px\"", (40, 20)),
        ("viewBox='0 0 40 20'", (40, 20)),
        ("width=\"100%\" viewBox=\"0,0,40.4,19.6\"", (40, 20)),
        ("stroke-width=\"2\" width=\"3em\"", (0, 0)),
        ("width=\"1e99\" height=\"1\"", (0, 0)),
    ] {
        check(svg(tag).as_bytes(), Format::Svg, size, true);
    }
    for other in [&b"%PDF-1.7"[..], b"", b"<html>", b"PK\x03\x04", b"\xff\xd8"] {
        assert_eq!(look(other), None, "{other:?}");
    }
    assert_eq!(look(b"\0\0\0\x18ftypheic"), Some(Err(Flaw::Unshown("HEIC"))));
    assert_eq!(look(b"II*\0\x08\0\0\0"), Some(Err(Flaw::Unshown("TIFF"))));
    let mut bomb = sample(4, 4, Format::Png, false);
    bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    assert_eq!(look(&bomb), Some(Err(Flaw::TooLarge(65536 * 65536))));
    assert_eq!(look(&sample(40, 20, Format::Jpeg, false)[..20]), Some(Err(Flaw::Broken)));
}

#[test]
fn nothing_but_the_picture_is_left() {
    let mut text = b"Author\0".to_vec();
    text.extend(b"Ana Riveira");
    for bytes in [
        photo(40, 20, 1),
        photo(40, 20, 6),
        png_with(b"tEXt", &text),
        png_with(b"eXIf", &exif(1)),
        png_with(b"eXIf", &exif(6)),
        webp_with_exif(1),
        webp_with_exif(8),
        b"GIF89a\x28\0\x14\0\0\0\0\x21\xfe\x0bAna Riveira\0\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\x3bAna Riveira".to_vec(),
        b"<svg viewBox='0 0 1 1' sodipodi:docname=\"/home/Ana Riveira/a.svg\"><!-- Ana Riveira --><metadata>Ana Riveira</metadata><path/></svg>".to_vec(),
    ] {
        assert!(says(&bytes, "Ana Riveira"));
        let before = facts(&bytes);
        let clean = clean(&bytes, &before).unwrap();
        assert!(!says(&clean, "Ana") && !says(&clean, "GPS"), "{before:?}");
        let after = facts(&clean);
        assert_eq!((after.width, after.height, after.turn), (before.width, before.height, 1), "{before:?}");
        assert_eq!(super::clean(&clean, &after).unwrap(), clean, "twice");
    }
    let plain = sample(40, 20, Format::Jpeg, false);
    assert!(says(
        &clean(
            b"GIF89a\x28\0\x14\0\0\0\0\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0\x3b",
            &facts(b"GIF89a\x28\0\x14\0")
        )
        .unwrap(),
        "NETSCAPE"
    ));
    assert!(clean(&plain, &facts(&plain)).unwrap().len() <= plain.len() + 2);
}

#[test]
fn the_profile_of_colours_stays() {
    let mut body = b"ICC_PROFILE\0\x01\x01".to_vec();
    body.extend(b"a profile of some colours");
    let jpeg = with_segment(&sample(64, 32, Format::Jpeg, false), 0xe2, &body);
    let facts = facts(&jpeg);
    assert!(says(&clean(&jpeg, &facts).unwrap(), "a profile of some colours"));
    assert!(says(&scaled(&jpeg, &facts, &[16]).unwrap()[0], "a profile of some colours"));
}

#[test]
fn pictures_are_turned_upright() {
    // Where the bright upper left corner of the file is shown, as cameras count.
    for (turn, corner) in [(1, 0), (2, 1), (3, 3), (4, 2), (5, 0), (6, 1), (7, 3), (8, 2)] {
        let bytes = photo(64, 32, turn);
        let clean = clean(&bytes, &facts(&bytes)).unwrap();
        let facts = facts(&clean);
        assert_eq!((facts.width, facts.height), if turn > 4 { (32, 64) } else { (64, 32) });
        let bright = corners(&clean, &facts).iter().position(|value| *value > 200);
        assert_eq!(bright, Some(corner), "{turn}");
    }
}

#[test]
fn copies() {
    for (format, transparent) in [
        (Format::Jpeg, false),
        (Format::Png, false),
        (Format::Png, true),
        (Format::Webp, false),
        (Format::Webp, true),
    ] {
        let bytes = sample(160, 80, format, transparent);
        let seen = facts(&bytes);
        let copies = scaled(&bytes, &seen, &[80, 40]).unwrap();
        let sizes: Vec<_> = copies.iter().map(|copy| (facts(copy).width, facts(copy).height)).collect();
        assert_eq!(sizes, [(80, 40), (40, 20)]);
        let kind = if transparent { Format::Png } else { Format::Jpeg };
        assert!(
            copies.iter().all(|copy| facts(copy).format == kind && facts(copy).transparent == transparent)
        );
        assert_eq!(extension_of_copies(&seen), if transparent { "png" } else { "jpg" });
        let [bright, others @ ..] = corners(&copies[1], &facts(&copies[1]));
        assert!(bright > 230 && others.iter().all(|value| *value < 120), "{format:?} {bright} {others:?}");
        assert_eq!(scaled(&bytes, &seen, &[80, 40]).unwrap(), copies, "same bytes");
        assert_eq!(scaled(&bytes, &seen, &[200]), Err(Flaw::Broken), "never larger");
    }
    let turned = photo(160, 80, 6);
    let copy = &scaled(&turned, &facts(&turned), &[40]).unwrap()[0];
    assert_eq!((facts(copy).width, facts(copy).height), (40, 80));
    assert!(!says(copy, "Exif"));
}

#[test]
fn what_is_not_seen_does_not_bleed() {
    let bytes = sample(160, 80, Format::Png, true);
    let copy = &scaled(&bytes, &facts(&bytes), &[20]).unwrap()[0];
    assert!(corners(copy, &facts(copy))[3] < 120);
}

proptest! {
    #[test]
    fn whatever_the_bytes_are(
        seed in 0usize..5,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let mut bytes = match seed {
            0 => photo(24, 16, 6),
            1 => sample(24, 16, Format::Png, true),
            2 => webp_with_exif(3),
            3 => png_with(b"tEXt", b"a\0b"),
            _ => b"GIF89a\x28\0\x14\0\0\0\0\x21\xfe\x03abc\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b".to_vec(),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Some(Ok(facts)) = look(&bytes)
            && u64::from(facts.width) * u64::from(facts.height) < 100_000
        {
            let _ = clean(&bytes, &facts);
            if facts.scalable && facts.width > 4 {
                let _ = scaled(&bytes, &facts, &[4]);
            }
        }
    }
}
