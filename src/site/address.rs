//! Which page each entity, kind and folder gets. Addresses are unique, relative and end in `.html`.

use std::collections::{BTreeMap, BTreeSet};

use crate::edition::Edition;
use crate::finding::Language;
use crate::model::{Chapter, EntityId, KindId};
use crate::read::{readable, without_number};
use crate::text::{FilePath, PagePath, is_device, slug};

/// The addresses of an edition in one language.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    entities: BTreeMap<EntityId, PagePath>,
    kinds: BTreeMap<KindId, PagePath>,
    /// Folders of articles, by their address folder (`guide/start`), with the name that people gave them.
    folders: BTreeMap<String, Folder>,
    taken: BTreeSet<String>,
    /// The next number for names that were wanted more than once.
    numbers: BTreeMap<String, usize>,
    /// Whether there are entities besides articles: then folders named after a chapter belong to it.
    has_kinds: bool,
    /// Folders at the root that belong to other languages.
    reserved: Vec<String>,
}

/// A folder of articles.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its page.
    pub page: PagePath,
    /// Its README, when it has one.
    pub article: Option<EntityId>,
    /// Its name on disk, made readable.
    pub name: String,
}

impl Addresses {
    /// Assigns all addresses, in the order of kinds, then of files.
    ///
    /// Folders at the root that are taken belong to other languages.
    pub fn assign(edition: &Edition, language: Language, taken: &[String]) -> Self {
        let mut addresses = Self { reserved: taken.to_vec(), ..Self::default() };
        for own in ["index.html", "404.html"] {
            addresses.taken.insert(own.to_owned());
        }
        let kinds = edition.kinds();
        let article = kinds.named("article").map(|kind| kind.id);
        let mut used: BTreeSet<KindId> = BTreeSet::new();
        used.extend(edition.iter().map(|(_, entity)| entity.kind).filter(|kind| Some(*kind) != article));
        addresses.has_kinds = !used.is_empty();
        for kind in kinds.iter().filter(|kind| used.contains(&kind.id)) {
            let page = addresses.free(kind.folder.within(language), "index");
            addresses.kinds.insert(kind.id, page);
        }
        for (id, entity) in edition.iter().filter(|(_, entity)| Some(entity.kind) != article) {
            let Some(kind) = kinds.kind(entity.kind) else { continue };
            let page = addresses.free(kind.folder.within(language), &entity.id);
            addresses.entities.insert(id, page);
        }
        for (id, entity) in edition.iter().filter(|(_, entity)| Some(entity.kind) == article) {
            let (folder, name) = entity.id.rsplit_once('/').unwrap_or(("", &entity.id));
            addresses.entities.insert(id, PagePath::new(""));
            let of_kind = kinds
                .of_folder(without_number(entity.file.parent().name()))
                .filter(|_| name == "index")
                .and_then(|kind| addresses.kinds.get(&kind.id).cloned());
            let page = match of_kind {
                // The README of a kind's folder is shown on the kind's index page.
                Some(page) => page,
                None => addresses.free(folder, name),
            };
            addresses.entities.insert(id, page);
        }
        addresses.add_folders(edition, article);
        addresses
    }

    /// Every folder of articles gets a page: its README, or an index.
    fn add_folders(&mut self, edition: &Edition, article: Option<KindId>) {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut readme: BTreeMap<String, EntityId> = BTreeMap::new();
        for (id, entity) in edition.iter().filter(|(_, entity)| Some(entity.kind) == article) {
            let Some(page) = self.entities.get(&id) else { continue };
            if self.kinds.values().any(|kind| kind == page) {
                continue;
            }
            let slugs: Vec<&str> = entity.id.split('/').collect();
            let file_folder = entity.file.parent();
            let written: Vec<&str> = file_folder.parts().collect();
            if self.chapter(&entity.id).is_some() {
                continue;
            }
            for depth in 1..slugs.len() {
                let folder = slugs.get(..depth).unwrap_or_default().join("/");
                let name = written.get(depth - 1).copied().unwrap_or_default();
                names.entry(folder).or_insert_with(|| readable(name));
            }
            if entity.id.ends_with("/index") || entity.id == "index" {
                readme.insert(page.folder().to_owned(), id);
            }
        }
        for (folder, name) in names {
            let article = readme.get(&folder).copied();
            let page = match article.and_then(|id| self.entities.get(&id).cloned()) {
                Some(page) => page,
                None => self.free(&folder, "index"),
            };
            self.folders.insert(folder, Folder { page, article, name });
        }
    }

