//! CSV
use crate::finding::Finding;
use crate::syntax::{Entry, Node, Style, Tree};
use crate::text::{SourceId, Span, Spanned};
#[derive(Debug)]
pub struct Cell { pub span: Span, pub owned: Option<String> }
impl Cell { pub fn raw<'a>(&self, text: &'a str) -> &'a str { text.get(self.span.start as usize..self.span.end as usize).unwrap_or_default() } }
#[derive(Debug)]
pub struct Row { pub span: Span, pub cells: Vec<Cell> }
#[derive(Debug)]
pub struct Table { pub columns: Vec<Spanned<String>>, pub rows: Vec<Row> }
pub fn parse(text: &str, source: SourceId, _offset: usize, _findings: &mut Vec<Finding>) -> Option<Table> {
    let mut at = 0; let mut rows = Vec::new();
    for line in text.split_inclusive('\n') {
        let mut cells = Vec::new(); let mut from = at;
        for part in line.trim_end().split(',') { cells.push(Cell { span: Span::new(source, from, from + part.len()), owned: None }); from += part.len() + 1; }
        if !line.trim().is_empty() { rows.push(Row { span: Span::new(source, at, at + line.trim_end().len()), cells }); }
        at += line.len();
    }
    if rows.is_empty() { return None }
    let head = rows.remove(0);
    Some(Table { columns: head.cells.iter().map(|cell| Spanned::new(cell.raw(text).to_owned(), cell.span)).collect(), rows })
}
impl Table {
    pub fn to_nodes(&self, text: &str) -> Node {
        let items = self.rows.iter().map(|row| Node { span: row.span, tree: Tree::Map(self.columns.iter().zip(&row.cells).filter(|(_, c)| !c.raw(text).trim().is_empty()).map(|(k, c)| Entry { key: k.clone(), value: Node { span: c.span, tree: Tree::Scalar(c.raw(text).trim_matches('"').to_owned(), Style::Plain) } }).collect()) }).collect();
        Node { span: self.rows.first().map(|r| r.span).unwrap_or(Span::new(SourceId(0),0,0)), tree: Tree::List(items) }
    }
}
