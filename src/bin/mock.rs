//! The mock: serves whatever `swagger.yml` says before anybody has implemented it, with answers from its examples.

// As in the library.
#![recursion_limit = "512"]

use std::process::ExitCode;

use clap::Parser;
use spec_first::generated::mock::Mock;
use spec_first::options::{self, Options};
use spec_first::server::{self, Extras};

/// Serves the operations of the spec with its examples, Swagger UI and the spec.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    match options::parse().map(|arguments: Arguments| arguments.options) {
        Ok(options) => match server::serve(Mock, &options, &extras()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => {
                eprintln!("{sentence}");
                ExitCode::FAILURE
            }
        },
        Err(code) => code,
    }
}

/// A mock protects nothing and keeps nothing, so it may pass over what is not served yet.
fn extras() -> Extras {
    Extras {
        partial: true,
        ..Extras::default()
    }
}
