//! Swagger UI's files, from the folder where cargo keeps the package `swagger-ui-dist`.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

const PACKAGE: &str = "swagger-ui-dist";

/// Copies Swagger UI's files into `OUT_DIR/swagger-ui`, each compressed with gzip and named `NAME.gz`, without source maps.
pub fn copy() -> ExitCode {
    println!("cargo::rerun-if-changed=build");
    match try_copy(&folder("CARGO_MANIFEST_DIR"), &folder("OUT_DIR")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            println!("cargo::error={sentence}");
            ExitCode::FAILURE
        }
    }
}

fn folder(variable: &str) -> PathBuf {
    env::var_os(variable)
        .expect("cargo sets this for build scripts")
        .into()
}

fn try_copy(project: &Path, out: &Path) -> Result<(), String> {
    let package = package_folder(project)?;
    let target = out.join("swagger-ui");
    replace_folder(&target)?;
    files(&package)?
        .iter()
        .try_for_each(|file| compress(file, &target))
}

/// The folder of the package, as cargo reports it.
fn package_folder(project: &Path) -> Result<PathBuf, String> {
    // Offline first: cargo has just resolved this very build, and a build without network must pass. But it fetches no
    // package that only tests use, and metadata wants those too; then cargo may fetch them.
    let metadata = metadata(project, &["--offline"])
        .or_else(|_| metadata(project, &[]))
        .map_err(|error| format!("`cargo metadata` does not report where {PACKAGE} is: {error}"))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut named = packages.filter(|package| package["name"] == PACKAGE);
    let manifest = named.find_map(|package| package["manifest_path"].as_str());
    let folder = manifest.and_then(|manifest| Path::new(manifest).parent());
    folder.map(Path::to_owned).ok_or(format!(
        "{PACKAGE} is not among the build-dependencies in Cargo.toml"
    ))
}

fn metadata(project: &Path, options: &[&str]) -> Result<Value, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["metadata", "--format-version", "1", "--manifest-path"])
        .arg(project.join("Cargo.toml"))
        .args(options);
    // Otherwise cargo wants the packages of every platform.
    if let Some(host) = env::var_os("HOST") {
        command.arg("--filter-platform").arg(host);
    }
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        let report = String::from_utf8_lossy(&output.stderr);
        return Err(report.trim().to_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

/// The files to copy: all that a browser asks for, and the license.
fn files(package: &Path) -> Result<Vec<PathBuf>, String> {
    let assets = package.join("assets");
    let entries = fs::read_dir(&assets)
        .map_err(|error| format!("cannot read {}: {error}", assets.display()))?;
    let mut files = vec![package.join("LICENSE")];
    for entry in entries {
        let path = entry
            .map_err(|error| format!("cannot read {}: {error}", assets.display()))?
            .path();
        if path.extension() != Some(OsStr::new("map")) {
            files.push(path);
        }
    }
    Ok(files)
}

fn compress(file: &Path, target: &Path) -> Result<(), String> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".gz");
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let compressed = encoder
        .write_all(&read(file)?)
        .and_then(|()| encoder.finish());
    write(
        &target.join(name),
        &compressed.map_err(|error| format!("cannot compress {}: {error}", file.display()))?,
    )
}

fn replace_folder(folder: &Path) -> Result<(), String> {
    let removed = if folder.exists() {
        fs::remove_dir_all(folder)
    } else {
        Ok(())
    };
    let replaced = removed.and_then(|()| fs::create_dir_all(folder));
    replaced.map_err(|error| format!("cannot replace {}: {error}", folder.display()))
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

fn write(file: &Path, content: &[u8]) -> Result<(), String> {
    fs::write(file, content).map_err(|error| format!("cannot write {}: {error}", file.display()))
}
