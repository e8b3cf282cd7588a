//! Quotes that are callouts: `> [!NOTE]`, in both languages and with a title of the author's own.

use pulldown_cmark::BlockQuoteKind;

use crate::text::fold;

/// The kinds of callout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    Example,
    Crisis,
}

/// The words that authors may write: for people, folded, and what they mean.
const WORDS: [(&str, &str, Kind); 26] = [
    ("NOTE", "note", Kind::Note),
    ("NOTA", "nota", Kind::Note),
    ("INFO", "info", Kind::Note),
    ("INFORMATION", "information", Kind::Note),
    ("INFORMACIÓN", "informacion", Kind::Note),
    ("TIP", "tip", Kind::Tip),
    ("HINT", "hint", Kind::Tip),
    ("CONSEJO", "consejo", Kind::Tip),
    ("IDEA", "idea", Kind::Tip),
    ("IMPORTANT", "important", Kind::Important),
    ("IMPORTANTE", "importante", Kind::Important),
    ("WARNING", "warning", Kind::Warning),
    ("ATTENTION", "attention", Kind::Warning),
    ("AVISO", "aviso", Kind::Warning),
    ("ADVERTENCIA", "advertencia", Kind::Warning),
    ("ATENCIÓN", "atencion", Kind::Warning),
    ("CAUTION", "caution", Kind::Caution),
    ("DANGER", "danger", Kind::Caution),
    ("PELIGRO", "peligro", Kind::Caution),
    ("PRECAUCIÓN", "precaucion", Kind::Caution),
    ("CUIDADO", "cuidado", Kind::Caution),
    ("EXAMPLE", "example", Kind::Example),
    ("EJEMPLO", "ejemplo", Kind::Example),
    ("POR EJEMPLO", "por_ejemplo", Kind::Example),
    ("CRISIS", "crisis", Kind::Crisis),
    ("EMERGENCIA", "emergencia", Kind::Crisis),
];

/// All words, for suggestions.
pub(super) fn words() -> Vec<&'static str> {
    WORDS.iter().map(|(word, ..)| *word).collect()
}

impl Kind {
    fn of(word: &str) -> Option<Self> {
        let word = fold(word);
        WORDS.iter().find(|(_, known, _)| *known == word).map(|(.., kind)| *kind)
    }

    /// The start tag of the callout.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Kind::Note => "<div class=\"callout note\" role=\"note\">\n",
            Kind::Tip => "<div class=\"callout tip\" role=\"note\">\n",
            Kind::Important => "<div class=\"callout important\" role=\"note\">\n",
            Kind::Warning => "<div class=\"callout warning\" role=\"note\">\n",
            Kind::Caution => "<div class=\"callout caution\" role=\"note\">\n",
            Kind::Example => "<div class=\"callout example\" role=\"note\">\n",
            Kind::Crisis => "<div class=\"callout crisis\" role=\"note\">\n",
        }
    }

    /// The key of the word of the interface that is its title.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Note => "callout-note",
            Kind::Tip => "callout-tip",
            Kind::Important => "callout-important",
            Kind::Warning => "callout-warning",
            Kind::Caution => "callout-caution",
            Kind::Example => "callout-example",
            Kind::Crisis => "callout-crisis",
        }
    }
}

impl From<BlockQuoteKind> for Kind {
    fn from(kind: BlockQuoteKind) -> Self {
        match kind {
            BlockQuoteKind::Note => Kind::Note,
            BlockQuoteKind::Tip => Kind::Tip,
            BlockQuoteKind::Important => Kind::Important,
            BlockQuoteKind::Warning => Kind::Warning,
            BlockQuoteKind::Caution => Kind::Caution,
        }
    }
}

/// The first line of a quote that is a callout.
#[derive(Debug, PartialEq)]
pub(super) struct Head<'a> {
    /// The word between `[!` and `]`.
    pub(super) word: &'a str,
    /// What it means, if it is known.
    pub(super) kind: Option<Kind>,
    /// The author's own title, as Markdown; empty when there is none.
    pub(super) title: &'a str,
    /// Where `[!WORD]` begins in the quote, in bytes.
    pub(super) start: usize,
    /// One past `[!WORD]`.
    pub(super) end: usize,
    /// Where the next line begins.
    pub(super) next: usize,
}

/// The head of a callout in the source of a quote, `>` included.
pub(super) fn head(quote: &str) -> Option<Head<'_>> {
    let line = quote.split_inclusive('\n').next()?;
    let inside = line.trim_start().strip_prefix('>')?.trim_start();
    let start = line.len() - inside.len();
    let (word, after) = inside.strip_prefix("[!")?.split_once(']')?;
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_');
    if word.len() > 60 || word.trim().is_empty() || !word.chars().all(is_word) {
        return None;
    }
    let end = line.len() - after.len();
    // `[!note]-` is a folded callout elsewhere; here it is open, so that it can be read on paper.
    let title = after.strip_prefix(['-', '+']).unwrap_or(after);
    if !(title.is_empty() || title.starts_with(char::is_whitespace)) {
        return None;
    }
    let title = title.trim().trim_end_matches('\\').trim_end();
    Some(Head { word, kind: Kind::of(word), title, start, end, next: line.len() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        let check = |quote: &str, word: &str, kind: Option<Kind>, title: &str| {
            let head = head(quote).unwrap();
            assert_eq!((head.word, head.kind, head.title), (word, kind, title), "{quote:?}");
        };
        check("> [!NOTE] Own *title*  \n> text", "NOTE", Some(Kind::Note), "Own *title*");
        check("  >[!nota]\r\n> text", "nota", Some(Kind::Note), "");
        check("> [!Precaución]- Título", "Precaución", Some(Kind::Caution), "Título");
        check("> [!ATENCION]", "ATENCION", Some(Kind::Warning), "");
        check("> [!FOO] x", "FOO", None, "x");
        for quote in
            ["> [!NOTE]: x", "> [!NOTE](x)", "> > [!NOTE]", "> text [!NOTE]", "> [!]", "> [!a*b]", "[!NOTE]"]
        {
            assert_eq!(head(quote), None, "{quote:?}");
        }
    }

    #[test]
    fn every_word_is_found_again() {
        for (word, folded, kind) in WORDS {
            assert_eq!(fold(word), folded);
            assert_eq!(Kind::of(&word.to_lowercase()), Some(kind), "{word}");
        }
    }
}
