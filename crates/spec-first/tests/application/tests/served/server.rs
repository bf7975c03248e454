//! A program of this package on a free port, and requests to it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ureq::Agent;
use ureq::http::Request;

/// How long a test waits for a response.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A running program; killed when dropped.
pub struct Server {
    child: Child,
    address: String,
}

/// A response: its status, its header `Location` (empty if it is absent) and its body.
pub type Response = (u16, String, String);

/// What was sent in response to a request with `Accept`; a header is empty if it is absent.
#[derive(Debug, PartialEq)]
pub struct Sent {
    pub status: u16,
    pub media_type: String,
    pub disposition: String,
    pub body: String,
}

/// A program of this package with no variable of its options in the environment.
pub fn program(path: &str) -> Command {
    let mut command = Command::new(path);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TASKS_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

impl Server {
    /// The application.
    pub fn start() -> Self {
        Self::spawn(program(env!("CARGO_BIN_EXE_tasks")))
    }

    /// The mock.
    pub fn start_mock() -> Self {
        Self::spawn(program(env!("CARGO_BIN_EXE_tasks-mock")))
    }

    /// A program that prints its address.
    pub fn spawn(mut command: Command) -> Self {
        let variables = [
            ("TASKS_LISTEN", "127.0.0.1:0"),
            ("TASKS_LOG_LEVEL", "error"),
        ];
        let command = command.envs(variables).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let output = child.stdout.take().expect("the output is piped");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()));
        Self {
            child,
            address: address.expect("the program prints its address"),
        }
    }

    /// Where it listens: `127.0.0.1` and a port.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn get(&self, path: &str) -> Response {
        get(&self.address, path)
    }

    /// Sends a GET of a client that accepts these media types.
    pub fn accepting(&self, path: &str, accept: &str) -> Sent {
        let request = Request::get(format!("http://{}{path}", self.address));
        let request = request.header("Accept", accept).body(());
        let response = agent().run(request.expect("a request"));
        let mut response = response.expect("a response");
        let header = |name| {
            let value = response.headers().get(name);
            value
                .map_or("", |it| it.to_str().expect("ASCII"))
                .to_owned()
        };
        Sent {
            status: response.status().as_u16(),
            media_type: header("content-type"),
            disposition: header("content-disposition"),
            body: response.body_mut().read_to_string().expect("text"),
        }
    }

    /// Sends a JSON body, with the key of the application.
    pub fn post(&self, path: &str, body: &str) -> Response {
        self.post_with(path, body, "open sesame")
    }

    /// Sends a body of this media type, with the key of the application.
    pub fn send(&self, path: &str, media_type: &str, body: &str) -> Response {
        let request = Request::post(format!("http://{}{path}", self.address))
            .header("Content-Type", media_type)
            .header("X-Key", "open sesame");
        let response = agent().run(request.body(body).expect("a request"));
        read(response.expect("a response"))
    }

    /// Sends a JSON body with a key.
    pub fn post_with(&self, path: &str, body: &str, key: &str) -> Response {
        let request = Request::post(format!("http://{}{path}", self.address))
            .header("Content-Type", "application/json")
            .header("X-Key", key);
        let response = agent().run(request.body(body).expect("a request"));
        read(response.expect("a response"))
    }
}

/// Sends a GET to an address.
pub fn get(address: &str, path: &str) -> Response {
    let response = agent().get(format!("http://{address}{path}")).call();
    read(response.expect("a response"))
}

fn agent() -> Agent {
    let agent = Agent::config_builder().http_status_as_error(false);
    let agent = agent.max_redirects(0).timeout_global(Some(TIMEOUT));
    agent.build().new_agent()
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Response {
    let location = response.headers().get("location");
    let location = location.map_or("", |it| it.to_str().expect("ASCII"));
    let location = location.to_owned();
    let body = response.body_mut().read_to_string();
    let body = body.expect("the body is text");
    let status = response.status().as_u16();
    (status, location, without_request_id(&response, body))
}

/// The body of a problem without the id of its request, which has to be its last member.
fn without_request_id(response: &ureq::http::Response<ureq::Body>, body: String) -> String {
    let header = |name| response.headers().get(name).and_then(|it| it.to_str().ok());
    let id = header("x-request-id");
    match id.filter(|_| header("content-type") == Some("application/problem+json")) {
        Some(id) => {
            let end = format!(",\"request_id\":\"{id}\"}}");
            let rest = body.strip_suffix(&end);
            rest.unwrap_or_else(|| panic!("{body} ends with {end}"))
                .to_owned()
                + "}"
        }
        None => body,
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A response without `Location`.
pub fn plain(status: u16, body: &str) -> Response {
    (status, String::new(), body.to_owned())
}

/// A problem without a list of errors.
pub fn problem(status: u16, title: &str, detail: &str) -> Response {
    let body = format!(
        r#"{{"type":"about:blank","title":"{title}","status":{status},"detail":"{detail}"}}"#
    );
    plain(status, &body)
}
