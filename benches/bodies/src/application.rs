//! Sends back what it reads. That it is valid has been checked before, and is checked again by what sends it.

use spec_first::problem::Problem;

use crate::generated::bodies;
use crate::generated::types::{Code, Contact, Node, Shape, UndecidedContact, Wide};

/// Nothing is kept.
pub struct Bodies;

impl bodies::Bodies for Bodies {
    async fn read_one(&self, _: Contact) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_one(&self, body: Contact) -> Result<Contact, Problem> {
        Ok(body)
    }

    async fn read_contacts(&self, _: Vec<Contact>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_contacts(&self, body: Vec<Contact>) -> Result<Vec<Contact>, Problem> {
        Ok(body)
    }

    async fn read_inexact(&self, _: Vec<UndecidedContact>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_inexact(
        &self,
        body: Vec<UndecidedContact>,
    ) -> Result<Vec<UndecidedContact>, Problem> {
        Ok(body)
    }

    async fn read_tree(&self, _: Node) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_tree(&self, body: Node) -> Result<Node, Problem> {
        Ok(body)
    }

    async fn read_wide(&self, _: Wide) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_wide(&self, body: Wide) -> Result<Wide, Problem> {
        Ok(body)
    }

    async fn read_patterns(&self, _: Vec<Code>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_patterns(&self, body: Vec<Code>) -> Result<Vec<Code>, Problem> {
        Ok(body)
    }

    async fn read_unions(&self, _: Vec<Shape>) -> Result<(), Problem> {
        Ok(())
    }

    async fn echo_unions(&self, body: Vec<Shape>) -> Result<Vec<Shape>, Problem> {
        Ok(body)
    }
}
