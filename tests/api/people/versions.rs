//! Entity tags: a person whom the client has already, and updates that would overwrite somebody else's.

use super::{person, seen};
use crate::support::{Reply, Server, assert_problem};

const FARRELL: &str = "/api/people/Farrell";
const OTHER: &str = "\"0123456789abcdef\"";

fn send(server: &Server, method: &str, headers: &[(&str, &str)]) -> Reply {
    let body = if method == "PUT" {
        r#"{"fname":"Mia"}"#
    } else {
        ""
    };
    let mut headers = headers.to_vec();
    headers.push(("Content-Type", "application/json"));
    server.send(method, FARRELL, &headers, body)
}

#[track_caller]
fn assert_not_accepted(reply: &Reply) {
    let detail = "Person with last name Farrell is not as If-Match or If-None-Match requires";
    assert_problem(reply, 412, "Precondition Failed", detail);
}

#[test]
fn every_change_has_a_tag_of_its_own() {
    let server = Server::start(&[]);
    let mut tags = vec![server.get(FARRELL).header("etag").to_owned()];
    assert_eq!(server.get(FARRELL).header("etag"), tags[0]);
    for _ in 0..3 {
        let updated = send(&server, "PUT", &[]);
        assert_eq!(updated.header("etag"), server.get(FARRELL).header("etag"));
        tags.push(updated.header("etag").to_owned());
    }
    send(&server, "DELETE", &[]);
    let body = r#"{"fname":"Mia","lname":"Farrell"}"#;
    let created = server.send_json("POST", "/api/people", body);
    assert_eq!(created.header("etag"), server.get(FARRELL).header("etag"));
    tags.push(created.header("etag").to_owned());
    for tag in &tags {
        assert_eq!((tag.len(), tag.matches('"').count()), (18, 2), "{tag}");
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 5, "{tags:?}");
}

#[test]
fn a_person_whom_the_client_has_is_304() {
    let server = Server::start(&[]);
    let tag = server.get(FARRELL).header("etag").to_owned();
    for known in [
        tag.as_str(),
        &format!("W/{tag}"),
        &format!("{OTHER}, {tag}"),
        "*",
    ] {
        for method in ["GET", "HEAD"] {
            let reply = server.send(method, FARRELL, &[("If-None-Match", known)], "");
            assert_eq!((reply.status, reply.text()), (304, ""), "{known}");
            assert_eq!(reply.header("etag"), tag);
        }
    }
    for known in [OTHER, "\"\"", "W/\"x\""] {
        let reply = server.get_with(FARRELL, &[("If-None-Match", known)]);
        assert_eq!(seen(&reply), (200, person("Doug", "Farrell")), "{known}");
    }
    let reply = server.get_with(FARRELL, &[("If-Match", &tag)]);
    assert_eq!(reply.status, 200);
    assert_not_accepted(&server.get_with(FARRELL, &[("If-Match", OTHER)]));
}

#[test]
fn a_change_of_another_version_is_412_and_changes_nothing() {
    let server = Server::start(&[]);
    let tag = server.get(FARRELL).header("etag").to_owned();
    for method in ["PUT", "DELETE"] {
        for headers in [
            ("If-Match", OTHER),
            ("If-Match", &format!("W/{tag}")),
            ("If-None-Match", &tag),
            ("If-None-Match", &format!("W/{tag}")),
            ("If-None-Match", "*"),
        ] {
            assert_not_accepted(&send(&server, method, &[headers]));
        }
    }
    assert_eq!(server.get(FARRELL).header("etag"), tag);
    let updated = send(&server, "PUT", &[("If-Match", &tag)]);
    assert_eq!(seen(&updated), (200, person("Mia", "Farrell")));
    assert_not_accepted(&send(&server, "PUT", &[("If-Match", &tag)]));
    assert_not_accepted(&send(&server, "DELETE", &[("If-Match", &tag)]));
    let tag = updated.header("etag");
    let both = format!("{OTHER},{tag}");
    let deleted = send(
        &server,
        "DELETE",
        &[("If-Match", &both), ("If-None-Match", OTHER)],
    );
    assert_eq!(deleted.status, 204);
}

#[test]
fn nobody_is_404_whatever_the_condition() {
    let server = Server::start(&[]);
    send(&server, "DELETE", &[("If-Match", "*")]);
    for method in ["GET", "PUT", "DELETE"] {
        for headers in [
            ("If-Match", "*"),
            ("If-Match", OTHER),
            ("If-None-Match", "*"),
        ] {
            let reply = send(&server, method, &[headers]);
            let detail = "Person with last name Farrell not found";
            assert_problem(&reply, 404, "Not Found", detail);
        }
    }
}

#[test]
fn what_is_no_list_of_tags_is_nobodys_tag() {
    let server = Server::start(&[]);
    for tags in ["", "x", "\"", "\"a\" \"b\"", "*, \"a\"", "'a'"] {
        assert_not_accepted(&server.get_with(FARRELL, &[("If-Match", tags)]));
        assert_not_accepted(&send(&server, "DELETE", &[("If-Match", tags)]));
        let reply = server.get_with(FARRELL, &[("If-None-Match", tags)]);
        assert_eq!(reply.status, 200, "{tags}");
    }
}
