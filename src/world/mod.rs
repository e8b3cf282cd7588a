//! Floor 2: the only door to files and to today's date. Nothing else in the program opens a file of a playbook or asks the clock.

mod apart;
mod disk;
mod git;
mod memory;
mod rules;

pub use apart::{Helper, Lost, confine};
pub use disk::{DiskOptions, DiskWorld};
pub use git::{Changed, Changes, Commit, Repository, Unread};
pub use jiff::civil::{Date, DateTime};
pub use memory::MemoryWorld;

use crate::text::FilePath;

/// What the program asks of the outside. On disk in use, in memory in tests.
pub trait World: Sync {
    /// Every regular file below the root, sorted by path, and what was refused. Litter of editors and systems, hidden files and folders are left out in silence.
    fn list(&self) -> Listing;

    /// The bytes of a file of the listing. Regular files only, never through a link that leaves the root, never more than the limit.
    ///
    /// # Errors
    /// When the file is not in the listing, was changed into something else meanwhile, or the system refuses.
    fn read(&self, path: &FilePath) -> Result<Vec<u8>, ReadError>;

    /// Lets another process of this program read a workbook, and takes its answer; `None` where there is no program to run, as in tests.
    fn read_apart(&self, _bytes: &[u8]) -> Option<Result<Vec<u8>, Lost>> {
        None
    }

    /// The repository in which the playbook lies; looked for only when somebody wants its history.
    ///
    /// # Errors
    /// When there is none, or it is of a kind that is not read.
    fn repository(&self) -> Result<Repository, Unread> {
        Err(Unread::None)
    }

    /// Today's date: given on the command line, by `SOURCE_DATE_EPOCH`, or by the system.
    fn today(&self) -> Date;

    /// Whether somebody asked for that day: then no setting changes it.
    fn is_today_given(&self) -> bool {
        false
    }
}

/// The files of a playbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Readable files, sorted by path.
    pub files: Vec<FileEntry>,
    /// What is there and is not read, with the reason, sorted by path.
    pub refused: Vec<Refused>,
}

/// A file of the listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Path below the root.
    pub path: FilePath,
    /// Size in bytes.
    pub bytes: u64,
}

/// Something that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Path below the root, as text (a name that is no UTF-8 is shown with `\u{fffd}`).
    pub path: String,
    /// Why.
    pub reason: Refusal,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A link that leads out of the root, or to nothing, or in a circle.
    Link,
    /// A folder behind a link (only links to files inside the root are followed).
    LinkedFolder,
    /// A pipe, socket or device.
    Special,
    /// The name is no UTF-8, or holds control characters or a backslash.
    Name,
    /// Larger than the limit, both in bytes.
    TooLarge {
        /// Measured size.
        size: u64,
        /// The limit for this kind of file.
        limit: u64,
    },
    /// More files than the limit.
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// A folder that lies in more folders than the limit.
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// The system refused, in its own words.
    System(String),
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Which file.
    pub path: FilePath,
    /// Why.
    pub reason: Refusal,
}
