//! The languages of a playbook, and which files are translations.

use super::classify::is_markdown;
use super::translation::TranslationFile;
use super::{Files, is_below};
use crate::finding::{Code, Finding, Level};
use crate::locale;
use crate::model::{Item, Kinds, Named, Record, Value};
use crate::text::{FilePath, Place, Span, fold};
use crate::words;

/// A language that is none.
static UNKNOWN_LANGUAGE: Code =
    Code { id: "P906", name: "unknown_language", level: Level::Error, since: "0.1.0" };
/// A file that looks like a translation into a language that the playbook does not have.
static NOT_LISTED: Code =
    Code { id: "P827", name: "language_not_listed", level: Level::Warning, since: "0.1.0" };

pub static CODES: &[&Code] = &[&UNKNOWN_LANGUAGE, &NOT_LISTED];

/// What people write for a code.
#[rustfmt::skip]
const NAMES: &[(&str, &[&str])] = &[
    ("es", &["espanol", "castellano", "spanish", "esp", "spa"]),
    ("en", &["ingles", "english", "eng", "uk", "gb", "us"]),
    ("ca", &["catalan", "catala", "valenciano", "valencia", "cat"]),
    ("gl", &["gallego", "galego", "galician", "gal"]),
    ("eu", &["euskera", "vasco", "euskara", "basque", "eus"]),
    ("pt", &["portugues", "portuguese", "por"]),
    ("fr", &["frances", "francais", "french", "fra"]),
    ("de", &["aleman", "deutsch", "german"]),
    ("it", &["italiano", "italian"]),
];

/// The languages of a playbook.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    /// The main one, when the settings say it.
    pub main: Option<String>,
    /// The further ones, in their order.
    pub further: Vec<String>,
}

impl Languages {
    /// What the settings say: `language`, and `languages`, of which the first is the main one.
    pub fn of(kinds: &Kinds, settings: &Record<Named>, findings: &mut Vec<Finding>) -> Self {
        let item = |name: &str| {
            let index = kinds.settings.iter().position(|field| field.name == name)?;
            settings.value(u16::try_from(index).ok()?)
        };
        let mut read = |item: &Item<Named>| -> Vec<String> {
            let Value::Text(text) = &item.value else { return Vec::new() };
            // `es, en` without brackets.
            text.split(',').filter_map(|text| tag(text, item.span, findings)).collect()
        };
        let mut main = item("language").and_then(|item| read(item).into_iter().next());
        let mut further: Vec<String> = Vec::new();
        if let Some(Value::List(items)) = item("languages").map(|item| &item.value) {
            for tag in items.iter().flat_map(read) {
                let main = main.get_or_insert_with(|| tag.clone());
                if *main != tag && !further.contains(&tag) {
                    further.push(tag);
                }
            }
        }
        Self { main, further }
    }

    /// The file that this one translates, and into which language, by its name: `instagram.en.md` translates `instagram.md`.
    pub fn translation(&self, path: &FilePath, files: &Files) -> Option<TranslationFile> {
        let (twin, written) = self.divided(path)?;
        let language = self.further.iter().position(|tag| is_same(tag, written))?;
        let twin = existing(&twin, files).unwrap_or(twin);
        Some(TranslationFile { path: path.clone(), twin, language })
    }

