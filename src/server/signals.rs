//! When to stop: Ctrl-C or, on Unix, SIGTERM.

use std::io;
use std::process;

/// Waits for the first signal; a second one then ends the process at once.
pub async fn stop() {
    if let Err(error) = received().await {
        tracing::error!(%error, "signals cannot be received; only killing stops this process");
        std::future::pending::<()>().await;
    }
    tracing::info!("stopping; a second signal stops at once");
    tokio::spawn(async {
        if received().await.is_ok() {
            process::exit(1);
        }
    });
}

#[cfg(unix)]
async fn received() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    let arrived = std::pin::pin!(interrupt.recv());
    futures_util::future::select(arrived, std::pin::pin!(terminate.recv())).await;
    Ok(())
}

#[cfg(not(unix))]
async fn received() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
