//! Bodies of bytes: from memory, from a stream, and from a file with ranges and conditions.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use futures_util::stream;
use serde_json::json;
use spec_first::body::Download;
use spec_first::contract::{Call, Responses, Settings};
use spec_first::problem::Problem;

use crate::alone::is_alone;
use crate::client::Answer;
use crate::files::{contract, get, media_type, operation, with};
use crate::log;
use crate::server::{Application, Server, application};

const FAILED: &str = r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the server failed; its log says why"}"#;

/// A file of ten bytes, which lives as long as its folder.
fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("digits.png");
    fs::write(&path, "0123456789").expect("the file is written");
    (folder, path)
}

/// A server of one operation with this id and content; `make` makes the body.
fn serve<M, F>(id: &'static str, content: &str, responses: Responses, make: M) -> Server
where
    M: Fn() -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Download, Problem>> + 'static,
{
    log::keep();
    let content = [media_type(content, "binary", "")];
    let post = with(
        operation("post", "POST", "/post"),
        "responses",
        json!([{ "status": "200", "content": content }]),
    );
    let settings = Settings {
        responses,
        ..Settings::default()
    };
    let operations = json!([get(id, &content), post]);
    Server::start(&contract(json!({}), operations), settings, move |routes| {
        for id in [id, "post"] {
            let make = make.clone();
            routes.add(
                id,
                &application(),
                move |_: Arc<Application>, call: Call| {
                    let made = make();
                    async move { call.respond_download(StatusCode::OK, made).await }
                },
            );
        }
    })
}

/// What is answered for a body.
fn sent(
    id: &'static str,
    content: &str,
    make: impl Fn() -> Download + Clone + Send + Sync + 'static,
) -> Answer {
    let made = move || {
        let download = make();
        async move { Ok(download) }
    };
    let server = serve(id, content, Responses::Enforce, made);
    server.get(&format!("/api/{id}"))
}

fn chunks(
    chunks: &'static [&'static str],
) -> impl futures_util::Stream<Item = Result<Bytes, Problem>> {
    stream::iter(chunks.iter().map(|chunk| match *chunk {
        "!" => Err(Problem::internal("the disk is gone")),
        "panic" => panic!("out of paper"),
        chunk => Ok(Bytes::from(chunk)),
    }))
}

