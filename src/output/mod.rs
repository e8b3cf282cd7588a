//! Floor 10: staged writing. A site goes live as a whole or not at all, and nothing that the program did not make is deleted or overwritten.
//!
//! 1. [`begin`] looks at the target, refuses what is not ours to replace, takes the lock, cleans up after builds that were killed, and makes a staging folder beside the target.
//! 2. [`Staging::put`] takes the files, from many threads. A file that is byte for byte the one already published is only noted.
//! 3. [`Staging::publish`] links the unchanged files in, writes the manifest, brings everything to the disk and swaps the folders in one step of the file system.
//!
//! Until that step the old site is untouched; a staging dropped before it leaves nothing behind. Beside a target `site` there may stand for a while
//! `.site.portolan-lock`, `.site.portolan-staging-…` and (where the system cannot exchange two folders) `.site.portolan-old-…`; a build that is killed leaves them to the next one.
#![allow(clippy::disallowed_methods, reason = "this part writes the site, and removes what it made")]

mod error;
mod fit;
mod guard;
mod lock;
mod manifest;
mod parcel;
mod staging;
mod survey;
mod swap;
#[cfg(test)]
mod tests;

pub use error::{Attempt, OutputError, Refusal};
pub use fit::Unfit;
pub use guard::Guard;
pub use manifest::MANIFEST;
pub use parcel::{Parcel, pack};
pub use staging::{Published, Staging, begin};

/// What the manifest says of a site besides its files. No date: the same input gives the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// The edition: `public`, `staff` …
    pub edition: &'a str,
    /// Program and version.
    pub generator: &'a str,
}
