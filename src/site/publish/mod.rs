//! What a site needs besides its pages to be found, shared, followed and served: for crawlers, feed readers, services that show shared links, and hosts. One matter a file.
//!
//! [`published`] makes all of it for the planners of a site, one a language. Absolute addresses come from `url:` alone; without it nothing is written that needs one.

mod cards;
mod feed;
mod hosts;
mod redirects;
mod sitemap;

use std::collections::{BTreeMap, BTreeSet};

use super::view::{PageHead, ShareView};
use super::{PlannedPage, Planner, Subject};
use crate::card::{self, Card, Painter};
use crate::insight;
use crate::model::{EntityId, Readership, Value};
use crate::syntax::escape;
use crate::text::PagePath;
use crate::world::Date;

pub use feed::News;
pub use redirects::Redirect;

/// Where feed readers find the news of a language.
const FEED: &str = "feed.xml";

/// A day on which more pages were changed is one of moving files or of mending them by a program: that is no news.
const MOST_CHANGES: usize = 20;

/// The address of the site, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Without a slash at the end: `https://guide.example.org/strategy`.
    pub url: String,
    /// `guide.example.org`.
    pub host: String,
    /// Empty, or with a slash in front and none at the end: `/strategy`.
    pub path: String,
}

impl Base {
    /// The address in the settings; `None` when there is none that a browser could open.
    fn read(url: &str) -> Option<Self> {
        let bare = url.split(['?', '#']).next().unwrap_or_default().trim().trim_end_matches('/');
        let (scheme, rest) = bare.split_once("://")?;
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, format!("/{}", encoded(path))),
            None => (rest, String::new()),
        };
        let is_web = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
        let fits = |letter: char| letter.is_alphanumeric() || "-._:[]@".contains(letter);
        (is_web && !host.is_empty() && host.chars().all(fits)).then(|| Self {
            url: format!("{scheme}://{host}{path}"),
            host: host.rsplit('@').next().unwrap_or_default().to_lowercase(),
            path,
        })
    }

    /// The whole address of a page.
    pub fn of(&self, page: &PagePath) -> String {
        match page.as_str() {
            "index.html" => format!("{}/", self.url),
            path => format!("{}/{}", self.url, encoded(path)),
        }
    }
}

/// A path in which only letters, digits and what addresses keep as it is stand; everything else is percent-encoded.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut bytes = path.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            // What somebody has encoded before stays.
            b'%' if bytes.peek().is_some_and(u8::is_ascii_hexdigit) => text.push('%'),
            _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// A text for XML, between tags or double quotes.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    escape::attribute(&mut escaped, text);
    escaped
}

impl Planner<'_> {
    /// The address of the site, when the settings name one.
    pub(in crate::site) fn base(&self) -> Option<Base> {
        Base::read(self.edition.setting_text("url"))
    }

    /// Whether crawlers may list the pages: only those of the public edition.
    pub(in crate::site) fn is_public(&self) -> bool {
        self.edition.readership() == Readership::Public
    }

    /// The address with host for `canonical`: only the public edition stands at the address of the settings for certain.
    pub(in crate::site) fn canonical(&self, page: &PagePath) -> String {
        let base = self.base().filter(|_| self.is_public() && page.as_str() != "404.html");
        base.map(|base| base.of(&self.ground.place(page))).unwrap_or_default()
    }

    /// What precedes the addresses of the page for addresses that do not exist, which a host shows at any depth; `None` where it is not known.
    pub fn absolute_root(&self) -> Option<String> {
        let own = self.ground.place(&PagePath::new(""));
        self.base().map(|base| format!("{}/{own}", base.path))
    }

    /// The feed of this language as seen from a page; empty when nothing has happened.
    pub(in crate::site) fn feed_url(&self, page: &PagePath) -> String {
        if self.news().is_empty() { String::new() } else { PagePath::new(FEED).from(page) }
    }

    /// What happened, the newest first; nothing where feed readers could not tell whose news it is.
    pub(in crate::site) fn news(&self) -> &[News] {
        self.news.get_or_init(|| if self.base().is_some() { self.gather_news() } else { Vec::new() })
    }

    /// What the playbook tells of itself, and where its history is read the pages that were changed.
    fn gather_news(&self) -> Vec<News> {
        let own = insight::news(self.book()).into_iter();
        let mut news: Vec<News> =
            own.map(|insight::News { on, id }| News { on, id, is_change: false }).collect();
        let told: BTreeSet<(Date, EntityId)> = news.iter().map(|one| (one.on, one.id)).collect();
        let mut changes: BTreeMap<Date, Vec<EntityId>> = BTreeMap::new();
        for (id, entity) in self.edition.iter() {
            // The file of a list was changed when any of its entries was.
            if let Some((on, _)) = self.changed.get(&entity.file).filter(|_| entity.alone)
                && self.addresses.entity(id).is_some()
                && !told.contains(&(*on, id))
            {
                changes.entry(*on).or_default().push(id);
            }
        }
        changes.retain(|_, ids| ids.len() <= MOST_CHANGES);
        for (on, ids) in changes {
            news.extend(ids.into_iter().map(|id| News { on, id, is_change: true }));
        }
        news.sort_by(|one, other| other.on.cmp(&one.on).then(one.id.cmp(&other.id)));
        news
    }

    /// What services show of a shared link.
    pub(in crate::site) fn share(&self, page: &PlannedPage, head: &PageHead) -> Option<ShareView> {
        let base = self.base().filter(|_| !head.canonical_url.is_empty())?;
        let card = self.card(page, head);
        let image_url = card.as_ref().map(|(path, _)| base.of(path)).unwrap_or_default();
        let image_alt = card.map(|(_, card)| spoken(&card)).unwrap_or_default();
        let is_text = matches!(page.subject, Subject::Entity(_));
        Some(ShareView {
            kind: if is_text { "article" } else { "website" },
            locale: territory(self.locale.tag()),
            image_url,
            image_alt,
            image_width: card::WIDTH,
            image_height: card::HEIGHT,
        })
    }

    /// The choices of a list of the settings, by their canonical names.
    fn chosen(&self, name: &str) -> Vec<&str> {
        let settings = &self.edition.kinds().settings;
        let shape = settings.iter().find(|field| field.name == name).map(|field| &field.shape);
        let choices = shape.map(crate::model::FieldType::choices).unwrap_or_default();
        let one = |value: &Value<crate::model::Resolved>| match value {
            Value::Choice(index) => choices.get(usize::from(*index)).map(|choice| choice.name.as_str()),
            _ => None,
        };
        match self.edition.setting(name).map(|item| &item.value) {
            Some(Value::List(items)) => items.iter().filter_map(|item| one(&item.value)).collect(),
            Some(value) => one(value).into_iter().collect(),
            None => Vec::new(),
        }
    }
}

