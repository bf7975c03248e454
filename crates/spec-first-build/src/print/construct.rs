//! How the application makes the value of a struct, so that a member which the spec adds as an optional one breaks no code:
//! `new` takes what is required, and a struct with nothing required has a `Default`.

use serde_json::{Value, json};

use super::spell::type_text;
use crate::rust::Model;
use crate::rust::default::DefaultValue;
use crate::rust::item::{Item, Member};
use crate::rust::kind::Type;

/// Whether every member is absent by default, so that `Default` is derived.
pub fn is_optional(members: &[Member]) -> bool {
    let mut members = members.iter();
    members.all(|member| !is_required(member) && given_default(member).is_none())
}

/// The function `new`, if anything is required.
pub fn new(item: &Item, model: &Model) -> Value {
    let members = item.members().iter();
    let required: Vec<_> = members.filter(|member| is_required(member)).collect();
    if required.is_empty() {
        return false.into();
    }
    let arguments = required.iter().map(|member| {
        let text = type_text(&member.kind, &model.items);
        json!({ "name": member.name, "type": text })
    });
    json!({
        "name": item.name,
        "arguments": arguments.collect::<Vec<_>>(),
        "fields": fields(item),
    })
}

/// The implementation of `Default`, if nothing is required and some member has a default of the spec's.
pub fn default(item: &Item) -> Value {
    let members = item.members();
    if members.iter().any(is_required) || is_optional(members) {
        return false.into();
    }
    json!({ "name": item.name, "fields": fields(item) })
}

/// The default that the spec gives, if it is another one than Rust's.
fn given_default(member: &Member) -> Option<&DefaultValue> {
    let default = member.default.as_ref();
    default.filter(|default| **default != DefaultValue::None)
}

fn is_required(member: &Member) -> bool {
    !member.optional && !member.is_rest()
}

fn fields(item: &Item) -> Vec<Value> {
    let members = item.members().iter();
    members
        .map(|member| {
            let value = match (given_default(member), &member.kind) {
                _ if is_required(member) => Value::Bool(false),
                (Some(_), _) => format!("{}()", member.default_function).into(),
                (None, Type::Map(_)) => "BTreeMap::new()".into(),
                (None, Type::Optional(_)) => "None".into(),
                (None, _) => "Field::default()".into(),
            };
            json!({ "name": member.name, "value": value })
        })
        .collect()
}
