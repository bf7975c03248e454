//! Finding people by the beginning of a name, following a long list, and the total count.

use serde_json::json;

use super::person;
use crate::support::Server;

#[track_caller]
fn assert_listed(server: &Server, query: &str, total: &str, people: &[(&str, &str)]) {
    let reply = server.get(&format!("/api/people?{query}"));
    let people: Vec<_> = people.iter().map(|it| person(it.0, it.1)).collect();
    let expected = (200, format!("[{}]", people.join(",")));
    assert_eq!(super::seen(&reply), expected, "{query}");
    assert_eq!(reply.header("x-total-count"), total, "{query}");
}

const KENT: (&str, &str) = ("Kent", "Brockman");
const BUNNY: (&str, &str) = ("Bunny", "Easter");
const DOUG: (&str, &str) = ("Doug", "Farrell");

#[test]
fn people_are_found_by_the_beginning_of_either_name() {
    let server = Server::start(&[]);
    for (query, total, people) in [
        ("q=", "3", &[KENT, BUNNY, DOUG][..]),
        ("q=b", "2", &[KENT, BUNNY]),
        ("q=B&length=1", "2", &[KENT]),
        ("q=b&offset=1", "2", &[BUNNY]),
        ("q=b&after=Brockman", "2", &[BUNNY]),
        ("q=b&after=Brockman&offset=1", "2", &[]),
        ("q=FARRELL", "1", &[DOUG]),
        ("q=arrell", "0", &[]),
        ("q=%25", "0", &[]),
        ("q=_", "0", &[]),
    ] {
        assert_listed(&server, query, total, people);
    }
    let zoe = json!({ "fname": "Zoë", "lname": "Weiß" }).to_string();
    server.send_json("POST", "/api/people", &zoe);
    for query in ["q=zo%C3%AB", "q=ZOE%CC%88", "q=WEISS", "q=wei%C3%9F"] {
        assert_listed(&server, query, "1", &[("Zoë", "Weiß")]);
    }
}

#[test]
fn a_list_is_followed_by_the_last_name_of_each_page() {
    let server = Server::start(&[]);
    for (query, people) in [
        ("length=2", &[KENT, BUNNY][..]),
        ("length=2&after=Easter", &[DOUG]),
        ("after=Eastes", &[DOUG]),
        ("after=Farrell", &[]),
        ("after=A&offset=2", &[DOUG]),
        ("after=x/../y", &[]),
        ("after=%20", &[KENT, BUNNY, DOUG]),
    ] {
        assert_listed(&server, query, "3", people);
    }
}

#[test]
fn a_search_and_a_cursor_have_bounds() {
    let server = Server::start(&[]);
    let long = "x".repeat(65);
    for (query, keyword) in [
        (format!("q={long}"), "maxLength"),
        ("q=%00".to_owned(), "pattern"),
        (format!("after={long}"), "maxLength"),
        ("after=".to_owned(), "minLength"),
        ("after=%0A".to_owned(), "pattern"),
    ] {
        let reply = server.get(&format!("/api/people?{query}"));
        assert_eq!(reply.status, 400, "{query}");
        assert_eq!(reply.json()["errors"][0]["keyword"], keyword, "{query}");
    }
}
