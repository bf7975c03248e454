//! `oneOf` and `anyOf`: the first branch whose schema accepts a value is the variant that is decoded, and no other branch of `oneOf`
//! may accept what a variant encodes.

use std::sync::{Arc, OnceLock};

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::Value;

use super::document::{Discriminator, UnionEntry, View};
use super::schemas::Schemas;
use super::source::Source;
use crate::decoder::NotHeld;
use crate::json;
use crate::schema::Schema;
use crate::settings::Settings;

/// The branches of one union.
#[derive(Debug, Default)]
struct Branches {
    schemas: Vec<Arc<Schema>>,
    /// Whether no more than one of them may accept a value.
    is_exclusive: bool,
    discriminator: Option<Discriminator>,
}

/// The unions of a spec, by their numbers in the contract. They are in a static, since serde passes no contract to the generated
/// types when it deserializes them.
#[derive(Debug)]
pub struct Unions {
    source: Source,
    branches: OnceLock<Vec<Branches>>,
}

impl Unions {
    /// The unions of a contract. They are those of the server, or found when the first one is decoded.
    pub(crate) const fn new(source: Source) -> Self {
        Self {
            source,
            branches: OnceLock::new(),
        }
    }

    /// What the contract is read from.
    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// Decodes a value as the first branch that accepts it; `decode` decodes the branch with a number.
    ///
    /// # Errors
    /// No branch accepts the value, or the type of the branch cannot represent it.
    pub fn decode<T, E: Error>(
        &'static self,
        union: usize,
        value: Value,
        decode: impl FnOnce(usize, Value) -> Option<Result<T, NotHeld>>,
    ) -> Result<T, E> {
        let source = &self.source;
        let branches = self.branches.get_or_init(|| without_server(source));
        let chosen = branches.get(union).and_then(|it| it.choose(value));
        let decoded = chosen.and_then(|(branch, value)| decode(branch, value));
        match decoded {
            Some(decoded) => decoded.map_err(E::custom),
            None => Err(E::custom("no branch of the union accepts the value")),
        }
    }

    /// Encodes a value of the variant for a branch. Where no schema validates what is written as a whole, no other branch may accept
    /// it.
    ///
    /// # Errors
    /// Another branch may accept the value, or the value cannot be encoded.
    pub fn encode<T: Serialize, S: Serializer>(
        &'static self,
        union: usize,
        branch: usize,
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if json::is_writing() {
            let source = &self.source;
            let branches = self.branches.get_or_init(|| without_server(source));
            let branches = branches.get(union);
            if !branches.is_some_and(|it| it.is_of_one(branch, value)) {
                return Err(S::Error::custom("several branches accept the value"));
            }
        }
        value.serialize(serializer)
    }

    /// Uses the schemas of a server, which has settings of its own.
    pub(crate) fn install(&self, unions: &[UnionEntry], schemas: &Schemas) {
        // A second server in the same process uses those of the first one, which differ at most in settings.
        let _ = self.branches.set(branches(unions, schemas));
    }
}

impl Branches {
    /// The number of the first branch that accepts the value, which is handed from branch to branch and never cloned. A value that
    /// no schema has accepted as a whole must be one of no other branch, if the schema requires that. Where a property names the
    /// branch, no other one is tried.
    fn choose(&self, value: Value) -> Option<(usize, Value)> {
        if let Some(discriminator) = &self.discriminator {
            let number = discriminator.branch(&value)?;
            let value = self.schemas.get(number)?.validate(value).ok()?;
            return Some((number, value));
        }
        let (number, value) = accepting(&self.schemas, value).ok()?;
        if !self.is_exclusive || !json::is_reading() {
            return Some((number, value));
        }
        let value = accepting(&self.schemas[number + 1..], value).err()?;
        Some((number, value))
    }

    /// Whether no branch but one accepts the value, if the schema requires that.
    fn is_of_one(&self, branch: usize, value: &impl Serialize) -> bool {
        let mut others = self.schemas.iter().enumerate();
        !self.is_exclusive
            || json::without_writing(|| {
                others.all(|(number, schema)| number == branch || schema.rejects(value))
            })
    }
}

impl Discriminator {
    /// The number of the branch that a value names.
    fn branch(&self, value: &Value) -> Option<usize> {
        let name = value.get(&self.property)?.as_str()?;
        let mut branches = self.names.iter();
        branches.position(|names| names.iter().any(|it| it == name))
    }
}

