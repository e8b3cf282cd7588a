//! A playbook's style sheet that would load something from another host: the page's policy refuses it, so the author is told.

use super::ThemeFile;
use crate::finding::{Code, Finding, Level};
use crate::text::{Place, Span};
use crate::words;

/// A style sheet names a font, picture or sheet on another host.
pub static OUTSIDE_LOAD: Code =
    Code { id: "P604", name: "outside_load", level: Level::Warning, since: "0.1.0" };

/// Looks for addresses of other hosts in a style sheet, comments left aside.
pub(super) fn check(file: &ThemeFile, findings: &mut Vec<Finding>) {
    let mut rest = 0;
    while let Some((start, end)) = next_address(&file.text, rest) {
        rest = end;
        let address = file.text.get(start..end).unwrap_or_default();
        let host = address
            .split_once("//")
            .map_or(address, |(_, after)| after)
            .split('/')
            .next()
            .unwrap_or_default();
        findings.push(
            Finding::new(
                &OUTSIDE_LOAD,
                Place::Span(Span::new(file.source, start, end)),
                words!("the style sheet asks {host} for a file", "la hoja de estilo pide un archivo a {host}"),
            )
            .why(words!(
                "a site of Portolan loads nothing from elsewhere: it must work without a connection and tell nobody who reads it; browsers refuse this address",
                "un sitio de Portolan no carga nada de fuera: debe funcionar sin conexión y no contar a nadie quién lo lee; los navegadores rechazan esta dirección"
            ))
            .help(words!(
                "leave the address out; a font of the reader's own system needs none",
                "quita la dirección; una letra del propio sistema de quien lee no la necesita"
            )),
        );
    }
}

/// The next address with a host from byte `from` on: its range.
fn next_address(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let slashes = rest.find("//");
        let comment = rest.find("/*");
        match (slashes, comment) {
            (slashes, Some(comment)) if slashes.is_none_or(|slashes| comment < slashes) => {
                let inside = rest.get(comment + 2..)?;
                at += comment + 2 + inside.find("*/")? + 2;
            }
            (Some(slashes), _) => {
                let before = rest.get(..slashes).unwrap_or_default();
                let scheme = ["https:", "http:"].iter().find(|scheme| before.ends_with(**scheme));
                let after = rest.get(slashes..)?;
                let length = after
                    .find(|character: char| character.is_whitespace() || "\"')(;".contains(character))
                    .unwrap_or(after.len());
                let is_quoted = before.ends_with(['"', '\'', '(']);
                // Names of XML languages in an embedded drawing are names, not addresses.
                let is_name = after.starts_with("//www.w3.org/");
                at += slashes + length.max(2);
                if !is_name && (scheme.is_some() || is_quoted) && length > 2 {
                    let start = at - length - scheme.map_or(0, |scheme| scheme.len());
                    return Some((start, at));
                }
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;
    use crate::text::SourceId;

    #[test]
    fn hosts_are_found_and_names_are_not() {
        let text = "/* https://a.example */\n@import url(https://fonts.example/css?x=1);\nb{background:url('//cdn.example/a.png')}\nc{background:url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\")}";
        let file = ThemeFile { path: "style.css".into(), source: SourceId(0), text: text.into() };
        let mut findings = Vec::new();
        check(&file, &mut findings);
        let hosts: Vec<_> = findings.iter().map(|finding| finding.message.en.clone()).collect();
        assert_eq!(
            hosts,
            ["the style sheet asks fonts.example for a file", "the style sheet asks cdn.example for a file"]
        );
        let Place::Span(span) = findings[0].place else { panic!("a span") };
        assert_eq!(&text[span.start as usize..span.end as usize], "https://fonts.example/css?x=1");
    }
}
