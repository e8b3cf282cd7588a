//! Former addresses: each gets a small page that leads to the present one, without a script.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Reported};
use crate::resolve::alias::{self, Alias};
use crate::site::Planner;
use crate::site::view::{PageLink, RedirectView};
use crate::text::{PagePath, capital};
use crate::words;

/// A former address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Where the page stood.
    pub from: PagePath,
    /// Where it stands now.
    pub to: PagePath,
    /// Its title.
    pub title: String,
    /// What it was called; empty when a former address was given.
    pub name: String,
}

/// Where something stands.
#[derive(Default)]
struct Taken {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Taken {
    fn add(&mut self, path: &str) {
        self.files.insert(path.to_owned());
        self.folders.extend(folders(path).map(str::to_owned));
    }

    /// Whether a file cannot stand there: another does, or a folder, or a file where a folder is wanted.
    fn is_taken(&self, path: &str) -> bool {
        self.files.contains(path)
            || self.folders.contains(path)
            || folders(path).any(|folder| self.files.contains(folder))
    }
}

/// The folders above a file.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

impl Planner<'_> {
    /// Former addresses of what this edition shows, in their order. Present pages win over them.
    pub fn redirects(&self) -> Reported<Vec<Redirect>> {
        let mut findings: Vec<Finding> = Vec::new();
        let mut redirects: BTreeMap<String, Redirect> = BTreeMap::new();
        let mut taken = Taken::default();
        let kinds = self.edition.kinds();
        for (id, entity) in self.edition.iter() {
            let mut written = alias::aliases(kinds, entity).peekable();
            if written.peek().is_none() {
                continue;
            }
            if taken.files.is_empty() {
                self.local_pages().iter().for_each(|page| taken.add(&page.path.as_str().to_lowercase()));
            }
            let Some(to) = self.addresses.entity(id) else { continue };
            let folder = kinds.kind(entity.kind).filter(|_| Some(entity.kind) != self.article);
            let folder = folder.map(|kind| kind.folder.within(self.locale.language()));
            for (written, span) in written {
                let Ok(alias) = Alias::read(written) else { continue };
                let from = alias.address(folder, to.folder());
                let key = from.to_lowercase();
                if from == to.as_str() {
                    continue;
                }
                if taken.is_taken(&key) && !redirects.contains_key(&key) {
                    // Names that clash were told when they were resolved.
                    if !matches!(alias, Alias::Name(_)) {
                        findings.push(alias::clash(written, span).mark(words!(
                            "something else stands at `{from}`",
                            "en `{from}` ya hay otra cosa"
                        )));
                    }
                    continue;
                }
                taken.add(&key);
                let title = self.name_of(id);
                let name = if matches!(alias, Alias::Name(_)) { capital(written) } else { String::new() };
                redirects.entry(key).or_insert_with(|| Redirect {
                    from: self.ground.place(&PagePath::new(from)),
                    to: self.ground.place(to),
                    title,
                    name,
                });
            }
        }
        Reported::new(redirects.into_values().collect(), findings)
    }

    /// What the page of a former address shows.
    pub fn redirect_view(&self, redirect: &Redirect) -> RedirectView {
        RedirectView {
            root: redirect.from.root(),
            canonical_url: self.canonical(&self.ground.within(&redirect.to)),
            target: PageLink {
                text: redirect.title.clone(),
                url: redirect.to.from(&redirect.from),
                ..PageLink::default()
            },
        }
    }
}
