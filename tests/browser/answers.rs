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
    let answer = |number: usize| {
        page.until(&format!("held.length > {number}"), json!(true));
        page.browser.run(&format!("held[{number}]()"), json!([]));
    };
    // Who it is that is deleted, and the change.
    page.submit("", "Easter", "#delete");
    answer(0);
    answer(1);
    // The list after the first change is held; the second change's list overtakes it.
    page.until("held.length", json!(3));
    page.submit("", "Farrell", "#delete");
    answer(3);
    answer(4);
    answer(5);
    page.lists(&[("Kent", "Brockman")]);
    answer(2);
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
    for (answer, detail) in [
        (
            json!([502, "text/html", "<h1>Bad Gateway</h1>"]),
            "The answer is not from the People API (status 502). Try again later.",
        ),
        (
            json!([200, "application/json", "{"]),
            "The answer is not from the People API (status 200). Try again later.",
        ),
        (
            json!([500, "application/problem+json", "{}"]),
            "The server failed; its log says why.",
        ),
        (
            json!([418, "application/problem+json", "{}"]),
            "The server refused that (status 418).",
        ),
        (
            json!([503, "application/problem+json", "{}", { "retry-after": "1" }]),
            "The server can’t do that just now. Try again in 1 second.",
        ),
    ] {
        answer_with(&page, answer);
        page.submit("Homer", "Simpson", "#create");
        page.alerts("Not created", detail);
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
    page.submit("Homer", "Simpson", "#create");
    page.shows(
        "#list-failure p",
        "The list could not be read. The answer is not from the People API (status 503). Try again later.",
    );
    // What was done is still told, and what was there is still shown.
    page.shows("[role=status]", "Created Homer Simpson.");
    page.lists(&FIRST_PEOPLE);
    page.browser.run("window.fetch = real", json!([]));
    page.click("#retry");
    page.lists(&[FIRST_PEOPLE.as_slice(), &[("Homer", "Simpson")]].concat());
    page.shows("#list-failure, [role=alert] *", "");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_server_that_is_too_slow_may_have_done_what_it_did_not_answer() {
    let page = Page::open();
    let late =
        "AbortSignal.timeout = () => AbortSignal.abort(new DOMException('', 'TimeoutError'))";
    page.browser.run(late, json!([]));
    page.submit("Homer", "Simpson", "#create");
    page.alerts(
        "Not created",
        "The server did not answer within 15 seconds. Whether it is done, the list shows.",
    );
    page.shows(
        "#list-failure p",
        "The list could not be read. The server did not answer within 15 seconds.",
    );
    page.holds("Homer", "Simpson");
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

/// Answers every request with this status, content type, body and other headers.
pub fn answer_with(page: &Page, answer: Value) {
    let script = "const [status, type, body, headers] = arguments; \
                  window.fetch = async () => new Response(body, { status, headers: { 'content-type': type, ...headers } })";
    page.browser.run(script, answer);
}
