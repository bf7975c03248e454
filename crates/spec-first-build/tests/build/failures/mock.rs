//! An application that responds with the examples in the spec.

use spec_first::body;
use spec_first::problem::Problem;

use super::SPEC;
use super::accounts::Accounts;
use super::accounts::AccountsReadError;
use super::accounts::CloseError;
use super::accounts::FollowError;
use super::accounts::ListError;
use super::accounts::Open;
use super::accounts::OpenError;
use super::accounts::PrintError;
use super::plain::Plain;
use super::types::Account;

/// Responds to each operation with an example from the spec, or with a value made from its schema.
pub struct Mock;

impl Accounts for Mock {
    async fn read(&self, _: i64) -> Result<Account, AccountsReadError> {
        Ok(SPEC.example("accounts.read")?)
    }

    async fn close(&self, _: i64) -> Result<(), CloseError> {
        Ok(())
    }

    async fn probe(&self, _: i64) -> Result<(), Problem> {
        Ok(())
    }

    async fn open(&self, _: i64) -> Result<Open, OpenError> {
        Ok(Open::Ok(SPEC.example("accounts.open")?))
    }

    async fn print(&self, _: i64) -> Result<body::Download, PrintError> {
        Ok(SPEC.example("accounts.print")?)
    }

    async fn list(&self, _: i64) -> Result<body::Items<i64>, ListError> {
        Ok(SPEC.example("accounts.list")?)
    }

    async fn follow(&self, _: i64) -> Result<body::Items<body::Event<i64>>, FollowError> {
        Ok(SPEC.example("accounts.follow")?)
    }
}

impl Plain for Mock {
    async fn read(&self) -> Result<String, Problem> {
        SPEC.example("plain.read")
    }
}
