//! The navigation of a folder, made once, and the mark of the current page spliced in for each of its pages.

use std::collections::BTreeMap;

const LINK: &str = "<a href=\"";
const MARK: &str = " aria-current=\"page\"";

/// The rendered navigation of one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Menu {
    /// Safe HTML with no page marked.
    pub html: String,
    /// For every address, the byte offset in `html` right after the `<a` of its first link.
    pub marks: BTreeMap<String, usize>,
}

impl Menu {
    /// Finds the links of a rendered menu, written `<a href="…"`; a theme that writes them otherwise loses only the mark.
    pub fn new(html: String) -> Self {
        let mut marks = BTreeMap::new();
        for (at, _) in html.match_indices(LINK) {
            let rest = html.get(at + LINK.len()..).unwrap_or_default();
            if let Some((url, _)) = rest.split_once('"') {
                marks.entry(plain(url)).or_insert(at + 2);
            }
        }
        Self { html, marks }
    }

    /// The menu for the page at `url` (as the menu writes it); unmarked when the menu does not hold that page.
    pub fn with_current(&self, url: &str) -> String {
        let split = self.marks.get(url).and_then(|at| self.html.split_at_checked(*at));
        match split {
            Some((before, after)) => [before, MARK, after].concat(),
            None => self.html.clone(),
        }
    }
}

/// An attribute value without the references that the templates write.
fn plain(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn current_page_is_marked_once() {
        let html =
            "<ul><li><a href=\"../index.html\">Home</a><li><a href=\"a&amp;b.html\">A &amp; B</a></ul>";
        let menu = Menu::new(html.to_owned());
        assert_eq!(menu.marks.len(), 2);
        assert_eq!(
            menu.with_current("a&b.html"),
            "<ul><li><a href=\"../index.html\">Home</a><li><a aria-current=\"page\" href=\"a&amp;b.html\">A &amp; B</a></ul>"
        );
        assert_eq!(menu.with_current("elsewhere.html"), html);
    }
}
