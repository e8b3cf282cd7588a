//! The new site while it is made, and the moment when it goes live.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::error::{Attempt, Attempted, OutputError, Refusal};
use super::guard::{Guard, Site, read_manifest};
use super::lock::{Lock, Unlocked};
use super::manifest::{MANIFEST, Manifest, Record, STAGING};
use super::{Stamp, fit, survey, swap};
use crate::text::PagePath;

/// A site being made beside the published one. Dropped before [`Staging::publish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    site: Site,
    folder: PathBuf,
    /// The old site, and the text of its manifest.
    old: Option<(Manifest, String)>,
    /// The new one, without files.
    new: Manifest,
    ledger: Mutex<Ledger>,
    kept: Vec<PathBuf>,
    is_live: bool,
    /// Held until everything else is done; only then are the folders above empty.
    _lock: Lock,
    _parents: Parents,
}

/// What a build did to the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that are as before, their date too.
    pub unchanged: usize,
    /// Files of the old site that the new one has not.
    pub removed: usize,
    /// The edition that stood in this folder, when it was another one.
    pub replaced_edition: Option<String>,
    /// Hidden folders beside the site with files that appeared in the old site while it was being replaced, or lay in the leftovers of a killed build. Nearly always empty.
    pub kept: Vec<PathBuf>,
}

type Exchange = fn(&Path, &Path) -> io::Result<()>;

/// What was put so far.
#[derive(Debug, Default)]
struct Ledger {
    /// Folded path → the path as first spelled, for files and folders (which end in a slash).
    spellings: BTreeMap<String, String>,
    files: BTreeMap<String, Entry>,
    /// Files of the old site that somebody has changed.
    edited: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    record: Record,
    is_unchanged: bool,
}

/// How a file of the old site compares with the new one.
enum Old {
    Same,
    Other,
    Edited,
}

/// Starts a new site in the place of this folder, which need not exist.
///
/// # Errors
/// When the folder is not ours to replace, another build is at work there, or the system refuses. Nothing was changed then.
pub fn begin(target: &Path, guard: &Guard, stamp: Stamp<'_>) -> Result<Staging, OutputError> {
    let site = Site::new(target, guard)?;
    let parents = Parents::make(site.parent())?;
    let lock_path = site.beside("lock");
    let lock = Lock::take(&lock_path).map_err(|unlocked| match unlocked {
        Unlocked::Held(process) => OutputError::Busy { target: site.asked.clone(), process },
        Unlocked::System(error) => OutputError::System { file: lock_path, attempt: Attempt::Lock, error },
    })?;
    let kept = clean_up(&site)?;
    let old = site.published()?;
    let folder = site.beside(&unique("staging"));
    fs::create_dir(&folder).attempted(Attempt::Folder, &folder)?;
    let staging = Staging {
        site,
        folder,
        old,
        new: Manifest::new(stamp),
        ledger: Mutex::default(),
        kept,
        is_live: false,
        _lock: lock,
        _parents: parents,
    };
    staging.write(MANIFEST, STAGING.as_bytes())?;
    Ok(staging)
}

impl Staging {
    /// Adds a file. May be called from many threads.
    ///
    /// # Errors
    /// When the path is unfit or collides with one that was put before, or the system refuses. The staging is then to be dropped.
    pub fn put(&self, path: &PagePath, bytes: &[u8]) -> Result<(), OutputError> {
        let path = path.as_str();
        fit::check(path).map_err(|reason| OutputError::Unfit { path: path.to_owned(), reason })?;
        self.ledger().claim(path)?;
        let record = Record { hash: blake3::hash(bytes), size: bytes.len() as u64 };
        let old = self.compare(path, bytes).attempted(Attempt::Look, &self.site.target.join(path))?;
        match old {
            Old::Same | Old::Edited => {}
            Old::Other => self.write(path, bytes)?,
        }
        let mut ledger = self.ledger();
        if matches!(old, Old::Edited) {
            ledger.edited.insert(path.to_owned());
        }
        ledger.files.insert(path.to_owned(), Entry { record, is_unchanged: matches!(old, Old::Same) });
        Ok(())
    }

