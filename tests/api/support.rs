//! A real server on a port of its own, and ways to talk to it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::http::{HeaderMap, Request};

/// How long a test waits for what must happen.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// A server process; killed when dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// The lines of the standard output and of the standard error output, as they come.
    pub out: Lines,
    pub log: Lines,
}

/// Lines that a process writes.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<String>>>);

/// A response.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// The program with an environment of ours.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_people"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PEOPLE_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Runs the program to its end.
pub fn run(command: &mut Command) -> Output {
    command.output().expect("the program runs")
}

impl Server {
    /// Starts the program on a free port with a database in memory.
    pub fn start(options: &[&str]) -> Self {
        let mut command = program();
        command
            .args(["--listen", "127.0.0.1:0", "--database", "memory"])
            .args(options);
        Self::spawn(command)
    }

    /// Starts the program on a free port in this folder, where it makes its database.
    pub fn start_in(folder: &Path, options: &[&str]) -> Self {
        let mut command = program();
        command
            .current_dir(folder)
            .args(["--listen", "127.0.0.1:0"])
            .args(options);
        Self::spawn(command)
    }

    /// Starts a server by a command that prints its address as the program does.
    pub fn spawn(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let out = Lines::read(child.stdout.take().expect("a pipe"));
        let log = Lines::read(child.stderr.take().expect("a pipe"));
        let greeting = out.wait_for(|line| line.contains(" is served at "));
        let address = greeting
            .rsplit(' ')
            .next()
            .and_then(|it| it.parse().ok())
            .expect("an address");
        Self {
            child,
            address,
            out,
            log,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send("GET", path, headers, "")
    }

    /// Sends a request; without a body if `body` is empty.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let agent = agent();
        let response = if body.is_empty() {
            agent.run(request.body(()).expect("a request"))
        } else {
            agent.run(request.body(body).expect("a request"))
        };
        Reply::read(response.expect("a response"))
    }

    /// Sends a JSON body.
    pub fn send_json(&self, method: &str, path: &str, body: &str) -> Reply {
        self.send(method, path, &[("Content-Type", "application/json")], body)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(TIMEOUT)).expect("a timeout");
        stream
    }

    /// Sends these very bytes, and reads what comes until the server closes the connection.
    pub fn exchange(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream
            .write_all(request.as_bytes())
            .expect("the request is sent");
        rest(&mut stream)
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The resident memory in KiB.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).expect("a process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.expect("its memory").parse().expect("a number")
    }

    /// Sends SIGTERM, SIGINT and the like.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Whether the process has not ended.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for the process to end.
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + TIMEOUT;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the server did not stop");
    }
}

/// Sends a GET to an address that need not be the server's.
pub fn get(url: &str) -> Reply {
    let request = Request::get(url).body(()).expect("a request");
    Reply::read(agent().run(request).expect("a response"))
}

fn agent() -> ureq::Agent {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .timeout_global(Some(TIMEOUT));
    agent.build().new_agent()
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Lines {
    fn read(source: impl Read + Send + 'static) -> Self {
        let lines = Self::default();
        let collected = lines.clone();
        thread::spawn(move || {
            for line in BufReader::new(source).lines().map_while(Result::ok) {
                collected.0.lock().expect("no panic").push(line);
            }
        });
        lines
    }

    pub fn all(&self) -> Vec<String> {
        self.0.lock().expect("no panic").clone()
    }

    /// Waits for a line, and returns it.
    pub fn wait_for(&self, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + TIMEOUT;
        while Instant::now() < deadline {
            if let Some(line) = self.all().into_iter().find(|line| wanted(line)) {
                return line;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("waited for a line in vain; there are {:#?}", self.all());
    }
}

impl Reply {
    fn read(response: ureq::http::Response<ureq::Body>) -> Self {
        let (head, mut body) = response.into_parts();
        let body = body.read_to_vec().expect("a body");
        let mut reply = Self {
            status: head.status.as_u16(),
            headers: head.headers,
            body,
        };
        reply.check_request_id();
        reply
    }

    /// Asserts that a problem has the id of its request as its last member, and removes it.
    fn check_request_id(&mut self) {
        let id = self.header("x-request-id");
        let is_problem = self.header("content-type") == "application/problem+json";
        if is_problem && !id.is_empty() && !self.body.is_empty() {
            let end = format!(",\"request_id\":\"{id}\"}}");
            let body = self.text().strip_suffix(&end);
            let body = body.unwrap_or_else(|| panic!("{:?} ends with {end}", self.text()));
            self.body = format!("{body}}}").into_bytes();
        }
    }

    /// A header's value; empty if it is absent.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("a header of ASCII"))
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

/// What comes until the other side closes.
pub fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset after the response is an end like any other.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Asserts that a reply is this problem, to the byte.
#[track_caller]
pub fn assert_problem(reply: &Reply, status: u16, title: &str, detail: &str) {
    let detail = serde_json::to_string(detail).expect("JSON");
    let body = format!(
        r#"{{"type":"about:blank","title":"{title}","status":{status},"detail":{detail}}}"#
    );
    assert_eq!((reply.status, reply.text()), (status, body.as_str()));
    assert_eq!(reply.header("content-type"), "application/problem+json");
}
