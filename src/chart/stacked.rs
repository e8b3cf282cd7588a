//! Stacked bars: a whole and its parts, by period or by name.

use super::kind::{Along, Kind, Picture, Y_MIN};
use super::scene::{Scene, Size};
use super::{ChartData, ChartSpec, Figures, bar};
use crate::finding::{Code, Finding, Level};
use crate::text::Span;
use crate::words;

/// Parts below zero in a whole.
pub static STACKED_NEGATIVES: Code =
    Code { id: "P513", name: "stacked_negatives", level: Level::Warning, since: "0.1.0" };

pub(crate) static KIND: Kind = Kind {
    keys: &[Y_MIN],
    check: Some(check),
    ..Kind::drawn(&["stacked", "apiladas", "apilado", "stacked_bar"], Along::Either, Picture::Scenes(scene))
};

fn scene(spec: &ChartSpec, data: &ChartData, size: Size, words: &dyn Figures) -> Scene {
    bar::arranged(spec, data, true, size, words)
}

fn check(spec: &ChartSpec, data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    bar::from_zero(spec, data, place, findings);
    no_negatives(data, place, findings);
}

/// Tells of negative parts: a whole cannot have them.
pub(super) fn no_negatives(data: &ChartData, place: Span, findings: &mut Vec<Finding>) {
    let Some(least) = data.values().reduce(f64::min).filter(|least| *least < 0.0) else { return };
    findings.push(
        Finding::new(
            &STACKED_NEGATIVES,
            place,
            words!("a part of a stack is {least}", "una parte del apilado vale {least}"),
        )
        .why(words!(
            "stacked parts make up a whole, and a part below zero makes the height of the stack mean nothing",
            "lo apilado suma un total, y con una parte bajo cero la altura ya no significa nada"
        ))
        .help(words!(
            "write `chart: grouped` to put them side by side, or `chart: diverging` for answers from bad to good",
            "escribe `grafico: agrupadas` para ponerlas una junto a otra, o `grafico: divergente` para respuestas de mala a buena"
        )),
    );
}
