//! A client with one connection, which it keeps open.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// How long a test waits for a response.
const TIMEOUT: Option<Duration> = Some(Duration::from_secs(20));

/// A connection.
pub struct Connection<S>(BufReader<S>);

/// A response.
#[derive(Debug, PartialEq)]
pub struct Response {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Connection<TcpStream> {
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(TIMEOUT)?;
        Ok(Self(BufReader::new(stream)))
    }
}

impl Connection<UnixStream> {
    pub fn open_unix(path: &Path) -> io::Result<Self> {
        let stream = UnixStream::connect(path)?;
        stream.set_read_timeout(TIMEOUT)?;
        Ok(Self(BufReader::new(stream)))
    }
}

impl<S: Read + Write> Connection<S> {
    /// Sends a GET, and reads its response.
    pub fn get(&mut self, path: &str) -> io::Result<Response> {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))?;
        self.response()
    }

    pub fn send(&mut self, text: &str) -> io::Result<()> {
        self.0.get_mut().write_all(text.as_bytes())
    }

    /// Reads a response, whose body has `Content-Length`.
    pub fn response(&mut self) -> io::Result<Response> {
        let status = self.line()?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let status = status.split(' ').nth(1).and_then(|it| it.parse().ok());
        let mut response = Response {
            status: status.ok_or(ErrorKind::InvalidData)?,
            headers,
            body: String::new(),
        };
        let length = response.header("content-length").parse().unwrap_or(0);
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        response.body = String::from_utf8_lossy(&body).into_owned();
        Ok(response)
    }

    /// Whether the server closes the connection, and sends nothing more.
    pub fn is_closed(&mut self) -> bool {
        matches!(self.0.read(&mut [0]), Ok(0))
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line)? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }
}

impl Response {
    /// The value of a header; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        let found = headers.find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value)
    }
}
