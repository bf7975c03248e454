//! Reads the content of a file: JSON, or else YAML.

use std::sync::Arc;

use super::fault::Fault;
use super::position::Position;
use super::tree::Source;
use super::{json, yaml};

/// Reads `bytes`, the content of `file`, as JSON or else as YAML.
pub(crate) fn parse(file: &Arc<str>, bytes: &[u8]) -> Result<Source, Fault> {
    let text = text(file, bytes)?;
    if !text.trim_start().starts_with(['{', '[']) {
        return yaml::parse(file, text);
    }
    match json::parse(file, text) {
        Err(fault) if file.ends_with(".json") => Err(fault),
        Err(_) => yaml::parse(file, text),
        read => read,
    }
}

fn text<'a>(file: &Arc<str>, bytes: &'a [u8]) -> Result<&'a str, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes[..error.valid_up_to()].iter();
        let lines = before.filter(|byte| **byte == b'\n').count();
        let text = "This line is not UTF-8 text. Save the file as UTF-8.";
        Fault::in_text(file, Position::new(lines + 1, 1), text)
    })
}
