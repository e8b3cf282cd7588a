//! What lies in a folder, against its manifest: ours and foreign. And the removal of what is ours.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{MANIFEST, Manifest};

/// Files that systems drop into every folder that is looked at. They are no reason to refuse a build, and go with the old site.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];

/// The content of a site's folder.
#[derive(Debug, Default)]
pub struct Survey {
    /// Files that we made, and litter; the manifest is not among them.
    ours: Vec<PathBuf>,
    /// Folders that we made, outer before inner.
    folders: Vec<PathBuf>,
    /// What we did not make: paths below the root, sorted, with a closing slash for a folder.
    pub foreign: Vec<String>,
}

impl Survey {
    /// Looks at a folder without following a link. Names decide; what is in a file is compared when the file is about to be replaced.
    pub fn new(root: &Path, manifest: &Manifest) -> io::Result<Self> {
        let mut known = BTreeSet::new();
        for path in manifest.files.keys() {
            let mut folder = path.as_str();
            while let Some((parent, _)) = folder.rsplit_once('/') {
                if !known.insert(parent) {
                    break;
                }
                folder = parent;
            }
        }
        let mut survey = Self::default();
        survey.enter(root, "", manifest, &known)?;
        survey.foreign.sort();
        Ok(survey)
    }

    fn enter(
        &mut self,
        folder: &Path,
        prefix: &str,
        manifest: &Manifest,
        known: &BTreeSet<&str>,
    ) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let name = entry.file_name();
            // A name that is no UTF-8 cannot be in the manifest; it is named as well as it can be.
            let path = format!("{prefix}{}", name.to_string_lossy());
            let readable = name.to_str().is_some();
            if kind.is_dir() {
                if readable && known.contains(path.as_str()) {
                    self.folders.push(entry.path());
                    self.enter(&entry.path(), &format!("{path}/"), manifest, known)?;
                } else {
                    self.foreign.push(format!("{path}/"));
                }
            } else if kind.is_file() && path == MANIFEST {
                // Neither foreign nor to be removed with the rest.
            } else if kind.is_file() && (readable && manifest.files.contains_key(&path) || is_litter(&name)) {
                self.ours.push(entry.path());
            } else {
                self.foreign.push(path);
            }
        }
        Ok(())
    }
}

fn is_litter(name: &OsStr) -> bool {
    LITTER.iter().any(|litter| name == *litter)
}

/// Removes the files that the manifest lists, then the folders that are empty by that, the manifest last (so that a sweep that is cut short can be taken up again).
/// Gives whether nothing is left; what is left is foreign.
pub fn sweep(root: &Path, manifest: &Manifest) -> io::Result<bool> {
    let survey = Survey::new(root, manifest)?;
    survey.ours.par_iter().try_for_each(|file| gone(fs::remove_file(file)))?;
    for folder in survey.folders.iter().rev() {
        match fs::remove_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            done => gone(done)?,
        }
    }
    if !survey.foreign.is_empty() {
        return Ok(false);
    }
    gone(fs::remove_file(root.join(MANIFEST)))?;
    match fs::remove_dir(root) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(false),
        done => gone(done).map(|()| true),
    }
}

/// Removes a staging folder that never went live: all in it is ours. The mark that says so goes last.
pub fn discard(staging: &Path) -> io::Result<()> {
    for entry in fs::read_dir(staging)? {
        let entry = entry?;
        if entry.file_name() == MANIFEST {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    gone(fs::remove_file(staging.join(MANIFEST)))?;
    fs::remove_dir(staging)
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
