//! The page of an evaluation as a report: a first page that stands alone, the scorecard as of the end of its period, what follows, what it cost, and where the figures are from; and at home how the targets stand.

use super::{Addition, Planner, heading};
use crate::insight::{self, Aim, Evaluation};
use crate::model::{EntityId, Money};
use crate::site::view::{CellView, ColumnView, FigureView, LinkView, PartView, RowView, Shown, TableView};
use crate::text::PagePath;

/// Figures on the first page.
const MOST_HEADLINES: usize = 5;

/// What comes before the author's words: the first page and the scorecard.
pub(super) static FIRST: Addition = Addition { kind: "evaluation", closing: false, parts: first };

/// What comes after them.
pub(super) static LAST: Addition = Addition { kind: "evaluation", closing: true, parts: last };

fn first(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let Some(evaluation) = insight::evaluation(book, id) else { return Vec::new() };
    let goals = evaluation.goals(book);
    let locale = planner.locale;
    planner.running_head(id, page);
    let mut parts = Vec::new();
    if let Some(html) = planner.summary_html(id, page) {
        parts.push(PartView::Prose { html });
    }
    let headlines: Vec<FigureView> = evaluation
        .headlines(&goals, MOST_HEADLINES)
        .into_iter()
        .filter_map(|aim| planner.headline(aim, page))
        .collect();
    if !headlines.is_empty() {
        let day = locale.date(evaluation.day);
        parts.push(heading(&locale.fill("report_headlines", &[("date", day.as_str())]), "_headlines"));
        parts.push(PartView::Figures { figures: headlines });
        parts.push(PartView::Figures { figures: planner.tally(&goals, "#_card") });
    }
    if !evaluation.asks.is_empty() {
        parts.push(heading(locale.word("report_asks"), "_asks"));
        parts.push(plain_list(&evaluation.asks));
    }
    let links = |ids: &[EntityId]| -> Vec<LinkView> {
        ids.iter()
            .filter_map(|id| planner.link(*id, page))
            .map(|link| LinkView { kind: String::new(), ..link })
            .collect()
    };
    let stops = evaluation.stops(book);
    let stops = links(&stops);
    if !stops.is_empty() {
        parts.push(heading(locale.word("report_stops"), "_stops"));
        parts.push(PartView::Links { links: stops });
    }
    if goals.iter().any(|goal| !goal.aims.is_empty()) {
        let day = locale.date(evaluation.day);
        parts.push(heading(&locale.fill("report_card", &[("date", day.as_str())]), "_card"));
        if evaluation.issued.is_some() && !evaluation.recorded.is_empty() {
            let changed = goals.iter().flat_map(|goal| &goal.aims).any(|aim| aim.later.is_some());
            let (key, tone) = if changed { ("report_changed", "warn") } else { ("report_frozen", "neutral") };
            let issued = evaluation.issued.map(|issued| locale.date(issued)).unwrap_or_default();
            parts.push(PartView::Note { text: locale.fill(key, &[("date", issued.as_str())]), tone });
        }
        parts.push(planner.scorecard(&goals, evaluation.day, page, "_aims"));
    }
    parts
}

fn last(planner: &Planner<'_>, id: EntityId, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let Some(evaluation) = insight::evaluation(book, id) else { return Vec::new() };
    let locale = planner.locale;
    let mut parts = Vec::new();
    if !evaluation.next.is_empty() {
        parts.push(heading(locale.word("report_next"), "_next"));
        parts.push(PartView::Table { table: planner.next_steps(&evaluation, page) });
    }
    let spent = planner.spent(&evaluation);
    if !spent.is_empty() {
        parts.push(heading(locale.word("report_cost"), "_cost"));
        parts.push(PartView::Figures { figures: spent });
    }
    if let Some(table) = planner.provenance(&evaluation, page) {
        parts.push(heading(locale.word("report_sources"), "_sources"));
        parts.push(PartView::Table { table });
    }
    parts
}

