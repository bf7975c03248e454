//! Answers that come late, twice, in the wrong order or from somebody else: `fetch` replaces the network.

use serde_json::{Value, json};

use crate::page::{FIRST_PEOPLE, Page};

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn while_a_change_runs_its_button_is_busy_and_no_other_is_sent() {
    let page = Page::open();
    hold_answers(&page);
    page.submit("Homer", "Simpson", "#create");
    page.until(
        "['create', 'update', 'delete'].map(id => document.getElementById(id).ariaDisabled)",
        json!(["true", "true", "true"]),
    );
    page.until(
        "[...document.querySelectorAll('button[aria-busy=true]')].map(it => it.id)",
        json!(["create"]),
    );
    for button in ["#create", "#update", "#delete"] {
        page.click(button);
    }
    page.until("held.length", json!(1));
    page.browser.run("held[0]()", json!([]));
    page.until(
        "document.querySelector('#create').ariaDisabled",
        json!(null),
    );
    page.until("held.length", json!(2));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn an_older_list_does_not_overwrite_a_newer_one() {
    let page = Page::open();
    hold_answers(&page);
    page.submit("", "Easter", "#delete");
    page.until("held.length", json!(1));
    page.browser.run("held[0]()", json!([]));
    // The list after the first change is held; the second change's list overtakes it.
    page.until("held.length", json!(2));
    page.submit("", "Farrell", "#delete");
    page.until("held.length", json!(3));
    page.browser.run("held[2]()", json!([]));
    page.until("held.length", json!(4));
    page.browser.run("held[3]()", json!([]));
    page.lists(&[("Kent", "Brockman")]);
    page.browser.run("held[1]()", json!([]));
    page.shows("[role=alert] *", "");
    page.lists(&[("Kent", "Brockman")]);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn names_typed_while_a_change_runs_are_kept() {
    let page = Page::open();
    hold_answers(&page);
    page.submit("Homer", "Simpson", "#create");
    page.until("held.length", json!(1));
    page.fill("Ned", "Flanders");
    page.browser.run("held[0]()", json!([]));
    page.shows("[role=status]", "Created Homer Simpson.");
    page.holds("Ned", "Flanders");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_response_that_is_not_json_is_reported_with_its_status() {
    let page = Page::open();
    for (answer, title, detail) in [
        (
            json!([502, "text/html", "<h1>Bad Gateway</h1>"]),
            "Status 502",
            "The server's answer is not JSON.",
        ),
        (
            json!([200, "application/json", "{"]),
            "Status 200",
            "The server's answer is not JSON.",
        ),
        (
            json!([500, "application/problem+json", "{}"]),
            "Status 500",
            "The server says no more than that.",
        ),
    ] {
        answer_with(&page, answer);
        page.submit("Homer", "Simpson", "#create");
        page.alerts(title, detail);
        page.holds("Homer", "Simpson");
    }
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_list_that_could_not_be_read_can_be_tried_again() {
    let page = Page::open();
    let real = "window.real = window.fetch";
    page.browser.run(real, json!([]));
    let broken = "window.fetch = (url, request) => request.method === 'GET' \
                  ? Promise.resolve(new Response('[]', { status: 503 })) : real(url, request)";
    page.browser.run(broken, json!([]));
    page.submit("", "Easter", "#delete");
    page.shows("#absence p", "The list could not be read.");
    page.alerts("Status 503", "The server's answer is not JSON.");
    page.browser.run("window.fetch = real", json!([]));
    page.click("#retry");
    page.lists(&[("Kent", "Brockman"), ("Doug", "Farrell")]);
    page.shows("#absence, [role=alert] *", "");
    page.close(&[]);
}

/// Lets requests through, but keeps each answer until `held[n]()`.
fn hold_answers(page: &Page) {
    let script = "const real = window.fetch; window.held = []; \
                  window.fetch = async (url, { signal, ...request }) => { \
                    const answer = await real(url, request); \
                    return new Promise(resolve => held.push(() => resolve(answer))); \
                  }";
    page.browser.run(script, json!([]));
}

/// Answers every request with this status, content type and body.
fn answer_with(page: &Page, answer: Value) {
    let script = "const [status, type, body] = arguments; \
                  window.fetch = async () => new Response(body, { status, headers: { 'content-type': type } })";
    page.browser.run(script, answer);
}
