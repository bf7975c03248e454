//! Every button of the page, and the double click.

use std::thread::sleep;
use std::time::Duration;

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_page_has_the_headings_fields_buttons_and_columns_of_the_tutorial() {
    let page = Page::open();
    page.shows("h1", "People Demo Application");
    page.shows("#editor label", "First Name,Last Name");
    page.shows("form .buttons button", "Create,Update,Delete,Reset");
    page.shows("#list-title", "People");
    page.shows("th", "First Name,Last Name,Update Time");
    let age = "Date.now() - Date.parse(document.querySelector('td time').dateTime)";
    page.until(&format!("{age} >= 0 && {age} < 60000"), json!(true));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn create_lists_the_person_and_clears_the_fields() {
    let page = Page::open();
    page.submit("Homer", "Simpson", "#create");
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Doug", "Farrell"),
        ("Homer", "Simpson"),
    ]);
    page.shows("[role=status]", "Created Homer Simpson.");
    page.holds("", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_double_click_fills_the_fields_and_update_changes_the_first_name_and_the_time() {
    let page = Page::open();
    let time = "return document.querySelector('tbody tr:nth-child(3) time').textContent";
    let created = page.browser.run(time, json!([]));
    page.choose(3);
    page.holds("Doug", "Farrell");
    page.until(
        "document.querySelector('[aria-selected=true]').rowIndex",
        json!(3),
    );
    // Times are whole seconds.
    sleep(Duration::from_millis(1_100));
    page.submit("Douglas", "Farrell", "#update");
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Douglas", "Farrell"),
    ]);
    assert_ne!(page.browser.run(time, json!([])), created);
    page.shows("[role=status]", "Updated Douglas Farrell.");
    page.holds("", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_finger_needs_only_one_tap() {
    let page = Page::open();
    let row = "const it = document.querySelector('tbody tr').getBoundingClientRect(); \
               return { x: it.x + it.width / 2, y: it.y + it.height / 2 }";
    let point = page.browser.run(row, json!([]));
    for (kind, points) in [("touchStart", json!([point])), ("touchEnd", json!([]))] {
        let touch = json!({ "type": kind, "touchPoints": points });
        page.browser.devtools("Input.dispatchTouchEvent", touch);
    }
    page.holds("Kent", "Brockman");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn delete_needs_only_the_last_name() {
    let page = Page::open();
    page.submit("", "Easter", "#delete");
    page.lists(&[("Kent", "Brockman"), ("Doug", "Farrell")]);
    page.shows("[role=status]", "Deleted Bunny Easter.");
    page.holds("", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn an_emptied_list_shows_a_message() {
    let page = Page::open();
    for (fname, lname) in FIRST_PEOPLE {
        page.submit("", lname, "#delete");
        page.shows("[role=status]", &format!("Deleted {fname} {lname}."));
    }
    page.lists(&[]);
    page.shows("#absence p", "Nobody is here yet. Create the first person.");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn reset_clears_the_fields_their_marks_and_the_message() {
    let page = Page::open();
    page.choose(1);
    page.submit("Homer", "", "#create");
    page.alerts("Not created", "See the marked field.");
    page.click("#reset");
    page.holds("", "");
    page.blames(&[]);
    page.shows("[role=alert] *", "");
    page.until(
        "document.querySelector('[aria-selected=true]')",
        json!(null),
    );
    page.focuses("fname");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_double_click_on_create_creates_once_and_complains_of_nothing() {
    let page = Page::open();
    page.fill("Homer", "Simpson");
    page.browser.double_click("#create");
    page.shows("[role=status]", "Created Homer Simpson.");
    page.shows("[role=alert] *", "");
    page.close(&[]);
}
