//! An organisation's colour: any hue is taken, its lightness is moved until text in it can be read on the paper of both schemes.

use super::asset::Asset;
use super::font::{self, Font};
use crate::finding::{Code, Finding, Level};
use crate::text::Place;
use crate::words;

/// The brand colour was made darker or lighter to be readable.
pub static BRAND_COLOR_SHIFTED: Code =
    Code { id: "P602", name: "brand_color_shifted", level: Level::Note, since: "0.1.0" };

/// Least contrast of the brand colour on the grounds of a scheme (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;
/// Grounds on which the accent stands as text: those of pages, of code and of callouts. A test compares them with the style sheet.
const LIGHT: [Rgb; 8] = [
    (0xfb, 0xfa, 0xf7),
    (0xff, 0xff, 0xff),
    (0xf1, 0xef, 0xe9),
    (0xec, 0xea, 0xe4),
    (0xe3, 0xf2, 0xe9),
    (0xfc, 0xef, 0xd2),
    (0xfb, 0xe5, 0xe2),
    (0xe3, 0xee, 0xfa),
];
const DARK: [Rgb; 8] = [
    (0x13, 0x18, 0x1b),
    (0x1b, 0x22, 0x26),
    (0x0d, 0x11, 0x13),
    (0x2a, 0x32, 0x37),
    (0x15, 0x33, 0x24),
    (0x3a, 0x2c, 0x0b),
    (0x43, 0x1c, 0x19),
    (0x16, 0x30, 0x4d),
];
/// The other colours of drawings, in both schemes.
const SERIES_LIGHT: [Rgb; 3] = [(0xdb, 0x6b, 0x92), (0x24, 0x17, 0x8a), (0x71, 0x75, 0x23)];
const SERIES_DARK: [Rgb; 3] = [(0xa6, 0x7a, 0x4c), (0x7d, 0x98, 0xef), (0xfe, 0xf0, 0x7d)];
/// Least distance of two series of a drawing (OKLab). Nearer ones look the same at a glance; dashes and labels alone tell them apart.
const APART: f64 = 0.07;

/// Red, green and blue, 0 to 255.
pub type Rgb = (u8, u8, u8);

/// What a playbook's settings say about its looks.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// Colour of links and marks, and where it was written; the theme's teal when `None`.
    pub color: Option<(Rgb, Place)>,
    /// Path of the logo below the site's root; empty for none.
    pub logo: String,
    /// Typefaces of the settings.
    pub fonts: Vec<Font>,
    /// Font files of the playbook, for suggestions.
    pub font_files: Vec<String>,
}

impl Brand {
    /// The style sheet that puts colour and typeface in place of the theme's own, empty when there is neither; and the font files that it names.
    pub(super) fn style(&self, findings: &mut Vec<Finding>) -> (String, Vec<Asset>) {
        let (fonts, files) = font::style(&self.fonts, &self.font_files, findings);
        (self.colors(findings) + &fonts, files)
    }

