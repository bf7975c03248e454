//! The operations of `plain`.

use spec_first::problem::Problem;

/// What the application does for each operation of `plain`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Plain: 'static {
    /// `GET /plain`.
    ///
    /// # Errors
    /// - 404: a problem.
    /// - 409: any object.
    async fn read(&self) -> Result<String, Problem>;
}
