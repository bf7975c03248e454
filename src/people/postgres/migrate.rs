//! Brings a database to the present schema, whoever else does so at the same time.

use std::time::Duration;

use refinery::embed_migrations;
use tokio::time::timeout;
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::driver;
use super::failure;
use super::statements::{self, Derived};
use crate::people::store::Person;

embed_migrations!("src/people/postgres/migrations");

/// The lock under which one process migrates while others wait ("Peop" in ASCII).
const LOCK: i64 = 0x5065_6f70;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);

/// How long all of it may take, the waiting for others included.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Migrates the database; a new one gets the people in `first`.
///
/// # Errors
/// It cannot be reached or migrated, in a sentence.
pub async fn run(config: &Config, tls: &MakeRustlsConnect, first: &[Person]) -> Result<(), String> {
    let migration = timeout(TIMEOUT, migrate(config, tls, first)).await;
    migration.unwrap_or_else(|_| Err("it was not migrated in time".to_owned()))
}

async fn migrate(config: &Config, tls: &MakeRustlsConnect, first: &[Person]) -> Result<(), String> {
    let connected = timeout(CONNECT, driver::connect(config, tls.clone())).await;
    let (mut client, connection) = connected
        .map_err(|_| "PostgreSQL: no answer in time".to_owned())?
        .map_err(|error| failure::cause(&error))?;
    // Other processes may hold the lock for longer than a call may wait. It is released with the connection.
    let wait = "SET lock_timeout = 0; SET statement_timeout = 0";
    let locked = async {
        client.batch_execute(wait).await?;
        client
            .execute("SELECT pg_advisory_lock($1)", &[&LOCK])
            .await
    };
    locked.await.map_err(|error| failure::cause(&error))?;
    let migrated = migrations::runner().run_async(&mut client).await;
    migrated.map_err(|error| error.to_string())?;
    let started = start(&mut client, first).await;
    started.map_err(|error| failure::cause(&error))?;
    drop(client);
    // Closed before anybody else is let in.
    let _ = connection.await;
    Ok(())
}

async fn start(client: &mut Client, first: &[Person]) -> Result<(), tokio_postgres::Error> {
    let transaction = client.transaction().await?;
    let mark = "INSERT INTO person_start VALUES (1) ON CONFLICT DO NOTHING";
    if transaction.execute(mark, &[]).await? == 1 {
        let add = transaction.prepare(statements::ADD).await?;
        for person in first {
            let derived = Derived::new(person);
            transaction.execute(&add, &derived.values(person)).await?;
        }
    }
    transaction.commit().await
}
