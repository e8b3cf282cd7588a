//! Trees: the folders of a commit.

use std::collections::BTreeMap;

use super::object::{Id, Kind};
use super::{Repository, Unread};
use crate::text::FilePath;

/// Most files of a playbook at a commit.
const MOST_FILES: usize = 20_000;
/// Deepest folder.
const MOST_DEPTH: usize = 64;

/// An entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub is_folder: bool,
    pub id: Id,
}

impl Repository {
    /// The entries of a folder: regular files and folders by name. Links and other repositories are no part of a playbook.
    pub(super) fn folder(&self, id: Id) -> Result<BTreeMap<String, Entry>, Unread> {
        let (kind, bytes) = self.objects.read(id)?;
        let damaged = || Unread::Damaged(id.to_string());
        if kind != Kind::Tree {
            return Err(damaged());
        }
        let mut entries = BTreeMap::new();
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == 0).ok_or_else(damaged)?;
            let head = rest.get(..end).unwrap_or_default();
            let id = Id::of(rest.get(end + 1..).unwrap_or_default()).ok_or_else(damaged)?;
            rest = rest.get(end + 21..).unwrap_or_default();
            let space = head.iter().position(|byte| *byte == b' ').ok_or_else(damaged)?;
            let mode = head.get(..space).unwrap_or_default();
            let is_folder = mode == b"40000";
            if !is_folder && !mode.starts_with(b"100") {
                continue;
            }
            if let Ok(name) = std::str::from_utf8(head.get(space + 1..).unwrap_or_default()) {
                entries.insert(name.to_owned(), Entry { is_folder, id });
            }
        }
        Ok(entries)
    }

    /// The folder of the playbook in the tree of a commit; `None` when it was not there.
    pub(super) fn root(&self, tree: Id) -> Result<Option<Id>, Unread> {
        let mut id = tree;
        for part in self.prefix.parts() {
            match self.folder(id)?.get(part) {
                Some(entry) if entry.is_folder => id = entry.id,
                _ => return Ok(None),
            }
        }
        Ok(Some(id))
    }

    /// All files of the playbook in the tree of a commit.
    pub(super) fn listing(&self, tree: Id) -> Result<Vec<(FilePath, Id)>, Unread> {
        let mut files = Vec::new();
        let Some(root) = self.root(tree)? else { return Ok(files) };
        let mut folders = vec![(String::new(), root, 0)];
        while let Some((path, id, depth)) = folders.pop() {
            for (name, entry) in self.folder(id)? {
                let path = if path.is_empty() { name } else { format!("{path}/{name}") };
                if entry.is_folder {
                    if depth < MOST_DEPTH {
                        folders.push((path, entry.id, depth + 1));
                    }
                } else if let Some(file) = FilePath::new(&path).filter(|file| file.as_str() == path) {
                    files.push((file, entry.id));
                }
                if files.len() > MOST_FILES {
                    return Err(Unread::Limit("files", MOST_FILES as u64));
                }
            }
        }
        files.sort();
        Ok(files)
    }
}
