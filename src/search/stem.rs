//! Words brought to what they share with their other forms: `publicaciones` and `publicación`.

use pagefind_stem::{Algorithm, Stemmer};

use crate::text::fold;

/// The stems of one language; of a language without rules, each word is its own.
pub(super) struct Stems(Option<Stemmer>);

impl Stems {
    /// Those of a language tag: `es`, `es-MX`.
    pub(super) fn of(tag: &str) -> Self {
        let algorithm = match tag.split(['-', '_']).next().unwrap_or_default() {
            "ca" => Algorithm::Catalan,
            "en" => Algorithm::English,
            "es" | "gl" => Algorithm::Spanish,
            "eu" => Algorithm::Basque,
            "fr" => Algorithm::French,
            "pt" => Algorithm::Portuguese,
            _ => return Self(None),
        };
        Self(Some(Stemmer::create(algorithm)))
    }

    /// The stem of a word in lower case with its accents; accents are dropped afterwards, since the rules need them.
    pub(super) fn stem(&self, word: &str) -> String {
        match &self.0 {
            Some(stemmer) if !word.bytes().any(|byte| byte.is_ascii_digit()) => fold(&stemmer.stem(word)),
            _ => fold(word),
        }
    }
}
