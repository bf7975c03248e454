//! Tests in a real browser: headless Chromium, driven by chromedriver, against the real binary.
//!
//! They are ignored unless asked for, since they need both installed: `tests/run` does that and runs them. Every test
//! ends with `close`, which fails on any message of the console that the test did not name and on any request to
//! another host.

mod answers;
mod authorization_server;
mod authorize;
mod buttons;
mod conflicts;
#[path = "../api/copy.rs"]
#[expect(dead_code, reason = "the tests of the API use the rest")]
mod copy;
mod errors;
mod finding;
mod guards;
mod keyboard;
mod looks;
mod names;
mod nginx;
mod page;
mod paging;
mod prefix;
mod screenshots;
mod secured;
mod server;
mod storage;
mod swagger_ui;
mod typed;
mod webdriver;
