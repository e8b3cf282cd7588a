//! Where the front matter of a Markdown text ends.

use std::ops::Range;

use crate::finding::{Code, Finding, Level};
use crate::text::{SourceId, Span};
use crate::words;

/// `---` opens a front matter that no second `---` closes.
pub static FRONT_MATTER_UNCLOSED: Code =
    Code { id: "P019", name: "unclosed_front_matter", level: Level::Error, since: "0.1.0" };
/// A front matter in another language than YAML.
pub static FRONT_MATTER_FOREIGN: Code =
    Code { id: "P007", name: "foreign_front_matter", level: Level::Warning, since: "0.1.0" };

/// The codes of this file.
pub static CODES: &[&Code] = &[&FRONT_MATTER_UNCLOSED, &FRONT_MATTER_FOREIGN];

/// Where the parts of a Markdown text lie. Offsets count in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The YAML between the two lines of dashes.
    pub yaml: Option<Range<usize>>,
    /// Where the Markdown starts.
    pub body: usize,
    /// A front matter that is not read.
    pub foreign: Option<Foreign>,
    /// The first line opens a front matter, what follows looks like fields, and nothing closes it. `yaml` then holds those fields, up to the first blank line.
    pub unclosed: bool,
}

/// Languages of front matter that are recognised and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Between two lines `+++`.
    Toml,
    /// Between braces, or behind `---json`.
    Json,
    /// Behind `---js` and its like: program code.
    Js,
}

/// Divides a Markdown text. The marks count only in the first line.
pub fn cut(text: &str) -> FrontMatter {
    let mut lines = Lines { text, at: 0 };
    let Some((first, _)) = lines.next() else { return FrontMatter::default() };
    let opening = first.trim_end();
    if opening == "---" {
        return dashes(text, lines);
    }
    let foreign = match opening {
        "+++" => Foreign::Toml,
        "{" => Foreign::Json,
        _ => match opening.strip_prefix("---").map(str::trim) {
            Some("toml") => Foreign::Toml,
            Some("json") => Foreign::Json,
            Some("js" | "javascript" | "coffee" | "cson") => Foreign::Js,
            Some("yaml" | "yml") => return dashes(text, lines),
            _ => return FrontMatter::default(),
        },
    };
    let closing = match opening {
        "{" => "}",
        "+++" => "+++",
        _ => "---",
    };
    // Without its end it is a text that happens to begin so.
    match lines.find(|(line, _)| line.trim_end() == closing) {
        Some((_, range)) => FrontMatter { body: range.end, foreign: Some(foreign), ..FrontMatter::default() },
        None => FrontMatter::default(),
    }
}

fn dashes(text: &str, lines: Lines<'_>) -> FrontMatter {
    let start = lines.at;
    let mut fields = None;
    for (line, range) in lines {
        let trimmed = line.trim_end();
        if trimmed == "---" || trimmed == "..." {
            return FrontMatter { yaml: Some(start..range.start), body: range.end, ..FrontMatter::default() };
        }
        if trimmed.is_empty() && fields.is_none() {
            fields = Some(range.start);
        }
    }
    // A horizontal rule, unless fields follow it.
    let end = fields.unwrap_or(text.len());
    let first =
        text.get(start..end).unwrap_or_default().lines().find(|line| !line.trim_start().starts_with('#'));
    if !first.is_some_and(is_field) {
        return FrontMatter::default();
    }
    FrontMatter { yaml: Some(start..end), body: end, unclosed: true, foreign: None }
}

/// `name: value` with a name of a few words.
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        let word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | ' ');
        name.starts_with(char::is_alphabetic)
            && name.chars().all(word)
            && name.split(' ').count() <= 3
            && (value.is_empty() || value.starts_with([' ', '\t', '\r']))
    })
}

