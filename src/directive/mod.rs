//! Floor 7: blocks in texts that show a part of the playbook: what they ask for, read and checked once. Each edition works its own answer out of its own book.

mod calendar;
mod filter;
mod flow;
mod list;
mod matrix;
mod params;
mod scorecard;
mod tree;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::finding::{Code, Reported};
use crate::insight::{Book, Called};
use crate::model::{Playbook, Resolved};
use crate::syntax::{Entry, Filling, Node, Tree, yaml};
use crate::text::{Place, SourceId, Span, Spanned, fold};
use crate::words;

pub use calendar::Calendar;
pub use flow::{Flow, FlowStep, Named};
pub use list::{Column, Form, List, Order};
pub use matrix::Matrix;
pub use scorecard::Scorecard;
pub use tree::Tree as EntityTree;

/// Codes of this part.
pub static CODES: &[&Code] = &[
    &params::UNKNOWN_PARAMETER,
    &params::PARAMETER_VALUE,
    &params::MISSING_PARAMETER,
    &params::UNKNOWN_KIND,
    &params::UNKNOWN_FACET,
    &params::UNKNOWN_ENTITY,
    &params::NO_MATCH,
    &params::UNRELATED,
    &flow::UNKNOWN_STEP,
    &flow::UNREACHED_STEP,
    &flow::ONE_ANSWER,
];

/// What a block asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Directive {
    /// Entities of a kind.
    List(List),
    /// Two kinds against each other.
    Matrix(Matrix),
    /// What hangs on an entity.
    Tree(EntityTree),
    /// What has a day in a window.
    Calendar(Calendar),
    /// Objectives with their targets.
    Scorecard(Scorecard),
    /// Steps and where they lead.
    Flow(Flow),
}

/// All blocks of a playbook, by the place of their text.
#[derive(Clone, Debug, Default)]
pub struct Directives {
    blocks: BTreeMap<(Span, String), Block>,
}

/// A block that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it asks for.
    pub directive: Directive,
    /// Which block of its file it is, from 1: no two on a page have the same.
    pub number: usize,
}

impl Directives {
    /// The block with this text at this place: all blocks in one field of a YAML file have the place of the field.
    pub fn block(&self, text: &Spanned<String>) -> Option<&Block> {
        if self.blocks.is_empty() {
            return None;
        }
        self.blocks.get(&(text.span, text.value.clone()))
    }
}

/// A sort of block: its names, the parameter that is meant when a block is one word, and its reader.
struct Sort {
    names: &'static [&'static str],
    short: &'static str,
    read: fn(&mut params::Reader<'_>, &Spanned<String>, &Node) -> Option<Directive>,
}

/// One line for each sort of block.
#[rustfmt::skip]
static SORTS: &[Sort] = &[
    Sort { names: &["list", "lista"], short: "of", read: list::read },
    Sort { names: &["matrix", "matriz"], short: "rows", read: matrix::read },
    Sort { names: &["tree", "arbol"], short: "from", read: tree::read },
    Sort { names: &["calendar", "calendario"], short: "months", read: calendar::read },
    Sort { names: &["scorecard", "cuadro"], short: "objectives", read: scorecard::read },
    Sort { names: &["flow", "flujo"], short: "steps", read: flow::read },
];

/// Reads every block of a playbook. The book is that of all of it.
pub fn read(playbook: &Playbook<Resolved>, book: Book<'_>) -> Reported<Directives> {
    let mut asked: Vec<(&Sort, Spanned<String>, Spanned<String>)> = Vec::new();
    playbook.for_each_passage(&mut |passage| {
        for hole in &passage.prose.holes {
            let Filling::Block { name, text } = &hole.filling else { continue };
            let folded = fold(&name.value);
            if let Some(sort) = SORTS.iter().find(|sort| sort.names.contains(&folded.as_str())) {
                asked.push((sort, name.clone(), text.clone()));
            }
        }
    });
    if asked.is_empty() {
        return Reported::new(Directives::default(), Vec::new());
    }
    let mut reader = params::Reader { book, called: Called::of(book), findings: Vec::new() };
    let mut directives = Directives::default();
    let mut numbers: BTreeMap<SourceId, usize> = BTreeMap::new();
    for (sort, name, text) in asked {
        let told = reader.findings.len();
        let start = text.span.start as usize;
        let node = yaml::parse(&text.value, text.span.source, start, &mut reader.findings)
            .unwrap_or(Node { span: text.span, tree: Tree::Map(Vec::new()) });
        let node = spelled_out(node, sort.short);
        if let Some(directive) = (sort.read)(&mut reader, &name, &node) {
            let number = numbers.entry(text.span.source).or_default();
            *number += 1;
            let block = Block { directive, number: *number };
            directives.blocks.insert((text.span, text.value.clone()), block);
        }
        // Within a field of YAML, a list or a quote the text is not the source byte for byte: then the block is the place.
        if text.value.len() != text.span.end as usize - start {
            for finding in reader.findings.iter_mut().skip(told) {
                finding.place = Place::Span(text.span);
                finding.also.clear();
                if let Some(meant) = finding.replacement.take() {
                    finding.help = Some(words!("did you mean `{meant}`?", "¿querías decir `{meant}`?"));
                }
            }
        }
    }
    Reported::new(directives, reader.findings)
}

/// A block of one word says its first parameter.
fn spelled_out(node: Node, key: &str) -> Node {
    match node.tree {
        Tree::Scalar(..) | Tree::List(_) => {
            let span = node.span;
            let entry = Entry { key: Spanned::new(key.to_owned(), span), value: node };
            Node { span, tree: Tree::Map(vec![entry]) }
        }
        Tree::Map(_) | Tree::Null => node,
    }
}
