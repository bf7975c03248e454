//! The stamp: a hash of all that generated code is made from, in the head of every generated file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::generator;

/// The head of every generated file.
pub struct Stamp(String);

impl Stamp {
    /// Hashes the generator's version, the spec's `files`, and everything in the folder `package`.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn new(files: impl Iterator<Item = PathBuf>, package: &Path) -> io::Result<Self> {
        let mut inputs: Vec<_> = files.collect();
        for folder in ["src", "templates"] {
            collect(&package.join(folder), &mut inputs)?;
        }
        inputs.push(package.join("openapi-generator.yaml"));
        let mut hash = Sha256::new();
        hash.update(generator::VERSION);
        for input in inputs {
            hash.update([0]);
            // A checkout may have other line ends; they change nothing.
            hash.update(fs::read_to_string(input)?.replace("\r\n", "\n"));
        }
        let digits: String = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Ok(Self(digits))
    }

    /// The first lines of a generated file.
    pub fn header(&self) -> String {
        format!(
            "// Generated from swagger.yml. Change the spec, then rebuild.\n// Input: sha256 {}\n",
            self.0
        )
    }

    /// Whether the file at `path` was made from the same input.
    pub fn is_on(&self, path: &Path) -> bool {
        fs::read_to_string(path)
            .is_ok_and(|text| text.replace("\r\n", "\n").starts_with(&self.header()))
    }
}

/// The files of a folder and of the folders in it, in the order of their names.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files)?;
        } else {
            files.push(entry);
        }
    }
    Ok(())
}
