//! Floor 8: edition → pages, each with a complete typed view.

pub mod view;
