//! Keywords of one schema that contradict each other, so that no value is valid.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value};

use super::schemas::{own_types, schemas};
use super::wording::described;
use crate::document::{Document, Version};
use crate::schema::{Schemas, types};
use crate::text::{Fault, Location};

/// The pairs of counts, and what they count.
const COUNTS: [(&str, &str, &str); 4] = [
    ("minLength", "maxLength", "string"),
    ("minItems", "maxItems", "list"),
    ("minProperties", "maxProperties", "object"),
    ("minContains", "maxContains", "list"),
];

/// A warning for each contradiction.
pub(super) fn warnings(document: &Document, all: &Schemas) -> Vec<Fault> {
    let mut warnings = Vec::new();
    for (location, schema) in schemas(document) {
        let fault =
            |(keyword, text): (&str, String)| document.fault(&location.member(keyword), text);
        warnings.extend(counts(schema).map(fault));
        warnings.extend(range(schema).map(fault));
        warnings.extend(no_multiple(schema).map(fault));
        warnings.extend(too_few_values(document, location, schema).map(fault));
        warnings.extend(too_many_required(schema).map(fault));
        warnings.extend(disjoint(document, all, location, schema).map(fault));
        warnings.extend(values(document, location, schema));
        warnings.extend(type_list(document, schema).map(fault));
    }
    warnings
}

fn counts(schema: &Map<String, Value>) -> impl Iterator<Item = (&'static str, String)> {
    COUNTS.iter().filter_map(|(least, most, what)| {
        let (low, high) = (number(schema, least)?, number(schema, most)?);
        (compare(low, high) == Ordering::Greater).then(|| {
            let text = format!(
                "`{least}` is {low}, which is more than `{most}` ({high}), so no {what} is valid. Correct one of the two."
            );
            (*least, text)
        })
    })
}

/// A bound of numbers, and whether it is excluded itself.
struct Bound<'a> {
    keyword: &'static str,
    value: &'a Number,
    is_exclusive: bool,
}

/// The stricter of the bounds on one side.
fn bound<'a>(
    schema: &'a Map<String, Value>,
    inclusive: &'static str,
    exclusive: &'static str,
    stricter: Ordering,
) -> Option<Bound<'a>> {
    let flag = schema.get(exclusive) == Some(&Value::Bool(true));
    let own = number(schema, inclusive).map(|value| Bound {
        keyword: inclusive,
        value,
        is_exclusive: flag,
    });
    let other = number(schema, exclusive).map(|value| Bound {
        keyword: exclusive,
        value,
        is_exclusive: true,
    });
    match (own, other) {
        (Some(own), Some(other)) if compare(own.value, other.value) == stricter => Some(own),
        (own, other) => other.or(own),
    }
}

fn range(schema: &Map<String, Value>) -> Option<(&'static str, String)> {
    let low = bound(schema, "minimum", "exclusiveMinimum", Ordering::Greater)?;
    let high = bound(schema, "maximum", "exclusiveMaximum", Ordering::Less)?;
    let is_empty = match compare(low.value, high.value) {
        Ordering::Greater => true,
        Ordering::Equal => low.is_exclusive || high.is_exclusive,
        Ordering::Less => false,
    };
    is_empty.then(|| {
        let text = format!(
            "No number is between `{}` ({}) and `{}` ({}). Correct one of the two.",
            low.keyword, low.value, high.keyword, high.value
        );
        (low.keyword, text)
    })
}

/// Whole bounds between which there is no multiple of a whole `multipleOf`.
fn no_multiple(schema: &Map<String, Value>) -> Option<(&'static str, String)> {
    let low = bound(schema, "minimum", "exclusiveMinimum", Ordering::Greater)?;
    let high = bound(schema, "maximum", "exclusiveMaximum", Ordering::Less)?;
    let step = number(schema, "multipleOf")?
        .as_i128()
        .filter(|step| *step > 0)?;
    let least = low.value.as_i128()? + i128::from(low.is_exclusive);
    let most = high.value.as_i128()? - i128::from(high.is_exclusive);
    let is_empty = least <= most && most.div_euclid(step) * step < least;
    is_empty.then(|| {
        let text = format!(
            "No multiple of {step} is between `{}` ({}) and `{}` ({}), so no number is valid. Correct one of the three.",
            low.keyword, low.value, high.keyword, high.value
        );
        ("multipleOf", text)
    })
}

/// A list of different elements that has to have more of them than its elements have values.
fn too_few_values(
    document: &Document,
    location: &Location,
    schema: &Map<String, Value>,
) -> Option<(&'static str, String)> {
    let least = schema.get("minItems")?.as_u64()?;
    let is_unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
    let items = document.resolve(&location.member("items")).ok()?;
    let items = document.value(&items)?.as_object()?;
    let count = match items.get("enum") {
        Some(Value::Array(values)) => values.len(),
        _ => {
            let types = own_types(items);
            let is_finite = types.iter().all(|name| matches!(*name, "boolean" | "null"));
            let booleans = if types.contains(&"boolean") { 2 } else { 0 };
            (is_finite && !types.is_empty())
                .then(|| booleans + usize::from(types.contains(&"null")))?
        }
    };
    let has_others = schema.contains_key("prefixItems");
    (is_unique && !has_others && u64::try_from(count).is_ok_and(|count| count < least)).then(|| {
        let text = format!(
            "`minItems` is {least}, but the elements have to differ and have only {count} values, so no list is valid. \
             Correct one of the two."
        );
        ("minItems", text)
    })
}

