//! Calls to the database: on a bounded number of connections, each within a time, again where that is safe.

use std::time::Duration;

use deadpool_postgres::{
    ClientWrapper, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts,
};
use tokio::time::{sleep, timeout};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::driver::Driver;
use super::failure::Failure;
use crate::people::store::Error;

/// How many connections a process has at most.
const CONNECTIONS: usize = 16;

/// How long a call waits for a connection, and how long for its answer.
const WAIT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(10);

/// How often a call is made that others keep from succeeding, and how long it waits before the second time; twice as long
/// before each further one.
const ATTEMPTS: u32 = 8;
const PAUSE: Duration = Duration::from_millis(2);

/// The connections of a process.
pub struct Calls(Pool);

impl Calls {
    /// Prepares the connections, none of which is opened yet.
    ///
    /// # Errors
    /// As the pool says.
    pub fn new(config: Config, tls: MakeRustlsConnect, driver: &Driver) -> Result<Self, String> {
        let connector = driver.connector(tls, WAIT).ok_or("it is closed")?;
        let manager = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let pool = Pool::builder(Manager::from_connect(config, connector, manager))
            .max_size(CONNECTIONS)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts {
                wait: Some(WAIT),
                create: Some(WAIT),
                recycle: Some(WAIT),
            });
        pool.build().map(Self).map_err(|error| error.to_string())
    }

    /// Calls what changes nothing, a second time if a connection turns out to be broken.
    pub async fn read<T>(
        &self,
        call: impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Error> {
        match self.attempt(&call).await {
            Err(Failure::Broken(_)) => self.repeat(&call).await,
            Err(Failure::Conflict(_)) => self.repeat(&call).await,
            outcome => outcome.map_err(Error::from),
        }
    }

    /// Calls one statement that changes something. It is made again only if the database says that it was undone.
    pub async fn write<T>(
        &self,
        call: impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Error> {
        self.repeat(&call).await
    }

    async fn repeat<T>(
        &self,
        call: &impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Error> {
        let mut pause = PAUSE;
        for _ in 1..ATTEMPTS {
            match self.attempt(call).await {
                Err(Failure::Conflict(_)) => sleep(pause).await,
                outcome => return outcome.map_err(Error::from),
            }
            pause *= 2;
        }
        self.attempt(call).await.map_err(Error::from)
    }

    async fn attempt<T>(
        &self,
        call: &impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Failure> {
        let client = self.0.get().await.map_err(Failure::of_pool)?;
        let outcome = match timeout(ANSWER, call(&client)).await {
            Ok(outcome) => outcome.map_err(Failure::of_statement),
            Err(_) => Err(Failure::Broken("no answer in time".to_owned())),
        };
        if let Err(Failure::Broken(_)) = &outcome {
            // Whatever state the connection is in, nobody else gets it.
            drop(Object::take(client));
        }
        outcome
    }
}
