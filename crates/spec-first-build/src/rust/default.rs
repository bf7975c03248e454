//! The value of an absent member.

use serde_json::{Number, Value};

use super::kind::Type;
use super::primitive::Primitive;

/// A default, as generated code writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    Bool(bool),
    Integer(Number),
    Float(f64),
    String(String),
    EmptyList,
    /// Null, of a type that may be null.
    None,
    /// A value of a type that may be null.
    Some(Box<DefaultValue>),
    /// A value that has no short form in Rust, so that it is parsed from JSON when it is needed.
    Json(Value),
}

impl DefaultValue {
    /// The default `value` of a member of type `kind`.
    pub fn new(kind: &Type, value: Value) -> Self {
        match (kind, value) {
            (Type::Optional(_), Value::Null) => Self::None,
            (Type::Optional(inner), value) => Self::Some(Box::new(Self::new(inner, value))),
            (Type::Plain(Primitive::Bool), Value::Bool(flag)) => Self::Bool(flag),
            (Type::Plain(Primitive::String), Value::String(text)) => Self::String(text),
            (Type::Plain(Primitive::Integer(_)), Value::Number(number)) if !number.is_f64() => {
                Self::Integer(number)
            }
            (Type::Plain(Primitive::F64), Value::Number(number)) => match number.as_f64() {
                Some(number) => Self::Float(number),
                None => Self::Json(number.into()),
            },
            (Type::List(_), Value::Array(elements)) if elements.is_empty() => Self::EmptyList,
            (_, value) => Self::Json(value),
        }
    }

    /// Whether it is parsed from JSON when it is needed.
    pub fn is_parsed(&self) -> bool {
        match self {
            Self::Json(_) => true,
            Self::Some(inner) => inner.is_parsed(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::integer::Integer;
    use super::*;

    #[test]
    fn only_plain_values_have_a_short_form() {
        let integer = Type::Plain(Primitive::Integer(Integer::U8));
        for (kind, value, expected) in [
            (
                Type::Plain(Primitive::Bool),
                json!(true),
                DefaultValue::Bool(true),
            ),
            (Type::STRING, json!("a"), DefaultValue::String("a".into())),
            (integer.clone(), json!(7), DefaultValue::Integer(7.into())),
            (integer, json!(7.0), DefaultValue::Json(json!(7.0))),
            (
                Type::Plain(Primitive::F64),
                json!(7),
                DefaultValue::Float(7.0),
            ),
            (
                Type::Plain(Primitive::F32),
                json!(0.5),
                DefaultValue::Json(json!(0.5)),
            ),
            (Type::STRING.list(), json!([]), DefaultValue::EmptyList),
            (
                Type::STRING.list(),
                json!(["a"]),
                DefaultValue::Json(json!(["a"])),
            ),
            (
                Type::STRING.nullable(),
                json!("a"),
                DefaultValue::Some(Box::new(DefaultValue::String("a".into()))),
            ),
            (Type::STRING.nullable(), json!(null), DefaultValue::None),
            (
                Type::Plain(Primitive::Date),
                json!("2020-02-29"),
                DefaultValue::Json(json!("2020-02-29")),
            ),
        ] {
            assert_eq!(DefaultValue::new(&kind, value.clone()), expected, "{value}");
        }
    }
}
