//! The generated files: formatted, and each replaced as a whole.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The edition that generated code is written for.
pub const EDITION: &str = "2024";

/// Formats `source` and writes it to the file `name` of the folder `generated`.
///
/// # Errors
/// What could not be written, as a sentence.
pub fn write(generated: &Path, name: &str, source: &str) -> Result<(), String> {
    let formatted = format(source, generated)
        .map_err(|error| format!("{name} cannot be formatted: {error}"))?;
    replace(generated, name, &formatted).map_err(|error| {
        format!(
            "{} cannot be written: {error}.",
            generated.join(name).display()
        )
    })
}

/// Replaces the file `name` of `folder`. Another build that reads it meanwhile finds the old text or the new one, never a part.
///
/// # Errors
/// The file cannot be written.
pub fn replace(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    // Builds in other processes, and in tests in other threads, write here too.
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = folder.join(format!(".{name}.{}.{count}", std::process::id()));
    fs::write(&temporary, text)?;
    fs::rename(&temporary, folder.join(name))
}

/// Removes the generated files that are not among `names`: modules that the spec no longer has.
///
/// # Errors
/// What could not be removed, as a sentence.
pub fn remove_others(generated: &Path, names: &[String]) -> Result<(), String> {
    let failed = |error| format!("{} cannot be tidied: {error}.", generated.display());
    for entry in fs::read_dir(generated).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_source = name.ends_with(".rs") && !name.starts_with('.');
        if is_source && !names.iter().any(|kept| *kept == name) {
            fs::remove_file(&path).map_err(failed)?;
        }
    }
    Ok(())
}

/// The file with the project's own settings for rustfmt, if there is one.
pub fn rustfmt_settings(project: &Path) -> Option<PathBuf> {
    let files = ["rustfmt.toml", ".rustfmt.toml"].map(|name| project.join(name));
    files.into_iter().find(|file| file.exists())
}

/// Formats the source as `cargo fmt` would, with the project's own settings.
fn format(source: &str, folder: &Path) -> Result<String, String> {
    let rustfmt = env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut child = Command::new(&rustfmt)
        .args(["--edition", EDITION, "--emit", "stdout", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| {
            format!(
                "`{}` cannot be run ({error}). Install it with `rustup component add rustfmt`.",
                rustfmt.to_string_lossy()
            )
        })?;
    let mut input = child.stdin.take().expect("the input is piped");
    // Written from another thread, since rustfmt may write before it has read everything.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(source.as_bytes()));
        child.wait_with_output()
    })
    .map_err(|error| format!("{error}."))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!(
            "{} This is a fault of the templates of spec-first-build.",
            errors.lines().next().unwrap_or("rustfmt failed.")
        ));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{error}."))
}
