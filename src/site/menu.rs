//! The navigation: chapters of the loop, their kinds, and the pages of the group that a reader is in. Made once for each folder.

use super::view::{MenuChapter, MenuGroup, MenuItem, MenuView};
use super::{Planner, Rank};
use crate::model::{Chapter, EntityId};
use crate::text::PagePath;

/// A group with more pages than this shows only its index: a menu of thousands of links helps nobody.
const MOST_ITEMS: usize = 200;

impl Planner<'_> {
    /// The navigation for the pages of a folder.
    pub(super) fn menu(&self, folder: &str) -> MenuView {
        let here = PagePath::new(if folder.is_empty() { "x".to_owned() } else { format!("{folder}/x") });
        let mut chapters: Vec<MenuChapter> =
            Chapter::ALL.iter().filter_map(|chapter| self.chapter(*chapter, folder, &here)).collect();
        let articles = self.article_groups(folder, &here);
        if !articles.is_empty() {
            chapters.push(MenuChapter {
                name: "articles",
                label: self.locale.word("chapter_articles").to_owned(),
                open: articles.iter().any(|group| group.open) || chapters.is_empty(),
                groups: articles,
            });
        }
        MenuView {
            root: self.ground.root(&here),
            home_url: PagePath::new("index.html").from(&here),
            chapters,
        }
    }

    fn chapter(&self, chapter: Chapter, folder: &str, here: &PagePath) -> Option<MenuChapter> {
        let language = self.locale.language();
        let mut kinds: Vec<_> = self
            .edition
            .kinds()
            .iter()
            .filter(|kind| kind.chapter == chapter && self.addresses.kind(kind.id).is_some())
            .collect();
        kinds.sort_by_key(|kind| (kind.order, kind.id));
        let groups: Vec<MenuGroup> = kinds
            .into_iter()
            .filter_map(|kind| {
                let path = self.addresses.kind(kind.id)?;
                let entities = self.ordered.get(&kind.id)?;
                let open = path.folder() == folder;
                Some(MenuGroup {
                    label: kind.plural.within(language).to_owned(),
                    url: path.from(here),
                    count: entities.len(),
                    open,
                    items: if open { self.items(entities, here) } else { Vec::new() },
                    lang: String::new(),
                })
            })
            .collect();
        let mut groups = groups;
        groups.extend(self.sheet_links(chapter, here).into_iter().map(|link| MenuGroup {
            label: link.text,
            url: link.url,
            count: 0,
            open: false,
            items: Vec::new(),
            lang: String::new(),
        }));
        for id in self.of_chapters.get(&chapter).map(Vec::as_slice).unwrap_or_default() {
            let (Some(entity), Some(page)) = (self.edition.entity(*id), self.addresses.entity(*id)) else {
                continue;
            };
            groups.push(MenuGroup {
                label: entity.title.clone(),
                url: page.from(here),
                count: 0,
                open: page.folder() == folder && !folder.is_empty(),
                items: Vec::new(),
                lang: self.lang_of_title(entity),
            });
        }
        if groups.is_empty() {
            return None;
        }
        Some(MenuChapter {
            name: chapter.name(),
            label: self.locale.word(&format!("chapter_{}", chapter.name())).to_owned(),
            open: groups.iter().any(|group| group.open),
            groups,
        })
    }

    fn items(&self, entities: &[EntityId], here: &PagePath) -> Vec<MenuItem> {
        if entities.len() > MOST_ITEMS {
            return Vec::new();
        }
        let item = |id: &EntityId| {
            let lang = self.edition.entity(*id).map(|entity| self.lang_of_title(entity)).unwrap_or_default();
            Some(MenuItem { text: self.name_of(*id), url: self.addresses.entity(*id)?.from(here), lang })
        };
        entities.iter().filter_map(item).collect()
    }

    /// Folders of articles: those at the top, and on the way to the reader's folder those inside.
    fn article_groups(&self, folder: &str, here: &PagePath) -> Vec<MenuGroup> {
        // Pages that lie in no folder need no group of their own. What the home page names stands in its order.
        let mut tops: Vec<(Rank, Vec<MenuGroup>)> = Vec::new();
        for id in self.articles.get("").map(Vec::as_slice).unwrap_or_default() {
            let item = self.items(std::slice::from_ref(id), here).into_iter().map(|item| MenuGroup {
                label: item.text,
                url: item.url,
                count: 0,
                open: folder.is_empty(),
                items: Vec::new(),
                lang: item.lang,
            });
            tops.push((self.article_rank(*id), item.collect()));
        }
        for (top, found) in self.folders_in("") {
            let mut groups = Vec::new();
            // From the last to the first, so that what lies in a folder comes right behind it.
            let mut next = vec![(top, found)];
            while let Some((path, found)) = next.pop() {
                let open = folder == path;
                let within = open || folder.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
                let pages = self.articles.get(path).map(Vec::as_slice).unwrap_or_default();
                let readme = found.article.and_then(|id| self.edition.entity(id));
                groups.push(MenuGroup {
                    label: readme.map_or_else(|| found.name.clone(), |readme| readme.title.clone()),
                    url: found.page.from(here),
                    count: pages.len(),
                    open: within,
                    items: if open { self.items(pages, here) } else { Vec::new() },
                    lang: readme.map(|readme| self.lang_of_title(readme)).unwrap_or_default(),
                });
                if within {
                    next.extend(self.folders_in(path).rev());
                }
            }
            tops.push((self.folder_rank(found), groups));
        }
        tops.sort_by_key(|(rank, _)| *rank);
        let mut groups: Vec<MenuGroup> = tops.into_iter().flat_map(|(_, groups)| groups).collect();
        // The home page and the directory of the search have all of them; every page would pay for each.
        let mut count = 0;
        groups.retain(|group| {
            count += 1;
            count <= MOST_ITEMS || (group.open && !folder.is_empty())
        });
        groups
    }
}
