//! The one public error: a problem (RFC 9457). It does not depend on the contract.

mod body;
mod context;
mod members;
mod shape;
mod violation;

use std::any::Any;
use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::Value;

pub(crate) use self::body::Body;
use self::body::Plain;
pub use self::context::Context;
use self::members::{BLANK, Members, setter};
pub(crate) use self::shape::Shape;
pub use self::violation::{Part, Violation};
pub use crate::schema::MAX_VIOLATIONS;

/// The media type of a problem on the wire.
pub const MEDIA_TYPE: &str = "application/problem+json";
pub(crate) const MEDIA_TYPE_HEADER: HeaderValue = HeaderValue::from_static(MEDIA_TYPE);

/// Why a request was rejected or could not be handled: the error of an application and of middleware. Its response is
/// `application/problem+json` with `type`, `title`, `status`, `detail`, of an invalid request `errors`, and the extension members
/// that the application adds.
///
/// ```
/// use spec_first::problem::Problem;
///
/// let problem = Problem::conflict("the name is taken");
/// assert_eq!(problem.status().as_u16(), 409);
/// assert_eq!(problem.to_string(), "409 Conflict: the name is taken");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    errors: Vec<Violation>,
    members: Option<Box<Members>>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// For the log, and not for the client.
    cause: Option<String>,
    origin: Origin,
}

/// Who responds with a problem.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Origin {
    /// Not known yet.
    Any,
    /// The server, although the application passed it on: the request's body is rejected while the application reads it.
    Server,
    Application,
}

impl Problem {
    /// A problem with any 4xx or 5xx status; the client reads `detail`.
    ///
    /// Any other status is a mistake of the caller, and becomes a 500.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        if !status.is_client_error() && !status.is_server_error() {
            return Self::internal(format_args!("{status} was given as a problem"));
        }
        Self {
            status,
            detail: detail.into(),
            errors: Vec::new(),
            members: None,
            headers: Vec::new(),
            cause: None,
            origin: Origin::Any,
        }
    }

    /// The request is invalid: 400.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// Credentials are required, or wrong: 401, with a challenge for each scheme that would do (RFC 9110, 15.5.2).
    pub fn unauthorized(
        detail: impl Into<String>,
        challenges: impl IntoIterator<Item = HeaderValue>,
    ) -> Self {
        let problem = Self::new(StatusCode::UNAUTHORIZED, detail);
        challenges.into_iter().fold(problem, |problem, challenge| {
            problem.with_header(header::WWW_AUTHENTICATE, challenge)
        })
    }

    /// Whoever sends the request may not do that: 403.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// The resource does not exist: 404.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// The resource does not support the method, but those in `allow`: 405 (RFC 9110, 15.5.6).
    pub fn method_not_allowed(allow: HeaderValue) -> Self {
        let methods = String::from_utf8_lossy(allow.as_bytes());
        let detail = format!("this resource answers {methods}");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, detail).with_header(header::ALLOW, allow)
    }

    /// The client accepts no media type that the operation responds with: 406 (RFC 9110, 15.5.7).
    pub fn not_acceptable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, detail)
            .with_header(header::VARY, HeaderValue::from_static("Accept"))
    }

    /// The request did not arrive in time: 408. The connection is closed.
    pub fn request_timeout(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, detail)
            .with_header(header::CONNECTION, HeaderValue::from_static("close"))
    }

    /// The request conflicts with the state of the resource: 409.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail)
    }

    /// The body is longer than `limit` bytes: 413.
    pub fn content_too_large(limit: usize) -> Self {
        let detail = format!("the body is longer than {limit} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    }

    /// The operation does not accept the media type of the body: 415.
    pub fn unsupported_media_type(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail)
    }

    /// The server does not support the operation: 501 (RFC 9110, 15.6.2). `detail` is the cause in the log, too.
    pub fn not_implemented(detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self {
            cause: Some(detail.clone()),
            ..Self::new(StatusCode::NOT_IMPLEMENTED, detail)
        }
    }

    /// The server cannot handle the request now: 503. The cause goes to the log, never to the client.
    pub fn unavailable(detail: impl Into<String>, cause: impl fmt::Display) -> Self {
        Self {
            cause: Some(cause.to_string()),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
        }
    }

    /// The server failed: 500. The cause goes to the log, never to the client.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            detail: "the server failed; its log says why".to_owned(),
            errors: Vec::new(),
            members: None,
            headers: Vec::new(),
            cause: Some(cause.to_string()),
            origin: Origin::Any,
        }
    }

    /// The application panicked: 500, with the message of the panic as its cause.
    pub(crate) fn panicked(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Self::internal(format_args!(
            "panicked: {}",
            text.unwrap_or("without a message")
        ))
    }

    /// The same problem with a header on its response.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same problem with the violations of the request, the first [`MAX_VIOLATIONS`] of them.
    #[must_use]
    pub fn with_errors(mut self, mut errors: Vec<Violation>) -> Self {
        errors.truncate(MAX_VIOLATIONS);
        self.errors = errors;
        self
    }

    /// The status that the client reads.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The same problem, as one of the server itself: the spec need not declare it.
    pub(crate) fn rejection(mut self) -> Self {
        self.origin = Origin::Server;
        self
    }

    /// The same problem, as what the application responds with, unless it is one of the server itself.
    pub(crate) fn returned(mut self) -> Self {
        if self.origin == Origin::Any {
            self.origin = Origin::Application;
        }
        self
    }

    /// Whether the application responds with it, so that the spec has to declare it for the operation. A failure, which has a
    /// cause, need not be declared.
    pub(crate) fn is_returned(&self) -> bool {
        self.origin == Origin::Application && self.cause.is_none()
    }

    /// Whether the application responds with it.
    pub(crate) fn is_of_application(&self) -> bool {
        self.origin == Origin::Application
    }

    /// Whether its response has a header.
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(own, _)| own.as_str().eq_ignore_ascii_case(name))
    }

    /// The response with its status and its headers, and a body of a media type.
    pub(crate) fn respond(&self, media_type: HeaderValue, body: Vec<u8>) -> HttpResponse {
        let mut response = HttpResponse::with_body(self.status, BoxBody::new(body));
        let head = response.head_mut();
        head.headers_mut().append(header::CONTENT_TYPE, media_type);
        let others = self.headers.iter();
        for (name, value) in others.filter(|(name, _)| name != header::CONTENT_TYPE) {
            head.headers_mut().append(name.clone(), value.clone());
        }
        if self.status == StatusCode::REQUEST_TIMEOUT {
            head.set_connection_type(ConnectionType::Close);
        }
        response
    }

    /// What the client reads.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The cause, for the log and not for the client.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// The violations of an invalid request.
    #[must_use]
    pub fn errors(&self) -> &[Violation] {
        &self.errors
    }

    /// The members on the wire, in their order. A [`Server`](crate::Server) adds `request_id`, the id of the request, which the
    /// header `X-Request-Id` has, too; unless the spec declares a body without it.
    #[must_use]
    pub fn body(&self) -> impl Serialize + '_ {
        self.body_of(None)
    }

    /// The members on the wire of a problem with a request that has this id. What the application has added under the same name
    /// stays.
    pub(crate) fn body_of<'a>(&'a self, request_id: Option<&'a str>) -> Body<'a> {
        let plain = Plain {
            kind: self.kind(),
            title: self.title(),
            is_usual: self.members.is_none(),
            status: self.status,
            detail: &self.detail,
            errors: &self.errors,
            request_id,
        };
        match &self.members {
            Some(members) if !members.extensions.is_empty() => Body::Extended {
                plain: Plain {
                    request_id: None,
                    ..plain
                },
                extensions: &members.extensions,
                request_id: request_id.filter(|_| self.get("request_id").is_none()),
            },
            _ => Body::Plain(plain),
        }
    }

    /// What the problem is but for its texts; none if it has members of the application's own, or many errors.
    pub(crate) fn shape(&self) -> Option<Shape> {
        match &self.members {
            None => Shape::new(self.status, &self.errors),
            Some(_) => None,
        }
    }
}

