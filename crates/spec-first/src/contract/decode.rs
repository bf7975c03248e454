//! What generated types decode with: defaults and additional members.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::decoder::{NotHeld, decode};
use crate::json;

/// The default of a member, from the JSON in the spec.
///
/// # Panics
/// If it is not a `T`; the build has validated it against its schema.
pub fn parse_default<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("the build has validated the default")
}

/// Decodes the members of an object that the spec does not name, except those in `names`: the spec declares them for
/// responses alone, so they are dropped (OpenAPI, `readOnly`).
///
/// # Errors
/// A member that is not a `T`.
pub fn decode_additional<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    names: &[&str],
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let mut members = BTreeMap::<String, Value>::deserialize(deserializer)?;
    if json::is_reading() && names.iter().any(|name| members.contains_key(*name)) {
        return Err(D::Error::custom("only a schema decides about this member"));
    }
    members.retain(|name, _| !names.contains(&name.as_str()));
    let members = members.into_iter();
    let members = members.map(|(name, value)| Ok((name, decode(value)?)));
    let members: Result<_, NotHeld> = members.collect();
    members.map_err(D::Error::custom)
}
