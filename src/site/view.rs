//! The theme contract: the complete, typed data that a template gets. A template asks for nothing else.
//!
//! Every template gets four names: `page` ([`PageHead`]), `site` ([`SiteHead`]), `words` (the interface words of the page's language, a map) and `view` (one of [`View`]).
//! Texts are plain and are escaped by the template; fields named `html` or ending in `_html` are safe HTML made by the program and are written with `| safe`.
//! Addresses are relative to the page that gets them. Fields may be added in later releases; none changes its meaning.

use serde::Serialize;

use crate::chart::Drawn;

pub use super::crisis::*;
pub use super::days::*;
pub use super::parts::*;

/// What is the same on all pages of one language and edition.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SiteHead {
    /// Name of the playbook.
    pub title: String,
    /// Name of the organisation; may be empty.
    pub organisation: String,
    /// One sentence; may be empty.
    pub description: String,
    /// Language tag: `es`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// `public`, `staff`, `board` or `crisis`.
    pub edition: &'static str,
    /// The edition's name in the page's language.
    pub edition_label: String,
    /// Version text of the settings; may be empty.
    pub version: String,
    /// Date of the build, in words and as ISO.
    pub date: Moment,
    /// Version of the program, for the `generator` element.
    pub generator: String,
    /// Language tag of `title`, where it is not that of the page; else empty.
    pub title_lang: String,
    /// Language tag of the description, where it is not that of the page; else empty.
    pub description_lang: String,
}

/// What differs from page to page whatever its kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PageHead {
    /// Title, the only `h1`.
    pub title: String,
    /// Title for the window: page, then site.
    pub window_title: String,
    /// One or two plain sentences, unique to the page.
    pub description: String,
    /// Leads back to the root: empty or `../` …; in front of every asset.
    pub root: String,
    /// Address of the home page.
    pub home_url: String,
    /// Address of the page of results; `search-index.js` lies beside it.
    pub search_url: String,
    /// Own path below the root: `canales/instagram.html`.
    pub path: String,
    /// Address with host for `canonical`; empty when the settings have no `url`.
    pub canonical_url: String,
    /// What services show of a shared link; `None` when the settings have no `url`, and in editions that are not public.
    pub share: Option<ShareView>,
    /// Relative address of the feed of changes and decisions; may be empty.
    pub feed_url: String,
    /// The page in every language of the site, its own included; empty in a site of one language.
    pub languages: Vec<LanguageView>,
    /// Relative address of the page as Markdown; may be empty.
    pub markdown_url: String,
    /// Relative address of the whole playbook as JSON; may be empty.
    pub model_url: String,
    /// Which template: `home`, `entity`, `index`, `article`, `glossary`, `sheet`, `search`, `not-found`.
    pub template: &'static str,
    /// Whether charts stand on the page: it then loads their script.
    pub charts: bool,
    /// Whether charts, courses of figures or computed parts stand on the page: it then loads the style sheet of drawings.
    pub drawings: bool,
    /// Whether computed parts stand on the page: it then loads their style sheet.
    pub parts: bool,
    /// Whether steps, cards, pairs, details or definitions stand in a text of the page: it then loads their style sheet.
    pub boxes: bool,
    /// Whether a checklist stands on the page: it then loads its script.
    pub checklist: bool,
    /// Whether a list on the page is long enough to be filtered: it then loads the script for that.
    pub filter: bool,
    /// What the terms mean that the page links to: beside the word, with a script that such pages load.
    pub terms: Vec<TermView>,
    /// The kind's identifier for entity and index pages, the sheet's name for sheets; else empty.
    pub kind: String,
    /// What stands above the title: the kind's label or a chapter; may be empty.
    pub kicker: String,
    /// From the home page down, without the page itself.
    pub breadcrumbs: Vec<PageLink>,
    /// Headings of the page, two levels.
    pub contents: Vec<ContentsEntry>,
    /// Neighbour before, where an order exists.
    pub previous: Option<PageLink>,
    /// Neighbour after.
    pub next: Option<PageLink>,
    /// Page of what to do in a crisis, for the footer.
    pub emergency: Option<PageLink>,
    /// The navigation, made once for all pages of a folder, current page marked. Safe HTML from the template `fragments/menu.html`.
    pub menu_html: String,
    /// Footer text of the settings as HTML, its links as seen from this page; may be empty.
    pub footer_html: String,
    /// Language tag of `title`, where it is not that of the page; else empty.
    pub title_lang: String,
    /// Says that the page, or a part of it, is not translated; else empty.
    pub translation_note: String,
}

