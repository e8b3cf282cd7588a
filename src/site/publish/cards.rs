//! Which card a page has. Drawing a card costs more than making a page, so that pages share one unless the settings want it otherwise.

use super::{PlannedPage, Planner, Subject};
use crate::card::{Card, DRAWING};
use crate::model::{EntityId, FieldType, KindId, Value};
use crate::site::view::PageHead;
use crate::text::PagePath;

/// The theme's teal, when the settings name no colour.
const COLOR: (u8, u8, u8) = (0x0a, 0x5a, 0x6a);

impl Planner<'_> {
    /// The card of a page and its address; it will be drawn.
    pub(super) fn card(&self, page: &PlannedPage, head: &PageHead) -> Option<(PagePath, Card)> {
        let own = || Some(self.own_card(page, head));
        let card = match (self.chosen("cards").first().copied().unwrap_or("kinds"), &page.subject) {
            ("none", _) | (_, Subject::Search | Subject::NotFound) => return None,
            ("site", _) | (_, Subject::Home) => None,
            ("pages", _) => own(),
            (_, Subject::Entity(id)) if self.is_highlight(*id) => own(),
            (_, Subject::Entity(id)) => {
                let kind = self.edition.entity(*id).map(|entity| entity.kind);
                kind.filter(|kind| Some(*kind) != self.article).and_then(|kind| self.card_of_kind(kind))
            }
            (_, Subject::Kind(kind)) => self.card_of_kind(*kind),
            (_, Subject::Folder(_) | Subject::Sheet(_)) => own(),
        };
        let card = card.unwrap_or_else(|| self.site_card());
        let path = self.path_of(&card);
        let mut cards = self.cards.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        cards.entry(path.clone()).or_insert_with(|| card.clone());
        Some((path, card))
    }

    fn own_card(&self, page: &PlannedPage, head: &PageHead) -> Card {
        let kind = match &page.subject {
            Subject::Entity(id) => self.edition.entity(*id).map(|entity| entity.kind),
            _ => None,
        };
        let label = kind
            .filter(|kind| Some(*kind) != self.article)
            .and_then(|kind| self.edition.kinds().kind(kind))
            .map(|kind| kind.label.within(self.locale.language()).to_owned());
        let chapter = || head.breadcrumbs.iter().skip(1).map(|crumb| crumb.text.clone()).next();
        self.below_name(label.or_else(chapter).unwrap_or_default(), head.title.clone())
    }

    fn card_of_kind(&self, kind: KindId) -> Option<Card> {
        let kind = self.edition.kinds().kind(kind)?;
        let chapter = self.locale.word(&format!("chapter_{}", kind.chapter.name())).to_owned();
        let title = kind.plural.within(self.locale.language()).to_owned();
        Some(self.below_name(if chapter == title { String::new() } else { chapter }, title))
    }

    fn below_name(&self, kicker: String, title: String) -> Card {
        Card { kicker, title, name: self.title.clone(), organisation: self.organisation() }
    }

    fn site_card(&self) -> Card {
        let organisation = self.organisation();
        Card {
            kicker: String::new(),
            title: self.title.clone(),
            name: organisation,
            organisation: String::new(),
        }
    }

    /// The organisation, unless the name of the playbook says it.
    fn organisation(&self) -> String {
        let name = super::super::record_text(self.edition, "organisation", "name");
        if self.title.contains(&name) { String::new() } else { name }
    }

    /// Whether the settings put an entity first.
    fn is_highlight(&self, id: EntityId) -> bool {
        let field = self.edition.kinds().settings.iter().find(|field| field.name == "home");
        let parts = field.and_then(|field| field.shape.record()).unwrap_or_default();
        let at = parts.iter().position(|part| part.name == "highlights");
        let (Some(at), Some(Value::Record(home))) =
            (at.and_then(|at| u16::try_from(at).ok()), self.edition.setting("home").map(|item| &item.value))
        else {
            return false;
        };
        match home.value(at).map(|item| &item.value) {
            Some(Value::Links(edges)) => edges.iter().any(|edge| edge.target == id),
            _ => false,
        }
    }

    /// An address that changes with what is drawn, as services keep pictures for a long time.
    fn path_of(&self, card: &Card) -> PagePath {
        let (red, green, blue) = self.card_color();
        let mut hash = blake3::Hasher::new();
        for text in [&card.kicker, &card.title, &card.name, &card.organisation] {
            hash.update(text.as_bytes());
            hash.update(b"\0");
        }
        hash.update(&[red, green, blue]);
        hash.update(&DRAWING.to_le_bytes());
        let hash = hash.finalize().to_hex();
        PagePath::new(format!("cards/{}.png", hash.get(..16).unwrap_or_default()))
    }

    /// The brand's colour.
    pub(super) fn card_color(&self) -> (u8, u8, u8) {
        let field = self.edition.kinds().settings.iter().find(|field| field.name == "brand");
        let (Some(FieldType::Record(fields)), Some(Value::Record(brand))) =
            (field.map(|field| &field.shape), self.edition.setting("brand").map(|item| &item.value))
        else {
            return COLOR;
        };
        let at = fields.iter().position(|field| field.name == "color").and_then(|at| u16::try_from(at).ok());
        let Some(Value::Color(text)) = at.and_then(|at| brand.value(at)).map(|item| &item.value) else {
            return COLOR;
        };
        let part = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (part(1), part(3), part(5)) {
            (Some(red), Some(green), Some(blue)) => (red, green, blue),
            _ => COLOR,
        }
    }
}
