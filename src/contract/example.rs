//! Examples from the spec: what the mock answers.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::document::OperationEntry;
use crate::problem::Problem;

/// The example of each operation that has one. The generated mock can't be handed a contract, and it belongs to one.
static EXAMPLES: OnceLock<HashMap<String, Value>> = OnceLock::new();

/// Makes the examples known to the mock. Later calls change nothing: a program has one contract.
pub(super) fn install(operations: &[OperationEntry]) {
    let examples = operations.iter();
    let examples = examples.filter_map(|it| Some((it.id.clone(), it.example.first()?.clone())));
    let examples: HashMap<_, _> = examples.collect();
    if !examples.is_empty() {
        let _ = EXAMPLES.set(examples);
    }
}

/// The example for the success of the operation `id`.
///
/// # Errors
/// 501 if the spec has none and none could be made; 500 if it does not fit the generated type.
pub fn example<T: DeserializeOwned>(id: &str) -> Result<T, Problem> {
    let example = EXAMPLES.get().and_then(|examples| examples.get(id));
    let example = example.ok_or_else(|| {
        Problem::not_implemented("the spec has no example of this answer, and none could be made")
    })?;
    T::deserialize(example).map_err(Problem::internal)
}
