//! Random values: what a schema asks for, as far as that is easily had, and then perhaps something else.

use serde_json::{Map, Value, json};

use super::random::Random;
use super::schemas::{DECLARED, PATTERNS, TEXT_FORMATS, UNDECLARED};

/// Makes values for the schemas of a document.
pub struct Values<'a> {
    pub document: &'a Value,
    pub random: &'a mut Random,
}

impl Values<'_> {
    /// A value for a schema, or one that is nearly right, or any.
    pub fn near(&mut self, schema: &Value) -> Value {
        let mut value = match self.random.below(12) {
            0 => self.any(2),
            _ => self.value(schema, 5),
        };
        for _ in 0..self.random.below(3) {
            self.change(&mut value);
        }
        value
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let Value::Object(members) = schema else {
            return self.any(0);
        };
        let is_nullable = ["nullable", "x-nullable"].map(|name| members.contains_key(name));
        if depth == 0 || is_nullable.contains(&true) && self.random.once_in(4) {
            return Value::Null;
        }
        if let Some(pointer) = members.get("$ref").and_then(Value::as_str) {
            let document = self.document;
            let target = document.pointer(pointer.trim_start_matches('#'));
            return self.value(target.unwrap_or(&Value::Null), depth - 1);
        }
        let chosen = ["enum", "const", "oneOf", "anyOf", "allOf"];
        match chosen.into_iter().find(|name| members.contains_key(*name)) {
            Some("const") => members["const"].clone(),
            Some("enum") => self.one(&members["enum"]),
            Some("allOf") => self.joined(members, depth),
            Some(keyword) => {
                let branch = self.one(&members[keyword]);
                let own = self.typed(members, depth);
                merged(own, self.value(&branch, depth))
            }
            None => self.typed(members, depth),
        }
    }

    fn one(&mut self, values: &Value) -> Value {
        let values = values.as_array().map(Vec::as_slice).unwrap_or_default();
        self.random.pick(values)
    }

    fn joined(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        let own = self.object(schema, depth);
        parts.fold(own, |value, part| merged(value, self.value(part, depth)))
    }

    fn typed(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let kind = match schema.get("type") {
            Some(Value::Array(kinds)) => kinds[self.random.below(kinds.len())].as_str(),
            Some(kind) => kind.as_str(),
            None if schema.contains_key("properties") => Some("object"),
            None if schema.contains_key("prefixItems") => Some("array"),
            None => return self.any(1),
        };
        match kind.unwrap_or_default() {
            "string" => self.string(schema),
            "integer" => self.number(schema, true),
            "number" => self.number(schema, false),
            "boolean" => json!(self.random.once_in(2)),
            "array" => self.array(schema, depth),
            "object" => self.object(schema, depth),
            _ => Value::Null,
        }
    }

    fn string(&mut self, schema: &Map<String, Value>) -> Value {
        let known = |list: &[(&'static str, &'static str)], keyword: &str| {
            let name = schema.get(keyword)?.as_str()?;
            list.iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| *text)
        };
        let known = known(&PATTERNS, "pattern").or_else(|| known(&TEXT_FORMATS, "format"));
        let text = known.unwrap_or_else(|| self.random.pick(&["", "a", "äé", "red", "a\u{0}\n"]));
        let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0);
        let missing = least.saturating_sub(text.chars().count() as u64) as usize;
        Value::String(format!("{text}{}", "x".repeat(missing)))
    }

    fn number(&mut self, schema: &Map<String, Value>, is_integer: bool) -> Value {
        let bounds = [
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ];
        let bounds: Vec<_> = bounds.iter().filter_map(|name| schema.get(*name)).collect();
        let bounds: Vec<_> = bounds.into_iter().filter(|it| it.is_number()).collect();
        if !bounds.is_empty() && self.random.once_in(2) {
            return self.random.pick(&bounds).clone();
        }
        if is_integer || self.random.once_in(3) {
            let integers = [0, 1, -1, 4, 10, 255, 256, i64::from(i32::MAX), i64::MIN];
            return json!(self.random.pick(&integers));
        }
        json!(
            self.random
                .pick(&[0.1, -2.5, 19.98, 1.0, 1e21, 3.3e38, 0.07])
        )
    }

    fn array(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let prefix = schema.get("prefixItems").and_then(Value::as_array);
        let mut values: Vec<_> = prefix.into_iter().flatten().cloned().collect();
        let further = schema.get("contains").or_else(|| schema.get("items"));
        if let Some(items) = further.filter(|items| items.is_object()) {
            values.extend(vec![items.clone(); self.random.below(4)]);
        }
        let values = values.iter().map(|schema| self.value(schema, depth - 1));
        values.collect()
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Value {
        let mut object = Map::new();
        let members = |name: &str| schema.get(name).and_then(Value::as_object);
        for (name, schema) in members("properties").into_iter().flatten() {
            if depth > 2 && !self.random.once_in(4) {
                object.insert(name.clone(), self.value(schema, depth - 1));
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(name) {
                let schema = members("properties").and_then(|all| all.get(name));
                let value = self.value(schema.unwrap_or(&json!({})), depth - 1);
                object.insert(name.to_owned(), value);
            }
        }
        if let Some(additional @ Value::Object(_)) = schema.get("additionalProperties") {
            object.insert("other".to_owned(), self.value(additional, depth - 1));
        }
        Value::Object(object)
    }

    fn any(&mut self, depth: usize) -> Value {
        match self.random.below(if depth == 0 { 7 } else { 9 }) {
            0 => Value::Null,
            1 => json!(self.random.once_in(2)),
            2 => json!(self.random.below(12)),
            3 => json!(self.random.pick(&[1.0, -0.5, 1e300])),
            4 => json!(self.random.pick(&["", "red", "a"])),
            5 => json!(self.random.pick(&[u64::MAX, 1 << 63])),
            6 => json!(self.random.pick(&TEXT_FORMATS).1),
            7 => json!([self.any(depth - 1), self.any(depth - 1)]),
            _ => json!({ self.random.pick(&DECLARED): self.any(depth - 1) }),
        }
    }

    /// Changes something, somewhere in the value.
    fn change(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) if !members.is_empty() => {
                let names: Vec<_> = members.keys().cloned().collect();
                let name = self.random.pick(&names);
                match self.random.below(6) {
                    0 => drop(members.remove(&name)),
                    1 => drop(members.insert(self.name().to_owned(), self.any(1))),
                    _ => self.change(&mut members[&name]),
                }
            }
            Value::Array(values) if !values.is_empty() => {
                let index = self.random.below(values.len());
                match self.random.below(5) {
                    0 => drop(values.remove(index)),
                    1 => values.push(values[index].clone()),
                    _ => self.change(&mut values[index]),
                }
            }
            Value::Number(number) if number.is_i64() && !self.random.once_in(3) => {
                let step = self.random.below(3) as i64 - 1;
                *value = json!(number.as_i64().unwrap_or_default().saturating_add(step));
            }
            Value::String(text) if !self.random.once_in(3) => text.push('é'),
            Value::Object(members) => drop(members.insert(self.name().to_owned(), self.any(1))),
            _ => *value = self.any(1),
        }
    }

    fn name(&mut self) -> &'static str {
        match self.random.below(3) {
            0 => self.random.pick(&UNDECLARED),
            _ => self.random.pick(&DECLARED),
        }
    }
}

/// Both objects' members, joined; of other values, the later.
fn merged(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut members), Value::Object(further)) => {
            for (name, value) in further {
                let value = match members.remove(&name) {
                    Some(known) => merged(known, value),
                    None => value,
                };
                members.insert(name, value);
            }
            Value::Object(members)
        }
        (first, Value::Null) => first,
        (_, second) => second,
    }
}
