//! Writing Markdown: what is text stays text, and addresses of pages lead to their twins.

/// A line break inside of a paragraph.
pub(super) const BREAK: &str = "\\\n";

pub(super) use crate::syntax::escape::markdown as escape;

/// A text of its own: besides what [`escape`] does, nothing at its start makes it something else.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    paragraph(&out)
}

/// A run of inline Markdown as a paragraph: blanks joined, nothing at its start that would make it something else.
pub(super) fn paragraph(run: &str) -> String {
    let lines = run.split(BREAK).map(|line| {
        // A blank that must not break stays.
        let words = line.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).map(guarded).collect();
    lines.join(BREAK)
}

/// A line that begins like a heading, a list or a quote gets a backslash.
fn guarded(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered =
        digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "));
    if numbered {
        let (number, rest) = line.split_at(digits);
        return format!("{number}\\{rest}");
    }
    if line.starts_with(['#', '>', '|'])
        || ["- ", "+ ", "---", "==="].iter().any(|mark| line.starts_with(mark))
    {
        return format!("\\{line}");
    }
    line
}

/// A link; without an address its words.
pub(super) fn link(text: &str, url: &str) -> String {
    if url.is_empty() || url.starts_with('#') || text.is_empty() {
        return text.to_owned();
    }
    format!("[{text}]({})", address(url))
}

/// A picture.
pub(super) fn picture(alt: &str, url: &str) -> String {
    let mut out = String::new();
    escape(&mut out, alt);
    format!("![{out}]({})", address(url))
}

/// The twin of a page of the site; any other address as it is.
pub(super) fn address(url: &str) -> String {
    let escaped = url.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
    let outside = url.contains("://") || url.starts_with("mailto:") || url.starts_with("tel:");
    let below = url.trim_start_matches("../");
    if outside || below.starts_with("files/") {
        return escaped;
    }
    let (path, _) = escaped.split_once('#').unwrap_or((&escaped, ""));
    match path.strip_suffix(".html") {
        Some(path) => format!("{path}.md"),
        None => escaped,
    }
}

/// Lines after the first moved to the right.
pub(super) fn indented(text: &str, width: usize) -> String {
    let blank = " ".repeat(width);
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&blank);
            }
        }
        out.push_str(line);
    }
    out
}

/// A table whose first row is its heading; `None` when it has no cell.
pub(super) fn table(rows: Vec<Vec<String>>) -> Option<String> {
    let width = rows.iter().map(Vec::len).max().filter(|width| *width > 0)?;
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (index, row) in rows.into_iter().enumerate() {
        let cell = |at: usize| {
            row.get(at).map(|cell| cell.replace('|', "\\|").replace(BREAK, " ").replace('\n', " "))
        };
        let cells: Vec<String> = (0..width).map(|at| cell(at).unwrap_or_default()).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            lines.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_lead_to_their_twins() {
        assert_eq!(address("../canales/web.html#tono"), "../canales/web.md");
        assert_eq!(address("https://example.org/a.html"), "https://example.org/a.html");
        assert_eq!(address("../files/carta.html"), "../files/carta.html");
        assert_eq!(address("figures/a (1).csv"), "figures/a%20%281%29.csv");
    }
}
