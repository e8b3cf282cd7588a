//! The exports of the platforms in their true bytes: what is read from them is what was put into them.
//!
//! `expected.txt` beside each is computed by `scripts/make_export_fixtures.py` from its own figures.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::package;

/// A line of `expected.txt`, by the names of its columns.
type Line = BTreeMap<String, String>;

fn cases() -> Vec<PathBuf> {
    let folder = package().join("tests/exports");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of exports")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    cases
}

fn expected(case: &Path) -> Vec<Line> {
    let text = fs::read_to_string(case.join("expected.txt")).expect("expected.txt");
    let mut rows = text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace());
    let header: Vec<&str> = rows.next().expect("a header").collect();
    rows.map(|cells| header.iter().zip(cells).map(|(name, cell)| ((*name).into(), cell.into())).collect()).collect()
}
