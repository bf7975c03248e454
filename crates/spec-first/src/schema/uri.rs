//! The URIs by which validators know the files of a spec, and the schemas in them. Nothing is ever fetched.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use jsonschema::Uri;

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

/// A reference as its file and its pointer.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The file and the pointer that the URI of a place has been made from.
pub(super) fn parse(uri: &Uri<String>) -> (String, String) {
    let file = uri.path().as_str().trim_start_matches('/');
    let resource = uri.query().map_or("", |query| query.as_str());
    let fragment = uri.fragment().map_or("", |fragment| fragment.as_str());
    (decode(file), decode(&format!("{resource}{fragment}")))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
