//! Build-time only: from an OpenAPI document to types, handler traits and routes.

pub mod api;
pub mod contract;
pub mod document;
pub mod fault;
pub mod grammar;
pub mod location;
pub mod mock;
pub mod rust;

mod build;
mod check;
mod checks;
mod discriminator;
mod identifier;
mod naming;
pub mod print;
mod reference;
mod registry;
mod source;
mod types;
mod walk;

pub use build::{Project, build};
pub use rust::Model;
