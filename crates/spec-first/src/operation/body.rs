//! The body of a call, as the type that the application expects.

use futures_util::stream::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::body::{Items, Upload};
use crate::operation::call::{Call, Rules, decode, verify_rules};
use crate::problem::{Part, Problem};
use crate::request::body::{Decoded, Received};

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
        let (value, files) = match self.received() {
            None => return Ok(None),
            Some(Decoded::Value(value, files)) => (value, files),
            Some(_) => return Err(self.unexpected()),
        };
        let body = files.within(|| decode(Part::Body, None, value))?;
        verify_rules(rules, &body)?;
        Ok(Some(body))
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
        let items = lines.items().map(move |item| {
            let item = decode(Part::Body, None, item?).map_err(Problem::rejection)?;
            verify_rules(rules, &item)?;
            Ok(item)
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
        let Some(received) = self.body.take() else {
            return Ok(None);
        };
        let body = self.operation().body.as_ref();
        let content = body.and_then(|body| body.content(received.content));
        let name = content.map_or("", |content| content.name.as_str());
        self.body.set(Some(received));
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
        self.body.take().map(|Received { value, .. }| value)
    }
}
