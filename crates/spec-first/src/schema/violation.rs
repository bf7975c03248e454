//! Where a value breaks a schema, and how.

/// One place where a value breaks a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer to the part of the value.
    pub pointer: String,
    /// The keyword that is broken; none where the schema is `false`.
    pub keyword: Option<String>,
    /// JSON pointer to the keyword in the author's document, after the file's name and `#` if it is not in the main file.
    pub schema: Option<String>,
    /// What is wrong, as a sentence.
    pub detail: String,
}

impl Violation {
    /// The violation with its place, for whoever develops the application; `part` is what is validated.
    #[must_use]
    pub fn describe(&self, part: &str) -> String {
        let (pointer, detail) = (&self.pointer, &self.detail);
        let schema = self.schema.as_deref().unwrap_or("a pattern");
        format!("{part} at {pointer:?}: {detail} ({schema})")
    }
}
