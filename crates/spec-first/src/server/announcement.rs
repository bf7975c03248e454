//! The lines that are printed at the start.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::listen::Socket;
use crate::server::admin::{METRICS, READY};
use crate::service::Service;

/// A title, and below it names with values.
pub(super) struct Lines {
    title: String,
    values: Vec<(&'static str, String)>,
}

/// Where the API is served, and what else there is to know.
pub(super) fn lines(
    scheme: &str,
    sockets: &[Socket],
    admin: Option<SocketAddr>,
    service: &Service,
    has_page: bool,
    facts: &[(&'static str, String)],
) -> Lines {
    let addresses: Vec<_> = sockets.iter().map(ToString::to_string).collect();
    let about = service.about();
    let first = sockets.iter().find_map(Socket::tcp_address);
    let mut values = Vec::new();
    if let Some(address) = first {
        let server = format!("{scheme}://{}", reachable(address));
        if has_page {
            values.push(("page", format!("{server}/")));
        }
        for base in service.base_paths() {
            values.push(("Swagger UI", format!("{server}{base}/ui/")));
            values.push(("spec", format!("{server}{base}/{}", about.file_name)));
        }
    }
    if let Some(admin) = admin {
        let server = format!("http://{}", reachable(admin));
        values.push(("probes", format!("{server}{READY}")));
        values.push(("metrics", format!("{server}{METRICS}")));
    }
    values.extend(facts.iter().cloned());
    Lines {
        title: format!("{} is served at {}", about.heading, addresses.join(", ")),
        values,
    }
}

/// Prints the lines to the standard output.
pub(super) fn print(lines: &Lines) {
    // The server runs without the lines, too, if the output is closed.
    let _ = write(lines);
}

fn write(lines: &Lines) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", lines.title)?;
    for (name, value) in &lines.values {
        writeln!(out, "  {name:<12}{value}")?;
    }
    out.flush()
}

/// An address that a browser on this machine can open, which "all addresses" is not.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            IpAddr::V4(Ipv4Addr::LOCALHOST)
        } else {
            IpAddr::V6(Ipv6Addr::LOCALHOST)
        });
    }
    address
}
