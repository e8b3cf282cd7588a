//! Floor 11: every code that there is: those of checks in Rust and those of rules in kind files.

use crate::finding::{BUG, Code};
use crate::model::{self, Kinds};
use crate::text::nearest;
use crate::{
    chart, data, directive, edition, leak, lint, pictures, plates, read, resolve, series, syntax, theme,
};

/// All codes, by id: those of checks in Rust and those of rules in kind files.
pub fn codes(kinds: &Kinds) -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = vec![&BUG];
    for list in syntax::CODES.iter().chain(read::CODES) {
        codes.extend(list.iter());
    }
    let lists = [
        model::KIND_FILE_CODES.to_vec(),
        resolve::CODES.to_vec(),
        edition::CODES.to_vec(),
        data::CODES.concat(),
        plates::CODES.to_vec(),
        pictures::CODES.to_vec(),
        directive::CODES.to_vec(),
        vec![
            &series::AMBIGUOUS_NUMBER,
            &series::AMBIGUOUS_DATE,
            &series::NOT_A_NUMBER,
            &series::NOT_A_DATE,
            &series::REPEATED_DATE,
            &theme::TEMPLATE_ERROR,
            &theme::BRAND_COLOR_SHIFTED,
            &theme::UNUSED_THEME_FILE,
            &theme::OUTSIDE_LOAD,
            &theme::OVERRIDES_NOTHING,
            &theme::OUTDATED_COPY,
            &theme::UNKNOWN_FONT,
            &theme::FONT_FILE,
        ],
        chart::CODES.to_vec(),
        leak::CODES.to_vec(),
        lint::codes().collect(),
        super::CODES.to_vec(),
    ];
    codes.extend(lists.into_iter().flatten());
    codes.extend(kinds.iter().flat_map(|kind| kind.rules.iter().map(|rule| rule.code)));
    codes.sort_by_key(|code| code.id);
    codes.dedup_by_key(|code| code.id);
    codes
}

/// The code or name that was probably meant: of equally near ones that which begins alike.
pub(super) fn nearest_code<'c>(written: &str, codes: &[&'c Code]) -> Option<&'c str> {
    let alike =
        |name: &str| written.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
    let mut names: Vec<&'c str> = codes.iter().flat_map(|code| [code.id, code.name]).collect();
    names.sort_by_key(|name| std::cmp::Reverse(alike(name)));
    nearest(written, names)
}
