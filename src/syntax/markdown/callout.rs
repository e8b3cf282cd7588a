//! Quotes that are boxes: callouts (`> [!NOTE]`), steps, cards, do and do not, details; in both languages and with a title of the author's own.

use pulldown_cmark::BlockQuoteKind;

use crate::text::{capital, fold};

/// The kinds of box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    Example,
    Crisis,
    /// A numbered list, set as steps.
    Steps,
    /// A list, each item a card.
    Cards,
    /// What is right; what is wrong may follow and then stands beside it.
    Do,
    /// What is wrong.
    Dont,
    /// Folded until a reader opens it.
    Details,
}

/// The words that authors may write: for people, folded, and what they mean.
const WORDS: [(&str, &str, Kind); 46] = [
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
    ("STEPS", "steps", Kind::Steps),
    ("PASOS", "pasos", Kind::Steps),
    ("CARDS", "cards", Kind::Cards),
    ("TARJETAS", "tarjetas", Kind::Cards),
    ("FICHAS", "fichas", Kind::Cards),
    ("DO", "do", Kind::Do),
    ("HAZ", "haz", Kind::Do),
    ("HACER", "hacer", Kind::Do),
    ("SÍ", "si", Kind::Do),
    ("DONT", "dont", Kind::Dont),
    ("DON'T", "don't", Kind::Dont),
    ("DO NOT", "do_not", Kind::Dont),
    ("AVOID", "avoid", Kind::Dont),
    ("NO HAGAS", "no_hagas", Kind::Dont),
    ("NO HACER", "no_hacer", Kind::Dont),
    ("EVITA", "evita", Kind::Dont),
    ("NO", "no", Kind::Dont),
    ("DETAILS", "details", Kind::Details),
    ("DETALLES", "detalles", Kind::Details),
    ("MÁS", "mas", Kind::Details),
];

/// Words of Obsidian and MkDocs for which there is none of ours, folded: read as the kind that is nearest, and said as they are.
const FOREIGN: [(&str, Kind); 21] = [
    ("abstract", Kind::Note),
    ("summary", Kind::Note),
    ("tldr", Kind::Note),
    ("todo", Kind::Note),
    ("question", Kind::Note),
    ("help", Kind::Note),
    ("faq", Kind::Note),
    ("quote", Kind::Note),
    ("cite", Kind::Note),
    ("seealso", Kind::Note),
    ("success", Kind::Tip),
    ("check", Kind::Tip),
    ("done", Kind::Tip),
    ("missing", Kind::Warning),
    ("failure", Kind::Warning),
    ("fail", Kind::Warning),
    ("error", Kind::Caution),
    ("bug", Kind::Caution),
    ("resumen", Kind::Note),
    ("pregunta", Kind::Note),
    ("cita", Kind::Note),
];

/// Such words that are letters and no word: `FAQ` stays in capitals.
const LETTERS: [&str; 2] = ["faq", "tldr"];

/// What a word of other programs means, and how it is said.
fn foreign(word: &str) -> Option<(Kind, String)> {
    let folded = fold(word);
    let (name, kind) = FOREIGN.iter().find(|(known, _)| *known == folded)?;
    let label = if LETTERS.contains(name) { word.to_uppercase() } else { capital(&word.to_lowercase()) };
    Some((*kind, label))
}

/// All words, for suggestions.
pub(super) fn words() -> Vec<&'static str> {
    WORDS.iter().map(|(word, ..)| *word).collect()
}

impl Kind {
    fn of(word: &str) -> Option<Self> {
        let word = fold(&word.replace('\u{2019}', "'"));
        WORDS.iter().find(|(_, known, _)| *known == word).map(|(.., kind)| *kind)
    }

    /// Whether a word stands before a title: the reader then sees the kind whatever the title says.
    pub(super) fn is_callout(self) -> bool {
        !matches!(self, Kind::Steps | Kind::Cards | Kind::Do | Kind::Dont | Kind::Details)
    }

