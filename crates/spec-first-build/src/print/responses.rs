//! How methods succeed and fail, as facts: with a type, or with an enum that has a variant for each response.
//!
//! Every object has all of its keys, `false` where there is nothing: mustache looks for a missing one in what surrounds it.

use serde_json::{Value, json};

use super::bodies;
use super::spell::{comment, comments, literal, type_text};
use crate::rust::Model;
use crate::rust::kind::Type;
use crate::rust::method::{Argument, Method, Source};
use crate::rust::response::{Choice, ResponseVariant};
use crate::rust::success::Accept;

/// How `method` succeeds.
pub fn success(method: &Method, model: &Model) -> Value {
    let [first, ..] = method.success.responses.as_slice() else {
        return false.into();
    };
    let mut facts = json!({
        "type": type_text(&first.kind, &model.items),
        "plain": false,
        "enum": false,
    });
    let Some(name) = &method.success.name else {
        facts["plain"] = json!({
            "status": first.status.unwrap_or("OK"),
            "body": body(first),
        });
        return facts;
    };
    let variants = method.success.responses.iter();
    let variants = variants.map(|response| variant(method, response, model));
    let mut kinds = method.success.types();
    let is_stream = kinds.any(Type::is_stream);
    facts["type"] = name.as_str().into();
    facts["enum"] = json!({
        "name": name,
        "method": method.name,
        "value": !is_stream,
        "variants": variants.collect::<Vec<_>>(),
        "accept": method.success.accept.as_ref().map_or(Value::Bool(false), accept),
        "mock": mock(method, model),
    });
    facts
}

/// How `method` fails, or `false` if it does by problems alone.
pub fn failure(method: &Method, model: &Model) -> Value {
    let Some(failure) = &method.failure else {
        return false.into();
    };
    let variants = failure.responses.iter();
    let variants = variants.map(|response| variant(method, response, model));
    json!({
        "name": failure.name,
        "method": method.name,
        "value": !failure.types().any(Type::is_stream),
        "variants": variants.collect::<Vec<_>>(),
    })
}

/// The enum of the representations that the application chooses from.
fn accept(accept: &Accept) -> Value {
    let media_types = accept
        .media_types
        .iter()
        .map(|(media_type, variant)| json!({ "wire": literal(media_type), "variant": variant }));
    let variants = accept.variants().into_iter().map(|variant| {
        let all = accept.media_types.iter();
        let own = all.filter(|(_, other)| other == variant);
        let own: Vec<_> = own
            .map(|(media_type, _)| format!("`{media_type}`"))
            .collect();
        json!({ "name": variant, "docs": comment(&own.join(", ")) })
    });
    json!({
        "name": accept.name,
        "media_types": media_types.collect::<Vec<_>>(),
        "variants": variants.collect::<Vec<_>>(),
    })
}

/// Whether the mock of `method` reads an argument: it chooses from the representations of the first status.
pub fn is_mocked(argument: &Argument, method: &Method) -> bool {
    matches!(argument.source, Source::Accept) && method.success.first().len() > 1
}

/// What the mock responds with: the first status, in the representation that the client prefers.
fn mock(method: &Method, model: &Model) -> Value {
    let first = method.success.first();
    let argument = method.arguments.iter().find(|it| is_mocked(it, method));
    let accept = method
        .success
        .accept
        .as_ref()
        .filter(|_| argument.is_some());
    let mut arms: Vec<_> = first.iter().map(|it| variant(method, it, model)).collect();
    for (arm, response) in arms.iter_mut().zip(first) {
        let names = accept.zip(response.representation.as_ref());
        arm["pattern"] = names.map_or(Value::Bool(false), |(accept, choice)| {
            format!("{}::{}", accept.name, choice.name).into()
        });
    }
    // The representations of other statuses.
    if accept.is_some_and(|accept| accept.variants().len() > first.len()) {
        let mut other = arms[0].clone();
        other["pattern"] = "_".into();
        arms.push(other);
    }
    let name = argument.map_or(Value::Bool(false), |it| it.name.as_str().into());
    json!({ "argument": name, "arms": arms })
}

/// The body of a response, or `false`: how it is sent, and whether what is in it has rules, if that is validated.
fn body(response: &ResponseVariant) -> Value {
    let method = match &response.kind {
        Type::Unit => return false.into(),
        Type::Download => "download",
        Type::Items(_) => "items",
        Type::Events(_) => "events",
        _ => "body",
    };
    let validated = response.kind.validated();
    json!({
        "method": method,
        "suffix": if method == "body" { String::new() } else { format!("_{method}") },
        "value": method == "body",
        "rules": validated.map_or(Value::Bool(false), |_| bodies::rules_of(&response.rules).into()),
    })
}

/// The variant of an enum for a response: a tuple if it holds a body alone, a struct if it holds more.
fn variant(method: &Method, response: &ResponseVariant, model: &Model) -> Value {
    let fields = fields(method, response, model);
    let has_body_alone = response.has_body_alone();
    json!({
        "name": response.variant,
        "docs": comments(&response.docs),
        "tuple": has_body_alone && !fields.is_empty(),
        "struct": !has_body_alone,
        "fields": fields,
        "status": response.status.map_or(Value::Bool(false), Value::from),
        "headers": response.headers.iter().map(|header| json!({
            "name": header.name,
            "wire": literal(&header.wire),
            "is_text": header.is_text(),
        })).collect::<Vec<_>>(),
        "media_types": response.representation.as_ref().map_or(Value::Bool(false), media_types),
        "body": body(response),
    })
}

/// The media types of a representation, as a list.
fn media_types(choice: &Choice) -> Value {
    let names = choice.media_types.iter().map(|name| literal(name));
    names.collect::<Vec<_>>().join(", ").into()
}

/// What a variant holds: the status if the application chooses it, the headers, the body. Each has the example that the mock
/// responds with, if there is one.
fn fields(method: &Method, response: &ResponseVariant, model: &Model) -> Vec<Value> {
    let status = json!({
        "name": "status", "type": "StatusCode", "docs": [], "is_status": true, "example": false,
    });
    let headers = response.headers.iter().map(|header| {
        let example = literal(&format!("{} {}", method.id, header.wire));
        json!({
            "name": header.name,
            "type": type_text(&header.kind, &model.items),
            "docs": comments(&header.docs),
            "is_status": false,
            "example": if header.is_optional() { Value::Bool(false) } else { example.into() },
        })
    });
    let body = || {
        json!({
            "name": "body",
            "type": type_text(&response.kind, &model.items),
            "docs": [],
            "is_status": false,
            "example": literal(&match &response.representation {
                Some(choice) => format!("{} {}", method.id, choice.media_types[0]),
                None => method.id.clone(),
            }),
        })
    };
    let status = response.status.is_none().then_some(status);
    let body = (response.kind != Type::Unit).then(body);
    status.into_iter().chain(headers).chain(body).collect()
}
