//! The pictures of the README, taken anew when `PEOPLE_SCREENSHOTS` names a folder for them.

use std::path::Path;

use serde_json::json;

use crate::page::{FIRST_PEOPLE, Page};
use crate::server::Server;

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn the_pictures_of_the_readme_can_be_taken() {
    let page = Page::open();
    page.choose(3);
    page.holds("Doug", "Farrell");
    page.lists(&FIRST_PEOPLE);
    take(&page, "page.png", 580);
    page.close(&[]);

    let page = Page::at(Server::start("memory"), "api/ui/");
    page.until("document.querySelectorAll('.opblock').length", json!(5));
    take(&page, "swagger-ui.png", 600);
    page.close(&[]);
}

/// Takes a picture 1280 pixels wide, once what moves has come to rest.
fn take(page: &Page, name: &str, height: u32) {
    let window =
        json!({ "width": 1280, "height": height, "deviceScaleFactor": 1, "mobile": false });
    page.browser
        .devtools("Emulation.setDeviceMetricsOverride", window);
    let unbar = "document.documentElement.style.overflow = 'hidden'";
    page.browser.run(unbar, json!([]));
    page.until("document.getAnimations().length", json!(0));
    let picture = page.browser.screenshot();
    assert_eq!(&picture[..4], b"\x89PNG");
    if let Some(folder) = std::env::var_os("PEOPLE_SCREENSHOTS") {
        std::fs::write(Path::new(&folder).join(name), picture).expect("the folder can be written");
    }
}
