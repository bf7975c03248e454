//! Serves the spec with its examples.

use std::process::ExitCode;

use clap::Parser;
use spec_first::Server;
use spec_first::options::{self, Options};
use tasks::generated::{self, mock::Mock};

/// Serves the operations of the spec with its examples, Swagger UI and the spec.
#[derive(Parser)]
#[command(version, long_version = generated::SPEC.version(env!("CARGO_PKG_VERSION")))]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    options::main("TASKS", |arguments: Arguments| {
        Server::new(generated::api(Mock), arguments.options).run()
    })
}
