//! Floor 7: every chart of a playbook, checked and with its data, ready to be drawn for an edition: chart blocks in prose and the figure of each metric.

use std::collections::BTreeMap;

use crate::chart::{self, ChartData, ChartKind, ChartSpec};
use crate::data::Data;
use crate::finding::{Code, Finding, Level, Reported};
use crate::insight::{self, Figures, Metric};
use crate::model::{EntityId, Item, Kinds, Passage, Playbook, Resolved, Value};
use crate::series::{Habits, Point, Series};
use crate::syntax::{Filling, Node, Tree, yaml};
use crate::text::{Span, Spanned, nearest, slug};
use crate::words;

static CHART_METRIC: Code =
    Code { id: "P509", name: "chart_of_unknown_metric", level: Level::Error, since: "0.1.0" };
static METRIC_COLUMN: Code = Code { id: "P417", name: "metric_column", level: Level::Error, since: "0.1.0" };
static METRIC_WITHOUT_DATA: Code =
    Code { id: "P418", name: "metric_without_data", level: Level::Warning, since: "0.1.0" };

/// Codes of this part.
pub static CODES: &[&Code] = &[&CHART_METRIC, &METRIC_COLUMN, &METRIC_WITHOUT_DATA];

/// A chart with its data.
#[derive(Clone, Debug)]
pub struct Plate {
    /// Name of the chart in addresses: the author's `id`, else made of the title; no other chart of the playbook has it.
    pub id: String,
    /// What the author wrote, or what was made for a metric.
    pub spec: ChartSpec,
    /// What is drawn.
    pub data: ChartData,
    /// The metric whose figures these are: an edition that does not show it does not show the chart either.
    pub metric: Option<EntityId>,
    /// The targets that objectives have for the metric: an edition draws the first that it may show.
    pub targets: Vec<(EntityId, f64)>,
}

/// All charts of a playbook.
#[derive(Clone, Debug, Default)]
pub struct Plates {
    blocks: BTreeMap<Span, Plate>,
    metrics: BTreeMap<EntityId, Plate>,
}

impl Plates {
    /// The chart of the block whose text stands at this place.
    pub fn block(&self, span: Span) -> Option<&Plate> {
        self.blocks.get(&span)
    }

    /// The figure of a metric.
    pub fn metric(&self, id: EntityId) -> Option<&Plate> {
        self.metrics.get(&id)
    }

    /// How many charts there are.
    pub fn count(&self) -> usize {
        self.blocks.len() + self.metrics.len()
    }
}

/// A chart block as written, before its data are read.
#[derive(Clone, Debug)]
pub struct Sketch {
    span: Span,
    spec: ChartSpec,
}

/// Reads the specs of all chart blocks.
pub fn sketch(playbook: &Playbook<Resolved>, habits: Habits) -> Reported<Vec<Sketch>> {
    let mut findings = Vec::new();
    let mut sketches = Vec::new();
    for_each_passage(playbook, &mut |passage| {
        for hole in &passage.prose.holes {
            let Filling::Block { text, .. } = &hole.filling else { continue };
            let (start, source) = (text.span.start as usize, text.span.source);
            let node = yaml::parse(&text.value, source, start, &mut findings)
                .unwrap_or(Node { span: text.span, tree: Tree::Map(Vec::new()) });
            if let Some(spec) = ChartSpec::read(&node, habits).into(&mut findings) {
                sketches.push(Sketch { span: text.span, spec });
            }
        }
    });
    Reported::new(sketches, findings)
}

/// The data files that charts and metrics name, in the order of their places.
pub fn named_files(playbook: &Playbook<Resolved>, sketches: &[Sketch]) -> Vec<Spanned<String>> {
    let mut named: Vec<Spanned<String>> = Vec::new();
    for (_, entity) in playbook.iter() {
        match insight::metric(&playbook.kinds, entity).map(|metric| metric.figures) {
            Some(Figures::File { file, .. } | Figures::Ratio { file, .. }) => named.push(file),
            Some(Figures::Values(_) | Figures::None) | None => {}
        }
    }
    named.extend(sketches.iter().filter_map(|sketch| sketch.spec.data.clone()));
    named
}

