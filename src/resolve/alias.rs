//! `aliases:`: former names and former addresses of an entity, and what is wrong with them.

use std::collections::BTreeMap;

use unicode_normalization::is_nfc;

use crate::finding::{Code, Finding, Level, Words};
use crate::model::{Entity, Item, KindId, Kinds, Phase, Playbook, Value};
use crate::read::without_number;
use crate::text::{FilePath, Span, is_device, slug};
use crate::words;

/// Two things claim one former name, or a former name is somebody's present one.
pub static ALIAS_CLASH: Code = Code { id: "P206", name: "alias_clash", level: Level::Error, since: "0.1.0" };
/// A reference by a former id.
pub static FORMER_NAME: Code =
    Code { id: "P207", name: "reference_by_former_name", level: Level::Note, since: "0.1.0" };
/// An alias from which no page of the site can lead on.
pub static UNFIT_ALIAS: Code = Code { id: "P208", name: "unfit_alias", level: Level::Error, since: "0.1.0" };

/// Longest part of an address, in bytes.
const LONGEST: usize = 120;

/// What an alias means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alias {
    /// Another name within the kind, as a slug.
    Name(String),
    /// A former file below the playbook's root, without ending.
    File(FilePath),
    /// A former address below the root of the site, complete.
    Address(String),
}

/// Why an alias can be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It holds no letter or digit.
    Empty,
    /// It names a host, or leads out of the root.
    Outside,
    /// It holds a question, a fragment or a character that no file of a site has.
    Characters,
    /// It ends neither in `.html` nor in a slash: no file of the site could stand there.
    Ending,
}

impl Alias {
    /// What an author wrote.
    ///
    /// # Errors
    /// When no page of this site can stand there.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        if text.contains("://") || text.starts_with("//") {
            return Err(Unfit::Outside);
        }
        let ending = text.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let ending = ending.as_deref().unwrap_or_default();
        let is_path = text.contains(['/', '\\']) || matches!(ending, "md" | "markdown" | "html" | "htm");
        if !is_path {
            let name = slug(text);
            return if name.is_empty() { Err(Unfit::Empty) } else { Ok(Alias::Name(name)) };
        }
        if text.contains('\\') || text.split('/').any(|part| part == "..") {
            return Err(Unfit::Outside);
        }
        let path = FilePath::new(text.trim_start_matches('/')).ok_or(Unfit::Outside)?;
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '~');
        let is_file = matches!(ending, "md" | "markdown");
        for part in path.parts() {
            let spaced = |letter: char| fits(letter) || (is_file && letter == ' ');
            let is_long = part.len() > LONGEST;
            if is_long
                || !is_nfc(part)
                || part.starts_with('.')
                || part.ends_with('.')
                || is_device(part)
                || !part.chars().all(spaced)
            {
                return Err(Unfit::Characters);
            }
        }
        if path.as_str().is_empty() {
            return Err(Unfit::Empty);
        }
        if is_file {
            let stem = path.as_str().rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            return FilePath::new(stem).map(Alias::File).ok_or(Unfit::Outside);
        }
        if text.ends_with('/') {
            return Ok(Alias::Address(format!("{path}/index.html")));
        }
        match ending {
            "html" | "htm" => Ok(Alias::Address(path.as_str().to_owned())),
            _ if path.extension().is_empty() => Ok(Alias::Address(format!("{path}.html"))),
            _ => Err(Unfit::Ending),
        }
    }

    /// The address below the root of the site at which the page stood: with this folder of the kind's pages (none: an article), in the folder of the present page.
    pub fn address(&self, folder: Option<&str>, present: &str) -> String {
        let joined = |folder: &str, name: &str| {
            let slash = if folder.is_empty() { "" } else { "/" };
            format!("{folder}{slash}{name}.html")
        };
        match self {
            Alias::Name(name) => joined(present, name),
            Alias::Address(address) => address.clone(),
            Alias::File(file) => {
                let part = |part: &str| slug(without_number(part));
                let name = match part(file.name()) {
                    name if name == "readme" => "index".to_owned(),
                    name => name,
                };
                match folder {
                    Some(folder) => joined(folder, &name),
                    None => {
                        let folders = file.parent();
                        let folders: Vec<String> = folders.parts().map(part).collect();
                        joined(&folders.join("/"), &name)
                    }
                }
            }
        }
    }
}

