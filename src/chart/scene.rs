//! What a drawing is made of, as pure data: a frame with its two ranges, marks in px, plotted values, texts.

use super::stops::Stops;

/// Size of a drawing in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Size {
    pub width: f64,
    pub height: f64,
    /// For a column of a telephone.
    pub narrow: bool,
}

/// For columns of 36 rem (576 px) and more: there, 13 px are shown as 12 px or more.
pub(crate) const WIDE: Size = Size { width: 624.0, height: 312.0, narrow: false };

/// For the column of a telephone: 288 px on the smallest, where 13 px are shown as 12.
pub(crate) const NARROW: Size = Size { width: 312.0, height: 264.0, narrow: true };

/// Font size of ticks in px.
pub(crate) const TICK: f64 = 13.0;

/// Font size of labels in px.
pub(crate) const LABEL: f64 = 14.0;

/// What a mark or text is: decides its class, never its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ink {
    Grid,
    Axis,
    Zero,
    Target,
    Event,
    Lead,
    /// Line of a series: 0 is grey, 1 to 4 have a colour.
    Line(u8),
    /// Surface of a series.
    Fill(u8),
    /// Point of a series.
    Dot(u8),
    /// Cell of a heatmap: 0 is nothing, 4 the strongest.
    Level(u8),
    /// Cell without a value.
    Missing,
    /// Arrow from one part to the next.
    Arrow,
    /// Outline of a box.
    Box,
    /// Text of a tick.
    Tick,
    /// Text beside a bar.
    Value,
    /// Name of a category.
    Name,
    /// Name of a group of categories.
    Strong,
    /// Name of a series in its own colour.
    Label(u8),
    TargetLabel,
    EventLabel,
    /// What stands in an empty drawing.
    Empty,
    /// A span of time behind everything.
    Shade,
    /// Pale surface of a series: a range around its line, a part of a whole.
    Soft(u8),
    /// What is expected of a series, or not complete yet.
    Ahead(u8),
    /// Point of a series that is not complete yet.
    Hollow(u8),
    /// Where a series was counted anew.
    Break,
    /// What a bar is compared with.
    Mark,
    /// Grounds behind a bar: 0 is the lowest.
    Range(u8),
    /// Steps of a scale from bad (-2) to good (2).
    Tone(i8),
    /// Text on a strong surface.
    OnStrong,
    /// Text on a pale surface.
    OnWeak,
    /// A small text that has to be read.
    Note,
    /// Name of a point.
    DotName,
    /// A hair of ground between two surfaces.
    Seam,
}

/// A part of the drawing whose values are mapped: where it lies in px, and the values at its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    /// Values at left and right.
    pub x: (f64, f64),
    /// Values at bottom and top.
    pub y: (f64, f64),
}

impl Frame {
    /// The px of a value along the bottom.
    pub(crate) fn px(&self, x: f64) -> f64 {
        self.left + (x - self.x.0) / (self.x.1 - self.x.0) * (self.right - self.left)
    }

    /// The whole drawing, where values are px from the upper left corner.
    pub(crate) fn pixels(size: Size) -> Self {
        let (right, bottom) = (size.width, size.height);
        Self { left: 0.0, top: 0.0, right, bottom, x: (0.0, right), y: (bottom, 0.0) }
    }

    /// The px of a value up the side.
    pub(crate) fn py(&self, y: f64) -> f64 {
        self.bottom - (y - self.y.0) / (self.y.1 - self.y.0) * (self.bottom - self.top)
    }
}

/// Two opposite corners of a rectangle, in values of the frame.
pub(crate) type Corners = ((f64, f64), (f64, f64));

/// Something plotted in values of the frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plotted {
    /// A line through points.
    Line { points: Vec<(f64, f64)>, ink: Ink },
    /// What a closed line surrounds.
    Surface { points: Vec<(f64, f64)>, ink: Ink },
    /// Rectangles between two corners.
    Bars { corners: Vec<Corners>, ink: Ink },
    /// Rectangles that are no amounts: cells, boxes, times.
    Cells { corners: Vec<Corners>, ink: Ink },
    /// Points.
    Dots { points: Vec<(f64, f64)>, radius: f64, ink: Ink },
}

/// A straight line in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub ink: Ink,
}

/// A filled square in px, for keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Swatch {
    pub left: f64,
    pub top: f64,
    pub side: f64,
    pub ink: Ink,
}

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line of text at its baseline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub x: f64,
    pub y: f64,
    pub anchor: Anchor,
    pub text: String,
    pub ink: Ink,
}

