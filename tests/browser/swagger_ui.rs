//! Swagger UI, as the browser sees it.

use serde_json::json;

use crate::page::Page;
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

fn wait_and_click(page: &Page, selector: &str) {
    page.until(
        &format!("document.querySelector({selector:?}) !== null"),
        json!(true),
    );
    page.click(selector);
}