    /// Adds files of the old site, all or none: gives whether they are there, unchanged since they were made.
    ///
    /// # Errors
    /// As [`Staging::put`].
    pub fn take_over(&self, paths: &[PagePath]) -> Result<bool, OutputError> {
        let Some((old, _)) = &self.old else { return Ok(false) };
        let record = |path: &PagePath| {
            let record = *old.files.get(path.as_str())?;
            let bytes = read(&self.site.target.join(path.as_str()), record.size).ok()??;
            (blake3::hash(&bytes) == record.hash).then_some(record)
        };
        let Some(records) = paths.iter().map(record).collect::<Option<Vec<Record>>>() else {
            return Ok(false);
        };
        for (path, record) in paths.iter().zip(records) {
            let mut ledger = self.ledger();
            ledger.claim(path.as_str())?;
            ledger.files.insert(path.as_str().to_owned(), Entry { record, is_unchanged: true });
        }
        Ok(true)
    }

    /// Puts the new site in the place of the old one, in one step.
    ///
    /// # Errors
    /// When files of the old site were changed by hand, or the system refuses. The old site is then as it was.
    pub fn publish(self) -> Result<Published, OutputError> {
        self.publish_by(swap::exchange)
    }

    /// [`Staging::publish`] with a given way to exchange two folders.
    pub(super) fn publish_by(mut self, exchange: Exchange) -> Result<Published, OutputError> {
        let ledger = std::mem::take(&mut *self.ledger());
        let stale = self.stale(&ledger);
        let edited = self.edited(&ledger, &stale)?;
        if !edited.is_empty() {
            return Err(self.site.refused(Refusal::Edited(edited)));
        }
        let (unchanged, written): (Vec<_>, Vec<_>) =
            ledger.files.iter().partition(|(_, entry)| entry.is_unchanged);
        self.new.files = ledger.files.iter().map(|(path, entry)| (path.clone(), entry.record)).collect();
        let published = Published {
            written: written.len(),
            unchanged: unchanged.len(),
            removed: stale.len(),
            replaced_edition: self.replaced_edition(),
            kept: Vec::new(),
        };
        let text = self.new.text();
        if self.old.as_ref().is_some_and(|(_, old)| written.is_empty() && *old == text) {
            return Ok(Published { kept: std::mem::take(&mut self.kept), ..published });
        }
        unchanged.par_iter().try_for_each(|(path, entry)| self.keep(path, entry.record))?;
        self.write_manifest(&text)?;
        let mut files: Vec<String> = written.into_iter().map(|(path, _)| path.clone()).collect();
        files.push(MANIFEST.to_owned());
        swap::sync(&self.folder, &files).attempted(Attempt::Sync, &self.folder)?;
        let aside = self.go_live(exchange)?;
        if let Some(aside) = aside {
            let old = self.old.take().map(|(old, _)| old).unwrap_or_default();
            self.kept.extend(put_away(&self.site, &aside, &old));
        }
        Ok(Published { kept: std::mem::take(&mut self.kept), ..published })
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A thread that panicked while holding it cannot have left it half changed in a way that matters: its build fails.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Compares with the file of the old site, and that with its manifest.
    fn compare(&self, path: &str, bytes: &[u8]) -> io::Result<Old> {
        let Some(record) = self.old.as_ref().and_then(|(old, _)| old.files.get(path)) else {
            return Ok(Old::Other);
        };
        Ok(match read(&self.site.target.join(path), record.size) {
            Ok(Some(old)) if old == bytes => Old::Same,
            Ok(Some(old)) if blake3::hash(&old) == record.hash => Old::Other,
            Ok(_) => Old::Edited,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Old::Other,
            Err(error) => return Err(error),
        })
    }

    /// Paths of the old site that the new one has not.
    fn stale(&self, ledger: &Ledger) -> Vec<(String, Record)> {
        let old = self.old.iter().flat_map(|(old, _)| &old.files);
        old.filter(|(path, _)| !ledger.files.contains_key(*path))
            .map(|(path, record)| (path.clone(), *record))
            .collect()
    }

    /// Files of the old site, to be replaced or removed, that are not as we made them; sorted.
    fn edited(&self, ledger: &Ledger, stale: &[(String, Record)]) -> Result<Vec<String>, OutputError> {
        let check = |(path, record): &(String, Record)| {
            let full = self.site.target.join(path);
            match read(&full, record.size) {
                Ok(Some(bytes)) if blake3::hash(&bytes) == record.hash => Ok(None),
                Ok(_) => Ok(Some(path.clone())),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error).attempted(Attempt::Look, &full),
            }
        };
        let stale: Result<Vec<Option<String>>, OutputError> = stale.par_iter().map(check).collect();
        let mut edited = ledger.edited.clone();
        edited.extend(stale?.into_iter().flatten());
        Ok(edited.into_iter().collect())
    }

