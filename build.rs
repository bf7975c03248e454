//! Everything that the library is made from besides its source: see `spec_first_build`.

use std::process::ExitCode;

fn main() -> ExitCode {
    spec_first_build::build()
}
