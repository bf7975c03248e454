//! The API: what a document describes, in one model for all versions of OpenAPI.

mod body;
mod decoder;
mod decoding;
mod failures;
mod form;
mod headers;
mod limit;
mod media_types;
mod member;
mod model;
mod names;
mod operations;
mod parameters;
mod read;
mod representations;
mod responses;
mod security;
mod shape;
mod shapes;
mod support;
mod warnings;

pub use self::limit::{Cause, Limit, MediaTypes, Unread};
pub(crate) use self::model::PROBLEM;
pub use self::model::{
    Api, Body, Content, Decoding, Field, FieldKind, Header, Operation, Parameter, Response,
};
pub use self::read::read;
pub use self::security::{Requirement, Scheme};
pub use self::shape::{Delimiter, Shape};
pub use self::warnings::warnings;
pub use crate::document::{Part, SchemeKind, Serialization, Style};
