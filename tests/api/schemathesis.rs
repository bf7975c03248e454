//! schemathesis (PyPI) compares the server with its spec: examples, bounds, random values, and operations that follow each
//! other by links.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::copy::{original, target};
use super::support::Server;

const VERSION: &str = "schemathesis==4.32.5";

#[test]
#[ignore = "needs schemathesis: run tests/run"]
fn schemathesis_finds_nothing() {
    let program = install();
    let server = Server::start(&["--log-level", "warn"]);
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(Command::new(program)
        .arg("--config-file")
        .arg(original().join("tests/api/schemathesis.toml"))
        .args(["run", &server.url("/api/swagger.json"), "--no-color"])
        .args(["--max-examples", "50", "--seed", "1"])
        .args(["--generation-database", "none"])
        .current_dir(folder.path()));
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{report}");
    assert!(
        report.contains("Operations:       5 selected / 5 total"),
        "{report}"
    );
    for phase in ["Examples", "Coverage", "Fuzzing", "Stateful"] {
        assert!(report.contains(&format!("✅ {phase}")), "{phase}: {report}");
    }
    assert!(server.log.all().is_empty(), "{:?}", server.log.all());
}

/// The program, installed once under `target/`.
fn install() -> PathBuf {
    let folder = target().join("schemathesis");
    let program = folder.join("bin/schemathesis");
    if !program.is_file() {
        succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        let mut pip = Command::new(Path::join(&folder, "bin/pip"));
        succeed(pip.args(["install", "--quiet", VERSION]));
    }
    program
}

fn succeed(command: &mut Command) {
    let output = run(command);
    assert!(output.status.success(), "{output:?}");
}

fn run(command: &mut Command) -> Output {
    command.output().expect("it runs")
}
