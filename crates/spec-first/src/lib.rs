//! The runtime of a spec-first HTTP server: requests and responses are validated by an OpenAPI document. It contains no document
//! itself.
//!
//! The code that the build generates makes one value of a program's own application: an [`Api`]. There are two ways to serve it.
//! [`Server`] runs it with Swagger UI, options, an access log, compression, limits and a graceful shutdown:
//!
//! ```no_run
//! use clap::Parser;
//! use spec_first::options::{self, Options};
//! use spec_first::{Api, Server};
//!
//! #[derive(Parser)]
//! struct Arguments {
//!     #[command(flatten)]
//!     options: Options,
//! }
//!
//! fn serve(api: Api) -> std::process::ExitCode {
//!     options::main("PETS", |arguments: Arguments| Server::new(api, arguments.options).run())
//! }
//! ```
//!
//! [`Service`] is a part of an actix-web `App` of the program's own, with other routes and middleware:
//!
//! ```no_run
//! use actix_web::{App, HttpServer, web};
//! use spec_first::{Api, Service, Settings};
//!
//! async fn serve(api: Api) -> Result<(), Box<dyn std::error::Error>> {
//!     let service = Service::new(&api, Settings::default())?;
//!     let app = move || {
//!         App::new()
//!             .route("/health", web::get().to(|| async { "well" }))
//!             .configure(|config| service.configure(config))
//!     };
//!     Ok(HttpServer::new(app).bind("127.0.0.1:5000")?.run().await?)
//! }
//! ```
//!
//! # The way of a request
//!
//! ```text
//! build      swagger.yml → spec-first-build → generated code, and the embedded files: contract.json, schemas.json,
//!                          examples.json, and compressed the document and the page
//!
//! request → server      timeouts, request id, access log, compression, the application's middleware and routes
//!         → service     an operation, or else the site
//!         → operation   finds it (routing), authenticates (security), validates parameters and body (request)
//!             → the generated routes → the generated trait → the application
//!             ← validates and sends what is returned (response)
//!         → site        page, Swagger UI, spec, or 404
//!
//! body           files, bytes and streams of items, as bodies
//! serialization  reads values from the text of parameters
//! schema         validates values: for requests, responses, unions and, in the build, for defaults and examples
//! spec           the embedded files of a spec
//! head           what a handler knows of a request besides its parameters and body
//! contract       all that generated code calls
//! decoder        decodes values as types
//! json           bodies straight into types and out of them, where no schema is needed
//! problem        the error of all of them, as application/problem+json
//! ```
//!
//! Without the feature `server` there is only [`schema`], which does not depend on actix-web: the build uses it.

pub mod schema;

#[cfg(feature = "server")]
pub mod rule;

#[cfg(feature = "server")]
mod api;
#[cfg(feature = "server")]
pub mod body;
#[cfg(feature = "server")]
mod compression;
#[cfg(feature = "server")]
pub mod contract;
#[cfg(feature = "server")]
mod decoder;
#[cfg(feature = "server")]
mod forwarded;
#[cfg(feature = "server")]
mod head;
#[cfg(feature = "server")]
mod json;
#[cfg(feature = "server")]
mod listen;
#[cfg(feature = "server")]
mod logging;
#[cfg(feature = "server")]
mod matching;
#[cfg(feature = "server")]
mod operation;
#[cfg(feature = "server")]
pub mod options;
#[cfg(feature = "server")]
mod origin;
#[cfg(feature = "server")]
mod plain;
#[cfg(feature = "server")]
pub mod problem;
#[cfg(feature = "server")]
mod request;
#[cfg(feature = "server")]
mod request_id;
#[cfg(feature = "server")]
mod response;
#[cfg(feature = "server")]
mod routing;
#[cfg(feature = "server")]
pub mod security;
#[cfg(feature = "server")]
mod serialization;
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
#[cfg(feature = "server")]
mod trace;

// The macros of this crate name them.
#[cfg(feature = "server")]
#[doc(hidden)]
pub use {actix_web, serde, validator};

/// For the metrics of an application: see [`Server::metrics`].
#[cfg(feature = "server")]
pub use prometheus_client;

#[cfg(feature = "server")]
pub use self::{
    api::Api,
    head::RequestHead,
    matching::Matching,
    server::Server,
    service::Service,
    settings::Settings,
    site::{Page, PageFile},
    spec::Spec,
    trace::TraceContext,
};
