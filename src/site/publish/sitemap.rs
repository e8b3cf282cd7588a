//! What crawlers read: the list of pages, and what they may list.

use std::fmt::Write;

use super::{Base, xml};
use crate::site::{PlannedPage, Planner, Subject};
use crate::world::Date;

impl Planner<'_> {
    /// When the file of a page was last changed, where the repository tells it.
    fn changed_on(&self, page: &PlannedPage) -> Option<Date> {
        let Subject::Entity(id) = page.subject else { return None };
        let entity = self.edition.entity(id).filter(|entity| entity.alone)?;
        self.changed.get(&entity.file).map(|(day, _)| *day)
    }
}

/// `sitemap.xml`: every page of every language.
pub(super) fn sitemap(base: &Base, planners: &[&Planner<'_>]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for planner in planners {
        for page in
            planner.pages().iter().filter(|page| !matches!(page.subject, Subject::Search | Subject::NotFound))
        {
            // Writing to a text cannot fail.
            let changed = planner.changed_on(page).map(|day| format!("<lastmod>{day}</lastmod>"));
            let changed = changed.unwrap_or_default();
            let _ = writeln!(text, "<url><loc>{}</loc>{changed}</url>", xml(&base.of(&page.path)));
        }
    }
    text.push_str("</urlset>\n");
    text
}

/// `robots.txt`: the public edition may be listed, the others may not.
pub(super) fn robots(base: Option<&Base>, is_public: bool) -> String {
    match (is_public, base) {
        (false, _) => "User-agent: *\nDisallow: /\n".to_owned(),
        (true, None) => "User-agent: *\nAllow: /\n".to_owned(),
        (true, Some(base)) => format!("User-agent: *\nAllow: /\n\nSitemap: {}/sitemap.xml\n", base.url),
    }
}
