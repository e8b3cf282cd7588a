//! The typeface of a playbook: a stack of fonts that readers have, by a name; or woff2 files of its own, checked and served with the site.

use super::asset::Asset;
use crate::finding::{Code, Finding, Level};
use crate::text::{Place, nearest};
use crate::words;

/// A typeface that is neither a known name nor a file.
pub static UNKNOWN_FONT: Code =
    Code { id: "P607", name: "unknown_font", level: Level::Warning, since: "0.1.0" };
/// A font file that cannot be used as it is, or is heavy.
pub static FONT_FILE: Code = Code { id: "P608", name: "font_file", level: Level::Warning, since: "0.1.0" };

/// What a font file may weigh before it is told: a text face with Latin letters has 15 to 40 KiB.
const HEAVY: usize = 100 * 1024;
/// What a font file may weigh at all.
const MOST: usize = 1024 * 1024;

/// A stack: its names in English and in Spanish, and the fonts, the commonest systems first.
struct Stack {
    names: [&'static str; 2],
    fonts: &'static str,
}

#[rustfmt::skip]
static STACKS: &[Stack] = &[
    Stack { names: ["sans", "palo_seco"], fonts: r#"ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif"# },
    Stack { names: ["serif", "con_serifa"], fonts: r#"ui-serif, Charter, "Iowan Old Style", Cambria, "Noto Serif", "DejaVu Serif", Georgia, serif"# },
    Stack { names: ["humanist", "humanista"], fonts: r#"Optima, Candara, Seravek, "Gill Sans", Ubuntu, "Noto Sans", sans-serif"# },
    Stack { names: ["geometric", "geometrica"], fonts: r#""Avenir Next", Avenir, Corbel, "Century Gothic", "URW Gothic", Montserrat, sans-serif"# },
    Stack { names: ["rounded", "redondeada"], fonts: r#"ui-rounded, "SF Pro Rounded", "Arial Rounded MT Bold", Nunito, Quicksand, "Segoe UI", system-ui, sans-serif"# },
    Stack { names: ["slab", "egipcia"], fonts: r#"Rockwell, "Roboto Slab", "Sitka Text", "Bookman Old Style", "DejaVu Serif", serif"# },
    Stack { names: ["mono", "monoespaciada"], fonts: r#"ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace"# },
];

/// What a typeface is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Running text.
    Text,
    /// Headings.
    Headings,
    /// The bold weight of the text's own file.
    Bold,
    /// The italic of the text's own file.
    Italic,
}

/// What the settings say of one use, and the file when they name one that exists.
#[derive(Clone, Debug)]
pub struct Font {
    /// What for.
    pub of: Use,
    /// The words of the settings.
    pub written: String,
    /// Where they stand.
    pub place: Place,
    /// The bytes of the file, when the words name a file of the playbook.
    pub bytes: Option<Vec<u8>>,
}

/// Whether these words of the settings mean a file.
pub fn is_file(written: &str) -> bool {
    let lower = written.to_ascii_lowercase();
    written.contains('/')
        || [".woff2", ".woff", ".ttf", ".otf", ".eot"].iter().any(|end| lower.ends_with(end))
}

/// The style rules for the fonts of the settings, and the files that they need.
pub(super) fn style(fonts: &[Font], files: &[String], findings: &mut Vec<Finding>) -> (String, Vec<Asset>) {
    let mut rules = String::new();
    let mut assets = Vec::new();
    for font in fonts {
        let stack = match stack(&font.written) {
            Some(stack) if matches!(font.of, Use::Text | Use::Headings) => Some(stack),
            _ => None,
        };
        let own = if stack.is_none() { own_file(font, files, findings) } else { None };
        let (variable, family) = match font.of {
            Use::Headings => ("--headings", "Own headings"),
            _ => ("--text", "Own text"),
        };
        if let Some(stack) = stack {
            rules.push_str(&format!(":root {{ {variable}: {stack}; }}\n"));
        } else if let Some((asset, is_variable)) = own {
            let (weight, style) = match font.of {
                Use::Bold => ("700", "normal"),
                Use::Italic if is_variable => ("100 900", "italic"),
                Use::Italic => ("400", "italic"),
                _ if is_variable => ("100 900", "normal"),
                Use::Headings => ("700", "normal"),
                Use::Text => ("400", "normal"),
            };
            let name = asset.path.rsplit_once('/').map_or(asset.path.as_str(), |(_, name)| name);
            rules.push_str(&format!(
                "@font-face {{ font-family: \"{family}\"; src: url(\"{name}\") format(\"woff2\"); font-weight: {weight}; font-style: {style}; font-display: swap; }}\n"
            ));
            if matches!(font.of, Use::Text | Use::Headings) {
                let rest = STACKS.first().map_or("sans-serif", |stack| stack.fonts);
                rules.push_str(&format!(":root {{ {variable}: \"{family}\", {rest}; }}\n"));
            }
            assets.push(asset);
        }
    }
    let wants_file = fonts.iter().any(|font| font.of == Use::Text && is_file(&font.written));
    let is_alone =
        |font: &&Font| matches!(font.of, Use::Bold | Use::Italic) && font.bytes.is_some() && !wants_file;
    for font in fonts.iter().filter(is_alone) {
        findings.push(
            Finding::new(
                &FONT_FILE,
                font.place.clone(),
                words!(
                    "bold and italic belong to a text font of your own, and there is none",
                    "la negrita y la cursiva van con una letra de texto propia, y no la hay"
                ),
            )
            .help(words!(
                "name the file of the regular weight under `text:` beside it",
                "pon al lado, en `texto:`, el archivo de la letra normal"
            )),
        );
    }
    (rules, assets)
}

fn stack(written: &str) -> Option<&'static str> {
    let name = written.trim().to_lowercase().replace([' ', '-'], "_");
    let name = if name == "sans_serif" { "sans".to_owned() } else { name };
    STACKS.iter().find(|stack| stack.names.contains(&name.as_str())).map(|stack| stack.fonts)
}

/// The file of a font and whether it is variable; says what is wrong with it.
fn own_file(font: &Font, files: &[String], findings: &mut Vec<Finding>) -> Option<(Asset, bool)> {
    let written = &font.written;
    let told = |code, what| Finding::new(code, font.place.clone(), what);
    if !is_file(written) {
        findings.push(unknown(font, files));
        return None;
    }
    let Some(bytes) = &font.bytes else {
        let near = nearest(written, files.iter().map(String::as_str));
        let finding = told(
            &FONT_FILE,
            words!("there is no font file `{written}`", "no existe el archivo de letra `{written}`"),
        );
        findings.push(match near {
            Some(_) => finding.suggest(near),
            None => finding.help(words!(
                "the path is that from the folder of the playbook, such as `assets/text.woff2`",
                "la ruta se escribe desde la carpeta de la guía, como `recursos/texto.woff2`"
            )),
        });
        return None;
    };
    let size = bytes.len().div_ceil(1024);
    let Some(is_variable) = variable(bytes) else {
        let format = match bytes.get(..4) {
            Some(b"wOFF") => "WOFF 1",
            Some(b"OTTO") => "OpenType",
            Some(b"\0\x01\0\0" | b"true") => "TrueType",
            _ => "?",
        };
        let what = if format == "?" {
            words!("`{written}` is no woff2 font", "`{written}` no es una letra woff2")
        } else {
            words!(
                "`{written}` is a font in the format {format}, not woff2",
                "`{written}` es una letra en formato {format}, no woff2"
            )
        };
        findings.push(
            told(&FONT_FILE, what)
                .why(words!(
                    "woff2 is the format that all browsers read, at a third of the size; the text is set in the default typeface",
                    "woff2 es el formato que leen todos los navegadores y ocupa un tercio; el texto va con la letra de serie"
                ))
                .help(words!(
                    "ask whoever made the font for its woff2 file, or convert it if its licence allows it",
                    "pide el archivo woff2 a quien hizo la letra, o conviértela si su licencia lo permite"
                )),
        );
        return None;
    };
    if bytes.len() > HEAVY {
        let (most, light) = (MOST / 1024, HEAVY / 1024);
        let is_too_much = bytes.len() > MOST;
        let why = if is_too_much {
            words!(
                "the limit is {most} KiB; the text is set in the default typeface",
                "el límite es {most} KiB; el texto va con la letra de serie"
            )
        } else {
            words!(
                "every reader fetches it before the page looks as it should; a whole page weighs less than {light} KiB",
                "quien lee la descarga antes de ver la página como es; una página entera pesa menos de {light} KiB"
            )
        };
        findings.push(
            told(
                &FONT_FILE,
                words!(
                    "the font file `{written}` has {size} KiB",
                    "el archivo de letra `{written}` pesa {size} KiB"
                ),
            )
            .why(why)
            .help(words!(
                "keep only the letters of your languages in it (a subset for Latin has 15 to 40 KiB)",
                "deja en él solo las letras de vuestros idiomas (con las latinas pesa de 15 a 40 KiB)"
            )),
        );
        if is_too_much {
            return None;
        }
    }
    let stem = match font.of {
        Use::Text => "text",
        Use::Headings => "headings",
        Use::Bold => "text-bold",
        Use::Italic => "text-italic",
    };
    Some((Asset::of_bytes(stem, "woff2", bytes.clone()), is_variable))
}

fn unknown(font: &Font, files: &[String]) -> Finding {
    let written = &font.written;
    let list = |at: usize| {
        let names = STACKS.iter().filter_map(|stack| stack.names.get(at));
        names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let (en, es) = (list(0), list(1));
    let finding = Finding::new(
        &UNKNOWN_FONT,
        font.place.clone(),
        words!("there is no typeface `{written}`", "no hay ningún tipo de letra `{written}`"),
    )
    .why(words!(
        "a font that you have is not on the computers of your readers: the named typefaces are, and a woff2 file comes with the site",
        "una letra que tú tienes no está en el ordenador de quien lee: las que tienen nombre aquí sí, y un archivo woff2 va con el sitio"
    ));
    let names = STACKS.iter().flat_map(|stack| stack.names);
    match nearest(written, names.chain(files.iter().map(String::as_str))) {
        Some(near) => finding.replace(near.to_owned()),
        None => finding.help(words!(
            "choose one of {en}, or name a woff2 file of the playbook",
            "elige entre {es}, o indica un archivo woff2 de la guía"
        )),
    }
}

/// Whether a woff2 file holds a variable font; `None` when it is no whole woff2 file. Only its directory is read, which is not compressed.
fn variable(bytes: &[u8]) -> Option<bool> {
    const HEAD: usize = 48;
    const ANY: u8 = 63;
    const FVAR: u8 = 47;
    if bytes.get(..4)? != b"wOF2" {
        return None;
    }
    let word =
        |at: usize| -> Option<u32> { Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)) };
    if usize::try_from(word(8)?).ok()? != bytes.len() {
        return None;
    }
    let tables = u16::from_be_bytes(bytes.get(12..14)?.try_into().ok()?);
    let mut at = HEAD;
    let mut is_variable = false;
    for _ in 0..tables {
        let flags = *bytes.get(at)?;
        at += 1;
        let (known, version) = (flags & 0x3f, flags >> 6);
        let tag = if known == ANY {
            at += 4;
            bytes.get(at - 4..at)?
        } else {
            &[]
        };
        is_variable |= known == FVAR || tag == b"fvar";
        at = after_number(bytes, at)?;
        // Outlines and their places (10, 11) are transformed unless they say 3, the other tables when they say anything but 0.
        let is_transformed = if matches!(known, 10 | 11) { version != 3 } else { version != 0 };
        if is_transformed {
            at = after_number(bytes, at)?;
        }
    }
    Some(is_variable)
}

/// The place after a number of up to five bytes, seven bits each.
fn after_number(bytes: &[u8], from: usize) -> Option<usize> {
    (from..from + 5).find(|at| bytes.get(*at).is_some_and(|byte| byte & 0x80 == 0)).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least that passes for woff2: a head and a directory of these tables.
    fn woff2(tables: &[u8], weight: usize) -> Vec<u8> {
        let mut bytes = b"wOF2\0\x01\0\0".to_vec();
        bytes.extend([0; 4]);
        bytes.extend(u16::try_from(tables.len()).unwrap().to_be_bytes());
        bytes.resize(48, 0);
        for table in tables {
            bytes.extend([*table, 0x81, 0x00]);
        }
        bytes.resize(bytes.len().max(weight), 0);
        let length = u32::try_from(bytes.len()).unwrap().to_be_bytes();
        bytes[8..12].copy_from_slice(&length);
        bytes
    }

    fn font(of: Use, written: &str, bytes: Option<Vec<u8>>) -> Font {
        Font { of, written: written.into(), place: Place::Run, bytes }
    }

    fn told(fonts: &[Font]) -> (String, usize, Vec<Finding>) {
        let mut findings = Vec::new();
        let (rules, assets) = style(fonts, &["assets/text.woff2".to_owned()], &mut findings);
        (rules, assets.len(), findings)
    }

    #[test]
    fn a_name_is_a_stack_in_both_languages() {
        for name in ["serif", "Con serifa", "con-serifa"] {
            let (rules, files, findings) = told(&[font(Use::Text, name, None)]);
            assert!(rules.starts_with(":root { --text: ui-serif") && files == 0, "{rules}");
            assert_eq!(findings, Vec::new());
        }
    }

    #[test]
    fn a_file_is_served_and_a_variable_one_has_all_weights() {
        let (rules, files, findings) = told(&[
            font(Use::Text, "assets/text.woff2", Some(woff2(&[0, 1, 47], 0))),
            font(Use::Headings, "slab", None),
        ]);
        assert_eq!((files, findings), (1, Vec::new()));
        assert!(rules.contains("font-weight: 100 900") && rules.contains("font-display: swap"), "{rules}");
        assert!(rules.contains("src: url(\"text.") && rules.contains("--headings: Rockwell"), "{rules}");
    }

    #[test]
    fn what_is_wrong_with_a_font_is_told() {
        let cases = [
            (font(Use::Text, "Arial", None), "P607", "choose one of"),
            (font(Use::Text, "seriff", None), "P607", "did you mean `serif`?"),
            (font(Use::Text, "assets/txt.woff2", None), "P608", "did you mean `assets/text.woff2`?"),
            (font(Use::Text, "a.ttf", Some(b"\0\x01\0\0rest".to_vec())), "P608", "ask whoever made the font"),
            (font(Use::Text, "a.woff2", Some(woff2(&[0], 200_000))), "P608", "keep only the letters"),
            (font(Use::Bold, "a.woff2", Some(woff2(&[0], 0))), "P608", "name the file of the regular weight"),
        ];
        for (font, code, help) in cases {
            let (_, _, findings) = told(std::slice::from_ref(&font));
            let found: Vec<_> = findings.iter().map(|finding| finding.code.id).collect();
            assert_eq!(found, [code], "{font:?}");
            let said = &findings[0].help.as_ref().unwrap().en;
            assert!(said.contains(help), "{said}");
        }
        let cut = woff2(&[0, 1], 0);
        assert_eq!(variable(&cut[..40]), None, "a file that was cut off");
    }
}
