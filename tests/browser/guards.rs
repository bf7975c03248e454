//! `close` itself: what every test forbids is noticed.

use serde_json::json;

use crate::page::Page;

#[test]
#[should_panic(expected = "an error of the page")]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn an_error_on_the_console_is_noticed() {
    let page = Page::open();
    page.browser
        .run("console.error('an error of the page')", json!([]));
    page.close(&[]);
}

#[test]
#[should_panic(expected = "a request to another host")]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn a_request_to_another_host_is_noticed() {
    let page = Page::open();
    let elsewhere = page.server.url.replace("127.0.0.1", "localhost");
    page.browser.go(&elsewhere);
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_page_may_not_run_or_load_what_is_not_its_own() {
    let page = Page::open();
    let script = "const script = document.createElement('script'); script.textContent = 'window.harm = 1'; \
                  document.body.append(script); \
                  return fetch('http://localhost:1/').then(() => 'sent', () => 'refused').then(it => [it, window.harm ?? 'no harm'])";
    assert_eq!(
        page.browser.run(script, json!([])),
        json!(["refused", "no harm"])
    );
    assert_eq!(page.browser.log("browser").len(), 3);
    page.close(&[]);
}
