//! What a server listens on.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::client::Connection;
use crate::process::{Process, program, refused};

fn unix(path: &Path) -> String {
    format!("unix:{}", path.display())
}

fn is_served(path: &Path) {
    let mut connection = Connection::open_unix(path).expect("the server listens");
    assert_eq!(
        connection.get("/health").expect("a response").body,
        "healthy\n"
    );
    // The connection is kept.
    assert_eq!(connection.get("/v1/tasks").expect("a response").body, "[]");
}

#[test]
fn a_server_listens_on_every_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.sock");
    let server = Process::start(&["--listen", "127.0.0.1:0", "--listen", &unix(&path)]);
    let addresses = server.addresses();
    assert_eq!(addresses.len(), 3, "{addresses:?}");
    assert_eq!(addresses[2], unix(&path));
    for address in &addresses[..2] {
        let address = address.parse().expect("an address");
        let mut connection = Connection::open(address).expect("the server listens");
        assert_eq!(connection.get("/v1/tasks").expect("a response").status, 200);
    }
    is_served(&path);
}

#[test]
fn a_variable_lists_addresses_with_commas() {
    let mut command = program(&[]);
    command.env("TASKS_LISTEN", "127.0.0.1:0,127.0.0.1:0");
    assert_eq!(Process::spawn(command).addresses().len(), 2);
}

#[test]
fn an_address_in_use_is_one_sentence() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    assert_eq!(
        refused(&["--listen", "127.0.0.1:0", "--listen", &address]),
        (
            Some(1),
            format!("cannot listen on {address}: Address already in use (os error 98)\n")
        )
    );
}

#[test]
fn an_invalid_address_is_one_sentence() {
    for text in ["5000", "unix:tasks.sock", "systemd:"] {
        let (code, sentence) = refused(&["--listen", text]);
        assert_eq!(code, Some(2));
        let expected =
            "expected ADDRESS:PORT, such as 127.0.0.1:5000, unix:/PATH, systemd or systemd:NAME";
        assert_eq!(
            sentence,
            format!(
                "invalid value '{text}' for '--listen <ADDRESS:PORT>': {expected}; --help lists the options\n"
            )
        );
    }
}

#[test]
fn the_file_of_a_socket_is_for_user_and_group_and_removed_at_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.sock");
    let mut server = Process::spawn(program(&["--listen", &unix(&path)]));
    assert_eq!(
        server.out.all(),
        [format!("Tasks 1.2.0 is served at {}", unix(&path))]
    );
    let mode = fs::metadata(&path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o660);
    is_served(&path);
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    let left = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(left, 0);
}

#[test]
fn the_file_of_a_dead_server_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.sock");
    drop(UnixListener::bind(&path).expect("a socket"));
    assert!(path.exists());
    let _server = Process::spawn(program(&["--listen", &unix(&path)]));
    is_served(&path);
}

#[test]
fn the_file_of_a_live_server_or_of_no_socket_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.sock");
    let _server = Process::spawn(program(&["--listen", &unix(&path)]));
    let sentence = format!(
        "cannot listen on {}: another server listens there\n",
        unix(&path)
    );
    assert_eq!(refused(&["--listen", &unix(&path)]), (Some(1), sentence));
    is_served(&path);

    let file = folder.path().join("notes.txt");
    fs::write(&file, "important").expect("the file is written");
    let sentence = format!(
        "cannot listen on {}: the file exists and is not a socket\n",
        unix(&file)
    );
    assert_eq!(refused(&["--listen", &unix(&file)]), (Some(1), sentence));
    assert_eq!(fs::read(&file).expect("the file"), b"important");
}

#[test]
fn a_folder_that_does_not_exist_is_one_sentence() {
    assert_eq!(
        refused(&["--listen", "unix:/nowhere/tasks.sock"]),
        (
            Some(1),
            "cannot listen on unix:/nowhere/tasks.sock: No such file or directory (os error 2)\n"
                .to_owned()
        )
    );
}

/// The program as systemd starts it: with this socket as file 3 of the process, and this one as file 4.
pub fn activated(tcp: &TcpListener, unix: &UnixListener, options: &[&str]) -> Command {
    let mut command = Command::new("sh");
    let script = "exec 3<&0 4<&2 0</dev/null 2>/dev/null; LISTEN_PID=$$ exec \"$0\" \"$@\"";
    command.args(["-c", script, env!("CARGO_BIN_EXE_tasks")]);
    command
        .args(options)
        .env("LISTEN_FDS", "2")
        .env("LISTEN_FDNAMES", "web:local");
    command.stdin(Stdio::from(OwnedFd::from(
        tcp.try_clone().expect("a socket"),
    )));
    command.stderr(Stdio::from(OwnedFd::from(
        unix.try_clone().expect("a socket"),
    )));
    command
}

#[test]
fn sockets_of_systemd_are_served_by_name_or_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.sock");
    let tcp = TcpListener::bind("127.0.0.1:0").expect("a port");
    let local = UnixListener::bind(&path).expect("a socket");
    let address = tcp.local_addr().expect("an address").to_string();
    for (options, addresses) in [
        (
            vec!["--listen", "systemd"],
            vec![address.clone(), unix(&path)],
        ),
        (
            vec!["--listen", "systemd:local,systemd:web"],
            vec![unix(&path), address.clone()],
        ),
        (vec!["--listen", "systemd:web"], vec![address.clone()]),
    ] {
        let mut server = Process::spawn_with_errors(activated(&tcp, &local, &options));
        assert_eq!(server.addresses(), addresses);
        if addresses.contains(&address) {
            let mut connection =
                Connection::open(tcp.local_addr().expect("an address")).expect("a connection");
            assert_eq!(connection.get("/v1/tasks").expect("a response").status, 200);
        }
        if addresses.contains(&unix(&path)) {
            is_served(&path);
        }
        server.signal("TERM");
        assert_eq!(server.wait().code(), Some(0));
        // It is systemd's.
        assert!(path.exists());
    }
}

#[test]
fn no_socket_of_systemd_is_one_sentence() {
    for address in ["systemd", "systemd:web"] {
        let sentence = format!(
            "cannot listen on {address}: systemd has passed no such socket to this process\n"
        );
        assert_eq!(refused(&["--listen", address]), (Some(1), sentence));
    }
    // Passed to another process.
    let mut command = program(&["--listen", "systemd"]);
    command.env("LISTEN_FDS", "1").env("LISTEN_PID", "1");
    assert_eq!(command.output().expect("it runs").status.code(), Some(1));
}

#[test]
fn after_the_end_nobody_listens() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tasks.sock");
    let mut server = Process::start(&["--listen", &unix(&path)]);
    let address = server.address();
    server.signal("INT");
    assert_eq!(server.wait().code(), Some(0));
    let refused = Connection::open(address).err().map(|error| error.kind());
    assert_eq!(refused, Some(ErrorKind::ConnectionRefused));
    let absent = UnixStream::connect(&path).err().map(|error| error.kind());
    assert_eq!(absent, Some(ErrorKind::NotFound));
}
