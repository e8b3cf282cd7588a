//! Stacked areas: how a whole and its parts change with time.

use super::data::{TOLD_APART, TimeData};
use super::kind::{Along, Kind, Picture, Y_MIN};
use super::label::pushed_apart;
use super::line::{time_axis, time_ticks, value_axis};
use super::scale::{Axis, Notation, least_step};
use super::scene::{Anchor, Frame, Ink, LABEL, Plotted, Scene, Size, TICK};
use super::text::{bold_width, width, wrap};
use super::{ChartData, ChartSpec, Figures, bar, stacked};
use crate::finding::Finding;
use crate::text::Span;
use crate::world::Date;

pub(crate) static KIND: Kind = Kind {
    keys: &[Y_MIN],
    check: Some(check),
    without: &["target", "sort"],
    ..Kind::drawn(&["area", "areas", "stacked_area"], Along::Dates, Picture::Scenes(scene))
};

fn check(spec: &ChartSpec, data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    bar::from_zero(spec, data, place, findings);
    stacked::no_negatives(data, place, findings);
}

/// The sums up to each series on one day, from zero on.
struct Pile {
    x: f64,
    sums: Vec<f64>,
}

fn scene(_: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let ChartData::Time(data) = data else { return Scene::empty(size, words) };
    let runs = runs(data);
    let piles = || runs.iter().flatten();
    let (Some(first), Some(last)) = (piles().next(), piles().next_back()) else {
        return Scene::empty(size, words);
    };
    let least = piles().flat_map(|pile| &pile.sums).copied().fold(0.0, f64::min);
    let greatest = piles().flat_map(|pile| &pile.sums).copied().fold(0.0, f64::max);
    let decimals = data.series.iter().map(|series| series.decimals).max().unwrap_or(0);
    let axis =
        Axis::over(least, greatest, if size.narrow { 4 } else { 5 }, least_step(decimals)).trimmed(greatest);
    let unit = data.series.first().map(|series| series.unit.as_str()).unwrap_or_default();
    let notation = Notation::for_ticks(&axis, unit);
    let ticks: Vec<(f64, String)> =
        axis.ticks.iter().map(|tick| (*tick, notation.write(*tick, words))).collect();
    let left = ticks.iter().map(|(_, text)| width(text, TICK)).fold(0.0, f64::max) + 10.0;
    let room = if size.narrow { 96.0 } else { 150.0 };
    let labels: Vec<(u8, Vec<String>)> = data
        .series
        .iter()
        .enumerate()
        .take(TOLD_APART)
        .map(|(index, series)| (rank(index), wrap(&series.name, LABEL * 1.06, room, 3)))
        .collect();
    let widest =
        labels.iter().flat_map(|(_, lines)| lines).map(|line| bold_width(line, LABEL)).fold(0.0, f64::max);
    let right = size.width - widest - 12.0;
    let time = time_ticks(data, first.x, last.x, right - left, words);
    let second_row = time.iter().any(|tick| !tick.below.is_empty());
    let frame = Frame {
        left,
        right,
        top: 12.0,
        bottom: size.height - if second_row { 44.0 } else { 27.0 },
        x: if first.x < last.x { (first.x, last.x) } else { (first.x - 1.0, first.x + 1.0) },
        y: (axis.low, axis.high),
    };
    let mut scene = Scene { frame, stops: super::stops::Stops::Days, ..Scene::blank(size) };
    value_axis(&mut scene, &ticks);
    time_axis(&mut scene, &time);
    for run in &runs {
        draw_run(&mut scene, run, data.series.len());
    }
    let middles: Vec<(f64, f64)> = labels
        .iter()
        .enumerate()
        .map(|(index, (_, lines))| {
            let sum = |index: usize| last.sums.get(index).copied().unwrap_or_default();
            (frame.py((sum(index) + sum(index + 1)) / 2.0), lines.len() as f64 * (LABEL + 3.0))
        })
        .collect();
    let centres = pushed_apart(&middles, frame.top - 8.0, frame.bottom + 8.0);
    for ((rank, lines), (centre, (_, height))) in labels.iter().zip(centres.iter().zip(&middles)) {
        for (line, text) in lines.iter().enumerate() {
            let baseline = centre - height / 2.0 + (LABEL + 3.0) * line as f64 + LABEL * 0.95;
            scene.text(frame.right + 10.0, baseline, Anchor::Start, text, Ink::Label(*rank));
        }
    }
    scene
}

fn rank(index: usize) -> u8 {
    if index < TOLD_APART { index as u8 + 1 } else { 0 }
}

/// The days on which every series has a value, cut where one has none: a missing part is no part of nought.
fn runs(data: &TimeData) -> Vec<Vec<Pile>> {
    let mut runs: Vec<Vec<Pile>> = vec![Vec::new()];
    let value = |series: &crate::series::Series, date: Date| {
        let found = series.points.binary_search_by_key(&date, |point| point.date).ok()?;
        series.points.get(found)?.value.filter(|value| value.abs() <= 1e100)
    };
    for date in data.dates() {
        let values: Option<Vec<f64>> = data.series.iter().map(|series| value(series, date)).collect();
        match (values, runs.last_mut()) {
            (Some(values), Some(run)) => {
                let mut sums = vec![0.0];
                sums.extend(values.iter().scan(0.0, |sum, value| {
                    *sum += value;
                    Some(*sum)
                }));
                run.push(Pile { x: data.place(date), sums });
            }
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn draw_run(scene: &mut Scene, run: &[Pile], count: usize) {
    let edge = |index: usize| -> Vec<(f64, f64)> {
        run.iter().map(|pile| (pile.x, pile.sums.get(index).copied().unwrap_or_default())).collect()
    };
    let alone = run.len() == 1;
    for index in 0..count {
        let (low, high) = (edge(index), edge(index + 1));
        if let (true, Some(low), Some(high)) = (alone, low.first(), high.first()) {
            // One day has no width: it is drawn as a bar.
            let half = (scene.frame.x.1 - scene.frame.x.0) * 0.01;
            let (left, right) = ((low.0 - half).max(scene.frame.x.0), (low.0 + half).min(scene.frame.x.1));
            let corners = vec![((left, low.1), (right, high.1))];
            scene.plotted.push(Plotted::Bars { corners, ink: Ink::Fill(rank(index)) });
            continue;
        }
        let room = (scene.frame.right - scene.frame.left).max(1.0) as usize;
        let thin = |edge: Vec<(f64, f64)>| {
            if run.len() > 2 * room { super::thin::thinned(&edge, room) } else { edge }
        };
        scene.thinned |= run.len() > 2 * room;
        let (low, high) = (thin(low), thin(high));
        let points: Vec<(f64, f64)> = high.iter().copied().chain(low.iter().rev().copied()).collect();
        scene.plotted.push(Plotted::Surface { points, ink: Ink::Fill(rank(index)) });
        if index > 0 {
            scene.plotted.push(Plotted::Line { points: low, ink: Ink::Seam });
        }
    }
}