#[test]
fn bytes_are_sent_as_they_are() {
    let answer = sent("bytes", "application/zip", || {
        Download::from(b"PK\0".as_slice())
    });
    answer.is(200, "application/zip", "PK\0");
    assert_eq!(answer.header("Content-Length"), "3");
    assert_eq!(answer.headers("Content-Disposition"), [""; 0]);
    let named = sent("attached", "application/zip", || {
        Download::from("PK").attachment("ä.zip")
    });
    assert_eq!(
        named.headers("Content-Disposition"),
        [r#"attachment; filename="_.zip"; filename*=UTF-8''%C3%A4.zip"#]
    );
}

#[test]
fn a_stream_is_sent_in_chunks_or_with_its_length() {
    let answer = sent("streamed", "text/csv", || {
        Download::stream(chunks(&["a,b\n", "1,2\n"]))
    });
    answer.is(200, "text/csv", "4\r\na,b\n\r\n4\r\n1,2\n\r\n0\r\n\r\n");
    assert_eq!(answer.header("Transfer-Encoding"), "chunked");
    let answer = sent("sized", "text/csv", || {
        Download::sized_stream(8, chunks(&["a,b\n", "1,2\n"]))
    });
    answer.is(200, "text/csv", "a,b\n1,2\n");
    assert_eq!(answer.header("Content-Length"), "8");
    assert_eq!(answer.header("Transfer-Encoding"), "");
}

#[test]
fn a_stream_that_fails_ends_before_its_end_and_is_logged() {
    let answer = sent("lost", "text/csv", || {
        Download::stream(chunks(&["a,b\n", "!", "1,2\n"]))
    });
    answer.is(200, "text/csv", "4\r\na,b\n\r\n");
    let answer = sent("short", "text/csv", || {
        Download::sized_stream(9, chunks(&["a,b\n"]))
    });
    answer.is(200, "text/csv", "a,b\n");
    let answer = sent("long", "text/csv", || {
        Download::sized_stream(4, chunks(&["a,b\n", "1"]))
    });
    answer.is(200, "text/csv", "a,b\n");
    let answer = sent("panicking_stream", "text/csv", || {
        Download::stream(chunks(&["a,b\n", "panic"]))
    });
    answer.is(200, "text/csv", "4\r\na,b\n\r\n");
    for (id, cause) in [
        ("panicking_stream", "panicked: out of paper"),
        ("lost", "the disk is gone"),
        ("short", "the stream ends after 4 of its 9 bytes"),
        ("long", "the stream is longer than its 4 bytes"),
    ] {
        let lines = log::about(id);
        let line = format!(
            "the response ends early, since its body failed operation=\"{id}\" cause={cause:?}"
        );
        assert!(lines.iter().any(|it| it.contains(&line)), "{lines:?}");
    }
}

#[test]
fn the_media_type_is_one_that_is_declared() {
    let png = || Download::from("a").with_media_type("image/png");
    sent("ranged", "image/*", png).is(200, "image/png", "a");
    sent("any", "*/*", move || {
        png().with_media_type("text/csv; header=absent")
    })
    .is(200, "text/csv; header=absent", "a");
    sent("exact", "image/png", png).is(200, "image/png", "a");
    for (id, content, named, cause) in [
        (
            "unnamed",
            "image/*",
            "",
            "the body names no media type within image/*",
        ),
        (
            "other",
            "image/*",
            "text/csv",
            r#"the body is "text/csv" where image/* is declared"#,
        ),
        (
            "wrong",
            "image/png",
            "image/gif",
            r#"the body is "image/gif" where image/png is declared"#,
        ),
        (
            "range",
            "image/*",
            "image/*",
            r#"the body is "image/*" where image/* is declared"#,
        ),
        (
            "broken",
            "image/*",
            "png",
            r#"the body is "png" where image/* is declared"#,
        ),
        (
            "split",
            "image/*",
            "image/png\r\nA: b",
            r#"the body is "image/png\r\nA: b" where image/* is declared"#,
        ),
    ] {
        let answer = sent(id, content, move || match named {
            "" => Download::from("a"),
            named => Download::from("a").with_media_type(named),
        });
        answer.is_problem(500, FAILED);
        let lines = log::about(id);
        let cause = format!("the response breaks the contract: status 200: {cause}");
        let cause = format!("{cause:?}");
        assert!(
            lines.iter().any(|line| line.contains(&cause)),
            "{cause}: {lines:?}"
        );
    }
}

fn served_file(id: &'static str, content: &str) -> (tempfile::TempDir, Server) {
    let (folder, path) = file();
    let server = serve(id, content, Responses::Enforce, move || {
        let path = path.clone();
        async move { Download::file(&path).await.map_err(Problem::internal) }
    });
    (folder, server)
}

fn with_headers(server: &Server, path: &str, headers: &str) -> Answer {
    server.send("GET", path, &format!("{headers}\r\n"), "")
}

#[test]
fn a_file_is_sent_whole_or_in_the_range_that_is_asked_for() {
    let (_folder, server) = served_file("file", "application/octet-stream");
    let whole = server.get("/api/file");
    whole.is(200, "application/octet-stream", "0123456789");
    assert_eq!(
        [
            whole.header("Content-Length"),
            whole.header("Accept-Ranges")
        ],
        ["10", "bytes"]
    );
    let (tag, modified) = (whole.header("ETag"), whole.header("Last-Modified"));
    assert!(tag.starts_with('"') && modified.ends_with(" GMT"));
    for (range, body, content_range) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=8-", "89", "bytes 8-9/10"),
        ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=8-99", "89", "bytes 8-9/10"),
    ] {
        let part = with_headers(&server, "/api/file", &format!("Range: {range}"));
        part.is(206, "application/octet-stream", body);
        assert_eq!(part.header("Content-Range"), content_range);
        assert_eq!(part.header("Content-Length"), body.len().to_string());
    }
    let ignored = with_headers(&server, "/api/file", "Range: lines=0-3");
    assert_eq!((ignored.status, ignored.body.len()), (200, 10));
    let current = with_headers(
        &server,
        "/api/file",
        &format!("Range: bytes=0-3\r\nIf-Range: {tag}"),
    );
    assert_eq!((current.status, current.body.as_str()), (206, "0123"));
    let stale = with_headers(&server, "/api/file", "Range: bytes=0-3\r\nIf-Range: \"x\"");
    assert_eq!((stale.status, stale.body.len()), (200, 10));
}

