//! Floor 3: bytes → text → trees with places. The only files that name the libraries for YAML, Markdown, zips and workbooks.

pub mod archive;
mod blocks;
mod container;
mod decode;
pub mod front_matter;
pub mod markdown;
mod prose;
mod rows;
pub mod table;
mod tree;
pub mod workbook;
pub mod yaml;

pub use blocks::{Block, blocks, main_table};
pub use container::Container;
pub use decode::{decode, encoding_of};
pub use front_matter::{Foreign, FrontMatter};
pub use markdown::{Origin, Reading, escape};
pub use prose::{Filling, Heading, Hole, Prose, Target};
pub use table::{Grid, Table};
pub use tree::{Entry, Node, Style, Tree};

use crate::finding::Code;

/// The codes of this floor, in groups.
pub static CODES: &[&[&Code]] =
    &[decode::CODES, yaml::CODES, front_matter::CODES, table::CODES, blocks::CODES, &markdown::CODES];
