//! Where a file is, and whether it is still the same one that is there.

use std::path::{Path, PathBuf};

use super::handles::Identity;

/// The place of a file that was there when it was opened.
pub struct Place {
    path: PathBuf,
    file: Option<Identity>,
}

impl Place {
    /// Of the file that is at a path now.
    pub fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: Identity::at(path),
        }
    }

    /// Of the file that is now where this one was.
    pub fn now(&self) -> Self {
        Self::of(&self.path)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file is still there. What is written to one that was removed is lost.
    pub fn is_current(&self) -> bool {
        self.file == Identity::at(&self.path)
    }
}
