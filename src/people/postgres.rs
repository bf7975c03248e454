//! A store in a PostgreSQL database, which any number of processes may share.
//!
//! Each call is one statement, so that it happens wholly or not at all; the database does what must not be interrupted.

mod address;
mod calls;
mod driver;
mod failure;
mod migrate;
mod pool;
mod ranges;
mod statements;
mod tls;

#[cfg(test)]
mod tests;

use spec_first::prometheus_client::registry::Registry;

pub use self::address::Address;
use self::calls::{Calls, in_time};
use self::driver::Driver;
use super::condition::{Condition, Versions};
use super::store::{Change, Error, Page, Part, Person, Store};
use super::version::Version;

/// How often a change is tried of a person who was not acceptable, and has become so by the time that this is looked into.
const ATTEMPTS: u32 = 8;

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
    type Row = Person;

    async fn list(&self, part: Part) -> Result<Page, Error> {
        let listed = self.calls.read(async |client| match part.prefix.as_str() {
            "" => statements::list_all(client, &part).await,
            _ => statements::list_found(client, &part).await,
        });
        let (page, changes) = in_time(listed).await?;
        if ranges::are_many(changes) {
            self.calls.sum_up();
        }
        Ok(page)
    }

    async fn add(&self, person: Person) -> Result<Person, Error> {
        let added = self
            .calls
            .write(async |client| statements::add(client, &person).await);
        if !in_time(added).await? {
            return Err(Error::AlreadyExists);
        }
        self.sum_up(person.version);
        Ok(person)
    }

    async fn find(&self, last_name: &str) -> Result<Person, Error> {
        let found = self
            .calls
            .read(async |client| statements::find(client, last_name).await);
        in_time(found).await?.ok_or(Error::NotFound)
    }

    async fn update(
        &self,
        last_name: &str,
        change: Change,
        condition: Condition,
    ) -> Result<Person, Error> {
        in_time(async {
            for _ in 0..ATTEMPTS {
                let updated = self.calls.write(async |client| {
                    statements::update(client, last_name, &change, &condition).await
                });
                match updated.await? {
                    Some(person) => return Ok(person),
                    None => self.explain(last_name, &condition).await?,
                }
            }
            Err(overtaken())
        })
        .await
    }

    async fn remove(&self, last_name: &str, condition: Condition) -> Result<(), Error> {
        in_time(async {
            for _ in 0..ATTEMPTS {
                let removed = self
                    .calls
                    .write(async |client| statements::remove(client, last_name, &condition).await);
                match removed.await? {
                    Some(version) => {
                        self.sum_up(version);
                        return Ok(());
                    }
                    None => self.explain(last_name, &condition).await?,
                }
            }
            Err(overtaken())
        })
        .await
    }

    async fn check(&self) -> Result<(), Error> {
        in_time(self.calls.read(statements::probe)).await
    }

    fn register(&self, registry: &mut Registry) {
        self.calls.register(registry);
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

    fn sum_up(&self, version: Version) {
        if ranges::is_due(version) {
            self.calls.sum_up();
        }
    }
}

fn overtaken() -> Error {
    Error::Unavailable("PostgreSQL: others changed the person each time".to_owned())
}

/// The numbers of the versions, or none if it is all of them.
fn numbers(versions: &Option<Versions>) -> Option<Vec<i64>> {
    match versions {
        None | Some(Versions::All) => None,
        Some(Versions::These(versions)) => Some(versions.iter().map(|it| it.number()).collect()),
    }
}
