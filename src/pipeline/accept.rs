//! Floor 11: `accept:`: what an author accepts on purpose is not told, until the day that is named.

use std::collections::BTreeMap;

use crate::finding::{Code, Finding, Language, Level};
use crate::insight::{self, Accepted, Book};
use crate::text::{Place, SourceId};
use crate::words;
use crate::world::Date;

use super::codes::nearest_code;
use super::protects_people;

/// An acceptance of something that no check tells.
pub(super) static UNKNOWN_CODE: Code =
    Code { id: "P904", name: "accept_of_unknown_code", level: Level::Warning, since: "0.1.0" };
/// An acceptance of what is not found.
pub(super) static NEEDLESS: Code =
    Code { id: "P905", name: "accept_not_needed", level: Level::Note, since: "0.1.0" };

/// Days before its end in which an acceptance is worth a thought.
const SOON: i64 = 30;

/// How many gaps are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// All that are in force.
    pub accepted: usize,
    /// Of these, those that run out within thirty days.
    pub ending: usize,
}

impl Gaps {
    /// "12 gaps accepted, 2 run out within 30 days"; nothing when there are none.
    pub fn told(self, language: Language) -> Option<String> {
        let Gaps { accepted, ending } = self;
        let mut told = match (language, accepted) {
            (_, 0) => return None,
            (Language::English, 1) => "1 gap accepted".to_owned(),
            (Language::English, _) => format!("{accepted} gaps accepted"),
            (Language::Spanish, 1) => "1 carencia aceptada".to_owned(),
            (Language::Spanish, _) => format!("{accepted} carencias aceptadas"),
        };
        told.push_str(&match (language, ending) {
            (_, 0) => String::new(),
            (Language::English, 1) => format!(", 1 runs out within {SOON} days"),
            (Language::English, _) => format!(", {ending} run out within {SOON} days"),
            (Language::Spanish, 1) => format!(", 1 caduca en {SOON} días"),
            (Language::Spanish, _) => format!(", {ending} caducan en {SOON} días"),
        });
        Some(told)
    }
}

/// Takes out what is accepted, and tells of acceptances that do nothing.
pub(super) fn accept(book: Book<'_>, codes: &[&Code], findings: &mut Vec<Finding>) -> Gaps {
    let today = book.today;
    let mut accepted: BTreeMap<SourceId, Vec<Acceptance>> = BTreeMap::new();
    for (_, entity) in book.iter() {
        let active = book.is_active(entity);
        for gap in insight::accepted(book.kinds, entity) {
            let gaps = accepted.entry(gap.span.source).or_default();
            gaps.push(Acceptance { gap, active, found: false });
        }
    }
    findings.retain_mut(|finding| {
        let Place::Span(span) = &finding.place else { return true };
        let gaps = accepted.get_mut(&span.source).into_iter().flatten();
        let meant = gaps
            .into_iter()
            .find(|known| (known.gap.whole_file || *span == known.gap.span) && known.gap.names(finding.code));
        let Some(known) = meant else { return true };
        known.found = true;
        if protects_people(finding) {
            return true;
        }
        if known.is_in_force(today) {
            return false;
        }
        let until = known.gap.until.map(|until| until.to_string()).unwrap_or_default();
        finding.why = Some(words!("it was accepted until {until}", "estaba aceptado hasta el {until}"));
        true
    });
    let mut gaps = Gaps::default();
    for known in accepted.values().flatten() {
        if known.found && known.is_in_force(today) {
            gaps.accepted += 1;
            gaps.ending += usize::from(
                known.gap.until.is_some_and(|until| i64::from((until - today).get_days()) <= SOON),
            );
        }
        findings.extend(known.doubt(codes));
    }
    gaps
}

struct Acceptance {
    gap: Accepted,
    active: bool,
    found: bool,
}

impl Acceptance {
    fn is_in_force(&self, today: Date) -> bool {
        self.gap.until.is_none_or(|until| until >= today)
    }

    fn doubt(&self, codes: &[&Code]) -> Option<Finding> {
        let Accepted { code: written, code_span, .. } = &self.gap;
        if !codes.iter().any(|code| self.gap.names(code)) {
            return Some(
                Finding::new(
                    &UNKNOWN_CODE,
                    *code_span,
                    words!(
                        "there is no code `{written}` to accept",
                        "no existe el código `{written}` que se acepta"
                    ),
                )
                .why(words!("nothing is accepted by it", "así no se acepta nada"))
                .help(words!(
                    "write the code of the finding as `portolan check` shows it",
                    "escribe el código del aviso tal como lo muestra `portolan check`"
                ))
                .suggest(nearest_code(written, codes)),
            );
        }
        (self.active && !self.found).then(|| {
            Finding::new(
                &NEEDLESS,
                *code_span,
                words!(
                    "`{written}` need not be accepted: it is not found here",
                    "`{written}` no hace falta aceptarlo: aquí no se encuentra"
                ),
            )
            .why(words!(
                "if the gap comes back one day, nobody would be told",
                "si la carencia vuelve algún día, nadie se enteraría"
            ))
            .help(words!("delete it from `accept`", "bórralo de `aceptado`"))
        })
    }
}
