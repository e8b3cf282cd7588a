//! Rows of lying marks: the name at the left, or above on a telephone.

use super::scene::{Anchor, Ink, LABEL, Scene, Size};
use super::stops::{Stop, Stops};
use super::text::{width, wrap};

/// Height of a line of a name.
const NAME_LINE: f64 = 18.0;

/// Room between the rows.
pub(crate) const ROW_GAP: f64 = 12.0;

/// Where a row lies.
pub(crate) struct Row {
    pub name: Vec<String>,
    pub name_top: f64,
    /// Upper edge of the marks.
    pub top: f64,
    pub bottom: f64,
}

/// Rows with marks of this height from `top` down, and where the marks start.
pub(crate) fn rows<'a>(
    names: impl Iterator<Item = &'a str>,
    marks: f64,
    size: Size,
    top: f64,
) -> (Vec<Row>, f64) {
    let (room, lines) = if size.narrow { (size.width, 2) } else { (size.width * 0.36, 3) };
    let mut rows = Vec::new();
    let mut y = top;
    let mut widest = 0.0f64;
    for name in names {
        let name = wrap(name, LABEL, room, lines);
        widest = name.iter().map(|line| width(line, LABEL)).fold(widest, f64::max);
        let name_height = name.len() as f64 * NAME_LINE;
        let row = if size.narrow {
            let top = y + name_height + 2.0;
            Row { name, name_top: y, top, bottom: top + marks }
        } else {
            let height = marks.max(name_height);
            let (name_top, top) = (y + (height - name_height) / 2.0, y + (height - marks) / 2.0);
            Row { name, name_top, top, bottom: top + marks }
        };
        y = if size.narrow { row.bottom } else { y + marks.max(name_height) } + ROW_GAP;
        rows.push(row);
    }
    (rows, if size.narrow { 0.0 } else { widest + 12.0 })
}

/// Where the last row ends.
pub(crate) fn end(rows: &[Row], top: f64) -> f64 {
    rows.last().map_or(top, |row| row.bottom.max(row.name_top + row.name.len() as f64 * NAME_LINE))
}

/// The rows as places to point at, with marks of this height.
pub(crate) fn stops(rows: &[Row], marks: f64) -> Stops {
    let stop = |(index, row): (usize, &Row)| {
        let index = index as f64;
        Stop { first: index, last: index, place: row.top + marks / 2.0 }
    };
    Stops::Down(rows.iter().enumerate().map(stop).collect())
}

/// Writes the names; `left` is where the marks start.
pub(crate) fn write_names(scene: &mut Scene, rows: &[Row], left: f64) {
    let (x, anchor) = if scene.size.narrow { (0.0, Anchor::Start) } else { (left - 12.0, Anchor::End) };
    for row in rows {
        for (line, text) in row.name.iter().enumerate() {
            scene.text(x, row.name_top + 14.0 + NAME_LINE * line as f64, anchor, text, Ink::Name);
        }
    }
}

/// Squares with names in a row from `top` down, broken where the drawing ends; gives where they end.
pub(crate) fn key(scene: &mut Scene, names: &[(Ink, Ink, String)], top: f64) -> f64 {
    use super::scene::Swatch;
    use super::text::{bold_width, cut};
    let (mut x, mut baseline) = (0.0, top + LABEL);
    for (fill, ink, name) in names {
        let name = cut(name, LABEL * 1.06, scene.size.width - 20.0);
        let taken = 18.0 + bold_width(&name, LABEL) + 18.0;
        if x > 0.0 && x + taken - 18.0 > scene.size.width {
            x = 0.0;
            baseline += LABEL + 8.0;
        }
        scene.swatches.push(Swatch { left: x, top: baseline - 11.0, side: 12.0, ink: *fill });
        scene.text(x + 18.0, baseline, Anchor::Start, name, *ink);
        x += taken;
    }
    baseline + 14.0
}
