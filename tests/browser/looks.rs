//! What can be measured of how the page looks: width, direction, contrast.

use serde_json::json;

use crate::page::Page;

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
fn text_stands_out_from_its_ground_in_light_and_dark() {
    let page = Page::open();
    page.submit("", "", "#create");
    page.shows("[role=alert] strong", "Not created");
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme }, { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        page.browser
            .devtools("Emulation.setEmulatedMedia", features);
        assert_eq!(
            page.browser.run(include_str!("faint.js"), json!([])),
            json!([]),
            "{scheme}"
        );
    }
    page.close(&[]);
}
