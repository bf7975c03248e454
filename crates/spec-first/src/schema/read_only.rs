//! The keyword `readOnly`, as a check: a request must not have such a member. The build puts it on members alone.

use jsonschema::{Keyword, ValidationError, ValidationOptions, paths::Location};
use serde_json::{Map, Value};

/// What a compiled keyword is to `jsonschema`.
type Compiled = Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'static>>;

/// The same options, with every value of a schema that is `readOnly` refused.
pub(crate) fn refuse_read_only(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    options.with_keyword("readOnly", |_: &Map<_, _>, _: &Value, _: Location| {
        Compiled::Ok(Box::new(ReadOnly))
    })
}

struct ReadOnly;

impl<'i> Keyword<'i> for ReadOnly {
    fn validate(&self, _: &'i Value) -> Result<(), ValidationError<'i>> {
        Err(ValidationError::custom(
            "it is read-only, so no request may have it",
        ))
    }

    fn is_valid(&self, _: &'i Value) -> bool {
        false
    }
}
