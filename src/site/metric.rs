//! Metrics on pages: the card with the newest value, the table in which every value leads to its line, and the cards of objectives, evaluations, the home page and `kpi` blocks.

use std::collections::BTreeMap;

use super::Planner;
use super::view::{ChangeView, KpiView, KpisView, TagView, TargetView, ValueRow, ValuesView};
use crate::chart::{self, ChartData, ChartKind, ChartSpec};
use crate::edition::Edition;
use crate::insight::{self, Comparison, Good, Metric, Progress, Reading, Target};
use crate::model::{EntityId, Kind};
use crate::plates::{Measured, Origin};
use crate::series::{Change, Figure, Grain, Measure, Point, Series};
use crate::text::{PagePath, Span, capital};
use crate::world::Date;

/// Periods in the table of a metric's page, the newest ones.
const MOST_ROWS: usize = 60;
/// Periods in the small line of a card.
const MOST_SPARKS: usize = 26;
/// Cards of headline metrics on the home page.
const MOST_HEADLINES: usize = 6;

/// How an objective stands by one of its metrics.
pub(super) struct Standing {
    /// The metric.
    pub metric: EntityId,
    /// Its newest value; empty without figures.
    pub value: String,
    /// What that means for the target.
    pub state: Option<TagView>,
}

/// By objective, in the order of its targets, each metric once.
pub(super) type Standings = BTreeMap<EntityId, Vec<Standing>>;

