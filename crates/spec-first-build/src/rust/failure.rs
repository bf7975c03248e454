//! The failures that are no problems: an enum with a variant for each status and representation, and one for all problems.

use super::kind::Type;
use super::response::{ResponseVariant, make_distinct, of_status};
use super::schemas::ItemBuilder;
use super::status;
use crate::api::Operation;

/// How a method fails, if not by problems alone.
#[derive(Debug)]
pub struct Failure {
    /// The enum.
    pub name: String,
    /// At least one; those of one status and of different representations are beside each other.
    pub responses: Vec<ResponseVariant>,
}

impl Failure {
    /// The failures of `operation` that have types of their own, if there are any.
    pub fn new(
        operation: &Operation,
        title: &str,
        is_unique: bool,
        builder: &mut ItemBuilder,
    ) -> Option<Self> {
        let has_body = operation.method != "HEAD";
        let responses = operation.own_failures().flat_map(|response| {
            let name = status::failure_name(&response.status);
            let part = format!("{} response", name.0);
            of_status(response, has_body, name, [title, &part], builder)
        });
        let mut responses: Vec<_> = responses.collect();
        if responses.is_empty() {
            return None;
        }
        make_distinct(&mut responses);
        let name = if is_unique { &operation.name } else { title };
        Some(Self {
            name: builder.failure_name(name, title),
            responses,
        })
    }

    /// The types that it holds.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.responses.iter().flat_map(ResponseVariant::types)
    }
}
