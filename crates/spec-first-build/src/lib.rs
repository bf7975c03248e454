//! Build-time only: from an OpenAPI document to types, handler traits and routes.

pub mod api;
pub mod contract;
pub mod document;
pub mod mock;
pub mod print;
pub mod rust;

mod build;
mod check;
mod checks;
mod naming;
mod schema;
mod text;

pub use build::{Project, build};
pub use document::grammar;
pub use rust::Model;
pub use text::{fault, location};
