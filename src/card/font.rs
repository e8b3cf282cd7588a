//! The two embedded fonts: widths, kerning and outlines of letters. `fonts/README.md` says where they come from.

use std::sync::OnceLock;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// A font; `None` inside when its bytes are no font, and then nothing is written.
pub(super) struct Font {
    face: Option<Face<'static>>,
}

/// For titles.
pub(super) fn bold() -> &'static Font {
    static FONT: OnceLock<Font> = OnceLock::new();
    FONT.get_or_init(|| Font::read(include_bytes!("../../fonts/card-bold.ttf")))
}

/// For everything else.
pub(super) fn plain() -> &'static Font {
    static FONT: OnceLock<Font> = OnceLock::new();
    FONT.get_or_init(|| Font::read(include_bytes!("../../fonts/card-text.ttf")))
}

impl Font {
    fn read(bytes: &'static [u8]) -> Self {
        Self { face: Face::parse(bytes, 0).ok() }
    }

    /// Whether the font has a letter.
    pub fn has(&self, letter: char) -> bool {
        self.face.as_ref().is_some_and(|face| face.glyph_index(letter).is_some())
    }

    /// Width of a text set in a size.
    pub fn width(&self, text: &str, size: f32) -> f32 {
        self.each(text, size, |_, _, _, _| {})
    }

    /// Draws a text from the start of its base line.
    pub fn outline(&self, raster: &mut Rasterizer, text: &str, size: f32, x: f32, base: f32) {
        self.each(text, size, |face, glyph, offset, scale| {
            let start = point(0.0, 0.0);
            let mut pen = Pen { raster, scale, x: x + offset, base, start, last: start };
            face.outline_glyph(glyph, &mut pen);
        });
    }

    /// Places the letters of a text; the answer is its width.
    fn each(&self, text: &str, size: f32, mut place: impl FnMut(&Face<'_>, GlyphId, f32, f32)) -> f32 {
        let Some(face) = &self.face else { return 0.0 };
        let scale = size / f32::from(face.units_per_em().max(1));
        let mut offset = 0.0;
        let mut before: Option<GlyphId> = None;
        for letter in text.chars() {
            let Some(glyph) = face.glyph_index(letter) else { continue };
            if let Some(before) = before {
                offset += f32::from(kerning(face, before, glyph)) * scale;
            }
            place(face, glyph, offset, scale);
            offset += f32::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * scale;
            before = Some(glyph);
        }
        offset
    }
}

/// By how much two letters are moved together, in units of the font.
fn kerning(face: &Face<'_>, first: GlyphId, second: GlyphId) -> i16 {
    let lookups = face.tables().gpos.map(|table| table.lookups);
    let subtables = lookups
        .into_iter()
        .flatten()
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
    for subtable in subtables {
        let PositioningSubtable::Pair(pair) = subtable else { continue };
        let Some(place) = pair.coverage().get(first) else { continue };
        let found = match pair {
            PairAdjustment::Format1 { sets, .. } => sets.get(place).and_then(|set| set.get(second)),
            PairAdjustment::Format2 { classes, matrix, .. } => {
                matrix.get((classes.0.get(first), classes.1.get(second)))
            }
        };
        if let Some((moved, _)) = found {
            return moved.x_advance;
        }
    }
    0
}

/// Turns the outline of a letter into lines and curves of the picture.
struct Pen<'r> {
    raster: &'r mut Rasterizer,
    scale: f32,
    x: f32,
    base: f32,
    start: Point,
    last: Point,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> Point {
        point(self.x + x * self.scale, self.base - y * self.scale)
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.at(x, y);
        self.last = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.at(x, y);
        self.raster.draw_line(self.last, to);
        self.last = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (handle, to) = (self.at(x1, y1), self.at(x, y));
        self.raster.draw_quad(self.last, handle, to);
        self.last = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, to) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.raster.draw_cubic(self.last, first, second, to);
        self.last = to;
    }

    fn close(&mut self) {
        self.raster.draw_line(self.last, self.start);
        self.last = self.start;
    }
}
