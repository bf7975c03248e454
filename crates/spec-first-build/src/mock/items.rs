//! Examples of bodies that are sent item by item.

use serde_json::Value;

/// The items of an example: those of a list, the lines of a text if each of them is JSON, or the example itself.
pub fn of(example: Value) -> Vec<Value> {
    match example {
        Value::Array(items) => items,
        Value::String(text) => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let parsed: Result<Vec<Value>, _> = lines.map(serde_json::from_str).collect();
            match parsed {
                Ok(items) if !items.is_empty() => items,
                _ => vec![Value::String(text)],
            }
        }
        other => vec![other],
    }
}