    /// The rules for the colour; says when a scheme needed another lightness.
    fn colors(&self, findings: &mut Vec<Finding>) -> String {
        let Some((color, place)) = &self.color else {
            return String::new();
        };
        let light = readable(*color, &LIGHT, false);
        let dark = readable(*color, &DARK, true);
        let written = hex(*color);
        let (on_light, on_dark) = (hex(light), hex(dark));
        // On dark pages nearly every colour is lightened: that alone is no news.
        if light != *color {
            let found = |ground: &[Rgb]| format!("{:.1}", least(*color, ground));
            let (was_light, was_dark) = (found(&LIGHT), found(&DARK));
            let (es_light, es_dark) = (was_light.replace('.', ","), was_dark.replace('.', ","));
            findings.push(
                Finding::new(
                    &BRAND_COLOR_SHIFTED,
                    place.clone(),
                    words!(
                        "the colour {written} was adapted: {on_light} on light pages, {on_dark} on dark ones",
                        "el color {written} se ha adaptado: {on_light} en las páginas claras, {on_dark} en las oscuras"
                    ),
                )
                .why(words!(
                    "text needs a contrast of 4.5 to 1; {written} has {was_light} on the light ground and {was_dark} on the dark one",
                    "el texto necesita un contraste de 4,5 a 1; {written} tiene {es_light} sobre el fondo claro y {es_dark} sobre el oscuro"
                )),
            );
        }
        // A first series that looks like the third would make drawings harder to read: then they keep the theme's own colour.
        let in_drawings = is_apart(light, &SERIES_LIGHT) && is_apart(dark, &SERIES_DARK);
        let tokens = |color: &str| {
            let series = if in_drawings { format!(" --c1: {color}; --t1: {color};") } else { String::new() };
            format!("--accent: {color};{series}")
        };
        let (on_light, on_dark) = (tokens(&on_light), tokens(&on_dark));
        format!(
            "/* The organisation's colour, {written}, as readable on light and on dark. */\n\
             :root {{ {on_light} }}\n\
             @media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=\"light\"]) {{ {on_dark} }} }}\n\
             @media screen {{ :root[data-theme=\"dark\"] {{ {on_dark} }} }}\n"
        )
    }
}

/// `#0a5a6a`.
fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The nearest lightness at which the colour reaches [`LEAST`] on all grounds, going lighter or darker. Hue stays; chroma falls only where the screen cannot show it.
fn readable(color: Rgb, grounds: &[Rgb], lighter: bool) -> Rgb {
    if least(color, grounds) >= LEAST {
        return color;
    }
    let (lightness, chroma, hue) = to_oklch(color);
    let steps = 200;
    for step in 1..=steps {
        let part = f64::from(step) / f64::from(steps);
        let target = if lighter { lightness + (1.0 - lightness) * part } else { lightness * (1.0 - part) };
        let candidate = from_oklch(target, chroma, hue);
        if least(candidate, grounds) >= LEAST {
            return candidate;
        }
    }
    if lighter { (255, 255, 255) } else { (0, 0, 0) }
}

/// Whether a colour is told from each of these at a glance.
fn is_apart(color: Rgb, others: &[Rgb]) -> bool {
    let place = |color| {
        let (lightness, chroma, hue) = to_oklch(color);
        (lightness, chroma * hue.cos(), chroma * hue.sin())
    };
    let (l, a, b) = place(color);
    others.iter().all(|other| {
        let (other_l, other_a, other_b) = place(*other);
        (l - other_l).hypot(a - other_a).hypot(b - other_b) >= APART
    })
}

fn least(color: Rgb, grounds: &[Rgb]) -> f64 {
    grounds.iter().map(|ground| contrast(color, *ground)).fold(f64::INFINITY, f64::min)
}

/// Contrast of two colours by the WCAG formula, 1 to 21.
pub(super) fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance((red, green, blue): Rgb) -> f64 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn linear(channel: u8) -> f64 {
    let channel = f64::from(channel) / 255.0;
    if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

/// A linear channel as a byte; `None` when no screen can show it.
fn channel(linear: f64) -> Option<u8> {
    let value = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * linear.powf(1.0 / 2.4) - 0.055 };
    let byte = (value * 255.0).round();
    // The cast cannot lose anything: the value was just compared with the bounds of a byte.
    if (0.0..=255.0).contains(&byte) { Some(byte as u8) } else { None }
}

/// Lightness 0 to 1, chroma, hue in radians (Ottosson's OKLab in polar form).
fn to_oklch((red, green, blue): Rgb) -> (f64, f64, f64) {
    let (red, green, blue) = (linear(red), linear(green), linear(blue));
    let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
    let medium = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
    let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
    let lightness = 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short;
    let a = 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short;
    let b = 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short;
    (lightness, a.hypot(b), b.atan2(a))
}

