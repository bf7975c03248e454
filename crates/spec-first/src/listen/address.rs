//! An address to listen on, as an option names it.

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::str::FromStr;

/// An address to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `ADDRESS:PORT`: TCP; port 0 takes a free one.
    Tcp(SocketAddr),
    /// `unix:/PATH`: a Unix socket, whose file is created.
    Unix(PathBuf),
    /// `systemd`, or `systemd:NAME`: the sockets that systemd has opened and passed to the process, all or those of this name
    /// (`FileDescriptorName=`, see sd_listen_fds_with_names(3)).
    Systemd(Option<String>),
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("unix", path)) if path.starts_with('/') => Ok(Self::Unix(path.into())),
            Some(("systemd", name)) if !name.is_empty() => Ok(Self::Systemd(Some(name.to_owned()))),
            None if text == "systemd" => Ok(Self::Systemd(None)),
            _ => tcp(text).map(Self::Tcp).ok_or_else(expected),
        }
    }
}

fn tcp(text: &str) -> Option<SocketAddr> {
    text.to_socket_addrs().ok()?.next()
}

fn expected() -> String {
    "expected ADDRESS:PORT, such as 127.0.0.1:5000, unix:/PATH, systemd or systemd:NAME".to_owned()
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Systemd(None) => f.write_str("systemd"),
            Self::Systemd(Some(name)) => write!(f, "systemd:{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_tcp_of_a_file_or_of_systemd() {
        for (text, address) in [
            (
                "127.0.0.1:5000",
                Address::Tcp(([127, 0, 0, 1], 5000).into()),
            ),
            ("[::]:0", Address::Tcp(([0; 8], 0).into())),
            ("unix:/run/a.sock", Address::Unix("/run/a.sock".into())),
            ("systemd", Address::Systemd(None)),
            ("systemd:web", Address::Systemd(Some("web".to_owned()))),
        ] {
            assert_eq!(text.parse(), Ok(address), "{text}");
            assert_eq!(
                text.parse::<Address>().map(|it| it.to_string()),
                Ok(text.to_owned())
            );
        }
        for text in [
            "",
            "5000",
            "127.0.0.1",
            "127.0.0.1:65536",
            "unix:",
            "unix:a.sock",
            "systemd:",
            "/run/a.sock",
        ] {
            assert_eq!(text.parse::<Address>(), Err(expected()), "{text}");
        }
    }
}
