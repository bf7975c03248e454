//! A server of keys on the loopback, whose answer changes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a request.
#[derive(Clone)]
pub enum Reply {
    /// Sends this status and body.
    Send(u16, Vec<u8>),
    /// Redirects to this address.
    Redirect(String),
    /// Sends nothing, for longer than anybody waits.
    Nothing,
    /// Begins to send, and never ends.
    Endless,
    /// Closes the connection.
    Close,
}

pub struct KeyServer {
    address: SocketAddr,
    reply: Arc<Mutex<Reply>>,
    count: Arc<AtomicUsize>,
}

impl KeyServer {
    pub fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let reply = Arc::new(Mutex::new(reply));
        let count = Arc::new(AtomicUsize::new(0));
        let (replies, requests) = (Arc::clone(&reply), Arc::clone(&count));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                requests.fetch_add(1, Ordering::SeqCst);
                let reply = replies.lock().expect("it is not poisoned").clone();
                thread::spawn(move || answer(stream, &reply));
            }
        });
        Self {
            address,
            reply,
            count,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}/keys", self.address)
    }

    pub fn reply(&self, reply: Reply) {
        *self.reply.lock().expect("it is not poisoned") = reply;
    }

    /// How many requests there were.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }
}

fn answer(mut stream: std::net::TcpStream, reply: &Reply) {
    let _ = stream.read(&mut [0; 4096]);
    match reply {
        Reply::Send(status, body) => {
            let head = format!(
                "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(body);
        }
        Reply::Redirect(to) => {
            let head = format!(
                "HTTP/1.1 302 X\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let _ = stream.write_all(head.as_bytes());
        }
        Reply::Nothing => thread::sleep(Duration::from_secs(30)),
        Reply::Endless => {
            let head = b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n{\"keys\":[";
            let _ = stream.write_all(head);
            for _ in 0..300 {
                thread::sleep(Duration::from_millis(100));
                if stream.write_all(b" ").is_err() {
                    break;
                }
            }
        }
        Reply::Close => (),
    }
}
