//! Copies Swagger UI's files, compressed, to where the library embeds them from.

use std::process::ExitCode;

#[cfg(feature = "server")]
mod swagger_ui;

#[cfg(feature = "server")]
fn main() -> ExitCode {
    swagger_ui::copy()
}

#[cfg(not(feature = "server"))]
fn main() -> ExitCode {
    ExitCode::SUCCESS
}
