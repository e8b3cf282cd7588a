//! The drawing that stands alone: the same scene with the colours of the light palette written into it, with title, subtitle and source; for a file, a document, a sheet of paper.
//!
//! The look is read from the style sheet of the classes, so that a drawing on paper cannot differ from the one on the page.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;

use super::scene::{Scene, TICK};
use super::text::wrap;
use super::{CHART_CSS, Figures, backend};
use crate::finding::Language;

/// Fonts in the order in which they are looked for.
const FONTS: &str =
    "Inter, 'Open Sans', 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

/// Properties that are attributes of SVG too.
const PROPERTIES: [&str; 11] = [
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "font-size",
    "font-weight",
    "paint-order",
];

/// The rules of the style sheet that hold for a drawing in light colours.
pub(crate) struct Sheet {
    /// Class or element, and what it sets, in the order of the sheet.
    rules: Vec<(Selected, Vec<(&'static str, String)>)>,
    variables: BTreeMap<&'static str, &'static str>,
}

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Selected {
    Class(&'static str),
    Element(&'static str),
}

impl Sheet {
    /// The sheet of the drawings on white paper, read once.
    pub(crate) fn light() -> &'static Self {
        static SHEET: OnceLock<Sheet> = OnceLock::new();
        SHEET.get_or_init(Self::read)
    }

    fn read() -> Self {
        let blocks = blocks(CHART_CSS);
        let mut variables = BTreeMap::new();
        for (_, body) in
            blocks.iter().filter(|(selector, _)| [":where(:root)", ".drawing"].contains(selector))
        {
            variables.extend(declarations(body).filter(|(name, _)| name.starts_with("--")));
        }
        variables.insert("--drawing-ground", "#ffffff");
        let mut sheet = Self { rules: Vec::new(), variables };
        for (selectors, body) in &blocks {
            for selected in selectors.split(',').filter_map(|selector| selected(selector.trim())) {
                let set = declarations(body).filter_map(|(name, value)| {
                    let property = PROPERTIES.iter().find(|property| **property == name)?;
                    Some((*property, sheet.resolved(value)?))
                });
                let set = set.collect();
                sheet.rules.push((selected, set));
            }
        }
        sheet
    }

    /// Attributes in place of these classes on an element: ` fill="#0a5a6a"`.
    pub(crate) fn attributes(&self, classes: &str, element: &str) -> String {
        let mut set: BTreeMap<&str, &str> = BTreeMap::new();
        for (selected, values) in &self.rules {
            let holds = match selected {
                Selected::Class(class) => classes.split(' ').any(|own| own == *class),
                Selected::Element(name) => *name == element,
            };
            if holds {
                set.extend(values.iter().map(|(name, value)| (*name, value.as_str())));
            }
        }
        let mut attributes = String::new();
        for (name, value) in set {
            // Writing to a string cannot fail.
            let _ = write!(attributes, " {name}=\"{value}\"");
        }
        attributes
    }

    /// A value without variables and schemes; `None` when it cannot be known outside of a browser.
    fn resolved(&self, value: &str) -> Option<String> {
        let value = value.trim();
        if let Some(inner) = value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) {
            let (name, fallback) = inner.split_once(',').unwrap_or((inner, ""));
            return match self.variables.get(name.trim()) {
                Some(known) => self.resolved(known),
                None => self.resolved(fallback),
            };
        }
        if let Some(inner) = value.strip_prefix("light-dark(") {
            return self.resolved(inner.split(',').next().unwrap_or_default());
        }
        (!value.is_empty() && !value.contains(['(', '"'])).then(|| value.trim_end_matches("px").to_owned())
    }
}

/// `.drawing .f1` is the class `f1`, `.drawing path` the element; what stands alone or deeper is not for a mark, but a halo is for its texts.
fn selected(selector: &'static str) -> Option<Selected> {
    let inner = selector.strip_prefix(".drawing ")?;
    let inner = inner.strip_suffix(" text").unwrap_or(inner);
    match inner.strip_prefix('.') {
        Some(class) if !class.contains([' ', '.', '[', ':']) => Some(Selected::Class(class)),
        None if ["path", "text"].contains(&inner) => Some(Selected::Element(inner)),
        _ => None,
    }
}

/// Selectors and bodies of the rules that hold everywhere; those in `@media` and their like are left out.
fn blocks(css: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut blocks = Vec::new();
    let mut rest = css;
    while let Some((selector, after)) = rest.split_once('{') {
        let selector = selector.rsplit("*/").next().unwrap_or_default().trim();
        let mut depth = 1usize;
        let end = after.char_indices().find(|(_, letter)| {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let end = end.map_or(after.len(), |(at, _)| at);
        let (body, behind) = after.split_at(end);
        if !selector.starts_with('@') {
            blocks.push((selector, body));
        }
        rest = behind.strip_prefix('}').unwrap_or_default();
    }
    blocks
}

fn declarations(body: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    body.split(';').filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim(), value.trim()))
    })
}