/// Joins specs and data.
pub fn prepare(
    playbook: &Playbook<Resolved>,
    sketches: Vec<Sketch>,
    data: &Data<'_>,
    habits: Habits,
) -> Reported<Plates> {
    let mut findings = Vec::new();
    let mut plates = Plates::default();
    let mut series: BTreeMap<EntityId, Series> = BTreeMap::new();
    let kinds = &playbook.kinds;
    let mut targets: BTreeMap<EntityId, Vec<(EntityId, f64)>> = BTreeMap::new();
    for (id, entity) in playbook.iter() {
        for target in insight::targets(kinds, entity) {
            targets.entry(target.metric).or_default().push((id, target.min));
        }
    }
    for (id, entity) in playbook.iter() {
        let Some(metric) = insight::metric(kinds, entity) else { continue };
        let title = &entity.title;
        let read = match &metric.figures {
            Figures::None => None,
            Figures::Values(values) => {
                let points = values.iter().map(|(date, value, span)| Point {
                    date: *date,
                    value: Some(*value),
                    span: *span,
                });
                let decimals =
                    values.iter().map(|(_, value, _)| decimals_of(*value)).max().unwrap_or_default();
                let (series, found) =
                    Series::new(title.clone(), points.collect(), metric.unit.clone(), decimals);
                findings.extend(found);
                Some(series)
            }
            Figures::File { file, column, date_column } => {
                let mut reader = MetricReader { data, habits, findings: &mut findings };
                reader.series(title, &metric, file, column.as_ref(), date_column.as_ref())
            }
            Figures::Ratio { file, numerator, denominator, date_column, factor } => {
                let mut reader = MetricReader { data, habits, findings: &mut findings };
                let mut part =
                    |column| reader.series(title, &metric, file, Some(column), date_column.as_ref());
                part(numerator).zip(part(denominator)).map(|(above, below)| ratio(&above, &below, *factor))
            }
        };
        let Some(read) = read.filter(|series| series.known().next().is_some()) else { continue };
        let targets = targets.remove(&id).unwrap_or_default();
        let spec = ChartSpec {
            kind: ChartKind::Line,
            title: title.clone(),
            target: targets.first().map(|(_, least)| *least),
            unit: Some(metric.unit.clone()),
            aggregate: Some(metric.aggregate),
            source: match &metric.figures {
                Figures::File { file, .. } | Figures::Ratio { file, .. } => file.value.clone(),
                Figures::Values(_) | Figures::None => String::new(),
            },
            ..ChartSpec::default()
        };
        let drawn = ChartData::of_series(&spec, vec![read.clone()]);
        plates
            .metrics
            .insert(id, Plate { id: "chart".to_owned(), spec, data: drawn, metric: Some(id), targets });
        series.insert(id, read);
    }
    let metrics: BTreeMap<String, EntityId> = playbook
        .iter()
        .filter(|(_, entity)| kinds.kind(entity.kind).is_some_and(|kind| kind.name == "metric"))
        .flat_map(|(id, entity)| [(slug(&entity.title), id), (entity.id.clone(), id)])
        .collect();
    let mut taken = BTreeMap::new();
    for Sketch { span, spec } in sketches {
        let (drawn, metric) = match (spec.metrics.first(), &spec.data) {
            (Some(name), _) => {
                let Some(id) = metrics.get(&slug(&name.value)).copied() else {
                    findings.push(unknown_metric(name, &metrics));
                    continue;
                };
                let Some(found) = series.get(&id) else {
                    findings.push(without_figures(name));
                    continue;
                };
                (Some(ChartData::of_series(&spec, vec![found.clone()])), Some(id))
            }
            (None, Some(file)) => {
                let Some(columns) = data.columns(&file.value) else { continue };
                (ChartData::read(&spec, &columns, habits).into(&mut findings), None)
            }
            // The data stand in the block itself.
            (None, None) => (ChartData::read(&spec, &[], habits).into(&mut findings), None),
        };
        if let Some(drawn) = drawn {
            let place = spec.data.as_ref().or(spec.metrics.first()).map_or(span, |name| name.span);
            findings.extend(chart::check(&spec, &drawn, place));
            let id = unique_id(&spec, &mut taken);
            plates.blocks.insert(span, Plate { id, spec, data: drawn, metric, targets: Vec::new() });
        }
    }
    Reported::new(plates, findings)
}

