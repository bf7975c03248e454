//! A response: validated, and sent in the media type that the client prefers.

use std::convert::Infallible;

use actix_web::HttpResponse;
use actix_web::body::{self, BoxBody, SizedStream};
use actix_web::http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, SET_COOKIE, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use futures_util::StreamExt;
use futures_util::stream::empty;
use serde::Serialize;
use serde_json::Value;
use smallvec::SmallVec;

use crate::body::{Download, Event, Items};
use crate::operation::call::{Call, Rules, verify_rules};
use crate::operation::item::ItemCheck;
use crate::operation::proven;
use crate::operation::representations::{Representations, preferred};
use crate::problem::Problem;
use crate::response::breach::undeclared;
use crate::response::content::Content;
use crate::response::declared::{Contents, Response};
use crate::response::events::{KeptAlive, SILENCE, event_text};
use crate::response::header::header_text;
use crate::response::{download, header, stream};
use crate::schema::Format;
use crate::settings::Responses;

const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// A response that is being built.
pub struct ResponseBuilder<'c> {
    call: &'c Call,
    status: StatusCode,
    /// What the spec declares for the status.
    declared: Option<&'c Response>,
    /// Of the declared ones those that the body has; all if there are none.
    media_types: &'static [&'static str],
    /// In place, as most responses have few.
    headers: SmallVec<[(&'static str, Value); 2]>,
}

impl Call {
    /// A response with this status.
    #[must_use]
    pub fn response(&self, status: StatusCode) -> ResponseBuilder<'_> {
        ResponseBuilder {
            call: self,
            status,
            declared: self.declared(status),
            media_types: &[],
            headers: SmallVec::new(),
        }
    }
}

