//! The stamp: a hash of all that `generated/` is made from, in a file of that folder.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::generator;
use super::output;
use super::templates;

/// The stamp's file in `generated/`. Its name has no dot in front, since cargo leaves such files out of a package.
pub const FILE: &str = "stamp.txt";

/// The text of the file, before the hash.
const TEXT: &str = "\
This folder was generated from an input that has the hash below. A build whose input has another hash generates it again.
A merge may leave two hashes here; the next build puts that right.
";

/// The hash of an input.
#[derive(Debug, PartialEq, Eq)]
pub struct Stamp(String);

impl Stamp {
    /// The stamp of `document`, which the generator reads. Templates, configuration and versions are part of it; `rustfmt` is
    /// the text of the project's own settings for rustfmt.
    pub fn new(document: &str, rustfmt: &str) -> Self {
        let own = [document, rustfmt, generator::VERSION, output::EDITION];
        let templates = templates::FILES.iter().map(|(_, text)| *text);
        let mut hash = Sha256::new();
        for input in own.into_iter().chain(templates) {
            // A checkout may have other line ends.
            hash.update(input.replace("\r\n", "\n"));
            hash.update([0]);
        }
        let digits = hash.finalize();
        Self(digits.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether the folder `generated` has this stamp.
    pub fn is_in(&self, generated: &Path) -> bool {
        let found = fs::read_to_string(generated.join(FILE));
        found.is_ok_and(|found| found.replace("\r\n", "\n") == self.text())
    }

    /// Writes the stamp into the folder `generated`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, generated: &Path) -> io::Result<()> {
        output::replace(generated, FILE, &self.text())
    }

    fn text(&self) -> String {
        format!("{TEXT}sha256 {}\n", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_counts_and_line_ends_do_not() {
        let stamp = Stamp::new("{}\n", "");
        assert_eq!(stamp, Stamp::new("{}\r\n", ""));
        assert_ne!(stamp, Stamp::new("{ }\n", ""));
        assert_ne!(stamp, Stamp::new("{}\n", "max_width = 80\n"));
    }

    #[test]
    fn a_merged_stamp_is_stale() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (Stamp::new("one", ""), Stamp::new("other", ""));
        assert!(!one.is_in(folder.path()));
        one.write(folder.path()).expect("the stamp is written");
        assert!(one.is_in(folder.path()));
        assert!(!other.is_in(folder.path()));

        let merged = format!("{}sha256 {}\n", one.text(), other.0);
        fs::write(folder.path().join(FILE), merged).expect("the stamp is written");
        assert!(!one.is_in(folder.path()));
        assert!(!other.is_in(folder.path()));
    }
}
