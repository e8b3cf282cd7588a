//! The history of a playbook, read from the files of its repository. No program is run and nothing is written: a build stays free of whatever a repository could be told to execute.
//!
//! 1. [`Repository::find`] looks for the repository that holds a folder
//! 2. [`Repository::revision`] finds a commit by day, tag, branch or number
//! 3. [`Repository::files`] gives the playbook as it was at a commit, [`Repository::changes`] when each file of today was last changed, and by whom
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a door to the disk, like `disk.rs`")]

mod commit;
mod object;
mod pack;
#[cfg(test)]
mod tests;
mod tree;
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use commit::Commit;
pub use object::Id;
use object::{Kind, Objects};
pub use walk::{Changed, Changes};

use super::Date;
use crate::text::FilePath;

/// Most bytes of a file that lists references.
const MOST_REFERENCES: u64 = 32_000_000;

/// Why a history cannot be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The playbook lies in no repository.
    None,
    /// There is no commit yet.
    Empty,
    /// There is no such day, tag, branch or commit.
    Unknown(String),
    /// The first commit is later than the day.
    Before(Date),
    /// The beginning of a commit's number fits several.
    Ambiguous(String),
    /// The history was cut off when it was copied: what was asked for is not here.
    Shallow,
    /// Made in a way that this program does not read: what.
    Format(&'static str),
    /// Something is missing or damaged: what.
    Damaged(String),
    /// Larger than the limit: what, and the limit.
    Limit(&'static str, u64),
}

/// The repository in which a playbook lies.
#[derive(Debug)]
pub struct Repository {
    /// Where `HEAD` stands.
    own: PathBuf,
    /// Where everything stands that work trees share.
    common: PathBuf,
    /// The playbook's folder below the root of the work tree; empty for the root.
    prefix: FilePath,
    objects: Objects,
    /// Commits whose parents were not copied.
    shallow: Vec<Id>,
}

impl Repository {
    /// The repository that holds a folder, which is absolute and without links.
    ///
    /// # Errors
    /// When there is none, or it is of a kind that is not read.
    pub fn find(root: &Path) -> Result<Self, Unread> {
        for folder in root.ancestors() {
            let entry = folder.join(".git");
            let Ok(found) = fs::symlink_metadata(&entry) else { continue };
            let below = root.strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or_default();
            let prefix = FilePath::new(&below.replace(std::path::MAIN_SEPARATOR, "/"))
                .ok_or(Unread::Format("the path of the folder"))?;
            let own = if found.is_dir() {
                entry
            } else if found.is_file() {
                // A work tree or a submodule: the file says where its repository is.
                let text = small(&entry)?;
                let named = text.trim().strip_prefix("gitdir:").map(str::trim);
                folder.join(named.ok_or_else(|| Unread::Damaged(".git".to_owned()))?)
            } else {
                continue;
            };
            return Self::open(own, prefix);
        }
        Err(Unread::None)
    }

    fn open(own: PathBuf, prefix: FilePath) -> Result<Self, Unread> {
        if !own.join("HEAD").is_file() {
            return Err(Unread::Damaged("HEAD".to_owned()));
        }
        let common = match small(&own.join("commondir")) {
            Ok(path) => own.join(path.trim()),
            Err(_) => own.clone(),
        };
        let config = small(&common.join("config")).unwrap_or_default().to_lowercase();
        let says = |key: &str, value: &str| {
            config
                .lines()
                .filter_map(|line| line.split_once('='))
                .any(|(name, set)| name.trim() == key && set.trim() == value)
        };
        if says("objectformat", "sha256") {
            return Err(Unread::Format("SHA-256"));
        }
        if says("refstorage", "reftable") {
            return Err(Unread::Format("reftable"));
        }
        let shallow = small(&common.join("shallow")).unwrap_or_default();
        let shallow = shallow.lines().filter_map(Id::parse).collect();
        let objects = Objects::open(&common.join("objects"));
        Ok(Self { own, common, prefix, objects, shallow })
    }

    /// The commit of today: what `HEAD` names.
    ///
    /// # Errors
    /// When there is none yet, or it cannot be read.
    pub fn head(&self) -> Result<Commit, Unread> {
        let head = small(&self.own.join("HEAD"))?;
        let id = match head.trim().strip_prefix("ref:") {
            Some(name) => self.reference(name.trim()).ok_or(Unread::Empty)?,
            None => Id::parse(head.trim()).ok_or_else(|| Unread::Damaged("HEAD".to_owned()))?,
        };
        self.commit(id)
    }

    /// Whether the history ends before its beginning.
    pub fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    /// The state that people mean: a day (`2026-09-01`: the last commit before it), a tag, a branch, the beginning of a commit's number.
    ///
    /// # Errors
    /// When there is no such state, or it cannot be read.
    pub fn revision(&self, name: &str) -> Result<Commit, Unread> {
        let name = name.trim();
        if let Some(day) = name.parse::<Date>().ok().filter(|_| name.len() == "2026-01-01".len()) {
            return self.before(day);
        }
        let is_path = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        let is_plain = is_path && !name.contains(['\\', ':', '~', '^', '?', '*', '[', ' ']);
        if !is_plain || name.is_empty() {
            return Err(Unread::Unknown(name.to_owned()));
        }
        if name == "HEAD" {
            return self.head();
        }
        for folder in ["refs/tags/", "refs/heads/", "refs/remotes/origin/", "refs/remotes/"] {
            if let Some(id) = self.reference(&format!("{folder}{name}")) {
                return self.commit(id);
            }
        }
        let is_number = (4..=40).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_number {
            return Err(Unread::Unknown(name.to_owned()));
        }
        match self.objects.starting(&name.to_ascii_lowercase()).as_slice() {
            [] => Err(Unread::Unknown(name.to_owned())),
            [id] => self.commit(*id),
            _ => Err(Unread::Ambiguous(name.to_owned())),
        }
    }

    /// Names that [`Repository::revision`] knows, for suggestions: tags and branches.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (name, _) in self.packed() {
            names.push(name);
        }
        for folder in ["refs/tags", "refs/heads"] {
            let entries = fs::read_dir(self.common.join(folder)).into_iter().flatten().flatten();
            for entry in entries.take(1000) {
                names.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
            }
        }
        let short = |name: &String| {
            let name = name.strip_prefix("refs/tags/").or_else(|| name.strip_prefix("refs/heads/"));
            name.map(str::to_owned)
        };
        let mut names: Vec<String> = names.iter().filter_map(short).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The last commit before a day, along first parents: the line of the branch itself.
    fn before(&self, day: Date) -> Result<Commit, Unread> {
        let mut commit = self.head()?;
        for _ in 0..walk::MOST_COMMITS {
            if commit.day() < day {
                return Ok(commit);
            }
            if self.shallow.contains(&commit.id) {
                return Err(Unread::Shallow);
            }
            match commit.parents.first() {
                Some(parent) => commit = self.commit(*parent)?,
                None => return Err(Unread::Before(commit.day())),
            }
        }
        Err(Unread::Limit("commits", walk::MOST_COMMITS as u64))
    }

    fn commit(&self, id: Id) -> Result<Commit, Unread> {
        // A tag with a text of its own names an object that names the commit.
        let mut id = id;
        for _ in 0..8 {
            match self.objects.read(id)? {
                (Kind::Commit, bytes) => return Commit::read(id, &bytes),
                (Kind::Tag, bytes) => {
                    let text = String::from_utf8_lossy(&bytes);
                    let named = text.lines().next().and_then(|line| line.strip_prefix("object "));
                    id = named.and_then(Id::parse).ok_or_else(|| Unread::Damaged(id.to_string()))?;
                }
                _ => return Err(Unread::Unknown(id.to_string())),
            }
        }
        Err(Unread::Damaged(id.to_string()))
    }

    /// What a reference names, loose or packed.
    fn reference(&self, name: &str) -> Option<Id> {
        let mut name = name.to_owned();
        for _ in 0..5 {
            let is_safe = name.starts_with("refs/") && !name.split('/').any(|part| part == "..");
            if !is_safe {
                return None;
            }
            let places = [self.own.join(&name), self.common.join(&name)];
            let Some(text) = places.iter().find_map(|place| small(place).ok()) else {
                return self.packed().into_iter().find(|(other, _)| *other == name).map(|(_, id)| id);
            };
            match text.trim().strip_prefix("ref:") {
                Some(other) => other.trim().clone_into(&mut name),
                None => return Id::parse(text.trim()),
            }
        }
        None
    }

    fn packed(&self) -> Vec<(String, Id)> {
        let text = small(&self.common.join("packed-refs")).unwrap_or_default();
        let line = |line: &str| {
            let (id, name) = line.split_once(' ')?;
            Some((name.to_owned(), Id::parse(id)?))
        };
        text.lines().filter_map(line).collect()
    }

    /// The files of the playbook as they were at a commit: paths below the playbook's folder and their bytes. Of files that `wanted` does not want, and of larger ones, only the name.
    ///
    /// # Errors
    /// When something of it is missing.
    pub fn files(
        &self,
        commit: &Commit,
        wanted: impl Fn(&FilePath) -> bool,
    ) -> Result<BTreeMap<FilePath, Vec<u8>>, Unread> {
        let mut files = BTreeMap::new();
        for (path, id) in self.listing(commit.tree)? {
            let bytes = if wanted(&path) { self.objects.read(id)?.1 } else { Vec::new() };
            files.insert(path, bytes);
        }
        Ok(files)
    }
}

/// The text of a small file.
fn small(path: &Path) -> Result<String, Unread> {
    let damaged = || Unread::Damaged(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    let found = fs::metadata(path).map_err(|_| damaged())?;
    if !found.is_file() || found.len() > MOST_REFERENCES {
        return Err(damaged());
    }
    let bytes = fs::read(path).map_err(|_| damaged())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
