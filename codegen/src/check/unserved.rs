//! What the server does not serve yet: here and nowhere else, so that a rule is struck out when it does.
//!
//! What an operation can do without is left out with a warning; the rest is refused.

use serde_json::Value;

use crate::api::operations::path_items;
use crate::api::{Api, Content, Operation, Parameter, Part};
use crate::document::Document;
use crate::fault::Fault;
use crate::location::Location;

/// The types of the parameters that can be decoded.
const SCALARS: [&str; 5] = ["boolean", "integer", "null", "number", "string"];

/// What is refused; `api` loses what is left out, and gains the warnings.
pub(super) fn check(document: &Document, api: &mut Api) -> Vec<Fault> {
    let mut faults = Vec::new();
    for operation in &mut api.operations {
        let wrong = operation
            .parameters
            .iter()
            .filter_map(|parameter| Some((parameter, unserved(parameter)?)));
        faults.extend(wrong.map(|(parameter, text)| document.fault(&parameter.location, text)));
        faults.extend(security(document, operation));
        for (location, content) in bodies(operation) {
            match keep_json(content) {
                Kept::All => {}
                Kept::Some(text) => api.warnings.push(document.fault(location, text)),
                Kept::None(text) => faults.push(document.fault(location, text)),
            }
        }
    }
    api.warnings.extend(passed_over(document));
    faults
}

/// Why a parameter is refused.
fn unserved(parameter: &Parameter) -> Option<String> {
    let name = &parameter.name;
    let kind = match parameter.part {
        Part::Header => "is a header",
        Part::Cookie => "is a cookie",
        Part::FormData => "is a field of a form",
        _ if !parameter.content.is_empty() => "is described by `content`",
        _ if parameter.types.iter().any(|name| name == "array") => "is a list",
        _ if parameter
            .types
            .iter()
            .any(|name| !SCALARS.contains(&name.as_str())) =>
        {
            "is an object"
        }
        _ => return None,
    };
    Some(format!(
        "The parameter `{name}` {kind}, which is not served yet. \
         Make it a string, integer, number or boolean in the path or the query, or remove it."
    ))
}

/// Why an operation that asks for credentials is refused.
fn security(document: &Document, operation: &Operation) -> Option<Fault> {
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
    let text = "Security is not checked yet, so that everybody could call what is protected here. \
                Remove the requirement, and protect the server by other means.";
    Some(document.fault(&location, text))
}

/// The bodies of an operation with their places.
fn bodies(operation: &mut Operation) -> impl Iterator<Item = (&Location, &mut Vec<Content>)> {
    let body = operation
        .body
        .iter_mut()
        .map(|body| (&body.location, &mut body.content));
    body.chain(
        operation
            .responses
            .iter_mut()
            .map(|response| (&response.location, &mut response.content)),
    )
}

/// What is left of a body's media types.
enum Kept {
    All,
    Some(String),
    None(String),
}

/// Keeps what is JSON; a range such as `*/*` stands for JSON.
fn keep_json(content: &mut Vec<Content>) -> Kept {
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
    let others = others.join(", ");
    *content = json;
    match (content.is_empty(), others.is_empty()) {
        (_, true) => Kept::All,
        (false, _) => Kept::Some(format!(
            "Only JSON is served yet, so {others} is left out here."
        )),
        (true, _) => Kept::None(format!(
            "Only JSON is served yet, not {others}. Add `application/json`, or remove it."
        )),
    }
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

/// What the server does not do, although it does the rest.
fn passed_over(document: &Document) -> Vec<Fault> {
    let root = document.root();
    let mut warnings = Vec::new();
    let mut warn = |location: Location, text: &str| {
        if document.value(&location).is_some() {
            warnings.push(document.fault(&location, text));
        }
    };
    warn(
        root.member("webhooks"),
        "Webhooks are passed over: the server calls nobody.",
    );
    let paths = root.member("paths");
    for path in document.member_names(&paths) {
        for item in path_items(document, &paths.member(path)) {
            warn(
                item.member("servers"),
                "The servers of one path are passed over: all paths hang under the general ones.",
            );
            for method in document.member_names(&item) {
                let operation = item.member(method);
                warn(
                    operation.member("callbacks"),
                    "Callbacks are passed over: the server calls nobody.",
                );
                warn(
                    operation.member("servers"),
                    "The servers of one operation are passed over: all paths hang under the general ones.",
                );
            }
        }
    }
    warnings
}
