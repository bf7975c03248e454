//! What the server does not serve yet: here and nowhere else, so that a rule is struck out when it does.
//!
//! What an operation can do without is left out of it. An operation that asks for more than that keeps the reason: the
//! server refuses to answer it, and the mock answers without that part. Both come with a warning.

use serde_json::Value;

use crate::api::{Api, Content, Operation, Parameter, Part, Response};
use crate::document::Document;
use crate::text::Fault;
use crate::text::Location;

/// The types of the parameters that can be decoded.
const SCALARS: [&str; 5] = ["boolean", "integer", "null", "number", "string"];

/// What an operation says that is not served.
struct Lack {
    location: Location,
    /// A sentence without its capital and its full stop.
    what: String,
    outcome: Outcome,
}

/// What becomes of the operation.
enum Outcome {
    /// It is served, and this is the end of the warning.
    Served(String),
    /// It is not to be had without what it lacks.
    Refused,
}

/// Takes out of `api` what is not served, and puts the warnings in.
pub(super) fn leave_out(document: &Document, api: &mut Api) {
    for operation in &mut api.operations {
        let mut lacks = Vec::from_iter(security(document, operation));
        lacks.extend(parameters(operation));
        lacks.extend(body(operation));
        lacks.extend(responses(operation));
        lacks.extend(no_success(operation));
        let mut refused = lacks
            .iter()
            .filter(|lack| matches!(lack.outcome, Outcome::Refused));
        operation.unserved = refused.next().map(|lack| lack.what.clone());
        let warnings = lacks.iter().map(|lack| lack.warning(document));
        api.warnings.extend(warnings);
    }
}

impl Lack {
    fn warning(&self, document: &Document) -> Fault {
        let end = match &self.outcome {
            Outcome::Served(end) => end.as_str(),
            Outcome::Refused => "a call is answered with 501",
        };
        let mut letters = self.what.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        let sentence: String = capital.into_iter().chain(letters).collect();
        document.fault(&self.location, format!("{sentence}, so {end}."))
    }
}

/// Leaves out the parameters that cannot be read. A form is refused as a whole, whether its fields are required or not.
fn parameters(operation: &mut Operation) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let unread = &mut operation.unread;
    operation.parameters.retain(|parameter| {
        let Some(kind) = kind(parameter) else {
            return true;
        };
        if parameter.part == Part::Query {
            unread.push(parameter.name.clone());
        }
        lacks.push(Lack {
            location: parameter.location.clone(),
            what: format!(
                "the parameter `{}` {kind}, which is not served yet",
                parameter.name
            ),
            outcome: if parameter.required || parameter.part == Part::FormData {
                Outcome::Refused
            } else {
                Outcome::Served("it is neither checked nor handed over".to_owned())
            },
        });
        false
    });
    lacks
}

/// What it is about a parameter that is not served.
fn kind(parameter: &Parameter) -> Option<&'static str> {
    let has = |wanted: fn(&str) -> bool| parameter.types.iter().any(|name| wanted(name));
    let is_header = parameter.part == Part::Header;
    Some(match parameter.part {
        Part::FormData => "is a field of a form",
        _ if !parameter.content.is_empty() => "is described by `content`",
        _ if has(|name| name == "array") => "is a list",
        _ if has(|name| !SCALARS.contains(&name)) => "is an object",
        _ if is_header && !is_token(&parameter.name) => "has a name that no header can have",
        _ => return None,
    })
}

/// Whether a header can have this name (RFC 9110, 5.6.2).
fn is_token(name: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_sign)
}

/// Whether an operation asks for credentials.
fn security(document: &Document, operation: &Operation) -> Option<Lack> {
    let own = operation.location.member("security");
    let general = document.root().member("security");
    let (location, requirements) = [own, general].into_iter().find_map(|location| {
        let requirements = document.value(&location)?.as_array()?;
        Some((location, requirements))
    })?;
    // One empty alternative lets everybody in.
    let is_open = |requirement: &Value| {
        requirement
            .as_object()
            .is_some_and(|schemes| schemes.is_empty())
    };
    if requirements.is_empty() || requirements.iter().any(is_open) {
        return None;
    }
    Some(Lack {
        location,
        what: "credentials are required, which are not checked yet".to_owned(),
        outcome: Outcome::Refused,
    })
}

/// Leaves out a body that is not JSON.
fn body(operation: &mut Operation) -> Option<Lack> {
    let body = operation.body.as_mut()?;
    let location = body.location.clone();
    let others = keep_json(&mut body.content);
    let is_left = !body.content.is_empty();
    operation.body = operation.body.take().filter(|_| is_left);
    Some(only_json(
        location,
        "body",
        &others?,
        is_left,
        Outcome::Refused,
    ))
}

/// Leaves out what responses are beside JSON. A failure is always sent as JSON, so only the others are missed.
fn responses(operation: &mut Operation) -> Vec<Lack> {
    let has_success = operation.responses.iter().any(is_success);
    let is_failure = |response: &Response| {
        let status = response.status.as_str();
        status.starts_with(['4', '5']) || status == "default" && has_success
    };
    let lack = |response: &mut Response| {
        let others = keep_json(&mut response.content)?;
        let is_left = !response.content.is_empty();
        let refusal = match is_failure(response) {
            true => Outcome::Served("a problem with this status breaks the contract".to_owned()),
            false => Outcome::Refused,
        };
        let location = response.location.clone();
        Some(only_json(location, "response", &others, is_left, refusal))
    };
    operation.responses.iter_mut().filter_map(lack).collect()
}

/// Has an operation that declares failures alone succeed with 200 and without a body.
fn no_success(operation: &mut Operation) -> Option<Lack> {
    let mut statuses = operation.responses.iter().map(|it| it.status.as_str());
    if statuses.any(|status| status == "default" || status.starts_with(['2', '3'])) {
        return None;
    }
    let location = operation.location.clone();
    operation.responses.push(Response {
        status: "200".to_owned(),
        description: None,
        location: location.clone(),
        headers: Vec::new(),
        content: Vec::new(),
    });
    Some(Lack {
        location,
        what: "no status of success is declared".to_owned(),
        outcome: Outcome::Served("it is 200 without a body".to_owned()),
    })
}

fn is_success(response: &Response) -> bool {
    response.status.starts_with('2')
}

/// What is lacking where a body is `others` beside JSON, or without it.
fn only_json(
    location: Location,
    subject: &str,
    others: &str,
    is_left: bool,
    refusal: Outcome,
) -> Lack {
    let (what, outcome) = if is_left {
        let end = format!("{others} is left out here");
        ("only JSON is served yet".to_owned(), Outcome::Served(end))
    } else {
        let what = format!("the {subject} is {others}, and only JSON is served yet");
        (what, refusal)
    };
    Lack {
        location,
        what,
        outcome,
    }
}

/// Keeps what is JSON, and tells the rest; a range such as `*/*` stands for JSON.
fn keep_json(content: &mut Vec<Content>) -> Option<String> {
    let mut json: Vec<Content> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for Content { media_type, schema } in std::mem::take(content) {
        let media_type = if is_range(&media_type) {
            "application/json".to_owned()
        } else {
            media_type
        };
        if !is_json(&media_type) {
            others.push(format!("`{media_type}`"));
        } else if !json.iter().any(|known| known.media_type == media_type) {
            json.push(Content { media_type, schema });
        }
    }
    *content = json;
    (!others.is_empty()).then(|| others.join(", "))
}

/// `application/json` and what ends in `+json`, whatever parameters follow.
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

fn is_range(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "*/*" | "application/*")
}

fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}
