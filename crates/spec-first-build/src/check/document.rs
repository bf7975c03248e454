//! All checks of a document.

use super::default::InvalidDefault;
use super::{
    base_path, contradiction, default, discriminator, enumerated, example, format, ignored, keyword, null, operation, parameter, path, reference, response, rust_name, security, shape, spelling, undeclared,
};
use crate::document::Document;
use crate::schema::Schemas;
use crate::text::{Fault, Location};

/// What the checks found in a document that can be served.
pub(crate) struct Report {
    /// What the server ignores although the document has it.
    pub warnings: Vec<Fault>,
    /// The schemas whose defaults are ignored, because they are invalid.
    pub ignored_defaults: Vec<Location>,
}

/// Checks `document`, whose schemas are `schemas`.
///
/// # Errors
/// Everything that is wrong with the document, in its order.
pub(crate) fn document(document: &Document, schemas: &Schemas) -> Result<Report, Vec<Fault>> {
    sound(document, faults(document, schemas))?;
    let (ignored, wrong): (Vec<_>, Vec<_>) = default::check(document, schemas)
        .into_iter()
        .partition(|default| default.is_ignored);
    sound(
        document,
        wrong.into_iter().filter_map(|it| it.fault).collect(),
    )?;
    let mut warnings = ignored::warnings(document);
    warnings.extend(null::warnings(document));
    warnings.extend(spelling::warnings(document));
    warnings.extend(undeclared::warnings(document));
    warnings.extend(response::warnings(document));
    warnings.extend(format::warnings(document));
    warnings.extend(reference::warnings(document));
    warnings.extend(contradiction::warnings(document, schemas));
    warnings.extend(enumerated::warnings(document, schemas));
    warnings.extend(example::warnings(document, schemas));
    warnings.extend(discriminator::warnings(document, schemas.discriminators()));
    let mut ignored_defaults = Vec::new();
    for InvalidDefault {
        location, fault, ..
    } in ignored
    {
        ignored_defaults.push(location);
        warnings.extend(fault);
    }
    document.sort(&mut warnings);
    Ok(Report {
        warnings,
        ignored_defaults,
    })
}

/// What is wrong with the document, except with its defaults, whose schemas have to be right first.
fn faults(document: &Document, schemas: &Schemas) -> Vec<Fault> {
    let mut faults = document.faults().to_vec();
    faults.extend(reference::check(document));
    faults.extend(shape::check(document));
    faults.extend(base_path::check(document));
    faults.extend(keyword::check(document));
    faults.extend(discriminator::check(document, schemas.discriminators()));
    faults.extend(rust_name::check(document));
    faults.extend(path::check(document));
    faults.extend(operation::check(document));
    faults.extend(parameter::check(document));
    faults.extend(security::check(document));
    faults
}

fn sound(document: &Document, mut faults: Vec<Fault>) -> Result<(), Vec<Fault>> {
    if faults.is_empty() {
        return Ok(());
    }
    document.sort(&mut faults);
    Err(faults)
}
