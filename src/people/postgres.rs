//! A store in a PostgreSQL database, which any number of processes may share.
//!
//! Each call is one statement, so that it happens wholly or not at all; the database does what must not be interrupted.

mod address;
mod calls;
mod driver;
mod failure;
mod migrate;
mod statements;
mod tls;

#[cfg(test)]
mod tests;

pub use self::address::Address;
use self::calls::Calls;
use self::driver::Driver;
use super::condition::{Condition, Versions};
use super::store::{Change, Error, Page, Part, Person, Store};

/// People in a PostgreSQL database.
pub struct Postgres {
    calls: Calls,
    /// Drives the connections for as long as there may be any.
    _driver: Driver,
}

impl Postgres {
    /// Opens the store; if the database has none yet, creates it with the people in `first`.
    ///
    /// # Errors
    /// The database cannot be used, in one sentence without the password.
    pub fn open(address: &Address, first: &[Person]) -> Result<Self, String> {
        let describe = |reason: String| format!("the database {address} cannot be used: {reason}");
        let (config, tls) = address.config().map_err(describe)?;
        let driver = Driver::start().map_err(describe)?;
        let migration = driver.run(migrate::run(&config, &tls, first));
        migration.unwrap_or(Ok(())).map_err(describe)?;
        let calls = Calls::new(config, tls, &driver).map_err(describe)?;
        Ok(Self {
            calls,
            _driver: driver,
        })
    }
}

impl Store for Postgres {
    async fn list(&self, part: Part) -> Result<Page, Error> {
        self.calls
            .read(async |client| match part.prefix.as_str() {
                "" => statements::list_all(client, &part).await,
                _ => statements::list_found(client, &part).await,
            })
            .await
    }

    async fn add(&self, person: Person) -> Result<(), Error> {
        let added = self
            .calls
            .write(async |client| statements::add(client, &person).await)
            .await?;
        if added {
            Ok(())
        } else {
            Err(Error::AlreadyExists)
        }
    }

    async fn find(&self, last_name: &str) -> Result<Person, Error> {
        self.calls
            .read(async |client| statements::find(client, last_name).await)
            .await?
            .ok_or(Error::NotFound)
    }

    async fn update(
        &self,
        last_name: &str,
        change: Change,
        condition: Condition,
    ) -> Result<Person, Error> {
        loop {
            let updated = self.calls.write(async |client| {
                statements::update(client, last_name, &change, &condition).await
            });
            match updated.await? {
                Some(person) => return Ok(person),
                None => self.explain(last_name, &condition).await?,
            }
        }
    }

    async fn remove(&self, last_name: &str, condition: Condition) -> Result<(), Error> {
        loop {
            let removed = self
                .calls
                .write(async |client| statements::remove(client, last_name, &condition).await);
            match removed.await? {
                true => return Ok(()),
                false => self.explain(last_name, &condition).await?,
            }
        }
    }
}

impl Postgres {
    /// Why nothing was changed. Nothing, if the person has become acceptable since.
    async fn explain(&self, last_name: &str, condition: &Condition) -> Result<(), Error> {
        let person = self.find(last_name).await?;
        if condition.accepts(person.version) {
            return Ok(());
        }
        Err(Error::NotAccepted)
    }
}

/// The numbers of the versions, or none if it is all of them.
fn numbers(versions: &Option<Versions>) -> Option<Vec<i64>> {
    match versions {
        None | Some(Versions::All) => None,
        Some(Versions::These(versions)) => Some(versions.iter().map(|it| it.number()).collect()),
    }
}
