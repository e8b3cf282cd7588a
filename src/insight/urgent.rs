//! Which fields a computed view tells better than a list of fields would, and which two belong side by side.

/// Fields of which a computed view of the page says all there is to say (the card of a scenario, the report of an evaluation): kind, field. They have no section of their own.
pub const TOLD: &[(&str, &str)] = &[
    ("evaluation", "asks"),
    ("evaluation", "next"),
    ("evaluation", "budget"),
    ("evaluation", "figures"),
    ("scenario", "likelihood"),
    ("scenario", "impact"),
    ("scenario", "severity"),
    ("scenario", "first_hour"),
    ("scenario", "team"),
    ("scenario", "statements"),
    ("scenario", "do"),
    ("scenario", "dont"),
    ("scenario", "escalate_when"),
    ("scenario", "stand_down"),
    ("scenario", "rehearse_every"),
];

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

/// Whether a computed view of the kind tells what stands in a field.
pub fn is_told(kind: &str, field: &str) -> bool {
    TOLD.contains(&(kind, field))
}

/// Whether a field is read against the one that follows it.
pub fn is_pair(kind: &str, first: &str, second: &str) -> bool {
    PAIRS.contains(&(kind, first, second))
}
