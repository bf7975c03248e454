//! Builds the servers, those that are measured statically linked. An invocation of cargo for each, since all packages of one
//! invocation share the features of actix-web.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The executables.
#[derive(Clone, Debug)]
pub struct Binaries {
    /// The server of this repository.
    pub people: PathBuf,
    /// The hand-written one; none where nothing is compared with it.
    pub peer: Option<PathBuf>,
}

/// The profile in which instructions are counted: its build is the shortest of those that are optimised.
const RELEASE: &str = "release";

/// A program of this repository, and how cargo is told of its package.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    name: &'static str,
    package: &'static [&'static str],
}

pub(crate) const PEOPLE: Program = Program {
    name: "people",
    package: &["--package", "people"],
};
pub(crate) const PEER: Program = Program {
    name: "peer",
    package: &["--package", "peer", "--features", "server"],
};
const BODIES: Program = Program {
    name: "bodies",
    package: &["--package", "bodies"],
};

/// The program that handles bodies in process: `benches/bodies`.
///
/// # Errors
/// As [`Binaries::build`].
pub fn bodies() -> Result<PathBuf, String> {
    BODIES.optimized(RELEASE, &[])
}

impl Binaries {
    /// Builds both as they are measured: by `cargo build --release`.
    ///
    /// # Errors
    /// A sentence: rustc or cargo cannot be run, or a build fails.
    pub fn build() -> Result<Self, String> {
        Ok(Self {
            peer: Some(PEER.optimized(RELEASE, &[])?),
            ..Self::people()?
        })
    }

    /// Builds the server of this repository alone.
    ///
    /// # Errors
    /// As [`Binaries::build`].
    pub fn people() -> Result<Self, String> {
        Ok(Self {
            people: PEOPLE.optimized(RELEASE, &[])?,
            peer: None,
        })
    }

    /// Builds both for what is not measured, and shares what the tests of the workspace are built of.
    ///
    /// # Errors
    /// As [`Binaries::build`].
    pub fn unoptimized() -> Result<Self, String> {
        let workspace = ["--workspace", "--exclude", "peer", "--all-features"];
        Ok(Self {
            people: PEOPLE.build(cargo().arg("build").args(workspace), &[])?,
            peer: Some(PEER.build(cargo().arg("build").args(PEER.package), &[])?),
        })
    }
}

/// With `--target`, these are the flags of the program, and not those of what the build itself runs. Random numbers come from the
/// kernel: by default, a static program looks for a file that an empty root, as of `Containerfile`, does not have.
const RUSTFLAGS: &str =
    r#"-C target-feature=+crt-static --cfg getrandom_backend="linux_getrandom""#;

/// What rustc builds for without `--target`.
fn host() -> Result<String, String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "host-tuple"]).output();
    let output = output.map_err(|error| format!("cannot run rustc: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A command of cargo that knows nothing of the package whose program runs it. The build script of `ring` runs again where that
/// differs, and whatever depends on it is compiled again: the test of `Containerfile` belongs to another package.
fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_MANIFEST_") || text.starts_with("CARGO_PKG_") {
            command.env_remove(&name);
        }
    }
    command
}

impl Program {
    /// Builds it, optimised as a profile says and linked with further arguments.
    pub(crate) fn optimized(self, profile: &str, link: &[String]) -> Result<PathBuf, String> {
        let mut command = cargo();
        command
            // An incremental build is cut into more pieces, which are optimised less.
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTFLAGS", RUSTFLAGS)
            .args(["rustc", "--profile", profile, "--target", &host()?])
            .args(self.package);
        self.build(&mut command, link)
    }

    fn build(self, command: &mut Command, link: &[String]) -> Result<PathBuf, String> {
        let name = self.name;
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(["--locked", "--bin", name])
            .arg("--message-format=json-render-diagnostics");
        if !link.is_empty() {
            command.arg("--");
        }
        for argument in link {
            command.args(["-C", &format!("link-arg={argument}")]);
        }
        let output = command.stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| format!("cannot run cargo: {error}"))?;
        if !output.status.success() {
            return Err(format!("the build of {name} failed"));
        }
        let messages = String::from_utf8_lossy(&output.stdout);
        let mut executables = messages.lines().filter_map(|line| executable(line, name));
        let last = executables.next_back();
        last.ok_or_else(|| format!("cargo reported no executable {name}"))
    }
}

fn executable(line: &str, name: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    let is_named = message.pointer("/target/name")? == name;
    let executable = message.get("executable")?.as_str()?;
    is_named.then(|| executable.into())
}
