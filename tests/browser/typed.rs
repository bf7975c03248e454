//! What was typed is never lost, and the main button does what is most likely wanted.

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const MAIN: &str =
    "[...document.querySelectorAll('form .primary')].map(it => it.id + ' ' + it.type)";

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn escape_takes_the_message_first_and_then_the_names() {
    let page = Page::open();
    page.submit("Homer", "", "#create");
    page.alerts("Not created", "See the marked field.");
    page.browser.press(ESCAPE);
    page.shows("[role=alert] *", "");
    page.holds("Homer", "");
    page.browser.press(ESCAPE);
    page.holds("", "");
    page.shows("[role=status]", "The form is empty.");
    page.click("#step");
    page.holds("Homer", "");
    page.shows("#step", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn names_typed_before_a_row_is_chosen_can_be_had_back() {
    let page = Page::open();
    page.fill("Homer", "Simpson");
    page.choose(1);
    page.holds("Kent", "Brockman");
    page.shows("[role=status]", "Kent Brockman is selected.");
    page.click("#step");
    page.holds("Homer", "Simpson");
    page.until(MAIN, json!(["create submit"]));
    // With whom was selected when it was typed.
    page.choose(2);
    page.fill("Bugs", "Easter");
    page.choose(1);
    page.click("#step");
    page.holds("Bugs", "Easter");
    page.until(MAIN, json!(["update submit"]));
    page.until(
        "document.querySelector('[aria-selected=true]').rowIndex",
        json!(2),
    );
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn names_that_are_not_typed_need_no_way_back() {
    let page = Page::open();
    page.choose(1);
    page.choose(2);
    page.holds("Bunny", "Easter");
    page.shows("#step", "");
    page.click("#reset");
    page.holds("", "");
    page.shows("#step", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn names_are_kept_while_the_page_is_read_again_or_left() {
    let page = Page::open();
    page.fill("Homer", "Simpson");
    page.browser.reload();
    page.lists(&FIRST_PEOPLE);
    page.holds("Homer", "Simpson");
    page.click("nav a");
    page.until("document.querySelectorAll('.opblock').length", json!(5));
    page.browser.go(&page.server.url);
    page.lists(&FIRST_PEOPLE);
    page.holds("Homer", "Simpson");
    page.click("#create");
    page.shows("[role=status]", "Created Homer Simpson.");
    page.browser.reload();
    page.until("document.querySelectorAll('tbody tr').length", json!(4));
    page.holds("", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn enter_updates_whoever_is_selected_and_creates_anybody_else() {
    let page = Page::open();
    page.until(MAIN, json!(["create submit"]));
    page.shows("#enter", "creates");
    page.choose(3);
    page.until(MAIN, json!(["update submit"]));
    page.shows("#enter", "updates");
    // To select is no success.
    page.until(
        "document.querySelector('#status').dataset.kind",
        json!("note"),
    );
    page.fill("Douglas", "Farrell");
    page.browser.press(ENTER);
    page.shows("[role=status]", "Updated Douglas Farrell.");
    page.until(
        "document.querySelector('#status').dataset.kind",
        json!("done"),
    );
    page.until(MAIN, json!(["create submit"]));

    page.choose(3);
    page.fill("Douglas", "Farrell-Smith");
    page.until(MAIN, json!(["create submit"]));
    page.browser.press(ENTER);
    page.shows("[role=status]", "Created Douglas Farrell-Smith.");
    page.close(&[]);
}
