//! The built-in files as files of a playbook's `theme/`: a copy of a template or of one block of it, the variables of the style sheet, the words.

use super::outline::{block, outline};
use super::{asset, builtin};
use crate::finding::Language;
use crate::text::nearest;

/// A file to be written into `theme/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ejected {
    /// Path below `theme/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Why there is nothing to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NothingToEject {
    /// No file of this name; the nearest.
    File(Option<String>),
    /// The file has no such block; the nearest, and all.
    Block(Option<String>, Vec<String>),
}

/// The mark at the head of a copy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'t> {
    /// Version of the program.
    pub version: &'t str,
    /// `entity.html`, `entity.html#facts`.
    pub what: &'t str,
    /// Of the text that was copied.
    pub fingerprint: &'t str,
    /// Where it stands.
    pub range: (usize, usize),
}

const MARK: &str = "portolan eject ";

/// Files that can be ejected besides templates.
pub const OTHERS: [&str; 3] = ["style.css", "words/en.yaml", "words/es.yaml"];

/// The file of this name (`entity.html`, `components/figure.html`, `style.css`, `words/es.yaml`), or one block of it.
///
/// # Errors
/// When there is no such file or block: the nearest name.
pub fn eject(name: &str, wanted: Option<&str>, language: Language) -> Result<Ejected, NothingToEject> {
    let name = name.strip_prefix("templates/").unwrap_or(name);
    match name {
        "style.css" if wanted.is_none() => return Ok(style(language)),
        "words/en.yaml" | "words/es.yaml" if wanted.is_none() => {
            let (tag, _) = name.trim_start_matches("words/").split_once('.').unwrap_or(("en", ""));
            return Ok(words(tag, language));
        }
        _ => {}
    }
    template(name, wanted, language)
}

/// A template, or one block of it as a template that extends the built-in one.
pub(super) fn template(
    name: &str,
    wanted: Option<&str>,
    language: Language,
) -> Result<Ejected, NothingToEject> {
    let Some((name, text)) = builtin::TEMPLATES.iter().find(|(known, _)| *known == name) else {
        let with_ending = if name.ends_with(".html") { name.to_owned() } else { format!("{name}.html") };
        let names = || builtin::TEMPLATES.iter().map(|(name, _)| *name).chain(OTHERS);
        let within = names().find(|known| known.rsplit('/').next() == Some(with_ending.as_str()));
        let near = within.or_else(|| nearest(name, names())).or_else(|| nearest(&with_ending, names()));
        return Err(NothingToEject::File(near.map(str::to_owned)));
    };
    let path = format!("templates/{name}");
    let Some(wanted) = wanted else {
        let mark = mark(name, text);
        let told = match language {
            Language::English => {
                "Our template as it was then. Delete what you leave as it is: `portolan theme eject` can also take a single block."
            }
            Language::Spanish => {
                "Nuestra plantilla tal como era entonces. `portolan theme eject` también puede sacar un solo bloque."
            }
        };
        return Ok(Ejected { path, text: format!("{{#- {mark} -#}}\n{{#- {told} -#}}\n{text}") });
    };
    let Some(inside) = block(text, wanted) else {
        let blocks: Vec<String> = outline(text).blocks.iter().map(|block| block.text.to_owned()).collect();
        let near = nearest(wanted, blocks.iter().map(String::as_str)).map(str::to_owned);
        return Err(NothingToEject::Block(near, blocks));
    };
    let mark = mark(&format!("{name}#{wanted}"), inside);
    let told = match language {
        Language::English => {
            "One block of ours; everything else of the page stays. `{{ super() }}` in it is what stood there."
        }
        Language::Spanish => {
            "Un bloque de los nuestros; el resto de la página se queda igual. `{{ super() }}` dentro de él es lo que había."
        }
    };
    let inside = inside.trim_matches('\n');
    let text = format!(
        "{{#- {mark} -#}}\n{{#- {told} -#}}\n{{% extends \"builtin/{name}\" %}}\n{{% block {wanted} %}}\n{inside}\n{{% endblock {wanted} %}}\n"
    );
    Ok(Ejected { path, text })
}

