//! Prose → HTML: the holes of a text are filled for one page.

use super::Planner;
use super::terms::Reading;
use super::view::{CardView, PartView};
use crate::insight;
use crate::model::{Destination, EntityId, Passage, Resolved};
use crate::syntax::{Filling, escape};
use crate::text::PagePath;

impl Planner<'_> {
    /// The HTML of a text as it stands on a page, with the first mentions of terms as links to what they mean.
    pub(super) fn fill(&self, passage: &Passage<Resolved>, page: &PagePath) -> String {
        self.filled(passage, page, self.links_terms(page))
    }

    /// The same without links that the author did not write.
    pub(super) fn fill_bare(&self, passage: &Passage<Resolved>, page: &PagePath) -> String {
        self.filled(passage, page, false)
    }

    fn filled(&self, passage: &Passage<Resolved>, page: &PagePath, with_terms: bool) -> String {
        let mut reading = Reading::default();
        let mut put = |html: &mut String, piece: &str, link: Option<bool>| {
            if with_terms {
                self.with_terms(html, piece, &mut reading, page);
            } else {
                html.push_str(piece);
            }
            if let Some(open) = link {
                reading.link(open);
            }
        };
        let prose = &passage.prose;
        if prose.boxes {
            self.boxed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(page.clone());
        }
        let mut html = String::with_capacity(prose.html.len() + prose.holes.len() * 48);
        let mut from = 0;
        let mut open = false;
        for (index, hole) in prose.holes.iter().enumerate() {
            let at = hole.at as usize;
            let link = match hole.filling {
                Filling::LinkStart(_) => Some(true),
                Filling::LinkEnd => Some(false),
                _ => None,
            };
            put(&mut html, prose.html.get(from..at).unwrap_or_default(), link);
            from = at;
            let end = passage.ends.get(index).unwrap_or(&Destination::None);
            match &hole.filling {
                Filling::LinkStart(_) => {
                    let address = self.address(end, page);
                    open = address.is_some();
                    if let (Some(address), Destination::Entity(id, _)) = (&address, end)
                        && self.is_term(*id)
                    {
                        self.explain(*id, page);
                        self.term_link(&mut html, *id, address);
                    } else if let Some(address) = address {
                        html.push_str("<a href=\"");
                        escape::attribute(&mut html, &address);
                        html.push_str("\">");
                    }
                }
                Filling::LinkEnd => {
                    if open {
                        html.push_str("</a>");
                    }
                    open = false;
                }
                Filling::LinkText(target) => {
                    let name = match end {
                        Destination::Entity(id, _) => {
                            self.edition.entity(*id).map(|entity| entity.title.as_str())
                        }
                        Destination::Hidden => Some(self.locale.word("not_in_this_edition")),
                        Destination::Home => Some(self.title.as_str()),
                        Destination::Kind(id) => {
                            let kind = self.edition.kinds().kind(*id);
                            kind.map(|kind| kind.plural.within(self.locale.language()))
                        }
                        _ => None,
                    };
                    escape::text(&mut html, name.unwrap_or(&target.name));
                }
                Filling::Picture { alt, alone, .. }
                    if matches!(end, Destination::Entity(..) | Destination::Hidden) =>
                {
                    self.summary_of(&mut html, end, (alt, *alone), page);
                }
                Filling::Picture { alt, caption, alone, .. } => {
                    self.picture(&mut html, end, (alt, caption, *alone), page);
                }
                Filling::Word(key) => escape::text(&mut html, self.locale.word(&key.replace('-', "_"))),
                Filling::Block { text, .. } => html.push_str(&self.block(text, page)),
            }
        }
        put(&mut html, prose.html.get(from..).unwrap_or_default(), None);
        html
    }

    /// Name and summary of something of the playbook, as a card; within a sentence only its name.
    fn summary_of(&self, html: &mut String, end: &Destination, told: (&str, bool), page: &PagePath) {
        let (own, alone) = told;
        let Destination::Entity(id, _) = end else {
            if !alone {
                escape::text(html, self.locale.word("not_in_this_edition"));
            }
            return;
        };
        let Some(mut link) = self.link(*id, page) else { return };
        if let Some(address) = self.address(end, page) {
            link.url = address;
        }
        if !own.is_empty() {
            own.clone_into(&mut link.text);
        }
        if alone {
            let kicker = std::mem::take(&mut link.kind);
            let card = CardView { title: link, kicker, ..CardView::default() };
            html.push_str(&self.parts_in_text(vec![PartView::Cards { cards: vec![card] }], page));
            return;
        }
        html.push_str("<a href=\"");
        escape::attribute(html, &link.url);
        html.push_str("\">");
        escape::text(html, &link.text);
        html.push_str("</a>");
    }

    fn address(&self, end: &Destination, page: &PagePath) -> Option<String> {
        Some(match end {
            Destination::None | Destination::Nowhere | Destination::Hidden => return None,
            Destination::Anchor(anchor) => {
                let own = || self.edition.iter().find(|(id, _)| self.addresses.entity(*id) == Some(page));
                format!("#{}", self.anchor(anchor, || own().map(|(id, _)| id)))
            }
            Destination::Entity(id, anchor) => {
                let mut address = self.addresses.entity(*id)?.from(page);
                let anchor = self.anchor(anchor, || Some(*id));
                if !anchor.is_empty() {
                    address.push('#');
                    address.push_str(&anchor);
                }
                address
            }
            Destination::Kind(kind) => self.addresses.kind(*kind)?.from(page),
            Destination::Home => PagePath::new("index.html").from(page),
            Destination::File(file) if self.is_withheld(file) => return None,
            Destination::File(file) => self.publish(file).from(page),
        })
    }

    /// An anchor as it stands on the page; `field:NAME` is the section of a field, and the top where a view or this edition leaves the section out.
    fn anchor(&self, anchor: &str, on: impl FnOnce() -> Option<EntityId>) -> String {
        let Some(name) = anchor.strip_prefix("field:") else { return anchor.to_owned() };
        let is_there = || {
            let entity = self.edition.entity(on()?)?;
            let kind = self.edition.kinds().kind(entity.kind)?;
            let index = kind.index(name)?;
            let is_filled = entity.record.fields.iter().any(|(known, _)| *known == index);
            (is_filled && insight::is_headed(&kind.name, name)).then_some(())
        };
        if is_there().is_some() { super::field_anchor(name) } else { String::new() }
    }

    /// A picture that is a paragraph of its own becomes a figure, with its caption if it has one.
    fn picture(&self, html: &mut String, end: &Destination, told: (&str, &str, bool), page: &PagePath) {
        let (alt, caption, alone) = told;
        if alone {
            html.push_str("<figure class=\"picture\">");
        }
        match end {
            Destination::File(file) if self.is_shown(file) => {
                let title = if alone { "" } else { caption };
                self.image(html, file, (alt, title), page);
            }
            // The finding was made; the reader still learns what was to be seen.
            _ => {
                html.push_str("<span class=\"missing\">");
                escape::text(html, alt);
                html.push_str("</span>");
            }
        }
        if alone {
            if !caption.is_empty() {
                html.push_str("<figcaption>");
                escape::text(html, caption);
                html.push_str("</figcaption>");
            }
            html.push_str("</figure>\n");
        }
    }
}
