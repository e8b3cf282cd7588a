//! The page of an entity of any kind, and of an article.

use std::collections::{BTreeMap, BTreeSet};

use super::sheets::chain::Told;
use super::sheets::part_headings;
use super::view::{
    ArticleView, EntityView, FactView, LinkView, PageHead, PageLink, ReferenceView, RelationView, ReviewView,
    SectionView, Shown, View,
};
use super::{Planner, Rank, field_anchor, nest};
use crate::insight;
use crate::model::{Entity, EntityId, Field, FieldType, Kind, Passage, Record, Resolved, Value};
use crate::text::PagePath;

/// Links that are introduced with a sentence when they stand together.
const MOST_INTRODUCED: usize = 4;
/// A page with more relations than this introduces none of them.
const DENSE: usize = 32;
/// Links of one relation that are shown at once, and how many are left when there are more.
const MOST_LINKS: usize = 8;
const FIRST_LINKS: usize = 6;

impl Planner<'_> {
    pub(super) fn entity(
        &self,
        id: EntityId,
        entity: &Entity<Resolved>,
        page: &PagePath,
    ) -> (PageHead, View) {
        let kinds = self.edition.kinds();
        let Some(kind) = kinds.kind(entity.kind) else { return self.not_found(page) };
        let label = kind.label.within(self.locale.language());
        let summary = self.summary(entity);
        let description = if summary.is_empty() {
            format!("{label}: {}. {}", entity.title, kind.about.within(self.locale.language()))
        } else {
            format!("{label}: {}. {summary}", entity.title)
        };
        let mut head = self.page_head(page, "entity", &self.name_of(id), &description);
        if self.homonyms.contains(&entity.title) {
            head.window_title = format!("{} ({label}) – {}", head.title, self.title);
        }
        head.kind.clone_from(&kind.name);
        head.breadcrumbs = self.chapter_crumbs(kind, page);
        if let Some(index) = self.addresses.kind(kind.id) {
            head.breadcrumbs.push(PageLink {
                text: kind.plural.within(self.locale.language()).to_owned(),
                url: index.from(page),
                ..PageLink::default()
            });
        }
        let siblings = self.ordered.get(&kind.id).map(Vec::as_slice).unwrap_or_default();
        (head.previous, head.next) = self.neighbours(siblings, id, page);
        let (facts, sections) = self.facts_and_sections(kind, entity, page);
        let body_html = entity.prose.as_ref().map(|passage| self.fill(passage, page)).unwrap_or_default();
        let (trail, told) = self.trail(id, page);
        let relations = self.relations(id, kind, page, &told);
        let charts = self.charts_of(id, page);
        let values = self.values_of(id);
        let references = self.references(kind, entity);
        let (parts, closing) = self.worked_out(id, &kind.name, page);
        let mut headings: Vec<(u8, String, String)> = Vec::new();
        let heading = |section: &SectionView| (2, section.anchor.clone(), section.label.clone());
        headings.extend(part_headings(&parts));
        if values.is_some() {
            headings.push((2, "_values".to_owned(), self.locale.word("values").to_owned()));
        }
        headings.extend(prose_headings(entity.prose.as_ref()));
        headings.extend(sections.iter().map(heading));
        if !charts.is_empty() && !facts.is_empty() {
            // Where there is a figure to look at, how it is made comes after it, under its own heading.
            headings.push((2, "_facts".to_owned(), self.locale.word("facts").to_owned()));
        }
        headings.extend(part_headings(&closing));
        if !relations.is_empty() {
            headings.push((2, "_relations".to_owned(), self.locale.word("relations").to_owned()));
        }
        head.contents = nest(headings.into_iter());
        let lead = entity.text(kinds, "summary").unwrap_or_default().to_owned();
        head.title_lang = self.lang_of_title(entity);
        head.translation_note = self.translation_note(entity);
        let view = EntityView {
            lead_lang: self.lang_of_field(entity, "summary"),
            body_lang: self.lang_of_prose(entity),
            id: entity.id.clone(),
            lead,
            status: self.status(entity),
            review: self.review(kind, entity, page),
            trail,
            facts,
            kpis: self.kpis_of(id, kind, page),
            charts,
            values,
            parts,
            body_html,
            sections,
            closing,
            relations,
            references,
        };
        (head, View::Entity(Box::new(view)))
    }

    pub(super) fn article(
        &self,
        id: EntityId,
        entity: &Entity<Resolved>,
        page: &PagePath,
    ) -> (PageHead, View) {
        let kinds = self.edition.kinds();
        let Some(kind) = kinds.kind(entity.kind) else { return self.not_found(page) };
        let summary = self.summary(entity);
        let description = if summary.is_empty() {
            format!("{} – {}", entity.title, self.title)
        } else {
            summary.to_owned()
        };
        let mut head = self.page_head(page, "article", &entity.title, &description);
        head.kind.clone_from(&kind.name);
        let folder = page.folder();
        let is_folder_page = self.addresses.folder(folder).is_some_and(|own| own.article == Some(id));
        if let Some(chapter) = self.addresses.chapter(&entity.id) {
            let text = self.locale.word(&format!("chapter_{}", chapter.name())).to_owned();
            head.breadcrumbs = vec![self.home_link(page), PageLink { text, ..PageLink::default() }];
        } else {
            head.breadcrumbs = self.folder_crumbs(folder, is_folder_page, page);
        }
        if !is_folder_page {
            let siblings = self.articles.get(folder).map(Vec::as_slice).unwrap_or_default();
            (head.previous, head.next) = self.neighbours(siblings, id, page);
        }
        head.contents = nest(prose_headings(entity.prose.as_ref()));
        let children = if is_folder_page { self.children(folder, page) } else { Vec::new() };
        head.title_lang = self.lang_of_title(entity);
        head.translation_note = self.translation_note(entity);
        let lead = if entity.text(kinds, "subtitle").is_some() { "subtitle" } else { "summary" };
        let view = ArticleView {
            lead_lang: self.lang_of_field(entity, lead),
            body_lang: self.lang_of_prose(entity),
            lead: entity
                .text(kinds, "subtitle")
                .or_else(|| entity.text(kinds, "summary"))
                .unwrap_or_default()
                .to_owned(),
            review: self.review(kind, entity, page),
            body_html: entity.prose.as_ref().map(|passage| self.fill(passage, page)).unwrap_or_default(),
            children,
            relations: self.relations(id, kind, page, &BTreeSet::new()),
        };
        (head, View::Article(view))
    }

    /// Home, then the chapter of a kind, unless it is called like the kind itself.
    pub(super) fn chapter_crumbs(&self, kind: &Kind, page: &PagePath) -> Vec<PageLink> {
        let mut crumbs = vec![self.home_link(page)];
        let text = self.locale.word(&format!("chapter_{}", kind.chapter.name())).to_owned();
        if text != kind.plural.within(self.locale.language()) {
            crumbs.push(PageLink { text, ..PageLink::default() });
        }
        crumbs
    }

    /// Home, then the folders above; the innermost is left out on its own page.
    pub(super) fn folder_crumbs(&self, folder: &str, own: bool, page: &PagePath) -> Vec<PageLink> {
        let mut crumbs = vec![self.home_link(page)];
        let mut path = String::new();
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(part);
            if own && path == folder {
                break;
            }
            if let Some(found) = self.addresses.folder(&path) {
                let readme = found.article.and_then(|id| self.edition.entity(id));
                crumbs.push(PageLink {
                    text: readme.map_or_else(|| found.name.clone(), |entity| entity.title.clone()),
                    url: found.page.from(page),
                    lang: readme.map(|entity| self.lang_of_title(entity)).unwrap_or_default(),
                });
            }
        }
        crumbs
    }

    /// The articles of a folder, and the folders in it.
    pub(super) fn children(&self, folder: &str, page: &PagePath) -> Vec<LinkView> {
        let own = self.articles.get(folder).map(Vec::as_slice).unwrap_or_default();
        let mut children: Vec<(Rank, LinkView)> = own
            .iter()
            .filter_map(|id| {
                let mut link = self.link(*id, page)?;
                link.kind = String::new();
                Some((self.article_rank(*id), link))
            })
            .collect();
        for (_, inner) in self.folders_in(folder) {
            let readme = inner.article.and_then(|id| self.link(id, page));
            let link = match readme {
                Some(link) => LinkView { kind: String::new(), ..link },
                None => {
                    LinkView { text: inner.name.clone(), url: inner.page.from(page), ..LinkView::default() }
                }
            };
            children.push((self.folder_rank(inner), link));
        }
        children.sort_by_key(|(rank, _)| *rank);
        children.into_iter().map(|(_, link)| link).collect()
    }

    fn neighbours(
        &self,
        siblings: &[EntityId],
        id: EntityId,
        page: &PagePath,
    ) -> (Option<PageLink>, Option<PageLink>) {
        let Some(at) = self.places.get(&id).copied().filter(|at| siblings.get(*at) == Some(&id)) else {
            return (None, None);
        };
        let link = |index: Option<usize>| {
            let id = siblings.get(index?)?;
            let lang = self.edition.entity(*id).map(|entity| self.lang_of_title(entity)).unwrap_or_default();
            Some(PageLink { text: self.name_of(*id), url: self.addresses.entity(*id)?.from(page), lang })
        };
        (link(at.checked_sub(1)), link(at.checked_add(1)))
    }

    fn facts_and_sections(
        &self,
        kind: &Kind,
        entity: &Entity<Resolved>,
        page: &PagePath,
    ) -> (Vec<FactView>, Vec<SectionView>) {
        let (mut facts, mut sections) = (Vec::new(), Vec::new());
        for (index, item) in &entity.record.fields {
            let Some(field) = kind.fields.get(usize::from(*index)) else { continue };
            let own_place = field.common && field.name != "extra";
            let is_relation = matches!(field.shape, FieldType::Link(_) | FieldType::Links(_));
            // Name, sentence and state stand at the head of the page.
            let is_name =
                field.name == kind.title_field || matches!(field.name.as_str(), "summary" | "status");
            if own_place || is_relation || is_name || insight::is_replaced(&kind.name, &field.name) {
                continue;
            }
            let Some(value) = self.shown(&field.shape, &item.value, page) else { continue };
            let lang = self.lang_of(field, item);
            let section = |value, lang| SectionView {
                lang,
                field: field.name.clone(),
                label: field.label.within(self.locale.language()).to_owned(),
                anchor: field_anchor(&field.name),
                pair: "",
                value,
            };
            if is_short(&value) {
                facts.push(FactView { lang, ..self.fact(field, value) });
            } else {
                sections.push(section(value, lang));
            }
        }
        pair_up(&kind.name, &mut sections);
        (facts, sections)
    }

    /// Relations grouped by verb: what the entity says of others first, then what others say of it, mentions last; without those that the chain tells.
    fn relations(&self, id: EntityId, kind: &Kind, page: &PagePath, told: &Told) -> Vec<RelationView> {
        let graph = self.edition.graph();
        let language = self.locale.language();
        let mut groups: Vec<(bool, bool, RelationView)> = Vec::new();
        let mut known: BTreeSet<(String, String, String)> = BTreeSet::new();
        for arrow in graph.arrows(id) {
            let mention = graph.is_mention(arrow);
            // What a record of this very page names (a step's template) stands there already; what the prose links to, too.
            let shown =
                graph.name(arrow).contains('.') || insight::is_replaced(&kind.name, graph.name(arrow));
            let stands_above = arrow.forward && (mention || shown);
            let is_owner = kind.field(graph.name(arrow)).is_some_and(|(_, field)| field.name == "owner");
            // Only between entities in force, since views leave out the others.
            let in_view = insight::is_told(&kind.name, graph.name(arrow))
                && [id, arrow.other]
                    .iter()
                    .all(|id| self.edition.entity(*id).is_some_and(|entity| self.book().is_active(entity)));
            if stands_above || is_owner || in_view || told.contains(&(arrow.verb, arrow.other)) {
                continue;
            }
            let (Some(verb), Some(mut link)) = (graph.verb(arrow), self.link(arrow.other, page)) else {
                continue;
            };
            link.note = arrow.note.clone().unwrap_or_default();
            // What the relation says of it is nearer than what it says of itself; a text cut short says too little.
            if !link.note.is_empty() || link.summary.ends_with('…') {
                link.summary.clear();
            }
            let verb = verb.within(language).to_owned();
            let plural = self.plural_of(arrow.other);
            let found = groups.iter_mut().find(|(_, _, group)| group.verb == verb && group.kind == plural);
            match found {
                Some((_, _, group)) => {
                    if known.insert((verb, plural, link.url.clone())) {
                        group.links.push(link);
                    }
                }
                None => {
                    known.insert((verb.clone(), plural.clone(), link.url.clone()));
                    let group = RelationView {
                        verb,
                        again: false,
                        kind: plural,
                        links: vec![link],
                        rest: Vec::new(),
                        rest_label: String::new(),
                    };
                    groups.push((mention, !arrow.forward, group));
                }
            }
        }
        // A long list, say of all posts of a channel, comes after what is few and told apart.
        groups
            .sort_by_key(|(mention, backward, group)| (*mention, *backward, group.links.len() > MOST_LINKS));
        // Groups of one verb stand together, where the first of them stands.
        let mut together: Vec<RelationView> = Vec::with_capacity(groups.len());
        for (_, _, mut group) in groups {
            match together.iter().rposition(|known| known.verb == group.verb) {
                Some(last) => {
                    group.again = true;
                    together.insert(last + 1, group);
                }
                None => together.push(group),
            }
        }
        self.thin_out(&mut together);
        together
    }

    /// A page is introduced once, by groups as a whole, and only where few stand together; of many, the first are shown and the others unfold.
    fn thin_out(&self, groups: &mut [RelationView]) {
        let mut told: BTreeSet<String> = BTreeSet::new();
        let mut of_verb: BTreeMap<String, usize> = BTreeMap::new();
        for group in groups.iter() {
            *of_verb.entry(group.verb.clone()).or_default() += group.links.len();
        }
        let is_dense = of_verb.values().sum::<usize>() > DENSE;
        for group in groups {
            let is_known = group.links.iter().any(|link| told.contains(&link.url));
            let many = of_verb.get(&group.verb).is_some_and(|links| *links > MOST_INTRODUCED);
            for link in &mut group.links {
                told.insert(link.url.clone());
                if is_dense || is_known || many {
                    link.summary.clear();
                }
            }
            if group.links.len() > MOST_LINKS {
                group.rest = group.links.split_off(FIRST_LINKS);
                group.rest_label = self.locale.counted("more", group.rest.len());
            }
        }
    }

    fn plural_of(&self, id: EntityId) -> String {
        let kind = self.edition.entity(id).and_then(|entity| self.edition.kinds().kind(entity.kind));
        kind.map(|kind| kind.plural.within(self.locale.language()).to_owned()).unwrap_or_default()
    }

    fn references(&self, kind: &Kind, entity: &Entity<Resolved>) -> Vec<ReferenceView> {
        let Some(index) = kind.index("sources") else { return Vec::new() };
        let fields =
            kind.fields.get(usize::from(index)).and_then(|field| field.shape.record()).unwrap_or_default();
        let Some(Value::List(items)) = entity.record.value(index).map(|item| &item.value) else {
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| {
                let Value::Record(record) = &item.value else { return None };
                let text = |name: &str| text_in(fields, record, name).unwrap_or_default();
                let (title, url) = (text("title"), text("url"));
                let title = if title.is_empty() { url.clone() } else { title };
                Some(ReferenceView { title, url, note: text("note") })
            })
            .collect()
    }

    pub(super) fn review(&self, kind: &Kind, entity: &Entity<Resolved>, page: &PagePath) -> ReviewView {
        let value = |name: &str| {
            kind.index(name).and_then(|index| entity.record.value(index)).map(|item| &item.value)
        };
        let owner = match value("owner") {
            Some(Value::Link(edge)) => self.link(edge.target, page),
            Some(Value::Links(edges)) => edges.first().and_then(|edge| self.link(edge.target, page)),
            _ => None,
        };
        let insight::Review { reviewed, due } = insight::review(self.book(), entity);
        let tags = match value("tags") {
            Some(Value::List(items)) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Text(text) => Some(text.clone()),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        // The file of a list was changed when any of its entries was.
        let changed = self.changed.get(&entity.file).filter(|_| entity.alone);
        ReviewView {
            changed: changed.map(|(day, _)| self.moment(*day)),
            changed_by: changed.map(|(_, by)| by.clone()).unwrap_or_default(),
            owner,
            reviewed: reviewed.map(|date| self.moment(date)),
            due: due.map(|date| self.moment(date)),
            overdue: due.is_some_and(|date| date < self.today),
            tags,
        }
    }
}