/// At home: how the targets stand, and what was decided last.
pub(super) fn at_home(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let book = planner.book();
    let Some(url) = planner.sheet_url("scorecard", page) else { return Vec::new() };
    let locale = planner.locale;
    let goals = insight::goals(book, &insight::active_objectives(book), book.today);
    let mut parts = vec![
        heading(locale.word("home_targets"), "_targets"),
        PartView::Figures { figures: planner.tally(&goals, &url) },
    ];
    let dated = |date| locale.date_short(date);
    let mut links = Vec::new();
    if let Some(decided) = insight::decided(book).first()
        && let Some(link) = planner.short_link(decided.id, page)
    {
        let note = decided.date.map(dated).unwrap_or_default();
        let text = locale.fill("home_decision", &[("title", link.text.as_str())]);
        links.push(LinkView { text, note, ..link });
    }
    if let Some(evaluation) = insight::evaluations(book).last()
        && let Some(link) = planner.short_link(evaluation.id, page)
    {
        links.push(LinkView { note: evaluation.issued.map(dated).unwrap_or_default(), ..link });
    }
    if !links.is_empty() {
        parts.push(PartView::Links { links });
    }
    parts
}

fn plain_list(texts: &[String]) -> PartView {
    let link = |text: &String| LinkView { text: text.clone(), ..LinkView::default() };
    PartView::Links { links: texts.iter().map(link).collect() }
}

