//! Schema errors as sentences of a sane length.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use crate::schema::{cut_at, show};

/// The longest sentence, in characters; the names of unknown members come from outside, too.
const SENTENCE_LENGTH: usize = 400;

/// What is wrong with the value.
pub(crate) fn sentence(error: &ValidationError<'_>) -> String {
    let value = show(error.instance());
    match error.kind() {
        ValidationErrorKind::FalseSchema => format!("{value} is not allowed here"),
        ValidationErrorKind::PropertyNames { error } => sentence(error),
        _ => cut_at(SENTENCE_LENGTH, error.masked_with(value)),
    }
}
