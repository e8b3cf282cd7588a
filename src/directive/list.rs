//! `list` blocks: the entities of a kind that meet a filter, as a table, a list or cards.

use super::Directive;
use super::params::{Key, Reader};
use crate::insight::{Facet, Selection};
use crate::model::Kind;
use crate::syntax::{Entry, Node, Tree};
use crate::text::{Spanned, fold};
use crate::words;

/// Entities of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Which.
    pub selection: Selection,
    /// What is said of each, with the author's heading where there is one.
    pub columns: Vec<Column>,
    /// In which order; that of the kind when not said.
    pub order: Option<Order>,
    /// At most so many.
    pub limit: Option<usize>,
    /// How they look.
    pub form: Form,
    /// Above it; may be empty.
    pub title: String,
}

/// Something that is said of each entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What.
    pub facet: Facet,
    /// Heading of the author; empty for the field's own.
    pub label: String,
}

/// How entities look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table.
    Table,
    /// Links under one another.
    List,
    /// Cards side by side.
    Cards,
}

/// In which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// By this field; by name when there is none.
    pub field: Option<u16>,
    /// The greatest, the newest, the last first.
    pub reverse: bool,
}

const OF: Key = &["of", "de"];
pub(super) const KEYS: &[Key] = &[
    OF,
    &["where", "donde", "filter", "filtro"],
    &["columns", "columnas", "fields", "campos"],
    &["sort", "orden", "ordenar", "order"],
    &["limit", "limite", "maximo", "most"],
    &["as", "como", "forma"],
    &["title", "titulo"],
];
/// More rows than anybody reads in a text.
const MOST: usize = 500;

pub(super) fn read(reader: &mut Reader<'_>, block: &Spanned<String>, node: &Node) -> Option<Directive> {
    let params = reader.params(block, node, KEYS);
    let Some(of) = params.get("of") else {
        reader.missing(&params, OF, words!("channels", "canales"));
        return None;
    };
    let kind = reader.kind(&of.value)?;
    let selection = reader.selection(kind, params.get("where"));
    let columns = match params.get("columns") {
        Some(entry) => columns(reader, kind, &entry.value),
        None => Vec::new(),
    };
    let order = params.get("sort").and_then(|entry| {
        let text = entry.value.text().unwrap_or_default().trim().to_owned();
        order(reader, kind, entry, &Spanned::new(text, entry.value.span))
    });
    let limit = reader.count(&params, "limit", MOST);
    let forms: [(Form, &[&str]); 3] = [
        (Form::Table, &["table", "tabla"]),
        (Form::List, &["list", "lista"]),
        (Form::Cards, &["cards", "fichas", "tarjetas"]),
    ];
    let natural = if columns.is_empty() { Form::List } else { Form::Table };
    let form = reader.choice(&params, "as", &forms).unwrap_or(natural);
    let title = reader.text(&params, "title").map(|title| title.value).unwrap_or_default();
    let columns = if columns.is_empty() && form == Form::Table { usual(kind) } else { columns };
    Some(Directive::List(List { selection, columns, order, limit, form, title }))
}

/// What the index of the kind shows, where it says so; else the summary.
fn usual(kind: &Kind) -> Vec<Column> {
    let shown = kind.columns.iter().filter_map(|name| kind.index(name));
    let mut columns: Vec<u16> = shown.collect();
    if columns.is_empty() {
        columns.extend(kind.index("summary"));
    }
    columns.into_iter().map(|index| Column { facet: Facet::Field(index), label: String::new() }).collect()
}

/// `[owner, uses]`, `owner, uses`, `{ owner: Who, uses: What for }`, or a list of both.
fn columns(reader: &mut Reader<'_>, kind: &Kind, node: &Node) -> Vec<Column> {
    let mut columns = Vec::new();
    match &node.tree {
        Tree::Map(entries) => {
            for entry in entries {
                let label = entry.value.text().unwrap_or_default().trim().to_owned();
                columns.extend(column(reader, kind, &entry.key, label));
            }
        }
        Tree::List(items) if items.iter().any(|item| matches!(item.tree, Tree::Map(_))) => {
            for item in items {
                columns.extend(self::columns(reader, kind, item));
            }
        }
        _ => {
            for name in Reader::texts(node) {
                columns.extend(column(reader, kind, &name, String::new()));
            }
        }
    }
    columns
}

fn column(reader: &mut Reader<'_>, kind: &Kind, name: &Spanned<String>, label: String) -> Option<Column> {
    let kinds = reader.book.kinds;
    match Facet::named(kinds, kind, &name.value) {
        Some(facet) => Some(Column { facet, label }),
        None => {
            let known = Facet::names(kinds, kind);
            reader.unknown_facet(name.span, &name.value, kind, &known);
            None
        }
    }
}

/// `date`, `-date`, `title`.
fn order(reader: &mut Reader<'_>, kind: &Kind, entry: &Entry, written: &Spanned<String>) -> Option<Order> {
    let name = written.value.trim_start_matches('-').trim();
    let reverse = written.value.starts_with('-');
    let is_name = matches!(fold(name).as_str(), "title" | "titulo" | "name" | "nombre");
    let by_relation = |index: u16| {
        kind.fields
            .get(usize::from(index))
            .is_some_and(|field| field.shape.relation().is_some() || field.shape.record().is_some())
    };
    match kind.field(name) {
        _ if is_name => Some(Order { field: None, reverse }),
        Some((index, _)) if !by_relation(index) => Some(Order { field: Some(index), reverse }),
        Some(_) => {
            let expected = words!(
                "a field with a date, a number or a word",
                "un campo con una fecha, un número o una palabra"
            );
            reader.wrong(entry, written.span, expected);
            None
        }
        None => {
            let fields = kind.fields.iter().filter(|field| field.shape.relation().is_none());
            let known: Vec<String> = fields.flat_map(|field| field.names.clone()).collect();
            reader.unknown_facet(written.span, name, kind, &known);
            None
        }
    }
}
