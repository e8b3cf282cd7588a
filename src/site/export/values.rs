//! Values as Markdown: on the line of their label where they are short, below it where they are not.

use super::html;
use super::markdown::{self, indented};
use super::twin::{bare_link, link};
use crate::site::view::{FactView, Shown, StepView};

/// A label and its value, as an item of a list.
pub(super) fn fact(fact: &FactView) -> String {
    let label = markdown::text(&fact.label);
    match blocks(&fact.value).as_slice() {
        [] => String::new(),
        [one] if !one.contains('\n') && !is_list(one) => format!("**{label}:** {one}"),
        many => format!("**{label}:**\n{}", stacked(many)),
    }
}

fn is_list(block: &str) -> bool {
    block.starts_with("- ") || block.starts_with("1. ")
}

/// Blocks below a label: lists follow at once, texts after an empty line.
fn stacked(blocks: &[String]) -> String {
    let mut text = String::new();
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 || !is_list(block) {
            text.push('\n');
        }
        text.push_str(block);
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// A value in a cell of a table.
pub(super) fn cell(value: &Shown) -> String {
    let joined =
        |texts: Vec<String>| texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
    match value {
        Shown::Links { links } => joined(
            links
                .iter()
                .map(|one| {
                    let note = if one.note.is_empty() {
                        String::new()
                    } else {
                        format!(": {}", markdown::text(&one.note))
                    };
                    format!("{}{note}", bare_link(one))
                })
                .collect(),
        ),
        Shown::List { items } => joined(items.iter().map(cell).collect()),
        Shown::Record { rows } => joined(
            rows.iter().map(|row| format!("{}: {}", markdown::text(&row.label), cell(&row.value))).collect(),
        ),
        Shown::Prose { html } => html::line(html),
        other => blocks(other).join(" ").replace('\n', " "),
    }
}

/// A value as blocks of Markdown.
pub(super) fn blocks(value: &Shown) -> Vec<String> {
    let one = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
    match value {
        Shown::Text { text } | Shown::Number { text } | Shown::Color { text } => one(markdown::text(text)),
        Shown::Prose { html } => html::blocks(html),
        Shown::Date { moment } => one(markdown::text(&moment.text)),
        Shown::Tag { tag } => one(markdown::text(&tag.text)),
        Shown::Address { url, text } => one(markdown::link(&markdown::text(text), url)),
        Shown::File { url, text, picture: true, .. } => one(markdown::picture(text, url)),
        Shown::File { url, text, .. } => one(markdown::link(&markdown::text(text), url)),
        Shown::Links { links } => match links.as_slice() {
            [only] => one(link(only)),
            links => list(links.iter().map(link)),
        },
        Shown::List { items } => {
            let short =
                |item: &Shown| matches!(item, Shown::Number { .. } | Shown::Tag { .. } | Shown::Date { .. });
            if items.iter().all(short) {
                return one(items.iter().map(cell).collect::<Vec<_>>().join(", "));
            }
            let word = |item: &Shown| match item {
                Shown::Text { text } => text.chars().count() <= 32 && !text.contains([',', ';']),
                _ => false,
            };
            if items.iter().all(word) {
                return one(items.iter().map(cell).collect::<Vec<_>>().join("; "));
            }
            list(items.iter().map(|item| blocks(item).join("\n\n")))
        }
        Shown::Record { rows } => list(rows.iter().map(fact)),
        Shown::Steps { steps, .. } => numbered(steps),
        Shown::Table { columns, rows } => {
            let mut lines: Vec<Vec<String>> =
                vec![columns.iter().map(|column| markdown::text(column)).collect()];
            lines.extend(rows.iter().map(|row| {
                row.iter().map(|value| value.as_ref().map(cell).unwrap_or_default()).collect::<Vec<_>>()
            }));
            markdown::table(lines).into_iter().collect()
        }
    }
}

fn list(items: impl Iterator<Item = String>) -> Vec<String> {
    let items: Vec<String> =
        items.filter(|item| !item.is_empty()).map(|item| format!("- {}", indented(&item, 2))).collect();
    if items.is_empty() { Vec::new() } else { vec![items.join("\n")] }
}

/// Steps: when in bold, what, and below it who and with what.
fn numbered(steps: &[StepView]) -> Vec<String> {
    let step = |(index, step): (usize, &StepView)| {
        let when = step.when.as_ref().map(|when| format!("**{}** ", cell(when))).unwrap_or_default();
        let main = step.main.as_ref().map(|main| blocks(main).join("\n\n")).unwrap_or_default();
        let mut text = format!("{when}{main}");
        for row in step.rows.iter().map(fact).filter(|row| !row.is_empty()) {
            text.push_str(&format!("\n- {}", indented(&row, 2)));
        }
        let marker = format!("{}. ", index + 1);
        format!("{marker}{}", indented(&text, marker.len()))
    };
    let steps: Vec<String> = steps.iter().enumerate().map(step).collect();
    if steps.is_empty() { Vec::new() } else { vec![steps.join("\n")] }
}