/// The number of the first schema that accepts the value; the value if none does.
fn accepting(schemas: &[Arc<Schema>], mut value: Value) -> Result<(usize, Value), Value> {
    for (number, schema) in schemas.iter().enumerate() {
        match schema.validate(value) {
            Ok(value) => return Ok((number, value)),
            Err(rejection) => value = rejection.into_value(),
        }
    }
    Err(value)
}

/// The branches of a contract with default settings, since there is no server.
fn without_server(source: &'static Source) -> Vec<Branches> {
    let branches = source.document().ok().map(|document| {
        let schemas = Schemas::new(source, &document, &Settings::default());
        branches(&document.unions, &schemas)
    });
    branches.unwrap_or_default()
}

fn branches(unions: &[UnionEntry], schemas: &Schemas) -> Vec<Branches> {
    let branches = unions.iter().map(|union| {
        let branches = union.branches.iter().map(|branch| match union.view {
            View::Request => schemas.request(branch),
            View::Response => schemas.response(branch),
        });
        Branches {
            schemas: branches.collect(),
            is_exclusive: union.exclusive,
            discriminator: union.discriminator.clone(),
        }
    });
    branches.collect()
}

/// Decodes a value by the name that it has as its `property`, for [`decode_subtypes`](crate::decode_subtypes).
///
/// # Errors
/// No variant has the name, or its type does not hold the value.
pub fn decode_named<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    property: &str,
    decode: impl FnOnce(Option<&str>, Value) -> Option<Result<T, NotHeld>>,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let name = value.get(property).and_then(Value::as_str);
    let name = name.map(str::to_owned);
    match decode(name.as_deref(), value) {
        Some(decoded) => decoded.map_err(D::Error::custom),
        None => Err(D::Error::custom("the value names no variant")),
    }
}

/// Implements `Deserialize` for a generated enum: the spec, the number of the union in it, and each branch with its variant.
#[macro_export]
macro_rules! decode_union {
    ($name:ident, $spec:path, $union:literal, { $($branch:literal => $variant:ident),* $(,)? }) => {
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                let value = $crate::serde::Deserialize::deserialize(deserializer)?;
                $spec.unions().decode($union, value, |branch, value| match branch {
                    $($branch => Some($crate::contract::decode(value).map($name::$variant)),)*
                    _ => None,
                })
            }
        }
    };
}

/// Implements `Serialize` for a generated enum of which no two variants may be alike, as [`decode_union`](crate::decode_union).
#[macro_export]
macro_rules! encode_union {
    ($name:ident, $spec:path, $union:literal, { $($branch:literal => $variant:ident),* $(,)? }) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<__S: $crate::serde::Serializer>(&self, serializer: __S) -> Result<__S::Ok, __S::Error> {
                match self {
                    $(Self::$variant(value) => $spec.unions().encode($union, $branch, value, serializer),)*
                }
            }
        }
    };
}

/// Implements `Deserialize` for a generated enum of the schemas that inherit from another one: the property that names one of
/// them, the names of each variant, and the variant for every other object, if there is one.
#[macro_export]
macro_rules! decode_subtypes {
    ($name:ident, $property:literal, { $($($wire:literal)|+ => $variant:ident),* $(,)? } $(, $base:ident)?) => {
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::contract::decode_named(deserializer, $property, |name, value| match name {
                    $($(Some($wire))|+ => Some($crate::contract::decode(value).map($name::$variant)),)*
                    _ => $crate::decode_subtypes!(@other $name value $($base)?),
                })
            }
        }
    };
    (@other $name:ident $value:ident $base:ident) => { Some($crate::contract::decode($value).map($name::$base)) };
    (@other $name:ident $value:ident) => {{ let _ = $value; None }};
}

/// Implements `Validate` for a generated enum: the variants whose types have rules are validated, by those or by a function.
#[macro_export]
macro_rules! validate_union {
    ($name:ident, { $($variant:ident $(: $rules:ident)?),* $(,)? }) => {
        impl $crate::validator::Validate for $name {
            fn validate(&self) -> Result<(), $crate::validator::ValidationErrors> {
                $(if let Self::$variant(value) = self {
                    return $crate::validate_union!(@value value $($rules)?);
                })*
                Ok(())
            }
        }
    };
    (@value $value:ident) => { $value.validate() };
    (@value $value:ident $rules:ident) => { $crate::rule::whole($rules($value)) };
}

/// Implements `Validate` for a generated struct around a list or a map, by the function for its rules.
#[macro_export]
macro_rules! validate_newtype {
    ($name:ident, $rules:ident) => {
        impl $crate::validator::Validate for $name {
            fn validate(&self) -> Result<(), $crate::validator::ValidationErrors> {
                $crate::rule::whole($rules(self))
            }
        }
    };
}
