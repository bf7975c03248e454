//! A list of tasks, served by the crates of spec-first: what the build makes of `swagger.yml`, and the application's own part.

#[path = "../generated/mod.rs"]
pub mod generated;

pub mod health;
pub mod key;

mod list;
mod table;

pub use list::List;
