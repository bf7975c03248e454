//! Lets a build that a test runs share what the build of the tests has compiled.
//!
//! Cargo compiles a dependency once for each set of features: a copy of a project depends on a package that has every dependency
//! of the workspace, and so it has the sets that the tests have.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Built by itself, since it needs other features.
const ALONE: &str = "peer";

/// Members that build scripts depend on. Cargo gives those the features that the tests of these members need.
const IN_BUILDS: [&str; 2] = ["spec-first", "spec-first-build"];

/// A dependency of one or more members.
#[derive(Default)]
struct Dependency {
    requirements: BTreeSet<String>,
    features: BTreeSet<String>,
    has_default_features: bool,
}

/// Dependencies by the section of a manifest and their name.
type Dependencies = BTreeMap<(&'static str, String), Dependency>;

/// Removes what cargo tells a test of its package. Where it differs, the build script of `ring` runs again, and whatever depends on
/// that is compiled again.
pub fn without_package(command: &mut Command) -> &mut Command {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_MANIFEST_") || text.starts_with("CARGO_PKG_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Writes the package with all dependencies into a folder, unless it is there; the line of a manifest that depends on it.
pub fn dependency(folder: &Path) -> String {
    let manifest = manifest(&dependencies(&members()));
    for (name, text) in [("Cargo.toml", manifest.as_str()), ("src/lib.rs", "")] {
        let file = folder.join(name);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        fs::write(file, text).expect("the file is written");
    }
    format!("features = {{ path = {folder:?} }}")
}

/// The members of the workspace, as cargo describes them.
fn members() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let members = metadata["packages"].as_array().expect("packages");
    let members = members.iter().filter(|member| member["name"] != ALONE);
    members.cloned().collect()
}

fn dependencies(members: &[Value]) -> Dependencies {
    let mut all = Dependencies::new();
    for member in members {
        let is_in_builds = IN_BUILDS.iter().any(|name| member["name"] == *name);
        let found = member["dependencies"].as_array().expect("dependencies");
        for found in found.iter().filter(|it| it["path"].is_null()) {
            let sections: &[_] = match found["kind"].as_str() {
                Some("build") => &["build-dependencies"],
                Some("dev") if is_in_builds => &["dependencies", "build-dependencies"],
                _ => &["dependencies"],
            };
            for section in sections {
                let name = text(&found["name"]);
                all.entry((*section, name)).or_default().add(found);
            }
        }
    }
    all
}

impl Dependency {
    /// Adds what a member needs of it.
    fn add(&mut self, found: &Value) {
        let features = found["features"].as_array().expect("features");
        self.features.extend(features.iter().map(text));
        self.requirements.insert(text(&found["req"]));
        self.has_default_features |= found["uses_default_features"] == true;
    }
}

fn manifest(dependencies: &Dependencies) -> String {
    let mut manifest =
        "[package]\nname = \"features\"\nversion = \"0.1.0\"\nedition = \"2024\"\n".to_owned();
    for ((section, name), dependency) in dependencies {
        let requirements: Vec<_> = dependency.requirements.iter().map(String::as_str).collect();
        write!(
            manifest,
            "\n[{section}.{name}]\nversion = {:?}\nfeatures = {:?}\ndefault-features = {}\n",
            requirements.join(", "),
            Vec::from_iter(&dependency.features),
            dependency.has_default_features,
        )
        .expect("a text can be written to");
    }
    manifest
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
