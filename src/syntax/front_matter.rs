//! Cuts the front matter off a Markdown file.
use std::ops::Range;
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign { Toml, Json, Js }
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter { pub yaml: Option<Range<usize>>, pub body: usize, pub foreign: Option<Foreign>, pub unclosed: bool }
pub fn cut(text: &str) -> FrontMatter {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next() else { return FrontMatter::default() };
    if first.trim_end() != "---" { return FrontMatter::default(); }
    let start = first.len();
    let mut at = start;
    for line in lines {
        let bare = line.trim_end();
        if bare == "---" || bare == "..." {
            return FrontMatter { yaml: Some(start..at), body: at + line.len(), foreign: None, unclosed: false };
        }
        at += line.len();
    }
    FrontMatter::default()
}
