//! An authorization server (RFC 6749) on the loopback, which gives a token to everybody. It is another origin than the API.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct AuthorizationServer {
    pub url: String,
    asked: Arc<Mutex<String>>,
}

impl AuthorizationServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let asked = Arc::new(Mutex::new(String::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let log = Arc::clone(&log);
                thread::spawn(move || answer(stream, &log));
            }
        });
        Self {
            url: format!("http://{address}"),
            asked,
        }
    }

    /// The last requests, heads and bodies.
    pub fn asked(&self) -> String {
        self.asked.lock().expect("it is not poisoned").clone()
    }
}

fn answer(mut stream: TcpStream, log: &Mutex<String>) {
    let mut request = String::new();
    let mut buffer = [0; 4096];
    while !is_complete(&request) {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => request.push_str(&String::from_utf8_lossy(&buffer[..count])),
            _ => return,
        }
    }
    log.lock().expect("it is not poisoned").push_str(&request);
    let reply = reply(&request);
    let _ = stream.write_all(format!("HTTP/1.1 {reply}").as_bytes());
}

fn is_complete(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else {
        return false;
    };
    let lines = head.lines().map(str::to_ascii_lowercase);
    let mut length =
        lines.filter_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.next().unwrap_or(0)
}

fn reply(request: &str) -> String {
    if let Some(query) = request.strip_prefix("GET /authorize?") {
        let query = query.split(' ').next().unwrap_or_default();
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(other, _)| *other == name)
                .map_or("", |(_, value)| value)
        };
        let to = value("redirect_uri")
            .replace("%3A", ":")
            .replace("%2F", "/");
        let state = value("state");
        let answer = match value("response_type") {
            "token" => format!("#access_token=token-of-implicit&token_type=bearer&state={state}"),
            _ => format!("?code=c1&state={state}"),
        };
        return format!(
            "302 Found\r\nLocation: {to}{answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
    }
    let allowed = "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *, Authorization\r\nConnection: close\r\n";
    if request.starts_with("POST /api/token ") && request.contains("code=c1") {
        let body = r#"{"access_token":"token-of-c1","token_type":"bearer"}"#;
        let length = body.len();
        return format!(
            "200 OK\r\nContent-Type: application/json\r\n{allowed}Content-Length: {length}\r\n\r\n{body}"
        );
    }
    format!("204 No Content\r\n{allowed}\r\n")
}
