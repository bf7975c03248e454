//! A project of its own: a copy of `crates/spec-first/tests/application`, built with cargo as its team would build it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::shared_builds;

/// All copies are in one place, one after another, so that cargo builds only what changed.
static PLACE: Mutex<()> = Mutex::new(());

/// What the copy has of the application.
const PARTS: [&str; 4] = ["swagger.yml", "build.rs", "generated", "src"];

/// The root of a library that is generated code alone.
const LIBRARY: &str = "
// The types of a large spec lead to each other in chains of hundreds.
#![recursion_limit = \"512\"]

#[path = \"../generated/mod.rs\"]
pub mod generated;
";

pub struct Project {
    _place: MutexGuard<'static, ()>,
    pub root: PathBuf,
}

/// The folder of the build's tests.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The folder of the application that is copied.
pub fn original() -> PathBuf {
    crates().join("spec-first/tests/application")
}

/// The folder for everything that these tests write.
pub fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("build")
}

fn crates() -> &'static Path {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.parent().expect("the crate is in a folder")
}

/// The target folder of these tests. The copies are built there, too: what they depend on has been compiled already.
fn target() -> &'static Path {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    folder.parent().expect("a folder in the target folder")
}

impl Project {
    /// A fresh copy.
    pub fn copy() -> Self {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        let root = scratch().join("project");
        for part in PARTS {
            mirror(&original().join(part), &root.join(part));
        }
        let project = Self {
            _place: place,
            root,
        };
        project.write("Cargo.toml", &manifest());
        // The versions that the workspace has.
        let lock = crates().with_file_name("Cargo.lock");
        let lock = fs::read_to_string(lock).expect("the file is read");
        project.write("Cargo.lock", &lock);
        project
    }

    /// A copy with another spec, a library of what is generated from it, and the mock.
    pub fn with_spec(spec: &str) -> Self {
        let project = Self::copy();
        project.write("swagger.yml", spec);
        project.write("src/lib.rs", LIBRARY);
        project.write("src/main.rs", "fn main() {}\n");
        project
    }

    /// Replaces `old`, which is there once, in a file.
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}");
        self.write(file, &text.replace(old, new));
    }

    pub fn write(&self, file: &str, text: &str) {
        write(&self.root.join(file), text.as_bytes());
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).expect("the file is read")
    }

    /// A `cargo` command in the copy.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        shared_builds::without_package(&mut command)
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", target())
            .env_remove("OPENAPI_GENERATOR_CLI")
            .env_remove("OPENAPI_GENERATOR_INSTALL");
        command
    }

    /// Runs the compiler and clippy on the copy's library and its mock, with the generator at `generator`. Whatever they
    /// report is an error; a warning of the build script about the spec is not.
    pub fn lint(&self, generator: impl AsRef<Path>) -> Output {
        let arguments = [
            "clippy",
            "--lib",
            "--bin",
            "copy-mock",
            "--quiet",
            "--color",
            "never",
            "--",
            "-D",
            "warnings",
        ];
        self.run(&arguments, generator.as_ref())
    }

    /// Runs the compiler on the copy's library and its mock, with the generator at `generator`. Whatever it reports is an error;
    /// what only clippy reports is not.
    pub fn compile(&self, generator: impl AsRef<Path>) -> Output {
        let arguments = [
            "clippy",
            "--lib",
            "--bin",
            "copy-mock",
            "--quiet",
            "--color",
            "never",
            "--",
            "-D",
            "warnings",
            "-A",
            "clippy::all",
        ];
        self.run(&arguments, generator.as_ref())
    }

    /// Builds the copy's server, but not its mock, with the generator at `generator`.
    pub fn build_server(&self, generator: impl AsRef<Path>) -> Output {
        let arguments = ["build", "--bin", "copy", "--quiet", "--color", "never"];
        self.run(&arguments, generator.as_ref())
    }

    /// Builds the copy with the generator at `generator`.
    pub fn build(&self, generator: impl AsRef<Path>) -> Output {
        let arguments = ["build", "--quiet", "--color", "never"];
        self.run(&arguments, generator.as_ref())
    }

    fn run(&self, arguments: &[&str], generator: &Path) -> Output {
        let mut command = self.cargo(arguments);
        let command = command.env("OPENAPI_GENERATOR_CLI", generator);
        command.output().expect("cargo runs")
    }

    /// The copy's build script, without cargo.
    pub fn script(&self) -> Command {
        let out = scratch().join("out");
        fs::create_dir_all(&out).expect("the folder is made");
        let mut command = Command::new(env!("CARGO_BIN_EXE_build-script"));
        command
            .env("CARGO_MANIFEST_DIR", &self.root)
            .env("OUT_DIR", out)
            .env_remove("OPENAPI_GENERATOR_CLI")
            .env_remove("OPENAPI_GENERATOR_INSTALL");
        command
    }
}

/// The application's manifest for a copy: its programs have names of their own, since they are built in the same folder as the
/// application's, and it depends on the crates by absolute paths.
fn manifest() -> String {
    let text = fs::read_to_string(original().join("Cargo.toml")).expect("the file is read");
    let crates = crates().display();
    let text = text
        .replace("name = \"tasks\"", "name = \"copy\"")
        .replace("default-run = \"tasks\"", "default-run = \"copy\"")
        .replace(
            "path = \"../..\"",
            &format!("path = \"{crates}/spec-first\""),
        )
        .replace("path = \"../../../", &format!("path = \"{crates}/"))
        .replace(
            "\n[dependencies]\n",
            &format!(
                "\n[dependencies]\n{}\n",
                shared_builds::dependency(&target().join("tmp/features"))
            ),
        );
    let (package, rest) = text.split_once("\n[lints.rust]").expect("the lints");
    // Dependencies have the same profile as in the workspace, or else they would be compiled again.
    format!(
        r#"{package}
[workspace]

[lib]
name = "tasks"

[[bin]]
name = "copy"
path = "src/main.rs"

[[bin]]
name = "copy-mock"
path = "src/bin/tasks-mock.rs"

[profile.dev]
debug = false

[lints.rust]{rest}"#
    )
}

/// What cargo printed, which must have succeeded.
pub fn succeeded(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{text}");
    text
}

/// What cargo printed, which must have failed.
pub fn failed(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{text}");
    text
}

/// The generator, installed where a build would install it.
pub fn generator() -> PathBuf {
    spec_first_build::print::generator::install(target()).expect("the generator is installed")
}

/// Makes `copy` the same as `original`; what is the same already is not touched, so that cargo sees no change.
fn mirror(original: &Path, copy: &Path) {
    if original.is_file() {
        return write(copy, &fs::read(original).expect("the original is read"));
    }
    fs::create_dir_all(copy).expect("the folder is made");
    for name in names(copy) {
        let (from, to) = (original.join(&name), copy.join(&name));
        if !from.exists() && to.is_dir() {
            fs::remove_dir_all(to).expect("what was left is removed");
        } else if !from.exists() {
            fs::remove_file(to).expect("what was left is removed");
        }
    }
    names(original)
        .iter()
        .for_each(|name| mirror(&original.join(name), &copy.join(name)));
}

/// Writes a file, unless it has this content.
fn write(file: &Path, content: &[u8]) {
    if fs::read(file).is_ok_and(|old| old == content) {
        return;
    }
    let folder = file.parent().expect("a file is in a folder");
    fs::create_dir_all(folder).expect("the folder is made");
    fs::write(file, content).expect("the file is written");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is read");
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry.expect("the entry is read")))
        .collect();
    names.sort();
    names
}
