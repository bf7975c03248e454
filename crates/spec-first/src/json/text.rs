//! Strings as JSON writes them. A string without anything to escape is copied at once.

use crate::plain::{first_escaped, is_clean};

/// Appends a string in quotes, with the escapes that `serde_json` chooses, too.
pub(crate) fn write(buffer: &mut Vec<u8>, text: &str) {
    begin(buffer, text);
    buffer.push(b'"');
}

/// Appends the name of a member, and the colon after it. Inlined, since the compiler knows the names of a struct, and whether they are
/// to be escaped.
#[inline(always)]
pub(super) fn write_name(buffer: &mut Vec<u8>, name: &str) {
    begin(buffer, name);
    buffer.extend_from_slice(b"\":");
}

/// Appends a string without the quote at its end.
#[inline(always)]
fn begin(buffer: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    buffer.push(b'"');
    match is_clean(bytes) {
        true => buffer.extend_from_slice(bytes),
        false => write_escaped(buffer, bytes),
    }
}

/// Appends a text with escapes, and what is between them piece by piece.
fn write_escaped(buffer: &mut Vec<u8>, mut rest: &[u8]) {
    while let Some(end) = first_escaped(rest) {
        buffer.extend_from_slice(&rest[..end]);
        escape(buffer, rest[end]);
        rest = &rest[end + 1..];
    }
    buffer.extend_from_slice(rest);
}

/// Appends a byte that has to be escaped.
fn escape(buffer: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let letter = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x0c => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            let digit = |value: u8| DIGITS[usize::from(value)];
            return buffer.extend([b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
        }
    };
    buffer.extend([b'\\', letter]);
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn every_character_is_written_as_serde_json_writes_it() {
        let characters = (0..0x250)
            .chain(0x1f600..0x1f610)
            .filter_map(char::from_u32);
        for character in characters {
            for around in ["", "abc", "abcdefgh", "öäüöäüöäü"] {
                for text in [
                    format!("{around}{character}"),
                    format!("{character}{around}"),
                    format!("{around}{character}{around}{character}{around}"),
                ] {
                    let mut buffer = Vec::new();
                    write(&mut buffer, &text);
                    let expected = serde_json::to_vec(&text).expect("a string");
                    assert_eq!(buffer, expected, "{text:?}");
                }
            }
        }
    }
}