/// A page in one of the languages of the site.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LanguageView {
    /// Language tag: `es`.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What the language calls itself: `Español`.
    pub name: String,
    /// Relative address of the same page in that language, else of its home page.
    pub url: String,
    /// Address of the same page with host; empty when the settings have no `url`, or there is no such page.
    pub absolute_url: String,
    /// Whether it is the language of this page.
    pub current: bool,
    /// Whether it is the main language of the playbook.
    pub main: bool,
}

/// What a term of the glossary means. Links to it have the class `term` and name its anchor as their description.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TermView {
    /// Its `id` on the page.
    pub anchor: String,
    /// The term.
    pub title: String,
    /// Relative address of the glossary's page about it.
    pub url: String,
    /// What it means. Safe HTML.
    pub html: String,
}

/// What services show of a shared link, besides title and description.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShareView {
    /// `website` or `article`.
    pub kind: &'static str,
    /// Language with country: `es_ES`.
    pub locale: String,
    /// Picture, with host; may be empty.
    pub image_url: String,
    /// The picture in words.
    pub image_alt: String,
    /// Width in pixels.
    pub image_width: u32,
    /// Height in pixels.
    pub image_height: u32,
}

/// The page of a former address: what `fragments/redirect.html` draws.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RedirectView {
    /// Leads back to the root.
    pub root: String,
    /// Present address with host; may be empty.
    pub canonical_url: String,
    /// The present page: its title and its relative address.
    pub target: PageLink,
}

/// A heading in the contents of a page.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ContentsEntry {
    /// Text.
    pub text: String,
    /// Anchor without `#`.
    pub anchor: String,
    /// Headings one level below.
    pub children: Vec<ContentsEntry>,
}

/// A bare link to a page of the site: one of the ways on that every page has.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PageLink {
    /// Text.
    pub text: String,
    /// Relative address.
    pub url: String,
    /// Language tag of the text, where it is not that of the page; else empty.
    pub lang: String,
}

/// A link to a page of the site, with what a reader wants to know before following it.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinkView {
    /// Text.
    pub text: String,
    /// Relative address.
    pub url: String,
    /// What the link is for ("stories with deadlines"); may be empty.
    pub note: String,
    /// Name of the target's kind; may be empty.
    pub kind: String,
    /// One sentence about the target; may be empty.
    pub summary: String,
    /// State of the target where it is not simply active.
    pub tag: Option<TagView>,
    /// Language tag of the text, where it is not that of the page; else empty.
    pub lang: String,
}

/// A date for people and for machines.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Moment {
    /// `2026-05-31`.
    pub iso: String,
    /// In words of the page's language.
    pub text: String,
}

/// A word that tells a state: never by colour alone, always shape and word.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TagView {
    /// The word.
    pub text: String,
    /// `good`, `warn`, `bad`, `info` or `neutral`.
    pub tone: &'static str,
}

/// The navigation of one folder: what `fragments/menu.html` draws.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MenuView {
    /// Leads back to the root.
    pub root: String,
    /// Address of the home page.
    pub home_url: String,
    /// Chapters in the order of the loop; only those that have pages.
    pub chapters: Vec<MenuChapter>,
}

/// A chapter of the navigation.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MenuChapter {
    /// `listen`, `objectives`, `content`, `respond`, `evaluate`, `people`, `crisis`, `governance` or `articles`.
    pub name: &'static str,
    /// Its word.
    pub label: String,
    /// Whether the pages of this folder belong to it.
    pub open: bool,
    /// Kinds (or folders of articles).
    pub groups: Vec<MenuGroup>,
}

/// A kind or a folder in the navigation.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MenuGroup {
    /// Its name.
    pub label: String,
    /// Address of its index page; may be empty for a folder without one.
    pub url: String,
    /// How many pages it holds.
    pub count: usize,
    /// Whether the pages of this folder belong to it; then `items` is filled.
    pub open: bool,
    /// The pages of an open group.
    pub items: Vec<MenuItem>,
    /// Language tag of its name, where it is not that of the page; else empty.
    pub lang: String,
}

