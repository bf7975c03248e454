//! Random schemas of objects.

use serde_json::{Map, Value, json};

use super::schemas::{DECLARED, Schemas};

impl Schemas<'_> {
    /// An object with members.
    pub fn object(&mut self, depth: usize, from: usize) -> Value {
        let mut schema = match self.random.once_in(6) {
            true => json!({}),
            false => self.members(depth),
        };
        if !self.random.once_in(6) {
            schema["type"] = "object".into();
        }
        if self.random.once_in(10) {
            schema["not"] = json!({ "required": [self.random.pick(&DECLARED)] });
        }
        if self.random.once_in(4) {
            schema["minProperties"] = self.random.below(3).into();
        }
        if self.random.once_in(5) {
            schema["maxProperties"] = (1 + self.random.below(3)).into();
        }
        match self.random.below(8) {
            0 | 1 => schema["additionalProperties"] = false.into(),
            2 => schema["additionalProperties"] = self.schema(depth - 1, 0),
            3 => schema["additionalProperties"] = true.into(),
            _ => {}
        }
        let has_rare = self.random.once_in(4);
        if has_rare && self.is_newest() {
            self.newest_of_objects(&mut schema, depth, from);
        } else if has_rare {
            self.draft4_of_objects(&mut schema, depth, from);
        }
        schema
    }

    pub fn members(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for name in DECLARED {
            if self.random.once_in(2) {
                properties.insert(name.to_owned(), self.schema(depth - 1, 0));
            }
            if self.random.once_in(6) {
                required.push(name);
            }
        }
        let mut schema = json!({ "properties": properties });
        if !required.is_empty() {
            schema["required"] = required.into();
        }
        schema
    }

    fn draft4_of_objects(&mut self, schema: &mut Value, depth: usize, from: usize) {
        match self.random.below(2) {
            0 => schema["dependencies"] = json!({ "a": ["b"] }),
            _ => schema["dependencies"] = json!({ "b": self.schema(depth - 1, from) }),
        }
    }

    fn newest_of_objects(&mut self, schema: &mut Value, depth: usize, from: usize) {
        match self.random.below(5) {
            0 => schema["dependentRequired"] = json!({ "a": ["b"] }),
            1 => schema["dependentSchemas"] = json!({ "b": self.schema(depth - 1, from) }),
            2 => schema["propertyNames"] = json!({ "maxLength": 2 + self.random.below(4) }),
            3 => schema["unevaluatedProperties"] = false.into(),
            _ => schema["unevaluatedProperties"] = self.schema(depth - 1, 0),
        }
        if self.random.once_in(3) {
            schema["patternProperties"] = json!({ "^x": self.schema(depth - 1, 0) });
        }
    }

    /// A schema and one more that allows fewer of its values.
    fn narrowed(&mut self, depth: usize, from: usize) -> Value {
        let parts = match self.random.below(6) {
            0 => json!([self.string(), self.string()]),
            1 => json!([self.integer(), self.integer()]),
            2 => json!([self.number(), self.integer()]),
            3 => json!([self.choice(), { "enum": ["a", "red", 10, 2.5] }]),
            4 => {
                json!([{ "type": "array", "items": self.schema(depth - 1, 0) }, { "maxItems": 2 }])
            }
            _ => json!([self.reference(from), { "type": "object" }]),
        };
        json!({ "allOf": parts })
    }

    /// Two schemas that say something of one object, or of one member of it.
    pub fn all_of(&mut self, depth: usize, from: usize) -> Value {
        if self.random.once_in(3) {
            return self.narrowed(depth, from);
        }
        if self.random.once_in(4) {
            let [first, second] = [0, 1].map(|_| {
                let name = self.random.pick(&DECLARED);
                let inner = json!({ name: self.schema(1, 0) });
                let member = json!({ "type": "object", "properties": inner });
                json!({ "type": "object", "properties": { "a": member } })
            });
            return json!({ "allOf": [first, second] });
        }
        let mut schema = json!({ "allOf": [self.object(depth, from), self.object(depth, from)] });
        if self.random.once_in(2) {
            schema["allOf"][0] = self.reference(from);
        }
        if self.random.once_in(3) {
            schema["properties"] = self.members(depth)["properties"].take();
        }
        if self.random.once_in(2) {
            schema["type"] = "object".into();
        }
        schema
    }
}