/// The aliases of an entity as written.
pub fn aliases<'e, P: Phase>(
    kinds: &Kinds,
    entity: &'e Entity<P>,
) -> impl Iterator<Item = (&'e str, Span)> + use<'e, P> {
    let items = match entity.field(kinds, "aliases").map(|item| &item.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|Item { value, span }| match value {
        Value::Text(text) => Some((text.as_str(), *span)),
        _ => None,
    })
}

/// What is wrong with the aliases of a playbook.
pub(super) fn check<P: Phase>(playbook: &Playbook<P>) -> Vec<Finding> {
    let kinds = &playbook.kinds;
    let mut findings = Vec::new();
    let ids: BTreeMap<(KindId, &str), usize> = playbook
        .entities
        .iter()
        .enumerate()
        .map(|(at, entity)| ((entity.kind, entity.id.as_str()), at))
        .collect();
    let mut claimed: BTreeMap<(Option<KindId>, String), (usize, Span)> = BTreeMap::new();
    for (at, entity) in playbook.entities.iter().enumerate() {
        for (written, span) in aliases(kinds, entity) {
            let key = match Alias::read(written) {
                Ok(Alias::Name(name)) => {
                    let other = ids.get(&(entity.kind, name.as_str())).filter(|other| **other != at);
                    if let Some(other) = other.and_then(|other| playbook.entities.get(*other)) {
                        findings.push(clash(written, span).also(
                            other.span,
                            words!("this has the id `{name}`", "esto tiene el id `{name}`"),
                        ));
                        continue;
                    }
                    (Some(entity.kind), name)
                }
                Ok(Alias::File(file)) => (None, file.as_str().to_lowercase()),
                Ok(Alias::Address(address)) => (None, address.to_lowercase()),
                Err(reason) => {
                    findings.push(unfit(written, span, reason));
                    continue;
                }
            };
            let (first, first_span) = *claimed.entry(key).or_insert((at, span));
            if first != at {
                findings.push(
                    clash(written, span).also(
                        first_span,
                        words!("another page claims it here", "otra página lo reclama aquí"),
                    ),
                );
            }
        }
    }
    findings
}

/// A former name that is taken; what takes it is to be added.
pub fn clash(written: &str, span: Span) -> Finding {
    Finding::new(
        &ALIAS_CLASH,
        span,
        words!("the alias `{written}` is already taken", "el alias `{written}` ya está en uso"),
    )
    .why(words!(
        "an old link can lead to one page only, so this alias does nothing",
        "un enlace antiguo solo puede llevar a una página, así que este alias no sirve de nada"
    ))
    .help(words!(
        "remove it, or keep it only with the page that people looked for under that name",
        "quítalo, o déjalo solo en la página que se buscaba con ese nombre"
    ))
}

fn unfit(written: &str, span: Span, reason: Unfit) -> Finding {
    let Words { en, es } = match reason {
        Unfit::Empty => words!("it holds no letter or digit", "no contiene ninguna letra ni cifra"),
        Unfit::Outside => words!(
            "it leads out of this site, and a site can only redirect its own addresses",
            "apunta fuera de este sitio, y un sitio solo puede redirigir sus propias direcciones"
        ),
        Unfit::Characters => {
            words!("a file of a site cannot have this name", "un archivo del sitio no puede tener ese nombre")
        }
        Unfit::Ending => words!(
            "only addresses that end in `.html` or `/` can be redirected by a page",
            "una página solo puede redirigir direcciones que acaben en `.html` o `/`"
        ),
    };
    Finding::new(
        &UNFIT_ALIAS,
        span,
        words!("`{written}` cannot be an alias: {en}", "`{written}` no puede ser un alias: {es}"),
    )
    .help(words!(
        "write a former id (`twitter`), a former file (`channels/twitter.md`) or a former address below the site's root (`channels/twitter.html`)",
        "escribe un id anterior (`twitter`), un archivo anterior (`canales/twitter.md`) o una dirección anterior dentro del sitio (`canales/twitter.html`)"
    ))
}

/// A reference by a former id.
pub(super) fn former(written: &str, now: &str, span: Span) -> Finding {
    Finding::new(
        &FORMER_NAME,
        span,
        words!("`{written}` is now called `{now}`", "`{written}` ahora se llama `{now}`"),
    )
    .help(words!(
        "the link works; write `{now}` so that the next reader knows what is meant",
        "el enlace funciona; escribe `{now}` para que quien lo lea sepa de qué se habla"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_alias_means() {
        let name = |text: &str| Ok(Alias::Name(text.to_owned()));
        let address = |text: &str| Ok(Alias::Address(text.to_owned()));
        assert_eq!(Alias::read("Twitter"), name("twitter"));
        assert_eq!(Alias::read(" X (antes Twitter) "), name("x-antes-twitter"));
        assert_eq!(Alias::read("canales/twitter.html"), address("canales/twitter.html"));
        assert_eq!(Alias::read("/Old_Page.html"), address("Old_Page.html"));
        assert_eq!(Alias::read("antigua/"), address("antigua/index.html"));
        assert_eq!(Alias::read("guia/antigua"), address("guia/antigua.html"));
        assert!(matches!(Alias::read("1-canales/02-twitter.md"), Ok(Alias::File(_))));
        for (text, reason) in [
            ("…", Unfit::Empty),
            ("/", Unfit::Empty),
            ("../other/index.html", Unfit::Outside),
            ("a/../../b.html", Unfit::Outside),
            ("https://example.org/a.html", Unfit::Outside),
            ("//example.org/a", Unfit::Outside),
            ("..\\a.html", Unfit::Outside),
            ("c:/a.html", Unfit::Outside),
            ("a/.htaccess", Unfit::Characters),
            ("a/b.html?c=d", Unfit::Characters),
            ("a/<b>.html", Unfit::Characters),
            ("a/con.html", Unfit::Characters),
            ("a/\u{212b}.html", Unfit::Characters),
            ("old/page.php", Unfit::Ending),
        ] {
            assert_eq!(Alias::read(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn where_the_page_stood() {
        let at = |text: &str, folder: Option<&str>| {
            Alias::read(text).map(|alias| alias.address(folder, "canales")).unwrap_or_default()
        };
        assert_eq!(at("Twitter", Some("canales")), "canales/twitter.html");
        assert_eq!(at("3-contenido/canales/02-Twitter.md", Some("canales")), "canales/twitter.html");
        assert_eq!(at("01-Guía/README.md", None), "guia/index.html");
        assert_eq!(at("viejo/sitio.html", Some("canales")), "viejo/sitio.html");
    }
}
