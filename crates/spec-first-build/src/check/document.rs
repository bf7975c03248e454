//! All checks of a document.

use super::default::InvalidDefault;
use super::{
    base_path, body_limit, contradiction, default, dialect, discriminator, endless, enumerated,
    example, format, ignored, inapplicable, keyword, lenient, null, operation, parameter, path,
    pattern, recursion, reference, requirement, response, route, rust_name, security, shape,
    sibling, spelling, style, undeclared,
};
use crate::document::Document;
use crate::schema::Schemas;
use crate::text::{Fault, Location};

/// What the checks found.
pub(crate) struct Report {
    /// What is wrong with the document, so that it cannot be served.
    pub faults: Vec<Fault>,
    /// What the server ignores although the document has it, and what is probably a mistake.
    pub warnings: Vec<Fault>,
    /// The schemas whose defaults are ignored, because they are invalid.
    pub ignored_defaults: Vec<Location>,
}

/// Checks `document`, whose schemas are `schemas`. What depends on schemas that are wrong is not checked.
pub(crate) fn document(document: &Document, schemas: &Schemas) -> Report {
    let mut faults = faults(document, schemas);
    let mut warnings = warnings(document);
    if faults.is_empty() {
        warnings.extend(discriminator::warnings(document, schemas));
        warnings.extend(contradiction::warnings(document, schemas));
        warnings.extend(endless::warnings(document));
        warnings.extend(enumerated::warnings(document, schemas));
        warnings.extend(enumerated::repeated(document));
        warnings.extend(example::warnings(document, schemas));
    }
    let mut ignored_defaults = Vec::new();
    for default in default::check(document, schemas, &faults) {
        let InvalidDefault {
            location,
            fault,
            is_ignored,
        } = default;
        match is_ignored {
            true => {
                ignored_defaults.push(location);
                warnings.extend(fault);
            }
            false => faults.extend(fault),
        }
    }
    document.sort(&mut faults);
    document.sort(&mut warnings);
    Report {
        faults,
        warnings,
        ignored_defaults,
    }
}

/// The warnings that hold whatever else is wrong.
fn warnings(document: &Document) -> Vec<Fault> {
    let mut warnings = ignored::warnings(document);
    warnings.extend(base_path::warnings(document));
    warnings.extend(operation::warnings(document));
    warnings.extend(parameter::warnings(document));
    warnings.extend(style::warnings(document));
    warnings.extend(lenient::warnings(document));
    warnings.extend(pattern::warnings(document));
    warnings.extend(null::warnings(document));
    warnings.extend(spelling::warnings(document));
    warnings.extend(undeclared::warnings(document));
    warnings.extend(response::warnings(document));
    warnings.extend(format::warnings(document));
    warnings.extend(sibling::warnings(document));
    warnings.extend(inapplicable::warnings(document));
    warnings.extend(reference::warnings(document));
    warnings.extend(requirement::warnings(document));
    warnings
}

/// What is wrong with the document, except with its defaults, whose schemas have to be right first.
fn faults(document: &Document, schemas: &Schemas) -> Vec<Fault> {
    let mut faults = document.faults().to_vec();
    faults.extend(reference::check(document));
    faults.extend(recursion::check(document));
    faults.extend(shape::check(document));
    faults.extend(dialect::check(document));
    faults.extend(keyword::check(document));
    faults.extend(discriminator::check(document, schemas.discriminators()));
    faults.extend(rust_name::check(document));
    faults.extend(body_limit::check(document));
    faults.extend(path::check(document));
    faults.extend(operation::check(document));
    faults.extend(route::check(document));
    faults.extend(parameter::check(document));
    faults.extend(security::check(document));
    faults
}
