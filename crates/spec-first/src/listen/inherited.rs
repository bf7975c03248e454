//! Sockets that systemd has opened and passed to this process (sd_listen_fds(3)).

use std::env;
use std::io;
use std::sync::{LazyLock, Mutex, PoisonError};

use listenfd::ListenFd;

use super::socket::{Owner, Socket};
use super::unix::Listener;

/// The sockets that no listener has taken yet, and the name of each. Of the process, as its environment is.
static PASSED: LazyLock<Mutex<Passed>> = LazyLock::new(|| Mutex::new(Passed::from_environment()));

struct Passed {
    sockets: ListenFd,
    names: Vec<String>,
}

/// Takes the sockets of this name, or all.
pub(super) fn take(name: Option<&str>) -> io::Result<Vec<Socket>> {
    let mut passed = PASSED.lock().unwrap_or_else(PoisonError::into_inner);
    let sockets = passed.take(name)?;
    if sockets.is_empty() {
        return Err(io::Error::other(
            "systemd has passed no such socket to this process",
        ));
    }
    Ok(sockets)
}

impl Passed {
    fn from_environment() -> Self {
        let names = env::var("LISTEN_FDNAMES").unwrap_or_default();
        Self {
            sockets: ListenFd::from_env(),
            names: names.split(':').map(str::to_owned).collect(),
        }
    }

    fn take(&mut self, name: Option<&str>) -> io::Result<Vec<Socket>> {
        let mut taken = Vec::new();
        for index in 0..self.sockets.len() {
            if name.is_none_or(|name| self.names.get(index).is_some_and(|it| it == name)) {
                taken.extend(self.socket(index)?);
            }
        }
        Ok(taken)
    }

    /// None if it has been taken before.
    fn socket(&mut self, index: usize) -> io::Result<Option<Socket>> {
        if let Ok(listener) = self.sockets.take_tcp_listener(index) {
            let socket = listener.map(|it| Socket::from_tcp(it, Owner::Systemd));
            return socket.transpose();
        }
        let listener = self.sockets.take_unix_listener(index)?;
        let listener = listener.map(Listener::inherited).transpose()?;
        Ok(listener.map(Socket::Unix))
    }
}
