//! openapi-generator: finds it, or installs it, and runs it. It knows nothing of what is generated.

mod install;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The release that the templates are written for.
pub const VERSION: &str = "7.26.0";

/// Names the generator's command line, before it is looked for on PATH.
const CLI_VARIABLE: &str = "OPENAPI_GENERATOR_CLI";

/// Forbids the installation, if it is `never`.
const INSTALL_VARIABLE: &str = "OPENAPI_GENERATOR_INSTALL";

/// What the generator works on.
pub struct Job<'a> {
    pub config: &'a Path,
    pub templates: &'a Path,
    /// The prepared copy of the document.
    pub document: &'a Path,
    /// The folder that it writes to, which is emptied first.
    pub output: &'a Path,
}

/// The variables that a build depends on.
pub fn variables() -> [&'static str; 2] {
    [CLI_VARIABLE, INSTALL_VARIABLE]
}

/// Runs the generator; what it wrote stands in `job.output`.
///
/// # Errors
/// A sentence for each way in which there is no generator, or in which it fails.
pub fn run(job: &Job, cache: &Path) -> Result<(), String> {
    let cli = find(cache)?;
    if job.output.exists() {
        std::fs::remove_dir_all(job.output)
            .map_err(|error| format!("{} cannot be emptied: {error}.", job.output.display()))?;
    }
    let output = Command::new(&cli)
        .args(["generate", "--skip-validate-spec", "-c"])
        .arg(job.config)
        .arg("-t")
        .arg(job.templates)
        .arg("-i")
        .arg(job.document)
        .arg("-o")
        .arg(job.output)
        // A short-lived run: the quick compiler and the simplest collector start soonest.
        .env(
            "JDK_JAVA_OPTIONS",
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        )
        .output()
        .map_err(|error| cannot_run(&cli, &error))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(failure(&cli, job, &output))
    }
}

/// The generator: the one that is named, the one on PATH if it is of our version, or one installed in `cache`.
fn find(cache: &Path) -> Result<OsString, String> {
    if let Some(named) = env::var_os(CLI_VARIABLE).filter(|named| !named.is_empty()) {
        return Ok(named);
    }
    for name in ["openapi-generator-cli", "openapi-generator"] {
        if is_ours(name) {
            return Ok(name.into());
        }
    }
    let installed = install::place(cache);
    if installed.is_ready() {
        return Ok(installed.cli().into_os_string());
    }
    if env::var(INSTALL_VARIABLE).is_ok_and(|word| word == "never") {
        return Err(format!(
            "The spec or the generator's input changed, so openapi-generator {VERSION} has to run, but it is not on PATH \
             and {INSTALL_VARIABLE}=never forbids installing it. Install it, name it in {CLI_VARIABLE}, or unset \
             {INSTALL_VARIABLE}."
        ));
    }
    install(cache).map(PathBuf::into_os_string)
}

/// Installs the generator in the folder `cache`, unless it is there; its command line.
///
/// # Errors
/// Why it could not be installed, and what to do, in a sentence.
pub fn install(cache: &Path) -> Result<PathBuf, String> {
    install::place(cache).install(VERSION).map_err(|error| {
        format!(
            "openapi-generator {VERSION} has to run, is not on PATH, and could not be installed: {error} Install Python 3 \
             with its venv module (Debian: python3-venv), or name an installed generator in {CLI_VARIABLE}."
        )
    })
}

fn is_ours(name: &str) -> bool {
    let version = Command::new(name).arg("version").output();
    version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == VERSION)
}

fn cannot_run(cli: &OsString, error: &std::io::Error) -> String {
    let cli = cli.to_string_lossy();
    format!(
        "The spec or the generator's input changed, so openapi-generator has to run, but `{cli}` cannot be run: {error}. Name openapi-generator {VERSION} in {CLI_VARIABLE}, or unset it."
    )
}

fn failure(cli: &OsString, job: &Job, output: &Output) -> String {
    let text = [output.stderr.as_slice(), output.stdout.as_slice()].concat();
    let text = String::from_utf8_lossy(&text);
    let cause = text
        .lines()
        .find(|line| line.contains("Exception") || line.contains("rror"))
        .or_else(|| text.lines().next())
        .unwrap_or("it says nothing");
    format!(
        "`{}` failed on {} ({}): {}. Run it by hand to see all that it says.",
        cli.to_string_lossy(),
        job.document.display(),
        output.status,
        cause.trim()
    )
}

/// The folder of all builds, in which cargo has left its mark; else `out`, the build script's own.
pub fn cache(out: &Path) -> &Path {
    out.ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").exists())
        .unwrap_or(out)
}
