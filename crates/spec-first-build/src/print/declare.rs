//! Structs and enums as schemas of the prepared copy: what the templates print of each.

use serde_json::{Map, Value, json};

use crate::rust::item::{Item, Kind, Member, Type, Variant};
use crate::rust::settle::is_ruled_alone;
use crate::rust::{Model, names};

/// A type as a schema, and its fields or variants as the schema's properties.
pub fn item(item: &Item, model: &Model) -> Value {
    let properties: Map<_, _> = match &item.kind {
        Kind::Struct { members, .. } => members
            .iter()
            .map(|member| (member.name.clone(), field(item, member, model)))
            .collect(),
        Kind::Enum { variants, repr } => variants
            .iter()
            .map(|one| (one.name.clone(), variant(one, repr.is_some())))
            .collect(),
        Kind::Union { members, .. } => members
            .iter()
            .map(|member| (member.name.clone(), branch(member, model)))
            .collect(),
    };
    // The generator drops a schema without properties; this one is told apart by declaring nothing.
    let none = || Map::from_iter([("none".to_owned(), json!({ "type": "string" }))]);
    json!({
        "type": "object",
        "x-rs-name": item.name,
        "x-rs-docs": item.docs,
        "x-rs-attributes": attributes(item),
        "x-rs-keyword": if matches!(item.kind, Kind::Struct { .. }) { "struct" } else { "enum" },
        "properties": if properties.is_empty() { none() } else { properties },
    })
}

/// How a union finds its variant: the branch that the schema at its place accepts.
pub fn union(item: &Item) -> Option<Value> {
    let Kind::Union { members, .. } = &item.kind else {
        return None;
    };
    let branches = members.iter().map(|member| {
        format!(
            "{} => {}",
            member.wire.as_deref().unwrap_or("0"),
            member.name
        )
    });
    item.decoded
        .then(|| json!({ "name": item.name, "branches": branches.collect::<Vec<_>>().join(", ") }))
}

/// Which variants of a union have rules.
pub fn ruled_union(item: &Item) -> Option<Value> {
    let Kind::Union { members, .. } = &item.kind else {
        return None;
    };
    let ruled = members.iter().filter(|member| !member.rules.is_empty());
    let ruled: Vec<_> = ruled.map(|member| member.name.as_str()).collect();
    item.ruled
        .then(|| json!({ "name": item.name, "variants": ruled.join(", ") }))
}

/// The functions that fill in what is absent.
pub fn defaults(item: &Item, model: &Model) -> Vec<Value> {
    let members = item.members().iter().filter(|_| item.decoded);
    let defaults = members.filter_map(|member| Some((member, member.default.as_ref()?)));
    defaults
        .map(|(member, default)| {
            json!({
                "name": default_function(item, member),
                "type": member.kind.text(&model.items),
                "value": expression(&member.kind, default),
            })
        })
        .collect()
}

/// The function that reads what the spec does not name, if there is something to drop from it.
pub fn drop_function(item: &Item, model: &Model) -> Option<Value> {
    let dropped = dropping(item)?;
    let mut members = item.members().iter();
    let rest = members.find(|member| member.wire.is_none())?;
    Some(json!({
        "name": dropper(item),
        "type": rest.kind.text(&model.items),
        "dropped": dropped.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", "),
    }))
}

/// The members that must not get into the map of all that the spec does not name; none if there is no such map to read.
pub fn dropping(item: &Item) -> Option<&[String]> {
    let Kind::Struct {
        members, dropped, ..
    } = &item.kind
    else {
        return None;
    };
    let is_open = members.iter().any(|member| member.wire.is_none());
    (item.decoded && is_open && !dropped.is_empty()).then_some(dropped)
}

fn dropper(item: &Item) -> String {
    names::snake(&format!("{} additional", item.name))
}

/// The rules of a type, as `Call` wants them.
pub fn rules(kind: &Type, model: &Model) -> &'static str {
    if is_ruled_alone(kind, &model.items) {
        "Validate::validate"
    } else {
        "unruled"
    }
}

fn default_function(item: &Item, member: &Member) -> String {
    names::snake(&format!(
        "{} {} default",
        item.name,
        member.name.trim_start_matches("r#")
    ))
}

/// Whether the default of a member is read from JSON.
pub fn is_preset(member: &Member) -> bool {
    let default = member.default.as_ref();
    default.is_some_and(|default| literal(&member.kind, default).is_none())
}

/// A value as Rust writes it; what has no short form is read from JSON.
fn expression(kind: &Type, value: &Value) -> String {
    literal(kind, value).unwrap_or_else(|| format!("preset({:?})", value.to_string()))
}