    /// Path of the file without the language in its name, and that language as written.
    fn divided<'p>(&self, path: &'p FilePath) -> Option<(FilePath, &'p str)> {
        if !is_text(path) {
            return None;
        }
        let (stem, tag) = path.stem().rsplit_once('.')?;
        let name = format!("{stem}.{}", path.extension());
        let twin = path.parent().join(&name)?;
        (!stem.is_empty()).then_some((twin, tag))
    }

    /// The file of which this one seems to be a translation into a language that the playbook does not have.
    pub fn unlisted(&self, path: &FilePath, files: &Files) -> Option<FilePath> {
        let (twin, tag) = self.divided(path)?;
        // `pt-BR` and `english` too, but not the three letters of `notes.old.md`.
        let base = tag.split(['-', '_']).next().unwrap_or_default();
        let named = || NAMES.iter().any(|(_, names)| names.contains(&fold(tag).as_str()));
        let is_tag = (base.len() == 2 && locale::is_language(base)) || named();
        let listed = self.further.iter().any(|known| is_same(known, tag));
        existing(&twin, files).filter(|_| is_tag && !listed)
    }

    /// Warns of files that look like translations into a language that is not among those of the playbook.
    pub fn doubt(&self, files: &Files, ignored: &[FilePath], findings: &mut Vec<Finding>) {
        for path in files.iter().filter(|path| !ignored.iter().any(|prefix| is_below(path, prefix))) {
            let Some((twin, tag)) = self.divided(path) else { continue };
            if self.unlisted(path, files).is_none() {
                continue;
            }
            let finding = if self.main.as_deref().is_some_and(|main| is_same(main, tag)) {
                Finding::new(
                    &NOT_LISTED,
                    Place::File(path.clone()),
                    words!(
                        "`{tag}` is the main language: its texts stand in `{twin}`",
                        "`{tag}` es el idioma principal: sus textos van en `{twin}`"
                    ),
                )
                .help(words!(
                    "move the texts to `{twin}`, or give this file another name",
                    "pasa los textos a `{twin}`, o cambia el nombre de este archivo"
                ))
            } else {
                let main = self.main.as_deref().unwrap_or("es");
                let list: Vec<&str> = std::iter::once(main)
                    .chain(self.further.iter().map(String::as_str))
                    .chain([tag])
                    .collect();
                let list = list.join(", ");
                Finding::new(
                    &NOT_LISTED,
                    Place::File(path.clone()),
                    words!(
                        "this looks like a translation of `{twin}`, and `{tag}` is not a language of the playbook",
                        "parece una traducción de `{twin}`, y `{tag}` no está entre los idiomas de la guía"
                    ),
                )
                .why(words!(
                    "it is a page of its own, for those who may see `{twin}`",
                    "se publica como una página aparte, para quienes pueden ver `{twin}`"
                ))
                .help(words!(
                    "add the language to the settings: `languages: [{list}]`",
                    "añade el idioma a los ajustes: `idiomas: [{list}]`"
                ))
            };
            findings.push(finding.group(tag.to_ascii_lowercase()));
        }
    }
}

fn is_text(path: &FilePath) -> bool {
    is_markdown(path) || path.has_extension(&["yaml", "yml", "csv"])
}

/// The file itself, or that with another extension of the same sort.
fn existing(twin: &FilePath, files: &Files) -> Option<FilePath> {
    if files.contains(twin) {
        return Some(twin.clone());
    }
    let sorts: [&[&str]; 2] = [&["md", "markdown", "mdx"], &["yaml", "yml"]];
    let sort = sorts.into_iter().find(|sort| twin.has_extension(sort))?;
    let paths =
        sort.iter().filter_map(|extension| twin.parent().join(&format!("{}.{extension}", twin.stem())));
    paths.filter(|path| files.contains(path)).find(is_text)
}

/// Whether two tags name one language.
pub fn is_same(one: &str, other: &str) -> bool {
    one.replace('_', "-").eq_ignore_ascii_case(&other.replace('_', "-"))
}

/// A language tag in its usual form.
fn tag(written: &str, span: Span, findings: &mut Vec<Finding>) -> Option<String> {
    let written = written.trim();
    if let Some(tag) = locale::usual_tag(written) {
        return Some(tag);
    }
    let folded = fold(written);
    let meant = NAMES.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(tag, _)| *tag);
    findings.push(
        Finding::new(
            &UNKNOWN_LANGUAGE,
            span,
            words!("there is no language `{written}`", "no existe el idioma `{written}`"),
        )
        .help(words!(
            "write its code: `es`, `en`, `ca`, `gl`, `eu`, `pt`, `fr` …",
            "escribe su código: `es`, `en`, `ca`, `gl`, `eu`, `pt`, `fr` …"
        ))
        .suggest(meant),
    );
    meant.map(str::to_owned)
}
