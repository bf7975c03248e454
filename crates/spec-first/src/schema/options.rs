//! The options that every validator has, and the keyword `readOnly` as a check.

use jsonschema::{Draft, Keyword, ValidationError, paths::Location};
use serde_json::{Map, Value};

use super::format::check_formats;
use super::instance::{Instance, Instances, Options};
use super::pattern::limit_patterns;

/// What a validator checks beyond the keywords that JSON Schema requires. By default formats are checked, and members that
/// are read-only are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checks {
    /// Whether `format` is checked: what JSON Schema defines and what OpenAPI adds to it. Unknown formats accept everything.
    pub formats: bool,
    /// Whether a member whose schema is `readOnly` is rejected. The build leaves the keyword at members of requests alone.
    pub reject_read_only: bool,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            formats: true,
            reject_read_only: false,
        }
    }
}

/// Options for validators that make these checks.
pub(super) fn options<'r>(draft: Draft, checks: Checks) -> Options<'r> {
    let options = jsonschema::options_for::<Instances>()
        .with_draft(draft)
        .should_validate_formats(checks.formats);
    let mut options = limit_patterns(options, draft);
    if checks.formats {
        options = check_formats(options, draft);
    }
    if checks.reject_read_only {
        options = options.with_keyword("readOnly", |_: &Map<_, _>, _: &Value, _: Location| {
            Compiled::Ok(Box::new(ReadOnly))
        });
    }
    options
}

/// What a compiled keyword is to `jsonschema`.
type Compiled = Result<Box<dyn for<'i> Keyword<'i, Instances>>, ValidationError<'static>>;

/// Rejects every value.
struct ReadOnly;

impl<'i> Keyword<'i, Instances> for ReadOnly {
    fn validate(&self, _: Instance<'i>) -> Result<(), ValidationError<'i>> {
        Err(ValidationError::custom(
            "it is read-only, so no request may have it",
        ))
    }

    fn is_valid(&self, _: Instance<'i>) -> bool {
        false
    }
}
