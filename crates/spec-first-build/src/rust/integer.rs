//! The integer type for a schema's bounds.

use serde_json::{Map, Number, Value};

/// Types from narrow to wide: name, least and greatest value.
const UNSIGNED: &[(&str, i128, i128)] = &[
    ("u8", 0, u8::MAX as i128),
    ("u16", 0, u16::MAX as i128),
    ("u32", 0, u32::MAX as i128),
    ("u64", 0, u64::MAX as i128),
];
const SIGNED: &[(&str, i128, i128)] = &[
    ("i8", i8::MIN as i128, i8::MAX as i128),
    ("i16", i16::MIN as i128, i16::MAX as i128),
    ("i32", i32::MIN as i128, i32::MAX as i128),
    ("i64", i64::MIN as i128, i64::MAX as i128),
];

/// The narrowest type for the bounds; 64 bits where a bound is missing, unsigned where the least value is not negative.
pub fn width(schema: &Map<String, Value>) -> &'static str {
    let format = schema.get("format").and_then(Value::as_str);
    let (low, high) = match format {
        Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let minimum = bound(schema, "minimum", "exclusiveMinimum", 1);
    let maximum = bound(schema, "maximum", "exclusiveMaximum", -1);
    let types = if minimum.is_some_and(|minimum| minimum >= 0) {
        UNSIGNED
    } else {
        SIGNED
    };
    let fits = |&&(_, least, greatest): &&(&str, i128, i128)| {
        minimum.unwrap_or(low) >= least
            && match maximum {
                Some(maximum) => maximum <= greatest,
                None if format == Some("int32") => high <= greatest,
                None => greatest >= i128::from(i64::MAX),
            }
    };
    types.iter().find(fits).map_or("i128", |(name, ..)| name)
}

/// Whether the integer type `name` holds the number.
pub fn holds(name: &str, number: &Number) -> bool {
    let integer = number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from));
    let mut types = UNSIGNED.iter().chain(SIGNED);
    let bounds = types.find(|(known, ..)| *known == name);
    integer.is_some_and(|integer| {
        bounds.is_none_or(|&(_, least, greatest)| (least..=greatest).contains(&integer))
    })
}

/// A bound as the least or greatest integer that it allows.
fn bound(
    schema: &Map<String, Value>,
    inclusive: &str,
    exclusive: &str,
    step: i128,
) -> Option<i128> {
    let whole = |value: &Value| {
        let integer = value
            .as_i64()
            .map(i128::from)
            .or_else(|| value.as_u64().map(i128::from));
        integer.or_else(|| {
            value
                .as_f64()
                .filter(|number| number.abs() < 1e30)
                .map(|number| rounded(number, step))
        })
    };
    // A fraction that is excluded excludes no integer.
    let beside = |value: &Value| {
        let is_fraction = value.as_f64().is_some_and(|number| number.fract() != 0.0);
        let number = whole(value)?;
        Some(if is_fraction { number } else { number + step })
    };
    match schema.get(exclusive) {
        Some(Value::Bool(true)) => schema.get(inclusive).and_then(beside),
        Some(number @ Value::Number(_)) => beside(number),
        _ => schema.get(inclusive).and_then(whole),
    }
}

fn rounded(number: f64, step: i128) -> i128 {
    if step > 0 {
        number.ceil() as i128
    } else {
        number.floor() as i128
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_type_holds_what_is_within_its_bounds() {
        for (name, number, expected) in [
            ("u8", json!(255), true),
            ("u8", json!(256), false),
            ("u8", json!(-1), false),
            ("i64", json!(i64::MAX), true),
            ("i64", json!(u64::MAX), false),
            ("i128", json!(u64::MAX), true),
            ("i64", json!(1e20), false),
        ] {
            let number = number.as_number().expect("a number");
            assert_eq!(holds(name, number), expected, "{number} in {name}");
        }
    }

    #[test]
    fn bounds_choose_the_width() {
        for (schema, expected) in [
            (json!({}), "i64"),
            (json!({"minimum": 0}), "u64"),
            (json!({"minimum": 1, "maximum": 1000}), "u16"),
            (
                json!({"minimum": 0, "maximum": 256, "exclusiveMaximum": true}),
                "u8",
            ),
            (json!({"exclusiveMinimum": -1}), "u64"),
            (json!({"exclusiveMinimum": -1.5, "maximum": 9}), "i8"),
            (json!({"minimum": -1.5, "exclusiveMinimum": true}), "i64"),
            (json!({"minimum": -1, "maximum": 100}), "i8"),
            (json!({"maximum": 5}), "i64"),
            (json!({"format": "int32"}), "i32"),
            (json!({"format": "int32", "minimum": 0}), "u32"),
            (json!({"minimum": -1, "maximum": 1e20}), "i128"),
            (
                json!({"minimum": 0, "maximum": 18446744073709551615u64}),
                "u64",
            ),
        ] {
            assert_eq!(
                width(schema.as_object().expect("an object")),
                expected,
                "{schema}"
            );
        }
    }
}
