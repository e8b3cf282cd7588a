//! One build at a time in an output. The kernel keeps the lock and lets go of it when its owner dies, so there is no stale lock to guess about.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The lock, held until dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Closing it lets go of the lock.
    _file: File,
}

/// Why there is no lock.
#[derive(Debug)]
pub enum Unlocked {
    /// Another process has it: its number when it could be read.
    Held(Option<u32>),
    /// The system refused.
    System(io::Error),
}

impl From<io::Error> for Unlocked {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// How often a lock is tried that somebody deletes while we take it.
const TRIES: usize = 1000;

impl Lock {
    /// Takes the lock of this path, without waiting.
    pub fn take(path: &Path) -> Result<Self, Unlocked> {
        for _ in 0..TRIES {
            let mut file = open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Unlocked::Held(owner(file))),
                // A file system without locks (some network folders): better an unguarded build than none.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            // Whoever had the lock before may have deleted the file between our opening and our locking; then we hold a lock that nobody else will see.
            if still_there(&file, path)? {
                file.set_len(0)?;
                writeln!(file, "{}", std::process::id())?;
                return Ok(Self { path: path.to_owned(), _file: file });
            }
        }
        // Others keep taking it before us, or this file system shows a file differently open and by name.
        Err(Unlocked::Held(None))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only where `still_there` sees that the file is gone.
        if cfg!(unix) {
            // A lock file that stays does no harm.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(super::swap::NO_FOLLOW);
    }
    options.open(path)
}

fn owner(mut file: File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(unix)]
fn still_there(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let held = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(named) => Ok(named.ino() == held.ino() && named.dev() == held.dev()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn still_there(_file: &File, _path: &Path) -> io::Result<bool> {
    Ok(true)
}
