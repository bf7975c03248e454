//! `oneOf` and `anyOf` as enums: which schemas are such, and what their variants are called.

use serde_json::{Map, Value, json};

use super::item::Item;
use super::kind::Type;
use super::primitive::Primitive;
use crate::naming;

/// Keywords of a schema that is a union and nothing else.
const PLAIN: &[&str] = &["oneOf", "anyOf", "type", "discriminator"];

/// The keyword of a schema that lets it choose between schemas; none if the branches only require members of one type.
pub fn keyword(schema: &Map<String, Value>) -> Option<&'static str> {
    ["oneOf", "anyOf"].into_iter().find(|keyword| {
        let branches = schema.get(*keyword).and_then(Value::as_array);
        branches.is_some_and(|branches| !branches.iter().all(is_requirement))
    })
}

/// Whether a branch leaves the type open and only constrains which members there are.
fn is_requirement(branch: &Value) -> bool {
    let requirements = [
        "required",
        "not",
        "minProperties",
        "maxProperties",
        "dependentRequired",
    ];
    branch.as_object().is_some_and(|members| {
        members
            .keys()
            .all(|keyword| requirements.contains(&keyword.as_str()))
    })
}

/// Whether the schema is a union and nothing else.
pub fn is_plain(schema: &Map<String, Value>) -> bool {
    let is_one = !(schema.contains_key("oneOf") && schema.contains_key("anyOf"));
    is_one
        && schema
            .keys()
            .all(|keyword| PLAIN.contains(&keyword.as_str()))
}

/// The members that the schema names in addition to its union; none if it has other keywords, too.
pub fn shared_members(schema: &Map<String, Value>) -> Option<Vec<&str>> {
    let is_other = |name: &&String| {
        !PLAIN.contains(&name.as_str()) && !["properties", "required"].contains(&name.as_str())
    };
    if schema.keys().any(|name| is_other(&name))
        || schema.contains_key("oneOf") && schema.contains_key("anyOf")
    {
        return None;
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array);
    let names = properties
        .into_iter()
        .flat_map(Map::keys)
        .map(String::as_str);
    let required = required.into_iter().flatten().filter_map(Value::as_str);
    Some(names.chain(required).collect())
}

/// The branches that are more than null, by their places in the list.
pub fn branches(schema: &Map<String, Value>, keyword: &str) -> Vec<usize> {
    let branches = schema
        .get(keyword)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    (0..branches.len())
        .filter(|&index| !is_null(&branches[index]))
        .collect()
}

/// Whether null is one of the branches.
pub fn takes_null(schema: &Map<String, Value>) -> bool {
    let all = keyword(schema).and_then(|keyword| schema[keyword].as_array());
    all.is_some_and(|all| all.iter().any(is_null))
}

/// The one branch that is not null, if the schema means "this or null" and nothing else.
pub fn nullable_branch(schema: &Map<String, Value>) -> Option<(&'static str, usize)> {
    let keyword = keyword(schema)?;
    let (all, branches) = (schema[keyword].as_array()?.len(), branches(schema, keyword));
    let is_other = |name: &&String| *name != keyword && *name != "discriminator";
    let is_alone = !schema.keys().any(|name| is_other(&name));
    (is_alone && all > 1 && branches.len() == 1).then(|| (keyword, branches[0]))
}

/// Whether the schema lets a value choose between several schemas, or name one of them by its discriminator.
pub fn is_choice(schema: &Map<String, Value>) -> bool {
    keyword(schema).is_some() && only_branches(schema).is_empty()
}

/// The branches without an alternative, apart from null: every value follows them, as it does the schemas of `allOf`.
pub fn only_branches(schema: &Map<String, Value>) -> Vec<(&'static str, usize)> {
    if schema.contains_key("discriminator") {
        return Vec::new();
    }
    let keywords = ["oneOf", "anyOf"].into_iter();
    let branches = keywords.map(|keyword| (keyword, branches(schema, keyword)));
    let only = branches.filter(|(_, branches)| branches.len() == 1);
    only.map(|(keyword, branches)| (keyword, branches[0]))
        .collect()
}

fn is_null(branch: &Value) -> bool {
    branch.get("type").is_some_and(|kind| kind == "null")
        || branch
            .get("enum")
            .is_some_and(|values| *values == json!([null]))
        || branch.get("const").is_some_and(Value::is_null)
}

/// A word for a branch that nothing but its type distinguishes from the others.
pub fn describe(schema: &Value) -> &'static str {
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => "object",
        Some("array") => "list",
        Some("string") => "text",
        Some("integer") => "integer",
        Some("number") => "number",
        Some("boolean") => "boolean",
        _ => "value",
    }
}

/// The name of the variant that holds a `kind`, in the union `owner`.
pub fn variant(kind: &Type, items: &[Item], owner: &str) -> String {
    match kind {
        Type::Named(index) => {
            let name = &items[*index].name;
            let is_word = |rest: &&str| rest.starts_with(char::is_uppercase);
            let short = name.strip_prefix(owner).filter(is_word);
            let both = owner
                .strip_suffix("Request")
                .and(name.strip_suffix("Request"));
            short.or(both.filter(is_word)).unwrap_or(name).to_owned()
        }
        Type::Any(inner)
        | Type::Boxed(inner)
        | Type::Shared(inner)
        | Type::Optional(inner)
        | Type::Field(inner) => variant(inner, items, owner),
        Type::List(_) => "List".to_owned(),
        Type::Set(_) => "Set".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Given(text) => naming::pascal(text),
        Type::Plain(Primitive::Bool) => "Boolean".to_owned(),
        Type::Plain(Primitive::F64 | Primitive::F32) => "Number".to_owned(),
        Type::Plain(Primitive::Date) => "Date".to_owned(),
        Type::Plain(Primitive::DateTime) => "Time".to_owned(),
        Type::Plain(Primitive::Uuid) => "Uuid".to_owned(),
        Type::File | Type::Upload => "File".to_owned(),
        Type::Plain(Primitive::Value) | Type::Unit => "Other".to_owned(),
        Type::Download => "Download".to_owned(),
        Type::Items(_) | Type::Events(_) => "Items".to_owned(),
        Type::Plain(Primitive::String) => "Text".to_owned(),
        Type::Plain(Primitive::Integer(_)) => "Integer".to_owned(),
    }
}
