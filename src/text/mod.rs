//! Floor 1: places in sources, paths, names and suggestions. Knows nothing of files or of the subject.

mod csv;
mod name;
mod path;
mod place;
mod source;
mod suggestion;

pub use csv::csv_line;
pub use name::{capital, fold, slug};
pub use path::{FilePath, PagePath, is_device};
pub use place::{Place, SourceId, Span, Spanned};
pub use source::{Position, Source, Sources};
pub use suggestion::nearest;
