//! Floor 10: every code that there is, and what `portolan explain` says of it.

use crate::finding::Language;

pub use crate::pipeline::codes;

include!(concat!(env!("OUT_DIR"), "/code_pages.rs"));

/// The page of a code in a language, as Markdown.
pub fn page(id: &str, language: Language) -> Option<&'static str> {
    let name = match language {
        Language::English => format!("{id}.md"),
        Language::Spanish => format!("{id}.es.md"),
    };
    CODE_PAGES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}
