//! Texts, numbers and flags, and schemas joined by `allOf` and `$ref` that describe one together.

use serde_json::{Map, Number, Value};

use super::joint::Joint;
use super::{ItemBuilder, Shape};
use crate::rust::integer::Integer;
use crate::rust::kind::Type;
use crate::rust::primitive::Primitive;

impl ItemBuilder<'_> {
    /// A type without parts, or an enum of texts or integers.
    pub(super) fn scalar(
        &mut self,
        shape: &Shape,
        schema: &Map<String, Value>,
        kind: &str,
    ) -> Type {
        let kind = match kind {
            "string" => self.string(shape, schema),
            "integer" => self.integer(shape, schema),
            "number" if is_just(schema, "float") => Type::Plain(Primitive::F32),
            "number" => Type::Plain(Primitive::F64),
            "boolean" => Type::Plain(Primitive::Bool),
            _ => Type::VALUE,
        };
        shape.wrap(kind)
    }

    /// The type for several schemas that describe one text, number, flag or list together; `schema` is all of them merged.
    pub(super) fn joined(
        &mut self,
        shape: &Shape,
        schema: &Map<String, Value>,
        joint: &Joint,
    ) -> Type {
        let mut parts = joint.parts.iter();
        if let Some(given) = parts.find_map(|(at, _)| self.views.rust_type(at)) {
            return shape.wrap(Type::Given(given));
        }
        if let Some((target, name)) = self.decisive(shape.view, joint, shape.hint) {
            return joint.adapt(self.derive(shape.view, &target, &name));
        }
        match joint.plain_kind() {
            Some("array") => {
                let places: Vec<_> = joint.element_places().cloned().collect();
                self.array(shape, schema, &places)
            }
            kind => self.scalar(shape, schema, kind.unwrap_or_default()),
        }
    }

    fn string(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            // An enum without variants could not be decoded, and the schema rejects every value first.
            if !words.is_empty() {
                return self.enumeration(shape, &words, None);
            }
        }
        match schema.get("format").and_then(Value::as_str) {
            Some("date") => Type::Plain(Primitive::Date),
            Some("date-time") if is_just(schema, "date-time") => Type::Plain(Primitive::DateTime),
            // A UUID is written in lower case, whatever the case in which it came (RFC 9562, 4).
            Some("uuid") if is_just(schema, "uuid") => Type::Plain(Primitive::Uuid),
            _ => Type::STRING,
        }
    }

    fn integer(&mut self, shape: &Shape, schema: &Map<String, Value>) -> Type {
        let values = schema.get("enum").and_then(Value::as_array);
        let numbers = values.into_iter().flatten().filter_map(Value::as_number);
        let numbers: Vec<_> = numbers.collect();
        if numbers.is_empty() {
            return Type::Plain(Primitive::Integer(Integer::of(schema)));
        }
        let words: Option<Vec<_>> = numbers.iter().map(|number| discriminant(number)).collect();
        match words {
            Some(words) => {
                let words: Vec<_> = words.iter().map(String::as_str).collect();
                self.enumeration(shape, &words, Some(Integer::I64))
            }
            None if numbers.iter().all(|number| number.is_u64()) => {
                Type::Plain(Primitive::Integer(Integer::U64))
            }
            None => Type::VALUE,
        }
    }
}

/// The number as the discriminant of a variant, if it is an `i64`.
fn discriminant(number: &Number) -> Option<String> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_exact = |double: &f64| double.fract() == 0.0 && double.abs() <= EXACT;
    let whole = || number.as_f64().filter(is_exact).map(|double| double as i64);
    let integer = number
        .as_i64()
        .or_else(|| whole().filter(|_| number.is_f64()));
    integer.map(|integer| integer.to_string())
}

/// Whether a schema has no keyword but this format: a value that is rounded or formatted anew may break a bound or a pattern.
fn is_just(schema: &Map<String, Value>, format: &str) -> bool {
    let mut keywords = schema.keys();
    schema.get("format").is_some_and(|it| it == format)
        && keywords.all(|keyword| matches!(keyword.as_str(), "type" | "format"))
}
