//! A playbook in memory, for tests and for what is embedded in the program.

use std::collections::BTreeMap;

use super::rules::{MAX_DEPTH, MAX_FILES, is_litter, limit};
use super::{Date, FileEntry, Listing, ReadError, Refusal, Refused, World};
use crate::text::FilePath;

/// Files in memory, under the same rules as on disk.
#[derive(Clone, Debug)]
pub struct MemoryWorld {
    files: BTreeMap<FilePath, Vec<u8>>,
    refused: Vec<Refused>,
    today: Date,
}

impl MemoryWorld {
    /// Files by path below the root; the last of two with one path counts.
    pub fn new<'n, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (&'n str, B)>, today: Date) -> Self {
        let mut world = Self { files: BTreeMap::new(), refused: Vec::new(), today };
        for (name, bytes) in files {
            let bytes = bytes.into();
            let size = bytes.len() as u64;
            let Some(path) = FilePath::new(name).filter(|path| path.as_str() == name && !name.is_empty())
            else {
                world.refused.push(Refused { path: name.to_owned(), reason: Refusal::Name });
                continue;
            };
            if path.parts().any(is_litter) {
                continue;
            }
            // Told of the folder, once, as on disk.
            let folder = path.parent();
            let parts: Vec<&str> = folder.parts().take(MAX_DEPTH + 1).collect();
            if parts.len() > MAX_DEPTH {
                let refused =
                    Refused { path: parts.join("/"), reason: Refusal::TooDeep { limit: MAX_DEPTH } };
                if !world.refused.contains(&refused) {
                    world.refused.push(refused);
                }
                continue;
            }
            let most = limit(&path);
            if size > most {
                let reason = Refusal::TooLarge { size, limit: most };
                world.refused.push(Refused { path: name.to_owned(), reason });
                continue;
            }
            if world.files.len() >= MAX_FILES {
                let reason = Refusal::TooMany { limit: MAX_FILES };
                world.refused.push(Refused { path: String::new(), reason });
                break;
            }
            world.files.insert(path, bytes);
        }
        world.refused.sort_by(|a, b| a.path.cmp(&b.path));
        world
    }
}

impl World for MemoryWorld {
    fn list(&self) -> Listing {
        let entry = |(path, bytes): (&FilePath, &Vec<u8>)| FileEntry {
            path: path.clone(),
            bytes: bytes.len() as u64,
        };
        Listing { files: self.files.iter().map(entry).collect(), refused: self.refused.clone() }
    }

    fn read(&self, path: &FilePath) -> Result<Vec<u8>, ReadError> {
        self.files.get(path).cloned().ok_or_else(|| ReadError {
            path: path.clone(),
            reason: Refusal::System("there is no such file".to_owned()),
        })
    }

    fn today(&self) -> Date {
        self.today
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_and_read() {
        let today = Date::constant(2026, 1, 2);
        let world = MemoryWorld::new([("b.md", "b"), ("a/c.md", "c"), (".git/x", "x"), ("../d", "d")], today);
        let listing = world.list();
        assert_eq!(
            listing.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
            ["a/c.md", "b.md"]
        );
        assert_eq!(listing.refused, [Refused { path: "../d".into(), reason: Refusal::Name }]);
        assert_eq!(world.read(&FilePath::new("a/c.md").unwrap()).unwrap(), b"c");
        assert!(world.read(&FilePath::new("x").unwrap()).is_err());
        assert_eq!(world.today(), today);
    }

    #[test]
    fn too_deep() {
        let (deep, deeper) = ("d/".repeat(32), "d/".repeat(33));
        let files = [format!("{deep}a.md"), format!("{deeper}a.md"), format!("{deeper}d/a.md")];
        let files = files.iter().map(|path| (path.as_str(), "a"));
        let listing = MemoryWorld::new(files, Date::constant(2026, 1, 2)).list();
        assert_eq!(listing.files.len(), 1);
        let path = deeper.trim_end_matches('/').to_owned();
        assert_eq!(listing.refused, [Refused { path, reason: Refusal::TooDeep { limit: 32 } }]);
    }

    #[test]
    fn too_large() {
        let world = MemoryWorld::new([("a.md", vec![b'a'; 2_000_001])], Date::constant(2026, 1, 2));
        let reason = Refusal::TooLarge { size: 2_000_001, limit: 2_000_000 };
        assert_eq!(world.list().refused, [Refused { path: "a.md".into(), reason }]);
    }
}
