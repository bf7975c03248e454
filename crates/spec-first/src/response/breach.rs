//! What happens to a response that breaks the contract.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::StatusCode;

use crate::problem::Problem;
use crate::settings::Responses;

/// How many responses of an operation broke the contract. All workers share it, since that is rare.
#[derive(Clone, Debug, Default)]
pub(crate) struct Breaches(Arc<AtomicU64>);

impl Breaches {
    pub fn number(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Accepts a response of `operation` without violations, and counts others and handles them as the settings require.
///
/// # Errors
/// A 500 with the violations as its cause.
pub(crate) fn enforce(
    responses: Responses,
    operation: &str,
    breaches: Option<&Breaches>,
    status: StatusCode,
    violations: &[String],
) -> Result<(), Problem> {
    if violations.is_empty() || responses == Responses::Off {
        return Ok(());
    }
    if let Some(breaches) = breaches {
        breaches.count();
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