/// A card in words.
fn spoken(card: &Card) -> String {
    let parts = [&card.kicker, &card.title, &card.name, &card.organisation];
    parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// A language as services want it, with a country: `es_ES`.
fn territory(tag: &str) -> String {
    let (language, region) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
    let region = match (language, region) {
        ("en", "") => "GB".to_owned(),
        ("ca" | "gl" | "eu", "") => "ES".to_owned(),
        (language, "") => language.to_uppercase(),
        (_, region) => region.to_uppercase(),
    };
    format!("{language}_{region}")
}

/// The files of a whole site besides its pages, once for all its languages; complete after every page was made. Cards come from [`drawn`].
pub fn published(
    planners: &[&Planner<'_>],
    redirects: &[Redirect],
    policy: &str,
) -> BTreeMap<PagePath, Vec<u8>> {
    let mut files = BTreeMap::new();
    let Some(first) = planners.first() else { return files };
    let base = first.base();
    let is_public = first.is_public();
    let mut add = |path: &str, text: String| files.insert(PagePath::new(path), text.into_bytes());
    for planner in planners {
        if let Some(feed) = planner.feed() {
            add(planner.ground.place(&PagePath::new(FEED)).as_str(), feed);
        }
    }
    if let Some(base) = base.as_ref().filter(|_| is_public) {
        add("sitemap.xml", sitemap::sitemap(base, planners));
    }
    add("robots.txt", sitemap::robots(base.as_ref(), is_public));
    for (path, text) in hosts::files(first, redirects, policy) {
        add(path, text);
    }
    files
}

/// A card and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Where it is written.
    pub path: PagePath,
    /// The picture.
    pub bytes: Vec<u8>,
    /// Its words.
    pub words: String,
}

/// The cards that pages refer to, drawn; complete after every page was made.
pub fn drawn(planners: &[&Planner<'_>]) -> Vec<Drawn> {
    use rayon::prelude::*;

    let Some(first) = planners.first() else { return Vec::new() };
    let mut cards: BTreeMap<PagePath, Card> = BTreeMap::new();
    for planner in planners {
        cards.append(&mut planner.cards.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone());
    }
    if cards.is_empty() {
        return Vec::new();
    }
    let painter = Painter::new(first.card_color());
    let draw =
        |(path, card): (PagePath, Card)| Drawn { bytes: painter.draw(&card), words: spoken(&card), path };
    cards.into_par_iter().map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_apart() {
        let base = Base::read("https://Guide.example.org:8080/a b/c/?x#y").expect("an address");
        assert_eq!(base.url, "https://Guide.example.org:8080/a%20b/c");
        assert_eq!((base.host.as_str(), base.path.as_str()), ("guide.example.org:8080", "/a%20b/c"));
        assert_eq!(base.of(&PagePath::new("index.html")), "https://Guide.example.org:8080/a%20b/c/");
        let plain = Base::read("https://example.org/").expect("an address");
        assert_eq!(plain.path, "");
        assert_eq!(plain.of(&PagePath::new("ñ/x.html")), "https://example.org/%C3%B1/x.html");
        for text in [
            "",
            "example.org",
            "mailto:a@example.org",
            "javascript:alert(1)",
            "file:///a",
            "https://",
            "https://a b/",
            "https://a\"b/",
            "https://a\nb/",
        ] {
            assert_eq!(Base::read(text), None, "{text}");
        }
    }

    #[test]
    fn languages_have_a_country() {
        let all = ["es", "en", "ca", "fr", "es-MX", "pt"].map(territory);
        assert_eq!(all, ["es_ES", "en_GB", "ca_ES", "fr_FR", "es_MX", "pt_PT"]);
    }
}
