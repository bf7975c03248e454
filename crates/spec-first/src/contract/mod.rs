//! What generated code calls to validate requests and responses by the spec, and what the generated types are made of. A
//! program has no need to use it, except [`Settings`], [`Matched`] in a middleware, and [`Field`] and [`Any`] as values.
//!
//! ```text
//! start:    contract.json (document) → schemas → operations → Contract → Routes
//! request:  Routes → parameters, body → Call → the application → reply
//! ```

mod any;
mod decode;
mod failure;
mod field;
mod rfc3339;

pub use crate::decoder::{NotHeld, decode};
pub use crate::operation::accept::Acceptable;
pub use crate::operation::body::ReadBody;
pub use crate::operation::call::{Call, Rules, no_rules};
pub use crate::operation::respond::Respond;
pub use crate::operation::response_builder::ResponseBuilder;
pub use crate::operation::routes::Routes;
pub use crate::operation::table::{Contract, Matched};
pub use crate::settings::{ReadOnly, Responses, Settings};
pub use crate::spec::union::{Unions, decode_named};
pub use crate::{decode_subtypes, decode_union, encode_union, validate_union};
pub use any::Any;
pub use decode::{decode_additional, parse_default};
pub use field::{Field, not_null, nullable};
pub use rfc3339::{Rfc3339, from_rfc3339, from_rfc3339_not_null, to_rfc3339, to_rfc3339_optional};
