//! The operations of the spec.

use crate::server::{Server, plain, problem};

const CALL: &str = r#"{"title":"Ring Ada","work":{"kind":"call","phone":"555"}}"#;
const ERRAND: &str =
    r#"{"title":"Buy bread","work":{"kind":"errand","place":"Baker","due":"2026-11-30"}}"#;
const CALL_ADDED: &str =
    r#"{"number":1,"title":"Ring Ada","state":"open","work":{"kind":"call","phone":"555"}}"#;
const ERRAND_ADDED: &str = r#"{"number":2,"title":"Buy bread","state":"open","work":{"kind":"errand","place":"Baker","due":"2026-11-30"}}"#;

#[test]
fn what_was_added_is_at_its_location() {
    let server = Server::start();
    let added = server.post("/v1/tasks", CALL);
    assert_eq!(added, (201, "/v1/tasks/1".into(), CALL_ADDED.into()));
    assert_eq!(server.get("/v1/tasks/1"), plain(200, CALL_ADDED));
}

#[test]
fn a_list_has_what_the_query_selects() {
    let server = Server::start();
    server.post("/v1/tasks", CALL);
    server.post("/v1/tasks", ERRAND);
    let both = format!("[{CALL_ADDED},{ERRAND_ADDED}]");
    assert_eq!(server.get("/v1/tasks"), plain(200, &both));
    assert_eq!(server.get("/v1/tasks?state=open"), plain(200, &both));
    assert_eq!(
        server.get("/v1/tasks?state=done&state=open"),
        plain(200, &both)
    );
    assert_eq!(server.get("/v1/tasks?state=done"), plain(200, "[]"));
    let first = format!("[{CALL_ADDED}]");
    assert_eq!(server.get("/v1/tasks?limit=1"), plain(200, &first));
    let errand = format!("[{ERRAND_ADDED}]");
    for (query, expected) in [
        ("due[from]=2026-11-30&due[to]=2026-11-30", errand.as_str()),
        ("due%5Bto%5D=2026-12-31", errand.as_str()),
        ("due[from]=2026-12-01", "[]"),
        ("due[to]=2026-11-29", "[]"),
    ] {
        let found = server.get(&format!("/v1/tasks?{query}"));
        assert_eq!(found, plain(200, expected), "{query}");
    }
}

#[test]
fn a_member_that_is_no_date_is_400() {
    let (status, _, body) = Server::start().get("/v1/tasks?due[from]=soon");
    let expected = r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"query parameter \"due\" at /from: \"soon\" is not a \"date\"","errors":[{"in":"query","name":"due","pointer":"/from","keyword":"format","schema":"/components/schemas/Days/properties/from/format","detail":"\"soon\" is not a \"date\""}]}"#;
    assert_eq!((status, body.as_str()), (400, expected));
}

#[test]
fn a_state_outside_of_the_enum_is_400() {
    let (status, _, body) = Server::start().get("/v1/tasks?state=open&state=lost");
    let expected = r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"query parameter \"state\" at /1: \"lost\" is not one of \"open\" or \"done\"","errors":[{"in":"query","name":"state","pointer":"/1","keyword":"enum","schema":"/components/schemas/State/enum","detail":"\"lost\" is not one of \"open\" or \"done\""}]}"#;
    assert_eq!((status, body.as_str()), (400, expected));
}

#[test]
fn a_value_that_its_branch_rejects_is_400() {
    let bad = CALL.replace("555", "none");
    let (status, _, body) = Server::start().post("/v1/tasks", &bad);
    let expected = r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"body at /work/phone: \"none\" does not match \"^[0-9]+$\"","errors":[{"in":"body","pointer":"/work/phone","keyword":"pattern","schema":"/components/schemas/PhoneCall/properties/phone/pattern","detail":"\"none\" does not match \"^[0-9]+$\""}]}"#;
    assert_eq!((status, body.as_str()), (400, expected));
}

#[test]
fn an_unknown_task_is_404() {
    let server = Server::start();
    let unknown = problem(404, "Not Found", "there is no task 7");
    assert_eq!(server.get("/v1/tasks/7"), unknown);
}
