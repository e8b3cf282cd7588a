//! A funnel: a bar for every stage, all from the same left edge, and between two bars how much of one reaches the next.

use super::columns::one_series;
use super::data::CategoryData;
use super::describe::{figure, no_data};
use super::kind::{Along, Kind, Picture};
use super::scale::Notation;
use super::scene::{Anchor, Frame, Ink, LABEL, Plotted, Rule, Scene, Size, TICK};
use super::text::{bold_width, width, wrap};
use super::{ChartData, ChartSpec, FigureTable, Figures};
use crate::finding::{Code, Finding, Language, Level};
use crate::text::Span;
use crate::words;

/// A stage with more than the one before it.
pub static GROWING_FUNNEL: Code =
    Code { id: "P533", name: "growing_funnel", level: Level::Note, since: "0.1.0" };

/// What `funnel` is.
pub(crate) static KIND: Kind = Kind {
    without: &["color", "target", "events", "sort", "time_unit"],
    sentences: Some(sentences),
    table: Some(table),
    check: Some(check),
    ..Kind::drawn(&["funnel", "embudo"], Along::Names, Picture::Scenes(scene))
};

/// Stages in one drawing.
const STAGES: usize = 12;

/// Thickness of a bar in px.
const BAR: f64 = 28.0;

/// Room between two bars, for the rate, in px.
const STEP: f64 = 28.0;

/// Height of a line of a name in px.
const LINE: f64 = 18.0;

/// A stage and what of the stage before reaches it, in percent.
struct Stage<'a> {
    name: &'a str,
    value: Option<f64>,
    rate: Option<f64>,
}

/// The stages in the order of the data. A missing value leaves no rate on both sides of it.
fn stages(data: &ChartData) -> (Vec<Stage<'_>>, u8, &str) {
    let ChartData::Categories(data) = data else { return (Vec::new(), 0, "") };
    let Some(values) = data.values.first() else { return (Vec::new(), 0, "") };
    let mut stages: Vec<Stage> = Vec::new();
    for (name, value) in data.names.iter().zip(&values.values) {
        let value = value.filter(|value| (0.0..=1e100).contains(value));
        let before = stages.last().and_then(|before| before.value).filter(|before| *before > 0.0);
        let rate = before.and_then(|before| Some(value? / before * 100.0));
        stages.push(Stage { name, value, rate });
    }
    (stages, values.decimals, &values.unit)
}

/// A rate as it is read: whole from 10 % on, with one decimal below, with two below 1 %.
fn percent(rate: f64, words: &dyn Figures) -> String {
    let decimals = match rate {
        rate if rate >= 9.95 || rate == 0.0 => 0,
        rate if rate >= 0.95 => 1,
        _ => 2,
    };
    words.percent(rate, decimals)
}

/// The scene; an empty drawing for data without values.
pub(crate) fn scene(_: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    let (mut stages, decimals, unit) = stages(data);
    if stages.iter().all(|stage| stage.value.is_none()) {
        return Scene::empty(size, words);
    }
    let left_out = stages.len().saturating_sub(STAGES);
    stages.truncate(STAGES);
    let mut scene = Scene { left_out, ..Scene::blank(size) };
    let value_text = |value: Option<f64>| match (value, words.language()) {
        (Some(value), _) => Notation::new(value, decimals, unit).write(value, words),
        (None, Language::English) => "no figure".to_owned(),
        (None, Language::Spanish) => "sin dato".to_owned(),
    };
    let (room, lines) = if size.narrow { (size.width, 2) } else { (size.width * 0.36, 3) };
    let names: Vec<Vec<String>> = stages.iter().map(|stage| wrap(stage.name, LABEL, room, lines)).collect();
    let widest = names.iter().flatten().map(|line| width(line, LABEL)).fold(0.0, f64::max);
    let left = if size.narrow { 0.0 } else { widest + 14.0 };
    let room = stages.iter().map(|stage| bold_width(&value_text(stage.value), LABEL)).fold(0.0, f64::max);
    let greatest = stages.iter().filter_map(|stage| stage.value).fold(0.0, f64::max);
    let greatest = if greatest > 0.0 { greatest } else { 1.0 };
    let length = (size.width - left - room - 10.0).max(1.0);

    let mut corners = Vec::new();
    let mut y = 2.0;
    for (index, (stage, name)) in stages.iter().zip(&names).enumerate() {
        if let Some(rate) = stage.rate.filter(|_| index > 0) {
            rate_text(&mut scene, left, y, rate, words);
        }
        if index > 0 {
            y += STEP;
        }
        let height = name.len() as f64 * LINE;
        // A long name makes its row taller, with the bar in the middle.
        let tall = if size.narrow { BAR } else { BAR.max(height) };
        let name_top = if size.narrow { y } else { y + (tall - height) / 2.0 };
        for (line, text) in name.iter().enumerate() {
            let (x, anchor) = if size.narrow { (0.0, Anchor::Start) } else { (left - 14.0, Anchor::End) };
            scene.text(x, name_top + 14.0 + LINE * line as f64, anchor, text, Ink::Name);
        }
        if size.narrow {
            y += height + 3.0;
        }
        let bar_top = y + (tall - BAR) / 2.0;
        let value = stage.value.unwrap_or(0.0);
        let end = left + value / greatest * length;
        corners.extend(stage.value.map(|value| ((0.0, bar_top), (value, bar_top + BAR))));
        let ink = if stage.value.is_some() { Ink::Value } else { Ink::Tick };
        let baseline = bar_top + BAR / 2.0 + LABEL * 0.36;
        scene.text(end + 7.0, baseline, Anchor::Start, value_text(stage.value), ink);
        let (from, to) = ((left, bar_top - 2.0), (left, bar_top + BAR + 2.0));
        scene.over.push(Rule { from, to, ink: Ink::Zero });
        y += tall;
    }
    scene.plotted.push(Plotted::Bars { corners, ink: Ink::Fill(1) });
    scene.size.height = y + 4.0;
    scene.frame = Frame {
        left,
        top: 0.0,
        right: left + length,
        bottom: scene.size.height,
        x: (0.0, greatest),
        y: (scene.size.height, 0.0),
    };
    scene
}

