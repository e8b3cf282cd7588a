//! Floor 7: every chart of a playbook, checked and with its data, ready to be drawn for an edition: chart blocks in prose and the figure of each metric.

use std::collections::BTreeMap;

use crate::chart::{self, ChartData, ChartKind, ChartSpec, Event, Raci};
use crate::data::Data;
use crate::finding::{Code, Finding, Level, Reported};
use crate::insight::{self, Figures, Measurement, Measurements, Metric, Published, Target};
use crate::model::{EntityId, Kinds, Playbook, Resolved};
use crate::series::{Aggregate, Grain, Habits, Measure, Quantity, Refused, Series};
use crate::syntax::{Filling, Node, Tree, yaml};
use crate::text::{SourceId, Sources, Span, Spanned, fold, nearest, slug};
use crate::words;
use crate::world::Date;
use quantities::Names;

mod cards;
mod drawn;
mod quantities;
mod rows;

pub use rows::Rows;

static CHART_METRIC: Code =
    Code { id: "P509", name: "chart_of_unknown_metric", level: Level::Error, since: "0.1.0" };
static METRIC_COLUMN: Code = Code { id: "P417", name: "metric_column", level: Level::Error, since: "0.1.0" };
static METRIC_WITHOUT_DATA: Code =
    Code { id: "P418", name: "metric_without_data", level: Level::Warning, since: "0.1.0" };

/// A sum of different people, a mean of rates: figures that mean nothing.
static REFUSED_ARITHMETIC: Code =
    Code { id: "P450", name: "refused_arithmetic", level: Level::Error, since: "0.1.0" };
static OTHER_KIND: Code =
    Code { id: "P462", name: "series_of_another_kind", level: Level::Warning, since: "0.1.0" };
static UNKNOWN_PART: Code =
    Code { id: "P461", name: "unknown_part_of_rate", level: Level::Error, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[
    &CHART_METRIC,
    &METRIC_COLUMN,
    &METRIC_WITHOUT_DATA,
    &REFUSED_ARITHMETIC,
    &cards::NO_METRICS,
    &OTHER_KIND,
    &UNKNOWN_PART,
    &drawn::UNKNOWN_EVENT,
    &drawn::UNITS_DIFFER,
    &drawn::COLUMNS_OF_METRIC,
    &rows::UNKNOWN_ROWS,
];

/// A chart with its data.
#[derive(Clone, Debug)]
pub struct Plate {
    /// Name of the chart in addresses: the author's `id`, else made of the title; no other chart of the playbook has it.
    pub id: String,
    /// What the author wrote, or what was made for a metric.
    pub spec: ChartSpec,
    /// What is drawn.
    pub data: ChartData,
    /// The metrics whose figures these are: an edition that does not show one of them does not show the chart either.
    pub metrics: Vec<EntityId>,
    /// The periods that the data do not cover whole, by their first day.
    pub cut_off: Vec<(Grain, Date)>,
    /// The targets that objectives have for the metric: an edition draws the first that it may show.
    pub targets: Vec<(EntityId, Target)>,
    /// What happened meanwhile: an edition marks what it may show.
    pub events: Vec<(EntityId, Event)>,
    /// Where the rows are from when they are entities: each edition draws its own, and `data` has none.
    pub rows: Option<Rows>,
}

impl Plate {
    /// A chart whose rows come with the edition.
    fn of_rows(id: String, spec: ChartSpec, rows: Rows) -> Plate {
        Plate { rows: Some(rows), ..Plate::of_data(&id, spec, ChartData::of_raci(Raci::default())) }
    }

    /// A chart of what was worked out.
    pub fn of_data(id: &str, spec: ChartSpec, data: ChartData) -> Plate {
        Plate {
            id: id.to_owned(),
            spec,
            data,
            metrics: Vec::new(),
            cut_off: Vec::new(),
            targets: Vec::new(),
            events: Vec::new(),
            rows: None,
        }
    }
}

/// All charts of a playbook.
#[derive(Clone, Debug, Default)]
pub struct Plates {
    blocks: BTreeMap<Span, Plate>,
    cards: BTreeMap<Span, Vec<EntityId>>,
    metrics: BTreeMap<EntityId, Plate>,
    measured: BTreeMap<EntityId, Measured>,
    published: BTreeMap<EntityId, Published>,
}

/// The figures of a metric.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The metric.
    pub metric: Metric,
    /// Its values.
    pub quantity: Quantity,
    /// Where the values of a period stand, by its first day; of the newest periods only.
    pub origins: BTreeMap<Date, Vec<Origin>>,
    /// Where the values are from, all in all: once for each file.
    pub whole: Vec<Origin>,
    /// The day up to which the data were complete when they were exported, where the export says it.
    pub as_of: Option<Date>,
    /// The columns that were read: heading, first and last cell.
    read: Vec<(String, Span, Span)>,
}