    /// A page in a folder; a number is added while another page has the address.
    fn free(&mut self, folder: &str, name: &str) -> PagePath {
        let slash = if folder.is_empty() { "" } else { "/" };
        let mut base = writable(&format!("{folder}{slash}{name}"));
        let top = base.split_once('/').map(|(top, _)| top);
        if let Some(top) = top.filter(|top| self.reserved.iter().any(|reserved| reserved == top)) {
            base.insert_str(top.len(), "-1");
        }
        let mut number = self.numbers.get(&base.to_lowercase()).copied().unwrap_or(1);
        loop {
            let tail = if number == 1 { String::new() } else { format!("-{number}") };
            let path = format!("{base}{tail}.html");
            number += 1;
            if self.taken.insert(path.to_lowercase()) {
                // Where one number was needed the next search begins behind it.
                if number > 2 {
                    self.numbers.insert(base.to_lowercase(), number);
                }
                return PagePath::new(path);
            }
        }
    }

    /// The chapter to which the articles of a folder belong by its name (`1-escuchar/`); their path is that of an article's id.
    pub fn chapter(&self, id: &str) -> Option<Chapter> {
        let (top, _) = id.split_once('/')?;
        Chapter::of_folder(top).filter(|_| self.has_kinds)
    }

    /// A page of its own at the root.
    pub fn sheet(&mut self, name: &str) -> PagePath {
        self.free("", name)
    }

    /// The page of an entity.
    pub fn entity(&self, id: EntityId) -> Option<&PagePath> {
        self.entities.get(&id)
    }

    /// The index page of a kind; `None` when the edition has no entity of it.
    pub fn kind(&self, id: KindId) -> Option<&PagePath> {
        self.kinds.get(&id)
    }

    /// The folders of articles in order.
    pub fn folders(&self) -> impl Iterator<Item = (&str, &Folder)> {
        self.folders.iter().map(|(path, folder)| (path.as_str(), folder))
    }

    /// A folder of articles.
    pub fn folder(&self, path: &str) -> Option<&Folder> {
        self.folders.get(path)
    }

    /// Where a published file stands. The same file always gets the same address.
    pub fn file(file: &FilePath) -> PagePath {
        let parts: Vec<String> = file
            .parent()
            .parts()
            .map(|part| slug(without_number(part)))
            .filter(|part| !part.is_empty())
            .collect();
        let mut stem = slug(file.stem());
        // Two names may have one slug: a few digits of the true path keep them apart.
        let folder = writable(&parts.join("/"));
        if stem != file.stem() || folder != file.parent().as_str() || is_device(&stem) {
            let hash = blake3::hash(file.as_str().as_bytes()).to_hex();
            stem = format!("{stem}-{}", hash.get(..6).unwrap_or_default());
        }
        let extension = slug(file.extension());
        let dot = if extension.is_empty() { "" } else { "." };
        PagePath::new(format!(
            "files/{folder}{}{stem}{dot}{extension}",
            if parts.is_empty() { "" } else { "/" }
        ))
    }
}

/// A path of slugs that Windows can write too: `aux/con` → `aux-1/con-1`.
fn writable(path: &str) -> String {
    if !path.split('/').any(is_device) {
        return path.to_owned();
    }
    let part = |part: &str| if is_device(part) { format!("{part}-1") } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_become_writable() {
        assert_eq!(writable("con"), "con-1");
        assert_eq!(writable("aux/lpt1/contact"), "aux-1/lpt1-1/contact");
        let file =
            FilePath::new("aux/nul.png").map(|path| Addresses::file(&path).to_string()).unwrap_or_default();
        assert!(file.starts_with("files/aux-1/nul-") && file.ends_with(".png"), "{file}");
    }
}
