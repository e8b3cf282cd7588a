//! Floor 3: what pages say → the index in which a reader's browser searches. Knows neither entities nor themes.
//!
//! 1. [`Page`] takes the texts of one page, section by section, and keeps its words with their weight; pages can be read in parallel
//! 2. [`index::files`] joins them: words sorted and brought to stems, for each stem the sections in which it stands
//! 3. the browser finds words by their beginning, so it needs no stemmer (`themes/default/search-engine.js`)

mod digits;
mod index;
mod page;
mod stem;
#[cfg(test)]
mod tests;

pub use index::{Site, files};
pub use page::{Page, Weight};
