// Generated from swagger.yml. Change the spec, then rebuild.

//! The operations of `bodies`.

use spec_first::problem::Problem;

use super::types::Code;
use super::types::Contact;
use super::types::Node;
use super::types::Shape;
use super::types::UndecidedContact;
use super::types::Wide;

/// What the application does for each operation of `bodies`.
///
/// A call's arguments have passed the checks in the spec.
pub trait Bodies: 'static {
    /// Read one contact: `PUT /one`.
    async fn read_one(&self, body: Contact) -> Result<(), Problem>;

    /// Read one contact, and send it back: `POST /one`.
    async fn echo_one(&self, body: Contact) -> Result<Contact, Problem>;

    /// Read a list of contacts: `PUT /contacts`.
    async fn read_contacts(&self, body: Vec<Contact>) -> Result<(), Problem>;

    /// Read a list of contacts, and send it back: `POST /contacts`.
    async fn echo_contacts(&self, body: Vec<Contact>) -> Result<Vec<Contact>, Problem>;

    /// Read the same list by a schema that types and rules do not enforce: `PUT /inexact`.
    async fn read_inexact(&self, body: Vec<UndecidedContact>) -> Result<(), Problem>;

    /// Read the same list by a schema that types and rules do not enforce, and send it back: `POST /inexact`.
    async fn echo_inexact(
        &self,
        body: Vec<UndecidedContact>,
    ) -> Result<Vec<UndecidedContact>, Problem>;

    /// Read a tree: `PUT /tree`.
    async fn read_tree(&self, body: Node) -> Result<(), Problem>;

    /// Read a tree, and send it back: `POST /tree`.
    async fn echo_tree(&self, body: Node) -> Result<Node, Problem>;

    /// Read an object of many members: `PUT /wide`.
    async fn read_wide(&self, body: Wide) -> Result<(), Problem>;

    /// Read an object of many members, and send it back: `POST /wide`.
    async fn echo_wide(&self, body: Wide) -> Result<Wide, Problem>;

    /// Read a list of texts with patterns and formats: `PUT /patterns`.
    async fn read_patterns(&self, body: Vec<Code>) -> Result<(), Problem>;

    /// Read a list of texts with patterns and formats, and send it back: `POST /patterns`.
    async fn echo_patterns(&self, body: Vec<Code>) -> Result<Vec<Code>, Problem>;

    /// Read a list of variants: `PUT /unions`.
    async fn read_unions(&self, body: Vec<Shape>) -> Result<(), Problem>;

    /// Read a list of variants, and send it back: `POST /unions`.
    async fn echo_unions(&self, body: Vec<Shape>) -> Result<Vec<Shape>, Problem>;
}
