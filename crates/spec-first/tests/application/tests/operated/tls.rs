//! HTTPS.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::process::{Process, refused};

/// A folder with the certificates of an authority, and what the authority has signed.
struct Authority(TempDir);

impl Authority {
    fn new() -> Self {
        let authority = Self(tempfile::tempdir().expect("a folder"));
        authority.openssl("req -x509 -newkey rsa:2048 -nodes -subj /CN=authority -keyout ca.key -out ca.pem -days 2");
        authority
    }

    /// Writes a certificate for 127.0.0.1, and its key, to files of this name.
    fn sign(&self, name: &str) {
        fs::write(self.path("names.cnf"), "subjectAltName=IP:127.0.0.1").expect("it is written");
        self.openssl(&format!(
            "req -new -newkey rsa:2048 -nodes -subj /CN={name} -keyout {name}.key -out {name}.csr"
        ));
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names.cnf -days 2 -out {name}.pem"
        ));
    }

    fn openssl(&self, words: &str) {
        let mut openssl = Command::new("openssl");
        let output = openssl.args(words.split(' ')).current_dir(&self.0).output();
        let output = output.expect("openssl is installed (tests/run does that)");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    /// A server with these files as its certificate and key.
    fn serve(&self, options: &[&str]) -> Process {
        let (certificate, key) = (self.path("served.pem"), self.path("served.key"));
        let tls = ["--tls-certificate", &certificate, "--tls-key", &key];
        Process::start(&[&tls, options].concat())
    }

    /// Copies a certificate and its key to the files of the server.
    fn install(&self, certificate: &str, key: &str) {
        fs::copy(self.path(certificate), self.path("served.pem")).expect("it is copied");
        fs::copy(self.path(key), self.path("served.key")).expect("it is copied");
    }

    /// What curl prints of a GET, which trusts this authority alone.
    fn curl(&self, server: &Process, path: &str, words: &[&str]) -> String {
        let url = format!("https://{}{path}", server.address());
        let mut curl = Command::new("curl");
        curl.args([
            "--silent",
            "--show-error",
            "--cacert",
            &self.path("ca.pem"),
            &url,
        ]);
        let output = curl
            .args(words)
            .output()
            .expect("curl is installed (tests/run does that)");
        let text = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&text).into_owned()
    }

    /// The name in the certificate that the server sends.
    fn name(&self, server: &Process) -> String {
        let text = self.curl(server, "/health", &["--verbose"]);
        let name = text
            .lines()
            .find_map(|line| line.split_once("subject: CN="));
        name.map(|(_, name)| name.to_owned()).unwrap_or(text)
    }
}

#[test]
#[ignore = "needs curl and openssl: run tests/run"]
fn a_client_chooses_the_version_of_http() {
    let authority = Authority::new();
    authority.sign("first");
    authority.install("first.pem", "first.key");
    let server = authority.serve(&[]);
    let url = format!("https://{}/v1/ui/", server.address());
    assert_eq!(
        server.out.wait_for("Swagger UI"),
        format!("  Swagger UI  {url}")
    );
    for (option, version) in [("--http2", "2"), ("--http1.1", "1.1")] {
        let written = authority.curl(
            &server,
            "/v1/tasks",
            &[option, "--write-out", " %{http_version} %{http_code}"],
        );
        assert_eq!(written, format!("[] {version} 200"));
    }
    let body = r#"{"title":"Ring Ada","work":{"kind":"call","phone":"555"}}"#;
    let words = ["--http2", "--json", body, "--header", "X-Key: open sesame"];
    assert_eq!(
        authority.curl(&server, "/v1/tasks", &words),
        r#"{"number":1,"title":"Ring Ada","state":"open","work":{"kind":"call","phone":"555"}}"#
    );
    // Without TLS there is no response.
    let mut plain = TcpStream::connect(server.address()).expect("a connection");
    plain
        .write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("it is sent");
    let mut sent = Vec::new();
    let _ = plain.read_to_end(&mut sent);
    assert!(!sent.starts_with(b"HTTP"), "{sent:?}");
}

