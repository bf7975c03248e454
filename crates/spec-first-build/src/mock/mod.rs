//! The examples of the mock: one for each operation, which its schema accepts.

mod array;
mod kept;
mod make;
mod node;
mod number;
mod object;
mod text;
mod witness;

use serde_json::Value;

use crate::api::{Api, Content, Operation, Response};
use crate::document::Document;
use crate::schema::{ManyValidator, Validators, types};
use crate::text::Location;

use self::kept::is_kept;
use self::make::Maker;
use self::node::Schemas;

/// Finds examples for the responses of a contract.
pub struct Examples<'a> {
    document: &'a Document,
    /// The schemas as responses see them, by file.
    files: &'a Value,
    validators: Validators<'a>,
    validator: ManyValidator,
}

impl<'a> Examples<'a> {
    /// The examples for `api`, which is read from `document`; its translated schemas are in `contract`.
    pub fn new(document: &'a Document, contract: &'a Value, api: &Api) -> Self {
        let files = match &contract["responses"] {
            Value::Null => &contract["requests"],
            responses => responses,
        };
        let schemas = api.operations.iter().filter_map(answer).flat_map(schemas);
        let validators = Validators::new(document, files);
        Self {
            document,
            files,
            validator: validators.many(schemas),
            validators,
        }
    }

    /// The example of each operation that has one, by its id, and of each header, by the operation's id and its name.
    pub fn find(&self, api: &Api) -> Value {
        let bodies = api.operations.iter();
        let bodies = bodies.map(|operation| (operation.id.clone(), self.example(operation)));
        let headers = api.operations.iter().flat_map(|operation| {
            let headers = answer(operation).map(|response| &response.headers);
            headers.into_iter().flatten().map(|header| {
                let name = format!("{} {}", operation.id, header.name);
                (name, self.made(&header.schema))
            })
        });
        let examples = bodies.chain(headers);
        let examples = examples.filter_map(|(name, example)| Some((name, example?)));
        Value::Object(examples.collect())
    }

    /// The author's first example that fits, else a value made from the schema, if one can be made. An example that the
    /// generated type does not write as it is comes after the others.
    fn example(&self, operation: &Operation) -> Option<Value> {
        let response = answer(operation)?;
        let content = response.content.first()?;
        let written = self.written(response, content);
        let fitting = written
            .into_iter()
            .filter(|example| self.validator.accepts(&content.schema, example));
        let fitting: Vec<_> = fitting.collect();
        let schemas = Schemas {
            document: self.document,
            files: self.files,
        };
        let places = [content.schema.clone()];
        let mut examples = fitting.iter();
        let kept = examples.find(|example| is_kept(schemas, &places, example));
        let chosen = kept.or(fitting.first()).cloned();
        chosen.or_else(|| self.made(&content.schema))
    }

    /// A value made from the schema, if one fits it.
    fn made(&self, schema: &Location) -> Option<Value> {
        let maker = Maker::new(self.document, self.files, &self.validators);
        maker
            .values(schema)
            .map(|example| types::read(&example, self.document.version()))
            .find(|example| self.validator.accepts(schema, example))
    }

    /// The examples that the author wrote: with the response, with the media type, with the schema.
    fn written(&self, response: &Response, content: &Content) -> Vec<Value> {
        let value = |at: &Location| {
            self.document
                .resolve(at)
                .ok()
                .and_then(|at| self.document.value(&at))
        };
        let media = response
            .location
            .member("content")
            .member(&content.media_type);
        let several = media.member("examples");
        let named = value(&several)
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|named| named.keys());
        let named = named.filter_map(|name| value(&several.member(name))?.get("value"));
        let schema = self.document.resolve(&content.schema).ok();
        let of_schema = |keyword: &str| value(schema.as_ref()?)?.get(keyword);
        let listed = of_schema("examples")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let own = [
            value(
                &response
                    .location
                    .member("examples")
                    .member(&content.media_type),
            ),
            value(&media.member("example")),
            of_schema("example"),
        ];
        own.into_iter()
            .flatten()
            .chain(named)
            .chain(listed)
            .map(|example| types::read(example, self.document.version()))
            .collect()
    }
}

/// The response that the mock gives.
fn answer(operation: &Operation) -> Option<&Response> {
    operation.successes().into_iter().next()
}

/// The schemas of its body and of its headers.
fn schemas(response: &Response) -> impl Iterator<Item = Location> {
    let body = response.content.first().map(|content| &content.schema);
    let headers = response.headers.iter().map(|header| &header.schema);
    body.into_iter().chain(headers).cloned()
}
