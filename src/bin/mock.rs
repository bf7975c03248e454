//! The mock: serves whatever `swagger.yml` contains before it is implemented, and responds with its examples.

use std::process::ExitCode;

use clap::Parser;
use people::generated::{self, mock::Mock};
use spec_first::Server;
use spec_first::options::{self, Options};

/// Serves the operations of the spec with its examples, Swagger UI and the spec.
#[derive(Parser)]
#[command(version, long_version = generated::SPEC.version(env!("CARGO_PKG_VERSION")))]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    options::main("PEOPLE", |arguments: Arguments| {
        // A mock protects nothing and keeps nothing, so it may leave out what is not served yet.
        let server = Server::new(generated::api(Mock), arguments.options);
        server.partial().run()
    })
}
