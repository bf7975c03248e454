//! The keywords of a schema that `validator` can check.

use serde_json::{Map, Number, Value};

use super::integer::{Integer, whole};
use super::kind::Type;
use super::primitive::Primitive;

/// What `validator` checks of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// How many characters, elements or members there may be.
    Length { min: Option<u64>, max: Option<u64> },
    /// What a number must be within; at least one bound.
    Range(Vec<Bound>),
    /// The constant with the pattern that a string must match.
    Pattern(String),
    /// What the value holds has rules of its own.
    Nested,
}

/// One side of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    pub side: Side,
    pub is_exclusive: bool,
    pub limit: Limit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Min,
    Max,
}

/// A bound's number, of the type of the field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    Integer(i128, Integer),
    Float(f64),
}

/// The rules for a member whose schema is `schema` and whose type is `kind`.
///
/// `pattern` returns the name of the constant for a pattern, if `validator` can check it.
pub fn rules(
    schema: &Map<String, Value>,
    kind: &Type,
    pattern: impl FnOnce(&str) -> Option<String>,
) -> Vec<Rule> {
    match value_type(kind) {
        Type::Plain(Primitive::String) => {
            let regex = schema.get("pattern").and_then(Value::as_str);
            let regex = regex.and_then(pattern).map(Rule::Pattern);
            let length = length(schema, "minLength", "maxLength");
            length.into_iter().chain(regex).collect()
        }
        Type::Plain(Primitive::F64) => range(schema, |number| float(f64::MAX, number)),
        Type::Plain(Primitive::F32) => range(schema, |number| float(f32::MAX.into(), number)),
        Type::Plain(Primitive::Integer(kind)) => range(schema, |number| integer(*kind, number)),
        Type::List(_) | Type::Set(_) => length(schema, "minItems", "maxItems"),
        Type::Map(_) => length(schema, "minProperties", "maxProperties"),
        _ => Vec::new(),
    }
}

/// The type of the value, once null and absence are ruled out.
fn value_type(kind: &Type) -> &Type {
    match kind {
        Type::Optional(inner) | Type::Field(inner) => value_type(inner),
        other => other,
    }
}

fn length(schema: &Map<String, Value>, minimum: &str, maximum: &str) -> Vec<Rule> {
    let bound = |keyword| schema.get(keyword).and_then(count);
    match (bound(minimum), bound(maximum)) {
        (None, None) => Vec::new(),
        (min, max) => vec![Rule::Length { min, max }],
    }
}

fn count(value: &Value) -> Option<u64> {
    let is_count = |number: &f64| number.fract() == 0.0 && *number >= 0.0;
    let double = || value.as_f64().filter(is_count);
    value.as_u64().or_else(|| double().map(|it| it as u64))
}

fn range(schema: &Map<String, Value>, limit: impl Fn(&Number) -> Option<Limit>) -> Vec<Rule> {
    let minimum = bounds(schema, "minimum", "exclusiveMinimum", Side::Min, &limit);
    let maximum = bounds(schema, "maximum", "exclusiveMaximum", Side::Max, &limit);
    let bounds: Vec<_> = minimum.chain(maximum).collect();
    match bounds.is_empty() {
        true => Vec::new(),
        false => vec![Rule::Range(bounds)],
    }
}

/// One side of a range. `exclusive` is a flag in draft 4 and a bound of its own from draft 6 on.
fn bounds(
    schema: &Map<String, Value>,
    inclusive: &str,
    exclusive: &str,
    side: Side,
    limit: impl Fn(&Number) -> Option<Limit>,
) -> impl Iterator<Item = Bound> {
    let bound = |keyword, is_exclusive| {
        Some(Bound {
            side,
            is_exclusive,
            limit: limit(schema.get(keyword)?.as_number()?)?,
        })
    };
    let is_flag = schema.get(exclusive) == Some(&Value::Bool(true));
    let all = [bound(inclusive, is_flag), bound(exclusive, true)];
    all.into_iter().flatten()
}

/// A bound of an integer type. One that the type cannot hold is no rule, since no value reaches it.
fn integer(kind: Integer, number: &Number) -> Option<Limit> {
    let whole = whole(number).filter(|_| kind.holds(number))?;
    Some(Limit::Integer(whole, kind))
}

/// A bound of a float type whose greatest value is `greatest`, as [`integer`].
fn float(greatest: f64, number: &Number) -> Option<Limit> {
    let number = number.as_f64().filter(|number| number.abs() <= greatest);
    number.map(Limit::Float)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rules_of(schema: &Value, kind: &Type) -> Vec<Rule> {
        rules(schema.as_object().expect("an object"), kind, |_| {
            Some("PATTERN".into())
        })
    }

    fn length(min: Option<u64>, max: Option<u64>) -> Rule {
        Rule::Length { min, max }
    }

    #[test]
    fn lengths_and_patterns_are_rules_of_what_has_them() {
        let string = Type::STRING;
        let pattern = Rule::Pattern("PATTERN".into());
        for (schema, kind, expected) in [
            (
                json!({"minLength": 1, "maxLength": 64.0}),
                string.clone(),
                vec![length(Some(1), Some(64))],
            ),
            (
                json!({"pattern": "a"}),
                string.clone().absentable(),
                vec![pattern],
            ),
            (
                json!({"maxItems": 3}),
                string.clone().list(),
                vec![length(None, Some(3))],
            ),
            (
                json!({"minProperties": 1}),
                string.clone().map(),
                vec![length(Some(1), None)],
            ),
            (json!({"maxItems": 3}), string, vec![]),
        ] {
            assert_eq!(rules_of(&schema, &kind), expected, "{schema}");
        }
    }

    #[test]
    fn bounds_are_rules_where_the_type_reaches_them() {
        let integer = |kind| Type::Plain(Primitive::Integer(kind));
        let (inclusive, exclusive) = (false, true);
        let (u8, u64, i32, i64) = (Integer::U8, Integer::U64, Integer::I32, Integer::I64);
        for (schema, kind, expected) in [
            (
                json!({"minimum": 0, "maximum": 9}),
                integer(u8),
                vec![
                    (Side::Min, inclusive, Limit::Integer(0, u8)),
                    (Side::Max, inclusive, Limit::Integer(9, u8)),
                ],
            ),
            (
                json!({"maximum": u64::MAX}),
                integer(u64),
                vec![(Side::Max, inclusive, Limit::Integer(u64::MAX.into(), u64))],
            ),
            (
                json!({"minimum": 0, "exclusiveMinimum": true}),
                Type::Plain(Primitive::F64),
                vec![(Side::Min, exclusive, Limit::Float(0.0))],
            ),
            (
                json!({"maximum": 6, "exclusiveMaximum": 5}),
                integer(i64),
                vec![
                    (Side::Max, inclusive, Limit::Integer(6, i64)),
                    (Side::Max, exclusive, Limit::Integer(5, i64)),
                ],
            ),
            (
                json!({"minimum": -5, "maximum": 4_294_967_295_u32}),
                integer(i32),
                vec![(Side::Min, inclusive, Limit::Integer(-5, i32))],
            ),
            (
                json!({"minimum": -1, "maximum": 1e300}),
                Type::Plain(Primitive::F32),
                vec![(Side::Min, inclusive, Limit::Float(-1.0))],
            ),
        ] {
            let expected = expected
                .into_iter()
                .map(|(side, is_exclusive, limit)| Bound {
                    side,
                    is_exclusive,
                    limit,
                });
            let expected = vec![Rule::Range(expected.collect())];
            assert_eq!(rules_of(&schema, &kind), expected, "{schema}");
        }
    }
}
