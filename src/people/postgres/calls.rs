//! Calls to the database: on a bounded number of connections, each within a time, again where that is safe.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    ClientWrapper, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts,
};
use spec_first::prometheus_client::registry::Registry;
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::driver::Driver;
use super::failure::Failure;
use super::{pool, ranges};
use crate::people::store::Error;
use crate::people::waits::{self, Waits};

/// How many connections a process has at most.
const CONNECTIONS: usize = 16;

/// How long a call waits for a connection, how long for its answer, and how long all calls of one request may take.
const WAIT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(10);
const CALLS: Duration = Duration::from_secs(15);

/// How long the changes of the list may be summed up, which are many after another program has loaded people.
const SUM: Duration = Duration::from_secs(60);

/// How often a call is made that others keep from succeeding, and how long it waits before the second time; twice as long
/// before each further one, up to a limit.
const ATTEMPTS: u32 = 16;
const PAUSE: Duration = Duration::from_millis(4);
const LONGEST_PAUSE: Duration = Duration::from_millis(256);

/// The connections of a process.
pub struct Calls {
    pool: Pool,
    /// How long calls wait for a connection.
    waits: Waits,
    background: Handle,
    summing_up: Arc<Mutex<()>>,
}

/// A connection that goes back to the pool only once nothing is under way on it, which a call may leave that is given up.
struct Lent(Option<Object>);

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}

impl Calls {
    /// Prepares the connections, none of which is opened yet.
    ///
    /// # Errors
    /// As the pool says.
    pub fn new(config: Config, tls: MakeRustlsConnect, driver: &Driver) -> Result<Self, String> {
        let connector = driver.connector(tls, WAIT).ok_or("it is closed")?;
        let background = driver.handle().ok_or("it is closed")?;
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
        let pool = pool.build().map_err(|error| error.to_string())?;
        Ok(Self {
            pool,
            waits: Waits::default(),
            background,
            summing_up: Arc::default(),
        })
    }

    /// Adds the metrics of the connections.
    pub fn register(&self, registry: &mut Registry) {
        let waits = vec![("connection", self.waits.clone())];
        registry.register_collector(Box::new(waits::Collected(waits)));
        registry.register_collector(Box::new(pool::Collected(self.pool.clone())));
    }

    /// Calls what changes nothing, a second time if a connection turns out to be broken.
    pub async fn read<T>(
        &self,
        call: impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Error> {
        let outcome = match attempt(&self.pool, &self.waits, ANSWER, &call).await {
            Err(Failure::Broken(_) | Failure::Conflict(_)) => self.repeat(&call).await,
            outcome => outcome,
        };
        outcome.map_err(Error::from)
    }

    /// Calls one statement that changes something. It is made again only if the database says that it was undone.
    pub async fn write<T>(
        &self,
        call: impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Error> {
        self.repeat(&call).await.map_err(Error::from)
    }

    /// Has the changes of the list summed up, for which nobody waits, unless that is under way.
    pub fn sum_up(&self) {
        let Ok(alone) = Arc::clone(&self.summing_up).try_lock_owned() else {
            return;
        };
        let (pool, waits) = (self.pool.clone(), self.waits.clone());
        self.background.spawn(async move {
            let outcome = attempt(&pool, &waits, SUM, &ranges::sum_up).await;
            if let Err(failure) = outcome {
                tracing::debug!(?failure, "the changes of the list were not summed up");
            }
            drop(alone);
        });
    }

    async fn repeat<T>(
        &self,
        call: &impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Failure> {
        let mut longest = PAUSE;
        for _ in 1..ATTEMPTS {
            match attempt(&self.pool, &self.waits, ANSWER, call).await {
                Err(Failure::Conflict(_)) => sleep(pause(longest)).await,
                outcome => return outcome,
            }
            longest = LONGEST_PAUSE.min(longest * 2);
        }
        attempt(&self.pool, &self.waits, ANSWER, call).await
    }
}

/// Half of the time or longer, at random: those that were in each other's way are not to meet again.
fn pause(longest: Duration) -> Duration {
    let random = getrandom::u32().unwrap_or_default();
    longest / 2 + longest.mul_f64(f64::from(random) / f64::from(u32::MAX) / 2.0)
}

/// All the calls that one request needs, given up after a time.
pub async fn in_time<T>(calls: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let outcome = timeout(CALLS, calls).await;
    outcome.unwrap_or_else(|_| Err(Error::from(Failure::late())))
}

async fn attempt<T>(
    pool: &Pool,
    waits: &Waits,
    limit: Duration,
    call: &impl AsyncFn(&ClientWrapper) -> Result<T, tokio_postgres::Error>,
) -> Result<T, Failure> {
    let waiting = waits.begin();
    let got = pool.get().await;
    drop(waiting);
    let mut lent = Lent(Some(got.map_err(Failure::of_pool)?));
    let client = lent.0.as_ref().ok_or_else(Failure::late)?;
    let outcome = match timeout(limit, call(client)).await {
        Ok(outcome) => outcome.map_err(Failure::of_statement),
        Err(_) => Err(Failure::late()),
    };
    if !matches!(outcome, Err(Failure::Broken(_))) {
        // Back to the pool.
        drop(lent.0.take());
    }
    outcome
}
