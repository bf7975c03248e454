//! A program of this package as a process of its own.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long a test waits for what must happen.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A running program; killed when dropped.
pub struct Process {
    child: Child,
    pub out: Lines,
    pub log: Lines,
}

/// Lines that a process writes.
#[derive(Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<String>>>);

/// The application with these options, and with no variable of its options in the environment.
pub fn program(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tasks"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TASKS_") {
            command.env_remove(name);
        }
    }
    command.args(options).stdin(Stdio::null());
    command
}

/// Runs the application where it does not start; returns its exit code and what it writes to the standard error output.
pub fn refused(options: &[&str]) -> (Option<i32>, String) {
    let output = program(options).output().expect("the program runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let sentence = String::from_utf8_lossy(&output.stderr);
    (output.status.code(), sentence.into_owned())
}

impl Process {
    /// The application on a free port.
    pub fn start(options: &[&str]) -> Self {
        let mut command = program(&["--listen", "127.0.0.1:0"]);
        command.args(options);
        Self::spawn(command)
    }

    /// A program that prints where it is served.
    pub fn spawn(mut command: Command) -> Self {
        command.stderr(Stdio::piped());
        Self::spawn_with_errors(command)
    }

    /// As [`Self::spawn`], with the standard error output of the command.
    pub fn spawn_with_errors(mut command: Command) -> Self {
        command.stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let out = Lines::read(child.stdout.take().expect("a pipe"));
        let log = child.stderr.take().map(Lines::read).unwrap_or_default();
        out.wait_for(" is served at ");
        Self { child, out, log }
    }

    /// Where it listens, as it prints it.
    pub fn addresses(&self) -> Vec<String> {
        let title = self.out.wait_for(" is served at ");
        let (_, addresses) = title.split_once(" is served at ").expect("the title");
        addresses.split(", ").map(str::to_owned).collect()
    }

    /// The first address, which is of TCP.
    pub fn address(&self) -> SocketAddr {
        self.addresses()[0].parse().expect("an address")
    }

    /// Sends SIGTERM, SIGINT and the like.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.expect("kill runs").success());
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
        panic!("the program did not end; its log: {:#?}", self.log.all());
    }
}

impl Drop for Process {
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

    /// Waits for a line that contains this text.
    pub fn wait_for(&self, text: &str) -> String {
        let deadline = Instant::now() + TIMEOUT;
        while Instant::now() < deadline {
            if let Some(line) = self.all().into_iter().find(|line| line.contains(text)) {
                return line;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("no line has {text:?}: {:#?}", self.all());
    }
}