impl Problem {
    /// The same problem with a type of its own: a URI reference that identifies it, and whose address may describe it (RFC 9457,
    /// 3.1.1). Without one it is `about:blank`.
    ///
    /// ```
    /// use spec_first::problem::Problem;
    ///
    /// let problem = Problem::forbidden("the balance is 30, but that costs 50")
    ///     .with_type("https://example.com/problems/out-of-credit")
    ///     .with_title("You do not have enough credit")
    ///     .with("balance", 30)
    ///     .with("accounts", ["/account/12345", "/account/67890"]);
    /// assert_eq!(
    ///     serde_json::to_string(&problem.body()).unwrap(),
    ///     concat!(
    ///         r#"{"type":"https://example.com/problems/out-of-credit","title":"You do not have enough credit","status":403,"#,
    ///         r#""detail":"the balance is 30, but that costs 50","balance":30,"accounts":["/account/12345","/account/67890"]}"#,
    ///     )
    /// );
    /// ```
    #[must_use]
    pub fn with_type(mut self, uri: impl Into<String>) -> Self {
        self.members_mut().kind = Some(uri.into());
        self
    }

    /// The same problem with a title, which all problems of its type should have; without one it is the reason phrase of the
    /// status.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.members_mut().title = Some(title.into());
        self
    }

    /// The same problem with an extension member (RFC 9457, 3.2), after those that it has; a second value of a name replaces the
    /// first. `instance` is one as well.
    ///
    /// The members that a problem has itself (`type`, `title`, `status`, `detail`, `errors`) cannot be set this way, nor can a
    /// value that cannot be written as JSON: the problem becomes a 500 whose cause names the mistake.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        let name = name.into();
        if let Some(setter) = setter(&name) {
            return Self::internal(format_args!(
                "the member {name:?} of a problem was given as an extension; it is set by {setter}"
            ));
        }
        match serde_json::to_value(value) {
            Ok(value) => {
                self.members_mut().extensions.insert(name, value);
                self
            }
            Err(error) => Self::internal(format_args!("the member {name:?} of a problem: {error}")),
        }
    }

    /// The type: a URI reference.
    #[must_use]
    pub fn kind(&self) -> &str {
        let own = self.members.as_ref().and_then(|it| it.kind.as_deref());
        own.unwrap_or(BLANK)
    }

    /// The title: the reason phrase of the status, unless the problem has one of its own.
    #[must_use]
    pub fn title(&self) -> &str {
        let own = self.members.as_ref().and_then(|it| it.title.as_deref());
        own.unwrap_or(title(self.status))
    }

    /// The value of an extension member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.as_ref()?.extensions.get(name)
    }

    /// The extension members, in the order in which they were added.
    pub fn extensions(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.members.iter();
        let extensions = members.flat_map(|members| &members.extensions);
        extensions.map(|(name, value)| (name.as_str(), value))
    }

    fn members_mut(&mut self) -> &mut Members {
        self.members.get_or_insert_default()
    }
}

