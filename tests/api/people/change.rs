//! Updating and deleting a person, and what stays.

use super::{person, refusal, seen};
use crate::support::Server;

#[test]
fn a_person_is_updated() {
    let server = Server::start(&[]);
    for body in [
        r#"{"fname":"Douglas"}"#,
        r#"{"fname":"Douglas","lname":"Farrell"}"#,
    ] {
        let reply = server.send_json("PUT", "/api/people/Farrell", body);
        assert_eq!(seen(&reply), (200, person("Douglas", "Farrell")), "{body}");
        assert_eq!(
            seen(&server.get("/api/people/Farrell")),
            (200, person("Douglas", "Farrell"))
        );
    }
}

#[test]
fn a_last_name_is_not_updated() {
    let server = Server::start(&[]);
    let reply = server.send_json(
        "PUT",
        "/api/people/Farrell",
        r#"{"fname":"D","lname":"Other"}"#,
    );
    let detail = "The last name Farrell cannot be changed to Other";
    let body = format!(
        r#"{{"type":"about:blank","title":"Conflict","status":409,"detail":"{detail}","errors":[{{"in":"body","pointer":"/lname","detail":"{detail}"}}]}}"#
    );
    assert_eq!((reply.status, reply.text()), (409, body.as_str()));
    assert_eq!(
        seen(&server.get("/api/people/Farrell")),
        (200, person("Doug", "Farrell"))
    );
}

#[test]
fn an_update_that_breaks_the_contract_is_400() {
    let server = Server::start(&[]);
    for (body, pointer, keyword, detail) in [
        ("{}", "", "required", "\"fname\" is a required property"),
        (
            r#"{"fname":""}"#,
            "/fname",
            "minLength",
            "\"\" is shorter than 1 character",
        ),
        (
            r#"{"fname":"F","lname":null}"#,
            "/lname",
            "type",
            "null is not of type \"string\"",
        ),
    ] {
        let place = if pointer.is_empty() {
            "body".to_owned()
        } else {
            format!("body at {pointer}")
        };
        let within = pointer
            .strip_prefix('/')
            .map_or_else(String::new, |name| format!("/properties/{name}"));
        let schema = format!("/definitions/PersonUpdate{within}/{keyword}");
        let error = format!(
            r#""in":"body","pointer":"{pointer}","keyword":"{keyword}","schema":"{schema}""#
        );
        assert_eq!(
            seen(&server.send_json("PUT", "/api/people/Farrell", body)),
            refusal(&place, &error, detail),
            "{body}"
        );
    }
}

#[test]
fn a_person_is_deleted() {
    let server = Server::start(&[]);
    let reply = server.send(
        "DELETE",
        "/api/people/Farrell",
        &[("Content-Type", "text/odd")],
        "",
    );
    assert_eq!(
        (reply.status, reply.text(), reply.header("content-type")),
        (204, "", "")
    );
    assert_eq!(server.get("/api/people/Farrell").status, 404);
    assert_eq!(
        server.send("DELETE", "/api/people/Farrell", &[], "").status,
        404
    );
}

#[test]
fn what_is_kept_in_a_file_is_there_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start_in(folder.path(), &[]);
    server.send_json(
        "POST",
        "/api/people",
        r#"{"fname":"Ada","lname":"Lovelace"}"#,
    );
    server.send("DELETE", "/api/people/Farrell", &[], "");
    let before = server.get("/api/people");
    server.signal("TERM");
    server.wait();
    let server = Server::start_in(folder.path(), &[]);
    server
        .out
        .wait_for(|line| line == "  database    sqlite:people.db");
    assert_eq!(server.get("/api/people").text(), before.text());
}
