//! Scene → SVG through plotters: its coordinates map the values, our backend writes classes instead of colours. The only file that names plotters.
//!
//! plotters counts in whole pixels, so it is shown a device ten times as large and the tenths are written. A colour is a number: the class of a mark.

use std::fmt::{self, Write};

use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::{ChartBuilder, DrawingArea, DrawingAreaErrorKind, IntoDrawingArea, LineSeries};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::digits;
use super::paper::Sheet;
use super::scene::{Anchor, Ink, Plotted, Scene};

/// What stands in the drawing for those who do not see it.
pub(crate) struct Heading<'a> {
    /// Prefix of the ids.
    pub id: &'a str,
    pub title: &'a str,
    pub sentence: &'a str,
    /// Further attributes of the element, with a blank before each.
    pub attributes: &'a str,
}

/// The scene as an `svg` element. Without heading it is hidden from assistive technology.
pub(crate) fn paint(scene: &Scene, heading: Option<Heading>) -> String {
    let mut svg = String::with_capacity(4096);
    // Writing to a string cannot fail; what plotters could refuse (an empty area) leaves the drawing empty and whole.
    let _ = open(&mut svg, scene, heading);
    let _ = draw(&mut svg, scene, None);
    svg.push_str("</svg>");
    svg
}

/// The marks and texts of the scene, with the look of the sheet written into each in place of its class.
pub(crate) fn paint_inline(svg: &mut String, scene: &Scene, sheet: &Sheet) {
    // As above: nothing here can fail.
    let _ = draw(svg, scene, Some(sheet));
}

/// The scene as an `svg` element with its look in it, for a document that has a title of its own.
pub(crate) fn paint_paper(scene: &Scene) -> String {
    let (width, height) = (shown(scene.size.width), shown(scene.size.height));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">"
    );
    paint_inline(&mut svg, scene, Sheet::light());
    svg.push_str("</svg>");
    svg
}

fn open(svg: &mut String, scene: &Scene, heading: Option<Heading>) -> fmt::Result {
    let (width, height) = (shown(scene.size.width), shown(scene.size.height));
    let class = match heading {
        None => "drawing spark",
        Some(_) if scene.size.narrow => "drawing drawing-narrow",
        Some(_) => "drawing",
    };
    write!(svg, "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\"")?;
    let Some(heading) = heading else {
        return write!(svg, " width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">");
    };
    let id = heading.id;
    write!(
        svg,
        "{} role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">",
        heading.attributes
    )?;
    escape(svg, heading.title);
    write!(svg, "</title><desc id=\"{id}-d\">")?;
    escape(svg, heading.sentence);
    svg.write_str("</desc>")
}

type Failed<'a> = DrawingAreaErrorKind<<Classes<'a> as DrawingBackend>::ErrorType>;

fn draw<'a>(svg: &'a mut String, scene: &Scene, sheet: Option<&'a Sheet>) -> Result<(), Failed<'a>> {
    let size = (tenths(scene.size.width).max(1) as u32, tenths(scene.size.height).max(1) as u32);
    let root = Classes { svg, sheet, size, open: Open::Nothing, at: (0, 0) }.into_drawing_area();
    for (area, ink) in &scene.shades {
        let corners = [device((area.left, area.top)), device((area.right, area.bottom))];
        root.draw(&Rectangle::new(corners, stroke(*ink).filled()))?;
    }
    for rule in &scene.under {
        root.draw(&PathElement::new(vec![device(rule.from), device(rule.to)], stroke(rule.ink)))?;
    }
    draw_plotted(&root, scene)?;
    for rule in &scene.over {
        root.draw(&PathElement::new(vec![device(rule.from), device(rule.to)], stroke(rule.ink)))?;
    }
    for swatch in &scene.swatches {
        let corners = [
            device((swatch.left, swatch.top)),
            device((swatch.left + swatch.side, swatch.top + swatch.side)),
        ];
        root.draw(&Rectangle::new(corners, stroke(swatch.ink).filled()))?;
    }
    for text in &scene.texts {
        let anchor = match text.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let color = token(text.ink);
        let font = FontDesc::new(FontFamily::SansSerif, text.size(), FontStyle::Normal);
        let style = TextStyle::from(font).color(&color).pos(Pos::new(anchor, VPos::Bottom));
        root.draw_text(&text.text, &style, device((text.x, text.y)))?;
    }
    root.present()
}

/// Lines, bars and dots, mapped by a chart of plotters without mesh and labels.
fn draw_plotted<'a>(root: &DrawingArea<Classes<'a>, Shift>, scene: &Scene) -> Result<(), Failed<'a>> {
    let frame = scene.frame;
    let margin = |value: f64| tenths(value.max(0.0));
    let area = root.margin(
        margin(frame.top),
        margin(scene.size.height - frame.bottom),
        margin(frame.left),
        margin(scene.size.width - frame.right),
    );
    let mut chart = ChartBuilder::on(&area).build_cartesian_2d(frame.x.0..frame.x.1, frame.y.0..frame.y.1)?;
    for plotted in &scene.plotted {
        match plotted {
            Plotted::Line { points, ink } => {
                chart.draw_series(LineSeries::new(points.iter().copied(), stroke(*ink)))?;
            }
            Plotted::Surface { points, ink } => {
                chart.draw_series(std::iter::once(Polygon::new(points.clone(), stroke(*ink).filled())))?;
            }
            Plotted::Bars { corners, ink } | Plotted::Cells { corners, ink } => {
                let style = stroke(*ink).filled();
                chart.draw_series(corners.iter().map(|(a, b)| Rectangle::new([*a, *b], style)))?;
            }
            Plotted::Dots { points, radius, ink } => {
                let style = stroke(*ink).filled();
                let radius = tenths(*radius);
                chart.draw_series(points.iter().map(|point| Circle::new(*point, radius, style)))?;
            }
        }
    }
    Ok(())
}

