// Generated from swagger.yml. Change the spec, then rebuild.

//! The contract in `swagger.yml`, as Rust.

pub mod bodies;
pub mod mock;
pub mod routes;
pub mod types;

use std::sync::Arc;

use spec_first::{Api, Spec, embedded_spec};

/// The spec, as the build has embedded it.
pub static SPEC: Spec = embedded_spec!();

/// The API, answered by an application: what a server serves.
pub fn api(application: impl routes::Api) -> Api {
    let application = Arc::new(application);
    Api::new(&SPEC, move |routes| routes::mount(&application, routes))
}
