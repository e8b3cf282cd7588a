//! Presets: fields of well-known things, which an author takes by name (`preset: er_reach`) and overrides where they differ.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::finding::{Code, Finding, Language, Level};
use crate::model::Kind;
use crate::syntax::{Entry, Node, Style, Tree, yaml};
use crate::text::{SourceId, Span, Spanned, fold, nearest};
use crate::words;

static UNKNOWN_PRESET: Code =
    Code { id: "P458", name: "unknown_preset", level: Level::Error, since: "0.1.0" };
/// An engagement rate of which nobody knows what it is divided by.
pub static NO_DENOMINATOR: Code =
    Code { id: "P456", name: "engagement_without_denominator", level: Level::Warning, since: "0.1.0" };

pub static CODES: &[&Code] = &[&UNKNOWN_PRESET, &NO_DENOMINATOR];

/// Presets by kind. The only place that names the files.
static FILES: &[(&str, &str)] = &[("metric", include_str!("../../presets/metrics.yaml"))];

struct Preset {
    /// The name in English and in Spanish.
    names: [String; 2],
    fields: Vec<Entry>,
}

static PRESETS: LazyLock<BTreeMap<&str, Vec<Preset>>> = LazyLock::new(|| {
    let read = |text: &str| -> Vec<Preset> {
        let node = yaml::parse(text, SourceId(0), 0, &mut Vec::new());
        let preset = |entry: &Entry| Preset {
            names: [
                entry.key.value.clone(),
                entry.value.entry("es").and_then(Node::text).unwrap_or_default().to_owned(),
            ],
            fields: entry.value.entries().iter().filter(|field| field.key.value != "es").cloned().collect(),
        };
        node.iter().flat_map(|node| node.entries()).map(preset).collect()
    };
    FILES.iter().map(|(kind, text)| (*kind, read(text))).collect()
});

/// The names of the presets of a kind, in both languages.
pub fn preset_names(kind: &str) -> impl Iterator<Item = &'static str> {
    let presets = PRESETS.get(kind).map(Vec::as_slice).unwrap_or_default();
    presets.iter().flat_map(|preset| preset.names.iter().map(String::as_str))
}

/// The fields of an entity with those of its preset behind them; `None` when it names none.
pub(super) fn filled(kind: &Kind, node: &Node, findings: &mut Vec<Finding>) -> Option<Node> {
    let presets = PRESETS.get(kind.name.as_str())?;
    let (_, field) = kind.field("preset")?;
    let entry = node.entries().iter().find(|entry| field.names.contains(&fold(&entry.key.value)))?;
    let (written, span) = (entry.value.text()?, entry.value.span);
    let wanted = fold(written);
    let found = presets.iter().find(|preset| preset.names.iter().any(|name| fold(name) == wanted));
    let Some(preset) = found else {
        findings.push(unknown(written, span, presets));
        return None;
    };
    let language = language(kind, node, preset, &wanted);
    let mut filled = node.clone();
    let Tree::Map(entries) = &mut filled.tree else { return None };
    for field in &preset.fields {
        add(kind, entries, field, language, span);
    }
    Some(filled)
}

/// One field of a preset, in the language of the author, where the author has none; a formula gets its words.
fn add(kind: &Kind, entries: &mut Vec<Entry>, field: &Entry, language: Language, span: Span) {
    let Some((_, known)) = kind.field(&field.key.value) else { return };
    let text = match field.value.entry(language.tag()) {
        Some(value) => value.text(),
        None => field.value.text(),
    };
    let Some(text) = text else { return };
    let key = Spanned::new(known.name_in(language).to_owned(), span);
    let scalar = || Node { span, tree: Tree::Scalar(text.to_owned(), Style::Quoted) };
    let words = Entry {
        key: Spanned::new(if language == Language::Spanish { "texto" } else { "text" }.to_owned(), span),
        value: scalar(),
    };
    let own = entries.iter_mut().find(|entry| known.names.contains(&fold(&entry.key.value)));
    match (own, known.name.as_str()) {
        (Some(Entry { value: Node { tree: Tree::Map(parts), .. }, .. }), "formula") => {
            if !parts.iter().any(|part| matches!(fold(&part.key.value).as_str(), "text" | "texto")) {
                parts.push(words);
            }
        }
        (Some(_), _) => {}
        (None, "formula") => entries.push(Entry { key, value: Node { span, tree: Tree::Map(vec![words]) } }),
        (None, _) => entries.push(Entry { key, value: scalar() }),
    }
}

