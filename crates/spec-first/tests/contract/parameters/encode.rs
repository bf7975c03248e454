//! Values as a client sends them, by RFC 6570 and OpenAPI's own styles. Written apart from the server, which reads them.

use serde_json::Value;

use super::random::Random;

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Form {
    /// `in` of the parameter.
    pub part: &'static str,
    /// `style`, or `collectionFormat`.
    pub style: &'static str,
    pub explode: bool,
}

/// A request for one parameter: what is in the path, in the query, and a header.
#[derive(Debug, Default)]
pub struct Sent {
    pub path: String,
    pub query: String,
    pub header: String,
}

impl Form {
    /// The request with the parameter `name`.
    pub fn send(self, name: &str, value: &Value, random: &mut Random) -> Sent {
        let text = self.text(name, value, random);
        let mut sent = Sent {
            path: "_".to_owned(),
            ..Sent::default()
        };
        match self.part {
            "path" => sent.path = text,
            "query" => sent.query = format!("?{text}"),
            "header" => sent.header = format!("{name}: {text}\r\n"),
            _ => sent.header = format!("Cookie: {text}\r\n"),
        }
        sent
    }

    fn text(self, name: &str, value: &Value, random: &mut Random) -> String {
        if self.style == "deepObject" {
            let mut fields = Vec::new();
            deep(&percent(name), value, random, &mut fields);
            return fields.join("&");
        }
        let named = matches!(self.part, "query" | "cookie");
        let own = |text: String| match named {
            true => format!("{}={text}", self.name(name)),
            false => text,
        };
        let before = match self.style {
            "label" => ".",
            "matrix" => ";",
            _ => "",
        };
        let assign = |name: &str, value: String| format!("{}={value}", self.name(name));
        let text = match value {
            Value::Array(items) if !self.explode => {
                let items: Vec<_> = items.iter().map(|item| self.item(item)).collect();
                self.own_matrix(name, items.join(self.separator()))
            }
            Value::Object(members) if !self.explode => {
                let parts = members.iter();
                let parts = parts.flat_map(|(name, value)| [self.name(name), self.item(value)]);
                self.own_matrix(name, parts.collect::<Vec<_>>().join(self.separator()))
            }
            Value::Array(items) => {
                let repeats = named || self.style == "matrix";
                let items = items.iter().map(|item| match repeats {
                    true => assign(name, self.item(item)),
                    false => self.item(item),
                });
                let items = items.collect::<Vec<_>>().join(self.exploded());
                return format!("{before}{items}");
            }
            Value::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| assign(name, self.item(value)));
                let members = members.collect::<Vec<_>>().join(self.exploded());
                return format!("{before}{members}");
            }
            scalar => self.own_matrix(name, self.whole(scalar)),
        };
        own(format!("{before}{text}"))
    }

    fn own_matrix(self, name: &str, text: String) -> String {
        match self.style {
            "matrix" => format!("{}={text}", self.name(name)),
            _ => text,
        }
    }

    /// Between items that are not exploded.
    fn separator(self) -> &'static str {
        match self.style {
            "spaceDelimited" | "ssv" if self.part == "header" => " ",
            "spaceDelimited" | "ssv" => "%20",
            "pipeDelimited" | "pipes" => "|",
            "tsv" if self.part == "header" => "\t",
            "tsv" => "%09",
            _ => ",",
        }
    }

    /// Between items that are.
    fn exploded(self) -> &'static str {
        match (self.style, self.part) {
            ("label", _) => ".",
            ("matrix", _) => ";",
            (_, "query") => "&",
            (_, "cookie") => "; ",
            _ => ",",
        }
    }

    fn name(self, name: &str) -> String {
        match self.part {
            "header" | "cookie" => name.to_owned(),
            _ => percent(name),
        }
    }

    fn item(self, value: &Value) -> String {
        match self.part {
            "header" => plain(value),
            _ => percent(&plain(value)),
        }
    }

    fn whole(self, value: &Value) -> String {
        match self.part {
            "header" | "cookie" => plain(value),
            _ => percent(&plain(value)),
        }
    }
}

/// The fields of a value inside an object, in one of the ways in which clients write them.
fn deep(name: &str, value: &Value, random: &mut Random, fields: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                deep(
                    &format!("{name}[{}]", percent(member)),
                    value,
                    random,
                    fields,
                );
            }
        }
        Value::Array(items) => {
            let is_nested = items.iter().any(|item| item.is_object() || item.is_array());
            let way = random.below(3);
            for (index, item) in items.iter().enumerate() {
                let name = match way {
                    0 if !is_nested => name.to_owned(),
                    1 if !is_nested => format!("{name}[]"),
                    _ => format!("{name}%5B{}]", index * 3),
                };
                deep(&name, item, random, fields);
            }
        }
        scalar => fields.push(format!("{name}={}", percent(&plain(scalar)))),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// All but letters, digits, `-`, `_` and `~` escaped: a point would be a delimiter in a label.
fn percent(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    });
    bytes.collect()
}
