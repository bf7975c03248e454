//! HEAD, OPTIONS and methods that the spec does not have.

use crate::support::{Server, assert_problem};

#[test]
fn other_methods_are_405_with_all_that_are_allowed() {
    let server = Server::start(&[]);
    for (path, methods, allow) in [
        (
            "/api/people",
            ["PUT", "DELETE", "PATCH", "QUERY"],
            "GET, HEAD, POST, OPTIONS",
        ),
        (
            "/api/people/Farrell",
            ["POST", "PATCH", "LINK", "TRACE"],
            "GET, HEAD, PUT, DELETE, OPTIONS",
        ),
    ] {
        for method in methods {
            let reply = server.send(method, path, &[], "");
            assert_problem(
                &reply,
                405,
                "Method Not Allowed",
                &format!("this resource answers {allow}"),
            );
            assert_eq!(reply.header("allow"), allow);
        }
        let reply = server.send("OPTIONS", path, &[], "");
        assert_eq!(
            (reply.status, reply.header("allow"), reply.text()),
            (204, allow, "")
        );
    }
}

#[test]
fn head_is_get_without_the_body() {
    let server = Server::start(&[]);
    for path in [
        "/api/people",
        "/api/people/Farrell",
        "/api/people/Nobody",
        "/api/people?length=0",
    ] {
        let (get, head) = (server.get(path), server.send("HEAD", path, &[], ""));
        assert_eq!((head.status, head.text()), (get.status, ""), "{path}");
        for name in ["content-length", "content-type"] {
            assert_eq!(head.header(name), get.header(name), "{path}");
        }
    }
}
