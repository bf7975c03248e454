//! The thread that drives all connections, so that none depends on the thread of whoever uses it.

use std::future;
use std::pin::Pin;
use std::time::Duration;

use deadpool_postgres::Connect;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::{Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

/// A runtime on a thread of its own.
pub struct Driver(Option<Runtime>);

impl Driver {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system has no more threads.
    pub fn start() -> Result<Self, String> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("people-postgres")
            .enable_all()
            .build();
        runtime
            .map(|runtime| Self(Some(runtime)))
            .map_err(|error| error.to_string())
    }

    /// Runs `work` to its end. Not within another runtime.
    pub fn run<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        self.0.as_ref().map(|runtime| runtime.block_on(work))
    }

    /// Where to start work for which nobody waits; nothing once it ends.
    pub fn handle(&self) -> Option<Handle> {
        self.0.as_ref().map(|runtime| runtime.handle().clone())
    }

    /// Connects on the thread, and gives up after `limit`.
    pub fn connector(&self, tls: MakeRustlsConnect, limit: Duration) -> Option<Connector> {
        let handle = self.handle()?;
        Some(Connector { handle, tls, limit })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            // Whoever drops it may be within another runtime, and must not wait.
            runtime.shutdown_background();
        }
    }
}

/// Connects to the database.
pub struct Connector {
    handle: Handle,
    tls: MakeRustlsConnect,
    limit: Duration,
}

type Connected = Result<(Client, JoinHandle<()>), Error>;

impl Connect for Connector {
    fn connect(&self, config: &Config) -> Pin<Box<dyn Future<Output = Connected> + Send + '_>> {
        let (config, tls, limit) = (config.clone(), self.tls.clone(), self.limit);
        let connection = self
            .handle
            .spawn(async move { timeout(limit, connect(&config, tls)).await });
        Box::pin(async {
            match connection.await {
                Ok(Ok(connected)) => connected,
                // It took too long, of which the pool informs the caller at the same time.
                _ => future::pending().await,
            }
        })
    }
}

/// A client, and the task on the present runtime that it depends on.
pub async fn connect(config: &Config, tls: MakeRustlsConnect) -> Connected {
    let (client, connection) = config.connect(tls).await?;
    let task = tokio::spawn(async {
        // Why it ends is seen by the call that it interrupts.
        let _ = connection.await;
    });
    Ok((client, task))
}
