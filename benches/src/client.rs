//! A client that costs little: requests as bytes, on a connection that stays open.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A connection to a server.
pub struct Connection {
    stream: TcpStream,
    /// What has arrived and is not yet read.
    buffer: Vec<u8>,
}

/// What a server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// Names in lower case, in the order in which they arrived.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a header, if it was sent; its name is given in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(it, _)| it == name);
        header.map(|(_, value)| value.as_str())
    }
}

impl Connection {
    /// # Errors
    /// The server cannot be reached.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self {
            stream,
            buffer: Vec::new(),
        })
    }

    /// Sends a request, and waits for the response.
    ///
    /// # Errors
    /// As [`Self::receive`].
    pub fn exchange(&mut self, request: &[u8]) -> io::Result<Response> {
        self.send(request)?;
        self.receive()
    }

    /// # Errors
    /// The server has closed the connection.
    pub fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// Waits for the response to the request that was sent first.
    ///
    /// # Errors
    /// No complete response within a minute, or one whose length is not in a `Content-Length`.
    pub fn receive(&mut self) -> io::Result<Response> {
        let end = self.receive_head()?;
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        let mut response = parse(&head).ok_or(ErrorKind::InvalidData)?;
        self.buffer.drain(..end);
        let length = match (response.status, response.header("content-length")) {
            (204 | 304, _) => 0,
            (_, length) => length
                .and_then(|it| it.parse().ok())
                .ok_or(ErrorKind::InvalidData)?,
        };
        while self.buffer.len() < length {
            self.read()?;
        }
        response.body = self.buffer.drain(..length).collect();
        Ok(response)
    }

    /// The length of the head that has arrived.
    fn receive_head(&mut self) -> io::Result<usize> {
        const END: &[u8] = b"\r\n\r\n";
        loop {
            let mut windows = self.buffer.windows(END.len());
            if let Some(position) = windows.position(|window| window == END) {
                return Ok(position + END.len());
            }
            self.read()?;
        }
    }

    fn read(&mut self) -> io::Result<()> {
        let mut chunk = [0; 64 * 1024];
        match self.stream.read(&mut chunk)? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            length => {
                self.buffer.extend_from_slice(&chunk[..length]);
                Ok(())
            }
        }
    }
}

fn parse(head: &str) -> Option<Response> {
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
    Some(Response {
        status,
        headers: headers.collect(),
        body: Vec::new(),
    })
}
