//! A picture in one hue: every point is a step between the shade of the ground, the ground and white.

use ab_glyph_rasterizer::{Point, Rasterizer, point};

use super::png;
use super::text::Block;
use super::{HEIGHT, WIDTH};

/// Red, green and blue, 0 to 255.
type Rgb = (u8, u8, u8);

/// Steps of a point; [`GROUND`] is the ground itself, less is darker.
const STEPS: u8 = 64;
const GROUND: f32 = 14.0;
const WHITE: f32 = (STEPS - 1) as f32;
/// Points around the picture onto which shapes may reach.
const PAD: f32 = 16.0;
/// Least contrast of white on the ground.
const LEAST: f64 = 5.0;
/// Cosine and sine of 0°, 11¼° … 78¾°: constants, as the last digit of a computed one differs from machine to machine.
const WINDS: [(f32, f32); 8] = [
    (1.0, 0.0),
    (0.980_785_3, 0.195_090_32),
    (0.923_879_5, 0.382_683_43),
    (0.831_469_6, 0.555_570_2),
    (0.707_106_77, 0.707_106_77),
    (0.555_570_2, 0.831_469_6),
    (0.382_683_43, 0.923_879_5),
    (0.195_090_32, 0.980_785_3),
];
/// How far the handles of four curves that make a circle lie, as a part of the radius.
const HANDLE: f32 = 0.552_284_8;

/// The picture.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    ground: Rgb,
    points: Vec<f32>,
}

impl Canvas {
    pub fn new(ground: Rgb) -> Self {
        Self { ground, points: vec![GROUND; (WIDTH * HEIGHT) as usize] }
    }

    /// Water from a height down, with a gentle wave.
    pub fn sea(&mut self, shore: f32) {
        let width = WIDTH as f32;
        for (drop, swell, share) in [(0.0, 26.0, 0.45), (22.0, -20.0, 0.4)] {
            let mut raster = raster();
            let at = |x: f32, y: f32| point(x + PAD, y + PAD);
            let (left, middle, right) = (shore + drop, shore + drop, shore + drop);
            let start = at(0.0, left);
            raster.draw_cubic(
                start,
                at(width * 0.18, left - swell),
                at(width * 0.32, middle - swell),
                at(width * 0.5, middle),
            );
            raster.draw_cubic(
                at(width * 0.5, middle),
                at(width * 0.68, middle + swell),
                at(width * 0.82, right + swell),
                at(width, right),
            );
            raster.draw_line(at(width, right), at(width, HEIGHT as f32));
            raster.draw_line(at(width, HEIGHT as f32), at(0.0, HEIGHT as f32));
            raster.draw_line(at(0.0, HEIGHT as f32), start);
            self.blend(&raster, 0.0, share);
        }
    }

    /// The lines of the winds from a point, as on a portolan chart, and the rose in it.
    pub fn rose(&mut self, x: f32, y: f32) {
        let mut faint = raster();
        let mut strong = raster();
        for (index, (cosine, sine)) in WINDS.into_iter().enumerate() {
            let raster = if index % 4 == 0 { &mut strong } else { &mut faint };
            let wide = if index % 2 == 0 { 1.6 } else { 0.9 };
            for (dx, dy) in [(cosine, sine), (-cosine, -sine), (-sine, cosine), (sine, -cosine)] {
                ray(raster, (x, y), (dx, dy), wide);
            }
        }
        self.blend(&faint, WHITE, 0.13);
        self.blend(&strong, WHITE, 0.2);
        let mut rings = raster();
        for (radius, wide) in [(92.0, 1.4), (40.0, 1.4)] {
            circle(&mut rings, (x, y), radius, false);
            circle(&mut rings, (x, y), radius - wide, true);
        }
        self.blend(&rings, WHITE, 0.3);
        let mut petals = raster();
        for (index, (dx, dy)) in [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)].into_iter().enumerate() {
            petal(&mut petals, (x, y), (dx, dy), if index == 3 { 82.0 } else { 66.0 });
        }
        self.blend(&petals, WHITE, 0.34);
    }

    /// Lines of text from the base of the first.
    pub fn write(&mut self, block: &Block, x: f32, base: f32, share: f32) {
        // Only as high as the lines: a raster of the whole picture for each text took half of the time of a card.
        let (above, below) = block.reach();
        let top = (base - above).clamp(0.0, HEIGHT as f32).floor();
        let height = (base + below).clamp(top, HEIGHT as f32).ceil() - top;
        let mut raster =
            Rasterizer::new(WIDTH as usize + 2 * PAD as usize, height as usize + 2 * PAD as usize);
        block.outline(&mut raster, x + PAD, base - top + PAD);
        self.blend_from(&raster, top as u32, WHITE, share);
    }

    fn blend(&mut self, raster: &Rasterizer, to: f32, share: f32) {
        self.blend_from(raster, 0, to, share);
    }

    /// Blends a raster whose first row below its padding is `top`.
    fn blend_from(&mut self, raster: &Rasterizer, top: u32, to: f32, share: f32) {
        let (pad, width, height) = (PAD as u32, WIDTH, HEIGHT);
        raster.for_each_pixel_2d(|x, y, cover| {
            if cover <= 0.0 || x < pad || y < pad || x >= pad + width || y + top >= pad + height {
                return;
            }
            let at = ((y + top - pad) * width + (x - pad)) as usize;
            if let Some(point) = self.points.get_mut(at) {
                *point += (to - *point) * cover.min(1.0) * share;
            }
        });
    }

    pub fn png(&self) -> Vec<u8> {
        let (shade, white) = (scaled(self.ground, 38, 64), (255, 255, 255));
        let color = |step: u8| {
            let step = f32::from(step);
            if step < GROUND {
                mixed(shade, self.ground, step / GROUND)
            } else {
                mixed(self.ground, white, (step - GROUND) / (WHITE - GROUND))
            }
        };
        let palette: Vec<Rgb> = (0..STEPS).map(color).collect();
        let points: Vec<u8> = self.points.iter().map(|point| (point + 0.5) as u8).collect();
        png::encode(WIDTH, HEIGHT, &palette, &points)
    }
}

