//! The runtime of a spec-first HTTP server: an OpenAPI document in, a checked API out. It knows no document in particular.
//!
//! A program hands over one value, the [`Api`] that the generated code makes of the program's own application. It is served
//! in one of two ways: by [`Server`], with everything around it, or as a [`Service`] in an actix-web `App` of the program's own.
//!
//! ```text
//! build    swagger.yml → spec-first-build → generated/, and contract.json, spec.json, examples.json, which are embedded
//!
//! request → server: limits, request id, log, compression, the application's middleware and routes
//!             └─ service
//!                  ├─ an operation:
//!                  │    contract: route, decode, check → generated::routes → generated trait → the application
//!                  │    contract: check, encode        ←                                     ←
//!                  └─ anything else:
//!                       site: page, Swagger UI, spec → assets; or not_found
//!           Err(Problem) anywhere on the way → problem+json
//! ```
//!
//! Without the feature `server` there is only [`schema`], the checks, which need no actix-web: the build uses them.

pub mod schema;

#[cfg(feature = "server")]
mod api;
#[cfg(feature = "server")]
mod compression;
#[cfg(feature = "server")]
pub mod contract;
#[cfg(feature = "server")]
mod logging;
#[cfg(feature = "server")]
mod operation;
#[cfg(feature = "server")]
pub mod options;
#[cfg(feature = "server")]
pub mod problem;
#[cfg(feature = "server")]
mod request;
#[cfg(feature = "server")]
mod response;
#[cfg(feature = "server")]
mod routing;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
mod service;
#[cfg(feature = "server")]
mod settings;
#[cfg(feature = "server")]
mod site;
#[cfg(feature = "server")]
mod spec;

// The macros of this crate name them.
#[cfg(feature = "server")]
#[doc(hidden)]
pub use {serde, validator};

#[cfg(feature = "server")]
pub use self::{api::Api, server::Server, service::Service, settings::Settings, spec::Spec};
