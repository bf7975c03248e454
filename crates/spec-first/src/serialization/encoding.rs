//! How a text is encoded in its part of a request. A text is split before it is decoded, so that an encoded delimiter is part
//! of an item.

use std::borrow::Cow;

use crate::routing::percent::{self, Malformed};
use crate::serialization::shape::Delimiter;

/// How a text is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Percent-encoded (RFC 3986, 2.1).
    Path,
    /// Percent-encoded, and `+` is a space: a query or a form.
    Query,
    /// As it is (RFC 9110, 5.5), with optional blanks around items.
    Header,
    /// The items of lists and objects are percent-encoded, since commas and blanks cannot be in a cookie (RFC 6265, 4.1.1).
    /// What is no escape is as it is.
    Cookie,
    /// As it is: a part of a multipart form.
    Plain,
}

impl Encoding {
    /// Decodes a value that is no part of a list or of an object.
    pub fn decode_whole(self, text: &str) -> Result<Cow<'_, str>, Malformed> {
        match self {
            Self::Cookie | Self::Plain => Ok(Cow::Borrowed(text)),
            _ => self.decode(text),
        }
    }

    /// Decodes an item of a list, a member of an object, or its name.
    pub fn decode(self, text: &str) -> Result<Cow<'_, str>, Malformed> {
        match self {
            Self::Path => percent::decode(text),
            Self::Query => percent::decode_query(text),
            Self::Header => Ok(Cow::Borrowed(text.trim_matches([' ', '\t']))),
            Self::Cookie => Ok(percent::decode(text).unwrap_or(Cow::Borrowed(text))),
            Self::Plain => Ok(Cow::Borrowed(text)),
        }
    }

    /// The items of `text`, which are still to be decoded; at least one.
    pub fn split(self, text: &str, delimiter: Delimiter) -> Vec<&str> {
        split(text, self.separators(delimiter))
    }

    /// The items of `text` between commas that are percent-encoded.
    pub fn split_at_encoded_commas(text: &str) -> Vec<&str> {
        split(text, &["%2C", "%2c"])
    }

    /// The ways to write a delimiter. A comma is only a raw one, since an encoded one is part of an item.
    fn separators(self, delimiter: Delimiter) -> &'static [&'static str] {
        let is_url = matches!(self, Self::Path | Self::Query);
        match delimiter {
            Delimiter::Comma => &[","],
            Delimiter::Space if self == Self::Query => &["%20", "+", " "],
            Delimiter::Space if matches!(self, Self::Header | Self::Plain) => &[" "],
            Delimiter::Space => &["%20", " "],
            Delimiter::Pipe if is_url || self == Self::Cookie => &["|", "%7C", "%7c"],
            Delimiter::Pipe => &["|"],
            Delimiter::Tab if is_url || self == Self::Cookie => &["%09", "\t"],
            Delimiter::Tab => &["\t"],
        }
    }
}

/// Splits a text in one pass: it may be long, and full of separators or without one of them.
fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    let bytes = text.as_bytes();
    let mut items = Vec::new();
    let (mut begin, mut at) = (0, 0);
    while at < bytes.len() {
        let separator = separators
            .iter()
            .find(|it| bytes[at..].starts_with(it.as_bytes()));
        if let Some(separator) = separator {
            items.push(&text[begin..at]);
            begin = at + separator.len();
        }
        at += separator.map_or(1, |separator| separator.len());
    }
    items.push(&text[begin..]);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_split_before_it_is_decoded() {
        for (encoding, delimiter, text, items) in [
            (
                Encoding::Query,
                Delimiter::Comma,
                "a%2Cb,c",
                vec!["a%2Cb", "c"],
            ),
            (
                Encoding::Query,
                Delimiter::Space,
                "a%20b+c d",
                vec!["a", "b", "c", "d"],
            ),
            (
                Encoding::Path,
                Delimiter::Space,
                "a%20b+c",
                vec!["a", "b+c"],
            ),
            (
                Encoding::Query,
                Delimiter::Pipe,
                "a|b%7Cc%7cd",
                vec!["a", "b", "c", "d"],
            ),
            (
                Encoding::Header,
                Delimiter::Pipe,
                "a|b%7Cc",
                vec!["a", "b%7Cc"],
            ),
            (Encoding::Query, Delimiter::Tab, "a%09b", vec!["a", "b"]),
            (Encoding::Header, Delimiter::Tab, "a\tb", vec!["a", "b"]),
            (Encoding::Query, Delimiter::Comma, "", vec![""]),
            (Encoding::Query, Delimiter::Comma, ",é,", vec!["", "é", ""]),
        ] {
            assert_eq!(encoding.split(text, delimiter), items, "{text}");
        }
    }

    #[test]
    fn only_the_parts_of_a_cookie_are_decoded() {
        assert_eq!(Encoding::Cookie.decode_whole("a%20b"), Ok("a%20b".into()));
        assert_eq!(Encoding::Cookie.decode("a%20b"), Ok("a b".into()));
        assert_eq!(Encoding::Cookie.decode("100%"), Ok("100%".into()));
        assert_eq!(Encoding::Header.decode(" a%20b\t"), Ok("a%20b".into()));
    }
}
