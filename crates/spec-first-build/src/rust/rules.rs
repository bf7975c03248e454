//! The keywords of a schema that `validator` can express, as arguments of `#[validate(…)]`.

use serde_json::{Map, Value};

use super::integer::holds;
use super::item::Type;

/// The rules for a member whose schema is `schema` and whose type is `kind`.
///
/// `pattern` is asked for the name of the constant that holds a pattern, if there can be one.
pub fn rules(
    schema: &Map<String, Value>,
    kind: &Type,
    pattern: impl FnOnce(&str) -> Option<String>,
) -> Vec<String> {
    let mut rules = Vec::new();
    match value_type(kind) {
        Type::Plain("String") => {
            rules.extend(length(schema, "minLength", "maxLength"));
            rules.extend(
                schema
                    .get("pattern")
                    .and_then(Value::as_str)
                    .and_then(pattern)
                    .map(|name| format!("regex(path = *{name})")),
            );
        }
        Type::Plain(name @ ("f64" | "f32")) => {
            rules.extend(range(schema, |value| float(name, value)));
        }
        Type::Plain(name) if name.starts_with(['i', 'u']) => {
            rules.extend(range(schema, |value| integer(name, value)));
        }
        Type::List(_) | Type::Set(_) => rules.extend(length(schema, "minItems", "maxItems")),
        Type::Map(_) => rules.extend(length(schema, "minProperties", "maxProperties")),
        _ => {}
    }
    rules
}

/// The type of the value, once null and absence are ruled out.
pub fn value_type(kind: &Type) -> &Type {
    match kind {
        Type::Optional(inner) | Type::Field(inner) => value_type(inner),
        other => other,
    }
}

fn length(schema: &Map<String, Value>, minimum: &str, maximum: &str) -> Option<String> {
    let bound = |keyword, name| Some(format!("{name} = {}", whole(schema.get(keyword)?)?));
    let bounds: Vec<_> = [bound(minimum, "min"), bound(maximum, "max")]
        .into_iter()
        .flatten()
        .collect();
    (!bounds.is_empty()).then(|| format!("length({})", bounds.join(", ")))
}

fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        value
            .as_f64()
            .filter(|number| number.fract() == 0.0 && *number >= 0.0)
            .map(|number| number as u64)
    })
}

fn range(
    schema: &Map<String, Value>,
    literal: impl Fn(&Value) -> Option<String>,
) -> Option<String> {
    let bounds: Vec<_> = [
        ("minimum", "exclusiveMinimum", "min"),
        ("maximum", "exclusiveMaximum", "max"),
    ]
    .into_iter()
    .flat_map(|(inclusive, exclusive, name)| bound(schema, inclusive, exclusive, name, &literal))
    .collect();
    (!bounds.is_empty()).then(|| format!("range({})", bounds.join(", ")))
}

/// One side of a range. `exclusive` is a flag in draft 4 and a bound of its own from draft 6 on.
fn bound(
    schema: &Map<String, Value>,
    inclusive: &str,
    exclusive: &str,
    name: &str,
    literal: impl Fn(&Value) -> Option<String>,
) -> Vec<String> {
    let write = |prefix: &str, value: Option<&Value>| {
        value
            .and_then(&literal)
            .map(|literal| format!("{prefix}{name} = {literal}"))
    };
    match schema.get(exclusive) {
        Some(Value::Bool(true)) => write("exclusive_", schema.get(inclusive))
            .into_iter()
            .collect(),
        Some(number @ Value::Number(_)) => [
            write("", schema.get(inclusive)),
            write("exclusive_", Some(number)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        _ => write("", schema.get(inclusive)).into_iter().collect(),
    }
}

/// A bound of the integer type `name`. One that the type can't hold is no rule: no value reaches it. `validator` also writes
/// the literal where nothing tells its type, and there it is an `i32`.
fn integer(name: &str, value: &Value) -> Option<String> {
    let number = value.as_number().filter(|number| !number.is_f64())?;
    let is_short = number.as_i64().is_some_and(|it| i32::try_from(it).is_ok());
    holds(name, number).then(|| match is_short {
        true => number.to_string(),
        false => format!("{number}_{name}"),
    })
}

/// A bound of the type `name`, as [`integer`].
fn float(name: &str, value: &Value) -> Option<String> {
    let number = value.as_f64()?;
    let is_held = name == "f64" || number.abs() <= f64::from(f32::MAX);
    is_held.then(|| format!("{number:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules_of(schema: Value, kind: Type) -> Vec<String> {
        rules(schema.as_object().expect("an object"), &kind, |_| {
            Some("PATTERN".into())
        })
    }

    #[test]
    fn keywords_become_rules_of_their_type() {
        let string = Type::Plain("String");
        for (schema, kind, expected) in [
            (
                json!({"minLength": 1, "maxLength": 64}),
                string.clone(),
                &["length(min = 1, max = 64)"][..],
            ),
            (
                json!({"pattern": "a"}),
                string.clone().absentable(),
                &["regex(path = *PATTERN)"],
            ),
            (
                json!({"maxItems": 3}),
                string.clone().list(),
                &["length(max = 3)"],
            ),
            (
                json!({"minimum": 0, "maximum": 9}),
                Type::Plain("u8"),
                &["range(min = 0, max = 9)"],
            ),
            (
                json!({"minimum": 0, "maximum": u64::MAX}),
                Type::Plain("u64"),
                &["range(min = 0, max = 18446744073709551615_u64)"],
            ),
            (
                json!({"minimum": 0, "exclusiveMinimum": true}),
                Type::Plain("f64"),
                &["range(exclusive_min = 0.0)"],
            ),
            (
                json!({"exclusiveMaximum": 5}),
                Type::Plain("i64"),
                &["range(exclusive_max = 5)"],
            ),
            (
                json!({"minimum": -5, "maximum": 4_294_967_295_u32}),
                Type::Plain("i32"),
                &["range(min = -5)"],
            ),
            (
                json!({"minimum": -1, "maximum": 1e300}),
                Type::Plain("f32"),
                &["range(min = -1.0)"],
            ),
            (json!({"minLength": 1}), Type::Plain("i64"), &[]),
        ] {
            assert_eq!(rules_of(schema.clone(), kind), expected, "{schema}");
        }
    }
}