impl Measurements for Plates {
    fn measurement(&self, metric: EntityId) -> Option<Measurement<'_>> {
        let Measured { metric, quantity, as_of, .. } = self.measured.get(&metric)?;
        Some(Measurement { metric, quantity, as_of: *as_of })
    }

    fn published(&self, channel: EntityId) -> Option<&Published> {
        self.published.get(&channel)
    }
}

impl Plates {
    /// The chart of the block whose text stands at this place.
    pub fn block(&self, span: Span) -> Option<&Plate> {
        self.blocks.get(&span)
    }

    /// The metrics of the `kpi` block whose text stands at this place.
    pub fn cards(&self, span: Span) -> &[EntityId] {
        self.cards.get(&span).map(Vec::as_slice).unwrap_or_default()
    }

    /// The figure of a metric.
    pub fn metric(&self, id: EntityId) -> Option<&Plate> {
        self.metrics.get(&id)
    }

    /// The figures of a metric.
    pub fn measured(&self, id: EntityId) -> Option<&Measured> {
        self.measured.get(&id)
    }

    /// The figures of all metrics.
    pub fn all_measured(&self) -> impl Iterator<Item = (EntityId, &Measured)> {
        self.measured.iter().map(|(id, measured)| (*id, measured))
    }

    /// How many charts there are.
    pub fn count(&self) -> usize {
        self.blocks.len() + self.metrics.len()
    }
}

/// Lines of a file, and the headings of the columns in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file, from the root of the playbook.
    pub file: String,
    /// First line, from 1.
    pub first: usize,
    /// Last line.
    pub last: usize,
    /// Headings of the columns; none for values kept by hand.
    pub columns: Vec<String>,
}

/// A block as written, before its data are read.
#[derive(Clone, Debug)]
pub struct Sketch {
    span: Span,
    asks: Asks,
    /// How the language of the text writes numbers and dates.
    habits: Habits,
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "nearly all of them are charts")]
enum Asks {
    Chart(ChartSpec),
    Cards(Vec<Spanned<String>>),
}

/// Reads what all blocks ask for.
pub fn sketch(playbook: &Playbook<Resolved>, habits: Habits) -> Reported<Vec<Sketch>> {
    let mut findings = Vec::new();
    let mut sketches = Vec::new();
    let habits_of = |source: SourceId| match &playbook.translated {
        Some(translated) if translated.sources.contains(&source) => Habits::of(&translated.language),
        _ => habits,
    };
    playbook.for_each_passage(&mut |passage| {
        for hole in &passage.prose.holes {
            let Filling::Block { text, name } = &hole.filling else { continue };
            if !is_chart(&name.value) && !cards::is_block(&name.value) {
                continue;
            }
            let habits = habits_of(text.span.source);
            if cards::is_block(&name.value) {
                let names = cards::names(text, &mut findings);
                sketches.push(Sketch { span: text.span, asks: Asks::Cards(names), habits });
                continue;
            }
            let (start, source) = (text.span.start as usize, text.span.source);
            let node = yaml::parse(&text.value, source, start, &mut findings)
                .unwrap_or(Node { span: text.span, tree: Tree::Map(Vec::new()) });
            let node = if rows::is_raci(&name.value) { rows::raci(node, name) } else { node };
            if let Some(mut spec) = ChartSpec::read(&node, habits).into(&mut findings) {
                rows::untitle(&mut spec);
                sketches.push(Sketch { span: text.span, asks: Asks::Chart(spec), habits });
            }
        }
    });
    Reported::new(sketches, findings)
}