impl Planner<'_> {
    /// The sheet that the template of evaluations asks for: title and organisation at the head of every printed page but the cover. Only a sheet can say it, and only a file may hold one.
    fn running_head(&self, id: EntityId, page: &PagePath) {
        let head = self.head();
        let organisation = if head.organisation.is_empty() { head.title } else { head.organisation };
        let text: String = format!("{} · {organisation}", self.name_of(id)).chars().map(in_css).collect();
        let rule = format!(
            "@page {{ @top-left {{ content: \"{text}\"; font: 9pt system-ui, sans-serif; }} }}\n@page :first {{ @top-left {{ content: none; }} }}\n"
        );
        let path = page.as_str().trim_end_matches(".html");
        self.generate(PagePath::new(format!("{path}.css")), rule.into_bytes());
    }

    /// The summary, when it is more than a line.
    fn summary_html(&self, id: EntityId, page: &PagePath) -> Option<String> {
        let entity = self.edition.entity(id)?;
        let kind = self.edition.kinds().kind(entity.kind)?;
        let (index, field) = kind.field("summary")?;
        match self.shown(&field.shape, &entity.record.value(index)?.value, page)? {
            Shown::Prose { html } => Some(html),
            _ => None,
        }
    }

    /// A figure of the first page with its target and state.
    fn headline(&self, aim: &Aim, page: &PagePath) -> Option<FigureView> {
        let link = self.short_link(aim.target.metric, page)?;
        let view = self.aim_view(aim, page)?;
        let (key, tone) = aim.progress.status.names();
        let state = self.locale.word(key);
        let target =
            self.locale.fill("report_target", &[("goal", view.target.as_str()), ("by", view.by.as_str())]);
        // A short unit belongs to the number; a long one says the same as the name.
        let unit = if aim.metric.unit.chars().count() <= 3 { aim.metric.unit.as_str() } else { "" };
        let value = match (view.unit.as_str(), unit) {
            ("", _) | (_, "") => view.actual,
            (_, unit) => format!("{}\u{a0}{unit}", view.actual),
        };
        Some(FigureView {
            value,
            label: link.text,
            note: format!("{state}. {}", target.trim_end()),
            url: link.url,
            tone,
        })
    }

    fn next_steps(&self, evaluation: &Evaluation, page: &PagePath) -> TableView {
        let column =
            |key: &str| ColumnView { text: self.locale.word(key).to_owned(), ..ColumnView::default() };
        let row = |step: &insight::NextStep| {
            let owner = step.owner.and_then(|owner| self.short_link(owner, page));
            RowView {
                heading: LinkView { text: step.what.clone(), ..LinkView::default() },
                cells: vec![
                    match owner {
                        Some(link) => CellView::of(Shown::Links { links: vec![link] }),
                        None => CellView::default().toned("gap"),
                    },
                    match step.by {
                        Some(by) => CellView::of(Shown::Date { moment: self.moment(by) }),
                        None => CellView::default().toned("gap"),
                    },
                ],
                gap: false,
            }
        };
        TableView {
            id: "_steps".to_owned(),
            caption: self.locale.word("report_next").to_owned(),
            corner: self.locale.word("report_step").to_owned(),
            columns: vec![column("report_owner"), column("report_by")],
            rows: evaluation.next.iter().map(row).collect(),
            ..TableView::default()
        }
    }

    /// Money planned and spent, and hours.
    fn spent(&self, evaluation: &Evaluation) -> Vec<FigureView> {
        let figure = |value: String, label: String, note: String, tone: &'static str| FigureView {
            value,
            label,
            note,
            url: String::new(),
            tone,
        };
        let word = |key: &str| self.locale.word(key).to_owned();
        let mut figures = Vec::new();
        if let Some(planned) = &evaluation.planned {
            figures.push(figure(self.money(planned), word("report_planned"), String::new(), "neutral"));
        }
        if let Some(spent) = &evaluation.spent {
            let planned = evaluation.planned.as_ref().filter(|planned| planned.currency == spent.currency);
            let (note, tone) = match planned {
                Some(planned) if spent.amount > planned.amount => {
                    (self.beyond("report_over", spent, planned), "warn")
                }
                Some(planned) if spent.amount < planned.amount => {
                    (self.beyond("report_under", planned, spent), "good")
                }
                _ => (String::new(), "neutral"),
            };
            figures.push(figure(self.money(spent), word("report_spent"), note, tone));
        }
        for (metric, hours) in evaluation.hours(self.book()) {
            let hours = self.locale.duration((hours * 10.0).round() / 10.0, "hour");
            figures.push(figure(hours, self.name_of(metric), String::new(), "neutral"));
        }
        figures
    }

    fn beyond(&self, key: &str, more: &Money, less: &Money) -> String {
        let amount =
            self.locale.money(more.amount - less.amount, more.decimals.max(less.decimals), &more.currency);
        self.locale.fill(key, &[("amount", amount.as_str())])
    }

    /// Every metric of the scorecard with its source and what has to be known of it.
    fn provenance(&self, evaluation: &Evaluation, page: &PagePath) -> Option<TableView> {
        let kinds = self.edition.kinds();
        let metric = kinds.named("metric")?;
        let fields = ["source", "caveats"].map(|name| metric.field(name));
        let goals = insight::goals(self.book(), &evaluation.objectives, evaluation.day);
        let mut metrics: Vec<EntityId> =
            goals.iter().flat_map(|goal| &goal.aims).map(|aim| aim.target.metric).collect();
        metrics.sort();
        metrics.dedup();
        let row = |id: &EntityId| {
            let entity = self.edition.entity(*id)?;
            let cells = fields.iter().flatten().map(|(index, field)| {
                let value = entity.record.value(*index);
                let value = value.and_then(|item| self.shown(&field.shape, &item.value, page));
                CellView { value, tone: "", label: String::new() }
            });
            Some(RowView { heading: self.short_link(*id, page)?, cells: cells.collect(), gap: false })
        };
        let language = self.locale.language();
        let rows: Vec<RowView> = metrics.iter().filter_map(row).collect();
        if rows.is_empty() {
            return None;
        }
        Some(TableView {
            id: "_provenance".to_owned(),
            caption: self.locale.word("report_sources").to_owned(),
            corner: metric.label.within(language).to_owned(),
            columns: fields
                .iter()
                .flatten()
                .map(|(_, field)| ColumnView {
                    text: field.label.within(language).to_owned(),
                    ..ColumnView::default()
                })
                .collect(),
            rows,
            ..TableView::default()
        })
    }
}

/// A character within the quotes of a style sheet.
fn in_css(character: char) -> String {
    match character {
        '"' | '\\' | '<' | '>' | '&' => format!("\\{:x} ", u32::from(character)),
        character if character.is_control() => " ".to_owned(),
        character => character.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_cannot_leave_its_quotes() {
        let text: String = "a\"; } b\\c\n</style>".chars().map(super::in_css).collect();
        assert_eq!(text, "a\\22 ; } b\\5c c \\3c /style\\3e ");
    }
}