fn raster() -> Rasterizer {
    let size = |points: u32| points as usize + 2 * PAD as usize;
    Rasterizer::new(size(WIDTH), size(HEIGHT))
}

/// A line from a point to the edge of the picture.
fn ray(raster: &mut Rasterizer, (x, y): (f32, f32), (dx, dy): (f32, f32), wide: f32) {
    let reach = |from: f32, step: f32, most: f32| {
        if step > 0.0 {
            (most - from) / step
        } else if step < 0.0 {
            -from / step
        } else {
            f32::MAX
        }
    };
    let length = reach(x, dx, WIDTH as f32).min(reach(y, dy, HEIGHT as f32));
    let (nx, ny) = (-dy * wide / 2.0, dx * wide / 2.0);
    let near = 92.0;
    let at =
        |along: f32, side: f32| point(x + dx * along + nx * side + PAD, y + dy * along + ny * side + PAD);
    if length > near {
        outline(raster, &[at(near, 1.0), at(length, 1.0), at(length, -1.0), at(near, -1.0)]);
    }
}

/// A needle of the rose; one half of it only, as engravers do.
fn petal(raster: &mut Rasterizer, (x, y): (f32, f32), (dx, dy): (f32, f32), length: f32) {
    let at =
        |along: f32, side: f32| point(x + dx * along - dy * side + PAD, y + dy * along + dx * side + PAD);
    outline(raster, &[at(0.0, 0.0), at(length, 0.0), at(13.0, 13.0)]);
}

fn circle(raster: &mut Rasterizer, (x, y): (f32, f32), radius: f32, inner: bool) {
    let way = if inner { -1.0 } else { 1.0 };
    let at = |dx: f32, dy: f32| point(x + dx * radius + PAD, y + dy * radius * way + PAD);
    let quarters =
        [(1.0, 0.0, 0.0, 1.0), (0.0, 1.0, -1.0, 0.0), (-1.0, 0.0, 0.0, -1.0), (0.0, -1.0, 1.0, 0.0)];
    for (ax, ay, bx, by) in quarters {
        let (first, second) =
            (at(ax + bx * HANDLE, ay + by * HANDLE), at(bx + ax * HANDLE, by + ay * HANDLE));
        raster.draw_cubic(at(ax, ay), first, second, at(bx, by));
    }
}

fn outline(raster: &mut Rasterizer, corners: &[Point]) {
    let next = corners.iter().cycle().skip(1);
    for (from, to) in corners.iter().zip(next) {
        raster.draw_line(*from, *to);
    }
}

/// The colour, darkened until white text can be read on it.
pub(super) fn readable(color: Rgb) -> Rgb {
    let darker = (0..=64).rev().map(|part| scaled(color, part, 64));
    darker.into_iter().find(|color| contrast_with_white(*color) >= LEAST).unwrap_or((0, 0, 0))
}

fn contrast_with_white((red, green, blue): Rgb) -> f64 {
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)
}

fn scaled((red, green, blue): Rgb, part: u32, of: u32) -> Rgb {
    let scale = |value: u8| u8::try_from(u32::from(value) * part / of).unwrap_or(u8::MAX);
    (scale(red), scale(green), scale(blue))
}

fn mixed(from: Rgb, to: Rgb, share: f32) -> Rgb {
    let mix = |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * share + 0.5) as u8;
    (mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
