//! The image that `Containerfile` describes, as far as it goes without a container: its static binary in a root that holds
//! nothing else.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::copy::{original, shared_builds, target};
use super::support::Server;

/// The folder in which the build gathers what the image will contain.
const ROOT: &str = "/root-of-image";

/// A line of `Containerfile` with its continuations.
fn instructions(name: &str) -> Vec<String> {
    let file = fs::read_to_string(original().join("Containerfile")).expect("read");
    let file = file.replace("\\\n", " ");
    let lines = file.lines();
    let found = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    found.map(str::to_owned).collect()
}

/// Runs the image's build, with the profile that the benchmarks build, too. What it needs of Debian is here: `tests/install`.
fn build(root: &Path) {
    let commands = instructions("RUN").into_iter();
    for command in commands.filter(|command| !command.starts_with("apt-get ")) {
        let command = command
            .replace(ROOT, &root.display().to_string())
            .replace("/empty", &root.join("data").display().to_string());
        let mut shell = Command::new("sh");
        let output = shared_builds::without_package(&mut shell)
            .args(["-euc", &command])
            .current_dir(original())
            .env("PROFILE", "release")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", target())
            .output()
            .expect("sh runs");
        assert!(output.status.success(), "{command}: {output:?}");
    }
}

/// The image's command, with its environment and its folder, in a root that holds nothing else.
fn in_root(root: &Path) -> Command {
    let [folder] = &instructions("WORKDIR")[1..] else {
        panic!("one folder for each stage")
    };
    let variables = instructions("ENV").pop().expect("the last stage's");
    let variables = variables.split(' ').map(|variable| {
        let (name, value) = variable.split_once('=').expect("a value");
        (name.to_owned(), value.to_owned())
    });
    let mut command = Command::new("unshare");
    command.env_clear().envs(variables);
    command
        .args(["--user", "--map-root-user", "--root"])
        .arg(root)
        .args(["--wd", folder, "/people"]);
    command
}

/// Starts the server on free ports.
fn start(root: &Path, options: &[&str]) -> Server {
    let mut command = in_root(root);
    // An address of the command line takes the place of the environment's.
    command.args(["--listen", "127.0.0.1:0"]).args(options);
    Server::spawn(command)
}

#[test]
#[ignore = "builds a release: run tests/run"]
fn the_static_binary_serves_alone_and_keeps_its_data_in_its_volume() {
    let root = tempfile::tempdir().expect("a folder");
    build(root.path());

    let mut server = start(root.path(), &["--admin", "127.0.0.1:0"]);
    let person = r#"{"fname":"Ada","lname":"Lovelace"}"#;
    assert_eq!(server.send_json("POST", "/api/people", person).status, 201);
    for path in ["/", "/api/ui/", "/api/swagger.json"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));

    let mut server = start(
        root.path(),
        &[
            "--database",
            "memory",
            "--workers",
            "1",
            "--log-level",
            "warn",
        ],
    );
    assert_eq!(server.get("/api/people/Farrell").status, 200);
    let memory = server.memory();
    // As usually linked, it takes 12 MB.
    assert!(memory < 7500, "{memory} KiB");
    server.signal("TERM");
    assert_eq!(server.wait().code(), Some(0));

    let server = start(root.path(), &["--admin", "127.0.0.1:0"]);
    assert_eq!(server.get("/api/people/Lovelace").status, 200);
    let [healthcheck] = &instructions("HEALTHCHECK")[..] else {
        panic!("one check")
    };
    assert!(healthcheck.ends_with(r#"CMD ["/people", "--check-health"]"#));
    let line = server.out.wait_for(|line| line.contains("probes"));
    let admin = line.rsplit("http://").next().expect("a URL");
    let admin = admin.trim_end_matches("/health/ready");
    let checked = in_root(root.path())
        .env("PEOPLE_ADMIN", admin)
        .arg("--check-health")
        .status();
    assert!(checked.expect("it runs").success());
    let kept = fs::read_dir(root.path().join("data")).expect("the volume");
    let kept: Vec<_> = kept.map(|file| file.expect("a file").file_name()).collect();
    assert!(kept.iter().any(|name| name == "people.db"), "{kept:?}");
}
