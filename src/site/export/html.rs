//! The HTML of a page → Markdown. It reads only what the program itself writes: every tag is closed, every attribute is quoted.

use super::markdown::{self, indented};

/// Elements inside of each other beyond which they count as plain text.
const DEEPEST: usize = 48;

/// A piece of HTML.
enum Piece {
    Text(String),
    Element(Element),
}

struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    inside: Vec<Piece>,
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// What is for the eye or for a script only.
    fn is_silent(&self) -> bool {
        matches!(self.name.as_str(), "svg" | "script" | "style" | "template" | "button" | "input")
            || self.attribute("aria-hidden") == "true"
    }

    fn has_class(&self, name: &str) -> bool {
        self.attribute("class").split(' ').any(|class| class == name)
    }

    fn is_block(&self) -> bool {
        matches!(
            self.name.as_str(),
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "caption"
                | "dd"
                | "details"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "header"
                | "hr"
                | "li"
                | "main"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "ul"
        )
    }
}

/// The blocks of a text: paragraphs, headings, lists, tables, each a few lines of Markdown.
pub(super) fn blocks(html: &str) -> Vec<String> {
    blocks_of(&pieces(html))
}

/// The words of a text on one line.
pub(super) fn line(html: &str) -> String {
    let text: Vec<String> = blocks(html).iter().map(|block| block.replace('\n', " ")).collect();
    text.join(" ")
}

fn pieces(html: &str) -> Vec<Piece> {
    let mut open: Vec<Element> = Vec::new();
    let mut top: Vec<Piece> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        if !text.is_empty() {
            put(&mut open, &mut top, Piece::Text(decoded(text)));
        }
        let Some(tag) = after.strip_prefix('<') else { break };
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        rest = after;
        if tag.starts_with(['!', '?']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(at) = open.iter().rposition(|element| element.name == name.trim()) {
                while open.len() > at {
                    let Some(element) = open.pop() else { break };
                    put(&mut open, &mut top, Piece::Element(element));
                }
            }
            continue;
        }
        let empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let element =
            Element { name: name.to_owned(), attributes: read_attributes(attributes), inside: Vec::new() };
        if empty || matches!(name, "br" | "hr" | "img" | "input" | "wbr" | "source" | "col") {
            put(&mut open, &mut top, Piece::Element(element));
        } else if open.len() < DEEPEST {
            open.push(element);
        }
    }
    while let Some(element) = open.pop() {
        put(&mut open, &mut top, Piece::Element(element));
    }
    top
}

fn put(open: &mut [Element], top: &mut Vec<Piece>, piece: Piece) {
    match open.last_mut() {
        Some(element) => element.inside.push(piece),
        None => top.push(piece),
    }
}

fn read_attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|character: char| character == '=' || character.is_whitespace());
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => ("", after.trim_start_matches('=')),
        };
        if !name.is_empty() {
            attributes.push((name.to_owned(), decoded(value)));
        }
        rest = after.trim_start();
    }
    attributes
}

/// Character references → characters. The program writes these and no others.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
    ];
    let text = known.iter().fold(text.to_owned(), |text, (name, character)| text.replace(name, character));
    text.replace("&amp;", "&")
}

fn blocks_of(pieces: &[Piece]) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut run = String::new();
    let flush = |run: &mut String, blocks: &mut Vec<String>| {
        let text = markdown::paragraph(&std::mem::take(run));
        if !text.is_empty() {
            blocks.push(text);
        }
    };
    for piece in pieces {
        match piece {
            Piece::Element(element) if element.is_silent() => {}
            Piece::Element(element) if element.is_block() => {
                flush(&mut run, &mut blocks);
                blocks.extend(block(element));
            }
            // A link or a label around blocks says what its blocks say.
            Piece::Element(element) if holds_blocks(element) => {
                flush(&mut run, &mut blocks);
                blocks.extend(blocks_of(&element.inside));
            }
            piece => inline(piece, &mut run),
        }
    }
    flush(&mut run, &mut blocks);
    blocks
}

fn holds_blocks(element: &Element) -> bool {
    element.inside.iter().any(|piece| match piece {
        Piece::Element(inner) => inner.is_block() || holds_blocks(inner),
        Piece::Text(_) => false,
    })
}

