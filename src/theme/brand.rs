//! An organisation's colour: any hue is taken, its lightness is moved until text in it can be read on the paper of both schemes.

use crate::finding::{Code, Finding, Level};
use crate::text::Place;
use crate::words;

/// The brand colour was made darker or lighter to be readable.
pub static BRAND_COLOR_SHIFTED: Code =
    Code { id: "P602", name: "brand_color_shifted", level: Level::Note, since: "0.1.0" };

/// Least contrast of the brand colour on the grounds of a scheme (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;
/// Grounds on which the accent stands as text: paper, surface, sunken. A test compares them with the style sheet.
const LIGHT: [Rgb; 3] = [(0xfb, 0xfa, 0xf7), (0xff, 0xff, 0xff), (0xf1, 0xef, 0xe9)];
const DARK: [Rgb; 3] = [(0x13, 0x18, 0x1b), (0x1b, 0x22, 0x26), (0x0d, 0x11, 0x13)];

/// Red, green and blue, 0 to 255.
pub type Rgb = (u8, u8, u8);

/// What a playbook's settings say about its looks.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// Colour of links and marks, and where it was written; the theme's teal when `None`.
    pub color: Option<(Rgb, Place)>,
    /// Path of the logo below the site's root; empty for none.
    pub logo: String,
}

impl Brand {
    /// The style sheet that puts the colour in place of the theme's own, empty without a colour; says when a scheme needed another lightness.
    pub(super) fn style(&self, findings: &mut Vec<Finding>) -> String {
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
        format!(
            "/* The organisation's colour, {written}, as readable on light and on dark. */\n\
             :root {{ --accent: {on_light}; --c1: {on_light}; --t1: {on_light}; }}\n\
             @media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme=\"light\"]) {{ --accent: {on_dark}; --c1: {on_dark}; --t1: {on_dark}; }} }}\n\
             @media screen {{ :root[data-theme=\"dark\"] {{ --accent: {on_dark}; --c1: {on_dark}; --t1: {on_dark}; }} }}\n"
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
        let brand = Brand { color: Some(((255, 221, 0), Place::Run)), logo: String::new() };
        let css = brand.style(&mut findings);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].code.id, "P602");
        assert!(findings[0].message.es.contains("#ffdd00"));
        assert!(css.contains("--accent: #ffdd00"), "yellow can be read on dark: {css}");
        assert!(Brand::default().style(&mut findings).is_empty());
    }

    #[test]
    fn grounds_are_those_of_the_style_sheet() {
        let css = super::super::builtin::STYLES[0];
        let names = ["paper", "surface", "sunken"];
        for (grounds, sheet) in [(LIGHT, css), (DARK, css.split_once("/* dark */").unwrap().1)] {
            for (name, ground) in names.iter().zip(grounds) {
                let declared = sheet.split_once(&format!("--{name}: ")).unwrap().1.get(..7).unwrap();
                assert_eq!(declared, hex(ground), "{name}");
            }
        }
    }
}