impl Planner<'_> {
    /// How an objective stands today.
    pub(super) fn standing(&self, objective: EntityId) -> &[Standing] {
        let standings = self.standings.get_or_init(|| {
            let mut standings = Standings::new();
            for (objective, entity) in self.book().of_kind("objective") {
                let mut known: Vec<Standing> = Vec::new();
                for target in insight::targets(self.edition.kinds(), entity) {
                    if known.iter().any(|standing| standing.metric == target.metric) {
                        continue;
                    }
                    let home = PagePath::new("index.html");
                    let kpi = self.kpi(target.metric, &home, Some(objective), self.today);
                    let Some(mut kpi) = kpi else { continue };
                    let value = match kpi.unit.as_str() {
                        "" => kpi.value,
                        unit => format!("{}\u{a0}{unit}", kpi.value),
                    };
                    let state = kpi.targets.pop().map(|target| target.tag);
                    known.push(Standing { metric: target.metric, value, state });
                }
                standings.insert(objective, known);
            }
            standings
        });
        standings.get(&objective).map(Vec::as_slice).unwrap_or_default()
    }

    /// The cards of a `kpi` block; empty when nothing of it may be shown.
    pub(super) fn kpi_block(&self, span: Span, page: &PagePath) -> String {
        let ids = self.plates.cards(span);
        let kpis: Vec<KpiView> = ids.iter().filter_map(|id| self.kpi(*id, page, None, self.today)).collect();
        if kpis.is_empty() { String::new() } else { self.fragments.kpis(&KpisView { kpis }) }
    }

    /// The cards of a page: that of a metric, those of the targets of an objective.
    pub(super) fn kpis_of(&self, id: EntityId, kind: &Kind, page: &PagePath) -> Vec<KpiView> {
        match kind.name.as_str() {
            "metric" => self.kpi(id, page, None, self.today).into_iter().collect(),
            "objective" => self.kpis_of_objectives(&[id], page, self.today),
            _ => Vec::new(),
        }
    }

    /// The cards of the headline metrics.
    pub(super) fn headlines(&self, page: &PagePath) -> Vec<KpiView> {
        let metric = self.edition.kinds().named("metric");
        let ordered =
            metric.and_then(|kind| self.ordered.get(&kind.id)).map(Vec::as_slice).unwrap_or_default();
        let is_headline = |id: &&EntityId| {
            self.plates
                .measured(**id)
                .is_some_and(|measured| measured.metric.headline && measured.metric.active)
        };
        let card = |id: &EntityId| {
            let mut kpi = self.kpi(*id, page, None, self.today)?;
            // Which objective it is stands on the metric's page; here the state is enough.
            kpi.targets.iter_mut().for_each(|target| target.objective = None);
            Some(kpi)
        };
        ordered.iter().filter(is_headline).filter_map(card).take(MOST_HEADLINES).collect()
    }

    /// One card a target, in the order of objectives and targets; a metric of two objectives has one card for each.
    fn kpis_of_objectives(&self, objectives: &[EntityId], page: &PagePath, day: Date) -> Vec<KpiView> {
        let kinds = self.edition.kinds();
        let mut kpis: Vec<(EntityId, KpiView)> = Vec::new();
        for objective in objectives {
            let Some(entity) = self.edition.entity(*objective) else { continue };
            for target in insight::targets(kinds, entity) {
                let Some(mut kpi) = self.kpi(target.metric, page, Some(*objective), day) else { continue };
                match kpis.iter_mut().find(|(metric, _)| *metric == target.metric) {
                    // Two objectives that want something of one metric: one card with both targets.
                    Some((_, known)) => known.targets.append(&mut kpi.targets),
                    None => kpis.push((target.metric, kpi)),
                }
            }
        }
        kpis.into_iter().map(|(_, kpi)| kpi).collect()
    }

    /// The card of a metric as it stood on a day, with the targets of one objective or of all.
    fn kpi(&self, id: EntityId, page: &PagePath, objective: Option<EntityId>, day: Date) -> Option<KpiView> {
        let entity = self.edition.entity(id)?;
        let own_page = self.addresses.entity(id).is_some_and(|own| own == page);
        let link = if own_page { None } else { self.link(id, page) };
        let mut kpi = KpiView {
            title: self.name_of(id),
            url: link.map(|link| link.url).unwrap_or_default(),
            ..KpiView::default()
        };
        let measured =
            self.plates.measured(id).filter(|_| insight::shows_figures(self.edition.kinds(), entity));
        let Some(measured) = measured else {
            let metric = insight::metric(self.edition.kinds(), entity)?;
            kpi.targets = self.targets_of(id, &metric, None, None, page, objective, day);
            kpi.note = self.locale.word("status_no_data").to_owned();
            return Some(kpi);
        };
        let metric = &measured.metric;
        // At the end of a day that is past, the period that ends with it is over.
        let seen = if day < self.today { Grain::Day.after(day, 1) } else { day };
        let reading = insight::reading(metric, &measured.quantity.until(day), measured.as_of, seen);
        kpi.targets = self.targets_of(id, metric, Some(measured), reading.as_ref(), page, objective, day);
        let Some(reading) = reading else {
            kpi.note = self.locale.word("status_no_data").to_owned();
            return Some(kpi);
        };
        let decimals = decimals(measured, reading.grain);
        (kpi.value, kpi.unit) = self.parted(reading.now.value, decimals, &metric.unit);
        kpi.period = self.period_of(&reading.now, metric.measure);
        if !reading.complete {
            kpi.period = self.locale.fill("kpi_running", &[("period", kpi.period.as_str())]);
        }
        kpi.changes = [(reading.previous, false), (reading.year_ago, true)]
            .into_iter()
            .filter_map(|(comparison, year)| self.change(&comparison, metric, &reading.now, decimals, year))
            .collect();
        kpi.changes.dedup_by(|later, earlier| later.text == earlier.text);
        if let Some(so_far) = reading.so_far {
            let (period, value) =
                (self.period_of(&so_far, metric.measure), self.amount(so_far.value, decimals, &metric.unit));
            let joined = reading.grain > measured.quantity.grain;
            let key = if joined { "kpi_so_far_until" } else { "kpi_so_far" };
            let (period, until) = (capital(&period), self.locale.date(reading.newest));
            let parts = [("period", period.as_str()), ("value", value.as_str()), ("date", until.as_str())];
            kpi.so_far = self.locale.fill(key, &parts);
        }
        if let Some(count) = reading.now.count.filter(|count| *count > 1.0) {
            kpi.note = self.locale.fill("kpi_count", &[("n", self.locale.number(count, 0).as_str())]);
        }
        if reading.stale {
            let date = self.locale.date(reading.newest);
            kpi.stale = self.locale.fill("kpi_stale", &[("date", date.as_str())]);
        }
        if let Some(refused) = reading.refused {
            kpi.note = capital(refused.reason().within(self.locale.language())) + ".";
        }
        kpi.spark_html = self.spark(&reading, page);
        Some(kpi)
    }

    /// What objectives want of a metric, and how far that is.
    #[allow(clippy::too_many_arguments, reason = "they are one reading of one metric on one day")]
    fn targets_of(
        &self,
        id: EntityId,
        metric: &Metric,
        measured: Option<&Measured>,
        reading: Option<&Reading>,
        page: &PagePath,
        objective: Option<EntityId>,
        day: Date,
    ) -> Vec<TargetView> {
        let wanted = self.aims.get(&id).map(Vec::as_slice).unwrap_or_default();
        let wanted = wanted.iter().filter(|(from, _)| objective.is_none_or(|objective| *from == objective));
        let view = |(from, target): &(EntityId, Target)| {
            let quantity = measured.map(|measured| &measured.quantity);
            let progress = insight::progress(metric, quantity, reading, target, self.thresholds, day);
            let (key, tone) = progress.status.names();
            TargetView {
                tag: TagView { text: self.locale.word(key).to_owned(), tone },
                text: self.target_text(metric, target, &progress),
                objective: match objective {
                    Some(_) => None,
                    None => self.link(*from, page).map(|mut link| {
                        link.summary = String::new();
                        link
                    }),
                },
            }
        };
        wanted.map(view).collect()
    }

    /// The value that is wanted, or both its bounds.
    pub(super) fn goal(&self, target: &Target, unit: &str) -> String {
        if target.min == target.max {
            return self.amount(target.min, target.decimals, unit);
        }
        let low = self.locale.number(target.min, target.decimals);
        format!("{low}–{}", self.amount(target.max, target.decimals, unit))
    }

    /// "Target: 8 hours by 31 December 2026; 9.1 were expected by now."
    fn target_text(&self, metric: &Metric, target: &Target, progress: &Progress) -> String {
        let locale = self.locale;
        let goal = self.goal(target, &metric.unit);
        let mut text = match (progress.since, progress.actual) {
            (Some(since), Some(actual)) => {
                let actual = self.amount(actual, target.decimals, "");
                let since = locale.date(since);
                let parts = [("actual", actual.as_str()), ("goal", goal.as_str()), ("since", since.as_str())];
                locale.fill("kpi_total", &parts)
            }
            _ => locale.fill("kpi_target", &[("goal", goal.as_str())]),
        };
        if let Some(by) = target.by {
            text.push(' ');
            text.push_str(&locale.fill("kpi_by", &[("date", locale.date(by).as_str())]));
        }
        if let Some(expected) =
            progress.expected.filter(|expected| *expected != target.min && *expected != target.max)
        {
            let decimals = if expected.abs() < 20.0 { target.decimals.max(1) } else { target.decimals };
            let expected = self.amount(expected, decimals, "");
            text.push_str(&locale.fill("kpi_expected", &[("expected", expected.as_str())]));
        }
        text
    }

    /// "14 more than in September (+17 %)", and whether that is good.
    pub(super) fn change(
        &self,
        comparison: &Comparison,
        metric: &Metric,
        now: &Figure,
        decimals: u8,
        is_year_ago: bool,
    ) -> Option<ChangeView> {
        let locale = self.locale;
        let change = match comparison {
            Comparison::None => return None,
            Comparison::Broken(day) => {
                let text = locale.fill("kpi_broken", &[("date", locale.date(*day).as_str())]);
                return Some(ChangeView { text, verdict: String::new(), tone: "neutral", direction: "flat" });
            }
            Comparison::Change(change) => change,
        };
        let when = self.when(&change.before, now, metric.measure, is_year_ago);
        if change.difference == 0.0 {
            let text = locale.fill("kpi_same", &[("when", when.as_str())]);
            return Some(ChangeView { text, verdict: String::new(), tone: "neutral", direction: "flat" });
        }
        let is_up = change.difference > 0.0;
        let is_counted = matches!(metric.measure, Measure::Stock | Measure::Flow | Measure::Unique)
            && !is_currency(&metric.unit)
            && !metric.unit.contains('%');
        let key = match (is_up, is_counted) {
            (true, _) => "kpi_more",
            (false, true) => "kpi_fewer",
            (false, false) => "kpi_less",
        };
        let amount = self.difference(change, metric, decimals);
        let mut text = locale.fill(key, &[("amount", amount.as_str()), ("when", when.as_str())]);
        if let Some(share) = change.relative.filter(|share| share.abs() < 10.0 && !metric.unit.contains('%'))
        {
            let percent = share.abs() * 100.0;
            let is_whole = percent >= 9.95 || (percent - percent.round()).abs() < 0.05;
            let percent = locale.percent(percent, if is_whole { 0 } else { 1 });
            text.push_str(&format!(" ({}{percent})", if is_up { '+' } else { '−' }));
        }
        let direction = if is_up { "up" } else { "down" };
        let (tone, verdict) = if change.is_neutral() {
            ("neutral", "kpi_hardly")
        } else {
            match (metric.good.unwrap_or_default(), is_up) {
                (Good::Band, _) => ("neutral", ""),
                (Good::Up, true) | (Good::Down, false) => ("good", "kpi_better"),
                (Good::Up, false) | (Good::Down, true) => ("bad", "kpi_worse"),
            }
        };
        let verdict = if verdict.is_empty() { String::new() } else { locale.word(verdict).to_owned() };
        Some(ChangeView { text, verdict, tone, direction })
    }

    /// The size of a change: points for percentages, with its unit where that is not simply what is counted.
    pub(super) fn difference(&self, change: &Change, metric: &Metric, decimals: u8) -> String {
        let size = change.difference.abs();
        if metric.unit.contains('%') {
            let decimals = decimals.max(1);
            let key = if self.locale.number(size, decimals) == self.locale.number(1.0, decimals) {
                "kpi_point"
            } else {
                "kpi_points"
            };
            return self.locale.fill(key, &[("n", self.locale.number(size, decimals).as_str())]);
        }
        let is_counted = matches!(metric.measure, Measure::Stock | Measure::Flow | Measure::Unique);
        let unit =
            if is_counted && !is_currency(&metric.unit) && decimals == 0 { "" } else { metric.unit.as_str() };
        self.amount(size, decimals, unit)
    }

    /// The period of an earlier value, as said after "than".
    fn when(&self, before: &Figure, now: &Figure, measure: Measure, is_year_ago: bool) -> String {
        let locale = self.locale;
        let same_year = before.from.year() == now.from.year();
        let (key, period) = match before.grain {
            Grain::Day => ("kpi_on_day", locale.date(before.newest)),
            _ if measure == Measure::Stock
                && before.newest != before.to()
                && before.newest != before.from =>
            {
                ("kpi_on_day", locale.date(before.newest))
            }
            // Nobody knows weeks by their date.
            Grain::Week if is_year_ago => return locale.word("kpi_year_before").to_owned(),
            Grain::Week => return locale.word("kpi_week_before").to_owned(),
            Grain::Month if same_year => ("kpi_in", locale.month_long(before.from)),
            _ if is_dated(before, measure) => ("kpi_on_day", locale.date(before.newest)),
            Grain::Quarter => ("kpi_in_quarter", self.period_named(before.grain, before.from)),
            Grain::Month | Grain::Year => ("kpi_in", self.period_named(before.grain, before.from)),
        };
        locale.fill(key, &[("period", period.as_str())])
    }

    /// The period of a value in words: a day for levels that were counted on one.
    fn period_of(&self, figure: &Figure, measure: Measure) -> String {
        let locale = self.locale;
        if is_dated(figure, measure) {
            locale.date(figure.newest)
        } else {
            self.period_named(figure.grain, figure.from)
        }
    }

    /// The period that begins on a day, in words.
    pub(super) fn period_named(&self, grain: Grain, from: Date) -> String {
        let locale = self.locale;
        match grain {
            Grain::Day => locale.date(from),
            Grain::Week => locale.fill("kpi_week", &[("date", locale.date(from).as_str())]),
            Grain::Month => locale.month_year(from),
            Grain::Quarter => {
                let (quarter, year) = (((from.month() - 1) / 3 + 1).to_string(), from.year().to_string());
                locale.fill("period_quarter", &[("quarter", quarter.as_str()), ("year", year.as_str())])
            }
            Grain::Year => from.year().to_string(),
        }
    }

    /// A value with its unit.
    pub(super) fn amount(&self, value: f64, decimals: u8, unit: &str) -> String {
        match self.parted(value, decimals, unit) {
            (value, unit) if unit.is_empty() => value,
            (value, unit) => format!("{value}\u{a0}{unit}"),
        }
    }

    /// A value, with the signs that belong to a number, and the unit that stands behind it.
    fn parted(&self, value: f64, decimals: u8, unit: &str) -> (String, String) {
        match unit {
            "%" => (self.locale.percent(value, decimals), String::new()),
            "€" => (self.locale.money(value, decimals, "EUR"), String::new()),
            unit if is_currency(unit) => (self.locale.money(value, decimals, unit), String::new()),
            unit => (self.locale.number(value, decimals), unit.to_owned()),
        }
    }

    /// The course of a metric, as small as a word; empty while there are less than three values.
    pub(super) fn spark(&self, reading: &Reading, page: &PagePath) -> String {
        let from = reading.figures.len().saturating_sub(MOST_SPARKS);
        let shown = reading.figures.get(from..).unwrap_or_default();
        let until = |figure: &&Figure| reading.so_far.is_none_or(|so_far| figure.from < so_far.from);
        let none = Span::new(crate::text::SourceId(0), 0, 0);
        let points: Vec<Point> = shown
            .iter()
            .filter(until)
            .map(|figure| Point { date: figure.from, value: Some(figure.value), span: none })
            .collect();
        if points.len() < 3 {
            return String::new();
        }
        let spec = ChartSpec { kind: ChartKind::Sparkline, ..ChartSpec::default() };
        let data = ChartData::of_series(&spec, vec![Series { points, ..Series::default() }]);
        self.drawn.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(page.clone());
        chart::draw(&spec, &data, self.locale, "spark").wide
    }

    /// The table of a metric's page: its newest periods, each with the line of the file from which its value is.
    pub(super) fn values_of(&self, id: EntityId) -> Option<ValuesView> {
        let kinds = self.edition.kinds();
        let entity = self.edition.entity(id)?;
        let measured = self.plates.measured(id).filter(|_| insight::shows_figures(kinds, entity))?;
        let metric = &measured.metric;
        let reading = insight::reading(metric, &measured.quantity, measured.as_of, self.today)?;
        // Where figures are from is said where the metric itself says it.
        let names_files = entity.field(kinds, "source").is_some() || entity.field(kinds, "values").is_some();
        let places = |origins: &[Origin]| -> String {
            let told: Vec<String> = origins.iter().map(|origin| self.place(origin, measured)).collect();
            told.join("; ")
        };
        let decimals = decimals(measured, reading.grain);
        let running =
            if reading.complete && reading.so_far.is_none() { None } else { reading.figures.last() };
        let row = |figure: &Figure| {
            let breaks: Vec<&str> = metric
                .breaks
                .iter()
                .filter(|(day, _)| (figure.from..=figure.to()).contains(day))
                .map(|(_, note)| note.as_str())
                .collect();
            let mut notes: Vec<String> = breaks.iter().map(|note| (*note).to_owned()).collect();
            if running == Some(figure) && metric.measure != Measure::Stock {
                notes.insert(0, self.locale.word("kpi_incomplete").to_owned());
            }
            ValueRow {
                period: match figure.grain {
                    Grain::Day | Grain::Week => self.locale.date_short(figure.from),
                    _ => capital(&self.period_of(figure, metric.measure)),
                },
                value: self.amount(figure.value, decimals, if metric.unit == "%" { "%" } else { "" }),
                note: notes.join("; "),
                origin: match measured.origins.get(&figure.from) {
                    Some(origins) if names_files => places(origins),
                    _ => String::new(),
                },
            }
        };
        let newest = reading.figures.iter().rev().take(MOST_ROWS);
        let rows: Vec<ValueRow> = newest.map(row).collect();
        let as_of = measured.as_of.unwrap_or(reading.newest);
        let as_of = self.locale.fill("values_as_of", &[("date", self.locale.date(as_of).as_str())]);
        let source = match (names_files, measured.whole.as_slice()) {
            (true, whole) if !whole.is_empty() => {
                let files: Vec<String> = whole.iter().map(|origin| self.source(origin)).collect();
                self.locale.fill("values_from", &[("source", files.join("; ").as_str())])
            }
            _ => String::new(),
        };
        let more = reading.figures.len().saturating_sub(MOST_ROWS);
        Some(ValuesView {
            unit: metric.unit.clone(),
            heading: self
                .locale
                .word(if reading.grain == Grain::Week { "values_week" } else { "values_period" })
                .to_owned(),
            has_notes: rows.iter().any(|row| !row.note.is_empty()),
            has_origins: rows.iter().any(|row| !row.origin.is_empty()),
            rows,
            older: if more == 0 { String::new() } else { self.locale.counted("values_older", more) },
            source,
            as_of,
        })
    }

    /// A line of a file; its name is left out where all values are from one.
    fn place(&self, origin: &Origin, measured: &Measured) -> String {
        let lines = self.lines(origin);
        if measured.whole.len() > 1 { format!("{}, {lines}", origin.file) } else { lines }
    }

    fn lines(&self, origin: &Origin) -> String {
        let (first, last) = (origin.first.to_string(), origin.last.to_string());
        let key = if origin.first == origin.last { "values_line" } else { "values_lines" };
        self.locale.fill(key, &[("first", first.as_str()), ("last", last.as_str())])
    }

    /// "datos/boletin.csv, lines 2–13, column “abiertos”".
    fn source(&self, origin: &Origin) -> String {
        let mut text = format!("{}, {}", origin.file, self.lines(origin));
        let key = match origin.columns.len() {
            0 => return text,
            1 => "values_column",
            _ => "values_columns",
        };
        let columns = origin.columns.join(self.locale.word("values_and"));
        text.push_str(&self.locale.fill(key, &[("columns", columns.as_str())]));
        text
    }
}

/// Decimals of a value of a period: a mean of whole numbers has one.
fn decimals(measured: &Measured, grain: Grain) -> u8 {
    match measured.quantity.resampled(grain) {
        Ok(joined) => joined.decimals(),
        Err(_) => measured.quantity.decimals(),
    }
}

fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// What the objectives of an edition want of each metric.
pub(super) fn aims(edition: &Edition) -> BTreeMap<EntityId, Vec<(EntityId, Target)>> {
    let mut aims: BTreeMap<EntityId, Vec<(EntityId, Target)>> = BTreeMap::new();
    for (id, entity) in edition.iter() {
        for target in insight::targets(edition.kinds(), entity) {
            aims.entry(target.metric).or_default().push((id, target));
        }
    }
    aims
}

/// Whether a value is that of a day in its period: levels that were counted on one.
fn is_dated(figure: &Figure, measure: Measure) -> bool {
    measure == Measure::Stock && figure.newest != figure.from
}