    fn replaced_edition(&self) -> Option<String> {
        let (old, _) = self.old.as_ref()?;
        (old.edition != self.new.edition).then(|| old.edition.clone())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let full = self.folder.join(path);
        swap::create_new(&full).and_then(|mut file| file.write_all(bytes)).attempted(Attempt::Write, &full)
    }

    /// Takes an unchanged file over, with its date: as a second name of the same file, or as a copy where the file system has no such names.
    /// Files of a site are never opened for writing again, so two sites can share them.
    fn keep(&self, path: &str, record: Record) -> Result<(), OutputError> {
        let (old, new) = (self.site.target.join(path), self.folder.join(path));
        if swap::with_folder(&new, || fs::hard_link(&old, &new)).is_ok() {
            return Ok(());
        }
        copy(&old, &new, record).attempted(Attempt::Keep, &old)
    }

    /// Puts the manifest, complete or not at all, where the mark of the staging was.
    fn write_manifest(&self, text: &str) -> Result<(), OutputError> {
        let (draft, place) = (".portolan-draft", self.folder.join(MANIFEST));
        self.write(draft, text.as_bytes())?;
        fs::rename(self.folder.join(draft), &place).attempted(Attempt::Write, &place)
    }

    /// The swap. Gives where the old folder is now.
    fn go_live(&mut self, exchange: Exchange) -> Result<Option<PathBuf>, OutputError> {
        let target = self.site.target.clone();
        let aside = if self.site.exists()? {
            // What somebody allowed or forbade for the folder stays so; where that cannot be done, the site still goes live.
            if let Ok(old) = fs::metadata(&target) {
                let _ = fs::set_permissions(&self.folder, old.permissions());
            }
            match exchange(&self.folder, &target) {
                Ok(()) => Some(self.folder.clone()),
                Err(error) if swap::is_unknown(&error) => {
                    let aside = self.site.beside(&unique("old"));
                    swap::set_aside(&self.folder, &target, &aside).attempted(Attempt::Swap, &target)?;
                    Some(aside)
                }
                Err(error) => return Err(error).attempted(Attempt::Swap, &target),
            }
        } else {
            fs::rename(&self.folder, &target).attempted(Attempt::Swap, &target)?;
            None
        };
        self.is_live = true;
        // The site is live whatever this says; after a power cut there is the old or the new one.
        let _ = swap::sync_folder(self.site.parent());
        Ok(aside)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.is_live {
            // What cannot be removed now, the next build removes.
            let _ = survey::discard(&self.folder);
        }
    }
}

impl Ledger {
    /// Takes a path, when neither it nor a folder of it is the same to some file system as one that was taken before.
    fn claim(&mut self, path: &str) -> Result<(), OutputError> {
        let collision =
            |other: &String| Err(OutputError::Collision { path: path.to_owned(), other: other.clone() });
        let key = fit::folded(path);
        if let Some(other) = self.spellings.get(&key) {
            return collision(other);
        }
        let mut rest = path;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            let key = fit::folded(folder);
            match self.spellings.get(&key) {
                // Taken before, with all folders above it.
                Some(known) if known.strip_suffix('/') == Some(folder) => break,
                Some(other) => return collision(other),
                None => self.spellings.insert(key, format!("{folder}/")),
            };
            rest = folder;
        }
        self.spellings.insert(key, path.to_owned());
        Ok(())
    }
}

