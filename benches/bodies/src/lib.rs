//! What it costs to read, check and send bodies of several shapes: by the code that the build makes of `swagger.yml`, and by
//! serde alone. Both are services of actix-web that are called in process.
//!
//! ```text
//! shape        the bodies, and their JSON
//! application  sends back what it reads, by the generated trait
//! plain        the same by handlers that check nothing
//! harness      calls either of them
//! ```
//!
//! `benches/bodies.rs` measures the time with criterion; `src/main.rs` is what callgrind counts.

#[path = "../generated/mod.rs"]
pub mod generated;

mod application;
mod harness;
mod plain;
mod shape;

pub use harness::{Direction, Harness, Kind, Prepared};
pub use shape::{ALL, Shape};
