//! Multipart forms: fields, JSON and files, their media types, headers and lengths, and hostile ones.

use std::fmt::Write as _;
use std::sync::Arc;

use actix_web::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use spec_first::body::File;
use spec_first::contract::{Call, Settings, no_rules};

use crate::client::Answer;
use crate::files::{contract, operation, with};
use crate::forms::{field, form};
use crate::server::{Application, Server, application};

/// What the handler receives.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Upload {
    photo: Option<File>,
    #[serde(default)]
    others: Vec<File>,
    meta: Option<Value>,
    metas: Option<Value>,
    name: Option<String>,
    tags: Option<Vec<String>>,
    count: Option<u8>,
}

fn shown(file: &File) -> Value {
    let bytes = file.read().expect("it can be read");
    let text = String::from_utf8_lossy(&bytes);
    json!({
        "name": file.file_name(),
        "type": file.content_type(),
        "rate": file.header("X-Rate"),
        "length": file.len(),
        "text": text.chars().take(20).collect::<String>(),
    })
}

fn server(settings: Settings) -> Server {
    let schemas = json!({ "form": {
        "type": "object",
        "properties": {
            "photo": { "type": "string", "minLength": 2, "maxLength": 100_000 },
            "others": { "type": "array", "maxItems": 2, "items": { "type": "string" } },
            "meta": { "type": "object", "required": ["a"] },
            "metas": { "type": "array", "items": { "type": "object" } },
            "name": { "type": "string", "maxLength": 3 },
            "tags": { "type": "array", "items": { "type": "string" } },
            "count": { "type": "integer" },
        },
        "additionalProperties": true,
    }, "rate": { "type": "integer", "maximum": 5 } });
    let text = || json!({ "types": ["string"] });
    let list = json!({ "types": ["array"], "items": { "types": ["string"] } });
    let rate = json!([{ "name": "X-Rate", "required": false, "schema": "api.yml#/schemas/rate" }]);
    let photo = json!({
        "kind": "file", "min_length": 2, "max_length": 100_000,
        "media_types": ["image/png", "text/*"], "headers": rate,
    });
    let fields = json!([
        field("photo", text(), photo),
        field(
            "others",
            list.clone(),
            json!({ "kind": "file", "many": true })
        ),
        field(
            "meta",
            json!({ "types": ["object"] }),
            json!({ "kind": "json" })
        ),
        field(
            "metas",
            json!({ "types": ["array"] }),
            json!({ "kind": "json", "many": true })
        ),
        field("name", text(), json!({})),
        field("tags", list, json!({ "many": true })),
        field("count", json!({ "types": ["integer"] }), json!({})),
    ]);
    let body = form("multipart/form-data", "multipart", fields);
    let operations = json!([with(operation("upload", "POST", "/upload"), "body", body)]);
    Server::start(&contract(schemas, operations), settings, |routes| {
        routes.add(
            "upload",
            &application(),
            |_: Arc<Application>, call: Call| async move {
                let upload: Upload = call.body(no_rules)?;
                let sent = json!({
                    "photo": upload.photo.as_ref().map(shown),
                    "others": upload.others.iter().map(shown).collect::<Vec<_>>(),
                    "meta": upload.meta, "metas": upload.metas, "name": upload.name, "tags": upload.tags,
                    "count": upload.count,
                });
                let sent: serde_json::Map<_, _> = sent.as_object().cloned().unwrap_or_default()
                    .into_iter().filter(|(_, value)| !value.is_null() && *value != json!([])).collect();
                call.respond(StatusCode::OK, no_rules, async { Ok(sent) }).await
            },
        );
    })
}

/// The part `name`; `more` is what follows the name in its head, up to the empty line.
fn part(name: &str, more: &str, content: &str) -> String {
    format!("--XyZ\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n")
}

fn file(name: &str, media_type: &str, content: &str) -> String {
    let more = format!("; filename=\"{name}.txt\"\r\nContent-Type: {media_type}");
    part(name, &more, content)
}

fn send(server: &Server, parts: &[String]) -> Answer {
    let body = format!("{}--XyZ--\r\n", parts.concat());
    raw(server, "multipart/form-data; boundary=XyZ", &body)
}

fn raw(server: &Server, media_type: &str, body: &str) -> Answer {
    let headers = format!("Content-Type: {media_type}\r\n");
    server.send("POST", "/api/upload", &headers, body)
}

