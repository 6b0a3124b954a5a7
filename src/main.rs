//! The doorway: parse, call, tell how it ended.

use std::process::ExitCode;

fn main() -> ExitCode {
    lectern::cli::main()
}
