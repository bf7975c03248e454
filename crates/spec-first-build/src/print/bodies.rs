//! How the bodies of requests are read, as facts: as one type, or as an enum that has a variant for each media type.
//!
//! Every object has all of its keys, `false` where there is nothing: mustache looks for a missing one in what surrounds it.

use serde_json::{Value, json};

use super::spell::{literal, type_text};
use crate::rust::Model;
use crate::rust::body_rules::BodyRules;
use crate::rust::kind::Type;
use crate::rust::method::Method;

/// How a body of this type is read: by a function of the call, which may take rules.
pub fn reading(kind: &Type, rules: &BodyRules, is_choice: bool) -> Value {
    let function = match kind {
        _ if is_choice => "any_body",
        Type::Upload => "upload",
        Type::Items(_) => "items",
        _ => "body",
    };
    let validated = kind.validated().filter(|_| !is_choice);
    json!({
        "function": function,
        "rules": validated.map_or(Value::Bool(false), |_| rules_of(rules).into()),
    })
}

/// The rules of a body, as an argument.
pub fn rules_of(rules: &BodyRules) -> String {
    match rules.function.as_str() {
        "" if rules.rules.is_empty() => "no_rules".to_owned(),
        "" => "Validate::validate".to_owned(),
        function => format!("types::{function}"),
    }
}

/// The enum of the bodies of `method`, or `false`.
pub fn choice(method: &Method, model: &Model) -> Value {
    let Some((name, variants)) = method.body_choice() else {
        return false.into();
    };
    let is_value = !variants.iter().any(|variant| variant.kind.is_stream());
    let variants = variants.iter().map(|variant| {
        json!({
            "name": variant.name,
            "type": type_text(&variant.kind, &model.items),
            "wire": literal(&variant.media_type),
            "media_type": variant.media_type.replace('`', ""),
            "reading": reading(&variant.kind, &variant.rules, false),
        })
    });
    json!({
        "name": name,
        "method": method.name,
        "value": is_value,
        "variants": variants.collect::<Vec<_>>(),
    })
}
