//! Pages about the whole playbook, and what is worked out about single entities: one file a view, one line each in the lists below.
//!
//! A view is a list of [`PartView`]s, worked out from [`Planner::book`] by `insight/`; templates only draw it.

mod abilities;
mod accounts;
mod agenda;
mod cadence;
mod calendar;
pub(in crate::site) mod chain;
mod changes;
mod cost;
mod coverage;
mod crisis;
mod duties;
mod evaluation;
mod feedback;
mod freshness;
mod incident;
mod map;
mod naming;
mod of_role;
mod onboarding;
mod readiness;
mod responses;
mod results;
mod risks;
mod scenario;
mod scorecard;
mod sources;
mod team;

use std::collections::BTreeMap;

use super::Planner;
use super::view::{ChartView, LinkView, PageHead, PartView, SheetView, TableView, View};
use crate::finding::Language;
use crate::model::{Chapter, EntityId};
use crate::plates::Plate;
use crate::text::PagePath;

pub(super) use agenda::Agenda;

/// A page about the whole playbook.
pub(super) struct Sheet {
    /// Name for templates (`sheets/NAME.html`) and words (`sheet_NAME`, `sheet_about_NAME`).
    pub name: &'static str,
    /// Its address without ending, in English and in Spanish.
    pub path: [&'static str; 2],
    /// Where it stands in the navigation.
    pub chapter: Chapter,
    /// What it shows; without any part there is no such page.
    pub parts: fn(&Planner<'_>, &PagePath) -> Vec<PartView>,
    /// Whether there is enough in the edition for it: asked once, before pages are made.
    pub has: fn(&Planner<'_>) -> bool,
}

/// What is worked out about each entity of a kind.
pub(super) struct Addition {
    /// Name of the kind; empty for all.
    pub kind: &'static str,
    /// Whether it comes after the entity's own words.
    pub closing: bool,
    /// The parts; may be none.
    pub parts: fn(&Planner<'_>, EntityId, &PagePath) -> Vec<PartView>,
}

/// In the order of the navigation.
#[rustfmt::skip]
static SHEETS: &[&Sheet] = &[
    &responses::SHEET,
    &map::SHEET,
    &coverage::SHEET,
    &team::SHEET,
    &duties::SHEET,
    &abilities::SHEET,
    &sources::SHEET,
    &crisis::SHEET,
    &risks::SHEET,
    &readiness::SHEET,
    &accounts::SHEET,
    &calendar::SHEET,
    &freshness::SHEET,
    &changes::SHEET,
    &scorecard::SHEET,
    &results::SHEET,
    &cost::SHEET,
    &feedback::SHEET,
    &feedback::DECISIONS,
];

/// In the order in which they stand on a page.
#[rustfmt::skip]
static ADDITIONS: &[&Addition] = &[
    &calendar::ON_CHANNEL,
    &cadence::ON_CHANNEL,
    &calendar::ON_PILLAR,
    &calendar::ON_CAMPAIGN,
    &calendar::ON_ROLE,
    &calendar::ON_PERSON,
    &duties::OF_PROCEDURE,
    &of_role::OF_ROLE,
    &of_role::OF_PERSON,
    &onboarding::OF_PATH,
    &scenario::ADDITION,
    &incident::ADDITION,
    &responses::ADDITION,
    &chain::BELOW,
    &scorecard::SMART,
    &results::OF_OBJECTIVE,
    &evaluation::FIRST,
    &evaluation::LAST,
];

/// Parts that are worked out for a page.
type Worked = fn(&Planner<'_>, &PagePath) -> Vec<PartView>;

/// What is worked out for the home page, by the name of its block there.
#[rustfmt::skip]
static AT_HOME: &[(&str, Worked)] = &[
    ("roles", onboarding::newcomer),
    ("results", evaluation::at_home),
    ("week", calendar::at_home),
    ("crisis", crisis::parts),
];

/// The names of all sheets.
pub fn sheet_names() -> impl Iterator<Item = &'static str> {
    SHEETS.iter().map(|sheet| sheet.name)
}

impl Planner<'_> {
    /// Which sheets the edition has, and where.
    pub(super) fn plan_sheets(&mut self) -> BTreeMap<usize, PagePath> {
        let language = self.locale.language();
        let mut sheets = BTreeMap::new();
        for (index, sheet) in SHEETS.iter().enumerate() {
            if (sheet.has)(self) {
                let [english, spanish] = sheet.path;
                let name = if language == Language::English { english } else { spanish };
                sheets.insert(index, self.addresses.sheet(name));
            }
        }
        sheets
    }

    /// A page about the whole playbook.
    pub(super) fn sheet(&self, index: usize, page: &PagePath) -> (PageHead, View) {
        let Some(sheet) = SHEETS.get(index) else { return self.not_found(page) };
        let title = self.locale.word(&format!("sheet_{}", sheet.name)).to_owned();
        let about = self.locale.word(&format!("sheet_about_{}", sheet.name)).to_owned();
        let mut head = self.page_head(page, "sheet", &title, &about);
        sheet.name.clone_into(&mut head.kind);
        let chapter = self.locale.word(&format!("chapter_{}", sheet.chapter.name())).to_owned();
        head.breadcrumbs = vec![self.home_link(page)];
        if chapter != title {
            head.breadcrumbs.push(super::view::PageLink { text: chapter, ..Default::default() });
        }
        let parts = (sheet.parts)(self, page);
        // Seven columns need the whole width of the page.
        if !parts.iter().any(|part| matches!(part, PartView::Months { .. })) {
            head.contents = super::nest(part_headings(&parts).into_iter());
        }
        (head, View::Sheet(SheetView { about, parts }))
    }

    /// The sheets of a chapter, as links.
    pub(super) fn sheet_links(&self, chapter: Chapter, page: &PagePath) -> Vec<LinkView> {
        let of_chapter = self.sheets.iter().filter_map(|(index, path)| Some((SHEETS.get(*index)?, path)));
        of_chapter
            .filter(|(sheet, _)| sheet.chapter == chapter)
            .map(|(sheet, path)| LinkView {
                text: self.locale.word(&format!("sheet_{}", sheet.name)).to_owned(),
                url: path.from(page),
                ..LinkView::default()
            })
            .collect()
    }

    /// Where a sheet stands, seen from a page; `None` when the edition has none.
    pub(super) fn sheet_url(&self, name: &str, page: &PagePath) -> Option<String> {
        let index = SHEETS.iter().position(|sheet| sheet.name == name)?;
        self.sheets.get(&index).map(|path| path.from(page))
    }

    /// What is worked out about an entity: what comes before its own words, and what comes after.
    pub(super) fn worked_out(
        &self,
        id: EntityId,
        kind: &str,
        page: &PagePath,
    ) -> (Vec<PartView>, Vec<PartView>) {
        let parts = |closing: bool| {
            let of_kind = ADDITIONS.iter().filter(|addition| {
                addition.closing == closing && (addition.kind.is_empty() || addition.kind == kind)
            });
            of_kind.flat_map(|addition| (addition.parts)(self, id, page)).collect()
        };
        (parts(false), parts(true))
    }

    /// What is worked out about the whole playbook for a block of the home page; empty for blocks that are not worked out.
    pub(super) fn worked_out_at_home(&self, block: &str, page: &PagePath) -> Vec<PartView> {
        let found = AT_HOME.iter().find(|(name, _)| *name == block);
        found.map(|(_, parts)| parts(self, page)).unwrap_or_default()
    }

    /// A link to an entity without what it says of itself: for tables.
    pub(super) fn short_link(&self, id: EntityId, page: &PagePath) -> Option<LinkView> {
        let link = self.link(id, page)?;
        Some(LinkView { text: link.text, url: link.url, lang: link.lang, ..LinkView::default() })
    }

    /// A table with the file of its cells.
    pub(super) fn with_csv(&self, mut table: TableView, page: &PagePath) -> TableView {
        let name = page.as_str().trim_end_matches(".html").replace('/', "-");
        let path = PagePath::new(format!("figures/{name}{}.csv", table.id.replace('_', "-")));
        table.csv_url = path.from(page);
        self.generate(path, table.csv().into_bytes());
        table
    }

    /// A file that is made for a page.
    pub(super) fn generate(&self, path: PagePath, bytes: Vec<u8>) {
        self.generated.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path, bytes);
    }

    /// A chart whose data were worked out, as a part.
    pub(super) fn chart_part(&self, plate: &Plate, page: &PagePath) -> PartView {
        let chart: ChartView = self.chart(plate, &plate.id, page);
        PartView::Chart { chart: Box::new(chart) }
    }
}

/// A heading of level 2.
pub(super) fn heading(text: &str, anchor: &str) -> PartView {
    PartView::Heading { text: text.to_owned(), anchor: anchor.to_owned(), level: 2 }
}

/// The headings among parts: level, anchor, text.
pub(super) fn part_headings(parts: &[PartView]) -> Vec<(u8, String, String)> {
    let of = |part: &PartView| match part {
        PartView::Heading { text, anchor, level } => Some((*level, anchor.clone(), text.clone())),
        _ => None,
    };
    parts.iter().filter_map(of).collect()
}
