//! What generated code calls: the checks of a request and of a response against the spec. It knows no spec in particular.
//!
//! ```text
//! start:    document → compile (schemas), operation, template → table (Contract) → routes
//! request:  routes → dispatch → parameters, body → call → the application → reply
//! ```

mod any;
mod body;
mod call;
mod compile;
mod discriminator;
mod dispatch;
mod document;

mod json;
mod matching;
mod media_type;
mod operation;
mod parameter;
mod parameters;
mod pattern;
mod percent;
mod presence;
mod preset;
mod query;
mod read_only;
mod reply;
mod resource;
mod response;
mod router;
mod routes;
mod schema;
mod sentence;
mod settings;

mod table;
mod template;
mod union;
mod violation;
mod without;

pub use crate::{decode_union, rule_union};
pub use any::Any;
pub use call::{Call, Rules, unruled};

pub use pattern::pattern;
pub use presence::{Field, not_null, nullable};
pub use preset::preset;
pub use reply::{Succeed, Success};
pub use routes::Routes;
pub use settings::{ReadOnly, Responses, Settings};
pub use table::{Contract, Matched};
pub use union::{Unions, decode};
pub use without::without;
