//! The language of a playbook whose settings do not name one: counted in its texts, and where they are too short to tell, in the names of its files and folders.

use std::collections::BTreeSet;

use super::classify::without_number;
use crate::finding::Language;
use crate::model::Kinds;
use crate::text::{Sources, fold};

/// How many more words of one language than of the other make it certain: a single "por" may be a name.
const CERTAIN: i64 = 3;

/// Words that are frequent in English texts and titles and are none in Spanish (`has`, `me` and `no` are both).
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "about", "all", "and", "any", "are", "at", "be", "by", "for", "from", "have", "hello", "home", "how", "if",
    "in", "is", "it", "not", "of", "on", "or", "our", "page", "that", "the", "their", "they", "this", "to", "was",
    "we", "welcome", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
];

/// Words that are frequent in Spanish texts and titles and are none in English. `de`, `la`, `en` and `es` also stand in English texts: in names, and as tags of languages.
#[rustfmt::skip]
const SPANISH: &[&str] = &[
    "aquí", "bienvenida", "bienvenidas", "bienvenido", "bienvenidos", "cada", "como", "con", "cuando", "cómo",
    "del", "donde", "el", "entre", "esta", "este", "esto", "guía", "hay", "hola", "inicio", "las", "los", "más",
    "muy", "nos", "nuestra", "nuestras", "nuestro", "nuestros", "para", "pero", "por", "porque", "portada",
    "página", "que", "quien", "quién", "qué", "sobre", "su", "sus", "también", "toda", "todas", "todo", "todos",
    "tu", "una", "unas", "unos", "y", "ya",
];

/// The language in which most of the words are; in doubt English. Nothing of the machine decides: everybody gets the same site.
pub fn language_of(sources: &Sources, kinds: &Kinds) -> Language {
    let words = sources.iter().take(40).flat_map(|(_, source)| source.text.split_whitespace().take(400));
    let texts: i64 = words.map(of_word).sum();
    let weighed = if texts.abs() >= CERTAIN { texts } else { texts + of_names(sources, kinds) };
    if weighed > 0 { Language::Spanish } else { Language::English }
}

/// 1 for a word of Spanish, -1 for one of English, else 0.
fn of_word(written: &str) -> i64 {
    // With its colon it is a key of YAML: `y:` names an axis.
    let word = written.trim_matches(|character: char| !character.is_alphanumeric() && character != ':');
    let word = word.to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(SPANISH) || written.contains(['¿', '¡']) || word.ends_with("ción") || word.ends_with("ciones") {
        1
    } else if is(ENGLISH) {
        -1
    } else {
        0
    }
}

/// The same for the names of files and folders, each counted once.
fn of_names(sources: &Sources, kinds: &Kinds) -> i64 {
    let mut names = BTreeSet::new();
    for (_, source) in sources.iter().take(200) {
        names.extend(source.path.parent().parts().map(|part| fold(without_number(part))));
        names.insert(fold(without_number(source.path.stem())));
    }
    names.iter().map(|name| of_name(name, kinds)).sum()
}

fn of_name(name: &str, kinds: &Kinds) -> i64 {
    let is_folder = |language| kinds.iter().any(|kind| fold(kind.folder.within(language)) == name);
    match (is_folder(Language::English), is_folder(Language::Spanish)) {
        (true, false) => return -1,
        (false, true) => return 1,
        _ => {}
    }
    let says = |words: &[&str]| name.split('_').any(|part| words.iter().any(|word| fold(word) == part));
    match name {
        "playbook" | "welcome" => -1,
        "leeme" => 1,
        _ => i64::from(says(SPANISH)) - i64::from(says(ENGLISH)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FilePath;

    fn guess(files: &[(&str, &str)]) -> Language {
        let mut sources = Sources::default();
        for (path, text) in files {
            sources.add(FilePath::new(path).expect("a path"), (*text).to_owned());
        }
        language_of(&sources, &crate::model::builtin(&mut Vec::new()))
    }

    #[test]
    fn few_words_suffice() {
        let english = [
            "# Home",
            "# Hello to all\n\nA picture",
            "# Welcome",
            "# Deep",
            "",
            "# Page one\n\nHi.",
            "x: a\ny: b\ny: c",
        ];
        for text in english {
            assert_eq!(guess(&[("README.md", text)]), Language::English, "{text}");
        }
        let spanish = [
            "# Inicio",
            "# Bienvenida a todas",
            "# ¡Hola!",
            "# Página uno\n\nUna foto.",
            "# Comunicación",
            "# Canales y redes",
        ];
        for text in spanish {
            assert_eq!(guess(&[("README.md", text)]), Language::Spanish, "{text}");
        }
    }

    #[test]
    fn names_decide_where_texts_do_not() {
        assert_eq!(guess(&[("canales/x.md", "# Instagram")]), Language::Spanish);
        assert_eq!(guess(&[("channels/x.md", "# Instagram")]), Language::English);
        assert_eq!(guess(&[("LEEME.md", "# Lembrea")]), Language::Spanish);
        assert_eq!(guess(&[("1-como-empezar.md", "# 1")]), Language::Spanish);
        assert_eq!(guess(&[("how-to-start.md", "# Casa del Sol")]), Language::English);
        // A text that is long enough is not overruled.
        let text = "The river and all of the people who live by it";
        assert_eq!(guess(&[("canales/del-sol.md", text), ("objetivos/y.md", "")]), Language::English);
    }
}
