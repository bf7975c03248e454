//! How the generator's Java starts: quickly, and from a cache of loaded classes where it can.
//!
//! A Java from version 25 on writes such a cache when it ends (`-XX:AOTCacheOutput`), and starts from it in less than half of
//! the time (`-XX:AOTCache`). An older one ignores both options, and every Java ignores a cache that it did not write itself.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::install::Installation;

/// The variable with options for Java.
pub const VARIABLE: &str = "JDK_JAVA_OPTIONS";

/// For a short run, the quick compiler and the simplest collector start soonest. Messages about caches are switched off.
const OPTIONS: &str =
    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+IgnoreUnrecognizedVMOptions -Xlog:disable";

/// The cache of an installation, as a run uses it.
pub enum Cache {
    /// There is none.
    None,
    /// The run starts from this file.
    Read(PathBuf),
    /// The run writes the first file, which is moved to the second. Nobody else does so as long as the lock is held.
    Write(PathBuf, PathBuf, File),
}

impl Cache {
    /// The cache for a run of `cli`. Only an installation of our own has one, in its folder.
    pub fn of(cli: &Path) -> Self {
        let Some(folder) = Installation::with_cli(cli).map(Installation::into_folder) else {
            return Self::None;
        };
        let file = folder.join("java.aot");
        match fs::metadata(&file) {
            Ok(found) if found.len() > 0 => Self::Read(file),
            // This Java has written none.
            Ok(_) => Self::None,
            Err(_) => Self::to_write(&folder, file),
        }
    }

    fn to_write(folder: &Path, file: PathBuf) -> Self {
        let lock = File::create(folder.join("java.aot.lock"));
        match lock.ok().filter(|lock| lock.try_lock().is_ok()) {
            Some(lock) => Self::Write(folder.join("java.aot.new"), file, lock),
            None => Self::None,
        }
    }

    /// The options for Java. They replace the user's own: two choices of a collector would be an error.
    pub fn options(&self) -> String {
        let option = match self {
            Self::None => None,
            Self::Read(file) => quoted("-XX:AOTCache", file),
            Self::Write(file, ..) => quoted("-XX:AOTCacheOutput", file),
        };
        match option {
            Some(option) => format!("{OPTIONS} {option}"),
            None => OPTIONS.to_owned(),
        }
    }

    /// Keeps what a successful run has written. An empty file means that this Java writes none, so that no other run tries.
    pub fn keep(self) {
        if let Self::Write(new, file, _lock) = self
            && fs::rename(new, &file).is_err()
        {
            let _ = File::create(file);
        }
    }

    /// Removes the cache after a run that failed; whether there was one, so that a run without it may succeed.
    pub fn discard(self) -> bool {
        match self {
            Self::None => false,
            Self::Read(file) | Self::Write(file, ..) => {
                let _ = fs::remove_file(file);
                true
            }
        }
    }
}

/// An option with a file, quoted for the variable; none where the quotes would end too early.
fn quoted(option: &str, file: &Path) -> Option<String> {
    let file = file.to_str().filter(|file| !file.contains('"'))?;
    Some(format!("\"{option}={file}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installation(folder: &Path) -> PathBuf {
        File::create(folder.join("installed")).expect("the mark is made");
        folder.join("bin/openapi-generator-cli")
    }

    #[test]
    fn the_first_run_writes_the_cache_and_the_next_reads_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let cli = installation(folder.path());

        let first = Cache::of(&cli);
        assert!(first.options().contains("-XX:AOTCacheOutput="));
        // Another run at the same time.
        assert!(!Cache::of(&cli).options().contains("AOTCache"));
        fs::write(folder.path().join("java.aot.new"), "classes").expect("the cache is written");
        first.keep();

        let next = Cache::of(&cli);
        let option = format!(
            "\"-XX:AOTCache={}\"",
            folder.path().join("java.aot").display()
        );
        assert!(next.options().ends_with(&option), "{}", next.options());
        assert!(next.discard());
        assert!(Cache::of(&cli).options().contains("-XX:AOTCacheOutput="));
    }

    #[test]
    fn a_java_that_writes_no_cache_is_asked_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let cli = installation(folder.path());
        Cache::of(&cli).keep();
        assert!(matches!(Cache::of(&cli), Cache::None));
    }

    #[test]
    fn a_generator_of_the_users_own_has_no_cache() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::of(&folder.path().join("bin/openapi-generator-cli"));
        assert!(matches!(cache, Cache::None));
        assert!(!cache.discard());
    }
}
