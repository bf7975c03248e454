//! Strings made from schemas: of their formats, of their patterns, of their lengths.

use serde_json::Value;

use super::node::Node;
use super::witness;

/// Words that many schemas accept.
const WORDS: [&str; 6] = ["string", "example", "a", "A", "0", ""];

/// The longest string that is made for `minLength`, in characters.
const MOST_LETTERS: u64 = 100_000;

/// The longest string that is made of a pattern, in characters.
const MOST_OF_PATTERN: usize = 5_000;

/// Strings that most likely follow a node, the most informative first, and enough of them that `wanted` may be different ones.
pub fn candidates(node: &Node, wanted: usize) -> Vec<Value> {
    let words = |keyword: &str| {
        node.all(keyword)
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
    };
    let least = node.at_least("minLength").unwrap_or(0).min(MOST_LETTERS) as usize;
    let most = node.at_most("maxLength").unwrap_or(u64::MAX);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let count = wanted + 2;
    let mut texts: Vec<String> = Vec::new();
    for format in words("format") {
        texts.extend((0..count).filter_map(|index| of_format(format, index)));
    }
    let patterns = words("pattern");
    let of_patterns = patterns
        .iter()
        .map(|pattern| witness::texts(pattern, count, least.min(MOST_OF_PATTERN)));
    let of_patterns: Vec<_> = of_patterns.collect();
    texts.extend(of_patterns.iter().flatten().cloned());
    let fits = |text: &&String| (least..=most).contains(&text.chars().count());
    let (fitting, other): (Vec<_>, Vec<_>) = texts.iter().partition(fits);
    let mut found: Vec<String> = fitting.into_iter().cloned().collect();
    found.extend(other.into_iter().map(|text| resized(text, least, most)));
    found.push(resized("string", least, most));
    found.extend((1..count).map(|index| resized(&format!("{index}string"), least, most)));
    found.extend(WORDS.iter().map(|word| resized(word, least, most)));
    found.into_iter().map(Value::from).collect()
}

/// Names of members that a pattern accepts.
pub fn of_pattern(pattern: &str, wanted: usize) -> Vec<String> {
    witness::texts(pattern, wanted, 0)
}

/// A text with letters added or taken away at its end, so that its length is within the bounds.
fn resized(text: &str, least: usize, most: usize) -> String {
    let last = text.chars().last().unwrap_or('x');
    let mut letters: Vec<char> = text.chars().take(most).collect();
    let missing = least.saturating_sub(letters.len());
    letters.extend(std::iter::repeat_n(last, missing));
    letters.into_iter().collect()
}

/// The string number `index` of a format; none for a format without rules. There are at most nine of some.
fn of_format(format: &str, index: usize) -> Option<String> {
    let mark = match index {
        0 => String::new(),
        index => index.to_string(),
    };
    let year = 2020 + 4 * (index % 1_000);
    Some(match format {
        "date" => format!("{year}-02-29"),
        "date-time" => format!("{year}-02-29T12:30:00Z"),
        "time" => format!("12:{:02}:00Z", (30 + index) % 60),
        "duration" => format!("P{}D", index + 1),
        "email" | "idn-email" => format!("somebody{mark}@example.com"),
        "hostname" | "idn-hostname" => format!("example{mark}.com"),
        "ipv4" => format!("192.0.2.{}", (index + 1) % 256),
        "ipv6" => format!("2001:db8::{:x}", (index + 1) % 65_536),
        "uri" | "iri" | "url" => format!("https://example.com/{mark}"),
        "uri-reference" | "iri-reference" => format!("/example{mark}"),
        "uri-template" => format!("/example{mark}/{{id}}"),
        "uuid" => format!(
            "123e4567-e89b-12d3-a456-{:012}",
            426_614_174_000_u64 + index as u64
        ),
        "json-pointer" => format!("/example{mark}"),
        "relative-json-pointer" => index.to_string(),
        "regex" => format!("^example{mark}$"),
        "byte" => base64(index),
        _ => return None,
    })
}

/// `example` in Base64, after `index` groups of three other bytes.
fn base64(index: usize) -> String {
    "YWJj".repeat(index) + "ZXhhbXBsZQ=="
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_resized_at_its_end() {
        assert_eq!(resized("string", 8, 9), "stringgg");
        assert_eq!(resized("string", 0, 3), "str");
        assert_eq!(resized("", 2, 3), "xx");
    }
}
