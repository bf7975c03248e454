//! The members of an object that the spec does not name.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Reads members of type `T`, except those in `names`: the spec keeps them for responses, so they are dropped (OpenAPI,
/// `readOnly`).
///
/// # Errors
/// A member that is no `T`.
pub fn without<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    names: &[&str],
    deserializer: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let mut members = BTreeMap::<String, Value>::deserialize(deserializer)?;
    members.retain(|name, _| !names.contains(&name.as_str()));
    let members = members.into_iter();
    let members = members.map(|(name, value)| Ok((name, T::deserialize(value)?)));
    let members: Result<_, serde_json::Error> = members.collect();
    members.map_err(D::Error::custom)
}