/// Every ink and its class; the position is the token that travels through plotters as a colour.
const CLASSES: &[(Ink, &str)] = &[
    (Ink::Grid, "grid"),
    (Ink::Axis, "axis"),
    (Ink::Zero, "zero"),
    (Ink::Target, "target"),
    (Ink::Event, "event"),
    (Ink::Lead, "leader"),
    (Ink::Line(0), "s0"),
    (Ink::Line(1), "s1"),
    (Ink::Line(2), "s2"),
    (Ink::Line(3), "s3"),
    (Ink::Line(4), "s4"),
    (Ink::Fill(0), "f0"),
    (Ink::Fill(1), "f1"),
    (Ink::Fill(2), "f2"),
    (Ink::Fill(3), "f3"),
    (Ink::Fill(4), "f4"),
    (Ink::Dot(0), "dot f0"),
    (Ink::Dot(1), "dot f1"),
    (Ink::Dot(2), "dot f2"),
    (Ink::Dot(3), "dot f3"),
    (Ink::Dot(4), "dot f4"),
    (Ink::Tick, "tick"),
    (Ink::Value, "label value halo"),
    (Ink::Name, "label"),
    (Ink::Label(0), "label l0 halo"),
    (Ink::Label(1), "label l1 halo"),
    (Ink::Label(2), "label l2 halo"),
    (Ink::Label(3), "label l3 halo"),
    (Ink::Label(4), "label l4 halo"),
    (Ink::TargetLabel, "tick note halo"),
    (Ink::EventLabel, "tick note"),
    (Ink::Empty, "label empty"),
    (Ink::Shade, "shade"),
    (Ink::Soft(1), "soft f1"),
    (Ink::Soft(2), "soft f2"),
    (Ink::Soft(3), "soft f3"),
    (Ink::Soft(4), "soft f4"),
    (Ink::Soft(0), "soft f0"),
    (Ink::Ahead(1), "s1 ahead"),
    (Ink::Ahead(2), "s2 ahead"),
    (Ink::Ahead(3), "s3 ahead"),
    (Ink::Ahead(4), "s4 ahead"),
    (Ink::Ahead(0), "s0 ahead"),
    (Ink::Hollow(1), "hollow s1"),
    (Ink::Hollow(2), "hollow s2"),
    (Ink::Hollow(3), "hollow s3"),
    (Ink::Hollow(4), "hollow s4"),
    (Ink::Hollow(0), "hollow s0"),
    (Ink::Break, "break"),
    (Ink::Mark, "mark"),
    (Ink::Range(0), "range0"),
    (Ink::Range(1), "range1"),
    (Ink::Range(2), "range2"),
    (Ink::Tone(-2), "tone-n2"),
    (Ink::Tone(-1), "tone-n1"),
    (Ink::Tone(0), "tone-0"),
    (Ink::Tone(1), "tone-p1"),
    (Ink::Tone(2), "tone-p2"),
    (Ink::OnStrong, "label on-strong"),
    (Ink::OnWeak, "label on-weak"),
    (Ink::Note, "tick note"),
    (Ink::DotName, "tick note halo"),
    (Ink::Seam, "seam"),
    (Ink::Level(0), "v0"),
    (Ink::Level(1), "v1"),
    (Ink::Level(2), "v2"),
    (Ink::Level(3), "v3"),
    (Ink::Level(4), "v4"),
    (Ink::Missing, "missing"),
    (Ink::Arrow, "arrow"),
    (Ink::Box, "box"),
    (Ink::Strong, "label strong"),
];

