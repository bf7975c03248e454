//! Examples from the spec: what the mock answers.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::document::OperationEntry;
use crate::problem::Problem;

/// The example of each operation that has one, by its id, and of each header, by the operation's id and its name. The
/// generated mock can't be handed a contract, and it belongs to one.
static EXAMPLES: OnceLock<HashMap<String, Value>> = OnceLock::new();

/// Makes the examples known to the mock. Later calls change nothing: a program has one contract.
pub(super) fn install(operations: &[OperationEntry]) {
    let bodies = operations
        .iter()
        .map(|it| (it.id.clone(), it.example.first()));
    let headers = operations.iter().flat_map(|it| {
        let headers = it.responses.iter().flat_map(|response| &response.headers);
        headers.map(|header| (format!("{} {}", it.id, header.name), header.example.first()))
    });
    let examples = bodies.chain(headers);
    let examples = examples.filter_map(|(name, example)| Some((name, example?.clone())));
    let examples: HashMap<_, _> = examples.collect();
    if !examples.is_empty() {
        let _ = EXAMPLES.set(examples);
    }
}

/// The example `name`: an operation's id or, for a header, the id, a space and the header's name.
///
/// # Errors
/// 501 if the spec has none and none could be made; 500 if it does not fit the generated type.
pub fn example<T: DeserializeOwned>(name: &str) -> Result<T, Problem> {
    let example = EXAMPLES.get().and_then(|examples| examples.get(name));
    let example = example.ok_or_else(|| {
        Problem::not_implemented("the spec has no example of this answer, and none could be made")
    })?;
    T::deserialize(example).map_err(Problem::internal)
}