    /// The start tag.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Kind::Note => "<div class=\"callout note\" role=\"note\">\n",
            Kind::Tip => "<div class=\"callout tip\" role=\"note\">\n",
            Kind::Important => "<div class=\"callout important\" role=\"note\">\n",
            Kind::Warning => "<div class=\"callout warning\" role=\"note\">\n",
            Kind::Caution => "<div class=\"callout caution\" role=\"note\">\n",
            Kind::Example => "<div class=\"callout example\" role=\"note\">\n",
            Kind::Crisis => "<div class=\"callout crisis\" role=\"note\">\n",
            Kind::Steps => "<div class=\"box-steps\">\n",
            Kind::Cards => "<div class=\"box-cards\">\n",
            Kind::Do => "<div class=\"box-do\">\n",
            Kind::Dont => "<div class=\"box-dont\">\n",
            Kind::Details => "<details class=\"box-details\">\n",
        }
    }

    /// The end tag.
    pub(super) fn end_tag(self) -> &'static str {
        if self == Kind::Details { "</details>\n" } else { "</div>\n" }
    }

    /// The tags around the title.
    pub(super) fn title_tags(self) -> (&'static str, &'static str) {
        match self {
            Kind::Details => ("<summary>", "</summary>\n"),
            _ if self.is_callout() => ("<p class=\"callout-title\">", "</p>\n"),
            _ => ("<p class=\"box-title\">", "</p>\n"),
        }
    }

    /// The key of the word of the interface that is its title when the author gives none; for a callout also before the author's own.
    pub(super) fn word(self) -> Option<&'static str> {
        Some(match self {
            Kind::Note => "callout-note",
            Kind::Tip => "callout-tip",
            Kind::Important => "callout-important",
            Kind::Warning => "callout-warning",
            Kind::Caution => "callout-caution",
            Kind::Example => "callout-example",
            Kind::Crisis => "callout-crisis",
            Kind::Do => "box-do",
            Kind::Dont => "box-dont",
            Kind::Details => "box-details",
            Kind::Steps | Kind::Cards => return None,
        })
    }

    /// Whether the word of the kind stands before this title: a title that begins with such a word says it itself.
    pub(super) fn is_named_before(self, title: &str) -> bool {
        let first = title.split([' ', ':', ',', '.']).next().unwrap_or_default();
        self.is_callout() && Kind::of(first) != Some(self)
    }

    /// Whether it is one half of a pair.
    pub(super) fn is_half(self) -> bool {
        matches!(self, Kind::Do | Kind::Dont)
    }

    /// The list that must stand in it, as its tag begins, where one must.
    pub(super) fn list(self) -> Option<&'static str> {
        match self {
            Kind::Steps => Some("<ol"),
            Kind::Cards => Some("<ul"),
            _ => None,
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

/// The known word of `[!WORD]` at the start of a text.
pub(super) fn word_at(text: &str) -> Option<&str> {
    let (word, after) = text.strip_prefix("[!")?.split_once(']')?;
    let ends =
        after.is_empty() || after.starts_with(|next: char| next.is_whitespace() || "-+".contains(next));
    let is_known = Kind::of(word).is_some() || foreign(word).is_some();
    (is_known && ends).then_some(word)
}

/// The first line of a quote that is a box.
#[derive(Debug, PartialEq)]
pub(super) struct Head<'a> {
    /// The word between `[!` and `]`.
    pub(super) word: &'a str,
    /// What it means, if it is known.
    pub(super) kind: Option<Kind>,
    /// How it is said, when it is no word of ours.
    pub(super) label: Option<String>,
    /// Whether it is to be folded (`[!WORD]-`).
    pub(super) folded: bool,
    /// The author's own title, as Markdown; empty when there is none.
    pub(super) title: &'a str,
    /// Where `[!WORD]` begins in the quote, in bytes.
    pub(super) start: usize,
    /// One past `[!WORD]`.
    pub(super) end: usize,
    /// Where the words of the quote begin: those behind the mark, else the next line.
    pub(super) words: usize,
    /// Where the next line begins.
    pub(super) next: usize,
}

/// The head of a callout in the source of a quote, `>` included.
pub(super) fn head(quote: &str) -> Option<Head<'_>> {
    let line = quote.split_inclusive('\n').next()?;
    let inside = line.trim_start().strip_prefix('>')?.trim_start();
    let start = line.len() - inside.len();
    let (word, after) = inside.strip_prefix("[!")?.split_once(']')?;
    let is_word = |character: char| {
        character.is_alphanumeric() || matches!(character, ' ' | '-' | '_' | '\'' | '\u{2019}')
    };
    if word.len() > 60 || word.trim().is_empty() || !word.chars().all(is_word) {
        return None;
    }
    let end = line.len() - after.len();
    let title = after.strip_prefix(['-', '+']).unwrap_or(after);
    if !(title.is_empty() || title.starts_with(char::is_whitespace)) {
        return None;
    }
    let folded = after.starts_with('-');
    let next = line.len();
    let words = if title.trim().is_empty() { next } else { next - title.trim_start().len() };
    let title = title.trim().trim_end_matches('\\').trim_end();
    let (kind, label) = match (Kind::of(word), foreign(word)) {
        (Some(kind), _) => (Some(kind), None),
        (None, Some((kind, label))) => (Some(kind), Some(label)),
        (None, None) => (None, None),
    };
    Some(Head { word, kind, label, folded, title, start, end, words, next })
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
        check("> [!DON’T]", "DON’T", Some(Kind::Dont), "");
        check("> [!No hagas]", "No hagas", Some(Kind::Dont), "");
        check("> [!FOO] x", "FOO", None, "x");
        check("> [!FAQ]- x", "FAQ", Some(Kind::Note), "x");
        let told = |quote: &str| head(quote).map(|head| (head.label, head.folded)).unwrap();
        assert_eq!(told("> [!faq]-"), (Some("FAQ".to_owned()), true));
        assert_eq!(told("> [!ERROR]+ x"), (Some("Error".to_owned()), false));
        assert_eq!(told("> [!info]+ x"), (None, false));
        for quote in
            ["> [!NOTE]: x", "> [!NOTE](x)", "> > [!NOTE]", "> text [!NOTE]", "> [!]", "> [!a*b]", "[!NOTE]"]
        {
            assert_eq!(head(quote), None, "{quote:?}");
        }
    }

    #[test]
    fn every_word_is_found_again() {
        for (word, kind) in FOREIGN {
            assert_eq!((Kind::of(word), foreign(word).map(|(kind, _)| kind)), (None, Some(kind)), "{word}");
        }
        for (word, folded, kind) in WORDS {
            assert_eq!(fold(word), folded);
            assert_eq!(Kind::of(&word.to_lowercase()), Some(kind), "{word}");
        }
    }
}
