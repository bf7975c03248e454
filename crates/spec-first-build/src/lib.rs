//! Build-time only: from an OpenAPI document to types, handler traits and routes.

pub mod api;
pub mod contract;
pub mod document;
pub mod mock;
pub mod print;
pub mod proof;
pub mod rust;
pub mod text;

mod build;
mod check;
mod compress;
mod front;
mod naming;
mod page;
mod schema;

pub use build::{Project, build};
pub use front::{Front, Rejected};
pub use rust::Model;
