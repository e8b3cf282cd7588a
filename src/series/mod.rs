//! Floor 4: dated values.