/// A page in the navigation.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MenuItem {
    /// Title.
    pub text: String,
    /// Address.
    pub url: String,
    /// Language tag of the text, where it is not that of the page; else empty.
    pub lang: String,
}

/// What one page shows, by template.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "there is one at a time for each thread")]
pub enum View {
    /// `home.html`
    Home(HomeView),
    /// `entity.html`, or `kinds/<kind>.html` when the theme has one.
    Entity(Box<EntityView>),
    /// `index.html`
    Index(IndexView),
    /// `article.html`
    Article(ArticleView),
    /// `glossary.html`
    Glossary(GlossaryView),
    /// `not-found.html`
    NotFound(NotFoundView),
    /// `search.html`
    Search(SearchView),
    /// `sheet.html`, or `sheets/<name>.html` when the theme has one.
    Sheet(SheetView),
}

impl View {
    /// Whether computed parts stand in it.
    pub fn has_parts(&self) -> bool {
        match self {
            View::Sheet(_) => true,
            View::Home(home) => home.blocks.iter().any(|block| !block.parts.is_empty()),
            View::Entity(entity) => {
                [&entity.trail, &entity.parts, &entity.closing].iter().any(|parts| !parts.is_empty())
            }
            _ => false,
        }
    }

    /// Whether it is a list that is worth a filter.
    pub fn has_filter(&self) -> bool {
        /// A shorter list is seen at a glance.
        const LEAST: usize = 8;
        match self {
            View::Index(index) => index.rows.len() >= LEAST,
            View::Glossary(glossary) => {
                glossary.letters.iter().map(|letter| letter.terms.len()).sum::<usize>() >= LEAST
            }
            _ => false,
        }
    }

    /// Whether a checklist stands in it.
    pub fn has_checklist(&self) -> bool {
        let of = |parts: &[PartView]| parts.iter().any(PartView::has_checklist);
        match self {
            View::Sheet(sheet) => of(&sheet.parts),
            View::Home(home) => home.blocks.iter().any(|block| of(&block.parts)),
            View::Entity(entity) => of(&entity.parts) || of(&entity.closing),
            _ => false,
        }
    }
}

/// The home page.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HomeView {
    /// The welcome text (README or index).
    pub body_html: String,
    /// The five steps of the loop in order, with what each holds: listen, objectives, content, respond, evaluate.
    pub loop_steps: Vec<HomeChapter>,
    /// The chapters across the loop: people, crisis, governance; and articles.
    pub across: Vec<HomeChapter>,
    /// Links that the settings put first.
    pub highlights: Vec<LinkView>,
    /// The headline metrics.
    pub kpis: Vec<KpiView>,
    /// What the page shows and in which order; a block may be empty.
    pub blocks: Vec<HomeBlock>,
    /// Language tag of `body_html`, where it is not that of the page; else empty.
    pub body_lang: String,
}

/// A block of the home page.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HomeBlock {
    /// `highlights`, `figures`, `loop`, `across` and `text` are drawn from the fields of [`HomeView`]; `roles`, `results`, `week` and `crisis` from `parts`.
    pub name: &'static str,
    /// What is worked out for it.
    pub parts: Vec<PartView>,
}

/// A chapter on the home page.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HomeChapter {
    /// As [`MenuChapter::name`].
    pub name: &'static str,
    /// Its word ("Listen").
    pub label: String,
    /// What the chapter is about, one sentence.
    pub about: String,
    /// Address of the first index page of the chapter; empty when the chapter is empty.
    pub url: String,
    /// Kinds with their number as note: "Channels", "6"; and articles.
    pub groups: Vec<LinkView>,
}

