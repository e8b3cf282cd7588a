//! The response chart: which message calls for what, as a table and as a way of questions, with the texts to start from.

use super::{Addition, Planner, Sheet, heading};
use crate::insight::{self, Response};
use crate::model::{Chapter, EntityId};
use crate::site::view::{CellView, ColumnView, LinkView, PartView, RowView, Shown, TableView, TreeItem};
use crate::text::PagePath;

pub(super) static SHEET: Sheet = Sheet {
    name: "responses",
    path: ["response-chart", "tabla-de-respuestas"],
    chapter: Chapter::Respond,
    parts,
    has: |planner| planner.book().of_kind("response").next().is_some(),
};

/// From the page of a rule to the whole chart.
pub(super) static ADDITION: Addition = Addition { kind: "response", closing: true, parts: way_to_chart };

fn way_to_chart(planner: &Planner<'_>, _: EntityId, page: &PagePath) -> Vec<PartView> {
    let Some(url) = planner.sheet_url("responses", page) else { return Vec::new() };
    let text = planner.locale.word("all_responses").to_owned();
    vec![PartView::Links { links: vec![LinkView { text, url, ..LinkView::default() }] }]
}

fn parts(planner: &Planner<'_>, page: &PagePath) -> Vec<PartView> {
    let mut responses = insight::responses(planner.book());
    responses.sort_by_key(|response| planner.places.get(&response.id).copied().unwrap_or(usize::MAX));
    let mut parts = vec![
        heading(planner.locale.word("response_way"), "_way"),
        PartView::Tree { items: planner.response_tree(&responses, page) },
        heading(planner.locale.word("response_table"), "_table"),
        PartView::Table { table: planner.with_csv(planner.response_table(&responses, page), page) },
    ];
    let texts = planner.response_texts(&responses, page);
    if !texts.is_empty() {
        parts.push(heading(planner.locale.word("response_texts"), "_texts"));
        parts.extend(texts);
    }
    parts
}

impl Planner<'_> {
    /// First what cannot wait, then: is it true?
    fn response_tree(&self, responses: &[Response<'_>], page: &PagePath) -> Vec<TreeItem> {
        let leaf = |response: &Response<'_>| {
            let mut link = self.short_link(response.id, page)?;
            link.note = self.in_short(response);
            Some(TreeItem { link, ..TreeItem::default() })
        };
        let of = |keep: &dyn Fn(&Response<'_>) -> bool| -> Vec<TreeItem> {
            responses.iter().filter(|response| keep(response)).filter_map(leaf).collect()
        };
        let branch = |verb: String, text: String, items: Vec<TreeItem>| {
            let link = LinkView { text, ..LinkView::default() };
            (!items.is_empty()).then_some(TreeItem { verb, link, items, here: false })
        };
        let urgent = of(&|response| response.is_urgent());
        let question = self.field_label("response", "is_true").unwrap_or_default();
        let answers = ["yes", "no", "unknown"].iter().filter_map(|answer| {
            let label = self.choice_label("response", "is_true", answer);
            let items =
                of(&|response| !response.is_urgent() && response.is_true.unwrap_or("unknown") == *answer);
            branch(String::new(), label, items)
        });
        let answers: Vec<TreeItem> = answers.collect();
        let first = branch(String::new(), self.locale.word("response_urgent").to_owned(), urgent);
        let second = branch(String::new(), question, answers);
        first.into_iter().chain(second).collect()
    }

    /// "Apologise, within 1 h, Community building".
    fn in_short(&self, response: &Response<'_>) -> String {
        let action = response.action.map(|action| self.choice_label("response", "action", action));
        let within = response
            .within
            .map(|within| self.locale.fill("within_time", &[("time", self.short_duration(within).as_str())]));
        let role = response.role.map(|role| self.name_of(role));
        [action, within, role]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn response_table(&self, responses: &[Response<'_>], page: &PagePath) -> TableView {
        let gap = || CellView::default().toned("gap");
        let link = |id: Option<EntityId>| {
            let link = id.and_then(|id| self.short_link(id, page));
            link.map(|link| CellView::of(Shown::Links { links: vec![link] }))
        };
        let row = |response: &Response<'_>| {
            let mut heading = self.short_link(response.id, page)?;
            heading.summary = response.trigger.as_ref().map(|text| text.value.clone()).unwrap_or_default();
            let example = response.example.map(|example| Shown::Prose { html: self.fill(example, page) });
            let action = response.action.map(|action| self.choice_label("response", "action", action));
            let cells = vec![
                example.map(CellView::of).unwrap_or_default(),
                action.map_or_else(gap, CellView::text),
                response.within.map_or_else(gap, |within| CellView::number(self.short_duration(within))),
                link(response.role).unwrap_or_else(gap),
                link(response.template).unwrap_or_default(),
            ];
            Some(RowView { heading, gap: cells.iter().any(|cell| cell.tone == "gap"), cells })
        };
        let columns = ["example", "action", "within", "role", "template"];
        let has_gaps = responses.iter().any(|response| {
            response.action.is_none() || response.within.is_none() || response.role.is_none()
        });
        TableView {
            id: "_chart".to_owned(),
            caption: self.locale.word("response_table").to_owned(),
            corner: self.field_label("response", "trigger").unwrap_or_default(),
            columns: columns
                .iter()
                .filter_map(|name| self.field_label("response", name))
                .enumerate()
                .map(|(at, text)| ColumnView { text, numeric: at == 2, ..ColumnView::default() })
                .collect(),
            rows: responses.iter().filter_map(row).collect(),
            gaps_label: if has_gaps { self.locale.word("only_gaps").to_owned() } else { String::new() },
            ..TableView::default()
        }
    }

    /// The texts that the rules start from, each once, with their approval.
    fn response_texts(&self, responses: &[Response<'_>], page: &PagePath) -> Vec<PartView> {
        let mut told: Vec<EntityId> = Vec::new();
        let mut parts = Vec::new();
        for template in responses.iter().filter_map(|response| response.template) {
            if told.contains(&template) {
                continue;
            }
            told.push(template);
            let Some(template) = insight::template(self.book(), template) else { continue };
            let statement = self.statement(&template, page);
            parts.push(PartView::Details {
                summary: format!("{}. {}", statement.link.text, statement.approved),
                open: false,
                parts: vec![PartView::Statement { statement }],
            });
        }
        parts
    }
}
