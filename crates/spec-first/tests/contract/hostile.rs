//! Bodies that no client should send: whatever comes, the server answers, and no temporary file is left.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use spec_first::body::File;
use spec_first::contract::{Call, Settings, no_rules};

use crate::files::{contract, operation, with};
use crate::forms::field;
use crate::server::{Application, Server, application};

#[derive(Deserialize)]
struct Form {
    file: Option<File>,
    #[serde(flatten)]
    rest: Value,
}

fn server() -> Server {
    let fields = json!([
        field("a", json!({ "types": ["integer", "string"] }), json!({})),
        field(
            "list",
            json!({ "types": ["array"], "items": { "types": ["integer"] } }),
            json!({ "many": true })
        ),
        field(
            "deep",
            json!({ "types": ["object"] }),
            json!({ "style": "deepObject" })
        ),
        field(
            "json",
            json!({ "types": ["object"] }),
            json!({ "kind": "json" })
        ),
        field(
            "file",
            json!({}),
            json!({ "kind": "file", "media_types": ["*/*"] })
        ),
    ]);
    let content = |media_type: &str, format: &str| json!({ "media_type": media_type, "format": format, "schema": "api.yml#/schemas/form", "fields": fields });
    let body = json!({ "required": true, "content": [
        content("application/x-www-form-urlencoded", "form"),
        content("multipart/form-data", "multipart"),
    ] });
    let schemas = json!({ "form": { "type": "object", "maxProperties": 50 } });
    let operations = json!([with(operation("form", "POST", "/form"), "body", body)]);
    Server::start(
        &contract(schemas, operations),
        Settings::default(),
        |routes| {
            routes.add(
                "form",
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let form: Form = call.body(no_rules)?;
                    let length = form.file.map(|file| file.len());
                    let sent = async { Ok(json!({ "length": length, "rest": form.rest })) };
                    call.respond(StatusCode::OK, no_rules, sent).await
                },
            );
        },
    )
}

/// Numbers that look random and are always the same (xorshift).
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// Bytes put together from `words`, with a byte changed here and there.
    fn bytes(&mut self, words: &[&str]) -> Vec<u8> {
        let count = self.below(30);
        let words = (0..count).map(|_| words[self.below(words.len())]);
        let mut bytes = words.collect::<String>().into_bytes();
        for _ in 0..self.below(3) {
            let byte = self.below(256) as u8;
            let at = self.below(bytes.len() + 1);
            bytes.insert(at, byte);
        }
        bytes
    }
}

const FORM: &[&str] = &[
    "a=", "&", "list=", "1", "%", "%2C", "%FF", "deep[", "]", "b", "=", "json=", "{\"x\":[", "]}",
    "+", "[", "é", "file=", "null",
];

const PARTS: &[&str] = &[
    "--b\r\n",
    "--b--\r\n",
    "--b",
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    "Content-Disposition: form-data; name=\"a\"\r\n",
    "Content-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n",
    "Content-Disposition: form-data; name=\"json\"\r\n",
    "Content-Disposition: form-data; name=\"deep[x]\"\r\n",
    "Content-Disposition: form-data; name=\"list\"\r\n",
    "Content-Disposition: form-data\r\n",
    "Content-Type: application/json\r\n",
    "Content-Type: text/plain; charset=x\r\n",
    "Content-Length: 3\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "{\"x\":1}",
    "5",
    "é",
    "--",
    "\0",
];

const TYPES: &[&str] = &[
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "; boundary=",
    "b",
    "\"",
    ";",
    "/",
    "*",
    "charset=",
    "utf-8",
    " ",
    "é",
    "=",
    ",",
    "\t",
    "--",
];

#[test]
fn whatever_is_sent_is_answered() {
    let server = server();
    let mut random = Random(7);
    let mut accepted = 0;
    for round in 0..900 {
        let (content_type, body) = match round % 3 {
            0 => (
                b"application/x-www-form-urlencoded".to_vec(),
                random.bytes(FORM),
            ),
            1 => (
                b"multipart/form-data; boundary=b".to_vec(),
                random.bytes(PARTS),
            ),
            _ => (random.bytes(TYPES), random.bytes(PARTS)),
        };
        let content_type: Vec<u8> = content_type
            .into_iter()
            .filter(|byte| *byte >= 32 && *byte != 127)
            .collect();
        let head = format!(
            "POST /api/form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\nContent-Type: ",
            body.len()
        );
        let request = [head.as_bytes(), &content_type, b"\r\n\r\n", &body].concat();
        let answer = server.raw(&request);
        let shown = String::from_utf8_lossy(&request);
        assert!(
            matches!(answer.status, 200 | 400 | 413 | 415),
            "{} for {shown:?}: {}",
            answer.status,
            answer.body
        );
        accepted += usize::from(answer.status == 200);
    }
    assert!(accepted > 30, "{accepted}");
}

/// How many files that have no name this process has open.
fn unnamed_files() -> usize {
    let files = std::fs::read_dir("/proc/self/fd").expect("Linux").flatten();
    let targets = files.filter_map(|file| std::fs::read_link(file.path()).ok());
    let is_unnamed = |path: &std::path::PathBuf| {
        let path = path.to_string_lossy();
        path.starts_with('/') && path.ends_with("(deleted)")
    };
    targets.filter(is_unnamed).count()
}

#[test]
fn an_aborted_upload_leaves_no_file() {
    let server = server();
    let start = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
    let head = "POST /api/form HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n";
    let mut streams: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(server.address()).expect("the server listens");
            stream.write_all(head.as_bytes()).expect("it is sent");
            stream.write_all(start.as_bytes()).expect("it is sent");
            stream.write_all(&[b'a'; 300_000]).expect("it is sent");
            stream
        })
        .collect();
    wait_until(|| unnamed_files() >= 20);
    for stream in streams.drain(..) {
        stream.shutdown(Shutdown::Both).expect("it is open");
    }
    wait_until(|| unnamed_files() == 0);
}

fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{} files",
            unnamed_files()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}
