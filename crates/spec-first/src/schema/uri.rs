//! The URIs by which validators know the files of a spec, and the schemas in them. Nothing is ever fetched.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The directory of all files.
const BASE: &str = "spec:///";

/// The characters that neither a path, a query nor a fragment contains unencoded (RFC 3986, 3.3 to 3.5).
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The URI of the place at a JSON pointer in a file.
#[must_use]
pub fn place(file: &str, pointer: &str) -> String {
    format!("{BASE}{}{}", encode(file), fragment(pointer))
}

/// The reference to a place in the same file or resource: a fragment.
#[must_use]
pub fn fragment(pointer: &str) -> String {
    format!("#{}", encode(pointer))
}

/// The URI of a schema that is a resource of its own, as its `$id` has it: its place in the file is the query.
#[must_use]
pub fn resource(file: &str, pointer: &str) -> String {
    format!("{BASE}{}?{}", encode(file), encode(pointer))
}

/// The file and the pointer of the place that a URI has been made from; none if it is not one of this module's.
#[must_use]
pub fn parse(uri: &str) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    let (file, fragment) = split(uri.strip_prefix(BASE)?);
    let (file, resource) = file.split_once('?').unwrap_or((file, ""));
    let pointer = match resource {
        "" => decode(fragment),
        _ => decode(resource) + decode(fragment),
    };
    Some((decode(file), pointer))
}

/// A reference as its file and its pointer.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn decode(text: &str) -> Cow<'_, str> {
    match text.contains('%') {
        true => percent_decode_str(text).decode_utf8_lossy(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let pointer = "/paths/~1a b/{id}%?#";
        for uri in [
            place("an api#.yml", pointer),
            resource("an api#.yml", pointer),
        ] {
            let parsed = parse(&uri);
            assert_eq!(
                parsed,
                Some(("an api#.yml".into(), pointer.into())),
                "{uri}"
            );
        }
        let inner = format!("{}{}", resource("api.yml", "/a"), fragment("/b"));
        assert_eq!(parse(&inner), Some(("api.yml".into(), "/a/b".into())));
    }

    #[test]
    fn other_uris_are_not_places() {
        assert_eq!(parse("https://example.com/api.yml#/a"), None);
    }
}
