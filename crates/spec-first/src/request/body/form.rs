//! `application/x-www-form-urlencoded` (URL Standard, section 5.1).

use std::borrow::Cow;

use serde_json::Value;

use super::fields::{Fields, MAX_FIELDS, too_many};
use super::invalid;
use crate::problem::Problem;
use crate::request::pairs::Pairs;
use crate::schema::{Dialect, Schema};
use crate::serialization::Encoding;

/// The validated value of a form.
///
/// # Errors
/// A 400.
pub(super) fn read(
    text: &str,
    fields: &Fields,
    schema: Option<&Schema>,
    dialect: Dialect,
    strict: bool,
) -> Result<Value, Problem> {
    let count = text.bytes().filter(|byte| *byte == b'&').take(MAX_FIELDS);
    if count.count() == MAX_FIELDS {
        return Err(too_many());
    }
    let pairs = Pairs::parse(text).map_err(|malformed| invalid(malformed.sentence()))?;
    let mut form = fields.form();
    for (name, text) in pairs.iter() {
        match fields.owner(name) {
            Some((index, member)) => form.add(index, member, Cow::Borrowed(text)),
            None => {
                let decoded = Encoding::Query.decode(text);
                let decoded = decoded.map_err(|malformed| invalid(malformed.sentence()))?;
                form.add_unknown(name.to_owned(), decoded);
            }
        }
    }
    fields.check(form, schema, Encoding::Query, dialect, strict)
}
