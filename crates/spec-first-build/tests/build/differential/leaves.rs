//! Random schemas that hold no others.

use serde_json::{Value, json};
use spec_first_build::document::Version;

use super::schemas::{PATTERNS, Schemas, TEXT_FORMATS};

impl Schemas<'_> {
    pub fn string(&mut self) -> Value {
        let mut schema = json!({ "type": "string" });
        let kind = self.random.below(6);
        if matches!(kind, 1 | 4) {
            let (format, _) = self.random.pick(&TEXT_FORMATS);
            schema["format"] = format.into();
        }
        if matches!(kind, 2 | 5) {
            let (pattern, _) = self.random.pick(&PATTERNS);
            schema["pattern"] = pattern.into();
        }
        if matches!(kind, 3..=5) {
            let least = self.random.below(4);
            schema["minLength"] = least.into();
            schema["maxLength"] = (least + self.random.below(24)).into();
        }
        schema
    }

    pub fn integer(&mut self) -> Value {
        let mut schema = json!({ "type": "integer" });
        match self.random.below(8) {
            0 => schema["format"] = "int32".into(),
            1 => schema["format"] = "int64".into(),
            2 => schema["multipleOf"] = (2 + self.random.below(3)).into(),
            3 => schema["multipleOf"] = json!(0.5),
            4 => schema["minimum"] = 0.into(),
            5 => self.bound(&mut schema, json!(-1.5), json!(9)),
            6 => {
                let least = self.random.pick(&[json!(0), json!(-1), json!(i64::MIN)]);
                self.bound(&mut schema, least, json!(u64::MAX));
            }
            _ => self.bound(&mut schema, json!(-3), json!(300)),
        }
        schema
    }

    pub fn number(&mut self) -> Value {
        let mut schema = json!({ "type": "number" });
        match self.random.below(7) {
            0 => schema["format"] = "float".into(),
            1 => schema["format"] = "double".into(),
            2 => schema["multipleOf"] = json!(0.01),
            3 => schema["multipleOf"] = json!(2.5),
            4 => self.bound(&mut schema, json!(0), json!(19.99)),
            5 => {
                schema["format"] = "float".into();
                self.bound(&mut schema, json!(0.1), json!(2));
            }
            _ => {}
        }
        schema
    }

    fn bound(&mut self, schema: &mut Value, least: Value, greatest: Value) {
        let is_newest = self.version == Version::OpenApi31;
        for (bound, exclusive, value) in [
            ("minimum", "exclusiveMinimum", least),
            ("maximum", "exclusiveMaximum", greatest),
        ] {
            match (self.random.once_in(3), is_newest) {
                (true, true) => schema[exclusive] = value,
                (is_exclusive, _) => {
                    schema[bound] = value;
                    if is_exclusive {
                        schema[exclusive] = true.into();
                    }
                }
            }
        }
    }

    pub fn choice(&mut self) -> Value {
        match self.random.below(6) {
            0 | 1 => json!({ "type": "string", "enum": ["red", "dark-green", "1", ""] }),
            2 => json!({ "type": "integer", "enum": [-1, 0, 10] }),
            3 => json!({ "enum": ["a", "b"] }),
            4 => json!({ "enum": ["a", 1, 2.5, true, [1], { "a": 1 }] }),
            _ => json!({ "type": "number", "enum": [1, 2.5] }),
        }
    }

    /// What only JSON Schema 2020-12 has.
    pub fn newest_leaf(&mut self) -> Value {
        match self.random.below(9) {
            0 => json!({ "const": "fixed" }),
            1 => json!({ "const": { "a": [1, null] } }),
            2 => json!({ "type": ["string", "null"], "minLength": 2 }),
            3 => json!({ "type": ["integer", "boolean"] }),
            4 => json!({ "type": "null" }),
            5 => json!(true),
            6 => json!({ "type": ["string", "null"], "enum": ["on", "off", null] }),
            7 => json!({ "type": ["array", "null"], "items": { "type": ["integer", "null"] } }),
            _ => json!(false),
        }
    }

    /// Adds what is no check, and what lets null in.
    pub fn annotate(&mut self, schema: &mut Value) {
        let Some(members) = schema.as_object_mut() else {
            return;
        };
        let nullable = match self.version {
            Version::Swagger2 => "x-nullable",
            Version::OpenApi30 => "nullable",
            Version::OpenApi31 => "$comment",
        };
        if nullable != "$comment" && self.random.once_in(6) {
            members.insert(nullable.to_owned(), true.into());
        }
        if self.random.once_in(8) {
            members.insert("description".to_owned(), "Something.".into());
        }
        let default = match members.get("type").and_then(Value::as_str) {
            Some("boolean") => json!(true),
            Some("integer") if members.len() == 1 => json!(7),
            Some("string") if members.len() == 1 => json!("preset"),
            Some("string") if members.contains_key("enum") => json!("red"),
            Some("array") if !members.contains_key("minItems") => json!([]),
            _ => return,
        };
        let is_safe = !members.contains_key("contains");
        if is_safe && self.random.once_in(3) {
            members.insert("default".to_owned(), default);
        }
    }
}
