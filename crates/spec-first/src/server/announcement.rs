//! The lines that are printed at the start.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::server::admin::{METRICS, READY};
use crate::service::Service;

/// Prints the addresses to the standard output.
pub(super) fn print(
    address: SocketAddr,
    admin: Option<SocketAddr>,
    service: &Service,
    has_page: bool,
    facts: &[(&'static str, String)],
) {
    let server = format!("http://{}", reachable(address));
    let mut lines = Vec::new();
    if has_page {
        lines.push(("page", format!("{server}/")));
    }
    for base in service.base_paths() {
        lines.push(("Swagger UI", format!("{server}{base}/ui/")));
        lines.push((
            "spec",
            format!("{server}{base}/{}", service.about().file_name()),
        ));
    }
    if let Some(admin) = admin {
        let server = format!("http://{}", reachable(admin));
        lines.push(("probes", format!("{server}{READY}")));
        lines.push(("metrics", format!("{server}{METRICS}")));
    }
    lines.extend(facts.iter().cloned());
    // The server runs without the lines, too, if the output is closed.
    let _ = write(
        &format!("{} is served at {address}", service.about().title()),
        &lines,
    );
}

fn write(title: &str, lines: &[(&str, String)]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{title}")?;
    for (name, value) in lines {
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
