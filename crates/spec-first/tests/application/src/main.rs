//! The server of the tasks.

use std::process::ExitCode;

use actix_web::middleware::from_fn;
use clap::Parser;
use spec_first::Server;
use spec_first::options::{self, Options};
use tasks::{List, generated, health, key};

/// Serves a list of tasks, Swagger UI and the spec.
#[derive(Parser)]
#[command(version, long_version = generated::SPEC.version(env!("CARGO_PKG_VERSION")))]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    options::main("TASKS", |arguments: Arguments| {
        Server::new(generated::api(List::default()), arguments.options)
            .configure(health::routes)
            .wrap(|| from_fn(key::check))
            .run()
    })
}
