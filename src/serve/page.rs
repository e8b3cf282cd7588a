//! What the preview adds to a page, and the few pages of its own.

use std::fmt::Write;

use hyper::body::Bytes;
use serde::Serialize;

use super::notice::Notice;
use super::stage::{NONE, Versions};
use crate::finding::Language;
use crate::syntax::escape;
use crate::words;

/// Where news are asked for. No page of a site begins with `_`.
pub const NEWS: &str = "_portolan/news";
/// Where the script is.
pub const SCRIPT: &str = "_portolan/preview.js";
/// Where the style sheet of what the script shows is.
pub const STYLE: &str = "_portolan/preview.css";

/// Asks for news, reloads, and shows what is to be told.
pub const SCRIPT_TEXT: &str = include_str!("preview.js");
/// The look of what is told.
pub const STYLE_TEXT: &str = include_str!("preview.css");

/// The page with the script of the preview at the end of its head; nothing else of it changes.
pub fn with_script(page: &Bytes, path: &str, versions: Option<&Versions>) -> Bytes {
    let end = b"</head>";
    let at = page.windows(end.len()).position(|part| part == end).unwrap_or(page.len());
    let script = script(path, versions);
    let mut whole = Vec::with_capacity(page.len() + script.len());
    let (before, after) = page.split_at(at);
    whole.extend_from_slice(before);
    whole.extend_from_slice(script.as_bytes());
    whole.extend_from_slice(after);
    whole.into()
}

fn script(path: &str, versions: Option<&Versions>) -> String {
    let mut script = format!("<script defer src=\"/{SCRIPT}\" data-page=\"");
    escape::text(&mut script, path);
    let (page, body) = versions.map_or((NONE, NONE), |versions| (&versions.page, &versions.body));
    let _ = write!(script, "\" data-version=\"{page}\" data-body=\"{body}\"></script>");
    script
}

/// There is no site yet. What keeps it from being made is shown by the script, which goes on by itself.
pub fn waiting(language: Language, path: &str) -> String {
    let words = words!("There is nothing to show yet", "Todavía no hay nada que mostrar");
    own(language, words.within(language), "", path)
}

/// Nothing stands at this address.
pub fn missing(language: Language, path: &str) -> String {
    let words = words!("There is no page at this address", "No hay ninguna página en esta dirección");
    let home = words!("To the start page", "A la página de inicio");
    let home = format!("<p><a href=\"/\">{}</a></p>", home.within(language));
    own(language, words.within(language), &home, path)
}

fn own(language: Language, title: &str, rest: &str, path: &str) -> String {
    let script = script(path, None);
    let tag = language.tag();
    format!(
        "<!doctype html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"/{STYLE}\">\n{script}</head>\n<body class=\"own\">\n<main>\n<h1>{title}</h1>\n{rest}</main>\n</body>\n</html>\n"
    )
}

#[derive(Serialize)]
struct News<'a> {
    version: Option<&'a str>,
    body: Option<&'a str>,
    told: Option<&'a str>,
    notice: Option<&'a serde_json::Value>,
}

/// What changed, as JSON: the versions of the page, and what is to be told with its version.
pub fn news(versions: Option<&Versions>, notice: Option<&Notice>) -> String {
    let news = News {
        version: versions.map(|versions| &*versions.page),
        body: versions.map(|versions| &*versions.body),
        told: notice.map(|notice| &*notice.version),
        notice: notice.map(|notice| &notice.document),
    };
    // Only strings: it cannot fail.
    serde_json::to_string(&news).unwrap_or_default()
}
