//! `feed.xml`: changes and decisions for feed readers (Atom, RFC 4287). Every date is one of the playbook's own.

use std::fmt::Write;

use super::{FEED, xml};
use crate::model::EntityId;
use crate::site::Planner;
use crate::text::PagePath;
use crate::world::Date;

/// Entries that a feed holds: the newest.
const MOST: usize = 50;

/// An entry of the feed.
#[derive(Clone, Copy, Debug)]
pub struct News {
    /// On which day.
    pub on: Date,
    /// The entity that tells it, or that was changed.
    pub id: EntityId,
    /// Its page was changed, by the history of the repository; else it tells something that happened.
    pub is_change: bool,
}

impl Planner<'_> {
    /// The feed; `None` when nothing has happened.
    pub(super) fn feed(&self) -> Option<String> {
        let base = self.base()?;
        let news = self.news();
        let newest = news.first()?;
        let head = self.head();
        // Another edition may stand anywhere: its links are relative to the feed.
        let link = |path: &PagePath| match self.is_public() {
            true => base.of(&self.ground.place(path)),
            false => path.from(&PagePath::new(FEED)),
        };
        let title = format!("{} – {}", head.title, self.locale.word("feed_title"));
        let author = if head.organisation.is_empty() { &head.title } else { &head.organisation };
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
            xml(&head.language)
        );
        let home = PagePath::new("index.html");
        let lines = [
            format!("<id>{}</id>", xml(&format!("{}/{}", base.url, self.ground.place(&PagePath::new(FEED))))),
            format!("<title>{}</title>", xml(&title)),
            format!("<updated>{}T00:00:00Z</updated>", newest.on),
            format!("<author><name>{}</name></author>", xml(author)),
            format!(
                "<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>",
                xml(&link(&PagePath::new(FEED)))
            ),
            format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", xml(&link(&home))),
            format!("<generator>{}</generator>", xml(&head.generator)),
        ];
        text.push_str(&lines.join("\n"));
        text.push('\n');
        for one in news.iter().take(MOST) {
            let Some(entity) = self.edition.entity(one.id) else { continue };
            let (Some(page), Some(kind)) =
                (self.addresses.entity(one.id), self.edition.kinds().kind(entity.kind))
            else {
                continue;
            };
            let label = kind.label.within(self.locale.language());
            // Writing to a text cannot fail.
            let _ = write!(
                text,
                "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{on}T00:00:00Z</updated>\n<published>{on}T00:00:00Z</published>\n<category term=\"{}\" label=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
                xml(&tag(&base.host, one, &kind.name, &entity.id)),
                xml(&match one.is_change {
                    true => self.locale.fill("feed_changed", &[("title", entity.title.as_str())]),
                    false => format!("{label}: {}", entity.title),
                }),
                xml(&kind.name),
                xml(label),
                xml(&link(page)),
                on = one.on,
            );
            let summary = self.summary(entity);
            if !summary.is_empty() {
                let _ = writeln!(text, "<summary>{}</summary>", xml(summary));
            }
            text.push_str("</entry>\n");
        }
        text.push_str("</feed>\n");
        Some(text)
    }
}

/// A name for ever (RFC 4151): whose it is, since when, and what.
fn tag(host: &str, one: &News, kind: &str, id: &str) -> String {
    let host = host.split(':').next().unwrap_or_default();
    format!("tag:{host},{}:{kind}:{}", one.on, super::encoded(id))
}
