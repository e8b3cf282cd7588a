//! What chart blocks draw of the playbook itself: metrics by their ids, and what happened meanwhile.

use std::collections::BTreeMap;

use super::quantities::{Names, of_collected};
use super::{Measured, of_quantity, unknown_metric, without_figures};
use crate::chart::{ChartData, ChartSpec, Event};
use crate::data::Collected;
use crate::finding::{Code, Finding, Level};
use crate::insight::{self, Metric, OCCURRING};
use crate::model::{EntityId, Playbook, Resolved};
use crate::series::{Grain, Series};
use crate::text::{Spanned, nearest, slug};
use crate::words;
use crate::world::Date;

/// An event that is no campaign, incident or decision with a date.
pub(super) static UNKNOWN_EVENT: Code =
    Code { id: "P517", name: "unknown_event", level: Level::Error, since: "0.1.0" };

/// Metrics of different units in one chart.
pub(super) static UNITS_DIFFER: Code =
    Code { id: "P518", name: "units_differ", level: Level::Error, since: "0.1.0" };

/// Names of columns beside a metric.
pub(super) static COLUMNS_OF_METRIC: Code =
    Code { id: "P519", name: "columns_of_metric", level: Level::Warning, since: "0.1.0" };

/// What a chart of metrics draws.
pub(super) struct OfMetrics {
    pub data: ChartData,
    pub ids: Vec<EntityId>,
    /// Periods that the data do not cover whole.
    pub cut_off: Vec<(Grain, Date)>,
    /// Breaks, each with its metric.
    pub events: Vec<(EntityId, Event)>,
}

/// The series of the metrics that the chart names. `None` when one of them cannot be drawn, or they have nothing in common.
pub(super) fn of_metrics(
    spec: &mut ChartSpec,
    playbook: &Playbook<Resolved>,
    names: &Names,
    measured: &BTreeMap<EntityId, Measured>,
    today: Date,
    findings: &mut Vec<Finding>,
) -> Option<OfMetrics> {
    columns_beside(spec, findings);
    let mut series: Vec<Series> = Vec::new();
    let mut ids = Vec::new();
    let mut partial = false;
    let mut cut_off = Vec::new();
    let mut events = Vec::new();
    let written = spec.clone();
    for name in &written.metrics {
        let Some(id) = names.get(&slug(&name.value)).copied() else {
            findings.push(unknown_metric(name, names));
            return None;
        };
        let Some(found) = measured.get(&id) else {
            findings.push(without_figures(name));
            return None;
        };
        // Each metric is joined by the arithmetic of its own kind.
        let mut own = written.clone();
        let (mut one, cut) = of_quantity(&mut own, name, &found.quantity, found.as_of, today, findings);
        one.unit.clone_from(&found.metric.unit);
        let last = one.points.last().map(|point| point.date);
        partial |= cut.iter().any(|(grain, from)| last.is_some_and(|last| grain.start(last) == *from));
        cut_off.extend(cut);
        if let Some(title) =
            playbook.entity(id).map(|entity| entity.title.as_str()).filter(|_| written.metrics.len() > 1)
        {
            title.clone_into(&mut one.name);
        }
        if let Some(first) = series.first().filter(|first| first.unit != one.unit) {
            findings.push(units_differ(name, &one.unit, written.metrics.first(), &first.unit));
            return None;
        }
        let alone = written.metrics.len() == 1;
        events.extend(breaks(&found.metric).map(|event| match alone {
            true => (id, event),
            // Beside other metrics the lines go on, and the name of the one is said.
            false => (id, Event { anew: false, label: format!("{}: {}", one.name, event.label), ..event }),
        }));
        if ids.is_empty() {
            (spec.aggregate, spec.time_unit) = (own.aggregate, own.time_unit);
        }
        spec.time_unit = spec.time_unit.filter(|_| own.time_unit.is_some());
        series.push(one);
        ids.push(id);
    }
    let mut data = ChartData::of_series(spec, series);
    if let ChartData::Time(data) = &mut data {
        data.partial |= partial;
    }
    cut_off.dedup();
    Some(OfMetrics { data, ids, cut_off, events })
}

/// What a chart draws whose data are a series of the exports, joined by the arithmetic of its kind.
pub(super) fn of_exported(
    spec: &mut ChartSpec,
    name: &Spanned<String>,
    one: &Collected,
    today: Date,
    findings: &mut Vec<Finding>,
) -> Option<(ChartData, Vec<(Grain, Date)>)> {
    columns_beside(spec, findings);
    let title = spec.shown(one.id.rsplit('.').next().unwrap_or_default());
    let unit = spec.unit.clone().unwrap_or_else(|| one.unit.clone());
    let quantity = of_collected(one, name, &title, &unit, findings)?;
    let (series, cut_off) = of_quantity(spec, name, &quantity, one.as_of, today, findings);
    Some((ChartData::of_series(spec, vec![series]), cut_off))
}

