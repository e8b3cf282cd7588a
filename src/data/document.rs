//! A file of the data folder → the texts in it, each with its places.

use crate::finding::Finding;
use crate::syntax::decode;
use crate::text::{FilePath, SourceId, Sources};
use crate::world::World;

/// One text with places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its text.
    pub source: SourceId,
    /// The file that holds it.
    pub path: FilePath,
    /// Its name in the file, when that holds several.
    pub member: Option<String>,
    /// From a workbook: numbers with a decimal point, dates with the year first.
    pub exact: bool,
}

/// The documents of a file; none when it cannot be read as tables.
pub fn open(
    world: &dyn World,
    path: &FilePath,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Vec<Document> {
    if !path.has_extension(&["csv", "tsv"]) {
        return Vec::new();
    }
    let Ok(bytes) = world.read(path) else { return Vec::new() };
    let text = decode(bytes, path, findings);
    let source = sources.add(path.clone(), text);
    vec![Document { source, path: path.clone(), member: None, exact: false }]
}
