//! Where a site may be written: a folder of its own, never one whose content somebody would miss.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{Attempt, Attempted, OutputError, Refusal};
use super::manifest::{Flaw, MANIFEST, Manifest};
use super::survey::Survey;
use super::swap::open_no_link;

/// The folders that a site must never replace, besides the root of the disk and of repositories.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// The playbook's folder.
    pub source_root: PathBuf,
    /// The home folder of whoever builds, when there is one.
    pub home: Option<PathBuf>,
}

/// The place of a site on disk.
#[derive(Debug)]
pub struct Site {
    /// As asked for, for messages.
    pub asked: PathBuf,
    /// Without links and dots.
    pub target: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl Site {
    /// The place, when none of the fixed rules speaks against it.
    pub fn new(asked: &Path, guard: &Guard) -> Result<Self, OutputError> {
        // Rebuilt from its parts: with a closing slash the system would look through a link.
        let asked: PathBuf = asked.components().collect();
        let refused = |reason| Err(OutputError::Refused { target: asked.clone(), reason });
        let target = match fs::symlink_metadata(&asked) {
            Ok(found) if found.is_symlink() => return refused(Refusal::Link),
            Ok(found) if !found.is_dir() => return refused(Refusal::File),
            Ok(_) => asked.canonicalize(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => missing(&asked),
            Err(error) => Err(error),
        };
        let target = target.attempted(Attempt::Look, &asked)?;
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return refused(Refusal::Root);
        };
        let real = |folder: &Path| folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let source = real(&guard.source_root);
        if target == source {
            return refused(Refusal::Source);
        }
        if source.starts_with(&target) {
            return refused(Refusal::AboveSource);
        }
        if guard.home.as_deref().is_some_and(|home| real(home).starts_with(&target)) {
            return refused(Refusal::Home);
        }
        if fs::symlink_metadata(target.join(".git")).is_ok() {
            return refused(Refusal::Repository);
        }
        let (parent, name) = (parent.to_owned(), name.to_owned());
        Ok(Self { asked, target, parent, name })
    }

    /// The folder that holds the target.
    pub fn parent(&self) -> &Path {
        &self.parent
    }

    /// A hidden path beside the target: `.NAME.portolan-WHAT`.
    pub fn beside(&self, what: &str) -> PathBuf {
        self.parent.join(self.hidden(what))
    }

    /// Everything beside the target whose hidden name starts so, sorted.
    pub fn all_beside(&self, what: &str) -> io::Result<Vec<PathBuf>> {
        let start = self.hidden(what);
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.parent)? {
            let entry = entry?;
            if starts_with(&entry.file_name(), &start) {
                found.push(entry.path());
            }
        }
        found.sort();
        Ok(found)
    }

    fn hidden(&self, what: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".portolan-");
        name.push(what);
        name
    }

    /// Whether there is a folder at the target now.
    pub fn exists(&self) -> Result<bool, OutputError> {
        match fs::symlink_metadata(&self.target) {
            Ok(found) if found.is_symlink() => Err(self.refused(Refusal::Link)),
            Ok(found) if !found.is_dir() => Err(self.refused(Refusal::File)),
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error).attempted(Attempt::Look, &self.target),
        }
    }

    /// What the last build made here: nothing when the folder is missing or empty; an error when there is anything that no build made.
    pub fn published(&self) -> Result<Option<(Manifest, String)>, OutputError> {
        if !self.exists()? {
            return Ok(None);
        }
        let text = match read_manifest(&self.target).attempted(Attempt::Look, &self.target.join(MANIFEST))? {
            Some(text) => text,
            None => {
                let none = Manifest::default();
                let foreign =
                    Survey::new(&self.target, &none).attempted(Attempt::Look, &self.target)?.foreign;
                return if foreign.is_empty() {
                    Ok(None)
                } else {
                    Err(self.refused(Refusal::NotOurs(foreign)))
                };
            }
        };
        let manifest = Manifest::parse(&text).map_err(|flaw| {
            self.refused(match flaw {
                Flaw::Newer => Refusal::NewerManifest,
                Flaw::Damaged => Refusal::DamagedManifest,
            })
        })?;
        let foreign = Survey::new(&self.target, &manifest).attempted(Attempt::Look, &self.target)?.foreign;
        if !foreign.is_empty() {
            return Err(self.refused(Refusal::Foreign(foreign)));
        }
        Ok(Some((manifest, text)))
    }

    /// The error that this place is not one for a site.
    pub fn refused(&self, reason: Refusal) -> OutputError {
        OutputError::Refused { target: self.asked.clone(), reason }
    }
}

/// The text of the manifest in a folder; none when there is no such file. Bytes that are no UTF-8 make a text that does not parse.
pub fn read_manifest(folder: &Path) -> io::Result<Option<String>> {
    use std::io::Read;
    let mut bytes = Vec::new();
    match open_no_link(&folder.join(MANIFEST)).and_then(|mut file| file.read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The real path of something that does not exist: its nearest folder that does, and the rest.
fn missing(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut folder = path.as_path();
    let mut rest = Vec::new();
    loop {
        match folder.canonicalize() {
            Ok(mut real) => {
                real.extend(rest.iter().rev());
                return Ok(real);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // `..` after a folder that does not exist leads nowhere.
                let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
                    return Err(error);
                };
                rest.push(name);
                folder = parent;
            }
            Err(error) => return Err(error),
        }
    }
}

fn starts_with(name: &OsStr, start: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(start.as_encoded_bytes())
}