/// The language in which the author writes: that of the names of the fields, else that of the preset's name.
fn language(kind: &Kind, node: &Node, preset: &Preset, wanted: &str) -> Language {
    let (mut english, mut spanish) = (0, 0);
    for entry in node.entries() {
        let folded = fold(&entry.key.value);
        if let Some((_, field)) = kind.field(&folded)
            && field.name != fold(&field.es)
        {
            if folded == field.name { english += 1 } else { spanish += 1 }
        }
    }
    let is_spanish = match spanish.cmp(&english) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => preset.names.iter().position(|name| fold(name) == wanted) == Some(1),
    };
    if is_spanish { Language::Spanish } else { Language::English }
}

fn unknown(written: &str, span: Span, presets: &[Preset]) -> Finding {
    let is_vague = ["er", "engagement_rate", "engagement", "tasa_de_interaccion", "tasa_de_engagement"];
    if is_vague.contains(&fold(written).as_str()) {
        return Finding::new(
            &NO_DENOMINATOR,
            span,
            words!(
                "`{written}` does not say what interactions are divided by",
                "`{written}` no dice entre qué se dividen las interacciones"
            ),
        )
        .why(words!(
            "platforms divide by reach, by impressions or by followers; the figures differ and cannot be compared",
            "unas plataformas dividen entre el alcance, otras entre las impresiones o los seguidores; las cifras no son comparables"
        ))
        .help(words!(
            "write `er_reach`, `er_impressions` or `er_followers`",
            "escribe `er_alcance`, `er_impresiones` o `er_seguidores`"
        ));
    }
    let names: Vec<&str> =
        presets.iter().flat_map(|preset| preset.names.iter().map(String::as_str)).collect();
    Finding::new(
        &UNKNOWN_PRESET,
        span,
        words!("there is no preset `{written}`", "no hay ningún modelo `{written}`"),
    )
    .help(words!(
        "`portolan schema metric` lists them; or leave `preset:` out and write the fields",
        "`portolan schema indicador` los enumera; o quita `modelo:` y escribe los campos"
    ))
    .suggest(nearest(written, names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Measure;

    #[test]
    fn presets_are_whole_and_their_names_single() {
        let kinds = crate::model::builtin(&mut Vec::new());
        let kind = kinds.named("metric").expect("a kind");
        let presets = &PRESETS["metric"];
        assert!(presets.len() > 30, "{}", presets.len());
        let mut names: Vec<String> =
            presets.iter().flat_map(|preset| preset.names.iter().map(|name| fold(name))).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "a name twice");
        for preset in presets {
            let field = |name: &str| preset.fields.iter().find(|field| field.key.value == name);
            for name in ["title", "kind", "level", "unit", "good", "formula"] {
                assert!(field(name).is_some() && kind.field(name).is_some(), "{:?} {name}", preset.names);
            }
            assert!(field("kind").and_then(|kind| kind.value.text()).and_then(Measure::named).is_some());
            for name in ["title", "unit", "formula"] {
                let value = &field(name).expect("there").value;
                assert!(
                    value.entry("en").is_some() && value.entry("es").is_some(),
                    "{:?} {name}",
                    preset.names
                );
            }
        }
    }

    #[test]
    fn the_author_overrides() {
        let kinds = crate::model::builtin(&mut Vec::new());
        let kind = kinds.named("metric").expect("a kind");
        let text = "modelo: er_alcance\nunidad: puntos\nformula: { numerador: a, denominador: b }\n";
        let node = yaml::parse(text, SourceId(0), 0, &mut Vec::new()).expect("a map");
        let filled = filled(kind, &node, &mut Vec::new()).expect("a preset");
        let text = |name: &str| filled.entry(name).and_then(Node::text).map(str::to_owned);
        assert_eq!(text("unidad").as_deref(), Some("puntos"));
        assert_eq!(text("titulo").as_deref(), Some("Tasa de interacción sobre alcance"));
        assert_eq!(text("tipo").as_deref(), Some("ratio"));
        let formula = filled.entry("formula").expect("there");
        assert_eq!(
            formula.entry("texto").and_then(Node::text),
            Some("Interacciones divididas entre alcance")
        );
        assert_eq!(formula.entry("numerador").and_then(Node::text), Some("a"));
    }
}
