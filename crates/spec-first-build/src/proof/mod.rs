//! Which bodies need no check by their schemas: where a proof shows that the type of a body and the `validator` rules of that type
//! accept only what the schema accepts. The server then decodes such a body straight into its type and writes it in one pass.
//!
//! The proof goes through the keywords of the schema, and finds for each the rule, or the property of the type, that enforces it.
//! A keyword that none of these files knows makes it fail, so that nothing is left unchecked by mistake. It does not have to
//! succeed wherever it could: a body without a proof, and a body that its type or rules refuse, is validated by its schema.
//!
//! ```text
//! bodies    the bodies of all operations → prover    one type and one schema → keyword by keyword
//!                                            ├ scalars, arrays, objects, unions   what the type enforces of a keyword
//!                                            └ schemas                            what a schema accepts at all
//! ```
//!
//! What the proof relies on in the server: its reader takes structs from objects alone, enums from strings alone, dates, moments and
//! UUIDs in one notation each, and refuses members that a type does not have, duplicates, and `-0`. Its writer refuses numbers that
//! are not finite, dates beyond the year 9999, duplicates, and values of `oneOf` that another branch accepts.

mod arrays;
mod bodies;
mod gap;
mod lossless;
mod objects;
mod prover;
mod scalars;
mod schemas;
mod unions;

pub use bodies::{Body, mark, proofs};
pub use gap::Gap;
pub use prover::Size;
pub use unions::unions;
