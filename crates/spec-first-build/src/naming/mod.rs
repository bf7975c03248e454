//! Names in Rust: made from the spec's, or chosen by its author. It knows nothing of documents.

mod case;
mod distinct;
mod element;
mod import;
mod reserved;
mod spelling;
mod syntax;

pub use self::case::{chosen_snake, chosen_type, pascal, screaming, snake, type_name};
pub use self::distinct::{distinct, free, joined};
pub use self::element::element;
pub use self::import::Import;
pub use self::spelling::spelled_out;
pub use self::syntax::{is_identifier, is_type};
