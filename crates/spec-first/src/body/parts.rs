//! The files of a form while it is decoded. In the form's value, which is JSON, each is a text that names it.

use std::cell::RefCell;

use serde::{Deserialize, Deserializer};

use super::file::File;

/// The first of the characters that name files: those for private use (Unicode, plane 15), which no text means.
const FIRST: u32 = 0xF_0000;

thread_local! {
    /// The files that [`File`]s are decoded from on this thread at the moment.
    static FILES: RefCell<Vec<File>> = const { RefCell::new(Vec::new()) };
}

/// The files of a form.
#[derive(Debug, Default)]
pub(crate) struct Parts(Vec<File>);

impl Parts {
    /// Adds a file; the text that names it, of at least `length` characters: the schema may bound the length of a file, which
    /// has been checked, and so that of this text.
    pub fn add(&mut self, file: File, length: usize) -> String {
        let name = u32::try_from(self.0.len()).ok();
        let name = name.and_then(|index| char::from_u32(FIRST + index));
        self.0.push(file);
        let rest = std::iter::repeat_n(' ', length.saturating_sub(1));
        name.into_iter().chain(rest).collect()
    }

    /// Decodes while the files can be found by their names.
    pub fn within<T>(self, decode: impl FnOnce() -> T) -> T {
        let outer = FILES.replace(self.0);
        let decoded = decode();
        FILES.set(outer);
        decoded
    }
}

/// The file of this name.
fn find(name: &str) -> Option<File> {
    let index = u32::from(name.chars().next()?).checked_sub(FIRST)?;
    FILES.with_borrow(|files| files.get(index as usize).cloned())
}

/// Decodes the file of a form. A schema may describe bodies in JSON, too: there a file is a text, which is decoded as the bytes
/// of the text.
impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(find(&text).unwrap_or_else(|| Self::of_text(text)))
    }
}
