//! What can be measured of how the page looks: width, direction, contrast.

use serde_json::json;

use crate::page::Page;
use crate::paging::long_list;

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn nothing_is_wider_than_a_phone() {
    let page = Page::open();
    let long = (
        "W".repeat(64),
        "Keihanaikukauakahihuliheekahaunaele".to_owned(),
    );
    page.add(&[(&long.0, &long.1)]);
    let phone = json!({ "width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": true });
    page.browser
        .devtools("Emulation.setDeviceMetricsOverride", phone);
    page.browser.reload();
    page.until("document.querySelectorAll('tbody tr').length", json!(4));
    page.submit(&long.0, &long.1, "#create");
    page.shows("[role=alert] strong", "Not created");
    page.until("document.scrollingElement.scrollWidth", json!(320));
    page.close(&["409 /api/people"]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn large_text_has_room_on_a_phone_and_on_a_desk() {
    let page = long_list(58);
    page.choose(3);
    page.submit("", "Easter", "#delete");
    page.shows("#step", "Undo");
    for (width, height) in [(320, 640), (375, 667), (768, 1024), (1280, 800)] {
        let window = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700 });
        page.browser
            .devtools("Emulation.setDeviceMetricsOverride", window);
        for size in ["100%", "150%", "200%"] {
            let resize = "document.documentElement.style.fontSize = arguments[0]; scrollTo(0, 1e6)";
            page.browser.run(resize, json!([size]));
            // The foot of the list lies over rows, where it stays in view.
            let unpin = "document.querySelector('.list-foot').style.position = 'static'; \
                          document.querySelector('.list-head').style.position = 'relative'; scrollTo(0, 0)";
            page.browser.run(unpin, json!([]));
            let bad = page.browser.run(include_str!("overlaps.js"), json!([]));
            assert_eq!(bad, json!([]), "{width} {size}");
            page.until(
                "document.scrollingElement.scrollWidth <= innerWidth",
                json!(true),
            );
        }
    }
    page.close(&[]);
}

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn text_stands_out_from_its_ground_in_light_and_dark() {
    let page = long_list(38);
    page.submit("", "Easter", "#delete");
    page.shows("#step", "Undo");
    stands_out(&page);
    page.submit("", "", "#create");
    page.shows("[role=alert] strong", "Not created");
    let fail = "window.fetch = async () => { throw new TypeError() }";
    page.browser.run(fail, json!([]));
    page.click("#next");
    page.until(
        "document.getElementById('list-failure').checkVisibility()",
        json!(true),
    );
    stands_out(&page);
    let ask = "document.getElementById('conflict').showModal(); document.getElementById('conflict-time').textContent = 'Time'";
    page.browser.run(ask, json!([]));
    stands_out(&page);
    page.close(&[]);
}

#[track_caller]
fn stands_out(page: &Page) {
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        page.browser
            .devtools("Emulation.setEmulatedMedia", features);
        page.until("document.getAnimations().length", json!(0));
        let ground =
            "getComputedStyle(document.documentElement).backgroundColor !== 'rgba(0, 0, 0, 0)'";
        page.until(ground, json!(true));
        assert_eq!(
            page.browser.run(include_str!("faint.js"), json!([])),
            json!([]),
            "{scheme}"
        );
    }
}
