//! A server under test.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::binaries::Binaries;
use crate::client::{Connection, Response};
use crate::operation::Operation;
use crate::other::Other;

/// Which server, started how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The hand-written one.
    Peer,
    /// Ours, with people in memory and its default options.
    Ours,
    /// The same with `--admin`: it counts what `/metrics` reports.
    Metered,
    /// As [`Self::Ours`], with `--log-level warn`: no line for a request.
    Quiet,
    /// As [`Self::Quiet`], with people in SQLite.
    Sqlite,
    /// Another framework.
    Other(Other),
}

pub const ALL: [Kind; 5] = [
    Kind::Peer,
    Kind::Ours,
    Kind::Metered,
    Kind::Quiet,
    Kind::Sqlite,
];

impl Kind {
    /// How tables name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Peer => "hand-written",
            Self::Ours => "ours, as started",
            Self::Quiet => "ours, `--log-level warn`",
            Self::Metered => "ours, as started, `--admin`",
            Self::Sqlite => "ours, SQLite, `--log-level warn`",
            Self::Other(other) => other.name(),
        }
    }

    fn arguments(self, folder: &Path) -> Vec<String> {
        let database = match self {
            Self::Peer => return vec!["127.0.0.1:0".to_owned()],
            Self::Other(other) => return other.arguments(),
            Self::Ours | Self::Quiet | Self::Metered => "memory".to_owned(),
            Self::Sqlite => format!("sqlite:{}", folder.join("people.db").display()),
        };
        let level = match self {
            Self::Ours | Self::Metered => "info",
            _ => "warn",
        };
        let mut arguments = arguments(&database, level);
        if self == Self::Metered {
            arguments.push("--admin=127.0.0.1:0".to_owned());
        }
        arguments
    }
}

fn arguments(database: &str, level: &str) -> Vec<String> {
    let options = [
        "--listen=127.0.0.1:0",
        "--workers=1",
        &format!("--database={database}"),
        &format!("--log-level={level}"),
    ];
    options.map(str::to_owned).to_vec()
}

fn folder() -> Result<TempDir, String> {
    TempDir::new().map_err(|error| format!("no temporary folder: {error}"))
}

/// A server that runs until it is stopped, with one worker. Its log goes to a file, which is removed with the server.
pub struct Server {
    process: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Server {
    /// Starts a server. `under` is a command that runs it, with its arguments, and empty for none.
    ///
    /// # Errors
    /// A sentence: it did not start.
    pub fn start(binaries: &Binaries, kind: Kind, under: &[String]) -> Result<Self, String> {
        let folder = folder()?;
        let binary = match kind {
            Kind::Peer => binaries
                .peer
                .clone()
                .ok_or("the hand-written server is not built")?,
            Kind::Other(other) => other.program(),
            _ => binaries.people.clone(),
        };
        let arguments = kind.arguments(folder.path());
        match under {
            [] => Self::run(Command::new(&binary), &arguments, folder),
            [program, own @ ..] => {
                let mut command = Command::new(program);
                command.args(own).arg(&binary);
                Self::run(command, &arguments, folder)
            }
        }
    }

    /// Starts ours as [`Kind::Quiet`] on a database.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_on(binaries: &Binaries, database: &str) -> Result<Self, String> {
        Self::start_with(&binaries.people, database, &[])
    }

    /// Starts the program of ours as [`Kind::Quiet`] on a database, with further options.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_with(program: &Path, database: &str, options: &[String]) -> Result<Self, String> {
        let mut arguments = arguments(database, "warn");
        arguments.extend_from_slice(options);
        Self::run(Command::new(program), &arguments, folder()?)
    }

    fn run(mut command: Command, arguments: &[String], folder: TempDir) -> Result<Self, String> {
        let log = File::create(folder.path().join("log"));
        let log = log.map_err(|error| format!("no file for the log: {error}"))?;
        let process = command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn();
        let mut process = process.map_err(|error| format!("cannot run {command:?}: {error}"))?;
        let address = announced(&mut process);
        let address = address.ok_or_else(|| format!("{command:?} did not start"))?;
        Ok(Self {
            process,
            address,
            _folder: folder,
        })
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// # Errors
    /// A sentence: the server cannot be reached.
    pub fn connect(&self) -> Result<Connection, String> {
        Connection::open(self.address).map_err(|error| format!("cannot connect: {error}"))
    }

    /// Stops the server as an operator does.
    ///
    /// # Errors
    /// A sentence: it did not end well.
    pub fn stop(mut self) -> Result<(), String> {
        let end = Pid::from_raw(self.process.id().cast_signed()).map(|id| {
            let sent = kill_process(id, Signal::TERM);
            sent.map_err(Into::into).and_then(|()| self.process.wait())
        });
        match end {
            Some(Ok(status)) if status.success() => Ok(()),
            end => Err(format!("the server did not stop well: {end:?}")),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that was stopped is gone.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The address at the end of the first line that a server prints.
fn announced(process: &mut Child) -> Option<SocketAddr> {
    let mut line = String::new();
    let mut output = BufReader::new(process.stdout.take()?);
    output.read_line(&mut line).ok()?;
    line.split_whitespace().last()?.parse().ok()
}

/// Sends the requests that an operation needs first.
///
/// # Errors
/// A sentence: a response was not 201.
pub fn prepare(connection: &mut Connection, operation: Operation) -> Result<(), String> {
    for request in operation.preparation() {
        expect(connection.exchange(&request), 201)?;
    }
    Ok(())
}

/// The response, if it has the status.
///
/// # Errors
/// A sentence: it has not, or there is none.
pub fn expect(response: std::io::Result<Response>, status: u16) -> Result<Response, String> {
    match response {
        Ok(response) if response.status == status => Ok(response),
        Ok(response) => Err(format!(
            "{}, not {status}: {}",
            response.status,
            String::from_utf8_lossy(&response.body)
        )),
        Err(error) => Err(format!("no response: {error}")),
    }
}
