//! The integer types, and which of them a schema's bounds need.

use serde_json::{Map, Number, Value};

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integer {
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
}

/// From narrow to wide.
const UNSIGNED: [Integer; 4] = [Integer::U8, Integer::U16, Integer::U32, Integer::U64];
const SIGNED: [Integer; 4] = [Integer::I8, Integer::I16, Integer::I32, Integer::I64];

impl Integer {
    /// The narrowest type for a schema's bounds; 64 bits where a bound is missing, unsigned where the least value is not
    /// negative.
    pub fn of(schema: &Map<String, Value>) -> Self {
        let is_int32 = schema.get("format").is_some_and(|format| format == "int32");
        let widest = if is_int32 { Self::I32 } else { Self::I64 };
        let minimum = bound(schema, "minimum", "exclusiveMinimum", 1);
        let maximum = bound(schema, "maximum", "exclusiveMaximum", -1);
        let types = match minimum {
            Some(0..) => UNSIGNED,
            _ => SIGNED,
        };
        let (low, high) = (
            minimum.unwrap_or(widest.range().0),
            maximum.unwrap_or(widest.range().1),
        );
        let fits = |integer: &Self| {
            let (least, greatest) = integer.range();
            least <= low && high <= greatest
        };
        types.into_iter().find(fits).unwrap_or(Self::I128)
    }

    /// The type's name in Rust.
    pub fn name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::I128 => "i128",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }

    /// Whether a value of this type can be the number.
    pub fn holds(self, number: &Number) -> bool {
        let (least, greatest) = self.range();
        whole(number).is_some_and(|number| (least..=greatest).contains(&number))
    }

    /// The least and the greatest value.
    fn range(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::I128 => (i128::MIN, i128::MAX),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
        }
    }
}

/// The number, if it is written as an integer.
pub fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}

/// A bound as the least or greatest integer that it allows.
fn bound(
    schema: &Map<String, Value>,
    inclusive: &str,
    exclusive: &str,
    step: i128,
) -> Option<i128> {
    let least = |value: &Value| {
        let rounded = || Some(rounded(value.as_f64().filter(|it| it.abs() < 1e30)?, step));
        whole(value.as_number()?).or_else(rounded)
    };
    // A fraction that is excluded excludes no integer.
    let next = |value: &Value| {
        let is_fraction = value.as_f64().is_some_and(|number| number.fract() != 0.0);
        let number = least(value)?;
        Some(if is_fraction { number } else { number + step })
    };
    match schema.get(exclusive) {
        Some(Value::Bool(true)) => schema.get(inclusive).and_then(next),
        Some(number @ Value::Number(_)) => next(number),
        _ => schema.get(inclusive).and_then(least),
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
        for (integer, number, expected) in [
            (Integer::U8, json!(255), true),
            (Integer::U8, json!(256), false),
            (Integer::U8, json!(-1), false),
            (Integer::I64, json!(i64::MAX), true),
            (Integer::I64, json!(u64::MAX), false),
            (Integer::I128, json!(u64::MAX), true),
            (Integer::I64, json!(1e20), false),
        ] {
            let number = number.as_number().expect("a number");
            assert_eq!(integer.holds(number), expected, "{number} in {integer:?}");
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
                Integer::of(schema.as_object().expect("an object")).name(),
                expected,
                "{schema}"
            );
        }
    }
}