#[track_caller]
fn detail(answer: &Answer) -> (u16, String) {
    let problem: Value = serde_json::from_str(&answer.body).expect(&answer.body);
    let detail = problem["detail"].as_str().unwrap_or_default();
    (answer.status, detail.to_owned())
}

#[test]
fn fields_json_and_files_arrive_as_what_they_are() {
    let server = server(Settings::default());
    let long = "é".repeat(40_000);
    for (parts, value) in [
        (vec![part("name", "", "Rex")], json!({ "name": "Rex" })),
        (
            vec![part("name", "", "a"), part("name", "", "b")],
            json!({ "name": "b" }),
        ),
        (vec![part("count", "", "7")], json!({ "count": 7 })),
        (
            vec![part("tags", "", "a,b"), part("tags", "", "")],
            json!({ "tags": ["a,b", ""] }),
        ),
        (
            vec![part("meta", "", r#"{"a":1}"#)],
            json!({ "meta": { "a": 1 } }),
        ),
        (
            vec![part(
                "name",
                "\r\nContent-Type: application/json; charset=utf-8",
                "\"a\"",
            )],
            json!({ "name": "a" }),
        ),
        (
            vec![part("metas", "", "{}"), part("metas", "", r#"{"b":2}"#)],
            json!({ "metas": [{}, { "b": 2 }] }),
        ),
        (
            vec![part("metas", "", r#"[{"b":2}]"#)],
            json!({ "metas": [{ "b": 2 }] }),
        ),
        (
            vec![file("photo", "image/png\r\nX-Rate: 5", "abc")],
            json!({ "photo": { "name": "photo.txt", "type": "image/png", "rate": "5", "length": 3, "text": "abc" } }),
        ),
        (
            vec![file("photo", "text/plain", &long)],
            json!({ "photo": { "name": "photo.txt", "type": "text/plain", "rate": null, "length": 80_000, "text": "é".repeat(20) } }),
        ),
        (
            vec![file("others", "image/gif", ""), part("others", "", "x")],
            json!({ "others": [
                { "name": "others.txt", "type": "image/gif", "rate": null, "length": 0, "text": "" },
                { "name": null, "type": null, "rate": null, "length": 1, "text": "x" },
            ] }),
        ),
        (
            vec![part(
                "photo",
                "; filename*=UTF-8''%C3%A4.png\r\nContent-Type: image/png",
                "--XyZ -",
            )],
            json!({ "photo": { "name": "ä.png", "type": "image/png", "rate": null, "length": 7, "text": "--XyZ -" } }),
        ),
        (
            vec![part("other", "", "x"), file("else", "image/png", "x")],
            json!({}),
        ),
    ] {
        let answer = send(&server, &parts);
        let found: Value = serde_json::from_str(&answer.body).expect(&answer.body);
        assert_eq!((answer.status, &found), (200, &value), "{parts:?}");
    }
}

#[test]
fn what_is_not_valid_is_rejected_with_the_name_of_its_part() {
    let server = server(Settings::default());
    let long = "x".repeat(100_001);
    for (parts, status, sentence) in [
        (
            vec![part("name", "", "long")],
            400,
            r#"body at /name: "long" is longer than 3 characters"#,
        ),
        (
            vec![part("count", "", "x")],
            400,
            r#"body at /count: "x" is not of type "integer""#,
        ),
        (
            vec![part("meta", "", "{}")],
            400,
            r#"body at /meta: "a" is a required property"#,
        ),
        (
            vec![part("meta", "", "{")],
            400,
            "body at /meta: the text ends inside an object, at line 1 column 1",
        ),
        (
            vec![file("photo", "image/png", "x")],
            400,
            "body at /photo: the file is shorter than 2 bytes",
        ),
        (
            vec![file("photo", "image/png", &long)],
            400,
            "body at /photo: the file is longer than 100000 bytes",
        ),
        (
            vec![file("photo", "image/gif", "abc")],
            415,
            r#"the part "photo" has the Content-Type "image/gif"; expected image/png or text/*"#,
        ),
        (
            vec![file("photo", "image/png\r\nX-Rate: 6", "abc")],
            400,
            "body at /photo: its header X-Rate: 6 is greater than the maximum of 5",
        ),
        (
            vec![part(
                "name",
                "\r\nContent-Type: text/plain; charset=utf-16",
                "a",
            )],
            415,
            r#"the charset is "utf-16"; expected utf-8"#,
        ),
        (
            vec![
                file("others", "a/b", ""),
                file("others", "a/b", ""),
                file("others", "a/b", ""),
            ],
            400,
            "body at /others: ",
        ),
    ] {
        let (found, detail) = detail(&send(&server, &parts));
        assert_eq!(found, status, "{detail}");
        assert!(
            detail == sentence || sentence.ends_with(": ") && detail.starts_with(sentence),
            "{detail}"
        );
    }
}

#[test]
fn strict_mode_rejects_unknown_and_repeated_parts() {
    let server = server(Settings {
        strict: true,
        ..Settings::default()
    });
    let unknown = detail(&send(&server, &[file("x", "a/b", ""), part("y", "", "")]));
    assert_eq!(
        unknown,
        (400, r#"unknown form fields: "x", "y""#.to_owned())
    );
    let repeated = [
        file("photo", "image/png", "ab"),
        file("photo", "image/png", "cd"),
    ];
    let sentence = "body at /photo: it has 2 values; expected one".to_owned();
    assert_eq!(detail(&send(&server, &repeated)), (400, sentence));
}

#[test]
fn malformed_and_hostile_bodies_are_rejected() {
    let server = server(Settings {
        body_limit: 10_000,
        upload_limit: 400_000,
        ..Settings::default()
    });
    let form = "multipart/form-data; boundary=XyZ";
    let many = part("tags", "", "").repeat(1001);
    let mut heads = String::new();
    for number in 0..40 {
        let _ = write!(heads, "\r\nX-{number}: a");
    }
    let cases = [
        (
            "multipart/form-data",
            "x".to_owned(),
            400,
            "body: a boundary is missing",
        ),
        (form, "--XyZ--\r\n".to_owned(), 200, ""),
        (
            form,
            "x".to_owned(),
            400,
            "body: it ends before its last boundary",
        ),
        (
            form,
            part("name", "", "a"),
            400,
            "body: it ends before its last boundary",
        ),
        (
            form,
            "--XyZ\r\nX: y\r\n\r\na\r\n--XyZ--".to_owned(),
            400,
            "body: a part has no header Content-Disposition: form-data",
        ),
        (
            form,
            "--XyZ\r\nContent-Disposition: form-data\r\n\r\na\r\n--XyZ--".to_owned(),
            400,
            "body: a part has no name",
        ),
        (
            form,
            part("name", &heads, "a"),
            400,
            "body: the headers of a part are malformed",
        ),
        (
            form,
            part("name", &format!("\r\nX: {}", "a".repeat(70_000)), "a"),
            400,
            "body: a line or the headers of a part are too long",
        ),
        (
            form,
            part("name", "\r\nContent-Type: multipart/mixed; boundary=a", "a"),
            400,
            "body: a part has parts of its own, which is not supported",
        ),
        (form, many, 400, "body: it has more than 1000 parts"),
        (
            form,
            part("name", "", &"a".repeat(10_001)),
            413,
            "the fields that are no files are longer than 10000 bytes together",
        ),
        (
            form,
            file("others", "a/b", &"a".repeat(400_000)),
            413,
            "the body is longer than 400000 bytes",
        ),
    ];
    for (media_type, body, status, sentence) in cases {
        let answer = raw(&server, media_type, &body);
        if status == 200 {
            assert_eq!(answer.status, 200, "{}", answer.body);
            continue;
        }
        assert_eq!(detail(&answer), (status, sentence.to_owned()));
    }
    let head = format!(
        "POST /api/upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {form}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let start = "--XyZ\r\nContent-Disposition: form-data; name=\"others\"\r\n\r\n";
    let chunk = format!(
        "{:x}\r\n{start}\r\n10000\r\n{}\r\n",
        start.len(),
        "a".repeat(0x10000)
    );
    let rest = format!("10000\r\n{}\r\n", "a".repeat(0x10000)).repeat(6);
    let answer = server.raw(format!("{head}{chunk}{rest}0\r\n\r\n"));
    assert_eq!(
        detail(&answer),
        (413, "the body is longer than 400000 bytes".to_owned())
    );
}
