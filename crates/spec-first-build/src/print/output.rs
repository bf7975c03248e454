//! The generated files: formatted, with their stamp, and put in place whole.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::stamp::Stamp;

/// Writes the file `name` with `source` into the folder `generated`.
///
/// # Errors
/// A sentence that says what could not be written.
pub fn write(generated: &Path, name: &str, source: &str, stamp: &Stamp) -> Result<(), String> {
    let path = generated.join(name);
    let formatted = format(source, generated)
        .map_err(|error| format!("{name} cannot be formatted: {error}"))?;
    // Builds of other processes, and in tests of other threads, write here too.
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let temporary = generated.join(format!(".{name}.{}.{count}", std::process::id()));
    // Another build that reads meanwhile finds the old file or the new one, never half of one.
    fs::write(&temporary, format!("{}\n{formatted}", stamp.header()))
        .and_then(|()| fs::rename(&temporary, &path))
        .map_err(|error| format!("{} cannot be written: {error}.", path.display()))
}

/// Removes the generated files that are not among `names`: modules that the spec no longer has.
///
/// # Errors
/// A sentence that says what could not be removed.
pub fn keep_only(generated: &Path, names: &[String]) -> Result<(), String> {
    let failed = |error: io::Error| format!("{} cannot be tidied: {error}.", generated.display());
    for entry in fs::read_dir(generated).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.extension().is_some_and(|extension| extension == "rs")
            && !names.contains(&name)
            && !name.starts_with('.')
        {
            fs::remove_file(&path).map_err(failed)?;
        }
    }
    Ok(())
}

/// Lays the source out as `cargo fmt` would, with the project's own settings.
fn format(source: &str, folder: &Path) -> Result<String, String> {
    let rustfmt = std::env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut child = Command::new(&rustfmt)
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
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
    // Written from another thread: rustfmt may answer before it has read everything.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(source.as_bytes()));
        child.wait_with_output()
    })
    .map_err(|error| format!("{error}."))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!(
            "{} This is a fault of the templates in crates/spec-first-build/.",
            said.lines().next().unwrap_or("rustfmt failed.")
        ));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{error}."))
}
