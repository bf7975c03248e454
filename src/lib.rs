//! What the build makes of `swagger.yml`: types, traits, routes, and a mock.

// The types of a large spec refer to each other in chains of hundreds.
#![recursion_limit = "512"]

#[path = "../generated/mod.rs"]
pub mod generated;
