//! What the application adds to the API: a middleware, and a route of its own.

use crate::server::{Server, plain, problem};

const TASK: &str = r#"{"title":"Ring Ada","work":{"kind":"call","phone":"555"}}"#;

#[test]
fn the_middleware_rejects_a_change_without_the_key() {
    let server = Server::start();
    let rejected = problem(401, "Unauthorized", "the header x-key is absent or wrong");
    assert_eq!(server.post_with("/v1/tasks", TASK, "please"), rejected);
    assert_eq!(server.get("/v1/tasks"), plain(200, "[]"));
}

#[test]
fn the_route_is_served_beside_those_of_the_spec() {
    let server = Server::start();
    assert_eq!(server.get("/health"), plain(200, "healthy\n"));
}

#[test]
fn swagger_ui_is_the_start_where_there_is_no_page() {
    let server = Server::start();
    assert_eq!(server.get("/"), (307, "./v1/ui/".into(), String::new()));
    assert_eq!(server.get("/v1/ui/").0, 200);
    assert_eq!(server.get("/v1/openapi.json").0, 200);
}