/// `↓ 12 %` between two bars, from the left edge that they share.
fn rate_text(scene: &mut Scene, left: f64, top: f64, rate: f64, words: &dyn Figures) {
    let percent = percent(rate, words);
    let text = match words.language() {
        Language::English => format!("{percent} go on"),
        Language::Spanish => format!("sigue el {percent}"),
    };
    let (x, from, to) = (left + 10.0, top + 6.0, top + STEP - 6.0);
    let tip = |side: f64| Rule { from: (x + side, to - 4.5), to: (x, to), ink: Ink::Arrow };
    scene.over.extend([Rule { from: (x, from), to: (x, to), ink: Ink::Arrow }, tip(-4.0), tip(4.0)]);
    scene.text(x + 12.0, top + STEP / 2.0 + TICK * 0.36, Anchor::Start, text, Ink::TargetLabel);
}

fn sentences(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> Vec<String> {
    let language = words.language();
    let (stages, decimals, unit) = stages(data);
    let value = |value: f64| figure(value, decimals, unit, words);
    let mut known = stages.iter().filter_map(|stage| Some((stage, stage.value?)));
    let Some((first, start)) = known.next() else { return vec![no_data(language)] };
    let from = value(start);
    let Some((last, end)) = known.next_back() else { return vec![format!("{}: {from}.", first.name)] };
    let to = value(end);
    let share = (start > 0.0).then(|| percent(end / start * 100.0, words));
    let mut said = vec![match (language, share) {
        (Language::English, Some(share)) => {
            format!("Of {from} ({}), {to} arrive at the end ({}), {share}.", first.name, last.name)
        }
        (Language::Spanish, Some(share)) => {
            format!("De {from} ({}) llegan al final {to} ({}), el {share}.", first.name, last.name)
        }
        (Language::English, None) => format!("From {from} ({}) to {to} ({}).", first.name, last.name),
        (Language::Spanish, None) => format!("De {from} ({}) a {to} ({}).", first.name, last.name),
    }];
    let pairs = stages.iter().zip(stages.iter().skip(1)).filter_map(|(a, b)| Some((a, b, b.rate?)));
    let lowest = pairs.reduce(|a, b| if b.2 < a.2 { b } else { a }).filter(|(.., rate)| *rate < 100.0);
    if let Some((before, after, rate)) = lowest.filter(|_| stages.len() > 2) {
        let rate = percent(rate, words);
        let (before, after) = (before.name, after.name);
        said.push(match language {
            Language::English => format!("The narrowest step: from {before} to {after}, {rate}."),
            Language::Spanish => format!("El paso más estrecho: de {before} a {after}, el {rate}."),
        });
    }
    said
}

/// The stages with the rate from the one before and from the first.
fn table(_: &ChartSpec, data: &ChartData, words: &dyn Figures) -> FigureTable {
    let (stages, decimals, unit) = stages(data);
    let (heading, name) = match data {
        ChartData::Categories(CategoryData { heading, values, .. }) => {
            (heading.clone(), values.first().map(|values| values.name.clone()).unwrap_or_default())
        }
        _ => Default::default(),
    };
    let (before, start) = match words.language() {
        Language::English => ("Of the stage before", "Of the first"),
        Language::Spanish => ("De la etapa anterior", "De la primera"),
    };
    let first = stages.first().and_then(|stage| stage.value).filter(|value| *value > 0.0);
    let rows = stages.iter().enumerate().map(|(index, stage)| {
        let of_first = first.zip(stage.value).filter(|_| index > 0);
        let of_first = of_first.map(|(first, value)| percent(value / first * 100.0, words));
        let write = |value: f64| Notation::new(value, decimals, unit).write(value, words);
        vec![
            stage.name.to_owned(),
            stage.value.map(write).unwrap_or_default(),
            stage.rate.map(|rate| percent(rate, words)).unwrap_or_default(),
            of_first.unwrap_or_default(),
        ]
    });
    FigureTable {
        columns: vec![heading, name, before.to_owned(), start.to_owned()],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn check(_: &ChartSpec, data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    one_series(data.width(), place, findings);
    let (stages, ..) = stages(data);
    let growing = stages.iter().zip(stages.iter().skip(1)).find(|(_, after)| after.rate > Some(100.0));
    if let Some((before, after)) = growing {
        let (before, after) = (before.name, after.name);
        findings.push(
            Finding::new(
                &GROWING_FUNNEL,
                place,
                words!(
                    "`{after}` is more than `{before}`, the stage before it",
                    "`{after}` es más que `{before}`, la etapa anterior"
                ),
            )
            .why(words!(
                "readers take every stage of a funnel for a part of the one before",
                "quien lee entiende que cada etapa de un embudo es parte de la anterior"
            ))
            .help(words!(
                "put the stages in order, or write `chart: bar` when they are no parts of each other",
                "ordena las etapas o escribe `grafico: barras` si no son unas parte de otras"
            )),
        );
    }
}
