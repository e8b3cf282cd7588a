//! Back through the history until every file is dated: the newest commit in which a file differs from what all parents had.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::object::Id;
use super::{Commit, Date, Repository, Unread};
use crate::text::FilePath;

/// Most commits that are looked at.
pub(super) const MOST_COMMITS: usize = 50_000;

/// When a file was last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// On which day.
    pub on: Date,
    /// By whom; may be empty.
    pub by: String,
}

/// When the files of a playbook were last changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// By path. A file that was never committed is missing.
    pub files: BTreeMap<FilePath, Changed>,
    /// Why the others are missing, where the history gave out before its beginning.
    pub broken_off: Option<Unread>,
}

/// Newest first; of two that are equally old, the one with the greater number.
#[derive(PartialEq, Eq)]
struct Next(Commit);

impl Ord for Next {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0.at, self.0.id).cmp(&(other.0.at, other.0.id))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Repository {
    /// When each of these files was last changed.
    ///
    /// # Errors
    /// When there is no commit at all.
    pub fn changes(&self, files: &BTreeSet<FilePath>) -> Result<Changes, Unread> {
        let mut changes = Changes::default();
        let head = self.head()?;
        let mut seen: BTreeSet<Id> = BTreeSet::from([head.id]);
        let mut next = BinaryHeap::from([Next(head)]);
        let mut left: BTreeSet<&FilePath> = files.iter().collect();
        while let Some(Next(commit)) = next.pop() {
            if left.is_empty() {
                break;
            }
            if seen.len() > MOST_COMMITS {
                changes.broken_off = Some(Unread::Limit("commits", MOST_COMMITS as u64));
                break;
            }
            // What stood there before the copy was cut off, nobody knows.
            if self.shallow.contains(&commit.id) {
                changes.broken_off = Some(Unread::Shallow);
                continue;
            }
            let looked = self.look(&commit, &mut seen, &mut next);
            match looked {
                Ok(changed) => {
                    for path in changed {
                        if let Some(path) = left.take(&path) {
                            let one = Changed { on: commit.day(), by: commit.author.clone() };
                            changes.files.insert(path.clone(), one);
                        }
                    }
                }
                Err(error) => changes.broken_off = Some(error),
            }
        }
        Ok(changes)
    }

    /// The files that a commit changed against each of its parents, which are looked at next.
    fn look(
        &self,
        commit: &Commit,
        seen: &mut BTreeSet<Id>,
        next: &mut BinaryHeap<Next>,
    ) -> Result<BTreeSet<FilePath>, Unread> {
        let own = self.root(commit.tree)?;
        let mut changed: Option<BTreeSet<FilePath>> = None;
        for parent in &commit.parents {
            let parent = self.commit(*parent)?;
            let against = self.differing(own, self.root(parent.tree)?)?;
            changed = Some(match changed {
                None => against,
                Some(others) => others.intersection(&against).cloned().collect(),
            });
            if seen.insert(parent.id) {
                next.push(Next(parent));
            }
        }
        match changed {
            Some(changed) => Ok(changed),
            None => self.differing(own, None),
        }
    }

    /// The files of one folder that are not the same in the other. Folders that are the same are not looked into.
    fn differing(&self, one: Option<Id>, other: Option<Id>) -> Result<BTreeSet<FilePath>, Unread> {
        let mut files = BTreeSet::new();
        let mut folders = vec![(String::new(), one, other)];
        while let Some((path, one, other)) = folders.pop() {
            if one == other {
                continue;
            }
            let Some(one) = one else { continue };
            let before = match other {
                Some(other) => self.folder(other)?,
                None => BTreeMap::new(),
            };
            for (name, entry) in self.folder(one)? {
                let old = before.get(&name);
                if old == Some(&entry) {
                    continue;
                }
                let path = if path.is_empty() { name } else { format!("{path}/{name}") };
                if entry.is_folder {
                    let old = old.filter(|old| old.is_folder).map(|old| old.id);
                    folders.push((path, Some(entry.id), old));
                } else {
                    files.extend(FilePath::new(&path));
                }
            }
        }
        Ok(files)
    }
}
