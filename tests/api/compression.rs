//! Answers of the API are compressed where it pays.

use std::io::Read;

use flate2::read::GzDecoder;

use super::support::Server;

fn with_many_people() -> Server {
    let server = Server::start(&[]);
    for number in 0..50 {
        let person = format!(r#"{{"fname":"Number","lname":"Person {number}"}}"#);
        assert_eq!(server.send_json("POST", "/api/people", &person).status, 201);
    }
    server
}

#[test]
fn a_long_response_is_compressed_for_clients_that_accept_gzip() {
    let server = with_many_people();
    let plain = server.get("/api/people");
    assert_eq!(
        (plain.header("content-encoding"), plain.header("vary")),
        ("", "Accept-Encoding")
    );
    for accepted in ["gzip", "br, gzip;q=0.8", "deflate, GZIP"] {
        let gzip = server.get_with("/api/people", &[("Accept-Encoding", accepted)]);
        assert_eq!(
            (gzip.header("content-encoding"), gzip.header("vary")),
            ("gzip", "Accept-Encoding"),
            "{accepted}"
        );
        assert!(gzip.body.len() * 5 < plain.body.len());
        let mut inflated = Vec::new();
        GzDecoder::new(gzip.body.as_slice())
            .read_to_end(&mut inflated)
            .expect("gzip");
        assert_eq!(inflated, plain.body);
    }
}

#[test]
fn a_client_that_does_not_accept_gzip_gets_no_gzip() {
    let server = with_many_people();
    let plain = server.get("/api/people");
    for accepted in [
        "identity",
        "br",
        "gzip;q=0",
        "identity, gzip;q=0.5",
        "",
        "*;q=0",
    ] {
        let reply = server.get_with("/api/people", &[("Accept-Encoding", accepted)]);
        assert_eq!(
            (reply.status, reply.header("content-encoding")),
            (200, ""),
            "{accepted}"
        );
        assert_eq!(reply.body, plain.body);
    }
}

#[test]
fn a_short_response_is_not_compressed() {
    let server = Server::start(&[]);
    let reply = server.get_with("/api/people", &[("Accept-Encoding", "gzip")]);
    assert_eq!((reply.status, reply.header("content-encoding")), (200, ""));
}

#[test]
fn head_has_the_headers_of_get() {
    let server = with_many_people();
    let accepted = [("Accept-Encoding", "gzip")];
    let (get, head) = (
        server.get_with("/api/people", &accepted),
        server.send("HEAD", "/api/people", &accepted, ""),
    );
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-encoding", "content-length", "content-type", "vary"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}
