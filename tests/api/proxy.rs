//! A proxy between servers and their database, which does what networks do.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the network does to what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    Works,
    /// Ends every connection, and every new one at once.
    Cuts,
    /// Carries nothing, and ends no connection.
    IsSilent,
    /// Carries each piece this much later.
    Delays(Duration),
    /// Carries half of the next request or answer, and ends its connection.
    HalvesRequests,
    HalvesAnswers,
    /// Loses the next answer of each connection, and ends the connection.
    LosesAnswers,
}

/// A running proxy; it ends with the test.
pub struct Proxy {
    port: u16,
    to: u16,
    shared: Arc<Shared>,
}

struct Shared {
    network: Mutex<Network>,
    over: AtomicBool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Carried {
    Requests,
    Answers,
}

/// How often a connection looks whether the network has changed.
const LOOK: Duration = Duration::from_millis(5);

impl Proxy {
    /// Starts a proxy before a port.
    pub fn start(to: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            network: Mutex::new(Network::Works),
            over: AtomicBool::new(false),
        });
        let own = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if own.over.load(Ordering::Relaxed) {
                    return;
                }
                // While the database is down, so is the way to it.
                if let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, to)) {
                    carry(&client, &server, Carried::Requests, &own);
                    carry(&server, &client, Carried::Answers, &own);
                }
            }
        });
        Self { port, to, shared }
    }

    /// The address of a database by way of the proxy.
    pub fn address(&self, address: &str) -> String {
        address.replace(&format!(":{}/", self.to), &format!(":{}/", self.port))
    }

    /// What the network does from now on.
    pub fn set(&self, network: Network) {
        *self.shared.network.lock().expect("no panic") = network;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.set(Network::Cuts);
        self.shared.over.store(true, Ordering::Relaxed);
        // Wakes up the thread that listens.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

/// Carries one direction, on a thread of its own, until either side or the network ends it.
fn carry(from: &TcpStream, to: &TcpStream, what: Carried, shared: &Arc<Shared>) {
    let (Ok(from), Ok(to)) = (from.try_clone(), to.try_clone()) else {
        return;
    };
    let shared = Arc::clone(shared);
    thread::spawn(move || {
        // Either side may have gone by itself.
        let _ = from.set_read_timeout(Some(LOOK));
        let _ = to.set_nodelay(true);
        while carry_piece(&from, &to, what, &shared).is_some() {}
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    });
}

/// Carries what has come, if anything has; nothing once the connection is over.
fn carry_piece(
    mut from: &TcpStream,
    mut to: &TcpStream,
    what: Carried,
    shared: &Shared,
) -> Option<()> {
    let network = || *shared.network.lock().expect("no panic");
    let mut piece = [0; 8192];
    let length = match from.read(&mut piece) {
        Ok(0) => return None,
        Ok(length) => length,
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            return (network() != Network::Cuts).then_some(());
        }
        Err(_) => return None,
    };
    while network() == Network::IsSilent {
        thread::sleep(LOOK);
    }
    let mut send = |length: usize| to.write_all(&piece[..length]).ok();
    match (network(), what) {
        (Network::Cuts, _) | (Network::LosesAnswers, Carried::Answers) => None,
        (Network::HalvesRequests, Carried::Requests)
        | (Network::HalvesAnswers, Carried::Answers) => {
            send(length / 2)?;
            None
        }
        (Network::Delays(delay), _) => {
            thread::sleep(delay);
            send(length)
        }
        _ => send(length),
    }
}
