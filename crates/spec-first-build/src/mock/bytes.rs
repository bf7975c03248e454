//! Examples of bodies of bytes.

use serde_json::{Value, json};
use spec_first::schema::MediaType;

/// A picture of one pixel.
const PNG: [u8; 67] = *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\nIDATx\x9cc\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xaeB\x60\x82";

/// The example of a body with this media type: the author's first text, else a few bytes. A range is sent as one of its types.
pub fn example(media_type: &str, mut written: impl Iterator<Item = Value>) -> Value {
    let parsed = MediaType::parse(media_type);
    let name = parsed.as_ref().map_or(media_type, MediaType::as_str);
    let sent = match name.split_once('/') {
        Some(("image", "*" | "png")) => "image/png",
        Some(("audio", "*")) => "audio/mpeg",
        Some(("video", "*")) => "video/mp4",
        Some(("text", "*")) => "text/plain",
        Some((kind, "*")) if kind != "*" && kind != "application" => return "bytes".into(),
        Some((_, "*")) => "application/octet-stream",
        _ => media_type,
    };
    let text = written.find_map(|example| example.as_str().map(str::to_owned));
    // A text within a range of pictures does not say which kind it is.
    let is_text = sent == media_type || sent != "image/png";
    let bytes = match (text.filter(|_| is_text), sent) {
        (Some(text), _) => text.into_bytes(),
        (None, "image/png") => PNG.to_vec(),
        (None, _) => b"bytes".to_vec(),
    };
    match sent == media_type && bytes.is_ascii() {
        true => String::from_utf8_lossy(&bytes).into(),
        false => json!({ "media_type": sent, "bytes": bytes }),
    }
}