/// The page of one entity.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EntityView {
    /// Identifier.
    pub id: String,
    /// The lead: summary or purpose; may be empty.
    pub lead: String,
    /// State, when not plainly active.
    pub status: Option<TagView>,
    /// Owner, review, tags.
    pub review: ReviewView,
    /// Why it is there: the way from a goal down to it; empty when there is none.
    pub trail: Vec<PartView>,
    /// Short fields, in the order of the kind file.
    pub facts: Vec<FactView>,
    /// Cards: of a metric its own, of an objective those of its targets, of an evaluation those of its objectives.
    pub kpis: Vec<KpiView>,
    /// Charts of the entity (a metric's own figure).
    pub charts: Vec<ChartView>,
    /// The values of a metric, each with its place in the data.
    pub values: Option<ValuesView>,
    /// What is worked out about it and comes first: before the prose.
    pub parts: Vec<PartView>,
    /// The prose of the file.
    pub body_html: String,
    /// Long fields (texts, tables, lists), each under its own heading.
    pub sections: Vec<SectionView>,
    /// What is worked out about it and comes after its own words.
    pub closing: Vec<PartView>,
    /// Relations grouped by verb, both directions.
    pub relations: Vec<RelationView>,
    /// Sources of the statements on the page.
    pub references: Vec<ReferenceView>,
    /// Language tag of `lead`, where it is not that of the page; else empty.
    pub lead_lang: String,
    /// Language tag of `body_html`, where it is not that of the page; else empty.
    pub body_lang: String,
}

/// Who answers for the page and how fresh it is.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReviewView {
    /// Owner; the address may be empty when the owner has no page in this edition.
    pub owner: Option<LinkView>,
    /// Last reviewed.
    pub reviewed: Option<Moment>,
    /// Next review due.
    pub due: Option<Moment>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// The day of the last change, where the repository tells it.
    pub changed: Option<Moment>,
    /// By whom; may be empty.
    pub changed_by: String,
    /// Tags.
    pub tags: Vec<String>,
}

/// A short field.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactView {
    /// Canonical field name.
    pub field: String,
    /// Label in the page's language.
    pub label: String,
    /// What the field is, one sentence; may be empty.
    pub help: String,
    /// Its value.
    pub value: Shown,
    /// Language tag of the value, where it is not that of the page; else empty.
    pub lang: String,
}

/// A long field under its own heading.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionView {
    /// Canonical field name.
    pub field: String,
    /// Heading.
    pub label: String,
    /// Anchor of the heading.
    pub anchor: String,
    /// `first` and `second` for two sections that are read against each other, side by side; else empty.
    pub pair: &'static str,
    /// Its value.
    pub value: Shown,
    /// Language tag of the value, where it is not that of the page; else empty.
    pub lang: String,
}

/// A step, an event or a task of a list of records.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepView {
    /// When: a date or a duration; a step without one is numbered.
    pub when: Option<Shown>,
    /// What.
    pub main: Option<Shown>,
    /// Language tag of `main`, where it is not that of the page; else empty.
    pub main_lang: String,
    /// Everything else: who, with what, until when.
    pub rows: Vec<FactView>,
}

/// A value ready to be shown. `type` tells which.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Shown {
    /// Plain words, numbers, durations, money: already in the language of the page.
    Text {
        /// The words.
        text: String,
    },
    /// A number, to be set with tabular figures.
    Number {
        /// The number with its unit.
        text: String,
    },
    /// Formatted text.
    Prose {
        /// Safe HTML.
        html: String,
    },
    /// A date or a date and time.
    Date {
        /// For people and machines.
        moment: Moment,
    },
    /// A state or choice with a tone.
    Tag {
        /// The tag.
        tag: TagView,
    },
    /// An outside address, an e-mail (`mailto:`), a telephone number (`tel:`).
    Address {
        /// Full address.
        url: String,
        /// What to show.
        text: String,
    },
    /// A picture or another file of the playbook.
    File {
        /// Relative address.
        url: String,
        /// File name.
        text: String,
        /// Whether a page can show it as a picture.
        picture: bool,
        /// Relative address of a small copy of the picture, or of the picture itself.
        thumb_url: String,
        /// Width in points, as far as it is known; else 0.
        width: u32,
        /// Height in points.
        height: u32,
    },
    /// A colour.
    Color {
        /// `#rrggbb`.
        text: String,
    },
    /// Links to entities; an address is empty when the target has no page here.
    Links {
        /// The links.
        links: Vec<LinkView>,
    },
    /// A list of values.
    List {
        /// The items.
        items: Vec<Shown>,
    },
    /// Named values.
    Record {
        /// The rows.
        rows: Vec<FactView>,
    },
    /// A list of records that each say something: steps, events, tasks.
    Steps {
        /// Whether any of them has a time.
        timed: bool,
        /// In order.
        steps: Vec<StepView>,
    },
    /// A list of records whose fields are all short.
    Table {
        /// Headings of the columns.
        columns: Vec<String>,
        /// Rows; an empty cell is `None`.
        rows: Vec<Vec<Option<Shown>>>,
    },
}

