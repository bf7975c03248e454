//! The server of the People API: reads the options, opens the database, serves.

mod people;

use std::process::ExitCode;

use clap::Parser;
use include_dir::{Dir, include_dir};
use people::{Database, Memory, People, Sqlite, first_people};
use spec_first::generated::routes::Api;
use spec_first::options::{self, Options};
use spec_first::server::{self, Extras};

static PAGE: Dir = include_dir!("$CARGO_MANIFEST_DIR/web");

/// Serves the People API, its page, Swagger UI and the spec.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(flatten)]
    options: Options,

    /// Where the people are kept: `memory` (until the server stops) or `sqlite:FILE`
    #[arg(
        long,
        env = "SPEC_FIRST_DATABASE",
        value_name = "DATABASE",
        default_value = "sqlite:people.db"
    )]
    database: Database,
}

fn main() -> ExitCode {
    match options::parse().map(|arguments: Arguments| run(&arguments)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
        Err(code) => code,
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    match &arguments.database {
        Database::Memory => serve(People::new(Memory::new(first_people())), arguments),
        Database::Sqlite(file) => {
            let store = Sqlite::open(file, &first_people()).map_err(|error| error.to_string())?;
            serve(People::new(store), arguments)
        }
    }
}

fn serve(app: impl Api + Send + Sync, arguments: &Arguments) -> Result<(), String> {
    let facts = vec![("database", arguments.database.to_string())];
    let extras = Extras {
        page: Some(&PAGE),
        facts,
        ..Extras::default()
    };
    server::serve(app, &arguments.options, &extras)
}
