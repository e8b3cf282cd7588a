//! Floor 8: edition → pages, each with a complete typed view.
//!
//! 1. [`Planner::new`] assigns addresses, orders everything once, and knows what all pages share
//! 2. [`Planner::pages`] lists the pages
//! 3. [`Planner::page`] makes head and view of one page, from any thread

mod address;
mod blocks;
mod charts;
mod crisis;
mod days;
mod entity;
mod export;
mod flow;
mod gallery;
mod ics;
mod languages;
mod menu;
mod metric;
mod parts;
mod pictures;
mod prose;
mod publish;
mod search;
mod sheets;
mod shown;
mod terms;
pub mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock};

use crate::card::Card;
use crate::directive::Directives;
use crate::edition::Edition;
use crate::insight::chain::Chains;
use crate::insight::{self, Book, Target, Thresholds};
use crate::locale::Locale;
use crate::model::{Chapter, Destination, Entity, EntityId, FieldType, KindId, Resolved, Sort, Value};
use crate::pictures::Pictures;
use crate::plates::Plates;
use crate::text::{FilePath, PagePath};
use crate::world::Date;

use address::Addresses;
pub use export::Export;
pub use languages::{Ground, ways};
pub use publish::{Drawn, Redirect, drawn, published};
use sheets::Agenda;
pub use sheets::sheet_names;
use terms::Glossary;
use view::{
    ChartView, ContentsEntry, KpisView, MenuView, PageHead, PageLink, PartsView, SiteHead, TagView, View,
};

/// What the repository of the playbook tells to an edition.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// When each file was last changed, and by whom where readers may know.
    pub changed: BTreeMap<FilePath, (Date, String)>,
    /// What is different since a time.
    pub since: Option<Since>,
}

/// What is different since a time.
#[derive(Clone, Debug)]
pub struct Since {
    /// The time as it was asked for: a day, a tag.
    pub name: String,
    /// The day of that state.
    pub day: Date,
    /// What is different.
    pub delta: insight::Delta,
}

/// What the texts of a playbook ask for besides words.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What the repository tells; nothing when nobody asked.
    pub told: &'a Told,
    /// Charts and cards of metrics.
    pub plates: &'a Plates,
    /// Parts of the playbook.
    pub directives: &'a Directives,
    /// Pictures.
    pub pictures: &'a Pictures,
    /// Whether smaller copies of pictures are made.
    pub copies: bool,
}

/// What a theme must be able to draw inside of a text: parts of a page that are templates too.
pub trait Fragments: Sync {
    /// A chart as HTML.
    fn chart(&self, view: &ChartView) -> String;
    /// Cards of metrics as HTML.
    fn kpis(&self, view: &KpisView) -> String;
    /// Parts of a computed view as HTML.
    fn parts(&self, view: &PartsView) -> String;
    /// The navigation of a folder as HTML, in which a page can be marked as the current one.
    fn menu(&self, view: &MenuView) -> Box<dyn Menu>;
}

/// The navigation of a folder.
pub trait Menu: Send + Sync {
    /// The HTML with this address marked as the current page.
    fn with_current(&self, url: &str) -> String;
}

/// One page of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPage {
    /// Where it is written.
    pub path: PagePath,
    /// What it shows.
    pub subject: Subject,
    /// In which of the languages of the site, by their order.
    pub language: usize,
}

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The home page.
    Home,
    /// An entity (an article too).
    Entity(EntityId),
    /// All entities of a kind.
    Kind(KindId),
    /// A folder of articles that has no README.
    Folder(String),
    /// A page about the whole playbook, by its place in the list of sheets.
    Sheet(usize),
    /// The page of results, which without a script says how things are found.
    Search,
    /// The page for addresses that do not exist.
    NotFound,
}

