//! The schemas of a document, and what later stages need of them: each is computed once.

use std::cell::OnceCell;

use serde_json::Value;

use super::collect::collect;
use super::discriminator::Discriminators;
use super::guard;
use super::types::Types;
use super::view::View;
use crate::document::Document;
use crate::text::Location;

/// The schemas of a document.
pub struct Schemas<'a> {
    document: &'a Document,
    discriminators: Discriminators<'a>,
    types: Types<'a>,
    requests: OnceCell<Value>,
    responses: OnceCell<Option<Value>>,
}

impl<'a> Schemas<'a> {
    /// The schemas of `document`. They are translated when they are needed, which is after the checks of their form.
    pub fn new(document: &'a Document) -> Schemas<'a> {
        Schemas {
            document,
            discriminators: Discriminators::new(document),
            types: Types::new(document),
            requests: OnceCell::new(),
            responses: OnceCell::new(),
        }
    }

    /// The translated schemas of all files as requests see them; discriminators are annotations.
    pub(crate) fn requests(&self) -> &Value {
        let requests = || collect(self.document, &self.discriminators, View::Request);
        self.requests.get_or_init(requests)
    }

    /// The translated schemas of all files as responses see them, if that differs from how requests see them.
    pub(crate) fn responses(&self) -> Option<&Value> {
        let responses = self.responses.get_or_init(|| {
            let views = [View::Request, View::Response];
            views
                .iter()
                .any(|view| view.matters(self.document))
                .then(|| collect(self.document, &self.discriminators, View::Response))
                .filter(|responses| responses != self.requests())
        });
        responses.as_ref()
    }

    /// As [`Schemas::requests`], with each discriminator as a check.
    pub(crate) fn checked_requests(&self) -> Value {
        let mut files = self.requests().clone();
        guard::add(&mut files);
        files
    }

    /// As [`Schemas::responses`], with each discriminator as a check.
    pub(crate) fn checked_responses(&self) -> Option<Value> {
        let mut files = self.responses()?.clone();
        guard::add(&mut files);
        Some(files)
    }

    /// The JSON types that the schema at `location` admits; none if it does not name any.
    pub(crate) fn types(&self, location: &Location) -> Vec<String> {
        self.types.of(location)
    }

    pub(crate) fn discriminators(&self) -> &Discriminators<'a> {
        &self.discriminators
    }
}
