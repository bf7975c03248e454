//! What generated code calls: the checks of a request and of a response against the spec. It knows no spec in particular.
//!
//! ```text
//! start:    document → schema, request, response, operation → table (Contract) → routes
//! request:  routes → dispatch → parameters, body → call → the application → reply
//! ```

mod any;
pub(crate) mod document;
mod field;
mod pattern;
mod preset;
pub(crate) mod schemas;
pub(crate) mod settings;
pub(crate) mod union;
mod without;

pub use crate::operation::call::{Call, Rules, unruled};
pub use crate::operation::routes::Routes;
pub use crate::operation::table::{Contract, Matched};
pub use crate::response::reply::{Succeed, Success};
pub use crate::{decode_union, rule_union};
pub use any::Any;
pub use field::{Field, not_null, nullable};
pub use pattern::pattern;
pub use preset::preset;
pub use settings::{ReadOnly, Responses, Settings};
pub use union::{Unions, decode};
pub use without::without;