fn number<'a>(schema: &'a Map<String, Value>, keyword: &str) -> Option<&'a Number> {
    match schema.get(keyword)? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// Whole numbers exactly, others as doubles.
fn compare(one: &Number, other: &Number) -> Ordering {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => {
            let ordering = one.as_f64().partial_cmp(&other.as_f64());
            ordering.unwrap_or(Ordering::Less)
        }
    }
}

fn too_many_required(schema: &Map<String, Value>) -> Option<(&'static str, String)> {
    let most = schema.get("maxProperties")?.as_u64()?;
    let mut names: Vec<_> = schema
        .get("required")?
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    let count = names.len();
    (u64::try_from(count).is_ok_and(|count| count > most)).then(|| {
        let text = format!(
            "{count} properties are required, which is more than `maxProperties` ({most}), so no object is valid. Correct one of the two."
        );
        ("maxProperties", text)
    })
}

/// All parts of `allOf`, with the schema's own type, whose types have nothing in common.
fn disjoint(
    document: &Document,
    all: &Schemas,
    location: &Location,
    schema: &Map<String, Value>,
) -> Option<(&'static str, String)> {
    let parts = document.elements(&location.member("allOf"));
    let parts = parts.map(|part| all.types(&part));
    let own = own_types(schema).into_iter().map(str::to_owned).collect();
    let mut lists: Vec<Vec<String>> = [own].into_iter().chain(parts).collect();
    lists.retain(|types| !types.is_empty());
    let first = lists.first()?;
    let common = first
        .iter()
        .any(|name| lists.iter().all(|types| admits(types, name)));
    let is_narrower = lists
        .iter()
        .flatten()
        .any(|name| lists.iter().all(|types| admits(types, name)));
    if common || is_narrower || !schema.contains_key("allOf") {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for types in &lists {
        let name = format!("`{}`", types.join("` or `"));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let text = format!(
        "A value has to be of every type that `allOf` requires ({}), so none is valid. Write `anyOf`, or correct a type.",
        names.join(", ")
    );
    Some(("allOf", text))
}

/// Whether a value of the type `name` may be of one of `types`.
fn admits(types: &[String], name: &str) -> bool {
    types
        .iter()
        .any(|known| known == name || known == "number" && name == "integer")
}

/// The values of `enum` and `const` that are of another type than `type`.
fn values(document: &Document, location: &Location, schema: &Map<String, Value>) -> Vec<Fault> {
    let types = own_types(schema);
    let list = location.member("enum");
    let listed = schema
        .get("enum")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let listed = listed
        .enumerate()
        .map(|(index, value)| (list.element(index), value));
    // Before OpenAPI 3.1 there is no `const`, which is a warning of its own.
    let only = schema
        .get("const")
        .filter(|_| document.version() == Version::OpenApi31);
    let only = only.map(|value| (location.member("const"), value));
    let wrong = listed
        .chain(only)
        .filter(|(_, value)| !types.is_empty() && !is_of(value, &types, document.version()));
    wrong
        .map(|(place, value)| {
            let text = format!(
                "The value is {}, but the type is `{}`, so it is never valid.{}",
                described(value),
                types.join("` or `"),
                advice(value, &types, document.version())
            );
            document.fault(&place, text)
        })
        .collect()
}

fn is_of(value: &Value, types: &[&str], version: Version) -> bool {
    let value = types::read(value, version);
    let name = types::name(&value);
    types
        .iter()
        .any(|known| *known == name || *known == "number" && name == "integer" || *known == "file")
}

fn advice(value: &Value, types: &[&str], version: Version) -> &'static str {
    match (value, version) {
        (Value::Null, Version::Swagger2) => " Add `x-nullable: true`, or remove it.",
        (Value::Null, Version::OpenApi30) => " Add `nullable: true`, or remove it.",
        (Value::Null, Version::OpenApi31) => " Add `null` to the types, or remove it.",
        (Value::Number(_) | Value::Bool(_), _) if types.contains(&"string") => {
            " Write it in quotes, or change the type."
        }
        _ => " Change the value or the type.",
    }
}

/// A list of types, which only OpenAPI 3.1 has.
fn type_list(document: &Document, schema: &Map<String, Value>) -> Option<(&'static str, String)> {
    let (name, nullable) = match document.version() {
        Version::Swagger2 => ("OpenAPI 2.0", "x-nullable"),
        Version::OpenApi30 => ("OpenAPI 3.0", "nullable"),
        Version::OpenApi31 => return None,
    };
    let types = schema.get("type")?.as_array()?;
    let advice = match types.iter().any(|name| name == "null") {
        true => format!("Write the type alone, with `{nullable}: true`."),
        false => "Write the types as the branches of `anyOf`.".to_owned(),
    };
    let text = format!(
        "A list of types is of OpenAPI 3.1. This server checks it, but other tools that read {name} may not. {advice}"
    );
    Some(("type", text))
}
