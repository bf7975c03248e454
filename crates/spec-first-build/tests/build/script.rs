//! The build script of a project, as a program: for tests that need no cargo.

use std::process::ExitCode;

fn main() -> ExitCode {
    spec_first_build::build()
}