/// A template that draws the pages of one kind, to begin with.
pub fn for_kind(kind: &str, language: Language) -> Ejected {
    let told = match language {
        Language::English => {
            format!("Draws the pages of the kind `{kind}`. Blocks: see `portolan theme list`.")
        }
        Language::Spanish => {
            format!("Dibuja las páginas del tipo `{kind}`. Bloques: véase `portolan theme list`.")
        }
    };
    let text = format!(
        "{{#- {told} -#}}\n{{% extends \"entity.html\" %}}\n{{% block page_head %}}\n{{{{ super() }}}}\n{{% endblock page_head %}}\n"
    );
    Ejected { path: format!("templates/kinds/{kind}.html"), text }
}

/// The variables of the style sheet with their values.
fn style(language: Language) -> Ejected {
    let tokens = super::list::token_rules();
    let told = match language {
        Language::English => {
            "The variables of the default theme with their values. Change those that you want and delete the others;\n   loaded after our sheet. Colours are checked by nobody here: text needs a contrast of 4.5 to 1 in both schemes."
        }
        Language::Spanish => {
            "Las variables del tema con sus valores. Cambia las que quieras y borra las demás; se carga después de\n   nuestra hoja. Aquí nadie comprueba los colores: el texto necesita un contraste de 4,5 a 1 en los dos modos."
        }
    };
    let mark = mark("style.css", &tokens);
    Ejected { path: "style.css".to_owned(), text: format!("/* {mark} */\n/* {told} */\n\n{tokens}") }
}

fn words(tag: &str, language: Language) -> Ejected {
    let told = match language {
        Language::English => "# The words of the site. Change those that you want and delete the others.",
        Language::Spanish => "# Las palabras del sitio. Cambia las que quieras y borra las demás.",
    };
    let lines: String =
        builtin::words(tag).iter().map(|(key, text)| format!("{key}: \"{text}\"\n")).collect();
    let mark = mark(&format!("words/{tag}.yaml"), &lines);
    Ejected { path: format!("words/{tag}.yaml"), text: format!("# {mark}\n{told}\n{lines}") }
}

fn mark(what: &str, text: &str) -> String {
    format!("{MARK}{} {what} {}", env!("CARGO_PKG_VERSION"), asset::fingerprint(text.as_bytes()))
}

/// The mark of a copy.
pub(super) fn mark_of(text: &str) -> Option<Mark<'_>> {
    let start = text.find(MARK)?;
    let rest = text.get(start + MARK.len()..)?.lines().next()?;
    let mut parts = rest.split(' ');
    let (version, what, fingerprint) = (parts.next()?, parts.next()?, parts.next()?);
    let length = MARK.len() + version.len() + what.len() + fingerprint.len() + 2;
    Some(Mark { version, what, fingerprint, range: (start, start + length) })
}

/// The fingerprint of a template or block as it is now; `None` when there is none (any more).
pub(super) fn fingerprint_of(what: &str) -> Option<String> {
    let (name, wanted) = what.split_once('#').map_or((what, None), |(name, block)| (name, Some(block)));
    let (_, text) = builtin::TEMPLATES.iter().find(|(known, _)| *known == name)?;
    let text = match wanted {
        Some(wanted) => block(text, wanted)?,
        None => text,
    };
    Some(asset::fingerprint(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_nearly_its_name() {
        let near = |name| match eject(name, None, Language::English) {
            Err(NothingToEject::File(near)) => near,
            other => panic!("{other:?}"),
        };
        assert_eq!(near("figure.html").as_deref(), Some("components/figure.html"));
        assert_eq!(near("entitty").as_deref(), Some("entity.html"));
        assert_eq!(near("stile.css").as_deref(), Some("style.css"));
        assert_eq!(near("xyzzy"), None);
        assert!(eject("templates/home.html", None, Language::English).is_ok());
    }

    #[test]
    fn an_unknown_block_is_told_with_all() {
        let Err(NothingToEject::Block(near, all)) = eject("entity.html", Some("fact"), Language::English)
        else {
            panic!("no such block");
        };
        assert_eq!(near.as_deref(), Some("facts"));
        assert!(all.contains(&"relations".to_owned()));
    }
}
