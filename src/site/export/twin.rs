//! The Markdown twin of a page: the same view that a template draws, as text. What an edition hides is in no view, and so in no twin.

use super::markdown::{self, indented};
use super::{html, values};
use crate::site::Planner;
use crate::site::view::{
    CardView, ChartView, EntityView, FactView, HomeChapter, HomeView, IndexView, KpiView, LinkView, PageHead,
    PartView, PartsView, RelationView, ReviewView, RungView, SectionView, TableView, TreeItem, ValuesView,
    View,
};

/// Writes one twin.
pub(super) struct Twin<'p> {
    planner: &'p Planner<'p>,
    blocks: Vec<String>,
}

impl<'p> Twin<'p> {
    /// The twin of a page; `None` for a page that says nothing of the playbook.
    pub(super) fn of(planner: &'p Planner<'p>, head: &PageHead, view: &View) -> Option<String> {
        let mut twin = Self { planner, blocks: Vec::new() };
        twin.heading(1, &head.title);
        if !head.kicker.is_empty() && head.kicker != head.title {
            twin.push(format!("*{}*", markdown::text(&head.kicker)));
        }
        match view {
            View::Home(home) => twin.home(home),
            View::Entity(entity) => twin.entity(entity),
            View::Index(index) => twin.index(index),
            View::Article(article) => {
                twin.sentence(&article.lead);
                twin.review(&article.review);
                twin.html(&article.body_html);
                twin.links_under("children", &article.children);
                twin.relations(&article.relations);
            }
            View::Glossary(glossary) => {
                twin.sentence(&glossary.about);
                for term in glossary.letters.iter().flat_map(|letter| &letter.terms) {
                    let name = markdown::link(&markdown::text(&term.term), &term.url);
                    let aka = if term.aka.is_empty() {
                        String::new()
                    } else {
                        format!(" ({})", markdown::text(&term.aka))
                    };
                    twin.push(format!("**{name}**{aka}"));
                    twin.html(&term.html);
                }
            }
            View::Sheet(sheet) => {
                twin.sentence(&sheet.about);
                twin.parts(&sheet.parts);
            }
            View::NotFound(_) | View::Search(_) => return None,
        }
        twin.push("---".to_owned());
        let name = head.path.rsplit_once('/').map_or(head.path.as_str(), |(_, name)| name);
        twin.push(format!("[{}]({name})", twin.word("twin_page")));
        let mut text = twin.blocks.join("\n\n");
        text.push('\n');
        Some(text)
    }

