//! What the search knows of each page: its view, taken apart by how much each text says of it. What an edition hides is in no view, and so in no index.
//!
//! Lists of other pages (relations, indexes, tables and calendars that are worked out) are left out: their pages are found themselves.

use std::collections::BTreeMap;

use super::view::{
    CrisisView, EntityView, FactView, LinkView, PageHead, PartView, SearchLetter, SearchView, Shown,
    StepView, View,
};
use super::{Planner, Subject};
use crate::finding::Language;
use crate::model::{EntityId, Value};
use crate::search::{self, Page, Site, Weight};
use crate::text::PagePath;

/// Pages that are listed by name on the page of results; of more, only the kinds.
const MOST_LISTED: usize = 1000;
/// What reaches the browser with the index: the key of each word after `search_`.
const WORDS: [&str; 15] = [
    "all",
    "all_results",
    "browse",
    "close",
    "field",
    "filter",
    "hint",
    "in_place_of",
    "loading",
    "n_one",
    "n_other",
    "none",
    "none_about",
    "more",
    "results",
];
/// Elements within a word or a sentence.
const INLINE: [&str; 19] = [
    "a", "abbr", "b", "bdi", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "span",
    "strong", "sub", "sup", "time",
];
/// Elements whose texts are for the eye, or list other pages.
const SILENT: [&str; 6] = ["svg", "script", "style", "template", "button", "select"];
const LISTS: [&str; 14] = [
    "agenda",
    "big-figures",
    "chain",
    "chart-data",
    "chart-note",
    "chart-source",
    "month",
    "month-legend",
    "month-spans",
    "only-gaps",
    "part-cards",
    "part-table",
    "part-tree",
    "strategy-map",
];

