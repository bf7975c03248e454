//! How methods succeed, as facts: with a type, or with an enum that has a variant for each response.
//!
//! Every object has all of its keys, `false` where there is nothing: mustache looks for a missing one in what surrounds it.

use serde_json::{Value, json};

use super::spell::{comments, literal, type_text};
use crate::rust::Model;
use crate::rust::kind::Type;
use crate::rust::method::Method;
use crate::rust::propagate::is_ruled_alone;
use crate::rust::success::SuccessResponse;

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
            "body": body(first, model),
        });
        return facts;
    };
    let variants = method.success.responses.iter();
    let variants = variants.map(|response| variant(method, response, model));
    facts["type"] = name.as_str().into();
    facts["enum"] = json!({
        "name": name,
        "method": method.name,
        "variants": variants.collect::<Vec<_>>(),
    });
    facts
}

/// The body of a response, or `false`.
fn body(response: &SuccessResponse, model: &Model) -> Value {
    match &response.kind {
        Type::Unit => false.into(),
        kind => json!({ "ruled": is_ruled_alone(kind, &model.items) }),
    }
}

/// The variant of an enum for a response: a tuple if it holds a body alone, a struct if it holds more.
fn variant(method: &Method, response: &SuccessResponse, model: &Model) -> Value {
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
        })).collect::<Vec<_>>(),
        "body": body(response, model),
    })
}

/// What a variant holds: the status if the application chooses it, the headers, the body. Each has the example that the mock
/// responds with, if there is one.
fn fields(method: &Method, response: &SuccessResponse, model: &Model) -> Vec<Value> {
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
            "example": literal(&method.id),
        })
    };
    let status = response.status.is_none().then_some(status);
    let body = (response.kind != Type::Unit).then(body);
    status.into_iter().chain(headers).chain(body).collect()
}
