//! The operations of `shapes`.

use spec_first::problem::Problem;

use super::types::Shape;

/// What the application does for each operation of `shapes`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Shapes: 'static {
    /// `GET /shapes`.
    async fn read(&self, wanted: Option<String>) -> Result<Shape, Problem>;

    /// `POST /shapes`.
    async fn add(&self, body: Shape) -> Result<Shape, Problem>;
}
