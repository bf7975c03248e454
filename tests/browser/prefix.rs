//! Behind nginx, as most people have it.

use serde_json::json;

use crate::nginx::Nginx;
use crate::page::{FIRST_PEOPLE, Page};
use crate::server::Server;

const PREFIX: &str = "behind/a/prefix/";

/// Names with what a proxy may decode, resolve, or take for a part of the URL's structure.
const NAMES: [&str; 8] = [
    "a?b",
    "100%",
    "%2F..%2FFarrell",
    "x%2F..%2FFarrell",
    "a#b;c=d&e",
    "..a",
    "a..",
    "Müller  Ω",
];

#[test]
#[ignore = "needs Chromium, chromedriver and nginx: run tests/run"]
fn page_and_swagger_ui_stay_below_the_prefix() {
    // With a URI, nginx decodes the path, resolves its dots, and encodes it again.
    let server = Server::start("memory");
    let nginx = proxy(&format!("/{PREFIX}"), &server.url);
    let page = Page::below(format!("{}{PREFIX}", nginx.url), server, "");
    lets_everybody_be_changed(&page);
    page.click("nav a");
    page.until("document.querySelectorAll('.opblock').length", json!(5));
    page.click(".back a");
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium, chromedriver and nginx: run tests/run"]
fn all_works_behind_a_proxy_that_leaves_paths_alone() {
    // Without a URI, nginx passes on what it got.
    let server = Server::start("memory");
    let nginx = proxy("/", server.url.trim_end_matches('/'));
    let page = Page::below(nginx.url.clone(), server, "");
    lets_everybody_be_changed(&page);
    page.close(&[]);
}

/// Passes on what is below `path`, as `proxy_pass` with this value does.
fn proxy(path: &str, proxy_pass: &str) -> Nginx {
    Nginx::start(|address| {
        format!("server {{ listen {address}; location {path} {{ proxy_pass {proxy_pass}; }} }}")
    })
}

fn lets_everybody_be_changed(page: &Page) {
    page.lists(&FIRST_PEOPLE);
    for lname in NAMES {
        page.submit("Homer", lname, "#create");
        page.shows("[role=status]", &format!("Created Homer {lname}."));
        page.submit("Marge", lname, "#update");
        page.shows("[role=status]", &format!("Updated Marge {lname}."));
        page.submit("", lname, "#delete");
        page.shows("[role=status]", &format!("Deleted Marge {lname}."));
    }
    page.lists(&FIRST_PEOPLE);
    // Their addresses would be those of others.
    for lname in [
        "x/../Farrell",
        "../people/Farrell",
        "x\\..\\Farrell",
        ".",
        "..",
    ] {
        page.submit("", lname, "#delete");
        page.shows("[role=alert] strong", "Not deleted");
        page.until(
            "document.querySelector('#lname').ariaInvalid",
            json!("true"),
        );
    }
    page.lists(&FIRST_PEOPLE);
}
