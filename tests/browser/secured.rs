//! The page of the demo that `docs/secured.patch` secures.

use serde_json::json;

use crate::copy::{Copy, password_line};
use crate::page::{FIRST_PEOPLE, Page};
use crate::server::Server;

#[test]
#[ignore = "needs openapi-generator, Chromium and chromedriver: run tests/run"]
fn the_page_writes_for_who_has_a_password() {
    let copy = Copy::new();
    let program = copy.secured();
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("passwords"), password_line()).expect("it is written");
    let page = Page::at(Server::start_in(&program, folder.path()), "");
    page.lists(&FIRST_PEOPLE);

    // As after a browser has asked for a password, and its user has cancelled.
    page.submit("Ned", "Flanders", "#create");
    page.alerts("Not created", "You have to log in for that.");
    page.lists(&FIRST_PEOPLE);

    // As after its user has entered one, which the browser sends from then on.
    send_with(&page, "ann:Secret");
    page.submit("Ned", "Flanders", "#create");
    page.alerts("Not created", "You have to log in for that.");
    send_with(&page, "ann:secret");
    page.submit("Ned", "Flanders", "#create");
    let people = [FIRST_PEOPLE.as_slice(), &[("Ned", "Flanders")]].concat();
    page.lists(&people);
    page.close(&["401 /api/people", "401 /api/people"]);
}

fn send_with(page: &Page, password: &str) {
    let script = "return btoa(arguments[0])";
    let encoded = page.browser.run(script, json!([password]));
    let header = format!("Basic {}", encoded.as_str().expect("a text"));
    let headers = json!({ "headers": { "Authorization": header } });
    page.browser.devtools("Network.enable", json!({}));
    page.browser
        .devtools("Network.setExtraHTTPHeaders", headers);
}
