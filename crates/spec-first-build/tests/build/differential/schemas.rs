//! Random schemas, with the keywords of each dialect.

use serde_json::{Map, Value, json};
use spec_first_build::document::Version;

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
pub const TEXT_FORMATS: [(&str, &str); 20] = [
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
    ("uuid", "123E4567-E89B-12D3-A456-426614174000"),
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

    pub fn is_newest(&self) -> bool {
        self.version == Version::OpenApi31
    }

    pub fn reference(&mut self, from: usize) -> Value {
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

    fn union(&mut self, depth: usize, from: usize) -> Value {
        let branches = 1 + self.random.below(3);
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
