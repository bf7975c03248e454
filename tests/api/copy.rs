//! A copy of this project in a folder of its own. It depends on the crates where they are.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

#[path = "../../crates/spec-first-build/tests/build/shared_builds.rs"]
pub mod shared_builds;

/// All copies are in one place, one after another, so that cargo builds only what changed.
static PLACE: Mutex<()> = Mutex::new(());

/// What is not copied: a copy depends on the crates where they are.
const LEFT_OUT: [&str; 2] = [".git", "crates"];

pub struct Copy {
    _place: MutexGuard<'static, ()>,
    pub root: PathBuf,
}

/// The folder of this project.
pub fn original() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The target folder of these tests. The copies are built there, too: what they depend on has been compiled already.
pub fn target() -> &'static Path {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    folder.parent().expect("a folder in the target folder")
}

impl Copy {
    pub fn new() -> Self {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        let root = target().join("tmp/copy");
        if root.exists() {
            fs::remove_dir_all(&root).expect("the old copy is removed");
        }
        copy(original(), &root);
        let copy = Self {
            _place: place,
            root,
        };
        copy.write("Cargo.toml", &manifest(&copy.read("Cargo.toml")));
        copy
    }

    /// Replaces `old`, which is there once, in a file.
    pub fn edit(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}");
        self.write(file, &text.replace(old, new));
    }

    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.root.join(file), text).expect("the file is written");
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).expect("the file is read")
    }

    /// Removes a file or a folder.
    pub fn remove(&self, name: &str) {
        let path = self.root.join(name);
        let removed = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        removed.expect("it is removed");
    }

    /// Makes the change in `docs/secured.patch`, and builds the server; where it is.
    pub fn secured(&self) -> PathBuf {
        let mut apply = Command::new("git");
        apply
            .args(["apply", "docs/secured.patch"])
            .current_dir(&self.root)
            // The copy is no repository, and is not to be taken for a part of this one.
            .env(
                "GIT_CEILING_DIRECTORIES",
                self.root.parent().expect("a folder"),
            );
        printed(&apply.output().expect("git runs"), true);
        let build = [
            "build",
            "--bin",
            "people-copy",
            "--quiet",
            "--color",
            "never",
        ];
        printed(&self.cargo(&build).output().expect("cargo runs"), true);
        target().join("debug/people-copy")
    }

    /// A `cargo` command in the copy.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO"));
        shared_builds::without_package(&mut command)
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", target())
            .env("OPENAPI_GENERATOR_CLI", generator());
        command
    }
}

/// The manifest of a copy. Its server has a name of its own, since it is built in the same folder as the original.
fn manifest(text: &str) -> String {
    let root = original().display();
    let sections = text.split("\n\n").map(|section| match section {
        section if section.starts_with("[workspace]") => "[workspace]".to_owned(),
        section if section.starts_with("[package]") => {
            let section = section.replace("name = \"people\"", "name = \"people-copy\"");
            let section =
                section.replace("default-run = \"people\"", "default-run = \"people-copy\"");
            format!("{section}\n\n[lib]\nname = \"people\"")
        }
        section if section.starts_with("[dependencies]\n") => {
            let features = shared_builds::dependency(&target().join("tmp/features"));
            section.replace("[dependencies]\n", &format!("[dependencies]\n{features}\n"))
        }
        section => section.replace("path = \"crates/", &format!("path = \"{root}/crates/")),
    });
    sections.collect::<Vec<_>>().join("\n\n")
}

/// The generator, installed where a build would install it.
pub fn generator() -> PathBuf {
    spec_first_build::print::generator::install(target()).expect("the generator is installed")
}

/// The line of the file `passwords` in the README.
pub fn password_line() -> &'static str {
    let readme = include_str!("../../README.md");
    let mut lines = readme.lines();
    let line = lines.find(|line| line.starts_with("ann:$argon2id$"));
    line.expect("the line")
}

/// What cargo printed; it must have succeeded, or else failed.
pub fn printed(output: &Output, success: bool) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.success(), success, "{text}");
    text
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).expect("the file is copied");
        return;
    }
    fs::create_dir_all(to).expect("the folder is made");
    for entry in fs::read_dir(from).expect("the folder is read") {
        let name = entry.expect("the entry is read").file_name();
        // Where cargo has left its mark is a target folder.
        let is_target = from.join(&name).join("CACHEDIR.TAG").exists();
        if !is_target && !LEFT_OUT.iter().any(|left_out| name == *left_out) {
            copy(&from.join(&name), &to.join(&name));
        }
    }
}