/// Relations that share a verb.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RelationView {
    /// The verb: "is measured by".
    pub verb: String,
    /// Whether the group before has the same verb; then the kind tells them apart.
    pub again: bool,
    /// Label of the targets' kind, plural.
    pub kind: String,
    /// The other ends; of a long list the first.
    pub links: Vec<LinkView>,
    /// The others of a long list.
    pub rest: Vec<LinkView>,
    /// "27 more"; empty when there are none.
    pub rest_label: String,
}

/// A source.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReferenceView {
    /// Title.
    pub title: String,
    /// Outside address; may be empty.
    pub url: String,
    /// Note; may be empty.
    pub note: String,
}

/// The index page of a kind, or of a folder of articles.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndexView {
    /// What the kind is, one sentence; may be empty.
    pub about: String,
    /// Text of the README of the kind's folder; may be empty.
    pub body_html: String,
    /// "5 entries".
    pub count: String,
    /// Headings of the further columns.
    pub columns: Vec<String>,
    /// The entities.
    pub rows: Vec<IndexRow>,
    /// Language tag of `body_html`, where it is not that of the page; else empty.
    pub body_lang: String,
}

/// A row of an index.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct IndexRow {
    /// The entity.
    pub link: LinkView,
    /// Values under [`IndexView::columns`].
    pub cells: Vec<Option<Shown>>,
    /// Who answers for it; may be empty. A script offers it as a filter.
    pub owner: String,
    /// Its tags; a script offers them as a filter.
    pub tags: Vec<String>,
}

/// A page of prose.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArticleView {
    /// A few words under the title; may be empty.
    pub lead: String,
    /// Owner, review, tags.
    pub review: ReviewView,
    /// The text.
    pub body_html: String,
    /// Articles in the same folder and below, for a folder's own page; else empty.
    pub children: Vec<LinkView>,
    /// What points at this page, grouped by verb.
    pub relations: Vec<RelationView>,
    /// Language tag of `lead`, where it is not that of the page; else empty.
    pub lead_lang: String,
    /// Language tag of `body_html`, where it is not that of the page; else empty.
    pub body_lang: String,
}

/// The glossary: all terms on one page.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GlossaryView {
    /// What a glossary is for.
    pub about: String,
    /// Initial letters with their terms, in the order of the language.
    pub letters: Vec<GlossaryLetter>,
}

/// The terms with one initial.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GlossaryLetter {
    /// `A`.
    pub letter: String,
    /// Terms.
    pub terms: Vec<GlossaryTerm>,
}

/// A term.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GlossaryTerm {
    /// Anchor.
    pub anchor: String,
    /// The term.
    pub term: String,
    /// Further names and translations, ready to read; may be empty.
    pub aka: String,
    /// What it means.
    pub html: String,
    /// The term's own page.
    pub url: String,
    /// Language tag of its name, where it is not that of the page; else empty.
    pub lang: String,
    /// Language tag of what it means, where it is not that of the page; else empty.
    pub html_lang: String,
}

/// The page for an address that does not exist.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotFoundView {
    /// Index pages to go on from.
    pub links: Vec<LinkView>,
}

/// The page of results. Without a script it is a directory of the site.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SearchView {
    /// Chapters with their kinds, each with its number of entries as note.
    pub chapters: Vec<HomeChapter>,
    /// All pages with a name of their own by initial letter; empty where they are too many for one page.
    pub letters: Vec<SearchLetter>,
}

/// The pages with one initial.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SearchLetter {
    /// `A`.
    pub letter: String,
    /// Pages, with their kind as note.
    pub links: Vec<LinkView>,
}

