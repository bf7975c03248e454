//! Absent, null and a value told apart.

use serde::{Deserialize, Deserializer};

/// Decodes a member that may be absent but not null.
///
/// # Errors
/// Null, or a value that is no `T`.
pub fn not_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
