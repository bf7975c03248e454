//! The document: its files, the references between them, and every object that it is made of.

#[expect(clippy::module_inception, reason = "the file is named after its type")]
mod document;
pub mod grammar;
pub(crate) mod identifier;
pub(crate) mod reference;
pub(crate) mod walk;

pub use self::document::Document;
