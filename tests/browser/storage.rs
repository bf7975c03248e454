//! Data that stays.

use tempfile::TempDir;

use crate::page::{FIRST_PEOPLE, Page};
use crate::server::Server;

#[test]
#[ignore = "needs Chromium and chromedriver: run tests/run"]
fn what_was_created_is_there_after_a_reload_and_after_a_crash_of_the_server() {
    let folder = TempDir::new().expect("there is room for a database");
    let database = format!("sqlite:{}", folder.path().join("people.db").display());
    let everybody = [FIRST_PEOPLE.as_slice(), &[("Homer", "Simpson")]].concat();

    let mut page = Page::at(Server::start(&database), "");
    page.submit("Homer", "Simpson", "#create");
    page.lists(&everybody);
    page.browser.reload();
    page.lists(&everybody);
    page.server.kill();
    page.close(&[]);

    let page = Page::at(Server::start(&database), "");
    page.lists(&everybody);
    page.close(&[]);
}
