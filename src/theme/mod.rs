//! Floor 9: page → bytes by templates.
