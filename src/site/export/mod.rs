//! The playbook for machines: one file a format. All of it is made from what the pages of an edition are made from, so it says what they say and no more.

mod csv;
mod html;
mod json;
mod llms;
mod markdown;
mod twin;
mod values;

use std::collections::BTreeMap;

use super::view::{PageHead, View};
use super::{PlannedPage, Planner, Subject};
use crate::model::{Destination, FieldType, Kind, Passage, Resolved, Value};
use crate::syntax::{Filling, Prose};
use crate::text::PagePath;

/// The model as JSON.
const MODEL: &str = "data/playbook.json";
/// What stands in it.
const MODEL_SCHEMA: &str = "data/playbook.schema.json";
/// Common fields that say how the program treats an entity, and are on no page.
const UNSHOWN: [&str; 6] = ["accept", "aliases", "lang", "order", "seen_by", "id"];

/// What is written beside the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// `data/playbook.json` and its schema.
    Json,
    /// `data/KIND.csv`.
    Csv,
    /// A Markdown file beside each page.
    Markdown,
    /// `llms.txt`.
    Llms,
}

impl Export {
    /// Its name in the settings.
    fn name(self) -> &'static str {
        match self {
            Export::Json => "json",
            Export::Csv => "csv",
            Export::Markdown => "markdown",
            Export::Llms => "llms",
        }
    }
}

impl Planner<'_> {
    /// Whether a format is written: all are, unless the settings name some.
    pub fn exports(&self, export: Export) -> bool {
        let shape = self.edition.kinds().settings.iter().find(|field| field.name == "exports");
        let (Some(item), Some(FieldType::List(shape))) =
            (self.edition.setting("exports"), shape.map(|field| &field.shape))
        else {
            return true;
        };
        let (Value::List(items), FieldType::Choice(choices)) = (&item.value, shape.as_ref()) else {
            return true;
        };
        items.iter().any(|item| match &item.value {
            Value::Choice(index) => {
                choices.get(usize::from(*index)).is_some_and(|choice| choice.name == export.name())
            }
            _ => false,
        })
    }

    /// The Markdown twin of a page and where it stands; `None` for pages without one.
    pub fn twin(&self, page: &PlannedPage, head: &PageHead, view: &View) -> Option<(PagePath, String)> {
        if !self.exports(Export::Markdown) {
            return None;
        }
        // The page for addresses that do not exist is known by its place below the folder of the language.
        let path = twin_of(&self.ground.within(&page.path))?;
        Some((self.ground.place(&path), twin::Twin::of(self, head, view)?))
    }

    /// The files about the whole playbook.
    pub fn model(&self) -> BTreeMap<PagePath, Vec<u8>> {
        let mut files: BTreeMap<PagePath, Vec<u8>> = BTreeMap::new();
        if self.exports(Export::Json) {
            files.insert(PagePath::new(MODEL), json::playbook(self).into_bytes());
            files.insert(PagePath::new(MODEL_SCHEMA), json::SCHEMA.as_bytes().to_vec());
        }
        if self.exports(Export::Csv) {
            for kind in self.edition.kinds().iter() {
                if let Some(table) = csv::of_kind(self, kind) {
                    files.insert(csv::path(kind), table.into_bytes());
                }
            }
        }
        if self.exports(Export::Llms) {
            files.insert(PagePath::new("llms.txt"), llms::overview(self).into_bytes());
        }
        files.into_iter().map(|(path, bytes)| (self.ground.place(&path), bytes)).collect()
    }

    /// Where the twin and the model stand, seen from a page; empty where there are none.
    pub(super) fn alternates(&self, page: &PagePath) -> (String, String) {
        let twin = twin_of(page).filter(|_| *page != self.search && self.exports(Export::Markdown));
        let model = self.exports(Export::Json).then(|| PagePath::new(MODEL));
        let from = |path: Option<PagePath>| path.map(|path| path.from(page)).unwrap_or_default();
        (from(twin), from(model))
    }

    /// Markdown of a text with its links as seen from the root, without charts and tables that are worked out.
    fn plain(&self, passage: &Passage<Resolved>) -> String {
        let is_block = |filling: &Filling| matches!(filling, Filling::Block { .. });
        let prose = &passage.prose;
        let html = if prose.holes.iter().any(|hole| is_block(&hole.filling)) {
            let kept = |index: &usize| prose.holes.get(*index).is_some_and(|hole| !is_block(&hole.filling));
            let kept: Vec<usize> = (0..prose.holes.len()).filter(kept).collect();
            let holes = kept.iter().filter_map(|index| prose.holes.get(*index).cloned()).collect();
            let end = |index: &usize| passage.ends.get(*index).cloned().unwrap_or(Destination::None);
            let text = Prose { holes, ..Prose::clone(prose) };
            self.fill_bare(&Passage { prose: text.into(), ends: kept.iter().map(end).collect() }, &root())
        } else {
            self.fill_bare(passage, &root())
        };
        html::blocks(&html).join("\n\n")
    }

    /// The name of an entity for machines, unique in the edition: `channel:instagram`.
    fn reference(&self, id: crate::model::EntityId) -> Option<String> {
        let entity = self.edition.entity(id)?;
        Some(format!("{}:{}", self.edition.kinds().kind(entity.kind)?.name, entity.id))
    }
}

/// The page from which the addresses in files about the whole are seen.
fn root() -> PagePath {
    PagePath::new("index.html")
}

/// Where the twin of a page stands; the page for addresses that do not exist has none.
fn twin_of(page: &PagePath) -> Option<PagePath> {
    let path = page.as_str().strip_suffix(".html").filter(|path| *path != "404")?;
    Some(PagePath::new(format!("{path}.md")))
}

/// The fields of a kind that tell something about an entity, with their places in its record.
fn telling(kind: &Kind) -> impl Iterator<Item = (u16, &crate::model::Field)> {
    kind.fields.iter().enumerate().filter_map(|(index, field)| {
        let told = !(field.common && UNSHOWN.contains(&field.name.as_str()));
        Some((u16::try_from(index).ok()?, field)).filter(|_| told)
    })
}

/// Whether a page is listed for machines.
fn is_listed(page: &PlannedPage) -> bool {
    !matches!(page.subject, Subject::NotFound | Subject::Search)
}
