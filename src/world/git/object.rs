//! Objects of a repository: loose files and packs.

use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::ZlibDecoder;

use super::Unread;
use super::pack::Pack;

/// Largest object that is read, in bytes.
pub(super) const MOST_BYTES: u64 = 64_000_000;
/// Most folders of objects that refer to one another.
const MOST_FOLDERS: usize = 8;

/// The number of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub(super) [u8; 20]);

impl Id {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 40 {
            return None;
        }
        let mut id = [0; 20];
        for (byte, pair) in id.iter_mut().zip(digits.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(id))
    }

    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        bytes.get(..20)?.try_into().ok().map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Commit,
    Tree,
    Blob,
    Tag,
}

/// All objects of a repository.
#[derive(Debug)]
pub(super) struct Objects {
    folders: Vec<PathBuf>,
    packs: Vec<Pack>,
}

impl Objects {
    pub fn open(folder: &Path) -> Self {
        let mut folders = vec![folder.to_owned()];
        let mut at = 0;
        while let Some(folder) = folders.get(at).cloned() {
            let others = fs::read_to_string(folder.join("info/alternates")).unwrap_or_default();
            for other in others.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let other = folder.join(other);
                if folders.len() < MOST_FOLDERS && !folders.contains(&other) {
                    folders.push(other);
                }
            }
            at += 1;
        }
        let mut names: Vec<PathBuf> = Vec::new();
        for folder in &folders {
            let entries = fs::read_dir(folder.join("pack")).into_iter().flatten().flatten();
            names.extend(
                entries
                    .map(|entry| entry.path())
                    .filter(|path| path.extension().is_some_and(|extension| extension == "idx")),
            );
        }
        names.sort();
        Self { folders, packs: names.iter().filter_map(|name| Pack::open(name)).collect() }
    }

    /// An object, unpacked.
    pub fn read(&self, id: Id) -> Result<(Kind, Vec<u8>), Unread> {
        self.read_within(id, 0)
    }

    pub fn read_within(&self, id: Id, depth: usize) -> Result<(Kind, Vec<u8>), Unread> {
        for pack in &self.packs {
            if let Some(offset) = pack.find(id) {
                return pack.read(offset, self, depth);
            }
        }
        let hex = id.to_string();
        let (folder, name) = hex.split_at(2);
        let file = self.folders.iter().find_map(|objects| File::open(objects.join(folder).join(name)).ok());
        let Some(file) = file else { return Err(Unread::Damaged(hex)) };
        let mut bytes = Vec::new();
        let mut reader = ZlibDecoder::new(file).take(MOST_BYTES + 64);
        reader.read_to_end(&mut bytes).map_err(|_| Unread::Damaged(hex.clone()))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Unread::Limit("bytes", MOST_BYTES));
        }
        let end =
            bytes.iter().take(64).position(|byte| *byte == 0).ok_or_else(|| Unread::Damaged(hex.clone()))?;
        let kind = match bytes.get(..end).unwrap_or_default().split(|byte| *byte == b' ').next() {
            Some(b"commit") => Kind::Commit,
            Some(b"tree") => Kind::Tree,
            Some(b"blob") => Kind::Blob,
            Some(b"tag") => Kind::Tag,
            _ => return Err(Unread::Damaged(hex)),
        };
        bytes.drain(..=end);
        Ok((kind, bytes))
    }

    /// Objects whose number begins so; two are enough.
    pub fn starting(&self, digits: &str) -> Vec<Id> {
        let mut found: Vec<Id> = self.packs.iter().flat_map(|pack| pack.starting(digits)).collect();
        if let Some((folder, rest)) = digits.split_at_checked(2) {
            for objects in &self.folders {
                let entries = fs::read_dir(objects.join(folder)).into_iter().flatten().flatten();
                for entry in entries {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    if name.starts_with(rest) {
                        found.extend(Id::parse(&format!("{folder}{name}")));
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        // Of the objects with one beginning, people mean the commit.
        if found.len() > 1 {
            found.retain(|id| matches!(self.read(*id), Ok((Kind::Commit | Kind::Tag, _))));
        }
        found
    }
}
