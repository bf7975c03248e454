//! Security: who sends a request, by the security schemes of the spec.
//!
//! The generated trait `Authenticate` has a method for each scheme that an operation requires. The method receives the
//! credentials of a request, and returns who they belong to, [`Authenticated`], or why they are rejected, a [`Rejection`]. An
//! operation is called once all schemes of one of its alternatives are met, before any parameter or body is read.
//!
//! ```text
//! scheme         one scheme of the spec: what it reads of a request, and its challenge
//! presented      reads the credentials of a scheme from a request
//! credentials    the types of them
//! outcome        what an authentication returns
//! authenticator  the application's method for a scheme, without its types
//! requirements   the alternatives of one operation
//! attempt        which of them a request meets
//! rejected       the problem of a request that meets none
//! principals     who sends a request that meets one
//! file           names and what proves them, line by line
//! ```
//!
//! Ready to use, each behind a feature of its own: `jwt`, `passwords` and `api_keys`.

#[cfg(feature = "api-keys")]
pub mod api_keys;
mod attempt;
mod authenticator;
mod credentials;
#[cfg(any(feature = "api-keys", feature = "passwords"))]
mod file;
#[cfg(feature = "jwt")]
pub mod jwt;
mod outcome;
#[cfg(feature = "passwords")]
pub mod passwords;
mod presented;
mod principals;
mod rejected;
mod requirements;
mod scheme;

/// The code in `docs/security.md`, which compiles.
#[cfg(all(doctest, feature = "api-keys", feature = "jwt", feature = "passwords"))]
#[doc = include_str!("../../../../docs/security.md")]
struct Guide;

pub use self::credentials::{ApiKey, Authorization, Basic, Bearer, Connection, Credentials};
pub use self::outcome::{Authenticated, Rejection};

pub(crate) use self::authenticator::Authenticator;
pub(crate) use self::principals::Principals;
pub(crate) use self::requirements::Requirements;
pub(crate) use self::scheme::{Scheme, Schemes};
