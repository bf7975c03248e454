//! Text, streams of bytes and of items, several media types, and the codings of all of them.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::{Value, json};
use spec_first::body::{File, Items, Upload};
use spec_first::contract::{Call, ReadBody, Settings, no_rules};
use spec_first::problem::Problem;

use crate::alone::is_alone;
use crate::client::Answer;
use crate::files::{contract, operation, with};
use crate::server::{Application, Server, application};

/// A body in several media types.
#[derive(Debug)]
enum Any {
    Json(Value),
    Text(Value),
    Xml(String),
    Pdf(Upload),
    Lines(Items<Item>),
}

#[derive(Debug, Deserialize)]
struct Item {
    a: u8,
}

impl ReadBody for Any {
    fn read(call: &Call, media_type: &str) -> Result<Self, Problem> {
        match media_type {
            "application/json" => call.body(no_rules).map(Self::Json),
            "text/*" => call.body(no_rules).map(Self::Text),
            "application/xml" => call.body(no_rules).map(Self::Xml),
            "application/pdf" => call.upload().map(Self::Pdf),
            "application/jsonl" => call.items(no_rules).map(Self::Lines),
            _ => Err(call.unexpected()),
        }
    }
}

impl Any {
    async fn shown(self) -> Result<Value, Problem> {
        Ok(match self {
            Self::Json(value) => json!({ "json": value }),
            Self::Text(value) => json!({ "text": value }),
            Self::Xml(text) => json!({ "xml": text }),
            Self::Pdf(upload) => {
                let (content_type, length) = (upload.content_type().to_owned(), upload.length());
                json!({ "pdf": upload.bytes().await?.len(), "type": content_type, "length": length })
            }
            Self::Lines(mut items) => {
                let mut numbers = Vec::new();
                while let Some(item) = items.next().await {
                    numbers.push(item?.a);
                }
                json!({ "lines": numbers })
            }
        })
    }
}

fn server() -> Server {
    let schemas = json!({
        "json": { "type": "object" },
        "text": { "type": ["integer", "string"], "maximum": 10, "maxLength": 5 },
        "line": { "type": "object", "required": ["a"], "properties": { "a": { "type": "integer" } } },
    });
    let content = json!([
        { "media_type": "application/json", "format": "json", "schema": "api.yml#/schemas/json" },
        { "media_type": "text/*", "format": "text", "schema": "api.yml#/schemas/text", "shape": { "types": ["integer", "string"] } },
        { "media_type": "application/xml", "format": "text", "schema": null },
        { "media_type": "application/pdf", "format": "binary", "schema": null, "max_length": 5000 },
        { "media_type": "application/jsonl", "format": "lines", "schema": "api.yml#/schemas/line" },
    ]);
    let any = json!({ "required": false, "content": content });
    let limited = json!({ "required": true, "limit": 20, "content": content });
    let post = |id, body| with(operation(id, "POST", &format!("/{id}")), "body", body);
    let operations = json!([post("any", any), post("limited", limited)]);
    let mut contract = contract(schemas, operations);
    contract["dialect"] = json!("2020-12");
    let settings = Settings {
        body_limit: 1000,
        upload_limit: 100_000,
        body_timeout: Duration::from_millis(500),
        ..Settings::default()
    };
    Server::start(&contract, settings, |routes| {
        for id in ["any", "limited"] {
            routes.add(
                id,
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let body: Option<Any> = call.optional_any_body()?;
                    let sent = async {
                        match body {
                            Some(body) => body.shown().await.map(Some),
                            None => Ok(None),
                        }
                    };
                    call.respond(StatusCode::OK, no_rules, sent).await
                },
            );
        }
    })
}

fn send(server: &Server, path: &str, headers: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let head = format!(
        "POST /api/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\nContent-Length: {length}\r\n\r\n"
    );
    server.raw([head.as_bytes(), body].concat())
}