/// Where the figures of a metric are counted in another way.
pub(super) fn breaks(metric: &Metric) -> impl Iterator<Item = Event> {
    let event =
        |(date, note): &(Date, String)| Event { date: *date, until: None, label: note.clone(), anew: true };
    metric.breaks.iter().map(event)
}

/// The events that the chart calls by name.
pub(super) fn events(
    spec: &ChartSpec,
    playbook: &Playbook<Resolved>,
    findings: &mut Vec<Finding>,
) -> Vec<(EntityId, Event)> {
    if spec.event_names.is_empty() {
        return Vec::new();
    }
    let kinds = &playbook.kinds;
    let of_time = playbook.iter().filter(|(_, entity)| {
        kinds.kind(entity.kind).is_some_and(|kind| OCCURRING.iter().any(|(name, ..)| *name == kind.name))
    });
    let known: BTreeMap<String, EntityId> = of_time
        .flat_map(|(id, entity)| {
            let titles = entity.titles().map(move |title| (slug(title), id));
            titles.chain([(entity.id.clone(), id)])
        })
        .collect();
    let mut events = Vec::new();
    for name in &spec.event_names {
        let id = known.get(&slug(&name.value)).copied();
        let Some((id, entity)) = id.and_then(|id| Some((id, playbook.entity(id)?))) else {
            findings.push(unknown_event(name, &known));
            continue;
        };
        match insight::occurrence(kinds, entity) {
            Some((date, until)) => {
                events.push((id, Event { date, until, label: entity.title.clone(), anew: false }));
            }
            None => findings.push(undated(name)),
        }
    }
    events
}

fn unknown_event(name: &Spanned<String>, known: &BTreeMap<String, EntityId>) -> Finding {
    let written = &name.value;
    Finding::new(
        &UNKNOWN_EVENT,
        name.span,
        words!(
            "there is no incident, campaign or decision `{written}`",
            "no hay ninguna incidencia, campaña o decisión `{written}`"
        ),
    )
    .why(words!("what is not known cannot be marked in time", "lo que no se conoce no se puede señalar en el tiempo"))
    .help(words!(
        "write the id of one of them, or the event itself: `{{ date: 2026-06-08, label: Beach foam }}`",
        "escribe el identificador de una, o el propio hecho: `{{ fecha: 2026-06-08, etiqueta: Espuma en la playa }}`"
    ))
    .suggest(nearest(written, known.keys().map(String::as_str)))
}

fn undated(name: &Spanned<String>) -> Finding {
    let written = &name.value;
    Finding::new(&UNKNOWN_EVENT, name.span, words!("`{written}` has no date", "`{written}` no tiene fecha"))
        .why(words!("without a date it has no place in the drawing", "sin fecha no tiene sitio en el dibujo"))
        .help(words!("add the date to its page", "añade la fecha en su página"))
}

fn units_differ(name: &Spanned<String>, unit: &str, first: Option<&Spanned<String>>, other: &str) -> Finding {
    let written = &name.value;
    let bare = |unit: &str| if unit.is_empty() { "–".to_owned() } else { unit.to_owned() };
    let (unit, other) = (bare(unit), bare(other));
    let finding = Finding::new(
        &UNITS_DIFFER,
        name.span,
        words!(
            "`{written}` is counted in `{unit}`, the first metric in `{other}`",
            "`{written}` se cuenta en `{unit}`; el primer indicador, en `{other}`"
        ),
    );
    let finding = match first {
        Some(first) => finding.also(first.span, words!("this one", "este")),
        None => finding,
    };
    finding
        .why(words!(
            "one axis has one unit; with two, any two lines can be made to cross anywhere",
            "un eje tiene una sola unidad; con dos, cualquier par de líneas puede cruzarse donde se quiera"
        ))
        .help(words!("make a chart of each", "haz un gráfico para cada uno"))
}

/// Keys that name columns say nothing about a metric.
fn columns_beside(spec: &ChartSpec, findings: &mut Vec<Finding>) {
    let columns = spec.x.iter().chain(&spec.y).chain(&spec.color).chain(spec.beside().map(|(_, name)| name));
    let Some(first) = columns.into_iter().next() else { return };
    let written = &first.value;
    findings.push(
        Finding::new(
            &COLUMNS_OF_METRIC,
            first.span,
            words!("a metric has no column `{written}`", "un indicador no tiene la columna `{written}`"),
        )
        .why(words!(
            "the figures come from the metric, which says itself where they are; this has no effect",
            "las cifras salen del indicador, que ya dice dónde están; esto no tiene efecto"
        ))
        .help(words!(
            "delete the key, or name the file in `data:` instead of `metric:`",
            "borra la clave, o nombra el archivo en `datos:` en lugar de `indicador:`"
        )),
    );
}
