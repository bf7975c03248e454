//! The people: what the server does for each operation of `people`, and where it keeps them.
//!
//! ```text
//! the generated trait ← operations (HTTP's words) → store (a trait) ← memory, sqlite, postgres
//! ```
//!
//! A further store implements [`store::Store`] and gets a name in [`Database`]; nothing else changes.

mod condition;
mod database;
mod entity_tag;
mod first;
mod memory;
mod name;
mod operations;
mod postgres;
mod search;
mod sqlite;
mod store;
mod timestamp;
mod version;
mod waits;

#[cfg(test)]
mod store_cases;

pub use database::Database;
pub use first::first_people;
pub use memory::Memory;
pub use operations::{People, Row};
pub use postgres::Postgres;
pub use sqlite::Sqlite;
pub use store::Store;
