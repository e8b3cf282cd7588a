//! Which fields a computed view tells better than a list of fields would, and which two belong side by side.

/// Two sections that are read against each other: kind, first field, second field.
pub const PAIRS: &[(&str, &str, &str)] = &[
    ("ally", "we_support", "they_support"),
    ("audience", "needs", "barriers"),
    ("evaluation", "worked", "failed"),
    ("guideline", "do", "dont"),
    ("incident", "worked", "failed"),
    ("role", "responsibilities", "not_responsible_for"),
    ("scenario", "early_signals", "prevention"),
];

/// Whether a field is read against the one that follows it.
pub fn is_pair(kind: &str, first: &str, second: &str) -> bool {
    PAIRS.contains(&(kind, first, second))
}

/// Fields that a computed view shows in place of the plain section, under no heading of theirs: kind, field.
pub const REPLACED: &[(&str, &str)] = &[
    ("evaluation", "asks"),
    ("evaluation", "budget"),
    ("evaluation", "figures"),
    ("evaluation", "next"),
    ("path", "steps"),
    ("role", "skills"),
    ("scenario", "likelihood"),
    ("scenario", "impact"),
    ("scenario", "severity"),
    ("scenario", "rehearse_every"),
];

/// Such fields that keep their heading in the computed view, so that a link may lead there.
pub const HEADED: &[(&str, &str)] = &[
    ("scenario", "first_hour"),
    ("scenario", "team"),
    ("scenario", "statements"),
    ("scenario", "do"),
    ("scenario", "dont"),
    ("scenario", "escalate_when"),
    ("scenario", "stand_down"),
];

/// Relations that a computed view shows in more detail: kind, name on its side.
const TOLD: &[(&str, &str)] = &[
    ("role", "carries_out"),
    ("role", "answers_for"),
    ("role", "consulted_in"),
    ("role", "informed_of"),
    ("role", "crisis_lead_of"),
    ("role", "crisis_deputy_of"),
    ("role", "crisis_scribe_of"),
    ("role", "spokesperson_in"),
    ("role", "legal_adviser_in"),
    ("role", "expert_in"),
    ("role", "external_liaison_in"),
    ("role", "internal_liaison_in"),
    ("role", "paths"),
];

/// Whether a computed view shows a relation of an entity in force, so that its page need not list it again.
pub fn is_told(kind: &str, relation: &str) -> bool {
    TOLD.contains(&(kind, relation))
}

/// Whether a computed view shows a field, so that the page need not show it again.
pub fn is_replaced(kind: &str, field: &str) -> bool {
    REPLACED.contains(&(kind, field)) || HEADED.contains(&(kind, field))
}

/// Whether the field has a heading of its own on the page, as far as its kind decides it.
pub fn is_headed(kind: &str, field: &str) -> bool {
    !REPLACED.contains(&(kind, field))
}
