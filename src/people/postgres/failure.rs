//! What a failure of the database means for a call.

use std::error::Error as _;

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;

use crate::people::store::Error;

/// Why a call failed; the causes are for the log.
#[derive(Debug)]
pub enum Failure {
    /// Another call was in the way, and this one was undone.
    Conflict(String),
    /// The connection is of no further use. Whether the call was carried out is unknown.
    Broken(String),
    /// There is no connection, or the database does nothing just now.
    Unavailable(String),
    Other(String),
}

impl Failure {
    /// A call that was given up. Whether it was carried out is unknown.
    pub fn late() -> Self {
        Self::Broken("PostgreSQL: no answer in time".to_owned())
    }

    pub fn of_pool(error: PoolError) -> Self {
        let cause = match &error {
            PoolError::Backend(error) => cause(error),
            error => format!("PostgreSQL: {error}"),
        };
        Self::Unavailable(cause)
    }

    pub fn of_statement(error: tokio_postgres::Error) -> Self {
        let cause = cause(&error);
        let Some(state) = error.code() else {
            return match error.is_closed() || is_of_network(&error) {
                true => Self::Broken(cause),
                false => Self::Other(cause),
            };
        };
        match state.code() {
            // Serialization failure, deadlock: the database has undone the call.
            "40001" | "40P01" => Self::Conflict(cause),
            // A database of several machines does not know itself whether it has.
            "40003" => Self::Broken(cause),
            // A connection that the server ends, or that leads to a server that is only read from since a failover.
            "57P01" | "57P02" | "57P03" | "57P05" | "25006" => Self::Broken(cause),
            // Waited too long for a statement or a lock.
            "57014" | "55P03" => Self::Unavailable(cause),
            // Connections, and resources such as the disk.
            code if code.starts_with("08") => Self::Broken(cause),
            code if code.starts_with("53") => Self::Unavailable(cause),
            _ if *state == SqlState::IO_ERROR => Self::Unavailable(cause),
            _ => Self::Other(cause),
        }
    }
}

fn is_of_network(error: &tokio_postgres::Error) -> bool {
    let source = error.source();
    source.is_some_and(|source| source.is::<std::io::Error>())
}

/// The whole cause. The database's own messages contain no password.
pub fn cause(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(error), _) => format!("PostgreSQL: {} ({})", error.message(), error.code().code()),
        (None, Some(source)) => format!("PostgreSQL: {error}: {source}"),
        (None, None) => format!("PostgreSQL: {error}"),
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Conflict(cause) | Failure::Broken(cause) | Failure::Unavailable(cause) => {
                Self::Unavailable(cause)
            }
            Failure::Other(cause) => Self::Failed(cause),
        }
    }
}
