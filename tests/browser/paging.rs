//! A list longer than a page.

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_short_list_has_a_position_and_no_pages() {
    let page = Page::open();
    page.shows("#position", "1–3 of 3");
    page.shows("#pager", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_long_list_is_read_by_pages_there_and_back() {
    let page = long_list(38);
    page.shows("#position", "1–20 of 41");
    page.until(DISABLED, json!(["previous"]));
    page.click("#next");
    page.shows("#position", "21–40 of 41");
    page.until(DISABLED, json!([]));
    page.click("#next");
    page.shows("#position", "41–41 of 41");
    page.until(DISABLED, json!(["next"]));
    page.lists(&[("First", "Zoo 37")]);
    page.click("#next");
    page.click("#previous");
    page.click("#previous");
    page.shows("#position", "1–20 of 41");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_full_page_with_nothing_behind_it_is_the_last() {
    let page = long_list(17);
    page.shows("#position", "1–20 of 20");
    page.shows("#pager", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn deleting_the_last_person_of_a_page_steps_back() {
    let page = long_list(18);
    page.click("#next");
    page.lists(&[("First", "Zoo 17")]);
    page.submit("", "Zoo 17", "#delete");
    page.shows("#position", "1–20 of 20");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_change_leaves_the_page_where_it_was() {
    let page = long_list(18);
    page.click("#next");
    page.lists(&[("First", "Zoo 17")]);
    page.submit("Second", "Zoo 17", "#update");
    page.lists(&[("Second", "Zoo 17")]);
    page.shows("#position", "21–21 of 21");
    page.close(&[]);
}

const DISABLED: &str =
    "['previous', 'next'].filter(id => document.getElementById(id).ariaDisabled === 'true')";

/// The first three people and `more` others after them.
pub fn long_list(more: usize) -> Page {
    let page = Page::open();
    let names: Vec<String> = (0..more).map(|number| format!("Zoo {number:02}")).collect();
    let people: Vec<(&str, &str)> = names
        .iter()
        .map(|lname| ("First", lname.as_str()))
        .collect();
    page.add(&people);
    page.browser.reload();
    let shown: Vec<(&str, &str)> = FIRST_PEOPLE.into_iter().chain(people).take(20).collect();
    page.lists(&shown);
    page
}