fn block(element: &Element) -> Vec<String> {
    let inside = &element.inside;
    if element.has_class("callout") {
        return quoted(&blocks_of(inside));
    }
    if element.has_class("callout-title") || element.has_class("chart-title") {
        return strong(inside);
    }
    if element.has_class("chart-source") {
        let parts = inside.iter().map(|piece| text_of(std::slice::from_ref(piece)));
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        return vec![parts.join(" · ")];
    }
    match element.name.as_str() {
        "hr" => vec!["---".to_owned()],
        name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
            let level = name.trim_start_matches('h').parse().unwrap_or(2);
            let text = text_of(inside);
            if text.is_empty() { Vec::new() } else { vec![format!("{} {text}", "#".repeat(level))] }
        }
        // The figures of a chart need not be unfolded here.
        "details" if element.has_class("chart-data") => {
            let is_summary =
                |piece: &&Piece| matches!(piece, Piece::Element(inner) if inner.name == "summary");
            inside
                .iter()
                .filter(|piece| !is_summary(piece))
                .flat_map(|piece| blocks_of(std::slice::from_ref(piece)))
                .collect()
        }
        "summary" | "dt" => strong(inside),
        "blockquote" | "aside" => quoted(&blocks_of(inside)),
        "pre" => vec![fenced(inside)],
        "ul" | "ol" => list(element),
        "table" => table(inside),
        _ => blocks_of(inside),
    }
}

fn strong(inside: &[Piece]) -> Vec<String> {
    let text = text_of(inside);
    if text.is_empty() { Vec::new() } else { vec![format!("**{text}**")] }
}

fn quoted(blocks: &[String]) -> Vec<String> {
    let text = blocks.join("\n\n");
    if text.is_empty() {
        return Vec::new();
    }
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    vec![text.lines().map(line).collect::<Vec<_>>().join("\n")]
}

fn fenced(inside: &[Piece]) -> String {
    let mut text = String::new();
    raw(inside, &mut text);
    let fence = if text.contains("```") { "~~~~" } else { "```" };
    format!("{fence}\n{}\n{fence}", text.trim_end_matches('\n'))
}

fn raw(pieces: &[Piece], text: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Element(element) => raw(&element.inside, text),
        }
    }
}

fn list(element: &Element) -> Vec<String> {
    let start = element.attribute("start").parse::<usize>().unwrap_or(1);
    let mut items = Vec::new();
    for piece in &element.inside {
        let Piece::Element(item) = piece else { continue };
        let blocks = blocks_of(&item.inside);
        if blocks.is_empty() {
            continue;
        }
        let marker =
            if element.name == "ol" { format!("{}. ", start + items.len()) } else { "- ".to_owned() };
        items.push(format!("{marker}{}", indented(&joined(&blocks), marker.len())));
    }
    if items.is_empty() { Vec::new() } else { vec![items.join("\n")] }
}

/// The blocks of an item: a list follows its first line, anything else stands apart.
fn joined(blocks: &[String]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str(if block.starts_with("- ") || block.starts_with("1. ") { "\n" } else { "\n\n" });
        }
        text.push_str(block);
    }
    text
}

/// A table; a caption that is not the heading above is said before it.
fn table(inside: &[Piece]) -> Vec<String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut caption = String::new();
    rows_of(inside, &mut rows, &mut caption);
    let mut blocks = Vec::new();
    if !caption.is_empty() {
        blocks.push(caption);
    }
    blocks.extend(markdown::table(rows));
    blocks
}

fn rows_of(pieces: &[Piece], rows: &mut Vec<Vec<String>>, caption: &mut String) {
    for piece in pieces {
        let Piece::Element(element) = piece else { continue };
        match element.name.as_str() {
            // One that is not seen says what stands above.
            "caption" if element.has_class("visually-hidden") => {}
            "caption" => *caption = text_of(&element.inside),
            "tr" => {
                let mut cells = Vec::new();
                for piece in &element.inside {
                    let Piece::Element(cell) = piece else { continue };
                    if matches!(cell.name.as_str(), "td" | "th") {
                        let text: Vec<String> = blocks_of(&cell.inside)
                            .iter()
                            .map(|block| block.replace('\n', " ").trim_start_matches("- ").to_owned())
                            .collect();
                        cells.push(text.join("; "));
                        let wide = cell.attribute("colspan").parse::<usize>().unwrap_or(1).min(40);
                        cells.extend((1..wide).map(|_| String::new()));
                    }
                }
                rows.push(cells);
            }
            _ => rows_of(&element.inside, rows, caption),
        }
    }
}