/// Plans the site of an edition in one language.
pub struct Planner<'a> {
    edition: &'a Edition,
    locale: &'a Locale,
    plates: &'a Plates,
    directives: &'a Directives,
    pictures: &'a Pictures,
    /// Whether smaller copies of pictures are made.
    copies: bool,
    fragments: &'a dyn Fragments,
    changed: &'a BTreeMap<FilePath, (Date, String)>,
    since: Option<&'a Since>,
    today: Date,
    /// Where the pages stand. Everything in a planner counts from there, and is placed when it leaves it.
    ground: &'a Ground,
    addresses: Addresses,
    title: String,
    /// Entities of each kind in the order of its index; articles by folder.
    ordered: BTreeMap<KindId, Vec<EntityId>>,
    articles: BTreeMap<String, Vec<EntityId>>,
    /// Entities that share their name with another of their kind.
    namesakes: BTreeSet<EntityId>,
    /// Names that pages of several kinds bear: the title of the window then says which it is.
    homonyms: BTreeSet<String>,
    /// Articles in the order in which the page of their folder names them.
    listed: BTreeMap<EntityId, usize>,
    /// Folders of articles by the folder that they lie in. Each page's menu asks for a few: going over all of them for each would take the square of their number.
    inside: BTreeMap<String, Vec<String>>,
    /// Where each entity stands in its list of `ordered` or `articles`.
    places: BTreeMap<EntityId, usize>,
    /// Articles that lie in the folder of a chapter.
    of_chapters: BTreeMap<Chapter, Vec<EntityId>>,
    article: Option<KindId>,
    /// What objectives want of each metric.
    aims: BTreeMap<EntityId, Vec<(EntityId, Target)>>,
    thresholds: Thresholds,
    /// Why everything is there.
    chains: Chains,
    /// How each objective stands, worked out when the first page asks.
    standings: OnceLock<metric::Standings>,
    menus: BTreeMap<String, Box<dyn Menu>>,
    /// The pages about the whole playbook that this edition has.
    sheets: BTreeMap<usize, PagePath>,
    /// The page of results.
    search: PagePath,
    /// What has a day, worked out when the first page asks for it.
    agenda: OnceLock<Agenda>,
    /// What happened, worked out when the first page asks.
    news: OnceLock<Vec<publish::News>>,
    /// The cards that pages refer to.
    cards: Mutex<BTreeMap<PagePath, Card>>,
    published: Mutex<BTreeSet<FilePath>>,
    /// Pictures whose smaller copies are shown.
    narrowed: Mutex<BTreeSet<FilePath>>,
    /// Pages on which a picture stands already.
    pictured: Mutex<BTreeSet<PagePath>>,
    /// The names of terms, gathered when the first text asks.
    glossary: OnceLock<Glossary>,
    /// The terms that the page which is being made links to.
    explained: Mutex<BTreeMap<PagePath, BTreeSet<EntityId>>>,
    generated: Mutex<BTreeMap<PagePath, Vec<u8>>>,
    charted: Mutex<BTreeSet<PagePath>>,
    /// Pages with the course of a figure.
    drawn: Mutex<BTreeSet<PagePath>>,
    /// Pages in whose texts parts stand.
    composed: Mutex<BTreeSet<PagePath>>,
    /// What the search knows of the pages that were made.
    searched: Mutex<BTreeMap<PagePath, crate::search::Page>>,
    /// Pages in whose texts boxes stand.
    boxed: Mutex<BTreeSet<PagePath>>,
}

