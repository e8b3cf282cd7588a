//! Floor 3: bytes → text → trees with places. The only files that name the libraries for YAML, Markdown and CSV.

mod prose;
mod tree;

pub use prose::{Filling, Heading, Hole, Prose, Target};
pub use tree::{Entry, Node, Style, Tree};
