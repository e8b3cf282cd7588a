//! Dumbbell chart: before and after of many names, two points on a line each.

use super::kind::{Along, Kind, Picture};
use super::pairs::{Pairs, check, sentences};
use super::rows::{ROW_GAP, end, key, rows, stops, write_names};
use super::scale::{Notation, spread};
use super::scene::{Anchor, Frame, Ink, LABEL, Plotted, Rule, Scene, Size};
use super::text::bold_width;
use super::{ChartData, ChartSpec, Figures};

/// Rows that fit.
const ROWS: usize = 20;

/// Height of a row in px.
const THICK: f64 = 20.0;

pub(crate) static KIND: Kind = Kind {
    check: Some(check),
    without: &["target", "events"],
    sentences: Some(sentences),
    series: usize::MAX,
    ..Kind::drawn(&["dumbbell", "mancuernas", "mancuerna"], Along::Either, Picture::Scenes(scene))
};

fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let pairs = Pairs::of(spec, data, words);
    let (Some(low), Some(high)) = (pairs.values().reduce(f64::min), pairs.values().reduce(f64::max)) else {
        return Scene::empty(size, words);
    };
    let count = pairs.rows.len().min(ROWS);
    let mut scene = Scene { left_out: pairs.rows.len() - count, ..Scene::blank(size) };
    let [before, after] = &pairs.ends;
    let names = [(Ink::Fill(0), Ink::Name, before.clone()), (Ink::Fill(1), Ink::Name, after.clone())];
    let top = key(&mut scene, &names, 0.0);
    let (rows, left) = rows(pairs.rows.iter().take(count).map(|row| row.0.as_str()), THICK, size, top);
    write_names(&mut scene, &rows, left);
    scene.stops = stops(&rows, THICK);
    let bottom = end(&rows, top);
    scene.size.height = bottom + ROW_GAP / 2.0;
    let write = |value: f64| Notation::new(value, pairs.decimals, &pairs.unit).write(value, words);
    let room = pairs.values().map(|value| bold_width(&write(value), LABEL)).fold(0.0, f64::max) + 12.0;
    let spread = spread(low, high, 0.0);
    scene.frame =
        Frame { left: left + room, right: size.width - room, top, bottom, x: spread, y: (bottom, top) };
    let frame = scene.frame;
    let (mut befores, mut afters) = (Vec::new(), Vec::new());
    for (row, (_, before, after)) in rows.iter().zip(&pairs.rows) {
        let y = row.top + THICK / 2.0;
        scene.under.push(Rule { from: (left, y), to: (size.width, y), ink: Ink::Grid });
        if let (Some(before), Some(after)) = (before, after) {
            scene.plotted.push(Plotted::Line { points: vec![(*before, y), (*after, y)], ink: Ink::Axis });
        }
        befores.extend(before.map(|value| (value, y)));
        afters.extend(after.map(|value| (value, y)));
        // The lower figure stands left of its point, the higher one right: they never meet.
        let first_is_lower = before.unwrap_or(f64::MIN) <= after.unwrap_or(f64::MAX);
        let same = before.is_some() && before == after;
        for (value, lower, ink) in
            [(*before, first_is_lower, Ink::DotName), (*after, !first_is_lower, Ink::Value)]
        {
            let Some(value) = value.filter(|_| !(same && ink == Ink::DotName)) else { continue };
            let (x, anchor) = if lower {
                (frame.px(value) - 10.0, Anchor::End)
            } else {
                (frame.px(value) + 10.0, Anchor::Start)
            };
            scene.text(x, y + LABEL * 0.35, anchor, write(value), ink);
        }
    }
    scene.plotted.push(Plotted::Dots { points: befores, radius: 5.5, ink: Ink::Dot(0) });
    scene.plotted.push(Plotted::Dots { points: afters, radius: 6.0, ink: Ink::Dot(1) });
    scene
}