/// A rectangle in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    /// Whether two rectangles share more than an edge.
    pub(crate) fn meets(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether a straight line passes through the rectangle.
    pub(crate) fn crossed(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        let (mut start, mut end) = (0.0f64, 1.0f64);
        let sides = [
            (from.0 - to.0, from.0 - self.left),
            (to.0 - from.0, self.right - from.0),
            (from.1 - to.1, from.1 - self.top),
            (to.1 - from.1, self.bottom - from.1),
        ];
        for (slope, distance) in sides {
            if slope == 0.0 {
                if distance < 0.0 {
                    return false;
                }
            } else if slope < 0.0 {
                start = start.max(distance / slope);
            } else {
                end = end.min(distance / slope);
            }
        }
        start <= end
    }
}

impl Text {
    /// Font size in px.
    pub(crate) fn size(&self) -> f64 {
        match self.ink {
            Ink::Tick | Ink::Note | Ink::DotName | Ink::EventLabel | Ink::TargetLabel => TICK,
            _ => LABEL,
        }
    }

    /// The room that the text takes.
    pub(crate) fn area(&self) -> Area {
        let size = self.size();
        let width = match self.ink {
            Ink::Label(_) | Ink::Value | Ink::Strong | Ink::OnStrong | Ink::OnWeak => {
                super::text::bold_width(&self.text, size)
            }
            _ => super::text::width(&self.text, size),
        };
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Area { left, top: self.y - size * 0.78, right: left + width, bottom: self.y + size * 0.22 }
    }
}

/// A drawing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scene {
    pub size: Size,
    pub frame: Frame,
    /// Grounds behind everything, in px.
    pub shades: Vec<(Area, Ink)>,
    /// Drawn first, in px.
    pub under: Vec<Rule>,
    /// Drawn second, in values of the frame.
    pub plotted: Vec<Plotted>,
    /// Drawn third, in px.
    pub over: Vec<Rule>,
    /// Squares of a key.
    pub swatches: Vec<Swatch>,
    /// Drawn last.
    pub texts: Vec<Text>,
    /// Where the rows of the table are.
    pub stops: Stops,
    /// Events that stand in the drawing as numbers and are listed in the sentence.
    pub numbered_events: bool,
    /// Whether points were left out of the line for lack of room.
    pub thinned: bool,
    /// Points whose names found no place.
    pub unnamed: usize,
    /// Categories that did not fit.
    pub left_out: usize,
    /// The period to which bars were joined for lack of room.
    pub joined: Option<crate::series::Grain>,
}

impl Scene {
    /// A drawing with nothing in it.
    pub(crate) fn blank(size: Size) -> Self {
        let frame = Frame {
            left: 0.0,
            top: 0.0,
            right: size.width,
            bottom: size.height,
            x: (0.0, 1.0),
            y: (0.0, 1.0),
        };
        Self {
            size,
            frame,
            shades: Vec::new(),
            under: Vec::new(),
            plotted: Vec::new(),
            over: Vec::new(),
            swatches: Vec::new(),
            texts: Vec::new(),
            stops: Stops::None,
            numbered_events: false,
            thinned: false,
            unnamed: 0,
            left_out: 0,
            joined: None,
        }
    }

    /// A drawing that says that there is nothing to draw.
    pub(crate) fn empty(size: Size, words: &dyn super::Figures) -> Self {
        let size = Size { height: 96.0, ..size };
        let mut scene = Self::blank(size);
        let text = match words.language() {
            crate::finding::Language::English => "No data yet",
            crate::finding::Language::Spanish => "Todavía sin datos",
        };
        scene.texts.push(Text {
            x: size.width / 2.0,
            y: size.height / 2.0 + 5.0,
            anchor: Anchor::Middle,
            text: text.to_owned(),
            ink: Ink::Empty,
        });
        scene
    }

    pub(crate) fn text(&mut self, x: f64, y: f64, anchor: Anchor, text: impl Into<String>, ink: Ink) {
        self.texts.push(Text { x, y, anchor, text: text.into(), ink });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossing() {
        let area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(area.crossed((0.0, 15.0), (30.0, 15.0)));
        assert!(area.crossed((15.0, 0.0), (15.0, 12.0)));
        assert!(area.crossed((12.0, 12.0), (13.0, 13.0)));
        assert!(!area.crossed((0.0, 0.0), (30.0, 5.0)));
        assert!(!area.crossed((0.0, 15.0), (9.0, 15.0)));
        assert!(!area.crossed((0.0, 22.0), (18.0, 40.0)));
    }
}
