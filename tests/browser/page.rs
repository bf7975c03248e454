//! The page of the People demo as a person sees and uses it.

use std::thread::{panicking, sleep};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::Server;
use crate::webdriver::Browser;

/// How long the page may take to show something on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The people that a new database holds, as the page lists them.
pub const FIRST_PEOPLE: [(&str, &str); 3] = [
    ("Kent", "Brockman"),
    ("Bunny", "Easter"),
    ("Doug", "Farrell"),
];

/// The open page, with a browser and a server of its own. It must be closed.
pub struct Page {
    pub browser: Browser,
    pub server: Server,
    /// Where everything must come from.
    root: String,
    is_closed: bool,
}

impl Page {
    /// Opens the page on a server that keeps its people in memory.
    pub fn open() -> Self {
        let page = Self::at(Server::start("memory"), "");
        page.lists(&FIRST_PEOPLE);
        page
    }

    /// Opens what a server has at `path`, which is relative to its root.
    pub fn at(server: Server, path: &str) -> Self {
        let root = server.url.clone();
        Self::below(root, server, path)
    }

    /// Opens what is at `path` below `root`, behind which is a server.
    pub fn below(root: String, server: Server, path: &str) -> Self {
        let browser = Browser::start();
        browser.go(&format!("{root}{path}"));
        Self {
            browser,
            server,
            root,
            is_closed: false,
        }
    }

    /// Adds people past the page; it shows them when it reads the list again.
    pub fn add(&self, people: &[(&str, &str)]) {
        for (fname, lname) in people {
            let url = format!("{}api/people", self.server.url);
            let person = json!({ "fname": fname, "lname": lname });
            let request = ureq::post(url).content_type("application/json");
            request
                .send(person.to_string())
                .expect("the person is created");
        }
    }

    pub fn click(&self, selector: &str) {
        self.browser.click(selector);
    }

    /// Puts names into the fields, in place of what is there.
    pub fn fill(&self, fname: &str, lname: &str) {
        for (field, name) in [("fname", fname), ("lname", lname)] {
            let clear = "const field = document.getElementById(arguments[0]); field.focus(); field.value = '';";
            self.browser.run(clear, json!([field]));
            self.browser.insert(name);
        }
    }

    /// Fills the fields and presses a button.
    pub fn submit(&self, fname: &str, lname: &str, button: &str) {
        self.fill(fname, lname);
        self.click(button);
    }

    /// Double-clicks the row at a place, which counts from 1.
    pub fn choose(&self, place: usize) {
        self.browser.double_click(&format!(
            "#people tbody tr:nth-child({place}) td:nth-child(3)"
        ));
    }

    /// Waits until the table lists exactly these people.
    pub fn lists(&self, people: &[(&str, &str)]) {
        let names = "[...document.querySelectorAll('#people tbody tr')].map(row => \
                     [row.cells[0].textContent, row.cells[1].textContent])";
        self.until(names, json!(people));
    }

    /// Waits until the fields hold these names.
    pub fn holds(&self, fname: &str, lname: &str) {
        self.until(
            "[document.getElementById('fname').value, document.getElementById('lname').value]",
            json!([fname, lname]),
        );
    }

    /// Waits until an element is seen with this text, without the invisible characters that keep names apart.
    pub fn shows(&self, selector: &str, text: &str) {
        let expression = format!(
            "[...document.querySelectorAll({selector:?})].filter(it => it.checkVisibility())\
             .map(it => it.textContent.replace(/[\\u2068\\u2069]/g, '')).join()"
        );
        self.until(&expression, json!(text));
    }

    /// Waits until a failure is announced, with its heading and its words.
    pub fn alerts(&self, title: &str, detail: &str) {
        self.shows("#alert strong", title);
        self.shows("#alert p", detail);
    }

    /// Waits until exactly these fields are marked, each described by what is wrong with it.
    pub fn blames(&self, faults: &[(&str, &str)]) {
        let marked = "[...document.querySelectorAll('[aria-invalid=true]')].map(it => \
                      [it.id, document.getElementById(it.getAttribute('aria-describedby')).textContent])";
        self.until(marked, json!(faults));
    }

    /// Waits until the element with this id has the focus.
    pub fn focuses(&self, id: &str) {
        self.until("document.activeElement.id", json!(id));
    }

    /// Waits until a JavaScript expression has a value.
    pub fn until(&self, expression: &str, expected: Value) {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let found = self.browser.run(&format!("return {expression}"), json!([]));
            if found == expected {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "expected {expected}, found {found}, of {expression}"
            );
            sleep(Duration::from_millis(25));
        }
    }

    /// Ends the test: the console has logged nothing but these refusals, such as `404 /api/people/Simson`, in this order, and
    /// every request went to this server.
    pub fn close(mut self, refusals: &[&str]) {
        self.is_closed = true;
        let console: Vec<String> = self
            .browser
            .log("browser")
            .iter()
            .map(|it| self.shortened(it))
            .collect();
        assert_eq!(console, refusals);
        for url in self.requests() {
            assert!(
                url.starts_with(&self.root) || url.starts_with("data:"),
                "a request to another host: {url}"
            );
        }
    }

    /// A message of the console; shorter, if it reports that a request was refused.
    fn shortened(&self, entry: &Value) -> String {
        let message = entry["message"].as_str().unwrap_or_default();
        let refusal = message
            .split_once(" - Failed to load resource: the server responded with a status of ");
        match refusal {
            Some((url, status)) => {
                format!("{} /{}", &status[..3], url.trim_start_matches(&self.root))
            }
            None => message.to_owned(),
        }
    }

    fn requests(&self) -> Vec<String> {
        let entries = self.browser.log("performance");
        let messages = entries
            .iter()
            .filter_map(|it| serde_json::from_str::<Value>(it["message"].as_str()?).ok());
        let requests = messages.filter(|it| it["message"]["method"] == "Network.requestWillBeSent");
        let urls: Vec<String> = requests
            .filter_map(|it| {
                Some(
                    it["message"]["params"]["request"]["url"]
                        .as_str()?
                        .to_owned(),
                )
            })
            .collect();
        assert!(!urls.is_empty(), "the browser logs its requests");
        urls
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        assert!(self.is_closed || panicking(), "a test ends with `close`");
    }
}