impl<'a> Planner<'a> {
    /// Assigns addresses and orders everything.
    pub fn new(
        edition: &'a Edition,
        locale: &'a Locale,
        asked: Asked<'a>,
        fragments: &'a dyn Fragments,
        today: Date,
        ground: &'a Ground,
    ) -> Self {
        let kinds = edition.kinds();
        let organisation = record_text(edition, "organisation", "name");
        let title = [edition.setting_text("title"), &organisation]
            .into_iter()
            .find(|text| !text.is_empty())
            .map(str::to_owned)
            .or_else(|| edition.welcome().map(|welcome| welcome.title.clone()))
            .unwrap_or_else(|| locale.word("untitled").to_owned());
        let mut planner = Self {
            edition,
            locale,
            plates: asked.plates,
            directives: asked.directives,
            changed: &asked.told.changed,
            since: asked.told.since.as_ref(),
            pictures: asked.pictures,
            copies: asked.copies,
            fragments,
            today,
            ground,
            addresses: Addresses::assign(edition, locale.language(), &ground.taken),
            title,
            ordered: BTreeMap::new(),
            articles: BTreeMap::new(),
            namesakes: BTreeSet::new(),
            homonyms: BTreeSet::new(),
            listed: BTreeMap::new(),
            inside: BTreeMap::new(),
            places: BTreeMap::new(),
            of_chapters: BTreeMap::new(),
            article: kinds.named("article").map(|kind| kind.id),
            aims: metric::aims(edition),
            thresholds: insight::thresholds(kinds, edition.setting("thresholds")),
            chains: Chains::of(Book::edition(edition, asked.plates, today)),
            standings: OnceLock::new(),
            menus: BTreeMap::new(),
            sheets: BTreeMap::new(),
            search: PagePath::new(""),
            agenda: OnceLock::new(),
            news: OnceLock::new(),
            cards: Mutex::new(BTreeMap::new()),
            published: Mutex::new(BTreeSet::new()),
            narrowed: Mutex::new(BTreeSet::new()),
            pictured: Mutex::new(BTreeSet::new()),
            glossary: OnceLock::new(),
            explained: Mutex::new(BTreeMap::new()),
            generated: Mutex::new(BTreeMap::new()),
            charted: Mutex::new(BTreeSet::new()),
            composed: Mutex::new(BTreeSet::new()),
            drawn: Mutex::new(BTreeSet::new()),
            searched: Mutex::new(BTreeMap::new()),
            boxed: Mutex::new(BTreeSet::new()),
        };
        planner.order();
        planner.sheets = planner.plan_sheets();
        planner.search = planner.plan_search();
        let folders: BTreeSet<String> =
            planner.local_pages().iter().map(|page| page.path.folder().to_owned()).collect();
        for folder in folders {
            let menu = fragments.menu(&planner.menu(&folder));
            planner.menus.insert(folder, menu);
        }
        planner
    }

    /// All pages, in the order of their kinds and files.
    pub fn pages(&self) -> Vec<PlannedPage> {
        let mut pages = self.local_pages();
        for page in &mut pages {
            page.path = self.ground.place(&page.path);
        }
        pages
    }

    /// All pages as they lie below the folder of the language.
    fn local_pages(&self) -> Vec<PlannedPage> {
        let page = |path: &PagePath, subject: Subject| PlannedPage {
            path: path.clone(),
            subject,
            language: self.ground.language,
        };
        let mut pages = vec![
            page(&PagePath::new("index.html"), Subject::Home),
            page(&PagePath::new("404.html"), Subject::NotFound),
        ];
        for kind in self.edition.kinds().iter() {
            if let Some(path) = self.addresses.kind(kind.id) {
                pages.push(page(path, Subject::Kind(kind.id)));
            }
        }
        pages.extend(self.sheets.iter().map(|(index, path)| page(path, Subject::Sheet(*index))));
        pages.push(page(&self.search, Subject::Search));
        for (path, folder) in self.addresses.folders() {
            if folder.article.is_none() {
                pages.push(page(&folder.page, Subject::Folder(path.to_owned())));
            }
        }
        for (id, entity) in self.edition.iter() {
            let Some(path) = self.addresses.entity(id) else { continue };
            let shown_on_index = Some(entity.kind) == self.article && pages_of_kinds(self, path);
            if !shown_on_index {
                pages.push(page(path, Subject::Entity(id)));
            }
        }
        pages
    }

    /// Head and view of one page.
    pub fn page(&self, planned: &PlannedPage) -> (PageHead, View) {
        let page = &self.ground.within(&planned.path);
        let (mut head, view) = match &planned.subject {
            Subject::Home => self.home(page),
            Subject::Entity(id) => match self.edition.entity(*id) {
                Some(entity) if Some(entity.kind) == self.article => self.article(*id, entity, page),
                Some(entity) => self.entity(*id, entity, page),
                None => self.not_found(page),
            },
            Subject::Kind(id) => self.kind_index(*id, page),
            Subject::Folder(path) => self.folder_index(path, page),
            Subject::Sheet(index) => self.sheet(*index, page),
            Subject::Search => self.search_page(page),
            Subject::NotFound => self.not_found(page),
        };
        head.charts = self.charted.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(page);
        head.parts = view.has_parts()
            || self.composed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(page);
        head.drawings = head.charts
            || head.parts
            || self.drawn.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(page);
        head.boxes = self.boxed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(page);
        head.checklist = view.has_checklist();
        head.filter = view.has_filter();
        self.note(page, &planned.subject, &head, &view);
        head.terms = self.term_notes(page);
        head.boxes |= !head.terms.is_empty();
        head.share = self.share(planned, &head);
        (head, view)
    }

