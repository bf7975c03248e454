//! What generated code calls: the checks of a request and of a response against the spec. It knows no spec in particular.

mod call;
mod presence;
mod routes;

pub use call::Call;
pub use presence::not_null;
pub use routes::Routes;