impl FrontMatter {
    /// What an author must know of the front matter of this text.
    pub fn check(&self, text: &str, source: SourceId, findings: &mut Vec<Finding>) {
        let first = Span::new(source, 0, text.lines().next().unwrap_or_default().trim_end().len());
        if self.unclosed {
            findings.push(
                Finding::new(
                    &FRONT_MATTER_UNCLOSED,
                    first,
                    words!("the front matter is not closed", "la cabecera de datos no se cierra"),
                )
                .mark(words!("opened here", "se abre aquí"))
                .why(words!(
                    "without a second line `---` one cannot tell where the fields end and the text begins",
                    "sin una segunda línea `---` no se sabe dónde acaban los campos y empieza el texto"
                ))
                .help(words!(
                    "add a line `---` after the last field",
                    "añade una línea `---` después del último campo"
                )),
            );
        }
        let (name, example) = match self.foreign {
            None => return,
            Some(Foreign::Toml) => ("TOML", "`title = \"…\"`"),
            Some(Foreign::Json) => ("JSON", "`\"title\": \"…\"`"),
            Some(Foreign::Js) => ("JavaScript", "`title: \"…\"`"),
        };
        findings.push(
            Finding::new(
                &FRONT_MATTER_FOREIGN,
                first,
                words!(
                    "the front matter is written in {name}",
                    "la cabecera de datos está escrita en {name}"
                ),
            )
            .why(words!(
                "only YAML is read here, so its fields are left out",
                "aquí solo se lee YAML, así que sus campos se omiten"
            ))
            .help(words!(
                "write it between two lines `---` as `title: …` in place of {example}",
                "escríbela entre dos líneas `---` como `title: …` en lugar de {example}"
            ))
            .group(name),
        );
    }
}

/// Lines with their ranges, line end included.
#[derive(Clone)]
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (&'t str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
        let range = self.at..self.at + length;
        self.at = range.end;
        Some((rest.get(..length)?, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// YAML, body.
    #[track_caller]
    fn check(text: &str, yaml: Option<&str>, body: &str) -> FrontMatter {
        let parts = cut(text);
        assert_eq!(parts.yaml.clone().map(|range| &text[range]), yaml, "{text:?}");
        assert_eq!(&text[parts.body..], body, "{text:?}");
        parts
    }

    #[test]
    fn closed() {
        check("---\na: b\n---\n# T\n", Some("a: b\n"), "# T\n");
        check("--- \r\na: ñ\r\n---\t\r\nT", Some("a: ñ\r\n"), "T");
        check("---\na: b\n...\nT", Some("a: b\n"), "T");
        check("---\n---\nT", Some(""), "T");
        check("---\na: b\n---", Some("a: b\n"), "");
        check("---yaml\na: b\n---\nT", Some("a: b\n"), "T");
        check("---\na: |\n  x\n  ---\nb: c\n---\nT", Some("a: |\n  x\n  ---\nb: c\n"), "T");
    }

    #[test]
    fn none() {
        check("", None, "");
        check("# T\n---\na: b\n---\n", None, "# T\n---\na: b\n---\n");
        check("---\nUn texto. Y: otro\n", None, "---\nUn texto. Y: otro\n");
        check("----\na: b\n---\n", None, "----\na: b\n---\n");
        check("{ no json\n", None, "{ no json\n");
        check("---", None, "---");
    }

    #[test]
    fn unclosed() {
        let text = "---\n# nota\ntitle: x\ntags: [a]\n\n# Texto\n";
        let parts = check(text, Some("# nota\ntitle: x\ntags: [a]\n"), "\n# Texto\n");
        assert!(parts.unclosed);
        let mut findings = Vec::new();
        parts.check(text, SourceId(0), &mut findings);
        assert_eq!(findings[0].code.id, "P019");
    }

    #[test]
    fn foreign() {
        for (text, foreign) in [
            ("+++\ntitle = 1\n+++\nT", Foreign::Toml),
            ("{\n  \"a\": 1\n}\nT", Foreign::Json),
            ("---js\n{}\n---\nT", Foreign::Js),
            ("--- json\n{}\n---\nT", Foreign::Json),
        ] {
            let parts = check(text, None, "T");
            assert_eq!(parts.foreign, Some(foreign));
            let mut findings = Vec::new();
            parts.check(text, SourceId(0), &mut findings);
            assert_eq!(findings[0].code.id, "P007");
        }
        assert_eq!(check("+++\nT", None, "+++\nT").foreign, None);
    }
}
