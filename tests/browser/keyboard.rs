//! The page without a mouse.

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};

const BACKSPACE: &str = "\u{e003}";
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const SPACE: &str = " ";
const END: &str = "\u{e010}";
const HOME: &str = "\u{e011}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_person_can_be_created_updated_and_deleted_by_keys_alone() {
    let page = Page::open();
    // Past the link to Swagger UI.
    page.browser
        .press(&[TAB, TAB, "Homer", TAB, "Simpson", ENTER].concat());
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Doug", "Farrell"),
        ("Homer", "Simpson"),
    ]);
    page.focuses("fname");

    // Past the last name, the four buttons and the search to the rows.
    page.browser.press(&[&TAB.repeat(7), END, ENTER].concat());
    page.holds("Homer", "Simpson");
    page.focuses("fname");
    page.browser
        .press(&[END, BACKSPACE, TAB, TAB, TAB, SPACE].concat());
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Doug", "Farrell"),
        ("Home", "Simpson"),
    ]);

    page.browser
        .press(&[TAB, TAB, TAB, TAB, DOWN, DOWN, DOWN, SPACE].concat());
    page.holds("Home", "Simpson");
    page.browser.press(&[&TAB.repeat(4), SPACE].concat());
    page.lists(&FIRST_PEOPLE);
    page.focuses("delete");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn arrow_keys_move_from_row_to_row_and_stop_at_the_ends() {
    let page = Page::open();
    page.browser
        .run("document.querySelector('tbody tr').focus()", json!([]));
    for (keys, row) in [(DOWN, 2), (UP, 1), (UP, 1), (END, 3), (DOWN, 3), (HOME, 1)] {
        page.browser.press(keys);
        page.until("document.activeElement.rowIndex", json!(row));
    }
    page.until(
        "document.querySelectorAll('tbody [tabindex=\"0\"]').length",
        json!(1),
    );
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn escape_resets_from_anywhere() {
    let page = Page::open();
    page.fill("Homer", "Simpson");
    page.browser.press(ESCAPE);
    page.holds("", "");
    page.choose(2);
    page.holds("Bunny", "Easter");
    page.browser
        .run("document.querySelector('tbody tr').focus()", json!([]));
    page.browser.press(ESCAPE);
    page.holds("", "");
    page.focuses("fname");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn whatever_the_tab_key_reaches_has_a_visible_focus() {
    let page = Page::open();
    let focus = "const it = document.activeElement, style = getComputedStyle(it); return [it.id || it.localName, \
                 style.outlineStyle !== 'none' && style.outlineWidth !== '0px']";
    for expected in [
        "a", "fname", "lname", "create", "update", "delete", "reset", "search", "tr",
    ] {
        page.browser.press(TAB);
        assert_eq!(page.browser.run(focus, json!([])), json!([expected, true]));
    }
    page.close(&[]);
}
