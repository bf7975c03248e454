//! Values as `jsonschema` sees them: trees of JSON values, and tapes. Members are found by comparing names, not by hashing each.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, Node, NodeIdentity, Object, cmp};
use serde_json::{Map, Number, Value};

use super::tape::{self, Children, Kind};

/// Options of validators.
pub(super) type Options<'r> =
    jsonschema::ValidationOptions<'r, std::sync::Arc<dyn jsonschema::Retrieve>, Instances>;

/// Up to so many members are compared with a name; in a larger object it is looked up.
const MAX_COMPARED: usize = 16;

/// The representation of values that validators work on.
#[derive(Debug)]
pub(super) struct Instances;

/// A value that is validated.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instance<'a> {
    Tree(&'a Value),
    Tape(tape::Node<'a>),
    /// The name of a member.
    Name(&'a str),
}

impl<'a> Instance<'a> {
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            Self::Tree(value) => value.as_str(),
            Self::Name(name) => Some(name),
            Self::Tape(node) => match node.kind() {
                Kind::Text(text) => Some(text),
                _ => None,
            },
        }
    }
}

impl Json for Instances {
    type Node<'a> = Instance<'a>;
    type PreparedKey = String;
    type StringBuffer = ();

    // One pass over the members instead of two look-ups, each of which is a pass itself.
    const KEYS_PER_LOOKUP: usize = 2;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>((): &mut (), name: &str, call: impl FnOnce(Instance<'_>) -> T) -> T {
        call(Instance::Name(name))
    }
}

impl<'a> Node<'a, Instances> for Instance<'a> {
    type Object = Members<'a>;
    type Array = Items<'a>;
    type Number = &'a Number;

    fn as_object(&self) -> Option<Members<'a>> {
        match self {
            Self::Tree(Value::Object(members)) => Some(Members::Tree(members)),
            Self::Tape(node) => match node.kind() {
                Kind::Object(members) => Some(Members::Tape(members)),
                _ => None,
            },
            _ => None,
        }
    }

    fn as_array(&self) -> Option<Items<'a>> {
        match self {
            Self::Tree(Value::Array(items)) => Some(Items::Tree(items)),
            Self::Tape(node) => match node.kind() {
                Kind::List(items) => Some(Items::Tape(items)),
                _ => None,
            },
            _ => None,
        }
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<&'a Number> {
        match self {
            Self::Tree(Value::Number(number)) => Some(number),
            Self::Tape(node) => match node.kind() {
                Kind::Number(number) => Some(number),
                _ => None,
            },
            _ => None,
        }
    }

    fn as_boolean(&self) -> Option<bool> {
        match self {
            Self::Tree(value) => value.as_bool(),
            Self::Tape(node) => match node.kind() {
                Kind::Bool(flag) => Some(flag),
                _ => None,
            },
            Self::Name(_) => None,
        }
    }

    fn is_null(&self) -> bool {
        self.json_type() == JsonType::Null
    }

    fn json_type(&self) -> JsonType {
        match self {
            Self::Name(_) => JsonType::String,
            Self::Tree(value) => match value {
                Value::Null => JsonType::Null,
                Value::Bool(_) => JsonType::Boolean,
                Value::Number(_) => JsonType::Number,
                Value::String(_) => JsonType::String,
                Value::Array(_) => JsonType::Array,
                Value::Object(_) => JsonType::Object,
            },
            Self::Tape(node) => match node.kind() {
                Kind::Null => JsonType::Null,
                Kind::Bool(_) => JsonType::Boolean,
                Kind::Number(_) => JsonType::Number,
                Kind::Text(_) => JsonType::String,
                Kind::List(_) => JsonType::Array,
                Kind::Object(_) => JsonType::Object,
            },
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self, expected, self.as_str()) {
            (_, Value::String(expected), text) => text == Some(expected),
            (Self::Tree(value), ..) => cmp::equal(value, expected),
            _ => cmp::equal(&self.to_value(), expected),
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        match self {
            Self::Tree(value) => Cow::Borrowed(value),
            Self::Tape(node) => Cow::Owned(node.to_value()),
            Self::Name(name) => Cow::Owned(Value::from(*name)),
        }
    }

    fn identity(&self) -> Option<NodeIdentity> {
        Some(match self {
            Self::Tree(value) => NodeIdentity::new(std::ptr::from_ref(*value) as usize),
            Self::Tape(node) => {
                let (address, tag) = node.identity();
                NodeIdentity::tagged(address, tag)
            }
            Self::Name(name) => NodeIdentity::tagged(name.as_ptr() as usize, u32::MAX),
        })
    }
}

/// The members of an object.
#[derive(Clone, Copy)]
pub(super) enum Members<'a> {
    Tree(&'a Map<String, Value>),
    Tape(Children<'a>),
}

impl<'a> Object<'a, Instances> for Members<'a> {
    type Node = Instance<'a>;
    type MemberName = &'a str;
    type MembersIter = MembersIter<'a>;

    fn len(&self) -> usize {
        match self {
            Self::Tree(members) => members.len(),
            Self::Tape(members) => members.len(),
        }
    }

    fn get(&self, key: &String) -> Option<Instance<'a>> {
        if let Self::Tree(members) = self
            && members.len() > MAX_COMPARED
        {
            return members.get(key).map(Instance::Tree);
        }
        let mut members = self.members();
        let found = members.find(|(name, _)| name == key);
        found.map(|(_, value)| value)
    }

    fn members(&self) -> MembersIter<'a> {
        match self {
            Self::Tree(members) => MembersIter::Tree(members.iter()),
            Self::Tape(members) => MembersIter::Tape(*members),
        }
    }
}

/// The members that are still to come.
pub(super) enum MembersIter<'a> {
    Tree(serde_json::map::Iter<'a>),
    Tape(Children<'a>),
}

impl<'a> Iterator for MembersIter<'a> {
    type Item = (&'a str, Instance<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Tree(members) => {
                let (name, value) = members.next()?;
                Some((name, Instance::Tree(value)))
            }
            Self::Tape(members) => {
                let (name, value) = members.next_member()?;
                Some((name, Instance::Tape(value)))
            }
        }
    }
}

/// The items of a list.
#[derive(Clone, Copy)]
pub(super) enum Items<'a> {
    Tree(&'a [Value]),
    Tape(Children<'a>),
}

impl<'a> Array<'a, Instances> for Items<'a> {
    type Node = Instance<'a>;
    type ElementsIter = ItemsIter<'a>;

    fn len(&self) -> usize {
        match self {
            Self::Tree(items) => items.len(),
            Self::Tape(items) => items.len(),
        }
    }

    fn elements(&self) -> ItemsIter<'a> {
        match self {
            Self::Tree(items) => ItemsIter::Tree(items.iter()),
            Self::Tape(items) => ItemsIter::Tape(*items),
        }
    }
}

/// The items that are still to come.
pub(super) enum ItemsIter<'a> {
    Tree(std::slice::Iter<'a, Value>),
    Tape(Children<'a>),
}

impl<'a> Iterator for ItemsIter<'a> {
    type Item = Instance<'a>;

    fn next(&mut self) -> Option<Instance<'a>> {
        match self {
            Self::Tree(items) => items.next().map(Instance::Tree),
            Self::Tape(items) => items.next_item().map(Instance::Tape),
        }
    }
}