impl Planner<'_> {
    /// Where the page of results stands.
    pub(super) fn plan_search(&mut self) -> PagePath {
        self.addresses.sheet(if self.locale.language() == Language::English { "search" } else { "buscar" })
    }

    /// The page of results: without a script, all kinds and all pages.
    pub(super) fn search_page(&self, page: &PagePath) -> (PageHead, View) {
        let title = self.locale.word("search_title");
        let about = self.locale.word("search_about");
        let mut head = self.page_head(page, "search", title, about);
        head.breadcrumbs = vec![self.home_link(page)];
        let chapters = self.chapters(page);
        (head, View::Search(SearchView { chapters, letters: self.letters(page) }))
    }

    /// All pages with a name of their own, by initial letter.
    fn letters(&self, page: &PagePath) -> Vec<SearchLetter> {
        let mut links: Vec<LinkView> =
            self.edition.iter().filter_map(|(id, _)| self.link(id, page)).collect();
        if links.len() > MOST_LISTED {
            return Vec::new();
        }
        links.retain(|link| !link.url.is_empty());
        // Who knows something by its former name finds it there.
        links.extend(self.redirects().value.into_iter().filter(|one| !one.name.is_empty()).map(|one| {
            LinkView {
                url: self.ground.within(&one.from).from(page),
                kind: self.locale.fill("search_now", &[("title", one.title.as_str())]),
                text: one.name,
                ..LinkView::default()
            }
        }));
        // "¿Por qué…?" stands among the words with P.
        let name =
            |link: &LinkView| link.text.trim_start_matches(|one: char| !one.is_alphanumeric()).to_owned();
        links.sort_by_cached_key(|link| link.url.clone());
        links.sort_by(|a, b| self.locale.compare(&name(a), &name(b)));
        let mut letters: Vec<SearchLetter> = Vec::new();
        for link in links {
            let letter = self.locale.initial(&link.text);
            let link = LinkView { text: link.text, url: link.url, note: link.kind, ..LinkView::default() };
            match letters.iter_mut().find(|known| known.letter == letter) {
                Some(known) => known.links.push(link),
                None => letters.push(SearchLetter { letter, links: vec![link] }),
            }
        }
        letters
    }

    /// Keeps what a page says for the index.
    pub(super) fn note(&self, page: &PagePath, subject: &Subject, head: &PageHead, view: &View) {
        if let Some(read) = self.read_for_search(page, subject, head, view) {
            let mut searched = self.searched.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            searched.insert(page.clone(), read);
        }
    }

    /// A page as the search knows it; `None` for pages that nobody looks for.
    fn read_for_search(
        &self,
        path: &PagePath,
        subject: &Subject,
        head: &PageHead,
        view: &View,
    ) -> Option<Page> {
        let kind = self.kind_word(subject)?;
        let crumbs: Vec<&str> = head.breadcrumbs.iter().skip(1).map(|crumb| crumb.text.as_str()).collect();
        let mut page = Page::new(&head.title, kind, crumbs.join(" › "), path.as_str());
        match view {
            View::Home(home) => {
                page.say(Weight::Lead, self.edition.setting_text("description"));
                say_html(&mut page, &home.body_html);
            }
            View::Entity(entity) => {
                if let Subject::Entity(id) = subject {
                    self.say_names(&mut page, *id);
                }
                say_entity(&mut page, entity);
            }
            View::Article(article) => {
                if let Subject::Entity(id) = subject {
                    self.say_names(&mut page, *id);
                }
                page.say(Weight::Lead, &article.lead);
                say_all(&mut page, &article.review.tags);
                say_html(&mut page, &article.body_html);
            }
            View::Index(index) => {
                page.say(Weight::Lead, &index.about);
                say_html(&mut page, &index.body_html);
            }
            View::Glossary(glossary) => page.say(Weight::Lead, &glossary.about),
            View::Sheet(sheet) => {
                page.say(Weight::Lead, &sheet.about);
                say_parts(&mut page, &sheet.parts);
            }
            View::Search(_) | View::NotFound(_) => return None,
        }
        Some(page)
    }

    /// The files of the index; complete after every page was made.
    pub fn search_index(&self) -> BTreeMap<PagePath, Vec<u8>> {
        let searched = self.searched.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let pages: Vec<&Page> = searched.values().collect();
        let keys = WORDS.map(|key| (key, format!("search_{key}")));
        let words = keys.iter().map(|(key, whole)| (*key, self.locale.word(whole))).collect();
        let page = self.search.as_str();
        let site = Site { language: self.locale.tag(), words, page };
        let files = search::files(&site, &pages).into_iter();
        files.map(|(path, bytes)| (self.ground.place(&PagePath::new(path)), bytes)).collect()
    }

    /// What a page is, in a word.
    fn kind_word(&self, subject: &Subject) -> Option<&str> {
        Some(match subject {
            Subject::Home => self.locale.word("search_home"),
            Subject::Entity(id) => {
                let kind = self.edition.kinds().kind(self.edition.entity(*id)?.kind)?;
                if Some(kind.id) == self.article {
                    self.locale.word("search_article")
                } else {
                    kind.label.within(self.locale.language())
                }
            }
            Subject::Kind(_) | Subject::Folder(_) => self.locale.word("search_list"),
            Subject::Sheet(_) => self.locale.word("search_sheet"),
            Subject::Search | Subject::NotFound => return None,
        })
    }

    /// The other names of an entity, and how much others point at it.
    fn say_names(&self, page: &mut Page, id: EntityId) {
        let kinds = self.edition.kinds();
        let Some(entity) = self.edition.entity(id) else { return };
        if entity.title != page.title {
            page.name(&entity.title);
        }
        if let Some(Value::List(names)) = entity.field(kinds, "aliases").map(|item| &item.value) {
            for name in names {
                if let Value::Text(name) = &name.value {
                    page.name(name);
                }
            }
        }
        if let Some(kind) = kinds.kind(entity.kind).filter(|kind| kind.name == "term") {
            for name in self.aka(kind, entity).split(" · ").filter(|name| !name.is_empty()) {
                page.name(name.split_once(": ").map_or(name, |(_, name)| name));
            }
        }
        let pointing = self.edition.graph().arrows(id).iter().filter(|arrow| !arrow.forward).count();
        page.rank = match pointing {
            0..=1 => 0,
            2..=5 => 1,
            6..=19 => 2,
            _ => 3,
        };
    }
}