fn text_in(fields: &[Field], record: &Record<Resolved>, name: &str) -> Option<String> {
    let index = fields.iter().position(|field| field.name == name)?;
    match &record.value(u16::try_from(index).ok()?)?.value {
        Value::Text(text) | Value::Url(text) => Some(text.clone()),
        _ => None,
    }
}

/// Headings of a prose.
pub(super) fn prose_headings(
    passage: Option<&Passage<Resolved>>,
) -> impl Iterator<Item = (u8, String, String)> {
    let headings = passage.map(|passage| passage.prose.headings.as_slice()).unwrap_or_default();
    headings.iter().map(|heading| (heading.level, heading.anchor.clone(), heading.text.clone()))
}

/// Marks neighbouring sections that are read against each other.
fn pair_up(kind: &str, sections: &mut [SectionView]) {
    for at in 1..sections.len() {
        if let Some([first, second]) = sections.get_mut(at - 1..=at)
            && first.pair.is_empty()
            && insight::is_pair(kind, &first.field, &second.field)
        {
            (first.pair, second.pair) = ("first", "second");
        }
    }
}

/// Whether a value fits on a line of a list of facts.
fn is_short(value: &Shown) -> bool {
    match value {
        Shown::Text { text } => text.chars().count() <= 160,
        Shown::Number { .. }
        | Shown::Date { .. }
        | Shown::Tag { .. }
        | Shown::Address { .. }
        | Shown::File { .. }
        | Shown::Color { .. } => true,
        Shown::Links { links } => links.len() <= 4,
        Shown::List { items } => {
            let is_word = |item: &Shown| match item {
                Shown::Text { text } => text.chars().count() <= 24,
                Shown::Tag { .. } | Shown::Number { .. } => true,
                _ => false,
            };
            items.len() <= 6 && items.iter().all(is_word)
        }
        Shown::Prose { .. } | Shown::Record { .. } | Shown::Steps { .. } | Shown::Table { .. } => false,
    }
}