    /// What views are worked out from: what the edition shows.
    fn book(&self) -> Book<'_> {
        Book::edition(self.edition, self.plates, self.today)
    }

    /// What is the same on all pages.
    pub fn head(&self) -> SiteHead {
        let edition = self.edition;
        let readership = edition.readership().name();
        SiteHead {
            title: self.title.clone(),
            organisation: record_text(edition, "organisation", "name"),
            description: edition.setting_text("description").to_owned(),
            language: self.locale.tag().to_owned(),
            direction: self.locale.direction(),
            edition: readership,
            edition_label: self.locale.word(&format!("edition_{readership}")).to_owned(),
            version: edition.setting_text("version").to_owned(),
            date: self.moment(match edition.setting("edition_date").map(|item| &item.value) {
                Some(Value::Date(date)) => *date,
                _ => self.today,
            }),
            generator: concat!("Portolan ", env!("CARGO_PKG_VERSION")).to_owned(),
            title_lang: self.lang_of_setting("title"),
            description_lang: self.lang_of_setting("description"),
        }
    }

    /// The files of the playbook that pages link to, with their addresses; complete after every page was made.
    pub fn files(&self) -> Vec<(FilePath, PagePath)> {
        let published = self.published.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        published.iter().map(|file| (file.clone(), Addresses::file(file))).collect()
    }

    /// Files made for pages (the figures of charts); complete after every page was made.
    pub fn generated(&self) -> BTreeMap<PagePath, Vec<u8>> {
        let generated = self.generated.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        generated.iter().map(|(path, bytes)| (self.ground.place(path), bytes.clone())).collect()
    }

    /// The address of a file of the playbook; it will be published.
    fn publish(&self, file: &FilePath) -> PagePath {
        let mut published = self.published.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !published.contains(file) {
            published.insert(file.clone());
        }
        self.ground.shared(Addresses::file(file))
    }

    fn order(&mut self) {
        let edition = self.edition;
        let mut by_kind: BTreeMap<KindId, Vec<(EntityId, &Entity<Resolved>)>> = BTreeMap::new();
        for (id, entity) in edition.iter() {
            if Some(entity.kind) == self.article {
                let folder = entity.id.rsplit_once('/').map_or("", |(folder, _)| folder);
                let on_index = self.addresses.entity(id).is_some_and(|page| pages_of_kinds(self, page));
                if let Some(chapter) = self.addresses.chapter(&entity.id).filter(|_| !on_index) {
                    self.of_chapters.entry(chapter).or_default().push(id);
                } else if !entity.id.ends_with("/index") && entity.id != "index" {
                    self.articles.entry(folder.to_owned()).or_default().push(id);
                }
            } else {
                by_kind.entry(entity.kind).or_default().push((id, entity));
            }
        }
        let language = self.locale.language();
        let mut names: BTreeSet<&str> =
            edition.kinds().iter().map(|kind| kind.plural.within(language)).collect();
        for (_, entity) in edition.iter() {
            if !names.insert(&entity.title) {
                self.homonyms.insert(entity.title.clone());
            }
        }
        for entities in by_kind.values() {
            let mut by_name: BTreeMap<&str, EntityId> = BTreeMap::new();
            for (id, entity) in entities {
                if let Some(other) = by_name.insert(&entity.title, *id) {
                    self.namesakes.extend([other, *id]);
                }
            }
        }
        for (kind, mut entities) in by_kind {
            let Some(definition) = edition.kinds().kind(kind) else { continue };
            let by_title = |a: &Entity<Resolved>, b: &Entity<Resolved>| {
                self.locale.compare(&a.title, &b.title).then_with(|| a.id.cmp(&b.id))
            };
            match &definition.sort {
                Sort::Title => entities.sort_by(|a, b| by_title(a.1, b.1)),
                Sort::Order => {
                    entities
                        .sort_by(|a, b| self.rank(a.1).cmp(&self.rank(b.1)).then_with(|| by_title(a.1, b.1)));
                }
                Sort::Field { name, newest } => {
                    let key = |entity: &Entity<Resolved>| {
                        entity.field(edition.kinds(), name).map(|item| sort_key(&item.value))
                    };
                    entities.sort_by(|a, b| {
                        let order = key(a.1).cmp(&key(b.1));
                        let order = if *newest { order.reverse() } else { order };
                        order.then_with(|| by_title(a.1, b.1))
                    });
                }
            }
            self.ordered.insert(kind, entities.into_iter().map(|(id, _)| id).collect());
        }
        self.listed = self.listed();
        self.inside = self.nested();
        let mut articles = std::mem::take(&mut self.articles);
        for list in articles.values_mut() {
            list.sort_by_cached_key(|id| {
                let entity = edition.entity(*id);
                let rank = entity.map_or(i64::MAX, |entity| self.rank(entity));
                (rank, self.listed_at(*id), entity.map(|entity| entity.id.clone()))
            });
        }
        self.articles = articles;
        let lists = self.ordered.values().chain(self.articles.values());
        self.places =
            lists.flat_map(|list| list.iter().copied().enumerate()).map(|(at, id)| (id, at)).collect();
    }

    /// The articles that the page of a folder (README, index) links to, in that order: those of the folder itself, and pages of folders in it.
    fn listed(&self) -> BTreeMap<EntityId, usize> {
        let folder_of = |id: &str| {
            let page = id.strip_suffix("/index").unwrap_or(id);
            page.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
        };
        let of_folders = self.edition.iter().filter_map(|(_, entity)| {
            let is_article = Some(entity.kind) == self.article;
            Some((entity.id.strip_suffix("/index").filter(|_| is_article)?, entity))
        });
        let mut listed = BTreeMap::new();
        for (folder, page) in self.edition.welcome().map(|page| ("", page)).into_iter().chain(of_folders) {
            for end in page.prose.iter().flat_map(|passage| &passage.ends) {
                let Destination::Entity(id, _) = end else { continue };
                let Some(entity) = self.edition.entity(*id) else { continue };
                if Some(entity.kind) == self.article && folder_of(&entity.id) == folder {
                    let next = listed.len();
                    listed.entry(*id).or_insert(next);
                }
            }
        }
        listed
    }

    fn listed_at(&self, id: EntityId) -> usize {
        self.listed.get(&id).copied().unwrap_or(usize::MAX)
    }

    /// The place of an article among its neighbours, folders and articles together.
    fn article_rank(&self, id: EntityId) -> Rank {
        (self.edition.entity(id).map_or(i64::MAX, |entity| self.rank(entity)), self.listed_at(id))
    }

    /// The place of a folder of articles among its neighbours.
    fn folder_rank(&self, folder: &address::Folder) -> Rank {
        (i64::MAX, folder.article.map_or(usize::MAX, |id| self.listed_at(id)))
    }

    /// The folders of articles in each folder, as its page names them, then by name.
    fn nested(&self) -> BTreeMap<String, Vec<String>> {
        let mut inside: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (path, _) in self.addresses.folders() {
            let outer = path.rsplit_once('/').map_or("", |(outer, _)| outer);
            inside.entry(outer.to_owned()).or_default().push(path.to_owned());
        }
        for folders in inside.values_mut() {
            folders.sort_by_cached_key(|path| {
                let article = self.addresses.folder(path).and_then(|folder| folder.article);
                (article.map_or(usize::MAX, |id| self.listed_at(id)), path.clone())
            });
        }
        inside
    }

    /// The folders of articles that lie in a folder, in order.
    fn folders_in(&self, folder: &str) -> impl DoubleEndedIterator<Item = (&str, &address::Folder)> {
        let paths = self.inside.get(folder).map(Vec::as_slice).unwrap_or_default();
        paths.iter().filter_map(|path| Some((path.as_str(), self.addresses.folder(path)?)))
    }

    /// The wished place of an entity: its field `order`, else the number in front of its file's name.
    fn rank(&self, entity: &Entity<Resolved>) -> i64 {
        match entity.field(self.edition.kinds(), "order").map(|item| &item.value) {
            Some(Value::Number { value, .. }) => (*value * 1000.0) as i64,
            _ => crate::read::number_of(entity.file.stem()).map_or(i64::MAX, |number| number * 1000),
        }
    }

    /// The name of an entity; of two of a kind with one name, each says what it belongs to: "@example (Instagram)".
    fn name_of(&self, id: EntityId) -> String {
        let Some(entity) = self.edition.entity(id) else { return String::new() };
        if !self.namesakes.contains(&id) {
            return entity.title.clone();
        }
        let owner = entity.record.fields.iter().find_map(|(_, item)| match &item.value {
            Value::Link(edge) => self.edition.entity(edge.target).map(|owner| owner.title.as_str()),
            _ => None,
        });
        format!("{} ({})", entity.title, owner.unwrap_or(&entity.id))
    }

    /// One sentence about an entity; may be empty.
    fn summary<'e>(&self, entity: &'e Entity<Resolved>) -> &'e str
    where
        'a: 'e,
    {
        if let Some(summary) = entity.text(self.edition.kinds(), "summary") {
            return summary;
        }
        let summary = entity.prose.as_ref().map(|passage| passage.prose.summary.as_str()).unwrap_or_default();
        if summary.ends_with('…') { first_sentence(summary) } else { summary }
    }

    /// The state of an entity, when it is not plainly active.
    fn status(&self, entity: &Entity<Resolved>) -> Option<TagView> {
        let kinds = self.edition.kinds();
        let kind = kinds.kind(entity.kind)?;
        let index = kind.index("status")?;
        let field = kind.fields.get(usize::from(index))?;
        let (Value::Choice(choice), FieldType::Choice(choices)) =
            (&entity.record.value(index)?.value, &field.shape)
        else {
            return None;
        };
        let choice = choices.get(usize::from(*choice))?;
        (choice.name != "active").then(|| TagView {
            text: choice.label.within(self.locale.language()).to_owned(),
            tone: choice.tone.map_or("neutral", |tone| tone.name()),
        })
    }

    /// The parts of a head that every page has.
    fn page_head(&self, page: &PagePath, template: &'static str, title: &str, description: &str) -> PageHead {
        let window_title = if title == self.title || title.is_empty() {
            self.title.clone()
        } else {
            format!("{title} – {}", self.title)
        };
        let name = page.as_str().rsplit_once('/').map_or(page.as_str(), |(_, name)| name);
        let (markdown_url, model_url) = self.alternates(page);
        PageHead {
            title: title.to_owned(),
            window_title,
            description: description.to_owned(),
            root: self.ground.root(page),
            home_url: PagePath::new("index.html").from(page),
            search_url: self.search.from(page),
            path: self.ground.place(page).as_str().to_owned(),
            canonical_url: self.canonical(page),
            languages: Vec::new(),
            title_lang: String::new(),
            translation_note: String::new(),
            share: None,
            feed_url: self.feed_url(page),
            markdown_url,
            model_url,
            template,
            charts: false,
            drawings: false,
            parts: false,
            boxes: false,
            terms: Vec::new(),
            checklist: false,
            filter: false,
            kind: String::new(),
            kicker: String::new(),
            breadcrumbs: Vec::new(),
            contents: Vec::new(),
            previous: None,
            next: None,
            emergency: self.emergency(page),
            menu_html: self.menus.get(page.folder()).map(|menu| menu.with_current(name)).unwrap_or_default(),
            footer_html: match self.edition.setting("footer").map(|item| &item.value) {
                Some(Value::Markdown(passage)) => self.fill_bare(passage, page),
                _ => String::new(),
            },
        }
    }

    /// "In a crisis": the link of the settings, else the page on which one chooses what happened.
    fn emergency(&self, page: &PagePath) -> Option<PageLink> {
        let notice = insight::emergency(self.book());
        let named = notice.link.and_then(|target| self.short_link(target, page));
        let way = match named {
            Some(link) => PageLink { text: link.text, url: link.url, lang: link.lang },
            None => PageLink {
                text: self.locale.word("sheet_crisis").to_owned(),
                url: self.sheet_url("crisis", page)?,
                lang: String::new(),
            },
        };
        let lang = if notice.title.is_some() { self.lang_of_setting("emergency") } else { way.lang };
        Some(PageLink { text: notice.title.unwrap_or(way.text), url: way.url, lang })
    }

    fn home_link(&self, page: &PagePath) -> PageLink {
        let url = PagePath::new("index.html").from(page);
        PageLink { text: self.locale.word("home").to_owned(), url, ..PageLink::default() }
    }
}