/// The colour of this lightness and hue with as much of the chroma as a screen can show.
fn from_oklch(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    let steps = 50;
    for step in 0..=steps {
        let part = chroma * (1.0 - f64::from(step) / f64::from(steps));
        if let Some(color) = shown(lightness, part, hue) {
            return color;
        }
    }
    if lightness < 0.5 { (0, 0, 0) } else { (255, 255, 255) }
}

fn shown(lightness: f64, chroma: f64, hue: f64) -> Option<Rgb> {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    Some((
        channel(4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short)?,
        channel(-1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short)?,
        channel(-0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oklch_comes_back() {
        for color in [(10, 90, 106), (255, 0, 0), (0, 0, 0), (255, 255, 255), (120, 200, 30)] {
            let (lightness, chroma, hue) = to_oklch(color);
            assert_eq!(from_oklch(lightness, chroma, hue), color);
        }
    }

    #[test]
    fn every_colour_becomes_readable_and_keeps_its_hue() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let color = (red as u8, green as u8, blue as u8);
                    for (grounds, lighter) in [(&LIGHT, false), (&DARK, true)] {
                        let shifted = readable(color, grounds, lighter);
                        assert!(least(shifted, grounds) >= LEAST, "{color:?} became {shifted:?}");
                        let ((_, before, hue), (_, after, turned)) = (to_oklch(color), to_oklch(shifted));
                        if before > 0.05 && after > 0.05 {
                            let turn = (hue - turned).abs();
                            assert!(
                                turn.min(std::f64::consts::TAU - turn) < 0.12,
                                "{color:?} became {shifted:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_shift_is_told_and_a_readable_colour_stays() {
        let mut findings = Vec::new();
        let brand = Brand { color: Some(((255, 221, 0), Place::Run)), ..Brand::default() };
        let (css, _) = brand.style(&mut findings);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].code.id, "P602");
        assert!(findings[0].message.es.contains("#ffdd00"));
        assert!(css.contains("--accent: #ffdd00"), "yellow can be read on dark: {css}");
        assert!(Brand::default().style(&mut findings).0.is_empty());
    }

    #[test]
    fn a_colour_near_to_another_series_stays_out_of_drawings() {
        let rules =
            |color| Brand { color: Some((color, Place::Run)), ..Brand::default() }.style(&mut Vec::new()).0;
        assert!(rules((0x0a, 0x6e, 0x5c)).contains("--c1"));
        let blue = rules((0x2a, 0x1c, 0x90));
        assert!(blue.contains("--accent: #2a1c90") && !blue.contains("--c1"), "{blue}");
    }

    proptest::proptest! {
        #[test]
        fn any_colour_can_be_read_on_every_ground(red: u8, green: u8, blue: u8) {
            for (grounds, lighter) in [(&LIGHT, false), (&DARK, true)] {
                let shifted = readable((red, green, blue), grounds, lighter);
                proptest::prop_assert!(least(shifted, grounds) >= LEAST, "{shifted:?}");
                // A button bears paper on it.
                proptest::prop_assert!(contrast(shifted, grounds[0]) >= LEAST);
            }
        }
    }

    #[test]
    fn grounds_are_those_of_the_style_sheet() {
        let css = super::super::builtin::STYLE;
        let names =
            ["paper", "surface", "sunken", "neutral", "good-tint", "warn-tint", "bad-tint", "info-tint"];
        for (grounds, sheet) in [(LIGHT, css), (DARK, css.split_once("/* dark */").unwrap().1)] {
            for (name, ground) in names.iter().zip(grounds) {
                let declared = sheet.split_once(&format!("--{name}: ")).unwrap().1.get(..7).unwrap();
                assert_eq!(declared, hex(ground), "{name}");
            }
            let series = if grounds == LIGHT { SERIES_LIGHT } else { SERIES_DARK };
            for (name, color) in ["c2", "c3", "c4"].iter().zip(series) {
                let declared = sheet.split_once(&format!("--{name}: ")).unwrap().1.get(..7).unwrap();
                assert_eq!(declared, hex(color), "{name}");
            }
        }
    }
}