/// Restores and removes what killed builds left beside the target. We hold the lock, so none of it is in use. Gives the folders with foreign files in them.
fn clean_up(site: &Site) -> Result<Vec<PathBuf>, OutputError> {
    let mut kept = Vec::new();
    for old in site.all_beside("old-").attempted(Attempt::Look, site.parent())? {
        // A build was killed between its two steps: the old site goes back to its place.
        if site.exists()? || !is_site(&old) {
            kept.extend(clean(site, &old)?);
        } else {
            fs::rename(&old, &site.target).attempted(Attempt::Swap, &site.target)?;
        }
    }
    for staging in site.all_beside("staging-").attempted(Attempt::Look, site.parent())? {
        kept.extend(clean(site, &staging)?);
    }
    Ok(kept)
}

fn is_site(folder: &Path) -> bool {
    matches!(read_manifest(folder), Ok(Some(text)) if Manifest::parse(&text).is_ok())
}

fn clean(site: &Site, leftover: &Path) -> Result<Option<PathBuf>, OutputError> {
    let is_folder = fs::symlink_metadata(leftover).attempted(Attempt::Look, leftover)?.is_dir();
    if !is_folder {
        return Ok(None);
    }
    match read_manifest(leftover).attempted(Attempt::Look, leftover)? {
        // Killed before it wrote its mark. If it is not empty, we did not make it.
        None => drop(fs::remove_dir(leftover)),
        // The mark may have been cut short by a power cut.
        Some(text) if STAGING.starts_with(&text) => {
            survey::discard(leftover).attempted(Attempt::Clean, leftover)?;
        }
        Some(text) => {
            if let Ok(manifest) = Manifest::parse(&text) {
                return Ok(put_away(site, leftover, &manifest));
            }
        }
    }
    Ok(None)
}

/// Removes an old site that is no longer at the target. When something foreign is in it, that stays in a folder of its own, which is given back.
fn put_away(site: &Site, folder: &Path, manifest: &Manifest) -> Option<PathBuf> {
    // The new site is live; what cannot be removed now, the next build removes.
    if survey::sweep(folder, manifest).unwrap_or(true) {
        return None;
    }
    let kept = (1..).map(|number| site.beside(&format!("kept-{number}"))).find(|kept| !kept.exists())?;
    fs::rename(folder, &kept).ok()?;
    let _ = fs::remove_file(kept.join(MANIFEST));
    Some(kept)
}

/// A copy with the date of the original, for file systems without hard links.
pub(super) fn copy(old: &Path, new: &Path, record: Record) -> io::Result<()> {
    let modified = fs::symlink_metadata(old)?.modified()?;
    let bytes = read(old, record.size)?.filter(|bytes| blake3::hash(bytes) == record.hash);
    let bytes = bytes.ok_or_else(|| io::Error::other("changed during the build"))?;
    let mut copy = swap::create_new(new)?;
    copy.write_all(&bytes)?;
    copy.set_modified(modified)
}

/// The bytes of a file, or none when it has another size. Never through a link.
fn read(path: &Path, size: u64) -> io::Result<Option<Vec<u8>>> {
    let mut file = swap::open_no_link(path)?;
    if file.metadata()?.len() != size {
        return Ok(None);
    }
    // Of known size, since reading to the end would ask the system three times more.
    let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
    file.read_exact(&mut bytes)?;
    Ok(Some(bytes))
}

/// A name that no other build of this machine uses now.
fn unique(what: &str) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(1);
    format!("{what}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Folders that were made to hold the target, outer first. Those that are empty in the end are removed again.
#[derive(Debug)]
struct Parents(Vec<PathBuf>);

impl Parents {
    /// Makes a folder and those above it.
    fn make(folder: &Path) -> Result<Self, OutputError> {
        let mut made: Vec<PathBuf> =
            folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        made.reverse();
        let parents = Self(made);
        fs::create_dir_all(folder).attempted(Attempt::Folder, folder)?;
        Ok(parents)
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
