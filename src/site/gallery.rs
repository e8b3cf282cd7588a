//! Pages that gather others: home, the index of a kind or folder, the glossary, and the page for addresses that do not exist.

use std::collections::BTreeMap;

use super::view::{
    GlossaryLetter, GlossaryTerm, GlossaryView, HomeBlock, HomeChapter, HomeView, IndexRow, IndexView,
    LinkView, NotFoundView, PageHead, View,
};
use super::{Planner, nest};
use crate::model::{Chapter, EntityId, Field, FieldType, Kind, KindId, Value, Want};
use crate::text::PagePath;

/// Columns that an index shows beside the names.
const MOST_COLUMNS: usize = 3;

/// Blocks of the home page that the settings may name, as in `kinds/settings.yaml`.
pub(super) const BLOCKS: [&str; 8] =
    ["highlights", "figures", "roles", "results", "week", "loop", "across", "text"];
/// What the home page shows unless the settings say otherwise.
const ARRANGEMENT: [&str; 7] = ["highlights", "figures", "roles", "results", "loop", "across", "text"];
/// And in the edition for a crisis, whatever they say.
const IN_A_CRISIS: [&str; 4] = ["crisis", "loop", "across", "text"];

impl Planner<'_> {
    pub(super) fn home(&self, page: &PagePath) -> (PageHead, View) {
        let welcome = self.edition.welcome();
        let description = [
            self.edition.setting_text("description"),
            welcome.map(|welcome| self.summary(welcome)).unwrap_or_default(),
        ]
        .into_iter()
        .find(|text| !text.is_empty())
        .unwrap_or(&self.title)
        .to_owned();
        let mut head = self.page_head(page, "home", &self.title, &description);
        head.title_lang = self.lang_of_setting("title");
        let passage = welcome.and_then(|welcome| welcome.prose.as_ref());
        let body_html = match self.lead() {
            Some(lead) => lead,
            None => passage.map(|passage| self.fill(passage, page)).unwrap_or_default(),
        };
        let body_lang = welcome.map(|welcome| self.lang_of_prose(welcome)).unwrap_or_default();
        head.translation_note = welcome.map(|welcome| self.translation_note(welcome)).unwrap_or_default();
        let in_crisis = self.is_for_a_crisis();
        let highlights = match self.home_setting("highlights") {
            Some(Value::Links(edges)) if !in_crisis => edges
                .iter()
                .filter_map(|edge| {
                    let mut link = self.link(edge.target, page)?;
                    link.note = edge.note.clone().unwrap_or_default();
                    Some(link)
                })
                .collect(),
            _ => Vec::new(),
        };
        let chapters: Vec<(Chapter, HomeChapter)> =
            Chapter::ALL.iter().map(|chapter| (*chapter, self.home_chapter(*chapter, page))).collect();
        let has_kinds = chapters.iter().any(|(_, chapter)| !chapter.groups.is_empty());
        let pick = |in_loop: bool| {
            chapters
                .iter()
                .filter(|(chapter, home)| {
                    chapter.in_loop() == in_loop && (in_loop || !home.groups.is_empty())
                })
                .map(|(_, home)| home.clone())
                .collect::<Vec<_>>()
        };
        let mut across = pick(false);
        let articles = self.article_chapter(page);
        if !articles.groups.is_empty() {
            across.push(articles);
        }
        let loop_steps = if has_kinds { pick(true) } else { Vec::new() };
        (
            head,
            View::Home(HomeView {
                body_lang,
                body_html,
                loop_steps,
                across,
                highlights,
                kpis: if in_crisis { Vec::new() } else { self.headlines(page) },
                blocks: self.home_blocks(page),
            }),
        )
    }

    /// What the home page shows, in the order of the settings; else in ours.
    fn home_blocks(&self, page: &PagePath) -> Vec<HomeBlock> {
        let names = if self.is_for_a_crisis() {
            IN_A_CRISIS.to_vec()
        } else {
            self.arranged().unwrap_or_else(|| ARRANGEMENT.to_vec())
        };
        let block = |name: &'static str| HomeBlock { name, parts: self.worked_out_at_home(name, page) };
        names.into_iter().map(block).collect()
    }

    /// The arrangement of the settings: what it names, once each.
    fn arranged(&self) -> Option<Vec<&'static str>> {
        let fields =
            self.edition.kinds().settings.iter().find(|field| field.name == "home")?.shape.record()?;
        let field = fields.iter().find(|field| field.name == "blocks")?;
        let (FieldType::List(of), Value::List(items)) = (&field.shape, self.home_setting("blocks")?) else {
            return None;
        };
        let FieldType::Choice(choices) = of.as_ref() else { return None };
        let mut names: Vec<&'static str> = Vec::new();
        for item in items {
            let Value::Choice(index) = item.value else { continue };
            let choice = choices.get(usize::from(index));
            let known = BLOCKS.iter().find(|name| choice.is_some_and(|choice| choice.name == **name));
            names.extend(known.filter(|name| !names.contains(*name)));
        }
        // An empty list is a home page without blocks; a list in which nothing could be read is not.
        (items.is_empty() || !names.is_empty()).then_some(names)
    }

    fn home_setting(&self, part: &str) -> Option<&Value<crate::model::Resolved>> {
        let fields =
            self.edition.kinds().settings.iter().find(|field| field.name == "home")?.shape.record()?;
        let index = fields.iter().position(|field| field.name == part)?;
        match &self.edition.setting("home")?.value {
            Value::Record(record) => record.value(u16::try_from(index).ok()?).map(|item| &item.value),
            _ => None,
        }
    }

    /// The lead of the settings in front of the welcome text.
    fn lead(&self) -> Option<String> {
        let page = PagePath::new("index.html");
        match self.home_setting("lead") {
            Some(Value::Markdown(lead)) => {
                let mut html = format!("<div class=\"lead\">{}</div>\n", self.fill(lead, &page));
                if let Some(passage) = self.edition.welcome().and_then(|welcome| welcome.prose.as_ref()) {
                    html.push_str(&self.fill(passage, &page));
                }
                Some(html)
            }
            _ => None,
        }
    }

    fn kinds_of(&self, chapter: Chapter) -> Vec<&Kind> {
        let mut kinds: Vec<&Kind> = self
            .edition
            .kinds()
            .iter()
            .filter(|kind| kind.chapter == chapter && self.addresses.kind(kind.id).is_some())
            .collect();
        kinds.sort_by_key(|kind| (kind.order, kind.id));
        kinds
    }

    fn home_chapter(&self, chapter: Chapter, page: &PagePath) -> HomeChapter {
        let mut groups: Vec<LinkView> = self
            .kinds_of(chapter)
            .into_iter()
            .filter_map(|kind| {
                Some(LinkView {
                    text: kind.plural.within(self.locale.language()).to_owned(),
                    url: self.addresses.kind(kind.id)?.from(page),
                    note: self.locale.number(self.ordered.get(&kind.id).map_or(0, Vec::len) as f64, 0),
                    ..LinkView::default()
                })
            })
            .collect();
        for id in self.of_chapters.get(&chapter).map(Vec::as_slice).unwrap_or_default() {
            if let Some(link) = self.link(*id, page) {
                groups.push(LinkView {
                    text: link.text,
                    url: link.url,
                    lang: link.lang,
                    ..LinkView::default()
                });
            }
        }
        groups.extend(self.sheet_links(chapter, page));
        HomeChapter {
            name: chapter.name(),
            label: self.locale.word(&format!("chapter_{}", chapter.name())).to_owned(),
            about: self.locale.word(&format!("chapter_about_{}", chapter.name())).to_owned(),
            url: groups.first().map(|group| group.url.clone()).unwrap_or_default(),
            groups,
        }
    }

    /// All chapters that hold something, articles last.
    pub(super) fn chapters(&self, page: &PagePath) -> Vec<HomeChapter> {
        let chapters = Chapter::ALL.iter().map(|chapter| self.home_chapter(*chapter, page));
        chapters.chain([self.article_chapter(page)]).filter(|chapter| !chapter.groups.is_empty()).collect()
    }

    /// The top folders of articles, and the articles at the root.
    fn article_chapter(&self, page: &PagePath) -> HomeChapter {
        let mut groups = self.children("", page);
        for group in &mut groups {
            group.summary = String::new();
            group.tag = None;
        }
        HomeChapter {
            name: "articles",
            label: self.locale.word("chapter_articles").to_owned(),
            about: self.locale.word("chapter_about_articles").to_owned(),
            url: groups.first().map(|group| group.url.clone()).unwrap_or_default(),
            groups,
        }
    }

    pub(super) fn kind_index(&self, id: KindId, page: &PagePath) -> (PageHead, View) {
        let Some(kind) = self.edition.kinds().kind(id) else { return self.not_found(page) };
        let language = self.locale.language();
        let plural = kind.plural.within(language);
        let about = kind.about.within(language).to_owned();
        let template = if kind.name == "term" { "glossary" } else { "index" };
        let mut head = self.page_head(page, template, plural, &format!("{plural}: {about}"));
        head.kind.clone_from(&kind.name);
        head.breadcrumbs = self.chapter_crumbs(kind, page);
        if kind.name == "term" {
            let view = self.glossary(kind, page);
            return (head, View::Glossary(view));
        }
        let intro = self.edition.iter().find(|(id, entity)| {
            Some(entity.kind) == self.article && self.addresses.entity(*id) == Some(page)
        });
        let passage = intro.and_then(|(_, entity)| entity.prose.as_ref());
        let body_html = passage.map(|passage| self.fill(passage, page)).unwrap_or_default();
        head.contents = nest(super::entity::prose_headings(passage));
        let columns = self.columns(kind);
        let ids = self.ordered.get(&id).map(Vec::as_slice).unwrap_or_default();
        // A state that has its own column is not told twice.
        let has_status = columns.iter().any(|(_, field)| field.name == "status");
        let rows: Vec<IndexRow> = ids
            .iter()
            .filter_map(|id| {
                let entity = self.edition.entity(*id)?;
                let mut link = self.link(*id, page)?;
                link.kind = String::new();
                link.tag = link.tag.filter(|_| !has_status);
                let cell = |(index, field): &(u16, &Field)| {
                    entity.record.value(*index).and_then(|item| self.shown(&field.shape, &item.value, page))
                };
                let cells = columns.iter().map(cell).collect();
                let review = self.review(kind, entity, page);
                let owner = review.owner.map(|owner| owner.text).unwrap_or_default();
                Some(IndexRow { link, cells, owner, tags: review.tags })
            })
            .collect();
        head.translation_note = intro.map(|(_, entity)| self.translation_note(entity)).unwrap_or_default();
        let view = IndexView {
            about,
            body_html,
            body_lang: intro.map(|(_, entity)| self.lang_of_prose(entity)).unwrap_or_default(),
            count: self.locale.counted("entries", rows.len()),
            columns: columns.iter().map(|(_, field)| field.label.within(language).to_owned()).collect(),
            rows,
        };
        (head, View::Index(view))
    }

    /// The fields that tell entities of a kind apart at a glance: short ones that most of them have.
    fn columns<'k>(&self, kind: &'k Kind) -> Vec<(u16, &'k Field)> {
        let ids = self.ordered.get(&kind.id).map(Vec::as_slice).unwrap_or_default();
        let used = |index: u16| {
            let has = |id: &&EntityId| {
                self.edition.entity(**id).is_some_and(|entity| entity.record.value(index).is_some())
            };
            ids.iter().filter(has).count()
        };
        if !kind.columns.is_empty() {
            let wished = kind.columns.iter().filter_map(|name| kind.field(name));
            return wished.filter(|(index, _)| used(*index) > 0).collect();
        }
        let mut columns: Vec<(u8, u16, &Field)> = kind
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| !field.common && field.name != kind.title_field)
            .filter_map(|(index, field)| {
                let index = u16::try_from(index).ok()?;
                let rank = match field.shape {
                    FieldType::Choice(_) | FieldType::Date | FieldType::DateTime | FieldType::Period => 0,
                    FieldType::Cadence
                    | FieldType::Percent
                    | FieldType::Number { .. }
                    | FieldType::Hours
                    | FieldType::Money
                    | FieldType::Duration => 1,
                    FieldType::Text if field.want != Want::Optional => 2,
                    _ => return None,
                };
                let used = used(index);
                (used > 0 && used * 2 >= ids.len()).then_some((rank, index, field))
            })
            .collect();
        columns.sort_by_key(|(rank, index, _)| (*rank, *index));
        columns.truncate(MOST_COLUMNS);
        columns.sort_by_key(|(_, index, _)| *index);
        columns.into_iter().map(|(_, index, field)| (index, field)).collect()
    }

    pub(super) fn folder_index(&self, path: &str, page: &PagePath) -> (PageHead, View) {
        let name = self.addresses.folder(path).map(|folder| folder.name.clone()).unwrap_or_default();
        let row = |link| IndexRow { link, ..IndexRow::default() };
        let rows: Vec<IndexRow> = self.children(path, page).into_iter().map(row).collect();
        let count = self.locale.counted("pages_count", rows.len());
        let mut head = self.page_head(page, "index", &name, &format!("{name} – {} – {count}", self.title));
        head.breadcrumbs = self.folder_crumbs(path, true, page);
        let view = IndexView {
            about: String::new(),
            body_html: String::new(),
            body_lang: String::new(),
            count,
            columns: Vec::new(),
            rows,
        };
        (head, View::Index(view))
    }

    fn glossary(&self, kind: &Kind, page: &PagePath) -> GlossaryView {
        let ids = self.ordered.get(&kind.id).map(Vec::as_slice).unwrap_or_default();
        let mut letters: Vec<GlossaryLetter> = Vec::new();
        for id in ids {
            let Some(entity) = self.edition.entity(*id) else { continue };
            let letter = self.locale.initial(&entity.title);
            let mut html = String::new();
            let definition = kind.fields.iter().enumerate().find_map(|(index, field)| {
                let is_text = matches!(field.shape, FieldType::Markdown | FieldType::Text);
                let own = !field.common && field.name != kind.title_field && is_text;
                own.then(|| entity.record.value(u16::try_from(index).ok()?)).flatten()
            });
            match definition.map(|item| &item.value) {
                Some(Value::Markdown(passage)) => html.push_str(&self.fill(passage, page)),
                Some(Value::Text(text)) => {
                    html.push_str("<p>");
                    crate::syntax::escape::text(&mut html, text);
                    html.push_str("</p>");
                }
                _ => {}
            }
            if let Some(passage) = &entity.prose {
                html.push_str(&self.fill(passage, page));
            }
            let term = GlossaryTerm {
                anchor: entity.id.clone(),
                term: entity.title.clone(),
                aka: self.aka(kind, entity),
                html,
                lang: self.lang_of_title(entity),
                html_lang: definition
                    .map_or_else(|| self.lang_of_prose(entity), |definition| self.lang_at(definition.span)),
                url: self.addresses.entity(*id).map(|path| path.from(page)).unwrap_or_default(),
            };
            match letters.last_mut() {
                Some(last) if last.letter == letter => last.terms.push(term),
                _ => letters.push(GlossaryLetter { letter, terms: vec![term] }),
            }
        }
        GlossaryView { about: kind.about.within(self.locale.language()).to_owned(), letters }
    }

    /// Abbreviation and translations of a term: "CM · en: community manager".
    pub(super) fn aka(&self, kind: &Kind, entity: &crate::model::Entity<crate::model::Resolved>) -> String {
        let mut parts: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for (index, item) in &entity.record.fields {
            let Some(field) = kind.fields.get(usize::from(*index)) else { continue };
            match (&item.value, field.name.as_str()) {
                (Value::Text(text), "abbreviation") => parts.entry(0).or_default().push(text.clone()),
                (Value::Map(pairs), "translations") => {
                    let list = parts.entry(1).or_default();
                    let others = pairs.iter().filter(|(key, _)| !self.is_own_language(&key.value));
                    list.extend(others.map(|(key, text)| format!("{}: {text}", key.value)));
                }
                _ => {}
            }
        }
        parts.into_values().flatten().collect::<Vec<_>>().join(" · ")
    }

    pub(super) fn not_found(&self, page: &PagePath) -> (PageHead, View) {
        let title = self.locale.word("not_found").to_owned();
        let description = self.locale.word("not_found_text").to_owned();
        let head = self.page_head(page, "not-found", &title, &description);
        let links = Chapter::ALL
            .iter()
            .flat_map(|chapter| self.kinds_of(*chapter))
            .filter_map(|kind| {
                Some(LinkView {
                    text: kind.plural.within(self.locale.language()).to_owned(),
                    url: self.addresses.kind(kind.id)?.from(page),
                    ..LinkView::default()
                })
            })
            .collect();
        (head, View::NotFound(NotFoundView { links }))
    }
}