/// A chart: drawing for wide and narrow columns, sentence, table, file. Also what `fragments/chart.html` draws inside prose.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChartView {
    /// Unique on the page; prefix of every id in the drawings.
    pub id: String,
    /// `line`, `bar`, `sparkline` …
    pub kind: &'static str,
    /// The finding.
    pub title: String,
    /// Measure, unit, period; may be empty.
    pub subtitle: String,
    /// Inline SVG for columns of 36 rem and more. Safe.
    pub wide_html: String,
    /// Inline SVG for narrower columns; empty when the wide one serves both. Safe.
    pub narrow_html: String,
    /// A table or a list that is the chart itself, in place of the two drawings; empty for most kinds. Safe.
    pub table_html: String,
    /// What the chart shows, one or two sentences from the figures.
    pub sentence: String,
    /// The figures.
    pub table: ChartTable,
    /// Relative address of the figures as CSV; may be empty.
    pub csv_url: String,
    /// Relative address of the drawing as a file of its own; empty for charts that are tables or lists.
    pub svg_url: String,
    /// Where the data are from; may be empty.
    pub source: String,
}

/// The figures of a chart.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChartTable {
    /// Heading cells.
    pub columns: Vec<String>,
    /// Rows: the first cell is the row's heading, the others are numbers in the language of the page (empty when missing).
    pub rows: Vec<Vec<String>>,
    /// Said when the table is a summary of more rows than it shows; may be empty.
    pub note: String,
}

impl ChartView {
    /// A drawn chart as a page shows it. `csv_url` is the relative address of its figures; may be empty.
    pub fn of(drawn: Drawn, id: &str, csv_url: String) -> Self {
        Self {
            id: id.to_owned(),
            kind: drawn.kind,
            title: drawn.title,
            subtitle: drawn.subtitle,
            wide_html: drawn.wide,
            narrow_html: drawn.narrow,
            table_html: drawn.html,
            sentence: drawn.sentence,
            table: ChartTable {
                columns: drawn.table.columns,
                rows: drawn.table.rows,
                note: drawn.table.note,
            },
            csv_url,
            svg_url: String::new(),
            source: drawn.source,
        }
    }
}

/// Cards side by side: what `fragments/kpis.html` draws inside prose.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KpisView {
    /// The cards.
    pub kpis: Vec<KpiView>,
}

/// The card of a metric: everything in words, so that neither colour nor drawing is needed.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KpiView {
    /// Name of the metric.
    pub title: String,
    /// Address of its page; empty on that page and where it has none.
    pub url: String,
    /// The newest value of a period that is over; empty without figures.
    pub value: String,
    /// Unit, when it stands behind the number; may be empty.
    pub unit: String,
    /// The period of the value, or the day of a level; may be empty.
    pub period: String,
    /// Against the period before and the same period a year ago.
    pub changes: Vec<ChangeView>,
    /// The value so far of the period that is running; may be empty.
    pub so_far: String,
    /// What objectives want of it, with its state.
    pub targets: Vec<TargetView>,
    /// Said when the data are out of date; else empty.
    pub stale: String,
    /// What has to be known besides: how many answers, why no longer period; may be empty.
    pub note: String,
    /// The course of the last periods as a small line, decorative; may be empty. Safe.
    pub spark_html: String,
}

/// A change in words.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeView {
    /// "14 more than in September (+17 %)".
    pub text: String,
    /// "better", "worse", "hardly any change"; empty where nothing is better.
    pub verdict: String,
    /// `good`, `bad` or `neutral`.
    pub tone: &'static str,
    /// `up`, `down` or `flat`.
    pub direction: &'static str,
}

/// What an objective wants of a metric.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TargetView {
    /// The state.
    pub tag: TagView,
    /// "Target: 8 hours by 31 December 2026; 9.1 expected by now".
    pub text: String,
    /// The objective, unless the page is its own.
    pub objective: Option<LinkView>,
}

/// The values of a metric and where they are from.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ValuesView {
    /// Heading of the periods.
    pub heading: String,
    /// Unit of the values; may be empty.
    pub unit: String,
    /// Newest first.
    pub rows: Vec<ValueRow>,
    /// Whether any row has a note.
    pub has_notes: bool,
    /// Whether any row says where its value stands.
    pub has_origins: bool,
    /// "12 older periods"; empty when all are shown.
    pub older: String,
    /// "From data/newsletter.csv, lines 2–13, column “opened”"; empty where the edition does not show the source.
    pub source: String,
    /// "Data up to 31 October 2026".
    pub as_of: String,
}

/// The value of one period.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ValueRow {
    /// The period.
    pub period: String,
    /// The value.
    pub value: String,
    /// Not over yet, counted in another way from here on; may be empty.
    pub note: String,
    /// "line 12"; may be empty.
    pub origin: String,
}
