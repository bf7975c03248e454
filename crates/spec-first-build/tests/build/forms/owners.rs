//! The operations of `owners`.

use std::collections::BTreeMap;

use spec_first::problem::Problem;

use super::types::Owner;
use super::types::OwnersReplaceRequest;
use super::types::OwnersReplaceResponse;
use super::types::Tree;
use super::types::TreeRequest;

/// What the application does for each operation of `owners`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Owners: 'static {
    /// `GET /owners`.
    async fn list(&self) -> Result<BTreeMap<String, Owner>, Problem>;

    /// `PUT /owners`.
    async fn replace(&self, body: OwnersReplaceRequest) -> Result<OwnersReplaceResponse, Problem>;

    /// `POST /owners`.
    async fn plant(&self, body: TreeRequest) -> Result<Tree, Problem>;
}
