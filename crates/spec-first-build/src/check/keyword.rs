//! The keywords of schemas have the values that their dialect requires.

use serde_json::{Map, Value};

use super::pattern::Patterns;
use super::wording::expected;
use crate::document::{Document, JsonSchema, Kind, Place, Version, has_siblings, reference};
use crate::text::Fault;

/// What a keyword holds.
#[derive(Clone, Copy)]
enum Operand {
    Number,
    Positive,
    Count,
    Flag,
    /// `exclusiveMaximum` as a flag of `maximum`.
    Exclusion,
    /// `exclusiveMaximum` as the bound itself.
    Bound,
    Text,
    Pattern,
    Names,
    NameLists,
    Values,
    Schemas,
    Type,
}

/// The keywords that hold no schemas, except the bounds that changed between the dialects.
const OPERANDS: &[(&str, Operand)] = &[
    ("type", Operand::Type),
    ("enum", Operand::Values),
    ("multipleOf", Operand::Positive),
    ("maximum", Operand::Number),
    ("minimum", Operand::Number),
    ("maxLength", Operand::Count),
    ("minLength", Operand::Count),
    ("maxItems", Operand::Count),
    ("minItems", Operand::Count),
    ("maxProperties", Operand::Count),
    ("minProperties", Operand::Count),
    ("uniqueItems", Operand::Flag),
    ("pattern", Operand::Pattern),
    ("format", Operand::Text),
    ("required", Operand::Names),
    ("anyOf", Operand::Schemas),
    ("oneOf", Operand::Schemas),
    ("readOnly", Operand::Flag),
    ("writeOnly", Operand::Flag),
];

/// Those of draft 4 and of OpenAPI 2.0 and 3.0.
const DRAFT4: &[(&str, Operand)] = &[
    ("exclusiveMaximum", Operand::Exclusion),
    ("exclusiveMinimum", Operand::Exclusion),
    ("nullable", Operand::Flag),
    ("x-nullable", Operand::Flag),
];

/// Those of 2020-12.
const DRAFT2020: &[(&str, Operand)] = &[
    ("exclusiveMaximum", Operand::Bound),
    ("exclusiveMinimum", Operand::Bound),
    ("maxContains", Operand::Count),
    ("minContains", Operand::Count),
    ("dependentRequired", Operand::NameLists),
];

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

pub(super) fn check(document: &Document) -> Vec<Fault> {
    let mut patterns = Patterns::default();
    let mut faults = Vec::new();
    for place in document.places() {
        if let Some(Value::Object(schema)) = document
            .value(&place.location)
            .filter(|value| is_schema(document, place, value))
        {
            faults.extend(keywords(document, place, schema, &mut patterns));
        }
    }
    faults
}

/// Whether keywords count here: most versions ignore the siblings of a `$ref`.
fn is_schema(document: &Document, place: &Place, value: &Value) -> bool {
    let holds = match place.kind {
        Kind::Schema => true,
        Kind::Parameter | Kind::Header => document.version() == Version::Swagger2,
        _ => false,
    };
    holds && (reference::of(value).is_none() || has_siblings(place.kind, document.version()))
}

fn keywords(
    document: &Document,
    place: &Place,
    schema: &Map<String, Value>,
    patterns: &mut Patterns,
) -> Vec<Fault> {
    let is_modern = document.version() == Version::OpenApi31;
    let json_schema = document.json_schema(&place.location);
    let dialect = match json_schema {
        JsonSchema::Draft4 => DRAFT4,
        _ if is_modern => DRAFT2020,
        _ => DRAFT4,
    };
    let mut faults = Vec::new();
    for (name, value) in schema {
        // A parameter of Swagger 2.0 is required or not; a schema lists what is.
        if name == "required" && place.kind != Kind::Schema {
            continue;
        }
        let operand = OPERANDS
            .iter()
            .chain(dialect)
            .find(|(keyword, _)| keyword == name);
        let text =
            operand.and_then(|(_, operand)| wrong(*operand, value, document.version(), patterns));
        faults.extend(text.map(|text| document.fault(&place.location.member(name), text)));
    }
    if is_modern && json_schema == JsonSchema::Draft202012 {
        faults.extend(item_list(document, place, schema));
    }
    faults.extend(pattern_names(document, place, schema, patterns));
    faults
}

