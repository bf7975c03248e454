//! A browser under test: headless Chromium by way of chromedriver (W3C WebDriver). It knows nothing of the pages in it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::Agent;

/// How long an answer of chromedriver may take on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(60);
/// How often chromedriver is started, if it does not listen.
const ATTEMPTS: usize = 3;
/// Screenshots may be long.
const ANSWER_LIMIT: u64 = 64 << 20;

/// `--no-sandbox` since tests may run as root, where Chromium has no sandbox; the rest keeps it from calling home.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// One Chromium with a fresh profile. It ends with this value, whatever becomes of the test.
pub struct Browser {
    driver: Driver,
    agent: Agent,
    session: String,
    /// Kept for as long as the browser runs.
    profile: TempDir,
}

impl Browser {
    pub fn start() -> Self {
        let profile = TempDir::new().expect("there is room for a profile");
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT))
            .build()
            .new_agent();
        let mut browser = Self {
            driver: Driver::start(),
            agent,
            session: String::new(),
            profile,
        };
        let capabilities = json!({ "capabilities": { "alwaysMatch": browser.capabilities() } });
        let session = browser.command("/session", &capabilities);
        let id = session["sessionId"].as_str().expect("a session has an id");
        browser.session = format!("/session/{id}");
        browser.leave_new_tab_page();
        browser
    }

    /// Some builds begin with a page of their own, whose requests are none of ours.
    fn leave_new_tab_page(&self) {
        self.go("about:blank");
        self.log("performance");
    }

    fn capabilities(&self) -> Value {
        let profile = format!("--user-data-dir={}", self.profile.path().display());
        let arguments: Vec<&str> = ARGUMENTS
            .into_iter()
            .chain([profile.as_str(), "--window-size=1280,800"])
            .collect();
        json!({
            "browserName": "chrome",
            // The browser's own dialog for a name and a password, which no driver can answer, never opens: as if it was cancelled.
            "goog:chromeOptions": { "args": arguments, "localState": { "auth.basic_over_http_enabled": false } },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        })
    }

    pub fn go(&self, url: &str) {
        self.post("/url", json!({ "url": url }));
    }

    pub fn reload(&self) {
        self.post("/refresh", json!({}));
    }

    pub fn click(&self, selector: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/click"), json!({}));
    }

    /// Chooses a file in a field for one.
    pub fn choose_file(&self, selector: &str, file: &Path) {
        let element = self.find(selector);
        let text = json!({ "text": file.display().to_string() });
        self.post(&format!("/element/{element}/value"), text);
    }

    pub fn double_click(&self, selector: &str) {
        let element = self.find(selector);
        let origin = json!({ "element-6066-11e4-a52e-4f735466cecf": element });
        let (down, up) = (
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        );
        let moved = json!({ "type": "pointerMove", "origin": origin, "x": 0, "y": 0 });
        let actions =
            json!([{ "type": "pointer", "id": "mouse", "actions": [moved, down, up, down, up] }]);
        self.post("/actions", json!({ "actions": actions }));
    }

    /// Presses keys one after the other, wherever the focus is.
    pub fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                [
                    json!({ "type": "keyDown", "value": key }),
                    json!({ "type": "keyUp", "value": key }),
                ]
            })
            .collect();
        let actions = json!([{ "type": "key", "id": "keyboard", "actions": strokes }]);
        self.post("/actions", json!({ "actions": actions }));
    }

    /// Enters any text where the focus is, as an input method does: chromedriver's keys end at U+FFFF.
    pub fn insert(&self, text: &str) {
        self.devtools("Input.insertText", json!({ "text": text }));
    }

    /// What the body of a JavaScript function returns; a promise is waited for.
    pub fn run(&self, script: &str, arguments: Value) -> Value {
        self.post(
            "/execute/sync",
            json!({ "script": script, "args": arguments }),
        )
    }

    /// A command of the Chrome DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post(
            "/goog/cdp/execute",
            json!({ "cmd": command, "params": parameters }),
        )
    }

    /// What has been logged since the last time: of kind `browser` (the console) or `performance` (requests among others).
    pub fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.post("/se/log", json!({ "type": kind }));
        entries.as_array().expect("a log is a list").clone()
    }

    /// A picture of the window, as PNG.
    pub fn screenshot(&self) -> Vec<u8> {
        let picture = self.devtools("Page.captureScreenshot", json!({ "format": "png" }));
        BASE64_STANDARD
            .decode(picture["data"].as_str().unwrap_or_default())
            .expect("a picture comes in base64")
    }

    fn find(&self, selector: &str) -> String {
        let found = self.post(
            "/element",
            json!({ "using": "css selector", "value": selector }),
        );
        let id = found
            .as_object()
            .and_then(|it| it.values().next())
            .and_then(Value::as_str);
        id.expect("an element has an id").to_owned()
    }

    fn post(&self, path: &str, body: Value) -> Value {
        self.command(&format!("{}{path}", self.session), &body)
    }

    fn command(&self, path: &str, body: &Value) -> Value {
        let url = format!("http://127.0.0.1:{}{path}", self.driver.port);
        let mut response = self
            .agent
            .post(url)
            .send(body.to_string())
            .expect("chromedriver answers");
        let text = response
            .body_mut()
            .with_config()
            .limit(ANSWER_LIMIT)
            .read_to_string()
            .expect("an answer has an end");
        let mut answer: Value = serde_json::from_str(&text).expect("chromedriver answers in JSON");
        assert!(
            response.status().is_success(),
            "{path} {body}: {}",
            answer["value"]["message"]
        );
        answer["value"].take()
    }
}

/// A chromedriver process of its own, on a port of its own.
struct Driver {
    process: Child,
    port: u16,
    /// Kept open, since chromedriver would not survive writing to a closed pipe.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    fn start() -> Self {
        let attempts = std::iter::repeat_with(Self::attempt).take(ATTEMPTS);
        let started = attempts.flatten().next();
        started.expect("chromedriver prints its port")
    }

    /// None if it ends without a port: the one that it chose may have been taken meanwhile.
    fn attempt() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (tests/run does that)");
        let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let Some(port) = announced_port(&mut output) else {
            process.wait().ok();
            return None;
        };
        Some(Self {
            process,
            port,
            _output: output,
        })
    }

    /// Requests chromedriver to end, and with it the browser, which would outlive a kill.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream
            .write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            self.process.kill().ok();
        }
        self.process.wait().ok();
    }
}

fn announced_port(output: &mut impl BufRead) -> Option<u16> {
    output.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
}