fn token(ink: Ink) -> RGBColor {
    let position = CLASSES.iter().position(|(known, _)| *known == ink).unwrap_or(0);
    RGBColor(u8::try_from(position).unwrap_or(0), 0, 0)
}

fn class(color: BackendColor) -> &'static str {
    CLASSES.get(usize::from(color.rgb.0)).map_or("", |(_, class)| class)
}

fn stroke(ink: Ink) -> ShapeStyle {
    ShapeStyle { color: token(ink).to_rgba(), filled: false, stroke_width: 1 }
}

fn device(place: (f64, f64)) -> BackendCoord {
    (tenths(place.0), tenths(place.1))
}

fn tenths(value: f64) -> i32 {
    // Saturates: no drawing is wider than some thousand px.
    (value * 10.0).round() as i32
}

/// A length as it stands in an attribute.
fn shown(length: f64) -> String {
    let mut text = String::new();
    digits::tenths(&mut text, tenths(length));
    text
}

/// What is still open in the text: neighbours of one class share an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Path(&'static str),
    Texts(&'static str),
}

/// A backend of plotters that writes SVG with classes.
struct Classes<'a> {
    svg: &'a mut String,
    /// Says how a class looks when no style sheet will; `None` leaves it to the page.
    sheet: Option<&'a Sheet>,
    size: (u32, u32),
    open: Open,
    /// Where the pen of the open path stands.
    at: BackendCoord,
}

impl Classes<'_> {
    fn switch(&mut self, to: Open) -> fmt::Result {
        if self.open == to {
            return Ok(());
        }
        match self.open {
            Open::Nothing => {}
            Open::Path(_) => self.svg.write_str("\"/>")?,
            Open::Texts(_) => self.svg.write_str("</g>")?,
        }
        match to {
            Open::Nothing => {}
            Open::Path(class) => {
                self.element("path", class, "path")?;
                self.svg.write_str(" d=\"")?;
            }
            Open::Texts(class) => {
                self.element("g", class, "text")?;
                self.svg.write_char('>')?;
            }
        }
        self.open = to;
        Ok(())
    }

    /// The beginning of an element with its class, or with the look of it.
    fn element(&mut self, name: &str, class: &str, styled_as: &str) -> fmt::Result {
        match self.sheet {
            Some(sheet) => write!(self.svg, "<{name}{}", sheet.attributes(class, styled_as)),
            None => {
                for part in ["<", name, " class=\"", class, "\""] {
                    self.svg.push_str(part);
                }
                Ok(())
            }
        }
    }

    fn move_to(&mut self, to: BackendCoord) {
        self.at = to;
        self.command('M', to.0);
        self.number(to.1);
    }

    /// A number after another number: a minus separates by itself.
    fn number(&mut self, value: i32) {
        if value >= 0 {
            self.svg.push(' ');
        }
        digits::tenths(self.svg, value);
    }

    /// A letter of a path and its first number.
    fn command(&mut self, letter: char, value: i32) {
        self.svg.push(letter);
        digits::tenths(self.svg, value);
    }

    /// An attribute with a number.
    fn attribute(&mut self, name: &str, value: i32) {
        for part in [" ", name, "=\""] {
            self.svg.push_str(part);
        }
        digits::tenths(self.svg, value);
        self.svg.push('"');
    }

    /// A straight line to a place; `in_run` when the letter `l` stands already.
    fn line_to(&mut self, to: BackendCoord, in_run: bool) -> bool {
        let (x, y) = (to.0 - self.at.0, to.1 - self.at.1);
        self.at = to;
        match (x, y) {
            (0, 0) => return in_run,
            (x, 0) => self.command('h', x),
            (0, y) => self.command('v', y),
            (x, y) => {
                if in_run {
                    self.number(x);
                } else {
                    self.command('l', x);
                }
                self.number(y);
                return true;
            }
        }
        false
    }
}