/// What stands around a drawing that stands alone.
pub(crate) struct Caption<'a> {
    pub title: &'a str,
    pub subtitle: &'a str,
    pub source: &'a str,
    pub sentence: &'a str,
}

/// White room around it, in px.
const MARGIN: f64 = 24.0;

/// A whole file: the drawing between its title and its source, on white.
pub(crate) fn standalone(scene: &Scene, caption: &Caption, words: &dyn Figures) -> String {
    let room = scene.size.width;
    // The widths are those of regular letters; bold ones are up to 6 % wider.
    let title = wrap(caption.title, 19.0 * 1.06, room, 3);
    let subtitle = wrap(caption.subtitle, 14.0, room, 3);
    let source = match (caption.source, words.language()) {
        ("", _) => String::new(),
        (source, Language::English) => format!("Source: {source}"),
        (source, Language::Spanish) => format!("Fuente: {source}"),
    };
    let source = wrap(&source, TICK, room, 2);
    let mut texts = String::new();
    let mut y = MARGIN;
    y = lines(&mut texts, &title, y, 25.0, "font-size=\"19\" font-weight=\"700\" fill=\"#1b2126\"");
    y = lines(&mut texts, &subtitle, y, 20.0, "font-size=\"14\" fill=\"#525c66\"");
    let top = y + 12.0;
    let below = top + scene.size.height + 14.0;
    let bottom = lines(&mut texts, &source, below, 18.0, "font-size=\"13\" fill=\"#525c66\"");
    let (width, height) = (room + 2.0 * MARGIN, (bottom + MARGIN).ceil());
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"t d\" font-family=\"{FONTS}\"><title id=\"t\">"
    );
    backend::escape(&mut svg, caption.title);
    svg.push_str("</title><desc id=\"d\">");
    backend::escape(&mut svg, caption.sentence);
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "</desc><rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>{texts}<g transform=\"translate({MARGIN} {top})\">"
    );
    backend::paint_inline(&mut svg, scene, Sheet::light());
    svg.push_str("</g></svg>\n");
    svg
}

/// Lines of text from `top` down; gives where they end.
fn lines(svg: &mut String, lines: &[String], top: f64, height: f64, attributes: &str) -> f64 {
    let mut y = top;
    for line in lines {
        let baseline = y + height * 0.75;
        let _ = write!(svg, "<text x=\"{MARGIN}\" y=\"{baseline}\" {attributes}>");
        backend::escape(svg, line);
        svg.push_str("</text>");
        y += height;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Spanish, gallery};
    use super::super::{draw_for_paper, standalone};
    use super::*;

    #[test]
    fn the_sheet_is_understood() {
        let sheet = Sheet::light();
        assert_eq!(
            sheet.attributes("f1", "path"),
            " fill=\"#0a5a6a\" stroke-linecap=\"round\" stroke-linejoin=\"round\""
        );
        let target = sheet.attributes("target", "path");
        assert!(
            target.contains("stroke=\"#1b2126\"") && target.contains("stroke-dasharray=\"6 4\""),
            "{target}"
        );
        let label = sheet.attributes("label l2 halo", "text");
        for part in [
            "fill=\"#a83560\"",
            "font-size=\"14\"",
            "font-weight=\"600\"",
            "stroke=\"#ffffff\"",
            "paint-order",
        ] {
            assert!(label.contains(part), "{part} in {label}");
        }
    }

    #[test]
    fn drawings_need_no_style_sheet() {
        let mut drawn = 0;
        for (name, spec, data) in gallery() {
            let Some(svg) = standalone(&spec, &data, &Spanish) else { continue };
            drawn += 1;
            for foreign in ["var(", "class=", "style", "light-dark", "<script", "href", "NaN"] {
                assert!(!svg.contains(foreign), "{name}: {foreign}");
            }
            // Everything that is drawn says what it looks like.
            for element in svg.split("<path").skip(1).chain(svg.split("<circle").skip(1)) {
                let element = element.split('>').next().unwrap_or_default();
                assert!(element.contains("stroke=\"#") || element.contains("fill=\"#"), "{name}: {element}");
            }
            assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count(), "{name}");
            assert_eq!(Some(&svg), standalone(&spec, &data, &Spanish).as_ref(), "{name}");
            let on_paper = draw_for_paper(&spec, &data, &Spanish, "c");
            assert!(!on_paper.wide.contains("class=") && on_paper.narrow.is_empty(), "{name}");
        }
        assert!(drawn > 40, "{drawn}");
    }
}
