//! The list of what the program made, kept in the site as `.portolan`: what is not in it is not ours.
//!
//! ```text
//! portolan 1
//! edition public
//! generator portolan 0.1.0
//! files 2
//! 1b2c… 5120 channels/instagram.html
//! 77aa… 9014 index.html
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

use blake3::Hash;

use super::{Stamp, fit};

/// Name of the manifest in the root of a site. A folder with it holds a site and no sources.
pub const MANIFEST: &str = ".portolan";

/// What stands in the place of the manifest while a site is being staged: all in this folder was made by us and never went live.
pub const STAGING: &str = "portolan staging\n";

const FIRST_LINE: &str = "portolan 1";

/// A file as it was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// BLAKE3 of its bytes.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
}

/// The files of a site and how it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The edition.
    pub edition: String,
    /// Program and version.
    pub generator: String,
    /// The files by path, without the manifest itself.
    pub files: BTreeMap<String, Record>,
}

/// Why a file `.portolan` is no manifest of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A version that this program does not know.
    Newer,
    /// Incomplete or changed.
    Damaged,
}

impl Manifest {
    /// A manifest without files.
    pub fn new(stamp: Stamp<'_>) -> Self {
        Self { edition: line(stamp.edition), generator: line(stamp.generator), files: BTreeMap::new() }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(128 * (self.files.len() + 1));
        // Writing to a string does not fail.
        let _ = writeln!(text, "{FIRST_LINE}\nedition {}\ngenerator {}", self.edition, self.generator);
        let _ = writeln!(text, "files {}", self.files.len());
        for (path, record) in &self.files {
            let _ = writeln!(text, "{} {} {path}", record.hash.to_hex(), record.size);
        }
        text
    }

    /// Reads the text of the file; every line must be right, since files are deleted by it.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let mut lines = text.lines();
        let first = lines.next().ok_or(Flaw::Damaged)?;
        if first != FIRST_LINE {
            let version = first.strip_prefix("portolan ").and_then(|version| version.parse::<u32>().ok());
            return Err(if version.is_some() { Flaw::Newer } else { Flaw::Damaged });
        }
        let manifest = Self::parse_rest(&mut lines).ok_or(Flaw::Damaged)?;
        if lines.next().is_some() || !text.ends_with('\n') { Err(Flaw::Damaged) } else { Ok(manifest) }
    }

    fn parse_rest(lines: &mut std::str::Lines<'_>) -> Option<Self> {
        let edition = lines.next()?.strip_prefix("edition ")?.to_owned();
        let generator = lines.next()?.strip_prefix("generator ")?.to_owned();
        let count: usize = lines.next()?.strip_prefix("files ")?.parse().ok()?;
        let mut files = BTreeMap::new();
        for entry in lines.take(count) {
            let (hash, rest) = entry.split_once(' ')?;
            let (size, path) = rest.split_once(' ')?;
            fit::check(path).ok()?;
            let record = Record { hash: Hash::from_hex(hash).ok()?, size: size.parse().ok()? };
            files.insert(path.to_owned(), record);
        }
        (files.len() == count).then_some(Self { edition, generator, files })
    }
}

/// One line: what would end it becomes a space.
fn line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
