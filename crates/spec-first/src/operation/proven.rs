//! What is sent without a check by its schema, since its type and the rules of its type are proven to enforce the schema.

use serde::Serialize;

use crate::json;
use crate::operation::call::{Rules, verify_proof};
use crate::problem::Problem;
use crate::response::content::Content;

/// The JSON of a body, or of a `part` of it, if its content is proven and its rules accept it; none if its schema has to decide.
///
/// # Errors
/// In debug builds a 500 if the schema rejects the body, or if the JSON is not what `serde_json` writes.
pub(super) fn write<T: Serialize>(
    content: &Content,
    part: impl FnOnce() -> String,
    rules: Rules<T>,
    body: &T,
) -> Result<Option<Vec<u8>>, Problem> {
    let Some(proven) = content.proven.filter(|_| rules(body).is_ok()) else {
        return Ok(None);
    };
    let Some((bytes, count)) = json::write(body) else {
        return Ok(None);
    };
    if !proven.allows(count) {
        return Ok(None);
    }
    verify_proof(|| verify(content, &part(), body, &bytes))?;
    Ok(Some(bytes))
}

/// Checks the same by the schema.
fn verify<T: Serialize>(
    content: &Content,
    part: &str,
    body: &T,
    bytes: &[u8],
) -> Result<(), String> {
    let value = serde_json::to_value(body).map_err(|error| error.to_string())?;
    let violations = content.violations(part, value);
    if !violations.is_empty() {
        return Err(violations.join("; "));
    }
    let expected = serde_json::to_vec(body).map_err(|error| error.to_string())?;
    match bytes == expected {
        true => Ok(()),
        false => Err("its JSON is written in another way".to_owned()),
    }
}
