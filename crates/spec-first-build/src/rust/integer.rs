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
    /// negative. A bound that no JSON number of the server reaches, or that is the limit of 64 bits as a double, is that limit.
    pub fn of(schema: &Map<String, Value>) -> Self {
        let is_int32 = schema.get("format").is_some_and(|format| format == "int32");
        let widest = if is_int32 { Self::I32 } else { Self::I64 };
        let minimum = Side::Min.bound(schema);
        let maximum = Side::Max.bound(schema);
        let low = minimum.unwrap_or(widest.range().0).max(i64::MIN.into());
        let types = if low >= 0 { UNSIGNED } else { SIGNED };
        let greatest = types[3].range().1;
        let high = maximum.unwrap_or(widest.range().1);
        let is_rounded = high as f64 == greatest as f64;
        let high = high.min(if is_rounded {
            greatest
        } else {
            u64::MAX.into()
        });
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
        whole(number).is_some_and(|number| self.contains(number))
    }

    /// Whether a value of this type can be the integer.
    pub fn contains(self, integer: i128) -> bool {
        let (least, greatest) = self.range();
        (least..=greatest).contains(&integer)
    }

    /// The least and the greatest value.
    pub fn range(self) -> (i128, i128) {
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

/// One side of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Min,
    Max,
}

impl Side {
    /// The keywords of the bound, and of the one that is excluded itself.
    pub fn keywords(self) -> (&'static str, &'static str) {
        match self {
            Self::Min => ("minimum", "exclusiveMinimum"),
            Self::Max => ("maximum", "exclusiveMaximum"),
        }
    }

    /// The least or greatest integer that a schema's bounds of this side allow.
    pub fn bound(self, schema: &Map<String, Value>) -> Option<i128> {
        let (inclusive, exclusive) = self.keywords();
        let number = |keyword| schema.get(keyword).and_then(Value::as_number);
        let is_flag = schema.get(exclusive) == Some(&Value::Bool(true));
        let bounds = [
            number(inclusive).and_then(|it| self.integer(it, is_flag)),
            number(exclusive).and_then(|it| self.integer(it, true)),
        ];
        self.tightest(bounds.into_iter().flatten())
    }

    /// The bound that the others allow, too.
    pub fn tightest(self, bounds: impl Iterator<Item = i128>) -> Option<i128> {
        match self {
            Self::Min => bounds.max(),
            Self::Max => bounds.min(),
        }
    }

    /// The integer nearest to a bound that the bound allows; none for one far beyond every integer type.
    pub fn integer(self, bound: &Number, is_exclusive: bool) -> Option<i128> {
        let (step, round): (_, fn(f64) -> f64) = match self {
            Self::Min => (1, f64::ceil),
            Self::Max => (-1, f64::floor),
        };
        let double = bound.as_f64()?;
        let rounded = || (double.abs() < 1e30).then(|| round(double) as i128);
        let nearest = whole(bound).or_else(rounded)?;
        // A fraction that is excluded excludes no integer.
        let excludes = is_exclusive && double.fract() == 0.0;
        Some(if excludes { nearest + step } else { nearest })
    }
}

/// The number, if it is written as an integer.
fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
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
            // Bounds that other tools have rounded.
            (
                json!({"minimum": 0, "maximum": 1.8446744073709552e19}),
                "u64",
            ),
            (json!({"minimum": 0, "maximum": 1e20}), "u64"),
            (
                json!({"minimum": -9223372036854776000.0, "maximum": 9}),
                "i64",
            ),
            (
                json!({"minimum": -1, "maximum": 9223372036854776000u64}),
                "i64",
            ),
            (
                json!({"minimum": -1, "maximum": 9223372036854775807.0}),
                "i64",
            ),
            (json!({"maximum": 9223372036854775807.0}), "i64"),
            (
                json!({"minimum": -1, "exclusiveMaximum": 9223372036854775808u64}),
                "i64",
            ),
            (json!({"minimum": 0.5, "maximum": 255.5}), "u8"),
            (json!({"minimum": -1, "maximum": u64::MAX}), "i128"),
        ] {
            assert_eq!(
                Integer::of(schema.as_object().expect("an object")).name(),
                expected,
                "{schema}"
            );
        }
    }
}
