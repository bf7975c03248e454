//! The server's own checks of formats, so that the build judges values as the server will.

use jsonschema::{Draft, ValidationOptions};

/// Options for a draft, with formats checked as the server checks them.
pub(crate) fn options<'r>(draft: Draft) -> ValidationOptions<'r> {
    let options = jsonschema::options()
        .with_draft(draft)
        .should_validate_formats(true);
    spec_first::schema::check_formats(options, draft)
}
