//! A real nginx in front of a server, as one process of the user who runs the test, with a folder and a port of its own.

use std::fs::write;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long nginx may take to start on a busy machine.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A running nginx. It ends with this value.
pub struct Nginx {
    process: Child,
    /// Where it listens, such as `http://127.0.0.1:40213/`.
    pub url: String,
    /// Kept for as long as it runs.
    _folder: TempDir,
}

impl Nginx {
    /// Serves what `http` says, the inside of nginx's block of that name, for the address and port where it is to listen.
    pub fn start(http: impl FnOnce(&str) -> String) -> Self {
        let folder = TempDir::new().expect("there is room for a folder");
        let port = free_port();
        let http = http(&format!("127.0.0.1:{port}"));
        let configuration = configuration(folder.path(), &http);
        let file = folder.path().join("nginx.conf");
        write(&file, configuration).expect("the file is written");
        let process = Command::new(program())
            .arg("-p")
            .arg(folder.path())
            .arg("-c")
            .arg(&file)
            .args(["-e", "stderr"])
            .stdin(Stdio::null())
            .spawn()
            .expect("nginx is installed (tests/run does that)");
        wait_for(port);
        Self {
            process,
            url: format!("http://127.0.0.1:{port}/"),
            _folder: folder,
        }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Debian has it where only the superuser looks for programs.
fn program() -> &'static str {
    let debian = "/usr/sbin/nginx";
    if Path::new(debian).exists() {
        debian
    } else {
        "nginx"
    }
}

fn configuration(folder: &Path, http: &str) -> String {
    let folder = folder.display();
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {folder}/{kind};"))
        .concat();
    format!(
        "daemon off; master_process off; pid {folder}/nginx.pid;
        events {{}}
        http {{
            access_log off; {temporary}
            {http}
        }}"
    )
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}

fn wait_for(port: u16) {
    let deadline = Instant::now() + TIMEOUT;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < deadline, "nginx listens");
        sleep(Duration::from_millis(25));
    }
}
