//! The spec as its author wrote it.

use serde_json::Value;

use super::support::Server;

const WRITTEN: &str = include_str!("../../swagger.yml");

#[test]
fn yaml_is_the_file_to_the_byte() {
    let server = Server::start(&[]);
    for path in ["/api/swagger.yaml", "/api/openapi.yaml"] {
        let reply = server.get(path);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, "application/yaml"),
            "{path}"
        );
        assert_eq!(reply.text(), WRITTEN, "{path}");
    }
}

#[test]
fn json_has_the_same_members_in_the_same_order() {
    let server = Server::start(&[]);
    let [swagger, openapi] =
        ["/api/swagger.json", "/api/openapi.json"].map(|path| server.get(path));
    assert_eq!(swagger.header("content-type"), "application/json");
    assert_eq!(swagger.text(), openapi.text());
    let spec: Value = swagger.json();
    assert_eq!(
        spec["paths"]["/people"]["get"]["operationId"],
        "people.read_all"
    );
    assert_eq!(
        spec["definitions"]["Person"]["properties"]["lname"]["maxLength"],
        64
    );
    let keys = [
        "\"swagger\"",
        "\"info\"",
        "\"basePath\"",
        "\"paths\"",
        "\"responses\"",
        "\"definitions\"",
    ];
    let places = keys.map(|key| swagger.text().find(key).expect("a key"));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn it_is_revalidated_by_its_tag() {
    let server = Server::start(&[]);
    let first = server.get("/api/swagger.json");
    assert_eq!(first.header("cache-control"), "no-cache");
    let tag = first.header("etag");
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    for known in [tag, "*", &format!("\"other\", {tag}"), &format!("W/{tag}")] {
        let again = server.get_with("/api/swagger.json", &[("If-None-Match", known)]);
        assert_eq!((again.status, again.text()), (304, ""), "{known}");
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("vary"), "Accept-Encoding");
    }
    let other = server.get_with("/api/swagger.json", &[("If-None-Match", "\"other\"")]);
    assert_eq!((other.status, other.text()), (200, first.text()));
}

#[test]
fn head_is_get_without_the_body() {
    let server = Server::start(&[]);
    let (get, head) = (
        server.get("/api/swagger.json"),
        server.send("HEAD", "/api/swagger.json", &[], ""),
    );
    assert_eq!((head.status, head.text()), (200, ""));
    for name in ["content-length", "content-type", "etag", "vary"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}
