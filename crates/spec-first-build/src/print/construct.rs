//! How the application makes the value of a struct, so that a member which the spec adds as an optional one breaks no code:
//! `new` takes what is required, as arguments or, where they would be too many, as a struct of its own. A struct with nothing
//! required has a `Default`.

use serde_json::{Value, json};

use super::spell::{comments, type_text};
use crate::rust::Model;
use crate::rust::default::DefaultValue;
use crate::rust::item::{Item, Member};
use crate::rust::kind::Type;

/// Whether every member is absent by default, so that `Default` is derived.
pub fn is_optional(members: &[Member]) -> bool {
    let mut members = members.iter();
    members.all(|member| !member.is_required() && given_default(member).is_none())
}

/// The function `new`, if anything is required.
pub fn new(item: &Item, model: &Model) -> Value {
    let members = item.members().iter();
    let required: Vec<_> = members.filter(|member| member.is_required()).collect();
    if required.is_empty() {
        return false.into();
    }
    let argument = |member: &&Member| {
        let text = type_text(&member.kind, &model.items);
        json!({ "name": member.name, "docs": comments(&member.docs), "type": text })
    };
    let required: Vec<_> = required.iter().map(argument).collect();
    let (arguments, required) = match &item.required {
        None => (required, Value::Bool(false)),
        Some(name) => (
            Vec::new(),
            json!({ "name": name, "owner": item.name, "members": required }),
        ),
    };
    json!({
        "name": item.name,
        "arguments": arguments,
        "required": required,
        "fields": fields(item),
    })
}

/// The implementation of `Default`, if nothing is required and some member has a default of the spec's.
pub fn default(item: &Item) -> Value {
    let members = item.members();
    if members.iter().any(Member::is_required) || is_optional(members) {
        return false.into();
    }
    json!({ "name": item.name, "fields": fields(item) })
}

/// The default that the spec gives, if it is another one than Rust's.
fn given_default(member: &Member) -> Option<&DefaultValue> {
    let default = member.default.as_ref();
    default.filter(|default| **default != DefaultValue::None)
}

fn fields(item: &Item) -> Vec<Value> {
    let members = item.members().iter();
    members
        .map(|member| {
            let value = match (given_default(member), &member.kind) {
                _ if member.is_required() => match item.required {
                    None => Value::Bool(false),
                    Some(_) => format!("required.{}", member.name).into(),
                },
                (Some(_), _) => format!("{}()", member.default_function).into(),
                (None, Type::Map(_)) => "BTreeMap::new()".into(),
                (None, Type::Optional(_)) => "None".into(),
                (None, _) => "Field::default()".into(),
            };
            json!({ "name": member.name, "value": value })
        })
        .collect()
}
