//! The examples of the mock: one for each operation, which its schema accepts.

mod array;
mod bytes;
mod document;
mod items;
mod kept;
mod make;
mod node;
mod number;
mod object;
mod subtypes;
mod text;
mod witness;

use serde_json::Value;
use spec_first::schema::Format;

use crate::api::{Api, Content, Operation, Response};
use crate::document::Document;
use crate::schema::{ManyValidator, Validators, types};
use crate::text::Location;

use self::kept::is_kept;
use self::make::Maker;
use self::node::Schemas;
use self::subtypes::Subtypes;

/// Finds examples for the responses of a contract.
pub struct Examples<'a> {
    document: &'a Document,
    /// The schemas as responses see them, by file.
    files: &'a Value,
    subtypes: Subtypes,
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
        let responses = api.operations.iter().filter_map(response);
        let schemas = responses.flat_map(|it| schemas(document, it));
        let validators = Validators::new(document, files);
        Self {
            document,
            files,
            subtypes: Subtypes::new(document),
            validator: validators.many(schemas),
            validators,
        }
    }

    /// The example of each operation that has one, by its id; if its response has several media types also by the id and a media
    /// type; and of each header, by the operation's id and its name.
    pub fn find(&self, api: &Api) -> Value {
        let answers = api.operations.iter();
        let answers = answers.filter_map(|operation| Some((operation, response(operation)?)));
        let examples = answers.flat_map(|(operation, response)| {
            let headers = response.headers.iter().map(|header| {
                let name = format!("{} {}", operation.id, header.name);
                (name, self.made(&header.schema))
            });
            let bodies = self.bodies(operation, response).into_iter();
            bodies.chain(headers).collect::<Vec<_>>()
        });
        let examples = examples.filter_map(|(name, example)| Some((name, example?)));
        Value::Object(examples.collect())
    }

    /// The bodies of a response, by their names among the examples.
    fn bodies(&self, operation: &Operation, response: &Response) -> Vec<(String, Option<Value>)> {
        let contents = response.returned_content();
        let Some((first, others)) = contents.split_first() else {
            return Vec::new();
        };
        let example = self.body(response, first);
        let mut bodies = vec![(operation.id.clone(), example.clone())];
        let named = |content: &Content| format!("{} {}", operation.id, content.media_type);
        if !others.is_empty() {
            bodies.push((named(first), example));
        }
        let others = others.iter();
        bodies.extend(others.map(|content| (named(content), self.body(response, content))));
        bodies
    }

    /// The example of a body, as its type decodes it.
    fn body(&self, response: &Response, content: &Content) -> Option<Value> {
        let written = || self.written(response, content).into_iter();
        match content.format {
            Format::Lines | Format::Events => self.items(response, content),
            Format::Binary => Some(bytes::example(&content.media_type, written())),
            _ if content.is_described => self.example(content, written()),
            Format::Text => Some(self.text(content, written())),
            _ => self.example(content, written()),
        }
    }

    /// The author's first example that fits, else a value made from the schema, if one can be made. An example that the
    /// generated type does not write as it is comes after the others.
    fn example(
        &self,
        content: &Content,
        mut written: impl Iterator<Item = Value>,
    ) -> Option<Value> {
        if self.document.value(&content.schema).is_none() {
            // Without a schema every value fits.
            return Some(written.next().unwrap_or_default());
        }
        let fitting = written.filter(|example| self.validator.accepts(&content.schema, example));
        let fitting: Vec<_> = fitting.collect();
        let schemas = self.schemas();
        let places = [content.schema.clone()];
        let mut examples = fitting.iter();
        let kept = examples.find(|example| is_kept(schemas, &places, example));
        let chosen = kept.or(fitting.first()).cloned();
        chosen.or_else(|| self.made(&content.schema))
    }

    /// The items of a body: those of the author's first example whose items all fit, else one made from the schema.
    fn items(&self, response: &Response, content: &Content) -> Option<Value> {
        let fits = |items: &Vec<Value>| {
            let mut items = items.iter();
            items.all(|item| !content.is_described || self.validator.accepts(&content.schema, item))
        };
        let mut written = self.written(response, content).into_iter().map(items::of);
        let written = written.find(fits);
        let made = || match content.is_described {
            true => self.made(&content.schema).map(|item| vec![item]),
            false => Some(vec!["text".into()]),
        };
        written.or_else(made).map(Value::Array)
    }

    /// A text that no schema describes: the author's first, else one made from what the schema describes instead.
    fn text(&self, content: &Content, mut written: impl Iterator<Item = Value>) -> Value {
        let is_there = self.document.value(&content.schema).is_some();
        let written = written.find(Value::is_string);
        let made = || self.made(&content.schema).filter(|_| is_there);
        written.unwrap_or_else(|| document::example(&content.media_type, made()).into())
    }

    /// A value made from the schema, if one fits it.
    fn made(&self, schema: &Location) -> Option<Value> {
        let maker = Maker::new(self.schemas(), &self.validators);
        maker
            .values(schema)
            .map(|example| types::read(&example, self.document.version()))
            .find(|example| self.validator.accepts(schema, example))
    }

    fn schemas(&self) -> Schemas<'_> {
        Schemas {
            document: self.document,
            files: self.files,
            subtypes: &self.subtypes,
        }
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
fn response(operation: &Operation) -> Option<&Response> {
    operation.successes().into_iter().next()
}

/// The schemas of its bodies and of its headers.
fn schemas(document: &Document, response: &Response) -> Vec<Location> {
    let contents = response.returned_content().into_iter();
    let contents = contents.filter(|content| content.format != Format::Binary);
    let bodies = contents.map(|content| &content.schema);
    let bodies = bodies.filter(|at| document.value(at).is_some());
    let headers = response.headers.iter().map(|header| &header.schema);
    bodies.chain(headers).cloned().collect()
}