impl<'c> ResponseBuilder<'c> {
    /// Has the body sent in one of these media types alone, as the spec writes them.
    #[must_use]
    pub fn media_types(mut self, media_types: &'static [&'static str]) -> Self {
        self.media_types = media_types;
        self
    }

    /// Adds a header, unless its value is null.
    ///
    /// # Errors
    /// 500 if the value can't be written as JSON.
    pub fn header(mut self, name: &'static str, value: &impl Serialize) -> Result<Self, Problem> {
        let value = serde_json::to_value(value).map_err(Problem::internal)?;
        if !value.is_null() {
            self.headers.push((name, value));
        }
        Ok(self)
    }

    /// Adds a header that is a text, unless there is none.
    #[must_use]
    pub fn text_header(mut self, name: &'static str, text: impl Into<Option<String>>) -> Self {
        let value = text.into().map(Value::String);
        self.headers.extend(value.map(|value| (name, value)));
        self
    }

    /// Validates the response, and sends it with a body, unless HTTP has none for the status (an application may choose one such
    /// as 204 within a range).
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub fn body<T: Serialize>(
        mut self,
        rules: Rules<T>,
        body: &T,
    ) -> Result<HttpResponse, Problem> {
        let content = self.content(&[Format::Json, Format::Text]);
        let proven = content.filter(|it| it.format == Format::Json);
        let proven = proven.filter(|_| self.is_checked());
        let proven =
            proven.map(|content| proven::write(content, || "body".to_owned(), rules, body));
        let proven = proven.transpose()?.flatten();
        let mut violations = self.missing(content);
        if self.is_checked()
            && proven.is_none()
            && let Some(content) = content
            && !content.accepts(body)
        {
            let value = serde_json::to_value(body).map_err(Problem::internal)?;
            violations.extend(content.violations("body", value));
        }
        self.check(violations)?;
        if self.call.parts.settings.responses == Responses::Enforce && proven.is_none() {
            verify_rules(&self.call.parts.settings, rules, body)?;
        }
        if is_bodiless(self.status) {
            return self.send(None, BoxBody::new(()));
        }
        let format = content.map_or(Format::Json, |content| content.format);
        let bytes = match proven {
            Some(bytes) => bytes,
            None => written(format, body).map_err(Problem::internal)?,
        };
        let media_type = content.map_or(Some(header::JSON), |it| it.header.clone());
        self.send(media_type, BoxBody::new(bytes))
    }

    /// Validates the response, and sends it without a body. That to a HEAD has the media type that its GET would have.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub fn empty(mut self) -> Result<HttpResponse, Problem> {
        let is_head = self.call.operation().method == Method::HEAD;
        let contents: Contents<'c> = self.contents().collect();
        let violations = match self.declared {
            Some(_) if !contents.is_empty() && !is_head => {
                vec!["no body is sent where one is declared".to_owned()]
            }
            Some(_) => Vec::new(),
            None => self.undeclared(),
        };
        self.check(violations)?;
        let representations = Representations {
            contents,
            accept: &self.call.parts.accept,
        };
        let preferred = representations.preferred();
        let media_type = preferred.and_then(|content| content.header.clone());
        match is_head {
            true => {
                let body = self.unsent();
                self.send(media_type, body)
            }
            false => self.send(None, BoxBody::new(())),
        }
    }

    /// The body of the response to a HEAD: of the length that the application gives, or of none.
    fn unsent(&self) -> BoxBody {
        let mut headers = self.headers.iter();
        let length = headers.find(|(name, _)| CONTENT_LENGTH.as_str().eq_ignore_ascii_case(name));
        match length.and_then(|(_, value)| value.as_u64()) {
            Some(length) => {
                BoxBody::new(SizedStream::new(length, empty::<Result<_, Infallible>>()))
            }
            None => BoxBody::new(body::None::new()),
        }
    }

    /// Validates the response without its bytes, and sends it.
    ///
    /// # Errors
    /// As [`Call::respond`]; 412 or 416 for a file that does not meet the conditions of the request.
    pub fn download(mut self, download: Download) -> Result<HttpResponse, Problem> {
        let representations = self.representations(&[Format::Binary]);
        let (content, media_type) = representations.of_download(&download);
        let mut violations = self.missing(content);
        if content.is_some() && media_type.is_none() {
            violations.push(representations.undeclared(&download));
        }
        self.check(violations)?;
        if is_bodiless(self.status) {
            return self.send(None, BoxBody::new(()));
        }
        let media_type = media_type.unwrap_or(OCTETS);
        let (call, status) = (self.call, self.status);
        let id = &call.operation().id;
        let response =
            download::respond(id, &call.parts.caller.request, status, media_type, download)?;
        self.finish(response, false)
    }

    /// Validates the response without its items, and sends it; each item is validated when it is sent.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub fn items<T: Serialize + 'static>(
        self,
        rules: Rules<T>,
        items: Items<T>,
    ) -> Result<HttpResponse, Problem> {
        let id = &self.call.operation().id;
        self.stream(Format::Lines, rules, |mut item| {
            let lines = items.map(move |next| {
                let next = next?;
                let mut line = item.write(&next)?;
                line.push(b'\n');
                Ok(Bytes::from(line))
            });
            stream::body(id, None, lines)
        })
    }

    /// As [`ResponseBuilder::items`], for events. A comment is sent after each silence of 15 seconds.
    ///
    /// # Errors
    /// As [`Call::respond`].
    pub fn events<T: Serialize + 'static>(
        self,
        rules: Rules<T>,
        events: Items<Event<T>>,
    ) -> Result<HttpResponse, Problem> {
        let id = &self.call.operation().id;
        self.stream(Format::Events, rules, |mut item| {
            let texts = events.map(move |next| {
                let (event, data) = next?.split();
                let json = item.write(&data)?;
                event_text(&event, &json).map(Bytes::from)
            });
            stream::body(id, None, KeptAlive::new(texts, SILENCE))
        })
    }

    /// Validates the response without its items, and sends it with a `body` that validates each of them.
    fn stream<T: Serialize + 'static>(
        mut self,
        format: Format,
        rules: Rules<T>,
        body: impl FnOnce(ItemCheck<T>) -> BoxBody,
    ) -> Result<HttpResponse, Problem> {
        let content = self.content(&[format]);
        self.check(self.missing(content))?;
        if is_bodiless(self.status) {
            return self.send(None, BoxBody::new(()));
        }
        let body = body(ItemCheck::new(self.call, self.status, content, rules));
        self.send(content.and_then(|content| content.header.clone()), body)
    }

    /// The declared contents of these formats that the body may have.
    fn representations(&self, formats: &[Format]) -> Representations<'c> {
        let contents = self.contents();
        Representations {
            contents: contents.filter(|it| self.is_chosen(it, formats)).collect(),
            accept: &self.call.parts.accept,
        }
    }

    /// Of the declared contents of these formats the one that the client prefers, or else the first.
    fn content(&self, formats: &[Format]) -> Option<&'c Content> {
        let contents = self.declared?.contents();
        let chosen = contents.filter(|content| self.is_chosen(content, formats));
        preferred(&self.call.parts.accept, chosen)
    }

    fn is_chosen(&self, content: &Content, formats: &[Format]) -> bool {
        let mut chosen = self.media_types.iter();
        formats.contains(&content.format)
            && (self.media_types.is_empty() || chosen.any(|name| content.declared == *name))
    }

    /// The declared contents of the status.
    fn contents(&self) -> impl Iterator<Item = &'c Content> + use<'c> {
        self.declared.into_iter().flat_map(Response::contents)
    }

    fn is_checked(&self) -> bool {
        self.call.parts.settings.responses != Responses::Off
    }

    /// That there is no declared content for the body.
    fn missing(&self, content: Option<&Content>) -> Vec<String> {
        match (content, self.declared) {
            (Some(_), _) => Vec::new(),
            (None, Some(_)) => vec!["a body is sent that is not declared".to_owned()],
            (None, None) => self.undeclared(),
        }
    }

    fn undeclared(&self) -> Vec<String> {
        vec![undeclared(&self.call.operation().id, self.status)]
    }

    /// Rejects the violations of the body and those of the headers, as the settings require.
    fn check(&mut self, mut violations: Vec<String>) -> Result<(), Problem> {
        if !self.is_checked() {
            return Ok(());
        }
        if let Some(declared) = self.declared {
            violations.extend(declared.header_violations(&mut self.headers));
        }
        self.call.enforce(self.status, violations)
    }

    fn send(
        &mut self,
        media_type: Option<HeaderValue>,
        body: BoxBody,
    ) -> Result<HttpResponse, Problem> {
        let mut response = HttpResponse::with_body(self.status, body);
        if let Some(media_type) = media_type {
            // It has no header yet.
            response.headers_mut().append(CONTENT_TYPE, media_type);
        }
        self.finish(response, true)
    }

    /// Adds the headers. One that the application gives takes the place of the server's own. A response `is_new` that has none but its
    /// media type: a further header need not be looked for in it.
    fn finish(
        &mut self,
        mut response: HttpResponse,
        is_new: bool,
    ) -> Result<HttpResponse, Problem> {
        let headers = response.headers_mut();
        for index in 0..self.headers.len() {
            let (before, others) = self.headers.split_at_mut(index);
            let (name, value) = &mut others[0];
            let declared = self.declared.and_then(|response| response.header(name));
            let key = match declared {
                Some(declared) => declared.key.clone(),
                None => HeaderName::from_bytes(name.as_bytes()).map_err(Problem::internal)?,
            };
            if key != SET_COOKIE
                && let Some(line) = declared.and_then(|declared| declared.plain(value))
            {
                let line = line.map_err(|_| invalid(name, value.as_str().unwrap_or_default()))?;
                let mut before = before.iter();
                let is_first = !before.any(|(other, _)| name.eq_ignore_ascii_case(other));
                match is_new && is_first && key != CONTENT_TYPE {
                    true => headers.append(key, line),
                    false => header::set(headers, key, line),
                }
                continue;
            }
            if key != SET_COOKIE {
                headers.remove(&key);
            }
            let lines = declared.map_or_else(|| vec![header_text(value)], |it| it.lines(value));
            for line in lines {
                headers.append(key.clone(), header_value(name, &line)?);
            }
        }
        if self.call.operation().responses.is_negotiated() {
            headers.append(VARY, HeaderValue::from_static("Accept"));
        }
        Ok(response)
    }
}

/// A text as the value of a header, which has no control characters (RFC 9110, 5.5).
fn header_value(name: &str, text: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| invalid(name, text))
}

fn invalid(name: &str, text: &str) -> Problem {
    Problem::internal(format_args!(
        "the header {name} of the response contains a control character: {text:?}"
    ))
}

/// A body of one value. The type is serialized and not the validated value, so that members have the order of the spec.
fn written<T: Serialize>(format: Format, body: &T) -> serde_json::Result<Vec<u8>> {
    if format != Format::Text {
        return serde_json::to_vec(body);
    }
    Ok(match serde_json::to_value(body)? {
        Value::String(text) => text.into_bytes(),
        Value::Null => Vec::new(),
        other => other.to_string().into_bytes(),
    })
}

/// Whether HTTP sends no body with a status (RFC 9110, 6.4.1 and 15.3.6).
fn is_bodiless(status: StatusCode) -> bool {
    let bodiless = [
        StatusCode::NO_CONTENT,
        StatusCode::RESET_CONTENT,
        StatusCode::NOT_MODIFIED,
    ];
    status.is_informational() || bodiless.contains(&status)
}
