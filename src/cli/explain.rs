//! `portolan explain CODE`: what a finding means and how to mend it.

use super::{Outcome, failure, language_named, out, own_language};
use crate::catalog;
use crate::finding::Language;
use crate::model;
use crate::text::{fold, nearest};
use crate::words;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A code (P201) or its name (unknown_reference); all codes are listed without it
    code: Option<String>,
    /// Language: es or en [default: that of the terminal]
    #[arg(long, value_name = "LANG", value_parser = language_named)]
    lang: Option<Language>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let language = arguments.lang.unwrap_or_else(own_language);
    let kinds = model::builtin(&mut Vec::new());
    let codes = catalog::codes(&kinds);
    let Some(wanted) = &arguments.code else {
        for code in codes {
            let title =
                catalog::page(code.id, language).and_then(|page| page.lines().next()).unwrap_or_default();
            let title = title
                .trim_start_matches('#')
                .trim()
                .trim_start_matches(code.id)
                .trim_start_matches([':', ' ', '·']);
            out(&format!("{}  {:<8} {title}\n", code.id, code.level.name()));
        }
        return Outcome::Clean;
    };
    let found = codes.iter().find(|code| code.id.eq_ignore_ascii_case(wanted) || code.name == fold(wanted));
    match found.and_then(|code| catalog::page(code.id, language)) {
        Some(page) => {
            out(page);
            Outcome::Clean
        }
        None if is_of_a_playbook(wanted) => failure(
            language,
            &words!("`{wanted}` is no code of the program", "`{wanted}` no es un código del programa"),
            Some(&words!(
                "codes with an X are rules of a playbook: look for `{wanted}` in the files of its folder `types/`, where `say`, `why` and `help` explain it",
                "los códigos con X son reglas de una guía: busca `{wanted}` en los archivos de su carpeta `tipos/`, donde lo explican `say`, `why` y `help`"
            )),
        ),
        None => {
            let names = codes.iter().flat_map(|code| [code.id, code.name]);
            let near = nearest(wanted, names)
                .map(|near| words!("did you mean `{near}`?", "¿querías decir `{near}`?"));
            let help = near.unwrap_or_else(|| {
                words!("`portolan explain` lists all codes", "`portolan explain` enumera todos los códigos")
            });
            failure(
                language,
                &words!("there is no code `{wanted}`", "no existe el código `{wanted}`"),
                Some(&help),
            )
        }
    }
}

/// Codes of rules in a playbook's `types/` are an X and digits, by custom.
fn is_of_a_playbook(code: &str) -> bool {
    let mut letters = code.chars();
    matches!(letters.next(), Some('X' | 'x')) && code.len() > 1 && letters.all(|digit| digit.is_ascii_digit())
}
