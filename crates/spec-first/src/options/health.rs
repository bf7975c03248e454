//! `--check-health`: for containers that hold no other program which could send a request.

use std::fmt::Display;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use clap::ArgMatches;

/// How long the response may take, and each step before it.
const TIMEOUT: Duration = Duration::from_secs(3);

/// The address of the server's probes, if the option is given.
pub(super) fn requested(matches: &ArgMatches) -> Option<SocketAddr> {
    let is_requested = matches.try_get_one::<bool>("check_health").ok()?;
    let admin = matches.try_get_one::<SocketAddr>("admin").ok()?;
    admin.copied().filter(|_| is_requested == Some(&true))
}

/// Whether the server at this address is ready: 0, or 1 with a sentence on the standard error output.
pub(super) fn check(admin: SocketAddr) -> ExitCode {
    let problem = match status(reachable(admin)) {
        Ok(200) => return ExitCode::SUCCESS,
        Ok(status) => format!("the server is not ready: its status is {status}"),
        Err(error) => unreachable(admin, &error),
    };
    eprintln!("{problem}");
    ExitCode::FAILURE
}

fn unreachable(admin: SocketAddr, error: &impl Display) -> String {
    format!("no server reports its health at {admin}: {error}")
}

/// A server that listens on all addresses is reached at that of this machine.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(it) if it.ip().is_unspecified() => {
            address.set_ip(Ipv4Addr::LOCALHOST.into())
        }
        SocketAddr::V6(it) if it.ip().is_unspecified() => {
            address.set_ip(Ipv6Addr::LOCALHOST.into())
        }
        _ => (),
    }
    address
}

fn status(admin: SocketAddr) -> io::Result<u16> {
    let mut stream = TcpStream::connect_timeout(&admin, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let request =
        format!("GET /health/ready HTTP/1.1\r\nHost: {admin}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    // `HTTP/1.1 200`
    let mut line = [0; 12];
    stream.read_exact(&mut line)?;
    let status = line
        .strip_prefix(b"HTTP/1.1 ")
        .and_then(|it| str::from_utf8(it).ok()?.parse().ok());
    status.ok_or_else(|| io::Error::other("its answer is not HTTP"))
}