struct MetricReader<'a> {
    data: &'a Data<'a>,
    habits: Habits,
    findings: &'a mut Vec<Finding>,
}

impl MetricReader<'_> {
    fn series(
        &mut self,
        title: &str,
        metric: &Metric,
        file: &Spanned<String>,
        column: Option<&Spanned<String>>,
        date_column: Option<&Spanned<String>>,
    ) -> Option<Series> {
        let columns = self.data.columns(&file.value)?;
        // A chart's own reader does the work, so that a metric and a chart of one file never disagree.
        let spec = ChartSpec {
            x: date_column.cloned(),
            y: column.cloned().into_iter().collect(),
            unit: Some(metric.unit.clone()),
            ..ChartSpec::default()
        };
        let drawn = ChartData::read(&spec, &columns, self.habits).into(self.findings)?;
        let ChartData::Time(time) = drawn else { return None };
        let names: Vec<String> = time.series.iter().map(|series| format!("`{}`", series.name)).collect();
        if column.is_none() && names.len() > 1 {
            let list = names.join(", ");
            self.findings.push(
                Finding::new(
                    &METRIC_COLUMN,
                    file.span,
                    words!(
                        "the file has more than one column of figures: {list}",
                        "el archivo tiene más de una columna de cifras: {list}"
                    ),
                )
                .help(words!("say which with `column: …`", "indica cuál con `columna: …`")),
            );
            return None;
        }
        let mut series = time.series.into_iter().next()?;
        title.clone_into(&mut series.name);
        series.unit.clone_from(&metric.unit);
        Some(series)
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

/// The quotient of two series, date by date; no value where a part is missing or the divisor is nought.
fn ratio(above: &Series, below: &Series, factor: f64) -> Series {
    let mut divisors = BTreeMap::new();
    for point in &below.points {
        divisors.entry(point.date).or_insert(point.value);
    }
    let value = |point: &Point| {
        let divisor = (*divisors.get(&point.date)?)?;
        let quotient = point.value? / divisor * factor;
        quotient.is_finite().then_some(quotient)
    };
    let points = above.points.iter().map(|point| Point { value: value(point), ..*point });
    Series { points: points.collect(), decimals: if factor > 1.0 { 1 } else { 3 }, ..above.clone() }
}

fn unknown_metric(name: &Spanned<String>, metrics: &BTreeMap<String, EntityId>) -> Finding {
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

fn decimals_of(value: f64) -> u8 {
    let text = value.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    u8::try_from(decimals.min(4)).unwrap_or(4)
}

fn for_each_passage(playbook: &Playbook<Resolved>, act: &mut dyn FnMut(&Passage<Resolved>)) {
    for entity in playbook.welcome.iter().chain(&playbook.entities) {
        if let Some(passage) = &entity.prose {
            act(passage);
        }
        for (_, item) in &entity.record.fields {
            in_value(&item.value, act);
        }
    }
    for (_, item) in &playbook.settings.fields {
        in_value(&item.value, act);
    }
}

fn in_value(value: &Value<Resolved>, act: &mut dyn FnMut(&Passage<Resolved>)) {
    let mut each = |items: &[Item<Resolved>]| items.iter().for_each(|item| in_value(&item.value, act));
    match value {
        Value::Markdown(passage) => act(passage),
        Value::List(items) => each(items),
        Value::Record(record) => record.fields.iter().for_each(|(_, item)| in_value(&item.value, act)),
        _ => {}
    }
}

/// Whether an edition shows the targets of an objective.
pub fn shows_targets(kinds: &Kinds, entity: Option<&crate::model::Entity<Resolved>>) -> bool {
    entity.is_some_and(|entity| entity.field(kinds, "targets").is_some())
}

/// Whether an edition shows the figures of a metric: the metric, and the field that holds them.
pub fn shows_figures(kinds: &Kinds, entity: Option<&crate::model::Entity<Resolved>>) -> bool {
    entity.is_some_and(|entity| {
        entity.field(kinds, "source").is_some() || entity.field(kinds, "values").is_some()
    })
}
