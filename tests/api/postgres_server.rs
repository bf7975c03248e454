//! A PostgreSQL server in a folder of its own, on a port of its own.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The user and the group that have nothing: PostgreSQL does not run as root.
const NOBODY: u32 = 65534;

pub const PASSWORD: &str = "a-secret";

/// A running server; stopped when dropped.
pub struct PostgresServer {
    folder: TempDir,
    pub port: u16,
    child: Child,
    databases: AtomicUsize,
}

impl PostgresServer {
    /// Creates and starts a server. Its own order of text is that of a language.
    pub fn start() -> Self {
        let folder = own_folder();
        let password = folder.path().join("password");
        fs::write(&password, PASSWORD).expect("written");
        let created = program("initdb")
            .args([
                "--username=people",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--no-sync",
            ])
            .args([
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=en",
            ])
            .arg(format!("--pwfile={}", password.display()))
            .arg("--pgdata")
            .arg(folder.path().join("data"))
            .output();
        let created = created.expect("initdb runs");
        assert!(created.status.success(), "{created:?}");
        create_certificates(folder.path());
        let port = free_port();
        let child = run(folder.path(), port);
        let server = Self {
            folder,
            port,
            child,
            databases: AtomicUsize::new(0),
        };
        server.wait();
        server
    }

    /// The address of a new database.
    pub fn database(&self) -> String {
        let name = format!("people_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.address(&name)
    }

    pub fn address(&self, database: &str) -> String {
        let port = self.port;
        format!("postgres://people:{PASSWORD}@127.0.0.1:{port}/{database}")
    }

    /// The certificate of who has issued the server's.
    pub fn issuer(&self) -> String {
        self.folder.path().join("issuer.pem").display().to_string()
    }

    /// Runs SQL, and returns what it prints.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let output = program("psql")
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--set", "ON_ERROR_STOP=1", "--command", sql])
            .arg(self.address(database))
            .output();
        let output = output.expect("psql runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Stops at once, as a crash does.
    pub fn crash(&mut self) {
        signal(&self.child, "QUIT");
        self.child.wait().expect("a child");
    }

    /// Starts again after a crash.
    pub fn restart(&mut self) {
        self.child = run(self.folder.path(), self.port);
        self.wait();
    }

    fn wait(&self) {
        let deadline = Instant::now() + Duration::from_secs(60);
        let ready = || {
            let mut command = program("pg_isready");
            command.args([
                "--quiet",
                "--host=127.0.0.1",
                "--port",
                &self.port.to_string(),
            ]);
            command.status().is_ok_and(|status| status.success())
        };
        while !ready() {
            assert!(Instant::now() < deadline, "PostgreSQL does not start");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            self.crash();
        }
    }
}

/// A folder of the user that PostgreSQL runs as.
pub fn own_folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    if is_root() {
        chown(folder.path(), Some(NOBODY), Some(NOBODY)).expect("given away");
    }
    folder
}

/// A certificate for `localhost`, and that of who has issued it.
pub fn create_certificates(folder: &Path) {
    const KEY: [&str; 5] = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ];
    let openssl = |arguments: &[&str]| {
        let mut command = program("openssl");
        let output = command.args(arguments).current_dir(folder).output();
        let output = output.expect("openssl runs");
        assert!(output.status.success(), "{output:?}");
    };
    let create = |subject, key, kind: &[&str]| {
        openssl(&[&["req", "-subj", subject, "-keyout", key], &KEY[..], kind].concat());
    };
    create("/CN=issuer", "issuer.key", &["-x509", "-out", "issuer.pem"]);
    create("/CN=localhost", "server.key", &["-out", "server.csr"]);
    fs::write(folder.join("names"), "subjectAltName=DNS:localhost").expect("written");
    openssl(&[
        "x509",
        "-req",
        "-in",
        "server.csr",
        "-CA",
        "issuer.pem",
        "-CAkey",
        "issuer.key",
        "-CAcreateserial",
        "-extfile",
        "names",
        "-out",
        "server.pem",
    ]);
}

pub fn run(folder: &Path, port: u16) -> Child {
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join("log"));
    let mut command = program("postgres");
    command
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .args(["-p", &port.to_string()])
        .args(["-c", "listen_addresses=localhost,127.0.0.1"])
        .args(["-c", "ssl=on", "-c", "ssl_cert_file=../server.pem"])
        .args(["-c", "ssl_key_file=../server.key"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log.expect("a log"));
    command.spawn().expect("postgres runs")
}

/// One of PostgreSQL's programs, which Debian keeps where `PATH` does not lead.
pub fn program(name: &str) -> Command {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let folders = versions.flatten().map(|version| version.path().join("bin"));
    let found: Option<PathBuf> = folders
        .map(|folder| folder.join(name))
        .find(|it| it.is_file());
    let mut command = Command::new(found.unwrap_or_else(|| name.into()));
    // A folder that the user may enter, whoever that is.
    command.current_dir("/").env("LC_ALL", "C.UTF-8");
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn signal(child: &Child, name: &str) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-s", name, &id]).status();
    assert!(sent.expect("kill runs").success());
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    listener.local_addr().expect("an address").port()
}