/// The reason phrase of RFC 9110, where the `http` crate still has the one of RFC 7231.
fn title(status: StatusCode) -> &'static str {
    match status.as_u16() {
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        _ => status.canonical_reason().unwrap_or("Unknown Error"),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (status, title, detail) = (self.status.as_u16(), self.title(), &self.detail);
        write!(formatter, "{status} {title}: {detail}")
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        // Strings and numbers can always be serialized; even an empty body would have the status.
        let body = self.body_of(None).json().unwrap_or_default();
        self.respond(MEDIA_TYPE_HEADER, body)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn members_are_in_order_and_errors_are_left_out_when_there_are_none() {
        let problem = Problem::content_too_large(10);
        assert_eq!(
            serde_json::to_string(&problem.body()).unwrap(),
            r#"{"type":"about:blank","title":"Content Too Large","status":413,"detail":"the body is longer than 10 bytes"}"#
        );
    }

    #[test]
    fn the_cause_of_a_failure_is_not_on_the_wire() {
        let problem = Problem::internal("disk full");
        assert_eq!(problem.cause(), Some("disk full"));
        assert_eq!(
            serde_json::to_string(&problem.body()).unwrap(),
            r#"{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the server failed; its log says why"}"#
        );
    }

    #[test]
    fn a_success_is_not_a_problem() {
        assert_eq!(Problem::new(StatusCode::OK, "fine").status(), 500);
    }

    fn text(problem: &Problem) -> String {
        serde_json::to_string(&problem.body()).expect("JSON")
    }

    #[test]
    fn extensions_follow_the_other_members_in_their_order() {
        let problem = Problem::conflict("taken").with("b", 1).with("a", [2]);
        let problem = problem.with("b", "one").with("instance", "/pets/Rex");
        assert_eq!(
            text(&problem),
            r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"taken","b":"one","a":[2],"instance":"/pets/Rex"}"#
        );
        assert_eq!(problem.get("b"), Some(&"one".into()));
        assert_eq!(problem.get("c"), None);
        let names: Vec<_> = problem.extensions().map(|(name, _)| name).collect();
        assert_eq!(names, ["b", "a", "instance"]);
    }

    #[test]
    fn a_type_may_have_the_title_of_its_status() {
        let problem = Problem::not_found("no Easter").with_type("/problems/nobody");
        assert_eq!(
            text(&problem),
            r#"{"type":"/problems/nobody","title":"Not Found","status":404,"detail":"no Easter"}"#
        );
        assert_eq!(
            (problem.kind(), problem.title()),
            ("/problems/nobody", "Not Found")
        );
        let plain = Problem::not_found("");
        assert_eq!((plain.kind(), plain.title()), ("about:blank", "Not Found"));
        let titled = problem.with_title("Nobody");
        assert_eq!(titled.to_string(), "404 Nobody: no Easter");
    }

    #[test]
    fn a_member_of_the_problem_itself_is_no_extension() {
        for (name, setter) in [
            ("type", "`with_type`"),
            ("title", "`with_title`"),
            ("status", "the status that it is made of"),
            ("detail", "the text that it is made of"),
            ("errors", "`with_errors`"),
        ] {
            let problem = Problem::conflict("taken").with("a", 1).with(name, "a");
            assert_eq!((problem.status().as_u16(), problem.get("a")), (500, None));
            let cause = format!(
                "the member {name:?} of a problem was given as an extension; it is set by {setter}"
            );
            assert_eq!(problem.cause(), Some(cause.as_str()));
        }
        assert_eq!(
            Problem::conflict("").with("Status", 1).get("Status"),
            Some(&1.into())
        );
    }

    #[test]
    fn a_value_that_is_no_json_makes_a_failure_of_the_problem() {
        let map = HashMap::from([([1], 2)]);
        let problem = Problem::conflict("taken").with("map", map);
        assert_eq!(problem.status().as_u16(), 500);
        assert_eq!(
            problem.cause(),
            Some("the member \"map\" of a problem: key must be a string")
        );
    }
}
