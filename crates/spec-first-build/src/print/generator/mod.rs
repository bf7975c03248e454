//! openapi-generator: finds it, or installs it, and runs it. It knows nothing of what is generated.

mod install;
mod java;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use self::install::Installation;
use self::java::Cache;

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

/// Runs the generator; what it wrote is in `job.output`.
///
/// Cargo need not know of the variables: a build that needs the generator and fails is run again in any case, and one that
/// succeeds does not depend on which generator it was.
///
/// # Errors
/// A sentence for each way in which there is no generator, or in which it fails.
pub fn run(job: &Job, cache: &Path) -> Result<(), String> {
    let cli = find(cache)?;
    if job.output.exists() {
        std::fs::remove_dir_all(job.output)
            .map_err(|error| format!("{} cannot be emptied: {error}.", job.output.display()))?;
    }
    let cache = Cache::of(Path::new(&cli));
    let mut output = start(&cli, job, &cache)?;
    if output.status.success() {
        cache.keep();
    } else if cache.discard() {
        output = start(&cli, job, &Cache::None)?;
    }
    match output.status.success() {
        true => Ok(()),
        false => Err(failure(&cli, job, &output)),
    }
}

fn start(cli: &OsString, job: &Job, cache: &Cache) -> Result<Output, String> {
    let mut command = Command::new(cli);
    command
        .args(["generate", "--skip-validate-spec", "-c"])
        .arg(job.config)
        .arg("-t")
        .arg(job.templates)
        .arg("-i")
        .arg(job.document)
        .arg("-o")
        .arg(job.output)
        .env(java::VARIABLE, cache.options());
    command.output().map_err(|error| cannot_run(cli, &error))
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
    let installed = Installation::in_cache(cache);
    if installed.is_finished() {
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
    let installed = Installation::in_cache(cache).install(VERSION);
    installed.map_err(|error| {
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
    let lines = || text.lines().filter(|line| !line.starts_with("NOTE:"));
    let cause = lines()
        .find(|line| line.contains("Exception") || line.contains("rror"))
        .or_else(|| lines().next())
        .unwrap_or("no message");
    format!(
        "`{}` failed on {} ({}): {}. Run it by hand to see its whole output.",
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
