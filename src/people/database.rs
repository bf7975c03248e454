//! Which store a server uses, as its options name it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::postgres::Address;

/// The store that was chosen: `memory`, `sqlite:FILE` or `postgres://…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// Everything is forgotten when the server ends.
    Memory,
    /// One file.
    Sqlite(PathBuf),
    /// A database server.
    Postgres(Address),
}

impl FromStr for Database {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "memory" => Ok(Self::Memory),
            Some(("sqlite", "")) => {
                Err("a file is missing after `sqlite:`, as in `sqlite:people.db`".to_owned())
            }
            Some(("sqlite", file)) => Ok(Self::Sqlite(file.into())),
            // Always taken: whoever reports that an option is invalid shows its value, which may contain a password.
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(Address::new(text))),
            _ => Err("a database is `memory`, `sqlite:FILE` or `postgres://…`".to_owned()),
        }
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory"),
            Self::Sqlite(file) => write!(f, "sqlite:{}", file.display()),
            Self::Postgres(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_reads_as_it_shows() {
        for (text, database) in [
            ("memory", Database::Memory),
            ("sqlite:people.db", Database::Sqlite("people.db".into())),
            ("sqlite:/a b/ü:1.db", Database::Sqlite("/a b/ü:1.db".into())),
            ("sqlite::memory:", Database::Sqlite(":memory:".into())),
            (
                "postgres://u@h/people",
                Database::Postgres(Address::new("postgres://u@h/people")),
            ),
        ] {
            assert_eq!(text.parse(), Ok(database.clone()));
            assert_eq!(database.to_string(), text);
        }
    }

    #[test]
    fn another_text_is_rejected_with_the_possible_values() {
        let file = "a file is missing after `sqlite:`, as in `sqlite:people.db`";
        let either = "a database is `memory`, `sqlite:FILE` or `postgres://…`";
        for (text, sentence) in [
            ("sqlite:", file),
            ("", either),
            ("sqlite", either),
            ("Memory", either),
            ("memory:", either),
            ("people.db", either),
            ("mysql://localhost", either),
        ] {
            assert_eq!(text.parse::<Database>(), Err(sentence.to_owned()), "{text}");
        }
    }
}
