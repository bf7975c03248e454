//! Two people at two pages: conflicts are told with both versions, and lists are read again.

use serde_json::{Value, json};
use ureq::http::Request;

use crate::page::{FIRST_PEOPLE, Page};

const DIALOG: &str = "document.getElementById('conflict').open && \
                      ['conflict-name', 'mine', 'theirs', 'keep-mine', 'take-theirs'].map(id => document.getElementById(id).textContent)";

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn an_update_of_an_older_version_lets_one_choose() {
    for (choice, kept) in [("#keep-mine", "Mine"), ("#take-theirs", "Theirs")] {
        let page = Page::open();
        select_doug(&page);
        change(&page, "PUT", "Farrell", r#"{"fname":"Theirs"}"#);
        page.submit("Mine", "Farrell", "#update");
        page.until(
            DIALOG,
            json!(["Farrell", "Mine", "Theirs", "Keep mine", "Take theirs"]),
        );
        // Not a button, which an Enter too many would press.
        page.focuses("conflict-title");
        page.click(choice);
        page.lists(&[("Kent", "Brockman"), ("Bunny", "Easter"), (kept, "Farrell")]);
        if kept == "Theirs" {
            page.holds("Theirs", "Farrell");
            // What was typed can still be had back, and is now an update of what is kept.
            page.shows("#step", "Bring back what was typed");
            page.click("#step");
            page.holds("Mine", "Farrell");
            page.click("#update");
            page.shows("[role=status]", "Updated Mine Farrell.");
        }
        page.close(&["412 /api/people/Farrell"]);
    }
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_version_that_could_not_be_read_when_it_was_selected_is_no_licence_to_overwrite_it() {
    let page = Page::open();
    let fail = "window.real = window.fetch; window.fetch = async () => { throw new TypeError() }";
    page.browser.run(fail, json!([]));
    page.choose(3);
    page.holds("Doug", "Farrell");
    page.browser.run("window.fetch = window.real", json!([]));
    change(&page, "PUT", "Farrell", r#"{"fname":"Theirs"}"#);
    for (button, mine) in [("#update", "Mine"), ("#delete", "deleted")] {
        page.submit("Mine", "Farrell", button);
        page.until(
            "document.getElementById('conflict').open && document.getElementById('mine').textContent",
            json!(mine),
        );
        page.browser.press("\u{e00c}");
        page.until("document.getElementById('conflict').open", json!(false));
        page.lists(&[
            ("Kent", "Brockman"),
            ("Bunny", "Easter"),
            ("Theirs", "Farrell"),
        ]);
    }
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_conflict_without_a_choice_changes_nothing_and_keeps_what_was_typed() {
    let page = Page::open();
    select_doug(&page);
    change(&page, "PUT", "Farrell", r#"{"fname":"Theirs"}"#);
    page.submit("Mine", "Farrell", "#update");
    page.until("document.getElementById('conflict').open", json!(true));
    page.browser.press("\u{e00c}");
    page.until("document.getElementById('conflict').open", json!(false));
    page.holds("Mine", "Farrell");
    // Who presses the button again is asked again.
    page.click("#update");
    page.until("document.getElementById('conflict').open", json!(true));
    page.browser.press("\u{e00c}");
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Theirs", "Farrell"),
    ]);
    page.close(&["412 /api/people/Farrell", "412 /api/people/Farrell"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_delete_of_an_older_version_lets_one_choose() {
    for choice in ["#keep-mine", "#take-theirs"] {
        let page = Page::open();
        select_doug(&page);
        change(&page, "PUT", "Farrell", r#"{"fname":"Theirs"}"#);
        page.click("#delete");
        page.until(
            DIALOG,
            json!([
                "Farrell",
                "deleted",
                "Theirs",
                "Delete anyway",
                "Keep theirs"
            ]),
        );
        page.click(choice);
        if choice == "#keep-mine" {
            page.lists(&[("Kent", "Brockman"), ("Bunny", "Easter")]);
        } else {
            page.holds("Theirs", "Farrell");
            page.lists(&[
                ("Kent", "Brockman"),
                ("Bunny", "Easter"),
                ("Theirs", "Farrell"),
            ]);
        }
        page.close(&["412 /api/people/Farrell"]);
    }
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_person_who_was_deleted_elsewhere_is_told_and_can_be_created_again() {
    let page = Page::open();
    select_doug(&page);
    change(&page, "DELETE", "Farrell", "");
    page.submit("Mine", "Farrell", "#update");
    page.alerts(
        "Not updated",
        "There is nobody with the last name “Farrell”.",
    );
    page.lists(&[("Kent", "Brockman"), ("Bunny", "Easter")]);
    page.holds("Mine", "Farrell");
    page.until(
        "document.querySelector('form .primary').id",
        json!("create"),
    );
    page.click("#create");
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Mine", "Farrell"),
    ]);
    page.close(&["404 /api/people/Farrell"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn who_comes_back_to_the_page_sees_what_has_changed() {
    let page = Page::open();
    select_doug(&page);
    page.add(&[("Homer", "Simpson")]);
    come_back(&page);
    page.lists(&[FIRST_PEOPLE.as_slice(), &[("Homer", "Simpson")]].concat());

    // The form shows the new version where nothing was typed, else one chooses.
    change(&page, "PUT", "Farrell", r#"{"fname":"Theirs"}"#);
    come_back(&page);
    page.holds("Theirs", "Farrell");
    page.shows(
        "[role=status]",
        "Doug Farrell was changed meanwhile: the form shows it.",
    );
    page.fill("Mine", "Farrell");
    change(&page, "PUT", "Farrell", r#"{"fname":"Theirs too"}"#);
    come_back(&page);
    page.until(
        DIALOG,
        json!(["Farrell", "Mine", "Theirs too", "Keep mine", "Take theirs"]),
    );
    page.click("#keep-mine");
    page.holds("Mine", "Farrell");
    page.click("#update");
    page.shows("[role=status]", "Updated Mine Farrell.");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_row_that_is_out_of_date_shows_what_is_kept_when_it_is_selected() {
    let page = Page::open();
    change(&page, "PUT", "Farrell", r#"{"fname":"Theirs"}"#);
    page.choose(3);
    page.holds("Theirs", "Farrell");
    page.lists(&[
        ("Kent", "Brockman"),
        ("Bunny", "Easter"),
        ("Theirs", "Farrell"),
    ]);
    change(&page, "DELETE", "Easter", "");
    page.choose(2);
    page.alerts(
        "This person can’t be changed",
        "There is nobody with the last name “Easter”.",
    );
    page.lists(&[("Kent", "Brockman"), ("Theirs", "Farrell")]);
    page.close(&["404 /api/people/Easter"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_deleted_person_can_be_brought_back() {
    let page = Page::open();
    page.submit("", "Easter", "#delete");
    page.shows("[role=status]", "Deleted Bunny Easter.");
    page.shows("#step", "Undo");
    page.click("#step");
    page.shows(
        "[role=status]",
        "Bunny Easter is back, with the present time.",
    );
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

/// Selects Doug Farrell, and waits until his version is known.
fn select_doug(page: &Page) {
    let count = "performance.getEntriesByType('resource').filter(it => it.name.endsWith('/Farrell')).length";
    page.choose(3);
    page.holds("Doug", "Farrell");
    page.until(count, json!(1));
    page.until("fetch('api/people/Farrell').then(it => it.ok)", json!(true));
}

/// What somebody else does at another page.
fn change(page: &Page, method: &str, lname: &str, body: &str) {
    let request = Request::builder()
        .method(method)
        .uri(format!("{}api/people/{lname}", page.server.url))
        .header("content-type", "application/json");
    ureq::run(request.body(body.to_owned()).expect("a request")).expect("it is done");
}

/// Looks at the page again, once the list is old enough to be read again.
fn come_back(page: &Page) {
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let back = "window.dispatchEvent(new Event('focus'))";
    assert_eq!(page.browser.run(back, json!([])), Value::Null);
}