    fn word(&self, key: &'static str) -> &'p str {
        self.planner.locale.word(key)
    }

    fn push(&mut self, block: String) {
        if !block.is_empty() {
            self.blocks.push(block);
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        if !text.is_empty() {
            self.blocks.push(format!("{} {}", "#".repeat(level), markdown::text(text).replace('\n', " ")));
        }
    }

    fn sentence(&mut self, text: &str) {
        self.push(markdown::text(text));
    }

    fn html(&mut self, html: &str) {
        if !html.is_empty() {
            self.blocks.extend(html::blocks(html));
        }
    }

    fn list(&mut self, items: impl Iterator<Item = String>) {
        let items: Vec<String> =
            items.filter(|item| !item.is_empty()).map(|item| format!("- {}", indented(&item, 2))).collect();
        self.push(items.join("\n"));
    }

    fn home(&mut self, home: &HomeView) {
        for block in &home.blocks {
            match block.name {
                "text" => self.html(&home.body_html),
                "highlights" => self.links_under("highlights", &home.highlights),
                "figures" if !home.kpis.is_empty() => {
                    self.heading(2, self.word("headlines"));
                    self.list(home.kpis.iter().map(kpi));
                }
                "loop" => self.chapters(&home.loop_steps),
                "across" => self.chapters(&home.across),
                _ => self.parts(&block.parts),
            }
        }
    }

    fn chapters(&mut self, chapters: &[HomeChapter]) {
        for chapter in chapters.iter().filter(|chapter| !chapter.groups.is_empty()) {
            self.heading(2, &chapter.label);
            self.sentence(&chapter.about);
            self.list(chapter.groups.iter().map(link));
        }
    }

    fn entity(&mut self, entity: &EntityView) {
        // Named one by one: what a page gets, its twin gets.
        let EntityView {
            id: _,
            lead_lang: _,
            body_lang: _,
            lead,
            status,
            review,
            trail,
            facts,
            kpis,
            charts,
            values,
            parts,
            body_html,
            sections,
            closing,
            relations,
            references,
        } = entity;
        self.sentence(lead);
        if let Some(status) = status {
            self.push(format!("**{}**", markdown::text(&status.text)));
        }
        self.review(review);
        self.parts(trail);
        self.list(kpis.iter().map(kpi));
        for chart in charts {
            self.chart(chart);
        }
        if let Some(values) = values {
            self.values(values);
        }
        self.facts(facts);
        self.parts(parts);
        self.html(body_html);
        self.sections(sections);
        self.parts(closing);
        self.relations(relations);
        if !references.is_empty() {
            self.heading(2, self.word("references"));
            self.list(references.iter().map(|source| {
                let note = match source.note.as_str() {
                    "" => String::new(),
                    note => format!(": {}", markdown::text(note)),
                };
                format!("{}{note}", markdown::link(&markdown::text(&source.title), &source.url))
            }));
        }
    }

    fn index(&mut self, index: &IndexView) {
        self.sentence(&index.about);
        self.html(&index.body_html);
        if index.columns.is_empty() {
            return self.list(index.rows.iter().map(|row| link(&row.link)));
        }
        let mut rows = vec![vec![self.word("name").to_owned()]];
        rows.extend(index.rows.iter().map(|row| vec![bare_link(&row.link)]));
        for (row, cells) in rows.iter_mut().zip(
            std::iter::once(index.columns.iter().map(|column| markdown::text(column)).collect::<Vec<_>>())
                .chain(index.rows.iter().map(|row| {
                    row.cells.iter().map(|cell| cell.as_ref().map(values::cell).unwrap_or_default()).collect()
                })),
        ) {
            row.extend(cells);
        }
        self.blocks.extend(markdown::table(rows));
    }

    fn review(&mut self, review: &ReviewView) {
        let mut items = Vec::new();
        let mut named = |key: &str, text: String| {
            items.push(format!("**{}:** {text}", markdown::text(self.planner.locale.word(key))));
        };
        if let Some(owner) = &review.owner {
            named("owner", bare_link(owner));
        }
        if let Some(reviewed) = &review.reviewed {
            named("reviewed", markdown::text(&reviewed.text));
        }
        if let Some(due) = &review.due {
            let overdue = if review.overdue {
                format!(" ({})", self.planner.locale.word("overdue"))
            } else {
                String::new()
            };
            named("review_due", format!("{}{overdue}", markdown::text(&due.text)));
        }
        if !review.tags.is_empty() {
            named("tags", markdown::text(&review.tags.join(", ")));
        }
        self.list(items.into_iter());
    }

    fn facts(&mut self, facts: &[FactView]) {
        self.list(facts.iter().map(values::fact));
    }

    fn sections(&mut self, sections: &[SectionView]) {
        for section in sections {
            self.heading(2, &section.label);
            self.blocks.extend(values::blocks(&section.value));
        }
    }

    fn relations(&mut self, relations: &[RelationView]) {
        if relations.is_empty() {
            return;
        }
        self.heading(2, self.word("relations"));
        self.list(relations.iter().map(|group| {
            let links: Vec<String> =
                group.links.iter().chain(&group.rest).map(|one| format!("- {}", link(one))).collect();
            format!(
                "**{}** ({})\n{}",
                markdown::text(&group.verb),
                markdown::text(&group.kind),
                links.join("\n")
            )
        }));
    }

    fn links_under(&mut self, key: &'static str, links: &[LinkView]) {
        if !links.is_empty() {
            self.heading(2, self.word(key));
            self.list(links.iter().map(link));
        }
    }

    fn chart(&mut self, chart: &ChartView) {
        self.heading(3, &chart.title);
        self.sentence(&chart.subtitle);
        self.sentence(&chart.sentence);
        if chart.table.rows.is_empty() {
            // A chart that is a table or a list.
            self.html(&chart.table_html);
        } else {
            let mut rows: Vec<Vec<String>> = vec![chart.table.columns.clone()];
            rows.extend(chart.table.rows.iter().cloned());
            let rows = rows.iter().map(|row| row.iter().map(|cell| markdown::text(cell)).collect()).collect();
            self.blocks.extend(markdown::table(rows));
            self.sentence(&chart.table.note);
        }
        if !chart.source.is_empty() {
            let source = format!("{}: {}", self.word("source"), chart.source);
            self.sentence(&source);
        }
        if !chart.csv_url.is_empty() {
            self.push(format!("[{}]({})", self.word("chart_csv"), markdown::address(&chart.csv_url)));
        }
    }

    fn values(&mut self, values: &ValuesView) {
        self.heading(2, self.word("values"));
        let mut head = vec![values.heading.clone()];
        let value = self.word("values_value");
        head.push(if values.unit.is_empty() {
            value.to_owned()
        } else {
            format!("{value} ({})", values.unit)
        });
        if values.has_notes {
            head.push(self.word("values_note").to_owned());
        }
        if values.has_origins {
            head.push(self.word("values_origin").to_owned());
        }
        let mut rows = vec![head];
        rows.extend(values.rows.iter().map(|row| {
            let mut cells = vec![row.period.clone(), row.value.clone()];
            cells.extend(values.has_notes.then(|| row.note.clone()));
            cells.extend(values.has_origins.then(|| row.origin.clone()));
            cells
        }));
        let rows = rows.iter().map(|row| row.iter().map(|cell| markdown::text(cell)).collect()).collect();
        self.blocks.extend(markdown::table(rows));
        for text in [&values.older, &values.source, &values.as_of] {
            self.sentence(text);
        }
    }

    fn parts(&mut self, parts: &[PartView]) {
        for part in parts {
            match part {
                PartView::Heading { text, level, .. } => self.heading(usize::from(*level), text),
                PartView::Prose { html } => self.html(html),
                PartView::Note { text, .. } => self.push(format!("> {}", markdown::text(text))),
                PartView::Figures { figures } => self.list(figures.iter().map(|figure| {
                    let note = if figure.note.is_empty() {
                        String::new()
                    } else {
                        format!(". {}", markdown::text(&figure.note))
                    };
                    let label = markdown::link(&markdown::text(&figure.label), &figure.url);
                    format!("**{}** {label}{note}", markdown::text(&figure.value))
                })),
                PartView::Kpis { kpis } => self.list(kpis.iter().map(kpi)),
                PartView::Chart { chart } => self.chart(chart),
                PartView::Table { table } => self.table(table),
                PartView::Cards { cards } => cards.iter().for_each(|card| self.card(card)),
                PartView::Links { links } => self.list(links.iter().map(link)),
                PartView::Tree { items } => self.list(items.iter().map(tree)),
                PartView::Chain { label, rungs, more } => {
                    if !label.is_empty() {
                        self.push(format!("**{}**", markdown::text(label)));
                    }
                    self.list(rungs.iter().map(rung).chain(more.as_ref().map(link)));
                }
                PartView::Details { summary, parts, .. } => {
                    self.push(format!("**{}**", markdown::text(summary)));
                    self.parts(parts);
                }
                // A part that has no form of its own here says what its template says.
                other => {
                    let view = PartsView { parts: vec![other.clone()] };
                    let html = self.planner.fragments.parts(&view);
                    self.html(&html);
                }
            }
        }
    }

    fn table(&mut self, table: &TableView) {
        if table.caption_shown {
            self.sentence(&table.caption);
        }
        let mut head = vec![markdown::text(&table.corner)];
        head.extend(table.columns.iter().map(|column| {
            let tag = column.tag.as_ref().map(|tag| format!(" ({})", tag.text)).unwrap_or_default();
            markdown::link(&markdown::text(&format!("{}{tag}", column.text)), &column.url)
        }));
        let mut rows = vec![head];
        for row in &table.rows {
            let mut cells = vec![bare_link(&row.heading)];
            cells.extend(row.cells.iter().map(|cell| {
                let value = cell.value.as_ref().map(values::cell).unwrap_or_default();
                if value.is_empty() { markdown::text(&cell.label) } else { value }
            }));
            rows.push(cells);
        }
        self.blocks.extend(markdown::table(rows));
        self.sentence(&table.note);
        if !table.csv_url.is_empty() {
            self.push(format!("[{}]({})", self.word("chart_csv"), markdown::address(&table.csv_url)));
        }
    }

    fn card(&mut self, card: &CardView) {
        let kicker = if card.kicker.is_empty() {
            String::new()
        } else {
            format!("{}: ", markdown::text(&card.kicker))
        };
        self.push(format!("### {kicker}{}", bare_link(&card.title)));
        let said = [&card.title.note, &card.title.summary];
        for text in said {
            self.sentence(text);
        }
        self.facts(&card.rows);
        self.list(card.links.iter().map(link));
    }
}

/// The card of a metric on a few lines.
fn kpi(kpi: &KpiView) -> String {
    let mut text = format!("**{}**", markdown::link(&markdown::text(&kpi.title), &kpi.url));
    if !kpi.value.is_empty() {
        text.push_str(&format!(": {} {}", markdown::text(&kpi.value), markdown::text(&kpi.unit)));
        text.truncate(text.trim_end().len());
        if !kpi.period.is_empty() {
            text.push_str(&format!(" ({})", markdown::text(&kpi.period)));
        }
    }
    let mut lines = Vec::new();
    for change in &kpi.changes {
        let verdict = if change.verdict.is_empty() { String::new() } else { format!(": {}", change.verdict) };
        lines.push(markdown::text(&format!("{}{verdict}", change.text)));
    }
    lines.push(markdown::text(&kpi.so_far));
    for target in &kpi.targets {
        let objective =
            target.objective.as_ref().map(|one| format!(" ({})", bare_link(one))).unwrap_or_default();
        lines.push(format!(
            "**{}** {}{objective}",
            markdown::text(&target.tag.text),
            markdown::text(&target.text)
        ));
    }
    lines.extend([markdown::text(&kpi.stale), markdown::text(&kpi.note)]);
    for line in lines.iter().filter(|line| !line.is_empty()) {
        text.push_str(&format!("\n- {line}"));
    }
    text
}

fn tree(item: &TreeItem) -> String {
    let verb =
        if item.verb.is_empty() { String::new() } else { format!("*{}* ", markdown::text(&item.verb)) };
    let name = if item.here { format!("**{}**", link(&item.link)) } else { link(&item.link) };
    let mut text = format!("{verb}{name}");
    for inner in &item.items {
        text.push_str(&format!("\n- {}", indented(&tree(inner), 2)));
    }
    text
}

/// A place in a chain with what hangs on it.
fn rung(place: &RungView) -> String {
    let verb =
        if place.verb.is_empty() { String::new() } else { format!("*{}* ", markdown::text(&place.verb)) };
    let mut text = match (place.link.text.is_empty(), place.here) {
        (true, _) => verb.trim_end().to_owned(),
        (false, true) => format!("{verb}**{}**", link(&place.link)),
        (false, false) => format!("{verb}{}", link(&place.link)),
    };
    for group in &place.groups {
        let names: Vec<String> = group.links.iter().chain(&group.rest).map(link).collect();
        let verb = markdown::text(&group.verb);
        if group.listed {
            let names: Vec<String> = names.iter().map(|name| format!("\n  - {name}")).collect();
            text.push_str(&format!("\n- *{verb}*{}", names.concat()));
        } else {
            text.push_str(&format!("\n- *{verb}* {}", names.join("; ")));
        }
    }
    for inner in &place.below {
        text.push_str(&format!("\n- {}", indented(&rung(inner), 2)));
    }
    text.trim_start_matches('\n').trim_start_matches("- ").to_owned()
}

/// A link with its state, what it is for, and what it says of itself.
pub(super) fn link(link: &LinkView) -> String {
    let mut text = bare_link(link);
    if let Some(tag) = &link.tag {
        text.push_str(&format!(" ({})", markdown::text(&tag.text)));
    }
    let said = [&link.note, &link.summary].map(|said| markdown::text(said));
    let said: Vec<&str> = said.iter().map(String::as_str).filter(|said| !said.is_empty()).collect();
    if !said.is_empty() {
        text.push_str(&format!(": {}", said.join(" · ")));
    }
    text
}

/// A link alone.
pub(super) fn bare_link(link: &LinkView) -> String {
    markdown::link(&markdown::text(&link.text), &link.url)
}
