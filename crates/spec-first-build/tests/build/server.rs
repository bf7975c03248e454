//! A program of a copy, run with cargo, and requests to it.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use ureq::http::{Request, Response};
use ureq::{Agent, Body};

use crate::project::{Project, generator};

pub struct Server {
    cargo: Child,
    address: String,
    /// Keeps its connection.
    client: Agent,
}

impl Server {
    pub fn start(project: &Project) -> Self {
        Self::spawn(project, "copy", &[])
    }

    /// A server that logs nothing, with these variables in its environment.
    pub fn start_with(project: &Project, variables: &[(&str, &str)]) -> Self {
        let variables = [&[("TASKS_LOG_LEVEL", "off")], variables].concat();
        Self::spawn(project, "copy", &variables)
    }

    pub fn start_mock(project: &Project) -> Self {
        Self::spawn(project, "copy-mock", &[])
    }

    /// A server that logs all that it can, into a file.
    pub fn start_traced(project: &Project, log: &Path) -> Self {
        let log = File::create(log).expect("the file is made");
        let variables = [("TASKS_LOG_LEVEL", "trace")];
        Self::spawn_with(project, "copy", &variables, log.into())
    }

    fn spawn(project: &Project, program: &str, variables: &[(&str, &str)]) -> Self {
        Self::spawn_with(project, program, variables, Stdio::inherit())
    }

    fn spawn_with(
        project: &Project,
        program: &str,
        variables: &[(&str, &str)],
        errors: Stdio,
    ) -> Self {
        let mut cargo = project
            .cargo(&["run", "--quiet", "--bin", program])
            .env("OPENAPI_GENERATOR_CLI", generator())
            .env("TASKS_LISTEN", "127.0.0.1:0")
            .env("TASKS_LOG_LEVEL", "warn")
            .envs(variables.iter().copied())
            // The server is a child of cargo's, and has to end with it.
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(errors)
            .spawn()
            .expect("cargo runs");
        let output = cargo.stdout.take().expect("the output is piped");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()));
        let client = Agent::config_builder().http_status_as_error(false);
        Self {
            cargo,
            address: address.expect("the server prints its address"),
            client: client.allow_non_standard_methods(true).build().new_agent(),
        }
    }

    /// Status and body of the response to a GET.
    pub fn get(&self, path: &str) -> (u16, String) {
        read(self.client.get(self.url(path)).call())
    }

    /// Status and body of the response to a GET of a client that accepts these media types.
    pub fn get_as(&self, path: &str, accept: &str) -> (u16, String) {
        read(
            self.client
                .get(self.url(path))
                .header("Accept", accept)
                .call(),
        )
    }

    /// Status of the response to a POST of JSON.
    pub fn post(&self, path: &str, body: &str) -> u16 {
        self.send(path, body).0
    }

    /// Status and body of the response to a POST of JSON.
    pub fn send(&self, path: &str, body: &str) -> (u16, String) {
        let request = self.client.post(self.url(path));
        read(request.content_type("application/json").send(body))
    }

    /// Status of the response to a request with this method, and with an empty object as its body where the method has one.
    pub fn call(&self, method: &str, path: &str) -> u16 {
        let request = Request::builder().method(method).uri(self.url(path));
        let request = request.header("Content-Type", "application/json");
        let has_body = matches!(method, "POST" | "PUT" | "PATCH");
        let request = request.body(if has_body { "{}" } else { "" });
        read(self.client.run(request.expect("a request"))).0
    }

    /// Status and body of the response to a request with these headers.
    pub fn with_headers(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (u16, String) {
        let mut request = Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read(self.client.run(request.body(body).expect("a request")))
    }

    /// Status, body and challenges of the response to a GET with these headers.
    pub fn challenged(&self, path: &str, headers: &[(&str, &str)]) -> (u16, String, Vec<String>) {
        let mut request = Request::builder().uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = self
            .client
            .run(request.body("").expect("a request"))
            .expect("a response");
        let challenges = response.headers().get_all("WWW-Authenticate");
        let challenges = challenges.iter().map(|it| it.to_str().unwrap_or_default());
        let challenges = challenges.map(str::to_owned).collect();
        let body = response.body_mut().read_to_string();
        (
            response.status().as_u16(),
            body.unwrap_or_default(),
            challenges,
        )
    }

    /// Status, media type and body of the response to a request.
    pub fn whole(&self, method: &str, path: &str) -> (u16, String, String) {
        let request = Request::builder().method(method).uri(self.url(path));
        let response = self.client.run(request.body("").expect("a request"));
        let media_type = value(response.as_ref().expect("a response"), "Content-Type");
        let (status, body) = read(response);
        (status, media_type, body)
    }

    /// A header of the response to a GET; empty if there is none.
    pub fn header(&self, path: &str, name: &str) -> String {
        let response = self.client.get(self.url(path)).call();
        value(&response.expect("a response"), name)
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn value(response: &Response<Body>, name: &str) -> String {
    let value = response.headers().get(name);
    let value = value.and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

fn read(response: Result<Response<Body>, ureq::Error>) -> (u16, String) {
    let mut response = response.expect("a response");
    let body = response.body_mut().read_to_string();
    (response.status().as_u16(), body.unwrap_or_default())
}

impl Drop for Server {
    fn drop(&mut self) {
        let group = format!("-{}", self.cargo.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.cargo.wait();
    }
}
