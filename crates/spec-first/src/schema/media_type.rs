//! Media types and ranges of them (RFC 9110, 8.3.1 and 12.5.1). Case and parameters do not matter.

use std::fmt;

/// A media type such as `application/json`, or a range such as `application/*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// In lower case, without parameters.
    name: String,
    slash: usize,
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
}
