//! Media types and ranges of them (RFC 9110, 8.3.1 and 12.5.1). Case and parameters do not matter.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A media type such as `application/json`, or a range such as `application/*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// In lower case, without parameters.
    name: String,
    slash: usize,
}

/// How a body of a media type is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON value (RFC 8259).
    Json,
    /// `application/x-www-form-urlencoded` (URL Standard, section 5).
    Form,
    /// `multipart/form-data` (RFC 7578) and other multipart types.
    Multipart,
    /// JSON values, each on a line of its own.
    Lines,
    /// `text/event-stream` (HTML Standard, section 9.2).
    Events,
    /// Characters, which are one string of the schema.
    Text,
    /// Bytes, which are not read.
    Binary,
}

impl MediaType {
    /// Parses the value of a `Content-Type` header; none if it is malformed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.split(';').next()?.trim().to_ascii_lowercase();
        let slash = name.find('/')?;
        let is_valid = is_token(&name[..slash]) && is_token(&name[slash + 1..]);
        is_valid.then_some(Self { name, slash })
    }

    /// Parses a media type of a spec.
    ///
    /// # Errors
    /// A sentence that quotes the malformed text.
    pub fn declared(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| format!("{text:?} is no media type"))
    }

    fn kind(&self) -> &str {
        &self.name[..self.slash]
    }

    fn subtype(&self) -> &str {
        &self.name[self.slash + 1..]
    }

    /// Whether it is a range and not a single type.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.subtype() == "*"
    }

    /// Whether it is JSON (RFC 8259, or the suffix of RFC 6839).
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.subtype() == "json" || self.subtype().ends_with("+json")
    }

    /// How a body of this type is read and written, as far as the type says it; a range includes JSON where it can.
    #[must_use]
    pub fn format(&self) -> Format {
        match (self.kind(), self.subtype()) {
            _ if self.is_json() => Format::Json,
            ("*" | "application", "*") => Format::Json,
            ("application", "x-www-form-urlencoded") => Format::Form,
            ("multipart", _) => Format::Multipart,
            ("text", "event-stream") => Format::Events,
            (_, subtype) if LINES.contains(&subtype) => Format::Lines,
            ("text", _) => Format::Text,
            (_, subtype) if is_text(subtype) => Format::Text,
            _ => Format::Binary,
        }
    }

    /// In lower case, without parameters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// How closely this type or range describes `other`: 0 is not at all, 3 is exactly.
    #[must_use]
    pub fn closeness(&self, other: &Self) -> u8 {
        match (self.kind(), self.subtype()) {
            _ if self.name == other.name => 3,
            (kind, "*") if kind == other.kind() => 2,
            ("*", "*") => 1,
            _ => 0,
        }
    }
}

/// The subtypes of JSON values on lines of their own, none of which is registered.
const LINES: [&str; 6] = [
    "jsonl",
    "x-jsonl",
    "json-lines",
    "jsonlines",
    "ndjson",
    "x-ndjson",
];

/// Whether a subtype of `application`, for example, is text (RFC 7303, RFC 9512).
fn is_text(subtype: &str) -> bool {
    let names = ["xml", "yaml"];
    names.iter().any(|name| {
        let before = subtype.strip_suffix(name);
        before.is_some_and(|before| matches!(before, "" | "x-") || before.ends_with('+'))
    })
}

impl fmt::Display for MediaType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// Whether a text is a token (RFC 9110, 5.6.2): a header's name, or half of a media type.
#[must_use]
pub fn is_token(text: &str) -> bool {
    let is_token_byte =
        |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token_byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media_type(text: &str) -> MediaType {
        MediaType::parse(text).unwrap()
    }

    #[test]
    fn case_and_parameters_do_not_matter() {
        let json = media_type("application/json; charset=utf-8");
        assert_eq!(json.closeness(&media_type("Application/JSON ; x")), 3);
    }

    #[test]
    fn the_closest_description_wins() {
        let json = media_type("application/json");
        assert_eq!(media_type("application/*").closeness(&json), 2);
        assert_eq!(media_type("*/*").closeness(&json), 1);
        assert_eq!(media_type("text/*").closeness(&json), 0);
    }

    #[test]
    fn malformed_media_types_are_rejected() {
        for text in ["", "json", "application/", "/json", "a b/c", "a/b/c"] {
            assert_eq!(MediaType::parse(text), None, "{text}");
        }
    }

    #[test]
    fn json_has_many_names() {
        for text in ["application/json", "text/json", "application/vnd.x+json"] {
            assert!(media_type(text).is_json(), "{text}");
        }
        assert!(!media_type("application/jsonl").is_json());
    }

    #[test]
    fn the_media_type_decides_the_format() {
        let cases = [
            ("application/problem+json", Format::Json),
            ("*/*", Format::Json),
            ("application/x-www-form-urlencoded", Format::Form),
            ("multipart/form-data", Format::Multipart),
            ("application/x-ndjson", Format::Lines),
            ("text/event-stream", Format::Events),
            ("text/*", Format::Text),
            ("text/csv", Format::Text),
            ("application/xml", Format::Text),
            ("application/atom+xml", Format::Text),
            ("application/x-yaml", Format::Text),
            ("image/svg+xml", Format::Text),
            ("image/*", Format::Binary),
            ("application/octet-stream", Format::Binary),
            ("application/notxml", Format::Binary),
        ];
        for (text, format) in cases {
            assert_eq!(media_type(text).format(), format, "{text}");
        }
    }
}
