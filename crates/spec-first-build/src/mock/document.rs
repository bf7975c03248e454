//! Examples of texts whose schema describes a value and not the text: XML, YAML or a table, written from such a value.

use std::fmt::Write;

use serde_json::{Map, Value, json};

/// The text of `value` as a media type; a word if there is no value.
pub fn example(media_type: &str, value: Option<Value>) -> String {
    let Some(value) = value else {
        return "text".to_owned();
    };
    if media_type.contains("xml") {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        match value {
            Value::Array(items) => element(&mut text, "values", &json!({ "value": items })),
            other => element(&mut text, "value", &other),
        }
        return text;
    }
    match media_type.contains("csv") {
        true => table(&value),
        // JSON is YAML, too.
        false => value.to_string(),
    }
}

/// Writes a value as an element: members are elements of their names, and items are elements of the list's name.
fn element(text: &mut String, name: &str, value: &Value) {
    if let Value::Array(items) = value {
        items.iter().for_each(|item| element(text, name, item));
        return;
    }
    let name = element_name(name);
    // Writing to a string cannot fail.
    let _ = write!(text, "<{name}>");
    match value {
        Value::Object(members) => {
            members
                .iter()
                .for_each(|(name, value)| element(text, name, value));
        }
        Value::String(plain) => {
            let escaped = plain.replace('&', "&amp;").replace('<', "&lt;");
            text.push_str(&escaped.replace('>', "&gt;"));
        }
        Value::Null => {}
        other => text.push_str(&other.to_string()),
    }
    let _ = write!(text, "</{name}>");
}

/// The name, without what an element's name cannot contain.
fn element_name(name: &str) -> String {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let name = name.replace(|letter: char| !is_part(letter), "_");
    match name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        true => name,
        false => format!("_{name}"),
    }
}

/// A line of names and a line for each object (RFC 4180).
fn table(value: &Value) -> String {
    let one = std::slice::from_ref(value);
    let rows = value.as_array().map_or(one, Vec::as_slice);
    let head = rows.first().and_then(Value::as_object).map(Map::keys);
    let names: Vec<_> = head.into_iter().flatten().collect();
    let mut lines = vec![names.iter().map(|name| cell(name)).collect::<Vec<_>>()];
    lines.extend(rows.iter().map(|row| match row {
        Value::Object(members) => {
            let cells = names.iter().map(|name| members.get(*name));
            cells
                .map(|value| value.map_or(String::new(), text_of))
                .collect()
        }
        other => vec![text_of(other)],
    }));
    lines.retain(|cells| !cells.is_empty());
    lines
        .iter()
        .map(|cells| format!("{}\r\n", cells.join(",")))
        .collect()
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => cell(text),
        Value::Null => String::new(),
        other => cell(&other.to_string()),
    }
}

fn cell(text: &str) -> String {
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_in_its_format() {
        let pets = json!([{ "name": "A & <B>", "1 age": 2, "tags": ["x", "y"] }, { "name": "C,\"D\"", "1 age": null }]);
        for (media_type, expected) in [
            (
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<values><value><name>A &amp; &lt;B&gt;</name><_1_age>2</_1_age>\
                 <tags>x</tags><tags>y</tags></value><value><name>C,\"D\"</name><_1_age></_1_age></value></values>",
            ),
            (
                "text/csv",
                "name,1 age,tags\r\nA & <B>,2,\"[\"\"x\"\",\"\"y\"\"]\"\r\n\"C,\"\"D\"\"\",,\r\n",
            ),
            ("application/yaml", &pets.to_string()),
        ] {
            assert_eq!(example(media_type, Some(pets.clone())), expected);
        }
        assert_eq!(example("text/html", None), "text");
        assert_eq!(example("text/csv", Some(json!(["a", 1]))), "a\r\n1\r\n");
    }
}
