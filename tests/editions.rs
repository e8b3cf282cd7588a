//! What an edition may not show is in none of its bytes.