#[test]
#[ignore = "needs curl and openssl: run tests/run"]
fn a_signal_loads_a_new_certificate_and_no_bad_one() {
    let authority = Authority::new();
    authority.sign("first");
    authority.sign("second");
    authority.install("first.pem", "first.key");
    let server = authority.serve(&[]);
    assert_eq!(authority.name(&server), "first");

    authority.install("second.pem", "first.key");
    server.signal("HUP");
    let line = server.log.wait_for("the certificate stays as it is");
    let (certificate, key) = (authority.path("served.pem"), authority.path("served.key"));
    let cause = format!("the key in {key} is not that of the certificate in {certificate}");
    assert!(line.contains(&cause), "{line}");
    assert_eq!(authority.name(&server), "first");

    authority.install("second.pem", "second.key");
    server.signal("HUP");
    server.log.wait_for("the certificate has been read again");
    assert_eq!(authority.name(&server), "second");
}

#[test]
#[ignore = "needs curl and openssl: run tests/run"]
fn a_certificate_that_cannot_be_used_is_one_sentence() {
    let authority = Authority::new();
    authority.sign("first");
    authority.sign("second");
    fs::write(authority.path("empty.pem"), "").expect("it is written");
    let [first, second_key, absent, empty, key] = [
        "first.pem",
        "second.key",
        "absent.pem",
        "empty.pem",
        "first.key",
    ]
    .map(|name| authority.path(name));
    for (certificate, key, sentence) in [
        (
            &first,
            &second_key,
            format!("the key in {second_key} is not that of the certificate in {first}"),
        ),
        (
            &absent,
            &key,
            format!("cannot read {absent}: No such file or directory (os error 2)"),
        ),
        (
            &first,
            &absent,
            format!("cannot read {absent}: No such file or directory (os error 2)"),
        ),
        (
            &empty,
            &key,
            format!("{empty}: the file contains no certificate"),
        ),
        (
            &first,
            &empty,
            format!("{empty}: the file contains no private key"),
        ),
    ] {
        let options = [
            "--listen=127.0.0.1:0",
            "--tls-certificate",
            certificate,
            "--tls-key",
            key,
        ];
        assert_eq!(refused(&options), (Some(1), format!("{sentence}\n")));
    }
}

#[test]
fn a_certificate_needs_its_key() {
    for (given, absent) in [
        ("--tls-certificate", "--tls-key"),
        ("--tls-key", "--tls-certificate"),
    ] {
        let sentence = format!(
            "the following required arguments were not provided: {absent} <FILE>; --help lists the options\n"
        );
        assert_eq!(refused(&[given, "x.pem"]), (Some(2), sentence));
    }
}

#[test]
#[ignore = "needs curl and openssl: run tests/run"]
fn slow_handshakes_end_and_hold_up_nobody() {
    let authority = Authority::new();
    authority.sign("first");
    authority.install("first.pem", "first.key");
    let server = authority.serve(&["--workers=1"]);
    let slow: Vec<_> = (0..300)
        .map(|_| TcpStream::connect(server.address()).expect("a connection"))
        .collect();
    let begin = Instant::now();
    assert_eq!(authority.curl(&server, "/v1/tasks", &[]), "[]");
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "{:?}",
        begin.elapsed()
    );
    for mut stream in slow {
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        assert!(matches!(stream.read(&mut [0]), Ok(0) | Err(_)));
    }
    assert!(
        begin.elapsed() < Duration::from_secs(19),
        "{:?}",
        begin.elapsed()
    );
}

#[test]
#[ignore = "needs curl and openssl: run tests/run"]
fn a_stop_closes_idle_connections_of_http_2() {
    let authority = Authority::new();
    authority.sign("first");
    authority.install("first.pem", "first.key");
    let mut server = authority.serve(&[]);
    let mut client = Command::new("openssl");
    let address = server.address().to_string();
    client.args(["s_client", "-quiet", "-alpn", "h2", "-connect", &address]);
    client
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut client = client.spawn().expect("openssl runs");
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    let input = client.stdin.as_mut().expect("a pipe");
    input.write_all(preface).expect("it is sent");
    sleep(Duration::from_millis(500));
    let begin = Instant::now();
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));
    assert!(
        begin.elapsed() < Duration::from_secs(6),
        "{:?}",
        begin.elapsed()
    );
    let _ = client.kill();
    let _ = client.wait();
}

#[test]
fn a_missing_file_is_one_sentence() {
    let options = [
        "--listen=127.0.0.1:0",
        "--tls-certificate=/nowhere/a.pem",
        "--tls-key=/nowhere/a.key",
    ];
    let sentence = "cannot read /nowhere/a.pem: No such file or directory (os error 2)\n";
    assert_eq!(refused(&options), (Some(1), sentence.to_owned()));
}
