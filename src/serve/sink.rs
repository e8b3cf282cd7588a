//! The files of an edition into memory: pages that somebody waits for first, and nothing more once a newer change is known.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Instant;

use crate::finding::Finding;
use crate::pipeline::{MakePage, Sink};
use crate::site::PlannedPage;
use crate::text::PagePath;

use super::stage::Stage;

/// A newer change is known: what is being made would be out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Superseded;

/// Puts files on the stage.
pub struct Memory<'a> {
    /// Where they are shown.
    pub stage: &'a Stage,
    /// Set when there is a newer change.
    pub changed: &'a AtomicBool,
    /// When the first pages could be made: from then on the new site is served.
    pub begun: OnceLock<Instant>,
}

/// Pages that are not made yet.
struct Pending {
    left: Vec<bool>,
    next: usize,
}

impl Pending {
    fn take(&mut self, index: usize) -> Option<usize> {
        let left = self.left.get_mut(index).filter(|left| **left)?;
        *left = false;
        Some(index)
    }

    fn next(&mut self) -> Option<usize> {
        while self.next < self.left.len() {
            self.next += 1;
            if let Some(index) = self.take(self.next - 1) {
                return Some(index);
            }
        }
        None
    }
}

impl Sink for Memory<'_> {
    type Refused = Superseded;

    const LAST: bool = false;

    const COPIES: bool = false;

    fn put(&self, path: &PagePath, bytes: &[u8]) -> Result<(), Superseded> {
        if self.changed.load(Ordering::Relaxed) {
            return Err(Superseded);
        }
        self.stage.put(path.as_str(), bytes);
        Ok(())
    }

    fn pages(
        &self,
        pages: &[PlannedPage],
        make: &MakePage<'_, Superseded>,
    ) -> Result<Vec<Finding>, Superseded> {
        self.begun.get_or_init(Instant::now);
        let places: BTreeMap<&str, usize> =
            pages.iter().enumerate().map(|(index, page)| (page.path.as_str(), index)).collect();
        let pending = Mutex::new(Pending { left: vec![true; pages.len()], next: 0 });
        let take = || {
            while let Some(wanted) = self.stage.wanted(|path| places.contains_key(path)) {
                let mut pending = pending.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(index) = places.get(wanted.as_str()).and_then(|index| pending.take(*index)) {
                    return Some(index);
                }
            }
            pending.lock().unwrap_or_else(PoisonError::into_inner).next()
        };
        let results = rayon::broadcast(|_| {
            let mut found = Vec::new();
            while let Some(index) = take() {
                if let Some(page) = pages.get(index) {
                    found.push((index, make(page)?));
                }
            }
            Ok(found)
        });
        let mut found = Vec::new();
        for result in results {
            found.extend(result?);
        }
        found.sort_by_key(|(index, _)| *index);
        Ok(found.into_iter().flat_map(|(_, findings)| findings).collect())
    }
}
