//! Everything that the library is made from besides its source: see `codegen`.

use std::process::ExitCode;

fn main() -> ExitCode {
    codegen::build()
}
