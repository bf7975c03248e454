//! Percent-encoding (RFC 3986, 2.1), decoded strictly and once.

use std::borrow::Cow;

/// Why a part of a URL cannot be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    /// A `%` without two hexadecimal digits.
    Escape,
    /// The bytes are not UTF-8.
    Text,
}

impl Malformed {
    /// The error as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Escape => "a % is not followed by two hexadecimal digits",
            Self::Text => "the bytes are not UTF-8",
        }
    }
}

/// Decodes `text`; a `+` is a plus.
pub(crate) fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if !text.bytes().any(|byte| byte == b'%') {
        return Ok(Cow::Borrowed(text));
    }
    if !has_whole_escapes(text.as_bytes()) {
        return Err(Malformed::Escape);
    }
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8();
    decoded.map_err(|_| Malformed::Text)
}

/// Decodes a name or value of a query, where `+` is a space (WHATWG URL, 5.1).
pub(crate) fn decode_query(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if !text.contains('+') {
        return decode(text);
    }
    let spaced = text.replace('+', " ");
    decode(&spaced).map(|decoded| Cow::Owned(decoded.into_owned()))
}

fn has_whole_escapes(bytes: &[u8]) -> bool {
    let mut escapes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    escapes.all(|(at, _)| {
        let digits = bytes.get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_is_decoded_once() {
        assert_eq!(decode("a%2Fb%252F+").unwrap(), "a/b%2F+");
        assert_eq!(decode("%F0%9F%A6%80").unwrap(), "🦀");
    }

    #[test]
    fn a_plus_is_a_space_only_in_a_query() {
        assert_eq!(decode_query("a+b%2B").unwrap(), "a b+");
    }

    #[test]
    fn malformed_escapes_and_malformed_text_are_different_errors() {
        for text in ["%", "%2", "%zz", "a%2", "%%41"] {
            assert_eq!(decode(text), Err(Malformed::Escape), "{text}");
        }
        assert_eq!(decode("%FF"), Err(Malformed::Text));
        assert_eq!(decode_query("+%ED%A0%80"), Err(Malformed::Text));
    }
}
