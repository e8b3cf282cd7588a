//! Where the files of an edition go: into a folder in a build, into memory in a preview.

use rayon::prelude::*;

use crate::finding::Finding;
use crate::output::{OutputError, Staging};
use crate::site::PlannedPage;
use crate::text::PagePath;

/// Makes a page, puts it, and says what was found on the way. May be called from many threads, once for each page.
pub type MakePage<'a, E> = dyn Fn(&PlannedPage) -> Result<Vec<Finding>, E> + Sync + 'a;

/// What takes the files of an edition.
pub trait Sink: Sync {
    /// Why a file is not taken; the making ends with it.
    type Refused: Send;

    /// Whether the process ends soon. Tens of thousands of small values then die with it: taking them apart one by one costs more than it frees.
    const LAST: bool;

    /// Whether smaller copies of pictures are made: they take longer than everything else.
    const COPIES: bool = true;

    /// Whether all these files stood here in the site before, and are taken over as they are. Their names say what is in them.
    ///
    /// # Errors
    /// When one of them cannot be taken.
    fn take_over(&self, _paths: &[PagePath]) -> Result<bool, Self::Refused> {
        Ok(false)
    }

    /// Takes a file. May be called from many threads.
    ///
    /// # Errors
    /// When the file cannot be taken.
    fn put(&self, path: &PagePath, bytes: &[u8]) -> Result<(), Self::Refused>;

    /// Makes pages, each once, in the order that suits it. What was found comes back in the order of the pages.
    ///
    /// # Errors
    /// When one of the pages cannot be put.
    fn pages(
        &self,
        pages: &[PlannedPage],
        make: &MakePage<'_, Self::Refused>,
    ) -> Result<Vec<Finding>, Self::Refused> {
        let found: Vec<Vec<Finding>> = pages.par_iter().map(make).collect::<Result<_, _>>()?;
        Ok(found.into_iter().flatten().collect())
    }
}

impl Sink for Staging {
    type Refused = OutputError;

    const LAST: bool = true;

    fn put(&self, path: &PagePath, bytes: &[u8]) -> Result<(), OutputError> {
        Staging::put(self, path, bytes)
    }

    fn take_over(&self, paths: &[PagePath]) -> Result<bool, OutputError> {
        Staging::take_over(self, paths)
    }
}
