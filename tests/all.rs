//! All tests of the whole program, in one binary: it is linked once and runs in parallel.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that fails by panicking is doing its work; tests set up folders and processes"
)]

mod architecture;
mod commands;
mod covered;
mod csv;
mod describe;
mod documentation;
mod editions;
mod example;
mod exported;
mod finding_texts;
mod foreign_markdown;
mod history;
mod languages;
mod machines;
mod own_kinds;
mod poor;
mod program;
mod publish_faults;
mod published;
mod reference;
mod same_bytes;
#[cfg(feature = "serve")]
mod serve;
mod site;
mod theme;
mod writing;
