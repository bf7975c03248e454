//! The server of the People API: reads the options, opens the database, serves.

mod allocator;
mod people;

use std::process::ExitCode;
use std::sync::Arc;

use ::people::generated;
use clap::Parser;
use people::{Database, Memory, People, Postgres, Row, Sqlite, Store, first_people};
use spec_first::options::{self, Options};
use spec_first::{Page, Server, embedded_page};

static PAGE: Page = embedded_page!();

/// Serves the People API, its page, Swagger UI and the spec.
#[derive(Parser)]
#[command(version, long_version = generated::SPEC.version(env!("CARGO_PKG_VERSION")))]
struct Arguments {
    #[command(flatten)]
    options: Options,

    /// Where the people are kept: `memory` (until the server stops), `sqlite:FILE` or `postgres://USER@HOST/NAME` (the
    /// password also from PGPASSWORD)
    #[arg(
        long,
        value_name = "DATABASE",
        default_value = "sqlite:people.db",
        hide_env_values = true
    )]
    database: Database,
}

fn main() -> ExitCode {
    options::main("PEOPLE", |arguments: Arguments| {
        server(&arguments.database, arguments.options)?
            .page(PAGE)
            .fact("database", arguments.database.to_string())
            .run()
    })
}

/// The server of the API on the database that was chosen.
fn server(database: &Database, options: Options) -> Result<Server, String> {
    Ok(match database {
        Database::Memory => {
            let store = Memory::<Row>::new(first_people());
            server_on(store, options)
        }
        Database::Sqlite(file) => {
            let store = Sqlite::<Row>::open(file, &first_people());
            let store = store.map_err(|error| error.to_string())?;
            server_on(store, options)
        }
        Database::Postgres(address) => {
            server_on(Postgres::open(address, &first_people())?, options)
        }
    })
}

fn server_on<S: Store<Row: Into<Row>>>(store: S, options: Options) -> Server {
    let store = Arc::new(store);
    let api = generated::api(People::new(Arc::clone(&store)));
    let checked = Arc::clone(&store);
    Server::new(api, options)
        .ready("database", move || {
            let store = Arc::clone(&checked);
            async move { store.check().await }
        })
        .metrics(move |registry| store.register(registry))
}