fn typed(server: &Server, media_type: &str, body: impl AsRef<[u8]>) -> Answer {
    send(
        server,
        "any",
        &format!("Content-Type: {media_type}"),
        body.as_ref(),
    )
}

#[track_caller]
fn detail(answer: &Answer) -> (u16, String) {
    let problem: Value = serde_json::from_str(&answer.body).expect(&answer.body);
    let detail = problem["detail"].as_str().unwrap_or_default();
    (answer.status, detail.to_owned())
}

#[test]
fn a_body_is_read_by_its_media_type() {
    let server = server();
    for (media_type, body, value) in [
        ("application/json", "{}", r#"{"json":{}}"#),
        ("text/plain", "7", r#"{"text":7}"#),
        ("text/csv; charset=utf-8", "a,b\n", r#"{"text":"a,b\n"}"#),
        ("application/xml", "<a/>", r#"{"xml":"<a/>"}"#),
        (
            "application/pdf; v=1",
            "%PDF",
            r#"{"pdf":4,"type":"application/pdf; v=1","length":4}"#,
        ),
        (
            "application/jsonl",
            "{\"a\":1}\n\r\n{\"a\":2}\r\n{\"a\":3}",
            r#"{"lines":[1,2,3]}"#,
        ),
    ] {
        typed(&server, media_type, body).is_json(200, value);
    }
    send(&server, "any", "X: y", b"").is_json(200, "null");
    let chunked =
        "POST /api/any HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n";
    let pdf = "Content-Type: application/pdf\r\n\r\n3\r\n%PD\r\n1\r\nF\r\n0\r\n\r\n";
    server
        .raw(format!("{chunked}{pdf}"))
        .is_json(200, r#"{"pdf":4,"type":"application/pdf","length":null}"#);
    let expect = "Content-Type: application/json\r\nExpect: 100-continue";
    let answer = send(&server, "any", expect, b"{}");
    assert_eq!(
        answer.status, 100,
        "actix-web sends it, and then the response"
    );
    assert!(answer.body.starts_with("HTTP/1.1 200 OK") && answer.body.ends_with(r#"{"json":{}}"#));
}

#[test]
fn parameters_decide_between_contents_of_one_media_type() {
    let content = |version: u8| {
        let name = format!("application/vnd.a+json; v={version}");
        let schema = format!("api.yml#/schemas/v{version}");
        json!({ "media_type": name, "format": "json", "schema": schema })
    };
    let body = json!({ "required": true, "content": [content(1), content(2)] });
    let schemas = json!({ "v1": { "type": "integer" }, "v2": { "type": "string" } });
    let operations = json!([with(operation("v", "POST", "/v"), "body", body)]);
    let server = Server::start(
        &contract(schemas, operations),
        Settings::default(),
        |routes| {
            routes.add(
                "v",
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let value: Value = call.body(no_rules)?;
                    call.respond(StatusCode::OK, no_rules, async { Ok(value) })
                        .await
                },
            );
        },
    );
    for (parameters, body, status) in [
        ("; v=1", "1", 200),
        ("; v=1", "\"a\"", 400),
        (";charset=utf-8;V=2", "\"a\"", 200),
        ("; v=2", "1", 400),
        ("", "1", 200),
        ("; v=3", "1", 200),
    ] {
        let headers = format!("Content-Type: application/vnd.a+json{parameters}");
        assert_eq!(
            send(&server, "v", &headers, body.as_bytes()).status,
            status,
            "{parameters}"
        );
    }
}

#[test]
fn what_is_not_valid_is_rejected() {
    let server = server();
    let long = "a".repeat(1001);
    for (media_type, body, status, sentence) in [
        (
            "text/plain",
            b"abcdef".as_slice(),
            400,
            r#"body: "abcdef" is longer than 5 characters"#,
        ),
        (
            "text/plain",
            b"a\xFF",
            400,
            "body: it is not UTF-8 at byte 1",
        ),
        (
            "text/plain; charset=latin1",
            b"a",
            415,
            r#"the charset is "latin1"; expected utf-8"#,
        ),
        (
            "application/xml",
            long.as_bytes(),
            413,
            "the body is longer than 1000 bytes",
        ),
        (
            "application/jsonl",
            b"{\"a\":1}\n\n{\"b\":1}",
            400,
            r#"body at /1: "a" is a required property"#,
        ),
        (
            "application/jsonl",
            b"{\"a\":1}\n{\"a\":x}",
            400,
            "body at /1: expected a value, at column 6",
        ),
        (
            "application/jsonl",
            b"{\"a\":256}",
            400,
            "body at /a: 256 is too large: at most 255",
        ),
        (
            "application/jsonl",
            long.as_bytes(),
            413,
            "line 1 of the body is longer than 1000 bytes",
        ),
        (
            "image/png",
            b"a",
            415,
            r#"the Content-Type is "image/png"; expected application/json or text/* or application/xml or application/pdf or application/jsonl"#,
        ),
    ] {
        assert_eq!(
            detail(&typed(&server, media_type, body)),
            (status, sentence.to_owned())
        );
    }
}

#[test]
fn a_stream_is_limited_by_the_settings_the_schema_and_the_spec() {
    let server = server();
    let pdf = "Content-Type: application/pdf";
    let too_long = |limit: usize| (413, format!("the body is longer than {limit} bytes"));
    assert_eq!(send(&server, "any", pdf, &[0; 5000]).status, 200);
    assert_eq!(
        detail(&send(&server, "any", pdf, &[0; 5001])),
        too_long(5000)
    );
    assert_eq!(send(&server, "limited", pdf, &[0; 20]).status, 200);
    assert_eq!(
        detail(&send(&server, "limited", pdf, &[0; 21])),
        too_long(20)
    );
    let chunked =
        "POST /api/any HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n";
    let chunk = format!("1000\r\n{}\r\n", "a".repeat(0x1000));
    let answer = server.raw(format!("{chunked}{pdf}\r\n\r\n{chunk}{chunk}0\r\n\r\n"));
    assert_eq!(detail(&answer), too_long(5000));
    let stuck = server.raw(format!("{chunked}{pdf}\r\n\r\n1\r\na\r\n"));
    assert_eq!(
        detail(&stuck),
        (408, "the body did not arrive in time".to_owned())
    );
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// `{}` by brotli: one block that is not compressed.
const BROTLI: &[u8] = b"\x10\x00\x10{}\x03";

#[test]
fn encoded_bodies_are_decoded_within_the_limit() {
    let server = server();
    let json =
        |coding: &str| format!("Content-Type: application/json\r\nContent-Encoding: {coding}");
    for (coding, body) in [
        ("gzip", gzip(b"{}")),
        ("X-GZIP", gzip(b"{}")),
        ("deflate", zlib(b"{}")),
        ("identity", b"{}".to_vec()),
        ("deflate, gzip", gzip(&zlib(b"{}"))),
        ("gzip", [gzip(b"{"), gzip(b"}")].concat()),
        ("br", BROTLI.to_vec()),
    ] {
        send(&server, "any", &json(coding), &body).is_json(200, r#"{"json":{}}"#);
    }
    let pdf = "Content-Type: application/pdf\r\nContent-Encoding: gzip";
    send(&server, "any", pdf, &gzip(&[0; 5000])).is_json(
        200,
        r#"{"pdf":5000,"type":"application/pdf","length":null}"#,
    );
    let bomb = gzip(&vec![b' '; 900_000]);
    assert!(bomb.len() < 1000, "{}", bomb.len());
    let too_long = |limit: usize| (413, format!("the body is longer than {limit} bytes"));
    assert_eq!(
        detail(&send(&server, "any", &json("gzip"), &bomb)),
        too_long(1000)
    );
    assert_eq!(detail(&send(&server, "any", pdf, &bomb)), too_long(5000));
    let broken = (400, "body: can not decode content-encoding".to_owned());
    assert_eq!(detail(&send(&server, "any", &json("gzip"), b"{}")), broken);
    let cut = gzip(b"{\"a\":\"text\"}");
    assert_eq!(
        detail(&send(&server, "any", &json("gzip"), &cut[..cut.len() - 9])),
        broken
    );
}

#[test]
fn another_coding_is_415_with_those_that_are_accepted() {
    let server = server();
    for coding in ["zstd", "compress", "gzip, x", "gzip, gzip, gzip, gzip"] {
        let headers = format!("Content-Type: application/json\r\nContent-Encoding: {coding}");
        let answer = send(&server, "any", &headers, b"{}");
        assert_eq!(answer.status, 415, "{coding}");
        assert_eq!(
            answer.header("Accept-Encoding"),
            "gzip, br, deflate, identity"
        );
    }
    let headers = "Content-Type: application/json\r\nContent-Encoding: zstd";
    let sentence = r#"the Content-Encoding is "zstd"; expected gzip, br, deflate, identity"#;
    assert_eq!(
        detail(&send(&server, "any", headers, b"{}")),
        (415, sentence.to_owned())
    );
}

/// The most memory that this process has had so far, in KiB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|it| it.parse().ok()).expect("a number")
}

/// To see what it prints: `cargo test -p spec-first --test contract -- --ignored --nocapture large`.
#[test]
#[ignore = "it takes minutes, and 2 GiB of disk"]
fn a_large_body_is_received_with_little_memory() {
    if !is_alone("uploads::a_large_body_is_received_with_little_memory") {
        return;
    }
    const CHUNK: usize = 1 << 20;
    const CHUNKS: usize = 2048;
    let file = json!({ "name": "file", "kind": "file", "style": "form", "explode": true });
    let content = json!([
        { "media_type": "application/octet-stream", "format": "binary", "schema": null },
        { "media_type": "multipart/form-data", "format": "multipart", "schema": null, "fields": [file] },
    ]);
    let body = json!({ "required": true, "limit": 3_usize << 30, "content": content });
    let operations = json!([with(operation("large", "POST", "/large"), "body", body)]);
    let server = Server::start(
        &contract(json!({}), operations),
        Settings::default(),
        |routes| {
            routes.add(
                "large",
                &application(),
                |_: Arc<Application>, call: Call| async move {
                    let sent = async {
                        match call.any_body()? {
                            Large::File(form) => Ok(form.file.len()),
                            Large::Bytes(mut upload) => {
                                let mut length = 0;
                                while let Some(chunk) = upload.next().await {
                                    length += chunk?.len() as u64;
                                }
                                Ok(length)
                            }
                        }
                    };
                    call.respond(StatusCode::OK, no_rules, sent).await
                },
            );
        },
    );
    let before = peak();
    let chunk = vec![b'a'; CHUNK];
    let disposition = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
    for (media_type, start, end) in [
        ("application/octet-stream", "", ""),
        (
            "multipart/form-data; boundary=b",
            disposition,
            "\r\n--b--\r\n",
        ),
    ] {
        let length = CHUNK * CHUNKS + start.len() + end.len();
        let head = format!(
            "POST /api/large HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{start}"
        );
        let chunks = std::iter::repeat_n(chunk.as_slice(), CHUNKS);
        let parts = std::iter::once(head.as_bytes())
            .chain(chunks)
            .chain([end.as_bytes()]);
        let answer = server.stream(parts);
        answer.is_json(200, &(CHUNK * CHUNKS).to_string());
        println!("{media_type}: {before} KiB before, {} KiB at most", peak());
        assert!(peak() < before + 32 * 1024);
    }
}

/// A form with a file, or bytes.
enum Large {
    File(Form),
    Bytes(Upload),
}

#[derive(Deserialize)]
struct Form {
    file: File,
}

impl ReadBody for Large {
    fn read(call: &Call, media_type: &str) -> Result<Self, Problem> {
        match media_type {
            "multipart/form-data" => call.body(no_rules).map(Self::File),
            _ => call.upload().map(Self::Bytes),
        }
    }
}
