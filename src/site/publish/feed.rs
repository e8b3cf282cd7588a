//! `feed.xml`: changes and decisions for feed readers (Atom, RFC 4287). Every date is one of the playbook's own.

use std::fmt::Write;

use super::{FEED, xml};
use crate::insight::News;
use crate::site::Planner;
use crate::text::PagePath;

/// Entries that a feed holds: the newest.
const MOST: usize = 50;

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
                xml(&format!("{label}: {}", entity.title)),
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
