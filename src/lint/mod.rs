//! Floor 7: what is legal and yet unwise. One file a matter, one line each in the list below; rules that are data are evaluated by `rules`.

mod accounts;
mod cadence;
mod coverage;
mod crises;
mod followed;
mod freshness;
mod informants;
mod judged;
mod metrics;
mod people;
mod posts;
mod procedures;
mod responses;
mod returns;
mod rules;
mod skills;

use crate::finding::{Code, Finding};
use crate::insight::Book;

/// The rules of one file.
struct Matter {
    /// Its codes.
    codes: &'static [&'static Code],
    /// Adds what it finds in the book of a whole playbook.
    check: fn(Book<'_>, &mut Vec<Finding>),
}

/// All rules, in the order in which they are worked out.
#[rustfmt::skip]
static MATTERS: &[Matter] = &[
    Matter { codes: &[], check: rules::check },
    Matter { codes: metrics::CODES, check: metrics::check },
    Matter { codes: judged::CODES, check: judged::check },
    Matter { codes: followed::CODES, check: followed::check },
    Matter { codes: returns::CODES, check: returns::check },
    Matter { codes: coverage::CODES, check: coverage::check },
    Matter { codes: posts::CODES, check: posts::check },
    Matter { codes: cadence::CODES, check: cadence::check },
    Matter { codes: freshness::CODES, check: freshness::check },
    Matter { codes: people::CODES, check: people::check },
    Matter { codes: skills::CODES, check: skills::check },
    Matter { codes: accounts::CODES, check: accounts::check },
    Matter { codes: procedures::CODES, check: procedures::check },
    Matter { codes: informants::CODES, check: informants::check },
    Matter { codes: crises::CODES, check: crises::check },
    Matter { codes: responses::CODES, check: responses::check },
];

/// All findings about a resolved playbook and its figures.
pub fn lint(book: Book<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for matter in MATTERS {
        (matter.check)(book, &mut findings);
    }
    findings
}

/// The codes of all rules that are written in Rust.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    MATTERS.iter().flat_map(|matter| matter.codes.iter().copied())
}
