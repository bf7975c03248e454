//! The People API: each operation, each status.

mod bodies;
mod change;
mod create;
mod methods;
mod names;
mod read;
mod search;
mod versions;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use regex::Regex;
use serde_json::json;

use super::support::{Reply, Server};

/// A reply's status and body, with `NOW` for each time.
fn seen(reply: &Reply) -> (u16, String) {
    let time = Regex::new(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d").expect("a pattern");
    (
        reply.status,
        time.replace_all(reply.text(), "NOW").into_owned(),
    )
}

fn person(fname: &str, lname: &str) -> String {
    let [fname, lname] = [fname, lname].map(|name| serde_json::to_string(name).expect("JSON"));
    format!(r#"{{"fname":{fname},"lname":{lname},"timestamp":"NOW"}}"#)
}

pub fn path_of(lname: &str) -> String {
    format!(
        "/api/people/{}",
        utf8_percent_encode(lname, NON_ALPHANUMERIC)
    )
}

/// The status and body of a request that breaks the contract in one place.
fn refusal(place: &str, error: &str, detail: &str) -> (u16, String) {
    let [whole, detail] =
        [format!("{place}: {detail}"), detail.to_owned()].map(|it| json!(it).to_string());
    let body = format!(
        r#"{{"type":"about:blank","title":"Bad Request","status":400,"detail":{whole},"errors":[{{{error},"detail":{detail}}}]}}"#
    );
    (400, body)
}

/// What is said of a name that the pattern of the first or the last name in the spec refuses.
fn unlike(server: &Server, value: &str, name: &str) -> String {
    let spec = server.get("/api/swagger.json").json();
    let pattern = &spec["definitions"]["NewPerson"]["properties"][name]["pattern"];
    format!(
        "{value} does not match \"{}\"",
        pattern.as_str().expect("a pattern")
    )
}