fn say_entity(page: &mut Page, entity: &EntityView) {
    page.say(Weight::Lead, &entity.lead);
    let heading = |part: &PartView| matches!(part, PartView::Heading { .. });
    let first = entity.parts.iter().position(heading).unwrap_or(entity.parts.len());
    let (above, below) = entity.parts.split_at_checked(first).unwrap_or_default();
    say_parts(page, above);
    let (text, rest) = entity.body_html.split_at(first_heading(&entity.body_html));
    say_html(page, text);
    say_facts(page, &entity.facts, Weight::Fact);
    if let Some(status) = &entity.status {
        page.say(Weight::Fact, &status.text);
    }
    say_all(page, &entity.review.tags);
    if let Some(owner) = &entity.review.owner {
        page.say(Weight::Prose, &owner.text);
    }
    for chart in &entity.charts {
        page.say(Weight::Prose, &chart.title);
        page.say(Weight::Prose, &chart.sentence);
    }
    say_html(page, rest);
    for section in &entity.sections {
        page.section(&section.anchor, &section.label);
        say_value(page, &section.value, Weight::Prose);
    }
    say_parts(page, below);
    say_parts(page, &entity.closing);
}

fn say_all(page: &mut Page, texts: &[String]) {
    for text in texts {
        page.say(Weight::Fact, text);
    }
}

fn say_facts(page: &mut Page, facts: &[FactView], weight: Weight) {
    for fact in facts {
        page.label(&fact.label);
        say_value(page, &fact.value, weight);
    }
}

fn say_link(page: &mut Page, link: &LinkView) {
    page.say(Weight::Prose, &link.text);
    page.say(Weight::Prose, &link.note);
}

fn say_value(page: &mut Page, value: &Shown, weight: Weight) {
    match value {
        Shown::Text { text }
        | Shown::Number { text }
        | Shown::Address { text, .. }
        | Shown::File { text, .. } => {
            page.say(weight, text);
        }
        Shown::Color { .. } => {}
        Shown::Prose { html } => say_html(page, html),
        Shown::Date { moment } => page.say(weight, &moment.text),
        Shown::Tag { tag } => page.say(weight, &tag.text),
        Shown::Links { links } => links.iter().for_each(|link| say_link(page, link)),
        Shown::List { items } => items.iter().for_each(|item| say_value(page, item, weight)),
        Shown::Record { rows } => say_facts(page, rows, Weight::Prose),
        Shown::Steps { steps, .. } => steps.iter().for_each(|step| say_step(page, step)),
        Shown::Table { rows, .. } => {
            rows.iter().flatten().flatten().for_each(|cell| say_value(page, cell, Weight::Prose));
        }
    }
}

fn say_step(page: &mut Page, step: &StepView) {
    for value in step.when.iter().chain(&step.main) {
        say_value(page, value, Weight::Prose);
    }
    say_facts(page, &step.rows, Weight::Prose);
}

fn say_parts(page: &mut Page, parts: &[PartView]) {
    for part in parts {
        match part {
            PartView::Heading { text, anchor, .. } => page.section(anchor, text),
            PartView::Prose { html } | PartView::Alarm { html } => say_html(page, html),
            PartView::Note { text, .. } => page.say(Weight::Prose, text),
            PartView::Chart { chart } => {
                page.say(Weight::Prose, &chart.title);
                page.say(Weight::Prose, &chart.sentence);
            }
            PartView::Statement { statement } => {
                page.say(Weight::Prose, &statement.link.text);
                statement.texts.iter().for_each(|text| say_html(page, &text.html));
            }
            PartView::Checklist { checklist } => {
                for check in &checklist.checks {
                    say_html(page, &check.html);
                    check.title.iter().for_each(|link| page.say(Weight::Prose, &link.text));
                    page.say(Weight::Prose, &check.check);
                }
            }
            PartView::Crisis { card } => say_crisis(page, card),
            PartView::Details { summary, parts, .. } => {
                page.say(Weight::Prose, summary);
                say_parts(page, parts);
            }
            // The others list pages and figures that have pages of their own.
            _ => {}
        }
    }
}

