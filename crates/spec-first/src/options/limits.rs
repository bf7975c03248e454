//! Options that limit what a server takes on.

use std::time::Duration;

use clap::Args;

use super::sizes::{head_size, size, upload_size};

/// How much is served at once, how large a request may be, and how long it may take.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Connections that are served at once, 1 to 1000000; a further one gets a response with 503, and is closed
    #[arg(long, value_name = "NUMBER", default_value = "10000", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,

    /// Requests that are handled at once, 1 to 1000000; the response to a further one is 503
    #[arg(long, value_name = "NUMBER", default_value = "1024", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_concurrent_requests: u32,

    /// How long a request may be handled, in seconds, 1 to 3600, or 0 for any time; its response is 504 then
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = clap::value_parser!(u16).range(..=3600))]
    pub request_timeout: u16,

    /// The longest path with its query, in bytes or with KiB; 1 to 64KiB
    #[arg(long, value_name = "SIZE", default_value = "8KiB", value_parser = head_size)]
    pub url_limit: usize,

    /// The longest headers of a request together, in bytes or with KiB; 1 to 64KiB
    #[arg(long, value_name = "SIZE", default_value = "32KiB", value_parser = head_size)]
    pub header_limit: usize,

    /// The longest request body that is held in memory, in bytes or with KiB, MiB or GiB; 0 to 1GiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    pub body_limit: usize,

    /// The longest upload or form with files, in bytes or with KiB, MiB or GiB; 0 to 1024GiB
    #[arg(long, value_name = "SIZE", default_value = "32MiB", value_parser = upload_size)]
    pub upload_limit: usize,
}

impl Limits {
    /// How long a request may be handled; none for any time.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        let seconds = u64::from(self.request_timeout);
        (seconds > 0).then(|| Duration::from_secs(seconds))
    }
}
