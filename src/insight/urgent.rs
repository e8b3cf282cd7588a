//! Which fields of which kinds a reader in a hurry needs first, and which two belong side by side.

/// Sections that stand before everything else on the page: kind, field. Their order here is their order on the page.
pub const URGENT: &[(&str, &str)] =
    &[("scenario", "first_hour"), ("scenario", "team"), ("scenario", "do"), ("scenario", "dont")];

/// Two sections that are read against each other: kind, first field, second field.
pub const PAIRS: &[(&str, &str, &str)] = &[
    ("ally", "we_support", "they_support"),
    ("audience", "needs", "barriers"),
    ("evaluation", "worked", "failed"),
    ("guideline", "do", "dont"),
    ("incident", "worked", "failed"),
    ("role", "responsibilities", "not_responsible_for"),
    ("scenario", "do", "dont"),
];

/// Fields of which a computed part of the page says all there is to say: kind, field. They have no section of their own.
pub const TAKEN_UP: &[(&str, &str)] =
    &[("evaluation", "asks"), ("evaluation", "next"), ("evaluation", "budget"), ("evaluation", "figures")];

/// Whether a computed part says what stands in a field.
pub fn is_taken_up(kind: &str, field: &str) -> bool {
    TAKEN_UP.contains(&(kind, field))
}

/// The place of a field among the urgent ones of its kind; `None` when it can wait.
pub fn urgency(kind: &str, field: &str) -> Option<usize> {
    URGENT.iter().position(|(of, name)| *of == kind && *name == field)
}

/// Whether a field is read against the one that follows it.
pub fn is_pair(kind: &str, first: &str, second: &str) -> bool {
    PAIRS.contains(&(kind, first, second))
}