/// The short form of a value, if it has one.
fn literal(kind: &Type, value: &Value) -> Option<String> {
    match (kind, value) {
        (Type::Plain("bool"), Value::Bool(flag)) => Some(flag.to_string()),
        (Type::Plain("String"), Value::String(text)) => Some(format!("{text:?}.to_owned()")),
        (Type::Plain(name), Value::Number(number))
            if name.starts_with(['i', 'u']) && !number.is_f64() =>
        {
            Some(number.to_string())
        }
        (Type::Plain("f64"), Value::Number(number)) => {
            number.as_f64().map(|number| format!("{number:?}"))
        }
        (Type::List(_), Value::Array(elements)) if elements.is_empty() => {
            Some("Vec::new()".to_owned())
        }
        _ => None,
    }
}

fn attributes(item: &Item) -> Vec<String> {
    let (is_enum, repr, is_union) = match &item.kind {
        Kind::Struct { .. } => (false, None, false),
        Kind::Enum { repr, .. } => (true, *repr, false),
        Kind::Union { .. } => (false, None, true),
    };
    let derives: Vec<_> = [
        ("Clone", true),
        ("Copy", is_enum),
        ("Debug", true),
        ("PartialEq", true),
        ("Eq", is_enum),
        ("Hash", is_enum),
        // A union's variant is found by the schema, which serde does not know.
        ("Deserialize", item.decoded && repr.is_none() && !is_union),
        ("Deserialize_repr", item.decoded && repr.is_some()),
        ("Serialize", item.encoded && repr.is_none()),
        ("Serialize_repr", item.encoded && repr.is_some()),
        ("Validate", item.ruled && !is_union),
    ]
    .into_iter()
    .filter_map(|(name, is_used)| is_used.then_some(name))
    .collect();
    let mut attributes = vec![format!("derive({})", derives.join(", "))];
    if let Some(repr) = repr {
        attributes.push(format!("repr({repr})"));
    }
    if is_union && item.encoded {
        attributes.push("serde(untagged)".to_owned());
    }
    if matches!(item.kind, Kind::Struct { closed: true, .. }) && item.decoded {
        attributes.push("serde(deny_unknown_fields)".to_owned());
    }
    attributes
}

fn variant(variant: &Variant, is_number: bool) -> Value {
    let Variant { wire, name } = variant;
    let attributes = if is_number || wire == name {
        vec![]
    } else {
        vec![format!("serde(rename = {wire:?})")]
    };
    let declaration = if is_number {
        format!("{name} = {wire}")
    } else {
        name.clone()
    };
    json!({ "type": "string", "x-rs-docs": [], "x-rs-attributes": attributes, "x-rs-declaration": declaration })
}

fn branch(member: &Member, model: &Model) -> Value {
    let declaration = format!("{}({})", member.name, member.kind.text(&model.items));
    json!({ "type": "string", "x-rs-docs": member.docs, "x-rs-attributes": [], "x-rs-declaration": declaration })
}

fn field(item: &Item, member: &Member, model: &Model) -> Value {
    let mut attributes = Vec::new();
    let serde = serde_arguments(item, member);
    if !serde.is_empty() {
        attributes.push(format!("serde({})", serde.join(", ")));
    }
    if !member.rules.is_empty() {
        attributes.push(format!("validate({})", member.rules.join(", ")));
    }
    let declaration = format!("pub {}: {}", member.name, member.kind.text(&model.items));
    json!({
        "type": "string",
        "x-rs-docs": member.docs,
        "x-rs-attributes": attributes,
        "x-rs-declaration": declaration,
    })
}

/// How serde reads and writes a field.
fn serde_arguments(item: &Item, member: &Member) -> Vec<String> {
    let Some(wire) = &member.wire else {
        let decoder = dropping(item).map(|_| format!("deserialize_with = {:?}", dropper(item)));
        return std::iter::once("flatten".to_owned())
            .chain(decoder)
            .collect();
    };
    let mut arguments = Vec::new();
    if member.name.trim_start_matches("r#") != wire {
        arguments.push(format!("rename = {wire:?}"));
    }
    if item.decoded {
        arguments.extend(decoding(item, member));
    }
    let absent = match member.kind {
        Type::Field(_) => "Field::is_absent",
        _ => "Option::is_none",
    };
    if item.encoded && member.optional && member.default.is_none() {
        arguments.push(format!("skip_serializing_if = {absent:?}"));
    }
    arguments
}

fn decoding(item: &Item, member: &Member) -> Vec<String> {
    let mut arguments = Vec::new();
    if member.default.is_some() {
        arguments.push(format!("default = {:?}", default_function(item, member)));
    } else if member.optional {
        arguments.push("default".to_owned());
    }
    arguments.extend(decoder(member).map(|name| format!("deserialize_with = {name:?}")));
    arguments
}

/// The function of the contract that decodes a field, if serde's own way is not right.
pub fn decoder(member: &Member) -> Option<&'static str> {
    match (&member.kind, member.optional) {
        _ if member.default.is_some() => None,
        (Type::Field(_), true) => None,
        (_, true) => Some("not_null"),
        (Type::Optional(_), false) => Some("nullable"),
        (_, false) => None,
    }
}
