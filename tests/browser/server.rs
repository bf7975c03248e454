//! The real binary, on a port of its own.

use std::env::consts::EXE_SUFFIX;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::copy::shared_builds;

/// A running server. It ends with this value.
pub struct Server {
    process: Child,
    /// Where the page is, such as `http://127.0.0.1:40213/`.
    pub url: String,
    /// Kept open, since the server may print more.
    _output: BufReader<ChildStdout>,
}

impl Server {
    /// Serves from `database`, an argument of `--database`.
    pub fn start(database: &str) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_people"));
        Self::spawn(program, &["--database", database])
    }

    /// The mock of the second application, which has what the spec of the demo lacks. It is built first, since it belongs to
    /// another package: with its tests, and with the features that `tests/run` has, which has built it already.
    pub fn start_mock_of_tasks() -> Self {
        let mut cargo = Command::new(env!("CARGO"));
        let built = shared_builds::without_package(&mut cargo)
            .args(["test", "--no-run", "--quiet", "--test", "served"])
            .args(["--workspace", "--exclude", "peer", "--all-features"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(built.expect("cargo runs").success());
        let program = Path::new(env!("CARGO_BIN_EXE_people"));
        let program = program.with_file_name(format!("tasks-mock{EXE_SUFFIX}"));
        Self::spawn(&program, &[])
    }

    /// Another build of the demo, which keeps its people in memory, in a folder with files that it reads.
    pub fn start_in(program: &Path, folder: &Path) -> Self {
        let mut command = Command::new(program);
        command.current_dir(folder).args(["--database", "memory"]);
        Self::run(command)
    }

    fn spawn(program: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments);
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        let mut process = command
            .env_clear()
            .args(["--listen", "127.0.0.1:0", "--log-level", "warn"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let url = announced_url(&mut output);
        Self {
            process,
            url,
            _output: output,
        }
    }

    /// Ends the server at once, as a crash would.
    pub fn kill(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

fn announced_url(output: &mut impl BufRead) -> String {
    let announced = output.lines().map_while(Result::ok).find_map(|line| {
        let (_, address) = line.split_once(" is served at ")?;
        Some(format!("http://{address}/"))
    });
    announced.expect("the server prints its address")
}
