//! The mark and the version of this server's files, and the SQL from each version to the next.

/// What marks an SQLite file as this server's ("Peop" in ASCII), in the application id of its header.
pub const APPLICATION: u32 = u32::from_be_bytes(*b"Peop");

/// The SQL that turns each version of the schema into the next. One that was released is never edited; append.
pub const MIGRATIONS: &[&str] = &[
    // Text compares by its bytes in UTF-8, which is the order of code points; `changed_at` is in seconds since 1970.
    "CREATE TABLE person (
        last_name TEXT NOT NULL PRIMARY KEY,
        first_name TEXT NOT NULL,
        changed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID",
    include_str!("version_2.sql"),
];

/// The version of the schema that this server works with.
pub const VERSION: u32 = MIGRATIONS.len() as u32;
