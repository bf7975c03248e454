//! A PostgreSQL server in a folder of its own, with the options that it has when it is installed.

use std::fs::{self, File, Permissions};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process};
use tempfile::TempDir;

/// The user and the group that have nothing: PostgreSQL does not run as root.
const NOBODY: u32 = 65534;

/// How long it may take to start.
const START: Duration = Duration::from_secs(60);

/// A server that runs until it is dropped.
pub struct Postgres {
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Postgres {
    /// # Errors
    /// A sentence: PostgreSQL is not installed, or does not start.
    pub fn start() -> Result<Self, String> {
        let folder = own_folder().map_err(|error| format!("no temporary folder: {error}"))?;
        let data = folder.path().join("data");
        let mut create = program("initdb");
        create
            .args(["--username=people", "--auth=trust", "--encoding=UTF8"])
            .args(["--locale=C.UTF-8", "--pgdata"])
            .arg(&data);
        finish(create)?;
        let port = free_port().map_err(|error| format!("no free port: {error}"))?;
        let log = File::create(folder.path().join("log"));
        let log = log.map_err(|error| format!("no file for the log: {error}"))?;
        let process = program("postgres")
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder.path())
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        let process = process.map_err(|error| format!("cannot run postgres: {error}"))?;
        let server = Self {
            process,
            port,
            _folder: folder,
        };
        server.wait()?;
        Ok(server)
    }

    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The address of a new database.
    ///
    /// # Errors
    /// A sentence: it cannot be created.
    pub fn database(&self, name: &str) -> Result<String, String> {
        let mut create = program("createdb");
        create.args(self.options()).arg(name);
        finish(create)?;
        Ok(format!("postgres://people@127.0.0.1:{}/{name}", self.port))
    }

    fn options(&self) -> [String; 3] {
        let port = format!("--port={}", self.port);
        [
            "--host=127.0.0.1".to_owned(),
            "--username=people".to_owned(),
            port,
        ]
    }

    fn wait(&self) -> Result<(), String> {
        let end = Instant::now() + START;
        loop {
            let mut ready = program("pg_isready");
            ready.args(self.options());
            match finish(ready) {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > end => return Err(error),
                Err(_) => thread::sleep(Duration::from_millis(50)),
            }
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // At once: nobody needs what is in it.
        if let Some(id) = Pid::from_raw(self.process.id().cast_signed()) {
            let _ = kill_process(id, Signal::QUIT);
        }
        let _ = self.process.wait();
    }
}

/// A folder of the user that PostgreSQL runs as.
fn own_folder() -> std::io::Result<TempDir> {
    let folder = TempDir::new()?;
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700))?;
    if geteuid().is_root() {
        chown(folder.path(), Some(NOBODY), Some(NOBODY))?;
    }
    Ok(folder)
}

/// One of PostgreSQL's programs, which Debian keeps where `PATH` does not lead.
fn program(name: &str) -> Command {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let programs = versions
        .flatten()
        .map(|it| it.path().join("bin").join(name));
    let found: Option<PathBuf> = programs.into_iter().find(|it| it.is_file());
    let mut command = Command::new(found.as_deref().unwrap_or(Path::new(name)));
    // A folder that the user may enter, whoever that is.
    command.current_dir("/").env("LC_ALL", "C.UTF-8");
    if geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Runs a command to its end.
fn finish(mut command: Command) -> Result<(), String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{command:?} failed: {output:?}")),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err("PostgreSQL is missing; on Debian, `apt-get install postgresql`".to_owned())
        }
        Err(error) => Err(format!("cannot run {command:?}: {error}")),
    }
}

fn free_port() -> std::io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}
