//! Defaults that the spec gives.

use serde::de::DeserializeOwned;

/// The value that JSON from the spec stands for.
///
/// # Panics
/// If it is no `T`; the build has checked it against its schema.
pub fn preset<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("the build has checked the default")
}
