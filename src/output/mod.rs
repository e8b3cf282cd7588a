//! Floor 10: staged writing.
