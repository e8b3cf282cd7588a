//! The program: arguments in, exit status out.

use std::process::ExitCode;

/// A build makes tens of millions of small values; this allocator takes 15 % less CPU for them than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    portolan::cli::run(std::env::args_os())
}
