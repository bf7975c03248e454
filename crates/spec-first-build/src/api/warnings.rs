//! A warning for each limit of an API.

use super::failures;
use super::limit::{Cause, Limit};
use super::model::Api;
use crate::document::Document;
use crate::text::Fault;

/// The warnings for what the server does not support of `api`, which was read from `document`.
pub fn warnings(document: &Document, api: &Api) -> Vec<Fault> {
    let limits = api.operations.iter().flat_map(|it| &it.limits);
    let warnings = limits.map(|limit| {
        let text = format!("{}, so {}.", capitalized(&limit.reason()), outcome(limit));
        document.fault(&limit.location, text)
    });
    let mut warnings: Vec<Fault> = warnings.collect();
    warnings.extend(failures::without_body(document, api));
    warnings
}

/// What follows from a limit, as a clause of a sentence.
fn outcome(limit: &Limit) -> String {
    match &limit.cause {
        _ if limit.is_refusal() => "a call is answered with 501".to_owned(),
        Cause::Body(media_types) | Cause::Response(media_types) | Cause::Failure(media_types)
            if media_types.is_alternative =>
        {
            let verb = match media_types.unsupported.len() {
                1 => "is",
                _ => "are",
            };
            format!("{} {verb} not served here", media_types.list())
        }
        Cause::Body(_) | Cause::Response(_) | Cause::Failure(_) => {
            "a problem with this status breaks the contract".to_owned()
        }
        Cause::Header { .. } => "it is not sent".to_owned(),
        Cause::Bodiless { .. } => "the body that the response declares is ignored".to_owned(),
        Cause::NoSuccess => "the operation succeeds with 200 and without a body".to_owned(),
        Cause::Parameter { .. } => "it is neither checked nor passed to the handler".to_owned(),
    }
}

fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
    capital.into_iter().chain(letters).collect()
}