#[test]
fn the_conditions_of_a_request_are_met() {
    let (_folder, server) = served_file("conditions", "application/octet-stream");
    let whole = server.get("/api/conditions");
    let (tag, modified) = (whole.header("ETag"), whole.header("Last-Modified"));
    for headers in [
        format!("If-None-Match: {tag}"),
        format!("If-Modified-Since: {modified}"),
    ] {
        let answer = with_headers(&server, "/api/conditions", &headers);
        assert_eq!((answer.status, answer.body.as_str()), (304, ""));
        assert_eq!(answer.header("ETag"), tag);
    }
    with_headers(&server, "/api/conditions", "If-Match: \"x\"").is_problem(
        412,
        r#"{"type":"about:blank","title":"Precondition Failed","status":412,"detail":"the file is another one than the request requires"}"#,
    );
    let beyond = with_headers(&server, "/api/conditions", "Range: bytes=10-");
    beyond.is_problem(
        416,
        r#"{"type":"about:blank","title":"Range Not Satisfiable","status":416,"detail":"the file has no such range of bytes"}"#,
    );
    assert_eq!(beyond.header("Content-Range"), "bytes */10");
}

#[test]
fn only_a_get_is_conditional() {
    let (_folder, server) = served_file("conditional", "application/octet-stream");
    let answer = server.send(
        "POST",
        "/api/post",
        "Range: bytes=0-3\r\nIf-Match: \"x\"\r\n",
        "",
    );
    answer.is(200, "application/octet-stream", "0123456789");
    assert_eq!(answer.header("Content-Length"), "10");
}

#[test]
fn a_files_name_chooses_its_type_only_where_the_spec_does_not() {
    let (_folder, server) = served_file("typed", "application/octet-stream");
    assert_eq!(
        server.get("/api/typed").header("Content-Type"),
        "application/octet-stream"
    );
    let (_folder, server) = served_file("guessed", "image/*");
    assert_eq!(
        server.get("/api/guessed").header("Content-Type"),
        "image/png"
    );
    let (_folder, server) = served_file("mistaken", "audio/*");
    server.get("/api/mistaken").is_problem(500, FAILED);
}

#[test]
fn what_is_no_file_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    let system = actix_web::rt::System::new();
    let found = system.block_on(async {
        let directory = Download::file(&path).await.map(|_| ());
        let missing = Download::file(path.join("none")).await.map(|_| ());
        [directory, missing].map(|result| result.map_err(|error| error.kind()))
    });
    let expected = [
        std::io::ErrorKind::IsADirectory,
        std::io::ErrorKind::NotFound,
    ];
    assert_eq!(found, expected.map(Err));
}

#[test]
fn an_unchecked_download_is_sent_all_the_same() {
    let server = serve("lax", "image/png", Responses::Off, || async {
        Ok(Download::from("a").with_media_type("text/csv"))
    });
    server
        .get("/api/lax")
        .is(200, "application/octet-stream", "a");
}

#[test]
fn the_problem_of_the_application_is_sent() {
    let server = serve("missing", "image/png", Responses::Off, || async {
        Err(Problem::not_found("no such picture"))
    });
    assert_eq!(server.get("/api/missing").status, 404);
}

/// The memory of this process in MiB, the highest that it has been so far.
#[cfg(target_os = "linux")]
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("the status of the process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB"));
    kib.and_then(|kib| kib.trim().parse().ok())
        .map_or(0, |kib: u64| kib / 1024)
}

/// To see what it prints: `cargo test -p spec-first --test contract -- --ignored --nocapture two_gib`.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "sends 4 GiB"]
fn two_gib_are_sent_with_the_memory_of_a_few_chunks() {
    if !is_alone("downloads::two_gib_are_sent_with_the_memory_of_a_few_chunks") {
        return;
    }
    const LENGTH: u64 = 2 << 30;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zeros");
    let file = fs::File::create(&path).expect("a file");
    file.set_len(LENGTH).expect("a sparse file");
    let from_file = serve(
        "large_file",
        "application/octet-stream",
        Responses::Enforce,
        move || {
            let path = path.clone();
            async move { Download::file(&path).await.map_err(Problem::internal) }
        },
    );
    let from_stream = serve(
        "large_stream",
        "application/octet-stream",
        Responses::Enforce,
        || async {
            let chunk = Bytes::from(vec![0; 64 * 1024]);
            let chunks = (0..LENGTH / 65_536).map(move |_| Ok::<_, Problem>(chunk.clone()));
            Ok(Download::sized_stream(LENGTH, stream::iter(chunks)))
        },
    );
    for (server, path) in [
        (from_file, "/api/large_file"),
        (from_stream, "/api/large_stream"),
    ] {
        let before = peak_memory();
        assert!(server.count(path) > LENGTH, "{path}");
        let more = peak_memory() - before;
        println!("{path}: {more} MiB more than the {before} MiB before");
        assert!(more < 16, "{path}: {more} MiB");
    }
}
