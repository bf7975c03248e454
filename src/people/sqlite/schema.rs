//! The tables, and how older files come to have them.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::changes;
use super::open_error::Reason;
use super::version::{APPLICATION, MIGRATIONS, VERSION};
use crate::people::store::Person;
use crate::people::{name, search};

/// Brings the file to [`VERSION`]; a new one gets the people in `first`.
///
/// All in one transaction that begins by taking the right to write: of two processes, the second finds the work done.
pub fn migrate(connection: &mut Connection, first: &[Person]) -> Result<(), Reason> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let migrations = MIGRATIONS
        .get(version as usize..)
        .ok_or(Reason::Newer(version))?;
    if migrations.is_empty() {
        return Ok(());
    }
    add_functions(&transaction)?;
    for migration in migrations {
        transaction.execute_batch(migration)?;
    }
    if version == 0 {
        start(&transaction, first)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(transaction.commit()?)
}

/// What the SQL of the migrations calls.
fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("fold", 1, flags, |call| {
        call.get::<String>(0).map(|name| search::fold(&name))
    })?;
    connection.create_scalar_function("normalize", 1, flags, |call| {
        let name: String = call.get(0)?;
        // One that would be too long in its normal form stays as it is.
        Ok(name::normalize(name.clone()).unwrap_or(name))
    })
}

/// Marks the file as this server's and fills it.
fn start(transaction: &Transaction, first: &[Person]) -> rusqlite::Result<()> {
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    for person in first {
        changes::insert(transaction, person)?;
    }
    Ok(())
}

/// Reads the whole file and finds any damage, without changing anything.
pub fn check(connection: &Connection) -> Result<(), Reason> {
    let verdict: String = connection.query_one("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match verdict.lines().last() {
        Some("ok") if connection.table_exists(None, "person")? => Ok(()),
        Some("ok") => Err(Reason::Damaged("the table of people is missing".to_owned())),
        damage => Err(Reason::Damaged(damage.unwrap_or_default().to_owned())),
    }
}
