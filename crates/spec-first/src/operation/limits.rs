//! What is not supported yet of the operations, in the log once at the start.

use crate::spec::document::OperationEntry;

/// Logs a warning if an operation is answered with 501, and one for each parameter that is ignored. A server that is `partial`
/// serves the operation, but logs that another one would not.
pub(super) fn warn(entry: &OperationEntry, partial: bool) {
    let operation = &entry.id;
    if let Some(cause) = &entry.unsupported {
        match partial {
            true => tracing::warn!(
                operation,
                cause,
                "only a mock serves this operation: others answer 501"
            ),
            false => tracing::warn!(operation, cause, "the operation answers 501"),
        }
    }
    for ignored in &entry.ignored_parameters {
        let (parameter, cause) = (&ignored.name, &ignored.cause);
        tracing::warn!(
            operation,
            parameter,
            cause,
            "the parameter is neither checked nor passed to the handler"
        );
    }
}
