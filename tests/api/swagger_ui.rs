//! Swagger UI's files. What it does in a browser is for the browser tests.

use std::io::Read;

use flate2::read::GzDecoder;

use super::support::{Reply, Server};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn inflated(reply: &Reply) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(reply.body.as_slice())
        .read_to_end(&mut plain)
        .expect("gzip");
    plain
}

#[test]
fn its_address_without_slash_redirects_to_the_one_with_behind_any_prefix() {
    let server = Server::start(&[]);
    let reply = server.get("/api/ui");
    assert_eq!(
        (reply.status, reply.header("location"), reply.text()),
        (308, "ui/", "")
    );
}

#[test]
fn its_page_names_no_other_host_and_holds_no_script() {
    let server = Server::start(&[]);
    let page = server.get("/api/ui/");
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert_eq!(page.header("content-security-policy"), POLICY);
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    let html = page.text();
    assert!(html.contains("<title>People 1.0.0</title>"), "{html}");
    for word in [
        "http:", "https:", "//", " style=", " onload=", "<style", "<script>",
    ] {
        assert!(!html.contains(word), "{word} is in {html}");
    }
}

#[test]
fn every_file_that_its_page_names_is_there() {
    let server = Server::start(&[]);
    let page = server.get("/api/ui/");
    for (name, media_type) in [
        ("swagger-ui.css", "text/css; charset=utf-8"),
        ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
        ("start.js", "text/javascript; charset=utf-8"),
        ("start.css", "text/css; charset=utf-8"),
        ("../swagger.json", "application/json"),
    ] {
        assert!(page.text().contains(&format!("\"{name}\"")), "{name}");
        let path = format!("/api/ui/{name}").replace("/ui/../", "/");
        let reply = server.get(&path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, media_type),
            "{path}"
        );
    }
}

#[test]
fn its_package_is_compressed_for_clients_that_accept_gzip_alone() {
    let server = Server::start(&[]);
    let path = "/api/ui/swagger-ui-bundle.js";
    let (gzip, plain) = (
        server.get_with(path, &[("Accept-Encoding", "br, gzip")]),
        server.get(path),
    );
    assert_eq!(
        (
            gzip.header("content-encoding"),
            plain.header("content-encoding")
        ),
        ("gzip", "")
    );
    assert_eq!(
        (gzip.header("vary"), plain.header("vary")),
        ("Accept-Encoding", "Accept-Encoding")
    );
    assert_ne!(gzip.header("etag"), plain.header("etag"));
    assert!(gzip.body.len() * 3 < plain.body.len());
    assert!(inflated(&gzip) == plain.body, "both are one file");
}

#[test]
fn its_package_is_revalidated_by_its_tag() {
    let server = Server::start(&[]);
    for coding in ["gzip", "identity"] {
        let (path, accepted) = ("/api/ui/swagger-ui.css", ("Accept-Encoding", coding));
        let first = server.get_with(path, &[accepted]);
        let again = server.get_with(path, &[accepted, ("If-None-Match", first.header("etag"))]);
        assert_eq!((again.status, again.text()), (304, ""), "{coding}");
    }
}

#[test]
fn source_maps_are_left_out_and_the_license_is_not() {
    let server = Server::start(&[]);
    assert_eq!(server.get("/api/ui/swagger-ui-bundle.js.map").status, 404);
    assert_eq!(server.get("/api/ui/swagger-ui.css.map").status, 404);
    assert!(
        server
            .get("/api/ui/LICENSE")
            .text()
            .contains("Apache License")
    );
}
