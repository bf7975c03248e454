//! From Rust items to files: the document that openapi-generator reads, its run, the tidying of what it wrote.

pub mod generator;
pub mod output;
pub mod stamp;

mod answers;
mod declare;
mod imports;
mod prepare;

pub use self::prepare::{prepare, tag};
