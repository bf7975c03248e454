//! A long list: search, jump, address bar, and where somebody is who is not in view.

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};
use crate::paging::long_list;

const URL: &str = "location.pathname + location.search";

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_search_shows_whose_names_begin_with_it_and_how_many_they_are() {
    let page = long_list(38);
    search(&page, "zoo 1");
    page.shows("#position", "1–10 of 10");
    page.until(URL, json!("/?q=zoo+1"));
    page.until("document.querySelectorAll('tbody tr').length", json!(10));
    search(&page, "doug");
    page.lists(&[("Doug", "Farrell")]);
    search(&page, "nobody");
    page.lists(&[]);
    page.shows(
        "#absence p",
        "Nobody’s first or last name begins with “nobody”.",
    );
    page.click("#clear-search");
    page.focuses("search");
    page.shows("#position", "1–20 of 41");
    page.until("document.getElementById('search').value", json!(""));
    page.until(URL, json!("/"));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_number_leads_to_its_page() {
    let page = long_list(38);
    for (number, position) in [
        ("3", "41–41 of 41"),
        ("2", "21–40 of 41"),
        ("99", "41–41 of 41"),
        ("0", "1–20 of 41"),
    ] {
        jump(&page, number);
        page.shows("#position", position);
    }
    jump(&page, "");
    page.until("document.getElementById('page').value", json!("1"));
    page.shows("#pages", "of 3");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn back_forward_and_reload_keep_page_and_search() {
    let page = long_list(58);
    page.click("#next");
    page.shows("#position", "21–40 of 61");
    page.until(URL, json!("/?page=2"));
    search(&page, "zoo");
    page.shows("#position", "1–20 of 58");
    page.click("#next");
    page.shows("#position", "21–40 of 58");
    page.until(URL, json!("/?q=zoo&page=2"));
    page.browser.reload();
    page.shows("#position", "21–40 of 58");
    page.until("document.getElementById('search').value", json!("zoo"));
    for (step, position, q) in [
        ("back", "1–20 of 58", "zoo"),
        ("back", "21–40 of 61", ""),
        ("back", "1–20 of 61", ""),
        ("forward", "21–40 of 61", ""),
    ] {
        page.browser.run(&format!("history.{step}()"), json!([]));
        page.shows("#position", position);
        page.until("document.getElementById('search').value", json!(q));
    }
    // A page behind the end is the last one, and no step of its own.
    page.browser
        .go(&format!("{}?page=9&q=zoo", page.server.url));
    page.shows("#position", "41–58 of 58");
    page.until(URL, json!("/?q=zoo&page=3"));
    page.browser.run("history.back()", json!([]));
    page.shows("#position", "21–40 of 61");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_next_page_begins_behind_the_last_person_whatever_was_inserted() {
    let page = long_list(38);
    page.add(&[("Aaron", "Aaronson")]);
    page.click("#next");
    // By its number, the page would begin with somebody who has just been seen.
    page.until(
        "document.querySelector('tbody td:nth-child(2)')?.textContent",
        json!("Zoo 17"),
    );
    page.browser.reload();
    page.until(
        "document.querySelector('tbody td:nth-child(2)')?.textContent",
        json!("Zoo 17"),
    );
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn somebody_created_on_another_page_can_be_gone_to() {
    let page = long_list(98);
    for lname in ["Zoo 65x", "Zz", "Aa"] {
        page.click("#reset");
        page.browser.run("const [first] = ['next']; if (document.getElementById('page').value === '1') document.getElementById(first).click()", json!([]));
        page.until("document.getElementById('page').value !== '1'", json!(true));
        page.submit("Somebody", lname, "#create");
        page.shows("[role=status]", &format!("Created Somebody {lname}."));
        let here = format!(
            "[...document.querySelectorAll('tbody td:nth-child(2)')].some(it => it.textContent === '{lname}')"
        );
        if page.browser.run(&format!("return {here}"), json!([])) == json!(true) {
            continue;
        }
        page.shows("#step", "Show in the list");
        page.click("#step");
        page.until(&here, json!(true));
        page.until(
            "document.activeElement.cells?.[1].textContent",
            json!(lname),
        );
    }
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn somebody_created_in_view_needs_no_way_there() {
    let page = Page::open();
    page.submit("Homer", "Simpson", "#create");
    page.lists(&[FIRST_PEOPLE.as_slice(), &[("Homer", "Simpson")]].concat());
    page.shows("[role=status]", "Created Homer Simpson.");
    page.shows("#step", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_step_that_fails_leaves_page_and_address_and_can_be_tried_again_in_view() {
    let page = long_list(38);
    page.browser.run("window.scrollTo(0, 1e6); window.real = window.fetch; window.fetch = async () => { throw new TypeError() }", json!([]));
    page.click("#next");
    page.shows(
        "#list-failure p",
        "The list could not be read. The server can’t be reached. Check the connection, then try again.",
    );
    let in_view = "(it => it.top >= 0 && it.bottom <= innerHeight)(document.getElementById('retry').getBoundingClientRect())";
    page.until(in_view, json!(true));
    page.shows("#position", "1–20 of 41");
    page.until(URL, json!("/"));
    page.until("document.getElementById('page').value", json!("1"));
    page.browser.run("window.fetch = window.real", json!([]));
    page.click("#retry");
    page.shows("#position", "21–40 of 41");
    page.shows("#list-failure", "");
    // The button that had the focus is gone.
    page.focuses("search");
    page.until(URL, json!("/?page=2"));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_next_page_begins_at_its_top() {
    let page = long_list(38);
    page.browser.run("window.scrollTo(0, 1e6)", json!([]));
    page.until(
        "document.getElementById('list').getBoundingClientRect().top < 0",
        json!(true),
    );
    page.click("#next");
    page.until(
        "document.getElementById('list').getBoundingClientRect().top >= 0",
        json!(true),
    );
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_list_says_how_it_is_sorted_and_when_it_was_here() {
    let page = Page::open();
    page.until(
        "document.querySelector('[aria-sort=ascending]').textContent",
        json!("Last Name"),
    );
    let zone = json!({ "timezoneId": "Asia/Tokyo" });
    page.browser.devtools("Emulation.setTimezoneOverride", zone);
    page.browser.reload();
    page.lists(&FIRST_PEOPLE);
    let hours = "(it => new Date(it.dateTime).getHours() === (new Date(it.dateTime).getUTCHours() + 9) % 24 && it.title.includes('GMT+9'))\
                 (document.querySelector('td time'))";
    page.until(hours, json!(true));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn while_the_list_is_read_a_bar_runs_and_the_people_stay_readable() {
    let page = long_list(38);
    page.browser
        .run("window.fetch = () => new Promise(() => {})", json!([]));
    page.click("#next");
    page.until(
        "getComputedStyle(document.querySelector('.bar')).visibility",
        json!("visible"),
    );
    page.until("document.getElementById('people').ariaBusy", json!("true"));
    page.until("[...document.querySelectorAll('#people, #people *')].every(it => getComputedStyle(it).opacity === '1')", json!(true));
    page.close(&[]);
}

/// Types a search in place of the one before.
fn search(page: &Page, text: &str) {
    page.browser.run(
        "const field = document.getElementById('search'); field.focus(); field.select()",
        json!([]),
    );
    page.browser.insert(text);
}

/// Enters the number of a page.
fn jump(page: &Page, number: &str) {
    let script = "const field = document.getElementById('page'); field.value = arguments[0]; \
                  field.dispatchEvent(new Event('change', { bubbles: true }))";
    page.browser.run(script, json!([number]));
}
