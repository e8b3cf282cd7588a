//! `kpi` blocks: the metrics whose cards stand in a text.

use crate::finding::{Code, Finding, Level};
use crate::syntax::{Node, Tree, yaml};
use crate::text::{Spanned, fold};
use crate::words;

/// A block for cards that names no metric.
pub(super) static NO_METRICS: Code =
    Code { id: "P459", name: "kpi_without_metrics", level: Level::Error, since: "0.1.0" };

/// Whether a block of this name asks for cards.
pub(super) fn is_block(name: &str) -> bool {
    matches!(fold(name).as_str(), "kpi" | "kpis" | "indicador" | "indicadores")
}

/// The metrics that a block names: one a line, a list, or `metrics: […]`.
pub(super) fn names(text: &Spanned<String>, findings: &mut Vec<Finding>) -> Vec<Spanned<String>> {
    let node = yaml::parse(&text.value, text.span.source, text.span.start as usize, findings);
    let mut names = Vec::new();
    match node.as_ref().map(|node| &node.tree) {
        // Names below each other are one text for YAML.
        Some(Tree::Scalar(..)) => {
            let mut offset = 0;
            for line in text.value.split_inclusive(['\n', ',']) {
                let name = line.trim_matches(|letter: char| letter.is_whitespace() || letter == ',');
                let indent = line.find(name).unwrap_or_default();
                if !name.is_empty() && !name.starts_with('#') {
                    names.push(Spanned::new(name.to_owned(), text.span.part(offset + indent, name.len())));
                }
                offset += line.len();
            }
        }
        Some(Tree::List(items)) => names.extend(items.iter().filter_map(named)),
        Some(Tree::Map(entries)) => {
            let is_list = |key: &str| {
                matches!(
                    fold(key).as_str(),
                    "metrics" | "metric" | "indicadores" | "indicador" | "metricas" | "metrica"
                )
            };
            for entry in entries.iter().filter(|entry| is_list(&entry.key.value)) {
                names.extend(entry.value.items().iter().chain([&entry.value]).filter_map(named));
            }
        }
        Some(Tree::Null) | None => {}
    }
    if names.is_empty() {
        findings.push(
            Finding::new(
                &NO_METRICS,
                text.span,
                words!("the block names no metric", "el bloque no nombra ningún indicador"),
            )
            .why(words!("there is nothing to show", "no hay nada que mostrar"))
            .help(words!(
                "write the id of a metric on each line",
                "escribe en cada línea el identificador de un indicador"
            )),
        );
    }
    names
}

fn named(node: &Node) -> Option<Spanned<String>> {
    node.text()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| Spanned::new(name.to_owned(), node.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SourceId, Span};

    fn read(text: &str) -> (Vec<String>, usize) {
        let mut findings = Vec::new();
        let spanned = Spanned::new(text.to_owned(), Span::new(SourceId(0), 10, 10 + text.len()));
        let names = names(&spanned, &mut findings);
        for name in &names {
            let (start, end) = (name.span.start as usize - 10, name.span.end as usize - 10);
            assert_eq!(text.get(start..end), Some(name.value.as_str()));
        }
        (names.into_iter().map(|name| name.value).collect(), findings.len())
    }

    #[test]
    fn every_way_to_name_metrics() {
        let two = (vec!["visits".to_owned(), "open-rate".to_owned()], 0);
        for text in [
            "visits\nopen-rate\n",
            "visits, open-rate",
            "- visits\n- open-rate\n",
            "[visits, open-rate]",
            "metrics: [visits, open-rate]",
            "indicadores:\n  - visits\n  - open-rate\n",
        ] {
            assert_eq!(read(text), two, "{text}");
        }
        for text in ["", "\n", "chart: line"] {
            assert_eq!(read(text), (Vec::new(), 1), "{text}");
        }
    }
}
