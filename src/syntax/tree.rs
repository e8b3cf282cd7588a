//! The tree that YAML (and the rows of a CSV list) become: every key and value with its place, scalars as typed.

use crate::text::{Span, Spanned};

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The whole value; for a block scalar its text lines.
    pub span: Span,
    /// What it is.
    pub tree: Tree,
}

/// What a node is. Scalars stay what was typed (`no`, `014`, `1_000`, `2026-01-02`) until a typed field reads them.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Nothing after the colon, or `~`, or `null`.
    Null,
    /// A word, number, sentence or block of text.
    Scalar(String, Style),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order written; keys are unique (a repeated key is a finding and its first value stays).
    Map(Vec<Entry>),
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a block (`|` or `>`).
    Block,
}

/// A key of a map and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as written.
    pub key: Spanned<String>,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.tree {
            Tree::Scalar(text, _) => Some(text),
            Tree::Null | Tree::List(_) | Tree::Map(_) => None,
        }
    }

    /// The entries of a map; empty for everything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.tree {
            Tree::Map(entries) => entries,
            Tree::Null | Tree::Scalar(..) | Tree::List(_) => &[],
        }
    }

    /// The items of a list; empty for everything else.
    pub fn items(&self) -> &[Node] {
        match &self.tree {
            Tree::List(items) => items,
            Tree::Null | Tree::Scalar(..) | Tree::Map(_) => &[],
        }
    }

    /// The value of an exact key of a map.
    pub fn entry(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }
}
