//! What the server does not support: the rules are here and nowhere else, so that one is removed when the server does.
//!
//! A part that an operation makes sense without is left out of the model. An operation that needs more than that is
//! answered with 501 by the server, and by the mock without that part.

use spec_first::schema::{Format, MediaType, is_token};

use super::limit::{Cause, Limit, MediaTypes, Unread};
use super::model::{Body, Content, Parameter, Response, has_success, is_failure};
use super::parameters::Reader;
use super::representations::of_response;
use super::responses;
use crate::document::Part;
use crate::text::Location;

/// The limits of one operation, found while it is read.
#[derive(Default)]
pub(super) struct Limits {
    pub found: Vec<Limit>,
}

impl Limits {
    /// The parameters that the server reads.
    pub fn parameters(&mut self, mut parameters: Vec<Parameter>) -> Vec<Parameter> {
        parameters.retain(|parameter| {
            let unread = unread(parameter);
            self.found.extend(unread.map(|unread| Limit {
                location: parameter.location.clone(),
                cause: Cause::Parameter {
                    name: parameter.name.clone(),
                    part: parameter.part,
                    required: parameter.required,
                    unread,
                },
            }));
            unread.is_none()
        });
        parameters
    }

    /// The body in the media types that the server reads, if it reads one of them.
    pub fn body(&mut self, body: Option<Body>) -> Option<Body> {
        let mut body = body?;
        if let Some(media_types) = keep_well_formed(&mut body.content) {
            self.found.push(Limit {
                location: body.location.clone(),
                cause: Cause::Body(media_types),
            });
        }
        (!body.content.is_empty()).then_some(body)
    }

    /// The responses of the operation at `operation` in the media types that the server sends. An operation that declares failures
    /// alone succeeds with 200 and without a body.
    pub fn responses(
        &mut self,
        reader: &Reader,
        operation: &Location,
        is_head: bool,
    ) -> Vec<Response> {
        let document = reader.document;
        let (mut responses, limits) = responses::read(document, operation, is_head);
        self.found.extend(limits);
        let has_success = has_success(&responses);
        for response in &mut responses {
            if is_bodiless(&response.status) && !response.content.is_empty() {
                response.content.clear();
                let status = response.status.clone();
                self.found.push(Limit {
                    location: response.location.clone(),
                    cause: Cause::Bodiless { status },
                });
            }
            let is_failure = is_failure(&response.status, has_success);
            if is_failure {
                response.content.iter_mut().for_each(as_json);
            }
            let contents = std::mem::take(&mut response.content);
            response.content = of_response(document, reader.schemas, contents);
            let malformed = keep_well_formed(&mut response.content);
            let cause = malformed.map(|malformed| match is_failure {
                true => Cause::Failure(malformed),
                false => Cause::Response(malformed),
            });
            self.found.extend(cause.map(|cause| Limit {
                location: response.location.clone(),
                cause,
            }));
        }
        let may_succeed = |status: &str| status == "default" || status.starts_with(['2', '3']);
        if !responses.iter().any(|it| may_succeed(&it.status)) {
            self.found.push(Limit {
                location: operation.clone(),
                cause: Cause::NoSuccess,
            });
            responses.push(Response {
                status: "200".to_owned(),
                description: None,
                location: operation.clone(),
                headers: Vec::new(),
                content: Vec::new(),
                is_own_failure: false,
            });
        }
        responses
    }
}

/// Whether HTTP sends no body with a status (RFC 9110, 6.4.1 and 15.3.6).
fn is_bodiless(status: &str) -> bool {
    status.starts_with('1') || matches!(status, "204" | "205" | "304")
}

/// Why a parameter is not read, if it is not.
fn unread(parameter: &Parameter) -> Option<Unread> {
    match parameter.part {
        Part::Header if !is_token(&parameter.name) => Some(Unread::HeaderName),
        _ => None,
    }
}

/// Keeps what is a media type, and returns the rest, if there is one.
fn keep_well_formed(content: &mut Vec<Content>) -> Option<MediaTypes> {
    let (kept, malformed): (Vec<_>, Vec<_>) = std::mem::take(content)
        .into_iter()
        .partition(|content| MediaType::parse(&content.media_type).is_some());
    *content = kept;
    if malformed.is_empty() {
        return None;
    }
    let names = malformed.into_iter().map(|content| content.media_type);
    Some(MediaTypes {
        unsupported: names.collect(),
        is_alternative: !content.is_empty(),
    })
}

/// Makes JSON of a range such as `*/*` that includes it: the body of a failure is JSON unless the document says otherwise.
fn as_json(content: &mut Content) {
    if includes_json(&content.media_type) {
        content.media_type = "application/json".to_owned();
        content.format = Format::Json;
    }
}

/// Whether a range of media types includes `application/json`.
pub(super) fn includes_json(media_type: &str) -> bool {
    let media_type = MediaType::parse(media_type);
    media_type.is_some_and(|it| matches!(it.as_str(), "*/*" | "application/*"))
}
