//! A spec-first HTTP server: `swagger.yml` in, a checked API out.
//!
//! The way of a request, one direction only:
//!
//! ```text
//! server → contract::Routes → contract::Call (checked) → generated::routes → a generated trait → contract: reply (checked)
//! ```
//!
//! Nothing here knows what the API is about; that is `swagger.yml` and the module that implements its traits.

mod assets;
mod compression;
pub mod contract;
#[path = "../generated/mod.rs"]
pub mod generated;
mod logging;
pub mod options;
pub mod problem;
pub mod server;
mod site;
mod spec;
mod swagger_ui;
