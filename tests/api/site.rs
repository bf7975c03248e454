//! The page at `/`.

use super::responses::misbehaving;
use super::support::{Server, assert_problem};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[test]
fn the_page_is_sent_as_it_is_in_its_folder() {
    let server = Server::start(&[]);
    for path in ["/", "/index.html"] {
        let reply = server.get(path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        assert_eq!(reply.text(), include_str!("../../web/index.html"), "{path}");
    }
    let style = server.get("/styles.css");
    assert_eq!(
        (style.status, style.header("content-type")),
        (200, "text/css; charset=utf-8")
    );
    assert_eq!(style.text(), include_str!("../../web/styles.css"));
    let script = server.get("/js/main.js");
    assert_eq!(
        (script.status, script.header("content-type")),
        (200, "text/javascript; charset=utf-8")
    );
}

#[test]
fn the_page_may_load_nothing_from_elsewhere() {
    let server = Server::start(&[]);
    let reply = server.get("/");
    assert_eq!(reply.header("content-security-policy"), POLICY);
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("referrer-policy"), "no-referrer");
}

#[test]
fn the_page_is_revalidated_by_its_tag() {
    let server = Server::start(&[]);
    let first = server.get("/");
    assert_eq!(first.header("cache-control"), "no-cache");
    let again = server.get_with("/", &[("If-None-Match", first.header("etag"))]);
    assert_eq!((again.status, again.text()), (304, ""));
    assert_eq!(again.header("content-security-policy"), POLICY);
}

#[test]
fn files_answer_other_methods_with_405() {
    let server = Server::start(&[]);
    for path in [
        "/",
        "/styles.css",
        "/api/ui/",
        "/api/ui",
        "/api/swagger.json",
    ] {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let reply = server.send(method, path, &[], "");
            assert_problem(
                &reply,
                405,
                "Method Not Allowed",
                "this resource answers GET, HEAD, OPTIONS",
            );
            assert_eq!(reply.header("allow"), "GET, HEAD, OPTIONS");
        }
        let reply = server.send("OPTIONS", path, &[], "");
        assert_eq!(
            (reply.status, reply.header("allow"), reply.text()),
            (204, "GET, HEAD, OPTIONS", "")
        );
    }
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let server = Server::start(&[]);
    for path in [
        "/../Cargo.toml",
        "/js/../../Cargo.toml",
        "/..%2fCargo.toml",
        "/js",
        "/js/",
        "//etc/passwd",
    ] {
        let reply = server.exchange(&format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        ));
        assert!(
            reply.starts_with("HTTP/1.1 404 Not Found\r\n"),
            "{path}: {reply}"
        );
    }
}

#[test]
fn without_a_page_the_root_leads_to_swagger_ui() {
    let server = misbehaving("off");
    let reply = server.get("/");
    assert_eq!((reply.status, reply.header("location")), (307, "./api/ui/"));
    server.out.wait_for(|line| line.contains("spec"));
    assert!(!server.out.all().iter().any(|line| line.contains("page")));
}

#[test]
fn headers_are_as_the_docs_list_them() {
    let docs = include_str!("../../docs/http.md");
    let rows = docs.lines().filter(|line| line.starts_with("| `/"));
    let server = Server::start(&[]);
    let mut count = 0;
    for row in rows {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [path, header, value] = *cells.as_slice() else {
            panic!("{row}")
        };
        let reply = server.get(path.trim_matches('`'));
        assert_eq!(reply.status, 200, "{row}");
        let found = reply.header(&header.trim_matches('`').to_lowercase());
        assert_eq!(found, value.trim_matches('`'), "{row}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{row}");
        count += 1;
    }
    assert!(count > 10, "{count} rows");
}
