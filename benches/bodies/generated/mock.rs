// Generated from swagger.yml. Change the spec, then rebuild.

//! An application that responds with the examples in the spec.

use spec_first::problem::Problem;

use super::SPEC;
use super::bodies::Bodies;
use super::types::Code;
use super::types::Contact;
use super::types::Node;
use super::types::Shape;
use super::types::UndecidedContact;
use super::types::Wide;

/// Responds to each operation with an example from the spec, or with a value made from its schema.
pub struct Mock;

impl Bodies for Mock {
    async fn read_one(&self, _: Contact) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_one(&self, _: Contact) -> Result<Contact, Problem> {
        SPEC.example("bodies.echo_one")
    }

    async fn read_contacts(&self, _: Vec<Contact>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_contacts(&self, _: Vec<Contact>) -> Result<Vec<Contact>, Problem> {
        SPEC.example("bodies.echo_contacts")
    }

    async fn read_inexact(&self, _: Vec<UndecidedContact>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_inexact(
        &self,
        _: Vec<UndecidedContact>,
    ) -> Result<Vec<UndecidedContact>, Problem> {
        SPEC.example("bodies.echo_inexact")
    }

    async fn read_tree(&self, _: Node) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_tree(&self, _: Node) -> Result<Node, Problem> {
        SPEC.example("bodies.echo_tree")
    }

    async fn read_wide(&self, _: Wide) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_wide(&self, _: Wide) -> Result<Wide, Problem> {
        SPEC.example("bodies.echo_wide")
    }

    async fn read_patterns(&self, _: Vec<Code>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_patterns(&self, _: Vec<Code>) -> Result<Vec<Code>, Problem> {
        SPEC.example("bodies.echo_patterns")
    }

    async fn read_unions(&self, _: Vec<Shape>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_unions(&self, _: Vec<Shape>) -> Result<Vec<Shape>, Problem> {
        SPEC.example("bodies.echo_unions")
    }
}
