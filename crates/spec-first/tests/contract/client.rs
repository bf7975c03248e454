//! A client that sends exactly the given bytes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer, as it came over the wire.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The value of a header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        let found = headers.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// The values of a header, in their order.
    pub fn headers(&self, name: &str) -> Vec<&str> {
        let headers = self.headers.iter();
        let found = headers.filter(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// Asserts that it has this status, media type and body.
    #[track_caller]
    pub fn is(&self, status: u16, media_type: &str, body: &str) {
        let found = (self.status, self.header("Content-Type"), self.body.as_str());
        assert_eq!(found, (status, media_type, body));
    }

    /// Asserts that it is this problem; with the id of the request as its last member, if it has one.
    #[track_caller]
    pub fn is_problem(&self, status: u16, body: &str) {
        let mut body = body.to_owned();
        let id = self.header("X-Request-Id");
        if let Some(start) = body.strip_suffix('}').filter(|_| !id.is_empty()) {
            body = format!("{start},\"request_id\":\"{id}\"}}");
        }
        assert_eq!((self.status, &self.body), (status, &body));
        assert_eq!(self.header("Content-Type"), "application/problem+json");
    }

    /// Asserts that it is this JSON.
    #[track_caller]
    pub fn is_json(&self, status: u16, body: &str) {
        assert_eq!((self.status, self.body.as_str()), (status, body));
        assert_eq!(self.header("Content-Type"), "application/json");
    }
}

/// Sends the bytes of a whole request, and reads until the server closes.
pub fn exchange(address: SocketAddr, request: &[u8]) -> Answer {
    stream(address, std::iter::once(request))
}

/// As [`exchange`], with a request in parts.
pub fn stream<'p>(address: SocketAddr, parts: impl Iterator<Item = &'p [u8]>) -> Answer {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let timeout = Some(Duration::from_secs(20));
    stream.set_read_timeout(timeout).expect("a timeout");
    // A server that rejects a request early may close the connection before it has read all of it.
    for part in parts {
        if stream.write_all(part).is_err() {
            break;
        }
    }
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    parse(&String::from_utf8_lossy(&bytes))
}

fn parse(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status
            .and_then(|status| status.parse().ok())
            .expect("a status"),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: body.to_owned(),
    }
}
