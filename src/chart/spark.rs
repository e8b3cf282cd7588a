//! The scene of a sparkline: the shape of a series in 120 by 32 px, without texts.

use super::ChartData;
use super::kind::{Along, Kind, Picture};
use super::scene::{Frame, Ink, Plotted, Scene, Size};
use super::thin::thinned;

pub(crate) static KIND: Kind =
    Kind::drawn(&["sparkline", "minigrafico"], Along::Dates, Picture::Small(scene));

const SIZE: Size = Size { width: 120.0, height: 32.0, narrow: true };

/// The first series; nothing for data without values.
pub(crate) fn scene(data: &ChartData) -> Scene {
    let mut scene = Scene::blank(SIZE);
    let points = points(data);
    let ends = points.iter().flatten().fold(None, |ends: Option<[f64; 4]>, (x, y)| {
        let [left, right, low, high] = ends.unwrap_or([*x, *x, *y, *y]);
        Some([left.min(*x), right.max(*x), low.min(*y), high.max(*y)])
    });
    let Some([left, right, low, high]) = ends else { return scene };
    let wide = |low: f64, high: f64| if low < high { (low, high) } else { (low - 1.0, high + 1.0) };
    let high = if high - low > high.abs().max(low.abs()) * 1e-9 { high } else { low };
    scene.frame = Frame {
        left: 2.0,
        top: 4.0,
        right: SIZE.width - 5.0,
        bottom: SIZE.height - 4.0,
        x: wide(left, right),
        y: wide(low, high),
    };
    let last = points.iter().flatten().last().copied();
    for piece in points {
        if let [alone] = piece.as_slice() {
            scene.plotted.push(Plotted::Dots { points: vec![*alone], radius: 1.5, ink: Ink::Dot(1) });
        } else {
            scene.plotted.push(Plotted::Line { points: thinned(&piece, 120), ink: Ink::Line(1) });
        }
    }
    scene.plotted.push(Plotted::Dots { points: last.into_iter().collect(), radius: 3.0, ink: Ink::Dot(1) });
    scene
}

/// The runs without a gap.
fn points(data: &ChartData) -> Vec<Vec<(f64, f64)>> {
    let values: Vec<(f64, Option<f64>)> = match data {
        ChartData::Time(data) => match data.series.first() {
            Some(series) => series.points.iter().map(|point| (data.place(point.date), point.value)).collect(),
            None => Vec::new(),
        },
        ChartData::Categories(data) => match data.values.first() {
            Some(values) => values.values.iter().enumerate().map(|(x, value)| (x as f64, *value)).collect(),
            None => Vec::new(),
        },
        ChartData::Listing(_) => Vec::new(),
    };
    let mut pieces: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (x, value) in values {
        match (value.filter(|value| value.abs() <= 1e100), pieces.last_mut()) {
            (Some(value), Some(piece)) => piece.push((x, value)),
            _ => pieces.push(Vec::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
