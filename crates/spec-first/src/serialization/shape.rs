//! What a text may mean by its schema: JSON types, and what the parts of a list or of an object may mean.
//!
//! The build derives it from the schema, over `$ref`, `allOf`, `oneOf` and `anyOf`. It is a hint for decoding and no check: what is
//! decoded is validated by the schema.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a value may be. The default is any value.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct Shape {
    /// Empty if it may be of any type.
    types: Vec<JsonType>,
    /// Of the items of a list.
    items: Option<Box<Shape>>,
    /// Of the members of an object that the schema names.
    members: BTreeMap<String, Shape>,
    /// Of all other members; none if the schema does not provide for others.
    rest: Option<Box<Shape>>,
    /// What separates the items of a list inside another one (Swagger 2.0).
    pub delimiter: Option<Delimiter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum JsonType {
    Integer,
    Number,
    Boolean,
    Null,
    String,
    Array,
    Object,
}

/// What separates the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Delimiter {
    Comma,
    Space,
    Pipe,
    Tab,
}

/// Any value.
static ANY: Shape = Shape {
    types: Vec::new(),
    items: None,
    members: BTreeMap::new(),
    rest: None,
    delimiter: None,
};

impl Shape {
    /// Whether it may be of a type.
    pub fn allows(&self, json_type: JsonType) -> bool {
        self.types.is_empty() || self.types.contains(&json_type)
    }

    /// Whether it may be of a type alone.
    pub fn is_only(&self, json_type: JsonType) -> bool {
        self.types == [json_type]
    }

    /// Whether it may be neither a list nor an object.
    pub fn allows_scalar(&self) -> bool {
        let is_scalar = |it: &JsonType| !matches!(it, JsonType::Array | JsonType::Object);
        match self.types.is_empty() {
            true => !self.has_list() && !self.has_object(),
            false => self.types.iter().any(is_scalar),
        }
    }

    /// Whether a list is expected. A value of any type is none, unless its schema describes items.
    pub fn has_list(&self) -> bool {
        self.types.contains(&JsonType::Array) || self.types.is_empty() && self.items.is_some()
    }

    /// Whether an object is expected. A value of any type is none, unless its schema describes members.
    pub fn has_object(&self) -> bool {
        let describes = !self.members.is_empty() || self.rest.is_some();
        self.types.contains(&JsonType::Object) || self.types.is_empty() && describes
    }

    /// Whether nothing is known of it.
    pub fn is_any(&self) -> bool {
        self.types.is_empty() && self.items.is_none() && self.members.is_empty()
    }

    /// Whether it may be an integer, but no other number and no string.
    pub fn is_integer(&self) -> bool {
        self.types.contains(&JsonType::Integer)
            && !self.allows(JsonType::Number)
            && !self.allows(JsonType::String)
    }

    /// The items of a list.
    pub fn items(&self) -> &Shape {
        self.items.as_deref().unwrap_or(&ANY)
    }

    /// The member `name` of an object.
    pub fn member(&self, name: &str) -> &Shape {
        let member = self.members.get(name);
        member.or(self.rest.as_deref()).unwrap_or(&ANY)
    }

    /// The part under a key: the item of a list if it is a position, or else the member of an object.
    pub fn part(&self, key: &str) -> &Shape {
        let is_position = key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit());
        match self.has_list() && is_position {
            true => self.items(),
            false => self.member(key),
        }
    }

    /// Whether the schema names the member.
    pub fn names(&self, member: &str) -> bool {
        self.members.contains_key(member)
    }

    /// Whether the schema provides for members that it does not name.
    pub fn is_open(&self) -> bool {
        self.rest.is_some()
    }
}
