//! Swagger UI, as the browser sees it.

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};
use crate::server::Server;

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn swagger_ui_lists_the_five_operations() {
    let page = Page::at(Server::start("memory"), "api/ui/");
    let operations = "[...document.querySelectorAll('.opblock')].map(it => \
                      it.querySelector('.opblock-summary-method').textContent + ' ' + \
                      it.querySelector('.opblock-summary-path').dataset.path)";
    let expected = [
        "GET /people",
        "POST /people",
        "GET /people/{lname}",
        "PUT /people/{lname}",
        "DELETE /people/{lname}",
    ];
    page.until(operations, json!(expected));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn try_it_out_and_execute_answer_200_with_the_people() {
    let page = Page::at(Server::start("memory"), "api/ui");
    page.until("document.querySelectorAll('.opblock').length", json!(5));
    page.click(".opblock-get .opblock-summary-control");
    wait_and_click(&page, ".try-out__btn");
    wait_and_click(&page, ".execute");
    page.shows(
        ".live-responses-table .response .response-col_status",
        "200",
    );
    page.until("document.querySelector('.live-responses-table .highlight-code').textContent.includes('Brockman')", json!(true));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_page_leads_to_swagger_ui() {
    let page = Page::open();
    page.click("nav a");
    page.until("document.querySelectorAll('.opblock').length", json!(5));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn each_status_has_its_own_example() {
    let page = Page::at(Server::start("memory"), "api/ui/");
    page.until("document.querySelectorAll('.opblock').length", json!(5));
    let open = "document.querySelectorAll('.opblock-summary-control').forEach(it => it.click())";
    page.browser.run(open, json!([]));
    let examples = "[...document.querySelectorAll('.responses-table .response')].filter(it => it.dataset.code >= '400')\
                    .map(it => it.dataset.code + ' ' + /\"status\": (\\d+)/.exec(it.querySelector('.highlight-code')?.textContent)?.[1])";
    let of =
        |codes: &[u16]| -> Vec<String> { codes.iter().map(|it| format!("{it} {it}")).collect() };
    let expected = [
        of(&[400, 500, 503]),
        of(&[400, 408, 409, 413, 415, 500, 503]),
        of(&[400, 404, 412, 500, 503]),
        of(&[400, 404, 408, 409, 412, 413, 415, 500, 503]),
        of(&[400, 404, 412, 500, 503]),
    ];
    page.until(examples, json!(expected.concat()));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_example_of_a_new_person_can_be_tried_out_as_it_is() {
    let page = Page::at(Server::start("memory"), "api/ui/");
    open(&page, "post", "/people");
    page.until("document.querySelector('.execute') !== null", json!(true));
    executes(&page, "201");
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn limits_are_shown_beside_the_parameters() {
    let page = Page::at(Server::start("memory"), "api/ui/");
    open(&page, "get", "/people");
    page.until(
        "document.querySelector('tr[data-param-name=length]').textContent.includes('maximum: 1000')",
        json!(true),
    );
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn swagger_ui_is_as_dark_as_the_system_and_leads_back_to_the_page() {
    let page = Page::at(Server::start("memory"), "api/ui/");
    for (scheme, ground) in [("dark", "rgb(28, 32, 34)"), ("light", "rgba(0, 0, 0, 0)")] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        page.browser
            .devtools("Emulation.setEmulatedMedia", features);
        let found = "getComputedStyle(document.documentElement).backgroundColor";
        page.until(found, json!(ground));
    }
    page.click(".back a");
    page.lists(&FIRST_PEOPLE);
    page.close(&[]);

    // Without a page, there is nothing to lead back to.
    let page = Page::at(Server::start_mock_of_tasks(), "v1/ui/");
    page.until(
        "document.querySelectorAll('.opblock').length > 0",
        json!(true),
    );
    page.until("document.querySelector('.back')", json!(null));
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn try_it_out_sends_lists_and_objects_in_the_query() {
    let page = Page::at(Server::start_mock_of_tasks(), "v1/ui/");
    open(&page, "get", "/tasks");
    let choose = "for (const option of document.querySelectorAll('tr[data-param-name=state] option')) \
                  option.selected = true; \
                  document.querySelector('tr[data-param-name=state] select') \
                  .dispatchEvent(new Event('change', { bubbles: true }));";
    page.browser.run(choose, json!([]));
    enter(
        &page,
        "tr[data-param-name=due] textarea",
        r#"{"from": "2026-11-30"}"#,
    );
    executes(&page, "200");
    let url = "new URL(document.querySelector('.request-url pre').textContent).search";
    page.until(
        url,
        json!("?state=open&state=done&due%5Bfrom%5D=2026-11-30&limit=20"),
    );
    enter(
        &page,
        "tr[data-param-name=due] textarea",
        r#"{"from": "soon"}"#,
    );
    executes(&page, "400");
    page.close(&["400 /v1/tasks?state=open&state=done&due%5Bfrom%5D=soon&limit=20"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn try_it_out_uploads_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (notes, page_of_notes) = (
        folder.path().join("notes.txt"),
        folder.path().join("a.html"),
    );
    std::fs::write(&notes, "At noon.").expect("the file is written");
    std::fs::write(&page_of_notes, "<p>At noon.").expect("the file is written");
    let page = Page::at(Server::start_mock_of_tasks(), "v1/ui/");
    open(&page, "post", "/tasks/{number}/attachments");
    enter(&page, "tr[data-param-name=number] input", "1");
    page.browser.choose_file("input[type=file]", &notes);
    executes(&page, "201");
    // Of another type than the spec lists for the part.
    page.browser.choose_file("input[type=file]", &page_of_notes);
    executes(&page, "415");
    page.close(&["415 /v1/tasks/1/attachments"]);
}

/// Opens an operation to try it out.
fn open(page: &Page, method: &str, path: &str) {
    let operation = format!(".opblock-{method}:has([data-path={path:?}])");
    wait_and_click(page, &format!("{operation} .opblock-summary-control"));
    wait_and_click(page, ".try-out__btn");
}

/// Enters a text into a field of React, in place of what is there.
fn enter(page: &Page, selector: &str, text: &str) {
    page.until(
        &format!("document.querySelector({selector:?}) !== null"),
        json!(true),
    );
    let select =
        "const field = document.querySelector(arguments[0]); field.focus(); field.select();";
    page.browser.run(select, json!([selector]));
    page.browser.insert(text);
}

/// Sends the request, which is answered with this status, whether the spec has it or not.
fn executes(page: &Page, status: &str) {
    page.click(".execute");
    let found = "document.querySelector('.live-responses-table .response .response-col_status')";
    page.until(&format!("{found}?.textContent.slice(0, 3)"), json!(status));
}

fn wait_and_click(page: &Page, selector: &str) {
    page.until(
        &format!("document.querySelector({selector:?}) !== null"),
        json!(true),
    );
    page.click(selector);
}