fn wrong(
    operand: Operand,
    value: &Value,
    version: Version,
    patterns: &mut Patterns,
) -> Option<String> {
    let (fits, what) = match operand {
        Operand::Type => return wrong_type(value, version),
        Operand::Pattern => return wrong_pattern(value, patterns),
        Operand::Number | Operand::Bound => (value.is_number(), "a number"),
        Operand::Positive => (
            value.as_f64().is_some_and(|number| number > 0.0),
            "a number above 0",
        ),
        Operand::Count => (is_count(value), "a whole number, 0 or more"),
        Operand::Flag | Operand::Exclusion => (value.is_boolean(), "true or false"),
        Operand::Text => (value.is_string(), "a string"),
        Operand::Names => (is_names(value), "a list of property names"),
        Operand::NameLists => {
            let lists = value.as_object();
            (
                lists.is_some_and(|lists| lists.values().all(is_names)),
                "an object with lists of property names",
            )
        }
        Operand::Values => (value.is_array(), "a list of values"),
        // A value that is not a list is a fault of the object's form.
        Operand::Schemas => (
            !value.is_array() || is_filled(value),
            "a list of at least one schema",
        ),
    };
    (!fits).then(|| {
        format!(
            "{} Write {what}.{}",
            expected(what, value),
            hint(operand, value)
        )
    })
}

/// `2.0` is whole as well.
fn is_count(value: &Value) -> bool {
    let is_whole = |number: f64| number.fract() == 0.0 && number >= 0.0;
    value.is_u64() || value.as_f64().is_some_and(is_whole)
}

fn is_names(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|names| names.iter().all(Value::is_string))
}

fn is_filled(value: &Value) -> bool {
    value.as_array().is_some_and(|values| !values.is_empty())
}

/// A hint for authors who are used to another version.
fn hint(operand: Operand, value: &Value) -> &'static str {
    match (operand, value) {
        (Operand::Exclusion, Value::Number(_)) => {
            " The bound itself is `minimum` or `maximum` in this version."
        }
        (Operand::Bound, Value::Bool(_)) => {
            " In this version the keyword is the bound itself, not a flag."
        }
        (Operand::Names, Value::Bool(_)) => " The list belongs in the schema around this one.",
        _ => "",
    }
}

fn wrong_type(value: &Value, version: Version) -> Option<String> {
    let names = match value {
        Value::String(name) => std::slice::from_ref(value)
            .iter()
            .filter(|_| !is_lone_type(name, version))
            .collect(),
        Value::Array(names) if !names.is_empty() => {
            names.iter().filter(|name| !is_listed_type(name)).collect()
        }
        _ => vec![value],
    };
    let unknown = names.first()?;
    let null = if version == Version::OpenApi31 {
        ", null"
    } else {
        ""
    };
    let text = format!(
        "{} Write one of {}{null}.",
        expected("a type", unknown),
        TYPES.join(", ")
    );
    match unknown.as_str().and_then(meant) {
        Some(meant) => Some(format!("{text} Perhaps `{meant}` is meant.")),
        None => Some(text),
    }
}

/// OpenAPI 2.0 and 3.0 leave `null` out, but draft 4 has it, and its meaning is clear.
fn is_lone_type(name: &str, version: Version) -> bool {
    match name {
        "null" => true,
        "file" => version == Version::Swagger2,
        _ => TYPES.contains(&name),
    }
}

fn is_listed_type(name: &Value) -> bool {
    name.as_str()
        .is_some_and(|name| name == "null" || TYPES.contains(&name))
}

/// The type that goes by this name elsewhere.
fn meant(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" => Some("integer"),
        "float" | "double" | "decimal" => Some("number"),
        "bool" => Some("boolean"),
        "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "email" | "uri" => {
            Some("string")
        }
        "list" | "set" => Some("array"),
        "dict" | "map" | "any" => Some("object"),
        lower => TYPES
            .into_iter()
            .find(|known| *known == lower && *known != name),
    }
}

fn wrong_pattern(value: &Value, patterns: &mut Patterns) -> Option<String> {
    match value {
        Value::String(pattern) => patterns.wrong(pattern),
        _ => Some(format!(
            "{} Write one in quotes.",
            expected("a regular expression", value)
        )),
    }
}

/// A list of `items`, which older dialects have.
fn item_list(document: &Document, place: &Place, schema: &Map<String, Value>) -> Option<Fault> {
    let items = schema.get("items").filter(|items| items.is_array())?;
    let text = format!(
        "{} Write the list as `prefixItems`, and the schema of the other elements as `items`.",
        expected("a schema (an object, true or false)", items)
    );
    Some(document.fault(&place.location.member("items"), text))
}

/// The names under `patternProperties` are patterns too.
fn pattern_names(
    document: &Document,
    place: &Place,
    schema: &Map<String, Value>,
    patterns: &mut Patterns,
) -> Vec<Fault> {
    let location = place.location.member("patternProperties");
    let names = schema
        .get("patternProperties")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|names| names.keys());
    names
        .filter_map(|pattern| {
            let text = patterns.wrong(pattern)?;
            Some(document.fault(&location.member(pattern), text))
        })
        .collect()
}
