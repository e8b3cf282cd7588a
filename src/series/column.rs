//! What the readers of numbers and dates get: a column of cells, and the habits of the playbook's language for what no cell proves.

use crate::text::{Span, Spanned};

/// A column of a table: its heading and its cells from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct Column<'a> {
    /// Heading.
    pub name: Spanned<String>,
    /// Text and place of every cell; a missing cell is an empty text.
    pub cells: Vec<(&'a str, Span)>,
}

/// How a language writes numbers and dates: asked only when nothing in a column proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Habits {
    /// `12,5` rather than `12.5`.
    pub decimal_comma: bool,
    /// `31/05/2026` rather than `05/31/2026`.
    pub day_first: bool,
}

impl Habits {
    /// The habits of a language tag: `es`, `es-MX`, `en-GB`.
    pub fn of(tag: &str) -> Self {
        let mut parts = tag.split(['-', '_', '.']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.next().unwrap_or_default().to_ascii_uppercase();
        // Mexico, Central America, the Caribbean and Peru write a decimal point.
        let point_in_spanish = ["MX", "GT", "HN", "NI", "SV", "PA", "PR", "DO", "PE", "US", "419"];
        let point = matches!(language.as_str(), "en" | "zh" | "ja" | "ko" | "th" | "he" | "hi")
            || (language == "es" && point_in_spanish.contains(&region.as_str()));
        let month_first = language == "en" && matches!(region.as_str(), "" | "US" | "PH" | "CA");
        Self { decimal_comma: !point, day_first: !month_first }
    }
}

/// What a trimmed cell says when it says that there is no value.
pub(crate) fn is_missing(text: &str) -> bool {
    matches!(text, "" | "-" | "–" | "—" | "--" | "?" | "..." | "…")
        || ["n/a", "na", "n/d", "nd", "s/d", "undefined", "null", "none"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// A cell without the blanks around it and without the apostrophe that some exports put in front against formulas.
pub(crate) fn bare(text: &str) -> &str {
    let text = text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    match text.strip_prefix('\'') {
        Some(rest) => rest.trim(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn habits() {
        assert_eq!(Habits::of("es"), Habits { decimal_comma: true, day_first: true });
        assert_eq!(Habits::of("es-MX"), Habits { decimal_comma: false, day_first: true });
        assert_eq!(Habits::of("en"), Habits { decimal_comma: false, day_first: false });
        assert_eq!(Habits::of("en_GB.UTF-8"), Habits { decimal_comma: false, day_first: true });
    }
}
