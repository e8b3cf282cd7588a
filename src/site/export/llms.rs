//! `llms.txt`: the table of contents of the site for language models: a title, a summary, and sections of links with a sentence each.

use super::{Export, MODEL, csv, is_listed, markdown};
use crate::model::{Chapter, EntityId};
use crate::site::{Planner, Subject};
use crate::text::PagePath;

/// The whole file.
pub(super) fn overview(planner: &Planner<'_>) -> String {
    let head = planner.head();
    let word = |key: &str| planner.locale.word(key).to_owned();
    let mut text = format!("# {}\n", head.title);
    let description = match head.description.as_str() {
        "" => head.organisation.clone(),
        description => description.to_owned(),
    };
    if !description.is_empty() {
        text.push_str(&format!("\n> {}\n", markdown::text(&description).replace('\n', " ")));
    }
    let facts = [(word("built_on"), head.date.text.clone()), (word("version"), head.version.clone())];
    let facts: Vec<String> = facts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| format!("- {label}: {value}"))
        .chain(std::iter::once(format!("- {}", head.edition_label)))
        .collect();
    text.push_str(&format!("\n{}\n", facts.join("\n")));

    // In the order of the navigation: the sheets of a chapter, then its kinds.
    for chapter in Chapter::ALL {
        let mut lines = Vec::new();
        for link in planner.sheet_links(chapter, &super::root()) {
            lines.push(line(planner, &link.text, &link.url, ""));
        }
        section(&mut text, &word(&format!("chapter_{}", chapter.name())), &lines);
        let mut kinds: Vec<_> =
            planner.edition.kinds().iter().filter(|kind| kind.chapter == chapter).collect();
        kinds.sort_by_key(|kind| (kind.order, kind.id));
        for kind in kinds {
            let Some(ids) = planner.ordered.get(&kind.id) else { continue };
            let lines: Vec<String> = ids.iter().filter_map(|id| entity(planner, *id)).collect();
            section(&mut text, kind.plural.within(planner.locale.language()), &lines);
        }
    }
    let articles: Vec<String> = planner
        .local_pages()
        .iter()
        .filter(|page| is_listed(page))
        .filter_map(|page| match page.subject {
            Subject::Entity(id)
                if planner.edition.entity(id).is_some_and(|entity| Some(entity.kind) == planner.article) =>
            {
                entity(planner, id)
            }
            _ => None,
        })
        .collect();
    section(&mut text, &word("chapter_articles"), &articles);

    let mut data = Vec::new();
    if planner.exports(Export::Json) {
        data.push(line(planner, &word("llms_model"), MODEL, &word("llms_model_about")));
    }
    if planner.exports(Export::Csv) {
        for kind in planner.edition.kinds().iter() {
            if planner.edition.iter().any(|(_, entity)| entity.kind == kind.id) {
                let name = format!("{} (CSV)", kind.plural.within(planner.locale.language()));
                data.push(line(planner, &name, csv::path(kind).as_str(), ""));
            }
        }
    }
    // By the proposal, what stands under this very heading may be left out when there is little room.
    section(&mut text, "Optional", &data);
    text
}

fn section(text: &mut String, heading: &str, lines: &[String]) {
    if !lines.is_empty() {
        text.push_str(&format!("\n## {heading}\n\n{}\n", lines.join("\n")));
    }
}

fn entity(planner: &Planner<'_>, id: EntityId) -> Option<String> {
    let entity = planner.edition.entity(id)?;
    let page = planner.addresses.entity(id)?;
    Some(line(planner, &planner.name_of(id), page.as_str(), planner.summary(entity)))
}

/// A link to the twin, or to the page where there are no twins; with its host when the settings name it.
fn line(planner: &Planner<'_>, name: &str, path: &str, about: &str) -> String {
    let twin = super::twin_of(&PagePath::new(path)).filter(|_| planner.exports(Export::Markdown));
    let path = twin.unwrap_or_else(|| PagePath::new(path));
    let absolute = planner.absolute(&path);
    let address = if absolute.is_empty() { path.as_str() } else { &absolute };
    let about = if about.is_empty() {
        String::new()
    } else {
        format!(": {}", markdown::text(about).replace('\n', " "))
    };
    format!("- [{}]({address}){about}", markdown::text(name))
}