fn say_crisis(page: &mut Page, card: &CrisisView) {
    for step in &card.steps {
        page.say(Weight::Prose, &step.text);
        if let Some(role) = &step.role {
            page.say(Weight::Prose, &role.text);
        }
    }
    for text in card.advice.iter().chain(&card.warnings).chain(&card.escalate_when) {
        page.say(Weight::Prose, text);
    }
    card.team.iter().for_each(|member| say_link(page, &member.who));
    say_html(page, &card.stand_down_html);
}

/// Where the first heading of a text stands; its end when it has none.
fn first_heading(html: &str) -> usize {
    let find = |tag: &str| html.find(tag).unwrap_or(html.len());
    find("<h2 id=\"").min(find("<h3 id=\""))
}

/// The words of HTML that the program wrote: headings of level 2 and 3 with an anchor begin sections.
fn say_html(page: &mut Page, html: &str) {
    let mut rest = html;
    let mut said = String::new();
    loop {
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        push_decoded(&mut said, text);
        let Some((tag, after)) = after.strip_prefix('<').and_then(|tag| tag.split_once('>')) else { break };
        rest = after;
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !said.is_empty() && !INLINE.contains(&name.trim_start_matches('/')) {
            page.say(Weight::Prose, &said);
            said.clear();
        }
        let classes = attribute(attributes, "class").unwrap_or_default();
        let is_list = || classes.split(' ').any(|class| LISTS.contains(&class));
        if let ("h2" | "h3", Some(anchor)) = (name, attribute(attributes, "id")) {
            page.say(Weight::Prose, &said);
            said.clear();
            let (inside, after) = element(after, name);
            rest = after;
            page.section(anchor, plain(inside).trim());
        } else if SILENT.contains(&name) || (!classes.is_empty() && is_list()) {
            rest = element(after, name).1;
        }
    }
    page.say(Weight::Prose, &said);
}

/// What stands in an element whose opening tag was read, and what comes after it.
fn element<'h>(html: &'h str, name: &str) -> (&'h str, &'h str) {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut at) = (1_usize, 0);
    while let Some(end) = html.get(at..).and_then(|rest| rest.find(&close)).map(|end| at + end) {
        let inner = html.get(at..end).unwrap_or_default();
        let is_tag = |from: &usize| {
            inner.as_bytes().get(from + open.len()).is_some_and(|next| matches!(next, b' ' | b'>'))
        };
        depth += inner.match_indices(&open).filter(|(from, _)| is_tag(from)).count();
        depth -= 1;
        at = end + close.len();
        if depth == 0 {
            return (html.get(..end).unwrap_or_default(), html.get(at..).unwrap_or_default());
        }
    }
    (html, "")
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let at = attributes.match_indices(name).find(|(at, _)| {
        let before = attributes.get(..*at).unwrap_or_default();
        before.is_empty() || before.ends_with(' ')
    })?;
    let value = attributes.get(at.0 + name.len()..)?.strip_prefix("=\"")?;
    value.split_once('"').map(|(value, _)| value)
}

/// HTML without its tags.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut pieces = html.split('<');
    push_decoded(&mut text, pieces.next().unwrap_or_default());
    for piece in pieces {
        push_decoded(&mut text, piece.split_once('>').map_or("", |(_, text)| text));
    }
    text
}

/// Text without the references that the program writes.
fn push_decoded(text: &mut String, html: &str) {
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let known = [
            ("lt;", "<"),
            ("gt;", ">"),
            ("quot;", "\""),
            ("#39;", "'"),
            ("#x27;", "'"),
            ("nbsp;", "\u{a0}"),
            ("amp;", "&"),
        ];
        let found = known.iter().find_map(|(name, sign)| Some((after.strip_prefix(name)?, *sign)));
        let (left, sign) = found.unwrap_or((after, "&"));
        text.push_str(sign);
        rest = left;
    }
    text.push_str(rest);
}
