//! How views name things: entities in a cell, fields and choices by their labels, the time since a day.

use super::Planner;
use crate::locale::Locale;
use crate::model::{EntityId, FieldType};
use crate::site::view::{FactView, LinkView, Shown, TagView};
use crate::text::PagePath;

/// Days that are still counted one by one.
const MOST_DAYS: i64 = 60;

impl Planner<'_> {
    /// Links to entities without what they say of themselves.
    pub(super) fn short_links(
        &self,
        ids: impl IntoIterator<Item = EntityId>,
        page: &PagePath,
    ) -> Vec<LinkView> {
        ids.into_iter().filter_map(|id| self.short_link(id, page)).collect()
    }

    /// The same as a value; `None` for none.
    pub(super) fn named(&self, ids: impl IntoIterator<Item = EntityId>, page: &PagePath) -> Option<Shown> {
        let links = self.short_links(ids, page);
        (!links.is_empty()).then_some(Shown::Links { links })
    }

    /// The titles of entities in one line.
    pub(super) fn titles(&self, ids: &[EntityId]) -> String {
        let titles = ids.iter().filter_map(|id| self.book().entity(*id)).map(|entity| entity.title.as_str());
        titles.collect::<Vec<&str>>().join(", ")
    }

    /// The label of a field (or of one in its records: `access.level`).
    pub(super) fn label(&self, kind: &str, path: &str) -> String {
        let language = self.locale.language();
        let mut fields =
            self.edition.kinds().named(kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        let mut label = "";
        for name in path.split('.') {
            let Some(field) = fields.iter().find(|field| field.name == name) else { break };
            label = field.label.within(language);
            fields = field.shape.record().unwrap_or_default();
        }
        label.to_owned()
    }

    /// What a single entity of a kind is called.
    pub(super) fn kind_label(&self, kind: &str) -> String {
        let kind = self.edition.kinds().named(kind);
        kind.map(|kind| kind.label.within(self.locale.language()).to_owned()).unwrap_or_default()
    }

    /// The choices of a field: canonical name and label.
    pub(super) fn choices(&self, kind: &str, path: &str) -> Vec<(String, String)> {
        let language = self.locale.language();
        let mut fields =
            self.edition.kinds().named(kind).map(|kind| kind.fields.as_slice()).unwrap_or_default();
        let mut shape = None;
        for name in path.split('.') {
            let Some(field) = fields.iter().find(|field| field.name == name) else { break };
            shape = Some(&field.shape);
            fields = field.shape.record().unwrap_or_default();
        }
        let choices = match shape {
            Some(FieldType::Choice(choices)) => choices.as_slice(),
            Some(FieldType::List(shape)) => match shape.as_ref() {
                FieldType::Choice(choices) => choices.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        let said =
            choices.iter().map(|choice| (choice.name.clone(), choice.label.within(language).to_owned()));
        said.collect()
    }

    /// A line of a card; nothing without a value.
    pub(super) fn row(&self, label: impl Into<String>, value: Option<Shown>) -> Option<FactView> {
        Some(FactView {
            field: String::new(),
            label: label.into(),
            help: String::new(),
            value: value?,
            lang: String::new(),
        })
    }

    /// A field of an entity as its page shows it.
    pub(super) fn field_shown(&self, id: EntityId, name: &str, page: &PagePath) -> Option<Shown> {
        let entity = self.book().entity(id)?;
        let (index, field) = self.edition.kinds().kind(entity.kind)?.field(name)?;
        self.shown(&field.shape, &entity.record.value(index)?.value, page)
    }
}

/// How long ago, in words: "today", "48 days ago", "3 months ago".
pub(super) fn ago(locale: &Locale, days: i64) -> String {
    let n = usize::try_from(days).unwrap_or_default();
    let span = match n {
        0 => return locale.word("today").to_lowercase(),
        _ if days <= MOST_DAYS => locale.counted("unit_day", n),
        _ if n < 730 => locale.counted("unit_month", (n * 12 + 182) / 365),
        _ => locale.counted("unit_year", n / 365),
    };
    locale.fill("ago", &[("span", span.as_str())])
}

/// Plain words.
pub(super) fn text(text: impl Into<String>) -> Shown {
    Shown::Text { text: text.into() }
}

/// A state.
pub(super) fn tag(text: impl Into<String>, tone: &'static str) -> TagView {
    TagView { text: text.into(), tone }
}

/// A level of a skill: whole as a rule.
pub(super) fn level(locale: &Locale, level: f64) -> String {
    locale.number(level, u8::from(level.fract() != 0.0))
}
