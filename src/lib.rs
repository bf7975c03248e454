//! A spec-first HTTP server: `swagger.yml` in, a checked API out.
//!
//! ```text
//! build    swagger.yml → spec-first-build → generated/, and contract.json, spec.json, Swagger UI's files, which are embedded
//!
//! request → server: limits, request id, log, compression
//!             ├─ an operation:
//!             │    contract: route, decode, check → generated::routes → generated trait → the application
//!             │    contract: check, encode        ←                                     ←
//!             └─ anything else:
//!                  site: page, swagger_ui, spec → assets; or not_found
//!           Err(Problem) anywhere on the way → problem+json
//! ```
//!
//! Nothing here knows what the API is about: that is the business of `swagger.yml` and of the program that implements its
//! traits. It calls [`server::serve`] with an application, the [`options`] that it was started with, and what else it has to
//! show.

// The types of a large spec lead to each other in chains of hundreds.
#![recursion_limit = "512"]

mod assets;
mod compression;
pub mod contract;
#[path = "../generated/mod.rs"]
pub mod generated;
mod logging;
mod not_found;
pub mod options;
pub mod problem;
pub mod server;
mod site;
mod spec;
mod swagger_ui;
