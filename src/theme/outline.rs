//! What can be seen in the text of a template without running it: blocks, components, what it extends and calls.

/// A name in a template and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'t> {
    /// The name.
    pub text: &'t str,
    /// Byte offset of its first letter.
    pub at: usize,
    /// In how many blocks it stands.
    pub depth: usize,
}

/// What a template says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline<'t> {
    /// The template that it extends.
    pub extends: Option<&'t str>,
    /// Templates that it includes.
    pub includes: Vec<&'t str>,
    /// Its blocks.
    pub blocks: Vec<Name<'t>>,
    /// The components that it makes, each with what it wants: `tag`, `tag(tag)`.
    pub components: Vec<(Name<'t>, &'t str)>,
    /// The components that it calls.
    pub calls: Vec<&'t str>,
}

/// Reads the outline of a template; what is not well-formed is the engine's to tell.
pub(super) fn outline(text: &str) -> Outline<'_> {
    let mut outline = Outline::default();
    let mut at = 0;
    let mut depth = 0_usize;
    while let Some((start, end, kind)) = next_tag(text, at) {
        at = end;
        let Some(inside) = text.get(start + 2..end.saturating_sub(2)) else { continue };
        let body = inside.trim_matches('-').trim();
        let offset = |part: &str| start + 2 + inside.find(part).unwrap_or_default();
        match kind {
            Kind::Statement => {
                let (word, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
                let rest = rest.trim();
                let name = rest.split(|letter: char| !is_name(letter)).next().unwrap_or_default();
                match word {
                    "extends" => outline.extends = quoted(rest),
                    "include" => outline.includes.extend(quoted(rest)),
                    "block" => {
                        outline.blocks.push(Name { text: name, at: offset(rest), depth });
                        depth += 1;
                    }
                    "endblock" => depth = depth.saturating_sub(1),
                    "component" => {
                        let name = Name { text: name, at: offset(rest), depth };
                        outline.components.push((name, rest));
                    }
                    _ => {}
                }
            }
            Kind::Expression => {}
        }
        // A component is called as `<name …/>` within either.
        for (found, _) in body.match_indices('<') {
            let rest = body.get(found + 1..).unwrap_or_default();
            let name = rest.split(|letter: char| !is_name(letter)).next().unwrap_or_default();
            if !name.is_empty() {
                outline.calls.push(name);
            }
        }
    }
    outline
}

/// The text inside of a block, without the tags around it.
pub(super) fn block<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut at = 0;
    let mut begin: Option<usize> = None;
    let mut depth = 0_usize;
    while let Some((start, end, kind)) = next_tag(text, at) {
        at = end;
        if kind != Kind::Statement {
            continue;
        }
        let body = text.get(start + 2..end.saturating_sub(2))?.trim_matches('-').trim();
        match (body.strip_prefix("block "), body.starts_with("endblock"), begin) {
            (Some(found), _, None) if found.trim() == name => begin = Some(end),
            (Some(_), _, Some(_)) => depth += 1,
            (_, true, Some(_)) if depth > 0 => depth -= 1,
            (_, true, Some(begin)) => return text.get(begin..start),
            _ => {}
        }
    }
    None
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Statement,
    Expression,
}

/// The next `{% … %}` or `{{ … }}` from byte `from` on, comments left aside: its range.
fn next_tag(text: &str, from: usize) -> Option<(usize, usize, Kind)> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let open = rest.find('{')?;
        let start = at + open;
        let (close, kind) = match rest.get(open..open + 2) {
            Some("{#") => ("#}", None),
            Some("{%") => ("%}", Some(Kind::Statement)),
            Some("{{") => ("}}", Some(Kind::Expression)),
            _ => {
                at = start + 1;
                continue;
            }
        };
        let end = start + 2 + text.get(start + 2..)?.find(close)? + 2;
        match kind {
            Some(kind) => return Some((start, end, kind)),
            None => at = end,
        }
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn quoted(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|letter| matches!(letter, '"' | '\'' | '`'))?;
    text.get(1..)?.split_once(mark).map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{#- {% block no %} -#}\n{% extends \"base.html\" %}\n{%- block main %}\n{{ <tag tag={t} /> }}\n{% block ñ_in -%}x{% endblock ñ_in %}\n{% endblock main %}\n{% component own(a, b=1) -%}{% endcomponent own %}";

    #[test]
    fn an_outline_is_read() {
        let outline = outline(TEXT);
        assert_eq!(outline.extends, Some("base.html"));
        let blocks: Vec<_> = outline.blocks.iter().map(|block| (block.text, block.depth)).collect();
        assert_eq!(blocks, [("main", 0), ("ñ_in", 1)]);
        let main = outline.blocks[0];
        assert_eq!(&TEXT[main.at..main.at + 4], "main");
        assert_eq!(outline.components[0].1, "own(a, b=1)");
        assert_eq!(outline.calls, ["tag"]);
    }

    #[test]
    fn the_inside_of_a_block() {
        assert_eq!(block(TEXT, "ñ_in"), Some("x"));
        assert!(block(TEXT, "main").unwrap().contains("{% endblock ñ_in %}"));
        assert_eq!(block(TEXT, "no"), None);
    }
}