/// Whether a block of this name is a chart.
fn is_chart(name: &str) -> bool {
    matches!(fold(name).as_str(), "chart" | "grafico") || rows::is_raci(name)
}

/// The data files that charts and metrics name, in the order of their places.
pub fn named_files(playbook: &Playbook<Resolved>, sketches: &[Sketch]) -> Vec<Spanned<String>> {
    let mut named: Vec<Spanned<String>> = Vec::new();
    for (_, entity) in playbook.iter() {
        match insight::metric(&playbook.kinds, entity).map(|metric| metric.figures) {
            Some(Figures::File { file, .. } | Figures::Ratio { file: Some(file), .. }) => named.push(file),
            Some(Figures::Series(name)) => named.push(name),
            Some(Figures::Ratio { file: None, numerator, denominator, .. }) => {
                named.extend(
                    [numerator, denominator].into_iter().filter(|part| insight::is_series(&part.value)),
                );
            }
            Some(Figures::None | Figures::Values(_)) | None => {}
        }
    }
    named.extend(sketches.iter().filter_map(|sketch| match &sketch.asks {
        Asks::Chart(spec) => spec.data.clone(),
        Asks::Cards(_) => None,
    }));
    named
}

/// Joins specs and data.
pub fn prepare(
    playbook: &Playbook<Resolved>,
    sketches: Vec<Sketch>,
    data: &Data<'_>,
    sources: &Sources,
    habits: Habits,
    today: Date,
) -> Reported<Plates> {
    let mut findings = Vec::new();
    let kinds = &playbook.kinds;
    let names: Names = playbook
        .iter()
        .filter(|(_, entity)| kinds.kind(entity.kind).is_some_and(|kind| kind.name == "metric"))
        .flat_map(|(id, entity)| {
            let titles = entity.titles().map(move |title| (slug(title), id));
            titles.chain([(entity.id.clone(), id)])
        })
        .collect();
    let measured = quantities::quantities(playbook, &names, data, sources, habits, &mut findings);
    let published = insight::exports_of_channels(playbook).into_iter().filter_map(|(channel, names)| {
        let (days, until) = names.iter().find_map(|name| data.posts(name))?;
        Some((channel, Published { days, until }))
    });
    let mut plates = Plates { measured, published: published.collect(), ..Plates::default() };
    let mut targets: BTreeMap<EntityId, Vec<(EntityId, Target)>> = BTreeMap::new();
    for (id, entity) in playbook.iter() {
        for target in insight::targets(kinds, entity) {
            let adds_up = |measured: &Measured| insight::is_total(measured.metric.measure, &target);
            // The sum of a year is no line in a drawing of months.
            if !plates.measured.get(&target.metric).is_some_and(adds_up) {
                targets.entry(target.metric).or_default().push((id, target));
            }
        }
    }
    for (id, measured) in &plates.measured {
        let title = playbook.entity(*id).map(|entity| entity.title.clone()).unwrap_or_default();
        let plate = own(*id, title, measured, targets.remove(id).unwrap_or_default(), today);
        plates.metrics.insert(*id, plate);
    }
    let mut taken = BTreeMap::new();
    for Sketch { span, asks, habits: own_habits } in sketches {
        let mut spec = match asks {
            Asks::Chart(spec) => spec,
            Asks::Cards(asked) => {
                let found = asked.iter().filter_map(|name| {
                    let found = names.get(&slug(&name.value)).copied();
                    if found.is_none() {
                        findings.push(unknown_metric(name, &names));
                    }
                    found
                });
                plates.cards.insert(span, found.collect());
                continue;
            }
        };
        if let Some(of) = spec.of() {
            if let Some(rows) = rows::rows(&spec, of, playbook, habits, &mut findings) {
                if let (Rows::Steps(id), true) = (rows, spec.title.is_empty()) {
                    spec.title = playbook.entity(id).map(|entity| entity.title.clone()).unwrap_or_default();
                }
                let id = unique_id(&spec, &mut taken);
                plates.blocks.insert(span, Plate::of_rows(id, spec, rows));
            }
            continue;
        }
        let mut events = Vec::new();
        let (drawn, metrics, cut_off) = match (spec.metrics.first(), &spec.data) {
            (Some(_), _) => {
                let found =
                    drawn::of_metrics(&mut spec, playbook, &names, &plates.measured, today, &mut findings);
                let Some(found) = found else { continue };
                events = found.events;
                (Some(found.data), found.ids, found.cut_off)
            }
            (None, Some(name)) if data.collected(&name.value).is_some() => {
                let name = name.clone();
                let Some(one) = data.collected(&name.value) else { continue };
                let found = drawn::of_exported(&mut spec, &name, one, today, &mut findings);
                let Some((data, cut_off)) = found else { continue };
                (Some(data), Vec::new(), cut_off)
            }
            (None, Some(file)) => {
                let Some(columns) = data.columns(&file.value) else { continue };
                (ChartData::read(&spec, &columns, habits).into(&mut findings), Vec::new(), Vec::new())
            }
            // The data stand in the block itself.
            (None, None) => {
                (ChartData::read(&spec, &[], own_habits).into(&mut findings), Vec::new(), Vec::new())
            }
        };
        if let Some(drawn) = drawn {
            let place = spec.data.as_ref().or(spec.metrics.first()).map_or(span, |name| name.span);
            findings.extend(chart::check(&spec, &drawn, place));
            events.extend(drawn::events(&spec, playbook, &mut findings));
            let id = unique_id(&spec, &mut taken);
            let plate =
                Plate { id, spec, data: drawn, metrics, cut_off, targets: Vec::new(), events, rows: None };
            plates.blocks.insert(span, plate);
        }
    }
    Reported::new(plates, findings)
}

