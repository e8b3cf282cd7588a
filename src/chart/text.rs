//! How wide a text will be, without any font of the machine: the widest glyph of six common fonts, so that a label that fits here fits everywhere.
//!
//! Thousandths of the font size, the greatest of Liberation Sans, DejaVu Sans, Inter, Open Sans, Roboto and Noto Sans.

const ASCII: [u16; 95] = [
    318, 401, 460, 838, 638, 950, 780, 275, 390, 390, 552, 838, 318, 460, 318, 413, 636, 636, 636, 636, 642,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 727, 770, 667, 611, 778, 752, 339,
    552, 667, 562, 907, 760, 787, 667, 787, 722, 667, 642, 741, 684, 989, 685, 667, 685, 390, 411, 390, 838,
    556, 577, 613, 635, 558, 635, 615, 361, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 413, 523,
    392, 634, 592, 818, 592, 592, 541, 636, 551, 636, 838,
];
const LATIN: [u16; 96] = [
    318, 401, 636, 636, 723, 636, 551, 613, 591, 1000, 471, 612, 838, 460, 1000, 552, 500, 838, 420, 430,
    577, 636, 655, 318, 500, 401, 471, 612, 969, 969, 969, 611, 684, 684, 684, 684, 684, 684, 1000, 727, 667,
    667, 667, 667, 339, 339, 339, 339, 775, 760, 787, 787, 787, 787, 787, 838, 787, 741, 741, 741, 741, 667,
    667, 631, 613, 613, 613, 613, 613, 613, 982, 558, 615, 615, 615, 615, 278, 278, 278, 278, 612, 634, 612,
    612, 612, 612, 612, 838, 612, 634, 634, 634, 634, 592, 635, 592,
];

/// Width in px of a text at a font size in px.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    let thousandths: u32 = text.chars().map(|character| u32::from(advance(character))).sum();
    f64::from(thousandths) * size / 1000.0
}

/// Width of a text set bold: measured to be at most 6 % more.
pub(crate) fn bold_width(text: &str, size: f64) -> f64 {
    width(text, size) * 1.06
}

fn advance(character: char) -> u16 {
    let code = character as usize;
    let known = match code {
        32..=126 => ASCII.get(code - 32),
        160..=255 => LATIN.get(code - 160),
        _ => None,
    };
    match (known, character) {
        (Some(width), _) => *width,
        (None, '\u{2009}' | '\u{202f}') => 250,
        (None, '\u{2018}' | '\u{2019}') => 320,
        (None, '\u{201c}' | '\u{201d}') => 520,
        (None, '\u{2070}'..='\u{208e}') => 450,
        (None, '\u{0300}'..='\u{036f}' | '\u{200b}'..='\u{200f}') => 0,
        // Latin, Greek, Cyrillic, Arabic, Hebrew: a generous mean. Dashes, signs and the scripts of the East: a full square.
        (None, '\u{0100}'..='\u{058f}') => 780,
        (None, '\u{0590}'..='\u{07ff}') => 700,
        (None, _) => 1000,
    }
}

/// The text, or as many of its first characters as fit with `…` behind them.
pub(crate) fn cut(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut left = room - width("…", size);
    let mut short = String::new();
    for character in text.chars() {
        left -= f64::from(advance(character)) * size / 1000.0;
        if left < 0.0 {
            break;
        }
        short.push(character);
    }
    format!("{}…", short.trim_end())
}

/// The text in at most `lines` lines no wider than `room`, broken at blanks; the last line is cut when it does not fit.
pub(crate) fn wrap(text: &str, size: f64, room: f64, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match wrapped.last_mut() {
            Some(line) if wrapped_len_fits(line, word, size, room) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => wrapped.push(word.to_owned()),
        }
    }
    if wrapped.len() > lines {
        let rest = wrapped.split_off(lines.saturating_sub(1)).join(" ");
        wrapped.push(rest);
    }
    wrapped.iter().map(|line| cut(line, size, room)).collect()
}

fn wrapped_len_fits(line: &str, word: &str, size: f64, room: f64) -> bool {
    width(line, size) + width(" ", size) + width(word, size) <= room
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wider_than_the_real_fonts() {
        // Measured at 13 px: 192.2 in Liberation Sans to 205.5 in Inter.
        let width = width("Crisis: retirada de producto 4.219", 13.0);
        assert!((205.5..230.0).contains(&width), "{width}");
    }

    #[test]
    fn wrapping() {
        let room = width("Instagram y", 14.0) + 1.0;
        assert_eq!(wrap("Instagram y Facebook", 14.0, room, 2), ["Instagram y", "Facebook"]);
        assert_eq!(wrap("", 14.0, room, 2), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn never_wider_than_the_room(text in "[ a-zñáA-Z0-9日]{0,60}", room in 20.0..300.0f64, lines in 1usize..4) {
            prop_assert!(width(&cut(&text, 14.0, room), 14.0) <= room + 0.001);
            let wrapped = wrap(&text, 14.0, room, lines);
            prop_assert!(wrapped.len() <= lines);
            prop_assert!(wrapped.iter().all(|line| width(line, 14.0) <= room + 0.001));
        }
    }
}
