//! What is not translated, what may be old, what nobody confirmed.

use crate::finding::{Code, Finding, Level, Words};
use crate::model::TranslationState;
use crate::words;

/// Texts without a translation.
static UNTRANSLATED: Code = Code { id: "P824", name: "untranslated", level: Level::Note, since: "0.1.0" };
/// A translation of texts that have changed.
static STALE: Code = Code { id: "P825", name: "stale_translation", level: Level::Warning, since: "0.1.0" };
/// A translation of which nobody can say whether it is old.
static UNCONFIRMED: Code =
    Code { id: "P826", name: "unconfirmed_translation", level: Level::Note, since: "0.1.0" };

pub static CODES: &[&Code] = &[&UNTRANSLATED, &STALE, &UNCONFIRMED];

/// What is to be told of one thing in one language: at most one finding of each sort.
pub fn tell(state: &TranslationState, language: &str, findings: &mut Vec<Finding>) {
    if !state.missing.is_empty() {
        findings.push(untranslated(state, language));
    }
    let Some(file) = state.file.as_ref().filter(|_| !state.draft) else { return };
    match &state.recorded {
        Some(recorded) if state.is_stale() => findings.push(
            Finding::new(
                &STALE,
                recorded.span,
                words!(
                    "the source has changed since this was translated",
                    "el original ha cambiado desde que se tradujo"
                ),
            )
            .why(words!(
                "readers of the translation may read what no longer holds",
                "quien lee la traducción puede leer algo que ya no vale"
            ))
            .help(words!(
                "bring it up to date, then `portolan translations --confirm {file}`",
                "ponla al día y después `portolan translations --confirm {file}`"
            )),
        ),
        Some(_) => {}
        None => findings.push(
            Finding::new(
                &UNCONFIRMED,
                state.place,
                words!(
                    "nothing says from which texts this was translated",
                    "no consta de qué textos se tradujo"
                ),
            )
            .why(words!(
                "when the source changes, nobody can be told that this is old",
                "cuando cambie el original no se podrá avisar de que esto ha quedado viejo"
            ))
            .help(words!(
                "`portolan translations --confirm --all` writes it into the files",
                "`portolan translations --confirm --all` lo escribe en los archivos"
            ))
            .group(language.to_owned()),
        ),
    }
}

fn untranslated(state: &TranslationState, language: &str) -> Finding {
    let whole = state.file.is_none() || state.draft;
    let message = match (whole, state.draft) {
        (true, true) => words!(
            "the translation into `{language}` is a draft and not used",
            "la traducción a `{language}` es un borrador y no se usa"
        ),
        (true, false) => words!("not translated into `{language}`", "sin traducir a `{language}`"),
        (false, _) => {
            words!("texts not translated into `{language}`", "hay textos sin traducir a `{language}`")
        }
    };
    let name = |words: &Option<Words>| match words {
        Some(Words { en, es }) => words!("`{en}`", "`{es}`"),
        None => words!("the text", "el texto"),
    };
    let names: Vec<Words> = state.missing.iter().map(name).collect();
    let en = names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(", ");
    let es = names.iter().map(|name| name.es.as_str()).collect::<Vec<_>>().join(", ");
    let finding = Finding::new(&UNTRANSLATED, state.place, message)
        .why(words!(
            "the page shows the texts of the main language and says so",
            "la página muestra los textos del idioma principal y lo advierte"
        ))
        .help(words!(
            "`portolan translations` lists what is missing",
            "`portolan translations` muestra lo que falta"
        ));
    if whole {
        return finding.group(format!("{language} {}", state.draft));
    }
    finding.mark(words!("without {en}", "sin {es}"))
}