/// The figure of a metric on its own page.
fn own(
    id: EntityId,
    title: String,
    measured: &Measured,
    targets: Vec<(EntityId, Target)>,
    today: Date,
) -> Plate {
    let Measured { metric, quantity, as_of, .. } = measured;
    let spec = ChartSpec {
        kind: ChartKind::Line,
        title: title.clone(),
        target: targets.first().map(|(_, target)| target.min),
        target_by: targets.first().and_then(|(_, target)| target.by),
        unit: Some(metric.unit.clone()),
        aggregate: Some(natural(metric.measure)),
        source: match &metric.figures {
            Figures::File { file, .. } | Figures::Ratio { file: Some(file), .. } => file.value.clone(),
            Figures::Series(name) => name.value.clone(),
            Figures::Ratio { file: None, .. } | Figures::Values(_) | Figures::None => String::new(),
        },
        ..ChartSpec::default()
    };
    let mut series = quantity.series();
    let mut partial = false;
    let grain = metric.grain(quantity.grain);
    if metric.measure != Measure::Stock
        && grain > quantity.grain
        && let Ok(joined) = quantity.resampled(grain)
    {
        series = joined.series();
        // A period that is not over would look like a fall: it is drawn as incomplete.
        let running = insight::reading(metric, quantity, *as_of, today).and_then(|reading| reading.so_far);
        let last = series.points.last().map(|point| point.date);
        partial = running.zip(last).is_some_and(|(running, last)| last >= running.from);
    }
    series.name = title;
    let mut data = ChartData::of_series(&spec, vec![series]);
    if let ChartData::Time(data) = &mut data {
        data.partial |= partial;
    }
    Plate {
        id: "chart".to_owned(),
        spec,
        data,
        metrics: vec![id],
        cut_off: Vec::new(),
        targets,
        events: drawn::breaks(metric).map(|event| (id, event)).collect(),
        rows: None,
    }
}

