//! `matrix` blocks: the entities of one kind against those of another.

use super::Directive;
use super::params::{Key, Params, Reader, UNRELATED};
use crate::finding::{Finding, Words};
use crate::insight::{Facet, Selection, is_related};
use crate::model::Kind;
use crate::syntax::{Node, Tree};
use crate::text::Spanned;
use crate::words;

/// Two kinds against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// The entities of the rows.
    pub rows: Selection,
    /// The entities of the columns.
    pub columns: Selection,
    /// The relation that counts, seen from a row; any when not said.
    pub by: Option<Facet>,
    /// Above it; may be empty.
    pub title: String,
}

const ROWS: Key = &["rows", "filas"];
const COLUMNS: Key = &["columns", "columnas"];
const OF: Key = &["of", "de"];
const WHERE: Key = &["where", "donde", "filter", "filtro"];
pub(super) const KEYS: &[Key] =
    &[ROWS, COLUMNS, WHERE, &["relation", "relacion", "by", "por"], &["title", "titulo"]];

pub(super) fn read(reader: &mut Reader<'_>, block: &Spanned<String>, node: &Node) -> Option<Directive> {
    let params = reader.params(block, node, KEYS);
    let rows = side(reader, &params, ROWS, params.get("where"), words!("objectives", "objetivos"));
    let columns = side(reader, &params, COLUMNS, None, words!("channels", "canales"));
    let title = reader.text(&params, "title").map(|title| title.value).unwrap_or_default();
    let ((row_kind, rows), (column_kind, columns)) = (rows?, columns?);
    let kinds = reader.book.kinds;
    if !is_related(kinds, row_kind, column_kind) {
        let (one, other) = (&row_kind.plural, &column_kind.plural);
        let lower = |words: &Words| (words.en.to_lowercase(), words.es.to_lowercase());
        let ((one_en, one_es), (other_en, other_es)) = (lower(one), lower(other));
        reader.findings.push(
            Finding::new(
                &UNRELATED,
                params.get("columns").map_or(block.span, |entry| entry.value.span),
                words!(
                    "no field relates {one_en} to {other_en}",
                    "ningún campo relaciona {one_es} con {other_es}"
                ),
            )
            .why(words!(
                "every cell of the matrix would be empty",
                "todas las celdas de la matriz quedarían vacías"
            ))
            .help(words!(
                "take two kinds of which one has a field for the other, as objectives and channels",
                "elige dos tipos de los que uno tenga un campo para el otro, como objetivos y canales"
            )),
        );
        return None;
    }
    let by = params.get("relation").and_then(|entry| {
        let written = entry.value.text().unwrap_or_default().trim();
        let facet = Facet::named(kinds, row_kind, written);
        let reaches = |facet: &Facet| {
            facet.ends().is_some_and(|ends| ends.is_empty() || ends.contains(&column_kind.id))
        };
        let found = facet.filter(reaches);
        if found.is_none() {
            let known: Vec<String> = crate::insight::sides(kinds, row_kind)
                .into_iter()
                .filter(|side| side.to.is_empty() || side.to.contains(&column_kind.id))
                .flat_map(|side| side.names)
                .collect();
            reader.unknown_facet(entry.value.span, written, row_kind, &known);
        }
        found
    });
    Some(Directive::Matrix(Matrix { rows, columns, by, title }))
}

/// `rows: objectives`, or `rows: { of: objectives, where: { status: active } }`.
fn side<'a>(
    reader: &mut Reader<'a>,
    params: &Params<'_>,
    key: Key,
    filter: Option<&crate::syntax::Entry>,
    example: Words,
) -> Option<(&'a Kind, Selection)> {
    let Some(entry) = params.get(key.first().copied().unwrap_or_default()) else {
        reader.missing(params, key, example);
        return None;
    };
    if matches!(entry.value.tree, Tree::Map(_)) {
        let inner = reader.params(params.block, &entry.value, &[OF, WHERE]);
        let Some(of) = inner.get("of") else {
            reader.missing(&inner, OF, example);
            return None;
        };
        let kind = reader.kind(&of.value)?;
        return Some((kind, reader.selection(kind, inner.get("where"))));
    }
    let kind = reader.kind(&entry.value)?;
    Some((kind, reader.selection(kind, filter)))
}
