//! Which JSON Schema a version of OpenAPI uses, and what a number is in it.

use jsonschema::Draft;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// The JSON Schema in which the schemas of a spec are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Dialect {
    /// Swagger 2.0 and OpenAPI 3.0.
    #[serde(rename = "draft4")]
    Draft4,
    /// OpenAPI 3.1.
    #[serde(rename = "2020-12")]
    Draft202012,
}

impl Dialect {
    /// The same for `jsonschema`.
    #[must_use]
    pub fn draft(self) -> Draft {
        match self {
            Self::Draft4 => Draft::Draft4,
            Self::Draft202012 => Draft::Draft202012,
        }
    }

    /// The value of a number that was read as a double. From draft 6 on `1.0` is an integer, and the generated integer types
    /// read no other notation than `1`, so it becomes one if every integer of its size is a double, too.
    #[must_use]
    pub fn number(self, double: f64) -> Value {
        /// 2 to the power of 53.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let is_integer = double.fract() == 0.0 && double.abs() <= EXACT;
        if is_integer && self == Self::Draft202012 {
            return Value::from(double as i64);
        }
        Number::from_f64(double).map_or(Value::Null, Value::Number)
    }
}
