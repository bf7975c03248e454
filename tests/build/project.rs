//! A copy of the project in a folder of its own, built with cargo as a person would build it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ureq::http::Response;
use ureq::{Agent, Body};

/// All copies stand in one place, one after another, so that cargo builds only what changed.
static PLACE: Mutex<()> = Mutex::new(());

/// What belongs to a project.
const PARTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "swagger.yml",
    "build.rs",
    "generated",
    "src",
    "web",
    "crates",
];

pub struct Project {
    _place: MutexGuard<'static, ()>,
    pub root: PathBuf,
}

/// The folder of this project.
pub fn original() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder for everything that these tests build.
pub fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("build")
}

impl Project {
    /// A fresh copy.
    pub fn copy() -> Self {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        let root = scratch().join("project");
        for part in PARTS {
            mirror(&original().join(part), &root.join(part));
        }
        Self {
            _place: place,
            root,
        }
    }

    /// Replaces `old`, which stands there once, in a file.
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let path = self.root.join(file);
        let text = fs::read_to_string(&path).expect("the file is read");
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}");
        fs::write(path, text.replace(old, new)).expect("the file is written");
    }

    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.root.join(file), text).expect("the file is written");
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).expect("the file is read")
    }

    /// A `cargo` command in the copy.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", scratch().join("target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env_remove("OPENAPI_GENERATOR_CLI")
            .env_remove("OPENAPI_GENERATOR_INSTALL");
        command
    }

    /// Has the compiler and clippy look at the copy's library and its mock, with the generator at `generator`. Whatever they
    /// say is an error; what the build script says of the spec is not.
    pub fn lint(&self, generator: impl AsRef<Path>) -> Output {
        let arguments = [
            "clippy", "--lib", "--bin", "mock", "--quiet", "--color", "never", "--", "-D",
            "warnings",
        ];
        self.run(&arguments, generator.as_ref())
    }

    /// Builds the copy with the generator at `generator`.
    pub fn build(&self, generator: impl AsRef<Path>) -> Output {
        self.run(
            &["build", "--quiet", "--color", "never"],
            generator.as_ref(),
        )
    }

    fn run(&self, arguments: &[&str], generator: &Path) -> Output {
        let mut command = self.cargo(arguments);
        command
            .env("OPENAPI_GENERATOR_CLI", generator)
            .output()
            .expect("cargo runs")
    }
}

/// A server of a copy, started as the README says.
pub struct Running {
    cargo: Child,
    address: String,
    /// Keeps its connection.
    client: Agent,
}

impl Running {
    pub fn start(project: &Project) -> Self {
        Self::spawn(project, &["run"], &[])
    }

    /// A server that logs nothing, with these variables in its environment.
    pub fn start_with(project: &Project, variables: &[(&str, &str)]) -> Self {
        Self::spawn(
            project,
            &["run"],
            &[&[("PEOPLE_LOG_LEVEL", "off")], variables].concat(),
        )
    }

    pub fn start_mock(project: &Project) -> Self {
        Self::spawn(project, &["run", "--bin", "mock"], &[])
    }

    fn spawn(project: &Project, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let readme = include_str!("../../README.md");
        let command = format!("\ncargo {}\n", arguments.join(" "));
        assert!(readme.contains(&command), "the README says{command}");
        let mut cargo = project
            .cargo(arguments)
            .env("OPENAPI_GENERATOR_CLI", generator())
            .env("PEOPLE_LISTEN", "127.0.0.1:0")
            .env("PEOPLE_DATABASE", "memory")
            .env("PEOPLE_LOG_LEVEL", "warn")
            .envs(variables.iter().copied())
            // The server is a child of cargo's, and has to go with it.
            .process_group(0)
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo runs");
        let output = cargo.stdout.take().expect("the output is piped");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()));
        Self {
            cargo,
            address: address.expect("the server prints its address"),
            client: Agent::config_builder()
                .http_status_as_error(false)
                .build()
                .into(),
        }
    }

    /// Status of a POST of JSON.
    pub fn post(&self, path: &str, body: &str) -> u16 {
        self.send(path, body).0
    }

    /// Status and body of what answers a POST of JSON.
    pub fn send(&self, path: &str, body: &str) -> (u16, String) {
        let url = format!("http://{}{path}", self.address);
        let request = self.client.post(url).content_type("application/json");
        read(request.send(body))
    }

    /// Status of a request with this method, and with an empty object as its body where the method has one.
    pub fn ask(&self, method: &str, path: &str) -> u16 {
        let url = format!("http://{}{path}", self.address);
        let request = ureq::http::Request::builder().method(method).uri(url);
        let request = request.header("Content-Type", "application/json");
        let body = if matches!(method, "POST" | "PUT" | "PATCH") {
            "{}"
        } else {
            ""
        };
        let request = request.body(body).expect("the request is one");
        let agent = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = agent.allow_non_standard_methods(true).build().new_agent();
        let response = agent.run(request).expect("the server answers");
        response.status().as_u16()
    }

    /// Status and body of a GET.
    pub fn get(&self, path: &str) -> (u16, String) {
        let url = format!("http://{}{path}", self.address);
        read(self.client.get(url).call())
    }
}

fn read(answer: Result<Response<Body>, ureq::Error>) -> (u16, String) {
    let mut response = answer.expect("the server answers");
    let body = response.body_mut().read_to_string();
    (response.status().as_u16(), body.expect("the body is text"))
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.cargo.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.cargo.wait();
    }
}

/// What cargo said, which must have succeeded.
pub fn succeeded(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// What cargo said, which must have failed.
pub fn failed(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{said}");
    said
}

/// The generator, installed where a build would install it.
pub fn generator() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("a folder in the target folder");
    spec_first_build::print::generator::install(target).expect("the generator is installed")
}

/// Makes `copy` the same as `original`; what is the same already is not touched, so that cargo sees no change.
fn mirror(original: &Path, copy: &Path) {
    if original.is_file() {
        let wanted = fs::read(original).expect("the original is read");
        if fs::read(copy).ok().as_ref() != Some(&wanted) {
            fs::create_dir_all(copy.parent().expect("a file is in a folder"))
                .expect("the folder is made");
            fs::write(copy, wanted).expect("the copy is written");
        }
        return;
    }
    fs::create_dir_all(copy).expect("the folder is made");
    for name in names(copy) {
        let (from, to) = (original.join(&name), copy.join(&name));
        if !from.exists() && to.is_dir() {
            fs::remove_dir_all(to).expect("what was left is removed");
        } else if !from.exists() {
            fs::remove_file(to).expect("what was left is removed");
        }
    }
    names(original)
        .iter()
        .for_each(|name| mirror(&original.join(name), &copy.join(name)));
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is read");
    let mut names: Vec<_> = entries
        .map(|entry| {
            entry
                .expect("the entry is read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name != "target")
        .collect();
    names.sort();
    names
}
