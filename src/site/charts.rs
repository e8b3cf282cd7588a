//! Charts of a page: drawn for the language of the page, with their figures as a file.

use super::Planner;
use super::view::ChartView;
use crate::chart::{self, ChartData, Figures};
use crate::finding::Language;
use crate::insight;
use crate::locale::Locale;
use crate::model::EntityId;
use crate::plates::{Plate, shows_breaks, shows_targets};
use crate::series::{Grain, Series};
use crate::text::{PagePath, Spanned, capital};
use crate::world::Date;

impl Figures for Locale {
    fn language(&self) -> Language {
        Locale::language(self)
    }
    fn number(&self, value: f64, decimals: u8) -> String {
        Locale::number(self, value, decimals)
    }
    fn percent(&self, value: f64, decimals: u8) -> String {
        Locale::percent(self, value, decimals)
    }
    fn date_long(&self, date: Date) -> String {
        Locale::date(self, date)
    }
    fn month_year(&self, date: Date) -> String {
        Locale::month_year(self, date)
    }
    fn month_short(&self, date: Date) -> String {
        Locale::month_short(self, date)
    }
    fn day_month(&self, date: Date) -> String {
        Locale::day_month(self, date)
    }
}

impl Planner<'_> {
    /// The HTML of a chart block; empty when it could not be read (that was told) or shows what the edition hides.
    pub(super) fn block(&self, text: &Spanned<String>, page: &PagePath) -> String {
        let span = text.span;
        let Some(plate) = self.plates.block(span) else {
            return match self.directives.block(text) {
                Some(directive) => self.directive(directive, page),
                None => self.kpi_block(span, page),
            };
        };
        if !self.may_show(plate) {
            return String::new();
        }
        let Some(rows) = plate.rows else {
            return self.fragments.chart(&self.chart(plate, &plate.id, page));
        };
        let data = rows.data(self.edition.kinds(), self.locale.language(), self.edition.iter());
        if !data.has_values() {
            return String::new();
        }
        let plate = Plate { data, ..plate.clone() };
        self.fragments.chart(&self.chart(&plate, &plate.id, page))
    }

    /// The figure of a metric.
    pub(super) fn charts_of(&self, id: EntityId, page: &PagePath) -> Vec<ChartView> {
        let plate = self.plates.metric(id).filter(|plate| self.may_show(plate));
        plate.map(|plate| self.metric_chart(plate, page)).into_iter().collect()
    }

    /// On its own page a metric need not be named again: the figure says what is counted and since when.
    fn metric_chart(&self, plate: &Plate, page: &PagePath) -> ChartView {
        let mut chart = self.chart(plate, &plate.id, page);
        let ChartData::Time(data) = &plate.data else { return chart };
        let mut known = data.series.iter().flat_map(Series::known).map(|(date, _)| date);
        let Some(first) = known.next() else { return chart };
        let (first, last) = known.fold((first, first), |(from, to), date| (from.min(date), to.max(date)));
        let day = |date: Date| match data.grain {
            Grain::Day | Grain::Week => self.locale.date(date),
            Grain::Month | Grain::Quarter | Grain::Year => self.locale.month_year(date),
        };
        let unit = data.series.first().map(|series| series.unit.as_str()).unwrap_or_default();
        let unit = match unit {
            "" => self.locale.word("chart_values"),
            "%" => self.locale.word("chart_percent"),
            unit => unit,
        };
        let unit = capital(unit);
        let (from, to) = (day(first), day(last));
        let period = [("unit", unit.as_str()), ("from", from.as_str()), ("to", to.as_str())];
        chart.title = self.locale.fill("chart_period", &period);
        // The table of the page has the same values, and where each of them stands.
        chart.table.rows.clear();
        chart
    }

    fn may_show(&self, plate: &Plate) -> bool {
        let kinds = self.edition.kinds();
        let shows = |id: &EntityId| {
            self.edition.entity(*id).is_some_and(|entity| insight::shows_figures(kinds, entity))
        };
        plate.metrics.iter().all(shows)
    }

    pub(super) fn chart(&self, plate: &Plate, id: &str, page: &PagePath) -> ChartView {
        let kinds = self.edition.kinds();
        let mut spec = plate.spec.clone();
        if !plate.targets.is_empty() {
            let shown = plate.targets.iter().find(|(id, _)| shows_targets(kinds, self.edition.entity(*id)));
            spec.target = shown.map(|(_, target)| target.min);
            spec.target_by = shown.and_then(|(_, target)| target.by);
        }
        let shown = plate.events.iter().filter(|(id, _)| {
            let entity = self.edition.entity(*id);
            if plate.metrics.contains(id) { shows_breaks(kinds, entity) } else { entity.is_some() }
        });
        for (_, event) in shown {
            // What the author says of the day counts, and the line breaks there too.
            match spec.events.iter_mut().find(|said| event.anew && said.date == event.date) {
                Some(said) => said.anew = true,
                None => spec.events.push(event.clone()),
            }
        }
        for event in spec.events.iter_mut().filter(|event| event.label.is_empty()) {
            self.locale.word("chart_break").clone_into(&mut event.label);
        }
        spec.events.sort_by_key(|event| event.date);
        if !plate.cut_off.is_empty() {
            let periods: Vec<String> =
                plate.cut_off.iter().map(|(grain, from)| self.period_named(*grain, *from)).collect();
            let note = self.locale.fill("chart_cut_off", &[("periods", periods.join(", ").as_str())]);
            let subtitle = &mut spec.subtitle;
            *subtitle = if subtitle.is_empty() { note } else { format!("{subtitle}. {note}") };
        }
        let mut drawn = chart::draw(&spec, &plate.data, self.locale, id);
        let name = page.as_str().trim_end_matches(".html").replace('/', "-");
        let csv = PagePath::new(format!("figures/{name}-{id}.csv"));
        let csv_url = csv.from(page);
        let svg = chart::standalone(&spec, &plate.data, self.locale)
            .map(|svg| (PagePath::new(format!("figures/{name}-{id}.svg")), svg));
        let svg_url = svg.as_ref().map(|(path, _)| path.from(page)).unwrap_or_default();
        let mut generated = self.generated.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        generated.insert(csv, std::mem::take(&mut drawn.csv).into_bytes());
        generated.extend(svg.map(|(path, svg)| (path, svg.into_bytes())));
        self.charted.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(page.clone());
        ChartView { svg_url, ..ChartView::of(drawn, id, csv_url) }
    }
}
