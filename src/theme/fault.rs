//! What the template engine says about a template of the playbook, as a finding with file, place, reason and the nearest name.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind};

use super::builtin;
use super::outline::outline;
use crate::finding::{Code, Finding, Level};
use crate::text::{Place, SourceId, Span, nearest};
use crate::words;

/// A template of the playbook does not work; the built-in one was used in its place.
pub static TEMPLATE_ERROR: Code =
    Code { id: "P601", name: "template_error", level: Level::Error, since: "0.1.0" };

/// Filters and tests that templates may use, for suggestions only.
const FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// A template of the playbook: where its text is.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// Its source, for places.
    pub source: SourceId,
    /// Its text, for lines of reports that come without offsets.
    pub text: String,
}

/// One complaint of the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Name of the template with its prefix: `user/home.html`; empty when the engine named none.
    pub template: String,
    /// The engine's words.
    pub message: String,
    /// Byte range in the template.
    pub range: Option<(usize, usize)>,
}

/// All complaints in an error, the engine's printed reports taken apart again.
pub(super) fn faults(error: &Error, written: &BTreeMap<String, Written>) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![Fault {
            template: report.filename().to_owned(),
            message: report.message().to_owned(),
            range: Some((report.span().range.start, report.span().range.end)),
        }],
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            vec![Fault { template: tpl.clone(), message: error.to_string(), range: None }]
        }
        ErrorKind::MissingParent { current, parent } => vec![Fault {
            template: current.clone(),
            message: format!("Unknown template `{parent}`"),
            range: written
                .get(current)
                .and_then(|written| written.text.find(parent.as_str()).map(|at| (at, at + parent.len()))),
        }],
        _ => {
            let text = error.to_string();
            let printed: Vec<Fault> =
                text.split("\n\n").filter_map(|report| printed(report, written)).collect();
            if printed.is_empty() {
                let template = written.keys().rev().find(|name| text.contains(name.as_str()));
                vec![Fault { template: template.cloned().unwrap_or_default(), message: text, range: None }]
            } else {
                printed
            }
        }
    }
}

/// Reads `error: MESSAGE\n --> FILE:LINE:COLUMN … ^^^` back.
fn printed(report: &str, written: &BTreeMap<String, Written>) -> Option<Fault> {
    let (message, rest) = report.strip_prefix("error: ")?.split_once('\n')?;
    let (_, locus) = rest.lines().next()?.split_once("--> ")?;
    let mut parts = locus.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let template = parts.next()?.to_owned();
    let length = rest.lines().last().map_or(1, |marks| marks.matches('^').count().max(1));
    let range = written.get(&template).and_then(|written| {
        let start: usize = written.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let rest = written.text.get(start..)?;
        let offset = |characters: usize| rest.char_indices().nth(characters).map_or(rest.len(), |(at, _)| at);
        let column = column.checked_sub(1)?;
        Some((start + offset(column), start + offset(column + length)))
    });
    Some(Fault { template, message: message.to_owned(), range })
}

/// The finding for a complaint about a template of the playbook, `None` when the complaint names no such template.
///
/// `templates` and `components` are all known names, for the suggestion.
pub(super) fn finding(
    fault: &Fault,
    written: &BTreeMap<String, Written>,
    templates: &[&str],
    components: &[&str],
) -> Option<Finding> {
    let file = written.get(&fault.template)?;
    let (start, end) = fault.range.unwrap_or((0, 0));
    // The engine marks the whole expression; the name alone can be put right by an editor.
    let unknown = fault.message.split('`').nth(1).filter(|name| !name.is_empty());
    let at = unknown.and_then(|name| file.text.get(start..end)?.find(name));
    let (start, end) = match (unknown, at) {
        (Some(name), Some(at)) => (start + at, start + at + name.len()),
        _ => (start, end),
    };
    let name = fault.template.split_once('/').map_or(fault.template.as_str(), |(_, name)| name);
    let message = &fault.message;
    let spanish = in_spanish(message);
    let mut finding = Finding::new(
        &TEMPLATE_ERROR,
        Place::Span(Span::new(file.source, start, end)),
        words!("the template `{name}` does not work", "la plantilla `{name}` no funciona"),
    )
    .mark(words!("{message}", "{spanish}"))
    .why(words!(
        "the built-in template is used in its place, so that the site is complete",
        "se usa en su lugar la plantilla incluida, para que el sitio esté completo"
    ))
    .group(format!("{}:{start}", fault.template));
    if let Some(near) = near(message, templates, components) {
        finding = finding.help(words!("did you mean `{near}`?", "¿querías decir `{near}`?"));
        if at.is_some() {
            finding.replacement = Some(near.to_owned());
        }
    }
    Some(finding)
}

/// The known name nearest to the unknown one that a message quotes.
fn near<'a>(message: &'a str, templates: &[&'a str], components: &[&'a str]) -> Option<&'a str> {
    let mut quoted = message.split('`');
    let unknown = quoted.nth(1)?;
    if message.starts_with("Unknown template") {
        nearest(unknown, templates.iter().copied())
    } else if message.starts_with("Unknown component") {
        nearest(unknown, components.iter().copied())
    } else if message.starts_with("Block `") {
        let blocks: Vec<&str> = builtin::TEMPLATES
            .iter()
            .flat_map(|(_, text)| outline(text).blocks.into_iter().map(|block| block.text))
            .collect();
        nearest(unknown, blocks)
    } else if message.starts_with("Unknown filter") {
        nearest(unknown, FILTERS.iter().copied())
    } else {
        let (_, available) = message.split_once("Available ")?;
        let (_, names) = available.split_once(": ")?;
        nearest(unknown, names.split(", ").map(|name| name.trim_matches(['`', '.', ' '])))
    }
}

/// The engine's commonest sentences in Spanish; the others stay as they are, which is better than nothing.
fn in_spanish(message: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("Unknown template", "no hay ninguna plantilla"),
        ("Unknown component", "no hay ningún componente"),
        ("Unknown filter", "no hay ningún filtro"),
        ("Unknown function", "no hay ninguna función"),
        ("Unknown test", "no hay ninguna comprobación"),
        ("Unknown tag", "etiqueta de plantilla desconocida"),
        ("Unexpected end of input", "la plantilla termina antes de tiempo"),
        (
            "Maximum render recursion depth for components exceeded.",
            "un componente se llama a sí mismo sin fin",
        ),
        (super::TOO_LARGE, "la página pasa de 16 MiB"),
    ];
    for (english, spanish) in PAIRS {
        if let Some(rest) = message.strip_prefix(english) {
            return format!("{spanish}{rest}");
        }
    }
    message
        .replacen("Block `", "el bloque `", 1)
        .replacen(
            "` is not defined in any parent template",
            "` no existe en ninguna de las plantillas que amplía",
            1,
        )
        .replacen("Field `", "el campo `", 1)
        .replacen("Variable `", "la variable `", 1)
        .replacen("` is not defined.", "` no existe.", 1)
        .replacen("Available fields:", "Campos que hay:", 1)
        .replacen("Available variables:", "Variables que hay:", 1)
}
