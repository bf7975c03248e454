//! How a server stops: without losing a connection that it has been given, or a request in progress.

use std::future::Future;
use std::pin::pin;
use std::time::{Duration, Instant};

use actix_web::dev::ServerHandle;
use actix_web::rt::time::sleep;
use futures_util::future::{Either, select};
use socket2::Socket as RawSocket;

use super::lifecycle::Lifecycle;
use crate::listen::Socket;
use crate::options::Options;

/// How long the clients of open connections have for one more request, whose response says that the connection is closed; and
/// how long a connection may take to be established before it would be lost.
const LAST_REQUESTS: Duration = Duration::from_millis(500);
/// How long connections that are being established have to be accepted, and then the workers to take them.
const LAST_CONNECTIONS: Duration = Duration::from_millis(50);

/// What is needed to stop a server.
pub(super) struct Shutdown {
    lifecycle: Lifecycle,
    delay: Duration,
    timeout: Duration,
    /// Second handles of the sockets that this process has opened.
    own: Vec<RawSocket>,
    /// Whether another server may listen on the same addresses.
    is_shared: bool,
}

impl Shutdown {
    pub fn new(options: &Options, lifecycle: Lifecycle, sockets: &[Socket]) -> Self {
        Self {
            lifecycle,
            delay: Duration::from_secs(options.shutdown_delay.into()),
            timeout: Duration::from_secs(options.shutdown_timeout.into()),
            own: sockets.iter().filter_map(Socket::own_handle).collect(),
            is_shared: options.reuse_port,
        }
    }

    /// Waits for the signal, and stops the server.
    pub async fn run(self, signal: impl Future<Output = ()>, server: ServerHandle) {
        signal.await;
        self.lifecycle.stop();
        sleep(self.delay).await;
        if self.is_shared {
            self.own.iter().for_each(ignore_new);
        }
        self.wait_for_last_requests().await;
        if !self.is_shared {
            self.own.iter().for_each(ignore_new);
            sleep(LAST_CONNECTIONS).await;
        }
        // The rest of what a socket of systemd has is left to the next process.
        server.pause().await;
        sleep(LAST_CONNECTIONS).await;
        drop(self.own);
        #[cfg(feature = "tls")]
        self.lifecycle.close();
        let stopped = pin!(server.stop(true));
        // A little earlier than actix-web closes them, so that they can be counted.
        let timeout = self.timeout.saturating_sub(LAST_CONNECTIONS);
        if let Either::Left((_, stopped)) = select(pin!(sleep(timeout)), stopped).await {
            let connections = self.lifecycle.connections();
            tracing::warn!(
                connections,
                "the shutdown timeout has passed: open connections are closed"
            );
            stopped.await;
        }
    }

    async fn wait_for_last_requests(&self) {
        let begin = Instant::now();
        let is_needed =
            || self.lifecycle.connections() > 0 || self.is_shared && !self.own.is_empty();
        while is_needed() && begin.elapsed() < LAST_REQUESTS {
            sleep(Duration::from_millis(10)).await;
        }
    }
}

/// Ignores requests for new connections, while those that are being established are still accepted. Closing the socket at once
/// would reset the latter. The client repeats its request after a second (RFC 6298, section 2.1), and reaches the other socket of
/// the same address, if there is one.
#[cfg(target_os = "linux")]
fn ignore_new(socket: &RawSocket) {
    use socket2::SockFilter;

    // In the words of the classic Berkeley packet filter: nothing of a TCP segment whose flags have SYN without ACK, else all of it.
    let filter = [
        SockFilter::new(0x30, 0, 0, 13),
        SockFilter::new(0x54, 0, 0, 0x12),
        SockFilter::new(0x15, 0, 1, 0x02),
        SockFilter::new(0x06, 0, 0, 0),
        SockFilter::new(0x06, 0, 0, u32::MAX),
    ];
    if let Err(error) = socket.attach_filter(&filter) {
        tracing::debug!(%error, "connections that are being established may be lost");
    }
}

#[cfg(not(target_os = "linux"))]
fn ignore_new(_: &RawSocket) {}