fn kept<T>(result: Result<T, fmt::Error>) -> Result<T, DrawingErrorKind<fmt::Error>> {
    result.map_err(DrawingErrorKind::DrawingError)
}

impl DrawingBackend for Classes<'_> {
    type ErrorType = fmt::Error;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<fmt::Error>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<fmt::Error>> {
        kept(self.switch(Open::Nothing))
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        kept(self.switch(Open::Path(class(color))))?;
        self.move_to(point);
        kept(self.svg.write_str("h.1"))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        kept(self.switch(Open::Path(class(style.color()))))?;
        let mut path = path.into_iter();
        let Some(first) = path.next() else { return Ok(()) };
        self.move_to(first);
        let mut in_run = false;
        for point in path {
            in_run = self.line_to(point, in_run);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        kept(self.switch(Open::Path(class(style.color()))))?;
        let width = bottom_right.0 - upper_left.0;
        let height = bottom_right.1 - upper_left.1;
        self.move_to(upper_left);
        for (letter, value) in [('h', width), ('v', height), ('h', -width)] {
            self.command(letter, value);
        }
        self.svg.push('z');
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        kept(self.switch(Open::Nothing))?;
        let radius = i32::try_from(radius).unwrap_or(i32::MAX);
        kept(self.element("circle", class(style.color()), "circle"))?;
        for (name, value) in [("cx", center.0), ("cy", center.1), ("r", radius)] {
            self.attribute(name, value);
        }
        kept(self.svg.write_str("/>"))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        self.draw_path(vert, style)?;
        kept(self.svg.write_char('z'))
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        pos: BackendCoord,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        kept(self.switch(Open::Texts(class(style.color()))))?;
        self.svg.push_str("<text");
        self.attribute("x", pos.0);
        self.attribute("y", pos.1);
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        self.svg.push_str(anchor);
        self.svg.push('>');
        escape(self.svg, text);
        kept(self.svg.write_str("</text>"))
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<fmt::Error>> {
        let size = style.size() * 10.0;
        Ok((super::text::width(text, size).ceil() as u32, size.ceil() as u32))
    }
}

/// Text for the content of an element; control characters, which XML forbids, are dropped.
pub(crate) fn escape(svg: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '"' => svg.push_str("&quot;"),
            character if character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}') => {
                svg.push(' ')
            }
            character => svg.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Frame, NARROW};
    use super::*;

    #[test]
    fn every_ink_has_its_class() {
        for (position, (ink, _)) in CLASSES.iter().enumerate() {
            assert_eq!(usize::from(token(*ink).0), position, "{ink:?}");
        }
    }

    #[test]
    fn plotters_maps_as_the_frame_does() {
        let frame =
            Frame { left: 40.0, top: 12.0, right: 300.0, bottom: 200.0, x: (3.0, 9.0), y: (-5.0, 20.0) };
        let mut scene = Scene { frame, ..Scene::blank(NARROW) };
        let points = vec![(3.0, -5.0), (5.5, 7.25), (9.0, 20.0)];
        scene.plotted.push(Plotted::Dots { points: points.clone(), radius: 2.0, ink: Ink::Dot(1) });
        let svg = paint(&scene, None);
        for (index, circle) in svg.split("<circle").skip(1).enumerate() {
            let number = |name: &str| {
                let rest = circle.split(&format!("{name}=\"")).nth(1).expect("an attribute");
                rest.split('"').next().expect("a value").parse::<f64>().expect("a number")
            };
            let (x, y) = points[index];
            assert!((number("cx") - frame.px(x)).abs() <= 0.2, "{circle}");
            assert!((number("cy") - frame.py(y)).abs() <= 0.2, "{circle}");
        }
        assert_eq!(svg.matches("<circle").count(), 3);
    }

    #[test]
    fn text_is_escaped() {
        let mut svg = String::new();
        escape(&mut svg, "<script>&\"\u{1}");
        assert_eq!(svg, "&lt;script&gt;&amp;&quot; ");
    }
}
