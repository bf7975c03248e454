//! `oneOf` and `anyOf`: the branch that the schema accepts is the variant that is decoded.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde::de::{DeserializeOwned, Error};
use serde_json::Value;

use super::compile::Schemas;
use super::document::{Seen, UnionEntry};
use super::schema::Schema;

/// The branches of each union, by the type's name. Generated types can't be handed a contract, and they belong to one.
static BRANCHES: OnceLock<HashMap<String, Vec<Arc<Schema>>>> = OnceLock::new();

/// Makes the branches known to the generated types. Later calls change nothing: a program has one contract.
pub(super) fn install(unions: &[UnionEntry], schemas: &Schemas) {
    let branches = unions.iter().map(|union| {
        let branches = union.branches.iter().map(|branch| match union.seen {
            Seen::ByRequests => schemas.request(branch),
            Seen::ByResponses => schemas.response(branch),
        });
        (union.name.clone(), branches.collect())
    });
    let branches: HashMap<_, _> = branches.collect();
    if !branches.is_empty() {
        let _ = BRANCHES.set(branches);
    }
}

/// The first branch of the union that is the type `name` that accepts `value`; none if the union is not known.
pub fn branch(name: &str, value: &Value) -> Option<usize> {
    let branches = BRANCHES.get()?.get(name)?;
    branches
        .iter()
        .position(|branch| branch.check(value.clone()).is_ok())
}

/// Decodes `value` as the branch with the number `index`, if that is the one. As long as no contract is loaded, the first that
/// can be decoded is.
pub fn attempt<T: DeserializeOwned, E: Error>(
    chosen: Option<usize>,
    index: usize,
    value: &Value,
) -> Option<Result<T, E>> {
    match chosen {
        Some(chosen) if chosen != index => None,
        Some(_) => Some(T::deserialize(value.clone()).map_err(E::custom)),
        None => T::deserialize(value.clone()).ok().map(Ok),
    }
}

/// Implements `Deserialize` for a generated enum: the numbers of the branches, each with its variant.
#[macro_export]
macro_rules! decode_union {
    ($name:ident, { $($index:literal => $variant:ident),* $(,)? }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let chosen = $crate::contract::branch(stringify!($name), &value);
                $(if let Some(decoded) = $crate::contract::attempt(chosen, $index, &value) {
                    return decoded.map($name::$variant);
                })*
                Err(serde::de::Error::custom("none of the alternatives fits"))
            }
        }
    };
}

/// Implements `Validate` for a generated enum: the variants that hold rules are asked.
#[macro_export]
macro_rules! rule_union {
    ($name:ident, { $($variant:ident),* $(,)? }) => {
        impl validator::Validate for $name {
            fn validate(&self) -> Result<(), validator::ValidationErrors> {
                $(if let Self::$variant(value) = self {
                    return value.validate();
                })*
                Ok(())
            }
        }
    };
}
