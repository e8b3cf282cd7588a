//! Slope chart: before at the left, after at the right, a line between them for each name.

use super::data::TOLD_APART;
use super::kind::{Along, Kind, Picture};
use super::label::pushed_apart;
use super::pairs::{Pair, Pairs, check, sentences};
use super::scale::{Notation, spread};
use super::scene::{Anchor, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK};
use super::text::{bold_width, cut, width, wrap};
use super::{ChartData, ChartSpec, Figures};

/// Lines that can be followed with the eye.
const LINES: usize = 10;

pub(crate) static KIND: Kind = Kind {
    check: Some(check),
    without: &["target", "events"],
    sentences: Some(sentences),
    series: usize::MAX,
    ..Kind::drawn(&["slope", "pendiente", "pendientes"], Along::Either, Picture::Scenes(scene))
};

/// Grey below the four that have a colour.
fn rank(index: usize) -> u8 {
    if index < TOLD_APART { index as u8 + 1 } else { 0 }
}

fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let pairs = Pairs::of(spec, data, words);
    let rows: Vec<_> = pairs.rows.iter().filter(|row| row.1.is_some() || row.2.is_some()).collect();
    let (Some(low), Some(high)) = (pairs.values().reduce(f64::min), pairs.values().reduce(f64::max)) else {
        return Scene::empty(size, words);
    };
    let left_out = rows.len().saturating_sub(LINES);
    let rows = rows.get(..rows.len().min(LINES)).unwrap_or_default();
    let write = |value: f64| Notation::new(value, pairs.decimals, &pairs.unit).write(value, words);
    let room = size.width * if size.narrow { 0.36 } else { 0.34 };
    // A name without a figure at the right stands at the left.
    let before = |(name, before, after): &&Pair| match (before, after) {
        (Some(value), None) => cut(&format!("{name} {}", write(*value)), LABEL * 1.06, room),
        (value, _) => value.map(&write).unwrap_or_default(),
    };
    let befores: Vec<String> = rows.iter().map(before).collect();
    let afters: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let value = row.2.map(&write).unwrap_or_default();
            let both = format!("{value} {}", row.0);
            if bold_width(&both, LABEL) <= room {
                return vec![both.trim().to_owned()];
            }
            let mut lines = vec![value];
            lines.extend(wrap(&row.0, LABEL * 1.06, room, 2));
            lines.retain(|line| !line.is_empty());
            lines
        })
        .collect();
    let line = LABEL + 3.0;
    let taken: f64 = afters.iter().map(|lines| lines.len() as f64 * line).sum();
    let mut scene =
        Scene { left_out, ..Scene::blank(Size { height: size.height.max(taken + 60.0), ..size }) };
    let left = befores.iter().map(|text| bold_width(text, LABEL)).fold(0.0, f64::max) + 14.0;
    let right =
        size.width - afters.iter().flatten().map(|text| bold_width(text, LABEL)).fold(0.0, f64::max) - 14.0;
    let spread = spread(low, high, 0.0);
    scene.frame =
        Frame { left, right, top: 40.0, bottom: scene.size.height - 16.0, x: (0.0, 1.0), y: spread };
    let frame = scene.frame;
    let [before, after] = &pairs.ends;
    let room = size.width / 2.0 - 6.0;
    for (x, text) in [(frame.left, before), (frame.right, after)] {
        let text = cut(text, TICK, room);
        let half = width(&text, TICK) / 2.0;
        let x = x.clamp(half, (size.width - half).max(half));
        scene.text(x, 16.0, Anchor::Middle, text, Ink::Note);
    }
    for x in [frame.left, frame.right] {
        scene.under.push(Rule { from: (x, 26.0), to: (x, frame.bottom + 10.0), ink: Ink::Axis });
    }
    for (index, row) in rows.iter().enumerate().rev() {
        if let (Some(before), Some(after)) = (row.1, row.2) {
            scene.plotted.push(Plotted::Line {
                points: vec![(0.0, before), (1.0, after)],
                ink: Ink::Line(rank(index)),
            });
        }
        let dots = row.1.map(|value| (0.0, value)).into_iter().chain(row.2.map(|value| (1.0, value)));
        scene.plotted.push(Plotted::Dots { points: dots.collect(), radius: 4.5, ink: Ink::Dot(rank(index)) });
    }
    // Names that have no figure at one end have no text there.
    let ends = |value: fn(&Pair) -> Option<f64>, heights: Vec<f64>| {
        let known: Vec<(usize, f64, f64)> = rows
            .iter()
            .zip(heights)
            .enumerate()
            .filter_map(|(index, (row, height))| Some((index, frame.py(value(row)?), height)))
            .collect();
        let wanted: Vec<(f64, f64)> = known.iter().map(|(_, y, height)| (*y, *height)).collect();
        let centres = pushed_apart(&wanted, 30.0, scene_bottom(&frame));
        known.into_iter().zip(centres).map(|((index, y, _), centre)| (index, y, centre)).collect::<Vec<_>>()
    };
    for (index, y, centre) in ends(|row| row.1, vec![line; rows.len()]) {
        let text = befores.get(index).cloned().unwrap_or_default();
        lead(&mut scene, (frame.left - 6.0, y), (frame.left - 10.0, centre));
        scene.text(frame.left - 12.0, centre + LABEL * 0.35, Anchor::End, text, Ink::Label(rank(index)));
    }
    let heights = afters.iter().map(|lines| lines.len() as f64 * line).collect();
    for (index, y, centre) in ends(|row| row.2, heights) {
        let lines = afters.get(index).map(Vec::as_slice).unwrap_or_default();
        lead(&mut scene, (frame.right + 6.0, y), (frame.right + 10.0, centre));
        for (row, text) in lines.iter().enumerate() {
            let baseline = centre - lines.len() as f64 * line / 2.0 + line * row as f64 + LABEL * 0.95;
            scene.text(frame.right + 12.0, baseline, Anchor::Start, text, Ink::Label(rank(index)));
        }
    }
    scene
}

fn scene_bottom(frame: &Frame) -> f64 {
    frame.bottom + 14.0
}

/// A thin line from a point to a label that had to move.
fn lead(scene: &mut Scene, from: (f64, f64), to: (f64, f64)) {
    if (from.1 - to.1).abs() > 7.0 {
        scene.over.push(Rule { from, to, ink: Ink::Lead });
    }
}