fn text_of(pieces: &[Piece]) -> String {
    blocks_of(pieces).iter().map(|block| block.replace('\n', " ")).collect::<Vec<_>>().join(" ")
}

fn inline(piece: &Piece, out: &mut String) {
    let element = match piece {
        Piece::Text(text) => return markdown::escape(out, text),
        Piece::Element(element) if element.is_silent() => return,
        Piece::Element(element) => element,
    };
    let inside = |out: &mut String| element.inside.iter().for_each(|piece| inline(piece, out));
    let between = |out: &mut String, mark: &str| {
        let mut text = String::new();
        element.inside.iter().for_each(|piece| inline(piece, &mut text));
        // Marks must stand at the words: what surrounds them stays outside.
        let (bare, blank) = (text.trim(), |text: &str| text.starts_with(char::is_whitespace));
        if bare.is_empty() {
            return out.push_str(&text);
        }
        let after = text.ends_with(char::is_whitespace);
        for part in [if blank(&text) { " " } else { "" }, mark, bare, mark, if after { " " } else { "" }] {
            out.push_str(part);
        }
    };
    match element.name.as_str() {
        "br" => out.push_str(markdown::BREAK),
        "strong" | "b" => between(out, "**"),
        "em" | "i" => between(out, "*"),
        "del" | "s" => between(out, "~~"),
        "code" | "kbd" | "samp" => {
            let mut text = String::new();
            raw(&element.inside, &mut text);
            let mark = if text.contains('`') { "``" } else { "`" };
            out.push_str(&format!("{mark}{text}{mark}"));
        }
        "img" => out.push_str(&markdown::picture(element.attribute("alt"), element.attribute("src"))),
        "a" => {
            let mut text = String::new();
            inside(&mut text);
            out.push_str(&markdown::link(text.trim(), element.attribute("href")));
        }
        // Labels side by side on a page would run together in a text.
        "span" | "small" | "time" => {
            let mut text = String::new();
            inside(&mut text);
            let opens = |character: char| character.is_whitespace() || "([«“¿¡".contains(character);
            if !out.is_empty() && !out.ends_with(opens) && text.starts_with(char::is_alphanumeric) {
                out.push(' ');
            }
            out.push_str(&text);
        }
        _ => inside(out),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_form() {
        let html = "<p>Un <strong>río</strong> y <a href=\"../canales/web.html#x\">la <em>web</em></a>.</p>\n\
            <ul><li>uno<ul><li>dentro</li></ul></li><li><p>dos</p></li></ul><blockquote><p>cita</p><p>más</p></blockquote>";
        assert_eq!(
            blocks(html).join("\n\n"),
            "Un **río** y [la *web*](../canales/web.md).\n\n- uno\n  - dentro\n- dos\n\n> cita\n>\n> más"
        );
    }

    #[test]
    fn tables_pictures_and_code() {
        let html = "<table><caption>Cifras</caption><thead><tr><th>Mes</th><th>a|b</th></tr></thead><tbody>\
            <tr><th>enero</th><td>1</td></tr></tbody></table><pre><code>x &lt; y\n</code></pre>\
            <p><img src=\"../files/a.png\" alt=\"Un mapa\"> <code>a*b</code></p>";
        assert_eq!(
            blocks(html).join("\n\n"),
            "Cifras\n\n| Mes | a\\|b |\n| --- | --- |\n| enero | 1 |\n\n```\nx < y\n```\n\n![Un mapa](../files/a.png) `a*b`"
        );
    }

    #[test]
    fn drawings_and_scripts_are_left_out() {
        let html = "<figure><svg><text>9</text></svg><p>Sube.</p><button>Copiar</button></figure>";
        assert_eq!(blocks(html), ["Sube."]);
    }

    #[test]
    fn what_could_be_markdown_stays_text() {
        assert_eq!(
            line("<p># no heading, *no* list, 1 &lt; 2, [x](y)</p>"),
            "\\# no heading, \\*no\\* list, 1 \\< 2, \\[x\\](y)"
        );
        assert_eq!(line("<p>- a\nb</p>"), "\\- a b");
    }

    #[test]
    fn any_nesting_ends() {
        let deep = "<div>".repeat(5_000) + "x";
        assert_eq!(blocks(&deep), ["x"]);
        assert_eq!(blocks("<p>open <b>and").len(), 1);
        assert!(blocks("<").is_empty());
    }
}
