//! Examples from the spec: what the mock answers.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Problem;

/// The example of each operation that has one, by its id, and of each header, by the operation's id and its name. Read when
/// the mock first asks; no other program does.
static EXAMPLES: LazyLock<HashMap<String, Value>> = LazyLock::new(|| {
    let examples = include_str!(concat!(env!("OUT_DIR"), "/examples.json"));
    serde_json::from_str(examples).expect("the build has written it")
});

/// The example `name`: an operation's id or, for a header, the id, a space and the header's name.
///
/// # Errors
/// 501 if the spec has none and none could be made; 500 if it does not fit the generated type.
pub fn example<T: DeserializeOwned>(name: &str) -> Result<T, Problem> {
    let example = EXAMPLES.get(name).ok_or_else(|| {
        Problem::not_implemented("the spec has no example of this answer, and none could be made")
    })?;
    T::deserialize(example).map_err(Problem::internal)
}