/// A wished place: by number, then as the page of the folder names it.
type Rank = (i64, usize);

/// Where a published file of the playbook stands in the site.
pub fn address_of(file: &FilePath) -> PagePath {
    Addresses::file(file)
}

/// Whether a page is the index page of a kind.
fn pages_of_kinds(planner: &Planner<'_>, path: &PagePath) -> bool {
    let kinds = planner.edition.kinds();
    kinds.iter().any(|kind| planner.addresses.kind(kind.id) == Some(path))
}

/// The first sentence of a text that was cut short, when it is whole and long enough to say something.
fn first_sentence(text: &str) -> &str {
    const SHORT: usize = 24;
    let is_end = |at: usize| {
        let next = text.get(at + 2..).and_then(|rest| rest.chars().next());
        at >= SHORT && next.is_some_and(|next| next.is_uppercase() || "¿¡«".contains(next))
    };
    let ends = text.match_indices(['.', '?', '!']).map(|(at, _)| at);
    let end = ends.filter(|at| text.get(at + 1..at + 2) == Some(" ")).find(|at| is_end(*at));
    end.and_then(|at| text.get(..=at)).unwrap_or(text)
}

/// The anchor of the section of a field; the same in all languages.
fn field_anchor(name: &str) -> String {
    format!("_field-{}", name.replace('_', "-"))
}

