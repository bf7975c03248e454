//! The body of a call, as the type that the application expects.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::body::{Items, Upload};
use crate::json;
use crate::operation::call::{Call, Rules, decode, verify_proof, verify_rules};
use crate::problem::{Part, Problem};
use crate::request::body::{Decoded, Received};
use crate::settings::Settings;

/// A body whose media types have different types. Generated code implements it.
pub trait ReadBody: Sized {
    /// The body of `call`, which has one of the media types of the spec: `media_type`, as the spec writes it.
    ///
    /// # Errors
    /// As those of [`Call`].
    fn read(call: &Call, media_type: &str) -> Result<Self, Problem>;
}

impl Call {
    /// The body, of a type with these rules.
    ///
    /// # Errors
    /// 400 if the type cannot represent a value that the schema accepts. In debug builds a 500 if the rules reject it.
    pub fn body<T: DeserializeOwned>(&self, rules: Rules<T>) -> Result<T, Problem> {
        match self.optional_body(rules)? {
            Some(body) => Ok(body),
            None => decode(Part::Body, None, Value::Null),
        }
    }

    /// The body of an operation that does not require one.
    ///
    /// # Errors
    /// As [`Call::body`].
    pub fn optional_body<T: DeserializeOwned>(
        &self,
        rules: Rules<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(Received { content, value }) = self.parts.body.take() else {
            return Ok(None);
        };
        let body = match value {
            Decoded::Value(value, files) => {
                files.within(|| read(&self.parts.settings, rules, None, || Ok(value)))
            }
            Decoded::Json(bytes) => read(&self.parts.settings, rules, Some(&bytes), || {
                self.check_json(content, &bytes)
            }),
            _ => Err(self.unexpected()),
        };
        body.map(Some)
    }

    /// JSON with this declared content as a value that its schema accepts.
    fn check_json(&self, content: usize, bytes: &[u8]) -> Result<Value, Problem> {
        match &self.operation().body {
            Some(body) => body.check_json(content, bytes),
            None => Err(self.unexpected()),
        }
    }

    /// The body as a stream of bytes.
    ///
    /// # Errors
    /// 500 if it is none.
    pub fn upload(&self) -> Result<Upload, Problem> {
        self.optional_upload()?.ok_or_else(|| self.unexpected())
    }

    /// The body, as [`Call::upload`], of an operation that does not require one.
    ///
    /// # Errors
    /// 500 if it is no stream of bytes.
    pub fn optional_upload(&self) -> Result<Option<Upload>, Problem> {
        match self.received() {
            None => Ok(None),
            Some(Decoded::Upload(upload)) => Ok(Some(upload)),
            Some(_) => Err(self.unexpected()),
        }
    }

    /// The body as a stream of items of a type with these rules.
    ///
    /// # Errors
    /// 500 if it is none.
    pub fn items<T: DeserializeOwned + 'static>(
        &self,
        rules: Rules<T>,
    ) -> Result<Items<T>, Problem> {
        self.optional_items(rules)?.ok_or_else(|| self.unexpected())
    }

    /// The body, as [`Call::items`], of an operation that does not require one.
    ///
    /// # Errors
    /// 500 if it is no stream of items.
    pub fn optional_items<T: DeserializeOwned + 'static>(
        &self,
        rules: Rules<T>,
    ) -> Result<Option<Items<T>>, Problem> {
        let lines = match self.received() {
            None => return Ok(None),
            Some(Decoded::Lines(lines)) => lines,
            Some(_) => return Err(self.unexpected()),
        };
        let settings = self.parts.settings;
        let items = lines.items(move |lines, line| {
            let proven = lines.is_proven.then_some(line);
            read(&settings, rules, proven, || lines.check(line))
        });
        Ok(Some(Items::new(items)))
    }

    /// The body, of a type for each of its media types.
    ///
    /// # Errors
    /// As [`ReadBody::read`].
    pub fn any_body<B: ReadBody>(&self) -> Result<B, Problem> {
        self.optional_any_body()?.ok_or_else(|| self.unexpected())
    }

    /// The body, as [`Call::any_body`], of an operation that does not require one.
    ///
    /// # Errors
    /// As [`ReadBody::read`].
    pub fn optional_any_body<B: ReadBody>(&self) -> Result<Option<B>, Problem> {
        let Some(received) = self.parts.body.take() else {
            return Ok(None);
        };
        let body = self.operation().body.as_ref();
        let content = body.and_then(|body| body.content(received.content));
        let name = content.map_or("", |content| content.name.as_str());
        self.parts.body.set(Some(received));
        B::read(self, name).map(Some)
    }

    /// The problem for a body that the generated code does not expect.
    #[must_use]
    pub fn unexpected(&self) -> Problem {
        let id = &self.operation().id;
        Problem::internal(format_args!(
            "{id} has another body; generated code and contract.json differ"
        ))
    }

    fn received(&self) -> Option<Decoded> {
        self.parts.body.take().map(|Received { value, .. }| value)
    }
}

/// A value of a type with these rules: of JSON that is `proven` to need no other check, if both accept it, or else of the value that
/// `check` has found to be valid by the schema.
fn read<T: DeserializeOwned>(
    settings: &Settings,
    rules: Rules<T>,
    proven: Option<&[u8]>,
    check: impl FnOnce() -> Result<Value, Problem>,
) -> Result<T, Problem> {
    let read = proven.and_then(json::read);
    if let Some(body) = read.filter(|body| rules(body).is_ok()) {
        verify_proof(|| check().map_err(|problem| problem.to_string()))?;
        return Ok(body);
    }
    let body = decode(Part::Body, None, check()?)?;
    verify_rules(settings, rules, &body)?;
    Ok(body)
}
