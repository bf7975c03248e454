//! What happens to a response that breaks the contract.

use actix_web::http::StatusCode;

use crate::problem::Problem;
use crate::settings::Responses;

/// Accepts a response of `operation` without violations, and handles others as the settings require.
///
/// # Errors
/// A 500 with the violations as its cause.
pub(crate) fn enforce(
    responses: Responses,
    operation: &str,
    status: StatusCode,
    violations: &[String],
) -> Result<(), Problem> {
    if violations.is_empty() || responses == Responses::Off {
        return Ok(());
    }
    let (status, violations) = (status.as_u16(), violations.join("; "));
    if responses == Responses::Report {
        tracing::error!(
            operation,
            status,
            violations,
            "the response breaks the contract"
        );
        return Ok(());
    }
    Err(Problem::internal(format_args!(
        "the response breaks the contract: status {status}: {violations}"
    )))
}

/// The violation of a response whose status the spec does not declare for `operation`: what would have to be in the spec.
pub(crate) fn undeclared(operation: &str, status: StatusCode) -> String {
    let status = status.as_u16();
    format!(
        "the status is not declared: declare {status} or default among the responses of {operation:?} in the spec"
    )
}
