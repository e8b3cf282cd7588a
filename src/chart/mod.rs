//! Floor 7: series → drawing, table and sentence.
