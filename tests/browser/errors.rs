//! What the page shows when something is refused, unanswered or not even sent.

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn an_unknown_last_name_shows_the_404_of_the_api_and_keeps_the_fields() {
    let page = Page::open();
    page.submit("Homer", "Simson", "#update");
    page.alerts("404 Not Found", "Person with last name Simson not found");
    page.holds("Homer", "Simson");
    page.submit("Homer", "Farel", "#delete");
    page.alerts("404 Not Found", "Person with last name Farel not found");
    page.lists(&FIRST_PEOPLE);
    page.close(&["404 /api/people/Simson", "404 /api/people/Farel"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_known_last_name_shows_the_409_of_the_api() {
    let page = Page::open();
    page.submit("Bart", "Farrell", "#create");
    page.alerts(
        "409 Conflict",
        "Person with last name Farrell already exists",
    );
    page.lists(&FIRST_PEOPLE);
    page.close(&["409 /api/people"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_400_marks_every_field_at_fault_until_it_is_changed() {
    let page = Page::open();
    let long = "x".repeat(65);
    page.submit(&long, &long, "#create");
    let fault = format!("\"{long}\" is longer than 64 characters");
    page.alerts("400 Bad Request", &format!("body at /fname: {fault}"));
    page.blames(&[("fname", &fault), ("lname", &fault)]);
    page.focuses("fname");
    page.browser.insert("y");
    page.blames(&[("lname", &fault)]);
    page.close(&["400 /api/people"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_400_for_the_last_name_in_the_path_marks_the_last_name() {
    let page = Page::open();
    let long = "x".repeat(65);
    page.submit("", &long, "#delete");
    page.blames(&[("lname", &format!("\"{long}\" is longer than 64 characters"))]);
    page.focuses("lname");
    page.close(&[&format!("400 /api/people/{long}")]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn empty_names_are_not_sent() {
    let page = Page::open();
    for (fname, lname, button, detail) in [
        ("", "", "#create", "Enter a first name. Enter a last name."),
        ("Homer", "", "#create", "Enter a last name."),
        (" ", "Simpson", "#create", "Enter a first name."),
        ("", "Farrell", "#update", "Enter a first name."),
        ("Doug", "", "#delete", "Enter a last name."),
    ] {
        page.submit(fname, lname, button);
        page.alerts("Not sent", detail);
    }
    page.blames(&[("lname", "Enter a last name.")]);
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_failure_can_be_dismissed() {
    let page = Page::open();
    page.submit("", "", "#delete");
    page.alerts("Not sent", "Enter a last name.");
    page.click("#dismiss");
    page.shows("[role=alert] *", "");
    page.shows("#dismiss", "");
    page.focuses("fname");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_server_that_is_gone_is_reported_and_the_fields_are_kept() {
    let mut page = Page::open();
    page.server.kill();
    page.submit("Homer", "Simpson", "#create");
    page.alerts("No answer", "The server cannot be reached. Is it running?");
    page.holds("Homer", "Simpson");
    page.until(
        "document.querySelector('#create').ariaDisabled",
        json!(null),
    );
    let lost = |path: &str| {
        format!(
            "{}{path} - Failed to load resource: net::ERR_CONNECTION_REFUSED",
            page.server.url
        )
    };
    let expected = [lost("api/people")];
    page.close(&expected.each_ref().map(String::as_str));
}