/// The series of a metric in a chart: joined to the wished periods by the arithmetic of its kind; what has no meaning is told, and drawn as it is.
fn of_quantity(
    spec: &mut ChartSpec,
    name: &Spanned<String>,
    quantity: &Quantity,
    as_of: Option<Date>,
    today: Date,
    findings: &mut Vec<Finding>,
) -> (Series, Vec<(Grain, Date)>) {
    let measure = quantity.measure;
    let natural = natural(measure);
    let mut cut_off = Vec::new();
    let joined = match (spec.aggregate, measure) {
        (Some(Aggregate::Sum), Measure::Unique) => Err(Refused::Unique),
        (Some(Aggregate::Sum | Aggregate::Mean), Measure::Ratio) => Err(Refused::Rates),
        (Some(Aggregate::Sum), Measure::Duration | Measure::Score) => Err(Refused::Means),
        (Some(Aggregate::Sum), Measure::Stock) => Err(Refused::Levels),
        // Another look at the same values: their greatest, their mean, the last of them.
        (Some(other), Measure::Stock | Measure::Flow | Measure::Unique) if other != natural => {
            Ok(quantity.series())
        }
        _ => quantity.resampled(spec.time_unit.unwrap_or_default()).map(|joined| {
            let (first, last) = insight::cut_off(quantity, &joined, as_of, today);
            cut_off.extend(first.into_iter().chain(last).map(|from| (joined.grain, from)));
            joined.series()
        }),
    };
    let series = joined.unwrap_or_else(|refused| {
        spec.aggregate = None;
        spec.time_unit = None;
        let written = &name.value;
        findings.push(
            Finding::new(
                &REFUSED_ARITHMETIC,
                name.span,
                words!(
                    "the values of `{written}` cannot be joined like this",
                    "los valores de `{written}` no se pueden unir así"
                ),
            )
            .mark(words!("drawn as they are", "se dibujan tal cual"))
            .why(refused.reason())
            .help(words!(
                "take `aggregate:` and `time_unit:` out of the chart, or give the metric what it needs: `formula:` with two parts for a rate, `count_column:` for a mean",
                "quita `agregar:` y `periodo:` del gráfico, o da al indicador lo que necesita: `formula:` con dos partes para una tasa, `columna_casos:` para una media"
            )),
        );
        quantity.series()
    });
    spec.aggregate = Some(spec.aggregate.unwrap_or(natural));
    (series, cut_off)
}

/// How a table may shorten a long series without saying anything false: amounts are added, of everything else the last value is shown.
fn natural(measure: Measure) -> Aggregate {
    match measure {
        Measure::Flow => Aggregate::Sum,
        Measure::Stock | Measure::Unique | Measure::Ratio | Measure::Duration | Measure::Score => {
            Aggregate::Last
        }
    }
}

fn unique_id(spec: &ChartSpec, taken: &mut BTreeMap<String, usize>) -> String {
    let given = spec.id.as_ref().map(|id| slug(&id.value)).filter(|id| !id.is_empty());
    let base = given.unwrap_or_else(|| {
        let title = slug(&spec.title);
        let words: Vec<&str> = title.split('-').take(6).filter(|word| !word.is_empty()).collect();
        if words.is_empty() { "chart".to_owned() } else { format!("chart-{}", words.join("-")) }
    });
    // The next number of each name is kept: a thousand charts of one title must not be a million looks.
    let mut number = taken.get(&base).copied().unwrap_or(1);
    loop {
        let id = if number == 1 { base.clone() } else { format!("{base}-{number}") };
        number += 1;
        taken.insert(base.clone(), number);
        if id == base || !taken.contains_key(&id) {
            taken.entry(id.clone()).or_insert(2);
            return id;
        }
    }
}

fn unknown_metric(name: &Spanned<String>, metrics: &Names) -> Finding {
    let written = &name.value;
    Finding::new(
        &CHART_METRIC,
        name.span,
        words!("there is no metric `{written}`", "no hay ningún indicador `{written}`"),
    )
    .suggest(nearest(written, metrics.keys().map(String::as_str)))
}

fn without_figures(name: &Spanned<String>) -> Finding {
    let written = &name.value;
    Finding::new(
        &METRIC_WITHOUT_DATA,
        name.span,
        words!(
            "the metric `{written}` has no figures to draw",
            "el indicador `{written}` no tiene cifras que dibujar"
        ),
    )
    .help(words!(
        "give it `source: data/file.csv` or a list of `values:`",
        "dale `fuente: datos/archivo.csv` o una lista de `valores:`"
    ))
}

/// Whether an edition shows the targets of an objective.
pub fn shows_targets(kinds: &Kinds, entity: Option<&crate::model::Entity<Resolved>>) -> bool {
    entity.is_some_and(|entity| entity.field(kinds, "targets").is_some())
}

/// Whether an edition shows where the figures of a metric are counted in another way.
pub fn shows_breaks(kinds: &Kinds, entity: Option<&crate::model::Entity<Resolved>>) -> bool {
    entity.is_some_and(|entity| entity.field(kinds, "breaks").is_some())
}
