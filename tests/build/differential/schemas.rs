//! Random schemas, with the keywords of each dialect.

use codegen::grammar::Version;
use serde_json::{Map, Value, json};

use super::random::Random;

/// The names of the schemas that others refer to.
pub const COMPONENTS: [&str; 10] = [
    "Ant", "Bee", "Cat", "Dog", "Eel", "Fox", "Gnu", "Hen", "Ibex", "Jay",
];

/// Names of members that schemas declare, and then some that none does.
pub const DECLARED: [&str; 5] = ["a", "b", "type", "kebab-name", "Über"];
pub const UNDECLARED: [&str; 2] = ["other", "x9"];

/// Patterns, each with a text that it matches.
pub const PATTERNS: [(&str, &str); 7] = [
    ("^[a-z]+$", "abc"),
    (r"^\d{3}$", "123"),
    (r"^(?!x)\w*$", "ab_1"),
    ("a.c", "xaéc"),
    (r"^\S+\s\S+$", "a b"),
    (r"^(a|b)\1$", "bb"),
    (r"[^\u0000-\u001f]{2,}", "äß"),
];

/// Formats, each with a text or number that it accepts.
pub const TEXT_FORMATS: [(&str, &str); 19] = [
    ("date", "2024-02-29"),
    ("date-time", "2024-02-29T12:30:00+02:00"),
    ("date-time", "1998-12-31t23:59:60.5z"),
    ("time", "23:59:59Z"),
    ("duration", "P1DT2H"),
    ("email", "a@example.com"),
    ("hostname", "example.com"),
    ("ipv4", "127.0.0.1"),
    ("ipv6", "::1"),
    ("uri", "http://example.com/a?b#c"),
    ("uri-reference", "../a"),
    ("uuid", "123e4567-e89b-12d3-a456-426614174000"),
    ("regex", "^a+$"),
    ("json-pointer", "/a/0"),
    ("byte", "YQ=="),
    ("binary", "\u{0}\u{1}"),
    ("password", "secret"),
    ("cat", "miaow"),
    ("date", "0001-01-01"),
];

/// Where the schemas stand that have a name.
pub fn place(version: Version) -> &'static str {
    match version {
        Version::Swagger2 => "/definitions",
        _ => "/components/schemas",
    }
}

/// Makes schemas of one version of OpenAPI.
pub struct Schemas<'r> {
    pub version: Version,
    pub random: &'r mut Random,
}

impl Schemas<'_> {
    /// A schema with at most so many levels in it. Where it speaks of the very value that it is asked of, it refers only to
    /// components from number `from` on, so that no schema asks itself without end.
    pub fn schema(&mut self, depth: usize, from: usize) -> Value {
        let is_newest = self.is_newest();
        let deep = if depth == 0 { 0 } else { 9 };
        let mut schema = match self.random.below(8 + deep) {
            0 | 1 => self.string(),
            2 => self.integer(),
            3 => self.number(),
            4 => json!({ "type": "boolean" }),
            5 => self.choice(),
            6 => return self.reference(from),
            7 if is_newest => self.newest_leaf(),
            7 => self.string(),
            8 => self.array(depth),
            9..=11 => self.object(depth, from),
            12 => self.all_of(depth, from),
            13 => self.union(depth, from),
            14 => json!({ "not": self.schema(depth - 1, from) }),
            15 if is_newest => self.condition(depth, from),
            15 => self.object(depth, from),
            _ => self.mixture(depth, from),
        };
        self.annotate(&mut schema);
        schema
    }

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

    fn is_newest(&self) -> bool {
        self.version == Version::OpenApi31
    }

    fn reference(&mut self, from: usize) -> Value {
        let known = COMPONENTS.get(from..).unwrap_or_default();
        if known.is_empty() {
            return self.string();
        }
        let target = format!("#{}/{}", place(self.version), self.random.pick(known));
        // Only the newest version minds what stands beside a reference.
        let mut schema = match self.is_newest() && self.random.once_in(4) {
            true => match self.random.below(3) {
                0 => self.integer(),
                1 => self.string(),
                _ => self.members(1),
            },
            false => json!({}),
        };
        schema["$ref"] = target.into();
        schema
    }

    fn members(&mut self, depth: usize) -> Value {
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

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = json!({ "type": "array", "items": self.schema(depth - 1, 0) });
        if self.random.once_in(3) {
            schema["minItems"] = self.random.below(3).into();
        }
        if self.random.once_in(3) {
            schema["maxItems"] = (1 + self.random.below(3)).into();
        }
        if self.random.once_in(5) {
            schema["uniqueItems"] = true.into();
        }
        if self.is_newest() {
            match self.random.below(8) {
                0 => schema["prefixItems"] = json!([self.string(), self.integer()]),
                1 => {
                    schema["contains"] = self.schema(depth - 1, 0);
                    schema["minContains"] = self.random.below(3).into();
                    schema["maxContains"] = 2.into();
                }
                2 => {
                    schema["prefixItems"] = json!([self.string()]);
                    schema["items"] = false.into();
                }
                3 => {
                    schema = json!({ "prefixItems": [self.number()], "unevaluatedItems": false });
                }
                _ => {}
            }
        }
        schema
    }

    /// Two schemas that say something of one object, or of one member of it.
    fn all_of(&mut self, depth: usize, from: usize) -> Value {
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

    fn union(&mut self, depth: usize, from: usize) -> Value {
        let branches = 2 + self.random.below(2);
        let branches: Vec<_> = (0..branches)
            .map(|_| self.schema(depth - 1, from))
            .collect();
        let keyword = self.random.pick(&["oneOf", "anyOf"]);
        let mut schema = json!({ keyword: branches });
        if self.random.once_in(5) {
            schema["properties"] = self.members(depth)["properties"].take();
        }
        schema
    }

    fn condition(&mut self, depth: usize, from: usize) -> Value {
        let mut schema = self.object(depth, from);
        schema["if"] = json!({ "required": [self.random.pick(&DECLARED)] });
        schema["then"] = self.schema(depth - 1, from);
        if self.random.once_in(2) {
            schema["else"] = self.schema(depth - 1, from);
        }
        schema
    }

    /// Keywords of several types at once, and no `type`.
    fn mixture(&mut self, depth: usize, from: usize) -> Value {
        let mut schema = Map::new();
        for part in [self.string(), self.integer(), self.object(depth, from)] {
            if let (Value::Object(members), true) = (part, self.random.once_in(2)) {
                schema.extend(members);
            }
        }
        schema.remove("type");
        if self.is_newest() && self.random.once_in(2) {
            let types = [json!(["string", "integer"]), json!(["object", "null"])];
            schema.insert("type".to_owned(), self.random.pick(&types));
        }
        Value::Object(schema)
    }
}
