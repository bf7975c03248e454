//! A spec-first HTTP server: `swagger.yml` in, a checked API out.
//!
//! The way of a request, one direction only:
//!
//! ```text
//! server → contract::Routes → contract::Call (checked) → generated::routes → a generated trait → contract: reply (checked)
//! ```
//!
//! Nothing here knows what the API is about; that is `swagger.yml` and the module that implements its traits.

pub mod contract;
#[path = "../generated/mod.rs"]
pub mod generated;
pub mod problem;
