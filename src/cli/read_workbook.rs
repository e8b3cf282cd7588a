//! `portolan read-workbook`: what the program calls itself with to read a workbook apart. Not for people.

use std::io::{self, Read, Write};

use super::Outcome;
use crate::syntax::workbook;
use crate::world::{self, Helper};

/// The name of the command.
pub const NAME: &str = "read-workbook";
/// Longest workbook, in bytes: more than the world gives.
const MAX_BYTES: u64 = 50_000_000;

pub fn run() -> Outcome {
    world::confine();
    let mut bytes = Vec::new();
    if io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes).is_err() {
        return Outcome::Failure;
    }
    match io::stdout().lock().write_all(&workbook::answer(&bytes)) {
        Ok(()) => Outcome::Clean,
        Err(_) => Outcome::Failure,
    }
}

/// This program, to be called with this command.
pub fn helper() -> Option<Helper> {
    let program = std::env::current_exe().ok()?;
    Some(Helper { program, arguments: vec![NAME.to_owned()] })
}
