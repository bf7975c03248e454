//! A server takes over from another one under load, and no request fails.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle, sleep};
use std::time::Duration;

use crate::client::Connection;
use crate::process::{Process, program};
use crate::sockets::activated;

/// Clients that send one request after the other.
struct Load {
    is_over: Arc<AtomicBool>,
    count: Arc<AtomicUsize>,
    clients: Vec<JoinHandle<io::Result<()>>>,
}

impl Load {
    /// Some clients open a connection for each request, the others keep theirs until the server closes it after a response.
    fn start<S: io::Read + io::Write>(
        open: impl Fn() -> io::Result<Connection<S>> + Clone + Send + 'static,
    ) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let count = Arc::new(AtomicUsize::new(0));
        let client = |number: usize| {
            let (is_over, count, open) = (is_over.clone(), count.clone(), open.clone());
            thread::spawn(move || {
                let mut kept = None;
                while !is_over.load(Ordering::Relaxed) {
                    let mut connection = kept.take().map_or_else(&open, Ok)?;
                    let response = connection.get("/v1/tasks")?;
                    assert_eq!((response.status, response.body.as_str()), (200, "[]"));
                    count.fetch_add(1, Ordering::Relaxed);
                    let is_kept =
                        number.is_multiple_of(2) && response.header("connection") != "close";
                    kept = is_kept.then_some(connection);
                    sleep(Duration::from_millis(2));
                }
                Ok(())
            })
        };
        let clients = (0..8).map(client).collect();
        Self {
            is_over,
            count,
            clients,
        }
    }

    /// Waits for more responses.
    fn go_on(&self) {
        let before = self.count.load(Ordering::Relaxed);
        while self.count.load(Ordering::Relaxed) < before + 200 {
            assert!(
                !self.clients.iter().any(JoinHandle::is_finished),
                "a request failed"
            );
            sleep(Duration::from_millis(10));
        }
    }

    /// Ends; no request has failed.
    fn end(self) {
        self.is_over.store(true, Ordering::Relaxed);
        for client in self.clients {
            client
                .join()
                .expect("every response is as expected")
                .expect("no request fails");
        }
    }
}

fn open(address: SocketAddr) -> impl Fn() -> io::Result<Connection<TcpStream>> + Clone + Send {
    move || Connection::open(address)
}

#[test]
fn a_second_server_on_the_same_port_takes_over() {
    let mut old = Process::start(&["--reuse-port", "--log-level=warn"]);
    let address = old.address();
    let load = Load::start(open(address));
    load.go_on();
    for _ in 0..3 {
        let next = program(&[
            "--reuse-port",
            "--log-level=warn",
            "--listen",
            &address.to_string(),
        ]);
        let next = Process::spawn(next);
        load.go_on();
        old.signal("TERM");
        assert_eq!(old.wait().code(), Some(0));
        load.go_on();
        old = next;
    }
    load.end();
}

#[test]
fn a_second_server_on_the_same_unix_socket_takes_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("tasks.sock");
    let listen = format!("unix:{}", path.display());
    let options = ["--reuse-port", "--log-level=warn", "--listen", &listen];
    let mut old = Process::spawn(program(&options));
    let opened = path.clone();
    let load = Load::start(move || Connection::open_unix(&opened));
    load.go_on();
    for _ in 0..3 {
        let next = Process::spawn(program(&options));
        load.go_on();
        old.signal("TERM");
        assert_eq!(old.wait().code(), Some(0));
        load.go_on();
        old = next;
    }
    load.end();
    old.signal("TERM");
    assert_eq!(old.wait().code(), Some(0));
    assert!(!path.exists());
}

#[test]
fn connections_to_a_socket_of_systemd_wait_for_the_next_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let tcp = TcpListener::bind("127.0.0.1:0").expect("a port");
    let unix = UnixListener::bind(folder.path().join("tasks.sock")).expect("a socket");
    let options = ["--listen", "systemd:web", "--log-level=warn"];
    let mut server = Process::spawn_with_errors(activated(&tcp, &unix, &options));
    let load = Load::start(open(tcp.local_addr().expect("an address")));
    load.go_on();
    for _ in 0..3 {
        server.signal("TERM");
        assert_eq!(server.wait().code(), Some(0));
        server = Process::spawn_with_errors(activated(&tcp, &unix, &options));
        load.go_on();
    }
    load.end();
}

#[test]
fn a_port_is_shared_only_if_both_servers_allow_it() {
    let server = Process::start(&[]);
    let address = server.address().to_string();
    let sentence = format!("cannot listen on {address}: Address already in use (os error 98)\n");
    let refused = crate::process::refused(&["--reuse-port", "--listen", &address]);
    assert_eq!(refused, (Some(1), sentence));
}
