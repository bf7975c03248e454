//! Strings made from a schema: of its format, of its pattern, of its length.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value};
use spec_first::schema::rust_regex;

/// A string that most likely fits the schema.
pub fn make(schema: &Map<String, Value>) -> String {
    let word = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
    let mut text = match (word("format").and_then(of_format), word("pattern")) {
        (Some(known), _) => known.to_owned(),
        (None, Some(ecma)) => of_pattern(ecma).unwrap_or_default(),
        (None, None) => "string".to_owned(),
    };
    let length = |keyword: &str| {
        schema
            .get(keyword)
            .and_then(Value::as_u64)
            .map(|length| length as usize)
    };
    let (least, count) = (
        length("minLength").unwrap_or(0).min(100_000),
        text.chars().count(),
    );
    text.extend(std::iter::repeat_n(
        text.chars().last().unwrap_or('x'),
        least.saturating_sub(count),
    ));
    text.chars()
        .take(length("maxLength").unwrap_or(usize::MAX))
        .collect()
}

fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "2020-02-29",
        "date-time" => "2020-02-29T12:30:00Z",
        "time" => "12:30:00Z",
        "duration" => "P1D",
        "email" | "idn-email" => "somebody@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "iri" | "url" => "https://example.com/",
        "uri-reference" | "iri-reference" => "/example",
        "uri-template" => "/example/{id}",
        "uuid" => "123e4567-e89b-12d3-a456-426614174000",
        "json-pointer" => "/example",
        "relative-json-pointer" => "0",
        "regex" => "^example$",
        "byte" => "ZXhhbXBsZQ==",
        _ => return None,
    })
}

/// The shortest text that a pattern suggests; none for a pattern with look-around.
///
/// Not `jsonschema_regex::pattern_witness`: that returns none for more than 64 repetitions, such as the digits of a SHA-512.
fn of_pattern(ecma: &str) -> Option<String> {
    let mut text = String::new();
    write(&regex_syntax::parse(&rust_regex(ecma)?).ok()?, &mut text);
    Some(text)
}

fn write(part: &Hir, text: &mut String) {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(letter(class)),
        HirKind::Repetition(repetition) => {
            (0..repetition.min.min(1_000)).for_each(|_| write(&repetition.sub, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, text)),
        HirKind::Alternation(parts) => parts.first().into_iter().for_each(|part| write(part, text)),
    }
}

/// A letter of a class: one that reads well, if there is one.
fn letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let has = |letter: &char| {
        class
            .ranges()
            .iter()
            .any(|range| (range.start()..=range.end()).contains(letter))
    };
    let first = || class.ranges().first().map(|range| range.start());
    ['a', 'A', '0', '-', ' ']
        .into_iter()
        .find(has)
        .or_else(first)
}
