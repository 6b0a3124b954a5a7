//! The doorway: parse, call, print the chain of causes.

use std::process::ExitCode;

fn main() -> ExitCode {
    lectern::cli::main()
}