/// A key by which values of one field are ordered.
fn sort_key(value: &Value<Resolved>) -> (i64, String) {
    match value {
        Value::Number { value, .. } | Value::Percent { value, .. } => ((value * 1e6) as i64, String::new()),
        Value::Date(date) => (0, date.to_string()),
        Value::DateTime(at) => (0, at.to_string()),
        Value::Period(period) => (0, period.days().map(|(_, last)| last.to_string()).unwrap_or_default()),
        Value::Text(text) => (0, text.clone()),
        Value::Choice(index) => (i64::from(*index), String::new()),
        _ => (0, String::new()),
    }
}

/// A text in a record of the settings.
fn record_text(edition: &Edition, name: &str, part: &str) -> String {
    let fields = edition.kinds().settings.iter().find(|field| field.name == name);
    let fields = fields.and_then(|field| field.shape.record()).unwrap_or_default();
    let index = fields.iter().position(|field| field.name == part);
    match (edition.setting(name).map(|item| &item.value), index.and_then(|index| u16::try_from(index).ok())) {
        (Some(Value::Record(record)), Some(index)) => match record.value(index).map(|item| &item.value) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        },
        (Some(Value::Text(text)), _) if part == "name" => text.clone(),
        _ => String::new(),
    }
}

/// Two levels of contents from headings in order.
fn nest(headings: impl Iterator<Item = (u8, String, String)>) -> Vec<ContentsEntry> {
    let mut contents: Vec<ContentsEntry> = Vec::new();
    for (level, anchor, text) in headings {
        let entry = ContentsEntry { text, anchor, children: Vec::new() };
        match (level, contents.last_mut()) {
            (0..=2, _) | (_, None) => contents.push(entry),
            (3, Some(last)) => last.children.push(entry),
            _ => {}
        }
    }
    contents
}
